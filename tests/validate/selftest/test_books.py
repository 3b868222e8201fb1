"""The checkers of books, pictures and reports pass what is good and object to each fault put into it."""

import json
import os
import unittest

from checked import BookCase, CheckerCase, checker, left_out
from samples import picture


class Pictures(BookCase):
    def check(self, path: str) -> list:
        return checker("pictures.py", path)

    def test_good(self):
        self.assert_passes(*self.check(self.book()))

    def test_cut_off(self):
        self.assert_objects("does not decode", *self.check(self.book(bridge=picture()[:-100])))

    def test_another_type_than_declared(self):
        self.assert_objects("is image/jpeg", *self.check(self.book(bridge=picture("JPEG"))))

    def test_no_picture(self):
        self.assert_objects("does not decode", *self.check(self.book(bridge=b"<html/>")))

    def test_missing_from_the_container(self):
        self.assert_objects("bridge.png", *self.check(self.book(bridge=None)))

    def test_remote(self):
        for address in ("https://example.org/a.png", "//example.org/a.png", "data:image/png;base64,AA"):
            with self.subTest(address):
                page = self.broken(self.text_of("one"), "pictures/bridge.png", address)
                self.assert_objects("not in the book", *self.check(self.book(one=page.encode())))

    def test_remote_style(self):
        page = self.broken(self.text_of("one"), "<h1>", '<h1 style="background: url(https://a.example/b)">')
        self.assert_objects("in a style", *self.check(self.book(one=page.encode())))

    def test_not_in_the_manifest(self):
        page = self.broken(self.text_of("one"), "pictures/bridge.png", "bridge.png")
        self.assert_objects("manifest lacks", *self.check(self.book(one=page.encode())))

    def test_no_book(self):
        self.write("book.epub", b"PK")
        self.assert_objects("no EPUB", *self.check(str(self.folder / "book.epub")))

    def test_single_files(self):
        self.assert_passes(*self.check(str(self.write("cover.jpg", picture("JPEG")))))
        broken = str(self.write("broken.jpg", picture("JPEG")[:-200]))
        self.assert_objects("does not decode", *self.check(broken))


@unittest.skipIf(left_out("epubcheck"), "SKIP names it")
class EpubCheck(BookCase):
    def check(self, path: str) -> list:
        return ["java", "-jar", os.environ["EPUBCHECK"], "--failonwarnings", path]

    def test_good(self):
        self.assert_passes(*self.check(self.book()))

    def test_a_warning_is_enough(self):
        package = self.broken(self.text_of("package"), "<dc:title>", "<dc:date>soon</dc:date><dc:title>")
        self.assert_objects("OPF-053", *self.check(self.book(package=package.encode())))


class Outputs(CheckerCase):
    def setUp(self):
        super().setUp()
        (self.folder / "out").mkdir()
        self.out = self.write("out/rss.xml", "<rss/>")

    def check(self, *options: str, size: int = 6, changed: bool = False, name: str = "rss.xml") -> list:
        output = {"path": str(self.folder / "out" / name), "bytes": size, "changed": changed}
        report = self.write("report.json", json.dumps({"outputs": [output]}))
        return checker("outputs.py", *options, self.folder / "out", report)

    def test_good(self):
        self.assert_passes(*self.check(changed=True))
        self.assert_passes(*self.check("--unchanged"))

    def test_changed_without_a_reason(self):
        self.assert_objects("reported as changed", *self.check("--unchanged", changed=True))

    def test_another_length(self):
        self.assert_objects("6 bytes, reported as 7", *self.check(size=7))

    def test_reported_but_missing(self):
        self.assert_objects("not there", *self.check(name="atom.xml"))

    def test_a_file_left_behind(self):
        self.write("out/rss.xml.tmp", "")
        self.assert_objects("rss.xml.tmp: not in the report", *self.check())


if __name__ == "__main__":
    unittest.main()

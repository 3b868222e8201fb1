"""The checkers of books and pictures pass what is good and object to each fault put into it."""

import os
import unittest

from checked import BookCase, checker, left_out
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


if __name__ == "__main__":
    unittest.main()

"""The checkers that drive reading systems pass the good book and object to each fault put into it.

Apart from the other tests of checkers, since the reading systems are installed for
tests/reading-systems.sh only.
"""

import unittest

from checked import BookCase, checker, left_out
from samples import picture

NCX = """<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="urn:uuid:6f2a9a53-1f6c-5f57-9d37-7a8a0d8a7f10"/></head>
<docTitle><text>A sample</text></docTitle><navMap>
<navPoint id="n1"><navLabel><text>One</text></navLabel><content src="one.xhtml"/></navPoint>
</navMap></ncx>"""


@unittest.skipIf(left_out("ace"), "SKIP names it")
class Ace(BookCase):
    def test_good(self):
        self.assert_passes(*checker("ace.py", self.book()))

    def test_a_picture_without_alternative_text(self):
        page = self.broken(self.text_of("one"), ' alt="A bridge"', "")
        self.assert_objects("image-alt", *checker("ace.py", self.book(one=page.encode())))


@unittest.skipIf(left_out("calibre"), "SKIP names it")
class Calibre(BookCase):
    def test_good(self):
        self.assert_passes(*checker("calibre.py", self.book()))

    def test_a_missing_picture(self):
        self.assert_objects("calibre says", *checker("calibre.py", self.book(bridge=None)))

    def test_no_book(self):
        path = self.write("book.epub", b"PK")
        self.assert_objects("cannot convert", *checker("calibre.py", path))


@unittest.skipIf(left_out("mupdf"), "SKIP names it")
class MuPdf(BookCase):
    def test_good(self):
        self.assert_passes(*checker("mupdf.py", self.book()))

    def test_a_broken_picture(self):
        self.assert_objects("cannot load", *checker("mupdf.py", self.book(bridge=b"no picture")))

    def test_no_book(self):
        self.assert_objects("cannot open", *checker("mupdf.py", self.write("book.epub", b"PK")))

    def test_contents_that_do_not_arrive(self):
        """MuPDF takes the NCX where there is one; this one says less than the navigation document."""
        package = self.broken(
            self.text_of("package"),
            "</manifest>",
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>',
        )
        package = self.broken(package, "<spine>", '<spine toc="ncx">')
        path = self.book(package=package.encode(), **{"book/toc.ncx": NCX.encode()})
        self.assert_objects("the contents tree differs", *checker("mupdf.py", path))


class WebReaders(BookCase):
    def each_reader(self):
        for reader in ("foliate", "epubjs"):
            if not left_out(reader):
                with self.subTest(reader):
                    yield reader

    def test_good(self):
        for reader in self.each_reader():
            self.assert_passes(*checker("web_reader.py", reader, self.book()))

    def test_faults(self):
        """A cut-off picture, one from the network, a blank section, a contents entry into the void."""
        nav = self.broken(self.text_of("nav"), "one.xhtml#more", "one.xhtml#elsewhere")
        one = self.broken(self.text_of("one"), "</p>", '</p><img alt="" src="https://example.org/b.png"/>')
        two = self.broken(self.text_of("two"), "<h1>Two</h1><p>And a river under it.</p>", "<p> </p>")
        faults = {"nav": nav.encode(), "one": one.encode(), "two": two.encode(), "bridge": picture()[:60]}
        about = ("asks the network", "does not decode", "is blank", "lacks what the contents entry “More”")
        for reader in self.each_reader():
            run = self.run_command(*checker("web_reader.py", reader, self.book(**faults)))
            self.assertEqual(run.returncode, 1, run.stderr)
            for fault in about:
                self.assertIn(fault, run.stdout)

    def test_no_book(self):
        path = self.write("book.epub", b"PK")
        for reader in self.each_reader():
            self.assert_objects("cannot open the book", *checker("web_reader.py", reader, path))


if __name__ == "__main__":
    unittest.main()

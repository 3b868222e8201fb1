"""Does the checker of websites pass what is right, and object to every fault put into it?"""

import sys
import unittest

from checked import VALIDATE, CheckerCase

CHECKER = VALIDATE / "checkers/website.py"
PAGE = """<!doctype html><title>A page</title>
<h1 id="top">A page</h1><a href="b.html#place">there</a> <a href="#top">up</a>
<a href="https://elsewhere.example/">out</a>
"""
OTHER = '<!doctype html><title>Another</title><p id="place"><a href="a.html">back</a>'


class Website(CheckerCase):
    def outcome(self, page: str) -> tuple[int, str]:
        self.write("a.html", page)
        self.write("b.html", OTHER)
        ended = self.run_command(sys.executable, CHECKER, self.folder)
        return ended.returncode, ended.stdout

    def test_what_is_right(self):
        self.assertEqual(self.outcome(PAGE), (0, ""))

    def test_a_page_that_is_not_there(self):
        status, text = self.outcome(self.broken(PAGE, "b.html#", "c.html#"))
        self.assertEqual((status, text), (1, "a.html: c.html#place: no such file\n"))

    def test_a_place_that_is_not_there(self):
        status, text = self.outcome(self.broken(PAGE, "#place", "#nowhere"))
        self.assertEqual((status, text), (1, "a.html: b.html#nowhere: no such place\n"))

    def test_what_was_not_included(self):
        status, text = self.outcome(self.broken(PAGE, "there", "{{#include x}}"))
        self.assertEqual(status, 1)
        self.assertIn("included", text)

    def test_an_empty_folder(self):
        ended = self.run_command(sys.executable, CHECKER, self.folder)
        self.assertEqual(ended.returncode, 1)


if __name__ == "__main__":
    unittest.main()

"""The checker of reports passes one that is right and objects to each fault put into it."""

import json
import unittest

from checked import VALIDATE, CheckerCase, checker

SCHEMA = VALIDATE.parent.parent / "docs/report.schema.json"

# What is wrong, and what makes it so.
FAULTS = [
    ("unexpected", lambda report: report.update(colour="red")),
    ("unexpected", lambda report: report["images"].update(colour=1)),
    ("required", lambda report: report["articles"].pop("skipped")),
    ("1 was expected", lambda report: report.update(version=2)),
    ("minimum", lambda report: report["images"].update(missing=-1)),
    ("minimum", lambda report: report["warnings"][0].update(line=0)),
    ("not one of", lambda report: report["warnings"][0].update(code="odd")),
    ("reported as 4", lambda report: report["outputs"][0].update(bytes=4)),
    ("names no output", lambda report: report.update(outputs=[])),
]


class Report(CheckerCase):
    def report(self) -> dict:
        (self.folder / "out").mkdir(exist_ok=True)
        path = self.write("out/rss.xml", "<rss/>")
        images = ("embedded", "from_mirror", "from_cache", "fetched", "missing", "bytes")
        return {
            "version": 1,
            "articles": {"read": 2, "skipped": 1, "duplicates": 0, "passed_over": 0, "written": 2},
            "images": dict.fromkeys(images, 0),
            "outputs": [{"path": str(path), "bytes": 6, "articles": 2, "changed": True}],
            "removed": [],
            "joined": [],
            "boilerplate": [],
            "warnings": [
                {
                    "code": "body-empty",
                    "path": "a.txt",
                    "item": None,
                    "line": None,
                    "message": "no text",
                    "cause": None,
                    "hint": None,
                }
            ],
            "seconds": 0.5,
        }

    def check(self, report: dict, *options) -> list:
        path = self.write("report.json", json.dumps(report))
        return checker("outputs.py", *options, SCHEMA, self.folder / "out", path)

    def test_good(self):
        self.assert_passes(*self.check(self.report()))

    def test_faults(self):
        for about, break_it in FAULTS:
            with self.subTest(about):
                report = self.report()
                break_it(report)
                self.assert_objects(about, *self.check(report))

    def test_reported_but_missing(self):
        report = self.report()
        report["outputs"][0]["path"] = str(self.folder / "out" / "atom.xml")
        self.assert_objects("not there", *self.check(report))

    def test_a_file_left_behind(self):
        report = self.report()
        self.write("out/rss.xml.tmp", "")
        self.assert_objects("rss.xml.tmp: not in the report", *self.check(report))

    def test_a_change_where_there_was_none(self):
        report = self.report()
        self.assert_objects("reported as changed", *self.check(report, "--unchanged"))
        report["outputs"][0]["changed"] = False
        self.assert_passes(*self.check(report, "--unchanged"))


if __name__ == "__main__":
    unittest.main()

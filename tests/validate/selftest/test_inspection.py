"""The checker of `offprint inspect --json` passes a good line and objects to each fault put into it."""

import copy
import json
import unittest

from checked import VALIDATE, CheckerCase, checker

SCHEMA = VALIDATE.parent.parent / "docs/inspect.schema.json"

IMAGE = {
    "origin": "https://pictures.example/a.jpg",
    "archived": "https://proxy.example/?url=pictures.example/a.jpg",
    "alternative": "",
}
CELL = {
    "header": False,
    "columns": 1,
    "rows": 1,
    "alignment": None,
    "scope": None,
    "blocks": [{"type": "rule"}],
}
ARTICLE = {
    "version": 1,
    "path": "articles/1.txt",
    "reader": "archive",
    "id": "https://news.example/1",
    "permalink": True,
    "title": "港口",
    "address": "https://news.example/1",
    "source": {"name": "News", "home": "https://news.example/"},
    "authors": ["A. Writer"],
    "published": {"time": "2021-12-31T01:44:25Z", "from": "byline"},
    "updated": None,
    "language": "zh-Hans",
    "tags": ["港"],
    "credit": None,
    "rights": "© News",
    "summary": "Rain",
    "characters": {"kept": 23, "removed": 5},
    "body": [
        {"type": "heading", "level": 2, "content": [{"type": "text", "text": "Rain"}]},
        {
            "type": "paragraph",
            "content": [
                {"type": "anchor", "name": "note-1"},
                {"type": "link", "target": "#note-1", "content": [{"type": "text", "text": "up"}]},
                {"type": "ruby", "base": [{"type": "text", "text": "雨"}], "annotation": []},
            ],
        },
        {"type": "figure", "image": IMAGE, "caption": [], "link": None},
        {
            "type": "list",
            "start": None,
            "numerals": None,
            "reversed": False,
            "values": [None],
            "items": [[{"type": "code", "language": None, "text": "x\u3000y"}]],
        },
        {
            "type": "table",
            "caption": [],
            "direction": None,
            "groups": [{"part": "body", "rows": 1}],
            "rows": [[CELL]],
        },
        {
            "type": "embed",
            "kind": "video",
            "address": "https://films.example/1",
            "title": "A film",
            "poster": {"resource": True, "archived": None, "alternative": ""},
        },
        {"type": "quote", "blocks": [{"type": "code", "language": "text", "text": "1234"}]},
    ],
    "removed": [{"rule": "page", "text": "Share"}],
    "removed_pictures": [],
    "warnings": [
        {
            "code": "body-empty",
            "path": "articles/1.txt",
            "item": None,
            "line": 4,
            "message": "no text",
            "cause": None,
            "hint": None,
        }
    ],
}

# What is wrong, where (a path into the object), and the value that makes it so (None: left out).
FAULTS = [
    ("unexpected", ["colour"], "red"),
    ("unexpected", ["body", 0, "colour"], "red"),
    ("not valid", ["body", 2, "image", "colour"], "red"),
    ("unexpected", ["removed", 0, "colour"], "red"),
    ("required", ["title"], None),
    ("required", ["body", 1, "content", 1, "target"], None),
    ("1 was expected", ["version"], 2),
    ("does not match", ["address"], "ftp://news.example/"),
    ("does not match", ["body", 1, "content", 1, "target"], "javascript:x"),
    ("nothing is at", ["body", 1, "content", 1, "target"], "#note-2"),
    ("minimum", ["body", 0, "level"], 1),
    ("not one of", ["body", 0, "type"], "poem"),
    ("not valid", ["published", "from"], "clock"),
    ("not valid", ["body", 2, "image", "archived"], None),
    ("should be", ["characters", "kept"], 24),
    ("should be", ["removed", 0, "text"], "Share it"),
    ("non-unique", ["tags"], ["港", "港"]),
]


def changed(path: list, value) -> dict:
    article = copy.deepcopy(ARTICLE)
    place = article
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return article


class Inspection(CheckerCase):
    def check(self, text: str | bytes) -> list:
        return checker("inspection.py", SCHEMA, self.write("inspect.jsonl", text))

    def test_good(self):
        line = json.dumps(ARTICLE, ensure_ascii=False)
        self.assert_passes(*self.check(f"{line}\n{line}\n"))

    def test_faults(self):
        for about, path, value in FAULTS:
            with self.subTest(path=path, value=value):
                self.assert_objects(about, *self.check(json.dumps(changed(path, value)) + "\n"))

    def test_no_json_lines(self):
        self.assert_objects("not JSON", *self.check("{}]\n"))
        self.assert_objects("twice", *self.check('{"version": 1, "version": 1}\n'))
        self.assert_objects("no line", *self.check(""))


if __name__ == "__main__":
    unittest.main()

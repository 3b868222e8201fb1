"""inspection.py SCHEMA FILE: is each line of FILE, written by `offprint inspect --json`, as the schema says?

Beyond the schema: UTF-8, no key twice in an object, links that lead to a place in the article lead to
one, and the counted characters are those that the object shows.
"""

import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from jsonschema.validators import validator_for

from findings import finish
from json_feed import object_without_repeats, reject_constant


def objects(node) -> Iterator[dict]:
    """Every object in a JSON value."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for child in node if isinstance(node, list) else []:
        yield from objects(child)


def dangling_links(article: dict) -> list[str]:
    parts = list(objects(article["body"]))
    anchors = {part["name"] for part in parts if part.get("type") in ("anchor", "note")}
    targets = [part["target"] for part in parts if part.get("type") in ("link", "note-reference")]
    return [f"nothing is at {t}" for t in targets if t.startswith("#") and t[1:] not in anchors]


def count(text: str) -> int:
    return sum(not (c.isspace() or unicodedata.category(c) == "Zs" or c in "\x1c\x1d\x1e\x1f") for c in text)


def shown(node) -> int:
    """The visible characters in the blocks and lines of an article."""
    if isinstance(node, list):
        return sum(map(shown, node))
    if not isinstance(node, dict):
        return 0
    kind = node.get("type")
    own = count(node["text"]) if kind in ("text", "code") else 0
    if kind == "embed":
        return count(node["title"])
    if kind == "formula":
        return count(node["linear"])
    inside = ("content", "caption", "base", "annotation", "blocks", "items", "definitions", "terms", "details")
    cells = [cell["blocks"] for row in node.get("rows", []) for cell in row]
    return own + shown(cells) + sum(shown(node.get(key)) for key in inside)


def miscounted(article: dict) -> list[str]:
    ends = [article[key] for key in ("credit", "rights") if article[key]]
    kept = shown(article["body"]) + sum(map(count, ends))
    removed = sum(count(part["text"]) for part in article["removed"])
    found = {"kept": kept, "removed": removed}
    return [] if found == article["characters"] else [f"{article['characters']} should be {found}"]


def findings(schema_path: Path, path: Path) -> Iterator[str]:
    """Everything wrong with the lines."""
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    checker = validator_for(schema)
    checker.check_schema(schema)
    validator = checker(schema)
    lines = path.read_bytes().decode("utf-8").split("\n")
    if lines.pop() or not lines:
        yield "no line, or a last one without an end"
    for number, line in enumerate(lines, start=1):
        try:
            article = json.loads(
                line, object_pairs_hook=object_without_repeats, parse_constant=reject_constant
            )
        except ValueError as error:
            yield f"line {number}: not JSON: {error}"
            continue
        found = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(article)]
        found = found or dangling_links(article) + miscounted(article)
        yield from (f"line {number}: {finding}" for finding in found)


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1]), Path(sys.argv[2])))

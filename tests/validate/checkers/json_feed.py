"""json_feed.py SCHEMA FILE: is this a JSON Feed 1.1, by its schema and by what no schema can say?

Beyond the schema: UTF-8 without a byte order mark, no key twice in an object, only numbers that JSON
knows, each id once.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from jsonschema import FormatChecker
from jsonschema.validators import validator_for

from findings import finish

VERSION = "https://jsonfeed.org/version/1.1"


def object_without_repeats(pairs: list[tuple]) -> dict:
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"the key {repeated[0]!r} stands twice in one object")
    return dict(pairs)


def reject_constant(name: str):
    raise ValueError(f"{name} is no JSON value")


def schema_findings(schema: dict, feed) -> list[str]:
    validator = validator_for(schema)(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(feed)]


def repeated_ids(feed: dict) -> list[str]:
    counts = Counter(item.get("id") for item in feed.get("items", []))
    return [f"the id {identifier!r} stands on {n} items" for identifier, n in counts.items() if n > 1]


def findings(schema_path: Path, path: Path) -> list[str]:
    """Everything wrong with the feed."""
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        return ["a byte order mark, which RFC 8259 forbids"]
    try:
        feed = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=object_without_repeats,
            parse_constant=reject_constant,
        )
    except ValueError as error:
        return [f"not JSON: {error}"]
    found = schema_findings(schema, feed)
    if found:
        return found
    if feed["version"] != VERSION:
        found.append(f"the version is {feed['version']}, not {VERSION}")
    return found + repeated_ids(feed)


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1]), Path(sys.argv[2])))

"""feed_reader.py READER FILE: does this feed reader see the items that the file holds?

As many items, with the same ids, titles, dates and bodies. A reader that does not know the kind of feed
(newsboat, sfeed, feedparser and rss-parser read no JSON Feed) is not asked: `kinds READER` lists what
it reads.
"""

import calendar
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from feed import Feed, Item, differences, read_feed, seconds, visible_text
from findings import finish

KINDS = {
    "feedparser": ("rss", "atom"),
    "atoma": ("rss", "atom", "json"),
    "newsboat": ("rss", "atom"),
    "sfeed": ("rss", "atom"),
    "rss-parser": ("rss", "atom"),
    "feedsmith": ("rss", "atom", "json"),
    "feed-rs": ("rss", "atom", "json"),
}


class ReaderFailed(Exception):
    """The reader could not read the feed at all."""


def item(identifier, title, date: int | None, body) -> Item:
    """What a reader gave for one item, in the form that `differences` compares."""
    return Item(
        id=(identifier or "").strip(),
        title=visible_text(title),
        text=visible_text(body),
        published=date,
        dates=frozenset() if date is None else frozenset([date]),
    )


def feedparser_items(path: Path, kind: str) -> list[Item]:
    import feedparser

    feed = feedparser.parse(path.read_bytes())
    if feed.bozo:
        raise ReaderFailed(str(feed.bozo_exception))
    return [feedparser_item(entry) for entry in feed.entries]


def feedparser_item(entry) -> Item:
    date = entry.get("published_parsed") or entry.get("updated_parsed")
    body = entry.content[0].value if entry.get("content") else entry.get("summary")
    identifier = entry.get("id") or entry.get("link")
    return item(identifier, entry.get("title"), calendar.timegm(date) if date else None, body)


def atoma_items(path: Path, kind: str) -> list[Item]:
    import atoma

    raw = path.read_bytes()
    if kind == "rss":
        return [
            item(i.guid or i.link, i.title, moment(i.pub_date), i.content_encoded or i.description)
            for i in atoma.parse_rss_bytes(raw).items
        ]
    if kind == "atom":
        return [
            item(e.id_, e.title.value, moment(e.published or e.updated), atoma_body(e))
            for e in atoma.parse_atom_bytes(raw).entries
        ]
    return [
        item(i.id_, i.title, moment(i.date_published or i.date_modified), i.content_html or i.content_text)
        for i in atoma.parse_json_feed_bytes(raw).items
    ]


def atoma_body(entry) -> str | None:
    construct = entry.content or entry.summary
    return construct.value if construct else None


def moment(date) -> int | None:
    return int(date.timestamp()) if date else None


def newsboat_items(path: Path, kind: str) -> list[Item]:
    with tempfile.TemporaryDirectory() as home:
        urls, config, cache = (Path(home) / name for name in ("urls", "config", "cache.db"))
        urls.write_text(f"{path.resolve().as_uri()}\n")
        config.touch()
        command = ["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"]
        environment = {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8"}
        run = subprocess.run(command, capture_output=True, text=True, env=environment)
        if run.returncode != 0:
            raise ReaderFailed(f"exit {run.returncode}: {run.stderr.strip()}")
        rows = sqlite3.connect(cache).execute("SELECT guid, title, pubDate, content FROM rss_item")
        return [item(*row) for row in rows]


def sfeed_items(path: Path, kind: str) -> list[Item]:
    """sfeed writes one line an item: time, title, link, content, its type, id, author and more."""
    run = subprocess.run(["sfeed"], input=path.read_bytes(), capture_output=True)
    if run.returncode != 0:
        raise ReaderFailed(f"exit {run.returncode}: {run.stderr.decode(errors='replace').strip()}")
    lines = (line.split("\t") for line in run.stdout.decode().split("\n") if line)
    return [
        item(line[5] or line[2], line[1], int(line[0]) if line[0] else None, sfeed_text(line[3]))
        for line in lines
    ]


def sfeed_text(escaped: str) -> str:
    r"""Undo the escapes of sfeed's content field: \n, \t and \\."""
    return re.sub(r"\\([nt\\])", lambda m: {"n": "\n", "t": "\t", "\\": "\\"}[m[1]], escaped)


def program_items(reader: str, path: Path) -> list[Item]:
    """What a program in another language prints: a JSON list of {id, title, date, body}."""
    if reader == "feed-rs":
        command = [os.environ["FEED_READER"], path]
    else:
        command = ["node", Path(__file__).with_name("feed_reader.mjs"), reader, path]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        raise ReaderFailed(run.stderr.strip())
    return [
        item(seen["id"], seen["title"], seconds(seen["date"]) if seen["date"] else None, seen["body"])
        for seen in json.loads(run.stdout)
    ]


def seen_items(reader: str, path: Path, kind: str) -> list[Item]:
    readers = {
        "feedparser": feedparser_items,
        "atoma": atoma_items,
        "newsboat": newsboat_items,
        "sfeed": sfeed_items,
    }
    return readers[reader](path, kind) if reader in readers else program_items(reader, path)


def findings(reader: str, path: Path) -> list[str]:
    """What this reader sees wrongly in the feed."""
    feed: Feed = read_feed(path)
    if feed.kind not in KINDS[reader]:
        return [f"{reader} does not read {feed.kind}"]
    try:
        seen = seen_items(reader, path, feed.kind)
    except Exception as error:  # Whatever a parser throws at a feed is a finding.
        return [f"{reader} cannot read it: {type(error).__name__}: {error}"]
    return differences(feed.items, seen)


if __name__ == "__main__":
    if sys.argv[1] == "kinds":
        print(*KINDS[sys.argv[2]])
    else:
        finish(findings(sys.argv[1], Path(sys.argv[2])))

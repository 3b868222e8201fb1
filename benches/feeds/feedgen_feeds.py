#!/usr/bin/env python3
"""Feeds of an archive with feedgen, as one would write it in an hour: feedgen_feeds.py ARTICLES OUT.

Writes OUT/rss.xml and OUT/atom.xml with every article. The body is taken as it stands.
"""

import datetime
import pathlib
import re
import sys

from feedgen.feed import FeedGenerator

HEAD = re.compile(r"<!--(\d+)-->\n\[(.*)\]\((.*)\)$")


def main():
    articles, out = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    feed = FeedGenerator()
    feed.id("https://me.example/archive")
    feed.title("Archive")
    feed.description("Archive")
    feed.author(name="Archive")
    feed.language("zh")
    feed.link(href="https://me.example/", rel="alternate")
    for path in sorted(articles.rglob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n------\n")
        saved, title, address = HEAD.match(head).groups()
        time = datetime.datetime.fromtimestamp(int(saved) / 1000, datetime.timezone.utc)
        entry = feed.add_entry(order="append")
        entry.id(address)
        entry.title(title)
        entry.link(href=address)
        entry.published(time)
        entry.updated(time)
        entry.content(body, type="CDATA")
    feed.rss_file(str(out / "rss.xml"))
    feed.atom_file(str(out / "atom.xml"))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Times a feed of many entries and a WordPress export of many posts, with twice as many beside them.

    benches/large_feeds.py [--entries 50000] [--posts 20000] [--runs 3]

Makes the files in target/benchmarks and prints, for each and for one of half the length, the time and the peak of
memory of a run that makes the three feeds and monthly books, and the time of a run in which nothing changed. The
time should double with the length, the peak stay below 150 MB, the unchanged run take a tenth. Where `feedparser`
is installed, also how long it takes to parse the feed, and how long `offprint inspect` takes.
"""

import argparse
import datetime
import pathlib
import subprocess
import sys
import time

from containers import OFFPRINT, ROOT, TARGET, run, show

WORDS = "lamp fog harbour keeper light night storm boat crew signal tower stairs window morning ferry".split()
OPTIONS = ["--to", "rss,atom,json,epub", "--split", "month"]
MOST_MB = 150


def text(number, paragraphs=6):
    words = [WORDS[(number * 7 + at * at) % len(WORDS)] for at in range(40 * paragraphs)]
    return [" ".join(words[at * 40 : at * 40 + 40]).capitalize() + f" {number}." for at in range(paragraphs)]


def day(number):
    return datetime.datetime(2015, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=2 * number)


def feed(path, entries):
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>tag:x</id>\n')
        for number in range(entries):
            html = "".join(f"&lt;p>{line}&lt;/p>" for line in text(number))
            file.write(
                f"<entry><title>Tale {number}</title><id>https://harbour.example/{number}</id>"
                f"<updated>{day(number).isoformat()}</updated><published>{day(number).isoformat()}</published>"
                f'<link href="https://harbour.example/{number}"/><content type="html">{html}</content></entry>\n'
            )
        file.write("</feed>\n")


def export(path, posts):
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Harbour</title>\n'
        )
        for number in range(posts):
            body = "\n\n".join(text(number)) + f'\n\n[gallery ids="{number + 1_000_000}"]'
            file.write(
                f"<item><title>Tale {number}</title><link>https://harbour.example/{number}</link>"
                f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
                f"<wp:post_date_gmt>{day(number):%Y-%m-%d %H:%M:%S}</wp:post_date_gmt><wp:status>publish</wp:status>"
                "<wp:post_type>post</wp:post_type></item>\n"
                f"<item><wp:post_id>{number + 1_000_000}</wp:post_id><wp:post_type>attachment</wp:post_type>"
                f"<wp:attachment_url>https://harbour.example/{number}.jpg</wp:attachment_url></item>\n"
            )
        file.write("</channel></rss>\n")


def measure(place, name, make, count, runs):
    peaks = []
    seconds = []
    for length in (count // 2, count):
        path = place / f"{name}-{length}.xml"
        if not path.exists():
            make(path, length)
        made = [run(place, name, path, *OPTIONS) for _ in range(runs)]
        base = seconds[0] if seconds else None
        seconds.append(show(f"{name}, {length} items, {path.stat().st_size / 1e6:.0f} MB", made, base))
        peaks += [one[1] for one in made]
        unchanged = [run(place, name, path, *OPTIONS, keep=True) for _ in range(runs)]
        show("  unchanged", unchanged, seconds[-1])
    if max(peaks) > MOST_MB:
        print(f"  the peak is above {MOST_MB} MB")
    return path


def against_feedparser(path):
    try:
        import feedparser
    except ImportError:
        return
    start = time.monotonic()
    feedparser.parse(path.read_bytes())
    theirs = time.monotonic() - start
    start = time.monotonic()
    subprocess.run([OFFPRINT, "build", path, "-q", "--offline", "--dry-run", "--to", "opml,rss"], check=False)
    ours = time.monotonic() - start
    print(f"feedparser {theirs:.2f} s, a run that lists all items {ours:.2f} s: {theirs / ours:.1f} ×")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--release"], cwd=ROOT, check=True)
    place = pathlib.Path(TARGET) / "benchmarks" / "large-feeds"
    place.mkdir(parents=True, exist_ok=True)
    path = measure(place, "feed", feed, arguments.entries, arguments.runs)
    measure(place, "wordpress", export, arguments.posts, arguments.runs)
    against_feedparser(path)


if __name__ == "__main__":
    sys.exit(main())

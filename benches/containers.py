#!/usr/bin/env python3
"""Compares an archive of files with the same archive in one feed, and one with pictures in `data:` addresses.

    benches/containers.py [--articles 10000] [--runs 3]

Makes the archive (benches/archive.py) in target/benchmarks, and a feed of all its articles with Offprint itself;
then makes feeds and monthly books of both, in turn, and prints times, their ratio and the peaks of memory; then
the time of a run in which nothing changed, and of one after an entry came at the top, with the number of outputs
that changed. At last 160 articles with three megabytes of picture each. The outputs of the files and of the feed
are held to be the same, byte for byte.
"""

import argparse
import base64
import filecmp
import json
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
OFFPRINT = TARGET / "release" / "offprint"
ENTRY = (
    "<entry><title>The newest</title><id>https://news.harbour.example/newest</id>"
    "<updated>2040-01-01T00:00:00Z</updated><link href=\"https://news.harbour.example/newest\"/>"
    "<content type=\"html\">&lt;p&gt;Just in.&lt;/p&gt;</content></entry>\n  "
)


def run(place, name, source, *options, keep=False):
    """Builds outputs; seconds, peak memory in MB, and the number of outputs that changed."""
    out, cache, report = place / f"{name}-out", place / f"{name}-cache", place / f"{name}.json"
    if not keep:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
    os.sync()
    command = [OFFPRINT, "build", source, "-q", "--offline", "--out", out, "--image-cache", cache]
    start = time.monotonic()
    process = subprocess.Popen([*command, "--report", report, *options])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{name} failed")
    outputs = json.loads(report.read_text())["outputs"]
    return seconds, usage.ru_maxrss / 1000, sum(output["changed"] for output in outputs)


def show(name, runs, base=None):
    seconds = statistics.median(run[0] for run in runs)
    ratio = f"  {seconds / base:.2f} ×" if base else ""
    print(f"{name:<32} {seconds:6.2f} s  {max(run[1] for run in runs):6.0f} MB{ratio}")
    return seconds


def containers(place, articles, runs):
    archive = place / f"files-{articles}"
    if not archive.exists():
        script = [sys.executable, ROOT / "benches" / "archive.py", archive]
        subprocess.run([*script, "--articles", str(articles), "--pictures", "0"], check=True)
    files = archive / "articles"
    run(place, "feed", files, "--to", "atom", "--items", "0")
    feed = place / "feed.xml"
    shutil.copy(place / "feed-out" / "atom.xml", feed)
    options = ["--to", "rss,atom,json,epub", "--split", "month"]
    of_files, of_feed = [], []
    for _ in range(runs):
        of_files.append(run(place, "of-files", files, *options))
        of_feed.append(run(place, "of-feed", feed, *options))
    print(f"{articles} articles, a feed of {feed.stat().st_size / 1e6:.0f} MB; feeds and monthly books of")
    base = show("  the files", of_files)
    show("  the feed", of_feed, base)
    same = filecmp.dircmp(place / "of-files-out", place / "of-feed-out")
    _, other, failed = filecmp.cmpfiles(same.left, same.right, same.common_files, shallow=False)
    if other or failed or same.left_only or same.right_only:
        sys.exit(f"the outputs differ: {other + failed + same.left_only + same.right_only}")
    show("  the feed, unchanged", [run(place, "of-feed", feed, *options, keep=True)], base)
    head, rest = feed.read_text(encoding="utf-8").split("<entry>", 1)
    feed.write_text(f"{head}{ENTRY}<entry>{rest}", encoding="utf-8")
    more = run(place, "of-feed", feed, "--to", "epub", "--split", "month", keep=False)
    feed.write_text(f"{head}{ENTRY.replace('newest', 'second')}{ENTRY}<entry>{rest}", encoding="utf-8")
    more = run(place, "of-feed", feed, "--to", "epub", "--split", "month", keep=True)
    show(f"  one more entry: {more[2]} outputs", [more], base)


def png(width, height, rows):
    """A picture of rows, each a zero and three bytes a pixel."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def picture(lots):
    """A PNG of three megabytes."""
    return png(1000, 1000, b"".join(b"\0" + lots.randbytes(3000) for _ in range(1000)))


def pictures(place, runs):
    folder = place / "data"
    if not folder.exists():
        folder.mkdir()
        lots = random.Random(1)
        for number in range(160):
            data = base64.b64encode(picture(lots)).decode()
            head = f"<!--{1600000000000 + number * 3600000}-->\n[Tale {number}](https://tales.example/{number})\n------\n\n"
            body = f"<p>Number {number} tells.</p><img alt=\"Chart {number}\" src=\"data:image/png;base64,{data}\">\n"
            (folder / f"{number:03}.txt").write_text(head + body)
    print("160 articles with 3 MB of picture each")
    show("  RSS", [run(place, "rss", folder, "--to", "rss") for _ in range(runs)])
    show("  RSS and a book", [run(place, "all", folder, "--to", "rss,epub") for _ in range(runs)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--release"], cwd=ROOT, check=True)
    place = TARGET / "benchmarks" / "containers"
    place.mkdir(parents=True, exist_ok=True)
    containers(place, arguments.articles, arguments.runs)
    pictures(place, arguments.runs)


if __name__ == "__main__":
    main()

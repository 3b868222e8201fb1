#!/usr/bin/env python3
"""Measures Offprint's feeds, and compares them with feedgen (Python) and feed (npm) on the same articles.

    benches/feeds/compare.py [--articles 100000] [--runs 3]

Makes the archives, installs the others, and builds Offprint, all in target/benchmarks; then runs each program
several times, one after the other, and prints three tables:

1. The newest 50 articles as RSS, Atom and JSON Feed, from archives of growing size. Beside it a run that reads
   the archive's heads and writes nothing, so that what the index of articles takes can be told from what the
   feeds take.
2. The same with the whole history in archive documents, one a month.
3. Every article in one RSS and one Atom document: Offprint, feedgen and feed. Offprint parses each article's
   HTML, cleans it and makes a summary; the others write the body as it stands.

Times are of whole processes, the median of the runs after one that warms the file cache; memory is the highest
peak. Where other programs run at the same time, compare the processor seconds. Needs Python 3.10 with venv and pip, Node.js with npm, and the network for the installation.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
WORK = TARGET / "benchmarks"
FEEDGEN = "feedgen==1.0.0"
FEED = "feed@6.0.0"
COLUMNS = "seconds | processor seconds | articles/s | peak memory | output"


def quietly(*command, **options):
    """Runs a command; what it says is shown only where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def install():
    """The others: the Python that has feedgen, and the folder that has feed."""
    python, packages = WORK / "python" / "bin" / "python", WORK / "npm"
    if not python.exists():
        quietly(sys.executable, "-m", "venv", WORK / "python")
        quietly(python, "-m", "pip", "install", "--quiet", FEEDGEN)
    if not (packages / "node_modules" / "feed").exists():
        packages.mkdir(parents=True, exist_ok=True)
        (packages / "package.json").write_text('{"private": true}\n')
        quietly("npm", "--prefix", packages, "install", "--no-audit", "--no-fund", "--ignore-scripts", FEED)
    return python, packages


def archive(articles):
    """The folder of an archive of this many articles without pictures; made where it is missing."""
    folder = WORK / f"feeds-{articles}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        script = [sys.executable, ROOT / "benches" / "archive.py", folder]
        quietly(*script, "--articles", str(articles), "--pictures", "0")
        (folder / "made").touch()
    return folder / "articles"


def run(command):
    """One run: seconds, seconds of all processors together, and the peak memory of the process in MB."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(" ".join(errors.split())[-200:] or "no message")
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def measure(command, out, runs):
    """The medians of both times and the highest peak of some runs that write everything anew."""
    results = []
    for number in range(runs + 1):
        # Everything is made anew each time: nothing is remembered either.
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(WORK / "cache", ignore_errors=True)
        result = run(command)
        # The first one brings the files into the cache.
        results += [result] if number else []
    seconds, processor, peaks = zip(*results)
    return statistics.median(seconds), statistics.median(processor), max(peaks)


def offprint(articles, out, *options):
    """The command line of a run that makes feeds."""
    common = ["--offline", "--quiet", "--image-cache", WORK / "cache", "--base-url", "https://me.example/"]
    return [TARGET / "release" / "offprint", "build", articles, "--out", out, *common, *options]


def cells(count, result, out):
    """What a row of a table says of a measurement: the COLUMNS."""
    seconds, processor, peak = result
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 1e6
    return f"{seconds:.2f} | {processor:.2f} | {count / seconds:,.0f} | {peak:.0f} MB | {size:.1f} MB"


def growth(sizes, runs):
    """Tables 1 and 2: what the archive's size does to feeds that are bounded, or cut by month."""
    feeds = ["--to", "rss,atom,json"]
    kinds = {
        "the index only": ["--to", "opml"],
        "the newest 50": feeds,
        "archive documents by month": [*feeds, "--feed-archive", "month"],
    }
    for title, chosen in (
        ("The newest 50 articles, as RSS, Atom and JSON Feed", ("the index only", "the newest 50")),
        ("The whole history in archive documents by month, beside them", ("archive documents by month",)),
    ):
        print(f"\n{title}:\n\n| articles | run | {COLUMNS} |\n|---|---|---|---|---|---|---|")
        for count in sizes:
            for name in chosen:
                out = WORK / "out"
                result = measure(offprint(archive(count), out, *kinds[name]), out, runs)
                print(f"| {count:,} | {name} | {cells(count, result, out)} |", flush=True)


def peers(count, runs):
    """Table 3: every article in one document of each format."""
    python, packages = install()
    articles, out = archive(count), WORK / "out"
    everything = ["--to", "rss,atom", "--items", "0"]
    # Node.js gives up at 4 GB by itself.
    node = ["node", "--max-old-space-size=16000"]
    programs = {
        "Offprint": offprint(articles, out, *everything),
        "Offprint on one thread": offprint(articles, out, *everything, "--jobs", "1"),
        FEEDGEN.replace("==", " "): [python, HERE / "feedgen_feeds.py", articles, out],
        FEED.replace("@", " "): [*node, HERE / "npm_feed.mjs", packages, articles, out],
    }
    print(f"\nAll {count:,} articles in one RSS and one Atom document:\n")
    print(f"| program | {COLUMNS} |\n|---|---|---|---|---|---|")
    for name, command in programs.items():
        try:
            result = measure(command, out, runs)
        except RuntimeError as error:
            print(f"| {name} | failed: {error} | | | | |", flush=True)
            continue
        print(f"| {name} | {cells(count, result, out)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    wish = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    quietly("cargo", "build", "--locked", "--release", cwd=ROOT)
    sizes = sorted({min(1_000, wish.articles), min(10_000, wish.articles), wish.articles})
    growth(sizes, wish.runs)
    peers(wish.articles, wish.runs)


if __name__ == "__main__":
    main()

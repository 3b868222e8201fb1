#!/usr/bin/env python3
"""Measures what duplicates cost, and that exactly those are found which there are.

    benches/duplicates.py OFFPRINT [--articles 100000] [--length 2500] [--runs 3]

Two archives of so many articles are made, one of them with 5 % saved again and 1 % saved again under other titles
(`benches/archive.py`), and feeds of both, each with a cache of its own so that every run is a first one.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ARCHIVE = pathlib.Path(__file__).with_name("archive.py")


def make(folder, wish, *shares):
    size = ("--articles", str(wish.articles), "--length", str(wish.length), "--pictures", "0")
    subprocess.run([sys.executable, ARCHIVE, folder, *size, *shares], check=True)


def run(program, folder):
    """The seconds of a run, and what it joined."""
    with tempfile.TemporaryDirectory() as made:
        report = f"{made}/report.json"
        command = [program, "build", f"{folder}/articles", "--quiet", "--offline", "--to", "rss,epub", "--split", "year"]
        command += ["--out", f"{made}/out", "--image-cache", f"{made}/cache", "--report", report]
        began = time.monotonic()
        subprocess.run(command, check=True)
        seconds = time.monotonic() - began
        joined = json.loads(pathlib.Path(report).read_text(encoding="utf-8"))["joined"]
    return seconds, joined


def names(joined):
    paths = ([one["kept"], *one["others"]] for one in joined)
    return {tuple(pathlib.PurePath(path).name for path in some) for some in paths}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--length", type=int, default=2500)
    parser.add_argument("--runs", type=int, default=3)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, doubled = pathlib.Path(folder, "plain"), pathlib.Path(folder, "doubled")
        make(plain, wish)
        make(doubled, wish, "--saves", "0.05", "--retitled", "0.01")
        wanted = {tuple(pair) for pair in json.loads((doubled / "joined.json").read_text(encoding="utf-8"))}
        without = min(run(wish.program, plain)[0] for _ in range(wish.runs))
        times, joined = zip(*(run(wish.program, doubled) for _ in range(wish.runs)))
        found = names(joined[0])
        print(f"{len(wanted)} joined in the making, {len(found & wanted)} of them found, {len(found - wanted)} others")
        print(f"{without:.2f} s without, {min(times):.2f} s with: {min(times) / without:.2f} times")
    sys.exit(found != wanted)


if __name__ == "__main__":
    main()

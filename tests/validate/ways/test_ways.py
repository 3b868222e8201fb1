"""One article, saved by real programs in every way that is installed here, is the same text for Offprint.

    OFFPRINT=target/debug/offprint python3 -m unittest discover --start-directory tests/validate/ways

The page is served on loopback. A program that is not installed is skipped, and said to be.
"""

import functools
import http.server
import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import threading
import unittest
import urllib.request
import zlib

HERE = pathlib.Path(__file__).resolve().parent
OFFPRINT = pathlib.Path(os.environ.get("OFFPRINT", HERE.parents[2] / "target/debug/offprint")).resolve()

SENTENCES = [
    "The council met on Monday, and it took three hours, as everyone had feared.",
    "In the end, however, the members agreed on nearly everything that was before them, and went home.",
    "The lamp of the old lighthouse, they said, would shine again “before the winter”, at whatever cost.",
    "Nobody had asked the keeper, who heard of it from the baker, and was glad all the same.",
]
PARAGRAPHS = "".join(f"<p>{' '.join(SENTENCES)} {number}.</p>" for number in ("One", "Two", "Three", "Four"))
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Council agrees | The Lighthouse</title>
<meta property="og:site_name" content="The Lighthouse"><meta name="author" content="Ada Keeper">
<meta property="article:published_time" content="2021-12-31T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/log">Log</a></nav>
<article><h1>Council agrees</h1>{PARAGRAPHS}
<figure><img src="/lamp.png" width="640" height="480" alt="The lamp"><figcaption>The lamp in May</figcaption></figure>
<h2>What follows</h2><ul><li>A boat of stone</li><li>Oil for two winters</li></ul><p>{SENTENCES[0]}</p></article>
<aside class="related"><h3>Related</h3><a href="/1">Another council</a> <a href="/2">A third</a></aside>
<footer>About us</footer></body></html>
"""
RECIPE = """
from calibre.web.feeds.news import BasicNewsRecipe

class Lighthouse(BasicNewsRecipe):
    title = 'The Lighthouse'
    language = 'en'
    keep_only_tags = [dict(name='article')]

    def parse_index(self):
        return [('News', [{{'title': 'Council agrees', 'url': '{address}', 'date': '', 'description': ''}}])]
"""
SNAPSHOT = """
const puppeteer = require('puppeteer');
(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage();
  await page.goto(process.argv[2], { waitUntil: 'networkidle0' });
  const session = await page.createCDPSession();
  const { data } = await session.send('Page.captureSnapshot', { format: 'mhtml' });
  require('fs').writeFileSync(process.argv[3], data);
  await browser.close();
})();
"""


def picture():
    """A PNG of 640 by 480 pixels."""
    rows = b"".join(b"\0" + bytes((row % 256, 80, 120)) * 640 for row in range(480))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def texts(value):
    """The texts of a tree of blocks, in their order, and how many pictures it shows."""
    if isinstance(value, list):
        found = [texts(item) for item in value]
        return " ".join(text for text, _ in found), sum(count for _, count in found)
    if not isinstance(value, dict):
        return "", 0
    own = value["text"] if value.get("type") in ("text", "code") else ""
    parts = [texts(item) for key, item in value.items() if key not in ("type", "text", "image")]
    count = int(isinstance(value.get("image"), dict))
    return " ".join([own, *(text for text, _ in parts)]), count + sum(count for _, count in parts)


class Ways(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        site = cls.folder / "site"
        site.mkdir()
        (site / "council.html").write_text(PAGE, encoding="utf-8")
        (site / "lamp.png").write_bytes(picture())
        handler = functools.partial(Quiet, directory=site)
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.address = f"http://127.0.0.1:{cls.server.server_port}/council.html"

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        shutil.rmtree(cls.folder)

    def place(self):
        place = self.folder / self.id().rsplit(".", 1)[-1]
        place.mkdir()
        return place

    def run_in(self, place, *command, allowed=(0,), **more):
        run = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300, check=False, **more)
        self.assertIn(run.returncode, allowed, f"{command}: {run.stdout[-1500:]}{run.stderr[-1500:]}")
        return run.stdout

    def program(self, *names):
        found = next(filter(None, map(shutil.which, names)), None)
        if not found:
            self.skipTest(f"{' or '.join(names)} is not installed")
        return found

    def holds_article(self, path):
        """The text, the title and the picture are those of the page."""
        shown = self.run_in(self.folder, OFFPRINT, "inspect", "--json", path)
        articles = [json.loads(line) for line in shown.splitlines() if line.strip()]
        self.assertEqual([article["title"] for article in articles], ["Council agrees"])
        text, pictures = texts(articles[0]["body"])
        expected = [word for number in ("One.", "Two.", "Three.", "Four.") for word in [*" ".join(SENTENCES).split(), number]]
        expected += "The lamp in May What follows A boat of stone Oil for two winters".split() + SENTENCES[0].split()
        self.assertEqual(text.split(), expected)
        self.assertEqual(pictures, 1)

    def test_as_served(self):
        path = self.place() / "council.html"
        with urllib.request.urlopen(self.address) as answer:
            path.write_bytes(answer.read())
        self.holds_article(path)

    def test_chromium_mhtml(self):
        browser = self.program("chromium", "google-chrome", "chromium-browser")
        node = self.program("node")
        packages = pathlib.Path(os.environ.get("VALIDATORS", "/nonexistent")) / "npm/node_modules"
        if not (packages / "puppeteer").exists():
            self.skipTest("puppeteer is not installed: VALIDATORS names no folder with it")
        place = self.place()
        script = place / "snapshot.cjs"
        script.write_text(SNAPSHOT, encoding="utf-8")
        environment = {**os.environ, "NODE_PATH": str(packages), "BROWSER": browser}
        self.run_in(place, node, script, self.address, "council.mhtml", env=environment)
        self.holds_article(place / "council.mhtml")

    def test_chromium_document(self):
        browser = self.program("chromium", "google-chrome", "chromium-browser")
        place = self.place()
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={place}/profile", "--dump-dom"]
        (place / "council.html").write_text(self.run_in(place, browser, *options, self.address), encoding="utf-8")
        self.holds_article(place / "council.html")

    def test_wget_page(self):
        wget = self.program("wget")
        place = self.place()
        self.run_in(place, wget, "-q", "-p", "-k", "-P", "saved", self.address)
        page = next((place / "saved").rglob("council.html"))
        self.holds_article(page)

    def test_wget_warc(self):
        wget = self.program("wget")
        place = self.place()
        for name, more in (("packed", []), ("plain", ["--no-warc-compression"])):
            self.run_in(place, wget, "-q", "-p", "-P", name, f"--warc-file={name}", *more, self.address)
        self.holds_article(place / "packed.warc.gz")
        self.holds_article(place / "plain.warc")

    def test_monolith(self):
        monolith = self.program("monolith")
        place = self.place()
        self.run_in(place, monolith, "-q", self.address, "-o", "council.html")
        self.holds_article(place / "council.html")

    def test_single_file(self):
        single_file = self.program("single-file")
        browser = self.program("chromium", "google-chrome", "chromium-browser")
        place = self.place()
        options = [f"--browser-executable-path={browser}", "--browser-arg=--no-sandbox"]
        self.run_in(place, single_file, *options, self.address, "council.html")
        self.holds_article(place / "council.html")

    def test_calibre_news(self):
        convert = self.program("ebook-convert")
        place = self.place()
        (place / "news.recipe").write_text(RECIPE.format(address=self.address), encoding="utf-8")
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
            "CALIBRE_CONFIG_DIRECTORY": str(place / "settings"),
        }
        self.run_in(place, convert, "news.recipe", "news.epub", env=environment)
        self.holds_article(place / "news.epub")


if __name__ == "__main__":
    unittest.main()

"""Feeds that real generators make are pulled and read: Hugo's, whose items are summaries, and Jekyll's.

OFFPRINT names the program. A generator that is not installed is passed over, and that is said.
"""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from feeds import Feeds

TITLES = ["The lamp & the fog", "“Quotes” [1] (two) < three", "灯塔与雾", "A plain one"]
SENTENCE = "In part {part} of tale {number} the harbour lay in fog, and the keeper wrote it down. "


def body(number: int) -> str:
    """A post in Markdown with a picture, a link, a list and code."""
    paragraphs = [SENTENCE.format(part=part, number=number) * 6 for part in range(1, 7)]
    extra = "![A lamp](/lamp.png)\n\n- one\n- two\n\n```\nif a < b && c:\n```\n\n[Elsewhere](other/)\n"
    return "\n\n".join([*paragraphs[:3], extra, *paragraphs[3:]]) + f"\n\nThe end of tale {number}.\n"


class Generated:
    """A site that a generator makes anew when it is asked to."""

    def setUp(self):
        if not shutil.which(self.program):
            self.skipTest(f"{self.program} is not installed")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.feeds = Feeds(self.root / "public")
        self.addCleanup(self.feeds.close)
        self.source = self.root / "site"
        self.prepare()
        for number, title in enumerate(TITLES, 1):
            self.post(number, title, body(number))
        self.generate()

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_generator(self, *arguments: str) -> None:
        done = subprocess.run([self.program, *arguments], cwd=self.source, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def pull(self, now: int = 1_640_952_000_000) -> dict:
        """The report of a pull."""
        configuration = f'[pull]\npause = "0s"\n[[pull.feed]]\nurl = "{self.feeds.address(self.feed)}"\n'
        (self.root / "offprint.toml").write_text(configuration, encoding="utf-8")
        program = Path(os.environ["OFFPRINT"]).resolve()
        command = [program, "pull", "--allow-private-network", "--report", "report.json", "--now", str(now), "--quiet"]
        environment = os.environ | {"OFFPRINT_IMAGE_CACHE": str(self.root / "cache")}
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads((self.root / "report.json").read_text(encoding="utf-8"))

    def articles(self) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in sorted((self.root / "articles").rglob("*.txt"))]

    def test_every_post_is_saved_once_and_whole(self):
        report = self.pull()
        self.assertEqual(report["articles"]["saved"], len(TITLES), report)
        self.assertEqual(report["warnings"], [])
        articles = self.articles()
        for number, title in enumerate(TITLES, 1):
            found = [text for text in articles if f"The end of tale {number}." in text]
            self.assertEqual(len(found), 1, f"tale {number}: {articles}")
            epoch, heading, rule, _, text = found[0].split("\n", 4)
            # 8 o'clock of a day in December 2021.
            self.assertEqual(epoch, f"<!--{1_638_345_600_000 + (number - 1) * 86_400_000}-->")
            shown, _, address = heading[1:-1].rpartition("](")
            self.assertEqual(html.unescape(shown), title)
            self.assertTrue(address.startswith(self.feeds.address("")), address)
            self.assertEqual(rule, "------")
            self.assertIn(f"2021-12-{number:02}T08:00:00.000Z", text)
            for part in range(1, 7):
                self.assertEqual(text.count(f"In part {part} of tale {number} "), 6, text)
            self.assertIn(f'src="{self.feeds.address("lamp.png")}"', text)
            self.assertRegex(html.unescape(text), r"if a < b && c:")
            self.assertTrue(re.search(rf'href="{self.feeds.address("")}[^"]*other/"', text), text)

    def test_a_site_that_is_generated_anew_gives_only_what_is_new(self):
        self.pull()
        self.assertEqual(self.pull()["feeds"]["unchanged"], 1)
        # Some generators write the time of the run into the feed.
        self.generate()
        self.assertEqual(self.pull()["saved"], [])
        self.post(5, "A fifth", body(5))
        self.generate()
        report = self.pull()
        self.assertEqual(report["articles"]["saved"], 1, report)
        self.assertEqual(report["articles"]["known"], len(TITLES), report)


class Hugo(Generated, unittest.TestCase):
    program = "hugo"
    feed = "index.xml"

    def prepare(self) -> None:
        self.write("config.toml", f'baseURL = "{self.feeds.address("")}"\ntitle = "Tales"\ndisableKinds = ["taxonomy", "term"]\n')
        page = "<!DOCTYPE html><html><head><title>{{ .Title }}</title></head><body><nav><a href=/>Home</a></nav>%s</body></html>"
        self.write("layouts/_default/single.html", page % "<article><h1>{{ .Title }}</h1>{{ .Content }}</article>")
        self.write("layouts/_default/list.html", page % "{{ range .Pages }}<h2>{{ .Title }}</h2>{{ end }}")

    def post(self, number: int, title: str, text: str) -> None:
        front = json.dumps({"title": title, "date": f"2021-12-{number:02}T08:00:00Z"}, ensure_ascii=False)
        self.write(f"content/posts/{number}.md", f"{front}\n\n{text}")

    def generate(self) -> None:
        self.run_generator("--destination", str(self.feeds.folder))


class Jekyll(Generated, unittest.TestCase):
    program = "jekyll"
    feed = "feed.xml"

    def prepare(self) -> None:
        self.write("_config.yml", f"url: {self.feeds.address('').rstrip('/')}\ntitle: Tales\nplugins: [jekyll-feed]\ntimezone: UTC\n")

    def post(self, number: int, title: str, text: str) -> None:
        front = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: 2021-12-{number:02} 08:00:00 +0000\nauthor: Ada Keeper\n---\n"
        self.write(f"_posts/2021-12-{number:02}-tale-{number}.md", front + text)

    def generate(self) -> None:
        self.run_generator("build", "--quiet", "--destination", str(self.feeds.folder))

    def test_authors_are_read(self):
        self.pull()
        self.assertTrue(all("<div><i>Ada Keeper<br>" in text for text in self.articles()))


if __name__ == "__main__":
    unittest.main()

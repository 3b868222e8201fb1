"""The feed checkers pass the good feeds and object to each fault put into one."""

import unittest

from checked import VALIDATE, VALIDATORS, CheckerCase, checker, left_out
from samples import ATOM, FEEDS, JSON_FEED, OPML, RSS

READERS = {
    "rss.xml": ["atoma", "feed-rs", "feedparser", "feedsmith", "newsboat", "rss-parser", "sfeed"],
    "atom.xml": ["atoma", "feed-rs", "feedparser", "feedsmith", "newsboat", "rss-parser", "sfeed"],
    "feed.json": ["atoma", "feed-rs", "feedsmith"],
}
SCHEMA = VALIDATORS / "npm/node_modules/jsonfeed-schema/schema-v1.1.json"


@unittest.skipIf(left_out("xmllint"), "SKIP names it")
class WellFormedness(CheckerCase):
    def test_good(self):
        self.assert_passes("xmllint", "--noout", self.write("rss.xml", RSS))

    def test_control_character(self):
        path = self.write("rss.xml", self.broken(RSS, "Second", "Sec\x08ond"))
        self.assert_objects("parser error", "xmllint", "--noout", path)

    def test_undefined_entity(self):
        path = self.write("atom.xml", self.broken(ATOM, "Second", "Sec&nbsp;ond"))
        self.assert_objects("nbsp", "xmllint", "--noout", path)


@unittest.skipIf(left_out("jing"), "SKIP names it")
class Grammars(CheckerCase):
    RSS_FAULTS = {
        "pubDate": ("31 Dec 2021", "31 Dec 21"),
        "guid": ("<guid>https://example.org/a</guid>", "<guid>a</guid>"),
        "link": ("<link>https://example.org/</link>", "<link>/</link>"),
        "title": ("<title>样本</title>", ""),
        "version": ('version="2.0"', 'version="2.1"'),
        "author": ("<dc:creator>林</dc:creator>", "<dc:creator>林</dc:creator><author>a@b.example</author>"),
        "enclosure": ("</item>", '<enclosure url="https://example.org/a.jpg" type="image/jpeg"/></item>'),
        "fileSize": ('fileSize="10"', 'fileSize="0"'),
        "href": ('href="https://example.org/rss.xml"', 'href="rss.xml"'),
        "body": ("<item>", "<item><body/>"),
    }
    ATOM_FAULTS = {
        "updated": ("<updated>2021-12-31T01:50:00Z</updated>", "<updated>2021-12-31 01:50:00</updated>"),
        "id": ("<id>https://example.org/a</id>", "<id>a</id>"),
        "title": ("<title>Second</title>", "<title>Second</title><title>Third</title>"),
        "author": ("<author><name>Sample</name></author>", ""),
        "not allowed": ("&lt;p&gt;Two&lt;/p&gt;", "<p>Two</p>"),
        "href": ('href="https://example.org/b"', 'href="b"'),
    }

    OPML_FAULTS = {
        "xmlUrl": ('xmlUrl="https://example.org/rss.xml"', 'xmlUrl="rss.xml"'),
        "text": ('text="样本"', ""),
        "version": ('version="2.0"', 'version="1.0"'),
    }

    def validate(self, grammar: str, *paths) -> list:
        return ["jing", "-c", VALIDATE / "grammars" / grammar, *paths]

    def assert_faults_found(self, grammar: str, good: str, faults: dict):
        """Each broken file has an error of its own, in one run over all of them."""
        paths = {
            self.write(f"{number}.xml", self.broken(good, old, new)): about
            for number, (about, (old, new)) in enumerate(faults.items())
        }
        errors = self.run_command(*self.validate(grammar, *paths)).stdout.splitlines()
        for path, about in paths.items():
            with self.subTest(about):
                found = [line for line in errors if line.startswith(f"{path}:")]
                self.assertTrue(any(about in line for line in found), found)

    def test_good(self):
        self.assert_passes(*self.validate("rss.rnc", self.write("rss.xml", RSS)))
        self.assert_passes(*self.validate("atom.rnc", self.write("atom.xml", ATOM)))
        self.assert_passes(*self.validate("opml.rnc", self.write("feeds.opml", OPML)))

    def test_a_long_body(self):
        text = self.broken(RSS, "河水很", "河水很 " * 50_000)
        self.assert_passes(*self.validate("rss.rnc", self.write("rss.xml", text)))

    def test_an_empty_body(self):
        start, rest = RSS.split("<content:encoded>", 1)
        text = f"{start}<content:encoded> {rest[rest.index('</content:encoded>') :]}"
        path = self.write("rss.xml", text)
        self.assert_objects("content:encoded", *self.validate("rss.rnc", path))

    def test_broken_rss(self):
        self.assert_faults_found("rss.rnc", RSS, self.RSS_FAULTS)

    def test_broken_atom(self):
        self.assert_faults_found("atom.rnc", ATOM, self.ATOM_FAULTS)

    def test_broken_opml(self):
        self.assert_faults_found("opml.rnc", OPML, self.OPML_FAULTS)


class Readers(CheckerCase):
    def read(self, reader: str, name: str, text: str) -> list:
        return checker("feed_reader.py", reader, self.write(name, text))

    def each_reader(self):
        for name, readers in READERS.items():
            for reader in readers:
                if not left_out(reader):
                    with self.subTest(reader=reader, feed=name):
                        yield reader, name

    def test_good(self):
        for reader, name in self.each_reader():
            self.assert_passes(*self.read(reader, name, FEEDS[name]))

    def test_an_id_twice_is_seen(self):
        """Two items of one id: readers that keep one of them, and ours, which looks items up by id."""
        for reader, name in self.each_reader():
            text = FEEDS[name].replace("tag:example.org,2021:b", "https://example.org/a")
            text = text.replace(' isPermaLink="false"', "")
            self.assert_objects("https://example.org/a", *self.read(reader, name, text))

    def test_not_a_feed(self):
        for reader, name in self.each_reader():
            text = "{}" if name == "feed.json" else "<html/>"
            self.assert_objects("", *self.read(reader, name, text))


class SameItems(CheckerCase):
    FAULTS = {
        "the title": ("Second", "Other"),
        "the body": ("Two", "Too"),
        "dated": ("2021-12-30T09:00:00Z", "2021-12-30T09:00:01Z"),
        "not seen": ('"id": "tag:example.org,2021:b"', '"id": "c"'),
    }

    def compare(self, feeds: dict[str, str]) -> list:
        return checker("same_items.py", *(self.write(name, text) for name, text in feeds.items()))

    def test_good(self):
        self.assert_passes(*self.compare(FEEDS))

    def test_one_format_differs(self):
        for about, (old, new) in self.FAULTS.items():
            with self.subTest(about):
                feeds = FEEDS | {"feed.json": self.broken(JSON_FEED, old, new)}
                self.assert_objects(about, *self.compare(feeds))

    def test_another_order(self):
        head, first, second, tail = self.entries()
        feeds = FEEDS | {"atom.xml": head + second + first + tail}
        self.assert_objects("another order", *self.compare(feeds))

    def entries(self) -> tuple[str, str, str, str]:
        head, first, second = ATOM.split("<entry>")
        second, tail = second.split("</feed>")
        return head, "<entry>" + first, "<entry>" + second, "</feed>" + tail


class History(CheckerCase):
    """A subscription document and two closed months, in both formats."""

    BASE = "https://example.org/"

    def setUp(self):
        super().setUp()
        (self.folder / "archive").mkdir()
        for stem, sample, closed in (("atom", ATOM, "</author>"), ("rss", RSS, "<item>")):
            chain = [f"{stem}.xml", f"archive/{stem}-2021-12.xml", f"archive/{stem}-2021-11.xml"]
            for place, name in enumerate(chain):
                self.write(name, self.linked(sample, stem, chain, place))

    def linked(self, sample: str, stem: str, chain: list[str], place: int) -> str:
        """A document of the chain, made of a sample without links of its own."""
        relations = {"self": chain[place]}
        if place > 0:
            relations |= {"current": chain[0]}
        if place > 1:
            relations |= {"next-archive": chain[place - 1]}
        if place + 1 < len(chain):
            relations |= {"prev-archive": chain[place + 1]}
        tag = 'a:link xmlns:a="http://www.w3.org/2005/Atom"'
        links = "".join(f'<{tag} rel="{rel}" href="{self.BASE}{to}"/>' for rel, to in relations.items())
        mark = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>' if place else ""
        start = sample.index("<entry>" if stem == "atom" else "<item>")
        head = "\n".join(line for line in sample[:start].splitlines() if 'rel="self"' not in line)
        return head + links + mark + sample[start:]

    def check(self):
        return checker("history.py", self.folder)

    def change(self, name: str, old: str, new: str):
        self.write(name, self.broken((self.folder / name).read_text(), old, new))

    def test_good(self):
        self.assert_passes(*self.check())

    def test_a_chain_that_breaks_off(self):
        self.change("archive/rss-2021-12.xml", 'rel="prev-archive"', 'rel="related"')
        self.assert_objects("no link leads to it", *self.check())

    def test_a_chain_that_goes_round(self):
        self.change("archive/atom-2021-12.xml", "atom-2021-11.xml", "atom-2021-12.xml")
        self.assert_objects("comes back", *self.check())

    def test_a_link_into_the_void(self):
        (self.folder / "archive/atom-2021-11.xml").unlink()
        self.assert_objects("leads to no document", *self.check())

    def test_no_way_onwards(self):
        self.change("archive/rss-2021-11.xml", 'rel="next-archive"', 'rel="related"')
        self.assert_objects("next-archive", *self.check())

    def test_no_mark(self):
        self.change("archive/atom-2021-12.xml", "fh:archive", "fh:complete")
        self.assert_objects("fh:archive", *self.check())

    def test_an_item_in_one_format_only(self):
        for name in ("rss.xml", "archive/rss-2021-12.xml", "archive/rss-2021-11.xml"):
            self.change(name, "https://example.org/a</guid>", "https://example.org/z</guid>")
        self.assert_objects("different items", *self.check())


@unittest.skipIf(left_out("json-feed"), "SKIP names it")
class JsonFeeds(CheckerCase):
    FAULTS = {
        "2021-12-31": ('"date_published": "2021-12-31T01:44:25Z"', '"date_published": "2021-12-31"'),
        "not a 'uri'": ('"url": "https://example.org/a"', '"url": "/a"'),
        "stands on 2 items": ('"id": "tag:example.org,2021:b"', '"id": "https://example.org/a"'),
        "twice": ('"title": "Second"', '"title": "Second", "title": "Third"'),
        "NaN": ('"title": "Second"', '"title": NaN'),
        "byte order mark": ("{", "\ufeff{"),
        "version": ("/version/1.1", "/version/1"),
        "items": ('"items"', '"item"'),
    }

    def validate(self, text: str) -> list:
        return checker("json_feed.py", SCHEMA, self.write("feed.json", text))

    def test_good(self):
        self.assert_passes(*self.validate(JSON_FEED))

    def test_broken(self):
        for about, (old, new) in self.FAULTS.items():
            with self.subTest(about):
                self.assert_objects(about, *self.validate(self.broken(JSON_FEED, old, new)))


if __name__ == "__main__":
    unittest.main()

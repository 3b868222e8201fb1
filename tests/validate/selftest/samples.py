"""Small feeds and a small book that are right in everything, for the tests to break."""

import io
import zipfile
from pathlib import Path

from PIL import Image

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>样本</title><link>https://example.org/</link><description>A sample</description>
<language>zh-Hans</language>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/rss.xml"/>
<item><title>河上的桥 &amp; more</title><link>https://example.org/a</link><dc:creator>林</dc:creator>
<guid>https://example.org/a</guid><pubDate>Fri, 31 Dec 2021 01:44:25 +0000</pubDate>
<description>河水</description>
<content:encoded>&lt;p&gt;河水很&lt;b&gt;清&lt;/b&gt;。&lt;/p&gt;&lt;p&gt;Fish &amp;amp; reeds&lt;/p&gt;</content:encoded>
<media:content url="https://example.org/a.jpg" type="image/jpeg" medium="image" fileSize="10"/>
</item>
<item><title>Second</title><link>https://example.org/b</link>
<guid isPermaLink="false">tag:example.org,2021:b</guid><pubDate>Thu, 30 Dec 2021 09:00:00 +0000</pubDate>
<description>&lt;p&gt;Two&lt;/p&gt;</description></item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>tag:example.org,2021:feed</id><title>样本</title><updated>2021-12-31T02:00:00Z</updated>
<author><name>Sample</name></author><link rel="self" href="https://example.org/atom.xml"/>
<entry><id>https://example.org/a</id><title>河上的桥 &amp; more</title>
<link href="https://example.org/a"/><published>2021-12-31T01:44:25Z</published>
<updated>2021-12-31T01:50:00Z</updated><author><name>林</name></author>
<content type="html">&lt;p&gt;河水很&lt;b&gt;清&lt;/b&gt;。&lt;/p&gt;&lt;p&gt;Fish &amp;amp; reeds&lt;/p&gt;</content></entry>
<entry><id>tag:example.org,2021:b</id><title>Second</title><link href="https://example.org/b"/>
<published>2021-12-30T09:00:00Z</published><updated>2021-12-30T09:00:00Z</updated>
<content type="html">&lt;p&gt;Two&lt;/p&gt;</content></entry>
</feed>
"""

JSON_FEED = """{
"version": "https://jsonfeed.org/version/1.1", "title": "样本", "language": "zh-Hans",
"items": [
{"id": "https://example.org/a", "url": "https://example.org/a", "title": "河上的桥 & more",
 "content_html": "<p>河水很<b>清</b>。</p><p>Fish &amp; reeds</p>",
 "date_published": "2021-12-31T01:44:25Z", "date_modified": "2021-12-31T01:50:00Z"},
{"id": "tag:example.org,2021:b", "url": "https://example.org/b", "title": "Second",
 "content_html": "<p>Two</p>", "date_published": "2021-12-30T09:00:00Z"}
]}
"""

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>样本</title></head><body>
<outline type="rss" text="样本" xmlUrl="https://example.org/rss.xml" htmlUrl="https://example.org/"/>
</body></opml>
"""

FEEDS = {"rss.xml": RSS, "atom.xml": ATOM, "feed.json": JSON_FEED}

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:6f2a9a53-1f6c-5f57-9d37-7a8a0d8a7f10</dc:identifier>
<dc:title>A sample</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2021-12-31T01:50:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">All pictures are described.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="picture" href="pictures/bridge.png" media-type="image/png"/>
</manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
      lang="en" xml:lang="en"><head><title>{title}</title></head><body>{body}</body></html>"""

PAGES = {
    "book/nav.xhtml": (
        "Contents",
        '<nav epub:type="toc" role="doc-toc" aria-label="Contents"><h1>Contents</h1><ol>'
        '<li><a href="one.xhtml">One</a><ol><li><a href="one.xhtml#more">More</a></li></ol></li>'
        '<li><a href="two.xhtml">Two</a></li></ol></nav>',
    ),
    "book/one.xhtml": (
        "One",
        '<h1>One</h1><p>A bridge:</p><p><img src="pictures/bridge.png" alt="A bridge"/></p>'
        '<h2 id="more">More</h2><p>It is <a href="https://example.org/">old</a>.</p>',
    ),
    "book/two.xhtml": ("Two", "<h1>Two</h1><p>And a river under it.</p>"),
}


def picture(kind: str = "PNG") -> bytes:
    """A picture whose data take some room, so that cutting its end off damages it."""
    raw = io.BytesIO()
    image = Image.new("RGB", (64, 48))
    image.putdata([(x * 4, y * 5, x * y % 256) for y in range(48) for x in range(64)])
    image.save(raw, kind)
    return raw.getvalue()


def book_files() -> dict[str, bytes]:
    """The files of the book, by their path in the container."""
    pages = {path: PAGE.format(title=title, body=body) for path, (title, body) in PAGES.items()}
    texts = {"META-INF/container.xml": CONTAINER, "book/package.opf": PACKAGE, **pages}
    return {path: text.encode() for path, text in texts.items()} | {"book/pictures/bridge.png": picture()}


def write_book(path: Path, files: dict[str, bytes]) -> None:
    """Write an EPUB container: the media type first and stored."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, raw in files.items():
            container.writestr(name, raw)

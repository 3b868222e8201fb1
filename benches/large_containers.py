#!/usr/bin/env python3
"""Times files that hold many articles: mailboxes, web archives, books, exports, ZIP archives.

    benches/large_containers.py [--only mail,warc] [--runs 3]

Makes each of them in target/benchmarks, and one of a quarter of its length, and prints time and peak of memory of a
run that makes the three feeds and a book, and the time of one in which nothing changed. The time should grow with
the length and no quicker, the peak stay below 150 MB, the unchanged run take a tenth. Where `warcio` is installed,
also how long it takes to go over the records of the web archive without looking at them, beside that run and one
that only finds the articles and makes a feed of all of them.
"""

import argparse
import base64
import gzip
import hashlib
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time
import zipfile

import containers
from containers import ROOT, TARGET, run, show
from large_feeds import MOST_MB, day, text

OPTIONS = ["--to", "rss,atom,json,epub", "--split", "month"]


def paragraphs(number):
    return "".join(f"<p>{line}</p>" for line in text(number))


def page(number, picture=""):
    """A page with an article in it, and what stands around one."""
    around = "".join(f'<li><a href="/{at}">Tale {at}</a></li>' for at in range(number, number + 20))
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Tale {number}</title>"
        f'<meta property="article:published_time" content="{day(number).isoformat()}"></head><body>'
        f"<nav><ul>{around}</ul></nav><main><article><h1>Tale {number}</h1>{picture}{paragraphs(number)}</article></main>"
        f"<aside><ul>{around}</ul></aside><footer>Harbour</footer></body></html>"
    )


def mail(path, count):
    with path.open("w", encoding="ascii") as file:
        for number in range(count):
            body = base64.encodebytes(page(number).encode()).decode()
            file.write(
                f"From keeper@harbour.example Thu Jan  1 00:00:00 2015\nMessage-ID: <{number}@harbour.example>\n"
                f"From: Harbour <keeper@harbour.example>\nSubject: Tale {number}\n"
                f"Date: {day(number):%a, %d %b %Y %H:%M:%S} +0000\nMIME-Version: 1.0\n"
                f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n"
            )


def picture(number, width=120, height=90):
    """A PNG of noise, of 3 bytes a pixel."""
    lots = random.Random(number)
    rows = b"".join(b"\0" + lots.randbytes(3 * width) for _ in range(height))
    return containers.png(width, height, rows)


def record(kind, address, number, body, typed):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {typed}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    name = hashlib.md5(address.encode()).hexdigest()
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Date: {day(number):%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(head) + len(body)}\r\n\r\n"
    )
    return fields.encode() + head + body + b"\r\n\r\n"


def records(count):
    for number in range(count):
        shown = f'<figure><img src="/images/{number}.png" alt="Chart"><figcaption>Chart {number}</figcaption></figure>'
        whole = page(number, shown).encode()
        yield record("response", f"https://harbour.example/{number}", number, whole, "text/html; charset=utf-8")
        yield record("response", f"https://harbour.example/images/{number}.png", number, picture(number), "image/png")


def warc(path, count):
    with path.open("wb") as file:
        for one in records(count):
            file.write(gzip.compress(one, 1, mtime=0))


def crawl(path, count):
    """Pages as browsers fetch them: two pictures of 100 KB each, a style sheet and a script of 120 KB."""
    script = "".join(f"function f{n}(a,b){{return a*{n}+b;}}\n" for n in range(4_000)).encode()
    style = "".join(f".c{n}{{margin:{n}px;color:#{n:06x}}}\n" for n in range(4_000)).encode()
    with path.open("wb") as file:
        for number in range(count):
            site = f"https://harbour{number % 50}.example"
            shown = "".join(f'<figure><img src="/images/{number}-{n}.png" alt="Chart"></figure>' for n in range(2))
            parts = [(f"{site}/{number}", page(number, shown).encode(), "text/html; charset=utf-8")]
            parts += [(f"{site}/images/{number}-{n}.png", picture(number * 2 + n, 300, 112), "image/png") for n in range(2)]
            parts += [(f"{site}/{number}.css", style, "text/css"), (f"{site}/{number}.js", script, "text/javascript")]
            for address, body, typed in parts:
                file.write(gzip.compress(record("response", address, number, body, typed), 6, mtime=0))


def recompressed(path, count):
    """All records in one gzip member, as from a program that knows nothing of web archives."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", 1, file, 0) as packed:
        for one in records(count):
            packed.write(one)


def book(path, count):
    chapters = range(count)
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Harbour</dc:title><dc:identifier>urn:x:harbour</dc:identifier></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        + "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters)
        + "</manifest><spine>" + "".join(f'<itemref idref="c{n}"/>' for n in chapters) + "</spine></package>"
    )
    lines = "".join(f'<li><a href="c{n}.xhtml">Tale {n}</a></li>' for n in chapters)
    start = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    nav = f'{start}<body><nav epub:type="toc"><ol>{lines}</ol></nav></body></html>'
    root = '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        file.writestr("META-INF/container.xml", root)
        file.writestr("O/p.opf", opf)
        file.writestr("O/nav.xhtml", nav)
        for n in chapters:
            body = f'<h1>Tale {n}</h1><p><img src="i{n}.png" alt="Chart"/></p>{paragraphs(n)}'
            file.writestr(f"O/c{n}.xhtml", f"{start}<body>{body}</body></html>")
            file.writestr(f"O/i{n}.png", picture(n), zipfile.ZIP_STORED)


def notes(path, count):
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0"?><en-export export-date="20200101T000000Z" application="Evernote">\n')
        for n in range(count):
            data = picture(n)
            content = f'<en-note><en-media hash="{hashlib.md5(data).hexdigest()}" type="image/png"/>{paragraphs(n)}</en-note>'
            file.write(
                f"<note><title>Tale {n}</title><content><![CDATA[{content}]]></content>"
                f"<created>{day(n):%Y%m%dT%H%M%SZ}</created><note-attributes><source>web.clip</source>"
                f"<source-url>https://harbour.example/{n}</source-url></note-attributes><resource><mime>image/png</mime>"
                f'<data encoding="base64">{base64.encodebytes(data).decode()}</data></resource></note>\n'
            )
        file.write("</en-export>\n")


def entries(path, count):
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            entry = {"id": n, "title": f"Tale {n}", "url": f"https://harbour.example/{n}", "is_archived": 0,
                     "is_starred": 0, "content": paragraphs(n), "created_at": f"{day(n):%Y-%m-%dT%H:%M:%S+0000}"}
            file.write(("[" if n == 0 else ",") + json.dumps(entry))
        file.write("]")


def posts(path, count):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(count):
            front = f"---\ntitle: Tale {n}\ndate: {day(n).isoformat()}\n---\n\n![Chart](../images/{n}.png)\n\n"
            file.writestr(f"posts/{n}.md", front + "\n\n".join(text(n)))
            file.writestr(f"images/{n}.png", picture(n), zipfile.ZIP_STORED)


def pages(path, count):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(count):
            shown = f'<figure><img src="../images/{n}.png" alt="Chart"></figure>'
            file.writestr(f"pages/{n}.html", page(n, shown))
            file.writestr(f"images/{n}.png", picture(n), zipfile.ZIP_STORED)


KINDS = {
    "mail": (mail, "mbox", 5_000, ["--from", "mail"]),
    "warc": (warc, "warc.gz", 2_000, []),
    "crawl": (crawl, "warc.gz", 2_000, []),
    "recompressed": (recompressed, "warc.gz", 2_000, []),
    "book": (book, "epub", 4_000, []),
    "notes": (notes, "enex", 4_000, []),
    "wallabag": (entries, "json", 20_000, []),
    "posts": (posts, "zip", 8_000, []),
    "pages": (pages, "zip", 4_000, []),
}


def measure(place, name, runs):
    make, ending, count, options = KINDS[name]
    base = None
    for length in (count // 4, count):
        path = place / f"{name}-{length}.{ending}"
        if not path.exists():
            make(path, length)
        made = [run(place, name, path, *OPTIONS, *options) for _ in range(runs)]
        base = show(f"{name}, {length} items, {path.stat().st_size / 1e6:.0f} MB", made, base)
        show("  unchanged", [run(place, name, path, *OPTIONS, *options, keep=True) for _ in range(runs)], base)
        if max(one[1] for one in made) > MOST_MB:
            print(f"  the peak is above {MOST_MB} MB")
    return path, base


def against_warcio(place, path, ours, runs):
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        return
    alone = [run(place, "articles", path, "--to", "json", "--items", "0")[0] for _ in range(runs)]
    theirs = []
    for _ in range(runs):
        start = time.monotonic()
        with path.open("rb") as file:
            count = sum(1 for _ in ArchiveIterator(file))
        theirs.append(time.monotonic() - start)
    warcio, articles = statistics.median(theirs), statistics.median(alone)
    print(
        f"warcio goes over {count} records in {warcio:.2f} s; the articles in them: {articles / warcio:.1f} ×; "
        f"with pictures, feeds and books: {ours / warcio:.1f} ×"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--release"], cwd=ROOT, check=True)
    place = pathlib.Path(TARGET) / "benchmarks" / "large-containers"
    place.mkdir(parents=True, exist_ok=True)
    measured = {name: measure(place, name, arguments.runs) for name in arguments.only.split(",")}
    # At last, since a process counts the memory of the one that started it.
    for name in ("warc", "crawl"):
        if name in measured:
            against_warcio(place, *measured[name], arguments.runs)


if __name__ == "__main__":
    sys.exit(main())

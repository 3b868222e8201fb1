"""pictures.py FILE: does every picture decode to its last pixel, and is it what its name says?

FILE is a picture or an EPUB. In an EPUB the type is the manifest's; besides, whatever a document shows
must stand in the book and in its manifest: nothing is fetched from elsewhere. EPUBCheck and browsers
both pass a picture that breaks off in the middle.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from PIL import Image, ImageSequence

from book import XHTML, Book, is_remote, resolve
from findings import finish

SVG = "image/svg+xml"
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
SUFFIXES = {".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
SHOWN = ("src", "srcset", "poster", "data")
REMOTE_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?:[a-z][a-z0-9+.-]*:)?//""", re.IGNORECASE)


def picture_findings(raw: bytes, declared: str) -> list[str]:
    """What is wrong with one picture of this declared media type."""
    if declared == SVG:
        return svg_findings(raw)
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            # A second picture inside a JPEG (a phone's preview) makes it an "MPO": still image/jpeg.
            actual = TYPES.get("JPEG" if picture.format == "MPO" else picture.format, picture.format)
            for frame in ImageSequence.Iterator(picture):
                frame.load()
    except Exception as error:  # Pillow has many, and each means that the picture is broken.
        return [f"does not decode: {error}"]
    return [] if actual == declared else [f"is {actual}, but declared as {declared}"]


def svg_findings(raw: bytes) -> list[str]:
    try:
        root = etree.fromstring(raw)
    except etree.XMLSyntaxError as error:
        return [f"does not parse: {error}"]
    return [] if etree.QName(root).localname == "svg" else [f"is {root.tag}, not SVG"]


def shown_references(document: etree._Element) -> Iterator[str]:
    """Every address whose resource a document shows or loads: not where its links lead."""
    for element in document.iter(etree.Element):
        for attribute, value in element.attrib.items():
            name = etree.QName(attribute).localname
            if name == "srcset":
                yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
            elif name in SHOWN:
                yield value
            elif name == "href" and etree.QName(element).localname in ("image", "use", "link"):
                yield value


def styles(document: etree._Element) -> Iterator[str]:
    """Every style that stands in a document itself."""
    for element in document.iter(etree.Element):
        yield element.get("style", "")
        if etree.QName(element).localname == "style":
            yield element.text or ""


def document_findings(book: Book, path: str, known: set[str]) -> list[str]:
    found = []
    document = etree.fromstring(book.read(path))
    if any(REMOTE_STYLE.search(style) for style in styles(document)):
        found.append(f"{path}: an address in a style leads out of the book")
    for reference in shown_references(document):
        if is_remote(reference):
            found.append(f"{path}: shows {reference[:120]}, which is not in the book")
        elif resolve(path, reference) not in known:
            found.append(f"{path}: shows {reference[:120]}, which the manifest lacks")
    return found


def resource_findings(book: Book, resource, known: set[str]) -> list[str]:
    if resource.media_type == XHTML:
        return document_findings(book, resource.path, known)
    raw = book.read(resource.path)
    if resource.media_type.startswith("image/"):
        return [f"{resource.path}: {line}" for line in picture_findings(raw, resource.media_type)]
    if resource.media_type == "text/css" and REMOTE_STYLE.search(raw.decode()):
        return [f"{resource.path}: an address leads out of the book"]
    return []


def book_findings(path: Path) -> list[str]:
    """What is wrong with the pictures of an EPUB."""
    try:
        book = Book(path)
    except (KeyError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        return [f"no EPUB: {error}"]
    known = {resource.path for resource in book.resources}
    found = []
    for resource in book.resources:
        try:
            found += resource_findings(book, resource, known)
        except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            found.append(f"{resource.path}: {error}")
    return found


def findings(path: Path) -> list[str]:
    """What is wrong with a picture or with the pictures of an EPUB."""
    if path.suffix == ".epub":
        return book_findings(path)
    return picture_findings(path.read_bytes(), SUFFIXES[path.suffix])


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

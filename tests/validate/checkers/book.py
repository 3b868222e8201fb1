"""An EPUB as a ZIP with a package document: just enough to go through its resources and contents."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True)
class Resource:
    """A manifest item: its path in the container and the media type that the manifest gives it."""

    path: str
    media_type: str


class Book:
    """An open EPUB. Raises KeyError, zipfile.BadZipFile or etree.XMLSyntaxError where it is none."""

    def __init__(self, path: Path):
        self.container = zipfile.ZipFile(path)
        rootfile = etree.fromstring(self.read("META-INF/container.xml")).find(".//{*}rootfile")
        package_path = rootfile.get("full-path")
        package = etree.fromstring(self.read(package_path))
        items = package.findall("{*}manifest/{*}item")
        self.resources = [
            Resource(resolve(package_path, item.get("href")), item.get("media-type")) for item in items
        ]
        self.navigation = [
            resolve(package_path, item.get("href"))
            for item in items
            if "nav" in item.get("properties", "").split() or item.get("media-type") == NCX
        ]
        self.spine_length = len(package.findall("{*}spine/{*}itemref"))

    def read(self, path: str) -> bytes:
        return self.container.read(path)

    def contents(self) -> list[tuple[int, str]]:
        """The contents tree as levels (from 1) and labels: of the navigation document, else of the NCX."""
        for path in self.navigation:
            root = etree.fromstring(self.read(path))
            for nav in root.iter("{*}nav"):
                if nav.get(EPUB_TYPE) == "toc":
                    return list(labels(nav, "{*}li", "{*}a", "{*}span"))
            for nav_map in root.iter("{*}navMap"):
                return list(labels(nav_map, "{*}navPoint", "{*}navLabel"))
        return []


def labels(tree: etree._Element, entry: str, *names: str) -> Iterator[tuple[int, str]]:
    """The label of each entry below `tree`, in document order, with its depth among the entries."""
    for element in tree.iter(entry):
        level = 1 + sum(1 for _ in element.iterancestors(entry))
        label = next(child for name in names for child in element.iterchildren(name))
        yield level, "".join(label.itertext())


def contents_findings(book: Book, seen: list[tuple[int, str]]) -> list[str]:
    """How the contents tree that a reader shows differs from the book's; white space does not count."""
    expected = [(level, "".join(label.split())) for level, label in book.contents()]
    shown = [(level, "".join(label.split())) for level, label in seen]
    if not expected:
        return ["the book has no contents"]
    if expected == shown:
        return []
    first = next((pair for pair in zip(expected, shown) if pair[0] != pair[1]), ("the end", "the end"))
    return [
        f"the contents tree differs: {len(shown)} entries instead of {len(expected)}; "
        f"the first difference is {first[1]} instead of {first[0]}"
    ]


def is_remote(reference: str) -> bool:
    """Does this reference lead out of the book?"""
    parts = urlsplit(reference)
    return bool(parts.scheme or parts.netloc)


def resolve(base: str, reference: str) -> str:
    """The path in the container that a relative reference in `base` means, without its fragment."""
    path = unquote(urlsplit(reference).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base

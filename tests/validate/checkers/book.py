"""An EPUB as a ZIP with a package document: just enough to go through its resources and contents."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
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
        # The navigation document before the NCX.
        self.navigation = [
            resolve(package_path, item.get("href"))
            for is_navigation in (is_navigation_document, is_ncx)
            for item in items
            if is_navigation(item)
        ]
        paths = {item.get("id"): resolve(package_path, item.get("href")) for item in items}
        itemrefs = package.findall("{*}spine/{*}itemref")
        self.spine = [paths[itemref.get("idref")] for itemref in itemrefs]

    def read(self, path: str) -> bytes:
        return self.container.read(path)

    def texts(self) -> Iterator[str]:
        """The documents, as they stand in the container."""
        for resource in self.resources:
            if resource.media_type == XHTML:
                yield self.read(resource.path).decode()

    def contents(self) -> list[tuple[int, str]]:
        """The contents tree as levels (from 1) and labels: of the navigation document, else of the NCX."""
        return [(level, label) for level, label, _ in self.contents_with_targets()]

    def contents_without_cover(self) -> list[tuple[int, str]]:
        """The contents tree without what leads to the page that the landmarks call the cover."""
        covers = {link.get("href") for link in self.navigation_links("cover")}
        return [(level, label) for level, label, target in self.contents_with_targets() if target not in covers]

    def contents_with_targets(self) -> list[tuple[int, str, str | None]]:
        for path in self.navigation:
            root = etree.fromstring(self.read(path))
            for nav in root.iter("{*}nav"):
                if nav.get(EPUB_TYPE) == "toc":
                    return list(entries(nav, "{*}li", "{*}a", "{*}span"))
            for nav_map in root.iter("{*}navMap"):
                return list(entries(nav_map, "{*}navPoint", "{*}navLabel"))
        return []

    def navigation_links(self, kind: str) -> Iterator[etree._Element]:
        """The links of the navigation documents that have this epub:type."""
        for path in self.navigation:
            for link in etree.fromstring(self.read(path)).iter("{*}a"):
                if kind in link.get(EPUB_TYPE, "").split():
                    yield link


def is_navigation_document(item: etree._Element) -> bool:
    return "nav" in item.get("properties", "").split()


def is_ncx(item: etree._Element) -> bool:
    return item.get("media-type") == NCX


def entries(tree: etree._Element, entry: str, *names: str) -> Iterator[tuple[int, str, str | None]]:
    """Each entry below `tree`, in document order: its depth among the entries, its label, its target."""
    for element in tree.iter(entry):
        level = 1 + sum(1 for _ in element.iterancestors(entry))
        label = next(child for name in names for child in element.iterchildren(name))
        yield level, "".join(label.itertext()), label.get("href")


def contents_findings(expected: list[tuple[int, str]], seen: list[tuple[int, str]]) -> list[str]:
    """How the contents tree that a reader shows differs from the book's; white space does not count."""
    expected, seen = (
        [(level, "".join(label.split())) for level, label in contents] for contents in (expected, seen)
    )
    if not expected:
        return ["the book has no contents"]
    if expected == seen:
        return []
    pairs = zip_longest(expected, seen, fillvalue="the end")
    there, here = next(pair for pair in pairs if pair[0] != pair[1])
    return [
        f"the contents tree differs: {len(seen)} entries instead of {len(expected)}; "
        f"the first difference is {here} instead of {there}"
    ]


def is_remote(reference: str) -> bool:
    """Does this reference lead out of the book?"""
    parts = urlsplit(reference)
    return bool(parts.scheme or parts.netloc)


def resolve(base: str, reference: str) -> str:
    """The path in the container that a relative reference in `base` means, without its fragment."""
    path = unquote(urlsplit(reference).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base

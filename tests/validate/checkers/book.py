"""An EPUB as a ZIP with a package document: just enough to go through its resources."""

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

XHTML = "application/xhtml+xml"


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
        self.resources = [
            Resource(resolve(package_path, item.get("href")), item.get("media-type"))
            for item in package.iterfind("{*}manifest/{*}item")
        ]
        self.spine_length = len(package.findall("{*}spine/{*}itemref"))

    def read(self, path: str) -> bytes:
        return self.container.read(path)


def is_remote(reference: str) -> bool:
    """Does this reference lead out of the book?"""
    parts = urlsplit(reference)
    return bool(parts.scheme or parts.netloc)


def resolve(base: str, reference: str) -> str:
    """The path in the container that a relative reference in `base` means, without its fragment."""
    path = unquote(urlsplit(reference).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base

"""website.py DIR: do the links between the HTML pages of a folder lead to pages and places that are there?"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from findings import finish

# A page's own links and what it loads.
TARGETS = {"a": "href", "link": "href", "img": "src", "script": "src"}


class Page(HTMLParser):
    """The ids and the links of one page."""

    def __init__(self, path: Path):
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        self.links.append(values.get(TARGETS.get(tag, "")) or "")


def findings(folder: Path) -> list[str]:
    """What is wrong with the pages of a folder."""
    folder = folder.resolve()
    pages = {path: Page(path) for path in sorted(folder.rglob("*.html"))}
    found = [] if pages else [f"{folder}: no page"]
    for path, page in pages.items():
        name = path.relative_to(folder)
        if "{{#" in page.text:
            found.append(f"{name}: something that was to be included is not")
        # The page for addresses that lead nowhere is served at any address.
        links = [] if path.name == "404.html" else page.links
        for link in sorted(set(links)):
            found += [f"{name}: {link}: {fault}" for fault in faults(link, path, pages)]
    return found


def faults(link: str, path: Path, pages: dict[Path, Page]) -> list[str]:
    """What is wrong with one link."""
    parts = urlsplit(link)
    if not link or parts.scheme or parts.netloc:
        return []
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_file():
        return ["no such file"]
    fragment = unquote(parts.fragment)
    if fragment and target in pages and fragment not in pages[target].ids:
        return ["no such place"]
    return []


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

"""history.py DIR: do the archive documents in DIR hold the whole feed (RFC 5005, section 4)?

A reader that starts at atom.xml or rss.xml and follows the links to the beginning sees every archive
document once and ends; every document says where the chain goes on, and where it comes from; both
formats hold the same items.
"""

import sys
from pathlib import Path
from urllib.parse import unquote

from feed import ATOM, read_feed
from findings import finish
from lxml import etree

ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"


def links(path: Path) -> dict[str, str]:
    """The document's links by relation."""
    root = etree.parse(path).getroot()
    head = root if root.tag == ATOM + "feed" else root.find("channel")
    return {link.get("rel", "alternate"): link.get("href") for link in head.iterfind(ATOM + "link")}


def is_archive(path: Path) -> bool:
    return next(etree.parse(path).getroot().iter(ARCHIVE), None) is not None


def walk(folder: Path, name: str) -> tuple[set[str], list[str]]:
    """The ids that a reader finds from this subscription document on, and what is wrong on the way."""
    own = links(folder / name)["self"]
    base = own[: -len(name)]
    ids, found, visited, later, address = set(), [], [], None, own
    while address:
        path = folder / unquote(address.removeprefix(base))
        if not address.startswith(base) or not path.is_file():
            return ids, found + [f"{name}: {address} leads to no document"]
        if path in visited:
            return ids, found + [f"{name}: the chain comes back to {path.name}"]
        there = links(path)
        expected = {"self": address} | ({"current": own} if visited else {})
        if later and later != own:
            expected["next-archive"] = later
        for relation, target in expected.items():
            if there.get(relation) != target:
                found.append(f"{path.name}: {relation} is {there.get(relation)} instead of {target}")
        if is_archive(path) != bool(visited):
            found.append(f"{path.name}: fh:archive stands where it should not, or does not where it should")
        visited.append(path)
        ids |= {item.id for item in read_feed(path).items}
        later, address = address, there.get("prev-archive")
    stem = name.removesuffix(".xml")
    unseen = set(folder.glob(f"archive/{stem}-*.xml")) - set(visited)
    return ids, found + [f"{path.name}: no link leads to it" for path in sorted(unseen)]


def findings(folder: Path) -> list[str]:
    """What is wrong with the archive documents of a folder."""
    walks = {name: walk(folder, name) for name in ("atom.xml", "rss.xml") if (folder / name).is_file()}
    found = [line for _, wrong in walks.values() for line in wrong]
    sets = [ids for ids, _ in walks.values()]
    if not sets or not sets[0]:
        found.append("there are no items")
    if any(ids != sets[0] for ids in sets):
        found.append("RSS and Atom hold different items")
    return found


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

"""A feed as its file says it, without any feed parser: what the feed readers must see.

Dates are seconds since 1970. Titles and bodies are compared as visible text without white space, since
readers differ in how they keep markup and line breaks but not in which characters a person sees.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
DATE_NAMES = {"pubDate", "published", "updated", "date", "modified"}


@dataclass(frozen=True)
class Item:
    """One item or entry. `dates` holds every date it bears; `published` is one of them, or None."""

    id: str
    title: str
    text: str
    published: int | None = None
    dates: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Feed:
    """The items of one document; `kind` is "rss", "atom" or "json"."""

    kind: str
    items: list[Item]


class NotAFeed(ValueError):
    """The file is none of the three kinds."""


def read_feed(path: Path) -> Feed:
    """Read RSS, Atom or JSON Feed, told apart by content."""
    raw = path.read_bytes()
    if raw.lstrip().startswith(b"{"):
        return Feed("json", [json_item(item) for item in json.loads(raw)["items"]])
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(raw, parser)
    if root.tag == "rss":
        return Feed("rss", [rss_item(item) for item in root.iterfind("channel/item")])
    if root.tag == ATOM + "feed":
        return Feed("atom", [atom_entry(entry) for entry in root.iterfind(ATOM + "entry")])
    raise NotAFeed(f"the root element is {root.tag}")


def json_item(item: dict) -> Item:
    dates = [seconds(item[key]) for key in ("date_published", "date_modified") if item.get(key)]
    markup = item.get("content_html")
    return Item(
        id=str(item["id"]),
        title=visible_text(item.get("title")),
        text=visible_text(markup) if markup is not None else squeezed(item.get("content_text")),
        published=dates[0] if dates else None,
        dates=frozenset(dates),
    )


def rss_item(item: etree._Element) -> Item:
    body = item.findtext(CONTENT_ENCODED)
    published = item.findtext("pubDate")
    return Item(
        id=(item.findtext("guid") or item.findtext("link") or "").strip(),
        title=visible_text(item.findtext("title")),
        text=visible_text(body if body is not None else item.findtext("description")),
        published=seconds(published) if published else None,
        dates=element_dates(item),
    )


def atom_entry(entry: etree._Element) -> Item:
    body = entry.find(ATOM + "content")
    if body is None:
        body = entry.find(ATOM + "summary")
    published = entry.findtext(ATOM + "published") or entry.findtext(ATOM + "updated")
    return Item(
        id=entry.findtext(ATOM + "id", "").strip(),
        title=construct_text(entry.find(ATOM + "title")),
        text=construct_text(body),
        published=seconds(published) if published else None,
        dates=element_dates(entry),
    )


def element_dates(item: etree._Element) -> frozenset[int]:
    """Every date among an item's children, of whatever namespace."""
    return frozenset(
        seconds(child.text)
        for child in item.iterchildren(etree.Element)
        if child.text and etree.QName(child).localname in DATE_NAMES
    )


def construct_text(construct: etree._Element | None) -> str:
    """The visible text of an Atom text construct or content element (RFC 4287, 3.1 and 4.1.3)."""
    if construct is None:
        return ""
    if construct.get("type") == "html":
        return visible_text(construct.text)
    return squeezed("".join(construct.itertext()))


def visible_text(markup: str | None) -> str:
    """What a person sees of this HTML, without white space."""
    if not markup or not markup.strip():
        return ""
    return squeezed(html.fragment_fromstring(markup, create_parent="div").text_content())


def squeezed(text: str | None) -> str:
    """The text without any white space."""
    return "".join((text or "").split())


def seconds(date: str) -> int:
    """An RFC 3339 or RFC 822 date as seconds since 1970; one without a zone is in UTC."""
    try:
        moment = datetime.fromisoformat(date.strip().replace("Z", "+00:00"))
    except ValueError:
        moment = parsedate_to_datetime(date)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return int(moment.timestamp())


def differences(expected: list[Item], seen: list[Item]) -> list[str]:
    """How what was seen differs from what the file says; the order of items does not matter."""
    found = []
    if len(seen) != len(expected):
        found.append(f"{len(seen)} items instead of {len(expected)}")
    by_id = {item.id: item for item in seen}
    for item in expected:
        other = by_id.pop(item.id, None)
        found += [f"{item.id}: not seen"] if other is None else item_differences(item, other)
    found += [f"{identifier}: not in the file" for identifier in by_id]
    return found


def item_differences(item: Item, other: Item) -> list[str]:
    found = []
    if item.title != other.title:
        found.append(f"{item.id}: the title is {other.title!r} instead of {item.title!r}")
    if item.published is not None and other.dates != {item.published}:
        found.append(f"{item.id}: dated {sorted(other.dates)} instead of {item.published}")
    if item.text != other.text:
        found.append(f"{item.id}: the body differs: {first_difference(item.text, other.text)}")
    return found


def first_difference(expected: str, seen: str) -> str:
    """Where two texts part, with a little of both."""
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, seen)) if a != b),
        min(len(expected), len(seen)),
    )
    return f"at character {at}, {seen[at : at + 30]!r} instead of {expected[at : at + 30]!r}"

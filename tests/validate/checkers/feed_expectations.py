"""feed_expectations.py OFFPRINT [FOLDER…] [-v]: does Offprint find in feeds what their own comments expect?

FOLDER holds cases in the form of feedparser's suite: each begins with a comment that has a `Description` and an
`Expect`, a Python expression over what a parser finds. They are other people's files and no part of the project.
Without FOLDER, those that OFFPRINT_TEST_FEEDS names (parted by colons) are taken; without either, nothing is done.
Counted are expectations of an entry's title, link, id, summary, content, dates, author, tags and enclosures.

Offprint cleans what it reads, so values are compared by what they mean to a reader: of markup the characters
(white space apart) and the addresses of links and pictures, of dates the instant, of authors the name without the
address of mail. The languages, media types, schemes and labels of elements, which the model does not hold, and
what a feed says of itself are not counted, and are listed by kind with -v. Cases whose names begin with `http_`
need the address that the file came from, which is given as the case says it.
"""

import collections
import datetime
import email.utils
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

LEAST_MET, LEAST_READ = 0.97, 0.95
# Why some are not met, by the ends of the names of their files.
REASONS = {
    "enclosure_length": "the model holds no lengths: outputs tell those of bytes that were really had",
    "atom10_id": "an id that is no address becomes a `tag:` address, which is not what is expected here",
    "entry_id_no_normalization_4": "the scheme of an address is written in small letters",
    "entry_id_with_attributes": "an id that is no address becomes a `tag:` address, which is not what is expected here",
    "item_guid_not_permalink_not_url": "an id that is no address becomes a `tag:` address, too",
    "http_entry_id_base_content_location": "Atom compares ids as they are written (RFC 4287, section 4.2.6.1)",
    "http_entry_id_base_docuri": "Atom compares ids as they are written (RFC 4287, section 4.2.6.1)",
    "atomsimplechapterexternal": "the model holds the page and enclosures, and no other links",
    "http_text_xml_charset_2": "a file has no headers, so the charset that only they name is guessed",
    "item_description_not_a_doctype": "comments and declarations end where browsers end them",
    "item_description_not_a_doctype2": "comments and declarations end where browsers end them",
    "acceptable_element_q": "quotations are shown in their quotation marks",
    "script_nested_cdata": "comments and declarations end where browsers end them",
    "_crazy": "scripts and comments end where browsers end them",
    "_iframe": "a frame becomes a link, and what stands in it is for browsers without frames",
    "double-encoded-html": "a text that was decoded wrongly before it was published stays as published",
    "linenoise": "UTF-8 is told from the bytes, so that what was published is read, not what it may have been",
}
ENTRY = re.compile(r"entries\[(\d+)\](?:\.(\w+)|\[['\"]([\w-]+)['\"]\])((?:\[[^\]]+\]|\.(?!get)\w+)*)")
COUNTED = {
    "title": r"", "title_detail": r".*value.*", "link": r"", "links": r".*\bhref\b.*", "id": r"", "guid": r"",
    "summary": r"", "summary_detail": r".*value.*", "description": r"", "content": r".*value.*",
    "published": r"", "published_parsed": r"", "updated": r"", "updated_parsed": r"", "created": r"",
    "created_parsed": r"", "author": r"", "author_detail": r".*name.*", "authors": r".*name.*", "tags": r".*term.*",
    "category": r"", "categories": r"", "enclosures": r".*(href|url|length).*", "media_thumbnail": r".*url.*",
    "image": r".*href.*",
}


class Markup(html.parser.HTMLParser):
    """The characters that markup shows, and the addresses that it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.addresses: set[str] = set()
        self.hidden = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.hidden += tag in ("script", "style")
        if tag in ("a", "img"):
            address = dict(attrs).get("href" if tag == "a" else "src") or ""
            if address.startswith(("http://", "https://")):
                self.addresses.add(plain_address(address))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def plain_address(address: str) -> str:
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return urllib.parse.unquote(f"{scheme}{separator}{host.lower()}{slash}{path}").rstrip("/")


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


class Shown(str):
    """Equal to markup that shows the same as one of several texts."""

    # What is a line of characters only has no addresses.
    texts: list[tuple[str, set[str] | None]]

    def __new__(cls, *texts: tuple[str, set[str] | None]):
        self = super().__new__(cls, texts[0][0] if texts else "")
        self.texts = list(texts)
        return self

    def __eq__(self, other) -> bool:
        if isinstance(other, Shown):
            return self.texts == other.texts
        if not isinstance(other, str):
            return False
        wanted = Markup(other)
        text = letters("".join(wanted.parts))
        for shown, addresses in self.texts:
            # Plain text may hold what looks like markup.
            is_shown = letters(shown) in (text, letters(other))
            if is_shown and (addresses is None or wanted.addresses <= addresses):
                return True
        return False

    __hash__ = None


class Address(str):
    def __eq__(self, other) -> bool:
        return isinstance(other, str) and plain_address(self) == plain_address(other)

    __hash__ = None


class Name(str):
    def __eq__(self, other) -> bool:
        if not isinstance(other, str):
            return False
        return str(self) == re.sub(r"\s*\(?\S+@\S+\)?\s*", "", other)

    __hash__ = None


class Time:
    def __init__(self, written: str | None) -> None:
        self.time = instant(written) if written else None

    def __eq__(self, other) -> bool:
        if isinstance(other, tuple):
            return self.time is not None and self.time.timetuple()[:6] == other[:6]
        return isinstance(other, str) and self.time == instant(other)

    __hash__ = None


def instant(written: str) -> datetime.datetime | None:
    try:
        time = datetime.datetime.fromisoformat(written)
    except ValueError:
        time = email.utils.parsedate_to_datetime(written)
    if time.tzinfo is None:
        time = time.replace(tzinfo=datetime.UTC)
    return time.astimezone(datetime.UTC).replace(microsecond=0)


def texts_of(node, texts: list[str], addresses: set[str]) -> None:
    if isinstance(node, list):
        for child in node:
            texts_of(child, texts, addresses)
    if not isinstance(node, dict):
        return
    for key in ("target", "address", "origin", "archived"):
        if isinstance(node.get(key), str):
            addresses.add(plain_address(node[key]))
    if isinstance(node.get("text"), str):
        texts.append(node["text"])
    for value in node.values():
        texts_of(value, texts, addresses)


def entry_of(article: dict) -> dict:
    texts: list[str] = []
    addresses: set[str] = set()
    texts_of(article["body"], texts, addresses)
    removed = [part["text"] for part in article["removed"]]
    body = ("".join(texts), addresses)
    whole = ("".join(texts + removed), addresses)
    summary = (article["summary"] or "", None)
    title = Shown((article["title"], None))
    link = Address(article["address"] or "")
    published = Time((article["published"] or {}).get("time"))
    updated = Time((article["updated"] or {}).get("time"))
    identity = Address(article.get("own_id") or article["id"])
    pictures = [Address(address) for address in sorted(addresses)]
    return {
        "title": title, "title_detail": {"value": title}, "link": link, "links": [{"href": link}],
        "id": identity, "guid": identity,
        "summary": Shown(summary, body, whole), "description": Shown(summary, body, whole),
        "summary_detail": {"value": Shown(summary, body, whole)},
        "content": [{"value": Shown(body, whole)}],
        "published": published, "published_parsed": published, "created": published, "created_parsed": published,
        "updated": updated, "updated_parsed": updated,
        "author": Name(article["authors"][0]) if article["authors"] else None,
        "author_detail": {"name": Name(article["authors"][0])} if article["authors"] else {},
        "authors": [{"name": Name(name)} for name in article["authors"]],
        "tags": [{"term": tag} for tag in article["tags"]],
        "category": article["tags"][0] if article["tags"] else None, "categories": article["tags"],
        "enclosures": [{"href": address, "url": address} for address in pictures],
        "media_thumbnail": [{"url": address} for address in pictures],
        "image": {"href": pictures[0]} if pictures else {},
    }


def comment(path: Path) -> tuple[str, str]:
    """Description and expectation of a case."""
    data = path.read_bytes()
    for charset in ("utf-8", "utf-16", "utf-16-be", "utf-32", "utf-32-be", "latin-1"):
        try:
            text = data.decode(charset)
        except UnicodeError:
            continue
        found = re.search(r"Description:\s*(.*?)\n\s*Expect:\s*(.*?)\s*-->", text, re.S)
        if found:
            return found.group(1), found.group(2)
    return "", ""


def kind(expectation: str) -> str | None:
    """Why an expectation is not counted."""
    keys = ENTRY.findall(expectation)
    if not keys:
        return "says nothing of an entry"
    for _, dotted, quoted, rest in keys:
        key = dotted or quoted
        if key not in COUNTED or not re.fullmatch(COUNTED[key], rest):
            return f"entry: {key}{re.sub(r'.[0-9]+.', '', rest)}"
    if re.search(r"\['title'\] == '<img [^>]*>'$", expectation):
        return "entry: a title of nothing but a picture"
    if re.search(r"\['author(_detail)?'\].*==\s*'\S+@\S+'$", expectation):
        return "entry: an address of mail"
    return None


def with_address(path: Path, place: Path) -> Path:
    """A copy of a case whose root names the address that the case came from: a file on a disk has none."""
    data = path.read_bytes()
    location = re.search(rb"Content-Location:\s*(\S+)", data)
    address = location.group(1) if location else b"http://127.0.0.1:8097/" + path.name.encode()
    begin, comment, rest = data.partition(b"-->")
    rest = re.sub(rb"<(rss|feed|rdf:RDF)\b", rb'<\1 xml:base="' + address + rb'"', rest, count=1)
    copy = place / f"{len(list(place.iterdir()))}-{path.name}"
    copy.write_bytes(begin + comment + rest)
    return copy


def read(offprint: str, paths: list[Path]) -> dict[str, list[dict]]:
    with tempfile.TemporaryDirectory() as folder:
        copies = {}
        for path in paths:
            is_fetched = path.name.startswith("http_") and path.parent.name == "base"
            copies[str(with_address(path, Path(folder)) if is_fetched else path)] = str(path)
        articles = read_files(offprint, list(copies))
        return collections.defaultdict(list, {copies[path]: found for path, found in articles.items()})


def read_files(offprint: str, paths: list[str]) -> dict[str, list[dict]]:
    articles: dict[str, list[dict]] = collections.defaultdict(list)
    for start in range(0, len(paths), 200):
        some = paths[start : start + 200]
        run = subprocess.run([offprint, "inspect", "--json", "--from", "feed", *some], capture_output=True, check=False)
        for line in run.stdout.decode().splitlines():
            if line.startswith("{"):
                article = json.loads(line)
                articles[article["path"]].append(article)
    return articles


def is_met(expectation: str, entries: list[dict]) -> bool:
    expression = re.sub(r"^\s*(not )?bozo and ", "", expectation)
    expression = re.sub(r"\]\.(?!get\b|has_key\b)(\w+)", r"]['\1']", expression)
    try:
        return bool(eval(expression, {"__builtins__": {"ord": ord, "len": len}}, {"entries": entries}))
    except (KeyError, IndexError, TypeError, ValueError, NameError, AttributeError):
        return False


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    offprint, *folders = [argument for argument in arguments if argument != "-v"]
    folders = folders or [folder for folder in os.environ.get("OFFPRINT_TEST_FEEDS", "").split(":") if folder]
    failed = False
    for folder in map(Path, folders):
        paths = sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".json"))
        articles = read(offprint, paths)
        others: collections.Counter[str] = collections.Counter()
        missed, met, holding, readable = [], 0, 0, 0
        for path in paths:
            entries = [entry_of(article) for article in articles[str(path)]]
            data = path.read_bytes().replace(b"\0", b"").lower()
            has_items = re.search(rb"<(\w+:)?(item|entry)[\s>]", re.sub(rb"<!--.*?-->", b"", data, flags=re.S))
            holding += bool(has_items)
            readable += bool(has_items and entries)
            if has_items and not entries and verbose:
                print(f"  not read: {path}")
            description, expectation = comment(path)
            reason = kind(expectation)
            if reason:
                others[reason] += 1
            elif is_met(expectation, entries):
                met += 1
            else:
                missed.append((path, description, expectation))
        for path, description, expectation in missed:
            reason = next((why for end, why in REASONS.items() if path.stem.endswith(end)), "no reason is known")
            print(f"  not met: {path.name}: {description}: {expectation[:160]}\n           {reason}")
        if verbose:
            for reason, count in others.most_common():
                print(f"  not counted: {count:4} {reason}")
        counted = met + len(missed)
        share = met / counted if counted else 1.0
        share_read = readable / holding if holding else 1.0
        print(f"{folder.name}: {met} of {counted} expectations met ({share:.2%}); "
              f"{readable} of {holding} files with entries read ({share_read:.2%})")
        failed |= share < LEAST_MET and folder.name == "wellformed" or share_read < LEAST_READ
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

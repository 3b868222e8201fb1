"""markdown_text.py OFFPRINT FOLDER…: how much of what GitHub's own renderer shows of Markdown does Offprint keep?

Needs `cmarkgfm`. For each folder a line: files, articles, words of both, the share that was kept, pictures
in the articles. With -v also each file that lost more than one word in a hundred, and which words.
Front matter is taken off here by rules of its own.
"""

import collections
import html.parser
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options

HIDDEN = {"script", "style", "iframe", "title", "head", "noscript", "video", "audio", "object"}
WORD = re.compile(r"[A-Za-z0-9_\u00c0-\u04ff]+|[぀-ヿ㐀-鿿가-힯]")
LEAST_SHARE = 0.99


class Text(html.parser.HTMLParser):
    """The text that a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs) -> None:
        self.hidden += tag in HIDDEN
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in HIDDEN))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def without_front_matter(text: str) -> str:
    text = text.lstrip("\ufeff\n")
    for fence in ("---", r"\+\+\+"):
        fenced = re.match(rf"{fence}[ ]*\n.*?\n{fence}[ ]*(\n|$)", text, re.S)
        if fenced:
            return text[fenced.end() :]
    hexo = re.match(r"(?:[A-Za-z_]+:[^\n]*\n|[ -][^\n]*\n|\n)+?---[ ]*(\n|$)", text)
    if hexo and "title:" in hexo.group():
        return text[hexo.end() :]
    pelican = re.match(r"(?:[A-Z][A-Za-z]*:[^\n]*\n)+\n", text)
    return text[pelican.end() :] if pelican else text


def words(text: str) -> collections.Counter[str]:
    return collections.Counter(WORD.findall(text))


def expected(path: Path) -> collections.Counter[str]:
    text = without_front_matter(path.read_text(encoding="utf-8", errors="replace"))
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    extensions = ["table", "strikethrough", "autolink", "tasklist"]
    reader = Text()
    reader.feed(cmarkgfm.cmark.markdown_to_html_with_extensions(text, options, extensions))
    return words("".join(reader.parts))


def texts(node) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for key, value in node.items():
            if key not in ("image", "poster"):
                yield from texts(value)
        if node.get("type") not in ("text", "strong", "emphasis", "struck", "link", "span", "mark"):
            yield " "
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)


def pictures(node) -> int:
    if isinstance(node, list):
        return sum(map(pictures, node))
    if not isinstance(node, dict):
        return 0
    return ("image" in node) + sum(map(pictures, node.values()))


def articles(offprint: str, folder: Path) -> list[dict]:
    command = [offprint, "inspect", "--json", "--from", "markdown", *map(str, sorted(folder.rglob("*.md")))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    offprint, *folders = [argument for argument in arguments if argument != "-v"]
    failed = False
    print(f"{'folder':16} {'files':>5} {'read':>5} {'words':>8} {'kept':>7} {'pictures':>8}")
    for folder in map(Path, folders):
        all_words = kept_words = shown_pictures = 0
        found = articles(offprint, folder)
        for article in found:
            want = expected(Path(article["path"]))
            removed = " ".join(part["text"] for part in article["removed"])
            have = words("".join(texts(article["body"])) + " " + removed)
            lost = want - have
            all_words += want.total()
            kept_words += want.total() - lost.total()
            shown_pictures += pictures(article["body"])
            if verbose and lost.total() > want.total() * (1 - LEAST_SHARE):
                print(f"  {article['path']}: {lost.total()} of {want.total()}: {lost.most_common(8)}")
        share = kept_words / all_words if all_words else 1.0
        failed |= share < LEAST_SHARE
        count = sum(1 for _ in folder.rglob("*.md"))
        print(f"{folder.name:16} {count:5} {len(found):5} {all_words:8} {share:7.2%} {shown_pictures:8}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

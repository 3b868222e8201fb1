"""Draws docs/pictures/page-*.png: pages of the sample book, and of a few articles more (pages/), in reading
systems, and a shelf of covers, to be looked at.

    target/validators/python/bin/python tests/tools/draw_pages.py

Needs the program (target/release/offprint, or what OFFPRINT names), what tests/reading-systems.sh
installs, and fonts for Chinese and Arabic.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import pymupdf
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/validate/checkers"))
from book import Book  # noqa: E402

PICTURES = ROOT / "docs/pictures"
PHONE, E_READER = (390, 700), (480, 640)
# The articles beside the sample's.
MORE = Path(__file__).with_name("pages")
THUMBNAIL = (150, 200)
COLOURS = 64


@dataclass
class Page:
    """A page: the reading system, the document that holds a text, how often to turn the page there."""

    name: str
    reader: str
    text: str
    screen: tuple[int, int] = E_READER
    turns: int = 0
    theme: str = "day"
    size: int = 17
    options: tuple[str, ...] = ()


VERTICAL = ("--vertical", "--language", "zh-Hant")
PAGES = [
    Page("cover", "foliate", 'epub:type="cover"'),
    Page("title", "mupdf", 'epub:type="titlepage"'),
    Page("contents", "mupdf", 'class="contents"'),
    Page("figure", "epubjs", "潮汐表怎麼讀", PHONE),
    Page("table", "foliate", "Bread that waits", PHONE, turns=1, theme="night"),
    Page("chinese", "foliate", "云雾里的茶："),
    Page("arabic", "foliate", "نجمة", PHONE, theme="night"),
    Page("vertical", "foliate", "等高線：", options=VERTICAL),
    Page("lead", "foliate", "Twelve nights", PHONE, options=(str(MORE),)),
    Page("lead-paper", "mupdf", "Twelve nights", options=(str(MORE),)),
    Page("wide-table", "foliate", "Where the ferries go", PHONE, theme="night", options=(str(MORE),)),
    Page("wide-table-paper", "mupdf", "Where the ferries go", options=(str(MORE),)),
]


def make_book(folder: Path, options: tuple[str, ...]) -> Path:
    """The book of seeds/ with some options."""
    target = folder / "-".join(["book", *(option.replace("/", "_") for option in options)])
    if not target.exists():
        program = os.environ.get("OFFPRINT", ROOT / "target/release/offprint")
        command = [program, "build", "--to", "epub", "--out", target, "--quiet", *options]
        environment = {**os.environ, "OFFPRINT_IMAGE_CACHE": str(folder / "cache")}
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return target / "archive.epub"


def section(book: Book, text: str) -> int:
    """The place in the reading order of the first document whose heading, or markup, has a text."""
    documents = [book.read(path).decode() for path in book.spine]
    titled = [number for number, markup in enumerate(documents) if f"<h1>{text}" in markup]
    return (titled or [number for number, markup in enumerate(documents) if text in markup])[0]


def small(raw: bytes, target: Path) -> None:
    """A picture with few colours: what it has to show are letters."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    colours = 256 if "cover" in target.name else COLOURS
    picture.quantize(colours).save(target, optimize=True)


def draw_mupdf(book: Path, number: int, page: Page) -> bytes:
    width, height = page.screen
    document = pymupdf.open(book)
    document.layout(width=width, height=height, fontsize=page.size)
    first = document.page_number_from_location((number, page.turns))
    return document[first].get_pixmap(dpi=108).tobytes("png")


def draw_shelf(folder: Path) -> None:
    """The covers of the sample's months, at the size of thumbnails."""
    books = make_book(folder, ("--split", "month")).parent
    covers = sorted(books.glob("*-cover.jpg"))
    width, height = THUMBNAIL
    shelf = Image.new("RGB", ((width + 10) * len(covers) - 10, height), "white")
    for number, cover in enumerate(covers):
        shelf.paste(Image.open(cover).convert("RGB").resize(THUMBNAIL), (number * (width + 10), 0))
    raw = io.BytesIO()
    shelf.save(raw, "PNG")
    small(raw.getvalue(), PICTURES / "page-covers.png")


def main() -> None:
    validators = ROOT / "target/validators"
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))))
    environment = {"VALIDATORS": str(validators), "PUPPETEER_EXECUTABLE_PATH": browser, **os.environ}
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        draw_shelf(Path(folder))
        wanted = []
        for page in PAGES:
            book = make_book(Path(folder), page.options)
            number = section(Book(book), page.text)
            target = PICTURES / f"page-{page.name}.png"
            if page.reader == "mupdf":
                small(draw_mupdf(book, number, page), target)
                continue
            width, height = page.screen
            one = asdict(page) | {"book": str(book), "section": number, "target": str(target)}
            wanted.append(one | {"width": width, "height": height})
        script = Path(__file__).with_suffix(".mjs")
        subprocess.run(["node", script, json.dumps(wanted)], env=environment, check=True)
    for one in wanted:
        target = Path(one["target"])
        small(target.read_bytes(), target)


if __name__ == "__main__":
    main()

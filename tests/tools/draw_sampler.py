"""Draws docs/pictures/sampler.png: four pages of the sample book, side by side.

Run after the main job, with PyMuPDF and Pillow installed:
    python3 tests/tools/draw_sampler.py out/archive.epub docs/pictures/sampler.png
"""

import io
import re
import sys

import pymupdf
from PIL import Image, ImageFilter

PAGE = (460, 690)
GAP = 36
# What the line below an article's title ends in.
CLOCK = re.compile(r"\d:\d\d")
BACKGROUND = (228, 226, 221)
SHADOW = (90, 86, 80)


def pages(book):
    """The pages of a book as pictures, as a small screen would show them."""
    document = pymupdf.open(book)
    document.layout(width=400, height=600, fontsize=12.5)
    for page in document:
        yield page.get_text(), page.get_pixmap(dpi=130)


def chosen(book):
    """Cover, contents, the first article, and the first page in Arabic."""
    found = list(pages(book))
    articles = [number for number, (text, _) in enumerate(found) if CLOCK.search(text[:200])]
    arabic = next(n for n in articles if any("\u0600" <= c <= "\u06ff" for c in found[n][0][:40]))
    for number in (0, 2, articles[0], arabic):
        picture = Image.open(io.BytesIO(found[number][1].tobytes("png")))
        yield picture.convert("RGB").resize(PAGE, Image.LANCZOS)


def sheet(pictures):
    """Pages on a desk, each with its shadow."""
    width, height = PAGE
    size = (GAP + len(pictures) * (width + GAP), height + 2 * GAP)
    left = [GAP + number * (width + GAP) for number in range(len(pictures))]
    shadow = Image.new("L", size, 0)
    for x in left:
        shadow.paste(110, (x + 2, GAP + 6, x + width + 2, GAP + height + 8))
    desk = Image.new("RGB", size, BACKGROUND)
    desk.paste(SHADOW, (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    for x, picture in zip(left, pictures):
        desk.paste(picture, (x, GAP))
    return desk.quantize(200)


if __name__ == "__main__":
    book, target = sys.argv[1:3]
    sheet(list(chosen(book))).save(target, optimize=True)

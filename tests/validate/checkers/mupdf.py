"""mupdf.py FILE: does MuPDF lay the book out, without a complaint, and does the contents tree arrive?"""

import sys
from pathlib import Path

import pymupdf

from book import Book, contents_findings
from findings import finish

REPLACEMENT = "\ufffd"
# What MuPDF says of good books: it calls EPUB 3.3 unknown, has hyphenation for few languages, and counts
# its own repetitions.
HARMLESS = ("unknown epub version", "no hyphenation table for", "... repeated ")


def text_findings(document: pymupdf.Document, book: Book) -> list[str]:
    """Is there text, and no more replacement characters than the book itself holds?"""
    text = "".join(page.get_text() for page in document)
    found = [] if text.strip() else ["no page shows any text"]
    shown, held = text.count(REPLACEMENT), sum(text.count(REPLACEMENT) for text in book.texts())
    if shown > held:
        found.append(f"{shown} replacement characters are shown, but the book holds {held}")
    return found


def findings(path: Path) -> list[str]:
    """What MuPDF complains about or does not show."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    try:
        document = pymupdf.open(path)
        document.layout(width=480, height=720, fontsize=14)
        book = Book(path)
        found = text_findings(document, book)
        outline = document.get_toc()
    except (RuntimeError, ValueError) as error:
        return [f"cannot open the book: {error}"]
    found += contents_findings(book.contents(), [(level, label) for level, label, _ in outline])
    found += [f"the contents entry {label!r} leads nowhere" for _, label, page in outline if page < 1]
    complaints = set(pymupdf.TOOLS.mupdf_warnings().splitlines())
    return found + sorted(line for line in complaints if not any(known in line for known in HARMLESS))


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

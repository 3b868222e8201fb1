"""mupdf.py FILE: does MuPDF lay the book out, without a complaint, and does the contents tree arrive?"""

import sys
from pathlib import Path

import pymupdf

from book import Book, contents_findings
from findings import finish

# What MuPDF says of good books: it calls EPUB 3.3 unknown, has hyphenation for few languages, and counts
# its own repetitions.
HARMLESS = ("unknown epub version", "no hyphenation table for", "... repeated ")


def page_findings(document: pymupdf.Document) -> list[str]:
    found = []
    written = 0
    for number, page in enumerate(document, start=1):
        text = page.get_text()
        written += len(text.strip())
        if "\ufffd" in text:
            found.append(f"page {number} shows a replacement character")
    if written == 0:
        found.append("no page shows any text")
    return found


def findings(path: Path) -> list[str]:
    """What MuPDF complains about or does not show."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    try:
        document = pymupdf.open(path)
        document.layout(width=480, height=720, fontsize=14)
        found = page_findings(document)
        outline = document.get_toc()
    except (RuntimeError, ValueError) as error:
        return [f"cannot open the book: {error}"]
    found += contents_findings(Book(path).contents(), [(level, label) for level, label, _ in outline])
    found += [f"the contents entry {label!r} leads nowhere" for _, label, page in outline if page < 1]
    complaints = set(pymupdf.TOOLS.mupdf_warnings().splitlines())
    return found + sorted(line for line in complaints if not any(known in line for known in HARMLESS))


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

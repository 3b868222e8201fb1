"""calibre.py FILE: does calibre convert the book for a Kindle without a warning, contents and all?

The book becomes AZW3 and, to read the contents tree back, an EPUB again. On the way calibre turns the
cover page into the file's cover picture, so that entry of the contents goes.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from book import Book, contents_findings
from findings import finish

COMPLAINT = re.compile(r"warn|error|fail|traceback|not found|invalid|could not|unable", re.IGNORECASE)


def convert(source: Path, target: Path) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        # Neither a screen, nor the user's own settings and plug-ins.
        "QT_QPA_PLATFORM": "offscreen",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
        "CALIBRE_CONFIG_DIRECTORY": str(target.parent / "settings"),
    }
    command = ["ebook-convert", source, target]
    return subprocess.run(
        command, text=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def complaints(log: str, book: Book) -> list[str]:
    """The lines of calibre's log that are warnings; headings of the book that it quotes are not."""
    labels = [label for _, label in book.contents()]
    return [
        f"calibre says: {line.strip()}"
        for line in log.splitlines()
        if COMPLAINT.search(line) and not any(label in line for label in labels)
    ]


def findings(path: Path) -> list[str]:
    """What calibre says or loses."""
    with tempfile.TemporaryDirectory() as folder:
        kindle, back = Path(folder) / "book.azw3", Path(folder) / "back.epub"
        run = convert(path, kindle)
        if run.returncode != 0:
            return [f"calibre cannot convert it: {run.stdout[-1500:]}"]
        book = Book(path)
        found = complaints(run.stdout, book)
        run = convert(kindle, back)
        if run.returncode != 0:
            return found + [f"calibre cannot read its AZW3: {run.stdout[-1500:]}"]
        return found + contents_findings(book.contents_without_cover(), Book(back).contents())


if __name__ == "__main__":
    finish(findings(Path(sys.argv[1])))

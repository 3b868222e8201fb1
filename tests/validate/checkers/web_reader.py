"""web_reader.py READER FILE: does foliate-js or epub.js show the whole book in Chromium?

Every section shows something, every picture decodes, every contents entry leads to its place, nothing is
asked of the network, and the contents tree is the book's own.
"""

import json
import subprocess
import sys
from pathlib import Path

from book import Book, contents_findings
from findings import finish

DRIVER = Path(__file__).resolve().parent.parent / "readers" / "drive.mjs"


def findings(reader: str, path: Path) -> list[str]:
    """What the reader does not show as it should."""
    run = subprocess.run(["node", DRIVER, reader, path], capture_output=True, text=True)
    if run.returncode != 0:
        return [f"cannot open the book: {run.stderr.strip()}"]
    seen = json.loads(run.stdout)
    book = Book(path)
    found = seen["findings"]
    if seen["sections"] != len(book.spine):
        found.append(f"{seen['sections']} sections instead of {len(book.spine)}")
    return found + contents_findings(book.contents(), [tuple(entry) for entry in seen["contents"]])


if __name__ == "__main__":
    finish(findings(sys.argv[1], Path(sys.argv[2])))

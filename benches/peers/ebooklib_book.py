#!/usr/bin/env python3
"""A book made with BeautifulSoup and EbookLib, as one would write it in an afternoon.

    ebooklib_book.py PAGES OUT
"""

import mimetypes
import pathlib
import sys

from bs4 import BeautifulSoup
from ebooklib import epub


def main():
    pages, out = map(pathlib.Path, sys.argv[1:])
    book = epub.EpubBook()
    book.set_identifier("archive")
    book.set_title("Archive")
    book.set_language("zh")
    stored, chapters = set(), []
    for path in sorted(pages.glob("[0-9]*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for image in soup.find_all("img"):
            source = (pages / image["src"]).resolve()
            name = f"images/{source.name}"
            image["src"] = name
            if name not in stored:
                stored.add(name)
                kind = mimetypes.guess_type(source.name)[0]
                book.add_item(epub.EpubItem(file_name=name, media_type=kind, content=source.read_bytes()))
        chapter = epub.EpubHtml(title=soup.title.string, file_name=f"{path.stem}.xhtml", lang="zh")
        chapter.content = str(soup.body)
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc = chapters
    book.spine = ["nav", *chapters]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(out, book)


if __name__ == "__main__":
    main()

//! Any bytes are a book that is read as far as it goes, or are none.

use crate::spelling::spelled;
use offprint::reader::{EpubReader, MemorySource, ReadOptions, Reader};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const WORDS: &[&str] = &[
    "<package>",
    "<metadata>",
    "<dc:title>",
    "</dc:title>",
    "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>",
    "<item id='n' href='n.xhtml' properties='nav' media-type='application/xhtml+xml'/>",
    "<spine toc='n'>",
    "<itemref idref='a'/>",
    "<navPoint><navLabel><text>",
    "</text></navLabel><content src='a.xhtml'/>",
    "<nav epub:type='toc'>",
    "<a href='a.xhtml'>",
    "</a>",
    "<html xml:lang='en'><body>",
    "</body>",
    "<section class='chapter' aria-label='a'>",
    "<header><p class='byline'>A \u{b7} B \u{b7} <time datetime='2021-12-31'>",
    "<p class='origin'><a href='https://x.example/'>",
    "<div class='calibre_navbar'>",
    "</div>",
    "<img src='../i.jpg'/>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "'",
    "<",
    "../",
    "%2e",
    "字",
];

pub fn holds(bytes: &[u8]) {
    of_file(bytes);
    let words = spelled(bytes, WORDS);
    let container = "<rootfile full-path='p.opf'/>";
    let package = "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
                   <item id='n' href='n.xhtml' properties='nav'/><itemref idref='a'/>";
    for (package, page) in [
        (words.as_str(), "<body>a</body>"),
        (package, words.as_str()),
    ] {
        let members = [
            ("META-INF/container.xml", container),
            ("p.opf", package),
            ("a.xhtml", page),
            ("n.xhtml", page),
        ];
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            writer
                .start_file(name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        of_file(&writer.finish().unwrap().into_inner());
    }
}

fn of_file(bytes: &[u8]) {
    let source = MemorySource::new("book.epub", bytes);
    let reader = EpubReader::default();
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = reader.scan(&source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "a book is passed over in silence"
    );
    for item in items {
        let loaded = reader.load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        loaded.entry.resources.find("../i.jpg");
    }
}

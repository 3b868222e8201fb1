//! Books.

use super::{items, published, shown, warned};
use crate::command::Place;
use crate::images::samples;
use crate::read::{Reading, read_source, sniff};
use offprint::Code;
use offprint::reader::{Confidence, EpubReader, MemorySource, ReadOptions};
use std::io::Write as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive with these members.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub const CONTAINER: &str = r#"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

/// A package document with such metadata, whose spine has these documents.
fn package(metadata: &str, documents: &[&str]) -> String {
    let items: String = documents
        .iter()
        .enumerate()
        .map(|(id, path)| {
            format!("<item id=\"d{id}\" href=\"{path}\" media-type=\"application/xhtml+xml\"/>")
        })
        .collect();
    let spine: String = (0..documents.len())
        .map(|id| format!("<itemref idref=\"d{id}\"/>"))
        .collect();
    format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\"><metadata>{metadata}</metadata>\
         <manifest>{items}<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/></manifest><spine toc=\"ncx\">{spine}</spine></package>"
    )
}

/// A table of contents with titles and what they lead to.
fn ncx(points: &[(&str, &str)]) -> String {
    let points: String = points
        .iter()
        .map(|(title, path)| format!("<navPoint><navLabel><text>{title}</text></navLabel><content src=\"{path}\"/></navPoint>"))
        .collect();
    format!("<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap>{points}</navMap></ncx>")
}

pub fn page(body: &str) -> String {
    format!(
        "<?xml version='1.0'?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>x</title></head><body>{body}</body></html>"
    )
}

/// A book whose chapters have these texts.
pub fn book_of(chapters: &[String]) -> Vec<u8> {
    let names: Vec<String> = (0..chapters.len())
        .map(|number| format!("c{number}.xhtml"))
        .collect();
    let paths: Vec<&str> = names.iter().map(String::as_str).collect();
    let points: Vec<(&str, &str)> = paths.iter().map(|path| (*path, *path)).collect();
    let package = package("<dc:identifier>urn:x:1</dc:identifier>", &paths);
    let ncx = ncx(&points);
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, text: &str| {
        writer.start_file(name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    };
    add("mimetype", "application/epub+zip");
    add("META-INF/container.xml", CONTAINER);
    add("OEBPS/content.opf", &package);
    add("OEBPS/toc.ncx", &ncx);
    for (name, text) in names.iter().zip(chapters) {
        add(&format!("OEBPS/{name}"), &page(text));
    }
    writer.finish().unwrap().into_inner()
}

fn reading(bytes: &[u8]) -> Reading {
    let source = MemorySource::new("Books/book.epub", bytes);
    read_source(&EpubReader::default(), &source, ReadOptions::default())
}

const NEWS: &str = "<dc:title>The Lighthouse [Fri, 31 Dec 2021]</dc:title><dc:creator>calibre</dc:creator><dc:language>en</dc:language>\
     <dc:date>2021-12-31T09:49:34.319069+00:00</dc:date><dc:identifier>b1491f6c-0fc0-4420-af9d-70a70a0b655f</dc:identifier>\
     <meta name=\"calibre:publication_type\" content=\"periodical:unknown:The Lighthouse\"/>";

/// A book as calibre makes it of news.
fn news() -> Vec<u8> {
    let article = page(
        "<div class=\"calibre_navbar\">| <a href=\"../article_1/index.html\">Next</a> |</div><h2>The lamp</h2>\
         <p>The lamp of the lighthouse shines again.<a id=\"x\"/></p><p><img src=\"images/img1.jpg\"/></p>\
         <div class=\"calibre_navbar\"><hr/><p>This article was downloaded by <strong>calibre</strong> from \
         <a href=\"https://l.example/lamp\" rel=\"calibre-downloaded-from\">https://l.example/lamp</a></p></div>",
    );
    let second = page("<p>Ships came at noon.</p>");
    let documents = [
        "titlepage.xhtml",
        "index_u2.html",
        "feed_0/index.html",
        "feed_0/article_0/index_u1.html",
        "feed_0/article_1/index_u3.html",
        "feed_0/article_1/index_u4.html",
    ];
    let menu = page("<ul><li><a href=\"article_0/index_u1.html\">The lamp</a></li></ul>");
    let more = page("<p>They left at night.</p>");
    let toc = ncx(&[
        ("News", "feed_0/index.html"),
        ("The lamp &amp; the fog", "feed_0/article_0/index_u1.html"),
        ("Ships", "feed_0/article_1/index_u3.html"),
    ]);
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/content.opf", package(NEWS, &documents).as_bytes()),
        ("OEBPS/toc.ncx", toc.as_bytes()),
        ("OEBPS/titlepage.xhtml", menu.as_bytes()),
        ("OEBPS/index_u2.html", menu.as_bytes()),
        ("OEBPS/feed_0/index.html", menu.as_bytes()),
        ("OEBPS/feed_0/article_0/index_u1.html", article.as_bytes()),
        (
            "OEBPS/feed_0/article_0/images/img1.jpg",
            &samples::jpeg(40, 30),
        ),
        ("OEBPS/feed_0/article_1/index_u3.html", second.as_bytes()),
        ("OEBPS/feed_0/article_1/index_u4.html", more.as_bytes()),
    ])
}

#[test]
fn calibres_news_are_articles_with_the_addresses_that_they_were_fetched_from() {
    let book = news();
    assert_eq!(
        sniff(&EpubReader::default(), &book, "news.epub"),
        Confidence::Certain
    );
    let reading = reading(&book);
    let [first, second] = &reading.entries[..] else {
        panic!("{} articles", reading.entries.len());
    };
    let head = &first.head;
    assert_eq!(head.title.as_deref(), Some("The lamp &amp; the fog"));
    assert_eq!(head.address.as_deref(), Some("https://l.example/lamp"));
    assert_eq!(head.source.as_deref(), Some("The Lighthouse"));
    assert_eq!(
        (&head.authors, head.language.as_deref()),
        (&Vec::new(), Some("en"))
    );
    assert!(published(first).unwrap().starts_with("2021-12-31 09:49:34"));
    let text = shown(first);
    assert!(
        text.contains("shines again") && !text.contains("calibre") && !text.contains("Next"),
        "{text}"
    );
    let picture = first
        .resources
        .find("images/img1.jpg")
        .expect("the picture");
    assert_eq!(
        picture.bytes.read(1_000_000).unwrap(),
        samples::jpeg(40, 30)
    );
    assert!(first.resources.find("../../../../etc/passwd").is_none());
    assert_eq!(shown(second), "Ships came at noon. They left at night.");
    assert_eq!(
        second.head.id.as_deref(),
        Some("urn:uuid:b1491f6c-0fc0-4420-af9d-70a70a0b655f#OEBPS/feed_0/article_1/index_u3.html")
    );
}

#[test]
fn chapters_of_another_book_are_those_that_its_contents_name() {
    let metadata = "<dc:title>Tales &amp; more</dc:title><dc:creator>Ada Keeper</dc:creator><dc:identifier>urn:isbn:1</dc:identifier>";
    let documents = [
        "cover.xhtml",
        "one_split_000.html",
        "one_split_001.html",
        "two.html",
    ];
    let (one, more, two) = (
        page("<p>One.</p>"),
        page("<p>And more.</p>"),
        page("<header><h1>Two</h1></header><p>Two.</p>"),
    );
    let toc = ncx(&[
        ("One", "one_split_000.html"),
        ("A part", "one_split_000.html#p"),
        ("Two", "two.html"),
    ]);
    let book = zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        (
            "OEBPS/content.opf",
            package(metadata, &documents).as_bytes(),
        ),
        ("OEBPS/toc.ncx", toc.as_bytes()),
        ("OEBPS/cover.xhtml", page("<p>Cover</p>").as_bytes()),
        ("OEBPS/one_split_000.html", one.as_bytes()),
        ("OEBPS/one_split_001.html", more.as_bytes()),
        ("OEBPS/two.html", two.as_bytes()),
    ]);
    let reading = reading(&book);
    let titles: Vec<_> = reading
        .entries
        .iter()
        .map(|entry| entry.head.title.clone().unwrap())
        .collect();
    assert_eq!(titles, ["One", "Two"]);
    assert_eq!(shown(&reading.entries[0]), "One. And more.");
    assert_eq!(reading.entries[0].head.authors, ["Ada Keeper"]);
    assert_eq!(
        reading.entries[0].head.source.as_deref(),
        Some("Tales &amp; more")
    );
}

#[test]
fn a_book_that_offprint_made_gives_its_articles_back() {
    let place = Place::empty();
    place.write(
        "articles/1.txt",
        "<!--1640915226000-->\n[The lamp & the fog](https://lighthouse.example/lamp)\n------\n\n\
         <div><i>Ada Keeper, Bo Fisher<br>2021-12-31T01:44:25Z</i></div><p>It shines again over the old harbour.</p>\
         <h3>Later</h3><p>So it did.</p>",
    );
    place.article("articles/2.txt", 2, 11, "A plain text about the harbour.");
    place.build(&["-t", "epub,json"]).success();
    let first = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    std::fs::rename(
        place.path().join("out/archive.epub"),
        place.path().join("book.epub"),
    )
    .unwrap();
    let again = place
        .offprint(&["build", "book.epub", "-t", "json", "-o", "again"])
        .assert();
    again.success();
    let again = std::fs::read_to_string(place.path().join("again/feed.json")).unwrap();
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (first, again) = (parsed(&first), parsed(&again));
    assert_eq!(again["items"].as_array().unwrap().len(), 2);
    for (one, other) in first["items"]
        .as_array()
        .unwrap()
        .iter()
        .zip(again["items"].as_array().unwrap())
    {
        for key in ["id", "url", "title", "date_published", "authors"] {
            assert_eq!(one[key], other[key], "{key}");
        }
        let text = |item: &serde_json::Value| {
            let html = item["content_html"].as_str().unwrap().to_owned();
            html.replace("<h3>", "<h2>")
                .replace("</h3>", "</h2>")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(text(one), text(other));
    }
}

#[test]
fn hostile_64_what_is_no_whole_book_says_what_it_lacks() {
    let whole = news();
    for (bytes, words) in [
        (
            zipped(&[("mimetype", b"application/epub+zip")]),
            "the book lacks META-INF/container.xml",
        ),
        (
            whole[..whole.len() / 2].to_vec(),
            "the book can't be opened",
        ),
        (
            zipped(&[
                ("mimetype", b"application/epub+zip"),
                ("META-INF/container.xml", CONTAINER.as_bytes()),
            ]),
            "the book lacks OEBPS/content.opf",
        ),
        (
            zipped(&[
                ("mimetype", b"application/epub+zip"),
                ("META-INF/container.xml", CONTAINER.as_bytes()),
                ("OEBPS/content.opf", package(NEWS, &[]).as_bytes()),
            ]),
            "the book has no chapter",
        ),
    ] {
        let reading = reading(&bytes);
        let warned = warned(&reading);
        assert_eq!(warned.len(), 1);
        assert_eq!(warned[0].0, Code::ExportBroken);
        assert!(warned[0].2.contains(words), "{warned:?}");
    }
}

#[test]
fn hostile_64_a_damaged_chapter_costs_itself() {
    let mut book = news();
    let sample = b"feed_0/article_1/index_u3.html";
    let at = book
        .windows(sample.len())
        .position(|part| part == sample)
        .unwrap();
    for byte in &mut book[at + sample.len()..at + sample.len() + 12] {
        *byte ^= 0xFF;
    }
    let reading = reading(&book);
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(reading.warnings[0].item, Some(2));
}

#[test]
fn a_chapter_stays_what_it_was_where_others_change() {
    let (book, other) = (news(), news());
    let of = |bytes: &[u8]| items(&EpubReader::default(), &MemorySource::new("a.epub", bytes));
    let (one, two) = (of(&book), of(&other));
    assert_eq!(one[0].content, two[0].content);
    assert_ne!(one[0].content, one[1].content);
}

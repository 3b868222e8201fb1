//! What it costs to read the articles of files that hold many: each byte a few times, however many articles
//! there are, and in whatever order those of several files are asked for.

use super::exports::epub::book_of;
use super::pages::PROSE;
use offprint::model::Digest;
use offprint::reader::{
    EpubReader, Evernote, Feed, Item, Mail, MemorySource, ReadOptions, Reader, Source, Wallabag,
    Warc, WordPress,
};
use std::fmt::Write as _;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file on a disk, as far as a reader can tell, that counts the bytes that are read of it.
struct Counting {
    inner: MemorySource<'static>,
    read: AtomicU64,
}

impl Counting {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        Counting {
            inner: MemorySource::new(name, bytes),
            read: AtomicU64::new(0),
        }
    }
}

impl Source for Counting {
    fn path(&self) -> &str {
        self.inner.path()
    }

    fn name(&self) -> &str {
        self.inner.name()
    }

    fn folders(&self) -> &[String] {
        self.inner.folders()
    }

    fn length(&self) -> u64 {
        self.inner.length()
    }

    fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read_at(position, buffer)?;
        self.read.fetch_add(count as u64, Ordering::SeqCst);
        Ok(count)
    }

    fn digest(&self) -> io::Result<Digest> {
        self.inner.digest()
    }
}

/// So many articles a file.
const ARTICLES: usize = 100;

/// What a load may read beside its article: the ends of the file, and what stands around.
const AROUND: u64 = 160 * 1024;

fn joined(before: &str, each: impl Fn(usize) -> String, after: &str) -> Vec<u8> {
    let mut text = before.to_owned();
    for number in 0..ARTICLES {
        write!(text, "{}", each(number)).unwrap();
    }
    (text + after).into_bytes()
}

/// A long text, which says which one it is.
fn text(number: usize) -> String {
    format!("<p>{number}</p><p>{}</p>", PROSE.repeat(60))
}

fn record(number: usize) -> String {
    let body = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>{}",
        text(number)
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n\
         Content-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

type Kind = (&'static str, Box<dyn Reader>, Vec<u8>);

fn kinds() -> Vec<Kind> {
    let chapters: Vec<String> = (0..ARTICLES).map(text).collect();
    vec![
        (
            "a.epub",
            Box::new(EpubReader::default()),
            book_of(&chapters),
        ),
        ("a.warc", Box::new(Warc::default()), joined("", record, "")),
        (
            "a.xml",
            Box::new(WordPress::default()),
            joined(
                "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>",
                |number| {
                    format!(
                        "<item><title>{number}</title><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
                         <content:encoded><![CDATA[{}]]></content:encoded></item>",
                        text(number)
                    )
                },
                "</channel></rss>",
            ),
        ),
        (
            "b.xml",
            Box::new(Feed::default()),
            joined(
                "<rss><channel><title>t</title>",
                |number| {
                    format!(
                        "<item><guid>{number}</guid><description><![CDATA[{}]]></description></item>",
                        text(number)
                    )
                },
                "</channel></rss>",
            ),
        ),
        (
            "long head.xml",
            Box::new(Feed::default()),
            joined(
                &format!("<rss><channel>{}", "<category>c</category>".repeat(20_000)),
                |number| format!("<item><guid>{number}</guid><title>{number}</title></item>"),
                "</channel></rss>",
            ),
        ),
        (
            "a.enex",
            Box::new(Evernote),
            joined(
                "<en-export>",
                |number| {
                    format!(
                        "<note><title>{number}</title><content><![CDATA[<en-note>{}</en-note>]]></content><note-attributes>\
                         <source-url>https://a.example/{number}</source-url></note-attributes></note>",
                        text(number)
                    )
                },
                "</en-export>",
            ),
        ),
        (
            "a.json",
            Box::new(Wallabag),
            joined(
                "[{}",
                |number| {
                    let content = serde_json::json!({"id": number, "url": format!("https://a.example/{number}"),
                        "is_archived": 0, "is_starred": 0, "content": text(number)});
                    format!(",{content}")
                },
                "]",
            ),
        ),
        (
            "a.mbox",
            Box::new(Mail),
            joined(
                "",
                |number| {
                    format!(
                        "From x\nSubject: {number}\nContent-Type: text/html\n\n{}\n\n",
                        text(number)
                    )
                },
                "",
            ),
        ),
    ]
}

#[test]
fn each_article_of_a_file_is_read_without_the_others() {
    let mut options = ReadOptions::default();
    options.is_named = true;
    for (name, reader, bytes) in kinds() {
        // As many files as years of an archive, whose articles are asked for in turn.
        let length = bytes.len() as u64;
        let files: Vec<Counting> = (0..6)
            .map(|number| Counting::new(&format!("{number}/{name}"), bytes.clone()))
            .collect();
        let items: Vec<Vec<Item>> = files
            .iter()
            .map(|file| {
                let mut items = Vec::new();
                let warnings = reader.scan(file, &options, &mut |item| items.push(item));
                assert_eq!(items.len(), ARTICLES, "{name}: {warnings:?}");
                items
            })
            .collect();
        for number in 0..ARTICLES {
            for (file, items) in files.iter().zip(&items) {
                let loaded = reader.load(file, &items[number].at, &options).unwrap();
                assert_eq!(loaded.entry.head, items[number].head);
            }
        }
        // Scanned twice at most, each article loaded, and what stands around.
        let most = 4 * length + ARTICLES as u64 * AROUND;
        for file in &files {
            let read = file.read.load(Ordering::SeqCst);
            assert!(
                read < most,
                "{name}: {read} bytes of {length}, {most} at most"
            );
        }
    }
}

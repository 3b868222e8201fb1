//! Which files are containers, by their names and their bytes.

use super::zstandard;
use crate::read::zip::members::{Member, Members};
use memchr::memmem;

/// The kinds of containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Gzip,
    Zstandard,
}

/// What a file's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Container(Kind),
    /// It is another kind of file.
    Other,
    /// Nothing, so that its bytes have to tell.
    Nothing,
}

/// The endings of files that are no containers, whatever their first bytes: a folder of ten thousand
/// articles is listed without opening one of them. Documents, books and programs are ZIP archives too.
const OTHERS: [&str; 59] = [
    "txt", "md", "markdown", "mdx", "html", "htm", "xhtml", "shtml", "php", "xml", "json", "jsonl",
    "rss", "atom", "rdf", "opml", "eml", "mbox", "mhtml", "mht", "enex", "csv", "yaml", "yml",
    "toml", "epub", "warc", "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp", "ico",
    "css", "js", "woff", "woff2", "pdf", "doc", "docx", "xlsx", "pptx", "odt", "ods", "odp", "jar",
    "apk", "xpi", "tar", "tgz", "mp3", "mp4", "webm", "sqlite", "db", "lock",
];

/// What a file's name says.
pub(super) fn of_name(name: &str) -> Named {
    let lower = name.to_ascii_lowercase();
    let Some((stem, ending)) = lower.rsplit_once('.') else {
        return Named::Nothing;
    };
    if is_packed_page(&lower) {
        return Named::Container(Kind::Zip);
    }
    match ending {
        "zip" | "wacz" => Named::Container(Kind::Zip),
        "gz" | "zst" if stem.ends_with(".tar") => Named::Other,
        "zst" if !stem.is_empty() => Named::Container(Kind::Zstandard),
        "gz" if !stem.is_empty() => Named::Container(Kind::Gzip),
        ending if OTHERS.contains(&ending) => Named::Other,
        _ => Named::Nothing,
    }
}

/// Whether a name is that of a page that holds itself in an archive and unpacks it (SingleFile).
pub(super) fn is_packed_page(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".zip.html") || lower.ends_with(".zip.htm")
}

/// The kind of a file that begins so.
pub(super) fn of_bytes(first: &[u8]) -> Option<Kind> {
    match first {
        [b'P', b'K', 3, 4, ..] => Some(Kind::Zip),
        [0x1F, 0x8B, 8, ..] => Some(Kind::Gzip),
        first if zstandard::begins(first) => Some(Kind::Zstandard),
        _ => None,
    }
}

/// The name of what gzip or Zstandard packed in a file of this name.
pub(super) fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if ["gz", "zst"]
                .iter()
                .any(|own| ending.eq_ignore_ascii_case(own)) =>
        {
            stem
        }
        _ => name,
    }
}

/// Whether an archive that begins so is a book: the first member says it (OCF 3.3, section 4.3).
pub(super) fn is_book(first: &[u8]) -> bool {
    memmem::find(first, b"application/epub+zip").is_some()
}

/// Whether an archive is a document or a program, which have ZIP for their form.
pub(super) fn is_document(members: &Members) -> bool {
    let marks = ["[Content_Types].xml", "META-INF/MANIFEST.MF", "mimetype"];
    marks.iter().any(|mark| members.named(mark).is_some())
}

/// Whether an archive is one of the web (WACZ 1.1.1, section 4).
pub(super) fn is_web_archive(members: &[Member]) -> bool {
    let has = |is: &dyn Fn(&str) -> bool| members.iter().any(|member| is(&member.name));
    has(&|name| name == "datapackage.json") && has(&is_records)
}

/// Whether a member of such an archive holds records.
pub(super) fn is_records(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("archive/") && (lower.ends_with(".warc") || lower.ends_with(".warc.gz"))
}

/// Whether articles may be made of a member beside their own files.
pub(super) fn is_beside(name: &str) -> bool {
    const KINDS: [&str; 9] = [
        "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp", "jsonl",
    ];
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

//! What a file seems to be that no reader takes, so that an error can say what to do with it.
//!
//! A kind leaves this table when a reader takes it over.

use super::front_matter::publication::is_draft;
use super::services;
use super::source::file::FileSource;
use super::source::{Source, Span};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// So many first bytes tell the kind of a file.
const HEAD: u64 = 16 << 10;

/// In so many bytes addresses are counted: fifty thousand of the usual length.
const COUNTED: u64 = 8 << 20;

/// A kind of file.
#[derive(Debug, PartialEq, Eq)]
pub struct FileKind {
    /// One file of this kind, with its article.
    pub one: &'static str,
    /// Several of them.
    pub several: &'static str,
    /// What to do with such files; `FILE` stands for one of them.
    pub advice: &'static str,
    /// What stands before each address, in lower case, where the file is a list of them.
    mark: Option<&'static str>,
}

impl FileKind {
    /// Whether such files name pages, and hold none.
    pub fn names_pages(&self) -> bool {
        self.advice == LIST
    }

    /// Whether such files name pages or feeds.
    pub(super) fn names_addresses(&self) -> bool {
        self.names_pages() || self.advice == FEEDS
    }
}

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seeming {
    /// Its kind.
    pub kind: &'static FileKind,
    /// The number of addresses that it lists, where it is a list.
    pub addresses: Option<usize>,
}

/// `FILE` stands for the first such file.
const LIST: &str = "such a file names articles and holds none: `offprint pull --links FILE` fetches the pages that it names";
const FEEDS: &str = "such a file names feeds and holds none: `offprint pull --opml FILE` asks them for their articles";
const PAGE: &str =
    "none of them holds an article: save the articles' own pages, not lists, log-ins or errors";
const UNPACK: &str = "unpack it first, and name the folder with the files";
const LETTERS: &str = "mails are private, so they are read only where `--from mail` says so: name the newsletters alone";
const DOCUMENT: &str =
    "documents can't be read: save the articles as Markdown or HTML with front matter";
const ERROR: &str = "a server gave this answer in place of the file: fetch it again, and log in where it asks for that";
const POSTS: &str = "posts and messages of social networks can't be read: save the pages that they link to, and name those";
const WEBARCHIVE: &str = "open it in the browser that made it, and save the page as HTML or MHTML";
const JSON_READ: &str = "of JSON, feeds (JSON Feed) and the exports of programs that keep articles are read: see that it is the whole export, with its texts";
const XML_READ: &str = "of XML, feeds (RSS, Atom) and the exports of WordPress, Blogger and Evernote are read: see that it is the feed itself";
const ARC_READ: &str =
    "make a WARC of it, as `warcio recompress old.arc.gz new.warc.gz` does, and name that";
const NOT_PUBLISHED: &str = "its front matter says that it is not published (`draft`, `published`, `status` and the like): take that line away where it is to be read";
const FOLDER_OF_DRAFTS: &str =
    "its site does not publish what lies there: name that folder itself where it is to be read";
const PRIVATE: &str =
    "they are private, so they are read only where `--from page` says so: name the articles alone";
const HAR_READ: &str = "make a WARC of it, as `har2warc pages.har pages.warc.gz` does, or save the pages as HTML or MHTML";
const PICTURE: &str = "pictures hold no article: name the folder with the texts that show them";

macro_rules! kinds {
    ($($name:ident: $one:literal, $several:literal, $advice:expr, $mark:expr;)*) => {
        $(static $name: FileKind = FileKind { one: $one, several: $several, advice: $advice, mark: $mark };)*
    };
}

kinds! {
    PAGE_KIND: "a saved web page", "saved web pages", PAGE, None;
    MHTML: "a web page in MHTML", "web pages in MHTML", PAGE, None;
    POCKET_HTML: "a Pocket export", "Pocket exports", LIST, Some("href=\"http");
    POCKET: "a Pocket export", "Pocket exports", LIST, Some(",http");
    INSTAPAPER_HTML: "an Instapaper export", "Instapaper exports", LIST, Some("href=\"http");
    INSTAPAPER: "an Instapaper export", "Instapaper exports", LIST, Some("\nhttp");
    READWISE: "a Readwise export", "Readwise exports", LIST, Some(",http");
    READWISE_JSON: "a Readwise export", "Readwise exports", LIST, Some("\"source_url\":\"http");
    RAINDROP: "a Raindrop export", "Raindrop exports", LIST, Some(",http");
    KARAKEEP: "a Karakeep export", "Karakeep exports", LIST, Some("\"url\":\"http");
    LINKWARDEN: "a Linkwarden export", "Linkwarden exports", LIST, Some("\"url\":\"http");
    MATTER: "a Matter export", "Matter exports", LIST, Some(",http");
    OMNIVORE: "an Omnivore export without its texts", "Omnivore exports without their texts", LIST, Some("\"url\":\"http");
    READABILITY: "a Readability export", "Readability exports", LIST, Some("\"article__url\":\"http");
    BOOKMARKS: "a file of bookmarks", "files of bookmarks", LIST, Some("href=\"http");
    BOOKMARKS_MOZILLA: "a file of bookmarks", "files of bookmarks", LIST, Some("\"uri\":\"http");
    BOOKMARKS_JSON: "a file of bookmarks", "files of bookmarks", LIST, Some("\"url\":\"http");
    PINBOARD: "a file of bookmarks", "files of bookmarks", LIST, Some("\"href\":\"http");
    ADDRESSES: "a plain list", "plain lists", LIST, Some("\nhttp");
    OPML: "an OPML list of feeds", "OPML lists of feeds", FEEDS, Some("xmlurl=\"http");
    ZIP: "a ZIP archive", "ZIP archives", UNPACK, None;
    GZIP: "a gzip file", "gzip files", UNPACK, None;
    WARC: "a web archive (WARC)", "web archives (WARC)", PAGE, None;
    ARC: "a web archive of the older form ARC", "web archives of the older form ARC", ARC_READ, None;
    HAR: "what a browser noted of its requests (HAR)", "files of what browsers noted of their requests (HAR)", HAR_READ, None;
    MAILBOX: "a mailbox", "mailboxes", LETTERS, None;
    MAIL: "a mail", "mails", LETTERS, None;
    PDF: "a PDF", "PDFs", DOCUMENT, None;
    WORD: "a document of a word processor", "documents of a word processor", DOCUMENT, None;
    WEBARCHIVE_KIND: "a web archive of Safari", "web archives of Safari", WEBARCHIVE, None;
    ERROR_KIND: "an error that a server gave", "errors that servers gave", ERROR, None;
    OUTBOX: "an outbox of posts (ActivityPub)", "outboxes of posts (ActivityPub)", POSTS, None;
    CHAT: "an export of messages", "exports of messages", POSTS, None;
    RESULTS: "a list of results", "lists of results", JSON_READ, None;
    JSON: "a file of JSON", "files of JSON", JSON_READ, None;
    XML: "an XML document", "XML documents", XML_READ, None;
    DRAFT: "a draft", "drafts", NOT_PUBLISHED, None;
    AMONG_DRAFTS: "a draft, by its folder", "drafts, by their folders", FOLDER_OF_DRAFTS, None;
    RECORD: "messages, notes or logs of a service", "files of messages, notes and logs of services", PRIVATE, None;
    IMAGE: "a picture", "pictures", PICTURE, None;
}

/// What a file seems to be; nothing where its first bytes do not tell or can't be read, or it is no file: a
/// pipe that nobody writes into would be waited for.
pub fn seems_to_be(path: &Path) -> Option<Seeming> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let file = metadata.is_file().then(|| File::open(path))?.ok()?;
    let source = FileSource::new(file, metadata.len(), Path::new(""), path).ok()?;
    source_seems_to_be(&source)
}

/// The same for a source.
pub(crate) fn source_seems_to_be(source: &dyn Source) -> Option<Seeming> {
    let read = |most: u64| -> io::Result<Vec<u8>> {
        let length = source.length().min(most);
        let mut bytes = Vec::new();
        source
            .reader(Span { start: 0, length })
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let name = source.name().to_lowercase();
    let folders = source.folders().iter().map(String::as_str);
    let is_among_drafts = services::is_among_drafts(folders);
    let head = read(HEAD).ok()?;
    let more = || lower(&read(services::LONG_HEAD).unwrap_or_default());
    let of_text = || match lower(&head) {
        _ if is_among_drafts => Some(&AMONG_DRAFTS),
        head if services::is_record(&name, &head, more) => Some(&RECORD),
        head => textual(&head),
    };
    let kind = binary(&head, &name).or_else(of_text)?;
    let count = |mark: &str| {
        let all = read(COUNTED).ok()?;
        Some(addresses(&lower(&all), mark))
    };
    Some(Seeming {
        kind,
        addresses: kind.mark.and_then(count),
    })
}

fn lower(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    String::from_utf8_lossy(bytes).to_lowercase()
}

/// Whether a file of markup that begins so names articles or feeds and holds none, though a reader of
/// pages or of feeds might take it.
pub(crate) fn holds_addresses_only(first: &[u8]) -> bool {
    // Articles in the seed format begin with a comment, and are most of all files.
    let is_markup = first.trim_ascii_start().starts_with(b"<") && !first.starts_with(b"<!--");
    is_markup && markup(lower(first).trim_start()).is_some_and(FileKind::names_addresses)
}

/// How often an address follows a mark; white space in JSON and quotation marks in CSV count for
/// nothing.
fn addresses(text: &str, mark: &str) -> usize {
    let skipped: &[char] = if mark.starts_with('"') { &[' '] } else { &[] };
    let text: String = text.chars().filter(|c| !skipped.contains(c)).collect();
    let text = if mark.starts_with(',') {
        text.replace(",\"http", ",http")
    } else {
        text
    };
    // A mark that begins a line also begins the file.
    let first = usize::from(
        mark.strip_prefix('\n')
            .is_some_and(|mark| text.starts_with(mark)),
    );
    text.matches(mark).count() + first
}

/// Kinds that are known by their first bytes.
fn binary(head: &[u8], name: &str) -> Option<&'static FileKind> {
    let has = |part: &[u8]| head.windows(part.len()).take(4096).any(|one| one == part);
    let at = |at: usize, part: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(part));
    Some(match head {
        [b'P', b'K', 3, 4, ..] if has(b"word/") || has(b"opendocument") => &WORD,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => &ZIP,
        [0x1F, 0x8B, ..] if name.contains(".warc") => &WARC,
        [0x1F, 0x8B, ..] if name.ends_with(".arc.gz") => &ARC,
        [0x1F, 0x8B, ..] => &GZIP,
        [b'W', b'A', b'R', b'C', b'/', ..] => &WARC,
        _ if head.starts_with(b"filedesc://") => &ARC,
        [b'%', b'P', b'D', b'F', b'-', ..] => &PDF,
        _ if head.starts_with(b"bplist00") => &WEBARCHIVE_KIND,
        [b'{', b'\\', b'r', b't', b'f', ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => &WORD,
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            &IMAGE
        }
        _ if at(8, b"WEBP") || at(4, b"ftypavif") || at(4, b"ftypheic") => &IMAGE,
        _ => return None,
    })
}

/// Kinds that are known by their first words, which are in lower case.
fn textual(head: &str) -> Option<&'static FileKind> {
    let head = head.trim_start();
    if head.starts_with('<') {
        return markup(head);
    }
    if head.starts_with(['{', '[']) {
        return json(head).or_else(|| other_json(head));
    }
    // Twitter's archives: a script that sets one variable.
    if head.starts_with("window.") && head.contains("= [") {
        return Some(&CHAT);
    }
    if is_draft(head) {
        return Some(&DRAFT);
    }
    table(head.lines().next().unwrap_or_default())
        .or_else(|| mail(head))
        .or_else(|| is_list(head).then_some(&ADDRESSES))
}

fn markup(head: &str) -> Option<&'static FileKind> {
    let kinds: [(&str, &'static FileKind); 7] = [
        ("<!doctype netscape-bookmark-file", &BOOKMARKS),
        ("<title>pocket export", &POCKET_HTML),
        ("<title>instapaper", &INSTAPAPER_HTML),
        ("<opml", &OPML),
        ("<!doctype html", &PAGE_KIND),
        ("<html", &PAGE_KIND),
        ("<svg", &IMAGE),
    ];
    let found = kinds.iter().find(|(mark, _)| head.contains(mark));
    found.map(|(_, kind)| *kind).or_else(|| other_xml(head))
}

/// XML of other kinds. Storage servers tell errors so, with a code.
fn other_xml(head: &str) -> Option<&'static FileKind> {
    let root = head.strip_prefix("<?xml");
    let root = root.and_then(|rest| Some(rest.split_once("?>")?.1.trim_start()));
    match root.unwrap_or(head) {
        root if root.starts_with("<error") => Some(&ERROR_KIND),
        root if root != head => Some(&XML),
        _ => None,
    }
}

/// JSON of other kinds: what a server says in place of a file, by the key that comes first; posts and
/// messages; else what an interface gave.
fn other_json(head: &str) -> Option<&'static FileKind> {
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    let first = head.split('"').nth(1).unwrap_or_default();
    let is_error = [
        "error",
        "errors",
        "message",
        "detail",
        "status",
        "statuscode",
    ]
    .contains(&first)
        && !has("items")
        && !has("results");
    // Posts written in JSON begin so as well, and nothing else of it is a list or an object.
    let second = head.get(1..).unwrap_or_default().trim_start();
    let is_json = second.starts_with(['"', '{', '[', '}', ']']);
    match is_json {
        false => None,
        true if has("orderedcollection") || has("orderedcollectionpage") => Some(&OUTBOX),
        true if is_error => Some(&ERROR_KIND),
        true if has("messages") => Some(&CHAT),
        true if has("results") || has("items") || has("data") => Some(&RESULTS),
        true => Some(&JSON),
    }
}

fn json(head: &str) -> Option<&'static FileKind> {
    let has = |keys: &[&str]| keys.iter().all(|key| head.contains(&format!("\"{key}\"")));
    let is_har = || {
        let first: Vec<&str> = head.split('"').skip(1).step_by(2).take(2).collect();
        first.first() == Some(&"log") && has(&["version", "creator"])
    };
    Some(if is_har() {
        &HAR
    } else if has(&["slug", "savedat"]) {
        &OMNIVORE
    } else if has(&["bookmarks", "createdat"]) {
        &KARAKEEP
    } else if has(&["collections"]) && (has(&["links"]) || has(&["pinnedlinks"])) {
        &LINKWARDEN
    } else if has(&["bookmarks", "article__url"]) {
        &READABILITY
    } else if head.contains("text/x-moz-place-container") {
        &BOOKMARKS_MOZILLA
    } else if has(&["href", "description", "extended"]) {
        &PINBOARD
    } else if has(&["reading_progress", "source_url"]) || has(&["document_tags"]) {
        &READWISE_JSON
    } else if has(&["url", "title", "tags"]) && !has(&["content"]) {
        &BOOKMARKS_JSON
    } else {
        return None;
    })
}

/// Tables (CSV) are known by the names of their columns.
fn table(first: &str) -> Option<&'static FileKind> {
    let columns: Vec<&str> = first
        .split(',')
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    let has = |names: &[&str]| names.iter().all(|name| columns.contains(name));
    Some(if has(&["title", "url", "time_added"]) {
        &POCKET
    } else if has(&["url", "title", "selection"]) {
        &INSTAPAPER
    } else if has(&["title", "url", "reading progress"]) || has(&["highlight", "book title"]) {
        &READWISE
    } else if has(&["id", "title", "excerpt", "url"]) {
        &RAINDROP
    } else if has(&["title", "url", "word count", "in queue"]) {
        &MATTER
    } else {
        return None;
    })
}

fn mail(head: &str) -> Option<&'static FileKind> {
    if head.starts_with("from ") && head.contains("\nfrom: ") {
        return Some(&MAILBOX);
    }
    let names = [
        "from",
        "subject",
        "date",
        "message-id",
        "received",
        "mime-version",
        "return-path",
    ];
    let header = head.lines().take_while(|line| !line.trim().is_empty());
    let header: Vec<&str> = header.collect();
    let is_named = |name: &&&str| {
        let begins = |line: &&str| {
            line.strip_prefix(**name)
                .is_some_and(|rest| rest.starts_with(':'))
        };
        header.iter().any(begins)
    };
    let is_mail = names.iter().filter(is_named).count() >= 3;
    let is_page = head.contains("multipart/related")
        && (head.contains("snapshot-content-location:") || head.contains("saved by "));
    match (is_page, is_mail) {
        (true, _) => Some(&MHTML),
        (false, true) => Some(&MAIL),
        (false, false) => None,
    }
}

/// Whether most lines are an address each.
fn is_list(head: &str) -> bool {
    let lines = head.lines().filter(|line| !line.trim().is_empty());
    let (all, addresses) = lines.fold((0, 0), |(all, addresses), line| {
        let is_address = line.starts_with("http://") || line.starts_with("https://");
        (
            all + 1,
            addresses + usize::from(is_address && !line.trim().contains(' ')),
        )
    });
    addresses > 0 && addresses * 3 >= all * 2
}

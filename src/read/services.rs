//! What services hand out of a person's data as pages: chats, logs, lists of what the person did, notes. They are
//! private, and no articles, though a reader of pages would take them.

use super::Probe;
use super::page::is_said_saved;

/// The folder in which generators of sites (Jekyll, Hexo) keep what they do not publish.
const DRAFTS: &str = "_drafts";

/// So many first bytes are looked at where styles stand before all else: those of Google's are 150 KB.
pub(super) const LONG_HEAD: u64 = 512 << 10;

/// What stands in the markup of such pages, without quotation marks and in lower case: each time all of it.
const MARKS: [&[&str]; 8] = [
    // Facebook and Instagram.
    &["_3-95", "uiboxwhite noborder"],
    // Telegram: chats, and the page that lists them.
    &["class=page_body chat_page", "class=history"],
    &["class=page_wrap", "class=page_body list_page"],
    // Discord, by DiscordChatExporter.
    &["class=chatlog__message"],
    &["class=preamble__entry", "class=chatlog"],
    // Google Takeout: My Activity.
    &["class=outer-cell mdl-cell", "class=content-cell"],
    // Medium: sessions, earnings, lists. Its posts are `article`s.
    &[
        "<section class=h-entry>",
        "<section class=e-content>",
        "exported from medium on",
    ],
    &["<section class=h-card>", "exported from medium on"],
];

/// Whether a file is such a page. `head` is its beginning in lower case, `more` gives a longer one.
pub(super) fn is_record(name: &str, head: &str, more: impl FnOnce() -> String) -> bool {
    let is_page = ["<!doctype html", "<html"]
        .iter()
        .any(|mark| head.contains(mark));
    // What a person saved of a site is none of its exports.
    if !head.trim_start().starts_with('<') || !is_page || is_said_saved(head) {
        return false;
    }
    let is_in_style = head.rfind("<style") > head.rfind("</style");
    let is_medium = ["class=\"h-entry\"", "class=\"h-card\""]
        .iter()
        .any(|mark| head.contains(mark));
    let text = match is_in_style || is_medium {
        true => more(),
        false => head.to_owned(),
    };
    let text = plain(&text);
    let has = |marks: &&[&str]| marks.iter().all(|mark| text.contains(mark));
    let is_index = name == "archive_browser.html" && text.contains("google");
    MARKS.iter().any(has) || is_note_of_keep(&text) || is_index
}

/// Markup without quotation marks, which programs that make pages small leave out, and without links around
/// Medium's name.
fn plain(text: &str) -> String {
    let text = text.replace(['"', '\''], "");
    text.replace("<a href=https://medium.com>medium</a>", "medium")
}

/// Whether all that a page shows is one note of Google Keep.
fn is_note_of_keep(text: &str) -> bool {
    let body = text
        .split_once("<body")
        .and_then(|(_, rest)| rest.split_once('>'));
    let note = body.and_then(|(_, body)| body.trim_start().strip_prefix("<div class=note"));
    let inside = note.and_then(|rest| rest.split_once('>'));
    inside.is_some_and(|(_, inside)| inside.trim_start().starts_with("<div class=heading>"))
}

/// Whether a file lies among what a site does not publish.
pub(super) fn is_among_drafts<'name>(mut folders: impl Iterator<Item = &'name str>) -> bool {
    folders.any(|name| name == DRAFTS)
}

/// Whether a file holds nothing to publish, whatever a reader might make of it: what a service tells a person, or a
/// draft by its place. Who names the reader, or the folder itself, wants it read.
pub(crate) fn is_private(probe: &Probe<'_>) -> bool {
    if is_among_drafts(probe.folders().iter().map(String::as_str)) {
        return true;
    }
    let lower = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let first = probe.first();
    if !first.trim_ascii_start().starts_with(b"<") {
        return false;
    }
    let more = || {
        let length = usize::try_from(LONG_HEAD.min(probe.length())).unwrap_or_default();
        lower(&probe.first_of(length)) + &lower(&probe.last())
    };
    is_record(&probe.name().to_ascii_lowercase(), &lower(first), more)
}

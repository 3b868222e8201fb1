//! What an article is called.

use super::entities::decoded;
use super::letters;
use super::summary::shortened;
use crate::model::{Address, ArticleSource, Body, CleanText, Head, Site, names_nothing};

/// The longest title made from the text, in grapheme clusters.
const MADE_GRAPHEMES: usize = 60;

/// The signs that pages put between a title and the name of their site. Those of the second list
/// need a space on both sides, for they stand within titles too.
const SEPARATORS: [char; 3] = ['|', '｜', '_'];
const SPACED_SEPARATORS: [char; 8] = ['-', '–', '—', '·', '•', ':', '«', '»'];

/// The title as written: character references decoded once, tags shown as they stand, on one line,
/// without invisible characters and unpaired bidirectional controls, and without the source's own
/// name at its end. Blank where there is none.
pub(super) fn written(head: &Head, source: &ArticleSource, site: Option<&Site>) -> CleanText {
    let title = head.title.as_deref().unwrap_or_default();
    if names_nothing(title.trim()) {
        return CleanText::default();
    }
    let title = CleanText::line(&decoded(title));
    if split_last_part(&title).is_none() {
        return title;
    }
    without_source(&title, &names(source, site))
}

/// What programs call what has no title, as [`letters::of`].
const UNTITLED: [&str; 22] = [
    "untitled",
    "untitleddocument",
    "untitledpage",
    "notitle",
    "newtab",
    "sanstitre",
    "ohnetitel",
    "unbenannt",
    "sintítulo",
    "sentítol",
    "senzatitolo",
    "semtítulo",
    "безназвания",
    "başlıksız",
    "beztytułu",
    "zondertitel",
    "无标题",
    "無標題",
    "无题",
    "無題",
    "제목없음",
    "بدونعنوان",
];

/// Whether a title as written tells what an article is about: one that is its address or the name of its
/// host does not, nor what programs write where they have none.
pub fn tells(title: &str, address: Option<&Address>) -> bool {
    let bare = letters::of(title);
    if bare.is_empty() || names_nothing(title.trim()) || UNTITLED.contains(&bare.as_str()) {
        return false;
    }
    let is_host = |host: &str| {
        let host = host.strip_prefix("www.").unwrap_or(host);
        let host = letters::of(host);
        bare == host || bare.strip_prefix("www") == Some(&host)
    };
    let is_address = |address: &Address| {
        // Titles have words, addresses hardly ever.
        if title.trim().contains(' ') && !title.contains("://") {
            return false;
        }
        let (_, place) = address.as_str().split_once("://").unwrap_or_default();
        let title = title.trim();
        let (_, written) = title.split_once("://").unwrap_or(("", title));
        letters::of(place) == letters::of(written)
    };
    !address.is_some_and(|address| address.host().is_some_and(is_host) || is_address(address))
}

/// What a source may call itself, as [`letters::of`].
fn names(source: &ArticleSource, site: Option<&Site>) -> Vec<String> {
    let host = source.home.as_ref().and_then(Address::host);
    let host = host.map(|host| host.strip_prefix("www.").unwrap_or(host));
    let domain = host.and_then(domain);
    let aliases = site.map(|site| site.aliases.as_slice()).unwrap_or_default();
    [Some(source.name.as_str()), host, domain]
        .into_iter()
        .flatten()
        .chain(aliases.iter().map(String::as_str))
        .map(letters::of)
        .filter(|name| !name.is_empty())
        .collect()
}

/// The part of a host that its owner chose: `bugle` of `news.bugle.co.uk`.
fn domain(host: &str) -> Option<&str> {
    let mut labels = host.split('.').rev().skip(1);
    let label = labels.next()?;
    let registry = ["co", "com", "org", "net", "gov", "edu", "ac"].contains(&label);
    if registry { labels.next() } else { Some(label) }
}

/// A title without the names that follow its last separators.
fn without_source(title: &CleanText, names: &[String]) -> CleanText {
    let mut rest = title.as_str();
    while let Some((before, last)) = split_last_part(rest)
        && names.contains(&letters::of(last))
        && !letters::of(before).is_empty()
    {
        rest = before;
    }
    CleanText::new(rest)
}

/// A title on both sides of its last separator.
fn split_last_part(title: &str) -> Option<(&str, &str)> {
    title.char_indices().rev().find_map(|(at, c)| {
        let (before, rest) = title.split_at_checked(at)?;
        let after = rest.strip_prefix(c)?;
        let spaced = before.ends_with(' ') && after.starts_with(' ');
        (SEPARATORS.contains(&c) || (spaced && SPACED_SEPARATORS.contains(&c)))
            .then_some((before.trim_end(), after.trim_start()))
    })
}

/// The title, or what stands for it, never blank: the first words of the text, else the address,
/// else what its container calls it, else the file's name, else a dash.
pub(super) fn title(
    written: CleanText,
    head: &Head,
    body: &Body,
    summary: &CleanText,
) -> CleanText {
    let first_words = || {
        let line = if summary.is_blank() {
            CleanText::line(&body.plain_text())
        } else {
            summary.clone()
        };
        shortened(&line, MADE_GRAPHEMES, MADE_GRAPHEMES)
    };
    let address = || CleanText::line(head.address.as_deref().unwrap_or_default());
    let own_id = || CleanText::line(head.id.as_deref().unwrap_or_default());
    let file_name = || CleanText::line(head.path.rsplit('/').next().unwrap_or_default());
    Some(written)
        .filter(|title| !title.is_blank())
        .or_else(|| Some(first_words()).filter(|title| !title.is_blank()))
        .or_else(|| Some(address()).filter(|title| !title.is_blank()))
        .or_else(|| Some(own_id()).filter(|title| !title.is_blank()))
        .or_else(|| Some(file_name()).filter(|title| !title.is_blank()))
        .unwrap_or_else(|| CleanText::line("—"))
}

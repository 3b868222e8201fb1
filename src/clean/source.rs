//! Who published an article.

use super::Settings;
use super::entities::decoded;
use crate::model::{Address, ArticleSource, CleanText, Head, Site, names_month};
use std::borrow::Cow;

/// Folder names that say how files are kept, not who published them. Names of nothing but digits
/// and signs (years, months, days), and such as begin with a dot or an underscore, are left out
/// too.
const GENERIC_FOLDERS: [&str; 44] = [
    "app",
    "archive",
    "archives",
    "article",
    "articles",
    "blog",
    "content",
    "contents",
    "corpus",
    "data",
    "docs",
    "download",
    "downloads",
    "drafts",
    "entries",
    "export",
    "feed",
    "feeds",
    "files",
    "home",
    "html",
    "import",
    "input",
    "items",
    "markdown",
    "md",
    "news",
    "pages",
    "post",
    "posts",
    "raw",
    "saved",
    "seed",
    "seeds",
    "site",
    "source",
    "sources",
    "src",
    "text",
    "texts",
    "tmp",
    "txt",
    "文章",
    "存档",
];

/// The source of an article, without parsing its text: by the host of its address, where the table
/// of sites names it, else as the container names it, else by the innermost folder with a telling name, else the host itself
/// without `www.`. The name is blank where nothing tells.
pub fn source(head: &Head, settings: &Settings) -> ArticleSource {
    let address = address(head);
    let site = settings.site_of(address.as_ref());
    source_at(head, address.as_ref(), site)
}

/// The same for an entry whose address and site are known.
pub(super) fn source_at(
    head: &Head,
    address: Option<&Address>,
    site: Option<&Site>,
) -> ArticleSource {
    let name = site
        .and_then(|site| site.name.as_deref())
        .map(CleanText::line)
        .or_else(|| named(head))
        .or_else(|| folder(head).map(CleanText::line))
        .or_else(|| address.and_then(host))
        .or_else(|| written_host(head))
        .unwrap_or_default();
    ArticleSource {
        name,
        home: address.and_then(Address::site),
    }
}

/// The address of an entry's page, if it is one on the web. `&amp;` is read as `&`, since scrapers
/// copy addresses from markup, and an address that lacks its scheme (`//host/page`) as `https`.
pub fn address(head: &Head) -> Option<Address> {
    let written = head.address.as_deref()?.trim();
    let written = if written.contains("&amp;") {
        Cow::Owned(written.replace("&amp;", "&"))
    } else {
        Cow::Borrowed(written)
    };
    let address = if written.starts_with("//") {
        Address::parse(&format!("https:{written}"))
    } else {
        Address::parse(&written)
    };
    address.filter(Address::is_web)
}

/// What the container calls the source.
fn named(head: &Head) -> Option<CleanText> {
    let name = CleanText::line(&decoded(head.source.as_deref()?));
    (!name.is_blank()).then_some(name)
}

/// Whether a folder tells the source.
pub(super) fn has_folder(head: &Head) -> bool {
    folder(head).is_some()
}

fn folder(head: &Head) -> Option<&str> {
    let mut folders = head.folders.iter().rev().map(|folder| folder.trim());
    folders.find(|folder| !is_generic(folder))
}

fn is_generic(folder: &str) -> bool {
    let lower = folder.to_lowercase();
    let counted = folder.chars().all(|c| {
        c.is_ascii_digit() || c.is_ascii_punctuation() || c.is_whitespace() || "年月日".contains(c)
    });
    counted
        || folder.starts_with(['.', '_'])
        || GENERIC_FOLDERS.contains(&lower.as_str())
        || names_month(&lower)
}

fn host(address: &Address) -> Option<CleanText> {
    let host = address.shown_host()?;
    Some(CleanText::line(host.strip_prefix("www.").unwrap_or(&host)))
}

/// The host of an address that is none since nothing stands for its name (`xn--a.example`), as written.
fn written_host(head: &Head) -> Option<CleanText> {
    let written = head.address.as_deref()?.trim();
    let rest = written
        .strip_prefix("https://")
        .or_else(|| written.strip_prefix("http://"))?;
    let host = rest
        .split(['/', '?', '#', ':'])
        .next()?
        .to_ascii_lowercase();
    let is_host = host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    is_host.then(|| CleanText::line(host.strip_prefix("www.").unwrap_or(&host)))
}

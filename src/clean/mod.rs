//! Cleaning: an untrusted [`Entry`] becomes a clean [`Article`].
//!
//! [`id`], [`address`], [`source()`] and [`dates()`] need no parsed text, so that a run can list its
//! articles before it cleans any; [`clean()`] gives the article the same values.

mod authors;
pub mod body;
mod clusters;
mod dates;
mod entities;
mod language;
mod source;
mod summary;
mod title;

pub use dates::{DateSource, Dates, dates};
pub use source::{address, source};

use crate::error::{Code, Warning};
use crate::model::{
    Address, Article, ArticleId, CleanText, Entry, Language, Site, Sites, Source, Timestamp,
};

/// What cleaning needs to know beside the entry.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Facts about sites.
    pub sites: Sites,
    /// The language of articles whose text does not tell.
    pub language: Option<Language>,
}

impl Settings {
    /// The facts about the site of an address.
    fn site_of(&self, address: Option<&Address>) -> Option<&Site> {
        self.sites.site_of(address?)
    }
}

/// An article and what cleaning did to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cleaned {
    /// The article.
    pub article: Article,
    /// Visible text that was left out on purpose, and by which rule: with the article's own text
    /// it makes up everything that was visible.
    pub removed: Vec<Removed>,
    /// What was lost or guessed.
    pub warnings: Vec<Warning>,
}

/// Visible text that is not part of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The rule that removed it.
    pub rule: &'static str,
    /// The text.
    pub text: String,
}

/// What the head of an entry gives, without any text.
#[derive(Clone, Debug)]
pub struct Head {
    /// See [`address`].
    pub address: Option<Address>,
    /// See [`source()`].
    pub source: Source,
    /// See [`dates()`].
    pub dates: Dates,
}

/// What the head of an entry gives; its address is read once for all.
pub fn head(entry: &Entry, settings: &Settings) -> Head {
    let address = address(entry);
    let site = settings.site_of(address.as_ref());
    Head {
        source: source::source_at(entry, address.as_ref(), site),
        dates: dates::dates_at(entry, site),
        address,
    }
}

/// Turns an entry into an article.
pub fn clean(entry: &Entry, settings: &Settings) -> Cleaned {
    let Head {
        address,
        source,
        dates,
    } = head(entry, settings);
    let site = settings.site_of(address.as_ref());
    let written_title = title::written(entry, &source, site);
    let context = body::Context {
        address: address.as_ref(),
        title: &written_title,
        sites: &settings.sites,
        path: &entry.path,
        line: entry.body_line,
    };
    let text = body::body(&entry.markup, &context);
    let mut warnings = head_warnings(entry, address.as_ref(), &dates);
    if text.blocks.is_empty() {
        let warning = Warning::new(Code::BodyEmpty, "the article has no text");
        warnings.push(warning.at(&entry.path, entry.body_line));
    }
    warnings.extend(text.warnings);
    let summary = summary::summary(&text.blocks);
    let title = title::title(written_title.clone(), entry, &text.blocks, &summary);
    let article = Article {
        id: id_at(entry, address.as_ref()),
        authors: authors::authors(entry, &source.name),
        published: instant(dates.published),
        updated: instant(dates.updated),
        language: language::language(&written_title, &text.blocks, settings.language.as_ref()),
        tags: tags(entry),
        rights: text.rights,
        credit: text.credit,
        summary,
        title,
        body: text.blocks,
        address,
        source,
    };
    Cleaned {
        article,
        removed: text.removed,
        warnings,
    }
}

/// The id of an entry: its address as archived, or what [`ArticleId::new`] makes of it.
///
/// Without an address it is made from the title and the text as found, white space apart, and from
/// nothing that changes when the same text is saved again (time, path, byline). Such an entry has
/// to be read whole for it: see [`id_needs_text`].
pub fn id(entry: &Entry) -> ArticleId {
    id_at(entry, address(entry).as_ref())
}

/// The same for an entry whose address is known.
pub(crate) fn id_at(entry: &Entry, address: Option<&Address>) -> ArticleId {
    if !id_needs_text(entry) {
        return ArticleId::known(entry.address.as_deref(), &[], address.is_some());
    }
    let title = entry.title.as_deref().unwrap_or_default();
    let mut content = String::with_capacity(title.len() + entry.markup.as_str().len() + 2);
    for part in [title, entry.markup.as_str()] {
        content.extend(part.split_whitespace().flat_map(|word| [word, " "]));
        content.push('\n');
    }
    ArticleId::new(None, content.as_bytes())
}

/// Whether the id of an entry is made from its text, because it has no address.
pub fn id_needs_text(entry: &Entry) -> bool {
    let written = entry.address.as_deref().unwrap_or_default();
    written.trim().is_empty()
}

fn instant(date: Option<(Timestamp, DateSource)>) -> Option<Timestamp> {
    date.map(|(time, _)| time)
}

/// The title of an entry as written, clean and without the source's own name at its end; blank
/// where it has none.
pub fn title(entry: &Entry, settings: &Settings) -> CleanText {
    let address = address(entry);
    let site = settings.site_of(address.as_ref());
    title::written(entry, &source(entry, settings), site)
}

/// The tags of an entry on one line each, decoded, without blank and repeated ones.
pub fn tags(entry: &Entry) -> Vec<CleanText> {
    let mut tags: Vec<CleanText> = Vec::new();
    for tag in &entry.tags {
        let tag = CleanText::line(&entities::decoded(tag));
        if !tag.is_blank() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// What is missing from the head of an entry, which begins on the file's first line.
fn head_warnings(entry: &Entry, address: Option<&Address>, dates: &Dates) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(written) = entry.address.as_deref()
        && address.is_none()
    {
        let message = format!("“{}” is no address on the web", written.trim());
        let warning = Warning::new(Code::AddressUnreadable, message).at(&entry.path, 1);
        warnings.push(warning);
    }
    if dates.published.is_none() {
        let warning = Warning::new(
            Code::DateMissing,
            "no date in header, byline or front matter",
        )
        .at(&entry.path, 1);
        warnings.push(warning);
    }
    warnings
}

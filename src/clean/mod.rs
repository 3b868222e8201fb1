//! Cleaning: an untrusted [`Entry`] becomes a clean [`Article`].
//!
//! [`id`], [`address`], [`source()`] and [`dates()`] need no parsed text, so that a run can list its
//! articles before it cleans any; [`clean()`] gives the article the same values. What a head lacks
//! and its page tells is added before any of them is asked ([`complete`]).

mod authors;
pub mod body;
mod boilerplate;
mod clusters;
mod dates;
mod entities;
mod language;
mod letters;
mod page_metadata;
mod parsed_entry;
mod shown;
mod sketch;
mod source;
mod summary;
#[cfg(test)]
mod tests;
mod title;

pub use body::page::absence::Absence;
pub use boilerplate::{Boilerplate, Ends, FEWEST_ARTICLES, FIRST_ARTICLES, MOST_ARTICLES};
pub use dates::{DateSource, Dates, dates};
pub use parsed_entry::{FoundArticle, ParsedEntry, complete};
pub use sketch::Sketch;
pub use source::{address, source};
pub(crate) use title::tells as title_tells;

use crate::error::{Code, Warning};
use crate::model::{
    Address, Article, ArticleId, ArticleSource, CleanText, Digest, Entry, Head, Language,
    ShownResources, Site, Sites, Timestamp, names_nothing,
};

/// What cleaning needs to know beside the entry.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// Facts about sites.
    pub sites: Sites,
    /// The language of articles whose text does not tell.
    pub language: Option<Language>,
    /// Whether a picture without a caption shows its alternative text as one.
    pub alternative_as_caption: bool,
}

impl Settings {
    /// Facts about sites, and no wishes.
    pub fn new(sites: Sites) -> Self {
        Settings {
            sites,
            ..Settings::default()
        }
    }

    /// The facts about the site of an address.
    fn site_of(&self, address: Option<&Address>) -> Option<&Site> {
        self.sites.site_of(address?)
    }
}

/// An article and what cleaning did to it.
#[derive(Clone, Debug)]
pub struct Cleaned {
    /// The article.
    pub article: Article,
    /// The way to the bytes of the pictures that came with it.
    pub resources: ShownResources,
    /// Visible text that was left out on purpose, and by which rule: with the article's own text
    /// it makes up everything that was visible.
    pub removed: Vec<Removed>,
    /// Pictures that were left out since no reader is meant to see them, and by which rule.
    pub removed_pictures: Vec<RemovedPicture>,
    /// The selectors of the site's facts that matched something.
    pub selectors: Vec<String>,
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

/// A picture that no reader is meant to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedPicture {
    /// The rule that removed it.
    pub rule: &'static str,
    /// Its address.
    pub address: Address,
}

/// What a head says once it is cleaned.
#[derive(Clone, Debug)]
pub struct CleanHead {
    /// See [`address`].
    pub address: Option<Address>,
    /// See [`source()`].
    pub source: ArticleSource,
    /// See [`dates()`].
    pub dates: Dates,
}

/// Cleans a head; its address is read once for all.
pub fn head(head: &Head, settings: &Settings) -> CleanHead {
    let address = address(head);
    let site = settings.site_of(address.as_ref());
    CleanHead {
        source: source::source_at(head, address.as_ref(), site),
        dates: dates::dates_at(head, site),
        address,
    }
}

/// What the text of an entry is cleaned by.
fn context<'entry>(
    entry: &'entry Entry,
    address: Option<&'entry Address>,
    title: &'entry str,
    settings: &'entry Settings,
    notices: body::Notices<'entry>,
) -> body::Context<'entry> {
    body::Context {
        address,
        title,
        sites: &settings.sites,
        resources: &entry.resources,
        path: &entry.head.path,
        line: entry.body_line,
        notices,
    }
}

/// Why a saved page holds no article; nothing where it seems to hold one, or where the entry is no page.
pub fn absence(entry: &Entry) -> Option<Absence> {
    ParsedEntry::of(entry).absence()
}

/// Turns an entry into an article.
pub fn clean(entry: &Entry, settings: &Settings) -> Cleaned {
    ParsedEntry::of(entry).clean(settings)
}

fn cleaned(parsed: &ParsedEntry<'_>, settings: &Settings, notices: body::Notices<'_>) -> Cleaned {
    let entry = parsed.entry();
    let written = &entry.head;
    let CleanHead {
        address,
        source,
        dates,
    } = head(written, settings);
    let site = settings.site_of(address.as_ref());
    let written_title = title::written(written, &source, site);
    let context = context(entry, address.as_ref(), &written_title, settings, notices);
    let authors = authors::authors(written, &source.name);
    let byline = body::Byline::of(&authors, &dates);
    let mut text = body::body_with(&entry.markup, parsed.markup(), &context, byline);
    if let Some(picture) = written.picture.as_deref() {
        text.lead_in(picture, &context);
    }
    if settings.alternative_as_caption {
        text.blocks = body::show_alternatives(&text.blocks, &written_title);
    }
    let mut warnings = head_warnings(written, address.as_ref(), &dates);
    warnings.extend(text_warnings(&mut text, entry));
    for warning in &mut warnings {
        warning.item = written.item;
    }
    let summary = summary::written(written, &written_title);
    let summary = summary.unwrap_or_else(|| summary::summary(&text.blocks));
    let named = written.language.as_deref().and_then(Language::new);
    let fallback = named.as_ref().or(settings.language.as_ref());
    let title = title::title(written_title.clone(), written, &text.blocks, &summary);
    let article = Article {
        id: id_at(written, address.as_ref(), || entry.text_digest()),
        authors,
        published: instant(dates.published),
        published_day: dates.published_day,
        updated: instant(dates.updated),
        language: language::language(&written_title, &text.blocks, fallback),
        tags: tags(written),
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
        resources: text.resources,
        removed: text.removed,
        removed_pictures: text.removed_pictures,
        selectors: text.selectors,
        warnings,
    }
}

/// What is to be said of the text: that there is none, or what it lost.
fn text_warnings(text: &mut body::Text, entry: &Entry) -> Vec<Warning> {
    let mut warnings = std::mem::take(&mut text.warnings);
    if text.blocks.is_empty() {
        let warning = Warning::new(Code::BodyEmpty, "the article has no text");
        warnings.insert(0, warning.at(&entry.head.path, entry.body_line));
    }
    warnings
}

/// The id of an entry: its address as archived, or what [`ArticleId::new`] makes of it; one that
/// Offprint gave it before stays, and so does another address by which a feed knows it. Where there is no address, what its container calls it; else its
/// text identifies it.
pub fn id(entry: &Entry) -> ArticleId {
    id_at(&entry.head, address(&entry.head).as_ref(), || {
        entry.text_digest()
    })
}

/// The same for a head whose address is known. `text` gives the digest of the text, which is asked
/// for only where nothing else tells: see [`Head::needs_text_digest`].
pub(crate) fn id_at(
    head: &Head,
    address: Option<&Address>,
    text: impl FnOnce() -> Digest,
) -> ArticleId {
    let present = |text: &&str| !text.trim().is_empty();
    let given = head.id.as_deref().filter(present);
    if let Some(id) = given.and_then(ArticleId::made_before) {
        return id;
    }
    // What a feed calls an item stays its name where the item moved to another address.
    let is_page = |id: &&str| Address::parse(id).is_some_and(|id| id.is_web());
    if let Some(id) = given.filter(is_page) {
        return ArticleId::known(Some(id), &[], true);
    }
    match (head.address.as_deref().filter(present), given) {
        (Some(written), _) => ArticleId::known(Some(written), &[], address.is_some()),
        (None, Some(given)) => ArticleId::of_container(given),
        (None, None) => ArticleId::of_text(text()),
    }
}

fn instant(date: Option<(Timestamp, DateSource)>) -> Option<Timestamp> {
    date.map(|(time, _)| time)
}

/// The title as written, clean and without the source's own name at its end; blank where there is
/// none.
pub fn title(head: &Head, settings: &Settings) -> CleanText {
    let address = address(head);
    let site = settings.site_of(address.as_ref());
    title::written(head, &source(head, settings), site)
}

/// The names of those who wrote it.
pub(crate) fn authors(head: &Head, settings: &Settings) -> Vec<CleanText> {
    authors::authors(head, &source(head, settings).name)
}

/// The tags on one line each, decoded, without blank and repeated ones.
pub fn tags(head: &Head) -> Vec<CleanText> {
    let mut tags: Vec<CleanText> = Vec::new();
    for tag in &head.tags {
        let tag = CleanText::line(&entities::decoded(tag));
        if !tag.is_blank() && !names_nothing(tag.trim()) && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// What is missing from the head of an entry.
fn head_warnings(head: &Head, address: Option<&Address>, dates: &Dates) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(written) = head.address.as_deref()
        && address.is_none()
    {
        let message = format!("“{}” is no address on the web", written.trim());
        let warning =
            Warning::new(Code::AddressUnreadable, message).at(&head.path, head.line.max(1));
        warnings.push(warning);
    }
    if dates.published.is_none() {
        let warning = Warning::new(
            Code::DateMissing,
            "no date in header, byline or front matter",
        )
        .at(&head.path, head.line.max(1));
        warnings.push(warning);
    }
    warnings
}

//! Articles and the publication that they make up.

use super::address::is_iri;
use super::{Address, ArticleKey, Body, CleanText, Day, Digest, Image, Language, Timestamp, Zone};
use std::borrow::Cow;
use url::Url;

/// A clean article.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// What it is known by, for ever.
    pub id: ArticleId,
    /// One line, never blank.
    pub title: CleanText,
    /// Where it was read, if the archive says.
    pub address: Option<Address>,
    /// Who published it.
    pub source: ArticleSource,
    /// Who wrote it, one name each.
    pub authors: Vec<CleanText>,
    /// When it was first published.
    pub published: Option<Timestamp>,
    /// The day of its publication, where no more than a day is known: `published` is then when that
    /// day begins, and nobody is shown an hour.
    pub published_day: Option<Day>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// The language it is written in, where the text tells.
    pub language: Option<Language>,
    /// Tags and categories.
    pub tags: Vec<CleanText>,
    /// The statement of rights that the text ended with. Writers show it at the end.
    pub rights: Option<CleanText>,
    /// The agencies that the text ended with. Writers show it at the end, before the rights.
    pub credit: Option<CleanText>,
    /// The beginning of the text as one line, cut at a sentence where there is one.
    pub summary: CleanText,
    /// The text.
    pub body: Body,
}

impl Article {
    /// The image that stands for the article: the first figure's.
    pub fn lead_image(&self) -> Option<&Image> {
        self.body.lead_image()
    }

    /// The id's key, as the catalogue lists it.
    pub fn key(&self) -> ArticleKey {
        ArticleKey::of(self.id.as_str())
    }
}

/// What an article is known by: its address as archived, byte for byte; without one that is a
/// valid absolute IRI, a `tag:` address (RFC 4151).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    value: String,
    permalink: bool,
}

impl ArticleId {
    /// The id of an article by its address as archived, or, where that is no valid IRI, a `tag:`
    /// address made from it, or from the content's hash where there is none.
    ///
    /// ```
    /// use offprint::model::ArticleId;
    /// let id = ArticleId::new(Some("https://example.org/特"), b"text");
    /// assert_eq!((id.as_str(), id.is_permalink()), ("https://example.org/特", true));
    /// assert!(ArticleId::new(Some("http://a b/"), b"text").as_str().starts_with("tag:"));
    /// ```
    pub fn new(archived: Option<&str>, content: &[u8]) -> Self {
        ArticleId::settled(archived, content, is_web)
    }

    /// The same where it is known whether an address leads to a page on the web, if that is not
    /// written in some odd way.
    pub(crate) fn known(archived: Option<&str>, content: &[u8], leads_to_page: bool) -> Self {
        let is_plain = |text: &str| !text.contains("&amp;");
        ArticleId::settled(archived, content, |text| {
            if is_plain(text) {
                leads_to_page
            } else {
                is_web(text)
            }
        })
    }

    fn settled(archived: Option<&str>, content: &[u8], is_web: impl Fn(&str) -> bool) -> Self {
        let archived = archived.map(str::trim).filter(|text| !text.is_empty());
        match archived {
            Some(text) if is_web_iri(text) && is_web(text) => ArticleId {
                value: without_user(text).into_owned(),
                permalink: true,
            },
            Some(text) => ArticleId::tag(text.as_bytes()),
            None => ArticleId::tag(content),
        }
    }

    /// The id of an article that nothing but its text identifies: see
    /// [`Entry::text_digest`](super::Entry::text_digest).
    pub fn of_text(digest: Digest) -> Self {
        ArticleId {
            value: format!("{TAG}{digest}"),
            permalink: false,
        }
    }

    /// The id of an article without an address by what its container calls it: any absolute IRI (RFC
    /// 3987) is kept, so that a feed's entries stay what they are.
    pub fn of_container(text: &str) -> Self {
        let text = text.trim();
        let is_web = text.starts_with("http://") || text.starts_with("https://");
        if !is_web && is_iri(text) && Url::parse(text).is_ok() {
            return ArticleId {
                value: text.to_owned(),
                permalink: false,
            };
        }
        ArticleId::new(Some(text), &[])
    }

    /// An id that Offprint made before, as its own feeds hold it.
    pub fn made_before(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix(TAG)?;
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (digits.len() == 32 && digits.bytes().all(is_digit)).then(|| ArticleId {
            value: format!("{TAG}{digits}"),
            permalink: false,
        })
    }

    fn tag(bytes: &[u8]) -> Self {
        ArticleId::of_text(Digest::of(bytes))
    }

    /// The id, compared byte by byte (RFC 4287, section 4.2.6.1).
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether the id is the page's address.
    pub fn is_permalink(&self) -> bool {
        self.permalink
    }
}

/// What `tag:` addresses begin with that are made here (RFC 4151).
const TAG: &str = "tag:offprint.invalid,2020:";

/// A web address without the name and the password of a user, which are nobody else's business.
fn without_user(text: &str) -> Cow<'_, str> {
    let parts = text.split_once("://").and_then(|(scheme, rest)| {
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end)?;
        let (_, host) = authority.rsplit_once('@')?;
        Some(format!("{scheme}://{host}{path}"))
    });
    parts.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn is_web_iri(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && is_iri(text)
}

fn is_web(text: &str) -> bool {
    Address::parse(text).is_some_and(|address| address.is_web())
}

/// Who published an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleSource {
    /// The name, as readers know it.
    pub name: CleanText,
    /// The home page.
    pub home: Option<Address>,
}

/// What the outputs of a run have in common: facts from the configuration. What depends on the
/// articles of one output (its language, where none is configured, and its rights) is settled by
/// that output's writer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Publication {
    /// The stem of file names; also the title where none is configured.
    pub name: String,
    /// The title.
    pub title: Option<CleanText>,
    /// The language.
    pub language: Option<Language>,
    /// The author of the collection.
    pub author: Option<CleanText>,
    /// The address of the output folder on the web, with a final slash.
    pub base: Option<Address>,
    /// The page on the web that the publication belongs to.
    pub homepage: Option<Address>,
    /// What the publication is known by, for ever: configured, else base address and name, else
    /// the name.
    pub id: String,
    /// A statement of rights for the collection.
    pub rights: Option<CleanText>,
    /// The zone in which days, weeks, months and years begin.
    pub zone: Zone,
}

impl Publication {
    /// One of which nothing but its name is said; it is known by it, too.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Publication {
            id: name.clone(),
            name,
            title: None,
            language: None,
            author: None,
            base: None,
            homepage: None,
            rights: None,
            zone: Zone::UTC,
        }
    }

    /// The title, or the name where there is none.
    pub fn title(&self) -> CleanText {
        self.title
            .clone()
            .unwrap_or_else(|| CleanText::line(&self.name))
    }
}

/// What the registry tells about a reader or a writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name that options take: lower case, no spaces.
    pub name: &'static str,
    /// What it is, in one line.
    pub description: &'static str,
    /// The file names that it reads or writes, as patterns for people.
    pub files: &'static str,
    /// The names of the `build` options and configuration keys that act on it.
    pub options: &'static [&'static str],
}

//! What a reader hands over: untrusted, as it was found.

use super::{Digest, Resources, Timestamp, WrittenTime};

/// One article as a reader found it. Nothing in it is clean: entities are not decoded, addresses
/// not resolved, markup not parsed. The cleaning stage turns it into an
/// [`Article`](super::Article).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Everything but the text.
    pub head: Head,
    /// The line on which the body starts, counted from 1.
    pub body_line: u32,
    /// The text.
    pub markup: Markup,
    /// The pictures that the archive brings with it.
    pub resources: Resources,
}

/// What an archive says of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Where it was found, for messages: the path of the file, with `/` between parts.
    pub path: String,
    /// Its number in a file that holds several, counted from 1.
    pub item: Option<u32>,
    /// The line on which it begins, counted from 1; 0 counts as 1.
    pub line: u32,
    /// The folder names that the file lies in, outermost first, from the input folder on.
    pub folders: Vec<String>,
    /// What a feed or another container calls it: its own permanent id.
    pub id: Option<String>,
    /// The title as written.
    pub title: Option<String>,
    /// The source address as written.
    pub address: Option<String>,
    /// The name of its source, where the container tells.
    pub source: Option<String>,
    /// The time that the scraper's header gives: when the text was last saved or changed.
    pub header_time: Option<Timestamp>,
    /// A time as written in front matter or on a date line, used where there is no header time.
    pub written_time: Option<WrittenTime>,
    /// When it was first published, where the container tells that from the time of the last
    /// change, as feeds do. Wins over all other times.
    pub published: Option<WrittenTime>,
    /// When it was last changed, where the container tells.
    pub updated: Option<WrittenTime>,
    /// The byline that stood before the text.
    pub byline: Byline,
    /// The language that the archive names: it stands where the text itself does not tell.
    pub language: Option<String>,
    /// What the archive gives as the summary, which wins over the beginning of the text.
    pub summary: Option<String>,
    /// Authors named outside the byline (front matter).
    pub authors: Vec<String>,
    /// Tags and categories, in order, without repetition.
    pub tags: Vec<String>,
    /// The times that a saved page tells, used where nothing else does.
    pub page_times: PageTimes,
    /// When it was saved, as the program noted that saved it: the date where nothing else tells one.
    pub saved: Option<WrittenTime>,
    /// When the container was written that it stands in, as that says: of several saves of one time, the one of
    /// the newest container stands.
    pub issued: Option<WrittenTime>,
    /// The picture that a saved page names as its own, as written: it leads in where the text shows
    /// none.
    pub picture: Option<String>,
}

/// The times that a saved page tells of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageTimes {
    /// When it was first published.
    pub published: Option<WrittenTime>,
    /// When it was last changed.
    pub updated: Option<WrittenTime>,
}

impl Entry {
    /// What an article without an address is known by: the digest of its title and its text as
    /// found, white space apart, and of nothing that changes when the same text is saved again
    /// (time, path, byline).
    pub fn text_digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let title = self.head.title.as_deref().unwrap_or_default();
        for part in [title, self.markup.as_str()] {
            for word in part.split_whitespace() {
                hasher.update(word.as_bytes());
                hasher.update(b" ");
            }
            hasher.update(b"\n");
        }
        Digest::from_hash(&hasher.finalize())
    }
}

impl Head {
    /// Whether title, dates or authors are missing, which a saved page may tell itself.
    pub fn lacks_metadata(&self) -> bool {
        let title = self.title.as_deref().unwrap_or_default();
        title.trim().is_empty()
            || !self.is_dated()
            || (self.authors.is_empty() && self.byline.authors.is_empty())
    }

    /// Whether the archive gives any time.
    pub fn is_dated(&self) -> bool {
        let written = [
            self.written_time,
            self.published,
            self.updated,
            self.byline.time,
        ];
        self.header_time.is_some() || written.iter().any(Option::is_some)
    }

    /// Whether nothing in the head identifies the article, so that its text has to
    /// ([`Entry::text_digest`]).
    pub fn needs_text_digest(&self) -> bool {
        let blank =
            |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        blank(&self.address) && blank(&self.id)
    }
}

/// The line of authors and time that the seed format puts before the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// Authors as written, one string each.
    pub authors: Vec<String>,
    /// The time as written.
    pub time: Option<WrittenTime>,
}

/// HTML as it was found, never to be written to an output.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Markup {
    /// The article's own HTML.
    Article(String),
    /// A saved page, or a large part of one, in which the article has to be found.
    Page(String),
    /// Plain text without markup, as some feeds hold it.
    Text(String),
}

impl Markup {
    /// The text as found.
    pub fn as_str(&self) -> &str {
        match self {
            Markup::Article(text) | Markup::Page(text) | Markup::Text(text) => text,
        }
    }
}

impl Default for Markup {
    fn default() -> Self {
        Markup::Article(String::new())
    }
}

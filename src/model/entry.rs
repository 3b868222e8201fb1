//! What a reader hands over: untrusted, as it was found.

use super::{Timestamp, WrittenTime};

/// One article as a reader found it. Nothing in it is clean: entities are not decoded, addresses
/// not resolved, markup not parsed. The cleaning stage turns it into an
/// [`Article`](super::Article).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Where it was found, for messages: the path relative to the input, with `/` between parts.
    pub path: String,
    /// The line on which the body starts, counted from 1.
    pub body_line: u32,
    /// The title as written.
    pub title: Option<String>,
    /// The source address as written.
    pub address: Option<String>,
    /// The time that the scraper's header gives: when the text was last saved or changed.
    pub header_time: Option<Timestamp>,
    /// A time as written in front matter or on a date line, used where there is no header time.
    pub written_time: Option<WrittenTime>,
    /// The byline that stood before the text.
    pub byline: Byline,
    /// Authors named outside the byline (front matter).
    pub authors: Vec<String>,
    /// Tags and categories, in order, without repetition.
    pub tags: Vec<String>,
    /// The folder names that the file lies in, outermost first, from the input folder on.
    pub folders: Vec<String>,
    /// The text.
    pub markup: Markup,
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
pub enum Markup {
    /// The article's own HTML.
    Article(String),
    /// A saved page, or a large part of one, in which the article has to be found.
    Page(String),
}

impl Markup {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        match self {
            Markup::Article(html) | Markup::Page(html) => html,
        }
    }
}

impl Default for Markup {
    fn default() -> Self {
        Markup::Article(String::new())
    }
}

//! Where an article lies in its file, and what the first look at it gives.

use super::{Span, passages};
use crate::error::Warning;
use crate::model::{Digest, Entry, Head, Markup};
use serde::{Deserialize, Serialize};

/// Where an article lies in its source. What [`Reader::scan`](super::Reader::scan) gave,
/// [`Reader::load`](super::Reader::load) understands.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Locator {
    /// Its bytes.
    pub span: Span,
    /// The line on which they begin, counted from 1.
    pub line: u32,
    /// Its number in a source that holds several, counted from 1; 0 in one that holds one article.
    pub number: u32,
}

impl Locator {
    /// The only article of a source of this length.
    pub fn whole(length: u64) -> Self {
        Locator {
            span: Span { start: 0, length },
            line: 1,
            number: 0,
        }
    }

    /// The number for messages, where there are several.
    pub fn item(&self) -> Option<u32> {
        (self.number > 0).then_some(self.number)
    }

    /// Its number and the line on which it begins, where there are several.
    pub(crate) fn item_and_line(&self) -> Option<(u32, u32)> {
        Some((self.item()?, self.line))
    }

    /// A warning of this article, which names its number, and the line in the file: one that the
    /// warning has is counted within the article, and without one it is the article's first. A
    /// warning that names its article already stays as it is.
    pub fn placed(&self, mut warning: Warning) -> Warning {
        if self.number > 0 && warning.item.is_none() {
            warning.item = Some(self.number);
            let within = warning.line.unwrap_or(1).saturating_sub(1);
            warning.line = Some(self.line.saturating_add(within));
        }
        warning
    }
}

/// An article as the first pass sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it lies.
    pub at: Locator,
    /// Everything but its text.
    pub head: Head,
    /// Its [`Entry::text_digest`], where nothing in its head identifies it.
    pub text: Option<Digest>,
    /// The saved page, where its head lacks what the page may tell.
    pub page: Option<Markup>,
    /// The hashes of the longest passages of its text, the longer first, where it has long ones: other
    /// saves of the text have them too.
    pub passages: [Option<u64>; 2],
    /// The digest of everything in the source that the article is made of. An article is not read
    /// again while this stays as it was, wherever in the source it lies.
    pub content: Digest,
}

impl Item {
    /// What the first pass keeps of an entry that was read whole.
    pub fn new(at: Locator, entry: Entry, content: Digest) -> Self {
        let text = entry.head.needs_text_digest();
        let is_page = matches!(entry.markup, Markup::Page(_));
        Item {
            at,
            text: text.then(|| entry.text_digest()),
            passages: passages::longest(entry.markup.as_str()),
            page: (is_page && entry.head.lacks_metadata()).then_some(entry.markup),
            head: entry.head,
            content,
        }
    }
}

/// An article that was read, and what was replaced or guessed, with path and line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The article.
    pub entry: Entry,
    /// What was replaced or guessed.
    pub warnings: Vec<Warning>,
}

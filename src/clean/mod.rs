//! Cleaning: an untrusted [`Entry`] becomes a clean [`Article`].

pub mod body;
mod dates;

pub use dates::{DateSource, Dates, dates};

use crate::error::Warning;
use crate::model::{Address, Article, ArticleId, Body, CleanText, Entry, Language, Sites, Source};

/// What cleaning needs to know beside the entry.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Facts about sites.
    pub sites: Sites,
    /// The language of articles whose text does not tell.
    pub language: Option<Language>,
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

/// Turns an entry into an article.
pub fn clean(entry: &Entry, settings: &Settings) -> Cleaned {
    let article = Article {
        id: ArticleId::new(entry.address.as_deref(), entry.markup.as_str().as_bytes()),
        title: CleanText::line("x"),
        address: entry.address.as_deref().and_then(Address::parse),
        source: Source {
            name: CleanText::default(),
            home: None,
        },
        authors: Vec::new(),
        published: None,
        updated: None,
        language: settings.language.clone(),
        tags: Vec::new(),
        rights: None,
        credit: None,
        summary: CleanText::default(),
        body: Body::default(),
    };
    Cleaned {
        article,
        removed: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The name of an entry's source, without parsing its text: by host, else by folder.
pub fn source(entry: &Entry, settings: &Settings) -> Source {
    let _ = (entry, settings);
    Source {
        name: CleanText::default(),
        home: None,
    }
}

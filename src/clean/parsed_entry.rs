//! An entry and its markup as parsed. Parsing takes long beside all else that is asked of a page, so what its
//! head lacks, whether it holds an article, and the cleaning share one tree.

use super::body::{self, Notices, Parsed, metadata, page};
use super::{
    Absence, Boilerplate, Cleaned, Ends, Settings, Sketch, address, cleaned, context,
    page_metadata, shown, title,
};
use crate::model::{Digest, Entry, Markup};
use std::borrow::Cow;
use std::cell::OnceCell;

/// An entry whose markup is parsed when that is first asked for, and not again. It stays within its thread.
pub struct ParsedEntry<'entry> {
    entry: Cow<'entry, Entry>,
    parsed: OnceCell<Parsed>,
}

/// Which part of a page is its article, as one look at the page found it, for another.
#[derive(Clone, Debug)]
pub struct FoundArticle {
    page: Digest,
    found: page::Found,
}

impl FoundArticle {
    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        size_of::<Digest>() + self.found.weight()
    }
}

/// Fills what the head of a saved page lacks with what the page says of itself: see
/// `ParsedEntry::completed`.
pub fn complete(entry: &mut Entry) {
    drop(completed(entry));
}

/// The same; the page, where it was parsed for that.
fn completed(entry: &mut Entry) -> Option<Parsed> {
    let is_page = matches!(entry.markup, Markup::Page(_));
    if !is_page || !entry.head.lacks_metadata() {
        return None;
    }
    let parsed = body::parsed(&entry.markup);
    let told = metadata::facts(&parsed, entry.head.address.as_deref());
    page_metadata::fill(&mut entry.head, &told);
    Some(parsed)
}

impl<'entry> ParsedEntry<'entry> {
    /// An entry as it stands.
    pub fn of(entry: &'entry Entry) -> Self {
        ParsedEntry {
            entry: Cow::Borrowed(entry),
            parsed: OnceCell::new(),
        }
    }

    /// An entry with what the head of a saved page lacks and the page says of itself.
    ///
    /// Both passes ask this before anything else reads the head, so that the list of articles and the
    /// article agree. A page whose head has title, date and author is not parsed for that.
    pub fn completed(mut entry: Entry) -> ParsedEntry<'static> {
        let parsed = completed(&mut entry);
        ParsedEntry {
            entry: Cow::Owned(entry),
            parsed: parsed.map(OnceCell::from).unwrap_or_default(),
        }
    }

    /// The entry.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The entry alone.
    pub fn into_entry(self) -> Entry {
        self.entry.into_owned()
    }

    pub(super) fn markup(&self) -> &Parsed {
        self.parsed.get_or_init(|| body::parsed(&self.entry.markup))
    }

    /// Which part of the page is its article, where that was asked for.
    pub fn found(&self) -> Option<FoundArticle> {
        let found = self.parsed.get()?.found.get()?;
        Some(FoundArticle {
            page: Digest::of(self.entry.markup.as_str().as_bytes()),
            found: found.clone(),
        })
    }

    /// Takes over what another look at the same page found.
    pub fn know(&self, article: FoundArticle) {
        if article.page == Digest::of(self.entry.markup.as_str().as_bytes()) {
            self.markup().found.get_or_init(|| article.found);
        }
    }

    /// Why a saved page holds no article; nothing where it seems to hold one, or where the entry is no page.
    pub fn absence(&self) -> Option<Absence> {
        let is_page = matches!(self.entry.markup, Markup::Page(_));
        let title = self.entry.head.title.as_deref().unwrap_or_default();
        is_page
            .then(|| page::absence::of(self.markup(), title))
            .flatten()
    }

    /// The part of a saved page that is its article, as published: HTML without what stands around it, and
    /// without anything that runs. Where no article is found, the page as far as it is shown. References
    /// stay as they are written, relative to the page or to its `<base>`, which stays too.
    pub fn article_part(&self, settings: &Settings) -> String {
        let address = address(&self.entry.head);
        let title = title(&self.entry.head, settings);
        let site = settings.site_of(address.as_ref());
        page::part::html(self.markup(), address.as_ref(), &title, site)
    }

    /// The lines at the ends of the text, from which [`Boilerplate::learn`] learns.
    pub fn ends(&self, settings: &Settings) -> Ends {
        self.text(settings, Notices::Told).ends.unwrap_or_default()
    }

    /// The sketch of the text, without its source's boilerplate.
    pub fn sketch(&self, settings: &Settings, boilerplate: &Boilerplate) -> Sketch {
        let text = self.text(settings, Notices::Removed(boilerplate));
        let shown = shown::shown(&text.blocks);
        let title = title(&self.entry.head, settings);
        Sketch::of(&title, &text.blocks.plain_text(), shown)
    }

    /// The text alone.
    fn text(&self, settings: &Settings, notices: Notices<'_>) -> body::Text {
        let entry = self.entry();
        let address = address(&entry.head);
        let title = title(&entry.head, settings);
        let context = context(entry, address.as_ref(), &title, settings, notices);
        let read = body::Byline::READ;
        body::body_with(&entry.markup, self.markup(), &context, read)
    }

    /// Turns the entry into an article.
    pub fn clean(&self, settings: &Settings) -> Cleaned {
        cleaned(self, settings, Notices::Kept)
    }

    /// Turns the entry into an article without what its source puts at the ends of its articles.
    pub fn clean_without(&self, settings: &Settings, boilerplate: &Boilerplate) -> Cleaned {
        cleaned(self, settings, Notices::Removed(boilerplate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Head;

    /// A page with something at either end that is no part of its article.
    fn page(title: &str, text: &str) -> Entry {
        let prose = format!(
            "{text} stood on the hill above the harbour, and its lamp was lit at dusk, as ever. "
        );
        let html = format!(
            "<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body>\
         <nav><ul><li><a href='/a'>Home</a><li><a href='/b'>World</a></ul></nav>\
         <main><h1>{title}</h1><p>{}</p><p hidden>Not yet.</p><p>{}</p></main>\
         <aside><ul><li><a href='/c'>What else there is to read</a></ul></aside></body></html>",
            prose.repeat(4),
            prose.repeat(5),
        );
        Entry {
            head: Head {
                address: Some("https://a.example/1".to_owned()),
                ..Head::default()
            },
            markup: Markup::Page(html),
            ..Entry::default()
        }
    }

    #[test]
    fn what_a_look_at_a_page_finds_serves_another_and_no_other_page() {
        let settings = Settings::default();
        let first = ParsedEntry::completed(page("The tower", "A tower"));
        assert!(first.found().is_none());
        assert_eq!(first.absence(), None);
        let found = first.found().unwrap();
        assert!(found.weight() > 0);
        let others = [
            ("The tower", "A tower"),
            ("Another", "A tower"),
            ("The tower", "Another tower"),
        ];
        for (title, text) in others {
            let second = ParsedEntry::completed(page(title, text));
            second.know(found.clone());
            let alone = ParsedEntry::completed(page(title, text)).clean(&settings);
            let told = second.clean(&settings);
            assert_eq!(told.article, alone.article);
            assert_eq!(told.removed, alone.removed);
            assert!(!told.removed.is_empty() && !told.article.body.plain_text().contains("World"));
        }
    }
}

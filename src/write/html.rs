//! The text of an article as HTML for the web: what feeds hold.
//!
//! A writer gets it from [`EncodeInput::html`](super::EncodeInput::html), where it is made once for all
//! writers. One that has its own place for pictures and links writes its HTML with [`xhtml`].

use super::ImageAddresses;
use super::xhtml::{self, NoteMarks, References, Shown, Style};
use crate::model::{Address, AnchorName, Article, Digest, Image, ImageSource};
use memchr::memmem;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// The text of an article as HTML, never blank.
#[derive(Debug)]
pub struct Html {
    html: String,
    /// Whether it holds what ends a CDATA section.
    ends_sections: bool,
}

impl Html {
    /// The text with the pictures at these of their addresses; none where there is no text. Headings
    /// begin at `h2`, and there are no classes.
    pub fn of(article: &Article, addresses: ImageAddresses) -> Option<Self> {
        let style = Style {
            classes: false,
            title_level: 1,
        };
        let references = WebReferences {
            addresses,
            article,
            written: RefCell::default(),
            leads_within: Cell::new(false),
        };
        let mut html = xhtml::article(article, &references, style);
        if references.leads_within.get() {
            // Only now it is known which places the text has.
            html = xhtml::article(article, &references, style);
        }
        html.truncate(html.trim_end_matches('\n').len());
        (!html.is_empty()).then(|| Html {
            ends_sections: memmem::find(html.as_bytes(), b"]]>").is_some(),
            html,
        })
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.html
    }

    /// The markup, if it can stand in one CDATA section as it is (XML 1.0, section 2.7). All that is
    /// made here can, since it has `>` only where tags end.
    pub(super) fn in_section(&self) -> Option<&str> {
        (!self.ends_sections).then_some(&self.html)
    }
}

/// Where the pictures and links of an article lead on the web.
struct WebReferences<'article> {
    addresses: ImageAddresses,
    article: &'article Article,
    /// The places that have been written.
    written: RefCell<BTreeSet<AnchorName>>,
    /// Whether a link leads to a place in the text itself.
    leads_within: Cell<bool>,
}

impl WebReferences<'_> {
    /// The address of a place on the article's page.
    fn on_page(&self, name: &AnchorName) -> Option<Address> {
        self.article.address.as_ref()?.place(name.fragment())
    }

    /// A name that no other article has: readers put many items on one page.
    fn id(&self, name: &AnchorName) -> String {
        let digest = Digest::of(self.article.id.as_str().as_bytes()).first_half();
        format!("{}-{:08x}", name.as_str(), digest >> 32)
    }
}

impl References for WebReferences<'_> {
    /// Feeds show pictures where they are on the web. Width and height are left out: they are known
    /// only where the bytes were had, and a text must not change with the state of a cache.
    fn image(&self, image: &Image) -> Shown {
        match shown_address(&image.source, self.addresses) {
            Some(address) => Shown::Picture {
                address: address.as_str().to_owned(),
                width: None,
                height: None,
            },
            None => Shown::Missing { link: None },
        }
    }

    fn note_marks(&self) -> NoteMarks {
        NoteMarks::None
    }

    /// Readers that do not know MathML, or remove it, show its characters without their places, which is
    /// other mathematics; and one who shows it would show a line beside it as well.
    fn shows_formulas(&self) -> bool {
        false
    }

    /// Where the page has an address, links lead there: readers drop ids, or show several items on one
    /// page.
    fn anchor(&self, name: &AnchorName) -> Option<String> {
        if self.on_page(name).is_some() {
            return None;
        }
        self.written.borrow_mut().insert(name.clone());
        Some(self.id(name))
    }

    fn fragment(&self, name: &AnchorName) -> Option<String> {
        if let Some(address) = self.on_page(name) {
            return Some(address.to_string());
        }
        self.leads_within.set(true);
        let is_there = self.written.borrow().contains(name);
        is_there.then(|| format!("#{}", self.id(name)))
    }
}

/// Where a picture is shown.
pub(super) fn shown_address(source: &ImageSource, addresses: ImageAddresses) -> Option<&Address> {
    match addresses {
        ImageAddresses::Archived => source.archived(),
        ImageAddresses::Origin => source.origin(),
    }
}

//! The text of an article as HTML for the web: what feeds hold.
//!
//! A writer gets it from [`EncodeInput::html`](super::EncodeInput::html), where it is made once for all
//! writers. One that has its own place for pictures and links writes its HTML with [`xhtml`].

use super::ImageAddresses;
use super::xhtml::{self, References, Shown, Style};
use crate::model::{Address, AnchorName, Article, Image, ImageSource};
use memchr::memmem;

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
        let mut html = xhtml::article(article, &WebReferences(addresses), style);
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

/// Feeds show pictures where they are on the web. Width and height are left out: they are known
/// only where the bytes were had, and a text must not change with the state of a cache.
struct WebReferences(ImageAddresses);

impl References for WebReferences {
    fn image(&self, image: &Image) -> Shown {
        match shown_address(&image.source, self.0) {
            Some(address) => Shown::Picture {
                address: address.as_str().to_owned(),
                width: None,
                height: None,
            },
            None => Shown::Missing { link: None },
        }
    }

    /// Readers put many items on one page, where the same name would stand many times.
    fn anchor(&self, _: &AnchorName) -> Option<String> {
        None
    }

    fn fragment(&self, _: &AnchorName) -> Option<String> {
        None
    }
}

/// Where a picture is shown.
pub(super) fn shown_address(source: &ImageSource, addresses: ImageAddresses) -> Option<&Address> {
    match addresses {
        ImageAddresses::Archived => source.archived(),
        ImageAddresses::Origin => source.origin(),
    }
}

//! What the items of all formats have in common.

use super::credit;
use crate::model::{
    Address, Article, Block, CleanText, Image, ImageSource, Original, Pictures, plain_text,
};
use crate::write::xhtml::{self, References, Shown, Style};
use crate::write::{FeedContent, ImageAddresses, Run, Subject};
use memchr::memmem;
use std::collections::HashSet;

/// An item, in no format yet.
pub(in crate::write) struct Item<'article> {
    pub(super) article: &'article Article,
    /// The text, where the item holds it.
    pub(super) html: Option<Html>,
    /// The summary as plain text, never blank.
    pub(super) summary: Option<&'article str>,
    /// The authors; without one, the source or the publication.
    pub(super) authors: Vec<String>,
    /// Tags, none blank.
    pub(super) tags: Vec<&'article str>,
    /// What tells the tags from the same words elsewhere: the archive whose words they are.
    pub(super) vocabulary: Option<String>,
    /// The address of the lead picture, as the text shows it.
    pub(super) lead_image: Option<&'article Address>,
    /// The lead picture, where its bytes were had.
    pub(super) enclosure: Option<Enclosure<'article>>,
    /// All pictures whose bytes were had, each once.
    pub(super) pictures: Vec<Enclosure<'article>>,
}

/// A picture whose bytes were had: its own address, and facts about what that address gave.
#[derive(Clone)]
pub(super) struct Enclosure<'article> {
    pub(super) address: &'article Address,
    pub(super) facts: Original,
    /// What it shows, in words; may be empty.
    pub(super) description: String,
    /// Whose it is: what its caption says, else the agencies that the article ends with.
    pub(super) credit: Option<String>,
}

impl<'article> Item<'article> {
    /// What an article's item holds by the settings.
    pub(in crate::write) fn new(subject: &Subject<'article>) -> Self {
        let settings = &subject.run.settings.feeds;
        let html = match settings.content {
            FeedContent::Full => Html::of(subject.article, settings.image_addresses),
            FeedContent::Summary => None,
        };
        Item {
            html,
            ..Item::short(subject)
        }
    }

    /// The item without the text.
    pub(super) fn short(subject: &Subject<'article>) -> Self {
        let Subject {
            article,
            pictures,
            run,
            ..
        } = *subject;
        let addresses = run.settings.feeds.image_addresses;
        let lead = article.lead_image();
        let all = had(article, pictures);
        Item {
            article,
            html: None,
            summary: Some(article.summary.as_str()).filter(|_| !article.summary.is_blank()),
            authors: authors(article, run),
            tags: article
                .tags
                .iter()
                .filter(|tag| !tag.is_blank())
                .map(CleanText::as_str)
                .collect(),
            vocabulary: run.publication.base.as_ref().map(Address::to_string),
            lead_image: lead.and_then(|image| shown_address(&image.source, addresses)),
            enclosure: lead
                .and_then(|image| image.source.origin())
                .and_then(|origin| all.iter().find(|picture| picture.address == origin))
                .cloned(),
            pictures: all,
        }
    }
}

fn authors(article: &Article, run: &Run<'_>) -> Vec<String> {
    let named: Vec<String> = article
        .authors
        .iter()
        .filter(|author| !author.is_blank())
        .map(CleanText::to_string)
        .collect();
    if !named.is_empty() {
        named
    } else if !article.source.name.is_blank() {
        vec![article.source.name.to_string()]
    } else {
        vec![run.publication.title().to_string()]
    }
}

/// The text of an article as HTML, never blank.
pub(super) struct Html {
    html: String,
    /// Whether it holds what ends a CDATA section.
    ends_sections: bool,
}

impl Html {
    fn of(article: &Article, addresses: ImageAddresses) -> Option<Self> {
        let style = Style {
            classes: false,
            title_level: 1,
        };
        let mut html = xhtml::article(article, &FeedReferences(addresses), style);
        html.truncate(html.trim_end_matches('\n').len());
        (!html.is_empty()).then(|| Html {
            ends_sections: memmem::find(html.as_bytes(), b"]]>").is_some(),
            html,
        })
    }

    pub(super) fn as_str(&self) -> &str {
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
struct FeedReferences(ImageAddresses);

impl References for FeedReferences {
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
    fn anchor(&self, _: &crate::model::AnchorName) -> Option<String> {
        None
    }

    fn fragment(&self, _: &crate::model::AnchorName) -> Option<String> {
        None
    }
}

fn shown_address(source: &ImageSource, addresses: ImageAddresses) -> Option<&Address> {
    match addresses {
        ImageAddresses::Archived => source.archived(),
        ImageAddresses::Origin => source.origin(),
    }
}

/// The pictures of an article whose bytes were had, in reading order, each once.
fn had<'article>(article: &'article Article, pictures: &Pictures) -> Vec<Enclosure<'article>> {
    let mut figures = Vec::new();
    collect_figures(article.body.blocks(), &mut figures);
    let mut seen = HashSet::new();
    figures
        .into_iter()
        .filter_map(|(image, caption)| {
            let address = image.source.origin().filter(|origin| origin.is_web())?;
            let facts = pictures.get(&image.source)?.original;
            let credit = credit(article, &caption);
            let description = if caption.is_empty() {
                image.alternative.trim().to_owned()
            } else {
                caption
            };
            seen.insert(address).then_some(Enclosure {
                address,
                facts,
                description,
                credit,
            })
        })
        .collect()
}

fn credit(article: &Article, caption: &str) -> Option<String> {
    let agencies = || article.credit.as_ref().map(|agencies| agencies.as_str());
    let credit = credit::in_caption(caption).or_else(|| agencies().map(credit::without_brackets));
    credit
        .filter(|credit| !credit.is_empty())
        .map(str::to_owned)
}

fn collect_figures<'body>(blocks: &'body [Block], figures: &mut Vec<(&'body Image, String)>) {
    for block in blocks {
        if let Block::Figure(figure) = block {
            let caption = plain_text(&figure.caption);
            figures.push((&figure.image, caption.trim().to_owned()));
        }
        for group in block.children() {
            collect_figures(group, figures);
        }
    }
}

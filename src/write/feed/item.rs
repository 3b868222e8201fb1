//! What the items of all formats have in common.

use super::credit;
use crate::model::{
    Address, Article, Block, CleanText, Image, Original, Pictures, Timestamp, plain_text,
};
use crate::write::html::{Html, shown_address};
use crate::write::{EncodeInput, FeedContent, FeedSettings, ImageAddresses, Run};
use std::collections::HashSet;

/// An item, in no format yet.
pub(super) struct FeedItem<'article> {
    pub(super) article: &'article Article,
    /// The text, where the item holds it.
    pub(super) html: Option<&'article Html>,
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

/// A picture whose bytes were had: its address as the text shows it, by which programs tell that both
/// are one picture, and facts about the bytes, wherever they were had from.
#[derive(Clone)]
pub(super) struct Enclosure<'article> {
    pub(super) address: &'article Address,
    pub(super) facts: Original,
    /// What it shows, in words; may be empty.
    pub(super) description: String,
    /// Whose it is: what its caption says, else the agencies that the article ends with.
    pub(super) credit: Option<String>,
}

impl<'article> FeedItem<'article> {
    /// What an article's item holds by the settings.
    pub(super) fn new(input: &'article EncodeInput<'_>) -> Self {
        let settings = input.run.settings.get::<FeedSettings>();
        FeedItem {
            html: match settings.content {
                FeedContent::Full => input.html(settings.image_addresses),
                FeedContent::Summary => None,
            },
            ..FeedItem::short(input)
        }
    }

    /// The item without the text.
    pub(super) fn short(input: &'article EncodeInput<'_>) -> Self {
        let EncodeInput {
            article,
            pictures,
            run,
            ..
        } = *input;
        let addresses = run.settings.get::<FeedSettings>().image_addresses;
        let lead = article.lead_image();
        let all = had(article, pictures, addresses);
        let lead_image = lead.and_then(|image| shown_address(&image.source, addresses));
        FeedItem {
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
            lead_image,
            enclosure: lead_image
                .and_then(|address| all.iter().find(|picture| picture.address == address))
                .cloned(),
            pictures: all,
        }
    }
}

/// The last change of an article, where it is not its publication.
pub(super) fn changed(article: &Article) -> Option<Timestamp> {
    article
        .updated
        .filter(|&updated| article.published != Some(updated))
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

/// The pictures of an article whose bytes were had, in reading order, each once.
fn had<'article>(
    article: &'article Article,
    pictures: &Pictures,
    addresses: ImageAddresses,
) -> Vec<Enclosure<'article>> {
    let mut figures = Vec::new();
    collect_figures(article.body.blocks(), &mut figures);
    let mut seen = HashSet::new();
    figures
        .into_iter()
        .filter_map(|(image, caption)| {
            let address = shown_address(&image.source, addresses).filter(|shown| shown.is_web())?;
            let picture = pictures.of(image)?;
            // Facts about another file than the text names would be false.
            let facts = (image.places().get(picture.place) == Some(&image.source))
                .then_some(picture.original)?;
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

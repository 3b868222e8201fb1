//! What stands at the head of a document, and how its articles settle it.

use super::Dialect;
use super::document::{Document, address_of};
use super::item::{FeedItem, changed};
use super::plan::Plan;
use crate::model::{Address, CleanText, Language, Newest, Publication, Timestamp, is_iri};
use crate::write::{FeedSettings, Run, icon};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the head of a document needs to know of an article in it.
#[derive(Clone, Debug)]
pub(super) struct ItemFacts {
    language: Option<Language>,
    rights: Option<CleanText>,
    site: Option<Address>,
    updated: Option<Timestamp>,
    pub(super) uses: Uses,
}

/// Which extensions items use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// An item describes a picture.
    pub(super) media: bool,
    /// An item has a summary beside its text.
    pub(super) content: bool,
    /// An item has changed since it was published.
    pub(super) changed: bool,
}

impl Uses {
    /// What both use together.
    pub(super) fn and(self, other: Uses) -> Uses {
        Uses {
            media: self.media || other.media,
            content: self.content || other.content,
            changed: self.changed || other.changed,
        }
    }
}

impl ItemFacts {
    pub(super) fn of(item: &FeedItem<'_>) -> Self {
        let article = item.article;
        let own_site = || article.address.as_ref().and_then(Address::site);
        ItemFacts {
            language: article.language.clone(),
            rights: article.rights.clone(),
            site: article.source.home.clone().or_else(own_site),
            updated: article.updated.or(article.published),
            uses: Uses {
                media: !item.pictures.is_empty(),
                content: item.html.is_some() && item.summary.is_some(),
                changed: changed(article).is_some(),
            },
        }
    }
}

/// The facts of all articles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    languages: BTreeMap<Language, usize>,
    sites: BTreeMap<Address, usize>,
    rights: Agreement,
    newest: Newest,
}

/// What articles say of their rights.
#[derive(Clone, Debug, Default)]
enum Agreement {
    #[default]
    Unasked,
    On(CleanText),
    None,
}

impl Tally {
    pub(super) fn add(&mut self, facts: &ItemFacts) {
        if let Some(language) = &facts.language {
            *self.languages.entry(language.clone()).or_default() += 1;
        }
        if let Some(site) = &facts.site {
            *self.sites.entry(site.clone()).or_default() += 1;
        }
        self.rights = match (std::mem::take(&mut self.rights), &facts.rights) {
            (Agreement::Unasked, Some(rights)) => Agreement::On(rights.clone()),
            (Agreement::On(before), Some(rights)) if before == *rights => Agreement::On(before),
            _ => Agreement::None,
        };
        self.newest.add(facts.updated);
    }

    fn rights(&self) -> Option<&CleanText> {
        match &self.rights {
            Agreement::On(rights) => Some(rights),
            Agreement::Unasked | Agreement::None => None,
        }
    }
}

/// The key that most articles have; of equals the first in order.
fn most_frequent<K: Ord>(counts: &BTreeMap<K, usize>) -> Option<&K> {
    let most = counts.values().max()?;
    counts
        .iter()
        .find_map(|(key, count)| (count == most).then_some(key))
}

/// What a document says of the whole feed (RFC 5005).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum History {
    /// Nothing.
    Untold,
    /// There are no other items (section 2).
    Complete,
    /// It is an archive document (section 4).
    Archive,
}

/// A link to another document of the same feed, by its relation.
pub(super) struct Relation {
    pub(super) name: &'static str,
    pub(super) address: Address,
}

/// A square picture.
pub(super) struct Icon {
    pub(super) address: Address,
    /// Width and height in pixels.
    pub(super) side: u16,
}

/// The head of a document, in no format yet.
pub(super) struct FeedHead<'run> {
    pub(super) title: String,
    /// An absolute IRI.
    pub(super) id: String,
    /// The page that the feed belongs to.
    pub(super) home: Option<Address>,
    /// The document's own address.
    pub(super) address: Option<Address>,
    pub(super) language: Option<&'run Language>,
    pub(super) rights: Option<&'run CleanText>,
    pub(super) updated: Option<Timestamp>,
    pub(super) author: String,
    pub(super) history: History,
    pub(super) relations: Vec<Relation>,
    pub(super) hubs: &'run [Address],
    pub(super) minutes_to_live: Option<u32>,
    /// The picture that stands for the publication.
    pub(super) icon: Option<Icon>,
    /// Which extensions its items use; none where there is no item.
    pub(super) uses: Option<Uses>,
}

impl<'run> FeedHead<'run> {
    /// The head of the document at a position of the plan.
    pub(super) fn new<D: Dialect>(
        run: &'run Run<'run>,
        plan: &Plan,
        position: usize,
        document: &Document,
        tally: &'run Tally,
        history: History,
        uses: Option<Uses>,
    ) -> Self {
        let publication = run.publication;
        let settings = run.settings.get::<FeedSettings>();
        let address = document.address::<D>(publication);
        let polled = !matches!(document, Document::Archive(_));
        let hubs = if polled && address.is_some() {
            settings.hubs.as_slice()
        } else {
            &[]
        };
        FeedHead {
            title: title(publication, document),
            id: feed_id(publication, document),
            home: home(publication, document, tally),
            language: publication
                .language
                .as_ref()
                .or_else(|| most_frequent(&tally.languages)),
            rights: publication.rights.as_ref().or_else(|| tally.rights()),
            updated: tally.newest.time(),
            author: match &publication.author {
                Some(author) => author.to_string(),
                None => publication.title().to_string(),
            },
            history,
            relations: relations::<D>(publication, plan, position, document),
            hubs,
            address,
            minutes_to_live: settings.minutes_to_live.filter(|_| polled),
            icon: icon(run),
            uses,
        }
    }
}

/// The publication's title; that of a source's feed names the source too.
fn title(publication: &Publication, document: &Document) -> String {
    let title = publication.title().to_string();
    match document {
        Document::Source { name, .. } if !name.trim().is_empty() => format!("{title} – {name}"),
        _ => title,
    }
}

/// The publication's page; without one, and without an address of the outputs, the site that most
/// articles come from. A source's feed belongs to the source. The output folder is no page: nothing
/// stands there that a browser would show.
fn home(publication: &Publication, document: &Document, tally: &Tally) -> Option<Address> {
    let site = || most_frequent(&tally.sites).cloned();
    let own = || publication.homepage.clone();
    match document {
        Document::Source { .. } => site().or_else(own),
        _ if publication.base.is_some() => own(),
        _ => own().or_else(site),
    }
}

/// The publication's icon, where the run makes one that has an address.
fn icon(run: &Run<'_>) -> Option<Icon> {
    let name = run.icon.then(|| icon::name(run.publication))?;
    Some(Icon {
        address: address_of(&name, run.publication)?,
        side: icon::SIDE,
    })
}

/// The chain of archive documents (RFC 5005, section 4). Without a base address there are no links
/// between outputs.
fn relations<D: Dialect>(
    publication: &Publication,
    plan: &Plan,
    position: usize,
    document: &Document,
) -> Vec<Relation> {
    let (previous, next) = plan.neighbours(position);
    let current = matches!(document, Document::Archive(_)).then_some(&Document::Subscription);
    [
        ("current", current),
        ("prev-archive", previous),
        ("next-archive", next),
    ]
    .into_iter()
    .filter_map(|(name, document)| {
        let address = document?.address::<D>(publication)?;
        Some(Relation { name, address })
    })
    .collect()
}

/// The publication's id where it is an absolute IRI, else a UUID made from it. All documents of
/// one feed have the same id; a source's feed has its own.
fn feed_id(publication: &Publication, document: &Document) -> String {
    let id = publication.id.trim();
    let own = match document {
        Document::Source { name, .. } => format!("{id}\n{name}"),
        Document::Subscription | Document::Archive(_)
            if is_iri(id) && url::Url::parse(id).is_ok() =>
        {
            return id.to_owned();
        }
        Document::Subscription | Document::Archive(_) => id.to_owned(),
    };
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_URL, own.as_bytes());
    uuid.urn().to_string()
}

//! Which documents a format has and which articles stand in each (RFC 5005, section 4).

use super::Dialect;
use super::document::{Document, Part};
use super::period::Period;
use super::safe_name;
use crate::model::{ArticleKey, Catalogue, Listed, Selection, Timestamp};
use crate::write::{FeedArchive, FeedSettings, Run, Unit};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// The documents of a format and the way from an article to them. A function of the catalogue
/// and the settings.
pub(super) struct Plan {
    documents: Vec<Document>,
    /// For each document, the number of articles that it would hold if nothing were left out.
    whole: Vec<usize>,
    subscription: Selection,
    /// The articles of the sources' subscriptions; none where sources have none.
    by_source: Option<Selection>,
    /// For each source of the catalogue, the position of its document.
    sources: Vec<Option<usize>>,
    /// The positions of the archive documents, oldest first; the first may be that of undated
    /// articles.
    archives: Vec<usize>,
    /// For each article, the position of its archive document; [`NONE`] where it stands in none.
    archived: Vec<u32>,
}

/// Instead of an archive document: the subscription's position, which no archive document has.
const NONE: u32 = 0;

impl Plan {
    pub(super) fn new<D: Dialect>(run: &Run<'_>) -> Self {
        let (catalogue, settings) = (run.catalogue, run.settings.get::<FeedSettings>());
        let mut plan = Plan {
            documents: vec![Document::Subscription],
            whole: vec![catalogue.len()],
            subscription: newest(catalogue, settings.items),
            by_source: None,
            sources: Vec::new(),
            archives: Vec::new(),
            archived: Vec::new(),
        };
        if settings.by_source {
            plan.add_sources(catalogue, settings.items);
        }
        if D::ARCHIVES && settings.archive != FeedArchive::None {
            plan.add_archives(run);
        }
        plan
    }

    fn add(&mut self, document: Document, whole: usize) -> usize {
        self.documents.push(document);
        self.whole.push(whole);
        self.documents.len() - 1
    }

    fn add_sources(&mut self, catalogue: &Catalogue, items: Option<usize>) {
        let mut counts = vec![0; catalogue.sources().len()];
        for listed in catalogue.iter() {
            if let Some(count) = counts.get_mut(source_of(listed)) {
                *count += 1;
            }
        }
        let folders = safe_name::folders(catalogue.sources());
        for ((name, folder), count) in catalogue.sources().iter().zip(folders).zip(counts) {
            let name = name.clone();
            let document = (count > 0).then(|| self.add(Document::Source { name, folder }, count));
            self.sources.push(document);
        }
        self.by_source = Some(newest_by_source(catalogue, items));
    }

    /// Adds a document for each period that a later period with an article has closed, one for
    /// articles without a date, and one for what has left the subscription of the period that is
    /// still open.
    fn add_archives(&mut self, run: &Run<'_>) {
        let settings = run.settings.get::<FeedSettings>();
        let period_of = |listed: &Listed| {
            let time = listed.published?;
            Period::of(time, run.publication.zone, settings.archive)
        };
        let open = run.catalogue.iter().filter_map(period_of).max();
        // A subscription with a bound may have to leave some of its articles out.
        let keeps = |position| settings.max_bytes.is_none() && self.subscription.contains(position);
        let part_of = |(position, listed): (usize, &Listed)| match period_of(listed) {
            None => Some(Part::Undated),
            Some(period) if Some(period) < open => Some(Part::Closed(period)),
            Some(period) => (!keeps(position)).then_some(Part::Open(period)),
        };
        let parts: Vec<Option<Part>> = run.catalogue.iter().enumerate().map(part_of).collect();
        let mut counts: BTreeMap<Part, usize> = BTreeMap::new();
        for &part in parts.iter().flatten() {
            *counts.entry(part).or_default() += 1;
        }
        let mut documents = BTreeMap::new();
        for (part, count) in counts {
            let document = self.add(Document::Archive(part), count);
            self.archives.push(document);
            documents.insert(part, u32::try_from(document).unwrap_or(NONE));
        }
        let document = |part: Option<Part>| documents.get(&part?).copied();
        let archived = parts.into_iter().map(|part| document(part).unwrap_or(NONE));
        self.archived = archived.collect();
    }

    /// Each document with what it is made of. Its head names its neighbours and tells whether it
    /// holds the whole feed.
    pub(super) fn units<D: Dialect>(&self, run: &Run<'_>) -> Vec<Unit> {
        let mut articles = vec![Vec::new(); self.documents.len()];
        for (position, listed) in run.catalogue.iter().enumerate() {
            for document in self.documents_of(position, listed) {
                if let Some(articles) = articles.get_mut(document) {
                    articles.extend(u32::try_from(position));
                }
            }
        }
        let unit = |((at, document), articles): ((usize, &Document), Vec<u32>)| Unit {
            name: document.name::<D>(),
            context: format!(
                "{:?} {}",
                self.neighbours(at),
                self.is_complete(at, articles.len())
            ),
            articles,
        };
        let documents = self.documents.iter().enumerate();
        documents.zip(articles).map(unit).collect()
    }

    /// The documents, the subscription first.
    pub(super) fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The positions of the documents that an article stands in.
    pub(super) fn documents_of(&self, position: usize, listed: &Listed) -> Vec<usize> {
        let mut documents = Vec::new();
        if self.subscription.contains(position) {
            documents.push(0);
        }
        if self
            .by_source
            .as_ref()
            .is_some_and(|selection| selection.contains(position))
        {
            documents.extend(self.sources.get(source_of(listed)).copied().flatten());
        }
        let archived = self.archived.get(position).filter(|&&at| at != NONE);
        documents.extend(archived.and_then(|&at| usize::try_from(at).ok()));
        documents
    }

    /// Whether a document holds the whole of its feed when it has so many items and there is no
    /// archive beside it.
    pub(super) fn is_complete(&self, document: usize, items: usize) -> bool {
        let archived = document == 0 && !self.archives.is_empty();
        !archived && self.whole.get(document) == Some(&items)
    }

    /// The archive document before a document and the one after it.
    pub(super) fn neighbours(&self, document: usize) -> (Option<&Document>, Option<&Document>) {
        let order = &self.archives;
        let named = |position: usize| self.documents.get(position);
        match (
            self.documents.get(document),
            order.iter().position(|&at| at == document),
        ) {
            (Some(Document::Subscription), _) => (order.last().copied().and_then(named), None),
            (_, Some(place)) => {
                let previous = place.checked_sub(1).and_then(|place| order.get(place));
                let next = order.get(place + 1);
                (
                    previous.copied().and_then(named),
                    next.copied().and_then(named),
                )
            }
            _ => (None, None),
        }
    }
}

fn source_of(listed: &Listed) -> usize {
    usize::try_from(listed.source).unwrap_or(usize::MAX)
}

/// An article on its way into a subscription: the last changed first, those without a date last.
type Ranked = (Reverse<Option<Timestamp>>, ArticleKey, usize);

fn rank((position, listed): (usize, &Listed)) -> Ranked {
    let changed = listed.updated.or(listed.published);
    (Reverse(changed), listed.key, position)
}

/// The first of those that were offered. Its size is bounded, however many there are.
#[derive(Clone, Default)]
struct Foremost(BinaryHeap<Ranked>);

impl Foremost {
    fn offer(&mut self, article: Ranked, most: usize) {
        self.0.push(article);
        if self.0.len() > most {
            self.0.pop();
        }
    }

    fn add_to(self, selection: &mut Selection) {
        for (_, _, position) in self.0 {
            selection.insert(position);
        }
    }
}

fn newest(catalogue: &Catalogue, items: Option<usize>) -> Selection {
    let Some(items) = items.filter(|&items| items < catalogue.len()) else {
        return Selection::all(catalogue.len());
    };
    let mut foremost = Foremost::default();
    for article in catalogue.iter().enumerate().map(rank) {
        foremost.offer(article, items);
    }
    let mut selection = Selection::none(catalogue.len());
    foremost.add_to(&mut selection);
    selection
}

fn newest_by_source(catalogue: &Catalogue, items: Option<usize>) -> Selection {
    let Some(items) = items else {
        return Selection::all(catalogue.len());
    };
    let mut sources = vec![Foremost::default(); catalogue.sources().len()];
    for (position, listed) in catalogue.iter().enumerate() {
        if let Some(foremost) = sources.get_mut(source_of(listed)) {
            foremost.offer(rank((position, listed)), items);
        }
    }
    let mut selection = Selection::none(catalogue.len());
    for foremost in sources {
        foremost.add_to(&mut selection);
    }
    selection
}

//! What a volume sums up from its chapters, for its metadata, title page and colophon.

use super::chapter::Part;
use crate::model::{Address, CleanText, Language, MediaType, Newest, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// The most statements of rights that the colophon lists for one source.
const RIGHTS: usize = 12;
/// The most distinct names that are counted; more than these can't be shown anyway.
const NAMES: usize = 10_000;

/// Sums over the chapters of a volume.
#[derive(Debug, Default)]
pub(super) struct VolumeFacts {
    languages: BTreeMap<Language, usize>,
    authors: BTreeMap<CleanText, usize>,
    tags: BTreeMap<CleanText, usize>,
    sources: BTreeMap<CleanText, SourceFacts>,
    rights: BTreeSet<Option<CleanText>>,
    updated: Newest,
    published: Option<(Timestamp, Timestamp)>,
    articles: usize,
    undescribed: bool,
    animated: bool,
}

/// What a volume has from one source.
#[derive(Debug, Default)]
pub(super) struct SourceFacts {
    pub(super) home: Option<Address>,
    pub(super) articles: usize,
    pub(super) rights: BTreeSet<CleanText>,
}

impl VolumeFacts {
    /// Takes a chapter into account.
    pub(super) fn add(&mut self, part: &Part) {
        self.articles += 1;
        count(&mut self.languages, &part.chapter.language);
        for author in &part.authors {
            count(&mut self.authors, author);
        }
        for tag in &part.tags {
            count(&mut self.tags, tag);
        }
        self.add_source(part);
        if self.rights.len() < 2 {
            self.rights.insert(part.rights.clone());
        }
        self.add_times(part.updated, part.chapter.published);
        self.undescribed |= !part.described;
        let animated = |media_type| media_type == MediaType::Gif;
        self.animated |= part.pictures.iter().any(|one| animated(one.media_type));
    }

    fn add_source(&mut self, part: &Part) {
        let source = self.sources.entry(part.source.name.clone()).or_default();
        source.articles += 1;
        if source.home.is_none() {
            source.home.clone_from(&part.source.home);
        }
        if let Some(rights) = &part.rights
            && source.rights.len() < RIGHTS
        {
            source.rights.insert(rights.clone());
        }
    }

    fn add_times(&mut self, updated: Option<Timestamp>, published: Option<Timestamp>) {
        self.updated.add(updated);
        if let Some(time) = published {
            let (earliest, latest) = self.published.unwrap_or((time, time));
            self.published = Some((earliest.min(time), latest.max(time)));
        }
    }

    /// The number of articles.
    pub(super) fn articles(&self) -> usize {
        self.articles
    }

    /// The languages, the most frequent first.
    pub(super) fn languages(&self) -> Vec<&Language> {
        by_frequency(&self.languages)
    }

    /// The authors, the most frequent first.
    pub(super) fn authors(&self) -> Vec<&CleanText> {
        by_frequency(&self.authors)
    }

    /// The tags, the most frequent first.
    pub(super) fn tags(&self) -> Vec<&CleanText> {
        by_frequency(&self.tags)
    }

    /// The sources that have a name, those of most articles first.
    pub(super) fn sources(&self) -> Vec<(&CleanText, &SourceFacts)> {
        let named = |(name, _): &(&CleanText, &SourceFacts)| !name.is_blank();
        let mut sources: Vec<_> = self.sources.iter().filter(named).collect();
        sources.sort_by_key(|(_, facts)| std::cmp::Reverse(facts.articles));
        sources
    }

    /// The statement of rights that every article carries.
    pub(super) fn common_rights(&self) -> Option<&CleanText> {
        match self.rights.len() {
            1 => self.rights.first()?.as_ref(),
            _ => None,
        }
    }

    /// The time of the last change that can be trusted.
    pub(super) fn modified(&self) -> Option<Timestamp> {
        self.updated.time()
    }

    /// When the first and the last article were published.
    pub(super) fn published(&self) -> Option<(Timestamp, Timestamp)> {
        self.published
    }

    /// Whether each picture has words that stand for it.
    pub(super) fn described(&self) -> bool {
        !self.undescribed
    }

    /// Whether a picture may move or flash.
    pub(super) fn animated(&self) -> bool {
        self.animated
    }
}

fn count<Name: Ord + Clone>(counts: &mut BTreeMap<Name, usize>, name: &Name) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else if counts.len() < NAMES {
        counts.insert(name.clone(), 1);
    }
}

fn by_frequency<Name: Ord>(counts: &BTreeMap<Name, usize>) -> Vec<&Name> {
    let mut names: Vec<_> = counts.iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    names.into_iter().map(|(name, _)| name).collect()
}

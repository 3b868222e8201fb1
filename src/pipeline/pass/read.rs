//! The first stage of the second pass: articles are read and cleaned.

use super::Pass;
use super::passing::{Fate, Passing};
use crate::images::{Candidate, Wanted};
use crate::model::{Article, Image, ImageSource, ShownResources};
use crate::pipeline::guarded::guarded;
use crate::pipeline::scan;
use rayon::prelude::*;

/// An article that was read, and the path of its file.
pub(super) struct ReadArticle {
    pub(super) position: usize,
    pub(super) path: String,
    pub(super) item: Option<(u32, u32)>,
    pub(super) article: Article,
    pub(super) resources: ShownResources,
    pub(super) selectors: Vec<String>,
}

impl Pass<'_, '_> {
    /// Reads and cleans the articles of a window, but those of which every output is kept.
    pub(super) fn read(&self, positions: &[usize]) -> Vec<Passing<ReadArticle>> {
        let articles = positions.par_iter().map(|&position| Passing {
            position,
            fate: self.read_article(position),
        });
        self.pool.install(|| articles.collect())
    }

    /// Reads and cleans one article, if an output is made of it.
    fn read_article(&self, position: usize) -> Fate<ReadArticle> {
        if !self.is_wanted(position) {
            return Fate::Kept;
        }
        let Some(place) = self.listing.place(position) else {
            return Fate::Gone(Vec::new());
        };
        let Some(reader) = self.listing.reader(place) else {
            return Fate::Gone(Vec::new());
        };
        let path = self.listing.path(place);
        let inputs = &self.listing.inputs;
        let cleaned = guarded(&path, || {
            let (entry, warnings) = scan::load(place, inputs, reader, self.settings)?;
            self.listing.found.tell(place, &entry);
            let boilerplate = self.listing.boilerplate(position);
            Ok((
                warnings,
                entry.clean_without(&self.settings.clean, boilerplate),
            ))
        });
        match cleaned {
            Ok((mut warnings, cleaned)) => {
                warnings.extend(cleaned.warnings);
                let read = ReadArticle {
                    position,
                    path,
                    item: place.at.item_and_line(),
                    article: self.settle(cleaned.article, position),
                    resources: cleaned.resources,
                    selectors: cleaned.selectors,
                };
                Fate::Made(read, warnings)
            }
            Err(mut warning) => {
                warning.item = place.at.item();
                Fate::Gone(vec![warning])
            }
        }
    }

    /// Gives an article the identity and the dates that the catalogue settled.
    fn settle(&self, mut article: Article, position: usize) -> Article {
        self.listing.complete(&mut article, position, self.settings);
        if let Some(listed) = self.listing.catalogue.get(position) {
            article.published = listed.published;
            article.published_day = listed.published_day;
            article.updated = listed.updated;
        }
        article
    }
}

impl ReadArticle {
    /// An image that the article shows, as it is asked for.
    pub(super) fn wanted(&self, image: &Image) -> Wanted {
        let resource = |source: &ImageSource| match source {
            ImageSource::Resource { id, .. } => self.resources.get(*id).cloned(),
            ImageSource::Web { .. } => None,
        };
        let candidates = image.candidates.iter().map(|source| Candidate {
            source: source.clone(),
            resource: resource(source),
        });
        Wanted {
            source: image.source.clone(),
            resource: resource(&image.source),
            candidates: candidates.collect(),
            referer: self.article.address.clone(),
            path: self.path.clone(),
            item: self.item,
        }
    }
}

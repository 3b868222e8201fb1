//! The second stage of the second pass: the pictures are had that the articles of a window show.

use super::Pass;
use super::passing::Passing;
use super::read::ReadArticle;
use crate::error::Warning;
use crate::images::{FetchEvent, Purpose, Wanted};
use crate::model::{ImageSource, Pictures};
use crate::pipeline::plan;
use crate::pipeline::state::ArticleNote;
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::Path;

/// An article whose pictures were had.
pub(super) struct PicturedArticle {
    pub(super) read: ReadArticle,
    pub(super) note: Option<Box<ArticleNote>>,
}

/// A window whose pictures were had.
pub(super) struct PicturedWindow {
    pub(super) articles: Vec<Passing<PicturedArticle>>,
    pub(super) pictures: Pictures,
    /// Of pictures that are missing.
    pub(super) warnings: Vec<Warning>,
}

impl Pass<'_, '_> {
    /// Gets the pictures that the articles of a window show.
    pub(super) fn get_pictures(&self, window: Vec<Passing<ReadArticle>>) -> PicturedWindow {
        let articles: Vec<&ReadArticle> = window.iter().filter_map(Passing::content).collect();
        let (pictures, warnings) = self.pictures(&articles);
        let noted = window.into_par_iter().map(|passing| {
            passing.map(|read, warnings| {
                let note = self.is_noted.then(|| self.note(&read, warnings)).flatten();
                PicturedArticle {
                    read,
                    note: note.map(Box::new),
                }
            })
        });
        PicturedWindow {
            articles: self.pool.install(|| noted.collect()),
            pictures,
            warnings,
        }
    }

    /// Gets the pictures that the articles show: their bytes where an output that holds the
    /// article embeds them, else only what is known without the network. Warns of those that are
    /// missing.
    fn pictures(&self, articles: &[&ReadArticle]) -> (Pictures, Vec<Warning>) {
        let (embedded, described): (Vec<&ReadArticle>, Vec<&ReadArticle>) = articles
            .iter()
            .partition(|read| self.embedded.contains(read.position));
        let watcher = |event: FetchEvent<'_>| self.observer.fetching(event);
        let embedded = wanted(&embedded);
        let had = self.images.get_watched(&embedded, Purpose::Embed, &watcher);
        let (mut pictures, mut warnings) = (had.pictures, had.warnings);
        if !described.is_empty() {
            let had = self.images.get(&wanted(&described), Purpose::Describe);
            pictures.extend(had.pictures);
            warnings.extend(had.warnings);
        }
        (pictures, warnings)
    }

    /// What later runs want to know of an article.
    fn note(&self, read: &ReadArticle, warnings: &[Warning]) -> Option<ArticleNote> {
        let listed = self.listing.catalogue.get(read.position)?;
        let purpose = plan::purpose(self.embedded, read.position);
        let mut shown = HashSet::new();
        let images = read.article.body.images();
        let images = images
            .into_iter()
            .filter(|image| shown.insert(&image.source));
        Some(ArticleNote {
            published: listed.published,
            key: listed.key.digest(),
            path: read.path.clone(),
            at: self.listing.place(read.position)?.at,
            address: read
                .article
                .address
                .as_ref()
                .map(|address| address.as_str().to_owned()),
            facts: self.listing.facts(read.position)?,
            warnings: warnings.to_vec(),
            absent: read.resources.absent().map(absolute).collect(),
            images: images
                .map(|image| self.images.seen(&read.wanted(image), purpose))
                .collect(),
            selectors: read.selectors.clone(),
        })
    }
}

/// A path that means the same wherever the user stands.
fn absolute(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.to_string_lossy().into_owned()
}

/// The distinct images of some articles, in the order in which they are shown.
fn wanted(articles: &[&ReadArticle]) -> Vec<Wanted> {
    let mut seen: HashSet<&[ImageSource]> = HashSet::new();
    let mut wanted = Vec::new();
    for read in articles {
        for image in read.article.body.images() {
            if seen.insert(image.places()) {
                wanted.push(read.wanted(image));
            }
        }
    }
    wanted
}

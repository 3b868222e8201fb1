//! The third stage of the second pass: articles are encoded for every writer.

use super::Pass;
use super::passing::{Fate, Passing};
use super::pictures::{PicturedArticle, PicturedWindow};
use crate::error::{Result, Warning};
use crate::model::{Address, Pictures};
use crate::pipeline::guarded::guarded;
use crate::pipeline::state::ArticleNote;
use crate::write::{EncodeInput, EncodedPart};
use rayon::prelude::*;

/// An article's parts for all writers.
pub(super) struct EncodedArticle<'writers> {
    pub(super) parts: Vec<Box<dyn EncodedPart + 'writers>>,
    pub(super) note: Option<Box<ArticleNote>>,
    pub(super) address: Option<Address>,
    pub(super) selectors: Vec<String>,
}

/// A window that waits to be appended.
pub(super) struct EncodedWindow<'writers> {
    pub(super) articles: Vec<Passing<EncodedArticle<'writers>>>,
    pub(super) warnings: Vec<Warning>,
}

impl Pass<'_, '_> {
    /// Encodes the articles of a window for every writer. The trees are dropped here, in the
    /// workers: so many pieces take as long to drop as some stages take.
    pub(super) fn encode(&self, window: PicturedWindow) -> Result<EncodedWindow<'_>> {
        let PicturedWindow {
            articles,
            pictures,
            warnings,
        } = window;
        let encoded = articles
            .into_par_iter()
            .map(|passing| self.encode_article(passing, &pictures));
        Ok(EncodedWindow {
            articles: self.pool.install(|| encoded.collect::<Result<_>>())?,
            warnings,
        })
    }

    /// Encodes an article for every writer that wants it. One that makes a writer panic is left out
    /// of all outputs, so that they agree on what they hold.
    fn encode_article(
        &self,
        passing: Passing<PicturedArticle>,
        pictures: &Pictures,
    ) -> Result<Passing<EncodedArticle<'_>>> {
        let position = passing.position;
        let fate = match passing.fate {
            Fate::Kept => Fate::Kept,
            Fate::Gone(warnings) => Fate::Gone(warnings),
            Fate::Made(PicturedArticle { read, note }, mut warnings) => {
                let input = EncodeInput::new(&read.article, position, pictures, self.run);
                match guarded(&read.path, || Ok(self.parts(&input))) {
                    Ok(parts) => Fate::Made(
                        EncodedArticle {
                            parts: parts?,
                            note,
                            address: read.article.address.clone(),
                            selectors: read.selectors,
                        },
                        warnings,
                    ),
                    Err(warning) => {
                        warnings.push(warning);
                        Fate::Gone(warnings)
                    }
                }
            }
        };
        Ok(Passing { position, fate })
    }

    fn parts(&self, input: &EncodeInput<'_>) -> Result<Vec<Box<dyn EncodedPart + '_>>> {
        let writers = self.writers.iter();
        let wanting = writers.filter(|writer| writer.run.wants(input.position));
        wanting.map(|writer| writer.run.encode(input)).collect()
    }
}

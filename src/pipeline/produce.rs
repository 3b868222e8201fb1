//! Making the outputs that are not kept: the articles go through the second pass, and every writer ends its
//! outputs, which are not yet put in place.

use super::listing::Listing;
use super::pass::{ActiveWriter, Pass};
use super::plan::Plan;
use super::selectors::Selectors;
use super::state::State;
use crate::config::Settings;
use crate::error::{Code, Error, Result};
use crate::images::ImageStore;
use crate::report::{Observer, Report, Stage};
use crate::write::{Output, OutputFolder, Run};
use rayon::ThreadPool;
use rayon::prelude::*;

/// Everything that outputs are made of and with.
pub(super) struct Production<'made> {
    pub plan: &'made Plan<'made>,
    pub run: &'made Run<'made>,
    pub folder: &'made OutputFolder,
    pub listing: &'made Listing<'made>,
    pub images: &'made ImageStore,
    pub settings: &'made Settings,
    pub observer: &'made dyn Observer,
    pub pool: &'made ThreadPool,
}

impl Production<'_> {
    /// The outputs, each with its writer's name.
    ///
    /// # Errors
    /// The first that a writer meets; and where no article is left.
    pub fn outputs(
        &self,
        state: &mut State,
        report: &mut Report,
    ) -> Result<Vec<(&'static str, Output)>> {
        let active = self.active()?;
        let held = |position: &usize| self.plan.articles.contains(*position);
        let positions: Vec<usize> = (0..self.run.catalogue.len()).filter(held).collect();
        let pass = Pass {
            run: self.run,
            listing: self.listing,
            images: self.images,
            settings: self.settings,
            writers: &active,
            embedded: &self.plan.embedded,
            observer: self.observer,
            pool: self.pool,
            is_noted: state.is_kept(),
        };
        let wanted = pass.wanted(&positions);
        if wanted > 0 {
            self.observer.begin(Stage::Articles, wanted);
        }
        state.rewind_to_articles();
        let mut selectors = Selectors::of(&self.settings.clean.sites);
        let there = pass.take(&positions, state, &mut selectors, &mut report.warnings)?;
        report.warnings.extend(selectors.warnings());
        report.articles.written = there as u64;
        if there == 0 && !positions.is_empty() {
            return Err(all_gone(report));
        }
        if wanted > 0 {
            self.observer.end(Stage::Articles);
        }
        self.observer.begin(Stage::Writing, active.len() as u64);
        self.pool.install(|| finish(active, self.observer))
    }

    /// The writers that have something to make, with their outputs begun.
    fn active(&self) -> Result<Vec<ActiveWriter<'_>>> {
        let works = self.plan.works.iter();
        let begun = works.map(|(writer, selection)| {
            let run = writer.begin(self.run, self.folder, selection.clone())?;
            let format = writer.format().name;
            Ok(ActiveWriter { run, format })
        });
        begun.collect()
    }
}

/// Ends the outputs of all writers, side by side.
fn finish(
    writers: Vec<ActiveWriter<'_>>,
    observer: &dyn Observer,
) -> Result<Vec<(&'static str, Output)>> {
    let finished: Vec<Result<Vec<(&'static str, Output)>>> = writers
        .into_par_iter()
        .map(|writer| {
            let outputs = writer.run.finish()?;
            observer.advance(Stage::Writing, 1);
            Ok(outputs
                .into_iter()
                .map(|output| (writer.format, output))
                .collect())
        })
        .collect();
    let mut outputs = Vec::new();
    for of_writer in finished {
        outputs.extend(of_writer?);
    }
    Ok(outputs)
}

/// Every article was there when the run began, and none is now: somebody moves the archive. Better
/// no outputs than empty ones.
fn all_gone(report: &Report) -> Error {
    let mut warnings = report.warnings.iter().rev();
    let last = warnings.find(|warning| warning.code == Code::FileUnreadable);
    Error::NoInput {
        message: match last {
            Some(last) => format!("no article could be read a second time: {last}"),
            None => "no article could be read a second time".to_owned(),
        },
        hint: "the archive changed during the run: run again; earlier outputs are untouched"
            .to_owned(),
    }
}

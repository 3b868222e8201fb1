//! Bars on a terminal, one line a stage in a log.

use super::diagnostics::Terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use offprint::{Observer, Stage};
use std::sync::Mutex;

/// A bar for the stage that is under way.
pub struct Bars {
    shown: bool,
    bar: Mutex<Option<(Stage, ProgressBar)>>,
}

impl Bars {
    /// Bars that move only where somebody looks.
    pub fn new(terminal: &Terminal) -> Self {
        Bars {
            shown: terminal.shows_progress(),
            bar: Mutex::new(None),
        }
    }

    /// Takes the last bar off the screen.
    pub fn finish(&self) {
        if let Some((_, bar)) = self.lock().take() {
            bar.finish_and_clear();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(Stage, ProgressBar)>> {
        self.bar
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Listing => "listing",
        Stage::Articles => "articles",
        Stage::Images => "images",
        Stage::Writing => "writing",
    }
}

impl Observer for Bars {
    fn begin(&self, stage: Stage, total: u64) {
        if !self.shown {
            return;
        }
        self.finish();
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
        let template = "{prefix:>9} {bar:32.cyan/blue} {pos}/{len} {elapsed:.dim}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.set_prefix(name(stage));
        *self.lock() = Some((stage, bar));
    }

    fn advance(&self, stage: Stage, amount: u64) {
        if let Some((shown, bar)) = self.lock().as_ref()
            && *shown == stage
        {
            bar.inc(amount);
        }
    }

    fn end(&self, _stage: Stage) {
        self.finish();
    }
}

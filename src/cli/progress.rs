//! How far a run is: bars on a terminal, one line a stage in a log.

use super::diagnostics::{Terminal, write_all};
use super::summary::size;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use offprint::images::Fetching;
use offprint::{Observer, Stage};
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Shows how far a run is.
pub struct Progress(Option<Mutex<Shown>>);

/// Where it is shown.
enum Shown {
    Bars(Bars),
    Lines(Lines),
}

impl Progress {
    /// Bars where somebody looks, lines where nobody does, nothing where nothing may be said.
    pub fn new(terminal: &Terminal) -> Self {
        let shown = if terminal.is_interactive() {
            Shown::Bars(Bars::new(terminal.colors()))
        } else {
            Shown::Lines(Lines::default())
        };
        Progress((!terminal.is_quiet()).then(|| Mutex::new(shown)))
    }

    /// Takes what moves off the screen.
    pub fn finish(&self) {
        self.tell(Bars::clear, |_| {});
    }

    fn tell(&self, bars: impl FnOnce(&mut Bars), lines: impl FnOnce(&mut Lines)) {
        let Some(shown) = &self.0 else {
            return;
        };
        let mut shown: MutexGuard<'_, Shown> = shown.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *shown {
            Shown::Bars(shown) => bars(shown),
            Shown::Lines(shown) => lines(shown),
        }
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage, total: u64) {
        self.tell(|bars| bars.begin(stage, total), |lines| lines.begin(total));
    }

    fn advance(&self, _stage: Stage, amount: u64) {
        self.tell(|bars| bars.advance(amount), |_| {});
    }

    fn end(&self, stage: Stage) {
        self.tell(Bars::clear, |lines| lines.end(stage));
    }

    fn fetching(&self, event: Fetching<'_>) {
        self.tell(
            |bars| bars.fetching(event),
            |lines| lines.fetched.add(event),
        );
    }
}

/// What happens in a stage.
fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Listing => "reading",
        Stage::Articles => "encoding",
        Stage::Writing => "writing",
    }
}

/// What was downloaded so far.
#[derive(Default)]
struct Fetched {
    wanted: u64,
    bytes: u64,
    hosts: HashSet<String>,
}

impl Fetched {
    fn add(&mut self, event: Fetching<'_>) {
        match event {
            Fetching::Wanted(pictures) => self.wanted += pictures,
            Fetching::Received { host, bytes } => {
                self.bytes += bytes;
                if !self.hosts.contains(host) {
                    self.hosts.insert(host.to_owned());
                }
            }
            Fetching::Settled => {}
        }
    }
}

/// One line for each stage, when it is over.
#[derive(Default)]
struct Lines {
    total: u64,
    start: Option<Instant>,
    fetched: Fetched,
}

impl Lines {
    fn begin(&mut self, total: u64) {
        self.total = total;
        self.start = Some(Instant::now());
    }

    fn end(&mut self, stage: Stage) {
        if stage == Stage::Articles && self.fetched.wanted > 0 {
            let Fetched {
                wanted,
                bytes,
                hosts,
            } = &self.fetched;
            write_all(&format!(
                "fetching  {}, {} from {}\n",
                counted(*wanted, "image"),
                size(*bytes),
                counted(hosts.len() as u64, "host"),
            ));
        }
        let what = match stage {
            Stage::Listing => counted(self.total, "file"),
            Stage::Articles => counted(self.total, "article"),
            Stage::Writing => "outputs".to_owned(),
        };
        let elapsed = self.start.map(|start| start.elapsed()).unwrap_or_default();
        let seconds = elapsed.as_secs_f64();
        write_all(&format!("{:<9} {what} ({seconds:.1} s)\n", verb(stage)));
    }
}

fn counted(number: u64, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

/// A bar for the stage under way, and one below it for the downloads that it waits for.
struct Bars {
    screen: MultiProgress,
    colors: bool,
    stage: Option<ProgressBar>,
    fetching: Option<ProgressBar>,
    bytes: u64,
}

impl Bars {
    fn new(colors: bool) -> Self {
        Bars {
            screen: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            colors,
            stage: None,
            fetching: None,
            bytes: 0,
        }
    }

    fn begin(&mut self, stage: Stage, total: u64) {
        self.clear();
        self.stage = Some(self.bar(verb(stage), total));
    }

    fn advance(&self, amount: u64) {
        self.stage.iter().for_each(|bar| bar.inc(amount));
    }

    fn clear(&mut self) {
        let bars = self.fetching.take().into_iter().chain(self.stage.take());
        bars.for_each(|bar| bar.finish_and_clear());
    }

    fn fetching(&mut self, event: Fetching<'_>) {
        match (event, &self.fetching) {
            (Fetching::Wanted(pictures), None) => {
                self.fetching = Some(self.bar("fetching", pictures));
            }
            (Fetching::Wanted(pictures), Some(bar)) => bar.inc_length(pictures),
            (Fetching::Received { host, bytes }, Some(bar)) => {
                self.bytes += bytes;
                bar.set_message(format!("{}  {host}", size(self.bytes)));
            }
            (Fetching::Settled, Some(bar)) => bar.inc(1),
            (Fetching::Received { .. } | Fetching::Settled, None) => {}
        }
    }

    /// A bar below those that are shown. It moves by itself, so that a slow server does not look
    /// like a standstill.
    fn bar(&self, verb: &str, total: u64) -> ProgressBar {
        const PULSE: Duration = Duration::from_millis(200);
        let bar = self.screen.add(ProgressBar::new(total));
        let template = if self.colors {
            "{prefix:<9} {bar:30.cyan/blue} {pos}/{len}  {elapsed:.dim}  {wide_msg}"
        } else {
            "{prefix:<9} {bar:30} {pos}/{len}  {elapsed}  {wide_msg}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.set_prefix(verb.to_owned());
        bar.enable_steady_tick(PULSE);
        bar
    }
}

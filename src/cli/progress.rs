//! How far a run is: bars on a terminal; in a log one line a stage, and a sign of life while it waits
//! for servers.

use super::diagnostics::{Terminal, write_all};
use super::summary::size;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use offprint::{FetchEvent, Observer, Stage};
use std::collections::HashSet;
use std::env;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often a log is told that downloads are under way: often enough for services that end what
/// says nothing for some minutes.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The same in milliseconds, for the tests.
const SIGN_OF_LIFE_VARIABLE: &str = "_OFFPRINT_SIGN_OF_LIFE";

/// Shows how far a run is.
pub struct Progress {
    shown: Option<Arc<Mutex<Display>>>,
    /// The thread that shows signs of life, begun with the first download, ends with it.
    alive: OnceLock<Sender<()>>,
}

/// Where it is shown.
enum Display {
    Bars(Bars),
    Lines(Lines),
}

impl Progress {
    /// Bars where somebody looks, lines where nobody does, nothing where nothing may be said.
    pub fn new(terminal: &Terminal) -> Self {
        if terminal.is_quiet() {
            return Progress {
                shown: None,
                alive: OnceLock::new(),
            };
        }
        let shown = if terminal.is_interactive() {
            Display::Bars(Bars::new(terminal.colors()))
        } else {
            Display::Lines(Lines::default())
        };
        Progress {
            shown: Some(Arc::new(Mutex::new(shown))),
            alive: OnceLock::new(),
        }
    }

    /// Takes what moves off the screen.
    pub fn finish(&self) {
        self.tell(Bars::clear, |_| {});
    }

    /// Begins to show signs of life, once: most runs download nothing and need no thread for it.
    fn begin_signs_of_life(&self) {
        if let Some(shown) = &self.shown {
            self.alive
                .get_or_init(|| show_signs_of_life(Arc::clone(shown)));
        }
    }

    fn tell(&self, bars: impl FnOnce(&mut Bars), lines: impl FnOnce(&mut Lines)) {
        let Some(shown) = &self.shown else {
            return;
        };
        match &mut *locked(shown) {
            Display::Bars(shown) => bars(shown),
            Display::Lines(shown) => lines(shown),
        }
    }
}

/// Tells a log, every now and then, how far the downloads are, until the sender is dropped. Bars move
/// by themselves. Where the system has no thread for it, the log does without.
fn show_signs_of_life(shown: Arc<Mutex<Display>>) -> Sender<()> {
    let milliseconds = env::var(SIGN_OF_LIFE_VARIABLE).ok();
    let interval = milliseconds
        .and_then(|text| text.parse().ok())
        .map_or(SIGN_OF_LIFE, Duration::from_millis);
    let (sender, receiver) = mpsc::channel();
    let _ = thread::Builder::new().spawn(move || {
        while receiver.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
            if let Display::Lines(lines) = &mut *locked(&shown) {
                lines.show_sign_of_life();
            }
        }
    });
    sender
}

fn locked(shown: &Mutex<Display>) -> MutexGuard<'_, Display> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn fetching(&self, event: FetchEvent<'_>) {
        self.tell(
            |bars| bars.fetching(event),
            |lines| {
                self.begin_signs_of_life();
                lines.fetching(event);
            },
        );
    }
}

/// What happens in a stage.
fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Listing => "reading",
        Stage::Articles => "encoding",
        _ => "writing",
    }
}

/// What is said of a host, or of the network, that is asked no more.
fn given_up(event: FetchEvent<'_>) -> Option<String> {
    match event {
        FetchEvent::HostGivenUp {
            host,
            failures,
            reason,
        } => Some(format!(
            "fetching  {host} given up after {} in a row: {reason}",
            counted(failures.into(), "failure"),
        )),
        FetchEvent::NetworkGivenUp { hosts, failures } => Some(format!(
            "fetching  network given up: {} at {} and no answer",
            counted(failures.into(), "failure"),
            counted(hosts.into(), "host"),
        )),
        _ => None,
    }
}

/// What was downloaded so far.
#[derive(Default)]
struct Fetched {
    wanted: u64,
    settled: u64,
    bytes: u64,
    hosts: HashSet<String>,
}

impl Fetched {
    fn add(&mut self, event: FetchEvent<'_>) {
        match event {
            FetchEvent::Wanted(pictures) => self.wanted += pictures,
            FetchEvent::Received { host, bytes } => {
                self.bytes += bytes;
                if !self.hosts.contains(host) {
                    self.hosts.insert(host.to_owned());
                }
            }
            FetchEvent::Settled => self.settled += 1,
            _ => {}
        }
    }

    /// How much came, and from how many hosts.
    fn amount(&self) -> String {
        let hosts = counted(self.hosts.len() as u64, "host");
        format!("{} from {hosts}", size(self.bytes))
    }
}

/// One line for each stage, when it is over; and lines while it waits for downloads.
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

    fn fetching(&mut self, event: FetchEvent<'_>) {
        self.fetched.add(event);
        if let Some(line) = given_up(event) {
            write_all(&format!("{line}\n"));
        }
    }

    /// Says how far the downloads are, while some are under way.
    fn show_sign_of_life(&self) {
        let Fetched {
            wanted, settled, ..
        } = self.fetched;
        if settled < wanted {
            write_all(&format!(
                "fetching  {settled} of {}, {}\n",
                counted(wanted, "image"),
                self.fetched.amount(),
            ));
        }
    }

    fn end(&mut self, stage: Stage) {
        if stage == Stage::Articles && self.fetched.wanted > 0 {
            write_all(&format!(
                "fetching  {}, {}\n",
                counted(self.fetched.wanted, "image"),
                self.fetched.amount(),
            ));
        }
        let what = match stage {
            Stage::Listing => counted(self.total, "file"),
            Stage::Articles => counted(self.total, "article"),
            _ => "outputs".to_owned(),
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

    fn fetching(&mut self, event: FetchEvent<'_>) {
        if let Some(line) = given_up(event) {
            let _ = self.screen.println(line);
        }
        match (event, &self.fetching) {
            (FetchEvent::Wanted(pictures), None) => {
                self.fetching = Some(self.bar("fetching", pictures));
            }
            (FetchEvent::Wanted(pictures), Some(bar)) => bar.inc_length(pictures),
            (FetchEvent::Received { host, bytes }, Some(bar)) => {
                self.bytes += bytes;
                bar.set_message(format!("{}  {host}", size(self.bytes)));
            }
            (FetchEvent::Settled, Some(bar)) => bar.inc(1),
            _ => {}
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

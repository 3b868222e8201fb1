//! `offprint pull`: the archive grows by itself.

use super::args::Pull;
use super::diagnostics::{Terminal, write_all};
use super::output::{print, replace};
use super::{DONE, FAILED, LOSSES, Outcome};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use offprint::command::pull::{Counts, FeedReport, FeedStatus, Observer, PullReport, PullSettings};
use offprint::model::Timestamp;
use offprint::{Error, FetchEvent, Registry, command, settings};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Saves what is new and says what happened.
pub fn run(mut arguments: Pull, terminal: &Terminal) -> Outcome {
    let file = settings::load(arguments.config.as_deref(), &Registry::standard())?;
    let names = std::mem::take(&mut arguments.names);
    let (opml, links) = (
        std::mem::take(&mut arguments.opml),
        std::mem::take(&mut arguments.links),
    );
    let now = time(arguments.now)?;
    let mut settings = command::pull::resolve_pull(arguments.into_options().or(file), names, now)?;
    // Lists on the command line come to those of the file.
    settings.pull.opml.extend(opml);
    settings.pull.links.extend(links);
    let progress = Progress::new(terminal);
    let pulled = command::pull::pull(&settings, &progress);
    progress.finish();
    let report = pulled?;
    terminal.warnings(&report.warnings);
    write_report(&report, &settings)?;
    terminal.say(&summary(&report, &settings, terminal.verbose()));
    let is_loss = report.warnings.iter().any(|warning| warning.code.is_loss());
    Ok(if report.is_failure() {
        FAILED
    } else if settings.strict && is_loss {
        LOSSES
    } else {
        DONE
    })
}

/// The time of the run.
fn time(given: Option<i64>) -> Result<Timestamp, Error> {
    let clock = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    };
    let time = given.or_else(clock).and_then(Timestamp::from_millis);
    time.ok_or_else(|| {
        Error::configuration(
            "the clock tells no time that can be used",
            "set the clock of this machine",
        )
    })
}

fn write_report(report: &PullReport, settings: &PullSettings) -> Result<(), Error> {
    let Some(path) = &settings.report else {
        return Ok(());
    };
    let failed = |source| Error::File {
        path: path.clone(),
        source,
        hint: "the articles are saved; name another file with --report FILE",
    };
    let json = serde_json::to_string_pretty(report).map_err(|error| failed(error.into()))?;
    let json = json + "\n";
    if path == Path::new("-") {
        return print(json.as_bytes());
    }
    replace(path, json.as_bytes()).map_err(failed)
}

/// What a pull did, in a few lines.
fn summary(report: &PullReport, settings: &PullSettings, verbose: bool) -> String {
    let feeds = &report.feeds;
    let mut text = format!("feeds     {} read", feeds.read);
    for (number, words) in [
        (feeds.unchanged, "unchanged"),
        (feeds.waiting, "not to be asked yet"),
        (feeds.failed, "failed"),
        (feeds.gone, "gone"),
    ] {
        if number > 0 {
            text += &format!(", {number} {words}");
        }
    }
    text += &format!("\narticles  {}\n", counts(&report.articles));
    if !report.warnings.is_empty() {
        text += &format!("warnings  {}\n", report.warnings.len());
    }
    if verbose || settings.pull.dry_run {
        for file in &report.saved {
            text += &format!("          {}\n", settings.pull.folder.join(file).display());
        }
    }
    let seconds = report.seconds;
    text += &match settings.pull.dry_run {
        true => format!("nothing was saved: this was a dry run ({seconds:.1} s)\n"),
        false => format!(
            "saved in  {} ({seconds:.1} s)\n",
            settings.pull.folder.display()
        ),
    };
    text
}

fn counts(counts: &Counts) -> String {
    let mut text = format!("{} saved", counts.saved);
    for (number, words) in [
        (counts.editions, "changed"),
        (counts.known, "known"),
        (counts.left_out, "left out"),
    ] {
        if number > 0 {
            text += &format!(", {number} {words}");
        }
    }
    text
}

/// How far a pull is: a bar on a terminal, a line a feed in a log.
struct Progress {
    shown: Display,
}

enum Display {
    Nothing,
    Lines,
    Bar(Mutex<ProgressBar>),
}

impl Progress {
    fn new(terminal: &Terminal) -> Self {
        let shown = if terminal.is_quiet() {
            Display::Nothing
        } else if terminal.is_interactive() {
            const PULSE: Duration = Duration::from_millis(200);
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            let template = "{prefix:<9} {bar:30} {pos}/{len}  {elapsed}  {wide_msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar.set_prefix("pulling");
            bar.enable_steady_tick(PULSE);
            Display::Bar(Mutex::new(bar))
        } else {
            Display::Lines
        };
        Progress { shown }
    }

    fn bar(&self, tell: impl FnOnce(&ProgressBar)) {
        if let Display::Bar(bar) = &self.shown
            && let Ok(bar) = bar.lock()
        {
            tell(&bar);
        }
    }

    fn finish(&self) {
        self.bar(ProgressBar::finish_and_clear);
    }
}

impl Observer for Progress {
    fn begin(&self, total: u64) {
        self.bar(|bar| bar.set_length(total));
    }

    fn done(&self, feed: &FeedReport) {
        self.bar(|bar| bar.inc(1));
        if matches!(self.shown, Display::Lines) {
            write_all(&format!("{}\n", line(feed)));
        }
    }

    fn fetching(&self, event: FetchEvent<'_>) {
        if let FetchEvent::Received { host, .. } = event {
            self.bar(|bar| bar.set_message(host.to_owned()));
        }
    }
}

/// A line of a log: what came of a feed.
fn line(feed: &FeedReport) -> String {
    let name = feed.name.replace(char::is_control, "\u{fffd}");
    let what = match feed.status {
        FeedStatus::Read => counts(&feed.articles),
        FeedStatus::Unchanged => "unchanged".to_owned(),
        FeedStatus::Waiting => "not to be asked yet".to_owned(),
        FeedStatus::Failed => format!("failed: {}", feed.reason.as_deref().unwrap_or_default()),
        FeedStatus::Gone => "gone".to_owned(),
    };
    format!("pulling   {name}: {what}")
}

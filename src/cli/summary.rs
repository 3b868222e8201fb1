//! What a run did, in a few lines for people.

use offprint::report::OutputReport;
use offprint::{Report, Settings};

/// The summary of a run.
pub fn of(report: &Report, settings: &Settings) -> String {
    let mut lines = vec![articles(report), images(report)];
    lines.extend(warnings(report));
    lines.extend(outputs(report));
    lines.extend(removed(report, settings));
    lines.push(ending(report, settings));
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| line + "\n")
        .collect()
}

fn articles(report: &Report) -> String {
    let counts = &report.articles;
    let mut line = format!("articles  {} read", counts.read);
    for (number, word) in [
        (counts.duplicates, "duplicate"),
        (counts.skipped, "skipped"),
    ] {
        if number > 0 {
            line += &format!(", {number} {word}");
        }
    }
    line + &format!(", {} written", counts.written)
}

fn images(report: &Report) -> String {
    let counts = &report.images;
    let mut line = format!("images    {} embedded", counts.embedded);
    for (number, words) in [
        (counts.from_mirror, "from the mirror"),
        (counts.from_cache, "from the cache"),
        (counts.fetched, "downloaded"),
        (counts.missing, "missing"),
    ] {
        if number > 0 {
            line += &format!(", {number} {words}");
        }
    }
    line
}

fn warnings(report: &Report) -> Option<String> {
    (!report.warnings.is_empty()).then(|| format!("warnings  {}", report.warnings.len()))
}

/// As many unchanged outputs are listed; more are counted, for who looks at a run wants to see what
/// it changed.
const UNCHANGED_LISTED: usize = 12;

fn outputs(report: &Report) -> Vec<String> {
    let unchanged = report
        .outputs
        .iter()
        .filter(|output| !output.changed)
        .count();
    let all = unchanged <= UNCHANGED_LISTED;
    let listed = || report.outputs.iter().filter(|output| all || output.changed);
    let width = listed().map(|output| output.path.chars().count()).max();
    let mut lines: Vec<String> = listed()
        .map(|output| line(output, width.unwrap_or(0)))
        .collect();
    if !all {
        lines.push(format!("          {unchanged} outputs unchanged"));
    }
    lines
}

fn line(output: &OutputReport, width: usize) -> String {
    let mark = match (output.changed, &output.reason) {
        (false, _) => "  unchanged".to_owned(),
        (true, None) => String::new(),
        (true, Some(reason)) => format!("  would change: {reason}"),
    };
    let pad = " ".repeat(width - output.path.chars().count().min(width));
    format!(
        "          {}{pad}  {:>9}{mark}",
        output.path,
        size(output.bytes)
    )
}

/// Every output that was removed: what is gone is never only counted.
fn removed(report: &Report, settings: &Settings) -> Vec<String> {
    let mark = if settings.dry_run {
        "would be removed"
    } else {
        "removed"
    };
    let removed = report.removed.iter();
    removed
        .map(|path| format!("          {path}  {mark}"))
        .collect()
}

/// How a run ended, in a line.
pub fn ending(report: &Report, settings: &Settings) -> String {
    let seconds = report.seconds;
    if report.outputs.is_empty() {
        let reason = if settings.filter.takes_all() {
            "no article lies in the period"
        } else {
            "the period and the patterns of [select] leave no article"
        };
        return format!("nothing to write: {reason} ({seconds:.1} s)");
    }
    match (report.has_changes(), settings.dry_run) {
        (false, _) => format!("nothing changed ({seconds:.1} s)"),
        (true, true) => format!("nothing written: this was a dry run ({seconds:.1} s)"),
        (true, false) => format!("written in {seconds:.1} s"),
    }
}

/// A number of bytes for people, in powers of 1000.
#[allow(clippy::cast_precision_loss, reason = "three digits are shown")]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

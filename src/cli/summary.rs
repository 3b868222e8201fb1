//! What a run did, in a few lines for people.

use offprint::command::seems_to_be;
use offprint::{JoinedReport, OutputReport, Report, Settings};
use std::collections::BTreeMap;
use std::path::Path;

/// The summary of a run.
pub fn of(report: &Report, settings: &Settings, verbose: bool) -> String {
    let mut lines = vec![articles(report), images(report)];
    lines.extend(warnings(report, verbose));
    lines.extend(passed_over(report, verbose));
    lines.extend(joined(report, verbose));
    lines.extend(boilerplate(report, verbose));
    lines.extend(outputs(report, verbose));
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
        (counts.passed_over, "passed over"),
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

fn warnings(report: &Report, verbose: bool) -> Option<String> {
    let all = &report.warnings;
    let repeated = all.iter().filter(|warning| warning.is_repeated).count();
    let mut line = format!("warnings  {}", all.len());
    if repeated > 0 {
        line += &format!(", {repeated} of them of unchanged articles and told before");
        line += if verbose { "" } else { "; --verbose shows all" };
    }
    (!all.is_empty()).then_some(line)
}

/// The files that no reader takes, where everything is to be shown.
fn passed_over(report: &Report, verbose: bool) -> Vec<String> {
    let files = report.passed_over.iter().filter(|_| verbose);
    let line = |path: &String| {
        let Some(seeming) = seems_to_be(Path::new(path)) else {
            return format!("          {path}  passed over");
        };
        let count = match seeming.addresses {
            None | Some(0) => String::new(),
            Some(1) => " with 1 address".to_owned(),
            Some(count) => format!(" with {count} addresses"),
        };
        format!("          {path}  passed over: {}{count}", seeming.kind.one)
    };
    files.map(line).collect()
}

/// The files that hold one article, where everything is to be shown.
fn joined(report: &Report, verbose: bool) -> Vec<String> {
    let joined = report.joined.iter().filter(|_| verbose);
    let line = |joined: &JoinedReport| {
        let others = joined.others.join(", ");
        format!("          {}  stands for {others}", joined.kept)
    };
    joined.map(line).collect()
}

/// What sources say at the ends of their articles: how many do, or what each says.
fn boilerplate(report: &Report, verbose: bool) -> Vec<String> {
    let count = match report.boilerplate.len() {
        0 => return Vec::new(),
        1 => "what 1 source says".to_owned(),
        sources => format!("what {sources} sources say"),
    };
    let more = if verbose { "" } else { "; --verbose shows it" };
    let mut lines = vec![format!(
        "left out  {count} at the ends of many articles (text.boilerplate){more}"
    )];
    for source in report.boilerplate.iter().filter(|_| verbose) {
        let said = source.lines.iter();
        lines.extend(said.map(|line| format!("          {}  “{line}”", source.source)));
    }
    lines
}

/// So many outputs of a kind are listed one by one; more are counted in one line.
const LISTED: usize = 12;

fn outputs(report: &Report, verbose: bool) -> Vec<String> {
    let mut kinds: BTreeMap<&str, Vec<&OutputReport>> = BTreeMap::new();
    for output in &report.outputs {
        kinds.entry(kind(&output.path)).or_default().push(output);
    }
    let is_listed = |output: &&OutputReport| {
        verbose
            || kinds
                .get(kind(&output.path))
                .is_none_or(|all| all.len() <= LISTED)
    };
    let listed = || report.outputs.iter().filter(is_listed);
    let width = listed().map(|output| output.path.chars().count()).max();
    let mut lines: Vec<String> = listed()
        .map(|output| line(output, width.unwrap_or(0)))
        .collect();
    let many = kinds
        .iter()
        .filter(|(_, all)| !verbose && all.len() > LISTED);
    lines.extend(many.map(|(kind, all)| counted(kind, all)));
    lines
}

/// What outputs are counted by: how their names end.
fn kind(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if name.ends_with("-cover.jpg") {
        return "-cover.jpg";
    }
    name.rfind('.')
        .and_then(|dot| name.get(dot..))
        .unwrap_or("")
}

/// The outputs of a kind in one line.
fn counted(kind: &str, outputs: &[&OutputReport]) -> String {
    let bytes = outputs.iter().map(|output| output.bytes).sum();
    let changed = outputs.iter().filter(|output| output.changed).count();
    let changed = match changed {
        0 => "unchanged".to_owned(),
        number => format!("{number} changed"),
    };
    format!(
        "          {} outputs …{kind}  {}  {changed}; --verbose lists them",
        outputs.len(),
        size(bytes)
    )
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

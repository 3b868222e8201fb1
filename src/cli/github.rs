//! What a run says to GitHub Actions: warnings and errors as annotations, a table as the step's summary.

use super::summary::size;
use offprint::{Code, Error, OutputReport, Report, Warning};
use std::collections::BTreeMap;
use std::env;
use std::fs::File;
use std::io::{self, Write};

/// The most annotations of one kind that GitHub shows for a step.
const ANNOTATIONS: usize = 10;
/// The most outputs that the summary names; GitHub takes one megabyte.
const ROWS: usize = 100;

/// Whether this run is a step of a workflow.
pub fn is_workflow() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// The annotations of a run's warnings. What a person can mend in a file of the archive comes first,
/// each warning by itself; of every other kind there is one that counts them, so that missing
/// pictures do not hide a broken file.
pub fn annotations(warnings: &[&Warning]) -> String {
    let (mendable, others): (Vec<&Warning>, Vec<&Warning>) = warnings
        .iter()
        .copied()
        .partition(|warning| is_mendable(warning.code));
    let mut kinds: BTreeMap<Code, Vec<&Warning>> = BTreeMap::new();
    for warning in others {
        kinds.entry(warning.code).or_default().push(warning);
    }
    // Losses before oddities, the order of the codes within each.
    let mut kinds: Vec<(Code, Vec<&Warning>)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(code, _)| !code.is_loss());
    let room = ANNOTATIONS - kinds.len().min(ANNOTATIONS / 2);
    let single = mendable.iter().take(room).map(|one| annotation(one));
    let counted = kinds
        .iter()
        .map(|(code, warnings)| match warnings.as_slice() {
            [one] => annotation(one),
            several => tally(*code, several.len()),
        });
    single.chain(counted).take(ANNOTATIONS).collect()
}

/// Whether a person mends what a warning tells of by editing the file that it names.
fn is_mendable(code: Code) -> bool {
    matches!(
        code,
        Code::HeaderMissing
            | Code::SeparatorMissing
            | Code::FileUnreadable
            | Code::ArticleFailed
            | Code::FeedBroken
            | Code::FrontMatterUnreadable
            | Code::EpochUnreadable
            | Code::BytesReplaced
    )
}

/// One annotation of the run for all warnings of a kind.
fn tally(code: Code, count: usize) -> String {
    command(
        &format!("warning title={}", property(code.name())),
        &format!("{count} times: {}", code.meaning().trim_end_matches('.')),
        Some(code.hint()),
    )
}

/// A warning as a line that becomes an annotation of its file.
fn annotation(warning: &Warning) -> String {
    let mut properties = vec![format!("title={}", property(warning.code.name()))];
    if let Some(path) = &warning.path {
        properties.push(format!("file={}", property(path)));
        properties.extend(warning.line.map(|line| format!("line={line}")));
    }
    command(
        &format!("warning {}", properties.join(",")),
        &warning.message,
        warning.hint.as_deref(),
    )
}

/// An error as a line that becomes an annotation of the run.
pub fn error(error: &Error) -> String {
    command(
        "error title=offprint",
        &error.chain(),
        error.hint().as_deref(),
    )
}

fn command(name: &str, message: &str, hint: Option<&str>) -> String {
    let hint = hint.map(|hint| format!("\nhint: {hint}"));
    format!(
        "::{name}::{}\n",
        data(message.to_owned() + &hint.unwrap_or_default())
    )
}

/// A command ends with its line, so that what a file is called could begin another one.
fn data(text: impl AsRef<str>) -> String {
    text.as_ref()
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace(char::is_control, "\u{fffd}")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Adds a table of what the run did to the step's summary, if there is one.
pub fn summarize(report: &Report, ending: &str) -> io::Result<()> {
    match env::var_os("GITHUB_STEP_SUMMARY").filter(|path| is_workflow() && !path.is_empty()) {
        Some(path) => File::options()
            .create(true)
            .append(true)
            .open(path)?
            .write_all(table(report, ending).as_bytes()),
        None => Ok(()),
    }
}

fn table(report: &Report, ending: &str) -> String {
    let (articles, images) = (&report.articles, &report.images);
    let mut text = format!("### Offprint: {ending}\n\n");
    text += "| | |\n|---|---|\n";
    text += &format!(
        "| articles | {} read, {} duplicate, {} skipped, {} passed over, {} written |\n",
        articles.read,
        articles.duplicates,
        articles.skipped,
        articles.passed_over,
        articles.written
    );
    text += &format!(
        "| images | {} embedded, {} downloaded, {} missing |\n",
        images.embedded, images.fetched, images.missing
    );
    text += &format!("| warnings | {} |\n\n", warnings(&report.warnings));
    if !report.outputs.is_empty() {
        text += "| output | size | articles | |\n|---|---:|---:|---|\n";
        text.extend(report.outputs.iter().take(ROWS).map(row));
        let more = report.outputs.len().saturating_sub(ROWS);
        if more > 0 {
            text += &format!("| … and {more} more | | | |\n");
        }
        text += "\n";
    }
    text
}

fn row(output: &OutputReport) -> String {
    let mark = if output.changed { "changed" } else { "" };
    format!(
        "| {} | {} | {} | {mark} |\n",
        cell(&output.path),
        size(output.bytes),
        output.articles
    )
}

/// How many warnings there are of each kind.
fn warnings(warnings: &[Warning]) -> String {
    let mut kinds: BTreeMap<Code, usize> = BTreeMap::new();
    for warning in warnings {
        *kinds.entry(warning.code).or_default() += 1;
    }
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(code, count)| format!("{count} {code}"))
        .collect();
    if kinds.is_empty() {
        "none".to_owned()
    } else {
        kinds.join(", ")
    }
}

/// Text that Markdown and HTML leave as it is.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '&' => cell += "&amp;",
            '<' => cell += "&lt;",
            c if c.is_control() => cell.push('\u{fffd}'),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '!' | '~' | '$' | '@' | ':' => {
                cell += &format!("&#{};", u32::from(c));
            }
            c => cell.push(c),
        }
    }
    cell
}

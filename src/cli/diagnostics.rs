//! Errors and warnings as people see them.

use super::args::{Color, Display};
use super::{github, tally};
use offprint::{Code, Error, Warning};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};

/// The most warnings of one kind that are shown one by one without `--verbose`.
const SHOWN: usize = 5;

/// The most rows of all tallies together, so that a summary fits on a screen.
const ROWS: usize = 16;

/// Each tally has so many rows at least.
const LEAST_ROWS: usize = 2;

/// Standard error, and how much to say on it.
pub struct Terminal {
    quiet: bool,
    verbose: bool,
    color: bool,
    interactive: bool,
    choice: Color,
    workflow: bool,
}

impl Terminal {
    /// Looks at what standard error is.
    pub fn new(display: &Display) -> Self {
        let interactive = io::stderr().is_terminal();
        Terminal {
            quiet: display.quiet,
            verbose: display.verbose,
            color: match display.color {
                Color::Auto => interactive && colors_welcome(),
                Color::Always => true,
                Color::Never => false,
            },
            interactive,
            choice: display.color,
            workflow: github::is_workflow(),
        }
    }

    /// Whether nothing but errors may be said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether bars may move: not in a log.
    pub fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Whether what goes to standard error may be coloured.
    pub fn colors(&self) -> bool {
        self.color
    }

    /// Whether everything is to be shown.
    pub fn verbose(&self) -> bool {
        self.verbose
    }

    /// Whether what goes to standard output may be coloured.
    pub fn colors_output(&self) -> bool {
        match self.choice {
            Color::Auto => io::stdout().is_terminal() && colors_welcome(),
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Says something that is no error.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            write_all(text);
        }
    }

    /// Shows an error with its hint.
    pub fn error(&self, error: &Error) {
        let label = self.painted("1;31", "error:");
        let mut text = format!("{label} {}\n", one_line(&error.chain()));
        if let Some(hint) = error.hint() {
            text += &format!("  hint: {}\n", one_line(&hint));
        }
        if self.workflow {
            text += &github::error(error);
        }
        write_all(&text);
    }

    /// Shows warnings: all of them if asked, else those that no earlier run told; of a kind that has
    /// few, one by one, and of the others how many there are at which hosts and for what reasons. What
    /// can be done is said once.
    pub fn warnings(&self, warnings: &[Warning]) {
        if self.quiet {
            return;
        }
        let fresh = warnings.iter().filter(|warning| !warning.is_repeated);
        let fresh: Vec<&Warning> = fresh.collect();
        let mut hints = BTreeSet::new();
        if self.verbose {
            self.each(warnings, &mut hints);
        } else {
            let mut kinds: BTreeMap<Code, Vec<&Warning>> = BTreeMap::new();
            for warning in &fresh {
                kinds.entry(warning.code).or_default().push(warning);
            }
            self.tallies(kinds, &mut hints);
        }
        self.annotate(&fresh);
    }

    /// Shows every warning by itself.
    fn each<'warnings>(
        &self,
        warnings: impl IntoIterator<Item = &'warnings Warning>,
        hints: &mut BTreeSet<&'warnings str>,
    ) {
        for warning in warnings {
            let hint = warning.hint.as_deref();
            self.warning(warning, hint.filter(|hint| hints.insert(*hint)));
        }
    }

    /// Shows what there is of each kind: the most frequent kind last, beside the summary.
    fn tallies<'warnings>(
        &self,
        kinds: BTreeMap<Code, Vec<&'warnings Warning>>,
        hints: &mut BTreeSet<&'warnings str>,
    ) {
        let mut kinds: Vec<(Code, Vec<&Warning>)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, warnings)| warnings.len());
        let many = kinds.iter().filter(|(_, warnings)| warnings.len() > SHOWN);
        let rows = (ROWS / many.count().max(1)).max(LEAST_ROWS);
        for (code, warnings) in kinds {
            if warnings.len() > SHOWN {
                self.tally(code, &warnings, rows);
            } else {
                self.each(warnings, hints);
            }
        }
    }

    /// Shows how many warnings of a kind there are, by host and reason.
    fn tally(&self, code: Code, warnings: &[&Warning], most: usize) {
        let label = self.painted("33", "warning:");
        let rows = tally::rows(warnings.iter().copied());
        let hosts = rows.iter().filter(|row| row.host.is_some()).count();
        let places = match hosts {
            0 => String::new(),
            1 => " at 1 host".to_owned(),
            hosts => format!(" at {hosts} hosts"),
        };
        let (count, meaning) = (warnings.len(), code.meaning().trim_end_matches('.'));
        let mut text = format!("{label} {count} times{places}: {meaning} [{code}]\n");
        let reason = tally::common_reason(&rows);
        if let Some(reason) = reason {
            text += &format!("           all: {}\n", one_line(reason));
        }
        for row in rows.iter().take(most) {
            text += &format!("  {}\n", one_line(&described(row, reason.is_none())));
        }
        let rest: usize = rows.iter().skip(most).map(|row| row.count).sum();
        if rest > 0 {
            text += &format!("  {rest:>7}  more of this kind\n");
        }
        text += &format!("         hint: {}; --verbose shows all\n", code.hint());
        write_all(&text);
    }

    fn warning(&self, warning: &Warning, hint: Option<&str>) {
        let label = self.painted("33", "warning:");
        let mut text = format!("{label} {}\n", one_line(&warning.to_string()));
        if let Some(hint) = hint {
            text += &format!("         hint: {}\n", one_line(hint));
        }
        write_all(&text);
    }

    /// In a workflow, warnings become annotations: first what a person can mend in a file, then one
    /// for each other kind, with the number of such warnings.
    fn annotate(&self, warnings: &[&Warning]) {
        if !self.workflow {
            return;
        }
        write_all(&github::annotations(warnings));
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A row of a tally: how many, where, why unless that is said already, and for example in which files.
fn described(row: &tally::Row<'_>, with_reason: bool) -> String {
    let (reason, others) = row.reason();
    let mut text = match row.host {
        Some(host) if with_reason => format!("{:>7}  {host}: {reason}", row.count),
        Some(host) => format!("{:>7}  {host}", row.count),
        None => format!("{:>7}  {reason}", row.count),
    };
    if others > 0 {
        text += &format!("; {others} otherwise, or not asked for");
    }
    if !row.examples.is_empty() {
        let more = if row.count > row.examples.len() {
            ", …"
        } else {
            ""
        };
        text += &format!(" ({}{more})", row.examples.join(", "));
    }
    text
}

/// One line, whatever the names in it hold: nothing moves a terminal's cursor or begins a command of a
/// workflow.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// Writes to standard error; a closed one is no reason to stop.
pub fn write_all(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether the environment lets programs use colour (`NO_COLOR`).
fn colors_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

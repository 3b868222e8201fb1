//! Errors and warnings as people see them.

use super::args::{Color, Display};
use super::github;
use offprint::{Code, Error, Warning};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal, Write};

/// The most warnings of one kind that are shown without `--verbose`.
const SHOWN: usize = 5;

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

    /// Shows warnings: all of them if asked, else the first few of each kind. What can be done is said
    /// once.
    pub fn warnings(&self, warnings: &[Warning]) {
        if self.quiet {
            return;
        }
        let mut kinds: BTreeMap<Code, usize> = BTreeMap::new();
        let mut hints = BTreeSet::new();
        for warning in warnings {
            let count = kinds.entry(warning.code).or_default();
            *count += 1;
            if self.verbose || *count <= SHOWN {
                let hint = warning.hint.as_deref();
                self.warning(warning, hint.filter(|hint| hints.insert(*hint)));
            }
        }
        self.annotate(warnings);
        for (code, count) in kinds
            .into_iter()
            .filter(|&(_, count)| !self.verbose && count > SHOWN)
        {
            let more = count - SHOWN;
            write_all(&format!(
                "         … and {more} more [{code}]; --verbose shows all\n"
            ));
        }
    }

    fn warning(&self, warning: &Warning, hint: Option<&str>) {
        let label = self.painted("33", "warning:");
        let mut text = format!("{label} {}\n", one_line(&warning.to_string()));
        if let Some(hint) = hint {
            text += &format!("         hint: {}\n", one_line(hint));
        }
        write_all(&text);
    }

    /// In a workflow, the first warnings become annotations: those that tell of a loss before others.
    fn annotate(&self, warnings: &[Warning]) {
        if !self.workflow {
            return;
        }
        let (losses, others): (Vec<_>, Vec<_>) =
            warnings.iter().partition(|warning| warning.code.is_loss());
        for warning in losses.iter().chain(&others).take(github::ANNOTATIONS) {
            write_all(&github::annotation(warning));
        }
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
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

//! What breaks a rule, and where.

use super::Rule;
use std::fmt;

/// The most findings of one file; more tell nobody more.
const MOST: usize = 500;
/// The longest message in characters: names and addresses in it come from the file.
const MESSAGE: usize = 400;

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// The file; for a file inside a book, the book's path and the path in it.
    pub path: String,
    /// The line in it, counted from 1, where there is one.
    pub line: Option<u32>,
    /// The rule.
    pub rule: Rule,
    /// What breaks it.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:", self.path)?;
        if let Some(line) = self.line {
            write!(formatter, "{line}:")?;
        }
        write!(formatter, " {}: {}", self.rule, self.message)
    }
}

/// The findings of one file, as they come.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    hidden: usize,
}

impl Findings {
    /// No findings.
    pub(super) fn new() -> Self {
        Findings::default()
    }

    /// Adds one.
    pub(super) fn add(
        &mut self,
        rule: Rule,
        path: &str,
        line: Option<u32>,
        message: impl AsRef<str>,
    ) {
        if self.list.len() >= MOST {
            self.hidden += 1;
            return;
        }
        self.list.push(Finding {
            path: printable(path, usize::MAX),
            line,
            rule,
            message: printable(message.as_ref(), MESSAGE),
        });
    }

    /// The findings; the last one says how many are not among them.
    pub(super) fn into_list(mut self) -> Vec<Finding> {
        if let Some(last) = self.list.last_mut().filter(|_| self.hidden > 0) {
            last.message.push_str(&format!(
                " (and {} further findings in this file)",
                self.hidden
            ));
        }
        self.list
    }
}

/// The text in one line, without characters that change a terminal's state, and not without end.
fn printable(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for character in text.chars() {
        if length >= most {
            shown.push('…');
            break;
        }
        // What is spelled out takes the room of its spelling.
        if character.is_control() || is_mark_of_direction(character) {
            let spelled = character.escape_unicode();
            length += spelled.len();
            shown.extend(spelled);
        } else {
            length += 1;
            shown.push(character);
        }
    }
    shown
}

/// Characters that turn the order of what follows on a terminal.
fn is_mark_of_direction(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

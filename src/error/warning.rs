//! Warnings: what was skipped, lost, replaced or guessed.

use super::Code;
use std::fmt;

/// Something was skipped, lost, replaced or guessed. A warning never ends the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// What kind of thing happened.
    pub code: Code,
    /// The file, relative to where the user stands.
    pub path: Option<String>,
    /// The number of the article in a file that holds several, counted from 1.
    pub item: Option<u32>,
    /// The line in it, counted from 1.
    pub line: Option<u32>,
    /// What happened.
    pub message: String,
    /// Which host gave cause, and why, where a server did.
    pub cause: Option<Box<Cause>>,
    /// What can be done about it.
    pub hint: Option<String>,
    /// Whether an earlier run told the same of the article, which did not change: a terminal need not
    /// say it again.
    #[serde(skip)]
    pub is_repeated: bool,
}

/// The host that gave cause for a warning: many warnings are told by host and reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Cause {
    /// The host, as people know it.
    pub host: String,
    /// Why: what it answered, or what became of the attempt.
    pub reason: String,
    /// Whether the host was not even asked, since it had failed before: that says less than why it had.
    #[serde(skip)]
    pub is_consequence: bool,
}

impl Cause {
    /// What a host answered, or what became of the attempt to ask it.
    pub fn new(host: impl Into<String>, reason: impl Into<String>) -> Self {
        Cause {
            host: host.into(),
            reason: reason.into(),
            is_consequence: false,
        }
    }

    /// The host was not asked, since it had failed before.
    #[must_use]
    pub fn consequence(self, is_consequence: bool) -> Self {
        Cause {
            is_consequence,
            ..self
        }
    }
}

impl Warning {
    /// A warning without a place (see [`Warning::at`]), with what can usually be done about its kind.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Warning {
            code,
            path: None,
            item: None,
            line: None,
            message: message.into(),
            cause: None,
            hint: Some(code.hint().to_owned()),
            is_repeated: false,
        }
    }

    /// Names the file and the line.
    pub fn at(mut self, path: impl Into<String>, line: u32) -> Self {
        self.path = Some(path.into());
        self.line = Some(line);
        self
    }

    /// Names the file.
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Names the host that gave cause, and why it did.
    pub fn caused_by(mut self, cause: Cause) -> Self {
        self.cause = Some(Box::new(cause));
        self
    }

    /// Says what can be done, where more is known than what usually can.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(formatter, "{path}")?;
            match (self.item, self.line) {
                (Some(item), Some(line)) => write!(formatter, " item {item}, line {line}: ")?,
                (Some(item), None) => write!(formatter, " item {item}: ")?,
                (None, Some(line)) => write!(formatter, ":{line}: ")?,
                (None, None) => write!(formatter, ": ")?,
            }
        }
        write!(formatter, "{} [{}]", self.message, self.code)
    }
}

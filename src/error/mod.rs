//! What can go wrong: an [`Error`] ends the run, a [`Warning`] is a value and never does.

mod code;
mod warning;

pub use code::Code;
pub use warning::{Cause, Warning};

use std::io;
use std::path::{Path, PathBuf};

/// The run can't go on. Each variant says what happened and where; [`Error::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option, a variable or the configuration file does not make sense.
    #[error("{0}")]
    Configuration(Box<ConfigurationError>),
    /// There is nothing to read.
    #[error("{message}")]
    NoInput {
        /// What was looked for.
        message: String,
        /// What to do about it.
        hint: String,
    },
    /// A file or folder of the output can't be written.
    #[error("cannot write {path}: {source}", path = path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An output can't be put into place, after others have been.
    #[error("cannot write {path}: {source}", path = path.display())]
    Halfway {
        /// The output.
        path: PathBuf,
        /// How many outputs of this run are in place.
        placed: u64,
        /// What the system said.
        source: io::Error,
    },
    /// A file beside the outputs can't be written: the report, a configuration, standard output.
    #[error("cannot write {path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do about it.
        hint: &'static str,
    },
    /// A file of the input that everything depends on can't be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Input {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run holds the output folder.
    #[error("another run is writing to {path}", path = path.display())]
    Locked {
        /// The output folder.
        path: PathBuf,
    },
    /// The image cache can't be read or pruned.
    #[error("cannot use the image cache {path}: {source}", path = path.display())]
    Cache {
        /// The cache's folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A writer could not make its output.
    #[error("the {format} writer failed")]
    Writer {
        /// The writer's name.
        format: &'static str,
        /// What happened.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What does not make sense in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", self.place())]
#[non_exhaustive]
pub struct ConfigurationError {
    /// What does not make sense.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The option that has the wrong value, by its names: `--max-size (epub.max_size)`.
    pub option: Option<String>,
    /// The wrong value.
    pub value: Option<String>,
    /// The configuration file, where it stands in one.
    pub file: Option<PathBuf>,
    /// The line in it, counted from 1.
    pub line: Option<usize>,
}

impl ConfigurationError {
    /// What does not make sense and what to do about it, in no file.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        ConfigurationError {
            message: message.into(),
            hint: hint.into(),
            option: None,
            value: None,
            file: None,
            line: None,
        }
    }

    /// Names the file and the line.
    #[must_use]
    pub fn at(self, file: &Path, line: Option<usize>) -> Self {
        ConfigurationError {
            file: Some(file.to_owned()),
            line,
            ..self
        }
    }

    /// The place as it stands before a message.
    fn place(&self) -> String {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => format!("{}:{line}: ", file.display()),
            (Some(file), None) => format!("{}: ", file.display()),
            (None, _) => String::new(),
        }
    }
}

/// The result of what can end the run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What does not make sense in the configuration, and what to do about it.
    pub fn configuration(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Error::of_configuration(ConfigurationError::new(message, hint))
    }

    // Not `From`: with two of those, `?` in closures no longer knows which error is meant.
    pub(crate) fn of_configuration(error: ConfigurationError) -> Self {
        Error::Configuration(Box::new(error))
    }

    /// An option, by its names, can't have a value.
    pub fn refused(option: &str, value: &str, hint: impl Into<String>) -> Self {
        let error = ConfigurationError::new(format!("{option} can't be {value:?}"), hint);
        Error::of_configuration(ConfigurationError {
            option: Some(option.to_owned()),
            value: Some(value.to_owned()),
            ..error
        })
    }

    /// The error of a writer, with what caused it: an error of a library, or words.
    pub fn writer(
        format: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Error::Writer {
            format,
            source: source.into(),
        }
    }

    /// The error and what caused it, in one line: each cause once, behind a colon.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            let words = error.to_string();
            // Some errors tell of their cause themselves.
            if !text.ends_with(&words) {
                text += ": ";
                text += &words;
            }
            cause = error.source();
        }
        text
    }

    /// An output error for a path, for use with `map_err`.
    pub fn output(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Output { path, source }
    }

    /// An input error for a path, for use with `map_err`.
    pub fn input(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
        let path = path.to_owned();
        move |source| Error::Input { path, source }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Configuration(error) => Some(error.hint.clone()),
            Error::NoInput { hint, .. } => Some(hint.clone()),
            Error::Output { source, .. } => Some(format!(
                "{}; earlier outputs are untouched",
                output_hint(source.kind())
            )),
            Error::Halfway { source, placed, .. } => Some(format!(
                "{}, then run again; every output is whole, {placed} new, the others as they were",
                output_hint(source.kind())
            )),
            Error::File { hint, .. } => Some((*hint).to_owned()),
            Error::Input { source, .. } => Some(input_hint(source.kind()).to_owned()),
            Error::Locked { .. } => {
                Some("wait for it to end, or let this run wait with --wait SECONDS".to_owned())
            }
            Error::Cache { source, .. } => Some(cache_hint(source.kind()).to_owned()),
            Error::Writer { .. } => Some(
                "this is a defect of the writer: please report it with the article that causes it"
                    .to_owned(),
            ),
        }
    }
}

fn output_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder that may be written with --out DIR"
        }
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "a file stands where a folder has to be: move it, or choose another folder with --out DIR"
        }
        io::ErrorKind::IsADirectory => {
            "a folder stands where a file has to be: move it, or choose another folder with --out DIR"
        }
        _ => "check the output folder and its disk",
    }
}

fn input_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::WouldBlock => {
            "the system starts no more threads: wait until it has less to do, or allow more"
        }
        _ => "check that the path exists and may be read",
    }
}

fn cache_hint(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ResourceBusy => "wait for the run to end, then prune",
        _ => "name a folder that may be written with --image-cache DIR",
    }
}

/// What a panic said.
pub(crate) fn said_by_panic(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason is known")
}

//! `warnings-and-errors.md`: every code of a warning, every kind of error.

use super::source::variants;
use super::{cell, sentence};
use offprint::{Code, Error};
use std::collections::BTreeSet;
use std::io::ErrorKind;

pub fn page() -> String {
    let mut text = String::from(
        "## Warnings\n\n| code | what happened | usual hint | loss |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        text += &format!(
            "| `{code}` | {} | {} | {} |\n",
            cell(code.meaning()),
            cell(code.hint()),
            if code.is_loss() { "yes" } else { "no" }
        );
    }
    text += "\n## Errors\n\n| kind | what happened | message | hint |\n|---|---|---|---|\n";
    for variant in variants(include_str!("../../error/mod.rs"), "Error") {
        let message = match variant.message.as_str() {
            "{message}" | "{0}" => "says what and where".to_owned(),
            message => format!("`{message}`"),
        };
        text += &format!(
            "| `{}` | {} | {message} | {} |\n",
            variant.name,
            sentence(&cell(&variant.meaning)),
            hints(&variant.name)
        );
    }
    text
}

/// The distinct hints of a kind, in the order of the samples.
fn hints(kind: &str) -> String {
    let samples = samples();
    let of_kind = samples.iter().filter(|sample| kind_of(sample) == kind);
    let mut hints: Vec<String> = Vec::new();
    for hint in of_kind.filter_map(Error::hint) {
        let hint = if hint.is_empty() {
            "says what to do".to_owned()
        } else {
            cell(&hint)
        };
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    hints.join(" / ")
}

/// The name of a variant.
fn kind_of(error: &Error) -> String {
    let text = format!("{error:?}");
    text.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// What a system may say; hints differ by it. The last stands for all that have no hint of their own.
const SYSTEM: [ErrorKind; 22] = [
    ErrorKind::StorageFull,
    ErrorKind::QuotaExceeded,
    ErrorKind::PermissionDenied,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::NotFound,
    ErrorKind::AlreadyExists,
    ErrorKind::NotADirectory,
    ErrorKind::IsADirectory,
    ErrorKind::DirectoryNotEmpty,
    ErrorKind::FileTooLarge,
    ErrorKind::InvalidFilename,
    ErrorKind::CrossesDevices,
    ErrorKind::TooManyLinks,
    ErrorKind::StaleNetworkFileHandle,
    ErrorKind::ResourceBusy,
    ErrorKind::WouldBlock,
    ErrorKind::TimedOut,
    ErrorKind::Interrupted,
    ErrorKind::BrokenPipe,
    ErrorKind::OutOfMemory,
    ErrorKind::Unsupported,
    ErrorKind::Other,
];

/// At least one error of each kind.
fn samples() -> Vec<Error> {
    let mut samples = vec![
        Error::configuration("", ""),
        Error::NoInput {
            message: String::new(),
            hint: String::new(),
        },
        Error::Halfway {
            path: "out".into(),
            placed: 2,
            source: ErrorKind::Other.into(),
        },
        Error::File {
            path: "report.json".into(),
            source: ErrorKind::Other.into(),
            hint: "",
        },
        Error::Locked { path: "out".into() },
        Error::writer("epub", ""),
    ];
    for kind in SYSTEM {
        samples.push(Error::output("out".as_ref())(kind.into()));
        samples.push(Error::input("articles".as_ref())(kind.into()));
        samples.push(Error::Cache {
            path: "cache".into(),
            source: kind.into(),
        });
    }
    samples
}

#[test]
fn every_kind_of_error_has_a_sample() {
    let declared: BTreeSet<String> = variants(include_str!("../../error/mod.rs"), "Error")
        .into_iter()
        .map(|variant| variant.name)
        .collect();
    let sampled: BTreeSet<String> = samples().iter().map(kind_of).collect();
    assert_eq!(declared, sampled);
}

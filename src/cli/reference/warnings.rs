//! `warnings-and-errors.md`: every code of a warning, every kind of error.

use super::source::variants;
use super::{cell, sentence};
use offprint::{Code, Error};
use std::collections::BTreeSet;
use std::io;

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
    for variant in variants(include_str!("../../error.rs"), "Error") {
        let message = match variant.message.as_str() {
            "{message}" => "says what and where".to_owned(),
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

/// The hints of a kind, in the order of the samples.
fn hints(kind: &str) -> String {
    let samples = samples();
    let of_kind = samples.iter().filter(|sample| kind_of(sample) == kind);
    let hints: Vec<String> = of_kind
        .filter_map(Error::hint)
        .map(|hint| match hint.as_str() {
            "" => "says what to do".to_owned(),
            hint => cell(hint),
        })
        .collect();
    hints.join(" / ")
}

/// The name of a variant.
fn kind_of(error: &Error) -> String {
    let text = format!("{error:?}");
    text.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// At least one error of each kind; of a kind whose hints differ, one for each hint.
fn samples() -> Vec<Error> {
    let output = |kind: io::ErrorKind| Error::output("out".as_ref())(kind.into());
    let cache = |kind: io::ErrorKind| Error::Cache {
        path: "cache".into(),
        source: kind.into(),
    };
    vec![
        Error::Configuration {
            message: String::new(),
            hint: String::new(),
        },
        Error::NoInput {
            message: String::new(),
            hint: String::new(),
        },
        output(io::ErrorKind::StorageFull),
        output(io::ErrorKind::PermissionDenied),
        output(io::ErrorKind::AlreadyExists),
        output(io::ErrorKind::IsADirectory),
        output(io::ErrorKind::Other),
        Error::Halfway {
            path: "out".into(),
            placed: 2,
            source: io::ErrorKind::Other.into(),
        },
        Error::File {
            path: "report.json".into(),
            source: io::ErrorKind::Other.into(),
            hint: "",
        },
        Error::input("articles".as_ref())(io::ErrorKind::NotFound.into()),
        Error::Locked { path: "out".into() },
        cache(io::ErrorKind::ResourceBusy),
        cache(io::ErrorKind::Other),
        Error::Writer {
            format: "epub",
            message: String::new(),
        },
    ]
}

#[test]
fn every_kind_of_error_has_a_sample() {
    let declared: BTreeSet<String> = variants(include_str!("../../error.rs"), "Error")
        .into_iter()
        .map(|variant| variant.name)
        .collect();
    let sampled: BTreeSet<String> = samples().iter().map(kind_of).collect();
    assert_eq!(declared, sampled);
}

//! `offprint check`: do feeds and books keep what Offprint promises?

use super::args::Check;
use super::diagnostics::Terminal;
use super::output::print;
use super::{DONE, LOSSES, Outcome};
use offprint::Error;
use offprint_check::{Finding, Rule};

/// Writes a line for each finding.
pub fn run(arguments: &Check, terminal: &Terminal) -> Outcome {
    if arguments.rules {
        print(rules().as_bytes())?;
        return Ok(DONE);
    }
    let outcome = offprint_check::folder(&arguments.path).map_err(stopped)?;
    let mut text = String::new();
    for finding in &outcome.findings {
        text.push_str(&line(finding, arguments.json)?);
        text.push('\n');
    }
    print(text.as_bytes())?;
    let found = match outcome.findings.len() {
        0 => "nothing to object to".to_owned(),
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let files = if outcome.checked == 1 {
        "file"
    } else {
        "files"
    };
    terminal.say(&format!("{} {files} checked, {found}\n", outcome.checked));
    Ok(if outcome.findings.is_empty() {
        DONE
    } else {
        LOSSES
    })
}

/// Why nothing was checked, as the other commands say such things.
fn stopped(error: offprint_check::Error) -> Error {
    match error {
        offprint_check::Error::Unreadable { path, source } => Error::Input { path, source },
        other => Error::NoInput {
            message: other.to_string(),
            hint:
                "name the folder that `offprint build` writes to, for example: offprint check out"
                    .to_owned(),
        },
    }
}

fn line(finding: &Finding, json: bool) -> Result<String, Error> {
    if !json {
        return Ok(finding.to_string());
    }
    serde_json::to_string(finding).map_err(|error| Error::writer("json", error))
}

fn rules() -> String {
    let width = Rule::ALL.iter().map(|rule| rule.code().len()).max();
    let width = width.unwrap_or_default();
    let lines = Rule::ALL.iter().map(|rule| {
        let (code, meaning) = (rule.code(), rule.meaning());
        format!("{code:width$}  {meaning}\n")
    });
    lines.collect()
}

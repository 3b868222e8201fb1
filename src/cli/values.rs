//! Numbers on the command line, and the variables that a refused value may stand in.

use clap::error::{ContextKind, ContextValue};
use offprint::command::MOST_JOBS;
use std::env;

/// A number of articles.
pub fn items(text: &str) -> Result<usize, &'static str> {
    let hint = "a whole number is wanted, such as 50";
    text.parse().map_err(|_| hint)
}

/// A number of seconds.
pub fn seconds(text: &str) -> Result<u32, &'static str> {
    let hint = "a whole number of seconds is wanted, such as 60";
    text.parse().map_err(|_| hint)
}

/// A number of worker threads.
pub fn jobs(text: &str) -> Result<u16, String> {
    let number = text.parse().ok();
    let number = number.filter(|number| (1..=MOST_JOBS).contains(number));
    number.ok_or_else(|| format!("a whole number from 1 to {MOST_JOBS} is wanted"))
}

/// The variable that a refused value stands in, where nobody gave the option itself.
pub fn variable_of(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let (named, value) = (
        text(ContextKind::InvalidArg)?,
        text(ContextKind::InvalidValue)?,
    );
    let long = named
        .trim_start_matches('-')
        .split([' ', '[', '='])
        .next()?;
    let variable = format!("OFFPRINT_{}", long.to_uppercase().replace('-', "_"));
    let option = format!("--{long}");
    let is_given = env::args().any(|word| word.split('=').next() == Some(option.as_str()));
    let stands = env::var(&variable).is_ok_and(|text| text.split(',').any(|part| part == value));
    (stands && !is_given).then_some(variable)
}

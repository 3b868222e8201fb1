//! `offprint formats`: what can be read and written.

use super::output::print;
use super::{DONE, Outcome};
use offprint::Registry;
use offprint::model::Format;

/// Lists the readers and writers with their options.
pub fn run() -> Outcome {
    let registry = Registry::standard();
    let mut text = String::from("Readers (--from NAME; without it, a file's content decides)\n");
    registry
        .readers()
        .for_each(|reader| describe(reader.format(), &mut text));
    text.push_str("\nWriters (--to LIST)\n");
    registry
        .writers()
        .for_each(|writer| describe(writer.format(), &mut text));
    print(text.as_bytes())?;
    Ok(DONE)
}

/// Two lines: what it is, and which files and options.
fn describe(format: &Format, text: &mut String) {
    let options = match format.options {
        [] => String::new(),
        options => format!("; options: {}", options.join(", ")),
    };
    text.push_str(&format!("  {:<13} {}\n", format.name, format.description));
    text.push_str(&format!("  {:<13} files: {}{options}\n", "", format.files));
}

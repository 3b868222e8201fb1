//! `formats.md`: the readers and writers of the registry.

use super::{cell, sentence};
use offprint::Registry;
use offprint::model::Format;

pub fn page() -> String {
    let registry = Registry::standard();
    let readers: String = registry
        .readers()
        .map(|reader| row(reader.format()))
        .collect();
    let writers: String = registry
        .writers()
        .map(|writer| row(writer.format()))
        .collect();
    let head =
        "| name | what it is | files | options and keys that act on it |\n|---|---|---|---|\n";
    format!("## Readers\n\n{head}{readers}\n## Writers\n\n{head}{writers}")
}

fn row(format: &Format) -> String {
    let options: Vec<String> = format
        .options
        .iter()
        .map(|option| format!("`{option}`"))
        .collect();
    format!(
        "| `{}` | {} | {} | {} |\n",
        format.name,
        sentence(&cell(format.description)),
        cell(format.files),
        options.join(", ")
    )
}

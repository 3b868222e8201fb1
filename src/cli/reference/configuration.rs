//! `configuration.md`: every key with its type, default, option and variable.

use super::keys::{Key, Section, sections};
use super::{markdown, sentence, takes_value};
use clap::Arg;

pub fn page() -> String {
    sections().iter().map(section).collect()
}

fn section(section: &Section) -> String {
    let heading = if section.repeated {
        format!("[[{}]]", section.path)
    } else {
        format!("[{}]", section.path)
    };
    let mut text = format!(
        "## `{heading}`\n\n{}\n\n",
        sentence(&markdown(&section.meaning))
    );
    text.extend(section.keys.iter().map(key));
    text
}

fn key(key: &Key) -> String {
    let meaning = sentence(&markdown(&key.meaning));
    let mut text = format!(
        "### `{}.{}`\n\n{meaning}\n\n- Type: {}\n",
        key.section,
        key.name,
        key.kind.words()
    );
    if let Some(default) = &key.default {
        let default = if default.contains(' ') {
            markdown(default)
        } else {
            format!("`{default}`")
        };
        text += &format!("- Default: {default}\n");
    }
    if let Some(option) = &key.option {
        text += &format!("- Option: {}\n", option_name(option));
    }
    if let Some(variable) = key.option.as_ref().and_then(Arg::get_env) {
        text += &format!("- Variable: `{}`\n", variable.to_string_lossy());
    }
    text + "\n"
}

fn option_name(option: &Arg) -> String {
    match option.get_long() {
        Some(long) => format!(
            "[`--{long}{}`](command-line.md#offprint-build)",
            value(option)
        ),
        None => "[the paths of `build`](command-line.md#offprint-build)".to_owned(),
    }
}

/// What is typed behind an option, if anything is.
fn value(option: &Arg) -> String {
    if !takes_value(option) {
        return String::new();
    }
    let names = option.get_value_names().unwrap_or_default();
    names.iter().map(|name| format!(" {name}")).collect()
}

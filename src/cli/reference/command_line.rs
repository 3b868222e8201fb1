//! `command-line.md`: every command with its arguments.

use super::keys::{key_of, key_of_variable};
use super::{cell, markdown, sentence, takes_value, without_default};
use crate::cli::args::Arguments;
use clap::{Arg, Command, CommandFactory};

pub fn page() -> String {
    let mut whole = Arguments::command();
    whole.build();
    let mut text = String::from("## Options of every command\n\n");
    text += &table(
        whole
            .get_arguments()
            .filter(|option| option.is_global_set()),
        key_of_variable,
    );
    for command in whole
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        text += &section(command);
    }
    let after = whole.get_after_help().map(ToString::to_string);
    text + &format!(
        "## Examples\n\n```text\n{}\n```\n",
        after.unwrap_or_default()
    )
}

fn section(command: &Command) -> String {
    let name = command.get_name();
    let key = if name == "build" {
        key_of
    } else {
        key_of_variable
    };
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let mut text = format!(
        "## `offprint {name}`\n\n{}\n\n```text\n{usage}\n```\n\n",
        sentence(&markdown(&about))
    );
    let own = || {
        command
            .get_arguments()
            .filter(|argument| !argument.is_hide_set())
            .filter(|argument| !argument.is_global_set() && argument.get_id() != "help")
    };
    let mut headings: Vec<Option<&str>> = Vec::new();
    for heading in own().map(Arg::get_help_heading) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    for heading in headings {
        if let Some(heading) = heading {
            text += &format!("### {heading}: `{name}`\n\n");
        }
        text += &table(
            own().filter(|argument| argument.get_help_heading() == heading),
            key,
        );
    }
    if let Some(after) = command.get_after_help() {
        text += &format!("{}\n\n", markdown(&after.to_string()).replace('\n', " "));
    }
    text
}

/// A table of some arguments; `key` tells the key that one stands for.
fn table<'command>(
    arguments: impl Iterator<Item = &'command Arg>,
    key: fn(&Arg) -> Option<String>,
) -> String {
    let rows: String = arguments.map(|argument| row(argument, key)).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("| argument | meaning | key, variable |\n|---|---|---|\n{rows}\n")
}

fn row(argument: &Arg, key: fn(&Arg) -> Option<String>) -> String {
    let help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (meaning, default) = without_default(&help);
    let mut meaning = sentence(&cell(&meaning));
    // Where they are hidden, the text tells them.
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    let hidden = argument.is_hide_possible_values_set();
    if takes_value(argument) && !hidden && !values.is_empty() {
        meaning += &format!(" One of {}.", values.join(", "));
    }
    let built_in = argument.get_default_values().first();
    let built_in = built_in.map(|value| value.to_string_lossy().into_owned());
    if argument.get_action().takes_values()
        && let Some(default) = default.or(built_in)
    {
        meaning += &format!(" Default: {}.", cell(&default));
    }
    let mut names: Vec<String> = Vec::new();
    if let Some(key) = key(argument) {
        let anchor = key.replace('.', "");
        names.push(format!("[`{key}`](configuration.md#{anchor})"));
    }
    names.extend(
        argument
            .get_env()
            .map(|variable| format!("`{}`", variable.to_string_lossy())),
    );
    format!(
        "| `{}` | {meaning} | {} |\n",
        name(argument),
        names.join(", ")
    )
}

/// The argument as it is typed: `-o`, `--out DIR`.
fn name(argument: &Arg) -> String {
    let values: Vec<&str> = argument
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| name.as_str())
        .collect();
    let value = values.join(" ").replace('|', "\\|");
    let Some(long) = argument.get_long() else {
        return value;
    };
    let mut name = match argument.get_short() {
        Some(short) => format!("-{short}, --{long}"),
        None => format!("--{long}"),
    };
    if takes_value(argument) {
        name += &format!(" {value}");
    }
    name
}

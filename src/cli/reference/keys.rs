//! Every key of `offprint.toml`: found by walking the structures that the file is read into.

use super::source::{Field, Kind, fields};
use super::{takes_value, without_default};
use crate::cli::args::{Arguments, Command};
use clap::{Arg, CommandFactory, Parser};
use offprint::Registry;
use offprint::settings::{Options, resolve};
use std::sync::LazyLock;

/// Where the structures stand.
const SOURCES: [&str; 6] = [
    include_str!("../../config/file.rs"),
    include_str!("../../write/feed/settings.rs"),
    include_str!("../../write/epub/settings.rs"),
    include_str!("../../config/filter.rs"),
    include_str!("../../config/pull.rs"),
    include_str!("../../model/site.rs"),
];

/// A part of the file under one heading in brackets.
pub struct Section {
    /// The heading without its brackets.
    pub path: String,
    /// Whether there may be many of it.
    pub repeated: bool,
    pub meaning: String,
    pub keys: Vec<Key>,
}

/// One key.
pub struct Key {
    pub section: String,
    pub name: String,
    pub kind: Kind,
    /// From the option that says the same, else from the structure.
    pub meaning: String,
    pub default: Option<String>,
    /// The option of `build` that says the same.
    pub option: Option<Arg>,
}

/// All sections with their keys, in the order of the code.
pub fn sections() -> &'static [Section] {
    static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
        let mut sections = Vec::new();
        for field in fields(&SOURCES, "Options") {
            add(&field, &field.name, &mut sections);
        }
        sections
    });
    &SECTIONS
}

fn add(field: &Field, path: &str, sections: &mut Vec<Section>) {
    let (structure, repeated) = match &field.kind {
        Kind::Section(name) => (name, false),
        Kind::List(kind) => match kind.as_ref() {
            Kind::Section(name) => (name, true),
            _ => panic!("{path} is no section"),
        },
        _ => panic!("{path} is no section"),
    };
    let place = sections.len();
    sections.push(Section {
        path: path.to_owned(),
        repeated,
        meaning: field.meaning.clone(),
        keys: Vec::new(),
    });
    let mut keys = Vec::new();
    for inner in fields(&SOURCES, structure) {
        let is_list = matches!(&inner.kind, Kind::List(kind) if matches!(**kind, Kind::Section(_)));
        if is_list || matches!(inner.kind, Kind::Section(_)) {
            add(&inner, &format!("{path}.{}", inner.name), sections);
        } else {
            keys.push(key(path, inner, repeated));
        }
    }
    if let Some(section) = sections.get_mut(place) {
        section.keys = keys;
    }
}

fn key(section: &str, field: Field, repeated: bool) -> Key {
    let option = (!repeated).then(|| option_of(section, &field)).flatten();
    let help = option.as_ref().and_then(Arg::get_help);
    let text = help.map_or_else(|| field.meaning.clone(), ToString::to_string);
    assert!(
        !text.is_empty(),
        "{section}.{} has neither an option nor a documentation comment",
        field.name
    );
    let (meaning, default) = without_default(&text);
    let default = default.or((field.kind == Kind::Flag).then(|| "false".to_owned()));
    Key {
        section: section.to_owned(),
        name: field.name,
        kind: field.kind,
        meaning,
        default,
        option,
    }
}

/// The key that an argument of `build` stands for, as `section.key`.
pub fn key_of(argument: &Arg) -> Option<String> {
    key_where(|option| option.get_id() == argument.get_id())
}

/// The key that an argument of another command stands for: that of its variable. An option of the
/// same name may mean something else there.
pub fn key_of_variable(argument: &Arg) -> Option<String> {
    let variable = argument.get_env()?;
    key_where(|option| option.get_env() == Some(variable))
}

fn key_where(is_same: impl Fn(&Arg) -> bool) -> Option<String> {
    let mut all = sections().iter().flat_map(|section| &section.keys);
    let found = all.find(|key| key.option.as_ref().is_some_and(&is_same));
    found.map(|key| format!("{}.{}", key.section, key.name))
}

/// The option that leaves the same in the options as the key does: found by trying.
fn option_of(section: &str, field: &Field) -> Option<Arg> {
    let options = from_file(section, &field.name, &sample(&field.kind)).ok()?;
    let wanted = format!("{options:?}");
    let command = Arguments::command();
    let build = command.find_subcommand("build").expect("build");
    build
        .get_arguments()
        .find(|argument| {
            let given = from_command_line(argument, &field.kind);
            given.is_some_and(|given| format!("{given:?}") == wanted)
        })
        .cloned()
}

fn from_command_line(argument: &Arg, kind: &Kind) -> Option<Options> {
    let mut words = vec!["offprint".to_owned(), "build".to_owned()];
    words.extend(argument.get_long().map(|long| format!("--{long}")));
    if takes_value(argument) {
        words.push(match kind {
            Kind::Number => "7".to_owned(),
            Kind::Choice(name) => (*name).to_owned(),
            _ => "x".to_owned(),
        });
    }
    match Arguments::try_parse_from(words).ok()?.command? {
        Command::Build(build) => Some(build.into_options()),
        _ => None,
    }
}

/// A value that a key of the kind may have, as TOML.
fn sample(kind: &Kind) -> String {
    match kind {
        Kind::Text | Kind::Path => "\"x\"".to_owned(),
        Kind::Flag => "true".to_owned(),
        Kind::Number => "7".to_owned(),
        Kind::Choice(name) => format!("{name:?}"),
        Kind::List(_) => "[\"x\"]".to_owned(),
        Kind::Section(name) => panic!("{name} is no single value"),
    }
}

fn from_file(section: &str, key: &str, value: &str) -> Result<Options, toml::de::Error> {
    toml::from_str(&format!("[{section}]\n{key} = {value}\n"))
}

#[test]
fn every_key_of_the_file_reaches_the_options() {
    for section in sections().iter().filter(|section| !section.repeated) {
        for key in &section.keys {
            let options = from_file(&section.path, &key.name, &sample(&key.kind)).expect("a key");
            let merged = Options::default().or(options.clone());
            assert_ne!(format!("{options:?}"), format!("{:?}", Options::default()));
            assert_eq!(format!("{merged:?}"), format!("{options:?}"));
        }
    }
}

#[test]
fn every_option_of_a_build_has_its_key() {
    let command = Arguments::command();
    let build = command.find_subcommand("build").expect("build");
    let without: Vec<&str> = build
        .get_arguments()
        .filter(|argument| key_of(argument).is_none())
        .map(|argument| argument.get_id().as_str())
        .collect();
    // The file can't name itself; what the terminal shows is nobody's but the user's.
    assert_eq!(without, ["config"]);
}

#[test]
fn the_documented_defaults_are_those_of_the_code() {
    let settings = |text: &str| {
        let mut options: Options = toml::from_str(text).expect("options");
        options.input.paths.get_or_insert(vec!["x".into()]);
        format!(
            "{:?}",
            resolve(options, &Registry::standard()).expect("settings")
        )
    };
    let mut compared = 0;
    for key in sections().iter().flat_map(|section| &section.keys) {
        // A default with a space in it is told in words.
        let Some(default) = key.default.clone().filter(|default| !default.contains(' ')) else {
            continue;
        };
        let value = match key.kind {
            Kind::Text | Kind::Path | Kind::Choice(_) => format!("{default:?}"),
            Kind::List(_) if default == "[]" => default,
            Kind::List(_) => format!("{:?}", default.split(',').collect::<Vec<_>>()),
            _ => default,
        };
        let text = format!("[{}]\n{} = {value}\n", key.section, key.name);
        assert_eq!(settings(&text), settings(""), "{text}");
        compared += 1;
    }
    assert!(compared > 20, "{compared}");
}

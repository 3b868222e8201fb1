//! MDX: Markdown with components, and with the lines of JavaScript that load and define what draws them.

mod elements;
mod shown;

use elements::Elements;
use std::borrow::Cow;
use std::collections::HashMap;

/// How many names the lines may load.
const MOST_NAMES: usize = 200;

/// How many of them are looked for, to see whether they are components.
const MOST_COMPONENTS: usize = 30;

/// How many lines a definition may have.
const MOST_LINES: usize = 400;

/// The text of a file as Markdown and HTML: without the lines of JavaScript, its components being what they
/// show. Text of other files stays as it is.
pub(super) fn shown<'text>(text: &'text str, name: &str) -> Cow<'text, str> {
    let is_mdx = name.to_ascii_lowercase().ends_with(".mdx");
    if !is_mdx && !loads_components(text) {
        return Cow::Borrowed(text);
    }
    let (markdown, loaded) = without_code(text);
    Cow::Owned(Elements::new(&loaded).shown(&markdown))
}

/// Whether a text loads components and uses one: Docusaurus takes all Markdown for MDX.
fn loads_components(text: &str) -> bool {
    if !text.contains("import ") {
        return false;
    }
    let mut fence = Fence::default();
    let lines: Vec<&str> = text.lines().filter(|line| !fence.takes(line)).collect();
    let names = lines.iter().filter_map(|line| import(line));
    let is_used = |name: &str| {
        let tag = format!("<{name}");
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase());
        is_component && lines.iter().any(|line| line.contains(&tag))
    };
    names.take(MOST_COMPONENTS).any(|(names, _)| {
        let first = names.trim_matches(['{', '}', ' ']).split(',').next();
        first.is_some_and(|name| is_used(name.trim()))
    })
}

/// The marks around a listing.
#[derive(Default)]
pub(super) struct Fence(Option<&'static str>);

impl Fence {
    /// Whether a line is one of a listing, or one of its marks.
    pub(super) fn takes(&mut self, line: &str) -> bool {
        let body = line.trim_start_matches([' ', '\t', '>']);
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| body.starts_with(mark));
        match (self.0, mark) {
            (None, None) => return false,
            (None, Some(_)) => self.0 = mark,
            (Some(open), Some(mark)) if open == mark => self.0 = None,
            (Some(_), _) => {}
        }
        true
    }
}

/// The text without the lines of JavaScript, and the paths that those lines give to names.
fn without_code(text: &str) -> (String, HashMap<&str, &str>) {
    let mut out = String::with_capacity(text.len());
    let mut loaded = HashMap::new();
    let mut fence = Fence::default();
    let mut skipped = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (number, line) in lines.iter().enumerate() {
        if skipped > 0 {
            skipped -= 1;
            continue;
        }
        let rest = lines.get(number..).unwrap_or_default();
        let is_code = fence.takes(line);
        if let Some(length) = statement(rest).filter(|_| !is_code) {
            loaded.extend(import(line.trim_end()).filter(|_| loaded.len() < MOST_NAMES));
            skipped = length - 1;
            out.push('\n');
        } else {
            out.push_str(line);
        }
    }
    (out, loaded)
}

/// How many lines the statement has that begins here, if one does.
fn statement(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    let exports = [
        "const ", "let ", "var ", "function", "default", "async ", "class ", "{", "*",
    ];
    let is_export = first
        .strip_prefix("export ")
        .is_some_and(|rest| exports.iter().any(|word| rest.starts_with(word)));
    let is_import = first
        .strip_prefix("import ")
        .is_some_and(|rest| rest.starts_with(['{', '"', '\'', '*']) || rest.contains(" from "));
    if !is_export && !is_import {
        return None;
    }
    let (mut opened, mut closed) = (0_usize, 0_usize);
    for (number, line) in lines.iter().take(MOST_LINES).enumerate() {
        opened += line.matches(['{', '(', '[']).count();
        closed += line.matches(['}', ')', ']']).count();
        let ends = !is_import || line.contains(['"', '\'']);
        if closed >= opened && ends {
            return Some(number + 1);
        }
    }
    None
}

/// `import lamp from './lamp.png'`
fn import(line: &str) -> Option<(&str, &str)> {
    let (name, path) = line.strip_prefix("import ")?.split_once(" from ")?;
    let path = path.trim().trim_end_matches(';');
    let path = ['"', '\'']
        .iter()
        .find_map(|mark| path.strip_prefix(*mark)?.strip_suffix(*mark))?;
    Some((name.trim(), path))
}

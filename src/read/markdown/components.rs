//! MDX: Markdown with components, and with the lines that load what draws them.

use std::borrow::Cow;
use std::collections::HashMap;

/// How many names the first lines may load.
const MOST_NAMES: usize = 200;

/// The text of a file without the lines that MDX begins with, in which pictures have the paths that those lines
/// name (`src={lamp}`). Text of other files stays as it is.
pub(super) fn shown<'text>(text: &'text str, name: &str) -> Cow<'text, str> {
    if !name.to_ascii_lowercase().ends_with(".mdx") {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut loaded = HashMap::new();
    while let Some((line, after)) = rest.split_once('\n') {
        let is_code = line.starts_with("import ") || line.starts_with("export ");
        if !is_code && !line.trim().is_empty() {
            break;
        }
        loaded.extend(import(line).filter(|_| loaded.len() < MOST_NAMES));
        rest = after;
    }
    match rest.contains("src={") {
        true => Cow::Owned(with_paths(rest, &loaded)),
        false => Cow::Borrowed(rest),
    }
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

/// A text in which the pictures of components are those of HTML, where their paths are known.
fn with_paths(text: &str, loaded: &HashMap<&str, &str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("src={") {
        let value = after.split_once('}');
        let path = value.and_then(|(value, _)| path(value.trim(), loaded));
        let before = match (path, before.rsplit_once("<Image")) {
            (Some(_), Some((start, own))) if !own.contains('>') => format!("{start}<img{own}"),
            _ => before.to_owned(),
        };
        out.push_str(&before);
        match (path, value) {
            (Some(path), Some((_, behind))) => {
                let path = path.replace('&', "&amp;").replace('"', "%22");
                out.push_str(&format!("src=\"{path}\""));
                rest = behind;
            }
            _ => {
                out.push_str("src={");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The path that a value is: a text, or a name that was loaded.
fn path<'text>(value: &'text str, loaded: &HashMap<&str, &'text str>) -> Option<&'text str> {
    let quoted = ['"', '\'', '`']
        .iter()
        .find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    quoted.or_else(|| {
        loaded
            .get(value.strip_suffix(".src").unwrap_or(value))
            .copied()
    })
}

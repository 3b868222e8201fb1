//! What the name of a file tells: whether it is Markdown, what it is about, its title and its day.

use crate::model::WrittenTime;
use crate::read::Source;
use crate::read::front_matter::metadata;

/// Endings of Markdown's names.
const ENDINGS: [&str; 9] = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx", "qmd", "rmd",
];

/// Stems of files about a project or for its tools, beside those that no archive's articles bear.
const ABOUT_PROJECT: [&str; 12] = [
    "_index",
    "agents",
    "claude",
    "gemini",
    "skill",
    "support",
    "governance",
    "maintainers",
    "pull_request_template",
    "issue_template",
    "releases",
    "history",
];

/// What a name ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Markdown,
    /// Text, which may be Markdown.
    Text,
    Other,
}

impl Ending {
    pub(super) fn of(name: &str) -> Self {
        match name.rsplit_once('.') {
            Some((_, ending)) if ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) => {
                Ending::Markdown
            }
            Some((_, ending)) if ending.eq_ignore_ascii_case("txt") => Ending::Text,
            _ => Ending::Other,
        }
    }
}

/// A name without its ending, if that is one of Markdown's or of text.
pub(super) fn stem(name: &str) -> &str {
    match Ending::of(name) {
        Ending::Other => name,
        _ => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
    }
}

/// Whether a file is about a project rather than part of an archive, by its name.
pub(super) fn is_about_project(name: &str) -> bool {
    ABOUT_PROJECT.contains(&stem(name).to_ascii_lowercase().as_str())
}

/// Whether a file is what its folder holds: `2021/lamp/index.md`.
pub(super) fn is_bundle(name: &str) -> bool {
    stem(name).eq_ignore_ascii_case("index")
}

/// A name without the id that Notion puts behind it.
fn without_id(name: &str) -> &str {
    let is_id = |id: &str| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.rsplit_once(' ') {
        Some((name, id)) if is_id(id) && !name.trim().is_empty() => name,
        _ => name,
    }
}

/// The title that a file's name is: without the day before it, hyphens being spaces.
pub(super) fn title(source: &dyn Source) -> Option<String> {
    let own = stem(source.name());
    let name = match source.folders().last() {
        Some(folder) if is_bundle(source.name()) => folder,
        _ => own,
    };
    let name = without_id(name);
    let dated = name.get(..10).filter(|day| {
        metadata::day_in(day).is_some() && day.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    });
    let rest = dated.and_then(|day| name.strip_prefix(day)).unwrap_or(name);
    let rest = rest.trim_start_matches(['-', '_', ' ']);
    let name = if rest.is_empty() { name } else { rest };
    let spaced = match name.contains(' ') {
        true => name.to_owned(),
        false => name.replace(['-', '_'], " "),
    };
    let spaced = spaced.trim().replace('&', "&amp;");
    (!spaced.is_empty()).then_some(spaced)
}

/// Whether a title made of a file's name says what the file is about, and no heading does better: it has
/// words, is no number, code or general name, and is not what the heading says more nicely.
pub(super) fn says(title: &str, heading: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (own, heading) = (letters(title), letters(heading));
    let has_other = |text: &str| text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let is_wide = has_other(title);
    // A name in Latin letters may only be what stands in an address.
    if has_other(&heading) && !is_wide {
        return false;
    }
    let words = title
        .split(' ')
        .filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
    let is_general = ["readme", "index", "untitled", "newpost"]
        .iter()
        .any(|name| own.starts_with(name));
    let says = is_wide || words.count() > 1;
    says && !is_general && !own.contains(&heading) && !heading.contains(&own)
}

/// The day in a file's name, or in those of its folders.
pub(super) fn date(source: &dyn Source) -> Option<WrittenTime> {
    let stem = stem(source.name());
    metadata::day_in(stem).or_else(|| {
        let mut parts: Vec<&str> = source.folders().iter().map(String::as_str).collect();
        parts.push(stem);
        metadata::date_in(&parts.join("/"))
    })
}

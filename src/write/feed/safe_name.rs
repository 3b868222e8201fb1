//! Names of folders made from names of sources.

use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// The longest name in bytes: file systems allow 255.
const LONGEST: usize = 100;

/// One folder name for each source, in their order, distinct also where the file system does not
/// tell capital letters. A name that can't stand as it is gets a mark made from the source's own
/// name, so that it does not depend on the other sources.
pub(super) fn folders(sources: &[String]) -> Vec<String> {
    let plain: Vec<String> = sources.iter().map(|source| readable(source)).collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for name in &plain {
        *uses.entry(name.to_lowercase()).or_default() += 1;
    }
    sources
        .iter()
        .zip(plain)
        .map(|(source, name)| {
            let shared = uses.get(&name.to_lowercase()).is_some_and(|&uses| uses > 1);
            if !name.is_empty() && name == *source && !shared && !is_reserved(&name) {
                name
            } else {
                marked(&name, source)
            }
        })
        .collect()
}

fn marked(name: &str, source: &str) -> String {
    let hash = blake3::hash(source.as_bytes()).to_hex();
    let mark: String = hash.chars().take(8).collect();
    if name.is_empty() {
        mark
    } else {
        format!("{name}-{mark}")
    }
}

/// The part of a name that every file system takes.
fn readable(source: &str) -> String {
    let allowed = |c: char| !(c.is_control() || "/\\:*?\"<>|%#".contains(c));
    let mut name = String::new();
    for grapheme in source.graphemes(true) {
        if name.len() + grapheme.len() > LONGEST {
            break;
        }
        if grapheme.chars().all(allowed) {
            name.push_str(grapheme);
        }
    }
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
        .to_owned()
}

/// Device names of Windows, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_and_others_are_safe_and_distinct() {
        let sources = [
            "德国之声",
            "BBC",
            "bbc",
            "../../etc",
            "con",
            "",
            "a/b",
            "a:b",
        ];
        let sources = sources.map(str::to_owned);
        let folders = folders(&sources);
        assert_eq!(folders.first().map(String::as_str), Some("德国之声"));
        let distinct: std::collections::BTreeSet<String> =
            folders.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), sources.len());
        for name in &folders {
            assert!(
                !name.is_empty() && !name.starts_with('.') && !name.contains('/'),
                "{name}"
            );
        }
    }
}

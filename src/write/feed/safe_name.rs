//! Names of folders made from names of sources.

use crate::model::Digest;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// The longest name in bytes: file systems allow 255.
const LONGEST: usize = 100;

/// How much of the hash of its source a folder's name bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// Nothing: the name is the source's own.
    None,
    /// 32 bits.
    Short,
    /// 128 bits, which no two sources share.
    Long,
}

impl Mark {
    fn more(self) -> Self {
        match self {
            Mark::None => Mark::Short,
            Mark::Short | Mark::Long => Mark::Long,
        }
    }

    /// The number of hexadecimal digits.
    fn digits(self) -> usize {
        match self {
            Mark::None => 0,
            Mark::Short => 8,
            Mark::Long => 32,
        }
    }
}

/// One folder name for each source, in their order. They are distinct also where the file system
/// tells neither capital letters nor the forms of Unicode, whatever the sources are and however
/// they follow each other.
///
/// A name that can't stand as it is gets a mark made from the source's own name, so that it does
/// not depend on the other sources. Those that share a name all get more of a mark. Another source
/// may be called just like that, so this is repeated until no name is shared: marks only grow, and
/// those of the last kind differ in themselves, since they are of one length.
pub(super) fn folders(sources: &[String]) -> Vec<String> {
    let mut marks: Vec<Mark> = sources.iter().map(|source| least_mark(source)).collect();
    loop {
        let names: Vec<String> = sources
            .iter()
            .zip(&marks)
            .map(|(source, mark)| marked(source, *mark))
            .collect();
        let mut uses: HashMap<String, usize> = HashMap::new();
        for name in &names {
            *uses.entry(folded(name)).or_default() += 1;
        }
        let mut grown = false;
        for (name, mark) in names.iter().zip(&mut marks) {
            let shared = uses.get(&folded(name)).is_some_and(|&uses| uses > 1);
            if shared && *mark != Mark::Long {
                *mark = mark.more();
                grown = true;
            }
        }
        if !grown {
            return names;
        }
    }
}

/// The mark that a source's folder has if no other source wants its name.
fn least_mark(source: &str) -> Mark {
    let name = readable(source);
    if !name.is_empty() && name == source && !is_reserved(&name) {
        Mark::None
    } else {
        Mark::Short
    }
}

fn marked(source: &str, mark: Mark) -> String {
    let name = readable(source);
    let digest = Digest::of(source.as_bytes()).to_string();
    let hash = format!("{digest:.digits$}", digits = mark.digits());
    match (name.is_empty(), mark) {
        (_, Mark::None) => name,
        (true, _) => hash,
        (false, _) => format!("{name}-{hash}"),
    }
}

/// What is the same for names that some file system takes for one: without the difference between
/// small and capital letters, composed.
fn folded(name: &str) -> String {
    let composer = ComposingNormalizerBorrowed::new_nfc();
    let small = composer.normalize(name).to_uppercase().to_lowercase();
    composer.normalize(&small).into_owned()
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
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Sources of which many want one name: some are called as the folders of others would be.
    fn sources() -> impl Strategy<Value = Vec<String>> {
        let base = prop::sample::select(vec![
            "ab", "a:b", "AB", "a/b", "", ".", "con", "ß", "SS", "é", "e\u{301}", "Å", "\u{212b}",
            "straße", "STRASSE", "a\u{0}b",
        ]);
        let marks = prop::collection::vec(prop::sample::select(vec![8usize, 32]), 0..4);
        let source = (base, marks).prop_map(|(base, marks)| {
            let wanted = |name: String, digits: usize| {
                let hash = blake3::hash(name.as_bytes()).to_hex();
                let hash: String = hash.chars().take(digits).collect();
                match readable(&name).as_str() {
                    "" => hash,
                    readable => format!("{readable}-{hash}"),
                }
            };
            marks.into_iter().fold(base.to_owned(), wanted)
        });
        prop::collection::btree_set(source, 0..24)
            .prop_map(|sources| sources.into_iter().collect::<Vec<_>>())
            .prop_shuffle()
    }

    proptest! {
        #[test]
        fn fault_7_no_folder_is_shared_and_the_order_of_sources_makes_no_difference(
            sources in sources(),
            turn in 0usize..24,
        ) {
            let folders = folders(&sources);
            let distinct: BTreeSet<String> = folders.iter().map(|name| folded(name)).collect();
            prop_assert_eq!(distinct.len(), sources.len(), "{:?} of {:?}", folders, sources);
            prop_assert!(folders.iter().all(|name| !name.is_empty() && name.len() < 255));
            let mut turned = sources.clone();
            turned.rotate_left(turn % sources.len().max(1));
            let by_name = |sources: Vec<String>, folders: Vec<String>| -> BTreeMap<String, String> {
                sources.into_iter().zip(folders).collect()
            };
            let again = super::folders(&turned);
            prop_assert_eq!(by_name(turned, again), by_name(sources, folders));
        }
    }

    #[test]
    fn fault_7_a_source_that_is_called_like_the_folder_of_another_has_one_of_its_own() {
        let sources = ["a:b", "ab-9f48b7e8"].map(str::to_owned);
        let [first, second] = folders(&sources).try_into().unwrap();
        assert_eq!(second, format!("ab-9f48b7e8-{}", short(&sources[1])));
        assert!(
            first.starts_with("ab-9f48b7e8") && first.len() == 35,
            "{first}"
        );
        // Alone, either is called as it ever was.
        assert_eq!(folders(&sources[..1]), ["ab-9f48b7e8"]);
        assert_eq!(folders(&sources[1..]), ["ab-9f48b7e8"]);
    }

    fn short(source: &str) -> String {
        blake3::hash(source.as_bytes())
            .to_hex()
            .chars()
            .take(8)
            .collect()
    }

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
        let distinct: BTreeSet<String> = folders.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), sources.len());
        for name in &folders {
            assert!(
                !name.is_empty() && !name.starts_with('.') && !name.contains('/'),
                "{name}"
            );
        }
    }
}

//! The marks with which `q` is shown: by the language around it, as browsers have them (Unicode CLDR), and
//! others within a quotation.

use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};

/// The marks of a quotation and of one within it.
type Marks = [[&'static str; 2]; 2];

const USUAL: Marks = [["“", "”"], ["‘", "’"]];

/// The marks of languages that have others.
const LANGUAGES: [(&[&str], Marks); 8] = [
    (
        &["de", "cs", "sk", "sl", "bg", "hr", "sr", "et", "is", "lt"],
        [["„", "“"], ["‚", "‘"]],
    ),
    (&["pl", "hu", "ro"], [["„", "”"], ["«", "»"]]),
    (&["fr"], [["«\u{a0}", "\u{a0}»"], ["“", "”"]]),
    (
        &["it", "es", "ca", "pt-PT", "el", "no", "nb", "nn"],
        [["«", "»"], ["“", "”"]],
    ),
    (&["ru", "uk", "be"], [["«", "»"], ["„", "“"]]),
    (&["da"], [["»", "«"], ["›", "‹"]]),
    (&["fi", "sv"], [["”", "”"], ["’", "’"]]),
    (
        &["ja", "zh-Hant", "zh-TW", "zh-HK"],
        [["「", "」"], ["『", "』"]],
    ),
];

/// How many elements around a quotation are looked at.
const AROUND: usize = 64;

/// The marks of a quotation.
pub(in crate::clean::body::walk) fn marks(node: NodeRef<'_>) -> [&'static str; 2] {
    let around = node.ancestors().take(AROUND);
    let is_inner = around
        .filter_map(|outer| element_of(&outer))
        .filter(|outer| outer.name() == "q")
        .count()
        % 2
        == 1;
    let [outer, inner] = language(node).unwrap_or(USUAL);
    if is_inner { inner } else { outer }
}

fn language(node: NodeRef<'_>) -> Option<Marks> {
    let around = std::iter::once(node).chain(node.ancestors()).take(AROUND);
    let tag = around.into_iter().find_map(|outer| {
        let element = element_of(&outer)?;
        attribute(element, "lang").or_else(|| attribute(element, "xml:lang"))
    })?;
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let is_named =
        |name: &str| name.eq_ignore_ascii_case(tag) || name.eq_ignore_ascii_case(primary);
    let found = LANGUAGES
        .iter()
        .find(|(names, _)| names.iter().any(|name| is_named(name)));
    found.map(|(_, marks)| *marks)
}

//! What a listing is written in, as the programs that colour code say it.

use super::label;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::model::CodeLanguage;

/// Attributes whose value is the language.
const ATTRIBUTES: [&str; 6] = [
    "data-lang",
    "data-language",
    "data-enlighter-language",
    "data-code-language",
    "data-canonical-lang",
    "syntax",
];

/// What stands before the language in a class.
const PREFIXES: [&str; 7] = [
    "language-",
    "lang-",
    "highlight-source-",
    "highlight-text-",
    "mw-highlight-lang-",
    "brush:",
    "lang:",
];

/// What stands before the language, or before something else.
const DOUBTFUL_PREFIXES: [&str; 4] = ["code-snippet__", "src-", "syntax-", "highlight-"];

/// Classes beside which the bare name of a language stands.
const COMPANIONS: [&str; 10] = [
    "sourcecode",
    "hljs",
    "highlight",
    "codehilite",
    "prettyprint",
    "chroma",
    "code",
    "src",
    "shiki",
    "syntaxhighlighter",
];

/// Names that are bare classes: others may mean anything.
const BARE: &str = " actionscript apache asm awk bash basic bat batch c c# c++ clojure cmake cmd coffee coffeescript \
    cpp cs csharp css cuda d dart delphi diff dockerfile elixir elm erlang fish fortran fsharp go golang graphql groovy \
    haskell hcl html http ini java javascript jinja js json jsx julia kotlin latex less lisp lua makefile markdown \
    matlab md nginx nix objc objectivec ocaml pascal perl php plsql powershell protobuf ps1 py python python3 r rb rs \
    ruby rust sass scala scheme scss sh shell solidity sql svg swift tcl terraform tex toml ts tsx typescript vb vbnet \
    verilog vim xhtml xml yaml yml zig zsh ";

/// What pages call code without a language.
const NONE: &str = " none text plain plaintext txt nohighlight no-highlight auto default undefined null raw fix \
    highlighter numbers line-numbers source ";

/// The language of the listing that an element begins: as it says, or the code in it, or what is around it.
pub(super) fn of(element: &Element, node: NodeRef<'_>) -> Option<CodeLanguage> {
    let inside = || {
        let elements = node.descendants().skip(1).take(64);
        elements.filter_map(|inside| match inside.value() {
            scraper::Node::Element(element) if matches!(element.name(), "code" | "pre") => {
                Some(element)
            }
            _ => None,
        })
    };
    let around = || {
        let known = |language: &CodeLanguage| is_known(language.as_str());
        let elements = node
            .ancestors()
            .take(4)
            .filter_map(|around| match around.value() {
                scraper::Node::Element(around) if is_around_code(around) => Some(around),
                _ => None,
            });
        // What is around may be more than the listing: `lang-en` is a class of pages.
        elements.filter_map(named).find(known)
    };
    named(element)
        .or_else(|| inside().find_map(named))
        .or_else(around)
        .or_else(|| label::language_of(node))
}

/// Whether words are the name of a language, or say that there is none.
pub(super) fn is_spoken(words: &str) -> bool {
    let plain = ["plain text", "plaintext", "text", "code"];
    plain.contains(&words) || spoken(words).is_some()
}

/// The language that words name.
pub(super) fn spoken(words: &str) -> Option<CodeLanguage> {
    let name = words.replace(' ', "-");
    is_known(&name).then(|| language(&name)).flatten()
}

/// Whether the classes of a listing, in it or around it, say the same as words.
pub(super) fn is_said_around(words: &str, listing: NodeRef<'_>) -> bool {
    let near = listing
        .descendants()
        .take(8)
        .chain(listing.ancestors().take(3));
    let mut elements = near.filter_map(|node| element_of(&node));
    let is_same = |name: CodeLanguage| name.as_str() == words;
    elements.any(|element| named(element).is_some_and(is_same))
}

/// Whether an element may stand around one listing and nothing else.
fn is_around_code(element: &Element) -> bool {
    matches!(
        element.name(),
        "div" | "figure" | "pre" | "td" | "tr" | "tbody" | "table" | "section"
    )
}

fn named(element: &Element) -> Option<CodeLanguage> {
    let values = ATTRIBUTES
        .iter()
        .filter_map(|name| attribute(element, name));
    values
        .filter_map(language)
        .next()
        .or_else(|| prefixed(element))
        .or_else(|| bare(element))
}

fn language(name: &str) -> Option<CodeLanguage> {
    let name = CodeLanguage::new(name)?;
    (!NONE.contains(&format!(" {name} "))).then_some(name)
}

/// A class that says what it is, as `language-rust` and `brush: js;` do.
fn prefixed(element: &Element) -> Option<CodeLanguage> {
    let mut all = classes(element);
    while let Some(class) = all.next() {
        let class = class.trim_end_matches(';').to_ascii_lowercase();
        let found = PREFIXES
            .iter()
            .find_map(|prefix| class.strip_prefix(prefix));
        let found = match found {
            Some("") => all
                .next()
                .and_then(|next| language(next.trim_end_matches(';'))),
            None => {
                let mut doubtful = DOUBTFUL_PREFIXES.iter();
                let name = doubtful.find_map(|prefix| class.strip_prefix(prefix));
                name.filter(|name| is_known(name)).and_then(language)
            }
            Some(name) => language(name.trim_end_matches("-basic")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn bare(element: &Element) -> Option<CodeLanguage> {
    let is_companion = |class: &str| {
        let class = class.to_ascii_lowercase();
        COMPANIONS.contains(&class.as_str())
    };
    if !classes(element).any(is_companion) {
        return None;
    }
    classes(element)
        .find(|class| is_known(class))
        .and_then(language)
}

fn is_known(name: &str) -> bool {
    BARE.contains(&format!(" {} ", name.to_ascii_lowercase()))
}

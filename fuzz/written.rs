//! Markup that we wrote, read by a parser that is not ours.

use offprint::model::{Address, Block, Image, MathAttribute, MathElement, is_xml_character};
use offprint::parts::clean::body::Text;
use offprint::writer::xhtml::{References, Shown};
use std::collections::{BTreeMap, BTreeSet};

/// How often each character stands in a text, white space apart.
pub type Characters = BTreeMap<char, usize>;

/// Every picture is shown under its own address; one that is called small is.
pub struct AsArchived;

/// The address of a picture that has none of its own.
const EMBEDDED: &str = "https://pictures.example/embedded.png";

impl References for AsArchived {
    fn image(&self, image: &Image) -> Shown {
        let origin = image.source.origin().map(ToString::to_string);
        let address = origin.unwrap_or_else(|| EMBEDDED.to_owned());
        let side = address.contains("/small").then_some(12);
        Shown::Picture {
            address,
            width: side,
            height: side,
        }
    }
}

const ELEMENTS: [&str; 50] = [
    "dl",
    "dt",
    "dd",
    "rp",
    "mark",
    "u",
    "ins",
    "kbd",
    "samp",
    "var",
    "abbr",
    "bdi",
    "cite",
    "bdo",
    "math",
    "section",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "figcaption",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "pre",
    "code",
    "hr",
    "div",
    "a",
    "strong",
    "em",
    "sub",
    "s",
    "sup",
    "ruby",
    "rt",
    "span",
    "br",
    "img",
];

const ATTRIBUTES: [&str; 22] = [
    "alttext", "display", "reversed", "type", "value", "title", "style", "headers", "href", "src",
    "alt", "class", "id", "lang", "dir", "role", "width", "height", "colspan", "rowspan", "start",
    "scope",
];

/// Reads blocks of markup, checks that they are XML with nothing in it that runs, and gives their
/// text.
pub fn check(markup: &str) -> String {
    if let Some(c) = markup.chars().find(|&c| !is_xml_character(c)) {
        panic!("{c:?} is no character of XML");
    }
    let document = format!("<section>{markup}</section>");
    let tree = roxmltree::Document::parse(&document)
        .unwrap_or_else(|error| panic!("{error}:\n{document}"));
    let mut ids = BTreeSet::new();
    let mut targets = BTreeSet::new();
    for element in tree.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name().name();
        let of_formula = name == "math" || MathElement::named(name).is_some();
        let known = ELEMENTS.contains(&name) || ["small", "aside"].contains(&name) || of_formula;
        assert!(known, "<{name}> is written:\n{document}");
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let of_formula = of_formula
                && (["alttext", "display"].contains(&name) || MathAttribute::of(name).is_some());
            let known = ATTRIBUTES.contains(&name) || of_formula;
            assert!(known, "{name} is written:\n{document}");
            if name == "id" {
                assert!(ids.insert(value), "{value} stands twice:\n{document}");
            }
            if name == "href" || name == "src" {
                match value.strip_prefix('#') {
                    Some(target) => drop(targets.insert(target)),
                    None => assert!(Address::parse(value).is_some(), "{value:?} is no address"),
                }
            }
        }
    }
    let nowhere = targets.difference(&ids).next();
    assert_eq!(nowhere, None, "a link leads nowhere:\n{document}");
    text_of(&tree)
}

fn text_of(tree: &roxmltree::Document<'_>) -> String {
    // The signs around an annotation are there for who can't show one beside its base.
    let is_fallback = |text: &roxmltree::Node<'_, '_>| {
        text.parent()
            .is_some_and(|parent| parent.has_tag_name("rp"))
    };
    let texts = tree.descendants().filter(roxmltree::Node::is_text);
    let texts = texts.filter(|text| !is_fallback(text));
    texts.filter_map(|node| node.text()).collect()
}

/// Counts the characters that take room. Quotation marks are left out, for `q` makes some.
pub fn characters<'t>(texts: impl IntoIterator<Item = &'t str>) -> Characters {
    let mut counts = Characters::new();
    for c in texts.into_iter().flat_map(str::chars) {
        if takes_room(c) {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// Whether a reader sees a character.
fn takes_room(c: char) -> bool {
    // Quotation marks, fractions and roots may be elements.
    if "“”‘’«»„‚‹›「」『』（）()⁄√".contains(c) {
        return false;
    }
    !c.is_whitespace()
        && !c.is_control()
        && is_xml_character(c)
        && !offprint::model::is_invisible(c)
}

/// What `all` has more of than `some`.
pub fn beyond(all: &Characters, some: &Characters) -> String {
    let missing = all.iter().flat_map(|(&c, &count)| {
        let there = some.get(&c).copied().unwrap_or_default();
        std::iter::repeat_n(c, count.saturating_sub(there))
    });
    missing.collect()
}

/// What stands in attributes and may become text: what the page calls the things that play
/// elsewhere, and the alternative texts that become captions.
pub fn attributes(blocks: &[Block]) -> Characters {
    let mut counts = Characters::new();
    for block in blocks {
        if let Block::Embed(embed) = block {
            add(&mut counts, &characters([embed.title.as_str()]));
        }
        if let Block::Figure(figure) = block {
            add(
                &mut counts,
                &characters([figure.image.alternative.as_str()]),
            );
        }
        for group in block.children() {
            add(&mut counts, &attributes(group));
        }
    }
    counts
}

fn add(counts: &mut Characters, more: &Characters) {
    for (&c, count) in more {
        *counts.entry(c).or_default() += count;
    }
}

/// The characters of both.
pub fn sum(one: &Characters, other: &Characters) -> Characters {
    let mut counts = one.clone();
    add(&mut counts, other);
    counts
}

/// The text of a tree, of its end matter and of all that was left out on purpose.
pub fn accounted(text: &Text) -> Characters {
    let plain = text.blocks.plain_text();
    let removed = text.removed.iter().map(|removed| removed.text.as_str());
    let ends = [&text.credit, &text.rights].into_iter().flatten();
    let ends = ends.map(|end| end.as_str());
    characters([plain.as_str()].into_iter().chain(ends).chain(removed))
}

//! The markup of articles, for feeds and books alike.

use super::reading::{Element, elements};
use crate::strategies;
use offprint::model::{Article, Block, Image, Inline, MathAttribute, MathElement};
use offprint::writer::xhtml::{self, References, Shown, Style};
use proptest::prelude::*;

/// Every other picture is missing.
struct HalfOfThem;

impl References for HalfOfThem {
    fn image(&self, image: &Image) -> Shown {
        match image.source.origin() {
            Some(origin) if origin.as_str().len() % 2 == 0 => Shown::Picture {
                address: "../images/a.jpg".to_owned(),
                width: Some(3),
                height: Some(2),
            },
            origin => Shown::Missing {
                link: origin.map(ToString::to_string),
            },
        }
    }
}

const STYLE: Style = Style {
    classes: true,
    title_level: 1,
};

const FLOW: [&str; 21] = [
    "p",
    "aside",
    "details",
    "summary",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "blockquote",
    "ul",
    "ol",
    "table",
    "pre",
    "hr",
    "div",
    "figcaption",
    "dl",
    "dt",
    "dd",
];
const PHRASING: [&str; 24] = [
    "a", "strong", "em", "s", "sub", "sup", "code", "ruby", "rt", "span", "br", "img", "small",
    "rp", "mark", "u", "ins", "kbd", "samp", "var", "cite", "abbr", "bdi", "bdo",
];
const TABLE: [&str; 9] = [
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "li", "section",
];

fn markup_of(article: &Article) -> String {
    markup_in(article, STYLE)
}

fn markup_in(article: &Article, style: Style) -> String {
    format!(
        "<section>{}</section>",
        xhtml::article(article, &HalfOfThem, style)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn markup_is_well_formed_and_keeps_to_the_content_model(article in strategies::article()) {
        check(&markup_of(&article))?;
        let bare = Style { classes: false, ..STYLE };
        check(&markup_in(&article, bare))?;
    }

    #[test]
    fn no_text_is_lost(article in strategies::article()) {
        let (_, text) = elements(&markup_of(&article));
        let text = without_spaces(&text);
        let mut rest = text.as_str();
        for leaf in leaves(article.body.blocks()) {
            let leaf = without_spaces(&leaf);
            let found = rest.split_once(leaf.as_str());
            prop_assert!(found.is_some(), "{:?} is not in what is left: {:?}", leaf, rest);
            rest = found.map_or("", |(_, rest)| rest);
        }
        for end in [&article.credit, &article.rights].into_iter().flatten() {
            prop_assert!(text.contains(&without_spaces(end)));
        }
    }

    #[test]
    fn the_same_article_gives_the_same_markup(article in strategies::article()) {
        prop_assert_eq!(markup_of(&article), markup_of(&article.clone()));
    }
}

/// Markup is well-formed, each element stands where HTML allows it, with allowed attributes.
pub fn check(markup: &str) -> Result<(), TestCaseError> {
    let (elements, _) = elements(markup);
    let mut ids = std::collections::BTreeSet::new();
    let mut level = 1;
    for element in &elements {
        let name = element.name.as_str();
        if name == "math" || element.around.iter().any(|around| around == "math") {
            check_formula(element)?;
            continue;
        }
        prop_assert!(FLOW.contains(&name) || PHRASING.contains(&name) || TABLE.contains(&name));
        check_place(element)?;
        check_attributes(element)?;
        if let Some(id) = element.attributes.get("id") {
            prop_assert!(ids.insert(id.clone()), "{} stands twice", id);
        }
        if let Some(number) = name
            .strip_prefix('h')
            .and_then(|rest| rest.parse::<u8>().ok())
        {
            prop_assert!(number <= level + 1, "h{} after h{}", number, level);
            level = number;
        }
    }
    Ok(())
}

/// A formula or a part of one.
fn check_formula(element: &Element) -> Result<(), TestCaseError> {
    let is_whole = element.name == "math";
    let whole = ["xmlns", "alttext", "display"];
    prop_assert!(is_whole || MathElement::named(&element.name).is_some());
    prop_assert!(!is_whole || element.attributes.contains_key("alttext"));
    for name in element.attributes.keys() {
        let known = MathAttribute::of(name).is_some();
        prop_assert!(
            known || (is_whole && whole.contains(&name.as_str())),
            "{}",
            name
        );
    }
    Ok(())
}

fn check_place(element: &Element) -> Result<(), TestCaseError> {
    let inside = |name: &str| element.around.iter().any(|around| around == name);
    let parent = element.around.last().map_or("", String::as_str);
    let name = element.name.as_str();
    if FLOW.contains(&name) {
        prop_assert!(
            !inside("p") && !inside("h2") && !inside("a"),
            "{} in a line",
            name
        );
        prop_assert!(name != "figcaption" || parent == "figure");
        prop_assert!(!(name.len() == 2 && name != "hr" && name.starts_with('h') && inside("th")));
    }
    match name {
        "a" | "ruby" => prop_assert!(!inside(name), "{} in itself", name),
        "rt" | "rp" => prop_assert_eq!(parent, "ruby"),
        "dt" | "dd" => prop_assert_eq!(parent, "dl"),
        "li" => prop_assert!(parent == "ul" || parent == "ol"),
        "td" | "th" => prop_assert_eq!(parent, "tr"),
        _ => {}
    }
    Ok(())
}

fn check_attributes(element: &Element) -> Result<(), TestCaseError> {
    let allowed = [
        "class", "id", "href", "src", "alt", "role", "width", "height", "start", "scope",
        "colspan", "rowspan", "reversed", "type", "value", "style", "title", "lang", "xml:lang",
        "dir", "headers", "tabindex",
    ];
    for name in element.attributes.keys() {
        prop_assert!(
            allowed.contains(&name.as_str()),
            "{} on {}",
            name,
            element.name
        );
    }
    if element.name == "img" {
        let words = element.attributes.get("alt");
        prop_assert!(words.is_some());
        let decoration = element.attributes.contains_key("role");
        prop_assert_eq!(words.is_some_and(String::is_empty), decoration);
    }
    prop_assert_eq!(
        element.attributes.get("lang"),
        element.attributes.get("xml:lang")
    );
    Ok(())
}

/// The texts of a tree in reading order, blank ones left out.
fn leaves(blocks: &[Block]) -> Vec<String> {
    let mut leaves = Vec::new();
    for block in blocks {
        match block {
            Block::Code(code) => leaves.push(code.to_string()),
            Block::Embed(embed) => leaves.push(embed.title.trim().to_owned()),
            Block::Captioned(captioned) => leaves.extend(self::leaves(&captioned.blocks)),
            _ => {}
        }
        block
            .line()
            .into_iter()
            .for_each(|line| line_leaves(line, &mut leaves));
        let is_done = matches!(block, Block::Captioned(_));
        for group in block.children().into_iter().filter(|_| !is_done) {
            leaves.extend(self::leaves(group));
        }
    }
    let visible = |leaf: &String| !offprint::model::CleanText::new(leaf.as_str()).is_blank();
    leaves.retain(visible);
    leaves
}

fn line_leaves(line: &[Inline], leaves: &mut Vec<String>) {
    for inline in line {
        if let Inline::Text(text) | Inline::Code(text) = inline {
            leaves.push(text.to_string());
        }
        for group in inline.children() {
            line_leaves(group, leaves);
        }
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

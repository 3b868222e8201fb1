//! What the style sheets in a page hide: rules whose selector is the name, the classes and the id of an
//! element.
//!
//! Rules of another kind hide nothing here, and undo what simple ones hide wherever their last part
//! fits: of text that a page may show none goes.

use super::hiding::Hiding;
use crate::clean::body::parse::style::Style;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use html5ever::ns;

/// How many bytes of style sheets are read.
const MOST_BYTES: usize = 300_000;

/// How many rules that show or hide something are kept.
const MOST_RULES: usize = 2_000;

/// What a rule says of whether elements are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Hides(Hiding),
    Shows,
}

/// The last part of a selector, and whether it is all of it.
struct Selector {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    is_simple: bool,
}

/// The rules of a page that show or hide something, in order.
#[derive(Default)]
pub(super) struct Sheets {
    rules: Vec<(Selector, Says)>,
}

impl Sheets {
    /// Reads the style sheets of a page, but for those for readers without scripts.
    pub fn of(root: NodeRef<'_>) -> Self {
        let mut sheets = Sheets::default();
        let mut read = 0;
        for node in root.descendants() {
            let Some(element) = element_of(&node).filter(|element| is_sheet(element)) else {
                continue;
            };
            let without_scripts = node.ancestors().take(3).any(|outer| {
                element_of(&outer).is_some_and(|element| element.name() == "noscript")
            });
            let media = attribute(element, "media").unwrap_or_default().trim();
            let is_for_all = media.is_empty() || matches!(media, "all" | "screen");
            if without_scripts || !is_for_all {
                continue;
            }
            for text in node.children().filter_map(|child| child.value().as_text()) {
                read += text.len();
                if read <= MOST_BYTES {
                    sheets.read(text);
                }
            }
        }
        if !sheets.rules.iter().any(|(_, says)| *says != Says::Shows) {
            sheets.rules.clear();
        }
        sheets
    }

    /// What hides an element, if a rule does and none shows it.
    pub fn hiding(&self, element: &Element) -> Option<Hiding> {
        if self.rules.is_empty() || element.name.ns != ns!(html) {
            return None;
        }
        let own = Style::of(element);
        let is_own = |property| {
            own.as_ref()
                .is_some_and(|style| style.value(property).is_some())
        };
        if is_own("display") || is_own("visibility") {
            return None;
        }
        let mut best: Option<((usize, usize, usize), Hiding)> = None;
        let fitting = || {
            self.rules
                .iter()
                .filter(|(selector, _)| selector.fits(element))
        };
        for (selector, says) in fitting() {
            if let Says::Hides(hiding) = says
                && selector.is_simple
                && best.is_none_or(|(weight, _)| selector.weight() >= weight)
            {
                best = Some((selector.weight(), *hiding));
            }
        }
        let (weight, hiding) = best?;
        let is_shown = fitting().any(|(selector, says)| {
            *says == Says::Shows && (!selector.is_simple || selector.weight() >= weight)
        });
        (!is_shown).then_some(hiding)
    }

    fn read(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        while let Some((selectors, after)) = rest.split_once('{') {
            // What stands in rules for some media or some browsers only is passed over.
            if selectors.contains('@') {
                let statements = selectors.rsplit(';').next().unwrap_or_default();
                if statements.contains('@') {
                    rest = after_block(after);
                    continue;
                }
            }
            let (declarations, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let Some(says) = says(declarations) else {
                continue;
            };
            let selectors = selectors.rsplit(';').next().unwrap_or_default();
            for selector in selectors.split(',').filter_map(Selector::of) {
                if self.rules.len() < MOST_RULES {
                    self.rules.push((selector, says));
                }
            }
        }
    }
}

fn is_sheet(element: &Element) -> bool {
    element.name() == "style" && element.name.ns == ns!(html)
}

/// Elements that any text is made of: a rule that hides all of a name is meant for another page than this.
fn is_text(name: &str) -> bool {
    !matches!(
        name,
        "aside" | "nav" | "footer" | "header" | "dialog" | "form" | "details" | "menu" | "address"
    ) && !name.contains('-')
}

/// What declarations say of whether something is shown.
fn says(declarations: &str) -> Option<Says> {
    let style = Style::written(declarations);
    match (style.value("display"), style.value("visibility")) {
        (Some(value), _) if value.eq_ignore_ascii_case("none") => {
            Some(Says::Hides(Hiding::Display))
        }
        (_, Some(value)) if value.eq_ignore_ascii_case("hidden") => {
            Some(Says::Hides(Hiding::Visibility))
        }
        (None, None) => None,
        _ => Some(Says::Shows),
    }
}

/// What follows a block that holds others.
fn after_block(text: &str) -> &str {
    let mut depth = 1usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

fn without_comments(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare
}

impl Selector {
    /// Reads a selector; nothing where its last part is no name, classes and id.
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let signs = [' ', '>', '+', '~', '\n', '\t', '\r'];
        let last = text.rsplit(signs).next().unwrap_or_default();
        let plain = last.split([':', '[', '*']).next().unwrap_or_default();
        let mut selector = Selector {
            name: None,
            id: None,
            classes: Vec::new(),
            is_simple: last.len() == text.len() && plain.len() == last.len(),
        };
        let mut rest = plain;
        while !rest.is_empty() {
            let (sign, name) = match rest.strip_prefix(['.', '#']) {
                Some(name) => (rest.chars().next()?, name),
                None => (' ', rest),
            };
            let end = name.find(['.', '#']).unwrap_or(name.len());
            let (name, after) = name.split_at_checked(end)?;
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            if name.is_empty() || !name.chars().all(is_name) {
                return None;
            }
            match sign {
                '.' => selector.classes.push(name.to_owned()),
                '#' => selector.id = Some(name.to_owned()),
                _ => selector.name = Some(name.to_ascii_lowercase()),
            }
            rest = after;
        }
        let named = selector.id.is_some() || !selector.classes.is_empty();
        let apart = selector.name.as_deref().is_some_and(|name| !is_text(name));
        selector.is_simple &= named || apart;
        (named || selector.name.is_some()).then_some(selector)
    }

    fn fits(&self, element: &Element) -> bool {
        self.name
            .as_deref()
            .is_none_or(|name| name == element.name())
            && self
                .id
                .as_deref()
                .is_none_or(|id| attribute(element, "id") == Some(id))
            && self
                .classes
                .iter()
                .all(|wanted| classes(element).any(|class| class == wanted))
    }

    /// How much a selector outweighs others (Selectors 4, section 17).
    fn weight(&self) -> (usize, usize, usize) {
        (
            usize::from(self.id.is_some()),
            self.classes.len(),
            usize::from(self.name.is_some()),
        )
    }
}

//! Formulas as KaTeX shows them, where its MathML is not there: what stands above what is told by lists
//! of entries (`vlist`), each so far from the top.

use super::pieces::{delimiter, limits, scripts, table, token, top, with_numbers};
use crate::clean::body::parse::tree::{
    Element, NodeRef, attribute, classes, element_of, visible_text,
};
use crate::model::{MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathElement};

/// Classes of elements that take up room or draw lines.
const ROOM: [&str; 13] = [
    "strut",
    "pstrut",
    "vlist-s",
    "mspace",
    "nulldelimiter",
    "frac-line",
    "overline-line",
    "underline-line",
    "hide-tail",
    "arraycolsep",
    "vertical-separator",
    "mathml",
    "version",
];

/// The stroke through a sign, in the fonts of KaTeX.
const STROKE: &str = "\u{e020}";

/// Alphabets of letters.
const ALPHABETS: [(&str, &str); 6] = [
    ("mathbb", "double-struck"),
    ("mathbf", "bold"),
    ("boldsymbol", "bold"),
    ("mathcal", "script"),
    ("mathscr", "script"),
    ("mathfrak", "fraktur"),
];

/// The parts of the formula that is shown in an element. Nothing where something in it is not known.
pub(super) fn parts(node: NodeRef<'_>) -> Option<Vec<Math>> {
    let mut nodes = node.descendants().take(MAXIMUM_FORMULA_PARTS);
    let shown = nodes.find(|inside| is(inside, "html"))?;
    let mut reading = Reading {
        left: MAXIMUM_FORMULA_PARTS,
    };
    let parts = reading.row(shown, MAXIMUM_FORMULA_DEPTH)?;
    (!parts.is_empty()).then_some(parts)
}

fn is(node: &NodeRef<'_>, class: &str) -> bool {
    element_of(node).is_some_and(|element| has(element, class))
}

fn has(element: &Element, class: &str) -> bool {
    // From version 0.17 on, classes have a prefix.
    classes(element).any(|found| found.strip_prefix("katex-").unwrap_or(found) == class)
}

/// The nearest element of a class.
fn within<'tree>(node: NodeRef<'tree>, class: &str) -> Option<NodeRef<'tree>> {
    node.descendants()
        .take(MAXIMUM_FORMULA_PARTS)
        .find(|inside| is(inside, class))
}

/// The entries of the first list in an element that show something, the highest first.
fn entries<'tree>(node: NodeRef<'tree>) -> Vec<NodeRef<'tree>> {
    let Some(list) = within(node, "vlist") else {
        return Vec::new();
    };
    let shows = |entry: &NodeRef<'_>| element_of(entry).is_some() && !shown(*entry).is_empty();
    let mut entries: Vec<NodeRef<'tree>> = list.children().filter(shows).collect();
    entries.sort_by(|one, other| {
        let top = |entry: &NodeRef<'_>| top(*entry).unwrap_or_default();
        top(one).total_cmp(&top(other))
    });
    entries
}

/// The characters that an element shows.
fn shown(node: NodeRef<'_>) -> String {
    visible_text(node).replace('\u{200b}', "").trim().to_owned()
}

struct Reading {
    /// How many more nodes are looked at.
    left: usize,
}

impl Reading {
    /// What stands in an element, side by side.
    fn row(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Vec<Math>> {
        let depth = depth.checked_sub(1)?;
        let mut parts = Vec::new();
        for child in node.children() {
            self.left = self.left.checked_sub(1)?;
            match element_of(&child) {
                Some(element) => self.element(element, child, depth, &mut parts)?,
                None => parts.extend(child.value().as_text().and_then(|text| letters(text, node))),
            }
        }
        Some(with_numbers(without_strokes(parts)))
    }

    fn one(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        Some(Math::row(self.row(node, depth)?))
    }

    fn element(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
        depth: usize,
        parts: &mut Vec<Math>,
    ) -> Option<()> {
        let has = |class: &str| has(element, class);
        if ROOM.iter().any(|class| has(class)) || element.name() == "svg" {
            return Some(());
        }
        let math = if has("msupsub") {
            let base = parts.pop().unwrap_or_else(|| Math::row(Vec::new()));
            self.scripts(base, node, depth)?
        } else if has("mfrac") {
            self.fraction(node, depth)?
        } else if has("sqrt") {
            self.root(node, depth)?
        } else if has("op-limits") {
            self.limits(node, depth)?
        } else if has("accent") {
            self.accent(node, depth)?
        } else if has("munder") || has("mover") {
            self.brace(node, depth)?
        } else if has("overline") {
            limits(self.only(node, depth)?, None, Some(token("‾")))
        } else if has("x-arrow") {
            limits(token("→"), None, Some(self.only(node, depth)?))
        } else if has("mtable") {
            self.table(node, depth)?
        } else {
            let inside = self.letters_or_row(element, node, depth)?;
            let Some(math) = inside else {
                return Some(());
            };
            math
        };
        let is_name = has("mop") && math.text().chars().nth(1).is_some();
        parts.push(math);
        if is_name {
            // A function is applied to what follows.
            parts.push(Math::token(MathElement::Operator, "\u{2061}"));
        }
        Some(())
    }

    /// What an element shows that sets nothing above or below the line: letters, or what stands in it.
    /// Nothing where nothing does.
    fn letters_or_row(
        &mut self,
        element: &Element,
        node: NodeRef<'_>,
        depth: usize,
    ) -> Option<Option<Math>> {
        let has = |class: &str| has(element, class);
        if has("mop") && within(node, "vlist").is_none() {
            let name: String = shown(node).split_whitespace().collect();
            return Some(Some(token(&name)));
        }
        if has("text") {
            return Some(Some(Math::token(MathElement::Text, &shown(node))));
        }
        if has("mult") {
            let sign = shown(node).chars().next().map(delimiter);
            return Some(Some(token(&String::from_iter(sign))));
        }
        if has("vlist-t") {
            return match entries(node).as_slice() {
                [] => Some(None),
                [only] => self.one(*only, depth).map(Some),
                _ => None,
            };
        }
        let inside = self.row(node, depth)?;
        Some((!inside.is_empty()).then(|| Math::row(inside)))
    }

    fn scripts(&mut self, base: Math, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        // Room below the line is there for what stands there.
        let is_below = within(node, "vlist-t2").is_some();
        let (below, above) = match entries(node).as_slice() {
            [above, below] => (Some(*below), Some(*above)),
            [only] if is_below => (Some(*only), None),
            [only] => (None, Some(*only)),
            _ => return None,
        };
        let mut part = |node: Option<NodeRef<'_>>| match node {
            Some(node) => self.one(node, depth).map(Some),
            None => Some(None),
        };
        Some(scripts(base, part(below)?, part(above)?))
    }

    fn fraction(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let entries = entries(node);
        let [above, below] = entries.as_slice() else {
            return None;
        };
        let parts = vec![self.one(*above, depth)?, self.one(*below, depth)?];
        let fraction = Math::of(MathElement::Fraction, parts);
        Some(if within(node, "frac-line").is_some() {
            fraction
        } else {
            fraction.with("linethickness", "0")
        })
    }

    fn root(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let index = node.children().find(|child| is(child, "root"));
        let index = match index {
            Some(index) => Some(self.one(index, depth)?),
            None => None,
        };
        let under = within(node, "svg-align")?;
        let under = self.one(under, depth)?;
        Some(match index {
            Some(index) => Math::of(MathElement::Root, vec![under, index]),
            None => Math::of(MathElement::SquareRoot, vec![under]),
        })
    }

    fn limits(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let entries = entries(node);
        let is_base = |entry: &NodeRef<'_>| {
            let mut inside = entry
                .children()
                .flat_map(|child| child.descendants().take(2));
            inside.any(|inside| is(&inside, "mop"))
        };
        let base = entries.iter().position(is_base)?;
        let (above, rest) = entries.split_at(base);
        let (base, below) = rest.split_first()?;
        if above.len() > 1 || below.len() > 1 {
            return None;
        }
        let mut part = |node: Option<&NodeRef<'_>>| match node {
            Some(node) => self.one(*node, depth).map(Some),
            None => Some(None),
        };
        let (above, below) = (part(above.first())?, part(below.first())?);
        Some(limits(self.one(*base, depth)?, below, above))
    }

    /// What stands above or below a brace, and the brace.
    fn brace(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let is_below = is(&node, "munder");
        let entries = entries(node);
        let (base, beside) = match entries.as_slice() {
            [only] if within(node, "brace-center").is_some() => {
                let base = self.one(*only, depth)?;
                return Some(if is_below {
                    limits(base, Some(token("⏟")), None)
                } else {
                    limits(base, None, Some(token("⏞")))
                });
            }
            [only] => return self.one(*only, depth),
            [base, below] if is_below => (*base, *below),
            [above, base] => (*base, *above),
            _ => return None,
        };
        let (base, beside) = (self.one(base, depth)?, self.one(beside, depth)?);
        Some(if is_below {
            limits(base, Some(beside), None)
        } else {
            limits(base, None, Some(beside))
        })
    }

    /// The only entry that shows something.
    fn only(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        match entries(node).as_slice() {
            [only] => self.one(*only, depth),
            _ => None,
        }
    }

    fn accent(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let is_accent = |entry: &NodeRef<'_>| within(*entry, "accent-body").is_some();
        let (signs, bases): (Vec<_>, Vec<_>) = entries(node).into_iter().partition(is_accent);
        let [base] = bases.as_slice() else {
            return None;
        };
        let sign = match signs.as_slice() {
            [sign] => shown(*sign),
            // An arrow is drawn.
            _ if within(node, "overlay").is_some() => "→".to_owned(),
            _ => match drawn_accent(node) {
                Some(sign) => sign.to_owned(),
                None => return self.one(*base, depth),
            },
        };
        let sign = Math::token(MathElement::Operator, &sign);
        Some(Math::of(
            MathElement::Over,
            vec![self.one(*base, depth)?, sign],
        ))
    }

    /// A table, which is set column by column.
    fn table(&mut self, node: NodeRef<'_>, depth: usize) -> Option<Math> {
        let mut rows: Vec<Vec<Math>> = Vec::new();
        let is_column = |child: &NodeRef<'_>| {
            element_of(child).is_some_and(|element| {
                classes(element).any(|class| class.starts_with("col-align-"))
            })
        };
        for (number, column) in node.children().filter(is_column).enumerate() {
            let list = within(column, "vlist")?;
            let cells = list.children().filter(|cell| element_of(cell).is_some());
            for (row, cell) in cells.enumerate() {
                if rows.len() <= row {
                    rows.push(Vec::new());
                }
                let cells = rows.get_mut(row)?;
                cells.resize_with(number, || Math::row(Vec::new()));
                cells.push(self.one(cell, depth)?);
            }
        }
        (!rows.is_empty()).then(|| table(rows))
    }
}

/// The accent that is drawn as wide as what it stands above: an arrow by the end that is not cut off, a hat
/// by its outline, which begins at its tip.
fn drawn_accent(node: NodeRef<'_>) -> Option<&'static str> {
    let drawings = || {
        let inside = node.descendants().take(MAXIMUM_FORMULA_PARTS);
        inside.filter(|inside| element_of(inside).is_some_and(|it| it.name() == "svg"))
    };
    let fits = |end: &str| {
        drawings().any(|drawing| {
            let fit = element_of(&drawing).and_then(|it| attribute(it, "preserveAspectRatio"));
            fit.is_some_and(|fit| fit.starts_with(end) && fit.ends_with("slice"))
        })
    };
    match (fits("xMinY"), fits("xMaxY")) {
        (true, true) => return Some("↔"),
        (true, false) => return Some("←"),
        (false, true) => return Some("→"),
        (false, false) => {}
    }
    let mut paths = drawings().flat_map(|drawing| drawing.children());
    let outline = paths.find_map(|path| attribute(element_of(&path)?, "d"))?;
    let (tip, _) = match outline.split_once('h') {
        Some(split) if split.0.len() < 16 => split,
        _ => return Some("~"),
    };
    let is_at_top = tip.ends_with(" 0") || tip.ends_with(",0");
    Some(if is_at_top { "^" } else { "ˇ" })
}

/// The characters in an element as one token.
fn letters(text: &str, around: NodeRef<'_>) -> Option<Math> {
    let text = text.replace(['\u{200b}', '\u{a0}'], " ");
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let alphabet = element_of(&around).and_then(|element| {
        let found = ALPHABETS.iter().find(|(class, _)| has(element, class));
        found.map(|(_, name)| *name)
    });
    let math = token(text);
    Some(match alphabet {
        Some(alphabet) => math.with("mathvariant", alphabet),
        None => math,
    })
}

/// Signs that are struck out, which are set as a stroke and the sign, as one.
fn without_strokes(parts: Vec<Math>) -> Vec<Math> {
    let mut joined: Vec<Math> = Vec::with_capacity(parts.len());
    for part in parts {
        let is_struck = joined
            .last()
            .is_some_and(|last| last.text().as_str() == STROKE);
        match part.text().as_str() {
            "" => joined.push(part),
            sign if is_struck => {
                let struck = format!("{sign}\u{338}");
                joined.pop();
                joined.push(Math::token(
                    part.element(),
                    if sign == "=" { "≠" } else { &struck },
                ));
            }
            _ => joined.push(part),
        }
    }
    joined
}

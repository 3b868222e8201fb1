//! Formulas as `MathJax` sets them in HTML, where neither MathML nor TeX is there: its elements (version
//! 3 and later) or classes (version 2) say what each part is, and characters may be classes.

use super::pieces::{limits, meant, scripts, table, top, with_numbers};
use crate::clean::body::parse::tree::{NodeId, NodeRef, classes, element_of};
use crate::model::{MAXIMUM_FORMULA_DEPTH, MAXIMUM_FORMULA_PARTS, Math, MathElement, Shape};

/// The parts of the formula that is set in an element.
pub(super) fn parts(node: NodeRef<'_>) -> Option<Vec<Math>> {
    let mut nodes = node.descendants().take(MAXIMUM_FORMULA_PARTS);
    let math = nodes.find(|inside| kind(inside) == Some("math"))?;
    let parts = side_by_side(math, MAXIMUM_FORMULA_DEPTH)?;
    (!parts.is_empty()).then_some(parts)
}

/// What an element says that it is.
fn kind<'tree>(node: &NodeRef<'tree>) -> Option<&'tree str> {
    let element = element_of(node)?;
    if let Some(kind) = element.name().strip_prefix("mjx-") {
        return Some(kind);
    }
    classes(element).find_map(|class| {
        let is_known = class == "math" || MathElement::named(class).is_some();
        class.strip_prefix("mjx-").or(is_known.then_some(class))
    })
}

fn element(node: &NodeRef<'_>) -> Option<MathElement> {
    match kind(node)? {
        "texatom" => Some(MathElement::Row),
        name => MathElement::named(name),
    }
}

/// The nearest parts below a node, but for the signs of roots.
fn marked<'tree>(
    node: NodeRef<'tree>,
    depth: usize,
    found: &mut Vec<NodeRef<'tree>>,
) -> Option<()> {
    for child in node.children() {
        if kind(&child) == Some("surd") {
            continue;
        } else if element(&child).is_some() {
            found.push(child);
        } else {
            marked(child, depth.checked_sub(1)?, found)?;
        }
    }
    Some(())
}

fn nearest<'tree>(node: NodeRef<'tree>, depth: usize) -> Option<Vec<NodeRef<'tree>>> {
    let mut found = Vec::new();
    marked(node, depth, &mut found)?;
    Some(found)
}

fn side_by_side(node: NodeRef<'_>, depth: usize) -> Option<Vec<Math>> {
    let depth = depth.checked_sub(1)?;
    let mut parts = Vec::new();
    for child in nearest(node, depth)? {
        parts.extend(part(child, depth)?);
    }
    Some(with_numbers(parts))
}

fn row(node: NodeRef<'_>, depth: usize) -> Option<Math> {
    side_by_side(node, depth).map(Math::row)
}

/// The first element of one of some kinds in another, but for those in `not`.
fn first<'tree>(node: NodeRef<'tree>, kinds: &[&str], not: &[NodeId]) -> Option<NodeRef<'tree>> {
    let mut inside = node.descendants().skip(1).take(MAXIMUM_FORMULA_PARTS);
    inside.find(|inside| {
        let is_left_out = || not.iter().any(|not| is_within(*inside, *not));
        kind(inside).is_some_and(|kind| kinds.contains(&kind)) && !is_left_out()
    })
}

fn is_within(node: NodeRef<'_>, outer: NodeId) -> bool {
    let mut around = node.ancestors().take(MAXIMUM_FORMULA_DEPTH);
    around.any(|around| around.id() == outer)
}

fn part(node: NodeRef<'_>, depth: usize) -> Option<Option<Math>> {
    use MathElement as E;
    let element = element(&node)?;
    let math = match element {
        E::Space | E::Phantom => return Some(None),
        _ if element.shape() == Shape::Token => Math::token(element, &characters(node)),
        E::Fraction => fraction(node, depth)?,
        E::SquareRoot => Math::of(element, side_by_side(node, depth)?),
        E::Root => root(node, depth)?,
        E::Subscript | E::Superscript | E::SubSuperscript | E::Under | E::Over | E::UnderOver => {
            with_scripts(element, node, depth)?
        }
        E::Table => {
            let mut rows = Vec::new();
            for row in nearest(node, depth)? {
                let cells = nearest(row, depth)?;
                let cells = cells.into_iter().map(|cell| self::row(cell, depth));
                rows.push(cells.collect::<Option<Vec<Math>>>()?);
            }
            table(rows)
        }
        E::Multiscripts | E::Prescripts | E::TableRow | E::TableCell => return None,
        _ => row(node, depth)?,
    };
    Some(Some(math))
}

fn fraction(node: NodeRef<'_>, depth: usize) -> Option<Math> {
    let above = first(node, &["num", "numerator"], &[]);
    let below = above.and_then(|above| first(node, &["den", "denominator"], &[above.id()]));
    let parts = match above.zip(below) {
        Some((above, below)) => vec![row(above, depth)?, row(below, depth)?],
        None => match by_height(node, depth)?.as_slice() {
            [(_, above), (_, below)] => vec![alone(*above, depth)?, alone(*below, depth)?],
            _ => return None,
        },
    };
    let fraction = Math::of(MathElement::Fraction, parts);
    let is_stack = first(node, &["frac"], &[]).is_some() && first(node, &["line"], &[]).is_none();
    Some(if is_stack {
        fraction.with("linethickness", "0")
    } else {
        fraction
    })
}

fn root(node: NodeRef<'_>, depth: usize) -> Option<Math> {
    let index = first(node, &["root"], &[])?;
    let under = first(node, &["box"], &[index.id()])?;
    let parts = vec![row(under, depth)?, row(index, depth)?];
    Some(Math::of(MathElement::Root, parts))
}

/// A base with what stands at it.
fn with_scripts(element: MathElement, node: NodeRef<'_>, depth: usize) -> Option<Math> {
    use MathElement as E;
    let is_beside = matches!(element, E::Subscript | E::Superscript | E::SubSuperscript);
    let set = if is_beside { scripts } else { limits };
    if let Some(base) = first(node, &["base"], &[]) {
        return named(node, base, set, depth);
    }
    if let Some(script) = node.children().find(|child| kind(child) == Some("script")) {
        let base = node
            .children()
            .find(|child| self::element(child).is_some())?;
        let (below, above) = match (element, nearest(script, depth)?.as_slice()) {
            (E::Subscript | E::Under, [below]) => (Some(*below), None),
            (E::Superscript | E::Over, [above]) => (None, Some(*above)),
            (_, [above, below]) => (Some(*below), Some(*above)),
            _ => return None,
        };
        let part = |node: Option<NodeRef<'_>>| match node {
            Some(node) => alone(node, depth).map(Some),
            None => Some(None),
        };
        return Some(set(alone(base, depth)?, part(below)?, part(above)?));
    }
    positioned(node, set, depth)
}

type Set = fn(Math, Option<Math>, Option<Math>) -> Math;

/// Where elements are named for what they hold. What stands above may come before the base.
fn named(node: NodeRef<'_>, base: NodeRef<'_>, set: Set, depth: usize) -> Option<Math> {
    let (mut base, mut above) = (base, first(node, &["over", "sup"], &[]));
    if let Some(found) = above {
        if is_within(found, base.id()) {
            above = first(node, &["over", "sup"], &[base.id()]);
        } else if is_within(base, found.id()) {
            base = first(node, &["base"], &[found.id()])?;
        }
    }
    let mut not = vec![base.id()];
    not.extend(above.map(|above| above.id()));
    let below = first(node, &["under", "sub"], &not);
    let part = |node: Option<NodeRef<'_>>| match node {
        Some(node) => row(node, depth).map(Some),
        None => Some(None),
    };
    Some(set(row(base, depth)?, part(below)?, part(above)?))
}

/// Where nothing but places tells: the first part is the base.
fn positioned(node: NodeRef<'_>, set: Set, depth: usize) -> Option<Math> {
    let base = *nearest(node, depth)?.first()?;
    let heights = by_height(node, depth)?;
    let (_, middle) = heights
        .iter()
        .enumerate()
        .find(|(_, (_, found))| found.id() == base.id())
        .map(|(at, (height, _))| (at, *height))?;
    let mut above = heights.iter().filter(|(height, _)| *height < middle);
    let mut below = heights
        .iter()
        .filter(|(height, found)| *height >= middle && found.id() != base.id());
    let part = |found: Option<&(f64, NodeRef<'_>)>| match found {
        Some((_, node)) => alone(*node, depth).map(Some),
        None => Some(None),
    };
    let (over, under) = (part(above.next())?, part(below.next())?);
    if above.next().is_some() || below.next().is_some() {
        return None;
    }
    Some(set(alone(base, depth)?, under, over))
}

fn alone(node: NodeRef<'_>, depth: usize) -> Option<Math> {
    let math = part(node, depth.checked_sub(1)?)?;
    Some(math.unwrap_or_else(|| Math::row(Vec::new())))
}

/// The nearest parts with how far down each is set, the highest first.
fn by_height<'tree>(node: NodeRef<'tree>, depth: usize) -> Option<Vec<(f64, NodeRef<'tree>)>> {
    let mut heights = Vec::new();
    for found in nearest(node, depth)? {
        let around = found.ancestors().take(MAXIMUM_FORMULA_DEPTH);
        let mut around = around.take_while(|outer| outer.id() != node.id());
        heights.push((around.find_map(top)?, found));
    }
    heights.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    Some(heights)
}

/// The characters of a token: those in it, else those that its classes name.
fn characters(node: NodeRef<'_>) -> String {
    let texts = node
        .descendants()
        .filter_map(|inside| inside.value().as_text());
    let text: String = texts.map(|text| text.trim()).collect();
    if !text.is_empty() {
        return meant(&text);
    }
    let codes = node.descendants().filter_map(|inside| {
        let element = element_of(&inside)?;
        classes(element).find_map(|class| {
            let code = u32::from_str_radix(class.strip_prefix("mjx-c")?, 16).ok()?;
            char::from_u32(code)
        })
    });
    meant(&String::from_iter(codes))
}

//! Formulas of which only what is seen is there: what programs that set them have in common.

use crate::clean::body::parse::tree::{NodeRef, attribute, element_of};
use crate::model::{Math, MathElement};

/// A piece of text as a token of the kind that it looks like.
pub(super) fn token(text: &str) -> Math {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let kind = if is_number && text.chars().any(|c| c.is_ascii_digit()) {
        MathElement::Number
    } else if text.chars().all(char::is_alphabetic) {
        MathElement::Identifier
    } else {
        MathElement::Operator
    };
    Math::token(kind, text)
}

/// Parts in a row, in which digits that were set one by one are numbers.
pub(super) fn with_numbers(parts: Vec<Math>) -> Vec<Math> {
    let mut joined: Vec<Math> = Vec::with_capacity(parts.len());
    for part in parts {
        match joined.last().and_then(|before| one_number(before, &part)) {
            Some(number) => {
                joined.pop();
                joined.push(number);
            }
            None => joined.push(part),
        }
    }
    joined
}

/// Two numbers as one; the second may have a script.
fn one_number(before: &Math, part: &Math) -> Option<Math> {
    let is_number = |part: &Math| part.element() == MathElement::Number;
    if !is_number(before) {
        return None;
    }
    let both = |digits: &Math| {
        let text = format!("{}{}", before.text(), digits.text());
        Math::token(MathElement::Number, &text)
    };
    if is_number(part) {
        return Some(both(part));
    }
    let has_scripts = matches!(
        part.element(),
        MathElement::Superscript | MathElement::Subscript | MathElement::SubSuperscript
    );
    let (base, scripts) = part.children().split_first()?;
    (has_scripts && is_number(base)).then(|| {
        let parts = std::iter::once(both(base)).chain(scripts.iter().cloned());
        Math::of(part.element(), parts.collect())
    })
}

/// A base with what stands below and above it at its right.
pub(super) fn scripts(base: Math, below: Option<Math>, above: Option<Math>) -> Math {
    match (below, above) {
        (Some(below), Some(above)) => {
            Math::of(MathElement::SubSuperscript, vec![base, below, above])
        }
        (Some(below), None) => Math::of(MathElement::Subscript, vec![base, below]),
        (None, Some(above)) => Math::of(MathElement::Superscript, vec![base, above]),
        (None, None) => base,
    }
}

/// The same for what stands right below and right above it.
pub(super) fn limits(base: Math, below: Option<Math>, above: Option<Math>) -> Math {
    match (below, above) {
        (Some(below), Some(above)) => Math::of(MathElement::UnderOver, vec![base, below, above]),
        (Some(below), None) => Math::of(MathElement::Under, vec![base, below]),
        (None, Some(above)) => Math::of(MathElement::Over, vec![base, above]),
        (None, None) => base,
    }
}

/// Rows of cells.
pub(super) fn table(rows: Vec<Vec<Math>>) -> Math {
    let row = |cells: Vec<Math>| {
        let cells = cells
            .into_iter()
            .map(|cell| Math::of(MathElement::TableCell, vec![cell]));
        Math::of(MathElement::TableRow, cells.collect())
    };
    Math::of(MathElement::Table, rows.into_iter().map(row).collect())
}

/// How far a style sets an element down; less than nothing is up.
pub(super) fn top(node: NodeRef<'_>) -> Option<f64> {
    let style = attribute(element_of(&node)?, "style")?;
    let value = style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        name.trim().eq_ignore_ascii_case("top").then_some(value)
    })?;
    value.trim().strip_suffix("em")?.trim().parse().ok()
}

/// The letter that a slanted letter for formulas is: names are slanted anyway.
pub(super) fn upright(c: char) -> char {
    let letter = |first: char, offset: u32| char::from_u32(u32::from(first) + offset).unwrap_or(c);
    match c {
        'ℎ' => 'h',
        '\u{1D434}'..='\u{1D44D}' => letter('A', u32::from(c) - 0x1D434),
        '\u{1D44E}'..='\u{1D467}' => letter('a', u32::from(c) - 0x1D44E),
        '\u{1D6F3}' => 'ϴ',
        '\u{1D6E2}'..='\u{1D6FA}' => letter('Α', u32::from(c) - 0x1D6E2),
        '\u{1D6FC}'..='\u{1D714}' => letter('α', u32::from(c) - 0x1D6FC),
        '\u{1D715}' => '∂',
        '\u{1D716}' => 'ϵ',
        '\u{1D717}' => 'ϑ',
        '\u{1D718}' => 'ϰ',
        '\u{1D719}' => 'ϕ',
        '\u{1D71A}' => 'ϱ',
        '\u{1D71B}' => 'ϖ',
        other => other,
    }
}

/// The bracket that a piece of a large one is of.
pub(super) fn delimiter(piece: char) -> char {
    match piece {
        '⎛' | '⎜' | '⎝' => '(',
        '⎞' | '⎟' | '⎠' => ')',
        '⎡' | '⎢' | '⎣' => '[',
        '⎤' | '⎥' | '⎦' => ']',
        '⎧' | '⎨' | '⎩' | '⎪' => '{',
        '⎫' | '⎬' | '⎭' => '}',
        '∣' => '|',
        other => other,
    }
}

/// Characters as the token means them: a bracket that is set of pieces is one.
pub(super) fn meant(characters: &str) -> String {
    let is_piece = |c: char| matches!(c, '⎛'..='⎭');
    match characters.chars().next() {
        Some(first) if characters.chars().all(is_piece) => delimiter(first).to_string(),
        // The pieces of braces that lie, in the fonts of MathJax.
        Some('\u{e150}') => "⏞".to_owned(),
        Some('\u{e152}') => "⏟".to_owned(),
        _ if characters == "–" || characters == "¯" => "‾".to_owned(),
        _ => characters.chars().map(upright).collect(),
    }
}

//! Parts side by side in a line: where brackets and spaces keep them apart.

use super::{Kind, Sign, Written, write};
use crate::model::Math;

/// Parts side by side.
pub(super) fn row(parts: &[Math]) -> Written {
    // A comma that nobody sees stands between two parts, if anywhere.
    let parts = match parts.split_last() {
        Some((last, others)) if last.text().as_str() == "\u{2063}" => others,
        _ => parts,
    };
    let mut parts: Vec<Written> = parts.iter().map(write).collect();
    parts.retain(|part| part.kind != Kind::Nothing);
    if parts.len() <= 1 {
        return parts
            .pop()
            .unwrap_or_else(|| Written::new("", Kind::Nothing));
    }
    settle_matrices(&mut parts);
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let kind = if is_bracketed(&parts) {
        Kind::Atom
    } else {
        Kind::Group
    };
    let mut text = String::new();
    for number in 0..parts.len() {
        let before = number.checked_sub(1).and_then(|last| parts.get(last));
        let (Some(part), after) = (parts.get(number), parts.get(number + 1)) else {
            break;
        };
        if before.is_some_and(|before| stand_apart(before, part)) {
            text.push(' ');
        }
        match part.kind {
            Kind::Fraction if before.is_some_and(is_operand) || after.is_some_and(is_operand) => {
                text.push_str(&format!("({})", part.text));
            }
            Kind::Rows => text.push_str(&format!("[{}]", part.text)),
            Kind::Sign(Sign::Infix) if before.is_some_and(ends_operand) => {
                text.push_str(&format!(" {} ", part.text));
            }
            Kind::Sign(Sign::Separator) => text.push_str(&format!("{} ", part.text)),
            _ => text.push_str(&part.text),
        }
    }
    Written::new(tidy(&text), kind)
}

/// A matrix in round or square brackets has square ones in a line.
fn settle_matrices(parts: &mut Vec<Written>) {
    let mut at = 1;
    while at + 1 < parts.len() {
        let texts = [at - 1, at + 1].map(|place| parts.get(place).map(|part| part.text.as_str()));
        let around = matches!(texts, [Some("("), Some(")")] | [Some("["), Some("]")]);
        let is_matrix = parts.get(at).is_some_and(|part| part.kind == Kind::Rows);
        if around && is_matrix {
            let matrix = parts.remove(at);
            parts.remove(at);
            parts.insert(at, Written::new(format!("[{}]", matrix.text), Kind::Atom));
            parts.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// Whether one pair of brackets encloses all parts.
fn is_bracketed(parts: &[Written]) -> bool {
    let mut depth = 0_usize;
    for (number, part) in parts.iter().enumerate() {
        match part.kind {
            Kind::Sign(Sign::Open) => depth += 1,
            Kind::Sign(Sign::Close) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return number > 0 && number + 1 == parts.len();
        }
    }
    false
}

/// Whether a part beside a fraction would be taken for part of it.
fn is_operand(part: &Written) -> bool {
    match part.kind {
        Kind::Sign(Sign::Tight) => true,
        Kind::Sign(_) | Kind::Nothing | Kind::Gap => false,
        _ => true,
    }
}

/// Whether an operator behind a part stands between two.
fn ends_operand(part: &Written) -> bool {
    !matches!(
        part.kind,
        Kind::Sign(Sign::Open | Sign::Infix | Sign::Separator) | Kind::Large
    )
}

/// Whether there is a space between two parts.
fn stand_apart(before: &Written, part: &Written) -> bool {
    let begins = part.text.starts_with(|c: char| c.is_alphanumeric());
    let ends = before.text.ends_with(|c: char| c.is_alphanumeric());
    match (before.kind, part.kind) {
        (Kind::Word | Kind::Large, Kind::Fraction | Kind::Rows) => true,
        (_, Kind::Fraction | Kind::Rows) => false,
        (Kind::Large, _) => !matches!(part.kind, Kind::Sign(Sign::Infix)),
        (Kind::Scripted, _) => begins || matches!(part.kind, Kind::Scripted | Kind::Large),
        (Kind::Word, _) => begins || part.kind == Kind::Large,
        (_, Kind::Word) => ends || before.text.ends_with(')'),
        (_, Kind::Large) => ends || before.text.ends_with(')'),
        _ => {
            // Two numbers are not one.
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            digit(before.text.chars().next_back()) && digit(part.text.chars().next())
        }
    }
}

/// No two spaces together, and none at the ends.
pub(super) fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

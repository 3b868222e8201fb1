//! Who wrote an article: the one place that splits what was written into names.

mod addresses;
mod describe;
mod given;
mod inverted;
mod known;
mod labels;
mod links;
mod marks;
mod people;
mod roles;
mod split;
mod words;

use super::entities::decoded;
use crate::model::{CleanText, Head};
use std::collections::HashSet;

/// The authors of an entry, one name each, in order, without repetition: the byline's, else those
/// of the front matter. The source is no author.
pub(super) fn authors(head: &Head, source: &str) -> Vec<CleanText> {
    let from_byline = names(&head.byline.authors, source);
    if from_byline.is_empty() {
        names(&head.authors, source)
    } else {
        from_byline
    }
}

/// The names in lines that only a page tells, as lines again.
pub(super) fn named(written: &[String], source: &str) -> Vec<String> {
    let names = names(written, source).into_iter();
    names.map(|name| name.replace('&', "&amp;")).collect()
}

/// Whether a text is written as a Chinese name is: a family name and one or two characters.
pub(super) fn is_chinese_name(text: &str) -> bool {
    let mut characters = text.chars();
    let family = characters
        .next()
        .is_some_and(|c| given::FAMILY_NAMES.contains(c));
    let own = characters.clone().count();
    family && (1..=2).contains(&own) && characters.all(people::is_ideographic)
}

/// The names in lines as they were written, which may hold several each.
fn names(written: &[String], source: &str) -> Vec<CleanText> {
    let mut met = HashSet::from([key(source)]);
    let texts: Vec<_> = written.iter().map(|text| decoded(text)).collect();
    texts
        .iter()
        .flat_map(|text| text.lines())
        .flat_map(|line| known::names(line).to_vec())
        .filter(|name| !name.is_blank() && met.insert(key(name)))
        .collect()
}

/// A name that is written with the family name first, as citations write it, in the usual order.
pub(super) fn turned(written: &str) -> String {
    inverted::turned(written).unwrap_or_else(|| written.to_owned())
}

/// What a name is compared by: without case and width.
fn key(name: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    name.chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;

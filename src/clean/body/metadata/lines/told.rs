//! What a line tells: names, dates, and whether there is more in it than that.

use super::called::{Mark, holds_time, is_called_metadata, is_change, is_dated, mark_of};
use super::phrases::{self, Expected, is_sign};
use super::text_of;
use crate::clean::authors;
use crate::clean::body::parse::tree::{
    self, Element, NodeRef, attribute, element_of, visible_text,
};
use crate::model::WrittenTime;

/// The longest date, in characters.
const LONGEST_DATE: usize = 80;

/// How long names parted by commas are at most, in ideographs.
const LONGEST_NAMES: usize = 20;

/// How many words a date has at most, with those around it.
const MOST_WORDS: usize = 9;

/// What a line tells.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Told {
    /// The names, as lines of markup.
    pub authors: Vec<String>,
    /// As written.
    pub published: Option<String>,
    pub updated: Option<String>,
    /// Whether everything in the line is told.
    pub is_all: bool,
    expected: Expected,
    /// What is neither name nor date nor any of the known words.
    rest: Vec<String>,
    /// Whether the page itself calls any of it an author or a date.
    is_marked: bool,
    /// Whether known words stand beside names and dates.
    is_labelled: bool,
    /// Whether the page calls the line metadata.
    is_called: bool,
    /// A date that is all of the line, of which nothing says what it is the date of.
    lone_date: Option<String>,
    /// What may be a name, and is all of the line.
    lone_name: Option<String>,
}

impl Told {
    /// Reads a line.
    pub fn of(nodes: &[NodeRef<'_>]) -> Self {
        let mut told = Told {
            is_called: is_called_metadata(nodes),
            ..Told::default()
        };
        let mut shown = nodes.iter().copied();
        if let Some(text) = whole_date(&text_of(nodes)) {
            let elements = || nodes.iter().filter_map(element_of);
            told.is_marked = elements().any(is_dated) || holds_time(nodes);
            let changed = phrases::phrase(text.trim_start_matches(is_sign))
                .is_some_and(|(expected, _)| expected == Expected::Change)
                || elements().any(is_change);
            told.is_labelled = phrases::phrase(text.trim()).is_some();
            if !holds_time(nodes) {
                told.set_date(text, changed);
                shown = [].iter().copied();
            }
        }
        for node in shown {
            told.look(node);
        }
        told.settle();
        told
    }

    /// Whether there is a name or a date in it.
    pub fn tells(&self) -> bool {
        !self.authors.is_empty() || self.is_dated()
    }

    /// Whether the page calls it metadata, and there is a date in it.
    pub fn is_called_date(&self) -> bool {
        self.is_called && self.is_dated()
    }

    /// Whether there is a date in it.
    pub fn is_dated(&self) -> bool {
        self.published.is_some() || self.updated.is_some()
    }

    /// Goes through a node.
    fn look(&mut self, root: NodeRef<'_>) {
        let mut next = Some(root);
        while let Some(node) = next {
            let inside = match element_of(&node) {
                Some(element) => !tree::is_never_shown(element) && !self.take_date(element, node),
                None => {
                    if let Some(text) = node.value().as_text() {
                        self.text(text, mark_of(node, root));
                    }
                    false
                }
            };
            let child = if inside { node.first_child() } else { None };
            next = child.or_else(|| tree::following(node, root.id()));
        }
    }

    /// Takes the date that an element holds, if it holds one and nothing else.
    fn take_date(&mut self, element: &Element, node: NodeRef<'_>) -> bool {
        if element.name() != "time" && !is_dated(element) {
            return false;
        }
        let values = ["datetime", "content", "title"];
        let value = values
            .iter()
            .filter_map(|name| attribute(element, name))
            .find(|it| is_date(it));
        let shown = visible_text(node);
        let text = match value {
            // What is beside a date in the element is looked at.
            Some(_) if element.name() != "time" && whole_date(&shown).is_none() => None,
            Some(value) => Some(value.to_owned()),
            None => whole_date(&shown).map(str::to_owned),
        };
        let Some(text) = text else {
            return false;
        };
        let labelled = phrases::phrase(shown.trim()).is_some_and(|(is, _)| is == Expected::Change);
        let changed = is_change(element) || labelled || self.expected == Expected::Change;
        self.set_date(&text, changed);
        self.is_marked = true;
        true
    }

    fn set_date(&mut self, text: &str, changed: bool) {
        let place = if changed {
            &mut self.updated
        } else {
            &mut self.published
        };
        place.get_or_insert_with(|| text.trim().to_owned());
        self.expected = Expected::Nothing;
    }

    fn text(&mut self, text: &str, mark: Option<Mark>) {
        let parts = text.split(['|', '｜', '·', '•', '\n']);
        // Roles parted by a slash are told apart by who splits the names.
        let slash = if mark == Some(Mark::Author) {
            "\0"
        } else {
            " / "
        };
        let parts = parts.flat_map(|part| part.split(slash));
        for part in parts.flat_map(before_labels) {
            let part = part.trim_matches(|c: char| is_sign(c) && c != '(' && c != ')');
            if part.is_empty() || phrases::counts(part) {
                continue;
            }
            match date_within(part) {
                Some((before, date, after)) if mark != Some(Mark::Section) => {
                    self.words(before, mark);
                    let changed = self.expected == Expected::Change
                        || phrases::phrase(date).is_some_and(|(is, _)| is == Expected::Change);
                    self.is_labelled |= phrases::phrase(date).is_some();
                    self.set_date(date, changed);
                    self.words(after, mark);
                }
                _ => self.words(part, mark),
            }
        }
    }

    /// Reads words that are no date.
    fn words(&mut self, text: &str, mark: Option<Mark>) {
        let mut rest = text.trim_matches(is_sign);
        while let Some((expected, after)) = phrases::phrase(rest) {
            self.is_labelled |= expected != Expected::Another;
            self.expected = match expected {
                Expected::Another if self.authors.is_empty() => Expected::Nothing,
                Expected::Another => Expected::Name,
                other => other,
            };
            rest = after;
        }
        let rest = rest.trim_matches(is_sign);
        if rest.is_empty() || phrases::counts(rest) {
            return;
        }
        self.is_marked |= mark == Some(Mark::Author);
        let expected = std::mem::take(&mut self.expected);
        match (mark, expected) {
            (Some(Mark::Author), _) => self.name(rest, true),
            (None, Expected::Name) => self.name(rest, self.is_called),
            (Some(Mark::Section), _) | (None, Expected::Other) => {}
            _ if is_name_with_role(rest) => {
                self.is_labelled = true;
                self.name(rest, true);
            }
            _ => self.rest.push(rest.to_owned()),
        }
    }

    /// Takes the names in a text; without a mark of the page they have to look like some.
    fn name(&mut self, text: &str, is_told: bool) {
        if !is_told && is_clauses(text) {
            self.rest.push(text.to_owned());
            return;
        }
        let mut found = authors::named(&[text.replace('&', "&amp;")], "");
        // What somebody is stands behind the name.
        if found.iter().any(|name| phrases::is_name(name)) {
            found.retain(|name| !phrases::is_post(name));
        }
        let is_short = |name: &&str| {
            name.chars().count() <= 12 && name.chars().all(|c| u32::from(c) >= 0x3000)
        };
        let looks = |name: &String| {
            let plain = !name.chars().any(char::is_numeric) && name.chars().count() <= 60;
            plain && (is_told || phrases::is_name(name) || is_short(&name.as_str()))
        };
        if found.is_empty() || !found.iter().all(looks) {
            self.rest.push(text.to_owned());
            return;
        }
        self.authors.extend(found);
    }

    /// Says whether all is told, once everything is read.
    fn settle(&mut self) {
        let is_metadata = self.is_marked || self.is_labelled || self.is_called;
        let looks = |text: &String| phrases::is_name(text) || authors::is_chinese_name(text);
        let named = self.rest.iter().all(looks);
        if !self.tells() && named && self.rest.len() == 1 {
            self.lone_name = self.rest.first().cloned();
        }
        if self.authors.is_empty() && self.is_dated() && named && self.rest.len() == 1 {
            let rest = std::mem::take(&mut self.rest);
            rest.iter().for_each(|name| self.name(name, false));
            self.is_all = self.rest.is_empty();
            return;
        }
        self.is_all = self.rest.is_empty() && is_metadata;
        if !is_metadata {
            // A date alone may be a heading of a diary.
            let date = self.published.take().or(self.updated.take());
            self.lone_date = date.filter(|_| self.rest.is_empty() && self.authors.is_empty());
        }
    }
}

/// Joins what stands in lines of its own one below the other: a name, and the date.
pub(super) fn join_neighbours(lines: &mut [Told]) {
    for at in 1..lines.len() {
        let Some([one, other]) = lines.get_mut(at - 1..=at) else {
            continue;
        };
        let pair = [(&mut *one, &mut *other)];
        for (one, other) in pair {
            join(one, other);
            join(other, one);
        }
    }
}

fn join(name: &mut Told, date: &mut Told) {
    let is_named = (!name.authors.is_empty() && name.is_all) || name.lone_name.is_some();
    let is_dated = (date.is_dated() && date.is_all) || date.lone_date.is_some();
    if !is_named || !is_dated {
        return;
    }
    if let Some(lone) = name.lone_name.take() {
        name.rest.clear();
        name.name(&lone, false);
        name.is_all = name.rest.is_empty();
    }
    if let Some(lone) = date.lone_date.take() {
        date.published = Some(lone);
        date.is_all = true;
    }
}

/// Whether a text is a sentence of several clauses in a script whose names are as short as those.
fn is_clauses(text: &str) -> bool {
    text.contains('，') && text.chars().count() > LONGEST_NAMES
}

/// Whether a text in a script without capitals names somebody with a role: `홍길동 기자`.
fn is_name_with_role(text: &str) -> bool {
    let is_short = text.chars().count() <= 20 && text.chars().all(|c| !c.is_ascii_alphanumeric());
    is_short
        && {
            let found = authors::named(&[text.to_owned()], "");
            matches!(found.as_slice(), [name] if name.len() + 3 < text.len() && text.contains(name.as_str()) && text.contains(' '))
        }
}

/// A text, parted before each label that a colon follows: `来源：新华网 作者：张三`.
fn before_labels(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace());
    for (at, c) in starts {
        let next = at + c.len_utf8();
        let rest = text.get(next..).unwrap_or_default();
        let label = rest.split_whitespace().next().unwrap_or_default();
        let is_label = label.split_once([':', '：']).is_some_and(|(label, _)| {
            phrases::phrase(label).is_some_and(|(_, after)| after.is_empty())
        });
        if is_label {
            parts.extend(text.get(start..at));
            start = next;
        }
    }
    parts.extend(text.get(start..));
    parts
}

fn is_date(text: &str) -> bool {
    text.len() <= LONGEST_DATE * 3
        && text.chars().any(char::is_numeric)
        && WrittenTime::parse(text.trim()).is_some()
}

/// The text, where it is a date with no more than a label.
fn whole_date(text: &str) -> Option<&str> {
    let text = text
        .trim()
        .trim_matches(|c| matches!(c, '|' | '｜' | '·' | '•' | ',' | ' '));
    is_date(text).then_some(text)
}

/// The date in a text, with what stands before and behind it.
fn date_within(text: &str) -> Option<(&str, &str, &str)> {
    if !text.chars().any(char::is_numeric) {
        return None;
    }
    if whole_date(text).is_some() {
        return Some(("", text, ""));
    }
    let starts: Vec<usize> = std::iter::once(0)
        .chain(
            text.char_indices()
                .filter(|(_, c)| c.is_whitespace())
                .map(|(at, _)| at),
        )
        .collect();
    let end_of = |word: usize| starts.get(word).copied().unwrap_or(text.len());
    for length in (1..=MOST_WORDS.min(starts.len())).rev() {
        for first in 0..=starts.len() - length {
            let (from, to) = (end_of(first), end_of(first + length));
            let found = text.get(from..to).unwrap_or_default();
            if whole_date(found).is_some() {
                return Some((
                    text.get(..from).unwrap_or_default(),
                    found.trim(),
                    text.get(to..).unwrap_or_default(),
                ));
            }
        }
    }
    None
}

//! A listing in the making: its text line by line.

use crate::model::{CleanText, CodeLanguage, Listing};

/// What has been collected of a listing.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Draft {
    text: String,
    /// Whether a line has ended whose line feed is still to come: the page may bring one.
    pending: bool,
    /// White space since then.
    held: String,
    /// The lines that are open: where each begins, and whether it counts where it is empty.
    lines: Vec<(usize, bool)>,
    /// Elements that hold a number and begin a line.
    numbers: Vec<Number>,
    language: Option<CodeLanguage>,
    /// Whether line ends between elements show.
    pub keeps_line_ends: bool,
    /// Whether the listing is a `code` in no `pre`: several in a row are one.
    pub is_bare: bool,
}

/// A number at the beginning of a line.
#[derive(Clone, Copy, Debug)]
struct Number {
    at: usize,
    length: usize,
    value: u32,
}

impl Draft {
    pub fn new(keeps_line_ends: bool, is_bare: bool) -> Self {
        Draft {
            keeps_line_ends,
            is_bare,
            ..Draft::default()
        }
    }

    pub fn in_language(self, language: Option<CodeLanguage>) -> Self {
        Draft { language, ..self }
    }

    /// Adds characters of the page.
    pub fn push(&mut self, text: &str) {
        let text = text.replace('\u{a0}', " ");
        let mut rest = text.as_str();
        if self.pending {
            let blank = |c: char| c == ' ' || c == '\t';
            let words = rest.trim_start_matches(blank);
            if let Some(after) = words.strip_prefix('\n') {
                self.end_line();
                rest = after;
            } else if words.is_empty() {
                return self.held.push_str(rest);
            } else {
                let held = std::mem::take(&mut self.held);
                self.end_line();
                self.text.push_str(&held);
            }
        }
        self.text.push_str(rest);
    }

    fn end_line(&mut self) {
        self.pending = false;
        self.held.clear();
        self.text.push('\n');
    }

    fn is_at_line_start(&self) -> bool {
        self.pending || self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Begins an element that is a line; `counts` where it is one though nothing stands in it.
    pub fn open_line(&mut self, counts: bool) {
        if self.pending || !self.is_at_line_start() {
            self.end_line();
        }
        self.lines.push((self.text.len(), counts));
    }

    /// Ends it.
    pub fn close_line(&mut self) {
        let Some((start, counts)) = self.lines.pop() else {
            return;
        };
        let ends_itself = if self.text.len() == start {
            !counts
        } else {
            self.text.ends_with('\n')
        };
        self.pending |= !ends_itself;
    }

    /// A line in which nothing stands.
    pub fn empty_line(&mut self) {
        self.open_line(true);
        self.close_line();
    }

    /// Notes an element that holds nothing but a number, before its text comes.
    pub fn note_number(&mut self, number: &str) {
        if self.is_at_line_start()
            && let Ok(value) = number.trim().parse()
        {
            let at = self.text.len() + usize::from(self.pending);
            let length = number.len();
            self.numbers.push(Number { at, length, value });
        }
    }

    /// The listing, if it says anything, and the numbers that stood beside its lines.
    pub fn finish(mut self) -> (Option<Listing>, String) {
        let numbers = self.take_numbers();
        let text = self.text.trim_end().trim_start_matches('\n');
        let listing = (!text.trim().is_empty()).then(|| Listing {
            text: CleanText::new(text),
            language: self.language,
        });
        (listing, numbers)
    }

    /// Takes numbers away that count the lines.
    fn take_numbers(&mut self) -> String {
        if !self.are_counted() {
            return String::new();
        }
        let mut taken: Vec<&str> = Vec::with_capacity(self.numbers.len());
        let mut rest = String::with_capacity(self.text.len());
        let mut from = 0;
        for number in &self.numbers {
            let end = number.at + number.length;
            rest.push_str(self.text.get(from..number.at).unwrap_or_default());
            taken.extend(self.text.get(number.at..end).map(str::trim));
            from = end;
        }
        rest.push_str(self.text.get(from..).unwrap_or_default());
        let taken = taken.join(" ");
        self.text = rest;
        taken
    }

    /// Whether every line begins with its number, one more than that of the line before.
    fn are_counted(&self) -> bool {
        let text = self.text.trim_end();
        let lines = text.split('\n').count();
        let mut start = 0;
        let mut starts = text.split('\n').map(|line| {
            let this = start;
            start += line.len() + 1;
            this
        });
        let first = self.numbers.first().map_or(0, |number| number.value);
        let enough = self.numbers.len() == lines && (lines > 2 || (lines == 2 && first == 1));
        enough
            && self
                .numbers
                .iter()
                .zip(first..)
                .all(|(number, value)| number.value == value && starts.next() == Some(number.at))
    }
}

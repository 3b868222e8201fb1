//! Style sheets: whole, and without anything from elsewhere.

use super::known::{Reference, Use};
use crate::{Findings, Rule};

/// Properties that EPUB leaves to the markup (EPUB 3.3, section 6.3.1.3).
const FORBIDDEN: [&str; 2] = ["direction", "unicode-bidi"];

/// Checks a style sheet whose first line has this number, and gives what it refers to.
pub(super) fn check(css: &str, first: u32, path: &str, findings: &mut Findings) -> Vec<Reference> {
    let mut scan = Scan {
        css,
        at: 0,
        first,
        depth: 0,
        word: String::new(),
        references: Vec::new(),
    };
    while let Some(character) = scan.next() {
        if let Some(fault) = scan.step(character) {
            findings.add(Rule::StyleSyntax, path, scan.line(), fault);
            return scan.references;
        }
    }
    if scan.depth != 0 {
        let message = "a brace is open at the end";
        findings.add(Rule::StyleSyntax, path, scan.line(), message);
    }
    scan.references
}

struct Scan<'css> {
    css: &'css str,
    at: usize,
    first: u32,
    depth: usize,
    /// The name that ends here.
    word: String,
    references: Vec<Reference>,
}

impl<'css> Scan<'css> {
    fn rest(&self) -> &'css str {
        self.css.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest().chars().next()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn line(&self) -> Option<u32> {
        let before = self.css.get(..self.at).unwrap_or_default();
        let lines = u32::try_from(before.matches('\n').count()).ok()?;
        self.first.checked_add(lines)
    }

    /// Passes over what begins with a character; says what is wrong with it.
    fn step(&mut self, character: char) -> Option<String> {
        match character {
            '/' if self.rest().starts_with('*') => return self.comment(),
            '"' | '\'' => return self.quoted(character),
            '(' if self.word.eq_ignore_ascii_case("url") => return self.address(),
            ':' if self.depth > 0 && FORBIDDEN.contains(&self.word.as_str()) => {
                return Some(format!("EPUB forbids the property {}", self.word));
            }
            '{' => self.depth += 1,
            '}' => match self.depth.checked_sub(1) {
                Some(depth) => self.depth = depth,
                None => return Some("a brace is closed that is not open".to_owned()),
            },
            _ => {}
        }
        if character.is_alphanumeric() || "-_@".contains(character) {
            self.word.push(character.to_ascii_lowercase());
        } else if !character.is_whitespace() || self.word != "@import" {
            self.word.clear();
        }
        None
    }

    fn comment(&mut self) -> Option<String> {
        self.word.clear();
        match self.rest().find("*/") {
            Some(end) => {
                self.at += end + 2;
                None
            }
            None => Some("a comment does not end".to_owned()),
        }
    }

    fn quoted(&mut self, quote: char) -> Option<String> {
        let import = self.word == "@import";
        self.word.clear();
        match self.string(quote) {
            Some(text) if import => self.refer(text),
            Some(_) => {}
            None => return Some("a string does not end".to_owned()),
        }
        None
    }

    fn string(&mut self, quote: char) -> Option<String> {
        let mut text = String::new();
        while let Some(character) = self.next() {
            match character {
                '\\' => text.extend(self.next()),
                '\n' => return None,
                character if character == quote => return Some(text),
                character => text.push(character),
            }
        }
        None
    }

    fn address(&mut self) -> Option<String> {
        self.word.clear();
        let inner = self.rest();
        let trimmed = inner.trim_start();
        self.at += inner.len() - trimmed.len();
        let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\''));
        let text = match quote {
            Some(quote) => {
                self.next();
                self.string(quote)
            }
            None => self.rest().find(')').map(|end| {
                let text = self.rest().get(..end).unwrap_or_default();
                self.at += end;
                text.trim().to_owned()
            }),
        };
        match text {
            Some(text) => self.refer(text),
            None => return Some("an address does not end".to_owned()),
        }
        None
    }

    fn refer(&mut self, address: String) {
        let line = self.line();
        self.references.push(Reference {
            usage: Use::Part,
            address,
            line,
        });
    }
}

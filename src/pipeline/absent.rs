//! Saved pages that hold no article.

use crate::clean::Absence;
use crate::error::{Code, Warning};

/// How many pages of a container are named.
const NAMED: usize = 3;

/// Counts the pages of a source that hold no article.
#[derive(Default)]
pub(super) struct Absent {
    count: usize,
    first: Option<(Absence, Option<u32>)>,
    /// The addresses of the first pages of a container, whose numbers say little.
    addresses: Vec<String>,
}

impl Absent {
    /// Counts a page, and notes its number where it is the first.
    pub fn add(&mut self, absence: Absence, number: Option<u32>, address: Option<String>) {
        self.count += 1;
        self.first.get_or_insert((absence, number));
        if number.is_some() && self.addresses.len() < NAMED {
            self.addresses.extend(address);
        }
    }

    /// The warning of those that hold none: one for all of a container, which may hold thousands.
    pub fn warning(&self, path: &str) -> Option<Warning> {
        let (absence, number) = self.first?;
        let mut warning = told(absence, path, number);
        let mut named = self.addresses.join(", ");
        if !named.is_empty() {
            let more = if self.count > self.addresses.len() {
                ", …"
            } else {
                ""
            };
            named = format!(" ({named}{more})");
        }
        warning.message = match self.count {
            1 => format!("{}{named}", warning.message),
            count => format!(
                "{count} pages hold no article{named}; of the first: {}",
                absence.meaning()
            ),
        };
        Some(warning)
    }
}

/// The warning of one page.
pub(super) fn told(absence: Absence, path: &str, number: Option<u32>) -> Warning {
    let message = format!("{}, and holds no article", absence.meaning());
    let mut warning = Warning::new(Code::PageWithoutArticle, message).in_file(path);
    warning.item = number;
    warning
}

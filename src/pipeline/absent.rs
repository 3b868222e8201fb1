//! Saved pages that hold no article.

use crate::clean::Absence;
use crate::error::{Code, Warning};

/// Counts the pages of a source that hold no article.
#[derive(Default)]
pub(super) struct Absent {
    count: usize,
    first: Option<(Absence, Option<u32>)>,
}

impl Absent {
    /// Counts a page, and notes its number where it is the first.
    pub fn add(&mut self, absence: Absence, number: Option<u32>) {
        self.count += 1;
        self.first.get_or_insert((absence, number));
    }

    /// The warning of those that hold none: one for all of a container, which may hold thousands.
    pub fn warning(&self, path: &str) -> Option<Warning> {
        let (absence, number) = self.first?;
        let mut warning = told(absence, path, number);
        if self.count > 1 {
            let others = format!(
                "{} pages hold no article; of the first: {}",
                self.count,
                absence.meaning()
            );
            warning.message = others;
        }
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

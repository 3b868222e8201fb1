//! What saved pages tell of their articles, and those of them that hold none.

use crate::clean::{self, Absence};
use crate::error::{Code, Warning};
use crate::model::Entry;
use crate::read::Item;

/// Completes the items of a source, and counts those that are pages without an article.
pub(super) struct Absent {
    asked: bool,
    count: usize,
    first: Option<(Absence, Option<u32>)>,
}

impl Absent {
    /// Of a source whose pages may hold no article, or of one whose articles are known to be some.
    pub fn new(asked: bool) -> Self {
        Absent {
            asked,
            count: 0,
            first: None,
        }
    }

    /// An item with what its page tells; nothing where the page holds no article.
    pub fn completed(&mut self, mut item: Item) -> Option<Item> {
        let Some(markup) = item.page.take() else {
            return Some(item);
        };
        let mut entry = Entry {
            head: item.head,
            markup,
            ..Entry::default()
        };
        clean::complete(&mut entry);
        if self.asked
            && let Some(absence) = clean::absence(&entry)
        {
            self.count += 1;
            self.first.get_or_insert((absence, item.at.item()));
            return None;
        }
        let wants_digest = entry.head.needs_text_digest();
        item.text = wants_digest.then(|| entry.text_digest());
        item.head = entry.head;
        Some(item)
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

//! Lines of authors that were split before: the articles of a source have few authors among them, and what a line
//! means follows from the line alone.

use super::split;
use crate::model::CleanText;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// The most lines that are kept by each thread.
const MOST_LINES: usize = 512;

/// The longest line that is kept, in bytes.
const LONGEST_LINE: usize = 256;

thread_local! {
    static KNOWN: RefCell<HashMap<String, Arc<[CleanText]>>> = RefCell::default();
}

/// The names in a line, as `split` finds them, each on one line.
pub(super) fn names(line: &str) -> Arc<[CleanText]> {
    let known = KNOWN.with_borrow(|known| known.get(line).cloned());
    known.unwrap_or_else(|| {
        let names = split::names(&CleanText::line(line)).into_iter();
        let names: Arc<[CleanText]> = names.map(|name| CleanText::line(&name)).collect();
        keep(line, &names);
        names
    })
}

fn keep(line: &str, names: &Arc<[CleanText]>) {
    if line.len() > LONGEST_LINE {
        return;
    }
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MOST_LINES {
            known.clear();
        }
        known.insert(line.to_owned(), Arc::clone(names));
    });
}

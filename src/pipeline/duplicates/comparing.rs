//! Whether two records that share something are saves of one article: how much their texts have to share, by
//! what the records do and by how long the texts are.

use crate::clean::Sketch;
use crate::pipeline::scan::Record;
use std::collections::HashMap;

/// The most pages of one title that may be editions of one article though their numbers differ.
const MOST_EDITIONS: usize = 2;

/// The longest time between two editions whose numbers may differ, in milliseconds.
const NEAR: i64 = 48 * 60 * 60 * 1000;

/// The fewest letters of a text by which alone it is known.
const FEWEST_LETTERS: u32 = 200;

/// Texts with fewer letters are one only where they are the same to the letter, or one adds to the other:
/// bulletins of every day differ in one word.
const SHORT: u32 = 300;

/// Texts with fewer letters have to share more than longer ones.
const RATHER_SHORT: u32 = 600;

/// A second in which more pages of a site were published is that of an import.
const MOST_OF_A_SECOND: usize = 3;

/// What the records of a bucket share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The address, fragments apart.
    Address,
    /// Source and title.
    Title,
    /// Source, site and the time in the byline.
    Byline,
    /// Source, site and the long number at the end of the address.
    Number,
    /// Source and one of the longest passages.
    Passage,
    /// Text, whatever the source.
    Text,
}

/// Whether two records are of about the same time.
pub(super) fn are_near(left: &Record, right: &Record) -> bool {
    let times = left.listed.updated.zip(right.listed.updated);
    times.is_some_and(|(left, right)| left.millis().abs_diff(right.millis()) <= NEAR.unsigned_abs())
}

/// Whether two records of a bucket are one article. `pages` says how many pages share what the bucket's
/// records do.
pub(super) fn is_same(
    key: Key,
    pages: usize,
    (left, right): (usize, usize),
    records: &[Record],
    sketches: &HashMap<usize, Sketch>,
) -> bool {
    let (Some(one), Some(other)) = (records.get(left), records.get(right)) else {
        return false;
    };
    let texts = sketches.get(&left).zip(sketches.get(&right));
    if key == Key::Address {
        return are_saves_of_one_address(one, other, texts);
    }
    // One server says the same in the stead of many articles.
    let tells = |text: &Sketch| !text.is_blank() && !text.refusal;
    let Some((left, right)) = texts.filter(|(left, right)| tells(left) && tells(right)) else {
        return false;
    };
    if key != Key::Number && left.shows_other(right) {
        return false;
    }
    share_enough(key, pages, (one, other), (left, right))
}

/// Whether the texts of two records share as much as saves of one article do, by what they share beside.
fn share_enough(
    key: Key,
    pages: usize,
    (one, other): (&Record, &Record),
    (left, right): (&Sketch, &Sketch),
) -> bool {
    let shared = left.shared(right);
    let is_long = || left.letters.min(right.letters) >= FEWEST_LETTERS;
    let numbers = || left.agrees_in_numbers(right);
    match key {
        Key::Address => false,
        Key::Number => shared >= 0.6 || is_longer(left, right),
        // Announcements of one hall share all but who comes to it.
        Key::Passage => {
            let is_shown = !left.shows_nothing_of(right);
            let may_be = is_long() && is_shown && !are_issues(pages, one, other);
            may_be && is_nearly(0.92, left, right) && numbers()
        }
        Key::Byline => {
            let edited =
                pages <= MOST_OF_A_SECOND && shared >= 0.6 && !is_rather_short(left, right);
            (is_nearly(0.9, left, right) || edited) && numbers()
        }
        // Of a title that more pages have, each is a report of its own, with numbers of its own.
        Key::Title => {
            let is_column = pages > MOST_EDITIONS;
            let share = if is_column { 0.92 } else { 0.8 };
            let is_edition = || !is_column && are_near(one, other);
            is_nearly(share, left, right) && (numbers() || is_edition())
        }
        Key::Text => {
            let other_source = one.listed.source != other.listed.source;
            other_source && is_long() && shared >= 0.9 && numbers()
        }
    }
}

/// Whether two records that share a text only are two issues of something that says the same each time, as an
/// open thread of every week does: their titles differ, and a container lists both, or more pages say it.
fn are_issues(pages: usize, one: &Record, other: &Record) -> bool {
    let titles = one.fingerprint.title.zip(other.fingerprint.title);
    let is_retitled = titles.is_some_and(|(one, other)| one != other);
    let is_listed = one.place.file() == other.place.file();
    is_retitled && (is_listed || pages > MOST_EDITIONS)
}

/// Whether two records of one address, fragments apart, are one article.
fn are_saves_of_one_address(
    one: &Record,
    other: &Record,
    texts: Option<(&Sketch, &Sketch)>,
) -> bool {
    let title = one.fingerprint.title;
    if title.is_some() && title == other.fingerprint.title {
        return true;
    }
    texts.is_some_and(|(left, right)| {
        if one.fingerprint.page == other.fingerprint.page {
            return agree(left, right) || is_worse(left, right) || is_worse(right, left);
        }
        // Entries of one page are written to one form.
        is_nearly(0.92, left, right) && left.agrees_in_numbers(right) && !left.shows_other(right)
    })
}

/// Whether two texts share so much that they are one, the shorter the more.
fn is_nearly(share: f64, left: &Sketch, right: &Sketch) -> bool {
    let share = match left.letters.min(right.letters) {
        ..SHORT => 1.0,
        SHORT..RATHER_SHORT => share.max(0.9),
        RATHER_SHORT.. => share,
    };
    left.shared(right) >= share || is_longer(left, right)
}

fn is_rather_short(left: &Sketch, right: &Sketch) -> bool {
    left.letters.min(right.letters) < RATHER_SHORT
}

/// Whether one text is the other with something added.
fn is_longer(left: &Sketch, right: &Sketch) -> bool {
    let (fewer, more) = (
        left.letters.min(right.letters),
        left.letters.max(right.letters),
    );
    // Of short texts of one length, the share is known too little to tell a word's difference.
    let grown = fewer >= SHORT || more.saturating_mul(20) >= fewer.saturating_mul(21);
    fewer >= 100 && grown && more <= fewer.saturating_mul(2) && left.contained(right) >= 0.97
}

/// Whether two texts of one address are saves of one text: half of the shorter is in the longer, and where
/// both say little, they show the same.
pub(in crate::pipeline) fn agree(left: &Sketch, right: &Sketch) -> bool {
    left.contained(right) >= 0.5 && !left.shows_other(right)
}

/// Whether a save is worse than another of the same page: blank, what the server said in the
/// article's stead, or a far shorter text that has nothing to do with it or is its beginning only.
pub(in crate::pipeline) fn is_worse(save: &Sketch, other: &Sketch) -> bool {
    if other.is_blank() {
        return false;
    }
    if save.is_blank() {
        return true;
    }
    let shorter = |times: u32| save.letters.saturating_mul(times) < other.letters;
    let contained = save.contained(other);
    let unrelated = contained < 0.3;
    (unrelated && save.refusal && !other.refusal)
        || (unrelated && save.letters <= 600 && shorter(5))
        || (contained >= 0.8 && shorter(4))
}

/// Whether a text says no more than a part of another does, and is no page that refuses one.
pub(in crate::pipeline) fn is_part(save: &Sketch, other: &Sketch) -> bool {
    !save.refusal && save.contained(other) >= 0.8
}

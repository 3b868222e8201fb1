//! The same article under two addresses: title and source are the same, the times lie within two
//! days, and so much of the text is shared that one is an edition of the other.

use super::scan::Record;
use std::collections::{HashMap, HashSet};

/// The longest time between two editions, in milliseconds.
const NEAR: i64 = 48 * 60 * 60 * 1000;

/// The characters of a shingle: in Chinese about two words, in English about one.
const SHINGLE: usize = 6;

/// The share of shingles that two editions have in common at least.
const SHARED: f64 = 0.8;

/// Puts near-duplicates into one group. `alike` says whether the texts of two articles are; it is
/// asked only where title, source and time leave it to the text.
pub(super) fn join(records: &mut [Record], mut alike: impl FnMut(&Record, &Record) -> bool) {
    let mut joined: HashMap<u64, u64> = HashMap::new();
    for (left, right) in candidates(records) {
        let (Some(first), Some(second)) = (
            group(records, left, &joined),
            group(records, right, &joined),
        ) else {
            continue;
        };
        if first == second {
            continue;
        }
        if let (Some(left), Some(right)) = (records.get(left), records.get(right))
            && alike(left, right)
        {
            joined.insert(second, first);
        }
    }
    if joined.is_empty() {
        return;
    }
    for record in records {
        record.group = settled(record.group, &joined);
    }
}

/// Pairs of articles with the same title and source that follow each other within two days. Only
/// neighbours are compared: a column that appears daily under one title would else be compared with
/// itself a hundred thousand times.
fn candidates(records: &[Record]) -> Vec<(usize, usize)> {
    let mut order: Vec<(u32, u64, i64, u64, usize)> = records
        .iter()
        .enumerate()
        .filter_map(|(position, record)| {
            let time = record.listed.updated?.millis();
            Some((
                record.listed.source,
                record.title?,
                time,
                record.group,
                position,
            ))
        })
        .collect();
    order.sort_unstable();
    order
        .windows(2)
        .filter_map(|pair| match pair {
            [left, right] => {
                let same = (left.0, left.1) == (right.0, right.1);
                (same && right.2 - left.2 <= NEAR && left.3 != right.3).then_some((left.4, right.4))
            }
            _ => None,
        })
        .collect()
}

fn group(records: &[Record], position: usize, joined: &HashMap<u64, u64>) -> Option<u64> {
    records
        .get(position)
        .map(|record| settled(record.group, joined))
}

/// The group that a group was joined to, over any number of steps.
fn settled(mut group: u64, joined: &HashMap<u64, u64>) -> u64 {
    while let Some(&next) = joined.get(&group) {
        group = next;
    }
    group
}

/// Whether most of the shingles of both texts are shared. Texts without a shingle are not alike:
/// there is nothing to tell them by.
#[allow(clippy::cast_precision_loss, reason = "a share of counts")]
pub(super) fn alike(left: &str, right: &str) -> bool {
    let (left, right) = (shingles(left), shingles(right));
    let shared = left.intersection(&right).count();
    let all = left.len() + right.len() - shared;
    all > 0 && shared as f64 >= SHARED * all as f64
}

fn shingles(text: &str) -> HashSet<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters
        .windows(SHINGLE)
        .map(|window| window.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_with_one_more_sentence_is_alike() {
        let text = "The lamp was lit at dusk, as on every evening since the tower was built, and seen far out at sea.";
        assert!(alike(text, &format!("{text} It burns oil.")));
        assert!(!alike(
            text,
            "The ferry was late, as it often is in winter, and nobody minded very much."
        ));
        assert!(!alike("", ""));
    }
}

//! Archives of any make: exactly the made duplicates are joined, and the order of files decides
//! nothing.

use super::{File, made, prose};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What is made of an article beside its first file.
#[derive(Clone, Copy, Debug)]
enum Copy {
    None,
    /// The same page again, with a sentence more.
    Again,
    /// The same text under another title and address, with the same number.
    Retitled,
    /// Byte for byte, under another name.
    Exact,
    /// The page, blank.
    Blank,
}

fn copy() -> impl Strategy<Value = Copy> {
    prop_oneof![
        4 => Just(Copy::None),
        1 => Just(Copy::Again),
        1 => Just(Copy::Retitled),
        1 => Just(Copy::Exact),
        1 => Just(Copy::Blank),
    ]
}

/// The files of an archive, and the sets of names that are one article.
fn archive(copies: &[(Copy, u64)]) -> (Vec<File>, BTreeSet<BTreeSet<String>>) {
    let mut files = Vec::new();
    let mut sets = BTreeSet::new();
    for (number, &(copy, hours)) in (0u64..).zip(copies) {
        let address = format!("https://news.example/tale-{number}/a-{}", 540_000 + number);
        let body = prose(number, 3);
        let first = File::new(
            &format!("{number}.txt"),
            number,
            &format!("Tale {number}"),
            &address,
            &body,
        );
        let mut second = first.clone();
        second.name = format!("{number}-again.txt");
        second.millis += hours * 3_600_000;
        match copy {
            Copy::None => {
                files.push(first);
                continue;
            }
            Copy::Again => second.body += "<p>And so on.</p>",
            Copy::Retitled => {
                second.title = format!("Story {number}");
                second.address =
                    format!("https://news.example/story-{number}/a-{}", 540_000 + number);
            }
            Copy::Exact => second.millis = first.millis,
            Copy::Blank => second.body.clear(),
        }
        sets.insert(BTreeSet::from([first.name.clone(), second.name.clone()]));
        files.extend([first, second]);
    }
    (files, sets)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn exactly_the_made_duplicates_are_joined_in_any_order(
        copies in vec((copy(), 1u64..2000), 1..20),
        order in any::<u64>(),
    ) {
        let (files, sets) = archive(&copies);
        let one = made(&files);
        let joined: BTreeSet<BTreeSet<String>> =
            one.joined().into_iter().map(BTreeSet::from_iter).collect();
        prop_assert_eq!(&joined, &sets);
        prop_assert_eq!(one.items.len(), copies.len());
        let mut shuffled = files.clone();
        shuffled.sort_by_key(|file| {
            let bytes = file.name.bytes();
            bytes.fold(order, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
        });
        let other = made(&shuffled);
        prop_assert_eq!(&one.feed, &other.feed);
        // Of copies that are the same in every byte, either may be named first.
        let again: BTreeSet<BTreeSet<String>> =
            other.joined().into_iter().map(BTreeSet::from_iter).collect();
        prop_assert_eq!(again, joined);
    }
}

/// Large buckets are compared by parts of their texts.
#[test]
fn of_a_column_with_one_title_only_the_saves_are_joined() {
    let mut files: Vec<File> = (0..200)
        .map(|day| {
            let address = format!("https://news.example/day/{day}");
            File::new(
                &format!("{day:03}.txt"),
                day * 72,
                "The day",
                &address,
                &prose(day, 2),
            )
        })
        .collect();
    for day in [3usize, 77, 199] {
        let mut again = files[day].clone();
        again.name = format!("{day:03}-again.txt");
        again.address += "-again";
        again.millis += 30 * 24 * 3_600_000;
        files.push(again);
    }
    let made = made(&files);
    let names: Vec<String> = made
        .joined()
        .into_iter()
        .map(|names| names[1].clone())
        .collect();
    assert_eq!(names, ["003.txt", "077.txt", "199.txt"]);
}

//! The order of names in which numbers count by their value: `feed-9.xml` before `feed-10.xml`.

use std::cmp::Ordering;

/// Compares two names.
pub(super) fn by_name(left: &str, right: &str) -> Ordering {
    let (mut one, mut other) = (left, right);
    loop {
        let (digits, others) = (leading_digits(one), leading_digits(other));
        if !digits.is_empty() && !others.is_empty() {
            match by_value(digits, others) {
                Ordering::Equal => {}
                order => return order,
            }
            one = one.get(digits.len()..).unwrap_or_default();
            other = other.get(others.len()..).unwrap_or_default();
            continue;
        }
        let (mut ones, mut theirs) = (one.chars(), other.chars());
        match (ones.next(), theirs.next()) {
            (Some(left), Some(right)) if left == right => {
                (one, other) = (ones.as_str(), theirs.as_str());
            }
            // Names that differ in the spelling of a number alone.
            (None, None) => return left.cmp(right),
            (left, right) => return left.cmp(&right),
        }
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The order of two numbers, however long they are.
fn by_value(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    let by_length = left.len().cmp(&right.len());
    by_length.then_with(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_by_their_value() {
        let ordered = [
            "a",
            "feed-01.xml",
            "feed-1.xml",
            "feed-9.xml",
            "feed-10.xml",
            "feed-10a.xml",
            "feed-00000000000000000000011.xml",
            "feed.xml",
            "feeds",
            "\u{e9}1",
            "\u{e9}2",
        ];
        for (at, left) in ordered.iter().enumerate() {
            for (other, right) in ordered.iter().enumerate() {
                assert_eq!(by_name(left, right), at.cmp(&other), "{left} {right}");
            }
        }
    }
}

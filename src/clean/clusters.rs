//! Grapheme clusters: what readers count as characters (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

/// Where the clusters of a text begin, the first `most` of them. Most characters are clusters of
/// their own, and are not looked up.
pub(super) fn starts(text: &str, most: usize) -> Vec<usize> {
    let mut starts = Vec::with_capacity(most.min(text.len()));
    let mut start = 0;
    let mut simple = simple_length(text, start);
    while starts.len() < most && start < text.len() {
        starts.push(start);
        let next = simple.map(|length| start + length);
        simple = next.and_then(|next| simple_length(text, next));
        start = match next.filter(|&next| simple.is_some() || next == text.len()) {
            Some(next) => next,
            None => {
                let rest = text.get(start..).unwrap_or_default();
                let end = start + rest.graphemes(true).next().map_or(rest.len(), str::len);
                simple = simple_length(text, end);
                end
            }
        };
    }
    starts
}

/// The length in bytes of the character at a position, if it is a cluster of its own between others
/// that are too.
fn simple_length(text: &str, position: usize) -> Option<usize> {
    match text.as_bytes().get(position)? {
        b' '..=b'~' => Some(1),
        // U+4000 to U+9FFF.
        0xE4..=0xE9 => Some(3),
        _ => {
            let c = text.get(position..)?.chars().next()?;
            is_simple(c).then(|| c.len_utf8())
        }
    }
}

/// Whether a text has more clusters than a number.
pub(super) fn exceed(text: &str, number: usize) -> bool {
    let may = text.chars().count() > number;
    may && (fewest(text) > number || starts(text, number + 1).len() > number)
}

/// A number of clusters that a text has at least. Letters of ASCII and Chinese characters begin
/// one each, unless a sign of another kind, which may be joined to one, stands before them.
fn fewest(text: &str) -> usize {
    let (steps, rest) = text.as_bytes().as_chunks::<64>();
    let begins = |byte: u8| (b' '..=b'~').contains(&byte) | (0xE4..=0xE9).contains(&byte);
    let count = |count: u8, &byte: &u8| count + u8::from(begins(byte));
    let others = |count: u8, &byte: &u8| {
        let continues = (0x80..=0xBF).contains(&byte);
        count + u8::from(!continues & !begins(byte))
    };
    let steps = steps.iter().map(<[u8; 64]>::as_slice).chain([rest]);
    let (beginnings, joiners) = steps.fold((0, 0), |(beginnings, joiners), step| {
        (
            beginnings + usize::from(step.iter().fold(0, count)),
            joiners + usize::from(step.iter().fold(0, others)),
        )
    });
    beginnings.saturating_sub(joiners)
}

/// Whether a character is a cluster of its own between others that are too: it neither joins what
/// stands before it nor draws anything to it.
fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{C0}'..='\u{2FF}'
        | '\u{400}'..='\u{482}'
        | '\u{2010}'..='\u{2027}'
        | '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{FF01}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_looked_up(text: &str) -> Vec<usize> {
        text.grapheme_indices(true)
            .map(|(start, _)| start)
            .collect()
    }

    #[test]
    fn simple_characters_are_clusters_of_their_own() {
        for c in ('\0'..=char::MAX).filter(|&c| is_simple(c)) {
            let text = format!("a{c}{c}水{c}é");
            assert_eq!(as_looked_up(&text).len(), 6, "{c:?}");
        }
    }

    #[test]
    fn clusters_begin_where_the_rules_say() {
        for text in [
            "",
            "e\u{301}é 水\u{FE0F}灯\r\n。",
            "👩\u{200D}👩\u{200D}👧🇩🇪🇫🇷x각\u{1100}\u{1161}\u{11A8}",
            "\u{600}b\u{600}水a\u{600}b\u{903}क\u{94D}षc",
        ] {
            let found = as_looked_up(text);
            assert_eq!(starts(text, usize::MAX), found);
            assert_eq!(starts(text, 3), found.get(..3).unwrap_or(&found));
            assert!(fewest(text) <= found.len());
            for number in 0..found.len() + 2 {
                assert_eq!(exceed(text, number), found.len() > number);
            }
        }
    }
}

//! Grapheme clusters: what readers count as characters (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

/// Where the clusters of a text begin, the first `most` of them. Most characters are clusters of
/// their own, and are not looked up.
pub(super) fn starts(text: &str, most: usize) -> Vec<usize> {
    let mut starts = Vec::with_capacity(most.min(text.len()));
    let mut characters = text.char_indices().peekable();
    while starts.len() < most
        && let Some((start, first)) = characters.next()
    {
        starts.push(start);
        let alone = is_simple(first) && characters.peek().is_none_or(|&(_, next)| is_simple(next));
        if !alone {
            let rest = text.get(start..).unwrap_or_default();
            let length = rest.graphemes(true).next().map_or(0, str::len);
            while characters
                .next_if(|&(next, _)| next < start + length)
                .is_some()
            {}
        }
    }
    starts
}

/// Whether a text has more clusters than a number.
pub(super) fn exceed(text: &str, number: usize) -> bool {
    let surely = fewest(text) > number;
    surely || starts(text, number + 1).len() > number
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

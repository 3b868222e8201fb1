//! What saves of one text share though their titles and addresses differ: its longest passages, found in the
//! markup as it stands, since a first look at an archive parses none.

use crate::model::rough_hash;

/// The fewest bytes of a passage: shorter ones stand in many texts.
const FEWEST: usize = 80;

/// The hashes of the two longest passages of a text between tags and line ends, the longer first.
pub(super) fn longest(text: &str) -> [Option<u64>; 2] {
    let mut longest: [&str; 2] = [""; 2];
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr2(b'<', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let (passage, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        // Most passages are too short before white space is taken off them.
        let passage = match passage.len() > longest[1].len() {
            true => passage.trim(),
            false => "",
        };
        if passage.len() > longest[0].len() {
            longest = [passage, longest[0]];
        } else if passage.len() > longest[1].len() && passage != longest[0] {
            longest[1] = passage;
        }
        // A tag, with whatever it holds: pictures stand in attributes.
        let skipped = match behind.starts_with('<') {
            true => memchr::memchr(b'>', behind.as_bytes()),
            false => Some(0),
        };
        rest = skipped
            .and_then(|at| behind.get(at + 1..))
            .unwrap_or_default();
    }
    longest.map(|passage| {
        let tells = passage.len() >= FEWEST;
        tells.then(|| rough_hash(passage))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tags_and_edits_elsewhere_change_nothing() {
        let long = "The lamp was lit at dusk, as on every evening since the tower was built, and seen far out at sea by all.";
        let other = "It burns oil that is brought by boat twice a year, in spring and in autumn, when the sea is calm enough.";
        let one = longest(&format!(
            "[Old](https://a.example/1)\n<p class=x>{long}</p><p>{other}</p>"
        ));
        let two = longest(&format!(
            "<h1>New</h1><div>{long}</div>\n\n{other} Not always.<p>More"
        ));
        assert!(one.iter().flatten().count() == 2);
        assert!(two.contains(&one[0]));
        let data = "A".repeat(9000);
        assert_eq!(
            longest(&format!("<img src='data:{data}'><p>{long}</p>"))[0],
            one[0]
        );
        assert_eq!(longest("short <unclosed"), [None, None]);
    }
}

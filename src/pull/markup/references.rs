//! Character references in texts: `&amp;`, `&#8217;`, `&rsquo;`.

use crate::model::numbered;
use quick_xml::escape::resolve_html5_entity;

/// The longest reference, in bytes between `&` and `;`: the longest name of HTML has 31.
const LONGEST: usize = 32;

/// A text with its references read, each once. What is none, or stands for a control character, stays as
/// it is.
pub(in crate::pull) fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part.find(';').filter(|end| *end <= LONGEST);
        let character = reference.and_then(|end| character(part.get(..end)?));
        match (character, reference) {
            (Some(character), Some(end)) => {
                decoded.push_str(&character);
                decoded.push_str(part.get(end + 1..).unwrap_or_default());
            }
            _ => {
                decoded.push('&');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

fn character(reference: &str) -> Option<String> {
    if !reference.starts_with('#') {
        return resolve_html5_entity(reference).map(str::to_owned);
    }
    let character = numbered(reference)?;
    let is_text = !character.is_control() || character.is_ascii_whitespace();
    is_text.then(|| character.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_form_are_read_once_and_what_is_none_stays() {
        for (text, expected) in [
            (
                "What&#8217;s &#x201c;new&#X201D; &rsquo;&eacute;&nbsp;&#150;",
                "What’s “new” ’é\u{a0}–",
            ),
            ("&amp;amp; &amp;#8217;", "&amp; &#8217;"),
            (
                "a & b &c; &; &#; &#x; &#99999999999; ?x=1&copy=2",
                "a & b &c; &; &#; &#x; &#99999999999; ?x=1&copy=2",
            ),
            ("&#27;[2J&#0;&#xD800;&#10;", "&#27;[2J&#0;&#xD800;\n"),
            ("&", "&"),
        ] {
            assert_eq!(decoded(text), expected);
        }
    }
}

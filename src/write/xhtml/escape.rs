//! Escaping for XML and HTML alike.

/// Appends characters of a text. `>` is escaped too, so that `]]>` can't occur (XML 1.0, section
/// 2.4). The line separators of Unicode are written as references, since many programs that read
/// a feed line by line take the characters for line ends.
pub fn escape_text(text: &str, out: &mut String) {
    escape(text, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\u{85}' => Some("&#x85;"),
        '\u{2028}' => Some("&#x2028;"),
        '\u{2029}' => Some("&#x2029;"),
        _ => None,
    });
}

/// Appends characters of an attribute's value in double quotation marks. Line ends and tabs
/// become spaces, as every XML parser would make them (XML 1.0, section 3.3.3).
pub fn escape_attribute(value: &str, out: &mut String) {
    escape(value, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(" "),
        _ => None,
    });
}

/// Appends a text with some characters replaced. Most texts have none that may be, and are copied
/// in one piece; of the others, what stands between such characters.
fn escape(text: &str, out: &mut String, replacement: impl Fn(char) -> Option<&'static str>) {
    out.reserve(text.len());
    if memchr::memchr3(b'&', b'<', b'>', text.as_bytes()).is_none()
        && memchr::memchr2(0xC2, 0xE2, text.as_bytes()).is_none()
        && memchr::memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_none()
        && !text.contains('"')
    {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    let mut from = 0;
    while let Some(found) = rest.bytes().skip(from).position(may_begin) {
        let position = from + found;
        let (before, after) = rest.split_at(position);
        let Some(c) = after.chars().next() else { break };
        match replacement(c) {
            Some(written) => {
                out.push_str(before);
                out.push_str(written);
                rest = after.get(c.len_utf8()..).unwrap_or_default();
                from = 0;
            }
            None => from = position + c.len_utf8(),
        }
    }
    out.push_str(rest);
}

/// Whether a character that is escaped somewhere may begin with this byte.
fn may_begin(byte: u8) -> bool {
    matches!(
        byte,
        b'&' | b'<' | b'>' | b'"' | b'\n' | b'\r' | b'\t' | 0xC2 | 0xE2
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_37_the_end_of_a_cdata_section_is_escaped() {
        let mut out = String::new();
        escape_text("]]> <!-- a -- b --> &nbsp;", &mut out);
        assert_eq!(out, "]]&gt; &lt;!-- a -- b --&gt; &amp;nbsp;");
    }

    #[test]
    fn a_single_character_is_found_wherever_it_stands() {
        let written = [
            ("&", "&amp;", "&amp;"),
            ("<", "&lt;", "&lt;"),
            (">", "&gt;", "&gt;"),
            ("\"", "\"", "&quot;"),
            ("\n", "\n", " "),
            ("\r", "\r", " "),
            ("\t", "\t", " "),
            ("\u{85}", "&#x85;", " "),
            ("\u{2028}", "&#x2028;", " "),
            ("\u{2029}", "&#x2029;", " "),
        ];
        for (c, in_text, in_value) in written {
            for (before, after) in [("", ""), ("ab", ""), ("“港口”\u{a0}", "é")] {
                let (mut text, mut value) = (String::new(), String::new());
                escape_text(&format!("{before}{c}{after}"), &mut text);
                escape_attribute(&format!("{before}{c}{after}"), &mut value);
                assert_eq!(text, format!("{before}{in_text}{after}"));
                assert_eq!(value, format!("{before}{in_value}{after}"));
            }
        }
    }

    #[test]
    fn attributes_stay_on_one_line() {
        let mut out = String::new();
        escape_attribute("a\n\"b\"", &mut out);
        assert_eq!(out, "a &quot;b&quot;");
    }
}

//! Escaping for XML and HTML alike.

/// Appends characters of a text. `>` is escaped too, so that `]]>` can't occur (XML 1.0, section
/// 2.4). The line separators of Unicode are written as references, since many programs that read
/// a feed line by line take the characters for line ends.
pub fn escape_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{85}' => out.push_str("&#x85;"),
            '\u{2028}' => out.push_str("&#x2028;"),
            '\u{2029}' => out.push_str("&#x2029;"),
            _ => out.push(c),
        }
    }
}

/// Appends characters of an attribute's value in double quotation marks. Line ends and tabs
/// become spaces, as every XML parser would make them (XML 1.0, section 3.3.3).
pub fn escape_attribute(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ => out.push(c),
        }
    }
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
    fn attributes_stay_on_one_line() {
        let mut out = String::new();
        escape_attribute("a\n\"b\"", &mut out);
        assert_eq!(out, "a &quot;b&quot;");
    }
}

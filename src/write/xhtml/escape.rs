//! Escaping for XML and HTML alike.

/// Appends characters of a text. `>` is escaped too, so that `]]>` can't occur (XML 1.0, section
/// 2.4). The line separators of Unicode are written as references, since many programs that read
/// a feed line by line take the characters for line ends. U+0085 becomes the line end that it is,
/// for HTML takes its reference for another character (section 13.2.5.80).
pub fn escape_text(text: &str, out: &mut String) {
    let may_begin = |byte| is_bracket(byte) | (byte == 0xC2) | (byte == 0xE2);
    replace(text, out, may_begin, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\u{85}' => Some("\n"),
        '\u{2028}' => Some("&#x2028;"),
        '\u{2029}' => Some("&#x2029;"),
        _ => None,
    });
}

/// Appends characters of an attribute's value in double quotation marks. Line ends and tabs
/// become spaces, as every XML parser would make them (XML 1.0, section 3.3.3).
pub fn escape_attribute(value: &str, out: &mut String) {
    let is_blank = |byte| (byte == b'\n') | (byte == b'\r') | (byte == b'\t');
    let may_begin =
        |byte| is_bracket(byte) | (byte == b'"') | is_blank(byte) | (byte == 0xC2) | (byte == 0xE2);
    replace(value, out, may_begin, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(" "),
        _ => None,
    });
}

/// Appends markup as the text of an XML element, with all five characters escaped that XML has
/// names for.
pub(crate) fn escape_markup(markup: &str, out: &mut String) {
    let may_begin = |byte| is_bracket(byte) | (byte == b'"') | (byte == b'\'');
    replace(markup, out, may_begin, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        _ => None,
    });
}

/// Bytes are compared without branches here, so that the compiler compares many at once.
fn is_bracket(byte: u8) -> bool {
    (byte == b'&') | (byte == b'<') | (byte == b'>')
}

/// Appends a text with some characters replaced. What stands between bytes that such a character
/// may begin with is copied in one piece.
fn replace(
    text: &str,
    out: &mut String,
    may_begin: impl Fn(u8) -> bool,
    replacement: impl Fn(char) -> Option<&'static str>,
) {
    out.reserve(text.len());
    let (mut copied, mut position) = (0, 0);
    while let Some(length) = before_first(text.as_bytes(), position, &may_begin) {
        position += length;
        let Some(c) = text.get(position..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        if let Some(written) = replacement(c) {
            out.push_str(text.get(copied..position).unwrap_or_default());
            out.push_str(written);
            copied = position + c.len_utf8();
        }
        position += c.len_utf8();
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// How many bytes are looked at in one step: as many as a vector register of x86-64 or of 64-bit ARM holds.
const STEP: usize = 16;

/// How many bytes from a position on precede the first one that is wanted, if there is one.
fn before_first(bytes: &[u8], position: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(position..)?;
    let (steps, _) = rest.as_chunks::<STEP>();
    let has = |step: &[u8; STEP]| step.iter().fold(false, |found, &byte| found | wanted(byte));
    let passed = STEP * steps.iter().take_while(|step| !has(step)).count();
    let rest = rest.get(passed..)?;
    let length = rest.iter().position(|&byte| wanted(byte))?;
    Some(passed + length)
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
            ("\u{85}", "\n", " "),
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

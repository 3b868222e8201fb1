//! The charset that a page names, as browsers look for it: the HTML standard, section 13.2.3.2,
//! "Prescan a byte stream to determine its encoding".

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How many bytes of a page are looked at.
const PRESCANNED: usize = 1024;

/// The charset that a page names within its first bytes.
pub(in crate::read) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCANNED).unwrap_or(bytes);
    let head: String = head
        .iter()
        .map(|&byte| char::from(byte).to_ascii_lowercase())
        .collect();
    let mut rest = head.as_str();
    let xml = rest
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|xml| xml.split_once("?>"));
    if let Some((declaration, after)) = xml {
        if let Some(found) = named(declaration, "encoding") {
            return Some(found);
        }
        rest = after;
    }
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(meta) = rest.strip_prefix("meta")
            && meta.starts_with(|c: char| c.is_ascii_whitespace() || c == '/')
        {
            let (tag, after) = meta.split_once('>').unwrap_or((meta, ""));
            if let Some(found) = named(tag, "charset") {
                return Some(found);
            }
            rest = after;
        }
    }
    None
}

/// The charset that stands behind a name and an equals sign. What was read byte by byte is not UTF-16,
/// whatever it says.
fn named(text: &str, name: &str) -> Option<&'static Encoding> {
    let (_, value) = text.split_once(name)?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.strip_prefix(quote)?.split(quote).next()?,
        _ => value
            .split(|c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\'' | '/'))
            .next()?,
    };
    if value.trim() == "x-user-defined" {
        return Some(WINDOWS_1252);
    }
    let encoding = Encoding::for_label(value.trim().as_bytes())?;
    let is_wide = encoding.name().starts_with("UTF-16");
    Some(if is_wide { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    use super::declared;

    fn name(html: &str) -> Option<&'static str> {
        declared(html.as_bytes()).map(|encoding| encoding.name())
    }

    #[test]
    fn a_charset_is_found_where_browsers_look_for_it() {
        assert_eq!(name("<html><meta charset=gb2312>"), Some("GBK"));
        assert_eq!(name("<META CHARSET = 'Shift_JIS' />"), Some("Shift_JIS"));
        let content = "<meta http-equiv=Content-Type content=\"text/html; charset=big5\">";
        assert_eq!(name(content), Some("Big5"));
        assert_eq!(
            name("<?xml version='1.0' encoding='koi8-r'?><html>"),
            Some("KOI8-R")
        );
        assert_eq!(name("<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(
            name("<!-- <meta charset=gbk> --><meta charset=euc-kr>"),
            Some("EUC-KR")
        );
        assert_eq!(name("<metadata charset=gbk><p>charset=gbk"), None);
        let late = format!("<html>{}<meta charset=gbk>", " ".repeat(1024));
        assert_eq!(name(&late), None);
    }
}

//! Names of folders and files in the archive.

use crate::model::{Digest, Timestamp};

/// The longest name of a folder in bytes: file systems allow 255.
const LONGEST: usize = 100;

/// The hexadecimal digits that say which item a file holds.
const ID_DIGITS: usize = 12;

/// The hexadecimal digits that say which text of it.
const TEXT_DIGITS: usize = 8;

/// The folder of a source. Characters that some file system does not take become their full-width
/// kin, which read the same, so that the folder still says the source's name.
pub(in crate::pull) fn folder(source: &str) -> String {
    let mut name = String::new();
    for c in source
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        let kin = match c {
            '/' => '／',
            '\\' => '＼',
            ':' => '：',
            '*' => '＊',
            '?' => '？',
            '"' => '＂',
            '<' => '＜',
            '>' => '＞',
            '|' => '｜',
            c => c,
        };
        if kin.is_control() || is_turning(kin) {
            continue;
        }
        if name.len() + kin.len_utf8() > LONGEST {
            break;
        }
        name.push(kin);
    }
    let name = name.trim_matches(['.', ' ', '_']);
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    if is_reserved(name) {
        // With an extension it is reserved too.
        let (stem, rest) = name.split_at(name.find('.').unwrap_or(name.len()));
        return format!("{} (source){rest}", stem.trim_end());
    }
    name.to_owned()
}

/// Characters that turn the direction of what follows, so that a name reads as another.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Device names of Windows, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        let rest = stem.strip_prefix(prefix).unwrap_or_default();
        rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

/// What a file's name says of what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::pull) struct Key {
    /// Which item: of its id, else its address, else its text.
    pub item: String,
    /// Which text of it, as the feed has it.
    pub text: String,
}

impl Key {
    pub fn new(item: &str, text: Digest) -> Self {
        Key {
            item: id_of(item),
            text: format!("{text:.TEXT_DIGITS$}", text = text.to_string()),
        }
    }

    /// The name of a file: the day in UTC, the item, the text.
    pub fn file(&self, time: Timestamp) -> String {
        let day = time.datetime().format("%Y-%m-%d");
        format!("{day}-{}-{}.txt", self.item, self.text)
    }

    /// The key in the name of a file, where it has one.
    pub fn of_file(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".txt")?;
        let mut parts = stem.rsplitn(3, '-');
        let (text, item, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |text: &str| {
            text.bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let is_day = day.len() >= 10
            && day
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'+');
        let fits = text.len() == TEXT_DIGITS && item.len() == ID_DIGITS;
        (fits && is_day && is_hex(text) && is_hex(item)).then(|| Key {
            item: item.to_owned(),
            text: text.to_owned(),
        })
    }
}

/// The part of a name that stands for an item.
pub(in crate::pull) fn id_of(item: &str) -> String {
    let digest = Digest::of(item.as_bytes()).to_string();
    format!("{digest:.ID_DIGITS$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_say_their_sources_name() {
        for (source, name) in [
            ("BBC 中文", "BBC 中文"),
            ("News: World / Asia?", "News： World ／ Asia？"),
            ("..", "unnamed"),
            ("", "unnamed"),
            ("con", "con (source)"),
            ("Nul.txt", "Nul (source).txt"),
            ("\u{202E}live", "live"),
            ("a\u{0}b\n c", "ab c"),
            ("_posts", "posts"),
        ] {
            assert_eq!(folder(source), name, "{source:?}");
        }
        assert!(folder(&"长".repeat(100)).len() <= LONGEST);
    }

    #[test]
    fn a_files_name_gives_its_key_back() {
        let key = Key::new("https://a.example/1", Digest::of(b"text"));
        let time = Timestamp::from_millis(1_640_915_226_000).unwrap();
        let name = key.file(time);
        assert!(name.starts_with("2021-12-31-"), "{name}");
        assert_eq!(Key::of_file(&name), Some(key));
        for name in ["000_3ba21630bbee9f23.txt", "2021-12-31-a.txt", "a.md", ""] {
            assert_eq!(Key::of_file(name), None, "{name}");
        }
    }
}

//! What front matter says of whether a text is published: one table for the reader and for what is told of files
//! that it passes over.

/// What stands for no.
const NO: [&str; 3] = ["false", "no", "0"];

/// What stands for yes.
const YES: [&str; 3] = ["true", "yes", "1"];

/// States in which no site shows a text.
const UNPUBLISHED: [&str; 7] = [
    "draft",
    "auto-draft",
    "private",
    "pending",
    "trash",
    "trashed",
    "unpublished",
];

/// Fields, in small letters and without what parts their words, each with what they hold where the text is not
/// published: those of generators and note programs, and what exporters write of WordPress's.
const SAYS_SO: [(&str, &[&str]); 12] = [
    ("draft", &YES),
    ("isdraft", &YES),
    ("private", &YES),
    ("published", &NO),
    ("ispublished", &NO),
    ("publish", &NO),
    ("dgpublish", &NO),
    ("public", &NO),
    ("status", &UNPUBLISHED),
    ("poststatus", &UNPUBLISHED),
    ("visibility", &UNPUBLISHED),
    ("publishstatus", &UNPUBLISHED),
];

/// All fields that may say so.
pub(in crate::read) fn fields() -> impl Iterator<Item = &'static str> {
    SAYS_SO.iter().map(|(name, _)| *name)
}

/// Whether a field says that the text is not published.
pub(in crate::read) fn says_unpublished(name: &str, value: &str) -> bool {
    let name = name.replace(['-', '_', ' '], "").to_ascii_lowercase();
    let value = value.trim().to_ascii_lowercase();
    SAYS_SO
        .iter()
        .any(|(field, values)| *field == name && values.contains(&value.as_str()))
}

/// Whether front matter at the beginning of a text, in lower case, says that what is behind it is not published.
pub(in crate::read) fn is_draft(head: &str) -> bool {
    let fence = head.lines().next().map(str::trim_end).unwrap_or_default();
    let lines = head
        .lines()
        .skip(usize::from(["---", "+++"].contains(&fence)));
    let lines = lines.take_while(|line| line.trim_end() != fence && !line.trim().is_empty());
    lines.take(100).any(|line| {
        let (key, value) = line.split_once([':', '=']).unwrap_or_default();
        let value = value.trim().trim_matches(['"', '\'']);
        says_unpublished(key.trim().trim_matches('"'), value)
    })
}

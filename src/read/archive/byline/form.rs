//! What names and times look like, so that a byline is told from a text where its time can't be
//! read.

/// The longest line that stands where a time does, in characters.
const LONGEST_TIME: usize = 60;

/// The most words of it.
const MOST_WORDS: usize = 8;

/// The most words of it without a number: `il y a deux jours`.
const MOST_WORDS_WITHOUT_NUMBER: usize = 5;

/// The most words of a name.
const LONGEST_NAME: usize = 6;

/// The most words without capitals that can be a name: `anna`, `bo li`.
const LONGEST_SMALL_NAME: usize = 2;

/// Words that are written small in a line of names.
const SMALL: &[&str] = &[
    "af",
    "al",
    "and",
    "av",
    "bin",
    "by",
    "ben",
    "da",
    "das",
    "de",
    "del",
    "della",
    "den",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "e",
    "el",
    "en",
    "et",
    "ibn",
    "la",
    "le",
    "los",
    "null",
    "och",
    "of",
    "og",
    "or",
    "par",
    "por",
    "ter",
    "ten",
    "the",
    "und",
    "undefined",
    "van",
    "ve",
    "von",
    "with",
    "y",
    "zu",
    "zum",
    "zur",
    "from",
    "for",
    "at",
    "in",
    "и",
    "από",
];

/// Whether a line can be a list of names: no sentence, no numbers, and capitals where the script
/// has them.
pub(super) fn is_like_names(line: &str) -> bool {
    let line = line.replace("&amp;", "&").replace("&nbsp;", " ");
    let is_sentence = line.contains(['!', '?', '。', '！', '？', '…', '«', '“', '"']);
    let has_number = line.contains(char::is_numeric) && !line.contains("&#");
    let parts: Vec<&str> = line
        .split([',', '，', '、', ';', '；', '|', '/', '&', '·'])
        .collect();
    let is_short = parts
        .iter()
        .all(|part| part.split_whitespace().count() <= LONGEST_NAME)
        || line.contains(" and ");
    let words: Vec<&str> = line.split([' ', ',', ';', '/', '|', '&']).collect();
    let small = words.iter().filter(|word| is_small(word)).count();
    let is_small_name = words.len() <= LONGEST_SMALL_NAME && words.len() == small;
    !is_sentence && !has_number && is_short && (small == 0 || is_small_name)
}

/// Whether a word is written small that in a line of names would not be.
fn is_small(word: &str) -> bool {
    let word = word.trim_matches(|character: char| !character.is_alphanumeric());
    let first = word.chars().find(|character| character.is_alphabetic());
    first.is_some_and(char::is_lowercase)
        && !word.contains(char::is_uppercase)
        && !SMALL.contains(&word)
}

/// Whether a line can be a time that can't be read: short, and with a number unless the names are
/// written with capitals and the whole byline is slanted.
pub(super) fn is_like_time<'text>(
    line: &str,
    is_slanted: bool,
    mut names: impl Iterator<Item = &'text str>,
) -> bool {
    let line = line.replace("&nbsp;", " ");
    let words = line.split_whitespace().count();
    if line.chars().count() > LONGEST_TIME || words > MOST_WORDS {
        return false;
    }
    if line.contains(['!', '?', '。', '！', '？', ';', '“', '"']) {
        return false;
    }
    let numerals = "一二三四五六七八九十〇";
    if line.contains(char::is_numeric) {
        return true;
    }
    let has_numeral = line.contains(|character| numerals.contains(character));
    let is_dated = has_numeral && line.contains(['年', '月', '日']);
    let is_word = words <= MOST_WORDS_WITHOUT_NUMBER && !line.trim_end().ends_with([',', '.', ':']);
    is_dated || (is_slanted && is_word && names.any(|name| name.contains(char::is_uppercase)))
}

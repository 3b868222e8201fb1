//! Written times in the characters of which the tables are made: small letters without accents,
//! digits of ASCII.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Zeros of the scripts that count in tens; nine more digits follow each (Unicode, category Nd).
const ZEROS: [u32; 16] = [
    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0,
];

/// What follows a number in Chinese characters for it to be one.
const UNITS: &str = "年月日号號時时点點分秒";

/// The same text without full-width forms, capitals, accents, digits of other scripts and marks of
/// direction. Ligatures such as ㋿ become what they stand for.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        let small = text.chars().map(|c| c.to_ascii_lowercase());
        return small.filter_map(plain).collect();
    }
    let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let small = compatible.to_lowercase();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd();
    let mut folded = String::with_capacity(small.len());
    for character in small.chars() {
        match plain(character) {
            // Scripts whose letters are more than accents on others stay composed.
            Some(plain) if u32::from(plain) >= 0x0900 => folded.push(plain),
            Some(plain) => {
                let mut bytes = [0; 4];
                let parts = decomposed.normalize(plain.encode_utf8(&mut bytes));
                folded.extend(parts.chars().filter(|part| !is_accent(*part)));
            }
            None => {}
        }
    }
    folded
}

/// The character that stands for another one; none for marks that are not seen.
fn plain(character: char) -> Option<char> {
    if let Some(digit) = digit(character) {
        return Some(digit);
    }
    match character {
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        'ı' => Some('i'),
        '،' => Some(','),
        character if character.is_whitespace() => Some(' '),
        character => Some(character),
    }
}

fn digit(character: char) -> Option<char> {
    if character.is_ascii() {
        return character.is_ascii_digit().then_some(character);
    }
    let code = u32::from(character);
    let zero = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Accents of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones.
fn is_accent(character: char) -> bool {
    matches!(
        character,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
    )
}

/// The same text with numbers in Chinese characters in digits, where a unit of a date or a time
/// follows: `二〇二一年十二月三十一日`; the first year of an era is `元年`.
pub(super) fn with_digits(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut digits = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|character| numeral(character).is_none());
        let (number, after) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        let is_counted = after
            .chars()
            .next()
            .is_some_and(|next| UNITS.contains(next));
        if number.is_empty() || !is_counted {
            let length = number.len().max(first.len_utf8());
            digits.push_str(rest.get(..length).unwrap_or_default());
            rest = rest.get(length..).unwrap_or_default();
        } else {
            digits.push_str(&value(number).to_string());
            rest = after;
        }
    }
    digits.replace("元年", "1年")
}

/// Whether a character is a digit or a power of ten of the Chinese script.
pub(super) fn numeral(character: char) -> Option<u32> {
    if character.is_ascii() {
        return None;
    }
    let digit = "〇一二三四五六七八九"
        .chars()
        .position(|other| other == character);
    match character {
        '零' => Some(0),
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => u32::try_from(digit?).ok(),
    }
}

/// The value of a number such as `三十一` or `二〇二一`.
fn value(number: &str) -> u32 {
    let (mut total, mut last) = (0u32, 0u32);
    let is_written_out = number.contains(['十', '廿', '卅']);
    for numeral in number.chars().filter_map(numeral) {
        match numeral {
            10 => {
                total = total.saturating_add(last.max(1).saturating_mul(10));
                last = 0;
            }
            20 | 30 => total = total.saturating_add(numeral),
            digit if is_written_out => last = digit,
            digit => last = last.saturating_mul(10).saturating_add(digit),
        }
    }
    total.saturating_add(last)
}

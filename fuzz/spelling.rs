//! Text from any bytes.

/// What is UTF-8 stands for itself; of the rest, each byte stands for a word.
///
/// So a corpus file is plain text, and a byte that a fuzzer changes at random is a tag, a key or a
/// piece of a date rather than one more character that means nothing.
pub fn spelled(bytes: &[u8], words: &[&str]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for &byte in chunk.invalid() {
            text.push_str(words[usize::from(byte) % words.len()]);
        }
    }
    text
}

/// The number of lines that a text has by any of the three ways to end one.
pub fn lines(bytes: &[u8]) -> usize {
    1 + bytes.iter().filter(|byte| b"\r\n".contains(byte)).count()
}

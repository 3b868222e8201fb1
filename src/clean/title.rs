//! What an article is called.

use super::entities::decoded;
use super::summary::shortened;
use crate::model::{Body, CleanText, Entry};

/// The longest title made from the text, in grapheme clusters.
const MADE_GRAPHEMES: usize = 60;

/// The title as written: character references decoded once, tags shown as they stand, on one line,
/// without invisible characters and unpaired bidirectional controls. Blank where there is none.
pub(super) fn written(entry: &Entry) -> CleanText {
    CleanText::line(&decoded(entry.title.as_deref().unwrap_or_default()))
}

/// The title, or what stands for it, never blank: the first words of the text, else the address,
/// else the file's name, else a dash.
pub(super) fn title(entry: &Entry, body: &Body, summary: &CleanText) -> CleanText {
    let first_words = || {
        let line = if summary.is_blank() {
            CleanText::line(&body.plain_text())
        } else {
            summary.clone()
        };
        shortened(&line, MADE_GRAPHEMES, MADE_GRAPHEMES)
    };
    let address = || CleanText::line(entry.address.as_deref().unwrap_or_default());
    let file_name = || CleanText::line(entry.path.rsplit('/').next().unwrap_or_default());
    Some(written(entry))
        .filter(|title| !title.is_blank())
        .or_else(|| Some(first_words()).filter(|title| !title.is_blank()))
        .or_else(|| Some(address()).filter(|title| !title.is_blank()))
        .or_else(|| Some(file_name()).filter(|title| !title.is_blank()))
        .unwrap_or_else(|| CleanText::line("—"))
}

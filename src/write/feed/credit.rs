//! Whose picture it is, as its caption says.

use unicode_segmentation::UnicodeSegmentation;

/// The longest credit, in grapheme clusters; what is longer says something else.
const LONGEST: usize = 40;

/// What a caption writes before the credit; the rest of it is the credit.
const MARKS: [&str; 22] = [
    "图片来源：",
    "圖片來源：",
    "图像来源：",
    "圖像來源：",
    "图片来源:",
    "圖片來源:",
    "图像来源，",
    "圖像來源，",
    "图源：",
    "圖源：",
    "摄影：",
    "攝影：",
    "撮影：",
    "Image source,",
    "Image source:",
    "Image credit:",
    "Photo credit:",
    "Photograph:",
    "Photo by ",
    "Photo:",
    "Credit:",
    "©",
];

/// The characters that [`MARKS`] end with.
const MARK_ENDS: [char; 6] = ['：', ':', '，', ',', ' ', '©'];

/// How a credit in brackets ends.
const ENDS: [&str; 9] = [
    "社", "摄", "攝", "摄影", "攝影", "提供", "供图", "供圖", "撮影",
];

/// What names a credit in brackets, as whole words.
const WORDS: [&str; 12] = [
    "afp",
    "ap",
    "dpa",
    "epa",
    "getty",
    "reuters",
    "shutterstock",
    "alamy",
    "photo",
    "courtesy",
    "wikimedia",
    "flickr",
];

/// Whose picture a caption says it is: what follows a mark such as “图片来源：” or `©`, else what
/// stands in brackets at its end, where that reads like a credit.
pub(super) fn in_caption(caption: &str) -> Option<&str> {
    let credit = after_mark(caption).or_else(|| in_brackets(caption))?.trim();
    let short = credit.graphemes(true).nth(LONGEST).is_none();
    (short && !credit.is_empty()).then_some(credit)
}

/// The text without brackets around all of it.
pub(super) fn without_brackets(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix(['(', '（']);
    let inner = inner.and_then(|text| text.strip_suffix([')', '）']));
    inner.unwrap_or(text).trim()
}

/// Whether one of the [`MARKS`] may stand in a caption: most have none.
fn may_have_mark(caption: &str) -> bool {
    memchr::memchr2(b':', b',', caption.as_bytes()).is_some()
        || !caption.is_ascii()
        || caption.contains("Photo by ")
}

fn after_mark(caption: &str) -> Option<&str> {
    if !may_have_mark(caption) {
        return None;
    }
    let ends = caption
        .char_indices()
        .filter(|(_, c)| MARK_ENDS.contains(c));
    let ends = ends.map(|(at, c)| at + c.len_utf8());
    // Of each mark the last counts, and of those the first.
    let mut last: [Option<(usize, usize)>; MARKS.len()] = [None; MARKS.len()];
    for end in ends {
        let before = caption.get(..end).unwrap_or_default();
        let sign = before.as_bytes().last();
        for (mark, last) in MARKS.iter().zip(&mut last) {
            // Most signs are spaces, with which one mark ends.
            if mark.as_bytes().last() == sign && before.ends_with(mark) {
                *last = Some((end - mark.len(), end));
            }
        }
    }
    let (_, end) = last.into_iter().flatten().min()?;
    let credit = caption.get(end..)?;
    Some(credit.trim().trim_end_matches(['。', ')', '）', ']', '】']))
}

fn in_brackets(caption: &str) -> Option<&str> {
    let end = caption.trim_end().trim_end_matches(['。', '.']).trim_end();
    let inside = end.strip_suffix([')', '）'])?;
    let (_, credit) = inside.rsplit_once(['(', '（'])?;
    reads_like_credit(credit).then_some(credit)
}

fn reads_like_credit(text: &str) -> bool {
    let text = text.trim();
    let named = || {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| WORDS.contains(&word.to_ascii_lowercase().as_str()))
    };
    ENDS.iter().any(|end| text.ends_with(end)) || named()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_told_from_other_brackets() {
        let cases = [
            ("港口的清晨。（甲通社）", Some("甲通社")),
            ("港口的清晨（本报林一摄）。", Some("本报林一摄")),
            ("Dawn at the harbour (Reuters).", Some("Reuters")),
            (
                "Dawn at the harbour (AP Photo/L. One)",
                Some("AP Photo/L. One"),
            ),
            ("港口的清晨 图片来源：周二", Some("周二")),
            ("Dawn. © 2021 The Harbour", Some("2021 The Harbour")),
            ("Dawn. Image source, Lin One", Some("Lin One")),
            ("港口的清晨（2020年7月1日）", None),
            ("左起：林一（左）、周二（右）", None),
            ("The map (APPENDIX 2)", None),
            ("©", None),
            ("", None),
        ];
        for (caption, credit) in cases {
            assert_eq!(in_caption(caption), credit, "{caption}");
        }
        assert_eq!(without_brackets(" （甲社、乙社） "), "甲社、乙社");
    }
}

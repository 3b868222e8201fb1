//! The few words that the serialiser adds, by language.

use crate::model::{EmbedKind, Language};

/// What things are called where the article does not say.
pub(super) struct Labels {
    pub(super) picture: &'static str,
    video: &'static str,
    audio: &'static str,
    frame: &'static str,
    /// What stands between such a word and what it is about.
    pub(super) colon: &'static str,
}

const ENGLISH: Labels = Labels {
    picture: "Picture",
    video: "Video",
    audio: "Audio",
    frame: "Embedded page",
    colon: ": ",
};

const SIMPLIFIED: Labels = Labels {
    picture: "图片",
    video: "视频",
    audio: "音频",
    frame: "嵌入页面",
    colon: "：",
};

const TRADITIONAL: Labels = Labels {
    picture: "圖片",
    video: "影片",
    audio: "音訊",
    frame: "嵌入頁面",
    colon: "：",
};

impl Labels {
    /// The words in a language, else in English.
    pub(super) fn of(language: Option<&Language>) -> &'static Labels {
        let Some(language) = language.filter(|language| language.primary() == "zh") else {
            return &ENGLISH;
        };
        let traditional = ["Hant", "TW", "HK", "MO"];
        let mut subtags = language.as_str().split('-');
        if subtags.any(|subtag| traditional.contains(&subtag)) {
            &TRADITIONAL
        } else {
            &SIMPLIFIED
        }
    }

    pub(super) fn embed(&self, kind: EmbedKind) -> &'static str {
        match kind {
            EmbedKind::Video => self.video,
            EmbedKind::Audio => self.audio,
            EmbedKind::Frame => self.frame,
        }
    }
}

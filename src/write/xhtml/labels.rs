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

const fn labels([picture, video, audio, frame]: [&'static str; 4], colon: &'static str) -> Labels {
    Labels {
        picture,
        video,
        audio,
        frame,
        colon,
    }
}

const ENGLISH: Labels = labels(["Picture", "Video", "Audio", "Embedded page"], ": ");

const TRADITIONAL: Labels = labels(["圖片", "影片", "音訊", "嵌入頁面"], "：");

/// The words of the languages whose dates are known too, and of a few more, by the first part of their
/// tags.
const LANGUAGES: [(&str, Labels); 37] = [
    ("zh", labels(["图片", "视频", "音频", "嵌入页面"], "：")),
    (
        "ja",
        labels(["画像", "動画", "音声", "埋め込みページ"], "："),
    ),
    (
        "ko",
        labels(["그림", "동영상", "오디오", "삽입된 페이지"], ": "),
    ),
    (
        "de",
        labels(["Bild", "Video", "Ton", "Eingebettete Seite"], ": "),
    ),
    (
        "fr",
        labels(["Image", "Vidéo", "Audio", "Page intégrée"], "\u{a0}: "),
    ),
    (
        "es",
        labels(["Imagen", "Vídeo", "Audio", "Página insertada"], ": "),
    ),
    (
        "it",
        labels(["Immagine", "Video", "Audio", "Pagina incorporata"], ": "),
    ),
    (
        "pt",
        labels(["Imagem", "Vídeo", "Áudio", "Página incorporada"], ": "),
    ),
    (
        "ca",
        labels(["Imatge", "Vídeo", "Àudio", "Pàgina incrustada"], ": "),
    ),
    (
        "ro",
        labels(["Imagine", "Video", "Audio", "Pagină încorporată"], ": "),
    ),
    (
        "nl",
        labels(["Afbeelding", "Video", "Audio", "Ingesloten pagina"], ": "),
    ),
    (
        "sv",
        labels(["Bild", "Video", "Ljud", "Inbäddad sida"], ": "),
    ),
    (
        "da",
        labels(["Billede", "Video", "Lyd", "Indlejret side"], ": "),
    ),
    (
        "nb",
        labels(["Bilde", "Video", "Lyd", "Innebygd side"], ": "),
    ),
    (
        "no",
        labels(["Bilde", "Video", "Lyd", "Innebygd side"], ": "),
    ),
    (
        "nn",
        labels(["Bilete", "Video", "Lyd", "Innebygd side"], ": "),
    ),
    (
        "fi",
        labels(["Kuva", "Video", "Ääni", "Upotettu sivu"], ": "),
    ),
    (
        "et",
        labels(["Pilt", "Video", "Heli", "Manustatud leht"], ": "),
    ),
    (
        "pl",
        labels(["Obraz", "Wideo", "Dźwięk", "Osadzona strona"], ": "),
    ),
    (
        "cs",
        labels(["Obrázek", "Video", "Zvuk", "Vložená stránka"], ": "),
    ),
    (
        "sk",
        labels(["Obrázok", "Video", "Zvuk", "Vložená stránka"], ": "),
    ),
    (
        "sl",
        labels(["Slika", "Videoposnetek", "Zvok", "Vdelana stran"], ": "),
    ),
    (
        "hr",
        labels(["Slika", "Videozapis", "Zvuk", "Ugrađena stranica"], ": "),
    ),
    (
        "hu",
        labels(["Kép", "Videó", "Hang", "Beágyazott oldal"], ": "),
    ),
    (
        "ru",
        labels(
            ["Изображение", "Видео", "Аудио", "Встроенная страница"],
            ": ",
        ),
    ),
    (
        "uk",
        labels(["Зображення", "Відео", "Аудіо", "Вбудована сторінка"], ": "),
    ),
    (
        "bg",
        labels(["Изображение", "Видео", "Аудио", "Вградена страница"], ": "),
    ),
    (
        "el",
        labels(["Εικόνα", "Βίντεο", "Ήχος", "Ενσωματωμένη σελίδα"], ": "),
    ),
    (
        "tr",
        labels(["Görsel", "Video", "Ses", "Gömülü sayfa"], ": "),
    ),
    (
        "id",
        labels(["Gambar", "Video", "Audio", "Halaman tersemat"], ": "),
    ),
    (
        "vi",
        labels(["Hình ảnh", "Video", "Âm thanh", "Trang nhúng"], ": "),
    ),
    ("th", labels(["รูปภาพ", "วิดีโอ", "เสียง", "หน้าที่ฝังไว้"], ": ")),
    (
        "hi",
        labels(["चित्र", "वीडियो", "ऑडियो", "अंतःस्थापित पृष्ठ"], ": "),
    ),
    ("ar", labels(["صورة", "فيديو", "صوت", "صفحة مضمّنة"], ": ")),
    (
        "fa",
        labels(["تصویر", "ویدئو", "صدا", "صفحهٔ جاسازی‌شده"], ": "),
    ),
    (
        "ur",
        labels(["تصویر", "ویڈیو", "آڈیو", "شامل کردہ صفحہ"], ": "),
    ),
    ("he", labels(["תמונה", "סרטון", "שמע", "דף מוטמע"], ": ")),
];

impl Labels {
    /// The words in a language, else in English.
    pub(super) fn of(language: Option<&Language>) -> &'static Labels {
        let Some(language) = language else {
            return &ENGLISH;
        };
        let traditional = ["Hant", "TW", "HK", "MO"];
        let mut subtags = language.as_str().split('-');
        if language.primary() == "zh" && subtags.any(|subtag| traditional.contains(&subtag)) {
            return &TRADITIONAL;
        }
        let found = LANGUAGES.iter().find(|(tag, _)| *tag == language.primary());
        found.map_or(&ENGLISH, |(_, labels)| labels)
    }

    pub(super) fn embed(&self, kind: EmbedKind) -> &'static str {
        match kind {
            EmbedKind::Video => self.video,
            EmbedKind::Audio => self.audio,
            EmbedKind::Frame => self.frame,
        }
    }
}

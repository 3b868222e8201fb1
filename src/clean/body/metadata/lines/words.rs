//! The words that pages put around the names and dates of an article.

/// What the words of a phrase lead one to expect behind them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing in particular.
    #[default]
    Nothing,
    /// Who wrote it.
    Name,
    /// Another name, if one stood before.
    Another,
    /// When it was changed.
    Change,
    /// Where it was taken from, or the like: no fact that we keep.
    Other,
}

/// Words that are followed by a name.
const BY: &[&str] = &[
    "written by",
    "posted by",
    "published by",
    "reported by",
    "words by",
    "text by",
    "story by",
    "submitted by",
    "created by",
    "by",
    "author",
    "authors",
    "writer",
    "more articles by",
    "view all posts by",
    "all posts by",
    "see all posts by",
    "more posts by",
    "more by",
    "geschrieben von",
    "verfasst von",
    "veröffentlicht von",
    "ein artikel von",
    "von",
    "autor",
    "autorin",
    "autoren",
    "écrit par",
    "publié par",
    "rédigé par",
    "par",
    "auteur",
    "auteurs",
    "escrito por",
    "publicado por",
    "por",
    "autora",
    "autores",
    "scritto da",
    "pubblicato da",
    "a cura di",
    "di",
    "autore",
    "autori",
    "geschreven door",
    "geplaatst door",
    "door",
    "przez",
    "автор",
    "авторы",
    "作者",
    "文",
    "撰文",
    "撰稿",
    "记者",
    "記者",
    "著者",
    "執筆",
    "投稿者",
    "作成者",
    "작성자",
    "글",
];

/// Words that stand between names.
const AND: &[&str] = &[
    "and", "und", "et", "y", "e", "en", "i", "и", "和", "&", "with",
];

/// Words of a change.
const CHANGED: &[&str] = &[
    "last updated on",
    "last updated",
    "updated on",
    "updated at",
    "updated",
    "last modified on",
    "last modified",
    "modified on",
    "modified",
    "edited on",
    "revised",
    "update",
    "zuletzt aktualisiert am",
    "aktualisiert am",
    "aktualisiert",
    "geändert am",
    "stand",
    "mis à jour le",
    "mise à jour le",
    "mis à jour",
    "modifié le",
    "actualizado el",
    "actualizado",
    "aggiornato il",
    "aggiornato",
    "atualizado em",
    "atualizado",
    "bijgewerkt op",
    "bijgewerkt",
    "aktualizacja",
    "обновлено",
    "изменено",
    "最后更新",
    "更新时间",
    "更新時間",
    "更新于",
    "更新日",
    "更新",
    "修改时间",
    "수정",
];

/// Words before what is kept as no fact: places, programmes, parts of the site.
const OTHER: &[&str] = &[
    "source",
    "quelle",
    "fuente",
    "fonte",
    "bron",
    "источник",
    "来源",
    "來源",
    "出处",
    "出處",
    "编辑",
    "編輯",
    "责任编辑",
    "責任編輯",
    "责编",
    "責編",
    "校对",
    "字号",
    "分类",
    "分類",
    "栏目",
    "标签",
    "filed under",
    "posted in",
    "category",
    "categories",
    "tags",
    "tagged",
    "kategorie",
    "categoria",
    "categoría",
    "catégorie",
];

/// Words that say nothing but what a time is, and the like.
const PLAIN: &[&str] = &[
    "first published on",
    "first published",
    "published on",
    "published at",
    "published in",
    "published",
    "posted on",
    "posted at",
    "posted",
    "created on",
    "created",
    "date",
    "on",
    "at",
    "the",
    "am",
    "um",
    "uhr",
    "pm",
    "a.m.",
    "p.m.",
    "est",
    "edt",
    "pst",
    "utc",
    "gmt",
    "veröffentlicht am",
    "veröffentlicht",
    "erstellt am",
    "datum",
    "vom",
    "publié le",
    "publié",
    "le",
    "à",
    "à la une",
    "publicado el",
    "publicado em",
    "publicado",
    "el",
    "a las",
    "em",
    "às",
    "pubblicato il",
    "pubblicato",
    "il",
    "alle",
    "ore",
    "gepubliceerd op",
    "geplaatst op",
    "op",
    "om",
    "opublikowano",
    "dnia",
    "опубликовано",
    "дата",
    "в",
    "发布时间",
    "發布時間",
    "发表时间",
    "发布日期",
    "发布于",
    "發佈於",
    "发表于",
    "發表於",
    "发布",
    "发表",
    "日期",
    "时间",
    "時間",
    "公開日",
    "投稿日",
    "公開",
    "입력",
    "작성일",
    "등록",
    "ago",
    "leave a comment",
    "no comments",
    "permalink",
    "share",
    "print",
    "email",
    "edit",
    "in",
];

/// Words beside numbers that count something.
const COUNTED: &[&str] = &[
    "min read",
    "mins read",
    "minute read",
    "minutes read",
    "min",
    "mins",
    "minutes",
    "minute",
    "read",
    "views",
    "view",
    "comments",
    "comment",
    "shares",
    "likes",
    "words",
    "kommentare",
    "kommentar",
    "min. lesezeit",
    "commentaires",
    "comentarios",
    "comentários",
    "commenti",
    "次阅读",
    "阅读量",
    "阅读数",
    "阅读",
    "閱讀",
    "浏览量",
    "浏览",
    "点击",
    "评论",
    "条评论",
    "人阅读",
    "分钟",
    "次",
    "回复",
    "コメント",
    "조회",
];

/// Words of sections and marks of sites, which are written like names.
const NO_NAMES: &[&str] = &[
    "news",
    "world",
    "sport",
    "sports",
    "politics",
    "business",
    "opinion",
    "blog",
    "press",
    "release",
    "updates",
    "technology",
    "tech",
    "science",
    "health",
    "culture",
    "travel",
    "magazine",
    "times",
    "report",
    "reports",
    "analysis",
    "review",
    "reviews",
    "latest",
    "breaking",
    "article",
    "articles",
    "post",
    "posts",
    "story",
    "stories",
    "home",
    "the",
    "a",
    "an",
    "new",
    "issue",
    "volume",
    "chapter",
    "part",
    "general",
    "uncategorized",
    "features",
];

/// What people are, behind their names.
const POSTS: &[&str] = &[
    "writer",
    "reporter",
    "correspondent",
    "editor",
    "contributor",
    "columnist",
    "staff",
    "author",
    "journalist",
    "redakteur",
    "redakteurin",
    "redactor",
    "journaliste",
];

/// Words within names that are written small.
const PARTICLES: &[&str] = &[
    "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "el", "al",
    "bin", "ben", "ter", "zu", "y",
];

/// What stands before the first phrase of a text that is known, what it leads to expect, and what
/// follows; nothing where the text begins otherwise.
pub(super) fn phrase(text: &str) -> Option<(Expected, &str)> {
    let lists = [
        (BY, Expected::Name),
        (CHANGED, Expected::Change),
        (OTHER, Expected::Other),
        (AND, Expected::Another),
        (PLAIN, Expected::Nothing),
    ];
    let mut best: Option<(usize, Expected)> = None;
    for (phrases, expected) in lists {
        for phrase in phrases {
            let fits = begins_with(text, phrase);
            if fits && best.is_none_or(|(length, _)| phrase.len() > length) {
                best = Some((phrase.len(), expected));
            }
        }
    }
    let (length, expected) = best?;
    // The phrase may be written in capitals, with as many characters.
    let count = phrase_characters(text, length);
    let rest = text
        .char_indices()
        .nth(count)
        .map_or("", |(at, _)| text.get(at..).unwrap_or_default());
    Some((expected, rest.trim_start_matches(is_sign)))
}

/// How many characters of a text make up a phrase of some bytes in lower case.
fn phrase_characters(text: &str, length: usize) -> usize {
    let mut bytes = 0;
    text.chars()
        .take_while(|c| {
            let before = bytes;
            bytes += c.to_lowercase().map(char::len_utf8).sum::<usize>();
            before < length
        })
        .count()
}

fn begins_with(text: &str, phrase: &str) -> bool {
    let mut rest = text.chars();
    for wanted in phrase.chars() {
        let Some(found) = rest.next() else {
            return false;
        };
        if !found.to_lowercase().eq(std::iter::once(wanted)) {
            return false;
        }
    }
    // Where words are not parted by spaces, a sign parts them.
    let parted = rest.next().is_none_or(|next| !next.is_alphanumeric());
    let joined = phrase.chars().all(|c| u32::from(c) >= 0x3000) && phrase.chars().count() > 1;
    parted || joined
}

/// Signs between the words of such a line.
pub(super) fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            ',' | '.'
                | ':'
                | ';'
                | '，'
                | '。'
                | '：'
                | '；'
                | '|'
                | '｜'
                | '·'
                | '•'
                | '/'
                | '／'
                | '-'
                | '–'
                | '—'
                | '('
                | ')'
                | '（'
                | '）'
                | '['
                | ']'
                | '【'
                | '】'
                | '»'
                | '«'
                | '›'
                | '#'
                | '\u{200b}'
        )
}

/// Whether a text only counts something: `5 min read`, `阅读 123`.
pub(super) fn counts(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare =
        lower.trim_matches(|c: char| c.is_numeric() || is_sign(c) || matches!(c, '+' | '~' | '万'));
    lower.chars().any(char::is_numeric) && COUNTED.contains(&bare)
}

/// Whether a text is written as the full name of a person is.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &&str| {
        let fits = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'');
        word.chars().all(fits)
            && (word.starts_with(char::is_uppercase) || PARTICLES.contains(word))
            && !NO_NAMES.contains(&word.to_lowercase().as_str())
    };
    (2..=5).contains(&words.len()) && words.iter().all(is_part)
}

/// The names in a link to all that somebody wrote: `More articles by Ann Writer`.
pub(in crate::clean::body::metadata) fn without_introduction(text: &str) -> &str {
    const VERBS: [&str; 9] = [
        "more", "all", "view", "see", "read", "show", "other", "posts", "articles",
    ];
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if !VERBS.contains(&first.as_str()) {
        return text;
    }
    let after = [" by ", " from "]
        .iter()
        .find_map(|word| text.rsplit_once(word));
    after.map_or(text, |(_, names)| names.trim())
}

/// Whether a text tells what somebody is rather than who: `Staff Writer`, `harbour desk`.
pub(super) fn is_post(text: &str) -> bool {
    let last = text
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let is_small = text
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    POSTS.contains(&last.as_str()) || is_small
}

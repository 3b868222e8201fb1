//! The words around names: roles, prepositions, conjunctions, suffixes, marks of institutions.

/// Roles of those who wrote, reported or translated; in lower case.
pub(super) const WRITERS: &[&str] = &[
    "作者",
    "文",
    "文字",
    "撰文",
    "撰稿",
    "记者",
    "記者",
    "采访",
    "採訪",
    "采访记者",
    "採訪記者",
    "本报记者",
    "特约记者",
    "特约撰稿",
    "编译",
    "編譯",
    "翻译",
    "翻譯",
    "译者",
    "譯者",
    "报道",
    "報道",
    "报导",
    "報導",
    "综合报道",
    "綜合報道",
    "綜合報導",
    "综合",
    "特派记者",
    "筆者",
    "執筆",
    "取材",
    "著者",
    "기자",
    "특파원",
    "글",
    "작성자",
    "author",
    "authors",
    "writer",
    "reporter",
    "text",
    "words",
    "story",
    "autor",
    "autorin",
    "autoren",
    "auteur",
    "auteurs",
    "texte",
    "autora",
    "autores",
    "texto",
    "autore",
    "testo",
    "redactor",
    "reportero",
    "reporterin",
    "автор",
    "авторы",
    "текст",
    "yazar",
    "yazan",
    "muhabir",
    "tekst",
    "autorzy",
    "συντάκτης",
    "κείμενο",
    "الكاتب",
    "كتب",
    "بقلم",
    "מאת",
    "כתב",
    "translator",
    "correspondent",
];

/// Roles of those who edited, took or drew pictures.
pub(super) const OTHERS: &[&str] = &[
    "编辑",
    "編輯",
    "责编",
    "責編",
    "责任编辑",
    "責任編輯",
    "校对",
    "校對",
    "摄影",
    "攝影",
    "图",
    "圖",
    "图片",
    "圖片",
    "審稿",
    "审核",
    "編集",
    "撮影",
    "写真",
    "편집",
    "사진",
    "editor",
    "editors",
    "redaktion",
    "redakteur",
    "fotos",
    "foto",
    "photos",
    "photo",
    "photographs",
    "pictures",
    "fotografie",
    "fotografía",
    "éditeur",
    "rédaction",
    "редактор",
    "фото",
    "fotoğraf",
    "zdjęcia",
    "beeld",
    "illustration",
    "illustrations",
    "photographer",
    "تصوير",
    "צילום",
];

/// What stands before a name after a space, in any case.
pub(super) const PREFIXES: &[&str] = &[
    "written by",
    "words by",
    "text by",
    "story by",
    "reported by",
    "reporting by",
    "posted by",
    "by",
    "écrit par",
    "escrito por",
    "geschrieben von",
    "scritto da",
    "door",
    "بقلم",
    "מאת",
];

/// The same where the picture is meant.
pub(super) const PICTURE_PREFIXES: &[&str] = &[
    "photographs by",
    "photography by",
    "photos by",
    "pictures by",
    "illustrations by",
    "illustration by",
    "edited by",
];

/// Prepositions that are parts of names too: they go before a full name only, and capitalised.
pub(super) const PREPOSITIONS: &[&str] = &["Von", "Par", "Por", "Di", "PAR", "VON", "POR", "DI"];

/// What stands between two names, with a space on both sides.
pub(super) const CONJUNCTIONS: &[&str] = &[
    "and", "AND", "&", "und", "et", "y", "e", "и", "ve", "i", "en", "και", "و", "및",
];

/// What a comma sets apart from a name, but is part of it; in lower case without full stops.
pub(super) const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "iii", "iv", "md", "phd", "esq", "mba", "jd", "dds", "rn", "msc", "bsc",
    "dphil", "edd", "frs", "obe", "cbe",
];

/// Words that family names begin with.
pub(super) const PARTICLES: &[&str] = &[
    "de", "van", "der", "den", "von", "zu", "da", "di", "del", "della", "la", "le", "bin", "ibn",
    "ben", "al", "ter", "ten", "dos", "du",
];

/// First words of the names of institutions.
pub(super) const INSTITUTIONS: &[&str] = &[
    "centers",
    "centre",
    "center",
    "department",
    "ministry",
    "institute",
    "university",
    "office",
    "bureau",
    "committee",
    "council",
    "agency",
    "association",
    "federation",
    "society",
    "board",
    "commission",
    "school",
    "faculty",
    "ministère",
    "ministerio",
    "universidad",
    "université",
];

/// What programs write in the place of all of a name.
pub(super) const NOBODY: &[&str] = &[
    "null",
    "undefined",
    "none",
    "nan",
    "unknown",
    "n/a",
    "admin",
    "administrator",
    "anonymous",
];

/// Roles that nobody is called: the last word of a name, they are none of it.
pub(super) const NO_FAMILY_NAMES: &[&str] = &[
    "reporter",
    "editor",
    "editors",
    "correspondent",
    "photographer",
    "translator",
    "author",
    "authors",
    "redaktion",
    "redakteur",
    "muhabir",
];

/// Roles that stand before a Chinese name without a space.
pub(super) const ATTACHED_ROLES: &[&str] = &[
    "本报记者",
    "本報記者",
    "特约记者",
    "特派记者",
    "采访记者",
    "採訪記者",
    "实习记者",
    "實習記者",
    "记者",
    "記者",
    "作者",
    "撰文",
    "撰稿",
];

/// Endings of hosts that are no names, in any case.
pub(super) const ENDINGS: &[&str] = &[
    "com", "org", "net", "info", "edu", "gov", "example", "cn", "tw", "hk", "jp", "kr", "uk", "eu",
    "io", "blog", "news", "中国", "中國", "公司", "网络", "香港", "台灣", "рф",
];

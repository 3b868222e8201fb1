//! The words around names: prepositions, conjunctions, suffixes, marks of institutions.

use super::roles::Role;

/// Phrases that stand before a name and nowhere else, in small letters, and what each says.
pub(super) const PREFIXES: &[(&str, Role)] = &[
    (
        "written by|words by|text by|story by|reported by|reporting by|posted by|published by|interview by|by\
         |écrit par|rédigé par|publié par|posté par|propos recueillis par|recueilli par\
         |escrito por|publicado por|redactado por|por nuestro corresponsal|redigido por|com reportagem de\
         |geschrieben von|verfasst von|veröffentlicht von|aufgezeichnet von|interviewt von|im gespräch mit\
         |scritto da|pubblicato da|testo a cura di|a cura di|intervista di|di redazione\
         |door|geschreven door|opgetekend door|gepubliceerd door|tekst en foto's\
         |skrivet av|skriven av|skrevet av|skrevet af|av|af|publicerad av|tekst av\
         |подготовил|подготовила|подготовили|материал подготовил|материал подготовила|беседовал|беседовала|записал|записала\
         |написал|написала|рассказал|рассказала|автор текста|опубликовал|опубликовала|собкор|интервью взял|интервью взяла\
         |opracował|opracowała|opracowali|opr.|rozmawiał|rozmawiała|rozmawiali|przygotował|przygotowała\
         |napisał|napisała|notował|notowała|spisał|spisała|zebrał|zebrała\
         |yazan|haberi yazan|derleyen|hazırlayan|röportajı yapan|kaleme alan\
         |του|της|από τον|από την|από τους|γράφει ο|γράφει η|γράφουν οι|συντάκτης|συνέντευξη στον|συνέντευξη στην|ρεπορτάζ\
         |بقلم|كتب|كتبت|إعداد|أعده|أعدته|حوار أجراه|أجرى الحوار|حاوره|מאת|כתב|כתבה|מראיין\
         |viết bởi|đăng bởi|bởi|thực hiện bởi|oleh|ditulis oleh|โดย|เขียนโดย|เรื่องโดย|เรียบเรียงโดย",
        Role::Writer,
    ),
    (
        "translated by|traduit par|traduit de l'anglais par|traducido por|traduzido por|übersetzt von|tradotto da|vertaald door|перевел|перевёл|перевела|przełożył\
         |przełożyła|tłumaczył|tłumaczyła|przetłumaczył|przetłumaczyła|çeviren|μετάφραση|ترجمة|ترجمه|תרגם|תרגמה|dịch bởi|แปลโดย",
        Role::Translator,
    ),
    (
        "photographs by|photography by|photos by|photo by|pictures by|illustrations by|illustration by|edited by|editing by|graphics by\
         |video by|fotos von|foto von|fotografien von|redigiert von|bearbeitet von|photos de|photo de|photographies de|édité par|fotos de\
         |foto de|editado por|foto di|foto door|bewerkt door|foto's|redigerad av|foto av|под редакцией|отредактировал|отредактировала\
         |redagował|redagowała|zdjęcia|fotografie|ภาพโดย|ảnh của|تصوير|תחקיר",
        Role::Helper,
    ),
];

/// Prepositions that say who wrote what stands before them, and are in no name.
pub(super) const BY: &[&str] = &[
    "by",
    "par",
    "por",
    "door",
    "av",
    "af",
    "oleh",
    "bởi",
    "przez",
    "durch",
    "โดย",
];

/// The same that are in names, too.
pub(super) const OF: &[&str] = &["von", "de", "di", "da", "do", "of", "van", "del", "vom"];

/// Prepositions that are parts of names too: they go before a full name only, and capitalised.
pub(super) const PREPOSITIONS: &[&str] = &[
    "Von", "Par", "Por", "Di", "PAR", "VON", "POR", "DI", "Door", "Av", "Af", "Oleh", "Bởi", "De",
];

/// Prepositions behind a name, before where or for whom was reported.
pub(super) const PLACES: &[&str] = &[
    "in", "à", "aus", "из", "från", "for", "from", "at", "bei", "für",
];

/// What may stand between a name and the agency of which more was taken.
pub(super) const WITH: &[&str] = &[
    "with", "mit", "avec", "con", "com", "met", "med", "с", "со", "ile", "z", "and", "&", "und",
    "et", "y", "e", "и", "ve", "i", "en", "och", "og", "via", "für", "for",
];

/// Words in the names of papers, stations and schools.
pub(super) const HOUSES: &[&str] = &[
    "news",
    "times",
    "post",
    "press",
    "magazine",
    "tv",
    "radio",
    "herald",
    "tribune",
    "journal",
    "gazette",
    "guardian",
    "observer",
    "media",
    "network",
    "newspaper",
    "weekly",
    "daily",
    "agency",
    "college",
    "university",
    "universität",
    "université",
    "universidad",
    "institute",
    "institut",
    "school",
    "foundation",
    "stiftung",
    "zeitung",
    "nachrichten",
];

/// What stands between two names, with a space on both sides.
pub(super) const CONJUNCTIONS: &[&str] = &[
    "and", "AND", "&", "+", "und", "et", "y", "e", "и", "ve", "i", "en", "και", "و", "및", "och",
    "og", "with", "mit", "avec",
];

/// What a comma sets apart from a name, but is part of it; in lower case without full stops.
pub(super) const SUFFIXES: &[&str] = &[
    "jr", "sr", "ii", "cfa", "cpa", "cfp", "dvm", "dnp", "mph", "mpa", "llm", "qc", "kc", "iii",
    "iv", "md", "phd", "esq", "mba", "jd", "dds", "rn", "msc", "bsc", "dphil", "edd", "frs", "obe",
    "cbe", "inc", "ltd", "llc", "llp", "plc", "gmbh", "corp", "co", "sa", "spa", "srl", "bv", "nv",
    "oy", "kg", "ev", "pty",
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

/// Endings of hosts that are no names, in any case.
pub(super) const ENDINGS: &[&str] = &[
    "com", "org", "net", "info", "edu", "gov", "example", "cn", "tw", "hk", "jp", "kr", "uk", "eu",
    "io", "blog", "news", "中国", "中國", "公司", "网络", "香港", "台灣", "рф",
];

/// Cities that reports come from, in small letters. Such as are given names too are not among them.
pub(super) const CITIES: &str = "berlin|paris|london|washington|new york|moscow|moskau|москва|beijing|peking|pékin|北京|上海|香港|台北|臺北\
    |东京|東京|华盛顿|華盛頓|纽约|紐約|伦敦|倫敦|巴黎|柏林|brussels|brüssel|bruxelles|bruselas|vienna|wien|vienne|zurich\
    |zürich|geneva|genf|genève|bern|rome|rom|roma|milan|mailand|milano|madrid|barcelona|lisbon|lisboa\
    |lissabon|kyiv|kiev|kiew|київ|киев|minsk|минск|warsaw|warschau|warszawa|varsovie|prague|prag\
    |praha|budapest|athens|athen|istanbul|ankara|jerusalem|tel aviv|cairo|kairo|beirut|baghdad|bagdad\
    |tehran|teheran|kabul|islamabad|new delhi|delhi|mumbai|dhaka|bangkok|hanoi|singapore|singapur\
    |jakarta|manila|taipei|tokyo|tokio|seoul|hong kong|shanghai|canberra|melbourne|toronto|ottawa\
    |montreal|mexico city|bogotá|caracas|havana|lima|buenos aires|santiago|são paulo|rio de janeiro\
    |brasília|nairobi|johannesburg|cape town|kapstadt|lagos|dakar|tunis|algiers|rabat|stockholm|oslo\
    |copenhagen|kopenhagen|helsinki|dublin|edinburgh|amsterdam|den haag|the hague|los angeles\
    |san francisco|chicago|boston|hamburg|münchen|munich|köln|cologne|frankfurt|bonn|лондон|париж\
    |берлин|القاهرة|بيروت|بغداد|القدس|ירושלים|תל אביב";

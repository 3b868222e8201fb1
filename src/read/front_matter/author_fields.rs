//! Who wrote an article, by the fields of its front matter: a text, a list, a mapping of one person's
//! details, or of people by the names that a site keeps for them.

use super::distinct;
use super::yaml::{Fields, Value, plain_letters};

/// How deep lists and mappings are followed.
const DEPTH: usize = 6;

/// Names of fields that tell authors, all of which count.
const AUTHORS: &[&str] = &["author", "authors", "by", "byline", "creator"];

/// Names of fields that tell authors where none of the above does, in the form of [`plain_letters`].
const OTHERS: &[&str] = &[
    "creators",
    "dccreator",
    "primaryauthor",
    "authorname",
    "authornames",
    "postauthor",
    "articleauthor",
    "writer",
    "writers",
    "writtenby",
    "username",
    "uploader",
    "作者",
    "作者名",
    "原作者",
    "原文作者",
    "著者",
    "撰文",
    "撰稿",
    "记者",
    "記者",
    "筆者",
    "執筆",
    "執筆者",
    "저자",
    "작성자",
    "글쓴이",
    "지은이",
    "기자",
    "autor",
    "autora",
    "autores",
    "autoras",
    "autoren",
    "autorin",
    "autorinnen",
    "verfasser",
    "verfasserin",
    "auteur",
    "auteure",
    "auteurs",
    "autrice",
    "autore",
    "autori",
    "autorzy",
    "autorka",
    "автор",
    "авторы",
    "автори",
    "yazar",
    "yazarlar",
    "yazan",
    "schrijver",
    "schrijvers",
    "författare",
    "skribent",
    "forfatter",
    "kirjoittaja",
    "szerző",
    "penulis",
    "tácgiả",
    "ngườiviết",
    "ผู้เขียน",
    "ผู้แต่ง",
    "المؤلف",
    "المؤلفون",
    "الكاتب",
    "كاتب",
    "מחבר",
    "מחברים",
    "מאת",
    "συγγραφέας",
    "συντάκτης",
];

/// Names of a whole name among a person's details.
const WHOLE: &[&str] = &[
    "name",
    "displayname",
    "fullname",
    "literal",
    "realname",
    "penname",
    "author",
    "姓名",
    "名字",
    "名前",
    "氏名",
    "이름",
    "nombre",
    "nome",
    "имя",
    "isim",
    "naam",
    "imię",
    "tên",
    "ชื่อ",
    "الاسم",
    "שם",
    "όνομα",
];

/// Names of the parts of a name in the order in which it is written.
const PARTS: &[&[&str]] = &[
    &[
        "given",
        "givenname",
        "givennames",
        "first",
        "firstname",
        "forename",
        "prénom",
        "prenom",
        "vorname",
        "voornaam",
        "名",
    ],
    &["middle", "middlename", "additionalname"],
    &["droppingparticle"],
    &["nondroppingparticle", "particle", "tussenvoegsel"],
    &[
        "family",
        "familyname",
        "last",
        "lastname",
        "surname",
        "nachname",
        "achternaam",
        "nom",
        "姓",
    ],
];

/// Names of a person's details, and of who helped: a mapping that holds one of them is of one person.
const DETAILS: &[&str] = &[
    "email",
    "mail",
    "url",
    "uri",
    "link",
    "links",
    "website",
    "homepage",
    "web",
    "twitter",
    "x",
    "github",
    "gitlab",
    "mastodon",
    "facebook",
    "instagram",
    "linkedin",
    "orcid",
    "login",
    "username",
    "user",
    "handle",
    "slug",
    "id",
    "nick",
    "nickname",
    "avatar",
    "image",
    "picture",
    "photo",
    "bio",
    "about",
    "description",
    "affiliation",
    "affiliations",
    "aff",
    "organization",
    "organisation",
    "institution",
    "department",
    "role",
    "roles",
    "title",
    "job",
    "position",
    "location",
    "corresponding",
    "equalcontributor",
    "degrees",
    "note",
    "social",
    "type",
];

/// Roles of those who did not write, by which mappings name them.
const HELPERS: &[&str] = &[
    "editor",
    "editors",
    "photographer",
    "photographers",
    "photos",
    "illustrator",
    "translator",
    "reviewer",
    "publisher",
];

/// Fields under which site generators keep what they don't know themselves (Hugo, Zola).
const OWN: &[&str] = &["params", "extra", "taxonomies"];

/// The lines that name authors, as written.
pub(crate) fn authors(fields: &Fields) -> Vec<String> {
    let found = told(|key| fields.named(key));
    if !found.is_empty() {
        return found;
    }
    let own = OWN.iter().filter_map(|key| fields.named(key));
    own.map(|own| told(|key| own.named(key)))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The lines that some fields give.
fn told<'value>(get: impl Fn(&str) -> Option<&'value Value>) -> Vec<String> {
    let named = |keys: &[&str]| {
        let values: Vec<&Value> = keys.iter().filter_map(|key| get(key)).collect();
        let lines = values.into_iter().flat_map(|value| people(value, DEPTH));
        distinct(lines)
    };
    let found = named(AUTHORS);
    if !found.is_empty() {
        return found;
    }
    let each = OTHERS.iter().map(|key| named(&[key]));
    each.into_iter()
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The form in which names of fields are compared: small letters alone, since programs part the words
/// of a name by hyphens, underscores, spaces, capitals or not at all.
fn plain(key: &str) -> String {
    plain_letters(key).collect()
}

/// The lines that a value gives.
fn people(written: &Value, depth: usize) -> Vec<String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Vec::new();
    };
    match written {
        Value::Text(text) => text_lines(text, depth),
        Value::List(items) => match link(items) {
            Some(link) => vec![link],
            None => {
                let writers = items.iter().filter(|item| !is_helper(item));
                let writers: Vec<String> = writers.flat_map(|item| people(item, depth)).collect();
                match writers.is_empty() {
                    true => items.iter().flat_map(|item| people(item, depth)).collect(),
                    false => writers,
                }
            }
        },
        Value::Mapping(fields) => match WHOLE.iter().find_map(|key| written.named(key)) {
            Some(names @ Value::List(_)) => people(names, depth),
            _ => person(written)
                .map(|name| vec![name])
                .unwrap_or_else(|| keyed(fields, depth)),
        },
    }
}

/// Whether a person's details say that whoever it is only helped.
fn is_helper(details: &Value) -> bool {
    let role = details.named("role").or_else(|| details.named("roles"));
    role.and_then(Value::text)
        .is_some_and(|role| HELPERS.contains(&plain(role).as_str()))
}

/// The lines of a text. Some programs write a list or a person's details as one.
fn text_lines(text: &str, depth: usize) -> Vec<String> {
    let text = text.trim();
    let inner = match text.as_bytes() {
        [b'{', .., b'}'] | [b'[', b'"' | b'\'' | b'{', .., b']'] => Value::of(text),
        _ => None,
    };
    match inner {
        Some(Value::Mapping(fields)) => {
            let name = person(&Value::Mapping(fields));
            vec![name.unwrap_or_else(|| text.to_owned())]
        }
        Some(list @ Value::List(_)) => people(&list, depth),
        _ => text.lines().map(str::to_owned).collect(),
    }
}

/// `[[Ann Writer]]` without quotation marks is a list in a list to YAML, and a link to those who
/// write it.
fn link(items: &[Value]) -> Option<String> {
    let [Value::List(inner)] = items else {
        return None;
    };
    let texts: Option<Vec<&str>> = inner.iter().map(Value::text).collect();
    let text = texts?.join(", ");
    (!text.is_empty()).then(|| format!("[[{text}]]"))
}

/// The name of a mapping that is of one person.
fn person(details: &Value) -> Option<String> {
    if let Some(name) = WHOLE.iter().find_map(|key| details.named(key)) {
        return people(name, 2).into_iter().next().or_else(|| person(name));
    }
    let part = |keys: &&[&str]| keys.iter().find_map(|key| details.named(key)?.text());
    let parts: Vec<&str> = PARTS.iter().filter_map(part).collect();
    let (family, _) = parts.split_last()?;
    let is_ideographic = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    if parts.iter().all(|part| part.chars().all(is_ideographic)) {
        return Some(parts.iter().rev().copied().collect());
    }
    let suffix = details.named("suffix").and_then(Value::text);
    let name = parts.join(" ").replace("’ ", "’");
    Some(match suffix {
        Some(suffix) if !family.is_empty() => format!("{name}, {suffix}"),
        _ => name,
    })
}

/// People by the names that a site keeps for them, or by their roles: `ada: { name: Ada Keeper }`,
/// `ada: Ada Keeper`, `Ada Keeper: { affiliation: … }`, `Ada Keeper: editor`.
fn keyed(fields: &[(String, Value)], depth: usize) -> Vec<String> {
    let is_detail = |key: &str| DETAILS.contains(&plain(key).as_str());
    let is_helper = |key: &str| HELPERS.contains(&plain(key).as_str());
    let is_one = fields.iter().any(|(key, _)| is_detail(key));
    if is_one {
        let shown = ["username", "user", "login", "nickname", "nick"];
        let told = fields
            .iter()
            .filter(|(key, _)| shown.contains(&plain(key).as_str()));
        let full = told.filter_map(|(_, value)| value.text().filter(|text| is_full(text)));
        let own = fields
            .iter()
            .filter(|(key, _)| is_full(key) && !is_detail(key));
        return own
            .map(|(key, _)| key.clone())
            .chain(full.map(str::to_owned))
            .take(1)
            .collect();
    }
    let writers = fields.iter().filter(|(key, _)| !is_helper(key)).count();
    let counted = fields
        .iter()
        .filter(|(key, _)| writers == 0 || !is_helper(key));
    counted
        .flat_map(|(key, value)| {
            if is_full(key) {
                return vec![key.clone()];
            }
            people(value, depth)
        })
        .collect()
}

/// Whether a text is a name of several words, or one in characters.
fn is_full(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let is_written_large = text.chars().next().is_some_and(|c| !c.is_lowercase());
    let in_characters = (2..=4).contains(&text.chars().count())
        && text
            .chars()
            .all(|c| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'));
    (words > 1 && words < 6 && is_written_large) || in_characters
}

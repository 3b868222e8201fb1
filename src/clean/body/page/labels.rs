//! What pages call their parts: words in classes, ids and roles.

use crate::clean::body::parse::tree::{self, Element, NodeRef, attribute, classes, element_of};
use std::collections::HashSet;

/// What a part of a page is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clean::body) enum Label {
    /// What readers wrote below the article.
    Comments,
    /// Something beside the article.
    Other,
    /// Something beside the article, unless it reads like prose.
    Maybe,
    /// The article, or nothing that tells.
    Content,
}

/// How many nodes may stand in a section before its heading.
const MOST_BEFORE_HEADING: usize = 8;

const COMMENTS: [&str; 6] = [
    "comments",
    "commentlist",
    "respond",
    "disqus",
    "comment",
    "replies",
];

const OTHER: [&str; 47] = [
    "sharedaddy",
    "share",
    "sharing",
    "sharebar",
    "addtoany",
    "social",
    "related",
    "relatedposts",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "newsletter",
    "subscribe",
    "subscription",
    "advert",
    "advertisement",
    "ads",
    "sponsor",
    "cookie",
    "popup",
    "modal",
    "navbar",
    "navigation",
    "toolbar",
    "byline",
    "meta",
    "breadcrumbs",
    "signup",
    "login",
    "likes",
    "qrcode",
    "masthead",
    "invisible",
    "paywall",
    "donate",
    "trending",
    "widget",
    "servicelinks",
    "readnext",
    "outbrain",
    "taboola",
];

/// Those of them that are the matter of articles, too: a chapter on related work, or on the price of a share.
const MATTERS: [&str; 11] = [
    "share",
    "sharing",
    "social",
    "related",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "navigation",
    "trending",
    "likes",
];

const MAYBE: [&str; 31] = [
    "tags",
    "taglist",
    "tag",
    "author",
    "authors",
    "avatar",
    "user",
    "categories",
    "category",
    "cat",
    "posted",
    "published",
    "submitted",
    "date",
    "time",
    "footer",
    "menu",
    "nav",
    "links",
    "print",
    "like",
    "rating",
    "actions",
    "action",
    "button",
    "promo",
    "banner",
    "bio",
    "count",
    "playlist",
    "feedback",
];

const CONTENT: [&str; 10] = [
    "articlebody",
    "entrycontent",
    "postcontent",
    "articlecontent",
    "storybody",
    "postbody",
    "articletext",
    "richmediacontent",
    "fieldnamebody",
    "maincontent",
];

const STANDFIRST: [&str; 10] = [
    "abstract",
    "description",
    "standfirst",
    "subtitle",
    "summary",
    "dek",
    "excerpt",
    "deck",
    "lede",
    "subheading",
];

/// Whether an element's class or id says that it is the article's text.
pub(in crate::clean::body) fn names_content(element: &Element) -> bool {
    let names = [attribute(element, "class"), attribute(element, "id")];
    names
        .into_iter()
        .flatten()
        .flat_map(str::split_ascii_whitespace)
        .any(|name| {
            let joined: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
            let joined = joined.to_ascii_lowercase();
            joined == "jscontent" || CONTENT.contains(&joined.as_str())
        })
}

/// What a part of a page is, by its name.
pub(in crate::clean::body) fn label(element: &Element) -> Label {
    label_without(element, &HashSet::new())
}

/// The same where some words tell nothing.
pub(in crate::clean::body) fn label_without(
    element: &Element,
    mute: &HashSet<&'static str>,
) -> Label {
    match element.name() {
        "nav" => return Label::Other,
        "footer" | "aside" => return Label::Maybe,
        "html" | "body" | "article" | "main" | "figure" | "figcaption" | "img" | "p"
        | "blockquote" => {}
        _ => {}
    }
    let mut label = Label::Content;
    for name in all_names(element) {
        let joined: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        if CONTENT.contains(&joined.to_ascii_lowercase().as_str()) {
            return Label::Content;
        }
        if is_advertisement(name) && Some(name) != attribute(element, "id") {
            label = strongest(label, Label::Other);
        }
        for word in words(name) {
            if !mute.contains(word.as_str()) {
                label = strongest(label, word_label(&word));
            }
        }
    }
    label
}

/// Whether a name has the word for an advertisement, which hexadecimal numbers hold, too.
fn is_advertisement(name: &str) -> bool {
    name.split(['-', '_'])
        .any(|word| word.eq_ignore_ascii_case("ad"))
}

/// The names of an element: classes, id, role.
fn all_names(element: &Element) -> impl Iterator<Item = &str> {
    let names = [
        attribute(element, "class"),
        attribute(element, "id"),
        attribute(element, "role"),
    ];
    names
        .into_iter()
        .flatten()
        .flat_map(str::split_ascii_whitespace)
}

/// Whether all words that say of an element that it stands beside the article are the matter of articles, too.
pub(in crate::clean::body) fn may_be_matter(element: &Element) -> bool {
    let words = all_names(element).flat_map(words);
    let mut telling =
        words.filter(|word| matches!(word_label(word), Label::Other | Label::Comments));
    telling.all(|word| MATTERS.contains(&word.as_str()))
}

/// Whether an element's id is made of its own heading, as programs make those that links lead to: it tells what
/// the text is about.
pub(in crate::clean::body) fn is_named_by_heading(element: &Element, node: &NodeRef<'_>) -> bool {
    let Some(id) = attribute(element, "id").filter(|id| id.contains(['-', '_'])) else {
        return false;
    };
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let heading = node.descendants().take(MOST_BEFORE_HEADING).find(|inner| {
        element_of(inner).is_some_and(|element| {
            matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        })
    });
    let id = letters(id);
    heading.is_some_and(|heading| letters(&tree::visible_text(heading)).starts_with(&id))
}

/// The words in an element's names that say it is something beside the article.
pub(in crate::clean::body) fn telling(element: &Element) -> Vec<&'static str> {
    let names = [attribute(element, "class"), attribute(element, "id")];
    let words: Vec<String> = names
        .into_iter()
        .flatten()
        .flat_map(str::split_ascii_whitespace)
        .flat_map(words)
        .collect();
    let known = OTHER.into_iter().chain(MAYBE);
    known
        .filter(|known| words.iter().any(|word| word == known))
        .collect()
}

fn word_label(word: &str) -> Label {
    if COMMENTS.contains(&word) {
        Label::Comments
    } else if OTHER.contains(&word) {
        Label::Other
    } else if MAYBE.contains(&word) {
        Label::Maybe
    } else {
        Label::Content
    }
}

fn strongest(left: Label, right: Label) -> Label {
    let rank = |label| match label {
        Label::Comments => 3,
        Label::Other => 2,
        Label::Maybe => 1,
        Label::Content => 0,
    };
    if rank(right) > rank(left) {
        right
    } else {
        left
    }
}

/// The words of a name: `entryMeta-box_2` is `entry`, `meta`, `box`.
pub(in crate::clean::body) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for character in name.chars() {
        let boundary =
            !character.is_ascii_alphabetic() || (lower && character.is_ascii_uppercase());
        if boundary {
            words.push(String::new());
        }
        lower = character.is_ascii_lowercase();
        if character.is_ascii_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(character.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The words above lists of other articles, in lower case.
const OTHERS: [&str; 84] = [
    "related",
    "read more",
    "read also",
    "read next",
    "see also",
    "more from",
    "more stories",
    "recommended",
    "you may also like",
    "you might also like",
    "相关",
    "相關",
    "延伸阅读",
    "延伸閱讀",
    "推荐阅读",
    "推薦閱讀",
    "更多文章",
    "猜你喜欢",
    "您可能感兴趣",
    "你可能感兴趣",
    "関連記事",
    "more on this",
    "more in ",
    "more articles",
    "most read",
    "most popular",
    "trending now",
    "popular now",
    "top stories",
    "latest news",
    "editor's picks",
    "editors' picks",
    "up next",
    "don't miss",
    "what to read next",
    "keep reading",
    "in case you missed",
    "also on ",
    "promoted stories",
    "from around the web",
    "around the web",
    "from our partners",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant",
    "das könnte sie",
    "à lire aussi",
    "lire aussi",
    "sur le même sujet",
    "leggi anche",
    "lee también",
    "lea también",
    "te puede interesar",
    "noticias relacionadas",
    "leia também",
    "leia mais",
    "veja também",
    "lees ook",
    "läs också",
    "les også",
    "læs også",
    "czytaj też",
    "czytaj także",
    "zobacz także",
    "čtěte také",
    "читайте также",
    "смотрите также",
    "по теме",
    "関連リンク",
    "あわせて読みたい",
    "관련기사",
    "관련 기사",
    "editors' recommendations",
    "verwandte themen",
    "verwandte artikel",
    "das thema könnte",
    "das könnte dich",
    "auch auf ",
    "weitere artikel",
    "articles similaires",
    "artículos relacionados",
    "articoli correlati",
    "เรื่องที่เกี่ยวข้อง",
];

/// Whether a text begins with words that stand above lists of other articles.
pub(in crate::clean::body) fn begins_like_others(text: &str) -> bool {
    let start = text.chars().take(24).flat_map(char::to_lowercase);
    let start: String = start.map(|c| if c == '’' { '\'' } else { c }).collect();
    OTHERS.iter().any(|words| start.starts_with(words))
}

/// Whether the page calls an element the lines that lead into the article.
pub(in crate::clean::body) fn is_standfirst(element: &Element) -> bool {
    attribute(element, "class")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .flat_map(words)
        .any(|word| STANDFIRST.contains(&word.as_str()))
}

/// What a page may call the line that names its author, and words that say it is another thing.
const BYLINE: [&str; 11] = [
    "byline", "author", "authors", "writer", "autor", "autorin", "autoren", "auteur", "auteurs",
    "autore", "autores",
];
const NO_BYLINE: [&str; 14] = [
    "bio",
    "avatar",
    "box",
    "about",
    "description",
    "image",
    "photo",
    "social",
    "card",
    "page",
    "comment",
    "posts",
    "archive",
    "profile",
];

/// Whether the page calls an element the line that names its author.
pub(in crate::clean::body) fn is_byline(element: &Element) -> bool {
    let holds = matches!(
        element.name(),
        "html" | "body" | "main" | "article" | "img" | "meta"
    );
    let names = attribute(element, "class").unwrap_or_default();
    // The name itself, as microformats have it.
    let mut is_one = classes(element).any(|class| class == "p-author");
    if is_one {
        return !holds;
    }
    for word in names.split_ascii_whitespace().flat_map(words) {
        if NO_BYLINE.contains(&word.as_str()) {
            return false;
        }
        is_one |= BYLINE.contains(&word.as_str());
    }
    is_one && !holds
}

/// What pages call the lines that tell who wrote an article.
const ABOUT_AUTHORS: [&str; 5] = ["author", "authors", "bio", "biography", "contributor"];

/// Whether the page calls an element what tells of the author.
pub(in crate::clean::body) fn is_about_author(element: &Element) -> bool {
    let holds = matches!(
        element.name(),
        "html" | "body" | "main" | "article" | "a" | "span"
    );
    let names = [attribute(element, "class"), attribute(element, "id")];
    let mut words = names
        .into_iter()
        .flatten()
        .flat_map(str::split_ascii_whitespace)
        .flat_map(words);
    !holds && words.any(|word| ABOUT_AUTHORS.contains(&word.as_str()))
}

/// Whether a standfirst stands somewhere inside.
pub(in crate::clean::body) fn holds_standfirst(node: &NodeRef<'_>) -> bool {
    node.descendants()
        .any(|inside| element_of(&inside).is_some_and(is_standfirst))
}

/// Whether an element shows a picture, other than a face or a mark.
pub(in crate::clean::body) fn is_picture(element: &Element) -> bool {
    matches!(element.name(), "img" | "picture" | "figure" | "amp-img")
        && label(element) == Label::Content
}

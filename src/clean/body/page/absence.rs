//! Pages that hold no article: errors, challenges, requests for consent, log-ins, lists of articles.

use super::measures::Measure;
use crate::clean::body::Byline;
use crate::clean::body::hidden;
use crate::clean::body::page;
use crate::clean::body::parse::Parsed;
use crate::clean::body::parse::tree::{self, NodeRef, attribute, element_of};
use crate::clean::body::walk::Omitted;

/// Why a page holds no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Hardly any text.
    Empty,
    /// A page that a server shows instead of the article.
    Instead,
    /// A list of articles.
    List,
}

impl Absence {
    /// What the page is, for a message.
    pub fn meaning(self) -> &'static str {
        match self {
            Absence::Empty => "the page has hardly any text",
            Absence::Instead => {
                "the page is an error, a log-in, a challenge or a question for consent"
            }
            Absence::List => "the page is a list of articles",
        }
    }
}

/// The fewest letters of prose in an article that shows no picture; an ideograph counts for three.
const FEWEST: usize = 100;

/// How long links are on the average where they are links, in characters.
const LONGEST_LINK: usize = 200;

/// The most letters of what servers show instead of an article.
const MOST_INSTEAD: usize = 1_500;

/// The fewest headings that lead elsewhere in a list of articles.
const FEWEST_ENTRIES: usize = 5;

/// The most letters that stand in a list for each of its entries.
const MOST_PER_ENTRY: usize = 600;

/// What the titles and first headings of such pages say, in lower case.
const INSTEAD: [&str; 40] = [
    "404",
    "403 forbidden",
    "401 unauthorized",
    "500 internal",
    "502 bad",
    "503 service",
    "504 gateway",
    "page not found",
    "not found",
    "access denied",
    "access to this page has been denied",
    "error 404",
    "just a moment",
    "attention required",
    "checking your browser",
    "verify you are human",
    "are you a robot",
    "are you human",
    "security check",
    "ddos protection",
    "captcha",
    "before you continue",
    "enable javascript",
    "javascript is disabled",
    "log in",
    "login",
    "sign in",
    "subscribe to continue",
    "too many requests",
    "bad gateway",
    "service unavailable",
    "site maintenance",
    "页面不存在",
    "页面没有找到",
    "找不到页面",
    "無法找到",
    "访问验证",
    "安全验证",
    "请登录",
    "ページが見つかりません",
];

/// How many words the title of such a page has beside those, without the name of the site.
const MOST_BESIDE: usize = 2;

/// What the texts of such pages say, in lower case.
const EVIDENCE: [&str; 48] = [
    "not found",
    "could not be found",
    "couldn't find",
    "couldn’t find",
    "can't be found",
    "does not exist",
    "doesn't exist",
    "doesn’t exist",
    "no longer available",
    "you requested",
    "you were looking for",
    "you are looking for",
    "been moved",
    "been removed",
    "go back",
    "home page",
    "homepage",
    "permission",
    "forbidden",
    "denied",
    "unauthorized",
    "your browser",
    "javascript",
    "cookies",
    "captcha",
    "not a robot",
    "human",
    "verify",
    "ray id",
    "cloudflare",
    "password",
    "username",
    "sign up",
    "create an account",
    "your account",
    "already a subscriber",
    "try again",
    "server",
    "nginx",
    "gateway",
    "maintenance",
    "不存在",
    "返回首页",
    "密码",
    "验证码",
    "请稍后",
    "已被删除",
    "パスワード",
];

/// Why a page holds no article; nothing where it seems to hold one.
pub(in crate::clean) fn of(parsed: &Parsed, title: &str) -> Option<Absence> {
    let root = parsed.html.tree.root();
    let hidden = hidden::find(root);
    let mut omitted = hidden.omitted;
    page::leave_out(parsed, title, &mut omitted, Byline::READ, &hidden.article);
    let kept = Measure::of(root, &omitted, &mut |_, _| {});
    // A link that nobody closed goes on to the end of the page.
    let is_wide = kept.linked > kept.links * LONGEST_LINK;
    let plain = if is_wide { kept.text } else { kept.plain() };
    let letters = plain + 2 * kept.ideographs;
    if letters < MOST_INSTEAD && says_instead(root, title, letters, &omitted) {
        return Some(Absence::Instead);
    }
    if letters < FEWEST && (kept.images == 0 || letters == 0) {
        return Some(Absence::Empty);
    }
    let entries = entries(root, &omitted);
    let is_list = entries.linked >= FEWEST_ENTRIES
        && entries.linked * 3 >= entries.all * 2
        && letters < entries.linked * MOST_PER_ENTRY
        && !names_article(root);
    is_list.then_some(Absence::List)
}

/// Whether a page's title or heading says that it stands instead of the article, and its text agrees: articles
/// are called so too.
fn says_instead(root: NodeRef<'_>, title: &str, letters: usize, omitted: &Omitted) -> bool {
    let own = title.to_lowercase();
    // Pages that say what they are about have the headings of their dialogues, too.
    let is_titled =
        words_beside(own.trim()).is_none() && title.split_whitespace().count() > MOST_BESIDE;
    let is_part = |node: &NodeRef<'_>| {
        let mut around = std::iter::once(*node).chain(node.ancestors());
        !around.any(|outer| omitted.contains_key(&outer.id()))
    };
    let headings = root.descendants().filter(|node| {
        element_of(node).is_some_and(|element| matches!(element.name(), "h1" | "h2"))
            && (!is_titled || letters < FEWEST || is_part(node))
    });
    let mut texts: Vec<String> = headings.take(2).map(tree::visible_text).collect();
    texts.push(title.to_owned());
    let more = texts
        .iter()
        .filter_map(|text| words_beside(&text.trim().to_lowercase()));
    let Some(more) = more.min() else {
        return false;
    };
    if letters < FEWEST || more == 0 {
        return true;
    }
    let titles = texts.join(" ").to_lowercase();
    let mut text = tree::visible_text(root).to_lowercase();
    text.extend(asks(root).then_some(" password "));
    let agrees = |words: &&&str| text.contains(**words) && !titles.contains(**words);
    let agreeing = EVIDENCE.iter().filter(agrees).count();
    // A title of its own tells more than the words that it begins with.
    agreeing >= if more > MOST_BESIDE { 2 } else { 1 }
}

/// How many words stand in a title beside those of a page that is shown instead of an article. The name of
/// the site, which stands behind a sign, counts for none.
fn words_beside(title: &str) -> Option<usize> {
    if title.chars().count() >= 80 {
        return None;
    }
    let words = INSTEAD.iter().filter(|words| begins_with(title, words));
    let longest = words.max_by_key(|words| words.len())?;
    let signs = [" | ", " - ", " – ", " — ", " · "];
    let parts = signs.iter().fold(vec![title], |parts, sign| {
        parts
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect()
    });
    let own = parts
        .into_iter()
        .find(|part| part.contains(longest))
        .unwrap_or(title);
    let rest = own.replacen(longest, " ", 1);
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words = rest.split_whitespace().filter(is_word).count();
    let ideographs = rest.chars().filter(|c| u32::from(*c) >= 0x3000).count();
    Some(words.max(ideographs / 2))
}

/// Whether a page asks for a password.
fn asks(root: NodeRef<'_>) -> bool {
    root.descendants().any(|node| {
        element_of(&node).is_some_and(|element| {
            element.name() == "input" && attribute(element, "type") == Some("password")
        })
    })
}

/// Whether a text begins with some words, or ends with them: `Error 404`, `Page not found | Paper`.
fn begins_with(text: &str, words: &str) -> bool {
    let ends = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    text.strip_prefix(words).is_some_and(ends)
        || text.strip_suffix(words).is_some_and(|rest| {
            words.len() > 5
                && rest
                    .chars()
                    .next_back()
                    .is_none_or(|last| !last.is_alphanumeric())
        })
}

/// Headings that are not omitted.
#[derive(Default)]
struct Entries {
    all: usize,
    /// Those that lead to another page as a whole.
    linked: usize,
}

fn entries(root: NodeRef<'_>, omitted: &Omitted) -> Entries {
    let mut entries = Entries::default();
    let mut next = root.first_child();
    while let Some(node) = next {
        let skip = omitted.contains_key(&node.id());
        let is_heading = element_of(&node)
            .is_some_and(|element| matches!(element.name(), "h1" | "h2" | "h3" | "h4"));
        if is_heading && !skip {
            entries.all += 1;
            entries.linked += usize::from(leads_elsewhere(node));
        }
        let inside = if skip { None } else { node.first_child() };
        next = inside.or_else(|| tree::following(node, root.id()));
    }
    entries
}

/// Whether a heading is a link to another page, or stands in one.
fn leads_elsewhere(heading: NodeRef<'_>) -> bool {
    let is_link = |node: &NodeRef<'_>| {
        let reference = element_of(node)
            .filter(|element| element.name() == "a")
            .and_then(|element| attribute(element, "href"));
        reference.is_some_and(|reference| !reference.trim_start().starts_with('#'))
    };
    let text = tree::visible_text(heading);
    let inside = heading.descendants().find(is_link);
    inside.is_some_and(|link| tree::visible_text(link).len() * 10 >= text.len() * 8)
        || heading.ancestors().take(3).any(|node| is_link(&node))
}

/// Whether a page says that it is an article.
fn names_article(root: NodeRef<'_>) -> bool {
    root.descendants().any(|node| {
        element_of(&node).is_some_and(|element| {
            let value = |name| attribute(element, name).unwrap_or_default();
            element.name() == "meta"
                && (value("property").starts_with("article:published")
                    || (value("property") == "og:type" && value("content") == "article"))
        })
    })
}

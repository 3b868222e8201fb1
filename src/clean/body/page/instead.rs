//! Pages that a server shows instead of an article: what their titles and headings say, and what their texts
//! say beside.

use super::absence::FEWEST;
use super::words_instead::{CONSENT, EVIDENCE, INSTEAD, REASONS};
use crate::clean::body::parse::tree::{self, NodeRef, attribute, element_of};
use crate::clean::body::walk::Omitted;

/// How many words the title of such a page has beside those, without the name of the site.
const MOST_BESIDE: usize = 2;

/// The longest title that is looked at, in characters.
const LONGEST_TITLE: usize = 80;

/// Whether a page's title or heading says that it stands instead of the article, and its text agrees: articles
/// are called so too.
pub(super) fn says_instead(
    root: NodeRef<'_>,
    title: &str,
    letters: usize,
    omitted: &Omitted,
    lone: Option<NodeRef<'_>>,
) -> bool {
    let texts = titles(root, title, letters, omitted, lone);
    let text = || {
        let mut text = tree::visible_text(root).to_lowercase();
        text.extend(asks(root).then_some(" password "));
        text
    };
    // Dialogues of other pages have such headings, too.
    let own = [
        title.to_lowercase(),
        head_title(root).unwrap_or_default().to_lowercase(),
    ];
    if own.iter().any(|title| begins_any(title.trim(), &CONSENT)) && has_buttons(root) {
        let text = text();
        if ["cookie", "\u{30af}\u{30c3}\u{30ad}\u{30fc}"]
            .iter()
            .any(|word| text.contains(word))
        {
            return true;
        }
    }
    let Some(more) = texts.iter().filter_map(|text| words_beside(text)).min() else {
        return false;
    };
    if letters < FEWEST || more == 0 {
        return true;
    }
    let titles = texts.join(" ");
    let text = text();
    let agrees = |words: &&&str| text.contains(**words) && !titles.contains(**words);
    let agreeing = EVIDENCE.iter().filter(agrees).count();
    // A title of its own tells more than the words that it begins with.
    agreeing >= if more > MOST_BESIDE { 2 } else { 1 }
}

/// What a page is called, in lower case: its first headings, the article's title, and what stands in its head.
fn titles(
    root: NodeRef<'_>,
    title: &str,
    letters: usize,
    omitted: &Omitted,
    lone: Option<NodeRef<'_>>,
) -> Vec<String> {
    let own = title.to_lowercase();
    // Pages that say what they are about have the headings of their dialogues, too.
    let is_titled =
        words_beside(own.trim()).is_none() && title.split_whitespace().count() > MOST_BESIDE;
    let is_part = |node: &NodeRef<'_>| {
        let mut around = std::iter::once(*node).chain(node.ancestors());
        !around.any(|outer| omitted.contains_key(&outer.id()))
    };
    let headings = lone.unwrap_or(root).descendants().filter(|node| {
        element_of(node).is_some_and(|element| matches!(element.name(), "h1" | "h2"))
            && (!is_titled || letters < FEWEST || is_part(node))
    });
    let mut texts: Vec<String> = headings.take(2).map(tree::visible_text).collect();
    texts.push(title.to_owned());
    texts.extend(head_title(root));
    let lower = |text: String| text.trim().to_lowercase();
    texts.into_iter().map(lower).collect()
}

/// What stands in the `<title>` of a page.
pub(super) fn head_title(root: NodeRef<'_>) -> Option<String> {
    let title = root.descendants().find(|node| {
        element_of(node).is_some_and(|element| {
            element.name() == "title" && element.name.ns == html5ever::ns!(html)
        })
    })?;
    let texts = title.children().filter_map(|node| node.value().as_text());
    Some(texts.map(|text| &**text).collect())
}

/// How many words stand in a title beside those of a page that is shown instead of an article. The name of
/// the site, which stands behind a sign, counts for none.
fn words_beside(title: &str) -> Option<usize> {
    if title.chars().count() >= LONGEST_TITLE {
        return None;
    }
    if let Some(rest) = after_status(title) {
        return Some(count_words(own_part(rest, "")));
    }
    let words = INSTEAD.iter().filter(|words| begins_with(title, words));
    let longest = words.max_by_key(|words| words.len())?;
    let own = own_part(title, longest);
    Some(count_words(&own.replacen(longest, " ", 1)))
}

/// What follows a status of HTTP and the words for it at the beginning of a title (RFC 9110, section 15).
fn after_status(title: &str) -> Option<&str> {
    let title = ["http ", "error ", "error: "]
        .iter()
        .fold(title, |title, word| {
            title.strip_prefix(word).unwrap_or(title)
        });
    let (status, rest) = title.split_at_checked(3)?;
    let is_error = status
        .parse()
        .is_ok_and(|status: u16| (400..600).contains(&status));
    let rest = rest.trim_start_matches([' ', ':', '-', '–', '—', '.', '|']);
    let reasons = REASONS
        .iter()
        .filter_map(|reason| rest.strip_prefix(reason));
    let shortest = reasons.min_by_key(|rest| rest.len())?;
    is_error.then_some(shortest)
}

/// The part of a title that holds some words, without the name of the site.
fn own_part<'title>(title: &'title str, words: &str) -> &'title str {
    let signs = [" | ", " - ", " – ", " — ", " · "];
    let parts = signs.iter().fold(vec![title], |parts, sign| {
        parts
            .into_iter()
            .flat_map(|part| part.split(sign))
            .collect()
    });
    let mut parts = parts.into_iter();
    parts.find(|part| part.contains(words)).unwrap_or(title)
}

fn count_words(rest: &str) -> usize {
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words = rest.split_whitespace().filter(is_word).count();
    let ideographs = rest.chars().filter(|c| u32::from(*c) >= 0x3000).count();
    words.max(ideographs / 2)
}

fn begins_any(text: &str, all: &[&str]) -> bool {
    text.chars().count() < LONGEST_TITLE && all.iter().any(|words| text.starts_with(words))
}

/// Whether a page asks for a password.
fn asks(root: NodeRef<'_>) -> bool {
    root.descendants().any(|node| {
        element_of(&node).is_some_and(|element| {
            element.name() == "input" && attribute(element, "type") == Some("password")
        })
    })
}

/// Whether a page has buttons.
fn has_buttons(root: NodeRef<'_>) -> bool {
    root.descendants().any(|node| {
        element_of(&node).is_some_and(|element| {
            let is = |name, value| attribute(element, name) == Some(value);
            element.name() == "button"
                || is("role", "button")
                || (element.name() == "input" && (is("type", "submit") || is("type", "button")))
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
        || text
            .trim_end_matches(['.', '!', '\u{3002}', '\u{ff01}'])
            .strip_suffix(words)
            .is_some_and(|rest| {
                words.len() > 5
                    && rest
                        .chars()
                        .next_back()
                        .is_none_or(|last| !last.is_alphanumeric() || u32::from(last) >= 0x3000)
            })
}

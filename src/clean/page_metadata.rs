//! A saved page tells of its article what the archive does not.

use super::body::metadata::Facts;
use super::{authors, letters, source};
use crate::model::{Address, Head, Language, WrittenTime};

/// The longest name of an author that only the page tells, in characters: bylines hold sentences.
const LONGEST_NAME: usize = 60;

/// Fills what the head of a saved page lacks with what the page says of itself.
pub(super) fn fill(head: &mut Head, told: &[Facts]) {
    let site = first(told, |facts| facts.site.clone());
    fill_title(head, told, site.as_deref());
    if !head.is_dated() {
        let time = |text: Option<&String>| text.and_then(|text| time(text));
        head.page_times.published = first(told, |facts| time(facts.published.as_ref()));
        head.page_times.updated = first(told, |facts| time(facts.updated.as_ref()));
    }
    if head.authors.is_empty() && head.byline.authors.is_empty() {
        let site = site.as_deref().unwrap_or_default();
        let mut named = told.iter().map(|facts| people(facts, told, site));
        head.authors = named.find(|names| !names.is_empty()).unwrap_or_default();
    }
    if head.language.is_none() {
        head.language = first(told, |facts| {
            facts
                .language
                .clone()
                .filter(|tag| Language::new(tag).is_some())
        });
    }
    if head.source.is_none() && !source::has_folder(head) {
        head.source = site;
    }
    if head.tags.is_empty() {
        head.tags = first(told, |facts| {
            Some(tags(&facts.tags)).filter(|tags| !tags.is_empty())
        })
        .unwrap_or_default();
    }
    head.picture = first(told, |facts| {
        facts.picture.clone().filter(|picture| is_lead(picture))
    });
    if head.address.is_none() {
        // The address that a page names as its own is in `<link>` and OpenGraph, rather than in
        // scripts, which may name the site.
        head.address = told
            .iter()
            .rev()
            .find_map(|facts| facts.address.clone().filter(|text| is_page(text)));
    }
}

fn first<T>(told: &[Facts], of: impl Fn(&Facts) -> Option<T>) -> Option<T> {
    told.iter().find_map(of)
}

fn fill_title(head: &mut Head, told: &[Facts], site: Option<&str>) {
    let blank = head
        .title
        .as_deref()
        .is_none_or(|title| title.trim().is_empty());
    if !blank {
        return;
    }
    let title = first(told, |facts| {
        let title = title_of(facts, told)?
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        (!title.is_empty() && Some(title.as_str()) != site).then_some(title)
    });
    let title = title.map(|title| uncut(&title, told).unwrap_or(title));
    head.title = title
        .map(|title| without_site(&title, site).to_owned())
        .or(head.title.take());
}

/// The title that some facts give: what they call the name, where the rest of the page says that and not the
/// title. Encyclopedias describe what a page is about in its headline.
fn title_of<'told>(facts: &'told Facts, told: &'told [Facts]) -> Option<&'told str> {
    let title = facts.title.as_deref()?;
    let Some(name) = facts.name.as_deref().filter(|name| *name != title) else {
        return Some(title);
    };
    let said = |text: &str| {
        let text = letters::of(text);
        let others = told.iter().filter(|other| !std::ptr::eq(*other, facts));
        let mut titles = others.filter_map(|other| other.title.as_deref());
        !text.is_empty() && titles.any(|title| letters::of(title).contains(&text))
    };
    Some(if said(name) && !said(title) {
        name
    } else {
        title
    })
}

/// The whole of a title that a quotation mark in it cut off: within an attribute it ends the value.
fn uncut(title: &str, told: &[Facts]) -> Option<String> {
    let wholes = told.iter().filter_map(|facts| {
        let whole = facts.title.as_deref()?;
        let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = whole.strip_prefix(title)?.trim_start();
        (rest.starts_with('"') && !rest.trim_matches('"').is_empty()).then_some(whole)
    });
    wholes.min_by_key(String::len)
}

/// A title without the name of its site behind or before it.
fn without_site<'title>(title: &'title str, site: Option<&str>) -> &'title str {
    let Some(site) = site.map(str::trim).filter(|site| !site.is_empty()) else {
        return title;
    };
    let signs = [
        ' ', '|', '｜', '-', '–', '—', '·', '•', ':', '：', '_', '«', '»',
    ];
    let parted = |rest: &&str, at_end: bool| {
        let sign = if at_end {
            rest.chars().next_back()
        } else {
            rest.chars().next()
        };
        sign.is_some_and(|c| signs.contains(&c)) && !rest.trim_matches(signs).is_empty()
    };
    let behind = title.strip_suffix(site).filter(|rest| parted(rest, true));
    let before = || title.strip_prefix(site).filter(|rest| parted(rest, false));
    behind
        .or_else(before)
        .map_or(title, |rest| rest.trim_matches(signs))
}

/// A time that can be one: programs that know none write the first of their calendar.
fn time(text: &str) -> Option<WrittenTime> {
    let text = text.trim();
    let none = ["0000", "0001", "1970-01-01", "1969-12-31"]
        .iter()
        .any(|start| text.starts_with(start));
    WrittenTime::parse(text).filter(|_| !none)
}

/// The lines of which the splitter makes names. What the page calls one of its parts is none; what it calls a
/// subject neither, where somebody else is left.
fn people(facts: &Facts, told: &[Facts], site: &str) -> Vec<String> {
    let is_one_of = |name: &str, of: fn(&Facts) -> &Vec<String>| {
        let mut all = told.iter().flat_map(of);
        all.any(|known| known.eq_ignore_ascii_case(name))
    };
    let names = authors::named(&facts.authors, site).into_iter();
    let names = names.map(|name| without_button(&name).to_owned());
    let plausible = |name: &String| {
        name.chars().count() <= LONGEST_NAME
            && !says_nobody(name)
            && !is_one_of(name, |facts| &facts.sections)
    };
    let names: Vec<String> = names.filter(plausible).collect();
    let is_subject = |name: &&String| is_one_of(name, |facts| &facts.tags);
    match names.iter().all(|name| is_subject(&name)) {
        true => names,
        false => names
            .iter()
            .filter(|name| !is_subject(name))
            .cloned()
            .collect(),
    }
}

/// Whether a name is a number in a database, or what programs write where they know none.
fn says_nobody(name: &str) -> bool {
    const NOBODY: [&str; 12] = [
        "name",
        "author",
        "author name",
        "unknown",
        "undefined",
        "null",
        "none",
        "n/a",
        "anonymous",
        "未知",
        "匿名",
        "首页",
    ];
    let lower = name.trim().to_lowercase();
    !lower.chars().any(char::is_alphabetic) || NOBODY.contains(&lower.as_str())
}

/// A name without the button beside it that follows its bearer.
fn without_button(name: &str) -> &str {
    let buttons = [" 关注", " 關注", " Follow", " Following", " フォロー"];
    buttons
        .iter()
        .find_map(|button| name.strip_suffix(button))
        .map_or(name, str::trim_end)
}

fn tags(written: &[String]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in written.iter().map(|tag| tag.trim()) {
        if !tag.is_empty()
            && tag.chars().count() <= LONGEST_NAME
            && !tags.iter().any(|known| known == tag)
        {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Whether a picture may be the article's own, and not the mark of its site.
fn is_lead(address: &str) -> bool {
    let lower = address.to_lowercase();
    let marks = [
        "logo",
        "placeholder",
        "default",
        "favicon",
        "icon",
        "fallback",
        "blank.",
        "avatar",
    ];
    !lower.starts_with("data:") && !marks.iter().any(|mark| lower.contains(mark))
}

/// Whether a text is the address of a page within a site: many sites name their front page as the
/// canonical address of every page.
fn is_page(text: &str) -> bool {
    let address = Address::parse(text.trim()).filter(Address::is_web);
    address.is_some() && {
        let (_, rest) = text.trim().split_once("//").unwrap_or_default();
        let path = rest.split_once('/').map_or("", |(_, path)| path);
        !path.trim_matches('/').is_empty()
    }
}

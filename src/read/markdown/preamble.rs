//! What a text says of itself before it begins, and below its end: lists of links that translators put
//! on top, the line of an issue's title, the address that an archive names first.

use super::lines::split_lines;
use super::programs::Joplin;
use crate::model::WrittenTime;
use crate::read::archive::header::is_web_address;
use crate::read::front_matter::metadata;

/// How many lines from either end are looked at.
const NEAR: usize = 30;

/// Labels of the article's address, as lines begin with them.
const SOURCES: [&str; 20] = [
    "原文",
    "原视频",
    "来源",
    "转自",
    "出处",
    "本文来自",
    "原標題",
    "via",
    "source:",
    "original article",
    "originally published",
    "original post",
    "原题",
    "元記事",
    "original:",
    "original url",
    "original source",
    "url:",
    "link:",
    "article url",
];

/// What a link to the article says, where the line has no label.
const LINKS: [&str; 9] = [
    "[read original](",
    "[original](",
    "[view original](",
    "[original article](",
    "[source](",
    "[原文](",
    "[原文链接](",
    "原文地址 [",
    "原文地址 \\[",
];

/// Labels of the day, as lines begin with them.
const DATES: [&str; 10] = [
    "发布时间",
    "发布日期",
    "发表时间",
    "發佈時間",
    "published:",
    "date:",
    "date published:",
    "date_published:",
    "publish date:",
    "公開日",
];

/// Labels of the author's name.
const AUTHORS: [&str; 6] = [
    "原文作者",
    "作者",
    "本文作者",
    "original author:",
    "by author:",
    "author:",
];

/// What a text tells.
#[derive(Default)]
pub(super) struct Preamble<'text> {
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<WrittenTime>,
    /// The text without a head that says nothing else.
    pub(super) rest: &'text str,
    /// How many lines were taken off.
    pub(super) lines: u32,
}

/// Looks at the beginning and the end of a text.
pub(super) fn look(text: &str) -> Preamble<'_> {
    let joplin = || Some(Joplin::of(text)?.preamble());
    let mut found = issue(text).or_else(joplin).unwrap_or(Preamble {
        rest: text,
        ..Preamble::default()
    });
    let first = split_lines(text)
        .filter(|line| !line.trim().is_empty())
        .take(NEAR / 2);
    let last = text.lines().rev().take(NEAR);
    for line in first.chain(last.map(str::trim_end).filter(|line| is_trailer(line))) {
        let plain = line.trim_start_matches([' ', '>', '*', '-', '_', '~']);
        let lower = plain.to_lowercase();
        let begins = |labels: &[&str]| labels.iter().any(|label| lower.starts_with(label));
        let link_at = |words: &&str| match words.starts_with('[') {
            true => lower.starts_with(*words).then_some(0),
            false => lower.find(*words),
        };
        let told = LINKS.iter().find_map(link_at);
        if begins(&AUTHORS) {
            if found.authors.is_empty() {
                found.authors = names(plain);
            }
        } else if let Some(at) = told.filter(|_| found.address.is_none()) {
            found.address = plain.get(at..).and_then(link).map(str::to_owned);
        } else if found.published.is_none() && begins(&DATES) {
            found.published = day(plain);
        } else if found.address.is_none() && (begins(&SOURCES) || is_struck_link(line)) {
            found.address = link(plain).map(str::to_owned);
        }
    }
    found
}

/// The time behind a label.
fn day(line: &str) -> Option<WrittenTime> {
    let (_, value) = line.split_once(['：', ':'])?;
    let value = value.trim().trim_matches(['*', '_', '`', '|', ' ']);
    WrittenTime::parse(value).or_else(|| metadata::day_in(value))
}

/// The lines below a text that name where it comes from.
fn is_trailer(line: &str) -> bool {
    ["via:", "via：", "Via:", "作者："]
        .iter()
        .any(|label| line.starts_with(label))
}

/// The title of an issue with its author, a line of hyphens and the date: the head of a text that was
/// saved as an issue's comment.
fn issue(text: &str) -> Option<Preamble<'_>> {
    let start = text.trim_start();
    let (first, rest) = start.split_once('\n')?;
    let (rule, rest) = rest.split_once('\n')?;
    let rest = rest.trim_start();
    let (date, rest) = rest.split_once('\n')?;
    let day = date.trim().strip_prefix("**")?.strip_suffix("**")?;
    let published = WrittenTime::parse(day)?;
    let rule = rule.trim_end();
    if rule.len() < 3 || !rule.bytes().all(|byte| byte == b'-') {
        return None;
    }
    let (title, author) = match first.trim().rsplit_once(" by ") {
        Some((title, author)) => (title, Some(author.trim().to_owned())),
        None => (first.trim(), None),
    };
    let taken = text.len().saturating_sub(rest.len());
    let lines = text
        .get(..taken)
        .map_or(0, |taken| taken.matches('\n').count());
    Some(Preamble {
        title: Some(title.to_owned()),
        authors: author.into_iter().collect(),
        published: Some(published),
        rest,
        lines: u32::try_from(lines).unwrap_or(u32::MAX),
        ..Preamble::default()
    })
}

/// Whether a line is one link that is struck through, or an address in angle brackets.
fn is_struck_link(line: &str) -> bool {
    let line = line.trim();
    let struck = line
        .strip_prefix("~~[")
        .and_then(|rest| rest.strip_suffix(")~~"));
    struck.is_some_and(|rest| rest.matches("](").count() == 1)
        || line
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(is_web_address)
}

/// The only address in a line: of a link, in angle brackets or bare.
fn link(line: &str) -> Option<&str> {
    let start = line.find("http")?;
    let rest = line.get(start..)?;
    let end = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ']' | '，' | '）');
    let address = rest.get(..rest.find(end).unwrap_or(rest.len()))?;
    is_web_address(address).then_some(address)
}

/// The names behind a label: `[name](address)`, `[name][1]` or plain.
fn names(line: &str) -> Vec<String> {
    let line = line.replace("**", "");
    let Some((_, rest)) = line.split_once(['：', ':']) else {
        return Vec::new();
    };
    let parts = rest.split([',', '，', '、']);
    let names = parts.map(|part| match part.trim().strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or_default(),
        None => part,
    });
    let names = names.map(|name| name.trim().trim_matches(['*', '_', '|']).trim());
    let plain =
        names.filter(|name| !name.is_empty() && name.chars().count() <= 60 && !name.contains('：'));
    plain.take(10).map(str::to_owned).collect()
}

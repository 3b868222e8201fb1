//! The header of the seed format:
//!
//! ```text
//! <!--1640915226000-->
//! [Title](https://example.org/address)
//! ------
//! ```

use crate::error::{Code, Warning};
use crate::model::{Timestamp, names_nothing};

/// How far from its beginning a header is looked for, in bytes of UTF-8: titles are shorter, and a
/// text without a header is not to be read whole for one.
const LONGEST: usize = 31 * 1024;

/// Epochs of less are in seconds: in milliseconds they would lie before March 1973.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// What stands before an article's text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header<'text> {
    /// The first line, where there is one.
    pub(crate) epoch: Option<Epoch<'text>>,
    /// The title, on one line; empty where none is written.
    pub(crate) title: String,
    /// The address as written; may be empty.
    pub(crate) address: &'text str,
    /// All after the line of hyphens.
    pub(crate) body: &'text str,
    /// The line on which `body` starts, counted from 1.
    pub(crate) body_line: u32,
}

/// What stands in the comment of the first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Epoch<'text> {
    pub(crate) text: &'text str,
    pub(crate) line: u32,
}

/// Why a header can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) line: u32,
}

impl Fault {
    /// The warning that a file is refused.
    pub(crate) fn warning(self, path: &str) -> Warning {
        let message = if self.code == Code::SeparatorMissing {
            "the line of hyphens between header and text is missing"
        } else {
            "the article has no header that can be read"
        };
        Warning::new(self.code, message).at(path, self.line)
    }
}

/// Reads the header that `text` begins with, which is line `line` of its file.
pub(crate) fn parse(text: &str, line: u32) -> Result<Header<'_>, Fault> {
    let (text, line) = skip_space(text, line);
    let (epoch, rest, line) = split_epoch(text, line);
    let missing = Fault {
        code: Code::HeaderMissing,
        line,
    };
    if !rest.starts_with('[') {
        return Err(missing);
    }
    let Some(separator) = find_separator(rest) else {
        return Err(separator_fault(rest, line).unwrap_or(missing));
    };
    let (title, address) = split_link(separator.before)
        .ok_or_else(|| separator_fault(rest, line).unwrap_or(missing))?;
    Ok(Header {
        epoch,
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        address,
        body: separator.after,
        body_line: line.saturating_add(separator.lines),
    })
}

/// Whether `text` begins like a header, of which at least the first line is written as the seed
/// format has it: the file is meant as an article.
pub(crate) fn begins(text: &str) -> bool {
    let (text, line) = skip_space(text, 1);
    let (epoch, rest, _) = split_epoch(text, line);
    match epoch {
        Some(epoch) => is_epoch_like(epoch.text),
        None => separator_fault(rest, line).is_some() && !begins_list(rest),
    }
}

impl Epoch<'_> {
    /// The instant, and what is odd about it. The number is in milliseconds; one that would then
    /// lie in the years 1970 to 1973 is taken as seconds. Zero is what scripts make of no date.
    pub(crate) fn timestamp(self) -> (Option<Timestamp>, Option<Code>) {
        let digits = self.text.strip_prefix('-').unwrap_or(self.text);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = self.text.parse().ok().filter(|_| plain);
        let (time, oddity) = match number {
            None | Some(0) => (None, Code::EpochUnreadable),
            Some(seconds @ 1..FIRST_MILLISECONDS) => (
                Timestamp::from_millis(seconds.saturating_mul(1000)),
                Code::EpochInSeconds,
            ),
            Some(millis) => match Timestamp::from_millis(millis) {
                Some(time) => return (Some(time), None),
                None => (None, Code::EpochUnreadable),
            },
        };
        (time, Some(oddity))
    }

    /// The warning about an epoch that is odd.
    pub(crate) fn warning(self, code: Code, path: &str) -> Warning {
        let shown: String = self.text.chars().take(40).collect();
        let message = if code == Code::EpochInSeconds {
            format!("the epoch {shown} was read as seconds, for milliseconds are too early")
        } else {
            format!("the epoch `{shown}` is no date in milliseconds since 1970")
        };
        Warning::new(code, message).at(path, self.line)
    }
}

/// What scripts and people write into the comment: a number, or what is left of a failed one.
pub(crate) fn is_epoch_like(text: &str) -> bool {
    let word = text.trim_start_matches(['+', '-']);
    is_nothing(text)
        || (word.starts_with(|c: char| c.is_ascii_digit())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b".eE+".contains(&byte)))
}

/// Whether a text is empty or what scripts write where they have nothing.
pub(crate) fn is_nothing(text: &str) -> bool {
    text.is_empty() || names_nothing(text)
}

/// Passes over blank lines, spaces and byte order marks that do not stand at a file's beginning.
pub(crate) fn skip_space(text: &str, line: u32) -> (&str, u32) {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let skipped = text.len() - rest.len();
    let lines = text.get(..skipped).map_or(0, count_lines);
    (rest, line.saturating_add(lines))
}

/// How many line feeds a text has.
pub(crate) fn count_lines(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX)
}

/// Takes the comment off, if `text` begins with one that ends on its line.
fn split_epoch(text: &str, line: u32) -> (Option<Epoch<'_>>, &str, u32) {
    let comment = text.strip_prefix("<!--").and_then(|rest| {
        let (comment, rest) = rest.split_once("-->")?;
        (!comment.contains('\n')).then_some((comment.trim(), rest))
    });
    match comment {
        Some((text, rest)) => {
            let (rest, next) = skip_space(rest, line);
            (Some(Epoch { text, line }), rest, next)
        }
        None => (None, text, line),
    }
}

/// A text on both sides of its first full line of hyphens.
struct Separator<'text> {
    before: &'text str,
    after: &'text str,
    /// How many lines precede what is after.
    lines: u32,
}

fn find_separator(text: &str) -> Option<Separator<'_>> {
    let mut position = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if position > LONGEST {
            return None;
        }
        if is_separator(line) {
            let (before, rest) = text.split_at_checked(position)?;
            return Some(Separator {
                before,
                after: rest.strip_prefix(line)?,
                // The line of hyphens may be the last, and have no end.
                lines: u32::try_from(index)
                    .unwrap_or(u32::MAX)
                    .saturating_add(count_lines(line)),
            });
        }
        position += line.len();
    }
    None
}

fn is_separator(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 5 && line.bytes().all(|byte| byte == b'-')
}

/// Splits `[title](address)`, which may stand on several lines. The address is what follows the
/// last `](`, up to the final parenthesis. No line but the last may end a link: it would be the
/// header's end, and the rest a text that no line of hyphens sets apart.
fn split_link(block: &str) -> Option<(&str, &str)> {
    let link = block.trim();
    let (title, address) = link
        .strip_prefix('[')?
        .strip_suffix(')')?
        .rsplit_once("](")?;
    let ended_before = title
        .rsplit_once('\n')
        .is_some_and(|(lines, _)| lines.lines().any(ends_link));
    let address = address.trim();
    (!ended_before && !address.contains('\n')).then_some((title, address))
}

fn ends_link(line: &str) -> bool {
    line.contains("](") && line.trim_end().ends_with(')')
}

/// The fault of a header that is whole but for its line of hyphens.
fn separator_fault(text: &str, line: u32) -> Option<Fault> {
    let first = text.lines().next()?.trim_end();
    let (_, address) = split_link(first)?;
    // The link's line may be the last.
    let next = u32::from(text.contains('\n'));
    is_web_address(address).then_some(Fault {
        code: Code::SeparatorMissing,
        line: line.saturating_add(next),
    })
}

/// Whether a text that begins with a link goes on like a list of links.
fn begins_list(text: &str) -> bool {
    let next = text.lines().skip(1).find(|line| !line.trim().is_empty());
    !next.is_some_and(|line| line.starts_with('<') || is_date_line(line))
}

/// Whether an address is one of the web.
pub(crate) fn is_web_address(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    })
}

/// Whether a line is the one on which some scrapers write the date.
fn is_date_line(line: &str) -> bool {
    date_line(line).is_some()
}

/// What stands on a date line: `日期：Tue, 23 Jun 2020 05:40:58 +0000`.
pub(crate) fn date_line(line: &str) -> Option<&str> {
    line.strip_prefix("日期")?
        .strip_prefix(['：', ':'])
        .map(str::trim)
}

//! What programs that save pages note at their beginning: the address and the time of saving.

use crate::model::WrittenTime;
use crate::read::archive::header::is_web_address;

/// How much of a page is looked at for notes, in bytes.
const NOTED: usize = 8 * 1024;

/// How a text begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// As a page that says who saved it.
    Marked,
    /// As a page.
    Page,
    Other,
}

/// Tells whether a text is a page, by its beginning.
pub(super) fn begins(text: &str) -> Beginning {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    let mut is_page = false;
    loop {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some((comment, after)) = comment.split_once("-->") else {
                break;
            };
            if Marks::of_comment(comment).is_some() {
                return Beginning::Marked;
            }
            rest = after.trim_start();
        } else if rest.starts_with("<?") && rest.contains('>') {
            rest = rest
                .split_once('>')
                .map_or("", |(_, after)| after)
                .trim_start();
        } else if let Some(after) = page_tag(rest) {
            is_page = true;
            rest = after.trim_start();
        } else {
            break;
        }
    }
    if is_page {
        Beginning::Page
    } else {
        Beginning::Other
    }
}

/// Whether a beginning, in lower case, says that a program saved the page from where it was.
pub(in crate::read) fn is_said_saved(head: &str) -> bool {
    [
        "saved with singlefile",
        "saved from url",
        "mirrored from",
        "saved from http",
    ]
    .iter()
    .any(|mark| head.contains(mark))
}

/// What follows one of the tags that only pages begin with.
fn page_tag(text: &str) -> Option<&str> {
    let starts = |tag: &str| {
        let start = text
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag));
        let next = text.get(tag.len()..).and_then(|rest| rest.chars().next());
        start && next.is_none_or(|next| !next.is_ascii_alphanumeric() && next != '-')
    };
    let found = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| starts(tag));
    found.then(|| text.split_once('>').map_or("", |(_, after)| after))
}

/// What a program noted.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Marks {
    /// Where the page was.
    pub address: Option<String>,
    /// When it was saved.
    pub saved: Option<WrittenTime>,
}

impl Marks {
    /// Those that stand in the first comments of a page.
    pub fn of(text: &str) -> Self {
        let mut end = text.len().min(NOTED);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut rest = text.get(..end).unwrap_or_default();
        while let Some((_, after)) = rest.split_once("<!--") {
            let Some((comment, after)) = after.split_once("-->") else {
                break;
            };
            if let Some(marks) = Marks::of_comment(comment) {
                return marks;
            }
            rest = after;
        }
        Marks::default()
    }

    /// Those of a comment, if one of the programs that are known wrote it.
    fn of_comment(comment: &str) -> Option<Self> {
        let comment = comment.trim();
        if comment.starts_with("Page saved with SingleFile")
            || comment.starts_with("Archive processed by SingleFile")
        {
            return Some(single_file(comment));
        }
        if let Some(rest) = comment.strip_prefix("Saved from ")
            && comment.contains("using monolith")
        {
            return Some(monolith(rest));
        }
        if let Some(rest) = comment.strip_prefix("saved from url=(") {
            let address = rest.split_once(')')?.1;
            return Some(Marks {
                address: web(address),
                saved: None,
            });
        }
        comment.strip_prefix("Mirrored from ").and_then(httrack)
    }
}

fn web(address: &str) -> Option<String> {
    let address = address.trim();
    is_web_address(address).then(|| address.to_owned())
}

/// Lines of names and values.
fn single_file(comment: &str) -> Marks {
    let value = |name: &str| {
        let mut lines = comment.lines().map(str::trim);
        lines.find_map(|line| line.strip_prefix(name))
    };
    Marks {
        address: value("url:").and_then(web),
        saved: value("saved date:").and_then(script_date),
    }
}

/// A date as JavaScript writes it: `Sat Dec 21 2019 23:50:11 GMT+0800 (…)`.
fn script_date(text: &str) -> Option<WrittenTime> {
    let mut words = text.split_ascii_whitespace().skip(1);
    let (month, day, year) = (words.next()?, words.next()?, words.next()?);
    let (time, zone) = (words.next()?, words.next()?);
    let zone = zone.strip_prefix("GMT").unwrap_or(zone);
    WrittenTime::parse(&format!("{day} {month} {year} {time} {zone}"))
}

/// `https://a.example/ at 2024-01-01T00:00:00Z using monolith v2.8.1`
fn monolith(rest: &str) -> Marks {
    let (address, rest) = rest.split_once(" at ").unwrap_or((rest, ""));
    let time = rest.split_ascii_whitespace().next().unwrap_or_default();
    Marks {
        address: web(address),
        saved: WrittenTime::parse(time),
    }
}

/// `a.example/b.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 01 Jan 2021 00:00:00 GMT`
fn httrack(rest: &str) -> Option<Marks> {
    let (address, rest) = rest.split_once(" by HTTrack")?;
    let time = rest.split_once("], ").map_or("", |(_, time)| time);
    let address = match address.contains("://") {
        true => address.to_owned(),
        false => format!("http://{address}"),
    };
    Some(Marks {
        address: web(&address),
        saved: WrittenTime::parse(time),
    })
}

#[cfg(test)]
mod tests {
    use super::{Beginning, Marks, begins};

    #[track_caller]
    fn noted(html: &str, address: &str, saved: &str) {
        let marks = Marks::of(html);
        assert_eq!(marks.address.as_deref().unwrap_or_default(), address);
        let time = marks
            .saved
            .map(|time| format!("{} {:?}", time.local, time.offset));
        assert_eq!(time.unwrap_or_default(), saved);
        assert!(begins(html) == Beginning::Marked);
    }

    #[test]
    fn each_program_notes_address_and_time_in_its_way() {
        noted(
            "<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n url: https://a.example/b?c=d \n \
             saved date: Sat Dec 21 2019 23:50:11 GMT+0800 (中国标准时间)\n--><meta charset=utf-8>",
            "https://a.example/b?c=d",
            "2019-12-21 23:50:11 Some(+08:00)",
        );
        noted(
            "<!-- Saved from https://a.example/ at 2024-01-01T00:00:00Z using monolith v2.8.1 -->\n<html>",
            "https://a.example/",
            "2024-01-01 00:00:00 Some(+00:00)",
        );
        noted(
            "<!-- Saved from local source at 2024-01-01T00:00:00Z using monolith v2.8.1 -->",
            "",
            "2024-01-01 00:00:00 Some(+00:00)",
        );
        noted(
            "<!DOCTYPE html>\n<!-- saved from url=(0018)https://a.example/ -->\n<html>",
            "https://a.example/",
            "",
        );
        noted(
            "<html><!-- saved from url=(0014)about:internet --><head>",
            "",
            "",
        );
        noted(
            "<html>\n<!-- Mirrored from a.example/b.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 01 Jan 2021 00:00:00 GMT -->",
            "http://a.example/b.html",
            "2021-01-01 00:00:00 Some(+00:00)",
        );
    }

    #[test]
    fn a_page_is_known_by_its_first_tag() {
        for html in [
            "\u{FEFF}<!DOCTYPE html><p>",
            "<?xml version='1.0'?><html>",
            "<!-- a --><HEAD>",
            "<!doctype HTML public>",
        ] {
            assert!(begins(html) == Beginning::Page, "{html}");
        }
        for text in [
            "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
            "<!--1640909827000-->\n[t](a)",
            "<rss>",
            "<p>a",
            "<header>",
            "",
        ] {
            assert!(begins(text) == Beginning::Other, "{text}");
        }
    }
}

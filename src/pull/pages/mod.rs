//! The pages behind items: when they are wanted, how they are had, and whether they say more.

mod instead;
pub(super) mod robots;

use super::archive::candidate::Candidate;
use super::archive::text::{Fingerprint, contained, letters, letters_of};
use super::fetch::charset::decoded;
use super::fetch::{Ask, Fetched, Fetcher};
use super::markup::{plain_text, tags};
use super::{Content, FullText};
use crate::model::{Address, Entry, Markup};
use crate::net::{FetchError, FetchErrorKind, Status};
use instead::instead;
use robots::{Permission, Robots};
use std::collections::{HashMap, HashSet};

/// The largest page, in bytes.
const MOST_BYTES: u64 = 16_000_000;

/// From how many addresses on that show one text it is the article of none: a question or an excuse. An
/// article has fewer: its own, one for printing, one for telephones.
const SHOWN_FOR_MANY: usize = 5;

/// The pages that are asked for before their articles are saved.
pub(super) const AT_ONCE: usize = 128;

/// From how many letters on a text is taken for a whole one, unless it says that it is not.
const WHOLE: usize = 800;

/// The share of an item's text that its page has to say too.
const SAME: f64 = 0.6;

/// How many letters more than the item's own a page has to say to be worth taking.
const MORE: usize = 200;

/// Why a page is not had that robots.txt speaks of.
const KEPT: &str = "its host's robots.txt keeps programs out";

/// What is shorter, in letters, is no summary but a word for the page: “Comments”, “Link”.
const LABEL: usize = 30;

const ACCEPT: &str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1";

/// Words that stand at the end of a summary and lead to the whole text, as letters.
const MORE_WORDS: [&str; 28] = [
    "readmore",
    "continuereading",
    "readthefullarticle",
    "readfullarticle",
    "readthefullstory",
    "readthewholestory",
    "readtherest",
    "viewarticle",
    "seemore",
    "keepreading",
    "morehere",
    "weiterlesen",
    "mehrlesen",
    "lirelasuite",
    "leermás",
    "seguirleyendo",
    "lermais",
    "leggitutto",
    "continuaaleggere",
    "leesverder",
    "läsmer",
    "читатьдалее",
    "читатьдальше",
    "阅读全文",
    "閱讀全文",
    "查看原文",
    "続きを読む",
    "계속읽기",
];

/// What came of a page.
pub(super) enum PageOutcome {
    /// Its article, and the address that it was had from.
    Article(Box<Entry>, Address),
    /// There is nothing to be had.
    Nothing(String),
    /// Something else was shown: an error, a log-in, a check of visitors. It may be another the next time.
    Instead(String),
    /// It may be had in a later run.
    Later(String),
}

/// Whether the page behind an item is wanted: its text is missing, says that it goes on, or is short.
pub(super) fn is_wanted(candidate: &Candidate, full_text: FullText) -> bool {
    if candidate.address.is_none() {
        return false;
    }
    match full_text {
        FullText::Never => false,
        FullText::Always => true,
        FullText::Auto => {
            let letters = candidate.text.letters;
            letters == 0 || goes_on(&candidate.body) || (letters < WHOLE && is_plain(candidate))
        }
    }
}

/// Whether an item without its page is less than its article, as far as can be told.
pub(super) fn is_needed(candidate: &Candidate, full_text: FullText) -> bool {
    full_text == FullText::Always || candidate.text.letters == 0 || goes_on(&candidate.body)
}

/// Whether a text ends by saying that it goes on elsewhere.
fn goes_on(body: &str) -> bool {
    let text = plain_text(body);
    let text = text.trim();
    let end = text.trim_end_matches([']', ')', '»', '→', ' ', '"', '”', '.']);
    if text.ends_with("...") || text.ends_with("...]") || end.ends_with(['…', '⋯']) {
        return true;
    }
    let count = text.chars().count();
    let last: String = text.chars().skip(count.saturating_sub(80)).collect();
    let last = letters_of(&last);
    MORE_WORDS.iter().any(|words| last.ends_with(words))
}

/// Whether a short text has a title and no parts, as summaries have: short posts of their own are
/// mostly without a title, or more than a paragraph.
fn is_plain(candidate: &Candidate) -> bool {
    let paragraphs = tags(&candidate.body).filter(|tag| {
        !tag.is_end
            && matches!(
                tag.name.as_str(),
                "p" | "li" | "blockquote" | "h2" | "h3" | "pre"
            )
    });
    !candidate.title.is_empty() && paragraphs.count() <= 2
}

/// Whether a page's article is the item's, and says more. A page for visitors without an account, or
/// of a robot's check, says something else.
pub(super) fn is_better(candidate: &Candidate, page: &Entry, full_text: FullText) -> bool {
    let html = page.markup.as_str();
    let fingerprint = Fingerprint::of(html);
    if fingerprint.letters == 0 {
        return false;
    }
    if full_text == FullText::Always || candidate.text.letters == 0 {
        return fingerprint.is_telling() || full_text == FullText::Always;
    }
    let is_label = candidate.text.letters < LABEL && !candidate.body.contains("<img");
    if is_label && has_title(candidate, page) {
        return fingerprint.is_telling();
    }
    let more = fingerprint.letters > candidate.text.letters + MORE;
    more && contained(&without_end(&candidate.body), &letters(html)) >= SAME
}

/// Whether a page has an item's title, alone or with its site's name.
fn has_title(candidate: &Candidate, page: &Entry) -> bool {
    let own = letters(&candidate.title);
    let title = letters(page.head.title.as_deref().unwrap_or_default());
    !own.is_empty() && title.contains(&own)
}

/// The letters of a summary without its last ones, which lead to the page.
fn without_end(body: &str) -> String {
    let all = letters(body);
    let count = all.chars().count();
    let most = if count > 120 { count - 40 } else { count };
    all.chars().take(most).collect()
}

/// Asks for pages, those that their hosts allow; gives what came of each, in their order.
pub(super) fn fetch(
    addresses: &[Address],
    robots: &mut Robots,
    fetcher: &Fetcher<'_>,
    content: &dyn Content,
) -> Vec<PageOutcome> {
    robots.ask(addresses.iter(), fetcher);
    let allowed = |address: &&Address| robots.permission(address) == Permission::Granted;
    let asked: Vec<&Address> = addresses.iter().filter(allowed).collect();
    let asks = asked.iter().map(|address| Ask {
        address: (*address).clone(),
        accept: ACCEPT,
        validators: None,
        most_bytes: MOST_BYTES,
    });
    let mut had = fetcher
        .run(asks.collect(), |number, result| {
            page(asked.get(number).copied(), result, content)
        })
        .into_iter();
    let of = |address: &Address| match robots.permission(address) {
        Permission::Granted => {
            let page = had.next().flatten();
            page.unwrap_or_else(|| PageOutcome::Later("it was not asked for".to_owned()))
        }
        Permission::Denied => PageOutcome::Nothing(KEPT.to_owned()),
        Permission::Unknown => PageOutcome::Later("its host's robots.txt can't be had".to_owned()),
    };
    let mut pages: Vec<PageOutcome> = addresses.iter().map(of).collect();
    leave_what_other_hosts_keep(&mut pages, robots, fetcher);
    leave_what_is_shown_for_many(&mut pages);
    pages
}

/// Where a redirect led to another host, that one's rules hold too. They are known only afterwards: what was
/// had is left then.
fn leave_what_other_hosts_keep(
    pages: &mut [PageOutcome],
    robots: &mut Robots,
    fetcher: &Fetcher<'_>,
) {
    let had = pages.iter().filter_map(|page| match page {
        PageOutcome::Article(_, address) => Some(address),
        PageOutcome::Nothing(_) | PageOutcome::Instead(_) | PageOutcome::Later(_) => None,
    });
    robots.ask(had, fetcher);
    for page in pages.iter_mut() {
        if let PageOutcome::Article(_, address) = page
            && robots.permission(address) == Permission::Denied
        {
            *page = PageOutcome::Nothing(KEPT.to_owned());
        }
    }
}

/// A host that shows the same text for several addresses shows something else than what was asked for.
fn leave_what_is_shown_for_many(pages: &mut [PageOutcome]) {
    let told = |page: &PageOutcome| match page {
        PageOutcome::Article(entry, address) => {
            let host = address.host().unwrap_or_default().to_owned();
            Some((host, Fingerprint::of(entry.markup.as_str()).digest))
        }
        PageOutcome::Nothing(_) | PageOutcome::Instead(_) | PageOutcome::Later(_) => None,
    };
    let shown: Vec<_> = pages.iter().map(told).collect();
    let mut places: HashMap<_, HashSet<String>> = HashMap::new();
    for (page, one) in pages.iter().zip(&shown) {
        if let (PageOutcome::Article(_, address), Some(one)) = (page, one) {
            // Where several addresses lead to one, it is asked for several times.
            let places = places.entry(one.clone()).or_default();
            places.insert(address.comparison_key());
        }
    }
    for (page, one) in pages.iter_mut().zip(shown) {
        let count = one.and_then(|one| places.get(&one).map(HashSet::len));
        if count.is_some_and(|count| count >= SHOWN_FOR_MANY) {
            *page =
                PageOutcome::Instead("its host shows the same text for other addresses".to_owned());
        }
    }
}

fn page(
    asked: Option<&Address>,
    result: Result<Fetched, FetchError>,
    content: &dyn Content,
) -> PageOutcome {
    let fetched = match result {
        Ok(fetched) => fetched,
        Err(error) => return failed(&error),
    };
    match fetched.response.status {
        Status::Ok => {}
        Status::Busy(number) => return PageOutcome::Later(format!("HTTP {number}")),
        Status::Gone(number @ 410) | Status::Other(number @ 451) => {
            return PageOutcome::Nothing(format!("HTTP {number}"));
        }
        Status::Gone(number) | Status::Other(number) => {
            return PageOutcome::Instead(format!("HTTP {number}"));
        }
        Status::NotModified => return PageOutcome::Nothing("HTTP 304".to_owned()),
    }
    let kind = fetched.response.content_type.as_deref();
    let html = decoded(&fetched.bytes, kind);
    let is_page = kind.is_none_or(|kind| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("html") || kind.starts_with("text/plain") || kind.contains("xml")
    });
    if !is_page {
        return PageOutcome::Nothing("it is no page".to_owned());
    }
    let address = fetched.response.address;
    if let Some(reason) = asked.and_then(|asked| instead(asked, &address)) {
        return PageOutcome::Instead(reason.to_owned());
    }
    match content.article(&html, &address) {
        Ok(mut entry) => {
            if let Markup::Page(html) = entry.markup {
                entry.markup = Markup::Article(html);
            }
            PageOutcome::Article(Box::new(entry), address)
        }
        Err(reason) => PageOutcome::Instead(reason),
    }
}

fn failed(error: &FetchError) -> PageOutcome {
    match error.kind {
        FetchErrorKind::Refused | FetchErrorKind::TooLarge => {
            PageOutcome::Nothing(error.to_string())
        }
        FetchErrorKind::Malformed => PageOutcome::Instead(error.to_string()),
        _ => PageOutcome::Later(error.to_string()),
    }
}

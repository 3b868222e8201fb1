//! What the first pass keeps of an article.

use super::Place;
use crate::clean;
use crate::config::{SelectionFacts, Settings};
use crate::model::{
    Address, ArticleKey, Catalogue, CleanText, Digest, Head, Listed, WrittenTime, Zone,
};
use crate::pipeline::state::{self, Fingerprint};
use crate::read::Item;
use chrono::NaiveTime;

/// What the first pass keeps of an article.
#[derive(Clone, Debug)]
pub(in crate::pipeline) struct Record {
    pub place: Place,
    /// What it is made of: its content, and the file's name and folders, from which readers may take
    /// something. Not its place in the file, so that it may move.
    pub origin: Digest,
    pub listed: Listed,
    /// What it is compared with others by.
    pub fingerprint: Fingerprint,
    /// Whether the configuration takes it.
    pub taken: bool,
    /// How many items before it in its file are the same to the byte and have no record of their own.
    pub repeats: u64,
}

impl Record {
    /// The record of an article as an earlier run noted it.
    pub(super) fn remembered(place: Place, origin: Digest, item: &state::ItemNote) -> Self {
        Record {
            place,
            origin,
            listed: Listed {
                key: ArticleKey::from_digest(item.key),
                published: item.published,
                published_day: item.published_day,
                updated: item.updated,
                source: 0,
            },
            fingerprint: item.fingerprint,
            taken: item.taken,
            repeats: item.repeats,
        }
    }

    pub(super) fn noted(&self, source: &str) -> state::ItemNote {
        state::ItemNote {
            at: self.place.at,
            key: self.listed.key.digest(),
            published: self.listed.published,
            published_day: self.listed.published_day,
            updated: self.listed.updated,
            source: source.to_owned(),
            fingerprint: self.fingerprint,
            taken: self.taken,
            repeats: self.repeats,
        }
    }
}

/// What is kept of an item, and its source's name.
pub(super) fn record(
    place: Place,
    origin: Digest,
    item: &Item,
    settings: &Settings,
) -> (Record, String) {
    let head = &item.head;
    let clean::CleanHead {
        address,
        source,
        dates,
    } = clean::head(head, &settings.clean);
    let id = clean::id_at(head, address.as_ref(), || item.text.unwrap_or_default());
    let listed = Listed {
        key: ArticleKey::of(id.as_str()),
        published: dates.published.map(|(time, _)| time),
        published_day: dates.published_day,
        updated: dates.updated.map(|(time, _)| time),
        source: 0,
    };
    let taken = is_taken(head, address.as_ref(), &source.name, settings);
    let record = Record {
        place,
        origin,
        listed,
        taken,
        fingerprint: fingerprint(item, address.as_ref(), &listed),
        repeats: 0,
    };
    (record, source.name.into())
}

/// What an article is compared with others by. One without an address is of a page and a group of its own.
fn fingerprint(item: &Item, address: Option<&Address>, listed: &Listed) -> Fingerprint {
    let own = listed.key.hash();
    let title = item.head.title.as_deref();
    let title = title.filter(|title| clean::title_tells(title, address));
    let (byline, number) = keys(&item.head, address);
    Fingerprint {
        address: address.map(Catalogue::address_hash),
        group: address.map_or(own, |address| ArticleKey::of(&page_key(address)).hash()),
        page: address.map_or(own, page_hash),
        title: title.map(title_hash),
        byline,
        number,
        passages: item.passages,
        issued: item.head.issued.and_then(|time| time.in_zone(Zone::UTC)),
        content: item.content,
    }
}

/// Whether the configuration takes an article.
fn is_taken(
    head: &Head,
    address: Option<&Address>,
    source: &CleanText,
    settings: &Settings,
) -> bool {
    settings.filter.takes_all()
        || settings.filter.takes(SelectionFacts {
            host: address.and_then(Address::host),
            source,
            tags: &clean::tags(head),
            title: &clean::title(head, &settings.clean),
        })
}

fn title_hash(title: &str) -> u64 {
    let letters: String = title.split_whitespace().collect();
    ArticleKey::of(&letters).hash()
}

/// Labels of the hosts that show the pages of a site on small screens, or by a service.
const SHOWN_BY: [&str; 5] = ["www", "m", "mobile", "amp", "wap"];

/// What addresses of one page have in common, whichever host of its site shows it.
fn page_key(address: &Address) -> String {
    let key = address.comparison_key();
    let host = address.host().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    // The last two are the domain, whatever they say.
    let (own, domain) = labels.split_at(labels.len().saturating_sub(2));
    let told = own.iter().filter(|label| !SHOWN_BY.contains(label));
    let labels: Vec<&str> = told.chain(domain).copied().collect();
    match key.strip_prefix(host) {
        Some(rest) if address.is_web() => labels.join(".") + rest,
        _ => key,
    }
}

fn page_hash(address: &Address) -> u64 {
    let fragment = address.fragment().unwrap_or_default();
    ArticleKey::of(&format!("{}#{fragment}", page_key(address))).hash()
}

/// What two saves of one article of a site may share though title and address differ: the time in
/// the byline, and the number that the address ends with.
fn keys(head: &Head, address: Option<&Address>) -> (Option<u64>, Option<u64>) {
    let host = address.and_then(Address::host).unwrap_or_default();
    let site = host.strip_prefix("www.").unwrap_or(host);
    // A midnight is a day without an hour, or a text that was published by a clock.
    let is_telling = |time: &WrittenTime| time.precise && time.local.time() != NaiveTime::MIN;
    let byline = head.byline.time.filter(is_telling).map(|time| {
        let offset = time
            .offset
            .map_or(i32::MIN, |offset| offset.local_minus_utc());
        ArticleKey::of(&format!("{site} {} {offset}", time.local)).hash()
    });
    let number = address.and_then(|address| last_number(address.url().path()));
    (
        byline,
        number.map(|number| ArticleKey::of(&format!("{site} #{number}")).hash()),
    )
}

/// The fewest digits of a number that tells articles apart.
const LONG_NUMBER: usize = 5;

/// The long number in the last part of a path, unless it is a day.
fn last_number(path: &str) -> Option<&str> {
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let mut numbers = last.split(|c: char| !c.is_ascii_digit());
    numbers.rfind(|number| number.len() >= LONG_NUMBER && !is_day(number))
}

/// Whether a number may be read as a year, a month and a day, alone or before an hour.
fn is_day(number: &str) -> bool {
    let part = |from: usize, to: usize| {
        number
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
    };
    let is_date = part(0, 4).is_some_and(|year| (1900..2100).contains(&year))
        && part(4, 6).is_some_and(|month| (1..=12).contains(&month));
    is_date && (number.len() == 6 || part(6, 8).is_some_and(|day| (1..=31).contains(&day)))
}

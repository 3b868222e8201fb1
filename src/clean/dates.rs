//! Which of an entry's times are its dates.

use super::{Settings, source};
use crate::model::{Day, Head, Site, Timestamp, WrittenTime, Zone};

/// An article's dates and where they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// When it was first published.
    pub published: Option<(Timestamp, DateSource)>,
    /// The day of it, where no more is known.
    pub published_day: Option<Day>,
    /// When it was last changed.
    pub updated: Option<(Timestamp, DateSource)>,
    /// The day of it, where no more is known.
    pub updated_day: Option<Day>,
}

/// Where a date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// The epoch of the header.
    Header,
    /// The byline.
    Byline,
    /// Front matter or a date line.
    Written,
    /// What a saved page tells of itself.
    Page,
    /// The time of saving that the saving program noted, where nothing else dates the page.
    Saved,
    /// A feed, or another container that tells the time of publication from that of the change.
    Feed,
}

impl DateSource {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            DateSource::Header => "header",
            DateSource::Byline => "byline",
            DateSource::Written => "front matter",
            DateSource::Page => "page",
            DateSource::Saved => "time of saving",
            DateSource::Feed => "feed",
        }
    }
}

/// The longest that an article stands unchanged before the scraper's header dates it; a byline
/// that is older speaks of something else.
const LONGEST_DELAY_MILLIS: i64 = 48 * 60 * 60 * 1000;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// A time that an entry gives.
#[derive(Clone, Copy)]
struct Given {
    time: Timestamp,
    source: DateSource,
    /// The day, where only a day is written.
    day: Option<Day>,
}

impl Given {
    /// How long after `time` it may really have been.
    fn span(self) -> i64 {
        self.day.map_or(0, |_| DAY_MILLIS - 1)
    }
}

impl Dates {
    fn of(published: Option<Given>, updated: Option<Given>) -> Self {
        let dated = |given: Option<Given>| given.map(|given| (given.time, given.source));
        Dates {
            published: dated(published),
            published_day: published.and_then(|given| given.day),
            updated: dated(updated),
            updated_day: updated.and_then(|given| given.day),
        }
    }
}

/// The dates of an entry, from its head alone, so that the list of articles and the article agree.
///
/// Updated is the header's time. Published is the byline's time if it is at or before the header's
/// and within 48 hours of it, else the header's; of a day, the hours count from its end. Where the header has no time, the one of the
/// front matter or of a date line stands for it; where there is none of them, the byline's is both.
///
/// Where a feed tells both times, they are taken as they stand.
///
/// A time without an offset is read in the zone of its site, UTC where that is not known. One that
/// names a day only is the beginning of that day; in the header's place it covers all of the day,
/// so that a byline with an hour of the same day is believed.
pub fn dates(head: &Head, settings: &Settings) -> Dates {
    let address = source::address(head);
    dates_at(head, settings.site_of(address.as_ref()))
}

/// The same for an entry whose site is known.
pub(super) fn dates_at(head: &Head, site: Option<&Site>) -> Dates {
    // The zone of times that the site writes without one.
    let zone = site.and_then(|site| site.zone).unwrap_or(Zone::UTC);
    let written = |time: Option<WrittenTime>, source| given(time, source, zone);
    // A file that is one article tells both times in its front matter.
    let teller = head.item.map_or(DateSource::Written, |_| DateSource::Feed);
    let told = |time| {
        let time = written(time, teller);
        // Feeds must date every entry, and say the beginning of time where they know nothing.
        time.filter(|given| given.time != Timestamp::EPOCH)
    };
    let (published, updated) = (told(head.published), told(head.updated));
    if let Some(first) = published.or(updated) {
        let last = updated.map_or(first, |updated| later(first, updated));
        return Dates::of(Some(first), Some(last));
    }
    if !head.is_dated() {
        return page_dates(head, zone);
    }
    let byline = written(head.byline.time, DateSource::Byline);
    let saved = head
        .header_time
        .map(|time| Given {
            time,
            source: DateSource::Header,
            day: None,
        })
        .or_else(|| written(head.written_time, DateSource::Written));
    let (published, updated) = match (byline, saved) {
        (Some(byline), Some(saved)) if precedes(byline, saved) => {
            (Some(byline), Some(later(byline, saved)))
        }
        (_, Some(saved)) => (Some(saved), Some(saved)),
        (byline, None) => (byline, byline),
    };
    Dates::of(published, updated)
}

/// The dates that a page tells. One that was changed before it was published was not.
fn page_dates(head: &Head, zone: Zone) -> Dates {
    let told = |time| given(time, DateSource::Page, zone);
    let (published, updated) = (
        told(head.page_times.published),
        told(head.page_times.updated),
    );
    let Some(first) = published.or(updated) else {
        let saved = given(head.saved, DateSource::Saved, zone);
        return Dates::of(saved, saved);
    };
    let last = updated.map_or(first, |updated| later(first, updated));
    Dates::of(Some(first), Some(last))
}

fn given(time: Option<WrittenTime>, source: DateSource, zone: Zone) -> Option<Given> {
    let written = time?;
    Some(Given {
        time: written.in_zone(zone)?,
        source,
        day: written.day(),
    })
}

/// Whether the byline may be the first publication of what was saved then: at some moment of the
/// day, where only a day is written.
fn precedes(byline: Given, saved: Given) -> bool {
    let delay = saved.time.millis() - byline.time.millis();
    (-saved.span()..=LONGEST_DELAY_MILLIS + byline.span()).contains(&delay)
}

fn later(one: Given, other: Given) -> Given {
    if one.time > other.time { one } else { other }
}

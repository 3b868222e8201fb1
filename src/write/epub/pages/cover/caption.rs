//! What a cover says of its volume, and the number that its colours follow from.

use super::fonts::Fonts;
use super::words::Words;
use crate::write::epub::package::metadata::Metadata;
use crate::write::epub::pages::wording::Wording;
use crate::write::epub::period::{Period, date_name};
use crate::write::epub::volume::Volume;
use chrono::Datelike;

/// The title and the period of a volume, as far as the fonts have their letters. A period is else
/// written in numbers.
pub(super) fn words(volume: &Volume<'_>, metadata: &Metadata, fonts: &Fonts) -> Words {
    let wording = Wording::of(&metadata.language);
    let title = Some(metadata.title.clone());
    let period = metadata.period.clone().or_else(|| span(metadata, wording));
    Words {
        title: title.filter(|title| fonts.have(title)),
        period: period
            .filter(|period| fonts.have(period))
            .or_else(|| in_numbers(volume, metadata)),
    }
}

/// What a book of everything covers: the years, or the month or day if there is but one.
fn span(metadata: &Metadata, wording: &Wording) -> Option<String> {
    let (first, last) = metadata.span?;
    Some(if first == last {
        wording.day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        wording.month(first)
    } else if first.year() == last.year() {
        wording.year(first.year())
    } else {
        format!("{} – {}", first.year(), last.year())
    })
}

/// `2021-12`, `2021-W52`, `2021-12 · 3`.
fn in_numbers(volume: &Volume<'_>, metadata: &Metadata) -> Option<String> {
    let period = match volume.period {
        Period::Undated => None,
        Period::Whole => metadata.span.map(|(first, last)| {
            if first == last {
                date_name(first)
            } else {
                format!("{} – {}", first.year(), last.year())
            }
        }),
        period => period.name(),
    };
    let part = volume.part.map(|part| part.to_string());
    let parts: Vec<String> = [period, part].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The number of a volume among those of its publication: that of its period, which never changes,
/// and its part. Periods stand so far apart that a part's number reaches no other period soon.
pub(super) fn number(volume: &Volume<'_>) -> u32 {
    let period = match volume.period {
        Period::Whole => 0,
        Period::Undated => -1,
        Period::Year(year) => year,
        Period::Month(day) => day.year() * 12 + day.month0() as i32,
        Period::Week(year, week) => year * 53 + week as i32,
        Period::Day(day) => day.num_days_from_ce(),
    };
    // The hues of numbers that differ by 8 or 13 are near each other, by 34 nearly alike; by 20, not.
    let part = volume.part.unwrap_or_default().wrapping_mul(20);
    (period as u32).wrapping_add(part)
}

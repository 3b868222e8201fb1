//! Which volumes a run has, before any text is read.

use super::FORMAT;
use super::defect;
use super::period::Period;
use crate::error::Result;
use crate::write::{BookSettings, Run, Unit, opds};
use std::collections::BTreeMap;

/// The periods of a run in the order of the catalogue, which is the order of the volumes.
pub(super) struct Plan {
    periods: Vec<(Period, Vec<u32>)>,
    icon: bool,
}

/// The unit of each period: its volumes, their covers and, for the newest, the icon.
pub(super) fn units(run: &Run<'_>) -> Vec<Unit> {
    let plan = Plan::new(run);
    let newest = plan.newest().filter(|_| plan.icon);
    // Only a book of everything lists what could not be read: a broken file is no reason to make
    // the volumes of periods anew.
    let unreadable = |period| match period {
        Period::Whole => run.unreadable,
        _ => &[],
    };
    let unit = |(period, articles)| Unit {
        name: name(period),
        articles,
        context: format!("{} {:?}", newest == Some(period), unreadable(period)),
    };
    plan.periods.into_iter().map(unit).collect()
}

/// The name of a period's unit.
pub(super) fn name(period: Period) -> String {
    period.name().unwrap_or_default()
}

/// What later runs have to know of a volume that they keep: its entry in the catalogue of books.
pub(super) fn note(book: &opds::Book) -> Result<String> {
    serde_json::to_string(book).map_err(defect)
}

impl Plan {
    pub(super) fn new(run: &Run<'_>) -> Self {
        let (split, zone) = (
            run.settings.get::<BookSettings>().split,
            run.publication.zone,
        );
        let mut periods: Vec<(Period, Vec<u32>)> = Vec::new();
        for (listed, position) in run.catalogue.iter().zip(0u32..) {
            let period = Period::of(listed.published, split, zone);
            match periods.last_mut().filter(|(last, _)| *last == period) {
                Some((_, articles)) => articles.push(position),
                None => periods.push((period, vec![position])),
            }
        }
        Plan {
            periods,
            icon: run.icon,
        }
    }

    /// The newest period: the last, but for articles without a date, which come after all others.
    pub(super) fn newest(&self) -> Option<Period> {
        let periods = || self.periods.iter().map(|(period, _)| *period);
        let dated = periods().rfind(|period| *period != Period::Undated);
        dated.or_else(|| periods().next_back())
    }

    /// Whether the icon is made of this period's cover.
    pub(super) fn gives_icon(&self, period: Period) -> bool {
        self.icon && self.newest() == Some(period)
    }

    /// All volumes in order: those that were made, and what is known of those that were kept.
    pub(super) fn shelf(
        &self,
        run: &Run<'_>,
        mut made: BTreeMap<Period, Vec<opds::Book>>,
    ) -> Vec<opds::Book> {
        let mut shelf = Vec::new();
        for (period, _) in &self.periods {
            shelf.extend(made.remove(period).unwrap_or_default());
            let notes = run.kept.notes(FORMAT.name, &name(*period));
            let books = notes.into_iter().flatten();
            shelf.extend(books.filter_map(|note| serde_json::from_str(note).ok()));
        }
        shelf
    }
}

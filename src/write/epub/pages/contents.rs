//! The order of a volume's chapters, and the contents made of it: groups (months or sources),
//! days or months in them, chapters in those.

use crate::model::{Language, Zone};
use crate::write::epub::chapter::names::document_path;
use crate::write::epub::chapter::{Chapter, Section};
use crate::write::epub::pages::wording::Wording;
use crate::write::epub::period::{Period, day};
use crate::write::epub::volume::Volume;
use crate::write::{BookSettings, GroupBy};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::iter::Peekable;

/// Volumes of more articles have contents of two levels: groups, and a page that opens each.
const LARGE: usize = 150;
/// The most lines of a page of the contents that lists chapters.
pub(in crate::write::epub) const LINES: usize = 200;
/// Volumes of fewer articles have the articles' headings in their contents, where no setting tells.
const FEW: usize = 200;
/// Where the first level would have more months than this, it has years.
const MONTHS: usize = 24;

/// The chapters of a volume in reading order, by group.
#[derive(Debug)]
pub(in crate::write::epub) struct Outline {
    pub(in crate::write::epub) groups: Vec<Group>,
}

/// An entry of the contents.
#[derive(Clone, Debug)]
pub(in crate::write::epub) struct ContentsEntry {
    /// The path of the document that it leads to, and the id in it.
    pub(in crate::write::epub) path: String,
    pub(in crate::write::epub) label: String,
    /// The language of a label that is not the book's own word.
    pub(in crate::write::epub) language: Option<Language>,
    pub(in crate::write::epub) children: Vec<ContentsEntry>,
}

/// A month, a source, or the articles without a date.
#[derive(Debug)]
pub(in crate::write::epub) struct Group {
    pub(in crate::write::epub) label: String,
    /// The path of the page that opens the group, in large volumes of more than one.
    pub(in crate::write::epub) page: Option<String>,
    pub(in crate::write::epub) days: Vec<Day>,
    /// The year of a month.
    pub(in crate::write::epub) year: Option<i32>,
}

/// A day of a month, a month of a source, or what lacks a date.
#[derive(Debug)]
pub(in crate::write::epub) struct Day {
    /// Nothing where the group has no such level.
    pub(in crate::write::epub) label: Option<String>,
    /// Places among the volume's chapters.
    pub(in crate::write::epub) chapters: Vec<usize>,
    /// The paths of the pages that list the chapters, [`LINES`] each, where the group is too large for
    /// one page.
    pub(in crate::write::epub) pages: Vec<String>,
}

impl Day {
    /// The chapters that each of its pages lists; all of them where there is no page.
    fn parts(&self) -> impl Iterator<Item = (Option<&String>, &[usize])> {
        let length = if self.pages.is_empty() {
            usize::MAX
        } else {
            LINES
        };
        let parts = self.chapters.chunks(length).enumerate();
        parts.map(|(number, part)| (self.pages.get(number), part))
    }

    /// Where it begins.
    pub(in crate::write::epub) fn path(&self, chapters: &[Chapter]) -> Option<String> {
        let first = || self.chapters.first().and_then(|&index| chapters.get(index));
        let page = self.pages.first().cloned();
        page.or_else(|| first().map(Chapter::path))
    }
}

impl Group {
    /// The number of chapters.
    pub(in crate::write::epub) fn count(&self) -> usize {
        self.days.iter().map(|day| day.chapters.len()).sum()
    }

    /// Gives each day pages of its own.
    fn divide(&mut self, number: usize) {
        let mut page = 0;
        for day in &mut self.days {
            for _ in day.chapters.chunks(LINES) {
                page += 1;
                day.pages
                    .push(format!("text/part-{number:04}-{page:03}.xhtml"));
            }
        }
    }
}

impl Outline {
    /// Orders the chapters of a volume.
    pub(in crate::write::epub) fn of(volume: &Volume<'_>, wording: &Wording) -> Self {
        let zone = volume.run.publication.zone;
        let mut groups = match volume.run.settings.get::<BookSettings>().group_by {
            GroupBy::Date => by_month(&volume.chapters, zone, wording),
            GroupBy::Source => by_source(volume, zone, wording),
        };
        if groups.len() > 1 && volume.chapters.len() > LARGE {
            for (number, group) in groups.iter_mut().enumerate() {
                group.page = Some(format!("text/part-{:04}.xhtml", number + 1));
            }
        }
        for (number, group) in groups.iter_mut().enumerate() {
            if group.count() > LINES {
                group.divide(number + 1);
            }
        }
        Outline { groups }
    }

    /// The paths of all documents between the contents and the colophon, in reading order.
    pub(in crate::write::epub) fn documents(&self, chapters: &[Chapter]) -> Vec<String> {
        let mut paths = Vec::new();
        for group in &self.groups {
            paths.extend(group.page.clone());
            for (page, part) in group.days.iter().flat_map(Day::parts) {
                paths.extend(page.cloned());
                for chapter in part.iter().filter_map(|&index| chapters.get(index)) {
                    let documents = 0..chapter.documents;
                    paths.extend(documents.map(|number| document_path(&chapter.name, number)));
                }
            }
        }
        paths
    }

    /// The entries of the navigation document. The first level is left out where the volume is
    /// no longer than one of its entries; so is the second.
    pub(in crate::write::epub) fn entries(
        &self,
        volume: &Volume<'_>,
        wording: &Wording,
    ) -> Vec<ContentsEntry> {
        let by_date = volume.run.settings.get::<BookSettings>().group_by == GroupBy::Date;
        let short = matches!(
            volume.period,
            Period::Month(_) | Period::Week(..) | Period::Day(_) | Period::Undated
        );
        let days = !(by_date && matches!(volume.period, Period::Day(_)));
        let chapters = &volume.chapters;
        let depth = volume.run.settings.get::<BookSettings>().contents_depth;
        let sections = depth.is_some() || chapters.len() < FEW;
        let chapters = Listing { chapters, sections };
        if by_date && short {
            return self.merged(&self.groups, &chapters, days);
        }
        if by_date && self.groups.len() > MONTHS {
            return self.years(&chapters, wording);
        }
        let groups = self.groups.iter();
        let entries = groups.map(|group| {
            let children = self.merged(std::slice::from_ref(group), &chapters, days);
            entry(&group.label, &self.path(group, chapters.chapters), children)
        });
        entries.collect()
    }

    /// Years with their days; what lacks a date follows.
    fn years(&self, chapters: &Listing<'_>, wording: &Wording) -> Vec<ContentsEntry> {
        let years = self.groups.chunk_by(|a, b| a.year == b.year);
        let entries = years.filter_map(|groups| {
            let first = groups.first()?;
            let label = match first.year {
                Some(year) => wording.year(year),
                None => first.label.clone(),
            };
            let children = self.merged(groups, chapters, true);
            let path = self.path(first, chapters.chapters);
            Some(entry(&label, &path, children))
        });
        entries.collect()
    }

    fn merged(&self, groups: &[Group], chapters: &Listing<'_>, days: bool) -> Vec<ContentsEntry> {
        let all = groups.iter().flat_map(|group| &group.days);
        let mut entries = Vec::new();
        for day in all {
            let articles: Vec<ContentsEntry> = day
                .chapters
                .iter()
                .filter_map(|&index| chapters.chapters.get(index))
                .map(|chapter| chapter_entry(chapter, chapters.sections))
                .collect();
            match (&day.label, day.path(chapters.chapters)) {
                (Some(label), Some(path)) if days => entries.push(entry(label, &path, articles)),
                _ => entries.extend(articles),
            }
        }
        entries
    }

    /// Where a group begins.
    pub(in crate::write::epub) fn path(&self, group: &Group, chapters: &[Chapter]) -> String {
        let first = || group.days.first().and_then(|day| day.path(chapters));
        let page = group.page.clone();
        page.or_else(first).unwrap_or_default()
    }
}

fn entry(label: &str, path: &str, children: Vec<ContentsEntry>) -> ContentsEntry {
    ContentsEntry {
        path: path.to_owned(),
        label: label.to_owned(),
        language: None,
        children,
    }
}

/// The chapters of a volume, and whether their headings are listed.
struct Listing<'volume> {
    chapters: &'volume [Chapter],
    sections: bool,
}

fn chapter_entry(chapter: &Chapter, with_sections: bool) -> ContentsEntry {
    let sections = if with_sections {
        nested(chapter, &mut chapter.sections.iter().peekable(), 0)
    } else {
        Vec::new()
    };
    let mut entry = entry(&chapter.title, &chapter.path(), sections);
    entry.language = Some(chapter.language.clone());
    entry
}

/// The headings that are deeper than a level, each with those below it. Levels are at most five, so
/// recursion is bounded.
fn nested<'chapter>(
    chapter: &'chapter Chapter,
    sections: &mut Peekable<impl Iterator<Item = &'chapter Section>>,
    above: u8,
) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    while let Some(section) = sections.next_if(|section| section.level > above) {
        let path = document_path(&chapter.name, section.document);
        let path = format!("{path}#{}", section.id);
        let below = nested(chapter, sections, section.level);
        let mut entry = entry(&section.title, &path, below);
        entry.language = Some(chapter.language.clone());
        entries.push(entry);
    }
    entries
}

fn by_month(chapters: &[Chapter], zone: Zone, wording: &Wording) -> Vec<Group> {
    let mut groups: Vec<(Option<NaiveDate>, Group)> = Vec::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let date = chapter.published.map(|time| day(time, zone));
        let month = date.and_then(|date| date.with_day(1));
        if groups.last().is_none_or(|(last, _)| *last != month) {
            let label = match month {
                Some(month) => wording.month(month),
                None => wording.undated.to_owned(),
            };
            groups.push((month, group(label, month.map(|month| month.year()))));
        }
        if let Some((_, group)) = groups.last_mut() {
            add(group, date.map(|date| wording.day_of_year(date)), index);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn by_source(volume: &Volume<'_>, zone: Zone, wording: &Wording) -> Vec<Group> {
    let mut chapters: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, chapter) in volume.chapters.iter().enumerate() {
        chapters.entry(chapter.source).or_default().push(index);
    }
    let names = volume.run.catalogue.sources();
    let mut sources: Vec<(&str, Vec<usize>)> = chapters
        .into_iter()
        .map(|(source, chapters)| {
            let name = usize::try_from(source).ok().and_then(|at| names.get(at));
            (name.map(String::as_str).unwrap_or_default(), chapters)
        })
        .collect();
    sources.sort_by(|a, b| (b.1.len(), a.0).cmp(&(a.1.len(), b.0)));
    let groups = sources.into_iter().map(|(name, chapters)| {
        let label = if name.trim().is_empty() { "–" } else { name };
        let mut group = group(label.to_owned(), None);
        for index in chapters {
            let chapter = volume.chapters.get(index);
            let time = chapter.and_then(|chapter| chapter.published);
            let month = match time {
                Some(time) => wording.month(day(time, zone)),
                None => wording.undated.to_owned(),
            };
            add(&mut group, Some(month), index);
        }
        group
    });
    groups.collect()
}

fn group(label: String, year: Option<i32>) -> Group {
    Group {
        label,
        page: None,
        days: Vec::new(),
        year,
    }
}

fn add(group: &mut Group, label: Option<String>, chapter: usize) {
    if group.days.last().is_none_or(|day| day.label != label) {
        group.days.push(Day {
            label,
            chapters: Vec::new(),
            pages: Vec::new(),
        });
    }
    if let Some(day) = group.days.last_mut() {
        day.chapters.push(chapter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_changes_begins_a_new_day() {
        let mut month = group("m".into(), Some(2021));
        for (index, label) in ["a", "a", "b", "a"].into_iter().enumerate() {
            add(&mut month, Some(label.to_owned()), index);
        }
        let counts: Vec<usize> = month.days.iter().map(|day| day.chapters.len()).collect();
        assert_eq!((counts, month.count()), (vec![2, 1, 1], 4));
    }
}

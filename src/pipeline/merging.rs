//! Files of one article become one line of the catalogue, field by field: each field is that of the
//! newest save that really has it.

use super::duplicates::{agree, is_part, is_worse};
use super::inputs::Inputs;
use super::name_order::by_name;
use super::scan::{Place, Record};
use crate::clean::Sketch;
use crate::error::{Code, Warning};
use crate::model::{ArticleId, ArticleKey, Digest, Listed};
use crate::report::JoinedReport;
use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// The most saves that are asked for what the newest lacks.
const MOST_ASKED: usize = 4;

/// One article: the record whose text stands, and what others contribute. Records are named by their
/// positions.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    /// The one whose text stands.
    pub text: usize,
    /// The one whose id stands.
    pub first: usize,
    /// All others, the newest first.
    pub others: Vec<usize>,
    /// Those of them that may fill in what the text's own save lacks, the newest first.
    pub complete: Vec<usize>,
    /// The one whose title stands, if the text's own save has none.
    pub title: Option<usize>,
    /// An id of its own, where another article has the same address.
    pub id: Option<ArticleId>,
    pub listed: Listed,
}

/// Puts records of one article together. `firsts` names the first record of each record's article.
pub(super) fn merge(
    records: &[Record],
    firsts: &[usize],
    sketches: &HashMap<usize, Sketch>,
    across_sources: bool,
    inputs: &Inputs,
) -> Vec<Merged> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &first) in firsts.iter().enumerate() {
        groups.entry(first).or_default().push(at);
    }
    let group = Group {
        records,
        sketches,
        across_sources,
        inputs,
    };
    let merged = groups.into_values();
    let mut merged: Vec<Merged> = merged.filter_map(|members| group.merge(members)).collect();
    tell_apart(records, &mut merged);
    merged
}

/// Articles of one address that are not one keep apart: all but the first get an id of their own.
fn tell_apart(records: &[Record], merged: &mut [Merged]) {
    merged.sort_by_key(|article| {
        let first = records.get(article.first);
        let since = first.map(|record| {
            (
                record.listed.updated.is_none(),
                record.listed.updated,
                record.fingerprint.content,
            )
        });
        (article.listed.key, since)
    });
    let mut taken: HashMap<ArticleKey, Option<u64>> = HashMap::with_capacity(merged.len());
    for article in merged {
        let first = records.get(article.first);
        let address = first.and_then(|record| record.fingerprint.address);
        let named = match taken.entry(article.listed.key) {
            Entry::Vacant(entry) => {
                entry.insert(address);
                continue;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        let key = article.listed.key.digest();
        let content = first
            .map(|record| record.fingerprint.content)
            .unwrap_or_default();
        // Feeds that call all items the same have addresses that last longer than a text does.
        let id = match address.filter(|_| address != named) {
            Some(address) => Digest::of_parts([key.as_ref(), &address.to_le_bytes()]),
            None => Digest::of_parts([key.as_ref(), content.as_ref()]),
        };
        let id = ArticleId::of_text(id);
        article.listed.key = ArticleKey::of(id.as_str());
        article.id = Some(id);
    }
}

/// What the records of a group are merged by.
struct Group<'listing> {
    records: &'listing [Record],
    sketches: &'listing HashMap<usize, Sketch>,
    across_sources: bool,
    inputs: &'listing Inputs,
}

impl Group<'_> {
    fn merge(&self, mut members: Vec<usize>) -> Option<Merged> {
        self.put_in_order(&mut members);
        let own = self.of_first_source(&members);
        let real = self.real(&own);
        let text = *real.last()?;
        let first = self.earliest(&own)?;
        let others = members.iter().rev().copied().filter(|&at| at != text);
        let summaries = self.summaries(&own, &real);
        let complete = real.iter().rev().chain(summaries.iter().rev()).copied();
        let complete: Vec<usize> = complete.filter(|&at| at != text).collect();
        let is_titled = |at: &&usize| {
            self.records
                .get(**at)
                .is_some_and(|record| record.fingerprint.title.is_some())
        };
        let title = std::iter::once(&text).chain(&complete).find(is_titled);
        let dates = || real.iter().filter_map(|&at| self.records.get(at));
        let listed = summaries.iter().filter_map(|&at| self.records.get(at));
        // Of the same instant, one that is known to the hour comes before the beginning of a day.
        let (published, published_day) = dates()
            .chain(listed)
            .map(|record| (record.listed.published, record.listed.published_day))
            .filter(|(time, _)| time.is_some())
            .min()
            .unwrap_or_default();
        Some(Merged {
            text,
            first,
            others: others.collect(),
            title: title.copied().filter(|&at| at != text),
            complete: complete.into_iter().take(MOST_ASKED).collect(),
            id: None,
            listed: Listed {
                key: self.records.get(first)?.listed.key,
                published,
                published_day,
                updated: dates().filter_map(|record| record.listed.updated).max(),
                source: self.records.get(text)?.listed.source,
            },
        })
    }

    /// Puts saves in the order of their times. Of the same time, that of the container decides, then the name of its
    /// file, since snapshots are numbered or dated. Of files that hold one article, content decides before the place
    /// does, so that a file may be moved or renamed without another text coming up.
    fn put_in_order(&self, members: &mut [usize]) {
        let time = |record: &Record| (record.listed.updated, record.fingerprint.issued);
        let last = |record: &Record| (record.fingerprint.content, record.place);
        members.sort_by(|&left, &right| {
            let (left, right) = (self.records.get(left), self.records.get(right));
            let (Some(left), Some(right)) = (left, right) else {
                return left.is_some().cmp(&right.is_some());
            };
            let by_time = time(left).cmp(&time(right));
            by_time
                .then_with(|| self.by_container(left.place, right.place))
                .then_with(|| last(left).cmp(&last(right)))
        });
    }

    /// The order of places in containers by the names of those.
    fn by_container(&self, left: Place, right: Place) -> Ordering {
        match (left.at.item(), right.at.item()) {
            (Some(_), Some(_)) if left.file != right.file => {
                let name = |place: Place| self.inputs.relative(place.file());
                by_name(&name(left), &name(right))
            }
            (left, right) => left.is_some().cmp(&right.is_some()),
        }
    }

    /// The saves that are no worse than others; all of them where each is.
    fn real(&self, own: &[usize]) -> Vec<usize> {
        let is_worse = |at: usize| self.is_worse(at, own);
        let real: Vec<usize> = own.iter().copied().filter(|&at| !is_worse(at)).collect();
        if real.is_empty() { own.to_vec() } else { real }
    }

    /// Items of containers that are worse than others for no more than that they tell less of the text: feeds with
    /// summaries know when an article was published, and what it is about.
    fn summaries(&self, own: &[usize], real: &[usize]) -> Vec<usize> {
        let tells_of_text = |at: usize| {
            let save = self.sketches.get(&at);
            let others = real.iter().filter_map(|other| self.sketches.get(other));
            save.is_none_or(|save| {
                save.is_blank() || others.into_iter().any(|other| is_part(save, other))
            })
        };
        let is_item = |at: usize| {
            let record = self.records.get(at);
            record.is_some_and(|record| record.place.at.item().is_some())
        };
        let left = own.iter().copied().filter(|at| !real.contains(at));
        left.filter(|&at| is_item(at) && tells_of_text(at))
            .collect()
    }

    /// Of several sources' articles with one text the earliest stands; without that setting they are
    /// saves of one page.
    fn of_first_source(&self, members: &[usize]) -> Vec<usize> {
        let records = members.iter().filter_map(|&at| self.records.get(at));
        let first = records.min_by_key(|record| {
            (
                record.listed.published.is_none(),
                record.listed.published,
                record.listed.key,
            )
        });
        let source = first
            .filter(|_| self.across_sources)
            .map(|record| record.listed.source);
        let own = |at: &usize| {
            let of = self.records.get(*at).map(|record| record.listed.source);
            source.is_none() || of == source
        };
        members.iter().copied().filter(own).collect()
    }

    /// Whether a save is worse than another of the group.
    fn is_worse(&self, at: usize, members: &[usize]) -> bool {
        let Some(save) = self.sketches.get(&at) else {
            return false;
        };
        let others = members.iter().filter(|&&other| other != at);
        others
            .filter_map(|other| self.sketches.get(other))
            .any(|other| is_worse(save, other))
    }

    /// The first member that has a time, else the first.
    fn earliest(&self, members: &[usize]) -> Option<usize> {
        let dated = |member: &&usize| {
            let record = self.records.get(**member);
            record.is_some_and(|record| record.listed.updated.is_some())
        };
        members.iter().find(dated).or(members.first()).copied()
    }
}

/// Names what was joined, sorted.
pub(super) fn report(merged: &[Merged], records: &[Record], inputs: &Inputs) -> Vec<JoinedReport> {
    let name = |&at: &usize| records.get(at).map(|record| name(record.place, inputs));
    let joined = merged.iter().filter(|article| !article.others.is_empty());
    let mut joined: Vec<JoinedReport> = joined
        .filter_map(|article| {
            let mut others: Vec<String> = article.others.iter().filter_map(name).collect();
            others.sort();
            Some(JoinedReport {
                kept: name(&article.text)?,
                others,
            })
        })
        .collect();
    joined.sort();
    joined
}

/// A file by its path, an article of a container by its number too.
fn name(place: Place, inputs: &Inputs) -> String {
    let path = inputs.display(place.file());
    match place.at.item() {
        Some(item) => format!("{path} item {item}"),
        None => path,
    }
}

/// Warns of every save that another stands for though their texts differ. The positions of both come
/// with each warning.
pub(super) fn differing(
    merged: &[Merged],
    records: &[Record],
    sketches: &HashMap<usize, Sketch>,
    inputs: &Inputs,
) -> Vec<(Warning, [usize; 2])> {
    let mut warnings = Vec::new();
    for article in merged {
        let (Some(text), Some(kept)) = (sketches.get(&article.text), records.get(article.text))
        else {
            continue;
        };
        for at in &article.others {
            let (Some(other), Some(record)) = (sketches.get(at), records.get(*at)) else {
                continue;
            };
            if other.is_blank() || agree(text, other) {
                continue;
            }
            let message = format!(
                "{} has the same address or title but another text; that one stands",
                name(kept.place, inputs)
            );
            let path = inputs.display(record.place.file());
            let mut warning = Warning::new(Code::TextReplaced, message).in_file(path);
            warning.item = record.place.at.item();
            warnings.push((warning, [article.text, *at]));
        }
    }
    warnings.sort();
    warnings
}

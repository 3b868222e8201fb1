//! Documents put together from the items in the spool.

use super::document::Document;
use super::head::{FeedHead, History, Tally, Uses};
use super::plan::Plan;
use super::spool::{Spool, Stored};
use super::{Dialect, FeedPart};
use crate::error::{Code, Result, Warning};
use crate::model::Timestamp;
use crate::write::{FeedSettings, Output, OutputFolder, Run, Sink, Staged};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};
use std::marker::PhantomData;

/// Takes the items of all documents of a format.
pub(super) struct FeedSink<'run, D> {
    run: &'run Run<'run>,
    folder: &'run OutputFolder,
    plan: Plan,
    spool: Spool,
    items: Vec<StoredItem>,
    /// The items with the summary only, by the positions of their articles.
    shorts: HashMap<u32, Stored>,
    contents: Vec<Contents>,
    dialect: PhantomData<D>,
}

/// An item in the spool. Small, since a million of them are held: 24 bytes.
#[derive(Clone, Copy)]
struct StoredItem {
    /// In the catalogue.
    position: u32,
    full: Stored,
    /// What the full item uses; the short one has no text beside its summary.
    uses: Uses,
}

/// What goes into one document.
#[derive(Default)]
struct Contents {
    /// Positions in the list of stored items.
    items: Vec<u32>,
    tally: Tally,
}

impl<'run, D: Dialect> FeedSink<'run, D> {
    pub(super) fn new(run: &'run Run<'run>, folder: &'run OutputFolder) -> Self {
        let plan = Plan::new::<D>(run);
        FeedSink {
            run,
            folder,
            spool: Spool::new(folder.path()),
            items: Vec::new(),
            shorts: HashMap::new(),
            contents: plan
                .documents()
                .iter()
                .map(|_| Contents::default())
                .collect(),
            plan,
            dialect: PhantomData,
        }
    }

    fn store(&mut self, position: u32, part: &FeedPart) -> io::Result<()> {
        self.items.push(StoredItem {
            position,
            full: self.spool.store(part.full.as_bytes())?,
            uses: part.facts.uses,
        });
        if let Some(short) = &part.short {
            let short = self.spool.store(short.as_bytes())?;
            self.shorts.insert(position, short);
        }
        Ok(())
    }

    fn write(&mut self, at: usize, document: &Document, contents: Contents) -> Result<Output> {
        let Contents { items, tally } = contents;
        let items = self.in_order(&items);
        let frame = |history, uses| {
            let head =
                FeedHead::new::<D>(self.run, &self.plan, at, document, &tally, history, uses);
            D::frame(&head)
        };
        let history = match document {
            Document::Archive(_) => History::Archive,
            _ if self.plan.is_complete(at, items.len()) => History::Complete,
            _ => History::Untold,
        };
        let all = items.iter().map(|item| item.uses).reduce(Uses::and);
        // The bound counts what stands around the items, which depends on all of them; once some are cut,
        // it is made again.
        let mut around = frame(history, all)?;
        let length = around.before.len() + around.after.len() + items.len() * D::SEPARATOR.len();
        let fitted = self.fit(&items, length, history == History::Archive);
        if fitted.shortened + fitted.dropped > 0 {
            let whole = fitted.dropped == 0;
            let history = if whole { history } else { History::Untold };
            around = frame(history, fitted.uses)?;
        }
        let mut file = self.folder.stage(&document.name::<D>())?;
        let failed = file.error();
        write_document::<D>(&mut file, &mut self.spool, &around, &fitted.items).map_err(failed)?;
        Ok(Output {
            unit: Some(document.name::<D>()),
            note: None,
            articles: fitted.items.len(),
            assets: Vec::new(),
            warnings: self
                .shortened(file.name(), items.len(), &fitted)
                .into_iter()
                .chain(self.unlinked(file.name(), document))
                .collect(),
            file: file.seal()?,
        })
    }

    /// Newest first, of the same time in the order of the catalogue, undated last.
    fn in_order(&self, items: &[u32]) -> Vec<StoredItem> {
        let stored = |&item: &u32| self.items.get(usize::try_from(item).ok()?).copied();
        let mut items: Vec<StoredItem> = items.iter().filter_map(stored).collect();
        items.sort_by_key(|item| (Reverse(self.published(*item)), item.position));
        items
    }

    fn published(&self, item: StoredItem) -> Option<Timestamp> {
        let position = usize::try_from(item.position).ok()?;
        self.run.catalogue.get(position)?.published
    }

    /// The bytes of each item, so that all fit into the bound: from the oldest on, texts give way
    /// to summaries, and where that is not enough, articles are left out. An archive document
    /// leaves none out, since no other document has them.
    fn fit(&self, items: &[StoredItem], around: usize, keep_all: bool) -> Fitted {
        let bound = self
            .run
            .settings
            .get::<FeedSettings>()
            .max_bytes
            .unwrap_or(u64::MAX);
        let texts: u64 = items.iter().map(|item| u64::from(item.full.length)).sum();
        let mut total = texts.saturating_add(u64::try_from(around).unwrap_or(u64::MAX));
        let mut fitted = Fitted::default();
        let mut kept: Vec<(Stored, Uses)> =
            items.iter().map(|item| (item.full, item.uses)).collect();
        for ((stored, uses), item) in kept.iter_mut().zip(items).rev() {
            if total <= bound {
                break;
            }
            let short = self.shorts.get(&item.position);
            if let Some(&short) = short.filter(|short| short.length < stored.length) {
                total -= u64::from(stored.length - short.length);
                *stored = short;
                uses.content = false;
                fitted.shortened += 1;
            }
        }
        while total > bound && kept.len() > 1 && !keep_all {
            let oldest = kept.pop().map_or(0, |(stored, _)| u64::from(stored.length));
            total = total.saturating_sub(oldest);
            fitted.dropped += 1;
        }
        fitted.uses = kept.iter().map(|&(_, uses)| uses).reduce(Uses::and);
        fitted.items = kept.into_iter().map(|(stored, _)| stored).collect();
        fitted
    }

    /// Warnings of a bound that was met.
    fn shortened(&self, name: &str, items: usize, fitted: &Fitted) -> Option<Warning> {
        let (shortened, dropped) = (fitted.shortened, fitted.dropped);
        let bound = self.run.settings.get::<FeedSettings>().max_bytes;
        let bound = bound.filter(|_| shortened + dropped > 0)?;
        let left = shortened.saturating_sub(dropped);
        let what = match (dropped, left) {
            (0, _) => format!("the oldest {shortened} are summaries there"),
            (_, 0) => format!("the oldest {dropped} are left out"),
            _ => format!("the oldest {dropped} are left out and {left} more are summaries there"),
        };
        let message =
            format!("{name} would be larger than {bound} bytes: of its {items} articles, {what}");
        Some(Warning::new(Code::FeedShortened, message))
    }

    /// Tells of archive documents that nothing leads to: their links would need addresses.
    fn unlinked(&self, name: &str, document: &Document) -> Option<Warning> {
        let mut documents = self.plan.documents().iter();
        let has_archive = documents.any(|document| matches!(document, Document::Archive(_)));
        let unlinked = *document == Document::Subscription
            && has_archive
            && self.run.publication.base.is_none();
        let message = format!("{name} does not lead to its archive documents");
        unlinked.then(|| Warning::new(Code::FeedArchiveUnlinked, message))
    }
}

/// The items of a document, cut down to a bound.
#[derive(Default)]
struct Fitted {
    items: Vec<Stored>,
    uses: Option<Uses>,
    /// How many are summaries instead of texts, those left out among them.
    shortened: usize,
    /// How many are left out.
    dropped: usize,
}

fn write_document<D: Dialect>(
    file: &mut Staged,
    spool: &mut Spool,
    frame: &super::Frame,
    items: &[Stored],
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(64 * 1024, file);
    out.write_all(frame.before.as_bytes())?;
    for (number, &item) in items.iter().enumerate() {
        let separator = if number == 0 { "\n" } else { D::SEPARATOR };
        out.write_all(separator.as_bytes())?;
        out.write_all(spool.load(item)?)?;
    }
    out.write_all(b"\n")?;
    out.write_all(frame.after.as_bytes())?;
    out.flush()
}

impl<D: Dialect> Sink for FeedSink<'_, D> {
    type Part = FeedPart;

    fn append(&mut self, position: usize, part: FeedPart) -> Result<()> {
        let Some(listed) = self.run.catalogue.get(position) else {
            return Ok(());
        };
        let failed = crate::error::Error::output(self.folder.path());
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let own = u32::try_from(position).unwrap_or(u32::MAX);
        self.store(own, &part).map_err(failed)?;
        for document in self.plan.documents_of(position, listed) {
            if let Some(contents) = self.contents.get_mut(document) {
                contents.items.push(number);
                contents.tally.add(&part.facts);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Output>> {
        let failed = crate::error::Error::output(self.folder.path());
        self.spool.complete().map_err(failed)?;
        let documents = self.plan.documents().to_vec();
        let contents = std::mem::take(&mut self.contents);
        let mut outputs = Vec::new();
        for (at, (document, contents)) in documents.iter().zip(contents).enumerate() {
            if !self
                .run
                .kept
                .contains(D::FORMAT.name, &document.name::<D>())
            {
                outputs.push(self.write(at, document, contents)?);
            }
        }
        Ok(outputs)
    }
}

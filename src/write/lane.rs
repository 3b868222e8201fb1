//! Writers of different part types, side by side.

use super::{EncodeInput, Output, OutputFolder, Properties, Run, Sink, Unit, Writer};
use crate::error::Result;
use crate::model::{Format, Selection};
use std::sync::{Mutex, PoisonError};

/// A [`Writer`] whose part type is hidden, so that the registry can hold writers of every kind.
/// Every `Writer` is one.
pub trait AnyWriter: Properties + Send + Sync {
    /// See [`Writer::format`].
    fn format(&self) -> &Format;
    /// See [`Writer::embeds_pictures`].
    fn embeds_pictures(&self) -> bool;
    /// See [`Writer::claims`].
    fn claims(&self, name: &str, run: &Run<'_>) -> bool;
    /// See [`Writer::units`].
    fn units(&self, run: &Run<'_>) -> Vec<Unit>;
    /// Begins the outputs, with room for `window` parts at a time. They are made of the articles
    /// of the `selection`.
    ///
    /// # Errors
    /// See [`Writer::open`].
    fn lane<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        window: usize,
        selection: Selection,
    ) -> Result<Box<dyn Lane + 'run>>;
}

/// Which of a lane's two windows is meant: while the parts of one are appended, the articles of the
/// next are encoded into the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bank {
    /// The first, third … window.
    Even,
    /// The second, fourth … window.
    Odd,
}

impl Bank {
    /// How many there are.
    pub const COUNT: usize = 2;

    /// The bank of a window by its number, from 0.
    pub fn of_window(number: usize) -> Self {
        if number.is_multiple_of(Bank::COUNT) {
            Bank::Even
        } else {
            Bank::Odd
        }
    }
}

/// One writer at work: the parts of two windows and the sink that they go to.
pub trait Lane: Send + Sync {
    /// Whether the outputs hold the article at a position of the catalogue.
    fn wants(&self, position: usize) -> bool;

    /// Encodes an article into a slot of a window. May be called from many threads at once, each
    /// with a slot of its own.
    ///
    /// # Errors
    /// See [`Writer::encode`].
    fn encode(&self, bank: Bank, slot: usize, input: &EncodeInput<'_>) -> Result<()>;

    /// Appends the parts of a window in the order of the slots and empties them.
    ///
    /// # Errors
    /// See [`Sink::append`].
    fn append(&self, bank: Bank) -> Result<()>;

    /// Ends the outputs.
    ///
    /// # Errors
    /// See [`Sink::finish`].
    fn finish(self: Box<Self>) -> Result<Vec<Output>>;
}

impl<W: Writer> AnyWriter for W {
    fn format(&self) -> &Format {
        Writer::format(self)
    }

    fn embeds_pictures(&self) -> bool {
        Writer::embeds_pictures(self)
    }

    fn claims(&self, name: &str, run: &Run<'_>) -> bool {
        Writer::claims(self, name, run)
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        Writer::units(self, run)
    }

    fn lane<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        window: usize,
        selection: Selection,
    ) -> Result<Box<dyn Lane + 'run>> {
        Ok(Box::new(TypedLane {
            writer: self,
            selection,
            even: empty_slots(window),
            odd: empty_slots(window),
            sink: Mutex::new(self.open(run, folder)?),
        }))
    }
}

type Slot<Part> = Mutex<Option<(usize, Part)>>;

struct TypedLane<'run, W: Writer> {
    writer: &'run W,
    selection: Selection,
    even: Vec<Slot<W::Part>>,
    odd: Vec<Slot<W::Part>>,
    sink: Mutex<Box<dyn Sink<Part = W::Part> + 'run>>,
}

fn empty_slots<Part>(length: usize) -> Vec<Slot<Part>> {
    (0..length).map(|_| Mutex::new(None)).collect()
}

impl<W: Writer> TypedLane<'_, W> {
    fn slots(&self, bank: Bank) -> &[Slot<W::Part>] {
        match bank {
            Bank::Even => &self.even,
            Bank::Odd => &self.odd,
        }
    }
}

impl<W: Writer> Lane for TypedLane<'_, W> {
    fn wants(&self, position: usize) -> bool {
        self.selection.contains(position)
    }

    fn encode(&self, bank: Bank, slot: usize, input: &EncodeInput<'_>) -> Result<()> {
        let part = self.writer.encode(input)?;
        if let Some(slot) = self.slots(bank).get(slot) {
            *unpoisoned(slot.lock()) = Some((input.position, part));
        }
        Ok(())
    }

    fn append(&self, bank: Bank) -> Result<()> {
        let mut sink = unpoisoned(self.sink.lock());
        for slot in self.slots(bank) {
            if let Some((position, part)) = unpoisoned(slot.lock()).take() {
                sink.append(position, part)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        unpoisoned(self.sink.into_inner()).finish()
    }
}

/// A writer that panicked leaves no half-made part in a slot, so what a poisoned lock holds is
/// whole.
fn unpoisoned<Guard>(locked: Result<Guard, PoisonError<Guard>>) -> Guard {
    locked.unwrap_or_else(PoisonError::into_inner)
}

//! Writers of different part types, side by side.

use super::{Output, OutputFolder, Run, Sink, Writer};
use crate::error::Result;
use crate::model::{Article, Format, Pictures, Selection};
use std::sync::Mutex;

/// A [`Writer`] whose part type is hidden, so that the registry can hold writers of every kind.
/// Every `Writer` is one.
pub trait AnyWriter: Send + Sync {
    /// See [`Writer::format`].
    fn format(&self) -> &Format;
    /// See [`Writer::embeds_pictures`].
    fn embeds_pictures(&self) -> bool;
    /// See [`Writer::select`].
    fn select(&self, run: &Run<'_>) -> Selection;
    /// See [`Writer::claims`].
    fn claims(&self, name: &str, run: &Run<'_>) -> bool;
    /// Begins the outputs, with room for `window` parts at a time.
    ///
    /// # Errors
    /// See [`Writer::open`].
    fn lane<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        window: usize,
    ) -> Result<Box<dyn Lane + 'run>>;
}

/// One writer at work: the parts of the present window and the sink that they go to.
pub trait Lane: Send + Sync {
    /// Whether the outputs hold the article at a position of the catalogue.
    fn wants(&self, position: usize) -> bool;

    /// Encodes an article into a slot of the window. May be called from many threads at once,
    /// each with a slot of its own.
    ///
    /// # Errors
    /// See [`Writer::encode`].
    fn encode(
        &self,
        slot: usize,
        position: usize,
        article: &Article,
        pictures: &Pictures,
    ) -> Result<()>;

    /// Appends the parts of the window in the order of the slots and empties them.
    ///
    /// # Errors
    /// See [`Sink::append`].
    fn append(&mut self) -> Result<()>;

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

    fn select(&self, run: &Run<'_>) -> Selection {
        Writer::select(self, run)
    }

    fn claims(&self, name: &str, run: &Run<'_>) -> bool {
        Writer::claims(self, name, run)
    }

    fn lane<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        window: usize,
    ) -> Result<Box<dyn Lane + 'run>> {
        Ok(Box::new(TypedLane {
            writer: self,
            run,
            selection: Writer::select(self, run),
            slots: (0..window).map(|_| Mutex::new(None)).collect(),
            sink: Mutex::new(self.open(run, folder)?),
        }))
    }
}

type Slot<Part> = Mutex<Option<(usize, Part)>>;

struct TypedLane<'run, W: Writer> {
    writer: &'run W,
    run: &'run Run<'run>,
    selection: Selection,
    slots: Vec<Slot<W::Part>>,
    sink: Mutex<Box<dyn Sink<Part = W::Part> + 'run>>,
}

impl<W: Writer> Lane for TypedLane<'_, W> {
    fn wants(&self, position: usize) -> bool {
        self.selection.contains(position)
    }

    fn encode(
        &self,
        slot: usize,
        position: usize,
        article: &Article,
        pictures: &Pictures,
    ) -> Result<()> {
        let part = self.writer.encode(article, position, pictures, self.run)?;
        if let Some(slot) = self.slots.get(slot) {
            *slot
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner) = Some((position, part));
        }
        Ok(())
    }

    fn append(&mut self) -> Result<()> {
        let sink = self
            .sink
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for slot in &mut self.slots {
            let slot = slot
                .get_mut()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some((position, part)) = slot.take() {
                sink.append(position, part)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        self.sink
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .finish()
    }
}

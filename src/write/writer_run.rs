//! Writers of different part types, side by side.

use super::{EncodeInput, Output, OutputFolder, Properties, Run, Sink, Unit, Writer};
use crate::error::{Error, Result, said_by_panic};
use crate::model::{Format, Selection};
use std::panic::{self, AssertUnwindSafe};
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
    ///
    /// # Errors
    /// Where the writer panics.
    fn units(&self, run: &Run<'_>) -> Result<Vec<Unit>>;
    /// Begins the outputs. They are made of the articles of the `selection`.
    ///
    /// # Errors
    /// See [`Writer::open`].
    fn begin<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        selection: Selection,
    ) -> Result<Box<dyn WriterRun + 'run>>;
}

/// One writer at work.
pub trait WriterRun: Send + Sync {
    /// Whether the outputs hold the article at a position of the catalogue.
    fn wants(&self, position: usize) -> bool;

    /// Encodes an article. May be called from many threads at once, in any order.
    ///
    /// # Errors
    /// See [`Writer::encode`].
    fn encode(&self, input: &EncodeInput<'_>) -> Result<Box<dyn EncodedPart + '_>>;

    /// Ends the outputs.
    ///
    /// # Errors
    /// See [`Sink::finish`].
    fn finish(self: Box<Self>) -> Result<Vec<Output>>;
}

/// An encoded article on its way to the sink of its writer.
pub trait EncodedPart: Send {
    /// Appends it. The parts of a writer have to be appended in the order of the catalogue.
    ///
    /// # Errors
    /// See [`Sink::append`].
    fn append(self: Box<Self>) -> Result<()>;
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

    fn units(&self, run: &Run<'_>) -> Result<Vec<Unit>> {
        held(Writer::format(self).name, || Ok(Writer::units(self, run)))
    }

    fn begin<'run>(
        &'run self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
        selection: Selection,
    ) -> Result<Box<dyn WriterRun + 'run>> {
        let sink = held(Writer::format(self).name, || self.open(run, folder))?;
        Ok(Box::new(TypedRun {
            writer: self,
            selection,
            sink: Mutex::new(sink),
        }))
    }
}

/// The sink of a writer. Parts are encoded on many threads and appended on one, so nobody waits for
/// the lock; it is there because the compiler can't know that.
type SharedSink<'run, Part> = Mutex<Box<dyn Sink<Part = Part> + 'run>>;

struct TypedRun<'run, W: Writer> {
    writer: &'run W,
    selection: Selection,
    sink: SharedSink<'run, W::Part>,
}

/// Does some work of a writer's. A panic becomes the error that the writer failed: what it has written so
/// far can't be trusted, so the run ends, and nothing of it is put in place.
fn held<T>(format: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = said_by_panic(panic.as_ref());
        Err(Error::writer(format, format!("it panics: {said}")))
    })
}

struct TypedPart<'run, 'sink, Part> {
    format: &'static str,
    sink: &'sink SharedSink<'run, Part>,
    position: usize,
    part: Part,
}

impl<W: Writer> WriterRun for TypedRun<'_, W> {
    fn wants(&self, position: usize) -> bool {
        self.selection.contains(position)
    }

    fn encode(&self, input: &EncodeInput<'_>) -> Result<Box<dyn EncodedPart + '_>> {
        Ok(Box::new(TypedPart {
            format: self.writer.format().name,
            sink: &self.sink,
            position: input.position,
            part: self.writer.encode(input)?,
        }))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        let sink = self.sink.into_inner();
        let sink = sink.unwrap_or_else(PoisonError::into_inner);
        held(self.writer.format().name, || sink.finish())
    }
}

impl<Part: Send> EncodedPart for TypedPart<'_, '_, Part> {
    fn append(self: Box<Self>) -> Result<()> {
        let mut sink = self.sink.lock().unwrap_or_else(PoisonError::into_inner);
        held(self.format, || sink.append(self.position, self.part))
    }
}

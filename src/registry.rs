//! The readers and writers that a run can use.

use crate::model::Format;
use crate::read::{self, Confidence, Probe, Reader};
use crate::write::{self, AnyWriter, Writer};

/// Readers and writers by name.
///
/// A program of one's own adds its formats here:
///
/// ```
/// # use offprint::Registry;
/// let registry = Registry::standard();
/// let names: Vec<&str> = registry.writers().map(|writer| writer.format().name).collect();
/// assert_eq!(names, ["rss", "atom", "json", "epub", "opml"]);
/// ```
pub struct Registry {
    readers: Vec<Box<dyn Reader>>,
    writers: Vec<Box<dyn AnyWriter>>,
}

impl Registry {
    /// The formats that Offprint brings.
    pub fn standard() -> Self {
        Registry::empty()
            .with_reader(read::Archive)
            .with_reader(read::FrontMatter)
            .with_reader(read::Feed)
            .with_writer(write::Rss::default())
            .with_writer(write::Atom::default())
            .with_writer(write::JsonFeed::default())
            .with_writer(write::Epub)
            .with_writer(write::Opml)
    }

    /// No formats at all.
    pub fn empty() -> Self {
        Registry {
            readers: Vec::new(),
            writers: Vec::new(),
        }
    }

    /// Adds a reader. Where two are equally sure of a file, the one added first gets it.
    pub fn with_reader(mut self, reader: impl Reader + 'static) -> Self {
        self.readers.push(Box::new(reader));
        self
    }

    /// Adds a writer; one of the same name is replaced.
    pub fn with_writer(mut self, writer: impl Writer + 'static) -> Self {
        let name = Writer::format(&writer).name;
        self.writers.retain(|other| other.format().name != name);
        self.writers.push(Box::new(writer));
        self
    }

    /// The readers in the order in which they were added.
    pub fn readers(&self) -> impl Iterator<Item = &dyn Reader> {
        self.readers.iter().map(Box::as_ref)
    }

    /// The writers in the order in which they were added.
    pub fn writers(&self) -> impl Iterator<Item = &dyn AnyWriter> {
        self.writers.iter().map(Box::as_ref)
    }

    /// The reader of a name.
    pub fn reader(&self, name: &str) -> Option<&dyn Reader> {
        self.readers().find(|reader| reader.format().name == name)
    }

    /// The writer of a name.
    pub fn writer(&self, name: &str) -> Option<&dyn AnyWriter> {
        self.writers().find(|writer| writer.format().name == name)
    }

    /// The surest reader of a file; none where it holds no article.
    pub fn sniff(&self, probe: &Probe<'_>) -> Option<&dyn Reader> {
        let mut best: Option<(&dyn Reader, Confidence)> = None;
        for reader in self.readers() {
            let confidence = reader.sniff(probe);
            if confidence > best.map_or(Confidence::No, |(_, best)| best) {
                best = Some((reader, confidence));
            }
        }
        best.map(|(reader, _)| reader)
    }

    /// The names of all formats, for messages.
    pub fn writer_names(&self) -> String {
        names(self.writers().map(AnyWriter::format))
    }

    /// The names of all readers, for messages.
    pub fn reader_names(&self) -> String {
        names(self.readers().map(Reader::format))
    }
}

fn names<'format>(formats: impl Iterator<Item = &'format Format>) -> String {
    formats
        .map(|format| format.name)
        .collect::<Vec<_>>()
        .join(", ")
}

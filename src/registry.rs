//! The readers and writers that a run can use.

use crate::error::{Error, Result};
use crate::model::Format;
use crate::read::{self, Confidence, Probe, Reader};
use crate::write::{self, AnyWriter, Kind, Writer};

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
            .with_reader(read::WordPress::default())
            .with_reader(read::Feed::default())
            .with_reader(read::Markdown)
            .with_reader(read::Page)
            .with_reader(read::Mhtml)
            .with_reader(read::Warc::default())
            .with_reader(read::Wallabag)
            .with_reader(read::Omnivore)
            .with_reader(read::ReaderJson)
            .with_reader(read::Ghost::default())
            .with_reader(read::Substack)
            .with_reader(read::Medium)
            .with_reader(read::Evernote)
            .with_reader(read::Epub::default())
            .with_reader(read::Mail)
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
        self.surest(probe).map(|(reader, _)| reader)
    }

    /// How sure the surest reader of a file is.
    pub fn confidence(&self, probe: &Probe<'_>) -> Confidence {
        self.surest(probe)
            .map_or(Confidence::No, |(_, confidence)| confidence)
    }

    fn surest(&self, probe: &Probe<'_>) -> Option<(&dyn Reader, Confidence)> {
        if read::holds_addresses_only(probe.first()) || read::is_private(probe) {
            return None;
        }
        let mut best: Option<(&dyn Reader, Confidence)> = None;
        for reader in self.readers() {
            let confidence = reader.sniff(probe);
            if confidence > best.map_or(Confidence::No, |(_, best)| best) {
                best = Some((reader, confidence));
            }
            if confidence == Confidence::Certain {
                break;
            }
        }
        best
    }

    /// The writers of the named formats, in the order in which they were added; where none is named,
    /// those that write by default.
    ///
    /// # Errors
    /// Where there is no writer of a name.
    pub fn chosen(&self, formats: &[String]) -> Result<Vec<&dyn AnyWriter>> {
        if let Some(unknown) = formats.iter().find(|name| self.writer(name).is_none()) {
            return Err(Error::configuration(
                format!("there is no output format named {unknown:?}"),
                format!("choose from {}", self.writer_names()),
            ));
        }
        let asked = |writer: &&dyn AnyWriter| match formats {
            [] => writer.is_default(),
            names => names.iter().any(|name| name == writer.format().name),
        };
        Ok(self.writers().filter(asked).collect())
    }

    /// The names of the formats that a run writes which is asked for these: the default ones where it
    /// is asked for none, and with feeds the lists of feeds. A name that no writer has stays, for
    /// [`Registry::chosen`] to object to.
    ///
    /// # Errors
    /// Where a list of feeds is asked for and no feed.
    pub fn formats(&self, mut asked: Vec<String>) -> Result<Vec<String>> {
        if asked.is_empty() {
            asked = names_of(self.writers().filter(|writer| writer.is_default()));
        }
        let lists = names_of(self.of_kind(Kind::List));
        let feeds = names_of(self.of_kind(Kind::Feed));
        if asked.iter().any(|name| feeds.contains(name)) {
            let missing = lists.into_iter().filter(|list| !asked.contains(list));
            let missing: Vec<String> = missing.collect();
            asked.extend(missing);
        } else if let Some(list) = asked.iter().find(|name| lists.contains(name)) {
            return Err(Error::configuration(
                format!("{list} is the list of the feeds, and no feed is asked for"),
                format!(
                    "name one of {} with --to; the list comes with them where there is a base URL",
                    feeds.join(", ")
                ),
            ));
        }
        Ok(asked)
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &dyn AnyWriter> {
        self.writers().filter(move |writer| writer.kind() == kind)
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

fn names_of<'writer>(writers: impl Iterator<Item = &'writer dyn AnyWriter>) -> Vec<String> {
    writers
        .map(|writer| writer.format().name.to_owned())
        .collect()
}

fn names<'format>(formats: impl Iterator<Item = &'format Format>) -> String {
    formats
        .map(|format| format.name)
        .collect::<Vec<_>>()
        .join(", ")
}

//! Notes that Evernote exports (ENEX): web clips with their pictures.
//!
//! A first look finds where each note begins and ends and where its parts lie (`note`), holding a few
//! kilobytes of a file that may have gigabytes of pictures. `enml` makes HTML of a note's text, and
//! `media` finds its pictures by the digest that the text names them by.

mod enml;
mod media;
mod note;
mod tokens;

use super::feed::once;
use super::feed::text::escaped;
use super::places::Fault;
use super::{Confidence, Item, Loaded, Locator, MOST_BYTES, Probe, ReadOptions, Reader, Source};
use crate::error::{Code, Warning};
use crate::model::{Entry, Format, Head, Markup, ResourceLookup, Resources, WrittenTime};
use crate::read::source::cursor::Cursor;
use crate::read::source::digest_of_span;
use media::MediaOfNote;
use memchr::memmem;
use note::Note;
use std::collections::BTreeSet;

/// Reads Evernote's exports: web clips, and with `--from evernote` all notes.
pub struct Evernote;

static FORMAT: Format = Format {
    name: "evernote",
    description: "Web clips in exports of Evernote, with their pictures; --from evernote takes all notes",
    files: "*.enex",
    options: &["from"],
};

impl Reader for Evernote {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        match memmem::find(probe.first(), b"<en-export") {
            Some(_) => Confidence::Certain,
            None => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let mut scan = Scan {
            source,
            options,
            number: 0,
            private: 0,
            warnings: Vec::new(),
            each,
        };
        let mut faults = Vec::new();
        if let Err(error) = scan.run(&mut faults) {
            scan.warnings.push(source.unreadable(&error));
        }
        let faults = faults.iter();
        scan.warnings.extend(
            faults.map(|fault| broken(source, fault.message).at(source.path(), fault.line)),
        );
        if scan.number == 0 && scan.warnings.is_empty() {
            scan.warnings
                .push(broken(source, "the export holds no note"));
        }
        if scan.private > 0 {
            scan.warnings.push(left_out(source, scan.private));
        }
        scan.warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let mut cursor = Cursor::at(source, at.span.start, at.line);
        let note = match note::next(&mut cursor, source, &mut Vec::new()) {
            Ok(Some(note)) if note.is_whole && note.span == at.span => note,
            Ok(_) => return Err(at.placed(source.changed())),
            Err(error) => return Err(at.placed(source.unreadable(&error))),
        };
        let mut entry = entry(&note, source, at).ok_or_else(|| at.placed(source.changed()))?;
        let media = media::of(&note, source);
        let warnings = missing(&entry, &media, source, at);
        entry.resources = Resources::new(media);
        Ok(Loaded { entry, warnings })
    }
}

/// One way through an export.
struct Scan<'scan> {
    source: &'scan dyn Source,
    options: &'scan ReadOptions,
    number: u32,
    /// Notes that are no clips.
    private: usize,
    warnings: Vec<Warning>,
    each: &'scan mut dyn FnMut(Item),
}

impl Scan<'_> {
    fn run(&mut self, faults: &mut Vec<Fault>) -> std::io::Result<()> {
        let mut cursor = Cursor::new(self.source);
        while let Some(note) = note::next(&mut cursor, self.source, faults)? {
            self.number = self.number.saturating_add(1);
            self.take(&note)?;
        }
        Ok(())
    }

    /// Warns where a note holds others.
    fn tell_of_others(&mut self, note: &Note, at: &Locator) {
        let message = match (note.is_joined, note.swallows(self.source)) {
            (true, _) => once::JOINED,
            (_, true) => {
                "the end of the note's text is lost, and the notes behind it that stand in it are left out"
            }
            _ => return,
        };
        self.warnings.push(at.placed(broken(self.source, message)));
    }

    fn take(&mut self, note: &Note) -> std::io::Result<()> {
        let at = Locator {
            span: note.span,
            line: note.line,
            number: self.number,
        };
        if !note.is_whole {
            let message = "the export breaks off within a note, which is left out";
            let warning = broken(self.source, message);
            self.warnings.push(at.placed(warning));
            return Ok(());
        }
        let Some(entry) = entry(note, self.source, &at) else {
            let message = match note.is_encrypted {
                true => "the note is encrypted",
                false => "the note's text can't be read",
            };
            let warning = broken(self.source, message);
            self.warnings.push(at.placed(warning));
            return Ok(());
        };
        self.tell_of_others(note, &at);
        let is_clip = entry.head.address.is_some() || note.is_clip(self.source);
        if !is_clip && !self.options.is_named {
            self.private += 1;
            return Ok(());
        }
        let content = digest_of_span(self.source, note.span)?;
        (self.each)(Item::new(at, entry, content));
        Ok(())
    }
}

fn broken(source: &dyn Source, message: &str) -> Warning {
    Warning::new(Code::ExportBroken, message).in_file(source.path())
}

/// Warnings where the text shows pictures that the note does not bring, and where parts of it are encrypted.
fn missing(entry: &Entry, media: &MediaOfNote, source: &dyn Source, at: &Locator) -> Vec<Warning> {
    let references = entry.markup.as_str().split("src=\"cid:").skip(1);
    let digests = references.filter_map(|rest| rest.split('"').next());
    let digests: BTreeSet<&str> = digests
        .filter(|digest| media.find(&format!("cid:{digest}")).is_none())
        .collect();
    let pictures = match digests.len() {
        0 => None,
        1 => Some("a picture that the note shows is not in it".to_owned()),
        count => Some(format!(
            "{count} pictures that the note shows are not in it"
        )),
    };
    let parts = match entry.markup.as_str().matches(enml::ENCRYPTED).count() {
        0 => None,
        1 => Some("a part of the note is encrypted, and is left out".to_owned()),
        count => Some(format!(
            "{count} parts of the note are encrypted, and are left out"
        )),
    };
    let told = [(Code::ImageMissing, pictures), (Code::ItemsLeftOut, parts)];
    let warnings = told.into_iter().filter_map(|(code, message)| {
        let warning = Warning::new(code, message?).in_file(source.path());
        Some(at.placed(warning))
    });
    warnings.collect()
}

fn left_out(source: &dyn Source, notes: usize) -> Warning {
    let message = match notes {
        1 => "1 note is left out: it is no web clip".to_owned(),
        notes => format!("{notes} notes are left out: they are no web clips"),
    };
    Warning::new(Code::ItemsLeftOut, message)
        .in_file(source.path())
        .hint("`--from evernote` takes all notes, private ones too")
}

/// A note without its pictures. None where its text can't be read, or is too long.
fn entry(note: &Note, source: &dyn Source, at: &Locator) -> Option<Entry> {
    let text = |span| note::text(source, span);
    if note.is_encrypted
        || note
            .content
            .iter()
            .map(|part| part.span.length)
            .sum::<u64>()
            > MOST_BYTES
    {
        return None;
    }
    let mut content = String::new();
    for part in &note.content {
        content.push_str(&text(*part)?);
    }
    // What stands behind the text's own end is of other notes.
    let end = content.find("</en-note>").map(|at| at + "</en-note>".len());
    content.truncate(end.unwrap_or(content.len()));
    let plain = |part: Option<note::Part>| {
        let text = text(part?)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let time = |part| WrittenTime::parse(&plain(part)?);
    let is_web =
        |address: &String| address.starts_with("http://") || address.starts_with("https://");
    let names: Vec<(String, String)> = note.named_files(source);
    Some(Entry {
        head: Head {
            folders: Vec::new(),
            title: plain(note.title).map(|title| escaped(&title)),
            address: plain(note.address).filter(is_web),
            published: time(note.created),
            updated: time(note.updated),
            authors: plain(note.author)
                .map(|name| escaped(&name))
                .into_iter()
                .collect(),
            tags: note
                .tags
                .iter()
                .filter_map(|&tag| plain(Some(tag)))
                .map(|tag| escaped(&tag))
                .collect(),
            ..source.head(at)
        },
        body_line: at.line,
        markup: Markup::Article(enml::html(&content, &names)),
        resources: Resources::default(),
    })
}

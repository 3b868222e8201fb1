//! A reader of a program's own, for a format that Offprint does not know: digests, text files that
//! hold several articles.
//!
//! ```text
//! # The lamp is lit
//! url: https://ada.example/lamp
//! date: 2021-12-31T01:47:06Z
//! by: Ada, Ben
//!
//! <p>It shines again.</p>
//! ====
//! # Fog at noon
//! url: https://ada.example/fog
//! date: 2022-01-01T12:00:00Z
//!
//! No ship left.
//! ```

use offprint::model::{Digest, Entry, Format, Markup, WrittenTime};
use offprint::reader::{
    Confidence, Item, Loaded, Locator, Probe, ReadOptions, Reader, Source, Span,
};
use offprint::{Code, Registry, Settings, Unobserved, Warning, convert};
use std::env;
use std::error::Error;
use std::io::{self, BufRead, Read};
use std::path::PathBuf;

struct DigestFile;

static DIGEST_FILE: Format = Format {
    name: "digest",
    description: "Digests; each piece between lines of ==== is an article",
    files: "*.digest",
    options: &["from", "encoding"],
};

impl Reader for DigestFile {
    fn format(&self) -> &Format {
        &DIGEST_FILE
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let first = probe.first();
        let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
        let mut lines = first.split(|&byte| byte == b'\n');
        let mut next_starts_with =
            |start: &[u8]| lines.next().is_some_and(|l| l.starts_with(start));
        // A title alone would claim every file of Markdown.
        if next_starts_with(b"# ") && next_starts_with(b"url: ") {
            Confidence::Certain
        } else if first.starts_with(b"url: ") {
            // The title of the first piece may be what is missing.
            Confidence::Maybe
        } else {
            Confidence::No
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let located = locate(source, |at| {
            let loaded = self.load(source, &at, options);
            match (loaded, source.bytes(at.span)) {
                // Only the piece's own bytes count: one more piece above it makes no work for it.
                (Ok(loaded), Ok(bytes)) => each(Item::new(at, loaded.entry, Digest::of(&bytes))),
                (Err(warning), _) | (_, Err(warning)) => warnings.push(warning),
            }
        });
        if let Err(error) = located {
            warnings.push(source.unreadable(&error));
        }
        warnings
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        let (text, warnings) = source.text(at, options)?;
        let refuse = |why: &str, hint: &str| {
            let warning = Warning::new(Code::HeaderMissing, why);
            at.placed(warning.at(source.path(), 1).hint(hint))
        };

        let title = text.lines().next().and_then(|line| line.strip_prefix("# "));
        let Some(title) = title.filter(|title| !title.trim().is_empty()) else {
            return Err(refuse(
                "the piece has no title",
                "let it begin with a line of # and the title",
            ));
        };
        let Some((fields, body)) = text.split_once("\n\n") else {
            return Err(refuse(
                "no empty line ends the head of the piece",
                "put one between the head and the text",
            ));
        };

        let mut head = source.head(at);
        head.title = Some(plain(title));
        let mut body_line = at.line + 1;
        for field in fields.lines() {
            body_line += 1;
            match field.split_once(": ") {
                Some(("url", address)) => head.address = Some(address.trim().to_owned()),
                Some(("date", date)) => head.published = WrittenTime::parse(date.trim()),
                Some(("by", names)) => head.authors = names.split(',').map(plain).collect(),
                _ => {}
            }
        }

        let markup = if body.trim_start().starts_with('<') {
            Markup::Article(body.to_owned())
        } else {
            Markup::Text(body.to_owned())
        };
        let entry = Entry {
            head,
            body_line,
            markup,
            resources: source.resources(),
        };
        Ok(Loaded { entry, warnings })
    }
}

/// Titles and names are read as HTML, and a digest holds plain text.
fn plain(text: &str) -> String {
    text.trim().replace('&', "&amp;")
}

/// What is held of a file while it is scanned. Longer lines come in parts.
const MOST_HELD: u64 = 8 * 1024;

/// Finds where the pieces lie.
///
/// A piece begins with its first line that is not blank, and ends before a line of `====`. So
/// neither the separators nor whether a piece is the last one are part of what it is.
fn locate(source: &dyn Source, mut each: impl FnMut(Locator)) -> io::Result<()> {
    let mut bytes = source.stream(source.span());
    let mut part = Vec::new();
    let mut begins_line = true;
    let mut piece: Option<Locator> = None;
    let mut line = 1;
    let mut number = 0;
    let mut position = 0;
    loop {
        part.clear();
        let length = (&mut bytes).take(MOST_HELD).read_until(b'\n', &mut part)? as u64;
        let is_end = length == 0;
        if is_end || begins_line && part.trim_ascii_end() == b"====" {
            if let Some(mut at) = piece.take() {
                at.span.length = position - at.span.start;
                each(at);
            }
        } else if piece.is_none() && !part.trim_ascii().is_empty() {
            number += 1;
            let span = Span {
                start: position,
                length: 0,
            };
            piece = Some(Locator { span, line, number });
        }
        if is_end {
            return Ok(());
        }
        position += length;
        begins_line = part.ends_with(b"\n");
        line += u32::from(begins_line);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut settings = Settings::for_inputs(env::args_os().skip(1).map(PathBuf::from));
    settings.out = PathBuf::from("out");
    settings.formats = vec!["atom".to_owned()];
    let registry = Registry::standard().with_reader(DigestFile);
    let report = convert(&registry, &settings, &Unobserved)?;
    for warning in &report.warnings {
        eprintln!("{warning}");
    }
    println!("{} articles in out/atom.xml", report.articles.written);
    Ok(())
}

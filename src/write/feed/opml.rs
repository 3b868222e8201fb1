//! OPML 2.0: one file that subscribes to all feeds.

use super::atom::AtomDialect;
use super::document::{Document, address_of};
use super::json_feed::JsonDialect;
use super::plan::Plan;
use super::rss::RssDialect;
use super::{Dialect, splice};
use crate::error::Result;
use crate::model::{Address, Format, Newest, Selection, Timestamp};
use crate::write::{
    EncodeInput, FeedSettings, Kind, Output, OutputFolder, Run, Sink, Unit, Writer,
};
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

const NAME: &str = "feeds.opml";
/// What the feed of articles without a source is called: an outline has to have a text (OPML 2.0,
/// "Subscription lists").
const NAMELESS: &str = "—";

/// Writes `feeds.opml`: the feed of the whole archive and those of the sources, each once. It takes
/// no article, and needs a base address: without one it writes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opml;

impl Writer for Opml {
    type Part = ();
    type Settings = FeedSettings;

    fn format(&self) -> &Format {
        const FORMAT: Format = Format {
            name: "opml",
            description: "OPML 2.0 list of the feeds",
            files: NAME,
            options: &["base-url"],
        };
        &FORMAT
    }

    fn kind(&self) -> Kind {
        Kind::List
    }

    fn embeds_pictures(&self) -> bool {
        false
    }

    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        let none = Selection::none(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &none)]
    }

    fn claims(&self, name: &str, _run: &Run<'_>) -> bool {
        name == NAME
    }

    fn encode(&self, _: &EncodeInput<'_>) -> Result<()> {
        Ok(())
    }

    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = ()> + 'run>> {
        Ok(Box::new(Outline { run, folder }))
    }
}

struct Outline<'run> {
    run: &'run Run<'run>,
    folder: &'run OutputFolder,
}

impl Sink for Outline<'_> {
    type Part = ();

    fn append(&mut self, _position: usize, _part: ()) -> Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        let feeds = feeds(self.run);
        if feeds.is_empty() {
            return Ok(Vec::new());
        }
        let document = document(self.run, &feeds).map_err(splice::failed("opml"))?;
        let mut file = self.folder.stage(NAME)?;
        let failed = file.error();
        file.write_all(&document).map_err(failed)?;
        Ok(vec![Output::of_unit(file.seal()?, "", 0)])
    }
}

/// A feed by its name.
struct Subscription {
    title: String,
    address: Address,
    home: Option<Address>,
}

/// The feeds that have an address, in the first format of the run that subscribers' programs can
/// be expected to know.
fn feeds(run: &Run<'_>) -> Vec<Subscription> {
    let written = |name: &str| run.formats.contains(&name);
    if written(AtomDialect::FORMAT.name) {
        feeds_in::<AtomDialect>(run)
    } else if written(RssDialect::FORMAT.name) {
        feeds_in::<RssDialect>(run)
    } else if written(JsonDialect::FORMAT.name) {
        feeds_in::<JsonDialect>(run)
    } else {
        Vec::new()
    }
}

fn feeds_in<D: Dialect>(run: &Run<'_>) -> Vec<Subscription> {
    let publication = run.publication;
    let subscription = |document: &Document| {
        let (title, home) = match document {
            Document::Subscription => (
                publication.title().to_string(),
                publication.homepage.clone(),
            ),
            Document::Source { name, .. } if name.trim().is_empty() => (NAMELESS.to_owned(), None),
            Document::Source { name, .. } => (name.clone(), None),
            Document::Archive(_) => return None,
        };
        Some(Subscription {
            title,
            address: address_of(&document.name::<D>(), publication)?,
            home,
        })
    };
    let plan = Plan::new::<D>(run);
    plan.documents().iter().filter_map(subscription).collect()
}

fn document(run: &Run<'_>, feeds: &[Subscription]) -> io::Result<Vec<u8>> {
    let mut newest = Newest::default();
    for listed in run.catalogue.iter() {
        newest.add(listed.updated.or(listed.published));
    }
    let mut writer = quick_xml::Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let opml = writer
        .create_element("opml")
        .with_attribute(("version", "2.0"));
    opml.write_inner_content(|writer| {
        writer
            .create_element("head")
            .write_inner_content(|writer| {
                let title = run.publication.title();
                text_element(writer, "title", &title)?;
                if let Some(time) = newest.time().map(Timestamp::rfc2822) {
                    text_element(writer, "dateModified", &time)?;
                }
                if let Some(author) = &run.publication.author {
                    text_element(writer, "ownerName", author)?;
                }
                Ok(())
            })?;
        writer
            .create_element("body")
            .write_inner_content(|writer| {
                feeds.iter().try_for_each(|feed| outline(writer, feed))
            })?;
        Ok(())
    })?;
    let mut document = writer.into_inner();
    document.push(b'\n');
    Ok(document)
}

fn text_element(writer: &mut quick_xml::Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    let element = writer.create_element(name);
    element.write_text_content(BytesText::new(text))?;
    Ok(())
}

/// The type is `rss` whatever the format: programs know no other (OPML 2.0, "Subscription lists").
fn outline(writer: &mut quick_xml::Writer<Vec<u8>>, feed: &Subscription) -> io::Result<()> {
    let mut outline = writer
        .create_element("outline")
        .with_attribute(("type", "rss"))
        .with_attribute(("text", feed.title.as_str()))
        .with_attribute(("title", feed.title.as_str()))
        .with_attribute(("xmlUrl", feed.address.as_str()));
    if let Some(home) = &feed.home {
        outline = outline.with_attribute(("htmlUrl", home.as_str()));
    }
    outline.write_empty()?;
    Ok(())
}

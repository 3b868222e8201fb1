//! A writer in one file: all articles on one page of HTML, with their pictures beside it.
//!
//! `cargo run --example own_writer seeds` writes `out/page.html`. Where there is an `offprint.toml`,
//! its table `[page]` may say `summaries = true`.

use offprint::model::{AnchorName, Format, Image, Pictures, Rendition, Selection};
use offprint::writer::xhtml::{self, References, Shown, Style, escape_text};
use offprint::writer::{
    Asset, EncodeInput, Output, OutputFolder, Run, Sink, Staged, Unit, Writer, WriterSettings,
};
use offprint::{Registry, Result, Settings, Unobserved, convert, settings};
use serde::Deserialize;
use std::cell::RefCell;
use std::io::Write;

fn main() -> Result<()> {
    let registry = Registry::standard().with_writer(Page);
    let mut settings = Settings::for_inputs(std::env::args_os().skip(1));
    settings.formats = vec![FORMAT.name.to_owned()];
    settings.write = settings::load(None, &registry)?.writers;
    let report = convert(&registry, &settings, &Unobserved)?;
    for output in report.outputs.iter().filter(|output| output.articles > 0) {
        println!("{}: {} articles", output.path, output.articles);
    }
    Ok(())
}

const FILE: &str = "page.html";

static FORMAT: Format = Format {
    name: "page",
    description: "One page of HTML",
    files: FILE,
    options: &[],
};

/// The table `[page]`. In code it is `settings.write.get_mut::<PageSettings>()`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PageSettings {
    /// Shows what an article is about instead of its text.
    summaries: bool,
}

impl WriterSettings for PageSettings {
    const TABLE: &'static str = "page";
}

struct Page;

/// An article as it stands on the page.
struct Part {
    html: String,
    pictures: Vec<Rendition>,
}

impl Writer for Page {
    type Part = Part;
    type Settings = PageSettings;

    fn format(&self) -> &Format {
        &FORMAT
    }

    fn embeds_pictures(&self) -> bool {
        true
    }

    /// All articles on one page, which is made anew whenever one of them changes.
    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        let all = Selection::all(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &all)]
    }

    fn claims(&self, name: &str, _run: &Run<'_>) -> bool {
        name == FILE
    }

    /// Called from many threads, in any order.
    fn encode(&self, input: &EncodeInput<'_>) -> Result<Part> {
        let article = input.article;
        let mut html = String::from("<h2>");
        escape_text(&article.title, &mut html);
        html.push_str("</h2>\n");
        let references = Beside {
            pictures: input.pictures,
            shown: RefCell::default(),
        };
        if input.run.settings.get::<PageSettings>().summaries {
            html.push_str("<p>");
            escape_text(&article.summary, &mut html);
            html.push_str("</p>\n");
        } else {
            let style = Style {
                classes: false,
                title_level: 2,
            };
            html += &xhtml::article(article, &references, style);
        }
        Ok(Part {
            html,
            pictures: references.shown.into_inner(),
        })
    }

    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = Part> + 'run>> {
        let mut title = String::new();
        escape_text(&run.publication.title(), &mut title);
        let mut sink = PageSink {
            folder,
            file: folder.stage(FILE)?,
            articles: 0,
            assets: Vec::new(),
        };
        sink.write(&format!(
            "<!doctype html>\n<meta charset=\"utf-8\"/>\n<title>{title}</title>\n<h1>{title}</h1>\n"
        ))?;
        Ok(Box::new(sink))
    }
}

/// Pictures lie beside the page, under names made of their content; links lead where they led.
struct Beside<'article> {
    pictures: &'article Pictures,
    shown: RefCell<Vec<Rendition>>,
}

impl References for Beside<'_> {
    fn image(&self, image: &Image) -> Shown {
        let Some(rendition) = self.pictures.rendition(&image.source) else {
            let origin = image.source.origin();
            return Shown::Missing {
                link: origin.map(|address| address.as_str().to_owned()),
            };
        };
        self.shown.borrow_mut().push(rendition.clone());
        Shown::Picture {
            address: Asset::of(rendition).name().to_owned(),
            width: Some(rendition.width),
            height: Some(rendition.height),
        }
    }

    /// Many articles share the page, so that names of places in them would not be distinct.
    fn anchor(&self, _: &AnchorName) -> Option<String> {
        None
    }

    fn fragment(&self, _: &AnchorName) -> Option<String> {
        None
    }
}

/// The page on its way to its place.
struct PageSink<'run> {
    folder: &'run OutputFolder,
    file: Staged,
    articles: usize,
    assets: Vec<Asset>,
}

impl PageSink<'_> {
    fn write(&mut self, text: &str) -> Result<()> {
        let written = self.file.write_all(text.as_bytes());
        written.map_err(self.file.error())
    }
}

impl Sink for PageSink<'_> {
    type Part = Part;

    /// Called in the catalogue's order.
    fn append(&mut self, _position: usize, part: Part) -> Result<()> {
        for picture in &part.pictures {
            self.assets.extend(self.folder.asset(picture)?);
        }
        self.articles += 1;
        self.write(&part.html)
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        let mut page = Output::of_unit(self.file.seal()?, "", self.articles);
        page.assets = self.assets;
        Ok(vec![page])
    }
}

//! A writer in one file: all articles as one page of gemtext, the plain text format of Gemini.
//!
//! `cargo run --example own_writer seeds` writes `out/digest.gmi`.

use offprint::model::{Block, Format, Inline, Link, Selection, Target, plain_text};
use offprint::writer::{Output, OutputFolder, Run, Sink, Staged, Subject, Unit, Writer};
use offprint::{Registry, Result, Settings, Unobserved, convert};
use std::io::Write;

fn main() -> Result<()> {
    let mut settings = Settings::for_inputs(std::env::args_os().skip(1));
    settings.formats = vec![FORMAT.name.to_owned()];
    let registry = Registry::standard().with_writer(Gemtext);
    let report = convert(&registry, &settings, &Unobserved)?;
    for output in report.outputs {
        println!("{}: {} articles", output.path, output.articles);
    }
    Ok(())
}

const PAGE: &str = "digest.gmi";

static FORMAT: Format = Format {
    name: "gemtext",
    description: "One page of gemtext",
    files: PAGE,
    options: &[],
};

struct Gemtext;

impl Writer for Gemtext {
    /// The article as it stands on the page.
    type Part = String;

    fn format(&self) -> &Format {
        &FORMAT
    }

    /// The page only links to pictures, so none is downloaded for it.
    fn embeds_pictures(&self) -> bool {
        false
    }

    /// All articles on one page, which is made anew whenever one of them changes.
    fn units(&self, run: &Run<'_>) -> Vec<Unit> {
        let all = Selection::all(run.catalogue.len());
        vec![Unit::whole(run.catalogue, &all)]
    }

    fn claims(&self, name: &str, _run: &Run<'_>) -> bool {
        name == PAGE
    }

    /// Called from many threads, in any order.
    fn encode(&self, subject: &Subject<'_>) -> Result<String> {
        let article = subject.article;
        let mut text = format!("## {}\n\n", article.title);
        blocks(article.body.blocks(), &mut text);
        if let Some(address) = &article.address {
            text += &format!("=> {address} {}\n\n", article.source.name);
        }
        Ok(text)
    }

    fn open<'run>(
        &self,
        run: &'run Run<'run>,
        folder: &'run OutputFolder,
    ) -> Result<Box<dyn Sink<Part = String> + 'run>> {
        let mut page = Page {
            file: folder.stage(PAGE)?,
            articles: 0,
        };
        page.write(&format!("# {}\n\n", run.publication.title()))?;
        Ok(Box::new(page))
    }
}

/// The page on its way to its place.
struct Page {
    file: Staged,
    articles: usize,
}

impl Page {
    fn write(&mut self, text: &str) -> Result<()> {
        let written = self.file.write_all(text.as_bytes());
        written.map_err(self.file.error())
    }
}

impl Sink for Page {
    type Part = String;

    /// Called in the catalogue's order.
    fn append(&mut self, _position: usize, part: String) -> Result<()> {
        self.articles += 1;
        self.write(&part)
    }

    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        Ok(vec![Output {
            file: self.file.seal()?,
            unit: Some(String::new()),
            note: None,
            articles: self.articles,
            warnings: Vec::new(),
        }])
    }
}

/// The match is exhaustive, so no kind of block is forgotten.
fn blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(line) => paragraph("", line, text),
            Block::Heading(heading) => paragraph("### ", &heading.content, text),
            Block::Figure(figure) => {
                if let Some(origin) = figure.image.source.origin() {
                    *text += &format!("=> {origin} {}\n", words(&figure.caption));
                }
            }
            Block::List(list) => {
                for item in &list.items {
                    *text += "* ";
                    self::blocks(item, text);
                }
            }
            Block::Quote(inner) => {
                *text += "> ";
                self::blocks(inner, text);
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    self::blocks(&cell.content, text);
                }
            }
            Block::Code(code) => *text += &format!("```\n{code}\n```\n\n"),
            Block::Rule => *text += "---\n\n",
            Block::Embed(embed) => *text += &format!("=> {} {}\n\n", embed.address, embed.title),
        }
    }
}

/// A line of text, and its links on lines of their own, as gemtext wants them.
fn paragraph(sign: &str, line: &[Inline], text: &mut String) {
    *text += &format!("{sign}{}\n", words(line));
    links(line, text);
    text.push('\n');
}

fn links(line: &[Inline], text: &mut String) {
    for inline in line {
        if let Inline::Link(Link {
            target: Target::Address(address),
            content,
        }) = inline
        {
            *text += &format!("=> {address} {}\n", words(content));
        }
        inline.children().for_each(|inner| links(inner, text));
    }
}

fn words(line: &[Inline]) -> String {
    plain_text(line).replace('\n', " ")
}

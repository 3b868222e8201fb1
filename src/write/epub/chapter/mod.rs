//! One article as a chapter: its documents, compressed, and what the volume keeps of it.

pub(in crate::write::epub) mod document;
pub(in crate::write::epub) mod names;
pub(in crate::write::epub) mod picture;
pub(in crate::write::epub) mod references;

use crate::error::Result;
use crate::model::{
    Article, ArticleSource, Block, CleanText, Language, Listed, Pictures, Rendition, Timestamp,
    plain_text,
};
use crate::write::epub::container::Container;
use crate::write::epub::pages::page::{
    self, Frame, attribute, close_tag, element, is_set_vertically, link_markup, open_tag, site,
};
use crate::write::epub::pages::wording::Wording;
use crate::write::xhtml::{Serialiser, Style, escape_text, isolated};
use crate::write::{BookSettings, EncodeInput, Run};
use document::{Document, OpenLink};
use names::{document_path, name};
use references::{BookReferences, picture_path};

/// Where a document ends, in bytes: larger ones are slow on e-readers and are cut by some.
const DOCUMENT: usize = 240_000;
/// The levels of headings in the contents, where no setting tells.
const USUAL_DEPTH: u8 = 1;
/// Chapters whose markup is at least this long may lend their picture to the cover.
const SUBSTANTIAL: usize = 3_000;

/// What one article contributes to a book.
#[derive(Debug)]
pub struct Part {
    /// What the volume keeps.
    pub(in crate::write::epub) chapter: Chapter,
    /// The documents in reading order; the last one lacks its end, with the links to the
    /// neighbours.
    pub(in crate::write::epub) documents: Vec<Document>,
    /// The pictures that the documents show, each once.
    pub(in crate::write::epub) pictures: Vec<Rendition>,
    /// A picture for the cover.
    pub(in crate::write::epub) lead: Option<Lead>,
    /// Facts that the volume sums up.
    pub(in crate::write::epub) authors: Vec<CleanText>,
    pub(in crate::write::epub) tags: Vec<CleanText>,
    pub(in crate::write::epub) rights: Option<CleanText>,
    pub(in crate::write::epub) updated: Option<Timestamp>,
    pub(in crate::write::epub) source: ArticleSource,
    /// Whether each picture has words that stand for it.
    pub(in crate::write::epub) described: bool,
}

/// A chapter as the contents know it.
#[derive(Clone, Debug)]
pub(in crate::write::epub) struct Chapter {
    /// The name of its first document, without folder and extension.
    pub(in crate::write::epub) name: String,
    pub(in crate::write::epub) title: CleanText,
    pub(in crate::write::epub) published: Option<Timestamp>,
    /// A position in the catalogue's sources.
    pub(in crate::write::epub) source: u32,
    pub(in crate::write::epub) language: Language,
    /// The number of documents.
    pub(in crate::write::epub) documents: usize,
    /// Those of them that hold formulas, from 0.
    pub(in crate::write::epub) formulas: Vec<usize>,
    /// The headings that the contents list.
    pub(in crate::write::epub) sections: Vec<Section>,
}

/// A heading that the contents list.
#[derive(Clone, Debug)]
pub(in crate::write::epub) struct Section {
    pub(in crate::write::epub) title: String,
    /// The document that it is in, from 0.
    pub(in crate::write::epub) document: usize,
    pub(in crate::write::epub) id: String,
    /// Its level, from 1.
    pub(in crate::write::epub) level: u8,
}

/// A picture that may become the cover.
#[derive(Clone, Debug)]
pub(in crate::write::epub) struct Lead {
    pub(in crate::write::epub) rendition: Rendition,
    /// Whether the article is more than a short notice.
    pub(in crate::write::epub) substantial: bool,
}

impl Part {
    /// An estimate, rather too high, of the bytes that the part adds to a volume. `stored` says
    /// which pictures the volume has already.
    pub(in crate::write::epub) fn size(&self, stored: impl Fn(&str) -> bool) -> u64 {
        let documents = self.documents.iter().enumerate().map(|(number, document)| {
            let path = document_path(&self.chapter.name, number);
            Container::overhead(&path) + document.size()
        });
        let pictures = self.pictures.iter().map(|picture| {
            let path = picture_path(picture);
            let new = !stored(&path);
            u64::from(new) * (Container::overhead(&path) + picture.length)
        });
        documents.sum::<u64>() + pictures.sum::<u64>() + self.chapter.listed_size()
    }
}

impl Chapter {
    /// An estimate of the compressed bytes that the chapter takes in the package document, the
    /// contents, the navigation and the links of its neighbours.
    pub(in crate::write::epub) fn listed_size(&self) -> u64 {
        let sections = self.sections.iter().map(|section| section.title.len() + 60);
        let bytes = 500 + 3 * self.title.len() + sections.sum::<usize>();
        bytes as u64
    }

    /// The path of its first document, from the package's folder.
    pub(in crate::write::epub) fn path(&self) -> String {
        document_path(&self.name, 0)
    }
}

/// The language of an article's text, as far as anything tells.
pub(in crate::write::epub) fn language(article: &Article, run: &Run<'_>) -> Language {
    let configured = || run.publication.language.clone();
    let known = article.language.clone().or_else(configured);
    known.unwrap_or_else(Language::undetermined)
}

/// Turns an article into its part of the book.
///
/// # Errors
/// Where the compressor refuses.
pub(in crate::write::epub) fn encode(input: &EncodeInput<'_>) -> Result<Part> {
    let EncodeInput {
        article,
        position,
        pictures,
        run,
        ..
    } = *input;
    let listed = run.catalogue.get(position).copied();
    let listed = listed.unwrap_or_else(|| listed_alone(article));
    let name = name(&listed, position, run.catalogue);
    let references = BookReferences::new(pictures, run, &listed, position, &name);
    let language = language(article, run);
    let frame = frame(&language, run);
    let texts = texts(article, &references);
    let length: usize = texts.pieces.iter().map(String::len).sum();
    let links = references.open_links();
    let documents = documents(article, run, frame, &texts.pieces, &links)?;
    let lead = lead(article, pictures, length);
    let described = references.all_described();
    let pictures = references.into_pictures();
    Ok(Part {
        chapter: Chapter {
            name,
            title: article.title.clone(),
            published: listed.published,
            source: listed.source,
            documents: documents.len(),
            formulas: with_formulas(&texts.pieces),
            sections: sections(texts.sections, run),
            language,
        },
        documents,
        described,
        pictures,
        lead,
        authors: article.authors.clone(),
        tags: article.tags.clone(),
        rights: article.rights.clone(),
        updated: listed.updated.or(listed.published),
        source: article.source.clone(),
    })
}

/// How the pages of a chapter are set.
fn frame<'article>(language: &'article Language, run: &Run<'_>) -> Frame<'article> {
    let vertical = run.settings.get::<BookSettings>().vertical;
    Frame {
        language,
        vertical: vertical && is_set_vertically(language),
        base: "../",
    }
}

/// What the catalogue would say of an article that stands in none.
fn listed_alone(article: &Article) -> Listed {
    Listed {
        key: article.key(),
        published: article.published,
        published_day: article.published_day,
        updated: article.updated,
        source: 0,
    }
}

struct Texts {
    pieces: Vec<String>,
    sections: Vec<Section>,
}

/// The markup of the text in pieces that fit a document each. Where there are links within the
/// article, a second pass knows which piece each leads to.
fn texts(article: &Article, references: &BookReferences<'_>) -> Texts {
    let first = serialise(article, references);
    if references.settle_fragments() {
        serialise(article, references)
    } else {
        first
    }
}

fn serialise(article: &Article, references: &BookReferences<'_>) -> Texts {
    let style = Style {
        classes: true,
        title_level: 1,
    };
    let mut serialiser = Serialiser::new(references, style, article.language.as_ref());
    let mut texts = Texts {
        pieces: Vec::new(),
        sections: Vec::new(),
    };
    for (index, block) in article.body.blocks().iter().enumerate() {
        if references.ends_before(index, serialiser.len() >= DOCUMENT) {
            texts.pieces.push(serialiser.take());
        }
        references.enter(texts.pieces.len());
        match block {
            Block::Heading(heading) if !plain_text(&heading.content).trim().is_empty() => {
                let id = format!("section-{}", texts.sections.len() + 1);
                let id = serialiser.heading_with_id(heading, &id);
                texts.sections.push(Section {
                    title: CleanText::line(&plain_text(&heading.content)).into(),
                    document: texts.pieces.len(),
                    id,
                    level: heading.level.number().saturating_sub(1),
                });
            }
            block => serialiser.block(block),
        }
    }
    serialiser.end_matter(article);
    texts.pieces.push(serialiser.take());
    texts
}

/// The numbers of the pieces that hold formulas.
fn with_formulas(pieces: &[String]) -> Vec<usize> {
    let pieces = pieces.iter().enumerate();
    let holding = pieces.filter(|(_, piece)| piece.contains("<math "));
    holding.map(|(number, _)| number).collect()
}

/// The headings of a chapter that the contents may list; a single one divides nothing.
fn sections(mut sections: Vec<Section>, run: &Run<'_>) -> Vec<Section> {
    let depth = run.settings.get::<BookSettings>().contents_depth;
    let depth = depth.unwrap_or(USUAL_DEPTH);
    sections.retain(|section| !section.title.is_empty() && section.level <= depth);
    if sections.len() < 2 {
        sections.clear();
    }
    sections
}

fn documents(
    article: &Article,
    run: &Run<'_>,
    frame: Frame<'_>,
    pieces: &[String],
    links: &[OpenLink],
) -> Result<Vec<Document>> {
    let mut documents = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let last = index + 1 == pieces.len();
        let mut markup = frame.open(&article.title);
        open_chapter(&mut markup, &article.title);
        if index == 0 {
            head(&mut markup, article, run, frame.language);
        }
        markup.push_str(piece);
        if last {
            origin(&mut markup, article, frame.language);
        }
        close_tag(&mut markup, "section");
        documents.push(if last {
            Document::beginning(&markup, links)?
        } else {
            markup.push_str(page::CLOSE);
            Document::whole(&markup, links)?
        });
    }
    Ok(documents)
}

fn open_chapter(markup: &mut String, title: &str) {
    markup.push_str("<section class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\"");
    attribute(markup, "aria-label", title);
    markup.push_str(">\n");
}

/// The title, and who wrote it where and when.
fn head(markup: &mut String, article: &Article, run: &Run<'_>, language: &Language) {
    open_tag(markup, "header", "");
    element(markup, "h1", "", &article.title);
    let mut parts = Vec::new();
    if !article.source.name.is_empty() {
        let mut source = String::new();
        isolated(&article.source.name, language, &mut source);
        if let Some(address) = &article.address {
            let name = std::mem::take(&mut source);
            link_markup(&mut source, address.as_str(), &name);
        }
        parts.push(source);
    }
    let mut authors = String::new();
    let names = article.authors.iter().map(CleanText::as_str);
    page::names(&mut authors, names, language);
    parts.extend(Some(authors).filter(|authors| !authors.is_empty()));
    parts.extend(
        article
            .published
            .map(|time| date(article, time, run, language)),
    );
    if !parts.is_empty() {
        open_tag(markup, "p", "byline");
        markup.push_str(&parts.join(" · "));
        close_tag(markup, "p");
    }
    close_tag(markup, "header");
}

/// When an article was published, in its own language, or in numbers where the words of that are not
/// known.
fn date(article: &Article, time: Timestamp, run: &Run<'_>, language: &Language) -> String {
    let (wording, zone) = (Wording::of(language), run.publication.zone);
    let in_words = wording.are_of(language);
    let (machine, shown) = match article.published_day {
        Some(day) if in_words => (day.to_string(), wording.day(day.date())),
        Some(day) => (day.to_string(), day.to_string()),
        None if in_words => (time.rfc3339(), wording.time(time, zone)),
        None => (time.rfc3339(), Wording::time_in_numbers(time, zone)),
    };
    let mut markup = String::from("<time");
    attribute(&mut markup, "datetime", &machine);
    markup.push('>');
    isolated(&shown, language, &mut markup);
    markup.push_str("</time>");
    markup
}

/// The way to the page that the article was read on.
fn origin(markup: &mut String, article: &Article, language: &Language) {
    if let Some(address) = &article.address {
        markup.push_str("<p class=\"origin\"");
        page::own_words(markup, language);
        markup.push('>');
        let wording = Wording::of(language);
        let mut words = String::new();
        escape_text(&wording.about(wording.original, ""), &mut words);
        isolated(&site(address), &Wording::language_for(language), &mut words);
        link_markup(markup, address.as_str(), &words);
        close_tag(markup, "p");
    }
}

fn lead(article: &Article, pictures: &Pictures, length: usize) -> Option<Lead> {
    let image = article.lead_image()?;
    // A line or an icon would make no cover.
    let rendition = pictures
        .rendition_of(image)
        .filter(|rendition| rendition.width.min(rendition.height) >= 48)?;
    Some(Lead {
        rendition: rendition.clone(),
        substantial: length >= SUBSTANTIAL && rendition.width.min(rendition.height) >= 240,
    })
}

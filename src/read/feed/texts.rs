//! The titles, texts, recordings and pictures among the elements of an item.

use super::fields::Fields;
use super::media::Enclosure;
use super::names::Vocabulary;
use super::parser::{Parser, Tag, nonblank};
use super::text::{Content, escaped, title_of_rss};
use crate::model::Markup;
use crate::read::markdown;

impl Fields {
    pub(super) fn add_text<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{
            Atom, Content as Module, DublinCore, DublinCoreTerms, Media, Podcast, Rss, Xhtml,
        };
        match (vocabulary, name) {
            (Atom, "title") => {
                let title = content(parser, tag, vocabulary).line();
                let title = nonblank(&title);
                self.once.note("title", title.as_deref());
                self.title.set(0, title);
            }
            (Rss, "title") => self.set_title(parser, tag, 0),
            (DublinCore | DublinCoreTerms, "title") => self.set_title(parser, tag, 1),
            (Media, "title") => self.set_title(parser, tag, 2),
            (Podcast, "title") => self.set_title(parser, tag, 3),
            (Module, "encoded") => self.set_content(content(parser, tag, vocabulary), 0),
            (Atom, "content") => self.set_content(content(parser, tag, vocabulary), 1),
            (Rss, "content") => self.set_content(content(parser, tag, vocabulary), 2),
            (Xhtml | Rss, "body") | (Xhtml, "div") => {
                self.set_content(content(parser, tag, Rss), 3);
            }
            (Module, "items") => self.set_items(parser, tag),
            (Vocabulary::Other, "markdown") if tag.name.starts_with("source:") => {
                let html = markdown::html(&parser.text(tag), &Default::default());
                let content = Content {
                    markup: Markup::Article(html),
                    ..Content::default()
                };
                self.set_content(content, 6);
            }
            (Rss, "fullitem") => self.set_content(content(parser, tag, vocabulary), 4),
            (Atom, "summary") => self.set_summary(content(parser, tag, vocabulary), 0),
            (Rss, "description" | "summary" | "abstract") => {
                let content = content(parser, tag, vocabulary);
                // Where there are both, the second one is the text.
                match self.summary.0 {
                    Some((1, _)) => self.set_content(content, 5),
                    _ => self.set_summary(content, 1),
                }
            }
            (DublinCore, "description") | (DublinCoreTerms, "abstract" | "description") => {
                self.set_summary(content(parser, tag, vocabulary), 2);
            }
            (Media, "description" | "text") => self.set_media_description(parser, tag),
            (Podcast, "summary") => self.set_summary(content(parser, tag, vocabulary), 4),
            (Podcast, "subtitle") => self.set_summary(content(parser, tag, vocabulary), 5),
            _ => return false,
        }
        true
    }

    fn set_title<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>, rank: u8) {
        let inner = parser.inner(tag);
        let text = match inner.has_elements {
            true => escaped(&super::tokens::plain_text(inner.raw)),
            false => title_of_rss(inner.text(&parser.entities)),
        };
        let title = nonblank(&text);
        if rank == 0 {
            self.once.note("title", title.as_deref());
        }
        self.title.set(rank, title);
    }

    /// What Media RSS says of a film is plain text unless it says otherwise.
    fn set_media_description<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let is_html = tag
            .attribute("type")
            .is_some_and(|kind| kind.contains("html"));
        if is_html {
            return self.set_summary(content(parser, tag, Vocabulary::Media), 3);
        }
        let inner = parser.inner(tag);
        let description = Content::plain(&inner, &parser.entities);
        self.set_summary(description, 3);
    }

    /// The texts of an item in the older form of RSS's module for them: the values of a bag.
    fn set_items<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let inner = parser.inner(tag);
        let mut within = Parser::new(inner.raw);
        within.entities = parser.entities.clone();
        while let Some(child) = within.next_start() {
            if child.local().eq_ignore_ascii_case("value") {
                let mut content = content(&mut within, &child, Vocabulary::Rss);
                content.start += inner.start;
                self.set_content(content, 3);
            }
        }
    }

    fn set_content(&mut self, content: Content, rank: u8) {
        if let Some(address) = &content.source {
            match content.is_picture {
                true => self.picture.set(0, nonblank(address)),
                false => self.link.set(4, nonblank(address)),
            }
        }
        self.content
            .set(rank, Some(content).filter(|content| !content.is_blank()));
    }

    fn set_summary(&mut self, content: Content, rank: u8) {
        self.summary
            .set(rank, Some(content).filter(|content| !content.is_blank()));
    }

    pub(super) fn add_media<'text>(
        &mut self,
        parser: &mut Parser<'text>,
        tag: &Tag<'text>,
        vocabulary: Vocabulary,
        name: &str,
    ) -> bool {
        use Vocabulary::{Atom, Media, Podcast, Rss};
        let address = |name: &str| tag.attribute(name).and_then(|address| nonblank(&address));
        match (vocabulary, name) {
            (Rss | Atom, "enclosure") => {
                self.add_enclosure(tag, address("url").or_else(|| address("href")), None);
                parser.inner(tag);
            }
            // What is in them is looked at as if it stood beside them.
            (Media, "group") => self.groups += 1,
            (Media, "content") => {
                let group = (self.groups > 0).then_some(self.groups);
                self.add_enclosure(tag, address("url"), group);
            }
            (Media, "thumbnail") => {
                let address = address("url").or_else(|| nonblank(&parser.text(tag)));
                self.picture.set(1, address);
                if tag.attribute("url").is_some() {
                    parser.inner(tag);
                }
            }
            (Podcast, "image") => {
                self.picture
                    .set(2, address("href").or_else(|| address("url")));
                parser.inner(tag);
            }
            (Rss, "image") => {
                let inner = parser.inner(tag);
                let addresses = parser.children_in(&inner, "url");
                self.picture.set(3, addresses.into_iter().next());
            }
            _ => return false,
        }
        true
    }

    fn add_enclosure(&mut self, tag: &Tag<'_>, address: Option<String>, group: Option<u32>) {
        let Some(address) = address else { return };
        let kind = tag.attribute("type").filter(|kind| !kind.is_empty());
        self.media.push(Enclosure {
            address,
            kind: kind.or_else(|| tag.attribute("medium")).unwrap_or_default(),
            title: tag.attribute("title").unwrap_or_default(),
            group,
            is_default: tag
                .attribute("isdefault")
                .is_some_and(|told| told == "true"),
        });
    }
}

fn content<'text>(parser: &mut Parser<'text>, tag: &Tag<'text>, vocabulary: Vocabulary) -> Content {
    let inner = parser.inner(tag);
    Content::of(tag, &inner, vocabulary, &parser.entities)
}

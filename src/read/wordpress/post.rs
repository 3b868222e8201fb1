//! An item of an export as an entry.

use super::blocks;
use super::footnotes;
use super::shortcodes::Context;
use super::site::Site;
use crate::model::{Entry, Head, Markup, WrittenTime};
use crate::read::feed::identity;
use crate::read::feed::names::{Name, Vocabulary};
use crate::read::feed::once::{Once, holds_boundary};
use crate::read::feed::parser::{Parser, Tag, nonblank};
use crate::read::feed::text::{escaped, title_of_rss};
use crate::read::feed::tokens::plain_text;
use crate::read::{Loaded, Locator, PassedOver, ReadOptions, Source};
use memchr::memchr_iter;

/// What came of an item.
pub(super) enum Parsed {
    Entry(Box<Loaded>),
    /// An entry that is more than one, since what parted them is lost.
    Joined(Box<Loaded>),
    PassedOver(PassedOver),
    /// The bytes are none.
    Broken,
}

/// What an item holds, as written there.
#[derive(Debug, Default)]
struct Post {
    number: u64,
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    kind: String,
    status: String,
    password: Option<String>,
    author: Option<String>,
    /// Those that a plug-in adds.
    more_authors: Vec<String>,
    tags: Vec<String>,
    language: Option<String>,
    content: String,
    content_start: usize,
    excerpt: Option<String>,
    published: Times,
    updated: Times,
    picture: Option<u64>,
    /// The notes of the editor of blocks, as the post holds them.
    notes: String,
    /// What stands in an item once.
    once: Once,
}

/// A time as the export has it: in UTC, and in the site's own zone, which it does not name.
#[derive(Debug, Default)]
struct Times {
    universal: Option<WrittenTime>,
    feed: Option<WrittenTime>,
    local: Option<WrittenTime>,
}

impl Times {
    fn surest(&self) -> Option<WrittenTime> {
        self.universal.or(self.feed).or(self.local)
    }
}

impl Site {
    /// Parses an item.
    pub(super) fn post(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Parsed {
        let (text, warnings) = self.charset.text(bytes, options, source.path());
        let warnings = warnings
            .into_iter()
            .map(|warning| at.placed(warning))
            .collect();
        let mut parser = Parser::new(&text);
        parser.namespaces = self.namespaces.clone();
        if !text.starts_with('<') || parser.next_start().is_none() {
            return Parsed::Broken;
        }
        let mut post = Post::default();
        while let Some(tag) = parser.next_start() {
            post.add(&mut parser, &tag);
        }
        let tells_nothing = post.kind.is_empty() && post.passed_over() == Some(PassedOver::Other);
        if tells_nothing || !is_word(&post.kind) || !is_word(&post.status) {
            return Parsed::Broken;
        }
        if let Some(kind) = post.passed_over() {
            return Parsed::PassedOver(kind);
        }
        let is_joined = post.once.is_twice() || holds_boundary(&text);
        let entry = self.entry(post, &text, source, at);
        let loaded = Box::new(Loaded { entry, warnings });
        match is_joined {
            true => Parsed::Joined(loaded),
            false => Parsed::Entry(loaded),
        }
    }

    fn entry(&self, post: Post, text: &str, source: &dyn Source, at: &Locator) -> Entry {
        let context = Context {
            site: self,
            post: post.number,
        };
        let before = text
            .as_bytes()
            .get(..post.content_start)
            .unwrap_or_default();
        let lines = u32::try_from(memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX);
        let site = self
            .home
            .as_deref()
            .or(self.title.as_deref())
            .unwrap_or_default();
        let (id, address) = identity(post.id, post.link, Some(false), site);
        let author = post.author.map(|login| escaped(&self.author(&login)));
        let picture = post.picture.and_then(|number| self.attachment(number));
        Entry {
            head: Head {
                path: source.path().to_owned(),
                item: at.item(),
                line: at.line,
                folders: source.folders().to_vec(),
                id,
                title: post.title,
                address,
                source: self.title.clone(),
                published: post.published.surest(),
                updated: post.updated.surest(),
                authors: match post.more_authors.is_empty() {
                    true => author.into_iter().collect(),
                    false => post.more_authors,
                },
                tags: post.tags,
                language: post.language.or_else(|| self.language.clone()),
                summary: post.excerpt,
                picture: picture.map(|picture| picture.address.clone()),
                ..Head::default()
            },
            body_line: at.line.saturating_add(lines),
            markup: Markup::Article(
                blocks::html(&post.content, &context) + &footnotes::html(&post.notes),
            ),
            resources: source.resources(),
        }
    }
}

impl Post {
    fn add<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let Name(vocabulary, name) = parser.namespaces.name(tag);
        match (vocabulary, name.as_str()) {
            (Vocabulary::Content, "encoded") => {
                let inner = parser.inner(tag);
                self.content = inner.text(&parser.entities);
                self.content_start = inner.start;
            }
            (Vocabulary::Excerpt, "encoded") => {
                let text = plain_text(&parser.text(tag));
                self.excerpt = nonblank(&escaped(&text));
            }
            (Vocabulary::WordPress, name) => self.add_own(parser, tag, name),
            (Vocabulary::Rss, "title") => {
                self.title = nonblank(&title_of_rss(parser.text(tag)));
            }
            (Vocabulary::Rss, "link") => self.link = nonblank(&parser.text(tag)),
            (Vocabulary::Rss, "guid") => {
                self.id = nonblank(&parser.text(tag));
                self.once.note("guid", self.id.as_deref());
            }
            (Vocabulary::Rss, "pubdate") => {
                self.published.feed = WrittenTime::parse(parser.text(tag).trim());
            }
            (Vocabulary::DublinCore, "creator") => self.author = nonblank(&parser.text(tag)),
            (Vocabulary::Rss, "category") => self.add_category(parser, tag),
            _ => {
                parser.inner(tag);
            }
        }
    }

    fn add_own<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>, name: &str) {
        if name == "postmeta" {
            let inner = parser.inner(tag);
            let child = |name| parser.children_in(&inner, name).into_iter().next();
            let value = || child("meta_value");
            match child("meta_key").as_deref() {
                Some("_thumbnail_id") => self.picture = value().and_then(|text| text.parse().ok()),
                Some(footnotes::KEY) => self.notes = value().unwrap_or_default(),
                _ => {}
            }
            return;
        }
        if name == "comment" {
            parser.inner(tag);
            return;
        }
        let text = parser.text(tag);
        let text = text.trim();
        match name {
            "post_id" => {
                self.once.note("id", Some(text));
                self.number = text.parse().unwrap_or_default();
            }
            "post_type" => self.kind = text.to_owned(),
            "status" => self.status = text.to_owned(),
            "post_password" => self.password = nonblank(text),
            "post_date" => self.published.local = WrittenTime::parse(text),
            "post_date_gmt" => self.published.universal = universal(text),
            "post_modified" => self.updated.local = WrittenTime::parse(text),
            "post_modified_gmt" => self.updated.universal = universal(text),
            _ => {}
        }
    }

    /// Categories, tags, and what plug-ins keep among them: further authors, the language.
    fn add_category<'text>(&mut self, parser: &mut Parser<'text>, tag: &Tag<'text>) {
        let name = nonblank(&parser.text(tag));
        let slug = tag.attribute("nicename").unwrap_or_default();
        match tag.attribute("domain").as_deref() {
            None | Some("category" | "post_tag" | "tag") => {
                let says_nothing = matches!(slug.as_str(), "uncategorized" | "uncategorised");
                self.tags
                    .extend(name.filter(|name| !says_nothing && !self.tags.contains(name)));
            }
            Some("author") => self.more_authors.extend(name.map(|name| escaped(&name))),
            Some("language") => self.language = nonblank(&slug),
            Some(_) => {}
        }
    }

    /// What an item is, if it is no article.
    fn passed_over(&self) -> Option<PassedOver> {
        match self.kind.as_str() {
            "" | "post" | "page" => {}
            "attachment" => return Some(PassedOver::Attachment),
            "nav_menu_item" => return Some(PassedOver::MenuItem),
            "revision" => return Some(PassedOver::Revision),
            _ => return Some(PassedOver::Other),
        }
        match self.status.as_str() {
            "draft" | "auto-draft" | "pending" => Some(PassedOver::Draft),
            "future" => Some(PassedOver::Scheduled),
            "private" => Some(PassedOver::Private),
            "trash" => Some(PassedOver::Trashed),
            _ if self.password.is_some() => Some(PassedOver::Private),
            "" | "publish" => None,
            _ => Some(PassedOver::Other),
        }
    }
}

/// Whether a text may be the name of a type or a status, which WordPress keeps to these characters; what may not
/// be told from a draft is damaged.
fn is_word(text: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || "_-".contains(c);
    text.chars().all(is_of_word)
}

/// A time in UTC; nothing where the site knows of none and writes zeros.
fn universal(text: &str) -> Option<WrittenTime> {
    WrittenTime::parse(&format!("{}Z", text.trim().replacen(' ', "T", 1)))
}

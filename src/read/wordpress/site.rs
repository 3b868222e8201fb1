//! What the posts of an export refer to: their site, the names of authors, pictures and recordings.

use crate::read::feed::charset::Charset;
use crate::read::feed::elements;
use crate::read::feed::names::{Name, Namespaces, Vocabulary};
use crate::read::feed::parser::{Parser, nonblank};
use crate::read::feed::{CodeUnits, Narrowed};
use crate::read::source::bytes_at;
use crate::read::{ReadOptions, SNIFF_LENGTH, Source};
use memchr::memmem;
use std::collections::HashMap;
use std::io;

/// The most pictures and other files that are kept, each with an address, a caption and an alternative
/// text of so many bytes: some hundreds as a rule.
const MOST_ATTACHMENTS: usize = 200_000;
const LONGEST_TEXT: usize = 1_000;

/// The most blocks that several posts show, and the longest of them in bytes.
const MOST_SHARED: usize = 2_000;
const LONGEST_SHARED: usize = 64 * 1024;

/// The most authors.
const MOST_AUTHORS: usize = 20_000;

/// A file that the site holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attachment {
    pub(super) address: String,
    pub(super) caption: String,
    pub(super) alternative: String,
}

/// A site, as its export tells of it.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) units: CodeUnits,
    pub(super) charset: Charset,
    pub(super) namespaces: Namespaces,
    pub(super) title: Option<String>,
    pub(super) home: Option<String>,
    pub(super) language: Option<String>,
    /// Names that are shown, by those that authors log in with.
    authors: HashMap<String, String>,
    attachments: HashMap<u64, Attachment>,
    /// Blocks that several posts show, by their numbers, as they were typed.
    shared: HashMap<u64, String>,
    /// The attachments of a post, by its number, in the order of the file.
    of_posts: HashMap<u64, Vec<u64>>,
}

impl Site {
    /// About how many bytes it takes.
    pub(super) fn length(&self) -> usize {
        let attachments = self
            .attachments
            .values()
            .map(|file| 150 + file.address.len() + file.caption.len() + file.alternative.len());
        let shared = self.shared.values().map(|text| 50 + text.len());
        attachments.sum::<usize>()
            + shared.sum::<usize>()
            + 48 * self.of_posts.len()
            + 100 * self.authors.len()
    }

    /// Goes over an export.
    pub(super) fn read(source: &dyn Source, options: &ReadOptions) -> io::Result<Self> {
        let first = bytes_at(source, 0, SNIFF_LENGTH)?;
        let units = CodeUnits::of(&first);
        let narrowed = Narrowed { source, units };
        let span = units.bytes_of(elements::head(&narrowed)?);
        let head = bytes_at(
            source,
            span.start,
            usize::try_from(span.length).unwrap_or(0),
        )?;
        let charset = Charset::of(units, &head, &first);
        let mut site = Site {
            units,
            charset,
            namespaces: Namespaces::default(),
            title: None,
            home: None,
            language: None,
            authors: HashMap::new(),
            attachments: HashMap::new(),
            shared: HashMap::new(),
            of_posts: HashMap::new(),
        };
        let (text, _) = charset.text(&head, options, "");
        site.read_head(&text);
        elements::items(&narrowed, &mut |place| {
            let bytes = source.bytes(units.bytes_of(place.span)).unwrap_or_default();
            // Most items are none, which is told without parsing them.
            let narrowed = units.narrowed(&bytes);
            let holds = |word: &[u8]| memmem::find(&narrowed, word).is_some();
            if holds(b"attachment") || holds(b"wp_block") {
                let (text, _) = charset.text(&bytes, options, "");
                site.add_part(&text);
            }
        })?;
        Ok(site)
    }

    fn read_head(&mut self, text: &str) {
        let mut parser = Parser::new(text);
        while let Some(tag) = parser.next_start() {
            let is_frame = ["rss", "channel"].contains(&tag.local());
            if is_frame {
                parser.namespaces.declare(&tag);
                continue;
            }
            let Name(vocabulary, name) = parser.namespaces.name(&tag);
            match (vocabulary, name.as_str()) {
                (Vocabulary::Rss, "title") => self.title = nonblank(&parser.text(&tag)),
                (Vocabulary::Rss, "link") => self.home = nonblank(&parser.text(&tag)),
                (Vocabulary::Rss, "language") => self.language = nonblank(&parser.text(&tag)),
                (Vocabulary::WordPress, "author") => {
                    let inner = parser.inner(&tag);
                    let child = |name| parser.children_in(&inner, name).into_iter().next();
                    if let (Some(login), Some(name)) =
                        (child("author_login"), child("author_display_name"))
                        && self.authors.len() < MOST_AUTHORS
                    {
                        self.authors.insert(login, name);
                    }
                }
                _ => {
                    parser.inner(&tag);
                }
            }
        }
        self.namespaces = parser.namespaces;
    }

    fn add_part(&mut self, text: &str) {
        let mut parser = Parser::new(text);
        parser.namespaces = self.namespaces.clone();
        let mut attachment = Attachment::default();
        let (mut number, mut parent) = (None, None);
        let (mut kind, mut content) = (String::new(), String::new());
        // The item itself.
        parser.next_start();
        while let Some(tag) = parser.next_start() {
            let Name(vocabulary, name) = parser.namespaces.name(&tag);
            match (vocabulary, name.as_str()) {
                (Vocabulary::WordPress, "post_type") => {
                    kind = parser.text(&tag).trim().to_owned();
                }
                (Vocabulary::WordPress, "post_id") => {
                    number = parser.text(&tag).trim().parse().ok()
                }
                (Vocabulary::WordPress, "post_parent") => {
                    parent = parser.text(&tag).trim().parse().ok();
                }
                (Vocabulary::WordPress, "attachment_url") => {
                    attachment.address = parser.text(&tag).trim().to_owned();
                }
                (Vocabulary::Content, "encoded") => content = parser.text(&tag),
                (Vocabulary::Excerpt, "encoded") => attachment.caption = short(&parser.text(&tag)),
                (Vocabulary::WordPress, "postmeta") => {
                    let inner = parser.inner(&tag);
                    let child = |name| parser.children_in(&inner, name).into_iter().next();
                    if child("meta_key").is_some_and(|key| key == "_wp_attachment_image_alt") {
                        attachment.alternative = short(&child("meta_value").unwrap_or_default());
                    }
                }
                _ => {
                    parser.inner(&tag);
                }
            }
        }
        let Some(number) = number else { return };
        if kind == "wp_block" && content.len() <= LONGEST_SHARED && self.shared.len() < MOST_SHARED
        {
            self.shared.insert(number, content);
            return;
        }
        if kind != "attachment" {
            return;
        }
        let is_usable = (1..=LONGEST_TEXT).contains(&attachment.address.len());
        if is_usable && self.attachments.len() < MOST_ATTACHMENTS {
            self.attachments.insert(number, attachment);
            if let Some(parent) = parent {
                self.of_posts.entry(parent).or_default().push(number);
            }
        }
    }

    /// The name that an author is shown by.
    pub(super) fn author(&self, login: &str) -> String {
        self.authors
            .get(login)
            .cloned()
            .unwrap_or_else(|| login.to_owned())
    }

    /// The attachment of a number.
    pub(super) fn attachment(&self, number: u64) -> Option<&Attachment> {
        self.attachments.get(&number)
    }

    /// A block that several posts show, as it was typed.
    pub(super) fn shared(&self, number: u64) -> Option<&str> {
        self.shared.get(&number).map(String::as_str)
    }

    /// The numbers of a post's attachments.
    pub(super) fn attachments_of(&self, post: u64) -> &[u64] {
        self.of_posts
            .get(&post)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}

fn short(text: &str) -> String {
    let text = text.trim();
    let end = text.floor_char_boundary(LONGEST_TEXT);
    text.get(..end).unwrap_or_default().to_owned()
}

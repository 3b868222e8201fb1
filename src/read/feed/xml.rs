//! An item of RSS 2.0 or Atom 1.0 as an entry.
//!
//! An item is parsed apart from its feed. What it takes from there (the meaning of prefixes, the
//! feed's id) is read from the feed's head.

use super::names::{Name, Namespaces, Vocabulary};
use crate::model::{Digest, Entry, Head, Markup, WrittenTime};
use crate::read::encoding::decode;
use crate::read::{Loaded, Locator, ReadOptions, Source};
use encoding_rs::Encoding;
use memchr::{memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The charset that an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let end = memmem::find(head, b"?>")?;
    let declaration = String::from_utf8_lossy(head.get(..end)?);
    let (_, rest) = declaration.split_once("encoding")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?;
    let label = label.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// Whether a file begins like a feed in XML. Catalogues of books (OPDS) are Atom too, and hold no
/// articles.
pub(super) fn is_feed(first: &[u8]) -> bool {
    let Some(tag) = root_tag(first) else {
        return false;
    };
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
    let name = tag.split(is_end).next().unwrap_or_default();
    let local = name.rsplit(|&byte| byte == b':').next().unwrap_or(name);
    matches!(local, b"rss" | b"feed") && memmem::find(tag, b"opds-spec.org").is_none()
}

/// What stands between `<` and `>` of the root element's tag. Bytes are looked at as they are, since
/// every file of an archive is asked whether it is a feed.
fn root_tag(first: &[u8]) -> Option<&[u8]> {
    let mut rest = without_mark(first);
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        rest = if rest.starts_with(b"?") {
            after(rest, b"?>")?
        } else if rest.starts_with(b"!--") {
            after(rest, b"-->")?
        } else if rest.starts_with(b"!DOCTYPE") && has_subset(rest) {
            after(after(rest, b"]")?, b">")?
        } else if rest.starts_with(b"!") {
            after(rest, b">")?
        } else {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            return rest.get(..end);
        };
    }
}

/// A file's bytes without the byte order mark that they may begin with.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

fn after<'bytes>(bytes: &'bytes [u8], text: &[u8]) -> Option<&'bytes [u8]> {
    bytes.get(memmem::find(bytes, text)? + text.len()..)
}

/// Whether a document type declaration has a part in brackets (XML 1.0, section 2.8).
fn has_subset(declaration: &[u8]) -> bool {
    let end = memchr::memchr2(b'[', b'>', declaration);
    end.and_then(|at| declaration.get(at)) == Some(&b'[')
}

/// What a feed says before its items.
pub(super) struct Channel {
    namespaces: Namespaces,
    /// What the feed is known by: its id, its address or its title.
    id: String,
    title: String,
    /// The charset that the declaration names (XML 1.0, section 4.3.3).
    encoding: Option<&'static Encoding>,
}

impl Channel {
    /// Reads a feed's head.
    pub(super) fn parse(head: &[u8]) -> Option<Self> {
        let encoding = declared(head);
        let decoded = decode(head, encoding, true);
        let text = decoded.text;
        let mut channel = Channel {
            namespaces: Namespaces::default(),
            id: String::new(),
            title: String::new(),
            encoding,
        };
        let mut parser = Parser::new(&text);
        let mut fields = Fields::default();
        while let Some(event) = parser.next() {
            let Event::Start(start) = event else { continue };
            match local(&start) {
                b"rss" | b"feed" | b"channel" => {
                    channel.namespaces.declare(&start);
                }
                _ => fields.add(&mut parser, &mut channel.namespaces, &start),
            }
        }
        channel.title = fields.title.clone().unwrap_or_default();
        let known = [fields.id, fields.link, fields.title];
        channel.id = known.into_iter().flatten().next().unwrap_or_default();
        Some(channel)
    }
}

impl super::Channel for Channel {
    fn digest(&self) -> Digest {
        let spelled = self.namespaces.spelled();
        Digest::of_parts([
            self.id.as_bytes(),
            self.title.as_bytes(),
            spelled.as_bytes(),
        ])
    }

    fn entry(
        &self,
        bytes: &[u8],
        source: &dyn Source,
        at: &Locator,
        options: &ReadOptions,
    ) -> Option<Loaded> {
        let decoded = decode(bytes, options.encoding.or(self.encoding), false);
        let mut warnings = decoded.warnings(source.path());
        for warning in &mut warnings {
            warning.item = at.item();
            let within = warning.line.map(|line| line.saturating_sub(1));
            warning.line = within.map(|line| at.line.saturating_add(line));
        }
        let text = decoded.text;
        if !text.starts_with('<') || !text.trim_end().ends_with('>') {
            return None;
        }
        let mut parser = Parser::new(&text);
        let mut namespaces = self.namespaces.clone();
        let mut fields = Fields::default();
        let Some(Event::Start(item)) = parser.next() else {
            return None;
        };
        if !matches!(local(&item), b"item" | b"entry") {
            return None;
        }
        namespaces.declare(&item);
        while let Some(event) = parser.next() {
            if let Event::Start(start) = event {
                fields.add(&mut parser, &mut namespaces, &start);
            }
        }
        Some(Loaded {
            entry: self.entry_of(fields, &text, source, at),
            warnings,
        })
    }
}

impl Channel {
    fn entry_of(&self, fields: Fields, text: &str, source: &dyn Source, at: &Locator) -> Entry {
        let Content { markup, start } = fields.content.or(fields.summary).unwrap_or_default();
        let before = text.as_bytes().get(..start).unwrap_or_default();
        let lines = u32::try_from(memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX);
        let (id, address) = identity(fields.id, fields.link, &self.id);
        Entry {
            head: Head {
                path: source.path().to_owned(),
                item: at.item(),
                line: at.line,
                folders: source.folders().to_vec(),
                id,
                title: fields.title,
                address,
                source: fields.source,
                published: fields.published.as_deref().and_then(WrittenTime::parse),
                updated: fields.updated.as_deref().and_then(WrittenTime::parse),
                authors: persons(fields.authors, &self.title),
                tags: fields.tags,
                ..Head::default()
            },
            body_line: at.line.saturating_add(lines),
            markup,
            resources: source.resources(),
        }
    }
}

/// An item's id, as far as it is one beyond its feed, and its address: the id itself where that
/// leads to the same page as the link, since it is spelled as the page was archived.
pub(super) fn identity(
    id: Option<String>,
    link: Option<String>,
    feed: &str,
) -> (Option<String>, Option<String>) {
    use crate::model::Address;
    let Some(id) = id else {
        return (None, link);
    };
    // Addresses that scrapers copied from markup hold `&amp;`, and so do ids that are made of them.
    let own = Address::parse(&id.replace("&amp;", "&")).filter(Address::is_web);
    let page = link.as_deref().and_then(Address::parse);
    match (own, page) {
        (Some(own), Some(page)) if own == page => (None, Some(id)),
        (Some(_), None) => (None, Some(id)),
        (Some(_), Some(_)) => (Some(id), link),
        (None, _) if has_scheme(&id) => (Some(id), link),
        (None, _) => (Some(format!("{feed} {id}")), link),
    }
}

/// The authors without the feed itself, which feeds name where they know of nobody: Atom has no entry
/// without an author (RFC 4287, section 4.1.2).
pub(super) fn persons(mut authors: Vec<String>, feed: &str) -> Vec<String> {
    authors.retain(|author| author != feed);
    authors
}

/// Whether an id begins like an IRI (RFC 3987), so that it is one of its own in the world.
fn has_scheme(id: &str) -> bool {
    let scheme = id.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn local<'tag>(start: &'tag BytesStart<'_>) -> &'tag [u8] {
    start.local_name().into_inner()
}

/// What an item holds, as written there.
#[derive(Default)]
struct Fields {
    id: Option<String>,
    link: Option<String>,
    title: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    tags: Vec<String>,
    source: Option<String>,
    content: Option<Content>,
    summary: Option<Content>,
}

/// A text, and where it begins in the item.
#[derive(Default)]
struct Content {
    markup: Markup,
    start: usize,
}

impl Fields {
    /// Adds what an element says, whose start tag was passed over.
    fn add(
        &mut self,
        parser: &mut Parser<'_>,
        namespaces: &mut Namespaces,
        start: &BytesStart<'_>,
    ) {
        let name = namespaces.name(start);
        let start = start.to_owned();
        match name {
            Name(Vocabulary::Atom, "link") => self.add_link(parser, &start),
            Name(Vocabulary::Rss, "link") => set(&mut self.link, parser.text(&start)),
            Name(Vocabulary::Atom, "id") | Name(Vocabulary::Rss, "guid") => {
                set(&mut self.id, parser.text(&start));
            }
            Name(Vocabulary::Atom | Vocabulary::Rss, "title") => {
                let title = parser.text(&start);
                set(&mut self.title, as_html(&start, name, title));
            }
            Name(Vocabulary::Atom, "published")
            | Name(Vocabulary::Rss, "pubDate")
            | Name(Vocabulary::DublinCore, "date") => {
                set(&mut self.published, parser.text(&start));
            }
            Name(Vocabulary::Atom, "updated") | Name(Vocabulary::DublinCoreTerms, "modified") => {
                set(&mut self.updated, parser.text(&start));
            }
            Name(Vocabulary::Atom, "author") => {
                let names = parser.named(&start, "name", namespaces);
                self.authors.extend(names.iter().map(|name| escaped(name)));
            }
            Name(Vocabulary::DublinCore, "creator") | Name(Vocabulary::Rss, "author") => {
                self.authors.extend(nonblank(parser.text(&start)));
            }
            Name(Vocabulary::Atom, "category") => self.tags.extend(
                parser
                    .attribute(&start, "term")
                    .and_then(nonblank)
                    .map(|tag| escaped(&tag)),
            ),
            Name(Vocabulary::Rss, "category") => {
                self.tags.extend(nonblank(parser.text(&start)));
            }
            Name(Vocabulary::Atom, "source") => {
                let titles = parser.named(&start, "title", namespaces);
                self.source = titles.first().map(|title| escaped(title));
            }
            Name(Vocabulary::Rss, "source") => set(&mut self.source, parser.text(&start)),
            Name(Vocabulary::Content, "encoded") | Name(Vocabulary::Atom, "content") => {
                self.content = Some(parser.content(&start, name));
            }
            Name(Vocabulary::Atom, "summary") | Name(Vocabulary::Rss, "description") => {
                self.summary = Some(parser.content(&start, name));
            }
            _ => parser.pass(&start),
        }
    }

    /// The page that an entry stands for (RFC 4287, section 4.2.7.2).
    fn add_link(&mut self, parser: &mut Parser<'_>, start: &BytesStart<'_>) {
        let relation = parser.attribute(start, "rel");
        if relation.is_none_or(|relation| relation == "alternate") {
            let address = parser.attribute(start, "href").unwrap_or_default();
            set(&mut self.link, address);
        }
        parser.pass(start);
    }
}

/// The first that is not blank counts.
fn set(field: &mut Option<String>, text: String) {
    if field.is_none() {
        *field = nonblank(text);
    }
}

fn nonblank(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A title as HTML, which titles are read as: Atom tells plain text from markup (RFC 4287, section
/// 3.1.1), RSS leaves it open.
fn as_html(start: &BytesStart<'_>, name: Name<'_>, text: String) -> String {
    let is_plain = matches!(name, Name(Vocabulary::Atom, _))
        && attribute_of(start, "type").is_none_or(|kind| kind == "text");
    if is_plain { escaped(&text) } else { text }
}

/// Plain text such that decoding character references gives it back.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

fn attribute_of(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = String::from_utf8_lossy(&attribute.value);
    let value = unescape_with(&value, resolve_predefined_entity).ok()?;
    Some(value.into_owned())
}

/// Goes over the events of a text in memory. What is not well-formed ends it.
struct Parser<'text> {
    reader: Reader<&'text [u8]>,
    text: &'text str,
}

impl<'text> Parser<'text> {
    fn new(text: &'text str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // `<link/>` and `<link></link>` are one to all that follows.
        config.expand_empty_elements = true;
        // A tag too many or too few in an item's markup costs no text: what can be read of it is.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        // Feeds of all ages write `&` as it is.
        config.allow_dangling_amp = true;
        Parser { reader, text }
    }

    fn next(&mut self) -> Option<Event<'text>> {
        match self.reader.read_event() {
            Ok(Event::Eof) | Err(_) => None,
            Ok(event) => Some(event),
        }
    }

    /// The value of an attribute.
    fn attribute(&self, start: &BytesStart<'_>, name: &str) -> Option<String> {
        attribute_of(start, name)
    }

    /// Goes behind the end of an element.
    fn pass(&mut self, start: &BytesStart<'_>) {
        self.inner(start, |_| ());
    }

    /// The text of an element without the tags in it.
    fn text(&mut self, start: &BytesStart<'_>) -> String {
        let mut text = String::new();
        self.inner(start, |event| push_text(event, &mut text));
        text
    }

    /// Goes over what is in an element to behind its end; gives the bytes that it holds.
    fn inner(
        &mut self,
        start: &BytesStart<'_>,
        mut each: impl FnMut(&Event<'text>),
    ) -> std::ops::Range<usize> {
        let begin = self.position();
        let mut end = begin;
        let mut depth = 1_usize;
        while let Some(event) = self.next() {
            match &event {
                Event::Start(inner) if inner.name() == start.name() => depth += 1,
                Event::End(inner) if inner.name() == start.name() => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            each(&event);
            end = self.position();
        }
        begin..end
    }

    /// The texts of the children of a name.
    fn named(
        &mut self,
        start: &BytesStart<'_>,
        name: &str,
        namespaces: &mut Namespaces,
    ) -> Vec<String> {
        let mut texts = Vec::new();
        let mut open: Option<String> = None;
        self.inner(start, |event| match event {
            Event::Start(inner) if namespaces.name(inner) == Name(Vocabulary::Atom, name) => {
                open = Some(String::new());
            }
            Event::End(inner) if inner.local_name().into_inner() == name.as_bytes() => {
                texts.extend(open.take().and_then(nonblank));
            }
            event => {
                if let Some(text) = &mut open {
                    push_text(event, text);
                }
            }
        });
        texts
    }

    /// The text of an article. Atom says of what kind it is (RFC 4287, section 4.1.3.3); XHTML stands
    /// there as it is.
    fn content(&mut self, start: &BytesStart<'_>, name: Name<'_>) -> Content {
        let kind = attribute_of(start, "type");
        let is_atom = matches!(name, Name(Vocabulary::Atom, _));
        let begin = self.position();
        if is_atom && kind.as_deref() == Some("xhtml") {
            let inner = self.inner(start, |_| ());
            let markup = self.text.get(inner).unwrap_or_default();
            return Content {
                markup: Markup::Article(markup.trim().to_owned()),
                start: begin,
            };
        }
        let text = self.text(start);
        let is_text = is_atom && kind.is_none_or(|kind| kind == "text" || kind == "text/plain");
        Content {
            start: begin + leading_space(&text),
            markup: if is_text {
                Markup::Text(text)
            } else {
                Markup::Article(text)
            },
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Adds the characters that an event stands for. A reference that XML does not know is left as it
/// stands: HTML may know it.
fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(characters) => push_bytes(characters, text),
        Event::CData(characters) => push_bytes(characters, text),
        Event::GeneralRef(reference) => push_reference(reference, text),
        _ => {}
    }
}

fn push_bytes(bytes: &[u8], text: &mut String) {
    let characters = String::from_utf8_lossy(bytes);
    // Line ends are those of XML (XML 1.0, section 2.11).
    if memmem::find(bytes, b"\r").is_some() {
        text.push_str(&characters.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        text.push_str(&characters);
    }
}

fn push_reference(reference: &BytesRef<'_>, text: &mut String) {
    let name = String::from_utf8_lossy(reference);
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        text.push(character);
    } else if let Some(characters) = resolve_predefined_entity(&name) {
        text.push_str(characters);
    } else {
        text.push('&');
        text.push_str(&name);
        text.push(';');
    }
}

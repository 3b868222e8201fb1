//! A mail as an entry (RFC 5322, RFC 2045 to 2049).

use super::{broken, mailbox};
use crate::error::Warning;
use crate::model::{
    Entry, Head, Markup, Resource, ResourceBytes, ResourceId, ResourceLookup, Resources,
    WrittenTime,
};
use crate::read::feed::text::escaped;
use crate::read::source::content_id;
use crate::read::source::encoding::decode;
use crate::read::xhtml::{Piece, Pieces};
use crate::read::{Loaded, Locator, ReadOptions, Source};
use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail, addrparse, parse_mail};
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Words of the link to the same text on the web, in lower case.
const WEB_VERSION: [&str; 9] = [
    "in browser",
    "in your browser",
    "view online",
    "read online",
    "web version",
    "im browser",
    "votre navigateur",
    "en línea",
    "在浏览器",
];

/// Headers of which a mail has at least one: what was saved from a mailbox may have only those of its parts.
const MARKS: [&str; 5] = ["From", "Date", "Subject", "Message-ID", "Content-Type"];

/// Reads a message without its pictures.
///
/// # Errors
/// Where it is no mail, or can't be read.
pub(super) fn read(
    source: &dyn Source,
    at: &Locator,
    options: &ReadOptions,
) -> Result<Loaded, Warning> {
    let bytes = source.bytes(at.span)?;
    let plain = of_mailbox(&bytes, at);
    // What was copied from elsewhere may begin with blanks, which would go on with a header.
    let mail = parse_mail(plain.trim_ascii_start())
        .map_err(|error| broken(source, format!("the mail can't be read: {error}")))?;
    let header = |name: &str| {
        mail.headers
            .get_first_value(name)
            .filter(|text| !text.trim().is_empty())
    };
    if MARKS.iter().all(|name| header(name).is_none()) {
        return Err(broken(source, "the file is no mail"));
    }
    let mut warnings = Vec::new();
    let markup = match text_part(&mail) {
        Some(part) => markup(part, source, at, options, &mut warnings),
        None => Markup::default(),
    };
    let sender = header("From").and_then(|from| sender(&from));
    let list = header("List-Id").and_then(|list| list_name(&list));
    let on_web = header("Archived-At").map(|link| link.trim().trim_matches(['<', '>']).to_owned());
    let head = Head {
        folders: Vec::new(),
        id: header("Message-ID").map(|id| format!("mid:{}", id.trim().trim_matches(['<', '>']))),
        title: header("Subject").map(|title| escaped(&title)),
        address: on_web
            .filter(|link| is_web(link))
            .or_else(|| web_version(&markup)),
        published: header("Date").and_then(|date| WrittenTime::parse(without_comment(&date))),
        source: list.clone().or_else(|| sender.clone()),
        authors: sender.into_iter().collect(),
        ..source.head(at)
    };
    let entry = Entry {
        head,
        body_line: at.line,
        markup,
        resources: Resources::default(),
    };
    Ok(Loaded { entry, warnings })
}

/// The message as it was before a mailbox took it in.
fn of_mailbox<'bytes>(bytes: &'bytes [u8], at: &Locator) -> std::borrow::Cow<'bytes, [u8]> {
    match at.item() {
        Some(_) => mailbox::unmarked(bytes).into(),
        None => bytes.into(),
    }
}

/// The part with the text: of several forms of one the last that is HTML, else the first.
fn text_part<'mail>(mail: &'mail ParsedMail<'mail>) -> Option<&'mail ParsedMail<'mail>> {
    let is_attachment = |part: &ParsedMail<'_>| {
        part.get_content_disposition().disposition == DispositionType::Attachment
    };
    let of_type = |kind: &str| {
        mail.parts()
            .filter(|part| {
                part.subparts.is_empty() && part.ctype.mimetype == kind && !is_attachment(part)
            })
            .find(|part| {
                part.get_body_raw()
                    .is_ok_and(|body| !body.trim_ascii().is_empty())
            })
    };
    of_type("text/html").or_else(|| of_type("text/plain"))
}

fn markup(
    part: &ParsedMail<'_>,
    source: &dyn Source,
    at: &Locator,
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Markup {
    let declared = part
        .ctype
        .params
        .get("charset")
        .map(|name| name.to_ascii_lowercase());
    let is_declared = declared.is_some_and(|name| name != "us-ascii" && name != "unknown-8bit");
    let text = match (is_declared, part.get_body(), part.get_body_raw()) {
        (true, Ok(text), _) => text,
        (_, _, Ok(bytes)) => {
            let decoded = decode(&bytes, options.encoding, false);
            let raised = decoded.warnings(source.path());
            warnings.extend(raised.into_iter().map(|warning| at.placed(warning)));
            decoded.text.into_owned()
        }
        (_, _, Err(_)) => String::new(),
    };
    match part.ctype.mimetype.as_str() {
        "text/html" => Markup::Article(text),
        _ => Markup::Text(text),
    }
}

/// The name of the first who sent it, else the mail address's own part.
fn sender(from: &str) -> Option<String> {
    let parsed = addrparse(from).ok()?;
    let name = match parsed.first()? {
        MailAddr::Single(single) => single
            .display_name
            .clone()
            .unwrap_or_else(|| single.addr.split('@').next().unwrap_or_default().to_owned()),
        MailAddr::Group(group) => group.group_name.clone(),
    };
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty()).then(|| escaped(name))
}

/// The words before the id of a list: `The Lighthouse <news.lighthouse.example>`.
fn list_name(list: &str) -> Option<String> {
    let (name, _) = list.split_once('<')?;
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty()).then(|| escaped(name))
}

/// A date without the name of the zone that some programs put in brackets behind it.
fn without_comment(date: &str) -> &str {
    date.split('(').next().unwrap_or(date).trim()
}

/// Where the same text stands on the web, as newsletters tell in their first lines.
fn web_version(markup: &Markup) -> Option<String> {
    let Markup::Article(html) = markup else {
        return None;
    };
    let mut link: Option<String> = None;
    let mut words = String::new();
    for piece in Pieces::of(html) {
        match piece {
            Piece::Start(tag) if tag.name.eq_ignore_ascii_case("a") => {
                link = tag.value("href").filter(|link| is_web(link));
                words.clear();
            }
            Piece::End(name) if name.eq_ignore_ascii_case("a") => {
                let words = words
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_lowercase();
                let found = link.take();
                if found.is_some() && WEB_VERSION.iter().any(|known| words.contains(known)) {
                    return found;
                }
            }
            Piece::Text(text) if link.is_some() => words.push_str(text),
            _ => {}
        }
    }
    None
}

fn is_web(link: &str) -> bool {
    link.starts_with("http://") || link.starts_with("https://")
}

/// The pictures that a message brings with it.
pub(super) fn pictures(source: &dyn Source, at: &Locator) -> Resources {
    Resources::new(PicturesOfMail {
        message: source.held(at.span),
        at: *at,
        path: source.path().to_owned(),
        parts: OnceLock::new(),
    })
}

struct PicturesOfMail {
    message: Arc<dyn ResourceBytes>,
    at: Locator,
    path: String,
    /// Made when the first picture is asked for.
    parts: OnceLock<Option<Arc<Parts>>>,
}

/// A message and where its parts with ids stand in it.
struct Parts {
    bytes: Vec<u8>,
    by_id: HashMap<String, Range<usize>>,
}

impl Parts {
    fn of(message: &dyn ResourceBytes, at: &Locator) -> Option<Self> {
        let bytes = message.read(crate::read::MOST_BYTES).ok()?;
        let bytes = of_mailbox(&bytes, at).trim_ascii_start().to_vec();
        let mail = parse_mail(&bytes).ok()?;
        let mut by_id = HashMap::new();
        for part in mail.parts() {
            let id = part.headers.get_first_value("Content-ID");
            let start = part.raw_bytes.as_ptr().addr();
            let start = start.checked_sub(bytes.as_ptr().addr());
            if let (Some(id), Some(start)) = (id, start) {
                let id = content_id::of_field(&id).to_owned();
                let place = start..start.saturating_add(part.raw_bytes.len());
                by_id.entry(id).or_insert(place);
            }
        }
        drop(mail);
        Some(Parts { bytes, by_id })
    }
}

impl ResourceLookup for PicturesOfMail {
    fn find(&self, reference: &str) -> Option<Resource> {
        let id = content_id::of_reference(reference)?;
        let make = || Parts::of(self.message.as_ref(), &self.at).map(Arc::new);
        let parts = self.parts.get_or_init(make).as_ref()?;
        // A part that is not there is none, so that the words in its place stand for it.
        let picture = PictureOfMail {
            place: parts.by_id.get(&*id)?.clone(),
            parts: Arc::clone(parts),
        };
        Some(Resource {
            id: ResourceId::of(format!("{} {} cid:{id}", self.path, self.at.span.start).as_bytes()),
            bytes: Arc::new(picture),
        })
    }
}

/// A part of a message.
struct PictureOfMail {
    parts: Arc<Parts>,
    place: Range<usize>,
}

impl ResourceBytes for PictureOfMail {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let invalid = |_| io::Error::from(io::ErrorKind::InvalidData);
        let bytes = self.parts.bytes.get(self.place.clone());
        let part = parse_mail(bytes.ok_or(io::ErrorKind::NotFound)?).map_err(invalid)?;
        let bytes = part.get_body_raw().map_err(invalid)?;
        match bytes.len() as u64 > most {
            true => Err(io::ErrorKind::FileTooLarge.into()),
            false => Ok(bytes),
        }
    }
}

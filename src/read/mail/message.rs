//! A mail as an entry (RFC 5322, RFC 2045 to 2049).

use super::{broken, flowed, furniture, mailbox, within};
use crate::error::Warning;
use crate::model::{Entry, Head, Markup, Resources, WrittenTime};
use crate::read::coding::words;
use crate::read::feed::text::escaped;
use crate::read::source::encoding::decode;
use crate::read::{Loaded, Locator, ReadOptions, Source, Span};
use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail, addrparse, parse_mail};

/// What Thunderbird sets in `X-Mozilla-Status` of what was deleted and is still in the mailbox.
const DELETED: u32 = 0x0008;

/// Labels of Gmail (`X-Gmail-Labels` in the mailboxes of Takeout) of what nobody keeps as an article, in small
/// letters. Where an account speaks another language, its labels do too.
const NOT_KEPT: [&str; 24] = [
    "spam",
    "trash",
    "bin",
    "draft",
    "drafts",
    "chat",
    "chats",
    "papierkorb",
    "entwürfe",
    "entwurf",
    "corbeille",
    "brouillons",
    "brouillon",
    "papelera",
    "borradores",
    "borrador",
    "cestino",
    "bozze",
    "lixeira",
    "rascunhos",
    "垃圾邮件",
    "已删除邮件",
    "草稿",
    "ゴミ箱",
];

/// Headers of which a mail has at least one: what was saved from a mailbox may have only those of its parts.
const MARKS: [&str; 5] = ["From", "Date", "Subject", "Message-ID", "Content-Type"];

/// A message that was read.
pub(super) struct Message {
    pub loaded: Loaded,
    /// Where the messages within it lie that were sent on as they are, and their lines.
    pub within: Vec<(Span, u32)>,
    /// How many of those are coded, so that they have no place of their own.
    pub coded: usize,
    /// Whether its program notes that it was deleted, or never sent.
    pub is_deleted: bool,
}

/// Reads a message without its pictures.
///
/// # Errors
/// Where it is no mail, or can't be read.
pub(super) fn read(
    source: &dyn Source,
    at: &Locator,
    options: &ReadOptions,
) -> Result<Message, Warning> {
    let bytes = source.bytes(at.span)?;
    let plain = mailbox::as_sent(&bytes, mailbox::is_mailbox(source));
    // What was copied from elsewhere may begin with blanks, which would go on with a header.
    let mail = parse_mail(plain.trim_ascii_start())
        .map_err(|error| broken(source, format!("the mail can't be read: {error}")))?;
    let header = |name: &str| header(&mail, name);
    if MARKS.iter().all(|name| header(name).is_none()) {
        return Err(broken(source, "the file is no mail"));
    }
    let mut warnings = Vec::new();
    let markup = match text_part(&mail) {
        Some(part) => markup(part, source, at, options, &mut warnings),
        None => Markup::default(),
    };
    let (markup, web_version) = match markup {
        Markup::Article(html) => {
            let (html, web_version) = furniture::hidden(&html);
            (Markup::Article(html), web_version)
        }
        other => (other, None),
    };
    let sender = header("From").and_then(|from| sender(&from));
    let list = header("List-Id").and_then(|list| list_name(&words(&list)));
    let on_web = header("Archived-At").map(|link| link.trim().trim_matches(['<', '>']).to_owned());
    let date = |text: &str| WrittenTime::parse(without_comment(text));
    let received = || {
        let received = header("Received")?;
        date(received.rsplit_once(';')?.1)
    };
    let head = Head {
        folders: Vec::new(),
        id: header("Message-ID").map(|id| format!("mid:{}", id.trim().trim_matches(['<', '>']))),
        title: header("Subject").map(|title| escaped(&words(&title))),
        address: on_web.filter(|link| is_web(link)).or(web_version),
        published: header("Date")
            .and_then(|text| date(&text))
            .or_else(received),
        source: list.clone().or_else(|| sender.clone()),
        authors: sender.into_iter().collect(),
        ..source.head(at)
    };
    let (within, coded) = within::places(&mail, &plain, &bytes, at);
    let is_deleted = header("X-Mozilla-Status")
        .and_then(|status| u32::from_str_radix(status.trim(), 16).ok())
        .is_some_and(|status| status & DELETED != 0)
        || header("X-Gmail-Labels").is_some_and(|labels| is_not_kept(&words(&labels)));
    let entry = Entry {
        head,
        body_line: at.line,
        markup,
        resources: Resources::default(),
    };
    Ok(Message {
        loaded: Loaded { entry, warnings },
        within,
        coded,
        is_deleted,
    })
}

/// Whether one of Gmail's labels says that a mail was thrown away, or never sent.
fn is_not_kept(labels: &str) -> bool {
    let labels = labels.to_lowercase();
    let mut labels = labels
        .split(',')
        .map(|label| label.trim().trim_matches('"'));
    labels.any(|label| NOT_KEPT.contains(&label))
}

/// The text of a header field as it is written, on one line.
fn header(mail: &ParsedMail<'_>, name: &str) -> Option<String> {
    let field = mail.headers.get_first_header(name)?;
    let value = decode(field.get_value_raw(), None, false).text;
    let value = value.replace(['\r', '\n'], "");
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
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
    let is_declared = declared
        .as_deref()
        .is_some_and(|name| !["us-ascii", "unknown-8bit"].contains(&name));
    // What says that it is UTF-8 and is not is read as files are.
    let is_declared = is_declared && {
        let is_utf8 = declared
            .as_deref()
            .is_some_and(|name| ["utf-8", "utf8"].contains(&name));
        !is_utf8
            || part
                .get_body_raw()
                .is_ok_and(|body| std::str::from_utf8(&body).is_ok())
    };
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
        _ => {
            let says = |name: &str, value: &str| {
                let said = part.ctype.params.get(name);
                said.is_some_and(|said| said.eq_ignore_ascii_case(value))
            };
            match says("format", "flowed") {
                true => Markup::Text(flowed::joined(&text, says("delsp", "yes"))),
                false => Markup::Text(text),
            }
        }
    }
}

/// The name of the first who sent it, else the mail address's own part.
fn sender(from: &str) -> Option<String> {
    let parsed = addrparse(from).ok()?;
    let name = match parsed.first()? {
        MailAddr::Single(single) => single
            .display_name
            .as_deref()
            .map(words)
            .unwrap_or_else(|| single.addr.split('@').next().unwrap_or_default().to_owned()),
        MailAddr::Group(group) => words(&group.group_name),
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

pub(super) fn is_web(link: &str) -> bool {
    link.starts_with("http://") || link.starts_with("https://")
}

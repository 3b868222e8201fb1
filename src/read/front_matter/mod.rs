//! The seed format behind a Jekyll front matter block, and pages behind one.

pub(super) mod author_fields;
pub(super) mod metadata;
pub(super) mod publication;
pub(super) mod yaml;

use self::yaml::{Fields, Value};
use crate::error::{Code, Warning};
use crate::model::{Entry, Format, Head, Markup};
use crate::read::archive::header::{self, is_web_address, skip_space};
use crate::read::archive::seed::{self, present};
use crate::read::markdown;
use crate::read::single::{Part, SingleArticle};
use crate::read::source::encoding::{decode, may_be_text};
use crate::read::{Confidence, Locator, Probe, Source};
use std::collections::HashSet;

/// Reads articles behind a Jekyll front matter block with the fields `title`, `date`, `author`,
/// `from` (the address), `tags` and `categories`:
///
/// ```text
/// ---
/// title: "Title"
/// from: https://example.org/address
/// tags: [ One, Two ]
/// ---
/// <!--1640915226000-->
/// [Title](https://example.org/address)
/// ------
/// ```
///
/// The header's title, address and epoch win over those of the front matter. Where there are no
/// header lines, the front matter gives title, address and date, and the rest is whatever page
/// the scraper saved: [`Markup::Page`].
pub struct FrontMatter;

static FORMAT: Format = Format {
    name: "front-matter",
    description: "Saved articles and pages behind a Jekyll front matter block",
    files: "*.md, *.html, *.txt",
    options: &["from", "encoding"],
};

impl SingleArticle for FrontMatter {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        if !may_be_text(probe.first()) {
            return Confidence::No;
        }
        let decoded = decode(probe.first(), None, probe.is_cut());
        let Some(parts) = split(&decoded.text) else {
            return Confidence::No;
        };
        if header::parse(parts.rest, parts.rest_line).is_ok() {
            return Confidence::Certain;
        }
        if header::begins(parts.rest) {
            return Confidence::Maybe;
        }
        if markdown::is_markdown(parts.rest) {
            return Confidence::No;
        }
        confidence(&parts)
    }

    fn entry(
        &self,
        text: &str,
        source: &dyn Source,
        part: Part,
        warnings: &mut Vec<Warning>,
    ) -> Option<Entry> {
        let Some(parts) = split(text) else {
            warnings.push(no_article(source.path(), 1));
            return None;
        };
        warnings.extend(parts.oddity(source.path()));
        let mut entry = match header::parse(parts.rest, parts.rest_line) {
            Ok(header) => seed::entry(&header, source, part, warnings),
            Err(fault) if header::begins(parts.rest) => {
                warnings.push(fault.warning(source.path()));
                return None;
            }
            Err(_) if parts.names_article() => page(&parts, source, part),
            Err(_) => {
                warnings.push(no_article(source.path(), 1));
                return None;
            }
        };
        add_fields(&mut entry.head, &parts.fields);
        Some(entry)
    }
}

/// A file cut at the end of its front matter.
struct Parts<'text> {
    fields: Fields,
    /// The line of the opening fence.
    line: u32,
    /// Whether the closing fence stands there.
    closed: bool,
    rest: &'text str,
    rest_line: u32,
}

impl Parts<'_> {
    /// Whether the front matter alone makes an article.
    fn names_article(&self) -> bool {
        self.fields.text("title").is_some() || self.fields.text("from").is_some()
    }

    /// The warning about what was not understood.
    fn oddity(&self, path: &str) -> Option<Warning> {
        let (message, line) = match self.fields.odd_line {
            Some(number) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let line = self.line.saturating_add(1).saturating_add(number);
                ("a line of the front matter is no `key: value`", line)
            }
            None if !self.closed => ("the front matter has no closing line `---`", self.line),
            None => return None,
        };
        Some(Warning::new(Code::FrontMatterUnreadable, message).at(path, line))
    }
}

/// Splits off the block that a file begins with. It ends at a fence; where that is missing, at
/// the first line of a header or a page, which no field begins like.
fn split(text: &str) -> Option<Parts<'_>> {
    let (text, line) = skip_space(text, 1);
    let (fence, inside) = text.split_once('\n')?;
    if fence.trim_end() != "---" {
        return None;
    }
    let block_lines = inside
        .split_inclusive('\n')
        .take_while(|line| !ends_block(line));
    let (length, count) = block_lines.fold((0, 0_u32), |(length, count), line| {
        (length + line.len(), count.saturating_add(ended(line)))
    });
    let (block, after) = inside.split_at_checked(length)?;
    let closing = after
        .split_inclusive('\n')
        .next()
        .filter(|line| is_fence(line));
    Some(Parts {
        fields: Fields::parse(block),
        line,
        closed: closing.is_some(),
        rest: closing.map_or(Some(after), |line| after.strip_prefix(line))?,
        rest_line: line
            .saturating_add(1)
            .saturating_add(count)
            .saturating_add(closing.map_or(0, ended)),
    })
}

/// One where the line is ended, so that another follows: the file's last line may not be.
fn ended(line: &str) -> u32 {
    u32::from(line.ends_with('\n'))
}

fn is_fence(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

fn ends_block(line: &str) -> bool {
    is_fence(line) || line.starts_with('<')
}

/// How sure it is that a page behind front matter is an article: those that scrapers write name
/// where they come from, the pages of the site itself do not.
fn confidence(parts: &Parts<'_>) -> Confidence {
    let fields = &parts.fields;
    let title = fields.text("title").is_some();
    match fields.text("from") {
        Some(from) if title && parts.closed && is_web_address(from) => Confidence::Certain,
        Some(_) => Confidence::Maybe,
        None if title
            && fields.text("date").is_some()
            && parts.rest.trim_start().starts_with('<') =>
        {
            Confidence::Maybe
        }
        None => Confidence::No,
    }
}

/// The entry of a page without header lines.
fn page(parts: &Parts<'_>, source: &dyn Source, part: Part) -> Entry {
    let mut head = source.head(&Locator::whole(source.length()));
    add_fields(&mut head, &parts.fields);
    let wants_text = part == Part::Whole || head.needs_text_digest();
    let (body, body_line) = skip_space(parts.rest, parts.rest_line);
    let markup = match wants_text || head.lacks_metadata() {
        true if markdown::is_markdown(body) && wants_text => {
            Markup::Article(markdown::html(body, &parts.fields))
        }
        true if !markdown::is_markdown(body) => Markup::Page(seed::markup(body)),
        _ => Markup::Article(String::new()),
    };
    Entry {
        head,
        body_line,
        markup,
        resources: source.resources(),
    }
}

/// Adds what the front matter says, where nothing said it before.
fn add_fields(head: &mut Head, fields: &Fields) {
    head.title = head.title.take().or_else(|| {
        let words = fields.text("title")?.split_whitespace();
        Some(words.collect::<Vec<_>>().join(" "))
    });
    let address = || {
        fields
            .text("from")
            .and_then(present)
            .or_else(|| metadata::address(fields))
    };
    head.address = head.address.take().or_else(address);
    let (published, updated) = metadata::times(fields);
    head.written_time = head.written_time.or(published);
    let changed = updated.filter(|_| head.header_time.is_none());
    if let (Some(published), Some(updated), None) = (head.written_time, changed, head.byline.time) {
        head.published = Some(published);
        head.updated = Some(updated);
    }
    head.authors = author_fields::authors(fields);
    head.tags = tags(fields);
}

/// Tags, then categories. Jekyll takes a plain string as words; where commas stand in it, they
/// part the tags.
pub(crate) fn tags(fields: &Fields) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for key in ["tags", "tag", "categories", "category"] {
        match fields.value(key) {
            Some(Value::List(items)) => {
                // Hexo has lists in lists: categories within others.
                let flat = items.iter().flat_map(|item| match item {
                    Value::List(inner) => inner.iter().filter_map(Value::line).collect(),
                    item => Value::line(item).into_iter().collect::<Vec<_>>(),
                });
                tags.extend(flat);
            }
            Some(Value::Text(text)) if key == "category" => tags.push(text.clone()),
            Some(Value::Text(text)) if text.contains([',', '，', '、']) => {
                tags.extend(text.split([',', '，', '、']).map(str::to_owned));
            }
            Some(Value::Text(text)) => tags.extend(text.split_whitespace().map(str::to_owned)),
            Some(Value::Mapping(_)) | None => {}
        }
    }
    distinct(tags)
}

/// The texts without blank ones and repetitions, in order.
pub(crate) fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts
        .into_iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty() && seen.insert(text.clone()))
        .collect()
}

fn no_article(path: &str, line: u32) -> Warning {
    Warning::new(
        Code::HeaderMissing,
        "the article has neither header lines nor front matter with title or address",
    )
    .at(path, line)
    .hint("give the front matter the fields title and from")
}

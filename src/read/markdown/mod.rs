//! Markdown behind front matter of any kind, or none.
//!
//! `front` splits off the metadata, `preamble` finds what the text says of itself, `rewrite` turns the
//! forms that CommonMark does not know into ones that it does, and `render` makes HTML of it all.

mod addresses;
mod attachments;
mod attributes;
mod broken_links;
mod callouts;
mod components;
mod containers;
mod front;
mod furniture;
mod indented;
mod inline;
mod kind;
mod lines;
mod listing;
mod makers;
mod marks;
mod naming;
mod outline;
mod pictures;
mod preamble;
mod programs;
mod render;
mod rewrite;
mod shield;
mod shortcodes;
mod tags;

use super::single::{Part, SingleArticle};
use super::{Confidence, Locator, Probe, Source};
use crate::error::{Code, Warning};
use crate::model::{Entry, Format, Head, Markup, Resources};
use crate::read::archive::header::{self, skip_space};
use crate::read::archive::{empty, is_about_archive};
use crate::read::front_matter;
use crate::read::front_matter::author_fields;
use crate::read::front_matter::metadata;
use crate::read::front_matter::yaml::Fields;
use crate::read::source::encoding::decode;
use attachments::Attachments;
use front::{Form, Front};
use naming::Ending;
use preamble::Preamble;
use programs::Joplin;
use render::Dialect;

/// Reads Markdown: CommonMark with tables, notes, task lists, formulas and definition lists, and the
/// marks of note programs and site generators.
///
/// The metadata is YAML between `---`, TOML between `+++`, a JSON object, Hexo's fields without an
/// opening fence, or the `Title: …` lines of Pelican and MultiMarkdown. Where there is none, the first
/// heading is the title, and the name of the file or of its folders gives the day.
pub struct Markdown;

static FORMAT: Format = Format {
    name: "markdown",
    description: "Markdown behind YAML, TOML, Hexo's or Pelican's front matter, or none",
    files: "*.md, *.markdown, *.mdx, *.qmd",
    options: &["from", "encoding"],
};

impl SingleArticle for Markdown {
    fn format(&self) -> &Format {
        &FORMAT
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        let ending = Ending::of(probe.name());
        if ending == Ending::Other || !may_be_prose(probe.first()) {
            return Confidence::No;
        }
        let decoded = decode(probe.first(), None, probe.is_cut());
        confidence(&decoded.text, probe.name(), ending)
    }

    fn entry(
        &self,
        text: &str,
        source: &dyn Source,
        part: Part,
        warnings: &mut Vec<Warning>,
    ) -> Option<Entry> {
        if text.trim().is_empty() {
            warnings.push(empty(source.path()));
            return None;
        }
        let front = front::split(text);
        warnings.extend(front.oddity.map(|(message, line)| {
            Warning::new(Code::FrontMatterUnreadable, message).at(source.path(), line)
        }));
        let told = preamble::look(front.rest);
        let head = head(&front, &told, source);
        let (body, body_line) = skip_space(told.rest, front.rest_line.saturating_add(told.lines));
        // An indented first line is code; its blanks are no part of what is skipped.
        let body = with_indent(told.rest, body);
        let stem = naming::stem(source.name());
        let around = Attachments::new(source.resources(), source.folders().len(), stem);
        let resources = Resources::new(around);
        let wants_text = part == Part::Whole || head.needs_text_digest();
        let mut html = String::new();
        if wants_text {
            let body = makers::plain(body, &front.fields);
            let body = components::shown(&body, source.name());
            html = render::html(&body, dialect(front.form, &front.fields));
            pictures::prepend(&mut html, metadata::picture(&front.fields));
            html = pictures::marked(&pictures::based(html, &front.fields));
        }
        if part == Part::Whole {
            warnings.extend(pictures::lost(&html, &resources, source.path(), body_line));
        }
        Some(Entry {
            head,
            body_line,
            markup: Markup::Article(html),
            resources,
        })
    }
}

/// Whether bytes may be a text: those that are none of UTF-16 hold no zero.
fn may_be_prose(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || !bytes.contains(&0)
}

/// Whether a text behind front matter is Markdown, and not the HTML of a saved page.
pub(super) fn is_markdown(body: &str) -> bool {
    !body.trim().is_empty() && !kind::is_html(body)
}

/// The HTML of a text behind front matter.
pub(super) fn html(body: &str, fields: &Fields) -> String {
    render::html(body, dialect(Form::Yaml, fields))
}

/// How sure a file that begins so is Markdown, and an article.
fn confidence(text: &str, name: &str, ending: Ending) -> Confidence {
    if text.trim().is_empty() || header::begins(text) {
        return Confidence::No;
    }
    let front = front::split(text);
    let fields = &front.fields;
    let behind = header::parse(front.rest, 1).is_ok() || header::begins(front.rest);
    let is_no_note = || Joplin::of(text).is_some_and(|joplin| !joplin.is_note());
    if behind || metadata::is_left_out(fields) || is_no_note() {
        return Confidence::No;
    }
    let dated = metadata::times(fields).0.is_some() || metadata::address(fields).is_some();
    let is_article = match front.form {
        Form::Nothing => false,
        Form::References => true,
        _ => metadata::title(fields).is_some() || dated,
    };
    let is_about = is_about_archive(name) || naming::is_about_project(name);
    match ending {
        Ending::Markdown if is_article && (dated || !is_about || naming::is_bundle(name)) => {
            if kind::is_html(front.rest) {
                Confidence::Maybe
            } else {
                Confidence::Certain
            }
        }
        Ending::Markdown if !is_article && !is_about && kind::is_prose(front.rest) => {
            Confidence::Maybe
        }
        Ending::Text
            if is_article && dated && front.form != Form::Lines && !kind::is_html(front.rest) =>
        {
            Confidence::Certain
        }
        _ => Confidence::No,
    }
}

/// A text from the beginning of the line that `body` begins within.
fn with_indent<'text>(text: &'text str, body: &'text str) -> &'text str {
    let skipped = text.len().saturating_sub(body.len());
    let before = text.get(..skipped).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = before.get(start..).unwrap_or_default();
    let plain = indent.chars().all(|c| matches!(c, ' ' | '\t'));
    if plain {
        text.get(start..).unwrap_or(body)
    } else {
        body
    }
}

/// What the front matter says, what the text says of itself, and what the file is called.
fn head(front: &Front<'_>, told: &Preamble<'_>, source: &dyn Source) -> Head {
    let fields = &front.fields;
    let mut head = source.head(&Locator::whole(source.length()));
    if naming::is_bundle(source.name()) {
        // The folder is the article's own, and none of a source.
        head.folders.pop();
    }
    let written = || metadata::title(fields);
    let heading = || {
        let (found, is_part) = match &told.title {
            Some(title) => (title.clone(), false),
            None => render::first_heading(told.rest)?,
        };
        // The name of a file says more of it than its first part is called.
        let name = naming::title(source).filter(|name| is_part && naming::says(name, &found));
        Some(name.unwrap_or_else(|| found.replace('&', "&amp;")))
    };
    head.title = match front.form {
        // The subject is the title of the original; the text is its translation.
        Form::References => heading().or_else(written),
        _ => written().or_else(heading),
    }
    .or_else(|| naming::title(source));
    head.address = metadata::address(fields).or_else(|| told.address.clone());
    let (published, updated) = metadata::times(fields);
    let published = published.or(told.published).or_else(|| {
        naming::date(source).or_else(|| head.title.as_deref().and_then(metadata::day_in))
    });
    head.written_time = published.or(updated);
    if updated.is_some() && published.is_some() {
        head.published = published;
        head.updated = updated;
    }
    head.language = metadata::language(fields);
    head.summary = metadata::summary(fields);
    head.authors = author_fields::authors(fields);
    if head.authors.is_empty() {
        head.authors.clone_from(&told.authors);
    }
    head.tags = front_matter::tags(fields)
        .into_iter()
        .chain(metadata::keywords(fields))
        .map(|tag| metadata::without_brackets(&tag))
        .filter(|tag| !metadata::is_mark(tag))
        .collect();
    head.tags = front_matter::distinct(std::mem::take(&mut head.tags));
    head
}

/// How the program that wrote the file shows it: note programs, Wiki.js, Hexo and issues show each
/// line end.
fn dialect(form: Form, fields: &Fields) -> Dialect {
    let has = |key: &str| fields.value(key).is_some();
    Dialect {
        breaks: form == Form::Unfenced
            || (has("dateCreated") && has("editor"))
            || (has("created") && has("source")),
    }
}

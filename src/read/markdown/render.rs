//! From Markdown to the HTML that cleaning takes.

use super::lines::bounded;
use super::listing::Listing;
use super::rewrite::rewritten;
use super::shield::options;
use super::tags::without_variables;
use crate::read::feed::tokens::escaped_markup;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html,
};
use std::collections::{HashMap, HashSet};

/// How a text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Dialect {
    /// Whether each line end is one that the reader sees, as note programs, wikis and Hexo have it.
    pub(in crate::read) breaks: bool,
}

/// The HTML of a text.
pub(in crate::read) fn html(text: &str, dialect: Dialect) -> String {
    let text = rewritten(text);
    let mut render = Render::default();
    for event in Parser::new_ext(&text, options()) {
        render.take(event, dialect);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, render.finish().into_iter());
    out
}

/// Takes the events and changes what the cleaner would not understand.
#[derive(Default)]
struct Render<'text> {
    events: Vec<Event<'text>>,
    /// Where what is under way began: the text of notes waits for the end.
    notes: Notes<'text>,
    /// The places of the headings that are open: the first event.
    heading: Option<usize>,
    ids: HashMap<String, usize>,
    /// How many links are open that lead nowhere.
    unlinked: usize,
    /// Whether the listing that is open has a caption.
    is_captioned: bool,
}

#[derive(Default)]
struct Notes<'text> {
    /// Labels in the order in which they are referred to.
    order: Vec<CowStr<'text>>,
    numbers: HashMap<CowStr<'text>, usize>,
    texts: HashMap<CowStr<'text>, Vec<Event<'text>>>,
    referred: HashSet<usize>,
    /// Labels in the order in which their texts stand.
    defined: Vec<CowStr<'text>>,
    /// What was under way when a note's text began.
    open: Vec<(CowStr<'text>, Vec<Event<'text>>)>,
}

impl<'text> Notes<'text> {
    fn number(&mut self, label: &CowStr<'text>) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.order.push(label.clone());
        self.numbers.insert(label.clone(), self.order.len());
        self.order.len()
    }
}

impl<'text> Render<'text> {
    fn take(&mut self, event: Event<'text>, dialect: Dialect) {
        match event {
            Event::SoftBreak if dialect.breaks && self.heading.is_none() => {
                self.events.push(Event::HardBreak);
            }
            Event::InlineMath(formula) => self.formula("math-inline", "$", &formula),
            Event::DisplayMath(formula) => self.formula("math-display", "$$", &formula),
            Event::TaskListMarker(done) => {
                let sign = if done { "☑ " } else { "☐ " };
                self.events.push(Event::Text(sign.into()));
            }
            Event::FootnoteReference(label) => self.refer(&label),
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            event => self.events.push(event),
        }
    }

    fn start(&mut self, tag: Tag<'text>) {
        let tag = match tag {
            Tag::FootnoteDefinition(label) => {
                let outer = std::mem::take(&mut self.events);
                self.notes.open.push((label, outer));
                return;
            }
            Tag::Link {
                link_type,
                ref dest_url,
                ..
            } if link_type != LinkType::Email && leads_nowhere(dest_url) => {
                self.unlinked += 1;
                return;
            }
            Tag::Heading { .. } => {
                self.heading = Some(self.events.len());
                tag
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => self.listing(&info),
            tag => plain(tag),
        };
        self.events.push(Event::Start(tag));
    }

    /// The beginning of a fenced listing, below its title.
    fn listing(&mut self, info: &str) -> Tag<'text> {
        let listing = Listing::of(info);
        self.is_captioned = listing.title.is_some();
        if let Some(title) = listing.title {
            let title = escaped_markup(title);
            let html = format!("<figure><figcaption>{title}</figcaption>\n");
            self.events.push(Event::Html(html.into()));
        }
        let language = listing.language.to_owned();
        Tag::CodeBlock(CodeBlockKind::Fenced(language.into()))
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::FootnoteDefinition => {
                if let Some((label, outer)) = self.notes.open.pop() {
                    let text = std::mem::replace(&mut self.events, outer);
                    self.notes.defined.push(label.clone());
                    self.notes.texts.entry(label).or_default().extend(text);
                }
            }
            TagEnd::CodeBlock => {
                self.events.push(Event::End(end));
                if std::mem::take(&mut self.is_captioned) {
                    self.events.push(Event::Html("</figure>\n".into()));
                }
            }
            TagEnd::Link if self.unlinked > 0 => self.unlinked -= 1,
            TagEnd::Image => {
                self.drop_size();
                self.events.push(Event::End(end));
            }
            TagEnd::Heading(_) => {
                self.events.push(Event::End(end));
                self.settle_heading();
            }
            end => self.events.push(Event::End(end)),
        }
    }

    /// Gives a heading the id that links within the text lead to, as GitHub makes it. One above tabs is
    /// not shown.
    fn settle_heading(&mut self) {
        let Some(start) = self.heading.take() else {
            return;
        };
        let inside = self.events.get(start..).unwrap_or_default();
        let slug = slug(inside);
        let Some(Event::Start(Tag::Heading { id, classes, .. })) = self.events.get_mut(start)
        else {
            return;
        };
        if classes.iter().any(|class| &**class == "tabset") {
            self.events.truncate(start);
            return;
        }
        if id.is_none() && !slug.is_empty() {
            let count = self.ids.entry(slug.clone()).or_default();
            *id = Some(match *count {
                0 => slug.into(),
                number => format!("{slug}-{number}").into(),
            });
            *count += 1;
        }
    }

    /// `![text|300](…)` of note programs: a width is no word.
    fn drop_size(&mut self) {
        if let Some(Event::Text(text)) = self.events.last_mut()
            && let Some((words, size)) = text.rsplit_once('|')
            && !size.is_empty()
            && size.chars().all(|c| c.is_ascii_digit() || c == 'x')
        {
            *text = words.to_owned().into();
        }
    }

    /// A formula as TeX: its text stays whole, between the signs that set it apart.
    fn formula(&mut self, class: &str, sign: &str, formula: &str) {
        // GitHub and GitLab let a formula stand in code's marks.
        let inside = formula
            .strip_prefix('`')
            .and_then(|rest| rest.strip_suffix('`'));
        let formula = inside.unwrap_or(formula);
        self.events.push(Event::InlineHtml(
            format!("<span class=\"math {class}\">").into(),
        ));
        self.events
            .push(Event::Text(format!("{sign}{formula}{sign}").into()));
        self.events.push(Event::InlineHtml("</span>".into()));
    }

    fn refer(&mut self, label: &CowStr<'text>) {
        let number = self.notes.number(label);
        let place = match self.notes.referred.insert(number) {
            true => format!(" id=\"fnref-{number}\""),
            false => String::new(),
        };
        let html = format!("<sup><a href=\"#fn-{number}\"{place}>{number}</a></sup>");
        self.events.push(Event::InlineHtml(html.into()));
    }

    /// All events, the notes as a list at the end, in the order of their numbers; those that nothing
    /// refers to come last.
    fn finish(mut self) -> Vec<Event<'text>> {
        let labels = std::mem::take(&mut self.notes.defined);
        for label in &labels {
            self.notes.number(label);
        }
        if labels.is_empty() {
            return self.events;
        }
        let html = |html: String| Event::Html(html.into());
        self.events.push(Event::Rule);
        let open = "<section class=\"footnotes\" data-footnotes=\"\"><ol>";
        self.events.push(html(open.to_owned()));
        for (number, label) in (1..).zip(&self.notes.order) {
            let mut text = self.notes.texts.remove(label).unwrap_or_default();
            if self.notes.referred.contains(&number) {
                let back =
                    format!(" <a href=\"#fnref-{number}\" class=\"data-footnote-backref\">↩</a>");
                let last = matches!(text.last(), Some(Event::End(TagEnd::Paragraph)));
                text.insert(
                    text.len() - usize::from(last),
                    Event::InlineHtml(back.into()),
                );
            }
            self.events.push(html(format!("<li id=\"fn-{number}\">")));
            self.events.append(&mut text);
            self.events.push(html("</li>".to_owned()));
        }
        self.events.push(html("</ol></section>".to_owned()));
        self.events
    }
}

/// Whether a link leads to a file of the archive, which no output has: relative paths. Those from a
/// site's root are left to what the article's address says.
fn leads_nowhere(reference: &str) -> bool {
    let reference = without_variables(reference);
    !reference.is_empty() && !reference.starts_with(['/', '#', '?']) && !has_scheme(reference)
}

/// Whether a reference begins with the scheme of an address.
pub(super) fn has_scheme(reference: &str) -> bool {
    let first = reference.split(['/', '?', '#']).next().unwrap_or_default();
    first.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// A tag whose reference does not begin with the site's variables.
fn plain(mut tag: Tag<'_>) -> Tag<'_> {
    if let Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } = &mut tag {
        let shorter = without_variables(dest_url);
        if shorter.len() < dest_url.len() {
            *dest_url = shorter.to_owned().into();
        }
    }
    tag
}

/// The id of a heading: letters, digits and hyphens of its text.
fn slug(events: &[Event<'_>]) -> String {
    let mut slug = String::new();
    for event in events {
        if let Event::Text(text) | Event::Code(text) = event {
            for c in text.chars().flat_map(char::to_lowercase) {
                if c.is_alphanumeric() || c == '_' || c == '-' {
                    slug.push(c);
                } else if c == ' ' {
                    slug.push('-');
                }
            }
        }
        if slug.len() > 200 {
            break;
        }
    }
    slug
}

/// The heading that may name a text: its first of the first level, else the first of any level that stands
/// near the beginning. As plain text, with whether it only names a part, since more of its level follow.
pub(super) fn first_heading(text: &str) -> Option<(String, bool)> {
    let headings = headings(text);
    let first = headings
        .iter()
        .find(|heading| heading.level == HeadingLevel::H1);
    let first = first.or_else(|| headings.iter().find(|heading| heading.is_near))?;
    let is_alike = |heading: &&Heading| heading.level <= first.level;
    let is_part = headings.iter().filter(is_alike).count() > 1;
    Some((first.title.clone(), is_part))
}

struct Heading {
    level: HeadingLevel,
    title: String,
    /// Whether at most some blocks stand before it.
    is_near: bool,
}

/// The headings of a text that are not blank.
fn headings(text: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut blocks = 0_usize;
    let mut open: Option<(HeadingLevel, String)> = None;
    let text = bounded(text);
    for event in Parser::new_ext(&text, options()) {
        match event {
            Event::Start(Tag::Heading { level, classes, .. })
                if !classes.iter().any(|class| &**class == "tabset") =>
            {
                open = Some((level, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = open.take().filter(|(_, title)| !title.trim().is_empty());
                found.extend(heading.map(|(level, title)| Heading {
                    level,
                    title: line(&title),
                    is_near: blocks < 3,
                }));
                blocks += 1;
            }
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Table) => blocks += 1,
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title)) = &mut open {
                    title.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, title)) = &mut open {
                    title.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

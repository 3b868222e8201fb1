//! Cleaning of the text: untrusted markup becomes the model's tree.
//!
//! One parse (`parse`), one walk over the tree (`walk`, `builder`, `line`), then small passes over
//! the blocks: captions, duplicate figures, endings, lines, headings. Parts of a page that are not the article are
//! found before the walk (`omit`, `page`).

mod formulas;
mod hidden;
pub(in crate::clean) mod metadata;
pub(in crate::clean) mod page;
mod parse;
mod passes;
mod walk;

use super::boilerplate::{Boilerplate, Ends};
use super::dates::{DateSource, Dates};
use super::{Removed, RemovedPicture};
use crate::error::{Code, Warning};
use crate::model::{
    Address, Block, Body, CleanText, Markup, Resources, ShownResources, Site, Sites, plain_text,
};
use page::omit;
pub use page::omit::is_selector;
pub(in crate::clean) use parse::Parsed;
use parse::contents::Contents;
use parse::lines;
use parse::tree::NodeRef;
pub(in crate::clean) use passes::captions::show_alternatives;
use passes::{
    captions, duplicate_figures, endings, headings, listings, neighbours, notes, notices, places,
    spans,
};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use walk::draft::Draft;
use walk::line::phrases;
use walk::links::Links;
use walk::links::notes::Notes;
use walk::lists::join_lists;
use walk::pictures::Pictures;
use walk::pictures::backgrounds::Backgrounds;
use walk::pictures::candidates;
use walk::{Omitted, Walk};
use walk::{boxes, draft, links};

/// How many blocks at the beginning of a text may stand above a heading that repeats its title.
const MOST_ABOVE_TITLE: usize = 8;

/// How long a paragraph is from which on the text has begun, in bytes.
const PROSE: usize = 80;

/// What the cleaning of a text needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The article's address: references are relative to it.
    pub address: Option<&'a Address>,
    /// The article's title: a first heading that repeats it is not part of the text.
    pub title: &'a str,
    /// Facts about sites.
    pub sites: &'a Sites,
    /// What the archive brings with the article.
    pub resources: &'a Resources,
    /// The file, for warnings.
    pub path: &'a str,
    /// The line on which the markup begins, for warnings.
    pub line: u32,
    /// What becomes of what the source puts at the ends of its articles.
    pub notices: Notices<'a>,
}

/// What becomes of what a source puts at the ends of its articles.
#[derive(Clone, Copy, Debug)]
pub enum Notices<'a> {
    /// It stays.
    Kept,
    /// It stays, and the ends are told, so that it can be learnt: [`Text::ends`].
    Told,
    /// What was learnt is removed.
    Removed(&'a Boilerplate),
}

/// A clean text, and what became of the rest.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text.
    pub blocks: Body,
    /// The way to the bytes of the pictures that came with it.
    pub resources: ShownResources,
    /// The agencies that the text ended with.
    pub credit: Option<CleanText>,
    /// The statement of rights that the text ended with.
    pub rights: Option<CleanText>,
    /// Visible text that is not the article, by the rule that removed it.
    pub removed: Vec<Removed>,
    /// Pictures that no reader is meant to see, by the rule that removed them.
    pub removed_pictures: Vec<RemovedPicture>,
    /// The selectors of the site's facts that matched something.
    pub selectors: Vec<String>,
    /// The lines at both ends, where they are asked for.
    pub ends: Option<Ends>,
    /// What was lost or guessed.
    pub warnings: Vec<Warning>,
}

/// Whether the byline of a page was read, so that it need not stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clean) struct Byline {
    /// Whether anybody is named; else what the page says of its author stays.
    pub author: bool,
    /// Whether it is dated.
    pub date: bool,
}

impl Byline {
    /// Nothing in it is missed.
    pub(in crate::clean) const READ: Byline = Byline {
        author: true,
        date: true,
    };

    /// What became of the byline of an article by these authors.
    pub(in crate::clean) fn of(authors: &[CleanText], dates: &Dates) -> Self {
        let told = |(_, source)| source != DateSource::Saved;
        Byline {
            author: !authors.is_empty(),
            date: dates.published.is_some_and(told),
        }
    }
}

impl Text {
    /// Sets a picture before a text that shows none: an address as written.
    pub(in crate::clean) fn lead_in(&mut self, picture: &str, context: &Context<'_>) {
        if self.blocks.is_empty() || !self.blocks.images().is_empty() {
            return;
        }
        let address = picture.replace('&', "&amp;").replace('"', "&quot;");
        let lead = body(
            &Markup::Article(format!("<p><img src=\"{address}\"></p>")),
            context,
        );
        if lead.blocks.images().is_empty() {
            return;
        }
        let blocks = [lead.blocks.blocks(), self.blocks.blocks()].concat();
        (self.blocks, _) = Body::flattened(blocks);
        self.resources = lead.resources;
    }
}

/// Cleans a text.
pub fn body(markup: &Markup, context: &Context<'_>) -> Text {
    body_with(markup, &parsed(markup), context, Byline::READ)
}

/// A text as its parser understands it.
pub(in crate::clean) fn parsed(markup: &Markup) -> Parsed {
    let html = match markup {
        Markup::Article(html) | Markup::Page(html) => Cow::Borrowed(html.as_str()),
        Markup::Text(text) => Cow::Owned(lines::as_html(text)),
    };
    parse::parse(&html)
}

/// The same for a text that is parsed, of a page whose byline nobody may have read.
pub(in crate::clean) fn body_with(
    markup: &Markup,
    parsed: &Parsed,
    context: &Context<'_>,
    byline: Byline,
) -> Text {
    let root = parsed.html.tree.root();
    let contents = Contents::of(root);
    let site = context
        .address
        .and_then(|address| context.sites.site_of(address));
    let links = Links::new(root, context.address);
    let pictures = pictures(root, contents, context, site);
    let left_out = left_out(markup, parsed, contents, context, byline, site);
    let notes = Notes::new(root, &links);
    let LeftOut { omitted, .. } = left_out;
    let walk = Walk::new(links, notes, pictures, omitted, left_out.keep_pictures);
    let walked = walk.run(root, contents);
    let mut removed = walked.removed;
    let Passed {
        drafts,
        endings,
        ends,
    } = pass(walked.drafts, context, &mut removed);
    // The builder bounds the depth; should a pass go beyond it, the rest is unwrapped.
    let (blocks, flattened) = Body::flattened(draft::blocks(drafts));
    let losses = Losses {
        is_cut: parsed.cut || walked.cut || flattened,
        is_crowded: parsed.crowded,
        is_formula_flat: walked.flattened,
    };
    Text {
        blocks,
        resources: walked.resources,
        credit: endings.credit,
        rights: endings.rights,
        removed,
        removed_pictures: walked.removed_pictures,
        selectors: left_out.selectors,
        ends,
        warnings: losses.warnings(context),
    }
}

/// The parts of a page that are not the article.
struct LeftOut {
    omitted: Omitted,
    /// Those whose pictures are the article's.
    keep_pictures: parse::tree::NodeSet,
    /// The selectors of the site that matched.
    selectors: Vec<String>,
}

fn left_out(
    markup: &Markup,
    parsed: &Parsed,
    contents: Contents,
    context: &Context<'_>,
    byline: Byline,
    site: Option<&Site>,
) -> LeftOut {
    let root = parsed.html.tree.root();
    let omit::Named {
        mut omitted,
        selectors,
    } = omit::named(&parsed.html, site);
    let hidden = hidden::find(root);
    for (node, rule) in hidden.omitted {
        omitted.entry(node).or_insert(rule);
    }
    let is_whole = || contents.navigation && page::is_whole(root);
    if matches!(markup, Markup::Page(_)) || is_whole() {
        page::leave_out(parsed, context.title, &mut omitted, byline, &hidden.article);
    }
    LeftOut {
        omitted,
        keep_pictures: hidden.keep_pictures,
        selectors,
    }
}

fn pictures<'page>(
    root: NodeRef<'page>,
    contents: Contents,
    context: &Context<'page>,
    site: Option<&'page Site>,
) -> Pictures<'page> {
    Pictures {
        sites: context.sites,
        site,
        resources: context.resources,
        met: RefCell::default(),
        shared: match contents.later_pictures {
            true => candidates::shared(root),
            false => HashSet::new(),
        },
        backgrounds: match contents.sheets {
            true => Backgrounds::of(root),
            false => Backgrounds::default(),
        },
        has_copies: contents.noscripts,
        is_text_wanted: matches!(context.notices, Notices::Told),
    }
}

/// What a text lost of its form on the way.
struct Losses {
    is_cut: bool,
    is_crowded: bool,
    is_formula_flat: bool,
}

impl Losses {
    fn warnings(&self, context: &Context<'_>) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |code, message: String| {
            warnings.push(Warning::new(code, message).at(context.path, context.line));
        };
        if self.is_cut {
            let message = "elements are nested deeper than the model goes; their text was kept";
            warn(Code::NestingCut, message.to_owned());
        }
        if self.is_crowded {
            let message = format!(
                "there are more than {} elements; of the rest the text was kept",
                parse::MAXIMUM_ELEMENTS
            );
            warn(Code::NestingCut, message);
        }
        if self.is_formula_flat {
            let message = "a formula became a line of text, without its fractions, roots or rows";
            warn(Code::FormulaFlattened, message.to_owned());
        }
        warnings
    }
}

/// What the passes made of the blocks.
struct Passed {
    drafts: Vec<Draft>,
    ends: Option<Ends>,
    endings: endings::Endings,
}

/// Takes the blocks through all passes.
fn pass(drafts: Vec<Draft>, context: &Context<'_>, removed: &mut Vec<Removed>) -> Passed {
    let (title, page) = (context.title, context.address);
    let mut drafts = settle(drafts);
    boxes::unwrap_whole(&mut drafts);
    settle_lines(&mut drafts, page);
    let mut gone = remove_title(&mut drafts, title, removed);
    headings::demote(&mut drafts);
    let mut drafts = headings::split(drafts);
    let ends = matches!(context.notices, Notices::Told).then(|| notices::ends(&drafts));
    if let Notices::Removed(known) = context.notices {
        // Before the statement of rights, which plug-ins write too.
        gone |= notices::remove(&mut drafts, known, removed);
    }
    let endings = endings::take(&mut drafts);
    if gone || endings.rights.is_some() || endings.credit.is_some() {
        // What is gone may have stood between a picture and its caption, or been led to.
        drafts = settle(drafts);
        settle_lines(&mut drafts, page);
    }
    boxes::unwrap_whole(&mut drafts);
    settle_headings(&mut drafts);
    while spans::unwrap_common(&mut drafts) {
        phrases::settle(&mut drafts);
        neighbours::join(&mut drafts);
        // What stood in a span may be a bold line, or begin with one.
        drafts = headings::split(drafts);
        settle_headings(&mut drafts);
    }
    captions::drop_echoes(&mut drafts);
    phrases::settle(&mut drafts);
    listings::settle(&mut drafts);
    Passed {
        drafts,
        endings,
        ends,
    }
}

/// Finds the headings, and sets them at their levels.
fn settle_headings(drafts: &mut [Draft]) {
    headings::promote(drafts);
    headings::level(drafts);
    headings::make_plain(drafts);
}

/// The passes that work within every group of blocks.
fn settle(drafts: Vec<Draft>) -> Vec<Draft> {
    join_lists(duplicate_figures::collapse(captions::attach(
        duplicate_figures::collapse(drafts),
    )))
}

/// The passes over every line of text, once it is known which lines the text has.
fn settle_lines(drafts: &mut Vec<Draft>, page: Option<&Address>) {
    // What is no note leaves a place, and nothing may lead there.
    notes::settle(drafts);
    let has_places = links::settle(drafts, page);
    neighbours::join(drafts);
    spans::settle(drafts);
    phrases::settle(drafts);
    neighbours::join(drafts);
    if has_places {
        places::settle(drafts);
    }
}

/// Removes a heading near the beginning that repeats the title. Says whether there was one.
fn remove_title(drafts: &mut Vec<Draft>, title: &str, removed: &mut Vec<Removed>) -> bool {
    let is_prose = |draft: &Draft| matches!(&draft.block, Block::Paragraph(line) if plain_text(line).len() >= PROSE);
    let repeats = |draft: &Draft| headings::repeats(draft, title);
    let first = drafts.iter().take(3).position(repeats);
    // A menu and a picture may stand above, as in books that programs make of pages.
    let above = || {
        let above = drafts.iter().take(MOST_ABOVE_TITLE);
        above.take_while(|draft| !is_prose(draft)).position(repeats)
    };
    let position = first.or_else(above);
    let Some(position) = position else {
        return false;
    };
    if let Block::Heading(heading) = drafts.remove(position).block {
        removed.push(Removed {
            rule: "title",
            text: plain_text(&heading.content).into_owned(),
        });
    }
    true
}

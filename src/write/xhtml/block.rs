//! Blocks as markup: paragraphs, headings, figures, quotations, listings.

use super::isolate::common_direction;
use super::place::is_only_places;
use super::{Serialiser, Shown, escape_text, shows_nothing, without_text};
use crate::model::{
    Address, Block, Captioned, CleanText, Embed, Figure, Heading, Image, Inline, Listing,
    plain_text,
};
use std::borrow::Cow;

impl Serialiser<'_> {
    /// Writes a block and a line feed; nothing where the block shows nothing.
    ///
    /// A place is written with the block that follows it.
    pub fn block(&mut self, block: &Block) {
        match block {
            Block::Anchor(name) => return self.places.push(name.clone()),
            Block::Paragraph(line) if is_only_places(line) => {
                let names = line.iter().filter_map(|inline| match inline {
                    Inline::Anchor(name) => Some(name.clone()),
                    _ => None,
                });
                return self.places.extend(names);
            }
            _ => {}
        }
        self.begin_at_places();
        self.shown_block(block);
        self.end_at_place();
    }

    fn shown_block(&mut self, block: &Block) {
        match block {
            Block::Anchor(_) => {}
            Block::Paragraph(content) => self.paragraph(content),
            Block::Heading(heading) => {
                self.heading(heading, None);
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Captioned(captioned) => self.captioned(captioned),
            Block::Quote(blocks) => self.quote(blocks),
            Block::List(list) => self.list(list),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Table(table) => self.table(table),
            Block::Code(listing) => self.listing(listing),
            Block::Rule => self.rule(),
            Block::Embed(embed) => self.embed(embed),
            Block::Formula(formula) => self.formula_alone(formula),
            Block::Note(note) => self.note(note),
            Block::Box(text_box) => self.text_box(text_box),
        }
    }

    pub(super) fn paragraph(&mut self, content: &[Inline]) {
        if shows_nothing(content) {
            return;
        }
        self.out.push_str("<p");
        let is_lines = self.style.classes && content.iter().any(is_broken);
        let content = self.open_line(content);
        if is_lines {
            // A style sheet can't know that a first line set in would stand beside the others.
            self.attribute("class", "lines");
        }
        self.out.push('>');
        self.line(content);
        self.out.push_str("</p>\n");
    }

    fn rule(&mut self) {
        self.out.push_str("<hr");
        self.id_attribute();
        self.out.push_str("/>\n");
    }

    /// Writes a heading with an `id` for a table of contents to lead to; gives the one that it has, which
    /// is another where links lead to the heading.
    pub fn heading_with_id(&mut self, heading: &Heading, id: &str) -> String {
        self.begin_at_places();
        let written = self.heading(heading, Some(id));
        self.end_at_place();
        written.unwrap_or_else(|| id.to_owned())
    }

    fn heading(&mut self, heading: &Heading, id: Option<&str>) -> Option<String> {
        if without_text(&heading.content) {
            self.paragraph(&heading.content);
            return None;
        }
        // The model's headings begin at the second level, below a title of the first.
        let below_title = self.style.title_level.saturating_sub(1);
        let level = heading.level.number().saturating_add(below_title);
        self.level = level.min(self.level.saturating_add(1)).min(6);
        let element = format!("h{}", self.level);
        self.out.push_str(&format!("<{element}"));
        let mut content = heading.content.as_slice();
        while let ([Inline::Anchor(name), after @ ..], None) = (content, &self.id) {
            self.id = self.new_id(name);
            content = after;
        }
        let id = self.id.take().or_else(|| id.map(str::to_owned));
        if let Some(id) = &id {
            self.attribute("id", id);
        }
        let content = self.directed(content);
        self.out.push('>');
        self.line(content);
        self.out.push_str(&format!("</{element}>\n"));
        id
    }

    /// Code runs from left to right in whatever is around it; its language is a class, as highlighters
    /// and readers have it (HTML, section 4.5.15).
    fn listing(&mut self, listing: &Listing) {
        self.out.push_str("<pre");
        self.id_attribute();
        self.out.push_str(" dir=\"ltr\"><code");
        if let Some(language) = &listing.language {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        escape_text(listing, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    fn quote(&mut self, blocks: &[Block]) {
        let (start, id) = (self.out.len(), self.id.clone());
        self.out.push_str("<blockquote");
        self.id_attribute();
        if let Some(direction) = common_direction(blocks) {
            // The line at its side stands where its lines begin.
            self.attribute("dir", direction.html());
        }
        self.out.push_str(">\n");
        let before = self.out.len();
        self.blocks(blocks);
        if self.out.len() == before {
            self.id = id;
            return self.out.truncate(start);
        }
        self.out.push_str("</blockquote>\n");
    }

    /// The blocks of a list item or a cell. A first paragraph that stands alone, or before lists
    /// only, is written without its element, as people write short items.
    pub(super) fn contents(&mut self, blocks: &[Block]) {
        match blocks.split_first() {
            Some((Block::Paragraph(line), rest)) if are_lists(rest) => {
                self.line(line);
                self.blocks(rest);
            }
            Some((Block::Note(note), [])) if self.is_bare(note) => self.contents(&note.content),
            _ => self.blocks(blocks),
        }
    }

    fn figure(&mut self, figure: &Figure) {
        // As words that stand for the picture it is one line, like those that the page gave it.
        let caption = CleanText::line(&plain_text(&figure.caption));
        match self.references.image(&figure.image) {
            Shown::Rule if caption.trim().is_empty() => {
                return self.rule();
            }
            Shown::Nothing if caption.trim().is_empty() => return,
            // What was written below stays.
            Shown::Rule | Shown::Nothing => self.open("figure", "picture"),
            Shown::Picture {
                address,
                width,
                height,
            } => {
                self.open("figure", class_of(width, height));
                let link = self.way_of(figure);
                let words = figure.image.alternative.trim();
                // A link needs a name.
                let words = match (words, &link) {
                    ("", Some(_)) => self.labels.picture,
                    (words, _) => words,
                };
                self.picture(&address, (width, height), words, link.as_deref());
            }
            Shown::Pieces(pieces) => {
                self.open("figure", "picture strip");
                let link = self.way_of(figure);
                self.pieces(&pieces, figure.image.alternative.trim(), link.as_deref());
            }
            Shown::Missing { link } => {
                self.open("figure", "picture missing");
                self.open("p", "alternative");
                let words = self.words_for_missing(&figure.image, &caption);
                let link = self.way_of(figure).or(link);
                self.linked(link.as_deref(), &words);
                self.out.push_str("</p>");
            }
        }
        self.caption(&figure.caption);
        self.out.push_str("</figure>\n");
    }

    /// The pieces of a strip; the first has the words for all.
    pub(super) fn pieces(
        &mut self,
        pieces: &[(String, u32, u32)],
        words: &str,
        link: Option<&str>,
    ) {
        for (number, (address, width, height)) in pieces.iter().enumerate() {
            let words = if number == 0 { words } else { "" };
            let link = link.filter(|_| number == 0);
            let named = match (words, link) {
                ("", Some(_)) => self.labels.picture,
                (words, _) => words,
            };
            self.picture(address, (Some(*width), Some(*height)), named, link);
        }
    }

    /// Where the picture of a figure leads.
    fn way_of(&self, figure: &Figure) -> Option<String> {
        let link = figure.link.as_ref();
        link.map(|address| self.references.link(address))
    }

    fn caption(&mut self, caption: &[Inline]) {
        if !shows_nothing(caption) {
            self.out.push_str("<figcaption");
            let caption = self.open_line(caption);
            self.out.push('>');
            self.line(caption);
            self.out.push_str("</figcaption>");
        }
    }

    /// Several blocks in one figure; without a caption only the blocks, without blocks only the caption.
    fn captioned(&mut self, captioned: &Captioned) {
        if shows_nothing(&captioned.caption) {
            return self.blocks(&captioned.blocks);
        }
        let (start, id) = (self.out.len(), self.id.clone());
        self.open("figure", "group");
        self.out.push('\n');
        let parts = self.out.len();
        self.blocks(&captioned.blocks);
        if self.out.len() == parts {
            self.out.truncate(start);
            self.id = id;
            return self.paragraph(&captioned.caption);
        }
        self.caption(&captioned.caption);
        self.out.push_str("</figure>\n");
    }

    /// What stands in a missing picture's place: its alternative text, unless the caption says that
    /// too, else the site that it was on.
    pub(super) fn words_for_missing(&self, image: &Image, caption: &str) -> String {
        let label = self.labels.picture;
        let alternative = image.alternative.trim();
        let host = image.source.origin().and_then(Address::shown_host);
        let words = match alternative {
            "" => host.as_deref(),
            said if caption.contains(said) => host.as_deref(),
            words => Some(words),
        };
        match words {
            Some(words) => format!("{label}{}{words}", self.labels.colon),
            None => label.to_owned(),
        }
    }

    /// A film or recording: its still picture, if there is one, and a link to where it plays.
    fn embed(&mut self, embed: &Embed) {
        let link = self.references.link(&embed.address);
        let title = embed.title.trim();
        let host = || embed.address.shown_host();
        let name = match title {
            "" => host().unwrap_or(Cow::Borrowed(embed.address.as_str())),
            title => Cow::Borrowed(title),
        };
        let label = self.labels.embed(embed.kind);
        let words = format!("{label}{}{name}", self.labels.colon);
        let poster = embed
            .poster
            .as_ref()
            .map(|poster| (poster, self.references.image(poster)));
        let Some((
            poster,
            Shown::Picture {
                address,
                width,
                height,
            },
        )) = poster
        else {
            self.open("p", "embed");
            self.linked(Some(&link), &words);
            return self.out.push_str("</p>\n");
        };
        self.open("figure", "embed");
        let alternative = match poster.alternative.trim() {
            "" => words.as_str(),
            alternative => alternative,
        };
        self.picture(&address, (width, height), alternative, Some(&link));
        self.out.push_str("<figcaption>");
        self.linked(Some(&link), &words);
        self.out.push_str("</figcaption></figure>\n");
    }

    /// Text that leads somewhere, if there is somewhere to lead.
    pub(super) fn linked(&mut self, link: Option<&str>, text: &str) {
        let link = link.filter(|_| !self.in_link);
        if let Some(link) = link {
            self.out.push_str("<a");
            self.attribute("href", link);
            self.out.push('>');
        }
        self.inserted(text);
        if link.is_some() {
            self.out.push_str("</a>");
        }
    }

    /// An `img` element, in a link if one is given. Without words it is marked as decoration, for
    /// a reading system would else speak its address.
    pub(super) fn picture(
        &mut self,
        address: &str,
        (width, height): (Option<u32>, Option<u32>),
        words: &str,
        link: Option<&str>,
    ) {
        if let Some(link) = link {
            self.out.push_str("<a");
            self.attribute("href", link);
            self.out.push('>');
        }
        self.out.push_str("<img");
        self.attribute("src", address);
        self.attribute("alt", words);
        if words.is_empty() {
            self.attribute("role", "presentation");
        }
        for (name, pixels) in [("width", width), ("height", height)] {
            if let Some(pixels) = pixels.filter(|_| self.references.names_sizes()) {
                self.attribute(name, &pixels.to_string());
            }
        }
        self.out.push_str("/>");
        if link.is_some() {
            self.out.push_str("</a>");
        }
    }
}

/// The least height, in pixels, with which a picture may leave no room for a title on its page.
const HIGH: u32 = 400;

/// A picture that is about as high as wide, or higher, says so: where it leads, the title needs room
/// on its page.
fn class_of(width: Option<u32>, height: Option<u32>) -> &'static str {
    let size = width.zip(height).filter(|(_, height)| *height >= HIGH);
    let percent = size.map(|(width, height)| u64::from(height) * 100 / u64::from(width.max(1)));
    match percent.unwrap_or_default() {
        0..90 => "picture",
        90..125 => "picture square",
        125..175 => "picture tall",
        _ => "picture tower",
    }
}

/// Whether a part of a line has line breaks.
fn is_broken(inline: &Inline) -> bool {
    matches!(inline, Inline::Break) || inline.children().flatten().any(is_broken)
}

/// Whether blocks are lists, and the places that those are at.
pub(super) fn are_lists(blocks: &[Block]) -> bool {
    let is_list = |block: &Block| matches!(block, Block::List(_) | Block::Anchor(_));
    blocks.iter().all(is_list) && !matches!(blocks.last(), Some(Block::Anchor(_)))
}

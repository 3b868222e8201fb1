//! What stands in a page.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::ops::Range;
use std::path::Path;

#[derive(Default)]
pub struct Page {
    pub text: String,
    pub blocks: Vec<Block>,
    /// Where links and pictures lead.
    pub links: Vec<String>,
    /// The names by which headings can be linked to.
    pub anchors: Vec<String>,
    /// Code within lines.
    pub code: Vec<String>,
}

/// A fenced block.
pub struct Block {
    /// What stands behind the fence.
    pub kind: String,
    pub code: String,
    /// Where `code` stands in the page's text.
    pub place: Range<usize>,
}

impl Page {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let mut page = Page::default();
        let mut block: Option<Block> = None;
        let mut heading: Option<String> = None;
        let parser = Parser::new_ext(&text, Options::ENABLE_TABLES);
        for (event, place) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                    block = Some(Block {
                        kind: kind.into_string(),
                        code: String::new(),
                        place: inside_fences(&text, place),
                    });
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page
                    .anchors
                    .extend(heading.take().map(|text| anchor(&text))),
                Event::Text(part) | Event::Code(part) if heading.is_some() => {
                    heading.iter_mut().for_each(|text| text.push_str(&part));
                }
                Event::Text(part) => block.iter_mut().for_each(|block| block.code += &part),
                Event::Code(part) => page.code.push(part.into_string()),
                _ => {}
            }
        }
        page.text = text;
        page
    }
}

/// The place of a fenced block without its fences.
fn inside_fences(text: &str, place: Range<usize>) -> Range<usize> {
    let block = &text[place.clone()];
    let first = block.find('\n').map_or(block.len(), |end| end + 1);
    let last = block.trim_end().rfind('\n').map_or(0, |end| end + 1);
    place.start + first..place.start + last.max(first)
}

/// The name that readers give a heading: letters and digits in lower case, hyphens for spaces.
fn anchor(heading: &str) -> String {
    let letters = heading.to_lowercase().chars().collect::<Vec<_>>();
    let kept = letters.into_iter().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    kept.collect()
}

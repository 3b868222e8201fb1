//! Stand-in for the machinery that turns markup into blocks.

use super::Removed;
use crate::error::Warning;
use crate::model::{Address, Block, Body, CleanText, Inline, Markup, Sites};

/// The text of an article.
pub struct Text {
    /// The blocks.
    pub blocks: Body,
    /// The agencies.
    pub credit: Option<CleanText>,
    /// The rights.
    pub rights: Option<CleanText>,
    /// What was left out.
    pub removed: Vec<Removed>,
    /// What was lost.
    pub warnings: Vec<Warning>,
}

/// What is known of the article.
pub struct Context<'a> {
    /// Its address.
    pub address: Option<&'a Address>,
    /// Its title.
    pub title: &'a str,
    /// Facts about sites.
    pub sites: &'a Sites,
    /// Its file.
    pub path: &'a str,
    /// The line of its text.
    pub line: u32,
}

/// The text in one paragraph, without tags.
pub fn body(markup: &Markup, context: &Context<'_>) -> Text {
    let _ = (
        context.address,
        context.title,
        context.sites,
        context.path,
        context.line,
    );
    let mut text = String::new();
    let mut inside = false;
    for c in markup.as_str().chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    let line = CleanText::line(&text);
    let blocks = if line.is_blank() {
        Vec::new()
    } else {
        vec![Block::Paragraph(vec![Inline::Text(line)])]
    };
    Text {
        blocks: Body::new(blocks).unwrap_or_default(),
        credit: None,
        rights: None,
        removed: Vec::new(),
        warnings: Vec::new(),
    }
}

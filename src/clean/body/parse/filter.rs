//! What stands between the tokenizer and the tree builder, and leaves out what would make parsing slow: start tags
//! too deep or too many, and formatting that multiplies.

use crate::clean::body::parse::sink::DepthSink;
use crate::clean::body::parse::tree;
use html5ever::LocalName;
use html5ever::tokenizer::{EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use scraper::Html;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// How many elements may be open at once.
pub(super) const MAXIMUM_OPEN: usize = 256;

/// How many elements more than start tags formatting may make before it is stopped.
const MAXIMUM_REPEATED: usize = 50_000;

/// How many elements a text may have. One of that many has some ten megabytes, and takes a gigabyte on its
/// way to the outputs.
pub(in crate::clean::body) const MAXIMUM_ELEMENTS: usize = 500_000;

pub(super) type Builder = TreeBuilder<<DepthSink as TreeSink>::Handle, DepthSink>;

/// Stands between the tokenizer and the tree builder.
pub(super) struct Filter {
    builder: Builder,
    /// Start tags left out whose end tags are still to come.
    left_out: RefCell<HashMap<LocalName, usize>>,
    /// Formatting elements that are open as far as tags tell.
    formatting: RefCell<HashMap<LocalName, usize>>,
    start_tags: Cell<usize>,
    multiplies: Cell<bool>,
    cut: Cell<bool>,
}

impl Filter {
    pub(super) fn new(builder: Builder) -> Self {
        Filter {
            builder,
            left_out: RefCell::default(),
            formatting: RefCell::default(),
            start_tags: Cell::new(0),
            multiplies: Cell::new(false),
            cut: Cell::new(false),
        }
    }

    /// Whether elements were nested too deep and left out.
    pub(super) fn has_cut(&self) -> bool {
        self.cut.get()
    }

    /// Whether there were too many elements.
    pub(super) fn is_crowded(&self) -> bool {
        self.start_tags.get() > MAXIMUM_ELEMENTS
    }

    /// The tree that was built.
    pub(super) fn into_tree(self) -> Html {
        self.builder.sink.finish()
    }

    /// Whether a start tag reaches the tree builder.
    fn admits_start(&self, tag: &Tag, line: u64) -> bool {
        self.start_tags.set(self.start_tags.get() + 1);
        let is_full = self.start_tags.get() > MAXIMUM_ELEMENTS;
        if stands_alone(&tag.name) {
            return !is_full || holds_text_only(&tag.name);
        }
        let formats = is_formatting(&tag.name);
        if formats {
            self.stop_multiplying(line);
        }
        let is_deep = self.builder.sink.depth() >= MAXIMUM_OPEN;
        let multiplies = formats && self.multiplies.get();
        let admitted = !is_full && !is_deep && !multiplies;
        if !admitted {
            self.cut.set(self.cut.get() || is_deep || multiplies);
            *self
                .left_out
                .borrow_mut()
                .entry(tag.name.clone())
                .or_default() += 1;
        } else if formats {
            *self
                .formatting
                .borrow_mut()
                .entry(tag.name.clone())
                .or_default() += 1;
        }
        admitted
    }

    /// Whether an end tag reaches the tree builder: not, where its start tag did not.
    fn admits_end(&self, tag: &Tag) -> bool {
        if let Some(count) = self.left_out.borrow_mut().get_mut(&tag.name)
            && *count > 0
        {
            *count -= 1;
            return false;
        }
        if is_formatting(&tag.name)
            && let Some(count) = self.formatting.borrow_mut().get_mut(&tag.name)
        {
            *count = count.saturating_sub(1);
        }
        self.builder.sink.leave(&tag.name);
        true
    }

    /// Ends all open formatting elements once they have been opened anew too often.
    fn stop_multiplying(&self, line: u64) {
        let limit = 2 * self.start_tags.get() + MAXIMUM_REPEATED;
        if self.multiplies.get() || self.builder.sink.created() <= limit {
            return;
        }
        self.multiplies.set(true);
        let mut open: Vec<_> = self.formatting.take().into_iter().collect();
        open.sort();
        for (name, count) in open {
            for _ in 0..count {
                let tag = Tag {
                    kind: EndTag,
                    name: name.clone(),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                };
                let _ = self.builder.process_token(TagToken(tag), line);
            }
        }
    }
}

impl TokenSink for Filter {
    type Handle = <DepthSink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let admitted = match &token {
            TagToken(tag) if tag.kind == StartTag => self.admits_start(tag, line),
            TagToken(tag) => self.admits_end(tag),
            Token::CommentToken(_) => self.start_tags.get() <= MAXIMUM_ELEMENTS,
            _ => true,
        };
        if admitted {
            self.builder.process_token(token, line)
        } else {
            TokenSinkResult::Continue
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements without content, and those whose content is text only: they do not nest, and the
/// tokenizer must learn of the latter.
fn stands_alone(name: &LocalName) -> bool {
    holds_text_only(name) || tree::is_void(name) || &**name == "image"
}

fn holds_text_only(name: &LocalName) -> bool {
    matches!(
        &**name,
        "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
    )
}

/// The formatting elements of the HTML standard, section 13.2.4.2.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        &**name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

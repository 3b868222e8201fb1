//! The tokens of a page, handed to html5ever's tree builder as its tokenizer would: what a tree holds need not be
//! written down and read again, which takes longer than all else that is done with it.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, Doctype, DoctypeToken, EOFToken, EndTag, StartTag, Tag, TagKind, TagToken,
    Token, TokenSink,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};

/// Makes a tree of tokens.
pub(super) struct Tokens<Tree: TreeSink> {
    builder: TreeBuilder<Tree::Handle, Tree>,
    /// How many bytes the texts and values have so far.
    pub bytes: usize,
}

impl<Tree: TreeSink<Output = Tree> + Default> Tokens<Tree> {
    /// The head of a page of this title, and the beginning of its body.
    pub fn begin(title: &str) -> Self {
        let options = TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        };
        let mut tokens = Tokens {
            builder: TreeBuilder::new(Tree::default(), options),
            bytes: 0,
        };
        tokens.pass(DoctypeToken(Doctype {
            name: Some(StrTendril::from("html")),
            ..Doctype::default()
        }));
        tokens.start("html", Vec::new());
        tokens.start("head", Vec::new());
        tokens.start("title", Vec::new());
        tokens.text(StrTendril::from(title));
        tokens.end("title");
        let property = attribute("property", StrTendril::from("og:title"));
        let content = attribute("content", StrTendril::from(title));
        tokens.start("meta", vec![property, content]);
        tokens.end("head");
        tokens.start("body", Vec::new());
        tokens
    }

    /// A start tag.
    pub fn start(&mut self, name: &str, attributes: Vec<Attribute>) {
        let values = attributes.iter().map(|attribute| attribute.value.len());
        self.bytes += name.len() + values.sum::<usize>();
        self.pass(tag(StartTag, name, attributes));
    }

    /// An end tag.
    pub fn end(&self, name: &str) {
        self.pass(tag(EndTag, name, Vec::new()));
    }

    /// Text.
    pub fn text(&mut self, text: StrTendril) {
        self.bytes += text.len();
        if !text.is_empty() {
            self.pass(CharacterTokens(with_line_feeds(text)));
        }
    }

    /// The tree.
    pub fn finish(self) -> Tree {
        self.end("body");
        self.end("html");
        self.pass(EOFToken);
        self.builder.end();
        self.builder.sink.finish()
    }

    /// The content of the elements that are read as text is empty but for the title's, so that what the builder
    /// answers changes nothing.
    fn pass(&self, token: Token) {
        let _ = self.builder.process_token(token, 1);
    }
}

fn tag(kind: TagKind, name: &str, attrs: Vec<Attribute>) -> Token {
    TagToken(Tag {
        kind,
        name: LocalName::from(name),
        self_closing: false,
        attrs,
        had_duplicate_attributes: false,
    })
}

/// An attribute.
pub(super) fn attribute(name: &str, value: StrTendril) -> Attribute {
    Attribute {
        name: QualName::new(None, ns!(), LocalName::from(name)),
        value: with_line_feeds(value),
    }
}

/// A text as a parser reads it: carriage returns, which character references make, are line feeds.
fn with_line_feeds(text: StrTendril) -> StrTendril {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => StrTendril::from(text.replace("\r\n", "\n").replace('\r', "\n").as_str()),
        None => text,
    }
}

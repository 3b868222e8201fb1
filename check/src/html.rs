//! Texts of feed items, which are HTML: read as browsers do, token by token, so that no nesting
//! costs anything.

use super::Rule;
use super::reference::{is_unsafe, scheme};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that run something, ask for input, or show what is elsewhere.
const ACTIVE: [&str; 14] = [
    "applet", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link",
    "object", "script", "select", "textarea",
];
/// Attributes that hold an address.
const ADDRESSES: [&str; 8] = [
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "poster",
    "src",
];
/// The most faults of one text.
const MOST: usize = 20;

/// What is wrong with a text.
pub(super) fn faults(html: &str) -> Vec<(Rule, String)> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.faults.take()
}

#[derive(Default)]
struct Sink {
    faults: RefCell<Vec<(Rule, String)>>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.start(&tag);
                match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "iframe" | "noframes" | "xmp" => {
                        TokenSinkResult::RawData(RawKind::Rawtext)
                    }
                    "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                }
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Sink {
    fn add(&self, rule: Rule, message: String) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < MOST {
            faults.push((rule, message));
        }
    }

    fn start(&self, tag: &Tag) {
        let element = &*tag.name;
        if ACTIVE.contains(&element) {
            self.add(
                Rule::FeedActive,
                format!("the text has an element {element}"),
            );
        }
        for attribute in &tag.attrs {
            self.attribute(element, &attribute.name.local, &attribute.value);
        }
    }

    fn attribute(&self, element: &str, name: &str, value: &str) {
        if name.starts_with("on") {
            let message = format!("{element} has an event handler, {name}");
            return self.add(Rule::FeedActive, message);
        }
        if name == "style" && value.to_ascii_lowercase().contains("url(") {
            let message = format!("the style of {element} fetches something");
            return self.add(Rule::FeedActive, message);
        }
        if name == "srcset" {
            let addresses = value
                .split(',')
                .filter_map(|one| one.split_whitespace().next());
            addresses.for_each(|address| self.address(element, address));
        } else if ADDRESSES.contains(&name) {
            self.address(element, value);
        }
    }

    fn address(&self, element: &str, address: &str) {
        let bare: String = address
            .chars()
            .filter(|c| !c.is_control() && *c != ' ')
            .collect();
        match scheme(&bare) {
            Some(scheme) if is_unsafe(&scheme) => {
                let message = format!("{element} leads to {address:?}");
                self.add(Rule::FeedActive, message);
            }
            Some(_) => {}
            // A place in the same text.
            None if bare.starts_with('#') => {}
            None => {
                let message = format!("{element} has the relative address {address:?}");
                self.add(Rule::FeedAddress, message);
            }
        }
    }
}

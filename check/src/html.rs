//! Texts of feed items, which are HTML: read as browsers do, token by token, so that no nesting
//! costs anything.

use super::Rule;
use super::reference::{is_unsafe, scheme};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::HashSet;
use std::mem;

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

/// What there is to say of a text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What is wrong with it.
    pub(super) faults: Vec<(Rule, String)>,
    /// The addresses of its pictures.
    pub(super) pictures: Vec<String>,
    /// The names of its places.
    places: HashSet<String>,
    /// Where links within it lead.
    targets: Vec<String>,
}

/// Looks through a text.
pub(super) fn look(html: &str) -> Seen {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.check_targets();
    tokenizer.sink.seen.take()
}

#[derive(Default)]
struct Sink {
    seen: RefCell<Seen>,
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
        let faults = &mut self.seen.borrow_mut().faults;
        if faults.len() < MOST {
            faults.push((rule, message));
        }
    }

    /// Holds links within the text against its places. Browsers compare the name as written, then
    /// decoded; to `top` every text has a way (HTML, section 7.4.6.4).
    fn check_targets(&self) {
        let (targets, places) = {
            let mut seen = self.seen.borrow_mut();
            (mem::take(&mut seen.targets), mem::take(&mut seen.places))
        };
        for target in targets {
            let decoded = percent_decode_str(&target).decode_utf8_lossy();
            let is_there = places.contains(&target) || places.contains(&*decoded);
            if !is_there && !target.is_empty() && !target.eq_ignore_ascii_case("top") {
                let message = format!("a link leads to {target:?}, which the text does not have");
                self.add(Rule::FeedFragment, message);
            }
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
            self.remember(element, &attribute.name.local, &attribute.value);
            self.attribute(element, &attribute.name.local, &attribute.value);
        }
    }

    /// Keeps what is held against the rest of the text, or of the item.
    fn remember(&self, element: &str, name: &str, value: &str) {
        let mut seen = self.seen.borrow_mut();
        match (element, name) {
            (_, "id") | ("a", "name") => {
                seen.places.insert(value.to_owned());
            }
            ("a", "href") => seen
                .targets
                .extend(value.strip_prefix('#').map(str::to_owned)),
            ("img", "src") => seen.pictures.push(value.to_owned()),
            _ => {}
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

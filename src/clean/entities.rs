//! Character references in text that is not markup.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::borrow::Cow;
use std::cell::RefCell;

/// Decodes character references exactly once, as HTML does in text (HTML Standard, section
/// 13.2.5.72): `&quot;`, `&#x4e2d;`, `&copy` without its semicolon. What looks like a tag is text.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text.replace('<', "&lt;")));
    let options = TokenizerOpts {
        discard_bom: false,
        ..TokenizerOpts::default()
    };
    let tokenizer = Tokenizer::new(Characters::default(), options);
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    Cow::Owned(tokenizer.sink.0.into_inner())
}

/// Collects characters; there can be no tags, since no `<` is left.
#[derive(Default)]
struct Characters(RefCell<String>);

impl TokenSink for Characters {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::CharacterTokens(characters) = token {
            self.0.borrow_mut().push_str(&characters);
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        for (written, meant) in [
            ("a&amp;lt;b", "a&lt;b"),
            ("&quot;中&#x6587;&quot;", "\"中文\""),
            ("<b>x</b> ]]> &lt;i&gt;", "<b>x</b> ]]> <i>"),
            ("Procter & Gamble &", "Procter & Gamble &"),
            ("&notit; &copy 2020 &comma;", "¬it; © 2020 ,"),
            ("&#0;&#xD800;x", "\u{FFFD}\u{FFFD}x"),
            ("<!-- & --> </title>", "<!-- & --> </title>"),
        ] {
            assert_eq!(decoded(written), meant);
        }
    }
}

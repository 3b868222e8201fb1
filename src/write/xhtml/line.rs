//! A line as markup: text with its formats, links and pictures.

use super::{Serialiser, Shown, escape_text, shows_nothing, without_text};
use crate::model::{
    Image, Inline, LanguageSpan, Link, Phrase, PhraseKind, Ruby, Target, is_han, plain_text,
};

/// The longest stressed words, in characters; more are a passage.
const LONGEST_STRESS: usize = 24;

impl Serialiser<'_> {
    /// Writes a line of text without an element around it.
    pub fn line(&mut self, line: &[Inline]) {
        for inline in line {
            self.inline(inline);
        }
        self.end_place_in_line();
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) if text.is_blank() => escape_text(text, &mut self.out),
            Inline::Text(text) => self.in_place(|this| escape_text(text, &mut this.out)),
            Inline::Strong(content) => self.element("strong", content),
            Inline::Emphasis(content) => self.emphasis(content),
            Inline::Struck(content) => self.element("s", content),
            Inline::Code(text) => {
                self.out.push_str("<code");
                self.id_attribute();
                self.out.push_str(" dir=\"ltr\">");
                escape_text(text, &mut self.out);
                self.out.push_str("</code>");
            }
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.in_place(|this| this.inline_image(image)),
            Inline::Break => self.out.push_str("<br/>"),
            Inline::Subscript(content) => self.element("sub", content),
            Inline::Superscript(content) => self.element("sup", content),
            Inline::Ruby(ruby) => self.ruby(ruby),
            Inline::Span(span) => self.span(span),
            Inline::Phrase(phrase) => self.phrase(phrase),
            Inline::Anchor(name) => self.place_in_line(name),
            Inline::Formula(formula) => self.in_place(|this| this.formula(formula)),
            Inline::NoteReference(mark) => self.note_reference(mark),
        }
    }

    /// An element around a line; only the line where it shows nothing, for an empty element is
    /// noise.
    fn element(&mut self, name: &str, content: &[Inline]) {
        if shows_nothing(content) {
            return self.line(content);
        }
        self.out.push('<');
        self.out.push_str(name);
        self.id_attribute();
        self.out.push('>');
        self.line(content);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Stress. Chinese and Japanese set a dot at every character of a stressed word, which is too much for
    /// a passage and means nothing for words of another script: a style sheet can't tell them apart.
    fn emphasis(&mut self, content: &[Inline]) {
        let dotted = self.dots && !shows_nothing(content);
        let Some(class) = dotted.then(|| emphasis_class(content)).flatten() else {
            return self.element("em", content);
        };
        self.open("em", class);
        self.line(content);
        self.out.push_str("</em>");
    }

    fn link(&mut self, link: &Link) {
        let target = match &link.target {
            Target::Address(address) => Some(self.references.link(address)),
            Target::Fragment(name) => self.references.fragment(name),
        };
        let Some(target) = target.filter(|_| !self.in_link && !shows_nothing(&link.content)) else {
            return self.line(&link.content);
        };
        self.out.push_str("<a");
        self.id_attribute();
        self.attribute("href", &target);
        self.out.push('>');
        self.in_link = true;
        if without_text(&link.content) {
            self.unnamed = self.labels.picture;
        }
        self.line(&link.content);
        self.in_link = false;
        self.unnamed = "";
        self.out.push_str("</a>");
    }

    fn inline_image(&mut self, image: &Image) {
        let alternative = image.alternative.trim();
        match self.references.image(image) {
            Shown::Rule | Shown::Nothing => {}
            Shown::Picture {
                address,
                width,
                height,
            } => {
                let words = if alternative.is_empty() {
                    self.unnamed
                } else {
                    alternative
                };
                self.picture(&address, (width, height), words, None);
            }
            Shown::Pieces(pieces) => self.pieces(&pieces, alternative, None),
            Shown::Missing { link } => {
                let words = self.words_for_missing(image, "");
                self.open("span", "alternative");
                self.linked(link.as_deref(), &words);
                self.out.push_str("</span>");
            }
        }
    }

    /// Text with a gloss. Ruby does not nest, and needs both parts; else the gloss follows in
    /// parentheses.
    fn ruby(&mut self, ruby: &Ruby) {
        if shows_nothing(&ruby.annotation) {
            return self.line(&ruby.base);
        }
        if shows_nothing(&ruby.base) {
            return self.line(&ruby.annotation);
        }
        if self.in_ruby {
            self.line(&ruby.base);
            self.out.push('(');
            self.line(&ruby.annotation);
            return self.out.push(')');
        }
        self.in_ruby = true;
        self.out.push_str("<ruby");
        self.id_attribute();
        self.out.push('>');
        self.line(&ruby.base);
        // Readers without ruby show what is in `rp`.
        self.out.push_str("<rp>(</rp><rt>");
        self.line(&ruby.annotation);
        self.out.push_str("</rt><rp>)</rp></ruby>");
        self.in_ruby = false;
    }

    fn span(&mut self, span: &LanguageSpan) {
        if shows_nothing(&span.content) || (span.language.is_none() && span.direction.is_none()) {
            return self.line(&span.content);
        }
        self.out.push_str("<span");
        self.id_attribute();
        self.span_attributes(span);
        self.out.push('>');
        self.line(&span.content);
        self.out.push_str("</span>");
    }

    fn span_attributes(&mut self, span: &LanguageSpan) {
        if let Some(language) = &span.language {
            self.attribute("lang", language.as_str());
            self.attribute("xml:lang", language.as_str());
        }
        if let Some(direction) = span.direction {
            self.attribute("dir", direction.html());
        }
    }

    /// The attributes of an element that holds a line, and what it holds: where all of that runs in another
    /// direction, the element does, or its full stop would stand at the wrong end.
    pub(super) fn directed<'line>(&mut self, line: &'line [Inline]) -> &'line [Inline] {
        match line {
            [Inline::Span(span)] if span.direction.is_some() && !shows_nothing(line) => {
                self.span_attributes(span);
                &span.content
            }
            line => line,
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        if shows_nothing(&phrase.content) {
            return self.line(&phrase.content);
        }
        let element = phrase.kind.html();
        self.out.push('<');
        self.out.push_str(element);
        self.id_attribute();
        match &phrase.kind {
            PhraseKind::Abbreviation(title) => self.attribute("title", title),
            PhraseKind::Override(direction) => self.attribute("dir", direction.html()),
            _ => {}
        }
        self.out.push('>');
        self.line(&phrase.content);
        self.out.push_str(&format!("</{element}>"));
    }
}

/// What stressed text is besides: a passage, or words without a Chinese or Japanese character.
fn emphasis_class(content: &[Inline]) -> Option<&'static str> {
    let text = plain_text(content);
    let characters = || text.chars().filter(|c| c.is_alphanumeric());
    if !characters().any(takes_dot) {
        Some("foreign")
    } else if characters().count() > LONGEST_STRESS {
        Some("passage")
    } else {
        None
    }
}

/// Whether a character, a letter or a number, is one of those that take a dot.
fn takes_dot(c: char) -> bool {
    let kana_or_bopomofo = matches!(c, '\u{3040}'..='\u{31FF}');
    let hangul = matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}');
    is_han(c) || kana_or_bopomofo || hangul
}

//! The formats that hold, and the link that is around a picture.

use super::Builder;
use crate::clean::body::walk::container::Kind;
use crate::clean::body::walk::line::Format;
use crate::model::{Address, Image, PhraseKind, Target};

impl Builder {
    /// The number of formats that hold.
    pub fn format_count(&self) -> usize {
        self.formats.len()
    }

    /// Begins formatting; it changes nothing where it already holds.
    pub fn open_format(&mut self, format: Format) {
        let held = match &format {
            Format::Span(..) => return self.open_span(format),
            Format::Link(..) | Format::NoteReference(..) => self.is_linked(),
            Format::Phrase(kind, _) => self.holds_phrase(kind),
            Format::Code(_) => self
                .formats
                .iter()
                .any(|format| matches!(format, Format::Code(_))),
            // A power of a power is not one power.
            Format::Subscript | Format::Superscript => false,
            other => self.formats.contains(other),
        };
        let format = if held {
            Format::Plain
        } else {
            self.numbered(format)
        };
        self.formats.push(format);
    }

    /// Whether a phrase changes nothing: all of it is one already, or code; links are underlined anyhow.
    fn holds_phrase(&self, kind: &PhraseKind) -> bool {
        self.formats.iter().any(|format| match format {
            Format::Phrase(held, _) => held == kind,
            Format::Code(_) => true,
            Format::Link(..) => *kind == PhraseKind::Underline,
            _ => false,
        })
    }

    /// Code that stands beside other code is not one with it, nor are phrases.
    fn numbered(&mut self, format: Format) -> Format {
        match format {
            Format::Code(_) => {
                self.codes += 1;
                Format::Code(self.codes)
            }
            Format::Phrase(kind, _) => {
                self.codes += 1;
                Format::Phrase(kind, self.codes)
            }
            other => other,
        }
    }

    /// Begins a span, without the language and direction that hold already.
    fn open_span(&mut self, format: Format) {
        let Format::Span(language, direction) = format else {
            return;
        };
        let spans = || {
            let outer = self.formats.iter().rev();
            outer.filter_map(|format| match format {
                Format::Span(language, direction) => Some((language.as_ref(), *direction)),
                _ => None,
            })
        };
        let holds = spans().find_map(|(language, _)| language).cloned();
        let language = language.filter(|language| holds.as_ref() != Some(language));
        let holds = spans().find_map(|(_, direction)| direction);
        let direction = direction.filter(|direction| holds != Some(*direction));
        self.formats
            .push(if language.is_some() || direction.is_some() {
                Format::Span(language, direction)
            } else {
                Format::Plain
            });
    }

    /// Ends the formatting begun last.
    pub fn close_format(&mut self) {
        self.formats.pop();
    }

    /// Begins or ends small print.
    pub fn small(&mut self, begins: bool) {
        self.small = if begins {
            self.small + 1
        } else {
            self.small.saturating_sub(1)
        };
    }

    /// Whether what comes next is code.
    pub fn is_in_code(&self) -> bool {
        let is_code = |format: &Format| matches!(format, Format::Code(_));
        matches!(self.kind(), Kind::Code(_)) || self.formats.iter().any(is_code)
    }

    pub(super) fn is_linked(&self) -> bool {
        let links =
            |format: &Format| matches!(format, Format::Link(..) | Format::NoteReference(..));
        self.formats.iter().any(links)
    }

    /// Where the link around a picture leads, if that is anywhere but to the picture.
    pub(super) fn way_of(&self, image: &Image) -> Option<Address> {
        let target = self.formats.iter().find_map(|format| match format {
            Format::Link(Target::Address(address), _) => Some(address),
            _ => None,
        })?;
        let mut places = image.places().iter().chain([&image.source]);
        let is_itself =
            places.any(|place| place.origin() == Some(target) || place.archived() == Some(target));
        (!is_itself).then(|| target.clone())
    }
}

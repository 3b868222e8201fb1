//! A document of an article, compressed in the workers but for what only its volume knows.
//!
//! Where volumes are cut by size, no worker knows which articles share one. There a link to another
//! article is a place that is left open: the text around it is compressed, and the address follows
//! when the volume is complete.

use crate::error::Result;
use crate::write::epub::chapter::names::document_file;
use crate::write::epub::container::deflate::Deflated;
use crate::write::xhtml::escape_attribute;

/// Stands around the number of an open link in markup. No text of the model holds it.
const MARK: char = '\u{1}';
/// The bytes that a link adds beside its address: ends of DEFLATE blocks.
const SEAM: usize = 24;

/// A compressed document.
#[derive(Debug, Default)]
pub(in crate::write::epub) struct Document {
    start: Deflated,
    /// Each open link with the text behind it.
    rest: Vec<(OpenLink, Deflated)>,
}

/// A link whose address depends on the volume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::write::epub) struct OpenLink {
    /// The name of the other article's documents.
    pub(in crate::write::epub) chapter: String,
    /// Its address on the web.
    pub(in crate::write::epub) address: String,
}

/// What stands for the address of an open link in markup.
pub(in crate::write::epub) fn mark(number: usize) -> String {
    format!("{MARK}{number}{MARK}")
}

impl Document {
    /// Compresses a whole document.
    pub(in crate::write::epub) fn whole(markup: &str, links: &[OpenLink]) -> Result<Self> {
        Document::compress(markup, links, Deflated::whole)
    }

    /// Compresses a document that lacks its end.
    pub(in crate::write::epub) fn beginning(markup: &str, links: &[OpenLink]) -> Result<Self> {
        Document::compress(markup, links, Deflated::beginning)
    }

    fn compress(
        markup: &str,
        links: &[OpenLink],
        last: impl Fn(&[u8]) -> Result<Deflated>,
    ) -> Result<Self> {
        // Texts and numbers take turns.
        let mut parts = markup.split(MARK).peekable();
        let mut piece = || {
            let Some(text) = parts.next() else {
                return Ok(None);
            };
            let number = parts.next();
            let text = match number {
                Some(_) => Deflated::beginning(text.as_bytes())?,
                None => last(text.as_bytes())?,
            };
            Ok(Some((text, number)))
        };
        let mut document = Document::default();
        let Some((start, mut number)) = piece()? else {
            return Ok(document);
        };
        document.start = start;
        while let Some(link) = number {
            let link = link.parse().ok().and_then(|at: usize| links.get(at));
            let Some((text, next)) = piece()? else { break };
            document
                .rest
                .push((link.cloned().unwrap_or_default(), text));
            number = next;
        }
        Ok(document)
    }

    /// The most bytes that it takes.
    pub(in crate::write::epub) fn size(&self) -> u64 {
        let rest = self.rest.iter().map(|(link, text)| {
            let address = link.address.len().max(link.chapter.len());
            text.bytes().len() + address + SEAM
        });
        (self.start.bytes().len() + rest.sum::<usize>()) as u64
    }

    /// Whether it waits for the volume.
    pub(in crate::write::epub) fn is_open(&self) -> bool {
        !self.rest.is_empty()
    }

    /// The document as it stands in a volume that has the chapters of which `has` knows.
    pub(in crate::write::epub) fn close(self, has: impl Fn(&str) -> bool) -> Result<Deflated> {
        let mut document = self.start;
        for (link, text) in self.rest {
            let mut address = String::new();
            let file = document_file(&link.chapter, 0);
            let target = if has(&link.chapter) {
                &file
            } else {
                &link.address
            };
            escape_attribute(target, &mut address);
            document.add_beginning(address.as_bytes())?;
            document.append(text);
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn inflated(deflated: &Deflated) -> String {
        let mut text = String::new();
        let mut decoder = flate2::read::DeflateDecoder::new(deflated.bytes());
        decoder.read_to_string(&mut text).unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        assert_eq!(
            (crc.sum(), text.len() as u64),
            (deflated.crc(), deflated.length())
        );
        text
    }

    #[test]
    fn links_are_closed_by_what_the_volume_has() {
        let link = |chapter: &str| OpenLink {
            chapter: chapter.to_owned(),
            address: format!("https://a.example/?{chapter}&x"),
        };
        let links = [link("one"), link("two")];
        let markup = format!("<a href=\"{}\">1</a><a href=\"{}\">2</a>", mark(1), mark(0));
        let document = Document::whole(&markup, &links).unwrap();
        assert!(document.is_open());
        let most = document.size();
        let closed = document.close(|name| name == "one").unwrap();
        assert!(closed.bytes().len() as u64 <= most);
        assert_eq!(
            inflated(&closed),
            "<a href=\"https://a.example/?two&amp;x\">1</a><a href=\"one.xhtml\">2</a>"
        );
    }

    #[test]
    fn an_end_may_follow() {
        let document = Document::beginning("a & b", &[]).unwrap();
        assert!(!document.is_open());
        let whole = document.close(|_| true).unwrap();
        let whole = whole.finish(b"</p>").unwrap();
        assert_eq!(inflated(&whole), "a & b</p>");
    }
}

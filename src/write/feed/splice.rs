//! Items cut out of documents that a library wrote, and heads cut off before the items.

use super::Frame;
use crate::error::{Error, Result};

/// A document's one element of a name, with its tags. All text in the document is escaped, so the
/// first start tag and the last end tag of that name are the element's.
pub(super) fn element<'document>(
    document: &'document str,
    (start, end): (&str, &str),
    format: &'static str,
) -> Result<&'document str> {
    let element = || {
        let from = document.find(start)?;
        let to = document.rfind(end)? + end.len();
        document.get(from..to)
    };
    element().ok_or_else(|| without(start, format))
}

/// An element whose content was left empty, on both sides of that content.
pub(super) fn around<'element>(
    element: &'element str,
    end: &str,
    format: &'static str,
) -> Result<(&'element str, &'element str)> {
    let found = element
        .rfind(end)
        .and_then(|at| element.split_at_checked(at));
    found.ok_or_else(|| without(end, format))
}

/// A document without items, cut before an end tag.
pub(super) fn frame(document: &str, end: &str, format: &'static str) -> Result<Frame> {
    let (before, after) = document
        .rsplit_once(end)
        .ok_or_else(|| without(end, format))?;
    Ok(Frame {
        before: before.trim_end().to_owned(),
        after: format!("{end}{after}\n"),
    })
}

/// What a library wrote, as text.
pub(super) fn text<'bytes>(bytes: &'bytes [u8], format: &'static str) -> Result<&'bytes str> {
    simdutf8::basic::from_utf8(bytes).map_err(failed(format))
}

/// The error of a library that refuses.
pub(super) fn failed<E>(format: &'static str) -> impl FnOnce(E) -> Error
where
    E: std::error::Error + Send + Sync + 'static,
{
    move |error| Error::writer(format, error)
}

/// How long an item without its text usually is at most, for the buffer that it is written to.
pub(super) const USUAL_LENGTH: usize = 4 * 1024;

fn without(tag: &str, format: &'static str) -> Error {
    Error::writer(format, format!("the document that was made has no {tag}"))
}

//! Items cut out of documents that a library wrote, and heads cut off before the items.

use super::Frame;
use crate::error::{Error, Result};

/// A document's one element of a name, with its tags. All text in the document is escaped, so the
/// first start tag and the last end tag of that name are the element's.
pub(super) fn element(document: &str, name: &str, format: &'static str) -> Result<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let inner = document
        .split_once(&start)
        .and_then(|(_, rest)| rest.rsplit_once(&end))
        .map(|(inner, _)| inner);
    match inner {
        Some(inner) => Ok(format!("{start}{inner}{end}")),
        None => Err(without(&start, format)),
    }
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

/// What a library returned, as text.
pub(super) fn text<E: std::fmt::Display>(
    written: std::result::Result<Vec<u8>, E>,
    format: &'static str,
) -> Result<String> {
    let failed = |message: String| Error::Writer { format, message };
    let bytes = written.map_err(|error| failed(error.to_string()))?;
    let text = simdutf8::basic::from_utf8(&bytes).map_err(|error| failed(error.to_string()))?;
    Ok(text.to_owned())
}

fn without(tag: &str, format: &'static str) -> Error {
    Error::Writer {
        format,
        message: format!("the document that was made has no {tag}"),
    }
}

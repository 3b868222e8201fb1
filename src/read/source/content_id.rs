//! References to parts of a message by their ids (RFC 2392).

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The id that a reference names, as the part's `Content-ID` has it between its angle brackets: percent
/// signs are decoded, and the scheme may be in capitals. None for references of other kinds.
pub(crate) fn of_reference(reference: &str) -> Option<Cow<'_, str>> {
    let (scheme, id) = reference.trim().split_once(':')?;
    let id = scheme.eq_ignore_ascii_case("cid").then_some(id)?;
    percent_decode_str(id).decode_utf8().ok()
}

/// The id in a `Content-ID` field.
pub(crate) fn of_field(field: &str) -> &str {
    field.trim().trim_matches(['<', '>'])
}

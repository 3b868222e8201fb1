//! What readers and cleaning alike know of HTML's elements.

/// Whether elements of a name have no end tag (HTML Standard, section 13.1.2); the name in lower case.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

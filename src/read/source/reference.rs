//! Relative references in archives, as browsers read addresses of files.

/// The path that a relative reference names, percent signs decoded, query and fragment left out. None where it
/// is absolute or names nothing.
pub(crate) fn relative_path(reference: &str) -> Option<String> {
    let plain = reference.trim().split(['?', '#']).next()?;
    let has_scheme = plain.split('/').next()?.contains(':');
    if plain.is_empty() || plain.starts_with(['/', '\\']) || has_scheme {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(plain).decode_utf8();
    Some(decoded.ok()?.into_owned())
}

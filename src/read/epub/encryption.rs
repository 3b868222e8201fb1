//! What a book says of its encryption (OCF 3.3, section 4.2.6.3.4).

use super::paths::Paths;
use crate::read::xhtml::{Piece, Pieces, local};
use std::collections::BTreeSet;

/// The ways to obfuscate fonts, which hide no text: the standard's own, and Adobe's.
const OF_FONTS: [&str; 2] = [
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// The members that nobody reads without a key.
pub(super) fn locked(text: &str, paths: &Paths) -> BTreeSet<String> {
    let mut locked = BTreeSet::new();
    let mut method: Option<String> = None;
    for piece in Pieces::of(text) {
        let Piece::Start(tag) = piece else { continue };
        match local(tag.name) {
            "EncryptedData" => method = None,
            "EncryptionMethod" if method.is_none() => method = tag.value("Algorithm"),
            "CipherReference" => {
                let is_font = method
                    .as_deref()
                    .is_some_and(|method| OF_FONTS.contains(&method));
                let path = tag.value("URI").and_then(|uri| paths.resolved("", &uri));
                locked.extend(path.filter(|_| !is_font));
            }
            _ => {}
        }
    }
    locked
}

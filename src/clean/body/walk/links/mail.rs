//! Mail addresses that a content delivery network hides from robots until a script shows them.

use crate::clean::body::parse::tree::{Element, attribute};
use crate::model::hexadecimal_byte;

/// The mail address that an element hides, as Cloudflare does: hexadecimal bytes in `data-cfemail`, each
/// but the first combined with the first.
pub(in crate::clean::body) fn hidden(element: &Element) -> Option<String> {
    if !matches!(element.name(), "a" | "span") {
        return None;
    }
    let mut bytes = bytes(attribute(element, "data-cfemail")?)?.into_iter();
    let key = bytes.next()?;
    let address: String = bytes.map(|byte| char::from(byte ^ key)).collect();
    let is_address = address.contains('@') && address.chars().all(|c| c.is_ascii_graphic());
    is_address.then_some(address)
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(hexadecimal_byte).collect()
}

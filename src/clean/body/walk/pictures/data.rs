//! Pictures that a page carries in `data:` addresses (RFC 2397).

use crate::model::{Resource, ResourceBytes, ResourceId};
use data_url::DataUrl;
use std::io;
use std::sync::Arc;

/// The most bytes that such a picture may have.
const MAXIMUM_BYTES: usize = 20_000_000;

/// Fewer bytes than this are a stand-in, not a picture.
const MINIMUM_BYTES: usize = 200;

/// Addresses of fewer characters are decoded at once, to see whether they are more than a stand-in.
const SHORT: usize = 4 * MINIMUM_BYTES;

/// The real picture that an address holds; stand-ins give nothing. It is not decoded before its bytes
/// are wanted, for most outputs want none.
pub(in crate::clean::body) fn picture(address: &str) -> Option<Resource> {
    is_picture(address).then(|| Resource {
        id: ResourceId::of(address.trim().as_bytes()),
        bytes: Arc::new(DataAddress(address.trim().to_owned())),
    })
}

/// Whether an address holds a picture that is more than a stand-in.
pub(in crate::clean::body) fn is_picture(address: &str) -> bool {
    says_something(address.trim()).unwrap_or(false)
}

fn says_something(address: &str) -> Option<bool> {
    if address.len() > 2 * MAXIMUM_BYTES || !address.get(..5)?.eq_ignore_ascii_case("data:") {
        return None;
    }
    let parsed = DataUrl::process(address).ok()?;
    let kind = parsed.mime_type();
    if kind.type_ != "image" {
        return None;
    }
    let is_drawing = kind.subtype.starts_with("svg");
    if is_drawing || address.len() < SHORT {
        let (bytes, _) = parsed.decode_to_vec().ok()?;
        return Some(if is_drawing {
            is_drawn(&bytes)
        } else {
            bytes.len() >= MINIMUM_BYTES
        });
    }
    Some(true)
}

/// Whether an address was meant to hold a picture, and its bytes can't be decoded.
pub(in crate::clean::body) fn is_damaged(address: &str) -> bool {
    let kind = address.get(..11).unwrap_or_default();
    kind.eq_ignore_ascii_case("data:image/")
        && DataUrl::process(address.trim()).map_or(true, |parsed| parsed.decode_to_vec().is_err())
}

/// Whether an address holds a drawing of one rectangle and nothing else: a ground, which says something
/// where words stand for it.
pub(in crate::clean::body) fn is_ground(address: &str) -> bool {
    let decoded = || {
        let parsed = DataUrl::process(address.trim()).ok()?;
        let is_drawing = parsed.mime_type().subtype.starts_with("svg");
        is_drawing.then(|| parsed.decode_to_vec().ok()).flatten()
    };
    address.len() < SHORT
        && decoded().is_some_and(|(bytes, _)| {
            !is_drawn(&bytes) && String::from_utf8_lossy(&bytes).contains("<rect")
        })
}

/// Whether an SVG document draws anything: one rectangle is the ground on which a picture will stand.
fn is_drawn(bytes: &[u8]) -> bool {
    const SHAPES: [&str; 8] = [
        "<path", "<circle", "<ellipse", "<line", "<poly", "<text", "<image", "<use",
    ];
    let text = String::from_utf8_lossy(bytes);
    let is_gradient = |rest: &str| rest.starts_with("arGradient");
    let draws = |shape: &str| {
        let mut found = text.split(shape).skip(1);
        found.any(|rest| !is_gradient(rest))
    };
    SHAPES.iter().any(|shape| draws(shape)) || text.matches("<rect").count() > 1
}

/// An address that holds its bytes.
struct DataAddress(String);

impl ResourceBytes for DataAddress {
    fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let invalid = |_| io::Error::from(io::ErrorKind::InvalidData);
        let parsed = DataUrl::process(&self.0).map_err(|_| io::ErrorKind::InvalidData)?;
        let (bytes, _) = parsed.decode_to_vec().map_err(invalid)?;
        if bytes.len() as u64 > most.min(MAXIMUM_BYTES as u64) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(address: &str) -> Option<Vec<u8>> {
        picture(address)?.bytes.read(u64::MAX).ok()
    }

    #[test]
    fn stand_ins_are_no_pictures() {
        let empty =
            "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
        assert!(picture(empty).is_none());
        let svg = format!(
            "data:image/svg+xml,%3Csvg viewBox='0 0 9 9'%3E{}%3C/svg%3E",
            " ".repeat(300)
        );
        assert!(picture(&svg).is_none());
        let drawn = svg.replace("%3C/svg", "%3Cpath d='M0 0'/%3E%3C/svg");
        assert!(picture(&drawn).is_some());
        let ground = "data:image/svg+xml,%3Csvg%3E%3Crect width='9' height='9'/%3E%3C/svg%3E";
        assert!(picture(ground).is_none());
        let disc = "data:image/svg+xml,%3Csvg%3E%3Ccircle r='9'/%3E%3C/svg%3E";
        assert!(picture(disc).is_some());
    }

    #[test]
    fn bytes_are_decoded_when_they_are_wanted_and_within_a_bound() {
        let address = format!("data:image/png;base64,{}", "aGVsbG8h".repeat(100));
        assert_eq!(bytes(&address), Some(b"hello!".repeat(100)));
        let folded = address.replace("aGVs", "aGVs\n ");
        assert_eq!(bytes(&folded), Some(b"hello!".repeat(100)));
        assert!(picture(&address).unwrap().bytes.read(599).is_err());
    }
}

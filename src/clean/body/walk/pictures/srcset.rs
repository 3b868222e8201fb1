//! Lists of one picture in several sizes (HTML standard, section 4.8.4.2.2).

use crate::clean::body::walk::pictures::stand_ins::is_placeholder;

/// What a picture is taken for whose width nothing tells, in pixels.
pub(in crate::clean::body) const USUAL_WIDTH: f32 = 1_000.0;

/// The widest candidate that is taken if there are several, in pixels.
const TARGET_WIDTH: f32 = 2_000.0;

/// The best candidate of a list, with its width: the widest up to [`TARGET_WIDTH`], else the narrowest.
/// A density counts as that many times [`USUAL_WIDTH`], and no descriptor as one.
pub(in crate::clean::body) fn best_of(sizes: &str) -> Option<(f32, &str)> {
    let mut best: Option<(f32, &str)> = None;
    for (descriptor, address) in entries(sizes) {
        let width = width_of_descriptor(descriptor).unwrap_or(USUAL_WIDTH);
        if !is_placeholder(address) && best.is_none_or(|(other, _)| is_better(width, other)) {
            best = Some((width, address));
        }
    }
    best
}

/// The width in pixels that a list tells of one of its addresses.
pub(in crate::clean::body) fn width_of(sizes: &str, address: &str) -> Option<f32> {
    let (descriptor, _) = entries(sizes).find(|(_, listed)| *listed == address)?;
    width_of_descriptor(descriptor).filter(|_| descriptor.contains('w'))
}

/// The entries of a list: a descriptor, which may be empty, and an address.
pub(in crate::clean::body) fn entries(sizes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = sizes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (address, after) = rest.split_at_checked(end)?;
        if address.is_empty() {
            return None;
        }
        let bare = address.trim_end_matches(',');
        let (descriptor, next) = if bare.len() < address.len() {
            ("", after)
        } else {
            after.split_once(',').unwrap_or((after, ""))
        };
        rest = next;
        Some((descriptor.trim(), bare))
    })
}

fn is_better(width: f32, other: f32) -> bool {
    if width <= TARGET_WIDTH {
        width > other || other > TARGET_WIDTH
    } else {
        other > TARGET_WIDTH && width < other
    }
}

/// The width in pixels that a descriptor tells: a density counts as that many times
/// [`USUAL_WIDTH`].
pub(in crate::clean::body) fn width_of_descriptor(descriptor: &str) -> Option<f32> {
    let first = descriptor
        .split_ascii_whitespace()
        .next()
        .unwrap_or_default();
    let number = |suffix| {
        first
            .strip_suffix(suffix)
            .and_then(|text: &str| text.parse::<f32>().ok())
    };
    number('w').or_else(|| number('x').map(|density| density * USUAL_WIDTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_candidate_within_bounds_wins() {
        let best = |sizes| best_of(sizes).map(|(_, address)| address);
        assert_eq!(best("/a 300w, /b 1200w, /c 4000w"), Some("/b"));
        assert_eq!(best("/a,b.jpg 1x, /c,d.jpg 2x"), Some("/c,d.jpg"));
        assert_eq!(best("/a 5000w, /b 3000w"), Some("/b"));
        assert_eq!(best("/only"), Some("/only"));
        assert_eq!(
            best("data:image/gif;base64,R0lGOD 1w, /b nonsense"),
            Some("/b")
        );
        assert_eq!(best(" , ,"), None);
    }
}

//! The width of a picture that its address names, in one way or another.

use crate::clean::body::parse::tree::in_lower_case;
use crate::clean::body::walk::pictures::address::{path, query, words};

/// Parameters that name a width.
const WIDTHS: [&str; 14] = [
    "w",
    "width",
    "imwidth",
    "wid",
    "maxwidth",
    "max-width",
    "max-w",
    "maxw",
    "mw",
    "sw",
    "resize",
    "fit",
    "size",
    "sz",
];

/// Parts of a path behind which a width stands.
const WIDTH_PARTS: [&str; 7] = ["max", "w", "width", "fit", "fill", "resize", "scale"];

/// Shapes by which files are named, the wider side first.
const SHAPES: [(f32, f32); 13] = [
    (1.0, 1.0),
    (2.0, 1.0),
    (3.0, 1.0),
    (3.0, 2.0),
    (4.0, 3.0),
    (5.0, 3.0),
    (5.0, 4.0),
    (7.0, 5.0),
    (16.0, 9.0),
    (16.0, 10.0),
    (18.0, 9.0),
    (21.0, 9.0),
    (10.0, 8.0),
];

/// The width that an address names, in pixels: the narrowest of several.
pub(in crate::clean::body) fn width(address: &str) -> Option<f32> {
    let asked = query(address).filter(|(name, _)| WIDTHS.contains(&&**name));
    let asked = asked.filter_map(|(_, value)| leading_number(&value));
    let path = in_lower_case(path(address));
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let in_name = words(stem).filter_map(word_width);
    let in_path = path
        .rsplit('/')
        .skip(1)
        .flat_map(|part| part.split([',', '_', ';']))
        .filter_map(word_width);
    asked
        .chain(in_name)
        .chain(in_path)
        .chain(behind(&path, stem))
        .filter(|width| *width > 0.0)
        .reduce(f32::min)
}

/// Widths in parts of a path or a name that stand behind what says so: `/max/60/`, `w_60`,
/// `resize:fit:60`.
fn behind(path: &str, stem: &str) -> Option<f32> {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    let mut before = "";
    let mut narrowest: Option<f32> = None;
    let parts = folders.split(['/', '_', ':', ',', '-']);
    for part in parts.chain(stem.split(['_', ':', ',', '-'])) {
        if WIDTH_PARTS.contains(&before) && is_number(part) {
            let width = part.parse().ok();
            narrowest = narrowest.into_iter().chain(width).reduce(f32::min);
        }
        before = part;
    }
    narrowest
}

/// The width that a word names: `150x150`, `60x`, `220px`, `w300`, `300w`.
pub(in crate::clean::body) fn word_width(word: &str) -> Option<f32> {
    if let Some((width, height)) = sides(word) {
        // Shapes are named so too: 16x9.
        let is_shape = height.is_some_and(|height| {
            SHAPES.contains(&(width, height)) || SHAPES.contains(&(height, width))
        });
        // And densities so: 2x.
        let is_density = height.is_none() && width < 10.0;
        return (!is_shape && !is_density).then_some(width);
    }
    let bare = word
        .strip_suffix("px")
        .or_else(|| word.strip_suffix('w'))
        .or_else(|| word.strip_prefix('w'))?;
    is_number(bare).then(|| bare.parse().ok()).flatten()
}

/// The sides of `150x150` or `60x`.
pub(in crate::clean::body) fn sides(word: &str) -> Option<(f32, Option<f32>)> {
    let (width, height) = word.split_once('x')?;
    let fits = is_number(width) && (height.is_empty() || is_number(height));
    if !fits {
        return None;
    }
    Some((width.parse().ok()?, height.parse().ok()))
}

pub(in crate::clean::body) fn is_number(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn leading_number(text: &str) -> Option<f32> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    text.get(..end.unwrap_or(text.len()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_read_from_addresses() {
        for (address, expected) in [
            ("/a.jpg?w=20&blur=50", Some(20.0)),
            ("/a-150x150.jpg", Some(150.0)),
            ("/g-60x-1.png", Some(60.0)),
            ("/max/60/1*abc.jpeg?q=20", Some(60.0)),
            ("/v2/resize:fit:60/1*abc.jpeg", Some(60.0)),
            ("/upload/w_30,e_blur:900/a.jpg", Some(30.0)),
            ("/thumb/220px-A.jpg", Some(220.0)),
            ("/a-1024x683.jpg?resize=300%2C200", Some(300.0)),
            ("/a-20x13.jpg", Some(20.0)),
            ("/board-16x9.jpg", None),
            ("/board-9x16.jpg", None),
            ("/2020/10/a.jpg", None),
            ("https://w60.example/a.jpg", None),
        ] {
            assert_eq!(width(address), expected, "{address}");
        }
    }
}

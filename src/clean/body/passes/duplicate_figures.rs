//! The same picture twice in a row, as lazy pages and galleries have it, is one picture.

use crate::clean::body::walk::draft::Draft;
use crate::clean::body::walk::pictures::address::is_reduced;
use crate::clean::body::walk::pictures::offers::MOST_OFFERS;
use crate::model::{Address, Block, Figure, Image, ImageSource, ResourceId};

/// Parameters of addresses that ask for a size or a quality, not for another picture.
const SIZE_PARAMETERS: [&str; 21] = [
    "w",
    "h",
    "width",
    "height",
    "resize",
    "fit",
    "quality",
    "ssl",
    "strip",
    "crop",
    "dpr",
    "auto",
    "fm",
    "format",
    "wx_fmt",
    "tp",
    "wxfrom",
    "wx_lazy",
    "wx_co",
    "is-pending-load",
    "zoom",
];

/// Removes a figure that shows the same as the one before it.
pub(in crate::clean::body) fn collapse(drafts: Vec<Draft>) -> Vec<Draft> {
    if !drafts.windows(2).any(|pair| pair.iter().all(is_figure)) {
        return drafts;
    }
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut last_key = None;
    let mut drafts = drafts.into_iter();
    while let Some(mut draft) = drafts.next() {
        // What stands between other blocks need not be compared.
        let is_followed = || drafts.as_slice().first().is_some_and(is_figure);
        let key = match &draft.block {
            Block::Figure(figure) if last_key.is_some() || is_followed() => {
                Some(key(&figure.image.source))
            }
            _ => None,
        };
        let twin = key.is_some() && key == last_key;
        if let (true, Block::Figure(later)) = (twin, &mut draft.block)
            && let Some(Draft {
                block: Block::Figure(earlier),
                places,
                ..
            }) = kept.last_mut()
            && merge(earlier, later)
        {
            places.append(&mut draft.places);
            continue;
        }
        last_key = key;
        kept.push(draft);
    }
    kept
}

fn is_figure(draft: &Draft) -> bool {
    matches!(draft.block, Block::Figure(_))
}

/// Adds what the later figure says to the earlier; refuses where both have captions.
fn merge(earlier: &mut Figure, later: &mut Figure) -> bool {
    if !earlier.caption.is_empty() && !later.caption.is_empty() {
        return false;
    }
    offer(&mut earlier.image, &later.image);
    if is_small(&earlier.image.source) && !is_small(&later.image.source) {
        earlier.image.source = later.image.source.clone();
    }
    if earlier.caption.is_empty() {
        earlier.caption = std::mem::take(&mut later.caption);
    }
    if earlier.link.is_none() {
        earlier.link = later.link.take();
    }
    if earlier.image.alternative.is_empty() {
        earlier.image.alternative = std::mem::take(&mut later.image.alternative);
    }
    true
}

fn is_small(source: &ImageSource) -> bool {
    match source {
        ImageSource::Web { origin, .. } => is_reduced(origin.as_str()),
        ImageSource::Resource { .. } => false,
    }
}

/// Adds what the page offers for the later picture to the offers for the earlier; small versions come
/// last.
fn offer(earlier: &mut Image, later: &Image) {
    let mut places = earlier.places().to_vec();
    for place in later.places() {
        if !places.contains(place) && places.len() < MOST_OFFERS {
            places.push(place.clone());
        }
    }
    places.sort_by_key(is_small);
    if places.len() > 1 {
        earlier.candidates = places;
    }
}

/// What pictures that differ in size only have in common.
#[derive(PartialEq)]
enum Key {
    Web(String),
    Resource(ResourceId),
}

fn key(source: &ImageSource) -> Key {
    match source {
        ImageSource::Web { origin, .. } => Key::Web(web_key(origin)),
        ImageSource::Resource { id, .. } => Key::Resource(*id),
    }
}

fn web_key(address: &Address) -> String {
    let url = address.url();
    let mut key = String::from(url.host_str().unwrap_or_default());
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(&without_size(url.path()));
    for (name, value) in url.query_pairs() {
        if !SIZE_PARAMETERS.contains(&name.as_ref()) && !is_quality(&name, &value) {
            key.push_str(&format!("&{name}={value}"));
        }
    }
    key
}

/// Whether a parameter asks for a quality: a `q` without a number asks for something else.
fn is_quality(name: &str, value: &str) -> bool {
    name == "q" && value.parse::<f32>().is_ok()
}

/// A path without the size that blogs put before the extension: `a-300x200.jpg`.
fn without_size(path: &str) -> String {
    let Some((stem, extension)) = path.rsplit_once('.') else {
        return path.to_owned();
    };
    let bare = stem.rsplit_once('-').filter(|(_, size)| {
        size.split_once('x').is_some_and(|(width, height)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            digits(width) && digits(height)
        })
    });
    format!("{}.{extension}", bare.map_or(stem, |(bare, _)| bare))
}

//! Where a picture may be had: its own address first, then the one that the archive names.

use crate::images::Wanted;
use crate::model::{Address, Digest, ImageSource, Resource};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A short name for an address or for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(in crate::images) struct Key(Digest);

impl Key {
    /// The key of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Key(Digest::of(bytes))
    }

    /// The key of bytes whose hash is known.
    pub fn from_hash(hash: &blake3::Hash) -> Self {
        Key(Digest::from_hash(hash))
    }

    /// The key of an address; the fragment, which no server sees, is left out.
    pub fn of_address(address: &Address) -> Self {
        Key::of(address.without_fragment().as_bytes())
    }
}

/// The most addresses at which one picture is looked for.
const MOST_ADDRESSES: usize = 4;

/// One distinct picture of a window and everything that is known about where it may be.
#[derive(Clone, Debug)]
pub(in crate::images) struct Request<'window> {
    /// The key of the picture's own address, or of its bytes where the article carries it.
    pub key: Key,
    /// The way to its bytes, where the archive brings them.
    pub resource: Option<&'window Resource>,
    /// Where else it may be, best first.
    pub addresses: Vec<&'window Address>,
    /// The first article that shows it.
    pub first: &'window Wanted,
    /// Every way in which the window's articles name it.
    pub sources: Vec<&'window ImageSource>,
}

/// Brings the images of a window together by the picture that they show, in the order in which
/// they are first asked for.
pub(in crate::images) fn requests(wanted: &[Wanted]) -> Vec<Request<'_>> {
    let mut requests: Vec<Request<'_>> = Vec::new();
    let mut positions: HashMap<Key, usize> = HashMap::new();
    let mut seen = HashSet::new();
    for image in wanted {
        if !seen.insert(&image.source) {
            continue;
        }
        let key = key(&image.source);
        let position = *positions.entry(key).or_insert_with(|| {
            requests.push(Request {
                key,
                resource: image.resource.as_ref(),
                addresses: image.source.origin().into_iter().collect(),
                first: image,
                sources: Vec::new(),
            });
            requests.len() - 1
        });
        if let Some(request) = requests.get_mut(position) {
            request.add(&image.source);
        }
    }
    requests
}

impl<'window> Request<'window> {
    fn add(&mut self, source: &'window ImageSource) {
        self.sources.push(source);
        let Some(archived) = source.archived() else {
            return;
        };
        let addresses = &mut self.addresses;
        let is_new = addresses
            .iter()
            .all(|address| address.without_fragment() != archived.without_fragment());
        if is_new && addresses.len() < MOST_ADDRESSES {
            addresses.push(archived);
        }
    }
}

pub(super) fn key(source: &ImageSource) -> Key {
    match source {
        ImageSource::Web { origin, .. } => Key::of_address(origin),
        ImageSource::Resource { id, .. } => Key(id.digest()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(origin: &str, archived: &str) -> Wanted {
        let address = |text| Address::parse(text).unwrap();
        Wanted {
            source: ImageSource::Web {
                origin: address(origin),
                archived: address(archived),
            },
            resource: None,
            referer: None,
            path: "a.md".to_owned(),
        }
    }

    #[test]
    fn one_picture_has_every_address_that_leads_to_it_once() {
        let window = [
            wanted("https://a.example/x.jpg", "https://a.example/x.jpg"),
            wanted("https://b.example/y.jpg", "https://b.example/y.jpg"),
            wanted(
                "https://a.example/x.jpg",
                "https://proxy.example/?url=a.example/x.jpg",
            ),
            wanted(
                "https://a.example/x.jpg",
                "https://proxy.example/?url=a.example/x.jpg",
            ),
        ];
        let requests = requests(&window);
        assert_eq!(requests.len(), 2);
        let addresses = &requests[0].addresses;
        let addresses: Vec<_> = addresses.iter().map(|address| address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://a.example/x.jpg",
                "https://proxy.example/?url=a.example/x.jpg"
            ]
        );
        assert_eq!(requests[0].sources.len(), 2);
    }
}

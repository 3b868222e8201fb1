//! Where a picture may be had: its own address first, then the one that the archive names.

use crate::images::{Candidate, Wanted};
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

/// The most addresses at which one picture is looked for that is in one place, if several proxies lead
/// there.
const MOST_ADDRESSES: usize = 4;

/// One distinct picture of a window and everything that is known about where it may be.
#[derive(Clone, Debug)]
pub(in crate::images) struct Request<'window> {
    /// The key of the picture's own address, or of its bytes where the article carries it.
    pub key: Key,
    /// The ways to its bytes, where the archive brings them, with the number of the place.
    pub resources: Vec<(usize, &'window Resource)>,
    /// Where else it may be, best first.
    pub addresses: Vec<Located<'window>>,
    /// The first article that shows it.
    pub first: &'window Wanted,
    /// Every way in which the window's articles name it.
    pub named: Vec<&'window Wanted>,
}

/// An address that a picture may be at.
#[derive(Clone, Copy, Debug)]
pub(in crate::images) struct Located<'window> {
    pub address: &'window Address,
    /// Whether it leads through an image proxy.
    pub proxied: bool,
    /// The number of the place that it belongs to.
    pub place: usize,
}

/// Brings the images of a window together by the picture that they show, in the order in which
/// they are first asked for.
pub(in crate::images) fn requests(wanted: &[Wanted]) -> Vec<Request<'_>> {
    let mut requests: Vec<Request<'_>> = Vec::new();
    let mut positions: HashMap<Key, usize> = HashMap::new();
    let mut seen = HashSet::new();
    for image in wanted {
        if !seen.insert(places(image)) {
            continue;
        }
        let key = key(image);
        let position = *positions.entry(key).or_insert_with(|| {
            requests.push(Request::new(key, image));
            requests.len() - 1
        });
        if let Some(request) = requests.get_mut(position) {
            request.add(image);
        }
    }
    requests
}

/// The places of an image, best first.
pub(super) fn places(image: &Wanted) -> Vec<&ImageSource> {
    if image.candidates.is_empty() {
        return vec![&image.source];
    }
    image.candidates.iter().map(|place| &place.source).collect()
}

impl<'window> Request<'window> {
    fn new(key: Key, image: &'window Wanted) -> Self {
        let mut request = Request {
            key,
            resources: Vec::new(),
            addresses: Vec::new(),
            first: image,
            named: Vec::new(),
        };
        if image.candidates.is_empty() {
            request
                .resources
                .extend(image.resource.iter().map(|own| (0, own)));
            let own = image.source.origin().into_iter();
            request.addresses.extend(own.map(|address| Located {
                address,
                proxied: false,
                place: 0,
            }));
        }
        for (place, candidate) in image.candidates.iter().enumerate() {
            request.add_place(place, candidate);
        }
        request
    }

    /// Adds one of several places.
    fn add_place(&mut self, place: usize, candidate: &'window Candidate) {
        let own = candidate.resource.iter();
        self.resources.extend(own.map(|own| (place, own)));
        let origin = candidate.source.origin().map(|address| (address, false));
        let archived = candidate.source.archived().map(|address| (address, true));
        for (address, proxied) in origin.into_iter().chain(archived) {
            if self.is_new(address) {
                self.addresses.push(Located {
                    address,
                    proxied,
                    place,
                });
            }
        }
    }

    /// Adds a way in which an article names the picture.
    fn add(&mut self, image: &'window Wanted) {
        self.named.push(image);
        let Some(archived) = image.source.archived() else {
            return;
        };
        let is_one_place = image.candidates.is_empty() && self.addresses.len() < MOST_ADDRESSES;
        if is_one_place && self.is_new(archived) {
            self.addresses.push(Located {
                address: archived,
                proxied: !self.addresses.is_empty(),
                place: 0,
            });
        }
    }

    fn is_new(&self, address: &Address) -> bool {
        let mut known = self.addresses.iter();
        known.all(|known| known.address.without_fragment() != address.without_fragment())
    }
}

/// The key of an image: that of its place, or one made of all of them.
pub(super) fn key(image: &Wanted) -> Key {
    if image.candidates.is_empty() {
        return key_of(&image.source);
    }
    let mut keys = Vec::new();
    for place in places(image) {
        keys.extend_from_slice(key_of(place).0.to_string().as_bytes());
    }
    Key::of(&keys)
}

fn key_of(source: &ImageSource) -> Key {
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
            candidates: Vec::new(),
            referer: None,
            path: "a.md".to_owned(),
            item: None,
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
        let addresses: Vec<_> = addresses
            .iter()
            .map(|located| located.address.as_str())
            .collect();
        assert_eq!(
            addresses,
            [
                "https://a.example/x.jpg",
                "https://proxy.example/?url=a.example/x.jpg"
            ]
        );
        assert_eq!(requests[0].named.len(), 2);
    }
}

//! The compact list of all articles of a run, made before any text is read.

use super::{Address, Day, Digest, Timestamp};

/// What is known of an article before its text is read. Small, since a million of them are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The article's id, hashed.
    pub key: ArticleKey,
    /// When it was first published.
    pub published: Option<Timestamp>,
    /// See [`Article::published_day`](super::Article::published_day).
    pub published_day: Option<Day>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// The source that it comes from: a position in [`Catalogue::sources`].
    pub source: u32,
}

/// The bytes of a key that a name holds.
const SHORT: usize = 10;

/// The digest of an article's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleKey(Digest);

impl ArticleKey {
    /// The key of an id.
    pub fn of(id: &str) -> Self {
        ArticleKey(Digest::of(id.as_bytes()))
    }

    /// The key with these bits.
    pub fn from_digest(digest: Digest) -> Self {
        ArticleKey(digest)
    }

    /// All 128 bits.
    pub fn digest(self) -> Digest {
        self.0
    }

    /// All 128 bits.
    pub fn bytes(self) -> [u8; 16] {
        self.0.bytes()
    }

    /// The first 64 bits as a number.
    pub fn hash(self) -> u64 {
        self.0.first_half()
    }

    /// The first 80 bits in hexadecimal, for names that people may see. Two articles may share them
    /// (see [`Catalogue::namesakes_before`]), though never by chance.
    pub fn short(self) -> String {
        let bytes = self.bytes();
        let shown = bytes.iter().take(SHORT);
        shown.map(|byte| format!("{byte:02x}")).collect()
    }

    /// The bits that [`ArticleKey::short`] shows.
    fn short_bytes(self) -> impl Ord {
        self.bytes().first_chunk::<SHORT>().copied()
    }
}

/// All articles of a run in the order of the outputs: by time of publication, then id; articles
/// without a date last.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    listed: Vec<Listed>,
    sources: Vec<String>,
    /// Sorted, each address once: half as large as a table.
    by_address: Vec<(u64, u32)>,
    /// The positions of articles behind namesakes, ascending, with the numbers of those.
    namesakes: Vec<(u32, u32)>,
}

impl Catalogue {
    /// Makes a catalogue of articles in their final order. `addresses` holds the hash
    /// ([`Catalogue::address_hash`]) of every address that leads to an article, and the article's
    /// position.
    pub fn new(
        listed: Vec<Listed>,
        sources: Vec<String>,
        addresses: impl IntoIterator<Item = (u64, u32)>,
    ) -> Self {
        let mut by_address: Vec<(u64, u32)> = addresses.into_iter().collect();
        by_address.sort_unstable();
        by_address.dedup_by_key(|(address, _)| *address);
        Catalogue {
            namesakes: namesakes(&listed),
            listed,
            sources,
            by_address,
        }
    }

    /// How many articles before the one at a position would have the same name, if names were made
    /// of the second of publication and [`ArticleKey::short`].
    pub fn namesakes_before(&self, position: usize) -> u32 {
        let found = u32::try_from(position).ok().and_then(|position| {
            let place = self.namesakes.binary_search_by_key(&position, |one| one.0);
            self.namesakes.get(place.ok()?)
        });
        found.map_or(0, |(_, count)| *count)
    }

    /// The hash by which addresses are found: 64 bits of BLAKE3 of the comparison key.
    pub fn address_hash(address: &Address) -> u64 {
        ArticleKey::of(&address.comparison_key()).hash()
    }

    /// The number of articles.
    pub fn len(&self) -> usize {
        self.listed.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// The article at a position.
    pub fn get(&self, position: usize) -> Option<&Listed> {
        self.listed.get(position)
    }

    /// All articles in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Listed> + DoubleEndedIterator {
        self.listed.iter()
    }

    /// The names of the sources.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The position of the article that an address leads to.
    pub fn find(&self, address: &Address) -> Option<usize> {
        let wanted = Self::address_hash(address);
        let found = self
            .by_address
            .binary_search_by_key(&wanted, |(address, _)| *address);
        let (_, position) = self.by_address.get(found.ok()?)?;
        usize::try_from(*position).ok()
    }
}

/// See [`Catalogue::namesakes_before`]: the positions where that is not 0.
fn namesakes(listed: &[Listed]) -> Vec<(u32, u32)> {
    let second = |one: &Listed| one.published.map(|time| time.millis().div_euclid(1000));
    let mut order: Vec<u32> = (0u32..).zip(listed).map(|(at, _)| at).collect();
    let name = |at: &u32| {
        let one = usize::try_from(*at).ok().and_then(|at| listed.get(at));
        one.map(|one| (second(one), one.key.short_bytes()))
    };
    order.sort_by_cached_key(|at| (name(at), *at));
    let same = order.chunk_by(|left, right| name(left) == name(right));
    let counted = same.flat_map(|group| group.iter().copied().zip(0u32..).skip(1));
    let mut namesakes: Vec<(u32, u32)> = counted.collect();
    namesakes.sort_unstable();
    namesakes
}

/// Which articles of a catalogue an output takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection(Vec<bool>);

impl Selection {
    /// No article of a catalogue of this length.
    pub fn none(length: usize) -> Self {
        Selection(vec![false; length])
    }

    /// Every article of a catalogue of this length.
    pub fn all(length: usize) -> Self {
        Selection(vec![true; length])
    }

    /// Adds the article at a position.
    pub fn insert(&mut self, position: usize) {
        if let Some(flag) = self.0.get_mut(position) {
            *flag = true;
        }
    }

    /// Adds every article of another selection.
    pub fn extend(&mut self, other: &Selection) {
        for (flag, &more) in self.0.iter_mut().zip(&other.0) {
            *flag |= more;
        }
    }

    /// Whether the article at a position is taken.
    pub fn contains(&self, position: usize) -> bool {
        self.0.get(position).copied().unwrap_or(false)
    }

    /// The same for a position in four bytes, as long lists hold it.
    pub fn contains_number(&self, position: u32) -> bool {
        usize::try_from(position).is_ok_and(|position| self.contains(position))
    }

    /// The number of articles taken.
    pub fn count(&self) -> usize {
        self.0.iter().filter(|&&taken| taken).count()
    }
}

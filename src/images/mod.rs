//! Pictures: from the address in an article to the bytes in a book.
//!
//! A picture is looked for in the mirror, then in the cache, then on the network, at its own
//! address first and through the proxy that the archive names after that. What is found is checked,
//! made fit for the reading device, and kept; what is not costs one warning, never the run.

mod cache;
mod download;
mod failure;
mod formats;
mod incoming;
mod limits;
mod memory;
mod processor;
mod store;

pub use crate::model::Profile;
pub use crate::net::{FetchEvent, Limits as NetworkLimits};
pub use cache::{Cache, Prune, Summary, remove_temporary_files};
pub use limits::Limits;
pub use store::{Freshness, ImageSnapshot, ImageStore};

use crate::error::Warning;
use crate::model::{Address, ImageSource, Pictures, Resource};
use std::path::PathBuf;
use std::time::Duration;

/// Where pictures may come from and what becomes of them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// A folder laid out as `HOST/PATH[?QUERY]`, looked into first.
    pub mirror: Option<PathBuf>,
    /// The folder of downloaded pictures.
    pub cache: Option<PathBuf>,
    /// Whether what this run gets is kept there for later ones.
    pub keep: bool,
    /// Never touch the network.
    pub offline: bool,
    /// Whether loopback and private addresses and any port are allowed.
    pub allow_private_network: bool,
    /// Bounds and encoding for a kind of reading device.
    pub profile: Profile,
    /// The longest that all downloads of a run may take.
    pub time_budget: Duration,
    /// The most bytes that all downloads of a run may bring; `None` is no bound.
    pub max_total: Option<u64>,
    /// How long a cached picture is fresh.
    pub revalidate: Duration,
    /// The proxy for downloads, if one is wanted; `environment` is the one that `ALL_PROXY`,
    /// `HTTPS_PROXY` or `HTTP_PROXY` name, except for the hosts in `NO_PROXY`. It resolves names itself, so the user answers for
    /// what it reaches; addresses that name a private host by number are refused all the same.
    pub proxy: Option<String>,
    /// How servers can reach who runs the program: an address of the web or of mail, sent with every
    /// request if there is one.
    pub contact: Option<String>,
    /// A file with certificates (PEM) of authorities that are believed beside those of the web.
    pub certificates: Option<PathBuf>,
    /// Bounds of single downloads and pictures.
    pub limits: Limits,
}

impl Default for Settings {
    /// No mirror, no cache, no network; the limits of a build.
    fn default() -> Self {
        Settings {
            mirror: None,
            cache: None,
            keep: true,
            offline: true,
            allow_private_network: false,
            profile: Profile::default(),
            time_budget: Duration::from_secs(5 * 60),
            max_total: None,
            revalidate: Duration::from_secs(30 * 24 * 60 * 60),
            proxy: None,
            contact: None,
            certificates: None,
            limits: Limits::default(),
        }
    }
}

/// What the pictures are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Only their size and type: nothing is downloaded, nothing converted.
    Describe,
    /// Their bytes, converted for books; what mirror and cache lack is downloaded.
    Embed,
}

/// An image that an article shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Where its bytes come from.
    pub source: ImageSource,
    /// The way to its bytes, where the archive brings them.
    pub resource: Option<Resource>,
    /// All its places, best first, `source` among them; empty where there is no other.
    pub candidates: Vec<Candidate>,
    /// The article's address, sent as `Referer`.
    pub referer: Option<Address>,
    /// The article's file, for warnings.
    pub path: String,
    /// The article's number in a file that holds several, and the line on which it begins.
    pub item: Option<(u32, u32)>,
}

/// A candidate: where an image's bytes may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where they come from.
    pub source: ImageSource,
    /// The way to them, where the archive brings them.
    pub resource: Option<Resource>,
}

/// What came of asking for some images.
#[derive(Clone, Debug, Default)]
pub struct ImageSet {
    /// The pictures that were had.
    pub pictures: Pictures,
    /// One warning for each image that was not had, or not as a whole, in the order of the request;
    /// an image is warned of once in a run.
    pub warnings: Vec<Warning>,
}

/// Counts of a run. Each distinct image address counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Pictures that went into the run's outputs.
    pub embedded: u64,
    /// Found in the mirror.
    pub from_mirror: u64,
    /// Found in the cache.
    pub from_cache: u64,
    /// Download.
    pub fetched: u64,
    /// Not to be had.
    pub missing: u64,
    /// Pictures whose pixels were decoded, to convert them or to be sure of what was fetched. One
    /// that is fit as it lies in the mirror, or was converted by an earlier run, is not.
    /// For users of this library; the report's form is settled and does not have it.
    #[serde(skip)]
    pub decoded: u64,
    /// Bytes of the pictures embedded; bytes that several addresses give count once.
    pub bytes: u64,
}

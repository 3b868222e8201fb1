//! Bounds of single downloads and pictures.

use crate::net;
use std::time::Duration;

/// Bounds of single downloads and pictures. The defaults are what the documentation promises; tests
/// shorten them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes of one picture, as it arrives or lies in the mirror.
    pub bytes: u64,
    /// The most pixels of one picture, by its header.
    pub pixels: u64,
    /// The most memory that pictures being decoded may take together, in bytes. One picture may
    /// always be decoded.
    pub memory: u64,
    /// Bounds of what is asked of servers.
    pub network: net::Limits,
    /// Downloads at once from one image proxy.
    pub connections_per_proxy: usize,
    /// The time between the beginnings of two downloads from one image proxy.
    pub proxy_interval: Duration,
    /// How long a 404 or 410 is remembered.
    pub gone: Duration,
    /// How long other failures are remembered.
    pub failed: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            bytes: 20_000_000,
            pixels: 40_000_000,
            memory: 256 * 1024 * 1024,
            network: net::Limits::default(),
            connections_per_proxy: 2,
            // images.weserv.nl blocks an address for an hour after 2,500 pictures in ten minutes.
            proxy_interval: Duration::from_millis(300),
            gone: Duration::from_secs(7 * 24 * 60 * 60),
            failed: Duration::from_secs(60 * 60),
        }
    }
}

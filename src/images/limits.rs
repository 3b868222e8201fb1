//! Bounds of single downloads and pictures.

use std::time::Duration;

/// Bounds of single downloads and pictures. The defaults are what the documentation promises; tests
/// shorten them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of one picture, as it arrives or lies in the mirror.
    pub bytes: u64,
    /// The most pixels of one picture, by its header.
    pub pixels: u64,
    /// The most memory that pictures being decoded may take together, in bytes. One picture may
    /// always be decoded.
    pub memory: u64,
    /// The longest that one picture may take, all attempts, waits and redirects included.
    pub total: Duration,
    /// The longest that a connection may take to be made, its name being resolved included.
    pub connect: Duration,
    /// The longest that a server may say nothing.
    pub idle: Duration,
    /// After this time a download that brings less than [`Limits::slowest`] is given up.
    pub patience: Duration,
    /// Bytes a second that are too few.
    pub slowest: u64,
    /// Attempts where trying again may help.
    pub attempts: u32,
    /// The wait before the second attempt; each further one is twice as long.
    pub backoff: Duration,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Downloads at once.
    pub connections: usize,
    /// Downloads at once from one host.
    pub connections_per_host: usize,
    /// Downloads at once from one image proxy.
    pub connections_per_proxy: usize,
    /// The time between the beginnings of two downloads from one host.
    pub interval: Duration,
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
            total: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            patience: Duration::from_secs(10),
            slowest: 1_000,
            attempts: 3,
            backoff: Duration::from_secs(1),
            redirects: 5,
            connections: 16,
            connections_per_host: 4,
            connections_per_proxy: 2,
            interval: Duration::ZERO,
            // images.weserv.nl blocks an address for an hour after 2,500 pictures in ten minutes.
            proxy_interval: Duration::from_millis(300),
            gone: Duration::from_secs(7 * 24 * 60 * 60),
            failed: Duration::from_secs(60 * 60),
        }
    }
}

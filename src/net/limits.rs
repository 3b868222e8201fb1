//! Bounds of what is asked of servers, and how long they may take.

use std::time::Duration;

/// Bounds of requests. The defaults are what the documentation promises; tests shorten them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest that one thing may take, all attempts, waits and redirects included.
    pub total: Duration,
    /// The longest that a connection may take to be made, its name being resolved included.
    pub connect: Duration,
    /// The longest that a server may say nothing.
    pub idle: Duration,
    /// After this time a response that brings less than [`Limits::slowest`] is given up.
    pub patience: Duration,
    /// Bytes a second that are too few.
    pub slowest: u64,
    /// Attempts where trying again may help.
    pub attempts: u32,
    /// The wait before the second attempt; each further one is twice as long.
    pub backoff: Duration,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Requests at once.
    pub connections: usize,
    /// Requests at once to one host.
    pub connections_per_host: usize,
    /// The time between the beginnings of two requests to one host.
    pub interval: Duration,
    /// Different addresses that fail in a row, for want of a connection or of an answer in time,
    /// before their host is given up for the run.
    pub host_failures: u32,
    /// Hosts that must all have failed before the network is given up: after that, a host is given up
    /// after one failure.
    pub network_hosts: u32,
    /// Different addresses that must all have failed before the network is given up.
    pub network_failures: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
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
            interval: Duration::ZERO,
            host_failures: 5,
            // With sixteen connections, four to a host, one round of timeouts is enough to tell.
            network_hosts: 3,
            network_failures: 10,
        }
    }
}

//! What is told while servers are asked.

/// What happens while servers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchEvent<'event> {
    /// So many more things are to be downloaded.
    Wanted(u64),
    /// Bytes came in.
    Received {
        /// The host that sent them.
        host: &'event str,
        /// Their number.
        bytes: u64,
    },
    /// One of the things was had or given up.
    Settled,
    /// A host is not asked any more in this run.
    HostGivenUp {
        /// The host, with its port where that is not the scheme's own.
        host: &'event str,
        /// How many addresses failed there in a row.
        failures: u32,
        /// Why the last of them did.
        reason: &'event str,
    },
    /// No host answers: each is asked no more once it has failed, until one does answer.
    NetworkGivenUp {
        /// How many hosts were asked in vain.
        hosts: u32,
        /// How many addresses were.
        failures: u32,
    },
}

/// Is told what happens while servers are asked, from any thread.
pub type Watcher<'run> = dyn Fn(FetchEvent<'_>) + Sync + 'run;

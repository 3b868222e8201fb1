//! What is told while pictures are downloaded.

/// What happens while pictures are downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetching<'event> {
    /// So many more pictures are to be downloaded.
    Wanted(u64),
    /// Bytes came in.
    Received {
        /// The host that sent them.
        host: &'event str,
        /// Their number.
        bytes: u64,
    },
    /// One of the pictures was had or given up.
    Settled,
}

/// Is told what happens while pictures are downloaded, from any thread.
pub type Watcher<'run> = dyn Fn(Fetching<'_>) + Sync + 'run;

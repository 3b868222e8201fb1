//! How fast bytes come.

use crate::net::error::{FetchError, FetchErrorKind};
use crate::net::{Limits, Retry};
use std::time::{Duration, Instant};

/// How fast the bytes of one response come.
pub(super) struct Pace {
    start: Instant,
    received: u64,
    patience: Duration,
    slowest: u64,
}

impl Pace {
    pub fn start(limits: &Limits) -> Self {
        Pace {
            start: Instant::now(),
            received: 0,
            patience: limits.patience,
            slowest: limits.slowest,
        }
    }

    /// The number of bytes so far.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Counts bytes.
    ///
    /// # Errors
    /// Where they come too slowly.
    pub fn count(&mut self, bytes: u64) -> Result<(), FetchError> {
        self.received += bytes;
        let elapsed = self.start.elapsed();
        let expected = elapsed.as_secs_f64() * self.slowest as f64;
        if elapsed > self.patience && (self.received as f64) < expected {
            return Err(FetchError::new(
                FetchErrorKind::Interrupted,
                "it comes too slowly",
                Retry::Later,
            ));
        }
        Ok(())
    }
}

//! Whether and when to ask again.

use super::Limits;
use std::time::{Duration, Instant};

/// Whether another attempt may give something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Soon, or after the time that the server asks for.
    Soon(Option<Duration>),
    /// In a later run.
    Later,
    /// In a much later run: the server says that there is no such thing.
    Gone,
    /// In the next run: the server is not to blame, or was not asked.
    NextRun,
}

/// How often an address is asked, and with which pauses.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    backoff: Duration,
}

impl RetryPolicy {
    /// The policy that limits describe.
    pub fn new(limits: &Limits) -> Self {
        RetryPolicy {
            attempts: limits.attempts,
            backoff: limits.backoff,
        }
    }

    /// Whether an address that was asked so often may be asked once more.
    pub fn allows_after(&self, attempts: u32) -> bool {
        attempts < self.attempts
    }

    /// The pause after so many attempts: each is twice as long as the one before.
    pub fn pause_after(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        self.backoff.saturating_mul(factor)
    }

    /// When to ask again after so many attempts, where that is before `end`.
    pub fn next_attempt(
        &self,
        attempts: u32,
        asked: Option<Duration>,
        end: Instant,
    ) -> Option<Instant> {
        let pause = asked.unwrap_or_else(|| self.pause_after(attempts));
        let time = Instant::now().checked_add(pause)?;
        (self.allows_after(attempts) && time < end).then_some(time)
    }
}

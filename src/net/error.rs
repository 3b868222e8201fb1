//! Why an exchange with a server gave nothing.

use super::Retry;
use super::guard::NotPublic;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::time::{Duration, Instant};
use ureq::Timeout;

/// When an exchange has to be over.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    /// For what is asked for.
    pub request: Instant,
    /// For everything that the run asks for.
    pub run: Instant,
}

/// Why an exchange gave nothing, and whether another may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchError {
    /// What kind of thing happened.
    pub kind: FetchErrorKind,
    /// What happened, in words that follow a colon. The same whenever the same happens.
    pub reason: Cow<'static, str>,
    /// Whether another exchange may give something.
    pub retry: Retry,
}

/// Kinds of what goes wrong between a client and a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchErrorKind {
    /// The address may not be asked.
    Refused,
    /// No response came: the host is not found, not reached, not trusted or silent.
    Unreachable,
    /// A response began and broke off, or came too slowly.
    Interrupted,
    /// What came is no HTTP, or a redirect that leads nowhere.
    Malformed,
    /// Fewer bytes came than were announced.
    Truncated,
    /// More bytes came, or were announced, than may.
    TooLarge,
    /// The run has no time left.
    TimeSpent,
    /// The run may bring no more bytes.
    BytesSpent,
    /// The sink took no more bytes.
    Sink,
    /// The host, or the network, was given up for this run and not asked.
    NotAsked,
}

impl FetchError {
    pub(super) fn new(
        kind: FetchErrorKind,
        reason: impl Into<Cow<'static, str>>,
        retry: Retry,
    ) -> Self {
        FetchError {
            kind,
            reason: reason.into(),
            retry,
        }
    }

    /// The host wants to be left alone for longer than the run lasts.
    pub fn paused() -> Self {
        FetchError::new(
            FetchErrorKind::NotAsked,
            "its host asks for a longer wait",
            Retry::NextRun,
        )
    }

    /// Whether the host was not asked since it wants to be left alone.
    pub fn is_paused(&self) -> bool {
        *self == FetchError::paused()
    }

    pub(super) fn refused(reason: impl Into<Cow<'static, str>>) -> Self {
        FetchError::new(FetchErrorKind::Refused, reason, Retry::Later)
    }

    pub(super) fn malformed(reason: &'static str) -> Self {
        FetchError::new(FetchErrorKind::Malformed, reason, Retry::Later)
    }

    pub(super) fn truncated() -> Self {
        FetchError::new(
            FetchErrorKind::Truncated,
            "it is cut off",
            Retry::Soon(None),
        )
    }

    pub(super) fn too_large(most: u64) -> Self {
        let reason = format!("it is larger than {} MB", most / 1_000_000);
        FetchError::new(FetchErrorKind::TooLarge, reason, Retry::Later)
    }

    /// The run's time is over.
    pub fn time_spent() -> Self {
        let reason = "the run's time is used up";
        FetchError::new(FetchErrorKind::TimeSpent, reason, Retry::NextRun)
    }

    pub(super) fn bytes_spent() -> Self {
        let reason = "the run's number of bytes is used up";
        FetchError::new(FetchErrorKind::BytesSpent, reason, Retry::NextRun)
    }

    /// What came can't be kept.
    pub fn sink(error: &io::Error) -> Self {
        let reason = format!("it can't be written down: {error}");
        FetchError::new(FetchErrorKind::Sink, reason, Retry::NextRun)
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}

impl std::error::Error for FetchError {}

impl Deadline {
    /// The time that is left, if there is any.
    pub fn left(&self) -> Option<Duration> {
        let end = self.request.min(self.run);
        let left = end.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// What it means that no time is left at some point of an exchange.
    pub(super) fn error(&self, phase: Phase) -> FetchError {
        if self.run <= self.request || self.run <= Instant::now() {
            FetchError::time_spent()
        } else {
            FetchError::new(phase.kind(), "it takes too long", Retry::Later)
        }
    }
}

/// How far an exchange has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The head of the response has not come.
    Head,
    /// The bytes of the response are coming.
    Body,
}

impl Phase {
    fn kind(self) -> FetchErrorKind {
        match self {
            Phase::Head => FetchErrorKind::Unreachable,
            Phase::Body => FetchErrorKind::Interrupted,
        }
    }
}

/// What an error of the HTTP library means.
pub(super) fn from_library(error: ureq::Error, deadline: Deadline, phase: Phase) -> FetchError {
    if deadline.left().is_none() {
        return deadline.error(phase);
    }
    let later = |reason: &'static str| FetchError::new(phase.kind(), reason, Retry::Later);
    match error {
        ureq::Error::Other(error) if error.is::<NotPublic>() => {
            FetchError::refused(NotPublic.to_string())
        }
        ureq::Error::HostNotFound => later("its host is not found"),
        ureq::Error::Timeout(Timeout::Resolve) => later("its host is not found in time"),
        ureq::Error::Timeout(Timeout::Connect) => later("no connection is made in time"),
        ureq::Error::Timeout(Timeout::Global) => later("it takes too long"),
        ureq::Error::Timeout(_) => later("the server is silent"),
        ureq::Error::Io(error) => from_io(&error, phase),
        ureq::Error::Protocol(_) | ureq::Error::BodyStalled => FetchError {
            retry: Retry::Soon(None),
            ..FetchError::malformed("the server does not speak HTTP")
        },
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => later("the connection is not secure"),
        ureq::Error::LargeResponseHeader(_, _) => {
            FetchError::malformed("the response's header is too large")
        }
        _ => later("no connection is made"),
    }
}

fn from_io(error: &io::Error, phase: Phase) -> FetchError {
    use io::ErrorKind;
    let later = |reason: &'static str| FetchError::new(phase.kind(), reason, Retry::Later);
    match error.kind() {
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => FetchError {
            retry: Retry::Soon(None),
            ..later("the connection breaks off")
        },
        // What TLS does not trust or understand comes as this kind.
        ErrorKind::InvalidData => later("the connection is not secure"),
        ErrorKind::TimedOut => later("no connection is made in time"),
        _ => later("no connection is made"),
    }
}

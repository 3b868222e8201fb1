//! Why an exchange with a server gave nothing, and whether another may.

use super::failure::Failure;
use super::guard::NotPublic;
use std::io;
use std::time::{Duration, Instant};
use ureq::Timeout;

/// When an exchange has to be over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    /// For this picture.
    pub picture: Instant,
    /// For all pictures of the run.
    pub run: Instant,
}

impl Deadline {
    /// The time that is left, if there is any.
    pub fn left(&self) -> Option<Duration> {
        let left = self
            .picture
            .min(self.run)
            .saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    /// What it means that no time is left.
    pub fn trouble(&self) -> Trouble {
        if self.run <= self.picture || self.run <= Instant::now() {
            Trouble::budget("time")
        } else {
            missing("it takes too long")
        }
    }
}

/// Why an exchange gave nothing, and whether another may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// Why.
    pub failure: Failure,
    /// Whether another exchange may give something.
    pub again: Again,
}

/// Whether another exchange may give something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// Soon, or after the time that the server asks for.
    Soon(Option<Duration>),
    /// In a later run.
    Later,
    /// In a much later run: the server says that there is no such picture.
    Gone,
    /// As soon as there is time: the server is not to blame.
    NextRun,
}

impl Trouble {
    /// Nothing that another exchange in this run would change.
    pub fn lasting(failure: Failure) -> Self {
        Trouble {
            failure,
            again: Again::Later,
        }
    }

    /// Something that another exchange may change.
    pub fn passing(failure: Failure) -> Self {
        Trouble {
            failure,
            again: Again::Soon(None),
        }
    }

    /// The host wants to be left alone for longer than the run lasts.
    pub fn closed() -> Self {
        Trouble {
            failure: Failure::missing("its host asks for a longer wait"),
            again: Again::NextRun,
        }
    }

    /// Time or bytes ran out.
    pub fn budget(what: &str) -> Self {
        Trouble {
            failure: Failure::budget(format!("the run's {what} for pictures is used up")),
            again: Again::NextRun,
        }
    }
}

/// Nothing that another exchange in this run would change.
pub(super) fn missing(reason: &str) -> Trouble {
    Trouble::lasting(Failure::missing(reason))
}

/// Bytes are missing at the end.
pub(super) fn cut_off() -> Trouble {
    Trouble::passing(Failure::missing("the picture is cut off"))
}

/// The bytes can't be written down.
pub(super) fn no_room(_: io::Error) -> Trouble {
    Trouble {
        failure: Failure::missing("the cache has no room for it"),
        again: Again::NextRun,
    }
}

/// What an error of the HTTP library means.
pub(super) fn trouble_of(error: ureq::Error, deadline: Deadline) -> Trouble {
    if deadline.left().is_none() {
        return deadline.trouble();
    }
    match error {
        ureq::Error::Other(error) if error.is::<NotPublic>() => {
            Trouble::lasting(Failure::refused(NotPublic.to_string()))
        }
        ureq::Error::HostNotFound => missing("its host is not found"),
        ureq::Error::Timeout(Timeout::Resolve) => missing("its host is not found in time"),
        ureq::Error::Timeout(Timeout::Connect) => missing("no connection is made in time"),
        ureq::Error::Timeout(Timeout::Global) => missing("it takes too long"),
        ureq::Error::Timeout(_) => missing("the server is silent"),
        ureq::Error::Io(error) => trouble_of_io(&error),
        ureq::Error::Protocol(_) | ureq::Error::BodyStalled => {
            Trouble::passing(Failure::missing("the server does not speak HTTP"))
        }
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => missing("the connection is not secure"),
        ureq::Error::LargeResponseHeader(_, _) => missing("the response's header is too large"),
        _ => missing("no connection is made"),
    }
}

fn trouble_of_io(error: &io::Error) -> Trouble {
    use io::ErrorKind;
    match error.kind() {
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => Trouble::passing(Failure::missing("the connection breaks off")),
        // What TLS does not trust or understand comes as this kind.
        ErrorKind::InvalidData => missing("the connection is not secure"),
        ErrorKind::TimedOut => missing("no connection is made in time"),
        _ => missing("no connection is made"),
    }
}

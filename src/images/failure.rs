//! Why a picture was not had.

use crate::error::Code;
use crate::net::{FetchError, FetchErrorKind, Retry};
use serde::{Deserialize, Serialize};

/// Why a picture was not had. The reason is the same whether the failure happened now or was
/// remembered, so that a report does not depend on earlier runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The reason in words, for the warning.
    pub reason: String,
}

/// Kinds of failure, as the warning's code tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FailureKind {
    /// No place gave a picture.
    Missing,
    /// A place gave something that is no picture, or not the whole of one.
    Unfit,
    /// The server says that there is none.
    Gone,
    /// Nobody was asked: the host, or the network, was given up for the run.
    NotAsked,
    /// Nobody was asked: the network is off.
    Offline,
    /// A place gave a picture that can't be used.
    Unusable,
    /// The address may not be asked.
    Refused,
    /// Time or bytes ran out.
    BudgetSpent,
    /// The machine failed: another run may have the picture, so nothing is concluded from it.
    Passing,
}

impl Failure {
    /// No place gave a picture.
    pub fn missing(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Missing, reason)
    }

    /// Something that is no picture, or not the whole of one.
    pub fn unfit(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Unfit, reason)
    }

    /// Nobody was asked, since the host or the network was given up.
    pub fn not_asked(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::NotAsked, reason)
    }

    /// Nobody was asked, since the network is off.
    pub fn offline() -> Self {
        let reason = "it is neither in the mirror nor in the cache, and the network is off";
        Failure::new(FailureKind::Offline, reason)
    }

    /// The server says that there is no picture.
    pub fn gone(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Gone, reason)
    }

    /// A picture that can't be used.
    pub fn unusable(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Unusable, reason)
    }

    /// An address that may not be asked.
    pub fn refused(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Refused, reason)
    }

    /// Time or bytes ran out.
    pub fn budget(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::BudgetSpent, reason)
    }

    /// The machine failed, not the picture.
    pub fn passing(reason: impl Into<String>) -> Self {
        Failure::new(FailureKind::Passing, reason)
    }

    /// Whether another run may have the picture though nothing changes.
    pub fn is_passing(&self) -> bool {
        self.kind == FailureKind::Passing
    }

    fn new(kind: FailureKind, reason: impl Into<String>) -> Self {
        Failure {
            kind,
            reason: reason.into(),
        }
    }

    /// Whether nobody was asked, since the host or the network had failed before.
    pub fn is_consequence(&self) -> bool {
        self.kind == FailureKind::NotAsked
    }

    /// The code of the warning.
    pub fn code(&self) -> Code {
        match self.kind {
            FailureKind::Missing
            | FailureKind::Unfit
            | FailureKind::Gone
            | FailureKind::NotAsked
            | FailureKind::Offline
            | FailureKind::Passing => Code::ImageMissing,
            FailureKind::Unusable => Code::ImageUnusable,
            FailureKind::Refused => Code::ImageRefused,
            FailureKind::BudgetSpent => Code::ImageBudgetSpent,
        }
    }

    /// The failure that tells most of why a picture is missing, whatever order they are in: one of a
    /// picture that is there before one that may come, and that before one that will not.
    pub fn most_telling<'list>(
        failures: impl IntoIterator<Item = &'list Failure>,
    ) -> Option<&'list Failure> {
        failures
            .into_iter()
            .min_by(|one, other| (one.rank(), &one.reason).cmp(&(other.rank(), &other.reason)))
    }

    fn rank(&self) -> u8 {
        match self.kind {
            FailureKind::Unusable => 0,
            FailureKind::Unfit => 1,
            FailureKind::Refused => 2,
            FailureKind::Passing => 3,
            FailureKind::BudgetSpent => 4,
            FailureKind::Missing => 5,
            FailureKind::NotAsked | FailureKind::Offline => 6,
            FailureKind::Gone => 7,
        }
    }
}

/// Why a download gave no picture, and whether another attempt may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DownloadError {
    /// Why.
    pub failure: Failure,
    /// Whether another attempt may give one.
    pub retry: Retry,
}

impl DownloadError {
    /// Nothing that another attempt in this run would change.
    pub fn lasting(failure: Failure) -> Self {
        DownloadError {
            failure,
            retry: Retry::Later,
        }
    }

    /// The bytes can't be written down.
    pub fn no_room() -> Self {
        DownloadError {
            failure: Failure::missing("the cache has no room for it"),
            retry: Retry::NextRun,
        }
    }
}

impl From<FetchError> for DownloadError {
    fn from(error: FetchError) -> Self {
        let reason = error.reason;
        let failure = match error.kind {
            FetchErrorKind::Refused => Failure::refused(reason),
            FetchErrorKind::TooLarge => Failure::unusable(reason),
            FetchErrorKind::TimeSpent => spent("time"),
            FetchErrorKind::BytesSpent => spent("number of bytes"),
            FetchErrorKind::Truncated => Failure::unfit("the picture is cut off"),
            FetchErrorKind::Sink => return DownloadError::no_room(),
            FetchErrorKind::NotAsked => Failure::not_asked(reason),
            FetchErrorKind::Unreachable
            | FetchErrorKind::Interrupted
            | FetchErrorKind::Malformed => Failure::missing(reason),
        };
        DownloadError {
            failure,
            retry: error.retry,
        }
    }
}

fn spent(what: &str) -> Failure {
    Failure::budget(format!("the run's {what} for pictures is used up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_15_the_failure_that_tells_most_is_told_in_any_order() {
        let failures = [
            Failure::gone("HTTP 404"),
            Failure::missing("HTTP 503"),
            Failure::refused("its host is not on the public internet"),
            Failure::unusable("it is damaged"),
            Failure::unusable("it is larger than 20 MB"),
        ];
        for shift in 0..failures.len() {
            let mut turned = failures.clone();
            turned.rotate_left(shift);
            let told = |from: &[Failure]| Failure::most_telling(from).unwrap().reason.clone();
            assert_eq!(told(&turned), "it is damaged");
            let mut turned = failures[..3].to_vec();
            turned.rotate_left(shift % 3);
            assert_eq!(told(&turned), "its host is not on the public internet");
            let mut turned = failures[..2].to_vec();
            turned.rotate_left(shift % 2);
            assert_eq!(told(&turned), "HTTP 503");
        }
    }
}

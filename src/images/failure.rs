//! Why a picture was not had.

use crate::error::Code;
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

    /// The code of the warning.
    pub fn code(&self) -> Code {
        match self.kind {
            FailureKind::Missing | FailureKind::Passing => Code::ImageMissing,
            FailureKind::Unusable => Code::ImageUnusable,
            FailureKind::Refused => Code::ImageRefused,
            FailureKind::BudgetSpent => Code::ImageBudgetSpent,
        }
    }
}

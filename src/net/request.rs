//! What a server is asked, and what it says.

use super::Retry;
use crate::model::Address;
use std::time::Duration;

/// What to ask of a server.
#[derive(Clone, Copy, Debug)]
pub struct Request<'ask> {
    /// What to ask for. The fragment is not sent.
    pub address: &'ask Address,
    /// The page that it is asked for; what is said of it depends on whom it is said to.
    pub referer: Option<&'ask Address>,
    /// The `Accept` header.
    pub accept: &'ask str,
    /// What an earlier response said, to ask only for what changed since.
    pub validators: Option<&'ask Validators>,
    /// The most bytes that the response may have, unpacked.
    pub most_bytes: u64,
    /// Whether the response may come packed (gzip).
    pub packed: bool,
}

/// What a server said about a version of something, so that it can be asked for a newer one (RFC
/// 9110, section 8.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validators {
    /// The address that gave them, at the end of all redirects. They are sent to no other: they mean
    /// nothing there, and would tell one server what another has said.
    pub address: Address,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// The status of a response that is no redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 200: the bytes went into the sink.
    Ok,
    /// 304 to a conditional request.
    NotModified,
    /// 404 or 410.
    Gone(u16),
    /// 429 or 5xx: asking again may help.
    Busy(u16),
    /// Any other.
    Other(u16),
}

/// A step from one address to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Where it leads.
    pub to: Address,
    /// Whether it is for ever (301, 308).
    pub permanent: bool,
}

/// What a server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// What came of the request.
    pub status: Status,
    /// The address that answered.
    pub address: Address,
    /// The way there.
    pub redirects: Vec<Redirect>,
    /// What to send with the next request, where the server gave anything.
    pub validators: Option<Validators>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Retry-After`, a year at most.
    pub retry_after: Option<Duration>,
    /// `max-age` of `Cache-Control`, a year at most; nothing at all for `no-cache` and `no-store`.
    pub max_age: Option<Duration>,
    /// Whether the response said where it ends, by its length or in chunks, so that bytes that lack
    /// at the end lack on the server.
    pub is_delimited: bool,
}

impl Status {
    /// What a number means. 304 is only an answer where the request was conditional.
    pub(super) fn of(number: u16, was_conditional: bool) -> Self {
        match number {
            200 => Status::Ok,
            304 if was_conditional => Status::NotModified,
            404 | 410 => Status::Gone(number),
            429 | 500..=599 => Status::Busy(number),
            _ => Status::Other(number),
        }
    }
}

impl Response {
    /// Whether another request may bring what this one did not.
    pub fn retry(&self) -> Retry {
        match self.status {
            Status::Busy(_) => Retry::Soon(self.retry_after),
            Status::Gone(_) => Retry::Gone,
            Status::Ok | Status::NotModified | Status::Other(_) => Retry::Later,
        }
    }
}

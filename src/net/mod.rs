//! Asking servers: safely, politely, and no longer than it is worth.
//!
//! - The guard keeps requests to the public internet (server-side request forgery, SSRF).
//! - The client sends one request, follows its redirects and takes the bytes in, within bounds.
//! - The circuit breaker gives up a host, or the network, where nothing answers.
//! - The courtesy queue bounds how often and how much at once a host is asked.
//! - The retry policy says whether and when to ask again.
//!
//! Nothing here knows what is asked for. Who asks brings a [`Request`] and a sink for the bytes, gets
//! a [`Response`] or a [`FetchError`], and makes of it what it means for him.

mod breaker;
mod client;
mod courtesy;
mod error;
mod guard;
mod limits;
mod progress;
mod request;
mod retry;
mod threads;

pub use client::{Client, ClientSettings, SettingsError};
pub use courtesy::{Courtesy, CourtesyQueue, HostPauses, host_key};
pub use error::{Deadline, FetchError, FetchErrorKind};
pub use limits::Limits;
pub use progress::{FetchEvent, Watcher};
pub use request::{Redirect, Request, Response, Status, Validators};
pub use retry::{Retry, RetryPolicy};
pub use threads::on_threads;

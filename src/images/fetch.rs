//! One exchange with a server: a request, its redirects, the bytes.

use super::Settings;
use super::cache::Cache;
use super::failure::Failure;
use super::guard::{Guard, VettingResolver};
use super::limits::Limits;
use super::record::Stored;
use super::trouble::{Again, Deadline, Trouble, cut_off, missing, no_room, trouble_of};
use super::watch::{Fetching, Watcher};
use crate::model::{Address, forget_user};
use blake3::Hash;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;
use ureq::http::header::{ETAG, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderName, Response, StatusCode};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};
use url::Url;

const USER_AGENT: &str = concat!(
    "Offprint/",
    env!("CARGO_PKG_VERSION"),
    " (+https://github.com/offprint/offprint)"
);

/// What [`Settings::proxy`] is where the environment's variables name the proxy.
const PROXY_OF_THE_ENVIRONMENT: &str = "environment";

/// Asks servers for pictures.
#[derive(Debug)]
pub(super) struct Fetcher {
    agent: Agent,
    guard: Guard,
    limits: Limits,
    /// The bytes that may still come in this run.
    bytes_left: AtomicU64,
}

/// What to ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'window> {
    /// The picture's address.
    pub address: &'window Address,
    /// The article's address.
    pub referer: Option<&'window Address>,
    /// What the cache holds, to be confirmed.
    pub held: Option<&'window Stored>,
}

/// What a server gave.
#[derive(Debug)]
pub(super) enum Reply {
    /// What the cache holds is still right.
    Unchanged,
    /// Bytes.
    Bytes(Arrived),
}

/// Bytes that a server gave.
#[derive(Debug)]
pub(super) struct Arrived {
    /// The bytes, in a file on its way into the cache.
    pub file: NamedTempFile,
    /// Their hash.
    pub hash: Hash,
    /// The server's `ETag`.
    pub etag: Option<String>,
    /// The server's `Last-Modified`.
    pub last_modified: Option<String>,
}

/// Where a response's bytes go, and how long they may take.
struct Incoming<'ask> {
    deadline: Deadline,
    cache: &'ask Cache,
    watcher: &'ask Watcher<'ask>,
    /// The host that sends them.
    host: &'ask str,
}

impl Incoming<'_> {
    fn tell(&self, count: usize) {
        (self.watcher)(Fetching::Received {
            host: self.host,
            bytes: u64::try_from(count).unwrap_or(u64::MAX),
        });
    }
}

impl Fetcher {
    /// A fetcher for a run.
    ///
    /// # Errors
    /// Where the proxy's address can't be read.
    pub fn new(settings: &Settings) -> Result<Self, ureq::Error> {
        let limits = settings.limits.clone();
        let proxy = match settings.proxy.as_deref() {
            Some(PROXY_OF_THE_ENVIRONMENT) => Proxy::try_from_env(),
            proxy => proxy.map(Proxy::new).transpose()?,
        };
        let guard = Guard::new(
            settings.allow_private_network,
            proxy.as_ref().map(|proxy| proxy.host()),
        );
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .user_agent(USER_AGENT)
            .accept("image/jpeg,image/png,image/gif,image/webp,image/svg+xml,image/*;q=0.5")
            .accept_encoding("identity")
            .max_idle_connections_per_host(limits.connections_per_host)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_send_request(Some(limits.idle))
            .timeout_recv_response(Some(limits.idle))
            .timeout_per_read(Some(limits.idle))
            .build();
        let resolver = VettingResolver {
            inner: DefaultResolver::default(),
            guard: guard.clone(),
        };
        Ok(Fetcher {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            guard,
            limits,
            bytes_left: AtomicU64::new(settings.max_total.unwrap_or(u64::MAX)),
        })
    }

    /// Asks a server for a picture, following redirects.
    ///
    /// # Errors
    /// Why there is none, and whether asking again may help.
    pub fn ask(
        &self,
        question: Question<'_>,
        deadline: Deadline,
        cache: &Cache,
        watcher: &Watcher<'_>,
    ) -> Result<Reply, Trouble> {
        let mut url = question.address.url().clone();
        let mut visited: Vec<Url> = Vec::new();
        loop {
            url.set_fragment(None);
            // A redirect may name a user.
            forget_user(&mut url);
            self.guard.check(&url).map_err(Trouble::lasting)?;
            let response = self.request(&url, question, deadline)?;
            let status = response.status();
            if !is_redirect(status) {
                let incoming = Incoming {
                    deadline,
                    cache,
                    watcher,
                    host: url.host_str().unwrap_or_default(),
                };
                return self.answer(response, question, &incoming);
            }
            let next = target(&url, &response)?;
            visited.push(url);
            if visited.contains(&next) {
                return Err(missing("it redirects in a circle"));
            }
            if visited.len() > self.limits.redirects {
                return Err(missing("it redirects too often"));
            }
            url = next;
        }
    }

    /// Sends a request and waits for the headers of its response.
    fn request(
        &self,
        url: &Url,
        question: Question<'_>,
        deadline: Deadline,
    ) -> Result<Response<Body>, Trouble> {
        let left = deadline.left().ok_or_else(|| deadline.trouble())?;
        let mut request = self
            .agent
            .get(url.as_str())
            .config()
            .timeout_global(Some(left))
            .build();
        if let Some(referer) = question.referer {
            // An address names no user; the fragment is left out too (RFC 9110, section 10.1.3).
            request = request.header("Referer", referer.without_fragment());
        }
        if let Some(held) = question.held {
            if let Some(etag) = &held.etag {
                request = request.header("If-None-Match", etag);
            }
            if let Some(time) = &held.last_modified {
                request = request.header("If-Modified-Since", time);
            }
        }
        request.call().map_err(|error| trouble_of(error, deadline))
    }

    /// What a response that is no redirect means.
    fn answer(
        &self,
        response: Response<Body>,
        question: Question<'_>,
        incoming: &Incoming<'_>,
    ) -> Result<Reply, Trouble> {
        let status = response.status();
        match status.as_u16() {
            200 => self.receive(response, incoming).map(Reply::Bytes),
            304 if question.held.is_some() => Ok(Reply::Unchanged),
            429 | 500..=599 => Err(Trouble {
                failure: Failure::missing(format!("HTTP {}", status.as_u16())),
                again: Again::Soon(retry_after(&response)),
            }),
            404 | 410 => Err(Trouble {
                failure: Failure::missing(format!("HTTP {}", status.as_u16())),
                again: Again::Gone,
            }),
            number => Err(missing(&format!("HTTP {number}"))),
        }
    }

    /// Takes the bytes of a response in, a few at a time.
    fn receive(
        &self,
        response: Response<Body>,
        incoming: &Incoming<'_>,
    ) -> Result<Arrived, Trouble> {
        let deadline = incoming.deadline;
        let etag = text_header(&response, ETAG);
        let last_modified = text_header(&response, LAST_MODIFIED);
        let body = response.into_body();
        let announced = body.content_length();
        if announced.is_some_and(|length| length > self.limits.bytes) {
            return Err(self.too_large());
        }
        let mut file = incoming.cache.incoming().map_err(no_room)?;
        let mut body = body.into_reader();
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut pace = Pace::start(&self.limits);
        loop {
            let count = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(trouble_of(ureq::Error::from(error), deadline)),
            };
            let bytes = buffer.get(..count).unwrap_or_default();
            pace.count(count)?;
            if pace.received > self.limits.bytes {
                return Err(self.too_large());
            }
            self.spend(count)?;
            incoming.tell(count);
            if deadline.left().is_none() {
                return Err(deadline.trouble());
            }
            hasher.update(bytes);
            file.write_all(bytes).map_err(no_room)?;
        }
        if announced.is_some_and(|length| length != pace.received) {
            return Err(cut_off());
        }
        Ok(Arrived {
            file,
            hash: hasher.finalize(),
            etag,
            last_modified,
        })
    }

    fn too_large(&self) -> Trouble {
        let bound = self.limits.bytes / 1_000_000;
        Trouble::lasting(Failure::unusable(format!("it is larger than {bound} MB")))
    }

    /// Takes bytes from what the run may bring.
    fn spend(&self, count: usize) -> Result<(), Trouble> {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.bytes_left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(count)
            })
            .map(drop)
            .map_err(|_| {
                self.bytes_left.store(0, Ordering::Relaxed);
                Trouble::budget("number of bytes")
            })
    }

    /// Whether any bytes may still come in this run.
    pub fn may_receive(&self) -> bool {
        self.bytes_left.load(Ordering::Relaxed) > 0
    }
}

/// How fast bytes come.
struct Pace {
    start: Instant,
    received: u64,
    patience: Duration,
    slowest: u64,
}

impl Pace {
    fn start(limits: &Limits) -> Self {
        Pace {
            start: Instant::now(),
            received: 0,
            patience: limits.patience,
            slowest: limits.slowest,
        }
    }

    /// Counts bytes and gives up where they come too slowly.
    fn count(&mut self, bytes: usize) -> Result<(), Trouble> {
        self.received += u64::try_from(bytes).unwrap_or(u64::MAX);
        let elapsed = self.start.elapsed();
        let expected = elapsed.as_secs_f64() * self.slowest as f64;
        if elapsed > self.patience && (self.received as f64) < expected {
            return Err(missing("it comes too slowly"));
        }
        Ok(())
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads. A step from `https` down to `http` is not taken.
fn target(url: &Url, response: &Response<Body>) -> Result<Url, Trouble> {
    let nowhere = || missing("it redirects to nowhere");
    // Some servers write international characters as they are.
    let location = response.headers().get(LOCATION).ok_or_else(nowhere)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    if location.trim().is_empty() {
        return Err(nowhere());
    }
    let next = url.join(location.trim()).map_err(|_| nowhere())?;
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(Trouble::lasting(Failure::refused(
            "it redirects from https to http",
        )));
    }
    Ok(next)
}

fn text_header(response: &Response<Body>, name: HeaderName) -> Option<String> {
    const LONGEST: usize = 1024;
    let value = response.headers().get(name)?.to_str().ok()?;
    (value.len() <= LONGEST).then(|| value.to_owned())
}

/// `Retry-After` (RFC 9110, section 10.2.3): seconds or a date.
fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = chrono::DateTime::parse_from_rfc2822(value).ok()?;
    let now = i64::try_from(super::cache::now()).ok()?;
    let seconds = time.timestamp().saturating_sub(now).max(0);
    u64::try_from(seconds).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn redirect(from: &str, location: &str) -> Result<Url, Code> {
        let response = Response::builder()
            .header(LOCATION, location)
            .body(Body::builder().data(Vec::new()))
            .unwrap();
        target(&Url::parse(from).unwrap(), &response).map_err(|trouble| trouble.failure.code())
    }

    #[test]
    fn hostile_45_redirects_from_https_to_http_are_refused() {
        let from = "https://a.example/x";
        assert_eq!(
            redirect(from, "http://a.example/x"),
            Err(Code::ImageRefused)
        );
        assert!(redirect(from, "https://b.example/x").is_ok());
        assert!(redirect(from, "/y").is_ok());
        assert!(redirect("http://a.example/x", "http://b.example/x").is_ok());
    }
}

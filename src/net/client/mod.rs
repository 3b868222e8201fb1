//! The HTTP client: one request, its redirects, the bytes.

mod certificates;
mod cookies;
mod head;
mod headers;
mod pace;
mod packed;
mod referer;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{ClientSettings, SettingsError};

use super::breaker::{CircuitBreaker, is_server_error};
use super::error::{Phase, from_library};
use super::guard::{Guard, VettingResolver};
use super::{
    Deadline, FetchError, FetchEvent, Limits, Redirect, Request, Response, Status, Watcher,
    host_key,
};
use crate::model::{Address, forget_user};
use cookies::Cookies;
use head::{describe, is_gzip, is_packed_otherwise, is_redirect, target};
use pace::Pace;
use packed::Packed;
use referer::referer;
use settings::{tls, user_agent};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use ureq::http;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy};
use url::Url;

/// The longest header of a response, in bytes.
const HEADER: usize = 64 * 1024;

/// How much of a request is put together at once, in bytes.
const REQUEST: usize = 8 * 1024;

/// Why a response gives nothing that is packed in another way than was asked for, or damaged.
const UNREADABLE: &str = "it is packed in a way that can't be read";

/// How much of a response is taken in at once, in bytes.
const PIECE: usize = 16 * 1024;

/// What [`ClientSettings::proxy`] is where the environment's variables name the proxy.
const PROXY_OF_THE_ENVIRONMENT: &str = "environment";

/// Asks servers, for the length of a run.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    guard: Guard,
    limits: Limits,
    breaker: CircuitBreaker,
    /// The bytes that may still come in this run.
    bytes_left: AtomicU64,
}

/// An exchange under way, from the request to the last byte.
struct Exchange<'ask> {
    request: &'ask Request<'ask>,
    deadline: Deadline,
    watcher: &'ask Watcher<'ask>,
    /// Where the bytes go.
    sink: &'ask mut dyn Write,
    /// The address that is asked now, and the way to it.
    url: Url,
    visited: Vec<(Url, u32)>,
    cookies: Cookies,
    redirects: Vec<Redirect>,
}

impl Client {
    /// A client for a run.
    ///
    /// # Errors
    /// Where the settings can't be used.
    pub fn new(settings: &ClientSettings) -> Result<Self, SettingsError> {
        let limits = settings.limits.clone();
        let proxy = proxy(settings)?;
        let guard = Guard::new(
            settings.allow_private_network,
            proxy.as_ref().map(|proxy| proxy.host()),
        );
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are followed here, so that the guard sees every hop.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(proxy)
            .tls_config(tls(settings)?)
            .user_agent(user_agent(settings.contact.as_deref())?)
            // Unless a request says otherwise.
            .accept_encoding("identity")
            .max_idle_connections_per_host(limits.connections_per_host)
            // Each connection has its own. A response's header fits the first, as its bound says.
            .input_buffer_size(HEADER)
            .max_response_header_size(HEADER)
            .output_buffer_size(REQUEST)
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
        Ok(Client {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            guard,
            breaker: CircuitBreaker::new(&limits),
            limits,
            bytes_left: AtomicU64::new(settings.max_total.unwrap_or(u64::MAX)),
        })
    }

    /// Asks a server, following redirects. The bytes of a response with [`Status::Ok`] go into the
    /// sink, those of others nowhere; where there is an error, some bytes may be in it already.
    ///
    /// # Errors
    /// Why there is no response, and whether asking again may help.
    pub fn get(
        &self,
        request: &Request<'_>,
        sink: &mut dyn Write,
        deadline: Deadline,
        watcher: &Watcher<'_>,
    ) -> Result<Response, FetchError> {
        if self.bytes_left.load(Ordering::Relaxed) == 0 {
            return Err(FetchError::bytes_spent());
        }
        let mut exchange = Exchange {
            request,
            deadline,
            watcher,
            sink,
            url: request.address.url().clone(),
            visited: Vec::new(),
            cookies: Cookies::default(),
            redirects: Vec::new(),
        };
        exchange.url.set_fragment(None);
        loop {
            self.guard.check(&exchange.url)?;
            let host = host_key(&exchange.url);
            self.breaker.check(&host)?;
            // Time that went by before this host was asked is no fault of its own.
            if deadline.left().is_none() {
                return Err(deadline.error(Phase::Head));
            }
            let cookies = exchange.cookies.version();
            let hop = self.hop(&mut exchange);
            self.note(&host, &exchange, &hop);
            match hop? {
                Hop::Response(response) => return Ok(*response),
                Hop::Redirect { to, permanent } => {
                    exchange.follow(to, permanent, cookies, self.limits.redirects)?;
                }
            }
        }
    }

    /// Whether a host was given up: who waits for it waits in vain.
    pub fn is_given_up(&self, host: &str) -> bool {
        self.breaker.check(host).is_err()
    }

    /// Whether a host ever answered.
    pub fn has_answered(&self, host: &str) -> bool {
        self.breaker.has_answered(host)
    }

    /// Whether a host, when it was asked last, did not answer.
    pub fn is_failing(&self, host: &str) -> bool {
        self.breaker.is_failing(host)
    }

    /// Tells the circuit breaker what came of asking a host, and the watcher what it concludes.
    fn note(&self, host: &str, exchange: &Exchange<'_>, hop: &Result<Hop, FetchError>) {
        let address = exchange.url.as_str();
        let given_up = match hop {
            Ok(Hop::Response(response)) => match response.status {
                Status::Busy(status) if is_server_error(status) => {
                    self.breaker.note_server_error(host, address, status)
                }
                _ => self.breaker.note_success(host),
            },
            Ok(Hop::Redirect { .. }) => self.breaker.note_success(host),
            Err(error) => self.breaker.note_failure(host, address, error),
        };
        if let Some(given_up) = given_up {
            (exchange.watcher)(given_up.event());
        }
    }

    /// Asks one host and takes in what it says.
    fn hop(&self, exchange: &mut Exchange<'_>) -> Result<Hop, FetchError> {
        let (response, was_conditional) = self.send(exchange)?;
        self.breaker.note_answer(&host_key(&exchange.url));
        let status = response.status();
        if is_redirect(status) {
            exchange.cookies.note(&exchange.url, response.headers());
            return Ok(Hop::Redirect {
                to: target(&exchange.url, &response)?,
                permanent: matches!(status.as_u16(), 301 | 308),
            });
        }
        let status = Status::of(status.as_u16(), was_conditional);
        let (address, redirects) = (exchange.address()?, exchange.redirects.clone());
        let described = describe(status, address, redirects, response.headers());
        if status == Status::Ok {
            self.receive(response, exchange)?;
        }
        Ok(Hop::Response(Box::new(described)))
    }

    /// Sends a request and waits for the head of its response. Says too whether it asked only for
    /// what changed.
    fn send(&self, exchange: &Exchange<'_>) -> Result<(http::Response<Body>, bool), FetchError> {
        let Exchange {
            request,
            deadline,
            url,
            ..
        } = exchange;
        let left = deadline.left().ok_or_else(|| deadline.error(Phase::Head))?;
        let mut call = self
            .agent
            .get(url.as_str())
            .config()
            .timeout_global(Some(left))
            .build()
            .header("Accept", request.accept);
        if let Some(referer) = request.referer.and_then(|page| referer(page, url)) {
            call = call.header("Referer", referer);
        }
        let validators = request
            .validators
            .filter(|validators| validators.address.without_fragment() == url.as_str());
        let etag = validators.and_then(|validators| validators.etag.as_deref());
        let time = validators.and_then(|validators| validators.last_modified.as_deref());
        if let Some(etag) = etag {
            call = call.header("If-None-Match", etag);
        }
        if let Some(time) = time {
            call = call.header("If-Modified-Since", time);
        }
        if let Some(cookies) = exchange.cookies.header(url) {
            call = call.header("Cookie", cookies);
        }
        if request.packed {
            call = call.header("Accept-Encoding", "gzip");
        }
        let response = call
            .call()
            .map_err(|error| from_library(error, *deadline, Phase::Head))?;
        Ok((response, etag.or(time).is_some()))
    }

    /// Takes the bytes of a response in, a few at a time.
    fn receive(
        &self,
        response: http::Response<Body>,
        exchange: &mut Exchange<'_>,
    ) -> Result<(), FetchError> {
        let deadline = exchange.deadline;
        let most = exchange.request.most_bytes;
        if exchange.request.packed && is_packed_otherwise(response.headers()) {
            return Err(FetchError::malformed(UNREADABLE));
        }
        let is_packed = exchange.request.packed && is_gzip(response.headers());
        let announced = response.body().content_length();
        if announced.is_some_and(|length| length > most) {
            return Err(FetchError::too_large(most));
        }
        let mut body = Packed::new(response.into_body().into_reader(), is_packed);
        let mut buffer = vec![0; PIECE];
        let mut pace = Pace::start(&self.limits);
        let mut unpacked = 0_u64;
        loop {
            let count = next_piece(&mut body, &mut buffer, deadline)?;
            if count == 0 {
                break;
            }
            let bytes = buffer.get(..count).unwrap_or_default();
            unpacked += u64::try_from(count).unwrap_or(u64::MAX);
            // What is packed could unpack to any size: both sides of it are counted.
            let count = body.received().saturating_sub(pace.received());
            pace.count(count)?;
            if unpacked > most {
                return Err(FetchError::too_large(most));
            }
            self.spend(count)?;
            exchange.tell(count);
            if deadline.left().is_none() {
                return Err(deadline.error(Phase::Body));
            }
            let written = exchange.sink.write_all(bytes);
            written.map_err(|error| FetchError::sink(&error))?;
        }
        if announced.is_some_and(|length| length != body.received()) {
            return Err(FetchError::truncated());
        }
        Ok(())
    }

    /// Takes bytes from what the run may bring.
    fn spend(&self, count: u64) -> Result<(), FetchError> {
        self.bytes_left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(count)
            })
            .map(drop)
            .map_err(|_| {
                self.bytes_left.store(0, Ordering::Relaxed);
                FetchError::bytes_spent()
            })
    }
}

/// The proxy that the settings name, if any.
fn proxy(settings: &ClientSettings) -> Result<Option<Proxy>, SettingsError> {
    match settings.proxy.as_deref() {
        Some(PROXY_OF_THE_ENVIRONMENT) => Ok(Proxy::try_from_env()),
        proxy => proxy
            .map(Proxy::new)
            .transpose()
            .map_err(|_| SettingsError::Proxy),
    }
}

/// Reads the next bytes of a response; none at its end.
fn next_piece(
    body: &mut Packed<impl Read>,
    buffer: &mut [u8],
    deadline: Deadline,
) -> Result<usize, FetchError> {
    loop {
        match body.read(buffer) {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if body.is_damaged() => {
                return Err(match error.kind() {
                    io::ErrorKind::UnexpectedEof => FetchError::truncated(),
                    _ => FetchError::malformed(UNREADABLE),
                });
            }
            Err(error) => return Err(from_library(error.into(), deadline, Phase::Body)),
        }
    }
}

/// What one host said.
enum Hop {
    Response(Box<Response>),
    Redirect { to: Url, permanent: bool },
}

impl Exchange<'_> {
    /// Goes on to where a redirect leads. Some lead back to the same place, once a cookie is set.
    fn follow(
        &mut self,
        mut to: Url,
        permanent: bool,
        cookies: u32,
        most: usize,
    ) -> Result<(), FetchError> {
        to.set_fragment(None);
        // A redirect may name a user.
        forget_user(&mut to);
        let from = std::mem::replace(&mut self.url, to);
        self.visited.push((from, cookies));
        let next = (self.url.clone(), self.cookies.version());
        if self.visited.contains(&next) {
            return Err(FetchError::malformed("it redirects in a circle"));
        }
        if self.visited.len() > most {
            return Err(FetchError::malformed("it redirects too often"));
        }
        // What is no address is refused by the guard, which says why.
        let to = Address::from_url(self.url.clone());
        self.redirects
            .extend(to.map(|to| Redirect { to, permanent }));
        Ok(())
    }

    /// The address that is asked now.
    fn address(&self) -> Result<Address, FetchError> {
        let address = Address::from_url(self.url.clone());
        address.ok_or_else(|| FetchError::malformed("it redirects to nowhere"))
    }

    fn tell(&self, bytes: u64) {
        (self.watcher)(FetchEvent::Received {
            host: self.url.host_str().unwrap_or_default(),
            bytes,
        });
    }
}

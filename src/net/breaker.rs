//! A circuit breaker: a host that does not answer, or only that it can't, is not asked for ever.
//!
//! Without it a run over thousands of pictures at hosts that are gone, or on a machine whose network
//! is down, waits for each of them by itself, every time.

use super::error::{FetchError, FetchErrorKind};
use super::{FetchEvent, Limits, Retry};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Counts what fails at each host and says when to stop asking.
///
/// A host that fails several times in a row is given up for the rest of the run; one that answers, but
/// with an error of its own, after twice as many, since a server may fail in one part of a site. Where several hosts
/// failed and none ever answered, the network is given up: what failed once is not asked again. A
/// host that was not asked yet still is, for the first ones may have been dead by chance; its answer
/// takes the network's verdict back.
#[derive(Debug)]
pub(super) struct CircuitBreaker {
    host_failures: usize,
    network_hosts: usize,
    network_failures: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    hosts: HashMap<String, Host>,
    /// Whether any host ever sent a response.
    has_answer: bool,
    /// Failures at all hosts, while there is no answer.
    failures: usize,
    is_network_given_up: bool,
}

#[derive(Debug, Default)]
struct Host {
    /// The addresses that failed since the last success: attempts at one of them count once. No more
    /// of them than it takes to give the host up.
    failing: Vec<String>,
    /// The addresses for which it sent an error of its own since anything else came, as many as that takes.
    unable: Vec<String>,
    /// After how many failures in a row it was given up.
    given_up_after: Option<usize>,
    /// Whether it ever sent the head of a response.
    has_answered: bool,
}

/// Whether a status says that the server itself can't answer (RFC 9110, section 15.6; above 509 those of
/// Cloudflare). A gateway that answers 502 or 504 speaks of another server, as proxies of pictures do.
pub(super) fn is_server_error(status: u16) -> bool {
    (500..600).contains(&status) && !matches!(status, 501 | 502 | 504 | 505)
}

/// What was given up.
#[derive(Debug)]
pub(super) enum GivenUp {
    Host {
        host: String,
        failures: u32,
        reason: String,
    },
    Network {
        hosts: u32,
        failures: u32,
    },
}

impl GivenUp {
    /// The same, to be told.
    pub fn event(&self) -> FetchEvent<'_> {
        match self {
            GivenUp::Host {
                host,
                failures,
                reason,
            } => FetchEvent::HostGivenUp {
                host,
                failures: *failures,
                reason,
            },
            GivenUp::Network { hosts, failures } => FetchEvent::NetworkGivenUp {
                hosts: *hosts,
                failures: *failures,
            },
        }
    }
}

impl CircuitBreaker {
    pub fn new(limits: &Limits) -> Self {
        let least = |number: u32| usize::try_from(number.max(1)).unwrap_or(usize::MAX);
        CircuitBreaker {
            host_failures: least(limits.host_failures),
            network_hosts: least(limits.network_hosts),
            network_failures: least(limits.network_failures),
            state: Mutex::default(),
        }
    }

    /// # Errors
    /// Where the host, or the network, was given up.
    pub fn check(&self, host: &str) -> Result<(), FetchError> {
        let state = self.state();
        let Some(host) = state.hosts.get(host) else {
            return Ok(());
        };
        if let Some(failures) = host.given_up_after {
            return Err(not_asked(format!(
                "its host was given up after {failures} failures in a row"
            )));
        }
        if state.is_network_given_up && !host.failing.is_empty() {
            return Err(not_asked(
                "its host was given up after a failure, since no host answers".to_owned(),
            ));
        }
        Ok(())
    }

    /// Whether the last exchange with a host failed for want of an answer.
    pub fn is_failing(&self, host: &str) -> bool {
        let state = self.state();
        let host = state.hosts.get(host);
        host.is_some_and(|host| !host.failing.is_empty())
    }

    /// Whether a host ever sent the head of a response.
    pub fn has_answered(&self, host: &str) -> bool {
        let state = self.state();
        let host = state.hosts.get(host);
        host.is_some_and(|host| host.has_answered)
    }

    /// Notes that a host sent the head of a response.
    pub fn note_answer(&self, host: &str) {
        let mut state = self.state();
        state.hosts.entry(host.to_owned()).or_default().has_answered = true;
        state.has_answer = true;
        state.is_network_given_up = false;
    }

    /// Notes that an exchange with a host came to its end, by which nothing is given up.
    pub fn note_success(&self, host: &str) -> Option<GivenUp> {
        if let Some(host) = self.state().hosts.get_mut(host) {
            host.failing.clear();
            host.unable.clear();
        }
        None
    }

    /// Notes that a host answered with an error of its own; gives what is given up by it, if anything is.
    pub fn note_server_error(&self, host: &str, address: &str, status: u16) -> Option<GivenUp> {
        let mut state = self.state();
        let entry = state.hosts.entry(host.to_owned()).or_default();
        entry.failing.clear();
        let is_counted =
            entry.given_up_after.is_some() || entry.unable.iter().any(|one| one == address);
        if is_counted {
            return None;
        }
        entry.unable.push(address.to_owned());
        let in_a_row = entry.unable.len();
        entry.given_up_after = (in_a_row >= 2 * self.host_failures).then_some(in_a_row);
        entry.given_up_after.map(|failures| GivenUp::Host {
            host: host.to_owned(),
            failures: number(failures),
            reason: format!("it answers {status}"),
        })
    }

    /// Notes that an exchange failed; gives what is given up by it, if anything is. Only a host that
    /// does not answer, or not to the end, is to blame.
    pub fn note_failure(&self, host: &str, address: &str, error: &FetchError) -> Option<GivenUp> {
        if !matches!(
            error.kind,
            FetchErrorKind::Unreachable | FetchErrorKind::Interrupted
        ) {
            return None;
        }
        let mut state = self.state();
        let entry = state.hosts.entry(host.to_owned()).or_default();
        let is_counted =
            entry.given_up_after.is_some() || entry.failing.iter().any(|one| one == address);
        if is_counted {
            return None;
        }
        entry.failing.push(address.to_owned());
        let in_a_row = entry.failing.len();
        entry.given_up_after = (in_a_row >= self.host_failures).then_some(in_a_row);
        state.failures += 1;
        if self.is_network_dead(&state) {
            return Some(state.give_network_up());
        }
        // Where the network was given up, that says it all.
        let is_told = in_a_row >= self.host_failures && !state.is_network_given_up;
        is_told.then(|| GivenUp::Host {
            host: host.to_owned(),
            failures: number(in_a_row),
            reason: error.reason.to_string(),
        })
    }

    /// Whether every host that was asked failed, often enough to conclude from it.
    fn is_network_dead(&self, state: &State) -> bool {
        !state.has_answer
            && !state.is_network_given_up
            && state.hosts.len() >= self.network_hosts
            && state.failures >= self.network_failures
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn give_network_up(&mut self) -> GivenUp {
        self.is_network_given_up = true;
        GivenUp::Network {
            hosts: number(self.hosts.len()),
            failures: number(self.failures),
        }
    }
}

fn not_asked(reason: String) -> FetchError {
    FetchError::new(FetchErrorKind::NotAsked, reason, Retry::NextRun)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreachable() -> FetchError {
        FetchError::new(
            FetchErrorKind::Unreachable,
            "its host is not found",
            Retry::Later,
        )
    }

    fn failures(breaker: &CircuitBreaker, host: &str, addresses: std::ops::Range<u32>) -> usize {
        let told = addresses
            .filter_map(|number| breaker.note_failure(host, &number.to_string(), &unreachable()));
        told.count()
    }

    #[test]
    fn fault_17_a_host_is_given_up_after_some_failures_in_a_row() {
        let breaker = CircuitBreaker::new(&Limits::default());
        assert_eq!(failures(&breaker, "a", 0..4), 0);
        // Attempts at one address count once; a success begins anew; what is no fault of the host's
        // does not count.
        assert_eq!(failures(&breaker, "a", 0..4), 0);
        breaker.note_success("a");
        assert_eq!(failures(&breaker, "a", 0..4), 0);
        let refused = FetchError::refused("its host is not on the public internet");
        assert!(breaker.note_failure("a", "9", &refused).is_none());
        assert_eq!(breaker.check("a"), Ok(()));
        assert_eq!(failures(&breaker, "a", 4..9), 1);
        assert!(breaker.check("a").is_err());
        assert_eq!(breaker.check("b"), Ok(()));
    }

    #[test]
    fn fault_17_a_host_that_only_says_that_it_cannot_is_given_up() {
        let breaker = CircuitBreaker::new(&Limits::default());
        let errors = |host: &str, addresses: std::ops::Range<u32>| {
            let told = addresses.filter_map(|number| {
                breaker.note_answer(host);
                breaker.note_server_error(host, &number.to_string(), 503)
            });
            told.count()
        };
        assert_eq!(errors("a", 0..9), 0);
        assert_eq!(errors("a", 0..9), 0);
        breaker.note_success("a");
        assert_eq!(errors("a", 0..9), 0);
        assert_eq!(breaker.check("a"), Ok(()));
        assert_eq!(errors("a", 9..12), 1);
        assert!(
            breaker
                .check("a")
                .unwrap_err()
                .reason
                .contains("after 10 failures")
        );
        assert_eq!(breaker.check("b"), Ok(()));
        for (status, counts) in [
            (500, true),
            (503, true),
            (521, true),
            (502, false),
            (504, false),
            (404, false),
        ] {
            assert_eq!(is_server_error(status), counts);
        }
    }

    #[test]
    fn fault_17_the_network_is_given_up_where_no_host_answers() {
        let limits = Limits::default();
        for answers in [false, true] {
            let breaker = CircuitBreaker::new(&limits);
            if answers {
                breaker.note_answer("c");
            }
            let hosts = ["a", "b", "c", "d"];
            let told: usize = hosts
                .map(|host| failures(&breaker, host, 0..4))
                .iter()
                .sum();
            assert_eq!(told, usize::from(!answers));
            assert_eq!(breaker.check("d").is_err(), !answers);
            // One that was not asked may answer, and then the others may, too.
            assert_eq!(breaker.check("e"), Ok(()));
            breaker.note_answer("c");
            assert_eq!(breaker.check("d"), Ok(()));
        }
    }
}

//! What hosts allow programs to fetch (RFC 9309). Asked for pages; a feed is there for programs.

use crate::model::Address;
use crate::net::{FetchError, Status, host_key};
use crate::pull::fetch::{Ask, Fetched, Fetcher};
use robotstxt::DefaultMatcher;
use std::collections::{BTreeMap, HashMap};
use std::panic::{self, AssertUnwindSafe};

/// The name that hosts know the program by.
const PRODUCT: &str = "Offprint";

/// The longest file; eight times as much as has to be read (RFC 9309, section 2.5).
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// What the hosts that were asked in this run allow.
#[derive(Default)]
pub(in crate::pull) struct Robots(HashMap<String, Rules>);

enum Rules {
    All,
    /// The host did not answer, so nothing may be fetched now (section 2.3.1.4).
    Unknown,
    File(String),
}

/// Whether a page may be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pull) enum Permission {
    Granted,
    Denied,
    /// Ask again later.
    Unknown,
}

impl Robots {
    /// Asks the hosts of some pages for their rules, each once in a run.
    pub fn ask<'pages>(
        &mut self,
        pages: impl Iterator<Item = &'pages Address>,
        fetcher: &Fetcher<'_>,
    ) {
        let mut hosts: BTreeMap<String, Address> = BTreeMap::new();
        for page in pages {
            let host = host_key(page.url());
            if !self.0.contains_key(&host)
                && let Some(file) = page.join("/robots.txt")
            {
                hosts.entry(host).or_insert(file);
            }
        }
        let asks = hosts.values().map(|file| Ask {
            address: file.clone(),
            accept: "text/plain,*/*;q=0.1",
            validators: None,
            most_bytes: MOST_BYTES,
        });
        let rules = fetcher.run(asks.collect(), |_, result| rules(result));
        for (host, rules) in hosts.into_keys().zip(rules) {
            self.0.insert(host, rules.unwrap_or(Rules::Unknown));
        }
    }

    pub fn permission(&self, page: &Address) -> Permission {
        match self.0.get(&host_key(page.url())) {
            Some(Rules::All) => Permission::Granted,
            Some(Rules::Unknown) | None => Permission::Unknown,
            Some(Rules::File(text)) => {
                let mut matcher = DefaultMatcher::default();
                let ask = AssertUnwindSafe(|| {
                    matcher.one_agent_allowed_by_robots(text, PRODUCT, page.as_str())
                });
                // A file that makes the parser fail says nothing.
                match panic::catch_unwind(ask) {
                    Ok(false) => Permission::Denied,
                    Ok(true) | Err(_) => Permission::Granted,
                }
            }
        }
    }
}

fn rules(result: Result<Fetched, FetchError>) -> Rules {
    match result {
        Ok(fetched) => match fetched.response.status {
            Status::Ok => {
                let text = String::from_utf8_lossy(&fetched.bytes);
                // The parser takes a byte order mark for a part of the first name.
                Rules::File(text.trim_start_matches('\u{FEFF}').to_owned())
            }
            Status::Busy(_) => Rules::Unknown,
            // There is no such file: everything is allowed (section 2.3.1.3).
            Status::Gone(_) | Status::Other(_) | Status::NotModified => Rules::All,
        },
        Err(_) => Rules::Unknown,
    }
}

//! Selectors of the configuration that match nothing in any article of their site: the site has
//! changed, or they were never right.

use crate::error::{Code, Warning};
use crate::model::{Address, Site, Sites};
use std::collections::BTreeSet;

/// What the articles of a run tell of the selectors that the configuration names.
pub(super) struct Selectors<'run> {
    entries: Vec<Entry<'run>>,
    /// Whether there is an article of which nothing is known.
    is_unknown: bool,
}

/// What is known of an entry of the configuration.
struct Entry<'run> {
    site: &'run Site,
    articles: usize,
    /// Whether any article was read in this run, so that there is news.
    is_new: bool,
    unmatched: BTreeSet<&'run str>,
}

impl<'run> Selectors<'run> {
    /// Those that were added to the built-in table.
    pub fn of(sites: &'run Sites) -> Self {
        let entries = sites.added().iter().filter(|site| !site.remove.is_empty());
        Selectors {
            entries: entries.map(Entry::new).collect(),
            is_unknown: false,
        }
    }

    /// Takes note of what matched in an article that was read.
    pub fn made(&mut self, address: Option<&Address>, matched: &[String]) {
        self.see(address, matched, true);
    }

    /// Takes note of what an earlier run found in an article.
    pub fn kept(&mut self, address: Option<&str>, matched: &[String]) {
        if !self.entries.is_empty() {
            self.see(address.and_then(Address::parse).as_ref(), matched, false);
        }
    }

    /// Takes note of an article of which nothing is known.
    pub fn unknown(&mut self) {
        self.is_unknown = true;
    }

    fn see(&mut self, address: Option<&Address>, matched: &[String], is_new: bool) {
        let Some(address) = address else {
            return;
        };
        for entry in &mut self.entries {
            if entry.site.covers(address) {
                entry.articles += 1;
                entry.is_new |= is_new;
                for selector in matched {
                    entry.unmatched.remove(selector.as_str());
                }
            }
        }
    }

    /// A warning for each selector that matched nothing in all articles of its site.
    pub fn warnings(self) -> Vec<Warning> {
        if self.is_unknown {
            return Vec::new();
        }
        self.entries.iter().flat_map(Entry::warnings).collect()
    }
}

impl<'run> Entry<'run> {
    fn new(site: &'run Site) -> Self {
        Entry {
            site,
            articles: 0,
            is_new: false,
            unmatched: site.remove.iter().map(String::as_str).collect(),
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        if self.articles == 0 {
            return Vec::new();
        }
        let host = self.site.hosts.first().map(String::as_str);
        let among = match self.articles {
            1 => "its one article".to_owned(),
            count => format!("any of its {count} articles"),
        };
        let warning = |selector: &&str| {
            let message = format!(
                "the selector {selector:?} of the [[site]] {} matches nothing in {among}",
                host.unwrap_or_default()
            );
            let mut warning = Warning::new(Code::SelectorUnmatched, message);
            warning.is_repeated = !self.is_new;
            warning
        };
        self.unmatched.iter().map(warning).collect()
    }
}

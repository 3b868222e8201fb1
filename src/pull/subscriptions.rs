//! Which feeds and lists a run goes through.

use super::links::{Link, links};
use super::{Settings, Subscription, opml};
use crate::error::{Error, Result};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most names that a message lists.
const NAMED: usize = 20;

/// A reading list.
pub(super) struct List {
    pub path: PathBuf,
    pub links: Vec<Link>,
}

/// The feeds of a run: those of the configuration, then those of the lists, each address once.
///
/// # Errors
/// Where a list can't be read or is none, or a name means no feed.
pub(super) fn feeds(settings: &Settings) -> Result<Vec<Subscription>> {
    let mut feeds = settings.feeds.clone();
    for path in &settings.opml {
        let text = read(path)?;
        let listed = opml::subscriptions(&text).ok_or_else(|| {
            Error::configuration(
                format!("{} is no list of feeds in OPML", path.display()),
                "name a file that a feed reader exported as OPML with --opml, and lists of pages with --links",
            )
        })?;
        feeds.extend(listed);
    }
    let mut seen = HashSet::new();
    feeds.retain(|feed| seen.insert(feed.address.clone()));
    choose(feeds, &settings.names)
}

/// The reading lists of a run; none where feeds are named.
///
/// # Errors
/// Where a list can't be read, or holds no address.
pub(super) fn lists(settings: &Settings) -> Result<Vec<List>> {
    let paths = settings.links.iter().filter(|_| settings.names.is_empty());
    let list = |path: &PathBuf| {
        let text = read(path)?;
        if opml::subscriptions(&text).is_some_and(|feeds| !feeds.is_empty()) {
            return Err(Error::configuration(
                format!("{} is a list of feeds", path.display()),
                "name it with --opml",
            ));
        }
        let links = links(&text);
        if links.is_empty() && !text.trim().is_empty() {
            return Err(Error::configuration(
                format!("{} holds no address of a page", path.display()),
                "name an export of Pocket, Instapaper, Readwise, Karakeep, Linkwarden or Raindrop, bookmarks, or a file with an address a line",
            ));
        }
        Ok(List {
            path: path.clone(),
            links,
        })
    };
    paths.map(list).collect()
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(Error::input(path))?;
    Ok(super::charset::decoded(&bytes, None).into_owned())
}

fn choose(feeds: Vec<Subscription>, names: &[String]) -> Result<Vec<Subscription>> {
    if names.is_empty() {
        return Ok(feeds);
    }
    let is_named = |feed: &Subscription, name: &str| {
        let host = feed.address.host().unwrap_or_default();
        let source = feed.source.as_deref().unwrap_or_default();
        feed.address.as_str() == name
            || source.to_lowercase() == name.to_lowercase()
            || host.eq_ignore_ascii_case(name)
    };
    let unknown = |name: &&String| !feeds.iter().any(|feed| is_named(feed, name));
    if let Some(name) = names.iter().find(unknown) {
        let known: Vec<&str> = feeds
            .iter()
            .take(NAMED)
            .map(|feed| feed.source.as_deref().unwrap_or(feed.address.as_str()))
            .collect();
        return Err(Error::configuration(
            format!("no feed is called {name:?}"),
            format!(
                "name a feed by its source, its address or its host: {}",
                known.join(", ")
            ),
        ));
    }
    let chosen = |feed: &Subscription| names.iter().any(|name| is_named(feed, name));
    Ok(feeds.into_iter().filter(chosen).collect())
}

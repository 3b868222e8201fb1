//! Which feeds and lists a run goes through.

pub(super) mod links;
mod opml;

use super::{Content, Settings, Subscription};
use crate::error::{Code, Error, Result, Warning};
use links::{Link, links};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The most names that a message lists.
const NAMED: usize = 20;

/// A reading list.
pub(super) struct List {
    pub path: PathBuf,
    pub links: Vec<Link>,
}

/// The feeds of a run: those of the configuration, then those of the lists, each address once; and what
/// of the lists is none. `titles` gives what feeds called themselves last.
///
/// # Errors
/// Where a list can't be read or is none, or a name means no feed.
pub(super) fn feeds(
    settings: &Settings,
    content: &dyn Content,
    titles: impl Fn(&Subscription) -> Option<String>,
) -> Result<(Vec<Subscription>, Vec<Warning>)> {
    let mut feeds = settings.feeds.clone();
    let mut warnings = Vec::new();
    for path in &settings.opml {
        let text = read(content, path)?;
        let listed = opml::subscriptions(&text).ok_or_else(|| {
            Error::configuration(
                format!("{} is no list of feeds in OPML", path.display()),
                "name a file that a feed reader exported as OPML with --opml, and lists of pages with --links",
            )
        })?;
        feeds.extend(listed.feeds);
        for written in listed.unusable {
            let message = format!("{written:?} is no address of a feed on the web; it is left out");
            let warning = Warning::new(Code::FeedUnavailable, message);
            warnings.push(warning.in_file(path.display().to_string()));
        }
    }
    let mut seen = HashSet::new();
    feeds.retain(|feed| seen.insert(feed.address.without_fragment().to_owned()));
    Ok((choose(feeds, &settings.names, titles)?, warnings))
}

/// The reading lists of a run; none where feeds are named.
///
/// # Errors
/// Where a list can't be read, or holds no address.
pub(super) fn lists(settings: &Settings, content: &dyn Content) -> Result<Vec<List>> {
    let paths = settings.links.iter().filter(|_| settings.names.is_empty());
    let list = |path: &PathBuf| {
        let text = read(content, path)?;
        if opml::subscriptions(&text).is_some_and(|listed| !listed.feeds.is_empty()) {
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

fn read(content: &dyn Content, path: &Path) -> Result<String> {
    let bytes = content.list(path).map_err(Error::input(path))?;
    Ok(super::fetch::charset::decoded(&bytes, None).into_owned())
}

fn choose(
    feeds: Vec<Subscription>,
    names: &[String],
    titles: impl Fn(&Subscription) -> Option<String>,
) -> Result<Vec<Subscription>> {
    if names.is_empty() {
        return Ok(feeds);
    }
    let called = |feed: &Subscription| {
        let source = feed.source.clone().or_else(|| titles(feed));
        let host = feed.address.host().unwrap_or_default().to_owned();
        let words = feed.tags.iter().cloned().chain(source).chain([host]);
        words.map(|word| word.to_lowercase()).collect::<Vec<_>>()
    };
    let called: Vec<Vec<String>> = feeds.iter().map(called).collect();
    let feeds: Vec<(Subscription, Vec<String>)> = feeds.into_iter().zip(called).collect();
    let is_named = |(feed, called): &(Subscription, Vec<String>), name: &str| {
        feed.address.as_str() == name || called.contains(&name.to_lowercase())
    };
    let unknown = |name: &&String| !feeds.iter().any(|feed| is_named(feed, name));
    if let Some(name) = names.iter().find(unknown) {
        let known: Vec<&str> = feeds
            .iter()
            .take(NAMED)
            .map(|(feed, _)| feed.source.as_deref().unwrap_or(feed.address.as_str()))
            .collect();
        return Err(Error::configuration(
            format!("no feed is called {name:?}"),
            format!(
                "name a feed by its source, its address, its host or its group: {}",
                known.join(", ")
            ),
        ));
    }
    let chosen = |feed: &(Subscription, Vec<String>)| names.iter().any(|name| is_named(feed, name));
    let chosen = feeds.into_iter().filter(chosen);
    Ok(chosen.map(|(feed, _)| feed).collect())
}

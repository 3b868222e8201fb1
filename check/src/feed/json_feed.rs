//! JSON Feed 1.1.

use super::shape::{Dates, control, control_message, is_date, is_web};
use super::{Facts, check_text, other_picture};
use crate::iri::is_iri;
use crate::tag::is_language;
use crate::{Findings, Rule};
use serde_json::{Map, Value};
use std::collections::HashSet;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

type Object = Map<String, Value>;

/// Checks a JSON Feed. Nothing where the JSON is something else.
pub(super) fn check(
    bytes: &[u8],
    mut facts: Facts,
    findings: &mut Findings,
) -> Option<Option<Facts>> {
    let path = facts.shown.clone();
    let feed = match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(feed)) => feed,
        Ok(_) => return None,
        Err(error) => {
            let line = u32::try_from(error.line()).ok().filter(|line| *line > 0);
            findings.add(Rule::FeedElement, &path, line, error.to_string());
            return Some(None);
        }
    };
    let version = text(&feed, "version").unwrap_or_default();
    if !version.contains("jsonfeed.org") && !facts.relative.ends_with("feed.json") {
        return None;
    }
    let mut check = Check {
        path: &path,
        findings,
    };
    // Written anew, for the document may spell characters out.
    let plain = serde_json::to_string(&feed).unwrap_or_default();
    if let Some(control) = control(&plain) {
        check.add(Rule::FeedCharacter, control_message(control));
    }
    if version != VERSION {
        let message = format!("{version:?} is not {VERSION:?}");
        check.add(Rule::FeedVersion, message);
    }
    check.feed(&feed, &mut facts);
    Some(Some(facts))
}

fn text<'json>(object: &'json Object, name: &str) -> Option<&'json str> {
    object.get(name).and_then(Value::as_str)
}

fn objects<'json>(object: &'json Object, name: &str) -> impl Iterator<Item = &'json Object> {
    let values = object.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_object)
}

struct Check<'check> {
    path: &'check str,
    findings: &'check mut Findings,
}

impl Check<'_> {
    fn add(&mut self, rule: Rule, message: impl AsRef<str>) {
        self.findings.add(rule, self.path, None, message);
    }

    fn feed(&mut self, feed: &Object, facts: &mut Facts) {
        if text(feed, "title").is_none_or(|title| title.trim().is_empty()) {
            self.add(Rule::FeedElement, "the feed has no title");
        }
        self.common(
            feed,
            "the feed",
            &["home_page_url", "feed_url", "next_url", "icon", "favicon"],
        );
        if let Some(address) = text(feed, "feed_url") {
            facts.link("self", address);
        }
        let Some(items) = feed.get("items").and_then(Value::as_array) else {
            return self.add(Rule::FeedElement, "the feed has no list of items");
        };
        let mut ids = HashSet::new();
        for (number, item) in items.iter().enumerate() {
            match item.as_object() {
                Some(item) => self.item(item, number + 1, &mut ids),
                None => self.add(
                    Rule::FeedElement,
                    format!("item {} is no object", number + 1),
                ),
            }
        }
    }

    fn item<'json>(&mut self, item: &'json Object, number: usize, ids: &mut HashSet<&'json str>) {
        let name = self.id(item, number, ids);
        if text(item, "content_html")
            .or(text(item, "content_text"))
            .is_none()
        {
            self.add(Rule::FeedElement, format!("{name} has no content"));
        }
        self.common(
            item,
            &name,
            &["url", "external_url", "image", "banner_image"],
        );
        for field in ["date_published", "date_modified"] {
            let date = text(item, field).unwrap_or_default();
            if item.contains_key(field) && !is_date(date, Dates::Internet) {
                let message = format!("{field} of {name} is not written as the format asks");
                self.add(Rule::FeedDate, message);
            }
        }
        let html = text(item, "content_html").unwrap_or_default();
        let shown = check_text(html, self.path, None, self.findings);
        self.pictures(item, &shown);
        for attachment in objects(item, "attachments") {
            let address = text(attachment, "url").unwrap_or_default();
            let kind = text(attachment, "mime_type").unwrap_or_default();
            if !is_web(address) || !kind.contains('/') {
                let message = format!("an attachment of {name} lacks an address or a media type");
                self.add(Rule::FeedEnclosure, message);
            }
        }
    }

    /// Checks an item's id, and says what to call the item.
    fn id<'json>(
        &mut self,
        item: &'json Object,
        number: usize,
        ids: &mut HashSet<&'json str>,
    ) -> String {
        let Some(id) = text(item, "id").filter(|id| !id.is_empty()) else {
            self.add(Rule::FeedId, format!("item {number} has no id"));
            return format!("item {number}");
        };
        if !ids.insert(id) {
            self.add(Rule::FeedId, format!("the id {id:?} stands twice"));
        }
        if !is_iri(id) {
            self.add(Rule::FeedId, format!("{id:?} is no absolute IRI"));
        }
        format!("the item {id:?}")
    }

    /// Holds the pictures that an item names beside its text against those that the text shows.
    fn pictures(&mut self, item: &Object, shown: &[String]) {
        let kind = |attachment: &&Object| {
            let kind = text(attachment, "mime_type").unwrap_or_default();
            kind.starts_with("image/")
        };
        let attached = objects(item, "attachments").filter(kind);
        let attached = attached.filter_map(|attachment| text(attachment, "url"));
        for address in text(item, "image").into_iter().chain(attached) {
            if let Some(message) = other_picture(address, shown) {
                self.add(Rule::FeedPicture, message);
            }
        }
    }

    /// What a feed and an item both may have.
    fn common(&mut self, object: &Object, name: &str, addresses: &[&str]) {
        for field in addresses {
            let address = text(object, field).unwrap_or_default();
            if object.contains_key(*field) && !is_web(address) {
                let message = format!("{field} of {name} is no absolute address: {address:?}");
                self.add(Rule::FeedAddress, message);
            }
        }
        let language = text(object, "language").unwrap_or_default();
        if object.contains_key("language") && !is_language(language) {
            let message = format!("{language:?} of {name} is no language tag");
            self.add(Rule::FeedLanguage, message);
        }
        for author in objects(object, "authors") {
            if !["name", "url", "avatar"]
                .iter()
                .any(|field| author.contains_key(*field))
            {
                let message = format!("an author of {name} has neither name nor address");
                self.add(Rule::FeedElement, message);
            }
        }
    }
}

//! Lists of subscriptions in OPML.

use crate::model::Address;
use crate::pull::Subscription;
use crate::pull::markup::references::decoded;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The subscriptions of a list, in its order.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The names of the groups around each are its tags.
    pub feeds: Vec<Subscription>,
    /// What stands in the place of the address of a feed, and is none of the web.
    pub unusable: Vec<String>,
}

/// Reads a list of feeds; none where the text is no such list.
pub(super) fn subscriptions(text: &str) -> Option<Listed> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut found = Listed::default();
    let mut is_list = false;
    // The names of the outlines that are open; none for one that is a feed.
    let mut open: Vec<Option<String>> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) | Err(_) => return is_list.then_some(found),
            Ok(Event::Start(start)) => match lower(start.local_name().into_inner()).as_slice() {
                b"opml" => is_list = true,
                b"outline" => {
                    open.push(found.add(&start, &open));
                }
                _ => {}
            },
            Ok(Event::End(end)) if lower(end.local_name().into_inner()) == b"outline" => {
                open.pop();
            }
            Ok(_) => {}
        }
    }
}

impl Listed {
    /// Adds what an outline is; gives its name where it is a group.
    fn add(&mut self, start: &BytesStart<'_>, groups: &[Option<String>]) -> Option<String> {
        let Some(written) = attribute(start, "xmlUrl") else {
            return name(start);
        };
        match address(&written) {
            Some(address) => self.feeds.push(subscription(start, address, groups)),
            None => self.unusable.push(written.trim().to_owned()),
        }
        None
    }
}

fn subscription(
    start: &BytesStart<'_>,
    address: Address,
    groups: &[Option<String>],
) -> Subscription {
    let mut tags: Vec<String> = groups.iter().flatten().cloned().collect();
    let named = attribute(start, "category").unwrap_or_default();
    let named = named.split([',', '/']).map(str::trim);
    tags.extend(named.filter(|tag| !tag.is_empty()).map(str::to_owned));
    tags.dedup();
    Subscription {
        address,
        source: name(start),
        tags,
        full_text: None,
    }
}

/// The address of a feed, which programs mark as one by a scheme that is none of the web's.
fn address(written: &str) -> Option<Address> {
    let written = written.trim();
    let scheme = written
        .get(..5)
        .filter(|start| start.eq_ignore_ascii_case("feed:"));
    let rest = scheme.map_or(written, |_| written.get(5..).unwrap_or_default());
    let address = match rest.strip_prefix("//") {
        Some(rest) => Address::parse(&format!("http://{rest}")),
        None => Address::parse(rest),
    };
    address.filter(Address::is_web)
}

fn lower(name: &[u8]) -> Vec<u8> {
    name.to_ascii_lowercase()
}

fn name(start: &BytesStart<'_>) -> Option<String> {
    let text = attribute(start, "text").or_else(|| attribute(start, "title"))?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// An attribute, whatever the case of its name: programs differ in it.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start
        .html_attributes()
        .with_checks(false)
        .flatten()
        .find(|one| one.key.into_inner().eq_ignore_ascii_case(name.as_bytes()))?;
    let value = decoded(&String::from_utf8_lossy(&found.value));
    (!value.trim().is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_groups_are_tags() {
        let list = "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>x</title></head><body>\
            <outline text=\"News\"><outline text=\"Asia\"><outline type=\"rss\" text=\"A &amp; B\" \
            xmlUrl=\"https://a.example/feed?x=1&amp;y=2\"/></outline></outline>\
            <outline title=\"C\" xmlURL='https://c.example/' category=\"x,y\"></outline>\
            <outline text=\"no feed\" xmlUrl=\"javascript:x\"/></body></opml>";
        let found = subscriptions(list).unwrap();
        assert_eq!(found.unusable, ["javascript:x"]);
        let told: Vec<(&str, Option<&str>, String)> = found
            .feeds
            .iter()
            .map(|one| {
                (
                    one.address.as_str(),
                    one.source.as_deref(),
                    one.tags.join("/"),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "https://a.example/feed?x=1&y=2",
                    Some("A & B"),
                    "News/Asia".to_owned()
                ),
                ("https://c.example/", Some("C"), "x/y".to_owned()),
            ]
        );
        assert!(subscriptions("<html><p>x</html>").is_none());
    }

    #[test]
    fn names_in_any_case_and_addresses_of_other_programs_are_read() {
        let odd = "<OPML><BODY><OUTLINE TEXT='It&#8217;s &eacute; &amp; B & C' XMLURL='feed://a.example/f?a=1&b=2'/>\
            <outline text='D' xmlUrl='feed:https://d.example/'/></BODY></OPML>";
        let found = subscriptions(odd).unwrap();
        let told = found
            .feeds
            .iter()
            .map(|one| (one.address.as_str(), one.source.as_deref()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("http://a.example/f?a=1&b=2", Some("It’s é & B & C")),
                ("https://d.example/", Some("D")),
            ]
        );
    }
}

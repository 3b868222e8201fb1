//! The feeds that a page names as its own (`rel=alternate`).

use super::markup::tags;
use crate::model::Address;

/// Types of feeds, and how likely what has them is one: a page of WordPress names its own text under
/// `application/json` too.
const TYPES: [(&str, u32); 7] = [
    ("application/rss+xml", 0),
    ("application/atom+xml", 0),
    ("application/feed+json", 0),
    ("application/rdf+xml", 1),
    ("application/xml", 2),
    ("text/xml", 2),
    ("application/json", 3),
];

/// The feeds that a page names: in its order, but those of comments, and what may be none, behind the
/// others.
pub(super) fn feeds_of_page(html: &str, page: &Address) -> Vec<Address> {
    let mut base = page.clone();
    let mut feeds: Vec<(u32, Address)> = Vec::new();
    for tag in tags(html).filter(|tag| !tag.is_end) {
        if tag.name == "base"
            && let Some(named) = tag.value("href").and_then(|href| page.join(&href))
        {
            base = named;
        }
        let relations = tag.value("rel").unwrap_or_default().to_ascii_lowercase();
        let is_alternate = relations.split_whitespace().any(|word| word == "alternate");
        let kind = tag.value("type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let rank = TYPES.iter().find(|(name, _)| *name == kind);
        let Some((_, rank)) = rank.filter(|_| tag.name == "link" && is_alternate) else {
            continue;
        };
        let address = tag.value("href").and_then(|href| base.join(&href));
        let is_new = |address: &Address| !feeds.iter().any(|(_, feed)| feed == address);
        if let Some(address) = address.filter(|address| address.is_web() && is_new(address)) {
            let is_of_comments = address.as_str().to_ascii_lowercase().contains("comment");
            feeds.push((rank + u32::from(is_of_comments), address));
        }
    }
    feeds.sort_by_key(|(rank, _)| *rank);
    feeds.into_iter().map(|(_, address)| address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feed_of_articles_comes_before_those_of_comments_and_what_may_be_none() {
        let page = Address::parse("https://a.example/blog/").unwrap();
        let html = "<link rel=alternate type=application/json href=/wp-json/1>\
            <link rel=alternate type=application/json+oembed href=/oembed>\
            <link rel='alternate' type='application/rss+xml' href='/comments/feed/'>\
            <link rel='ALTERNATE home' type='Application/RSS+XML; charset=utf-8' href='feed/'>\
            <link rel=alternate type=application/rss+xml href=feed/><link rel=alternate hreflang=de href=/de>";
        let feeds = feeds_of_page(html, &page);
        let feeds: Vec<&str> = feeds.iter().map(Address::as_str).collect();
        assert_eq!(
            feeds,
            [
                "https://a.example/blog/feed/",
                "https://a.example/comments/feed/",
                "https://a.example/wp-json/1",
            ]
        );
    }

    #[test]
    fn a_page_names_its_feeds() {
        let page = "<link rel=stylesheet href=x.css><link rel='alternate home' \
            type=\"application/atom+xml; charset=utf-8\" href=\"/feed?a=1&amp;b=2\"><LINK REL=alternate \
            TYPE=application/rss+xml HREF=rss.xml><link rel=alternate hreflang=de href=/de/>";
        let feeds = feeds_of_page(
            page,
            &Address::parse("https://example.org/a/b.html").unwrap(),
        );
        let feeds: Vec<&str> = feeds.iter().map(Address::as_str).collect();
        let expected = [
            "https://example.org/feed?a=1&b=2",
            "https://example.org/a/rss.xml",
        ];
        assert_eq!(feeds, expected);
    }
}

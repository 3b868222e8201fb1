//! Posts and films that stand in a page in words: the quotation that is a post's text until a script shows
//! it, an address alone in a box for films, and what a page plays without scripts.

use crate::clean::body::page::labels;
use crate::clean::body::parse::tree::{Element, NodeRef, attribute, classes, element_of};
use crate::clean::body::walk::elements::{Role, is_image, role};
use crate::clean::body::walk::embeds;
use crate::clean::body::walk::links::Links;
use crate::clean::body::walk::pictures::Pictures;
use crate::model::{Address, Embed, EmbedKind};

/// How many nodes beside a `noscript` are looked at.
const MOST_BESIDE: usize = 20;

/// The post of which a quotation is the text until a script shows it; nothing where the text leads there.
pub(in crate::clean::body) fn quoted(
    element: &Element,
    node: NodeRef<'_>,
    links: &Links<'_>,
) -> Option<Address> {
    let is_embed = classes(element).flat_map(labels::words).any(|word| {
        matches!(
            word.as_str(),
            "embed" | "embedded" | "media" | "tweet" | "post" | "video"
        )
    });
    let permalink = element
        .attrs
        .iter()
        .find(|(name, _)| name.local.contains("permalink"));
    let others = [
        "cite",
        "data-url",
        "data-src",
        "data-href",
        "data-post-url",
        "data-embed-url",
    ];
    let others = others.iter().filter(|_| is_embed);
    let others = others.filter_map(|name| attribute(element, name));
    let mut addresses = permalink
        .map(|(_, value)| &**value)
        .into_iter()
        .chain(others);
    let address = addresses.find_map(|it| links.resolve(it.trim()).filter(Address::is_web))?;
    let own = bare(&address);
    let leads_there = |inside: NodeRef<'_>| {
        let reference = element_of(&inside).and_then(|element| attribute(element, "href"));
        reference
            .and_then(|reference| links.resolve(reference))
            .is_some_and(|other| bare(&other) == own)
    };
    (!node.descendants().any(leads_there)).then_some(address)
}

/// An address without what a link to the same page may have besides.
fn bare(address: &Address) -> String {
    let bare = address
        .as_str()
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    bare.trim_end_matches('/').to_owned()
}

/// The address of a film that stands as the only text in an element for films (WordPress).
pub(in crate::clean::body) fn written<'tree>(
    element: &Element,
    node: NodeRef<'tree>,
) -> Option<NodeRef<'tree>> {
    let text = node
        .first_child()
        .filter(|child| child.next_sibling().is_none())?;
    let address = text.value().as_text()?.trim();
    let is_address = (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(char::is_whitespace);
    let is_embed = classes(element)
        .flat_map(labels::words)
        .any(|word| word == "embed");
    (is_address && is_embed).then_some(text)
}

/// The films that a page shows to those without scripts, where nothing beside them shows the same.
pub(in crate::clean::body) fn without_scripts(
    noscript: NodeRef<'_>,
    links: &Links<'_>,
    pictures: &Pictures<'_>,
) -> Vec<Embed> {
    let mut found: Vec<Embed> = Vec::new();
    for node in noscript.descendants().skip(1) {
        let Some(element) = element_of(&node) else {
            continue;
        };
        if !matches!(role(element, node), Role::Embed) {
            continue;
        }
        let embed = embeds::embed(element, node, links, pictures);
        // Frames count visits and sell.
        let film = embed.filter(|embed| embed.kind != EmbedKind::Frame);
        let film = film.filter(|embed| !found.iter().any(|other| other.address == embed.address));
        found.extend(film.filter(|embed| !is_beside(embed, noscript)));
    }
    found
}

/// Whether an element near a `noscript` names the same film.
fn is_beside(embed: &Embed, noscript: NodeRef<'_>) -> bool {
    let address = embed.address.url();
    let number = address
        .query_pairs()
        .find(|(name, _)| name == "v")
        .map(|(_, value)| value.into_owned())
        .or_else(|| {
            let last = address.path_segments()?.rfind(|part| !part.is_empty())?;
            Some(last.to_owned())
        });
    let number = number.filter(|number| number.len() > 3);
    let whole = embed.address.as_str();
    let whole = whole.split_once(':').map_or(whole, |(_, rest)| rest);
    let is_it = |value: &str| {
        value.contains(whole) || number.as_ref().is_some_and(|number| value.contains(number))
    };
    let names = |node: NodeRef<'_>| {
        let other = element_of(&node).filter(|it| !is_image(it.name()) && it.name() != "script");
        other.is_some_and(|it| it.attrs.iter().any(|(_, value)| is_it(value)))
    };
    let beside = noscript.prev_siblings().chain(noscript.next_siblings());
    let outer = noscript.parent().into_iter().filter(|outer| names(*outer));
    beside
        .take(MOST_BESIDE)
        .any(|node| node.descendants().take(MOST_BESIDE).any(names))
        || outer.count() > 0
}

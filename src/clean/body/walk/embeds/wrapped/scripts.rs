//! What a script writes in its place: a listing or a recording that others keep, the page of a post.

use super::services::by_post;
use crate::clean::body::parse::tree::{Element, attribute};
use crate::clean::body::walk::links::Links;
use crate::model::Address;

/// The page of what a script writes in its place: a listing or a recording that others keep.
pub(in crate::clean::body) fn script(element: &Element, links: &Links<'_>) -> Option<Address> {
    if let Some(post) = by_post(element) {
        return Some(post);
    }
    let address = links.resolve(attribute(element, "src")?)?;
    let mut page = address.url().clone();
    let path = page.path().to_owned();
    let host = page.host_str().unwrap_or_default().to_owned();
    if let Some(shown) = named_in_query(&address, links) {
        return Some(shown);
    }
    let shown = if let Some((start, number)) = path.split_once("/embed_js/") {
        format!("{start}/{number}")
    } else if let Some(shown) = path.trim_end_matches('/').strip_suffix("/embed") {
        format!("{shown}/")
    } else {
        let bare = path
            .strip_suffix(".js")
            .or_else(|| path.strip_suffix(".pibb"))?;
        let is_kept = host.split('.').chain(bare.split('/')).any(|part| {
            matches!(
                part,
                "gist"
                    | "gists"
                    | "snippet"
                    | "snippets"
                    | "paste"
                    | "pastes"
                    | "pastie"
                    | "asciinema"
            )
        });
        let last = bare.rsplit('/').next().unwrap_or_default();
        // What is kept at a host for nothing else may have any name.
        let at_host = host.starts_with("gist.") && bare.trim_matches('/').contains('/');
        let is_number = last.len() > 1
            && (at_host || last.bytes().any(|b| b.is_ascii_digit()) || is_hexadecimal(last));
        if !is_kept || !is_number {
            return None;
        }
        bare.to_owned()
    };
    page.set_path(&shown);
    Address::from_url(page).filter(Address::is_web)
}

/// What a script embeds whose address a parameter holds: `embed.js?target=https://…`.
fn named_in_query(script: &Address, links: &Links<'_>) -> Option<Address> {
    let name = script.url().path().rsplit('/').next().unwrap_or_default();
    let mut parameters = script.url().query_pairs();
    let (_, shown) = parameters.find(|(key, value)| {
        matches!(&**key, "target" | "url" | "src") && value.starts_with("https://")
    })?;
    let shown = links.resolve(&shown).filter(Address::is_web)?;
    name.starts_with("embed").then_some(shown)
}

/// Whether a name is a number to the base of 16, as of a digest.
fn is_hexadecimal(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

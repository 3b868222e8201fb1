//! Where links, pictures and style sheets lead.

use super::inside;
use super::known::{Reference, Resources, Use};
use super::package::{Package, SVG, XHTML};
use crate::reference::{Target, is_unsafe, resolve};
use crate::{Findings, Rule};

/// Schemes of links that lead out of a book.
const LINKED: [&str; 8] = [
    "http", "https", "mailto", "tel", "ftp", "geo", "news", "sms",
];

/// Resolves every reference of the book.
pub(super) fn check(package: &Package, resources: &Resources, book: &str, findings: &mut Findings) {
    for (name, document) in &resources.documents {
        let path = inside(book, name);
        for reference in &document.references {
            let fault = fault(package, resources, name, reference);
            if let Some((rule, message)) = fault {
                findings.add(rule, &path, reference.line, message);
            }
        }
    }
    for (address, line) in &package.guide {
        let there = match resolve(&package.path, address) {
            Target::Inside { path, .. } => package.item(&path).is_some(),
            _ => false,
        };
        if !there {
            let message = format!("{address:?} of the guide is not in the book");
            findings.add(Rule::PackageGuide, &package.shown, *line, message);
        }
    }
}

fn fault(
    package: &Package,
    resources: &Resources,
    name: &str,
    reference: &Reference,
) -> Option<(Rule, String)> {
    let address = &reference.address;
    match resolve(name, address) {
        Target::Nowhere(why) => Some((Rule::LinkAddress, format!("{address:?}: {why}"))),
        Target::Outside(scheme) => fault_of_outside(&scheme, reference),
        Target::Inside { path, fragment } => match reference.usage {
            Use::Link => fault_of_link(package, resources, address, &path, fragment.as_deref()),
            Use::Picture | Use::Part => fault_of_part(package, address, &path, reference.usage),
        },
    }
}

fn fault_of_outside(scheme: &str, reference: &Reference) -> Option<(Rule, String)> {
    let address = &reference.address;
    if reference.usage != Use::Link {
        let message = format!("{address:?} would be fetched from elsewhere");
        return Some((Rule::ResourceRemote, message));
    }
    if is_unsafe(scheme) || scheme.is_empty() {
        let message = format!("{address:?} leads to no page of the web");
        return Some((Rule::LinkAddress, message));
    }
    let web = matches!(scheme, "http" | "https");
    if web && url::Url::parse(address).is_err() {
        return Some((Rule::LinkAddress, format!("{address:?} is no address")));
    }
    // What has another scheme may be an address that only some readers know.
    let known = LINKED.contains(&scheme) || !address.contains(char::is_whitespace);
    (!known).then(|| (Rule::LinkAddress, format!("{address:?} is no address")))
}

fn fault_of_link(
    package: &Package,
    resources: &Resources,
    address: &str,
    path: &str,
    fragment: Option<&str>,
) -> Option<(Rule, String)> {
    let Some(item) = package.item(path) else {
        return Some((Rule::LinkMissing, format!("{address:?} is not in the book")));
    };
    if matches!(item.media_type.as_str(), XHTML | SVG) && package.place(path).is_none() {
        // Nobody can turn the page there.
        let message = format!("{address:?} is not in the reading order");
        return Some((Rule::LinkSpine, message));
    }
    let (fragment, document) = (fragment?, resources.document(path)?);
    if fragment.is_empty() || document.ids.contains_key(fragment) {
        return None;
    }
    let message = format!("{address:?} leads to an id that is not there");
    Some((Rule::LinkFragment, message))
}

fn fault_of_part(
    package: &Package,
    address: &str,
    path: &str,
    usage: Use,
) -> Option<(Rule, String)> {
    let Some(item) = package.item(path) else {
        let message = format!("{address:?} is not in the book");
        return Some((Rule::ResourceMissing, message));
    };
    let picture = item.media_type.starts_with("image/");
    (usage == Use::Picture && !picture).then(|| {
        let message = format!(
            "{address:?} is shown as a picture and is {}",
            item.media_type
        );
        (Rule::ImageType, message)
    })
}

//! Links between pages.

use super::markdown::Page;
use super::{beside, book, name, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What is wrong with a link of a page, if anything is.
fn fault(page: &Path, content: &Page, link: &str) -> Option<String> {
    if ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| link.starts_with(scheme))
    {
        return None;
    }
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let target = page.parent()?.join(path);
    let target = if path.is_empty() { page } else { &target };
    let Ok(target) = target.canonicalize() else {
        return Some(format!("{}: {link}: no such file", name(page)));
    };
    let book = root().join("docs/src").canonicalize().ok()?;
    if page.starts_with(root().join("docs/src")) && !target.starts_with(&book) {
        return Some(format!("{}: {link} leads out of the book", name(page)));
    }
    let is_page = target.extension().is_some_and(|ending| ending == "md");
    let anchors = if path.is_empty() {
        content.anchors.clone()
    } else if is_page {
        Page::read(&target).anchors
    } else {
        Vec::new()
    };
    let lost = !fragment.is_empty() && !anchors.iter().any(|anchor| anchor == fragment);
    lost.then(|| format!("{}: {link}: no such heading", name(page)))
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut links = 0;
    for page in beside().into_iter().chain(book()) {
        let content = Page::read(&page);
        links += content.links.len();
        let found = content.links.iter();
        faults.extend(found.filter_map(|link| fault(&page, &content, link)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(links > 100, "{links}");
}

#[test]
fn the_summary_lists_every_page_once() {
    let summary = root().join("docs/src/SUMMARY.md");
    let folder = summary.parent().unwrap();
    // A chapter that is not written yet has no link.
    let listed: Vec<String> = Page::read(&summary)
        .links
        .into_iter()
        .filter(|link| !link.is_empty())
        .map(|link| name(&folder.join(link)))
        .collect();
    let distinct: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(distinct.len(), listed.len(), "a page is listed twice");
    let pages: BTreeSet<String> = book().iter().map(|page| name(page)).collect();
    assert_eq!(distinct, pages);
}

/// What the book shows of files beside the source is not where their links were written for.
#[test]
fn what_the_book_includes_has_no_relative_links() {
    let mut included = 0;
    for page in book() {
        let text = Page::read(&page).text;
        let paths = text.split("{{#include ").skip(1);
        for path in paths.filter_map(|rest| rest.split("}}").next()) {
            let path = page.parent().unwrap().join(path);
            assert!(path.is_file(), "{}: {}", name(&page), path.display());
            included += 1;
            if path.extension().is_some_and(|ending| ending == "md") {
                let links = Page::read(&path).links;
                let relative = links.iter().find(|link| !link.starts_with("https://"));
                assert_eq!(relative, None, "{}", name(&page));
            }
        }
    }
    assert!(included >= 5, "{included}");
}

/// The numbers in a page's tables.
fn numbers(page: &Page) -> Vec<&str> {
    let rows = page.text.lines().filter(|line| line.starts_with('|'));
    let words = rows.flat_map(|row| row.split(|c: char| !(c.is_ascii_digit() || ".,".contains(c))));
    words
        .map(|word| word.trim_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn both_readmes_say_the_same() {
    let (english, chinese) = ("README.md", "README.zh-Hans.md");
    let [left, right] = [english, chinese].map(|name| Page::read(&root().join(name)));
    assert!(left.links.iter().any(|link| link == chinese));
    assert!(right.links.iter().any(|link| link == english));
    let others = |page: &Page| -> Vec<String> {
        let links = page.links.iter().cloned();
        links.filter(|link| !link.starts_with("README")).collect()
    };
    assert_eq!(others(&left), others(&right));
    assert_eq!(numbers(&left), numbers(&right));
    assert!(numbers(&left).len() > 30);
}

/// Every file of the source, by its path below the repository.
fn sources() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<_> = ["src", "tests", "check", "benches", "examples"]
        .map(|folder| root().join(folder))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let below = path.strip_prefix(root()).unwrap();
            found.push(below.to_string_lossy().into_owned());
            if path.is_dir() {
                found.push(format!("{}/", below.to_string_lossy()));
                folders.push(path);
            }
        }
    }
    found
}

#[test]
fn every_file_that_the_documents_beside_the_source_name_is_there() {
    let sources = sources();
    let mut missing = Vec::new();
    let mut named = 0;
    for page in beside() {
        let text = fs::read_to_string(&page).unwrap();
        for word in text.split('`').skip(1).step_by(2) {
            let is_file = [".rs", ".rs/", ".py", ".sh"]
                .iter()
                .any(|end| word.ends_with(end));
            if !is_file || word.contains([' ', '*', '<', '{']) {
                continue;
            }
            named += 1;
            let ending = format!("/{}", word.trim_start_matches("./"));
            if !sources
                .iter()
                .any(|path| format!("/{path}").ends_with(&ending))
            {
                missing.push(format!("{}: {word}", name(&page)));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(named > 50, "{named}");
}

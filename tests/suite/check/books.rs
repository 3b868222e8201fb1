//! Books broken on purpose, one fault each.

use super::faults::{FAULTS, FURTHER_FAULTS, Fault};
use super::sample::{Parts, codes, found, outputs};
use std::collections::BTreeSet;

/// Breaks the sample's book. Where `OFFPRINT_TEST_BROKEN_BOOKS` names a folder, the broken book is
/// kept there for other checkers.
fn broken((name, _, put): &Fault, for_others: bool) -> Vec<u8> {
    let mut parts = Parts::of_sample();
    put(&mut parts);
    let bytes = parts.bytes();
    let folder = std::env::var_os("OFFPRINT_TEST_BROKEN_BOOKS");
    if let Some(folder) = folder.filter(|_| for_others) {
        std::fs::create_dir_all(&folder).unwrap();
        let path = std::path::Path::new(&folder).join(format!("{name}.epub"));
        std::fs::write(path, &bytes).unwrap();
    }
    bytes
}

fn missed(faults: &[Fault], for_others: bool) -> Vec<String> {
    let check = |fault: &Fault| {
        let codes = codes(&broken(fault, for_others));
        let (name, rule, _) = fault;
        (!codes.contains(rule)).then(|| format!("{name}: {codes:?} instead of {rule}"))
    };
    faults.iter().filter_map(check).collect()
}

#[test]
fn the_outputs_of_the_sample_keep_every_rule() {
    assert_eq!(found(outputs()), []);
}

#[test]
fn a_book_that_was_taken_apart_and_put_together_keeps_every_rule() {
    assert_eq!(codes(&Parts::of_sample().bytes()), Vec::<&str>::new());
}

#[test]
fn each_fault_that_epubcheck_finds_is_found() {
    assert!(FAULTS.len() >= 25);
    assert_eq!(missed(FAULTS, true), Vec::<String>::new());
}

#[test]
fn each_further_fault_is_found() {
    assert_eq!(missed(FURTHER_FAULTS, false), Vec::<String>::new());
}

#[test]
fn a_fault_has_a_name_of_its_own() {
    let names = FAULTS.iter().chain(FURTHER_FAULTS).map(|(name, ..)| *name);
    let distinct: BTreeSet<&str> = names.clone().collect();
    assert_eq!(distinct.len(), names.count());
}

#[test]
fn a_finding_names_the_file_in_the_book_and_the_line() {
    let mut parts = Parts::of_sample();
    let article = parts.article_with("<p>");
    parts.replace(&article, "<p>", "\n<p id=\"x y\">");
    let place = parts.place(&article);
    let before = String::from_utf8(parts.files[place].1.clone()).unwrap();
    let line = before[..before.find("<p id").unwrap()].lines().count() + 1;
    let files = [("a/b.epub".to_owned(), parts.bytes())].into();
    let findings = found(&files);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let text = findings[0].to_string();
    let place = format!("b.epub/{article}:{line}: xml-id: ");
    assert!(text.contains(&place), "{text}");
}

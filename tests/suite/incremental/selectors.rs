//! Selectors of the configuration that match nothing in any article of their site.

use super::archive::{Archive, BEGINNING, DAY, Ran};
use offprint::Settings;
use offprint::model::{Site, Sites};

/// Selectors for both sources of the archive, and for one that it has no article of.
fn selecting(settings: &mut Settings) {
    let site = |host: &str, remove: &[&str]| {
        let mut site = Site::default();
        site.hosts = vec![host.to_owned()];
        site.remove = remove.iter().map(|&text| text.to_owned()).collect();
        site
    };
    let own = vec![
        site("letters.example", &["a[href]", ".share-bar", "#gone"]),
        site("tales.example", &["p > a"]),
        site("else.example", &[".never"]),
    ];
    settings.clean.sites = Sites::builtin().extend(Sites::new(own, Vec::new()));
}

/// The selectors that are warned of, and whether an earlier run told of them.
fn unmatched(ran: &Ran) -> Vec<(String, bool)> {
    let warnings = ran.report.warnings.iter();
    let of_selectors = warnings.filter(|warning| warning.code.name() == "selector-unmatched");
    of_selectors
        .map(|warning| (warning.message.clone(), warning.is_repeated))
        .collect()
}

#[test]
fn selectors_that_match_nothing_are_told_in_every_run_and_as_news_once() {
    let archive = Archive::of(12);
    let message = |selector: &str, count: usize| {
        format!(
            "the selector {selector:?} of the [[site]] letters.example matches nothing in any of \
             its {count} articles"
        )
    };
    let told = |count, repeated| {
        vec![
            (message("#gone", count), repeated),
            (message(".share-bar", count), repeated),
        ]
    };
    let first = archive.run_with(selecting);
    assert_eq!(unmatched(&first), told(8, false));
    let second = archive.run_with(selecting);
    assert_eq!(unmatched(&second), told(8, true));
    archive.check_against_a_fresh_run_with(&second, selecting);
    archive.article(13, BEGINNING + 40 * DAY, "as it will be");
    let third = archive.run_with(selecting);
    assert_eq!(unmatched(&third), told(9, false));
    archive.check_against_a_fresh_run_with(&third, selecting);
    // One article is enough for a selector to be right.
    archive.article(
        14,
        BEGINNING + 41 * DAY,
        "<b class=share-bar>shared</b> as it will be",
    );
    let fourth = archive.run_with(selecting);
    assert_eq!(unmatched(&fourth), [(message("#gone", 10), false)]);
    let without = archive.run();
    assert_eq!(unmatched(&without), []);
}

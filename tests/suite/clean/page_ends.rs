//! What stands at the ends of a saved page's article, and is none of it.

use offprint::clean;
use offprint::model::{Entry, Head, Markup};

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. In the end, however, \
                     the members agreed on nearly everything that was before them, and went home.";

/// What is kept of a page whose article has these parts before, within and behind its prose, line by line.
fn kept(before: &str, within: &str, behind: &str) -> Vec<String> {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Council agrees</title></head><body><nav><a href='/'>Home</a></nav>\
         <article><h1>Council agrees</h1>{before}<p>{PROSE} One.</p><p>{PROSE} Two.</p>{within}<p>{PROSE} Three.</p>\
         <p>{PROSE} Four.</p>{behind}</article><footer>About us</footer></body></html>"
    );
    let mut entry = Entry {
        head: Head {
            address: Some("https://a.example/".to_owned()),
            authors: vec!["Ada Keeper".to_owned()],
            ..Head::default()
        },
        markup: Markup::Page(page),
        ..Entry::default()
    };
    clean::complete(&mut entry);
    let body = clean::clean(&entry, &clean::Settings::default())
        .article
        .body;
    let text = body.plain_text();
    let lines = text.lines().filter(|line| !line.starts_with(PROSE));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_speaks_of_the_page_goes_at_its_ends() {
    for behind in [
        "<p>Sign up for our <a href='/n'>daily newsletter</a>.</p>",
        "<p>Follow us on <a href='/f'>Facebook</a> and <a href='/t'>Twitter</a>.</p><p>Share this article with your friends</p>",
        "<p>Want more? Subscribe to the morning newsletter.</p>",
        "<h3>Related stories</h3>",
        "<p>Tags: <a href='/a'>a</a>, <a href='/b'>b</a></p><p>Leave a comment</p>",
        "<div class='post-author-bio'><p>Ada Keeper is a reporter who writes about councils, harbours and lamps, and lives by the sea.</p></div>",
        "<div class='cards'><div class='card'><a href='/x'><h3>Another council</h3></a><div class='card-summary'><a href='/x'>They met, too.</a></div></div></div>",
        "<iframe aria-hidden='true' title='Cross Domain' src='https://a.example/connect/xd_arbiter/r/x.js'></iframe>",
    ] {
        assert_eq!(kept("", "", behind), [""; 0], "{behind}");
    }
    for before in [
        "<p>Updated: 3 May 2021, 12:30</p>",
        "<p>4 min read</p>",
        "<div>Advertisement</div>",
    ] {
        assert_eq!(kept(before, "", ""), [""; 0], "{before}");
    }
    for within in [
        "<p>Advertisement</p>",
        "<p>Story continues below advertisement</p>",
        "<p><strong>Read more: <a href='/x'>Another council met, too, and agreed</a></strong></p>",
    ] {
        assert_eq!(kept("", within, ""), [""; 0], "{within}");
    }
}

#[test]
fn what_only_begins_like_that_stays() {
    for (behind, line) in [
        (
            "<p>Related to the keeper by marriage, she voted for the lamp all the same, and said so to everyone who asked. She did not say what it had cost her, nor who had asked her to, and on the next day the matter was forgotten by all but the two of them, who never spoke of it again in public, as far as anyone remembers now.</p>",
            "Related to",
        ),
        (
            "<p>Correction: an earlier version misspelled the keeper's name.</p>",
            "Correction",
        ),
        (
            "<p>Additional reporting by Chie from Tokyo.</p>",
            "Additional",
        ),
        (
            "<p>(With agencies, and a list of the members.)</p>",
            "(With",
        ),
    ] {
        let kept = kept("", "", behind);
        assert!(kept.len() == 1 && kept[0].starts_with(line), "{kept:?}");
    }
    // Within the article it may be the matter.
    let within = "<h2>Subscribe to nothing</h2><p>Sign up for nothing, the keeper says, and read what you like.</p>";
    assert_eq!(kept("", within, "").len(), 2);
    // Who tells of the author above, or in a page that is about him, tells the matter.
    let about = format!("<div class='author'><p>{PROSE} Of him.</p></div>");
    assert_eq!(kept("", &about, ""), [""; 0]);
}

#[test]
fn words_of_a_sentence_stay_whatever_they_are_called() {
    for name in ["meta-loc", "meta-per", "tag", "share-link", "user"] {
        let within = format!(
            "<p>It came as a surprise to <a class='{name}' href='/k'>Keeper Island</a>, which had hoped for another lamp, and for \
             <span class='{name}'>two</span> boats.</p>"
        );
        assert_eq!(
            kept("", &within, ""),
            [
                "It came as a surprise to Keeper Island, which had hoped for another lamp, and for two boats."
            ],
            "{name}"
        );
    }
}

#[test]
fn a_picture_of_which_only_the_width_is_told_is_one() {
    let page = format!(
        "<p>{PROSE}</p><figure><img src='https://a.example/a.jpg' width='570' height='0'><figcaption>The lamp</figcaption></figure>"
    );
    let images = |html: String| {
        let entry = Entry {
            markup: Markup::Article(html),
            ..Entry::default()
        };
        clean::clean(&entry, &clean::Settings::default())
            .article
            .body
            .images()
            .len()
    };
    assert_eq!(images(page.clone()), 1);
    assert_eq!(images(page.replace("570", "1")), 0);
    assert_eq!(images(page.replace("width='570' ", "")), 0);
}

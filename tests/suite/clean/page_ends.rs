//! What stands at the ends of a saved page's article, and is none of it.

use crate::understanding::converted;
use offprint::model::{Body, Entry, Head, Markup};
use offprint::settings::CleanSettings;

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. In the end, however, \
                     the members agreed on nearly everything that was before them, and went home.";

/// The text of an entry's article.
fn body(entry: &Entry) -> Body {
    converted(entry, &CleanSettings::default()).article.body
}

/// The text of the article in a page.
fn body_of(page: String) -> Body {
    body(&Entry {
        markup: Markup::Page(page),
        ..Entry::default()
    })
}

/// What is kept of a page whose article has these parts before, within and behind its prose, line by line.
fn kept(before: &str, within: &str, behind: &str) -> Vec<String> {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Council agrees</title><link rel='canonical' href='https://a.example/'></head><body><nav><a href='/'>Home</a></nav>\
         <article><h1>Council agrees</h1>{before}<p>{PROSE} One.</p><p>{PROSE} Two.</p>{within}<p>{PROSE} Three.</p>\
         <p>{PROSE} Four.</p>{behind}</article><footer>About us</footer></body></html>"
    );
    let entry = Entry {
        head: Head {
            address: Some("https://a.example/".to_owned()),
            authors: vec!["Ada Keeper".to_owned()],
            ..Head::default()
        },
        markup: Markup::Page(page),
        ..Entry::default()
    };
    let text = body(&entry).plain_text();
    let lines = text.lines().filter(|line| !line.starts_with(PROSE));
    lines.map(str::to_owned).collect()
}

#[test]
fn what_speaks_of_the_page_goes_at_its_ends() {
    for behind in [
        "<p>Sign up for our <a href='/n'>daily newsletter</a>.</p>",
        "<p>Follow us on <a href='/f'>Facebook</a> and <a href='/t'>Twitter</a>.</p><p>Share this article with your friends</p>",
        "<p>© 2021 Harbour Daily</p><p>All rights reserved.</p>",
        "<p>Please follow us on <a href='/t'>Twitter</a>.</p>",
        "<p>有料会員限定</p><p>この記事は会員限定です。電子版に登録すると続きをお読みいただけます。</p>",
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
fn lists_of_the_sites_other_articles_go_below_the_article() {
    let titles = "<li><a href='/one'>Another council agrees</a></li><li><a href='https://a.example/two'>A third one does not</a></li>";
    for behind in [
        format!("<h3>Auf der Seite</h3><ul>{titles}</ul>"),
        format!("<p>Ebenfalls bei uns:</p><ul>{titles}</ul><p>Leave a comment</p>"),
        "<p>Editors’ recommendations:</p><p><a href='/one'>Another council agrees</a><br><a href='/two'>A third one does not</a></p>".to_owned(),
        "<h4>Lire aussi</h4><p><a href='/one'>Another council agrees</a></p>".to_owned(),
        format!("<ul>{titles}</ul>").replace("<ul>", "<h2>Zum Weiterlesen</h2><ul>"),
    ] {
        assert_eq!(kept("", "", &behind), [""; 0], "{behind}");
    }
    for behind in [
        // Sources.
        titles.replace("/one", "https://b.example/one"),
        titles.replace("https://a.example/two", "#two"),
        // Topics.
        "<li><a href='/one'>Councils</a></li><li><a href='/two'>Lamps</a></li>".to_owned(),
        // What says more than a title.
        format!(
            "{titles}<li><a href='/three'>The minutes</a>, which tell of every word that was said on that day.</li>"
        ),
    ] {
        let behind = format!("<h3>To read</h3><ul>{behind}</ul>");
        assert_ne!(kept("", "", &behind), [""; 0], "{behind}");
    }
    // Within the article, and without a line above.
    let list = format!("<h3>To read</h3><ul>{titles}</ul>");
    assert_eq!(kept("", &list, "").len(), 3);
    assert_eq!(kept("", "", &format!("<ul>{titles}</ul>")).len(), 2);
}

#[test]
fn buttons_and_teasers_go_below_the_article() {
    let teaser = |number: u8| {
        format!(
            "<h3><a href='/t{number}'>Another council agrees</a></h3><p>They met too, on Tuesday, and agreed on the lamp […]</p>"
        )
    };
    for behind in [
        "<p><a href='/next'>Weiterlesen</a></p>".to_owned(),
        "<p><a href='#top'>Nach oben</a></p><div><a href='https://a.example/donate'>Jetzt spenden</a></div>".replace("#top", "/top"),
        "<p>Loading...</p>".to_owned(),
        format!("{}{}", teaser(1), teaser(2)),
        format!("{}{}<p><a href='/t2'>READ THE REST</a></p>", teaser(1), teaser(2)),
    ] {
        assert_eq!(kept("", "", &behind), [""; 0], "{behind}");
    }
    for (within, behind, count) in [
        // To another site, or with words beside.
        (
            "",
            "<p><a href='https://b.example/x'>The minutes</a></p>".to_owned(),
            1,
        ),
        ("", "<p>See <a href='/x'>the minutes</a></p>".to_owned(), 1),
        (
            "",
            format!(
                "<ul><li><a href='/x'>Minutes</a></li></ul>{}",
                "<p>Of May.</p>"
            ),
            2,
        ),
        // One heading, or headings of the article itself.
        ("", teaser(1), 2),
        (&teaser(1).repeat(9), String::new(), 18),
    ] {
        assert_eq!(kept("", within, &behind).len(), count, "{within}{behind}");
    }
}

#[test]
fn paragraphs_of_the_article_stay_whatever_they_are_called() {
    for name in [
        "paywall",
        "subscribe-only",
        "article meta",
        "newsletter-text",
    ] {
        let paragraph = format!("<p class='{name}'>{PROSE} Again.</p>");
        let within = paragraph.repeat(8);
        assert_eq!(kept(&paragraph, &within, &paragraph), [""; 0], "{name}");
        let page = format!(
            "<body><article><h1>Council agrees</h1><p>{PROSE}</p>{within}</article></body>"
        );
        let body = body_of(page);
        assert_eq!(body.plain_text().matches("Again.").count(), 8, "{name}");
    }
    for name in ["elementor-widget", "et_social_block", "promo-row"] {
        let block =
            format!("<div class='{name}'><div class='inner'><p>{PROSE} Again.</p></div></div>");
        assert_eq!(kept("", &block.repeat(6), &block), [""; 0], "{name}");
        let page = format!(
            "<body><article><h1>Council agrees</h1>{}</article></body>",
            block.repeat(6)
        );
        let body = body_of(page);
        assert_eq!(body.plain_text().matches("Again.").count(), 6, "{name}");
    }
    // Within a part of the same name.
    let nested = format!(
        "<div class='widget-wrap'>{}</div>",
        format!("<div class='a-widget'><p>{PROSE} Again.</p></div>").repeat(6)
    );
    let page = format!("<body><article><h1>Council agrees</h1>{nested}</article></body>");
    let body = body_of(page);
    assert_eq!(body.plain_text().matches("Again.").count(), 6);
    // One alone is what it is called.
    let alone = "<p class='newsletter'>Our letter comes each Monday, and it tells of councils, lamps and harbours.</p>";
    assert_eq!(kept("", alone, ""), [""; 0]);
}

#[test]
fn teasers_longer_than_the_article_are_none() {
    let teaser = format!("<div><a href='/x'>Another</a><p>{PROSE} Other.</p></div>");
    for name in ["related-posts", "relatedposts", "recommended"] {
        let page = format!(
            "<body><article><h1>Council agrees</h1><div class='text'>{}</div><p>{PROSE}</p></article><p>{PROSE}</p><p>{PROSE}</p>\
             <div class='{name}'><h3>Related posts</h3><section>{}</section></div></body>",
            PROSE,
            teaser.repeat(3)
        );
        let body = body_of(page);
        let text = body.plain_text();
        assert!(text.contains(PROSE) && !text.contains("Other."), "{text}");
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
        body(&entry).images().len()
    };
    assert_eq!(images(page.clone()), 1);
    assert_eq!(images(page.replace("570", "1")), 0);
    assert_eq!(images(page.replace("width='570' ", "")), 0);
}

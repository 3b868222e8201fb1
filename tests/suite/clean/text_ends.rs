//! Where summaries end, what they are made of, and which characters texts hold.

use crate::understanding::understood;
use offprint::model::{Article, ArticleId, CleanText, Entry, Head, Markup};
use offprint::settings::CleanSettings;
use proptest::prelude::*;

fn article(title: Option<&str>, html: &str) -> Article {
    let entry = Entry {
        head: Head {
            title: title.map(str::to_owned),
            address: Some("https://s.example/a".to_owned()),
            ..Head::default()
        },
        markup: Markup::Article(html.to_owned()),
        ..Entry::default()
    };
    understood(&entry, &CleanSettings::default())
        .cleaned
        .article
}

proptest! {
    #[test]
    fn a_summary_ends_at_a_word_in_every_script_with_spaces(
        words in prop::collection::vec(
            prop_oneof!["[a-zà-ÿ]{1,12}", "[а-я]{1,12}", "[α-ω]{1,12}", "[ا-ي]{1,12}", "[가-힣]{1,6}"],
            120..160,
        ),
    ) {
        let made = article(None, &format!("<p>{}</p>", words.join(" ")));
        for (line, is_cut) in [(made.summary.as_str(), true), (made.title.as_str(), true)] {
            let shown = line.strip_suffix('…');
            prop_assert_eq!(shown.is_some(), is_cut);
            for (shown, word) in shown.unwrap_or_default().split(' ').zip(&words) {
                prop_assert_eq!(shown, word);
            }
        }
    }
}

#[test]
fn a_photo_story_is_summed_up_by_its_captions() {
    let photo = |name: &str, alt: &str, caption: &str| {
        format!(
            "<figure><img src='/{name}.jpg' alt='{alt}'><figcaption>{caption}</figcaption></figure>"
        )
    };
    let captioned = [
        photo("a", "Boats", "The boats leave at five."),
        photo("b", "", "They are back by noon."),
    ];
    let made = article(Some("Harbour"), &captioned.concat());
    assert_eq!(
        made.summary.as_str(),
        "The boats leave at five. They are back by noon."
    );
    let made = article(None, "<p><img src='/a.jpg' alt='Boats at the quay'></p>");
    assert_eq!(made.summary.as_str(), "Boats at the quay");
    assert_eq!(made.title.as_str(), "Boats at the quay");
}

#[test]
fn control_characters_beyond_those_of_ascii_go() {
    for c in '\u{7F}'..='\u{9F}' {
        let between = if c == '\u{85}' { " " } else { "" };
        let wanted = format!("high{between}tide");
        let written = format!("high{c}tide");
        assert_eq!(CleanText::new(written.as_str()).as_str(), wanted, "{c:?}");
        assert_eq!(CleanText::line(&written).as_str(), wanted, "{c:?}");
        let made = article(Some(&written), &format!("<p>{written}</p>"));
        assert_eq!(made.title.as_str(), wanted, "{c:?}");
        assert_eq!(made.body.plain_text().trim(), wanted, "{c:?}");
    }
}

#[test]
fn an_address_with_brackets_is_no_id() {
    for address in [
        "https://s.example/a[1]",
        "https://s.example/?t[a]=1",
        "https://s.example/#[x]",
    ] {
        let id = ArticleId::new(Some(address), b"");
        assert!(id.as_str().starts_with("tag:"), "{address}");
        assert!(!id.is_permalink());
    }
    let id = ArticleId::new(Some("https://[::1]/a"), b"");
    assert_eq!((id.as_str(), id.is_permalink()), ("https://[::1]/a", true));
}

#[test]
fn a_summary_says_a_formula_in_a_line() {
    let made = article(
        Some("The well"),
        "<p>The depth is <math><mfrac><mi>a</mi><mn>2</mn></mfrac></math> metres.</p>",
    );
    assert_eq!(made.summary.as_str(), "The depth is a/2 metres.");
}

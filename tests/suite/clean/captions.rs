//! Pictures and the text that belongs to them.

use super::sketch;
use crate::understanding::converted;
use offprint::model::{Block, Entry, Markup, plain_text};
use offprint::settings::CleanSettings;

const IMAGE: &str = "<img src='/i.jpg'>";
const FIGURE: &str = "figure news.example/i.jpg | ";

#[test]
fn captions_name_films() {
    let film = "<video src='/f.mp4'></video>";
    for caption in [
        "<div><small>The harbour</small></div>",
        "<p class='caption'>The harbour</p>",
    ] {
        assert_eq!(
            sketch(&format!("{film}{caption}<p>Text.</p>")),
            "video https://news.example/f.mp4 \"The harbour\"\np Text."
        );
    }
    let linked = format!("{film}<div><small><a href='/h'>The harbour</a></small></div>");
    assert!(sketch(&linked).ends_with("p [The harbour](https://news.example/h)"));
}

#[test]
fn captions_of_every_kind_are_found() {
    for html in [
        "<figure>{}<figcaption>A view</figcaption></figure>",
        "<figure><figcaption>A view</figcaption>{}</figure>",
        "<figure><div>{}</div><p>A view</p></figure>",
        "{}<div><small style=\"color: #999;\">A view</small></div>",
        "<div class='wp-caption aligncenter'>{}<p class='wp-caption-text'>A view</p></div>",
        "<div class='media-landscape has-caption'><span class='image-and-copyright-container'>{}</span>\
         <figcaption><span class='media-caption__text'>A view</span></figcaption></div>",
        "<div class='Image_container'><div class='LazyImage_image'>{}</div></div>\
         <div class='Image_caption'><span>A view</span></div>",
        "<div class='image-inline captioned'>{}<div class='image-caption'>A view</div></div>",
        "<p>{}</p><p style='text-align: center'>A view</p>",
        "<center>{}</center><center>A view</center>",
        "<p>{}<br>A view</p>",
        "{}<div class='photo-caption'>A view</div>",
        "<table><tr><td>{}</td></tr><tr><td><small>A view</small></td></tr></table>",
    ] {
        let html = html.replace("{}", IMAGE);
        let text = format!("{html}<p>One paragraph.</p><p>Another.</p>");
        assert_eq!(
            sketch(&text),
            format!("{FIGURE}A view\np One paragraph.\np Another."),
            "{html}"
        );
    }
}

#[test]
fn caption_and_credit_stand_on_lines_of_their_own() {
    assert_eq!(
        sketch("<figure><img src='/i.jpg'><figcaption>A view<p>Photo: B</p></figcaption></figure>"),
        format!("{FIGURE}A view / Photo: B")
    );
}

#[test]
fn an_empty_caption_is_none() {
    assert_eq!(
        sketch("<img src='/i.jpg'><div><small style='color: #999;'></small></div><p>x</p>"),
        "figure news.example/i.jpg\np x"
    );
}

#[test]
fn text_after_a_picture_is_not_always_its_caption() {
    let long = "A long paragraph that goes on and on. ".repeat(6);
    let html = format!("<p>{IMAGE}<br>{long}</p><p>x</p>");
    assert_eq!(
        sketch(&html),
        format!("figure news.example/i.jpg\np {}\np x", long.trim_end())
    );
    let centred = format!("<center><p>a</p><p>b</p>{IMAGE}<p>c</p><p>d</p></center>");
    assert!(sketch(&centred).contains("\np c\n"), "{}", sketch(&centred));
    assert_eq!(
        sketch(&format!("{IMAGE}<p>A short one.</p>")),
        "figure news.example/i.jpg\np A short one."
    );
}

/// The alternative text of the one picture of a text, and its caption.
fn words(html: &str, alternative_as_caption: bool) -> (String, String) {
    let entry = Entry {
        markup: Markup::Article(html.to_owned()),
        ..Entry::default()
    };
    let mut settings = CleanSettings::default();
    settings.alternative_as_caption = alternative_as_caption;
    let article = converted(&entry, &settings).article;
    let Some(Block::Figure(figure)) = article.body.blocks().first() else {
        panic!("a figure: {html}");
    };
    let alternative = figure.image.alternative.to_string();
    (alternative, plain_text(&figure.caption).into_owned())
}

#[test]
fn book_23_alternative_text_is_no_caption_unless_that_is_asked_for() {
    let sentence = "The bridge at night seen from above";
    let html = format!("<img src='https://i.example/i.jpg' alt='{sentence}'>");
    assert_eq!(words(&html, false), (sentence.to_owned(), String::new()));
    assert_eq!(words(&html, true), (String::new(), sentence.to_owned()));
    for alt in ["bridge", "Boats on the lake"] {
        let html = html.replace(sentence, alt);
        assert_eq!(words(&html, true), (alt.to_owned(), String::new()));
    }
}

#[test]
fn book_23_what_the_caption_says_is_not_said_twice() {
    let html = "<figure><img src='https://i.example/i.jpg' alt='The bridge '>\
                <figcaption> The bridge</figcaption></figure>";
    assert_eq!(words(html, false), (String::new(), "The bridge".to_owned()));
}

#[test]
fn book_12_several_parts_have_one_caption() {
    for (html, expected) in [
        (
            "<figure><img src='/1.jpg'><img src='/2.jpg'><figcaption>Both</figcaption></figure>",
            "captioned | Both\n  figure news.example/1.jpg\n  figure news.example/2.jpg",
        ),
        (
            "<figure><figcaption>Both</figcaption><div><img src='/1.jpg'></div><img src='/2.jpg'></figure>",
            "captioned | Both\n  figure news.example/1.jpg\n  figure news.example/2.jpg",
        ),
        (
            "<figure class=wp-block-gallery><figure><img src='/1.jpg'><figcaption>One</figcaption></figure>\
             <figure><img src='/2.jpg'></figure><figcaption class=blocks-gallery-caption>Both</figcaption></figure>",
            "captioned | Both\n  figure news.example/1.jpg | One\n  figure news.example/2.jpg",
        ),
        (
            "<figure><ul><li><figure><img src='/1.jpg'></figure></li></ul><figcaption>All</figcaption></figure>",
            "captioned | All\n  list\n    item\n      figure news.example/1.jpg",
        ),
        (
            "<figure><pre><code>brick();</code></pre><figcaption>Listing 1</figcaption></figure>",
            "captioned | Listing 1\n  code \"brick();\"",
        ),
        (
            "<figure><blockquote><p>Stone remembers.</p></blockquote><figcaption>— A mason</figcaption></figure>",
            "captioned | — A mason\n  quote\n    p Stone remembers.",
        ),
        (
            "<figure><table><tr><th>k<th>v<tr><td>1<td>2</table><figcaption>Table 1</figcaption></figure>",
            "table Table 1\n  row\n    header\n      p k\n    header\n      p v\n  row\n    cell\n      \
             p 1\n    cell\n      p 2",
        ),
        // The same picture twice is one.
        (
            "<figure><img src='/1-300x200.jpg'><img src='/1.jpg'><figcaption>One</figcaption></figure>",
            "figure news.example/1.jpg | One",
        ),
    ] {
        assert_eq!(sketch(html), expected, "{html}");
    }
}

#[test]
fn book_12_captions_between_pictures_belong_to_those_before_them() {
    assert_eq!(
        sketch(
            "<figure><img src='/1.jpg'><figcaption>One</figcaption><img src='/2.jpg'>\
             <figcaption>Two</figcaption></figure>"
        ),
        "figure news.example/1.jpg | One\nfigure news.example/2.jpg | Two"
    );
}

#[test]
fn book_13_the_link_around_a_picture_stays_with_it() {
    for html in [
        "<p><a href='/shop'><img src='/i.jpg'></a></p>",
        "<figure><a href='/shop'><img src='/i.jpg'></a></figure>",
        "<a href='/shop'><div><img src='/i.jpg'></div></a>",
    ] {
        let expected = "figure [news.example/i.jpg](https://news.example/shop)";
        assert_eq!(sketch(html), expected, "{html}");
    }
    for html in [
        "<a href='/i.jpg'><img src='/i.jpg'></a>",
        "<a href='/full/i.jpg'><img src='/i-150x100.jpg'></a>",
        "<a href='#box'><img src='/i.jpg'></a>",
        "<a href='javascript:x()'><img src='/i.jpg'></a>",
    ] {
        let found = sketch(html).replace("-150x100", "");
        assert_eq!(found, "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn a_series_of_pictures_with_long_texts_is_a_gallery() {
    let text = "What is to be seen here takes more than a line to tell. ".repeat(4);
    let part = |number| format!("<div><img src='/{number}.jpg'><b>Part {number}</b>: {text}</div>");
    let html: String = (1..=3).map(part).collect();
    assert_eq!(
        sketch(&html)
            .lines()
            .filter(|line| line.contains("| *Part"))
            .count(),
        3
    );
    assert!(!sketch(&part(1)).contains('|'));
}

#[test]
fn a_gallery_that_a_script_shows_is_read_from_its_attribute() {
    let attributes = |caption: &str| {
        let json = format!(
            "{{\"gallery\":{{\"images\":[{{\"type\":\"image/jpeg\",\"src\":\"https://a.example/1.jpg\"}},{{\"src\":\"https://a.example/2.jpg\"}}]{caption}}}}}"
        );
        json.replace('"', "&quot;")
    };
    let gallery = |caption: &str, inside: &str| {
        sketch(&format!(
            "<p>x</p><div class=image-gallery-embed data-attrs=\"{}\">{inside}</div><p>y</p>",
            attributes(caption)
        ))
    };
    let told = gallery(
        ",\"caption\":\"Two \\\"boats\\\" & a pier\",\"alt\":\"boats\"",
        "",
    );
    assert!(told.contains("Two \"boats\" & a pier"), "{told}");
    assert!(
        told.contains("a.example/1.jpg") && told.contains("a.example/2.jpg"),
        "{told}"
    );
    let bare = gallery("", "");
    assert_eq!(
        bare,
        "p x\nfigure a.example/1.jpg\nfigure a.example/2.jpg\np y"
    );
    // One that shows its pictures is not shown twice.
    let shown = gallery("", "<img src=https://a.example/1.jpg>");
    assert_eq!(shown, "p x\nfigure a.example/1.jpg\np y");
    let broken = sketch("<p>x</p><div class=image-gallery-embed data-attrs='{'>z</div>");
    assert_eq!(broken, "p x\np z");
}

#[test]
fn the_text_of_a_wikis_gallery_is_the_caption_of_its_picture() {
    let found = sketch(
        "<ul class='gallery mw-gallery-traditional'><li class=gallerybox><div class=thumb><a href='https://a.example/File:1'><img src=https://a.example/1.jpg></a></div><div class=gallerytext>One</div></li><li class=gallerybox><div class=thumb><img src=https://a.example/2.jpg></div><div class=gallerytext>Two</div></li></ul>",
    );
    assert!(!found.contains("p One") && found.contains("One"), "{found}");
    assert!(!found.contains("p Two") && found.contains("Two"), "{found}");
}

#[test]
fn titles_of_asciidoctor_are_captions_and_titles_of_boxes() {
    for (html, wanted) in [
        (
            "<div class=imageblock><div class=content><img src=https://a.example/1.jpg alt=a></div><div class=title>Figure 1. Cap</div></div>",
            "figure a.example/1.jpg | Figure 1. Cap",
        ),
        (
            "<div class=listingblock><div class=title>app.rb</div><div class=content><pre><code>puts 1</code></pre></div></div>",
            "captioned | app.rb\n  code \"puts 1\"",
        ),
        (
            "<div class='admonitionblock tip'><table><tr><td class=icon><div class=title>Tip</div></td><td class=content>Use a rope.</td></tr></table></div>",
            "box Tip\n  p Use a rope.",
        ),
        (
            "<div class=sidebarblock><div class=content><div class=title>Side</div><div class=paragraph><p>Text.</p></div></div></div>",
            "box Side\n  p Text.",
        ),
        (
            "<div class=verseblock><pre class=content>One\n  Two</pre></div>",
            "p One / \u{a0}\u{a0}Two",
        ),
        (
            "<div class=paragraph><div class=title>A</div><p>b</p></div>",
            "p A\np b",
        ),
    ] {
        assert_eq!(
            sketch(&format!("<p>x</p>{html}<p>y</p>")),
            format!("p x\n{wanted}\np y"),
            "{html}"
        );
    }
}

#[test]
fn a_caption_of_several_parts_is_one_line() {
    let found = sketch(
        "<p>x</p><figure id=f><img src=https://a.example/1.jpg><figcaption><p><span class=caption-number>Fig. 1 </span><span class=caption-text>The mill.</span><a class=headerlink href='#f'>¶</a></p></figcaption></figure>\
         <div class=literal-block-wrapper id=l><div class=code-block-caption><span class=caption-number>Listing 1 </span><span class=caption-text>a.py</span><a class=headerlink href='#l'>¶</a></div><div class=highlight><pre>x = 1\n</pre></div></div>\
         <table id=t><caption><span class=caption-text>Things</span><a class=headerlink href='#t'>¶</a></caption><tr><th>A<th>B<tr><td>1<td>2</table>",
    );
    for line in [
        "figure a.example/1.jpg | Fig. 1 The mill.",
        "captioned | Listing 1 a.py",
        "Things\n",
    ] {
        assert!(found.contains(line), "{line}: {found}");
    }
    assert!(!found.contains('¶'), "{found}");
}

#[test]
fn an_invitation_is_no_caption() {
    let found = sketch(
        "<p>x</p><figure><img src=https://a.example/1.jpg></figure><div><p class=cta-caption>Thanks for reading!</p></div><p>y</p>",
    );
    assert_eq!(
        found,
        "p x\nfigure a.example/1.jpg\np Thanks for reading!\np y"
    );
}

#[test]
fn a_caption_and_a_credit_that_are_called_so_stay_two_lines() {
    let found = sketch(
        "<p>x</p><figure><img src=https://a.example/1.jpg><figcaption><span class=image-caption>The mill.</span><span class=photo-credit>Ann</span></figcaption></figure><p>y</p>",
    );
    assert!(found.contains("The mill. / Ann"), "{found}");
}

#[test]
fn the_caption_of_a_wikis_group_is_that_of_all_its_pictures() {
    let image =
        |name: &str| format!("<div class=thumb><img src=https://a.example/{name}.jpg></div>");
    let gallery = format!(
        "<ul class='gallery mw-gallery-packed'><li class=gallerycaption>All of <b>them</b></li>\
         <li class=gallerybox>{}<div class=gallerytext><p>One</p></div></li><li class=gallerybox>{}</li></ul>",
        image("1"),
        image("2"),
    );
    assert_eq!(
        sketch(&gallery),
        "captioned | All of *them*\n  figure a.example/1.jpg | One\n  figure a.example/2.jpg"
    );
    let alone = "<ul class=gallery><li class=gallerycaption>All</li><li class=gallerybox><img src=https://a.example/1.jpg><div class=gallerytext>One</div></li></ul>";
    assert_eq!(sketch(alone), "figure a.example/1.jpg | All / One");
    let single = |name: &str, words: &str| {
        format!(
            "<div class=tsingle><div class=thumbimage><img src=https://a.example/{name}.jpg></div><div class=thumbcaption>{words}</div></div>"
        )
    };
    for (before, behind) in [
        (
            "",
            "<div class=trow><div class=thumbcaption>Both</div></div>",
        ),
        (
            "<div class=trow><div class=thumbcaption>Both</div></div>",
            "",
        ),
        (
            "<div class=theader>Both</div>",
            "<div class=trow><div class=thumbcaption>Both</div></div>",
        ),
    ] {
        let group = format!(
            "<div class='thumb tmulti tright'><div class='thumbinner multiimageinner'>{before}<div class=trow>{}{}</div>{behind}</div></div>",
            single("1", "Left"),
            single("2", "Right"),
        );
        let found = sketch(&group);
        assert!(found.contains("figure a.example/1.jpg | Left\n"), "{found}");
        assert!(!found.contains("Right / Both"), "{found}");
        if !before.contains("theader") {
            assert!(found.starts_with("captioned | Both\n"), "{found}");
        }
    }
}

#[test]
fn a_bookmark_card_is_one_link() {
    let ghost = "<figure class='kg-card kg-bookmark-card'><a class=kg-bookmark-container href=https://x.example/book>\
        <div class=kg-bookmark-content><div class=kg-bookmark-title>A book</div><div class=kg-bookmark-description>What is in it.</div>\
        <div class=kg-bookmark-metadata><img class=kg-bookmark-icon src=https://p.example/i.png alt=''><span class=kg-bookmark-author>Ann</span><span class=kg-bookmark-publisher>x.example</span></div></div>\
        <div class=kg-bookmark-thumbnail><img src=https://p.example/b.jpg alt=''></div></a>CAPTION</figure>";
    let link = "[A book / What is in it. / Ann · x.example](https://x.example/book)";
    for (caption, more) in [("", ""), ("<figcaption><p>Why</p></figcaption>", "\np Why")] {
        let html = format!("<p>a</p>{}<p>b</p>", ghost.replace("CAPTION", caption));
        assert_eq!(sketch(&html), format!("p a\np {link}{more}\np b"), "{html}");
        assert_eq!(super::clean(&html).removed_pictures.len(), 2);
    }
    let notion = "<figure><a class='bookmark source' href=https://x.example/n><div class=bookmark-info><div class=bookmark-text>\
        <div class=bookmark-title>Notes</div></div><div class=bookmark-href><img class='icon bookmark-icon' src=https://p.example/i.png>https://x.example/n</div></div></a></figure>";
    assert_eq!(
        sketch(notion),
        "p [Notes / https://x.example/n](https://x.example/n)"
    );
    let other = "<a class=bookmark href=https://x.example/>Keep this</a>";
    assert_eq!(sketch(other), "p [Keep this](https://x.example/)");
}

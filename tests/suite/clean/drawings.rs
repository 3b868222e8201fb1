//! Drawings in the page: pictures with their words, and signs that go.

use super::{clean, sketch};
use crate::understanding::Text;
use offprint::model::{Image, ImageSource};

const BARS: &str = "<rect x='1' y='2' width='5' height='9'/><path d='M0 0L9 9'/>";

/// The words of the pictures of a text, in order.
fn words(text: &Text) -> Vec<String> {
    let images = text.blocks.images();
    images
        .iter()
        .map(|image| image.alternative.to_string())
        .collect()
}

/// The document that a picture is.
fn document(text: &Text, image: &Image) -> String {
    let ImageSource::Resource { id, address: None } = image.source else {
        panic!("a drawing has no address: {image:?}");
    };
    let resource = text.resources.get(id).expect("its bytes come with it");
    String::from_utf8(resource.bytes.read(u64::MAX).unwrap()).unwrap()
}

fn only(html: &str) -> String {
    let text = clean(html);
    let images = text.blocks.images();
    assert_eq!(images.len(), 1, "{html}");
    document(&text, images[0])
}

#[test]
fn book_03_a_drawing_in_the_page_is_a_picture_with_its_words_and_caption() {
    for (attributes, inside, expected) in [
        ("aria-label='Rain by town'", "", "Rain by town"),
        ("role=img", "<title>Rain  by\ntown</title>", "Rain by town"),
        ("role=img", "<desc>Rain by town</desc>", "Rain by town"),
        (
            "aria-labelledby='t d'",
            "<title id=t>Rain</title><desc id=d>by town</desc>",
            "Rain by town",
        ),
        ("", "<text>Rain</text><text>by town</text>", "Rain by town"),
        ("", "", ""),
    ] {
        let html = format!(
            "<figure><svg {attributes} width=320 height=180 viewBox='0 0 320 180'>{inside}{BARS}</svg>\
             <figcaption>Figure 1</figcaption></figure><p>x</p>"
        );
        let text = clean(&html);
        assert_eq!(words(&text), [expected], "{html}");
        assert_eq!(text.blocks.plain_text(), "Figure 1\nx", "{html}");
        assert_eq!(text.blocks.blocks().len(), 2, "{html}");
    }
}

#[test]
fn book_03_what_is_written_in_a_drawing_is_told() {
    let html = format!(
        "<svg width=200 height=90><text>2019</text><text>2020</text>{BARS}<foreignObject width=80 \
         height=20><div>A <b>node</b></div></foreignObject></svg>"
    );
    let text = clean(&html);
    let removed: Vec<_> = text
        .removed
        .iter()
        .map(|one| (one.rule, one.text.as_str()))
        .collect();
    assert_eq!(removed, [("drawing", "2019 2020 A node")]);
    let document = only(&html);
    assert!(document.contains(">2019</text>"), "{document}");
    assert!(document.contains(">A node</tspan></text>"), "{document}");
    assert!(!document.contains("foreignObject"), "{document}");
}

#[test]
fn book_03_icons_go_and_are_told() {
    for icon in [
        format!("<svg class=icon width=16 height=16 aria-hidden=true>{BARS}</svg>"),
        format!("<svg viewBox='0 0 24 24'>{BARS}</svg>"),
        format!("<svg class='svg-inline--fa fa-w-16' viewBox='0 0 512 512'>{BARS}</svg>"),
        format!("<a href=/share><svg viewBox='0 0 200 200' aria-label=Share>{BARS}</svg></a>"),
        format!("<svg width=300 height=200 aria-hidden=true>{BARS}</svg>"),
        format!("<svg style='display: none' width=300 height=200>{BARS}</svg>"),
        "<svg width=300 height=200><use href='#nowhere'/></svg>".to_owned(),
        "<svg width=300 height=200><defs><path id=p d='M0 0'/></defs></svg>".to_owned(),
    ] {
        assert_eq!(sketch(&format!("{icon}<p>x</p>")), "p x", "{icon}");
    }
    let text = clean("<a href=/share><svg viewBox='0 0 24 24' aria-label=Share><path/></svg></a>");
    let removed: Vec<_> = text
        .removed
        .iter()
        .map(|one| (one.rule, one.text.as_str()))
        .collect();
    assert_eq!(removed, [("icon", "Share")]);
}

#[test]
fn book_03_drawings_of_formulas_and_large_ones_in_links_are_no_icons() {
    for drawing in [
        format!("<svg width='2.5ex' height='2ex' style='vertical-align: -0.3ex'>{BARS}</svg>"),
        format!("<svg width='14pt' height='9.6pt'><g>{BARS}</g></svg>"),
        format!("<span class='MathJax_SVG'><svg width=20 height=18>{BARS}</svg></span>"),
        format!("<a href=/map><svg width=600 height=400>{BARS}</svg></a>"),
        format!("<svg viewBox='0 0 800 400'>{BARS}</svg>"),
        format!("<svg width=20 height=20 role=img aria-label=yes>{BARS}</svg>"),
    ] {
        let text = clean(&format!("<p>a {drawing} b</p>"));
        assert_eq!(text.blocks.images().len(), 1, "{drawing}");
    }
    // What is as high as a line stays in it.
    let text = clean(&format!(
        "<p>a <svg width='2.5ex' height='2ex'>{BARS}</svg> b</p>"
    ));
    assert_eq!(text.blocks.blocks().len(), 1);
}

#[test]
fn book_03_parts_that_stand_elsewhere_on_the_page_come_with_the_drawing() {
    let store = "<svg style='display:none'><symbol id=tree><path d='M1 1' fill='url(#green)'/></symbol>\
                 <linearGradient id=green><stop offset=0 /></linearGradient></svg>";
    let drawing = "<svg width=300 height=200><use xlink:href='#tree'/></svg>";
    for html in [
        format!("{store}<p>x</p>{drawing}"),
        format!("{drawing}<p>x</p>{store}"),
    ] {
        let document = only(&html);
        let order = [
            "<use href=\"#tree\">",
            "<symbol id=\"tree\">",
            "<linearGradient id=\"green\">",
        ];
        let mut rest = document.as_str();
        for part in order {
            rest = rest
                .split_once(part)
                .unwrap_or_else(|| panic!("{part}: {document}"))
                .1;
        }
    }
}

#[test]
fn book_03_nothing_of_a_drawing_runs_or_leads_elsewhere() {
    let document = only(
        "<svg width=300 height=200 onload=x()><script>x()</script><a xlink:href='javascript:x()'>\
         <rect onclick='x()' width=9 height=9 /></a><use href='http://a.example/s.svg#x'/>\
         <set attributeName=href /><text>&lt;b&gt; &amp;</text></svg>",
    );
    for active in ["script", "onload", "onclick", "http://a", "<set"] {
        assert!(!document.contains(active), "{active}: {document}");
    }
    assert!(document.contains("&lt;b&gt; &amp;"), "{document}");
}

#[test]
fn book_03_a_drawing_around_a_picture_is_that_picture() {
    assert_eq!(
        sketch("<svg viewBox='0 0 600 800'><image xlink:href='/cover.jpg' width=600 /></svg>"),
        "figure news.example/cover.jpg"
    );
}

#[test]
fn book_04_objects_that_hold_a_picture_are_pictures() {
    for (object, expected) in [
        (
            "<object data='/plan.svg' type='image/svg+xml'><p>The plan</p></object>",
            "The plan",
        ),
        (
            "<object data='/plan.svg' title='The plan'></object>",
            "The plan",
        ),
        (
            "<object data='/plan.png' type='image/png'>The plan</object>",
            "The plan",
        ),
        ("<embed src='/plan.svg' title='The plan'>", "The plan"),
        ("<embed src='/plan' type='image/svg+xml'>", ""),
    ] {
        let text = clean(&format!("<p>x</p>{object}<p>y</p>"));
        assert_eq!(words(&text), [expected], "{object}");
        assert_eq!(
            text.blocks.plain_text().trim(),
            "x\n\ny".replace("\n\n", "\n"),
            "{object}"
        );
    }
    assert_eq!(
        sketch("<object data='/film.swf' type='application/x-shockwave-flash'></object>"),
        "frame https://news.example/film.swf \"\""
    );
}

#[test]
fn book_14_drawings_in_addresses_are_pictures_however_short() {
    let drawing =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4'/></svg>";
    let encoded = drawing.replace('<', "%3C").replace('>', "%3E");
    let text = clean(&format!(
        "<img src=\"data:image/svg+xml,{encoded}\" alt='A disc' width=200>"
    ));
    assert_eq!(words(&text), ["A disc"]);
    let image = text.blocks.images()[0].clone();
    assert_eq!(document(&text, &image), drawing);
}

#[test]
fn the_words_of_a_plain_ground_stay() {
    for data in [
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect width='9' height='9' fill='teal'/%3E%3C/svg%3E",
        "data:image/svg+xml;base64,PHN2Zz48cmVjdCB3aWR0aD0iOSIgaGVpZ2h0PSI5Ii8+PC9zdmc+",
    ] {
        let picture = |attributes: &str| {
            sketch(&format!(
                "<p>x</p><img src=\"{data}\" {attributes}><p>y</p>"
            ))
        };
        assert_eq!(
            picture("alt='Teal, of 1920'"),
            "p x\nfigure a resource\np y"
        );
        assert_eq!(picture("alt=''"), "p x\np y");
        assert_eq!(
            picture("alt=Boat data-src=/a.jpg"),
            "p x\nfigure news.example/a.jpg\np y"
        );
    }
    let empty = "<p>x</p><img src='data:image/svg+xml,%3Csvg/%3E' alt='Still to come'><p>y</p>";
    assert_eq!(sketch(empty), "p x\np y");
}

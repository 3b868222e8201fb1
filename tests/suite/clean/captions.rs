//! Pictures and the text that belongs to them.

use super::sketch;

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

#[test]
fn alternative_text_that_is_a_sentence_is_a_caption() {
    assert_eq!(
        sketch("<img src='/i.jpg' alt='The bridge at night seen from above'>"),
        format!("{FIGURE}The bridge at night seen from above")
    );
    for alt in ["IMG_2041.jpg", "bridge", "A title", ""] {
        assert_eq!(
            sketch(&format!("<img src='/i.jpg' alt='{alt}'>")),
            "figure news.example/i.jpg"
        );
    }
}

#[test]
fn a_gallery_keeps_its_pictures() {
    assert_eq!(
        sketch(
            "<figure><img src='/1.jpg'><img src='/2.jpg'><figcaption>Both</figcaption></figure>"
        ),
        "figure news.example/1.jpg\nfigure news.example/2.jpg | Both"
    );
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

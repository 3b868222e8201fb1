//! Which picture is meant, and which is none.

use super::{clean, sketch};
use crate::understanding::text;
use offprint::model::{Block, ImageSource, Markup, plain_text};

const PLACEHOLDER: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

#[test]
fn lazy_pictures_are_found() {
    for html in [
        "<img src='{}' data-src='/i.jpg'>",
        "<img data-original='/i.jpg' src='/blank.gif'>",
        "<img src='/img/loading.gif' data-actualsrc='/i.jpg'>",
        "<img class='lazyload' src='/small.jpg' data-src='/i.jpg'>",
        "<img src='{}' srcset='/s.jpg 300w, /i.jpg 1200w, /xl.jpg 9000w'>",
        "<img src='{}'><noscript><img src='/i.jpg'></noscript>",
        "<noscript><img src='/i.jpg'></noscript><img src='{}' data-src='/i.jpg'>",
        "<img src='/i-300x200.jpg?w=300'><noscript><img src='/i.jpg'></noscript>",
        "<picture><source srcset='/i.avif' type='image/avif'><source srcset='/i.jpg 1x'><img></picture>",
        "<picture><source data-srcset='/i.jpg'></picture>",
        "<amp-img src='/i.jpg'></amp-img>",
        "<image src='/i.jpg'>",
    ] {
        let found = sketch(&html.replace("{}", PLACEHOLDER))
            .replace("-300x200", "")
            .replace("?w=300", "");
        assert_eq!(found, "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn hostile_49_what_no_reader_is_meant_to_see_goes() {
    for html in [
        "<img src='/t.gif' width=1 height=1>",
        "<img src='/t.gif' style='width:1px;height:1px'>",
        "<img src='/line.png' width=624 height=1>",
        "<img src='/spacer.gif' width='20'>",
        "<img>",
        "<img src=''>",
        "<img src='javascript:x'>",
        "<img src='https://feeds.feedburner.com/~r/x/1'>",
    ] {
        assert_eq!(sketch(&format!("{html}<p>x</p>")), "p x", "{html}");
    }
}

#[test]
fn hostile_49_emoji_become_characters() {
    assert_eq!(
        sketch(
            "<p>so<img class='emoji' alt='🙂' src='/1.png'> <img class='wp-smiley' src='/s.gif'></p>"
        ),
        "p so🙂\nfigure news.example/s.gif"
    );
}

#[test]
fn small_pictures_stay_in_the_line_and_large_ones_leave_it() {
    assert_eq!(
        sketch(
            "<p>press <img src='/key.png' width=16 height=16> now<img src='/big.jpg'>and then</p>"
        ),
        "p press <news.example/key.png> now\nfigure news.example/big.jpg\np and then"
    );
}

#[test]
fn pictures_in_the_page_are_kept_with_their_bytes() {
    let bytes = "QUJD".repeat(100);
    let text = clean(&format!(
        "<p>x</p><img src='data:image/png;base64,{bytes}'>"
    ));
    let images = text.blocks.images();
    assert_eq!(images.len(), 1);
    let ImageSource::Resource { id, address: None } = images[0].source else {
        panic!("it comes with the article");
    };
    let resource = text.resources.get(id).unwrap();
    assert_eq!(resource.bytes.read(300).unwrap(), b"ABC".repeat(100));
    assert!(resource.bytes.read(299).is_err(), "within a bound");
}

#[test]
fn the_same_picture_next_to_itself_is_one() {
    assert_eq!(
        sketch(
            "<img src='/a-300x200.jpg'><img src='/a.jpg'><small>A</small><p>x</p><img src='/a.jpg'>"
        ),
        "figure news.example/a.jpg | A\np x\nfigure news.example/a.jpg"
    );
    assert_eq!(
        sketch("<img src='/x?id=1'><img src='/x?id=2'>"),
        "figure news.example/x?id=1\nfigure news.example/x?id=2"
    );
}

#[test]
fn films_recordings_and_frames_become_links() {
    assert_eq!(
        sketch(
            "<p>a<iframe src='https://www.youtube.com/embed/abc?rel=0' title='Film'></iframe>b</p>"
        ),
        "p a\nvideo https://www.youtube.com/watch?v=abc \"Film\"\np b"
    );
    assert_eq!(
        sketch("<video poster='/p.jpg'><source src='/f.mp4'>Your browser is old</video>"),
        "video https://news.example/f.mp4 \"\" poster news.example/p.jpg"
    );
    assert_eq!(
        sketch("<audio src='/s.mp3'></audio>"),
        "audio https://news.example/s.mp3 \"\""
    );
    assert_eq!(
        sketch("<iframe src='/map'></iframe>"),
        "frame https://news.example/map \"\""
    );
    assert_eq!(
        sketch("<iframe src='about:blank'></iframe><iframe src='/t' width=1 height=1></iframe>"),
        ""
    );
    assert_eq!(sketch("<object><p>text</p></object>"), "p text");
}

#[test]
fn parameters_that_name_another_picture_are_no_size() {
    assert_eq!(
        sketch("<img src='/i?q=tbn:AAA'><img src='/i?q=tbn:BBB'>"),
        "figure news.example/i?q=tbn:AAA\nfigure news.example/i?q=tbn:BBB"
    );
    assert_eq!(
        sketch("<img src='/i.jpg?q=80'><img src='/i.jpg?q=60'>"),
        "figure news.example/i.jpg?q=80"
    );
    let ports = sketch("<img src='http://a.example/i.jpg'><img src='http://a.example:8080/i.jpg'>");
    assert_eq!(ports.lines().count(), 2, "{ports}");
}

#[test]
fn the_name_of_a_file_describes_no_picture() {
    let alternative = |words: &str| {
        let text = clean(&format!("<img src='/i.jpg' alt='{words}'>"));
        let image = text
            .blocks
            .images()
            .first()
            .map(|image| image.alternative.to_string());
        image.expect("a picture")
    };
    for name in ["hc0707a.jpg", "IMG_0042.JPEG", "截圖 2021.png"] {
        assert_eq!(alternative(name), "");
    }
    for words in ["The port. Seen from above", "node.js", ".png"] {
        assert_eq!(alternative(words), words);
    }
}

#[test]
fn a_frame_leads_to_the_page_that_it_shows() {
    let film = "https%3A%2F%2Fwww.facebook.com%2Fpaper%2Fvideos%2F7%2F";
    assert_eq!(
        sketch(&format!(
            "<iframe src='https://www.facebook.com/plugins/video.php?href={film}&width=6'></iframe>"
        )),
        "video https://www.facebook.com/paper/videos/7/ \"\""
    );
    let other = "https%3A%2F%2Fa.example%2Fdrawing";
    assert_eq!(
        sketch(&format!(
            "<iframe src='https://cdn.embedly.com/widgets/media.html?src=x&url={other}'></iframe>"
        )),
        "frame https://a.example/drawing \"\""
    );
    let plain = "https://www.facebook.com/plugins/video.php?href=javascript%3Ax";
    assert_eq!(
        sketch(&format!("<iframe src='{plain}'></iframe>")),
        format!("frame {plain} \"\"")
    );
}

#[test]
fn an_entry_that_is_linked_and_framed_is_shown_once() {
    let quote = "<blockquote class='wp-embedded-content'><a href='/e'>Entry</a></blockquote>";
    let frame = "<iframe class='wp-embedded-content' src='/e/embed/#?secret=1'></iframe>";
    assert_eq!(
        sketch(&format!("<p>{quote}{frame}</p>")),
        "quote\n  p [Entry](https://news.example/e)"
    );
    assert_eq!(
        sketch(frame),
        "frame https://news.example/e/embed/#?secret=1 \"\""
    );
}

#[test]
fn a_picture_that_nobody_can_have_leaves_its_words() {
    for source in [
        "cid:part1@mail.example",
        "file:///home/ada/lamp.png",
        "blob:https://news.example/1234",
        "data:image/png;base64,%%%",
    ] {
        let text = clean(&format!(
            "<p>x</p><img src=\"{source}\" alt=\"The lamp\"><small>At dusk</small>"
        ));
        let images = text.blocks.images();
        let alternatives: Vec<&str> = images
            .iter()
            .map(|image| image.alternative.as_str())
            .collect();
        assert_eq!(alternatives, ["The lamp"], "{source}");
    }
    // What stands for a picture that comes later, or runs something, is none.
    for source in [
        "about:blank",
        "javascript:x()",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
    ] {
        let text = clean(&format!("<p>x</p><img src=\"{source}\" alt=\"The lamp\">"));
        assert_eq!(text.blocks.images().len(), 0, "{source}");
    }
}

#[test]
fn pictures_that_only_count_are_known_by_their_form_and_reported() {
    for (html, rule) in [
        ("<img src='{}' style='display:none'>", "hidden"),
        ("<img src='{}' hidden>", "hidden"),
        (
            "<img src='{}' style='visibility: hidden; position: absolute'>",
            "hidden",
        ),
        (
            "<img src='{}' style='position:absolute;left:-9999px' alt=''>",
            "hidden",
        ),
        (
            "<img src='{}' style='height:0;width:0;border:0'>",
            "tracker",
        ),
        ("<img src='{}' width=0 height=0>", "tracker"),
        ("<img src='{}' width='0'>", "tracker"),
        ("<img src='{}' height='1px'>", "tracker"),
        ("<noscript><img src='{}'></noscript>", "tracker"),
        ("<div style='display:none'><img src='{}'></div>", "hidden"),
    ] {
        let html = html.replace("{}", "https://t.example/v?u=1");
        let text = clean(&format!("{html}<p>x</p>"));
        assert_eq!(sketch::sketch(text.blocks.blocks()), "p x", "{html}");
        let removed: Vec<(&str, &str)> = text
            .removed_pictures
            .iter()
            .map(|picture| (picture.rule, picture.address.as_str()))
            .collect();
        assert_eq!(removed, [(rule, "https://t.example/v?u=1")], "{html}");
    }
    for address in [
        "https://www.social.example/tr?id=1&ev=PageView&noscript=1",
        "https://www.shop-analytics.example/collect?v=1&tid=UA-1&cid=5&t=pageview",
        "https://pixel.paper.example/b.gif?blog=1",
        "https://stats.paper.example/x?post=7",
        "https://paper.example/counter.gif",
        "https://mail.paper.example/wf/open?upn=abc",
        "https://letters.example/track/open.php?u=7",
        "https://paper.example/matomo.php?idsite=1&rec=1",
    ] {
        assert_eq!(sketch(&format!("<img src='{address}'>")), "", "{address}");
    }
}

#[test]
fn pictures_that_look_a_little_like_counting_stay() {
    for html in [
        "<img src='https://stats.example/rain.png?year=2020' alt='Rain'>",
        "<img src='https://p.example/count.jpg?w=900'>",
        "<img src='https://pixel.example/a/b?id=7' width=600 height=400>",
        "<img src='https://tracking.example/mountains'>",
        "<img src='https://p.example/image?id=7'>",
        "<img src='https://p.example/resize?url=https%3A%2F%2Fq.example%2Fa.jpg&cb=1&rand=2'>",
        "<img src='https://p.example/a.jpg' style='opacity:0;transition:opacity 1s'>",
        "<img src='https://p.example/a.jpg' width=100%>",
        "<img src='https://p.example/a.jpg' style='height:0;padding-bottom:56%'>",
        "<img src='https://p.example/board-1x1.jpg'>",
        "<img src='https://p.example/nuclear.gif'>",
        "<noscript><img src='https://p.example/a'></noscript>",
    ] {
        let text = clean(html);
        assert_eq!(text.blocks.images().len(), 1, "{html}");
        assert_eq!(text.removed_pictures, [], "{html}");
    }
}

#[test]
fn a_picture_that_comes_later_may_be_hidden_or_small_until_then() {
    for html in [
        "<img style='display:none;visibility:hidden' src='{}' data-cfsrc='/i.jpg'>",
        "<img hidden data-src='/i.jpg'>",
        "<img width=1 height=1 src='{}' data-lazy-src='/i.jpg'>",
        "<img style='display:none' src='{}'><noscript><img src='/i.jpg'></noscript>",
    ] {
        let found = sketch(&html.replace("{}", PLACEHOLDER));
        assert_eq!(found, "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn a_picture_without_words_that_nobody_can_have_keeps_its_place_and_caption() {
    let relative = |html: &str| text(&Markup::Article(html.to_owned()), "A title", None);
    for source in [
        "../img/p1.png",
        "p.jpg",
        "/a/b/c.webp",
        "cid:part1@mail.example",
    ] {
        for words in ["", "alt=''", "alt='p1.png'"] {
            let html = format!(
                "<p>One.</p><figure><img src='{source}' {words}><figcaption>The caption.</figcaption></figure><p>Two <img src='{source}' {words}></p>"
            );
            let blocks = relative(&html).blocks;
            assert_eq!(blocks.images().len(), 2, "{html}");
            let captioned = |block: &&Block| matches!(block, Block::Figure(figure) if plain_text(&figure.caption) == "The caption.");
            assert_eq!(
                blocks.blocks().iter().filter(captioned).count(),
                1,
                "{html}"
            );
        }
    }
    // Icons, stand-ins and what only counts visits say nothing.
    for html in [
        "<p>One <img src='icon.png' width=16 height=16></p>",
        "<p>One <img src='blank.gif'></p>",
        "<p>One <img src='count.gif' width=1 height=1></p>",
        "<p>One <img src='data:image/png;base64,%%%'></p>",
        "<p>One <img src=''></p>",
    ] {
        assert_eq!(relative(html).blocks.images().len(), 0, "{html}");
    }
}

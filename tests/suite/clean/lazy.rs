//! Pictures that come late: stand-ins, small and blurred versions give way to the picture itself.

use super::sketch;

const BLANK: &str =
    "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

/// A blurred version in the page, larger than a stand-in.
fn blurred() -> String {
    format!("data:image/jpeg;base64,{}", "QUJD".repeat(150))
}

fn shown(html: &str) -> String {
    sketch(
        &html
            .replace("{blank}", BLANK)
            .replace("{blurred}", &blurred()),
    )
}

#[test]
fn the_picture_is_found_whatever_the_attribute_is_called() {
    for attribute in [
        "data-src",
        "data-original",
        "data-lazy-src",
        "data-actualsrc",
        "data-srv",
        "data-lazyload",
        "data-img-src",
        "data-native-src",
        "data-my-own-invention",
        "data-croporisrc",
        "lazy-src",
        "_src",
        "zoomfile",
        "nitro-lazy-src",
        "data-flickity-lazyload",
        "data-bg-image",
        "v-lazy",
    ] {
        for own in [
            "",
            "src='#'",
            "src='{blank}'",
            "src='/blank.gif'",
            "src='about:blank'",
        ] {
            let html = format!("<img {own} {attribute}='/i/d.jpg' alt='D'>");
            assert_eq!(shown(&html), "figure news.example/i/d.jpg", "{html}");
        }
    }
    for (attribute, value) in [
        ("data-srcset", "/s.jpg 300w, /i/d.jpg 1200w"),
        ("data-lazy-srcset", "/i/d.jpg 2x, /s.jpg"),
        ("data-bg-srcset", "/s.jpg 300w, /i/d.jpg 1200w"),
        ("data-anything", "https://news.example/i/d.jpg"),
    ] {
        let html = format!("<img src='{{blank}}' {attribute}='{value}'>");
        assert_eq!(shown(&html), "figure news.example/i/d.jpg", "{html}");
    }
}

#[test]
fn attributes_that_hold_something_else_name_no_picture() {
    for attribute in [
        "data-avatar='/a.jpg'",
        "data-thumb='/a.jpg'",
        "data-fallback='/a.jpg'",
        "data-caption='see a.jpg'",
        "data-title='a.jpg'",
        "data-placeholder='/a.jpg'",
        "data-href='/story.html'",
        "data-id='17'",
        "onerror='/a.jpg'",
        "data-json='{\"thumb\":\"/a.jpg\",\"link\":\"/story.html\"}'",
    ] {
        let html = format!("<img src='{{blank}}' {attribute}>");
        assert_eq!(shown(&html), "", "{html}");
    }
    // What is shown already stays, however many others are named.
    for html in [
        "<img src='/i.jpg' data-src='/i-60x.jpg'>",
        "<img src='/i.jpg' data-full='/i-big.jpg'>",
        "<img src='/i.jpg' data-hero='/other.jpg' data-url='/story.html'>",
        "<img src='/i-150x150.jpg' data-url='/story.html'>",
        "<img src='/i-150x150.jpg' data-hero='/other.jpg'>",
        "<img src='/i-1024x683.jpg' srcset='/i-2048x1366.jpg 2048w, /i-1024x683.jpg 1024w'>",
    ] {
        let found = shown(html).replace("-150x150", "").replace("-1024x683", "");
        assert_eq!(found, "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn a_small_or_blurred_version_gives_way() {
    for html in [
        "<img src='/i.jpg?w=20&amp;blur=50' data-src='/i.jpg'>",
        "<img loading='lazy' src='/i-lqip.jpg' data-original='/i.jpg'>",
        "<img src='/i-tiny.jpg' data-large='/i.jpg'>",
        "<img src='/i-60x.png' data-native-src='/i.jpg'>",
        "<img src='/i-150x150.jpg' srcset='/i-150x150.jpg 150w, /i.jpg 1024w'>",
        "<img src='/w_30,e_blur:1000/i.jpg' data-hi-res='/i.jpg' data-src='/i.jpg'>",
        "<img src='/max/60/i.jpeg?q=20' data-zoom-src='/i.jpg'>",
        "<img src='/thumbs/i.jpg' data-src='/i.jpg'>",
        "<img src='{blurred}' data-src='/i.jpg'>",
        "<img src='{blurred}' srcset='/i.jpg 800w'>",
        "<picture><source data-srcset='/i.jpg 900w'><img src='/i-40x.jpg'></picture>",
    ] {
        assert_eq!(shown(html), "figure news.example/i.jpg", "{html}");
    }
    // Where there is no other, it is shown.
    assert_eq!(
        shown("<img src='/i-60x60.jpg?blur=9'>"),
        "figure news.example/i-60x60.jpg?blur=9"
    );
}

#[test]
fn of_copies_for_readers_without_scripts_one_is_shown() {
    for html in [
        "<img src='{blank}'><noscript><img src='/i.jpg'></noscript>",
        "<noscript><img src='/i-hd.jpg'></noscript><img class='lazy' src='{blank}' data-original='/i.jpg'>",
        "<figure><noscript><img src='/other_hd.jpg'></noscript><img src='{blank}' data-actualsrc='/i.jpg'></figure>",
        "<div><img src='{blurred}'></div><noscript><img src='/i.jpg'></noscript>",
        "<span><span><img src='{blank}'></span></span><noscript><img srcset='/i.jpg 1x' src='/i.jpg'></noscript>",
        "<img src='/i-60x.jpg'><noscript><img src='/i.jpg'></noscript>",
        "<img src='/i-60x.jpg'><canvas></canvas> <img data-src='/i.jpg'><noscript><img src='/i.jpg?w=900'></noscript>",
    ] {
        assert_eq!(shown(html), "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn a_version_that_stands_where_the_picture_will_be_gives_way_to_it() {
    for html in [
        "<div><img class='thumbnail' src='/max/60/i.jpg?q=20'><img data-src='/i.jpg'></div>",
        "<div><div><img src='/max/60/i.jpg?q=20'></div><img><noscript><img src='/i.jpg'></noscript></div>",
        "<div><img aria-hidden='true' src='{blurred}'><picture><img data-src='/i.jpg'></picture></div>",
        "<div class='gatsby-image-wrapper'><img aria-hidden='true' src='{blurred}'>\
         <noscript><picture><source srcset='/i.jpg 800w'><img src='/i.jpg'></picture></noscript></div>",
        "<div><img data-placeholder-image src='{blurred}'><img data-main-image data-src='/i.jpg'>\
         <noscript><img data-main-image src='/i.jpg'></noscript></div>",
    ] {
        assert_eq!(shown(html), "figure news.example/i.jpg", "{html}");
    }
}

#[test]
fn pictures_side_by_side_stay_two() {
    let two = "figure news.example/a.jpg\nfigure news.example/b.jpg";
    for html in [
        "<div><img src='/a.jpg'><img src='/b.jpg'></div>",
        "<div><img data-src='/a.jpg'><noscript><img src='/a.jpg'></noscript>\
         <img data-src='/b.jpg'><noscript><img src='/b.jpg'></noscript></div>",
        "<div><img src='{blank}'><noscript><img src='/a.jpg'></noscript>\
         <img src='{blank}'><noscript><img src='/b.jpg'></noscript></div>",
        "<div><noscript><img src='/a.jpg'></noscript><img src='{blank}'>\
         <noscript><img src='/b.jpg'></noscript><img src='{blank}'></div>",
        "<img src='/a.jpg'><noscript><img src='/b.jpg'></noscript>",
    ] {
        assert_eq!(shown(html), two, "{html}");
    }
    assert_eq!(
        shown("<div><img src='/a-150x150.jpg'><img src='/b.jpg'></div>"),
        two.replace("/a.", "/a-150x150.")
    );
}

#[test]
fn what_several_pictures_show_at_first_is_a_stand_in_whatever_it_is_called() {
    assert_eq!(
        shown(
            "<img src='/cover.png' data-src='/a.jpg'><p>x</p><img src='/cover.png' data-src='/b.jpg'>"
        ),
        "figure news.example/a.jpg\np x\nfigure news.example/b.jpg"
    );
}

#[test]
fn what_stands_first_gives_way_by_what_the_page_tells_of_it() {
    for html in [
        "<img src='/i/d.jpg?width=10&amp;quality=20' data-highres='URL?width=2000'>",
        "<img src='/i/tiny/d.jpg' data-lazy='URL'>",
        "<img src='/i/micro/d.jpg' data-anything='URL'>",
        "<img class='blur' src='/i/d-20.jpg' data-img='URL'>",
        "<img style='filter: blur(20px)' src='/i/d-20.jpg' data-full-image='URL'>",
        "<img src='/i/d-1x1.png' data-hero-url='URL'>",
        "<img src='/i/d@0.1x.jpg' data-2x='URL'>",
        "<img src='static/image/common/none.gif' zoomfile='URL'>",
        "<img src='/nopic.png' file='URL'>",
        "<img hidden src='/x.gif' data-src='URL'>",
        "<img style='display:none' src='/x.png' data-original='URL'>",
        "<img src='/x.gif' data-src='URL'>",
        "<img src='{blank}' data-image='{\"src\":\"URL\",\"thumb\":\"/t.jpg\"}'>",
        "<img src='#' data-srcs='{\"URL\":1}'>",
        "<img src='{blank}' data-set='[{\"url\":\"/i/d-300x200.jpg\"},{\"url\":\"URL\"}]'>",
        "<noscript>&lt;img src=\"URL\"&gt;</noscript>",
        "<img src='{blank}'><noscript>&lt;img src=\"URL\"&gt;</noscript>",
    ] {
        let found = shown(&html.replace("URL", "/i/d.jpg"));
        assert_eq!(
            found.replace("?width=2000", ""),
            "figure news.example/i/d.jpg",
            "{html}"
        );
    }
}

#[test]
fn a_pattern_is_filled_with_the_widest_width_of_use() {
    for (html, expected) in [
        (
            "<img src='{blank}' data-src='/d_{width}x.jpg' data-widths='[180, 540, 1080, 4000]'>",
            "/d_1080x.jpg",
        ),
        (
            "<img src='/d_300x300.jpg' data-src='/d_{width}x.jpg' data-widths='[180,360]'>",
            "/d_360x.jpg",
        ),
        (
            "<img src='{blank}' data-src='/d.jpg?w={width}'>",
            "/d.jpg?w=1024",
        ),
        (
            "<img src='{blank}' data-src='/d_{width}x{height}.jpg' data-widths='[720]'>",
            "/d_720x.jpg",
        ),
        (
            "<img src='/d.jpg' data-src='/d_%7Bwidth%7Dx.jpg'>",
            "/d.jpg",
        ),
        ("<img src='/d.jpg' data-src='/d_{crop}.jpg'>", "/d.jpg"),
    ] {
        assert_eq!(
            shown(html),
            format!("figure news.example{expected}"),
            "{html}"
        );
    }
}

#[test]
fn a_tiny_version_gives_way_to_a_picture_of_any_name() {
    for own in [
        "/i/x-20x13.jpg",
        "/i/x.jpg?w=32&q=10",
        "/i/t/64x64/x.jpg",
        "/w_40/x.jpg",
    ] {
        for attribute in ["data-full", "data-hires", "data-large", "data-whole-thing"] {
            let found = shown(&format!("<img src='{own}' {attribute}='/i/real.jpg'>"));
            assert!(
                found.contains("/i/real.jpg") && !found.contains("x.jpg\""),
                "{own} {attribute}: {found}"
            );
        }
    }
    let drawn = shown("<img src='/i/wait.svg' data-cdn-src='/i/real.jpg'>");
    assert!(drawn.contains("/i/real.jpg"), "{drawn}");
    // Its shape, not its size; and another picture beside one that is large.
    for html in [
        "<img src='/i/x-16x9.jpg' data-next='/i/y.jpg'>",
        "<img src='/i/x.jpg' data-whole-thing='/i/y.jpg'>",
    ] {
        assert!(!shown(html).contains("y.jpg"), "{html}");
    }
}

#[test]
fn the_list_of_sizes_tells_how_small_the_picture_is() {
    for (sizes, wide) in [
        ("/s.jpg 300w, /l.jpg 900w", "/l.jpg"),
        ("/s.jpg 150w,/m.jpg 600w,/l.jpg 1200w", "/l.jpg"),
        ("/s.jpg 640w, /l.jpg 900w", "/s.jpg"),
        ("/s.jpg 1x, /l.jpg 2x", "/s.jpg"),
        ("/l.jpg 900w", "/s.jpg"),
    ] {
        let found = shown(&format!("<img src='/s.jpg' srcset='{sizes}' alt='A'>"));
        assert!(
            found.contains(&format!("news.example{wide}")),
            "{sizes}: {found}"
        );
    }
}

#[test]
fn the_picture_behind_a_stand_in_is_the_one_that_its_style_names() {
    let picture = |letters: &str| format!("data:image/jpeg;base64,{}", letters.repeat(150));
    let (one, two) = (picture("QUJD"), picture("REVG"));
    let ground = "data:image/svg+xml,%3Csvg%3E%3Crect width='9' height='9'/%3E%3C/svg%3E";
    for quote in ["\"", "'", ""] {
        let sheet = format!(
            "<style>p{{color:red}}:root{{--sf-img-0:url({quote}{one}{quote});--sf-img-1: url({quote}{two}{quote})}}</style>"
        );
        for own in [BLANK, ground, "", "data:,"] {
            for style in [
                "background-image:var(--sf-img-1)!important".to_owned(),
                "width:9em; background: no-repeat var( --sf-img-1 , none)".to_owned(),
                format!("background-image:url({two})"),
            ] {
                let html = format!(
                    "{sheet}<figure><img src=\"{own}\" style=\"{style}\" width=300 height=200><figcaption>Cap</figcaption></figure>"
                );
                let found = super::clean(&html);
                assert_eq!(found.blocks.images().len(), 1, "{html}");
                let wanted = super::clean(&format!("<p><img src='{two}'></p>"));
                assert_eq!(
                    found.blocks.images()[0].source,
                    wanted.blocks.images()[0].source,
                    "{html}"
                );
            }
        }
        // A picture of its own stays, and a property that nobody sets names none.
        let own =
            format!("{sheet}<p><img src='/a.jpg' style='background-image:var(--sf-img-1)'></p>");
        assert_eq!(shown(&own), "figure news.example/a.jpg");
        let unknown =
            format!("{sheet}<p>A</p><img src='{BLANK}' style='background-image:var(--x)'>");
        assert_eq!(shown(&unknown), "p A");
    }
}

//! Films, posts and listings that a script puts into the page.

use super::{clean, sketch};
use offprint::model::Block;

const FILM: &str = "https://www.youtube.com/watch?v=CCCCCCCCCCC";
const STILL: &str = "<img src='https://i.ytimg.com/vi/CCCCCCCCCCC/hq.jpg' alt=''>";

#[test]
fn the_film_that_a_wrapper_names_is_a_link_with_its_still() {
    for html in [
        "<div class='video' data-src='https://www.youtube.com/embed/CCCCCCCCCCC' data-id='CCCCCCCCCCC'><p>{}</p></div>",
        "<div data-url='//www.youtube.com/embed/CCCCCCCCCCC?autoplay=1'>{}</div>",
        "<figure data-oembed-url='https://www.youtube.com/watch?v=CCCCCCCCCCC'>{}</figure>",
        "<div data-whatever='https://www.youtube-nocookie.com/embed/CCCCCCCCCCC'>{}</div>",
        "<div data-html='&lt;iframe src=\"https://www.youtube.com/embed/CCCCCCCCCCC\"&gt;&lt;/iframe&gt;'>{}</div>",
        "<div class='youtube-player' data-id='CCCCCCCCCCC'>{}</div>",
        "<div data-plyr-provider='youtube' data-plyr-embed-id='CCCCCCCCCCC'>{}</div>",
        "<div class='player' data-video-id='CCCCCCCCCCC'>{}</div>",
        "<youtube-video video-id='CCCCCCCCCCC'>{}</youtube-video>",
        "<a href='https://www.youtube.com/watch?v=CCCCCCCCCCC'>{}</a>",
    ] {
        let found = sketch(&html.replace("{}", STILL));
        assert_eq!(
            found,
            format!("video {FILM} \"\" poster i.ytimg.com/vi/CCCCCCCCCCC/hq.jpg"),
            "{html}"
        );
    }
}

#[test]
fn films_without_a_still_and_what_stands_with_them_stay() {
    for (html, expected) in [
        (
            "<lite-youtube videoid='CCCCCCCCCCC'></lite-youtube>",
            format!("video {FILM} \"\""),
        ),
        (
            "<amp-youtube data-videoid='CCCCCCCCCCC' layout='fill'></amp-youtube>",
            format!("video {FILM} \"\""),
        ),
        (
            "<lite-vimeo videoid='364402896'></lite-vimeo>",
            "video https://vimeo.com/364402896 \"\"".to_owned(),
        ),
        (
            "<amp-vimeo data-videoid='27246366'></amp-vimeo>",
            "video https://vimeo.com/27246366 \"\"".to_owned(),
        ),
        (
            "<amp-dailymotion data-videoid='x2m8jpp'></amp-dailymotion>",
            "video https://www.dailymotion.com/video/x2m8jpp \"\"".to_owned(),
        ),
        (
            "<amp-iframe src='https://maps.example/x'></amp-iframe>",
            "frame https://maps.example/x \"\"".to_owned(),
        ),
        (
            "<amp-twitter data-tweetid='585110598171631616'></amp-twitter>",
            "frame https://twitter.com/i/status/585110598171631616 \"\"".to_owned(),
        ),
        (
            "<iframe src='about:blank' data-src='https://www.youtube-nocookie.com/embed/CCCCCCCCCCC' title='A mill'></iframe>",
            format!("video {FILM} \"A mill\""),
        ),
        (
            "<iframe data-lazy-iframe-src='https://www.youtube.com/embed/CCCCCCCCCCC'></iframe>",
            format!("video {FILM} \"\""),
        ),
        (
            "<figure class='media'><oembed url='https://www.youtube.com/watch?v=CCCCCCCCCCC'></oembed></figure>",
            format!("video {FILM} \"\""),
        ),
        (
            "<div data-video-src='/films/a.mp4'></div><div data-video-src='https://f.example/a.mp4'></div>",
            "video https://news.example/films/a.mp4 \"\"\nvideo https://f.example/a.mp4 \"\""
                .to_owned(),
        ),
        (
            "<video><source data-src='https://f.example/a.mp4'></video>",
            "video https://f.example/a.mp4 \"\"".to_owned(),
        ),
        (
            "<mpvoice name='A talk' voice_encode_fileid='MzA4'></mpvoice>",
            "audio https://res.wx.qq.com/voice/getvoice?mediaid=MzA4 \"A talk\"".to_owned(),
        ),
        (
            "<div data-src='https://www.youtube.com/embed/CCCCCCCCCCC'><p>A mill in winter</p></div>",
            format!("video {FILM} \"\"\np A mill in winter"),
        ),
    ] {
        assert_eq!(sketch(html), expected, "{html}");
    }
}

#[test]
fn what_names_no_film_is_none() {
    for (html, expected) in [
        ("<div data-url='https://p.example/story'>x</div>", "p x"),
        (
            "<div data-share-url='https://www.youtube.com/watch?v=CCCCCCCCCCC'>x</div>",
            "p x",
        ),
        ("<div data-id='CCCCCCCCCCC'>x</div>", "p x"),
        ("<div class='youtube' data-id='12'>x</div>", "p x"),
        (
            "<p><a href='https://www.youtube.com/watch?v=CCCCCCCCCCC'>x</a></p>",
            "p [x](https://www.youtube.com/watch?v=CCCCCCCCCCC)",
        ),
        ("<p data-src='https://www.youtube.com/'>x</p>", "p x"),
        (
            "<a href='https://www.youtube.com/c/paper'><img src='/i.jpg'></a>",
            "figure [news.example/i.jpg](https://www.youtube.com/c/paper)",
        ),
        (
            "<div data-player-script='https://p.example/player.js'>x</div>",
            "p x",
        ),
        (
            "<iframe style='display:none' src='https://t.example/frame'></iframe><p>x</p>",
            "p x",
        ),
        (
            "<iframe style='width:1px;height:1px' src='https://t.example/frame'></iframe><p>x</p>",
            "p x",
        ),
    ] {
        assert_eq!(sketch(html), expected, "{html}");
    }
    // A player inside is shown once.
    let html = format!(
        "<div data-src='https://www.youtube.com/embed/CCCCCCCCCCC'><iframe src='{FILM}'></iframe></div>"
    );
    assert_eq!(sketch(&html), format!("video {FILM} \"\""));
}

#[test]
fn the_document_of_a_frame_is_read() {
    let link = "&lt;a href=&quot;https://www.youtube.com/embed/CCCCCCCCCCC?autoplay=1&quot;&gt;\
                &lt;img src=&quot;https://img.youtube.com/vi/CCCCCCCCCCC/mq.jpg&quot;&gt;&lt;/a&gt;";
    assert_eq!(
        sketch(&format!(
            "<iframe srcdoc=\"&lt;style&gt;*{{}}&lt;/style&gt;{link}\"></iframe>"
        )),
        format!("video {FILM} \"\" poster img.youtube.com/vi/CCCCCCCCCCC/mq.jpg")
    );
    assert_eq!(
        sketch(
            "<p>a</p><iframe srcdoc='&lt;p&gt;More &lt;b&gt;of it&lt;/b&gt;&lt;p hidden&gt;SECRET'></iframe><p>b</p>"
        ),
        "p a\np More *of it*\np b"
    );
    // An address outdoes it, as the player does its preview.
    assert_eq!(
        sketch(&format!(
            "<iframe src='https://www.youtube.com/embed/CCCCCCCCCCC' srcdoc=\"{link}\"></iframe>"
        )),
        format!("video {FILM} \"\"")
    );
    // One that holds another goes no deeper.
    let text = clean(
        "<iframe srcdoc=\"&lt;iframe srcdoc='&amp;lt;p&amp;gt;x'&gt;&lt;/iframe&gt;y\"></iframe>",
    );
    assert_eq!(text.blocks.plain_text(), "y");
}

#[test]
fn listings_that_a_script_writes_are_links() {
    for (script, page) in [
        (
            "https://gist.github.com/a/b1.js",
            "https://gist.github.com/a/b1",
        ),
        (
            "https://gist.github.com/a/b1.js?file=x.rs",
            "https://gist.github.com/a/b1?file=x.rs",
        ),
        (
            "//gist.github.com/4a5b6c.js",
            "https://gist.github.com/4a5b6c",
        ),
        (
            "https://gitlab.example/snippets/17.js",
            "https://gitlab.example/snippets/17",
        ),
        (
            "https://pastebin.example/embed_js/Ab3",
            "https://pastebin.example/Ab3",
        ),
        (
            "https://asciinema.org/a/14.js",
            "https://asciinema.org/a/14",
        ),
    ] {
        assert_eq!(
            sketch(&format!("<p>Six</p><script src='{script}'></script>")),
            format!("p Six\nframe {page} \"\""),
            "{script}"
        );
    }
    for script in [
        "https://p.example/app.js",
        "https://platform.twitter.com/widgets.js",
        "https://gist.example/main.js",
        "javascript:x",
    ] {
        assert_eq!(
            sketch(&format!("<script src='{script}'></script>")),
            "",
            "{script}"
        );
    }
    assert_eq!(
        sketch(
            "<script async data-telegram-post='durov/68' src='https://telegram.org/js/w.js'></script>"
        ),
        "frame https://t.me/durov/68 \"\""
    );
    let text = clean("<div data-gist-id='b1'></div>");
    assert!(matches!(text.blocks.blocks(), [Block::Embed(_)]));
}

#[test]
fn what_a_page_plays_without_scripts_is_a_link_unless_it_stands_beside_it() {
    for (address, kind, page) in [
        (
            "https://www.youtube.com/embed/DDDDDDDDDDD",
            "video",
            "https://www.youtube.com/watch?v=DDDDDDDDDDD",
        ),
        (
            "//player.bilibili.com/player.html?bvid=BV1",
            "video",
            "https://player.bilibili.com/player.html?bvid=BV1",
        ),
        (
            "//player.youku.com/embed/XMT",
            "video",
            "https://player.youku.com/embed/XMT",
        ),
        (
            "https://player.vimeo.com/video/123456",
            "video",
            "https://vimeo.com/123456",
        ),
        (
            "https://embed.ted.com/talks/x",
            "video",
            "https://embed.ted.com/talks/x",
        ),
        (
            "https://open.spotify.com/embed/track/1",
            "audio",
            "https://open.spotify.com/embed/track/1",
        ),
    ] {
        let noscript = format!("<noscript><iframe src='{address}'></iframe></noscript>");
        let expected = format!("{kind} {page} \"\"");
        assert_eq!(sketch(&noscript), expected, "{address}");
        let beside = format!("<div class='lazy' data-src='{address}'></div>{noscript}");
        assert_eq!(sketch(&beside), expected, "{beside}");
    }
    for address in [
        "https://www.googletagmanager.com/ns.html?id=1",
        "https://ads.example/frame?x=1",
    ] {
        let html = format!("<noscript><iframe src='{address}'></iframe></noscript>");
        assert_eq!(sketch(&html), "", "{address}");
    }
}

#[test]
fn the_post_that_a_quotation_or_an_element_names_is_a_link() {
    for (html, expected) in [
        (
            "<blockquote class='tiktok-embed' cite='https://p.example/@a/video/1'><section></section></blockquote>",
            "frame https://p.example/@a/video/1 \"\"",
        ),
        (
            "<blockquote class='instagram-media' data-instgrm-permalink='https://p.example/p/abc/'></blockquote>",
            "frame https://p.example/p/abc/ \"\"",
        ),
        (
            "<blockquote data-any-permalink='https://p.example/p/abc/'><p>Words</p></blockquote>",
            "frame https://p.example/p/abc/ \"\"\nquote\n  p Words",
        ),
        (
            "<mp-common-videosnap data-nickname='N' data-desc='A lamp' data-url='https://p.example/x' \
             data-headimgurl='https://p.example/head'></mp-common-videosnap>",
            "video https://p.example/x \"A lamp\"",
        ),
        (
            "<div class='wp-block-embed__wrapper'>\nhttps://www.youtube.com/watch?v=CCCCCCCCCCC\n</div>",
            "video https://www.youtube.com/watch?v=CCCCCCCCCCC \"\"",
        ),
    ] {
        assert_eq!(sketch(html), expected, "{html}");
    }
    for html in [
        "<blockquote class='tweet-embed' cite='https://p.example/1?x=y'><p>W <a href='https://p.example/1'>Dec</a></p></blockquote>",
        "<blockquote cite='https://p.example/1'><p>Words</p></blockquote>",
        "<p class='embed'>see https://p.example/1</p>",
    ] {
        assert!(!sketch(html).contains("frame"), "{html}");
    }
}

#[test]
fn what_a_link_around_a_still_or_a_script_names_is_not_lost() {
    for (html, address) in [
        (
            "<a class='lazy' data-src='//www.youtube.com/embed/CCCCCCCCCCC'><img src='/still.jpg'></a>",
            FILM,
        ),
        (
            "<p class='codepen' data-user='ann' data-slug-hash='abcDEF'></p>",
            "https://codepen.io/ann/pen/abcDEF",
        ),
        (
            "<script async src='//fiddle.example/ann/x1/embed/'></script>",
            "https://fiddle.example/ann/x1/",
        ),
        (
            "<script src='https://s.example/embed.js?target=https%3A%2F%2Fcode.example%2Fa%2Fb.py&style=x'></script>",
            "https://code.example/a/b.py",
        ),
    ] {
        let found = sketch(&format!("<p>Before.</p>{html}<p>After.</p>"));
        assert!(found.contains(address), "{html}: {found}");
    }
    for script in [
        "/embed.js",
        "/embed.js?v=3",
        "/app/embedding.css?url=x",
        "/embed.js?url=/about",
    ] {
        let found = sketch(&format!("<p>Before.</p><script src='{script}'></script>"));
        assert_eq!(found, "p Before.", "{script}");
    }
    let link = "<a href='/b' data-src='/whole.jpg'><img src='/still.jpg'></a>";
    assert!(sketch(link).contains("still.jpg"), "{}", sketch(link));
}

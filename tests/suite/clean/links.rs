//! Links and the places they lead to.

use super::properties::rendered;
use super::sketch::sketch as draw;
use super::{clean, sketch};
use crate::understanding::text;
use offprint::model::{Inline, Markup};

#[test]
fn references_are_resolved() {
    assert_eq!(
        sketch("<p><a href='../a'>x</a> <a href='//o.example/b'>y</a> <a href='?p=1'>z</a></p>"),
        "p [x](https://news.example/a) [y](https://o.example/b) \
         [z](https://news.example/world/story.html?p=1)"
    );
    assert_eq!(
        sketch("<base href='/other/'><a href='a'>x</a>"),
        "p [x](https://news.example/other/a)"
    );
}

#[test]
fn without_an_address_relative_links_are_text() {
    let markup = Markup::Article("<a href='/a'>x</a> <a href='//o.example/'>y</a>".into());
    let text = text(&markup, "", None);
    assert_eq!(draw(text.blocks.blocks()), "p x [y](https://o.example/)");
}

#[test]
fn notes_and_their_marks_find_each_other() {
    let html = "<p>a<a id='r1' href='#n 1'>1</a></p><p id='unused'>b</p>\
                <ol><li id='n 1'>note <a href='https://news.example/world/story.html#r1'>back</a></ol>";
    assert_eq!(
        sketch(html),
        "p a#note-1#[^1](#note-2)\np b\nlist from 1\n  item\n    note note-2\n      p note [back](#note-1)"
    );
}

#[test]
fn places_in_other_scripts_and_repeated_places_work() {
    assert_eq!(
        sketch("<a href='#%E7%89%B9'>x</a><p name='特'>y</p><p id='特'>z</p>"),
        "p [x](#note-1)\np #note-1#y\np z"
    );
}

#[test]
fn empty_links_vanish() {
    assert_eq!(
        sketch("<p>a<a href='/x'> </a><a href='/y'></a>b</p>"),
        "p a b"
    );
}

#[test]
fn links_never_nest() {
    let text = clean(
        "<a href=/1>a<table><tr><td><a href=/2>b</a></table>c<svg><a href=/3>d</a></svg></a>",
    );
    for block in text.blocks.blocks() {
        for inline in block.line().into_iter().flatten() {
            if let Inline::Link(link) = inline {
                assert!(
                    link.content
                        .iter()
                        .all(|inner| !matches!(inner, Inline::Link(_)))
                );
            }
        }
    }
    assert_eq!(text.blocks.plain_text().replace('\n', ""), "abcd");
}

#[test]
fn places_stand_outside_what_begins_there() {
    let link = "<p><a href='#n'>x</a></p>";
    for (html, expected) in [
        ("<b><i><a id=n></a>a</i></b>", "p #note-1#*_a_*"),
        ("<b>a<a id=n></a></b> c", "p *a* #note-1#c"),
        ("<b>a <a id=n></a>b</b>", "p *a #note-1#b*"),
        ("<a id=n></a><ruby>a<rt>b</ruby>", "p #note-1#{a|b}"),
        ("<ruby><b id=n>a</b><rt>b</ruby>", "p {#note-1#*a*|b}"),
        ("<ruby><a id=n></a><rt>b</ruby>", "p #note-1#b"),
        ("a<a id=n></a><p>b", "p a\np #note-1#b"),
        ("a<br><a id=n></a>b", "p a / #note-1#b"),
    ] {
        let text = clean(&format!("{link}{html}"));
        let [_, shown @ ..] = text.blocks.blocks() else {
            panic!("nothing of {html}");
        };
        assert_eq!(draw(shown), expected, "{html}");
        let again = clean(&rendered(&text));
        assert_eq!(again.blocks, text.blocks, "{html}");
    }
}

#[test]
fn places_are_numbered_as_they_are_met() {
    // One link leads nowhere, and a place moves before the link that it stands in.
    let html = "<p><a href='#none'>w</a> <a href='#b'><span id=c>x</span></a> \
                <a href='#c'>y</a></p><p id=b>z</p>";
    let text = clean(html);
    let expected = "p [w](https://news.example/world/story.html#none) \
                    #note-1#[x](#note-2) [y](#note-1)\np #note-2#z";
    assert_eq!(draw(text.blocks.blocks()), expected);
    assert_eq!(clean(&rendered(&text)).blocks, text.blocks);
}

#[test]
fn a_link_to_a_place_that_only_the_page_has_leads_to_the_page() {
    let page = "https://news.example/world/story.html";
    for (reference, expected) in [
        ("#comments", format!("[x]({page}#comments)")),
        ("#n 1", format!("[x]({page}#n%201)")),
        ("#%E7%89%B9", format!("[x]({page}#%E7%89%B9)")),
        ("#特", format!("[x]({page}#%E7%89%B9)")),
        ("#/route", format!("[x]({page}#/route)")),
        ("story.html#gone", format!("[x]({page}#gone)")),
        ("#top", "x".to_owned()),
        ("#", "x".to_owned()),
    ] {
        let text = clean(&format!("<p>a <a href='{reference}'>x</a></p>"));
        assert_eq!(draw(text.blocks.blocks()), format!("p a {expected}"));
        assert_eq!(clean(&rendered(&text)).blocks, text.blocks);
    }
}

/// What follows links to `#n`, and what is written of it.
fn led_to(html: &str) -> (String, String) {
    let text = clean(&format!("<p><a href='#n'>x</a></p>{html}"));
    let written = rendered(&text);
    let again = clean(&written);
    assert_eq!(again.blocks, text.blocks, "{html}\n{written}");
    let [_, shown @ ..] = text.blocks.blocks() else {
        panic!("nothing of {html}");
    };
    let (_, after) = written.split_once("</p>\n").unwrap();
    (draw(shown), after.to_owned())
}

#[test]
fn a_place_is_the_element_that_it_was_on() {
    let pre = "<pre id=\"note-1\" dir=\"ltr\"><code>a\nb</code></pre>\n<p>c</p>\n";
    for (html, model, written) in [
        (
            "<figure id=n><img src=/a.jpg alt=a></figure><p>c</p>",
            "#note-1#\nfigure news.example/a.jpg\np c",
            "<figure id=\"note-1\" class=\"picture\">",
        ),
        (
            "<figure id=n><img src=/a.jpg alt=a><figcaption>b</figcaption></figure>",
            "#note-1#\nfigure news.example/a.jpg | b",
            "<figure id=\"note-1\" class=\"picture\">",
        ),
        (
            "<figure><img src=/a.jpg alt=a><figcaption id=n>b</figcaption></figure>",
            "figure news.example/a.jpg | #note-1#b",
            "<figcaption id=\"note-1\">b</figcaption>",
        ),
        (
            "<figure id=n><pre>a\nb</pre><figcaption>c</figcaption></figure>",
            "#note-1#\ncaptioned | c\n  code \"a\\nb\"",
            "<figure id=\"note-1\" class=\"group\">",
        ),
        (
            "<pre id=n>a\nb</pre><p>c",
            "#note-1#\ncode \"a\\nb\"\np c",
            pre,
        ),
        (
            "<div class=highlight id=n><pre>a\nb</pre></div><p>c",
            "#note-1#\ncode \"a\\nb\"\np c",
            pre,
        ),
        (
            "<pre>a\n<a id=n></a>b</pre><p>c",
            "#note-1#\ncode \"a\\nb\"\np c",
            pre,
        ),
        (
            "<a name=n></a><hr><p>c",
            "#note-1#\nrule\np c",
            "<hr id=\"note-1\"/>",
        ),
        (
            "<ul id=n><li>a</ul>",
            "#note-1#\nlist\n  item\n    p a",
            "<ul id=\"note-1\">\n<li>a</li>",
        ),
        (
            "<ul><li>a<li id=n>b</ul>",
            "list\n  item\n    p a\n  item\n    p #note-1#b",
            "<li id=\"note-1\">b</li>",
        ),
        (
            "<ul><li>a<ol id=n><li>b</ol></ul>",
            "list\n  item\n    p a\n    #note-1#\n    list from 1\n      item\n        p b",
            "<li>a<ol id=\"note-1\">\n<li>b</li>",
        ),
        (
            "<blockquote id=n><p>a</blockquote>",
            "#note-1#\nquote\n  p a",
            "<blockquote id=\"note-1\">\n<p>a</p>",
        ),
        (
            "<dl id=n><dt>a<dd>b</dl>",
            "#note-1#\ndefinitions\n  term\n    p a\n  details\n    p b",
            "<dl id=\"note-1\">\n<dt>a</dt>",
        ),
        (
            "<dl><dt id=n>a<dd>b</dl>",
            "definitions\n  term\n    p #note-1#a\n  details\n    p b",
            "<dl>\n<dt id=\"note-1\">a</dt>",
        ),
        (
            "<table id=n><tr><th>a<th>b<tr><td>c<td>d</table>",
            "#note-1#\ntable\n  row\n    header\n      p a\n    header\n      p b\n  row\n    cell\n      p c\n    cell\n      p d",
            "<table id=\"note-1\">\n<thead>",
        ),
        (
            "<table><tr><th>a<th>b<tr id=n><td>c<td>d</table>",
            "table\n  row\n    header\n      p a\n    header\n      p b\n  row\n    cell\n      p #note-1#c\n    cell\n      p d",
            "<tr><td id=\"note-1\">c</td>",
        ),
        (
            "<p id=n dir=rtl>a",
            "p #note-1#(rtl: a)",
            "<p id=\"note-1\" dir=\"rtl\">a</p>",
        ),
        (
            "<h2 id=n>a</h2><p>b",
            "h2 #note-1#a\np b",
            "<h2 id=\"note-1\">a</h2>",
        ),
        (
            "<p>a <sup id=n>b</sup>",
            "p a #note-1#^b^",
            "<p>a <sup id=\"note-1\">b</sup></p>",
        ),
        (
            "<p>a <span id=n>b</span> c",
            "p a #note-1#b c",
            "<p>a <span id=\"note-1\">b c</span></p>",
        ),
        (
            "<p>a <a id=n href=/b>c</a>",
            "p a #note-1#[c](https://news.example/b)",
            "<a id=\"note-1\" href=",
        ),
    ] {
        let (shown, after) = led_to(html);
        assert_eq!(shown, model, "{html}");
        assert!(after.contains(written), "{html}\n{after}");
        assert!(
            !after.contains("></span>") && !after.contains("<div"),
            "{after}"
        );
    }
}

#[test]
fn two_places_at_one_thing_both_stay() {
    let html = "<p><a href='#m'>y</a></p><div id=m><pre id=n>a\nb</pre></div>";
    let (shown, after) = led_to(html);
    assert!(
        shown.ends_with("#note-2#\n#note-1#\ncode \"a\\nb\""),
        "{shown}"
    );
    let both = "<div id=\"note-2\"></div>\n<pre id=\"note-1\" dir=\"ltr\">";
    assert!(after.contains(both), "{after}");
    let html = "<p><a href='#m'>y</a></p><div id=m><p id=n>a</p></div>";
    let (_, after) = led_to(html);
    let both = "<p id=\"note-2\"><span id=\"note-1\">a</span></p>";
    assert!(after.contains(both), "{after}");
}

#[test]
fn the_sign_at_a_heading_that_leads_to_the_heading_goes() {
    for html in [
        "<h2 id=a>One<a class=headerlink href='#a' title=Permalink>¶</a></h2><p>x</p>",
        "<h2 id=a><a class=anchor href='#a'>#</a> One</h2><p>x</p>",
        "<h2><a id=a href='https://news.example/world/story.html#a'>§</a> One</h2><p>x</p>",
        "<h2 id=user-content-a>One <a href='#a'>🔗</a></h2><p>x</p>",
        "<section id=a><h2>One<a href='#a'>\u{f0c1}</a></h2></section><p>x</p>",
        "<h2>One <span id=a></span><a href='#a'>#</a></h2><p>x</p>",
        "<h2 id=a>One<a class=headerlink href='#b'>¶</a></h2><p>x</p>",
    ] {
        assert_eq!(sketch(html), "h2 One\np x", "{html}");
        let removed = clean(html).removed;
        assert!(removed.iter().any(|gone| gone.rule == "icon"), "{html}");
    }
    // Words, and signs that lead elsewhere, stay.
    for html in [
        "<h2 id=a><a href='#a'>One</a></h2><p>x</p>",
        "<h2>C<a href='#b'>#</a></h2><p id=b>x</p>",
        "<p>x <a href='#a'>#</a></p><p id=a>y</p>",
    ] {
        assert!(sketch(html).contains("](#"), "{html}");
    }
}

#[test]
fn places_with_githubs_prefix_are_found_without_it() {
    assert_eq!(
        sketch("<p><a href='#a'>x</a></p><h2 id=user-content-a>One</h2><p>y</p>"),
        "p [x](#note-1)\nh2 #note-1#One\np y"
    );
    assert_eq!(
        sketch("<p><a href='#user-content-a'>x</a></p><h2 id=user-content-a>One</h2><p>y</p>"),
        "p [x](#note-1)\nh2 #note-1#One\np y"
    );
}

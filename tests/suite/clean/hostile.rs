//! Hostile and broken markup: one test for each kind.

use super::properties::rendered;
use super::{clean, sketch};
use offprint::model::plain_text;

#[test]
fn hostile_21_references_of_every_kind() {
    assert_eq!(
        sketch(
            "<p><a href='/r/x.png'>a</a><a href='//s.example/x'>b</a><a href='../a'>c</a>\
             <a href='?p=1'>d</a><a href=''>e</a><a href='http://'>f</a></p>"
        ),
        "p [a](https://news.example/r/x.png)[b](https://s.example/x)[c](https://news.example/a)\
         [d](https://news.example/world/story.html?p=1)ef"
    );
    assert_eq!(
        sketch("<base href='https://base.example/d/'><img src='i.jpg'><a href='../z'>x</a>"),
        "figure base.example/d/i.jpg\np [x](https://base.example/z)"
    );
}

#[test]
fn hostile_23_schemes_that_run_or_read_something() {
    for scheme in [
        "javascript:x",
        "JaVa\tscript:x",
        " java\nscript:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:https://x",
        "intent://x",
        "view-source:x",
        "&#106;avascript:x",
    ] {
        assert_eq!(
            sketch(&format!("<p><a href=\"{scheme}\">text</a></p>")),
            "p text",
            "{scheme}"
        );
        assert_eq!(
            sketch(&format!("<img src=\"{scheme}\"><p>x</p>")),
            "p x",
            "{scheme}"
        );
        assert_eq!(
            sketch(&format!("<iframe src=\"{scheme}\"></iframe><p>x</p>")),
            "p x",
            "{scheme}"
        );
    }
}

#[test]
fn hostile_28_tags_that_do_not_match() {
    assert_eq!(
        sketch("<p>a</span>b<b>c<i>d</b>e</i>f</p>"),
        "p ab*c_d_*_e_f"
    );
    assert_eq!(
        sketch("<div><p>a<figure><img src='/i.jpg'></figure>b"),
        "p a\nfigure news.example/i.jpg\np b"
    );
    assert_eq!(
        sketch("a<br></br>b</p>c<i>d<br>e</i>"),
        "p a\np b\np c_d / e_"
    );
    assert_eq!(
        sketch("<td>a</td><tr>b<caption>c</table></body></html>d"),
        "p abcd"
    );
    assert_eq!(
        sketch("<table>out<tr><td>in<td>too</table>"),
        "p out\np in\np too"
    );
}

#[test]
fn hostile_29_depth_breadth_and_length() {
    for (open, many) in [
        ("<div>", 80_000),
        ("<table><tr><td>", 10_000),
        ("<b>", 80_000),
        ("<ul><li>", 30_000),
    ] {
        let text = clean(&format!("before {}deep", open.repeat(many)));
        assert_eq!(
            text.blocks
                .plain_text()
                .split_whitespace()
                .collect::<Vec<_>>(),
            ["before", "deep"]
        );
        assert_eq!(
            text.warnings.len(),
            usize::from(open != "<b>" || !text.warnings.is_empty())
        );
    }
    let siblings = clean(&"<p>x</p>".repeat(100_000));
    assert_eq!(siblings.blocks.blocks().len(), 100_000);
    let crowd = clean(&format!(
        "<p>a{}<p>b",
        "<i>x</i><!-- --><br>".repeat(260_000)
    ));
    assert_eq!(crowd.warnings.len(), 1);
    assert!(crowd.warnings[0].to_string().contains("500000 elements"));
    let text = crowd.blocks.plain_text();
    assert_eq!(text.matches('x').count(), 260_000);
    assert!(text.starts_with('a') && text.ends_with('b'));
    let long = clean(&format!("<p title='{}'>x</p>", "y".repeat(1_000_000)));
    assert_eq!(long.blocks.plain_text(), "x");
    let attributes: String = (0..60_000).map(|number| format!(" a{number}=1")).collect();
    assert_eq!(sketch(&format!("<p{attributes}>x</p><p>y</p>")), "p x\np y");
}

#[test]
fn hostile_29_formatting_that_is_never_closed() {
    let html: String = (0..20_000)
        .map(|number| format!("<p><font color={number}>x"))
        .collect();
    assert_eq!(
        clean(&html).blocks.plain_text().matches('x').count(),
        20_000
    );
}

#[test]
fn hostile_29_a_long_base_is_not_repeated_by_every_link() {
    let base = format!("https://base.example/{}/", "x".repeat(100_000));
    let links = "<a href='../y'>y</a> <a href='https://z.example/'>z</a> ".repeat(2_000);
    let text = clean(&format!("<base href='{base}'><p>{links}</p>"));
    let written = rendered(&text);
    assert!(written.len() < 200_000, "{} bytes", written.len());
    assert_eq!(written.matches("https://z.example/").count(), 2_000);
    assert_eq!(text.blocks.plain_text().matches('y').count(), 2_000);
}

#[test]
fn hostile_30_elements_of_the_nineties() {
    assert_eq!(
        sketch(
            "<center><font color=red>a</font></center><tt>b</tt><marquee>c</marquee><p><nobr>d</nobr></p>\
             <p align=right bgcolor=red><a name=top></a><big>e</big> <strike>f</strike></p>"
        ),
        "p a\np `b`c\np d\np e ~~f~~"
    );
}

#[test]
fn hostile_31_nothing_active_survives() {
    let html = "<script>alert(1)</script><style>p{}</style><link rel=stylesheet href=x><meta http-equiv=refresh>\
                <form action=/x><input value=v><button>Send</button></form><p onclick=x() style='background:url(\
                javascript:x)'>kept</p><embed src='/f.swf'><object data='/o.swf'>old</object>\
                <math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src onerror=x\">";
    let text = clean(html);
    let shown = format!("{:?}", text.blocks);
    for bad in [
        "alert",
        "onclick",
        "javascript",
        "onerror",
        "http-equiv",
        "Send",
    ] {
        assert!(!shown.contains(bad), "{bad}: {shown}");
    }
    assert!(
        shown.contains("kept") && shown.contains("f.swf") && shown.contains("o.swf"),
        "{shown}"
    );
    let removed: Vec<_> = text
        .removed
        .iter()
        .map(|r| (r.rule, r.text.as_str()))
        .collect();
    assert_eq!(removed, [("form", "Send"), ("fallback", "old")]);
    // What plays elsewhere is a link now; from here on, cleaning changes nothing.
    let again = clean(&rendered(&text));
    let third = clean(&rendered(&again));
    assert_eq!(again.blocks, third.blocks);
    assert_eq!(third.removed, []);
}

#[test]
fn hostile_32_ids_that_repeat_or_are_no_names() {
    assert_eq!(
        sketch("<a href='#1a b'>x</a><p id='1a b'>y</p><p id='1a b'>z</p><p id=''>w</p>"),
        "p [x](#note-1)\np #note-1#y\np z\np w"
    );
}

#[test]
fn hostile_33_attributes_of_any_name() {
    assert_eq!(
        sketch(
            "<p\"data-tms-ad-type=\"box\" @click=x :src=y data-Foo=1 xmlns:x='u' class=a class=b>x</p>"
        ),
        "p x"
    );
    assert_eq!(
        sketch("<divclass=\"x\"data-y=\"z\">text</divclass>"),
        "p text"
    );
}

#[test]
fn hostile_34_elements_of_any_name() {
    assert_eq!(
        sketch("<p>a<o:p>b</o:p><x:y>c</x:y><my-el>d</my-el><amp-img src=/i.png></amp-img></p>"),
        "p abcd\nfigure news.example/i.png"
    );
}

#[test]
fn hostile_35_drawings_and_formulas_become_their_text() {
    assert_eq!(
        sketch(
            "<p>a<svg><script>x</script><title>t</title><text>label</text><foreignObject><p>html</p>\
             </foreignObject><use href='http://e.example/'/></svg></p><p><math><mi>x</mi><mo>=</mo><mn>1</mn>\
             <annotation encoding=tex>x=1</annotation></math></p>"
        ),
        "p alabel\np html\np ⟦x = 1⟧"
    );
}

#[test]
fn hostile_35_scripts_of_formulas_stay_and_what_is_flattened_is_told() {
    let formula = |inside: &str| format!("<p>a <math>{inside}</math> b</p>");
    let told = |html: &str| {
        clean(html)
            .warnings
            .first()
            .map(|warning| warning.code.name())
    };
    let scripts = formula(
        "<msup><mi>x</mi><mn>2</mn></msup> <msubsup><mi>y</mi><mi>i</mi><mn>3</mn></msubsup>",
    );
    assert_eq!(sketch(&scripts), "p a ⟦x^2 y_i^3⟧ b");
    assert_eq!(told(&scripts), None);
    let rows = formula("<mfrac><mn>1</mn><mn>2</mn></mfrac><msqrt><mi>x</mi></msqrt>");
    assert_eq!(sketch(&rows), "p a ⟦(1/2)√x⟧ b");
    assert_eq!(told(&rows), None);
    // What holds other parts of a page is no formula; what it says stays.
    let mixed = formula(
        "<mfrac><mtext><a href=/x>1</a></mtext><mn>2</mn></mfrac><msqrt><mi>x</mi></msqrt>",
    );
    assert_eq!(
        sketch(&mixed),
        "p a [1](https://news.example/x)\u{2044}2√x b"
    );
    assert_eq!(told(&mixed), Some("formula-flattened"));
}

#[test]
fn hostile_36_character_references() {
    assert_eq!(
        sketch("<p>&copy;&mdash;&comma;&notit; Procter & Gamble &amp;lt; &#0;&#xD800;&#x1F;.</p>"),
        "p ©—,¬it; Procter & Gamble &lt; \u{FFFD}\u{FFFD}."
    );
}

#[test]
fn hostile_37_comments_and_sections() {
    assert_eq!(
        sketch("<p>a]]>b<!-- x -- y -->c<![CDATA[gone?]]>d<?php echo 1 ?>e<!--NaN--!>f</p>"),
        "p a]]>bcdef"
    );
}

#[test]
fn hostile_38_one_picture_among_its_stand_ins() {
    let html = "<noscript><img src='/a.jpg'></noscript><img src=\"data:image/svg+xml,<svg/>\" data-src='/a.jpg'>\
                <picture><source srcset='/b,1.jpg 640w, /b,2.jpg bad, /b,3.jpg 1280w'><img alt=''></picture>";
    assert_eq!(
        sketch(html),
        "figure news.example/a.jpg\nfigure news.example/b,3.jpg"
    );
}

#[test]
fn hostile_39_links_within_and_without() {
    assert_eq!(
        sketch("<p><a href='#gone'>a</a><a href='#'>b</a><a href='/zhongwen/x'>c</a></p>"),
        "p [a](https://news.example/world/story.html#gone)b[c](https://news.example/zhongwen/x)"
    );
}

#[test]
fn hostile_11_characters_that_no_output_may_hold() {
    let text = clean("<p>a\u{8}b\u{FFFE}c\u{2028}d\u{FEFF}</p><p>\u{1F}</p>");
    let lines: Vec<_> = text
        .blocks
        .blocks()
        .iter()
        .flat_map(|block| block.line())
        .map(plain_text)
        .collect();
    assert_eq!(lines, ["abc\u{2028}d"]);
}

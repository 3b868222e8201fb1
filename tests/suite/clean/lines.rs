//! Within a line: ruby, direction, verse, words that are set apart.

use super::properties::rendered;
use super::{clean, sketch};

/// What is written of markup; read again, it is the same.
fn written(html: &str) -> String {
    let once = clean(html);
    let markup = rendered(&once);
    assert_eq!(sketch(html), sketch(&markup), "{markup}");
    markup.replace('\n', "")
}

#[test]
fn each_base_has_its_reading() {
    for (html, wanted) in [
        (
            "<ruby><rb>山</rb><rt>やま</rt><rb>川</rb><rt>かわ</rt></ruby>",
            "p {山|やま}{川|かわ}",
        ),
        (
            "<ruby><rb>春</rb><rb>夏</rb><rt>はる</rt><rt>なつ</rt></ruby>が",
            "p {春|はる}{夏|なつ}が",
        ),
        (
            "<ruby><rb>春<rb>夏<rt>はる<rt>なつ</ruby>が",
            "p {春|はる}{夏|なつ}が",
        ),
        (
            "<ruby><rb>秋</rb><rb>冬</rb><rtc><rt>あき</rt><rt>ふゆ</rt></rtc></ruby>",
            "p {秋|あき}{冬|ふゆ}",
        ),
        (
            "<ruby><rb>東</rb><rb>南</rb><rtc><rt>とう</rt><rt>なん</rt></rtc><rtc><rt>east</rt><rt>south</rt></rtc></ruby>",
            "p {東|とう east}{南|なん south}",
        ),
        (
            "<ruby><rb>東</rb><rb>南</rb><rtc>とうなん</rtc></ruby>",
            "p {東南|とうなん}",
        ),
        (
            "<ruby><rb>大</rb><rb>人</rb><rt>おとな</rt></ruby>",
            "p {大人|おとな}",
        ),
        (
            "<ruby>空港<rp>（</rp><rt>くうこう</rt><rp>）</rp></ruby>へ",
            "p {空港|くうこう}へ",
        ),
        (
            "<ruby>取<rt>と</rt>り<rt></rt>替<rt>か</rt>え</ruby>",
            "p {取|と}り{替|か}え",
        ),
    ] {
        assert_eq!(sketch(html), wanted, "{html}");
        written(html);
    }
    assert_eq!(
        written("<ruby>空港<rt>くうこう</rt></ruby>"),
        "<p><ruby>空港<rp>(</rp><rt>くうこう</rt><rp>)</rp></ruby></p>"
    );
}

#[test]
fn words_are_set_apart_for_what_they_are() {
    for (html, wanted) in [
        (
            "x <mark>m</mark> <u>u</u> <ins>i</ins>",
            "<p>x <mark>m</mark> <u>u</u> <ins>i</ins></p>",
        ),
        (
            "<kbd>Ctrl</kbd> <kbd>S</kbd>, <kbd><kbd>A</kbd>+<kbd>B</kbd></kbd>",
            "<p><kbd>Ctrl</kbd> <kbd>S</kbd>, <kbd>A+B</kbd></p>",
        ),
        (
            "x <samp>s</samp> <var>v</var>",
            "<p>x <samp>s</samp> <var>v</var></p>",
        ),
        (
            "<abbr title=\"A &quot;B&quot;\">AB</abbr> <abbr>C</abbr>",
            "<p><abbr title=\"A &quot;B&quot;\">AB</abbr> C</p>",
        ),
        (
            "x <code><var>a</var> = <mark>1</mark></code>",
            "<p>x <code dir=\"ltr\">a = 1</code></p>",
        ),
        (
            "<a href=/x><u>x</u></a> <u><a href=/y>y</a></u>",
            "<p><a href=\"https://news.example/x\">x</a> <a href=\"https://news.example/y\">y</a></p>",
        ),
        ("<p><u>All of it</u></p>", "<p>All of it</p>"),
        (
            "<pre><mark>x</mark> <kbd>y</kbd></pre>",
            "<pre dir=\"ltr\"><code>x y</code></pre>",
        ),
        ("x <mark></mark>y", "<p>x y</p>"),
        (
            "<cite>Moby-Dick</cite> <i>is</i> <a href=/x><cite>a book</cite></a>",
            "<p><cite>Moby-Dick</cite> <em>is</em> <a href=\"https://news.example/x\"><cite>a book</cite></a></p>",
        ),
        (
            "<p>9 <small>€, <cite>tax <i>in</i></cite> <small>x</small></small></p>",
            "<p>9 <small>€, <cite>tax <em>in</em></cite> x</small></p>",
        ),
        (
            "<p><small style='color: grey'>All <b>of</b> it</small></p>",
            "<p>All <strong>of</strong> it</p>",
        ),
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
}

#[test]
fn direction_is_that_of_the_page() {
    let around = |html: &str| {
        written(&format!(
            "<p>one</p><p>two</p><p>three</p>{html}<p>four</p>"
        ))
    };
    for (html, wanted) in [
        (
            "<p>x <bdi>guest (C++)</bdi>: 3</p>",
            "<p>x <bdi>guest (C++)</bdi>: 3</p>",
        ),
        (
            "<p>x <bdi dir=rtl>y</bdi></p>",
            "<p>x <span dir=\"rtl\">y</span></p>",
        ),
        (
            "<p>x <bdo dir=rtl>abc</bdo></p>",
            "<p>x <bdo dir=\"rtl\">abc</bdo></p>",
        ),
        ("<p dir=rtl>x (y).</p>", "<p dir=\"rtl\">x (y).</p>"),
        (
            "<h2 dir=rtl lang=he>x</h2>",
            "<h2 lang=\"he\" xml:lang=\"he\" dir=\"rtl\">x</h2>",
        ),
        (
            "<table dir=rtl><tr><td>a<td>b<tr><td>c<td>d</table>",
            "<table dir=\"rtl\"><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
    ] {
        let found = around(html);
        assert!(found.contains(wanted), "{html}: {found}");
    }
}

#[test]
fn lines_of_verse_keep_their_ends_and_indents() {
    for (html, wanted) in [
        (
            "<p>The tide<br>&nbsp;&nbsp;&nbsp;&nbsp;and light<br>&nbsp;&nbsp;and <i>leaves</i><br>stones.</p>",
            "p The tide / \u{a0}\u{a0}\u{a0}\u{a0}and light / \u{a0}\u{a0}and _leaves_ / stones.",
        ),
        (
            "<p>One<br>&emsp;two<br>&emsp;&emsp;three</p>",
            "p One / \u{2003}two / \u{2003}\u{2003}three",
        ),
        ("<p>One<br>&nbsp;two</p>", "p One / two"),
        (
            "<p style='white-space: pre-wrap'>Morning comes\n    over\n        quietly.</p>",
            "p Morning comes / \u{a0}\u{a0}\u{a0}\u{a0}over / \u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}quietly.",
        ),
        (
            "<p style='white-space: pre-line'>One\n   two</p>",
            "p One / two",
        ),
        (
            "<pre class=wp-block-verse>One\n  two\n\nthree</pre>",
            "p One / \u{a0}\u{a0}two\np three",
        ),
        (
            "<div style='white-space:pre-wrap'>a\n<p style='white-space:normal'>b\nc</p>d\ne</div>",
            "p a\np b c\np d / e",
        ),
    ] {
        assert_eq!(sketch(html), wanted, "{html}");
        written(html);
    }
    // A paragraph that only a break ends.
    let long = "A sentence of a paragraph that goes on and on. ".repeat(4);
    let found = sketch(&format!(
        "<p>{long}<br>&nbsp;&nbsp;&nbsp;&nbsp;Another one.</p>"
    ));
    assert!(found.ends_with("\np Another one."), "{found}");
}

#[test]
fn a_second_reading_stands_in_brackets() {
    for (html, wanted) in [
        (
            "<ruby><ruby>攻<rt>こう</rt>殻<rt>かく</rt></ruby><rt>コウカク</rt></ruby>。",
            "p {攻|こう}{殻|かく}（コウカク）。",
        ),
        (
            "<ruby><rb>旧</rb><rb>金</rb><rtc><rt>jiù</rt><rt>jīn</rt></rtc><rtc>San Francisco</rtc></ruby>。",
            "p {旧|jiù}{金|jīn}(San Francisco)。",
        ),
        ("<ruby><rt>x</rt></ruby>。", "p x。"),
    ] {
        assert_eq!(sketch(html), wanted, "{html}");
    }
}

#[test]
fn quotations_have_the_marks_of_their_language_and_others_within() {
    for (html, wanted) in [
        ("<q>a <q>b <q>c</q></q></q>", "p “a ‘b “c”’”"),
        ("<q lang=de>a <q>b</q></q>", "p @de{„a ‚b‘“}"),
        (
            "<span lang=fr><q>a <q>b</q></q></span> x",
            "p @fr{«\u{a0}a “b”\u{a0}»} x",
        ),
        ("<span lang=ja><q>甲</q></span> x", "p @ja{「甲」} x"),
        ("<span lang=sw><q>a</q></span> x", "p @sw{“a”} x"),
    ] {
        let found = sketch(html);
        let bare = |text: &str| text.replace(['@', '{', '}', '(', ')', ':', ' '], "");
        let signs = |text: &str| {
            text.chars()
                .filter(|c| !c.is_ascii_alphabetic())
                .collect::<String>()
        };
        assert_eq!(
            signs(&bare(&found)),
            signs(&bare(wanted)),
            "{html}: {found}"
        );
    }
}

#[test]
fn a_line_of_verse_may_be_an_element() {
    let wanted = "<p class=\"lines\">a<br/>\u{a0}\u{a0}\u{a0}\u{a0}b<br/>c</p>";
    for html in [
        "<div class=line-block><div class=line>a</div><div class=line-block><div class=line>b</div></div><div class=line>c</div></div>",
        "<div class=stanza>\n<div class=line>a</div>\n<div class=line style='margin-left: 20px'>b</div>\n<div class=line>c</div>\n</div>",
        "<div class=poem><p class=verse-line>a</p><p class=verse-line style='padding-left:20px'>b</p><p class=verse-line>c</p></div>",
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
    assert_eq!(
        written("<div class=x><div class=line>a</div><div class=line>b</div></div>"),
        "<p>a</p><p>b</p>"
    );
}

#[test]
fn a_direction_may_be_a_style() {
    assert_eq!(
        written("<p style='direction: rtl'>שלום (x).</p><p>a</p><p>b</p>"),
        "<p dir=\"rtl\">שלום (x).</p><p>a</p><p>b</p>"
    );
}

#[test]
fn a_direction_may_be_left_to_the_text() {
    for (html, wanted) in [
        ("<p dir=auto>שלום x.</p>", "<p dir=\"rtl\">שלום x.</p>"),
        ("<p dir=auto>1 (שלום).</p>", "<p dir=\"rtl\">1 (שלום).</p>"),
        ("<p dir=auto>x שלום.</p>", "<p>x שלום.</p>"),
        (
            "<div dir=rtl><p>שלום</p><p dir=auto>x.</p></div>",
            "<p dir=\"rtl\">שלום</p><p dir=\"ltr\">x.</p>",
        ),
        (
            "<ul><li dir=rtl>שלום.</li></ul>",
            "<ul><li dir=\"rtl\">שלום.</li></ul>",
        ),
        (
            "<table><tr><td dir=rtl>שלום.<td>b<tr><td>c<td>d</table>",
            "<table><tbody><tr><td dir=\"rtl\">שלום.</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
    ] {
        let html = format!("<p>a</p>{html}<p>b</p><p>c</p><p>d</p>");
        let wanted = format!("<p>a</p>{wanted}<p>b</p><p>c</p><p>d</p>");
        assert_eq!(written(&html), wanted);
    }
}

#[test]
fn a_raised_and_a_lowered_text_above_each_other_stay_in_their_line() {
    for (html, wanted) in [
        (
            "<p>CO<span style='display:inline-block;font-size:80%'><sup>2−</sup><br><sub>3</sub></span> x</p>",
            "<p>CO<sup>2−</sup><sub>3</sub> x</p>",
        ),
        (
            "<p>CO<span style='display: inline-flex'><sub>3</sub><br><sup>2−</sup></span> x</p>",
            "<p>CO<sub>3</sub><sup>2−</sup> x</p>",
        ),
        (
            "<p>CO<sub>3</sub><br><sup>2−</sup> x</p>",
            "<p class=\"lines\">CO<sub>3</sub><br/><sup>2−</sup> x</p>",
        ),
        (
            "<p>a<sup>1</sup><br><sup>2</sup> b</p>",
            "<p class=\"lines\">a<sup>1<br/>2</sup> b</p>",
        ),
    ] {
        assert_eq!(written(html), wanted);
    }
}

#[test]
fn blocks_of_verse_by_substack_are_verse() {
    assert_eq!(
        written(
            "<p>x</p><div class=preformatted-block><label class=hide-text>Text within this block will maintain its original spacing when published</label><pre class=text>One\n  two</pre></div>"
        ),
        "<p>x</p><p class=\"lines\">One<br/>\u{a0}\u{a0}two</p>"
    );
}

#[test]
fn a_quotation_whose_lines_all_run_so_does_too() {
    let quote = |inside: &str| {
        let html = format!("<p>one</p><p>two</p><p>three</p>{inside}<p>four</p><p>five</p>");
        let found = written(&html);
        let begin = found.find("<blockquote").unwrap();
        found[begin..].split('>').next().unwrap().to_owned()
    };
    for html in [
        "<blockquote dir=rtl><p>א</p><p>ב</p></blockquote>",
        "<blockquote style='direction: rtl'>א</blockquote>",
        "<blockquote><p dir=rtl>א</p><blockquote dir=rtl>ב</blockquote></blockquote>",
        "<blockquote dir=auto>א</blockquote>",
    ] {
        assert_eq!(quote(html), "<blockquote dir=\"rtl\"", "{html}");
    }
    for html in [
        "<blockquote><p dir=rtl>א</p><p>b</p></blockquote>",
        "<blockquote>b</blockquote>",
    ] {
        assert_eq!(quote(html), "<blockquote", "{html}");
    }
}

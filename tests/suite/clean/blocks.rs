//! Paragraphs, headings, lists, quotations, tables, code, endings.

use super::{clean, clean_as, sketch};
use offprint::model::Markup;

fn lines(lines: &[&str]) -> String {
    lines.join("\n")
}

#[test]
fn short_questions_are_headings_but_not_those_of_an_interview() {
    let ask = |question: &str| format!("<p><b>{question}</b></p><p>An answer of some words.</p>");
    let headings = |html: String| sketch(&html).matches("h2 ").count();
    assert_eq!(headings(["Who pays?", "谁来付钱？"].map(ask).concat()), 2);
    let interview = ["Who pays?", "Since when?", "谁来付钱？", "The end"];
    assert_eq!(headings(interview.map(ask).concat()), 1);
    assert_eq!(headings(ask("问：谁来付钱？")), 0);
}

#[test]
fn lists_that_go_on_are_one() {
    assert_eq!(
        sketch("<ul><li>a</ul><ul><li>b</ul><ol><li>c</ol><ol start=2><li>d</ol><ol><li>e</ol>"),
        "list\n  item\n    p a\n  item\n    p b\nlist from 1\n  item\n    p c\n  item\n    p d\n\
         list from 1\n  item\n    p e"
    );
}

#[test]
fn an_explanation_of_letters_is_no_heading() {
    assert_eq!(
        sketch(
            "<p>x</p><p><b>Q = the reporter</b></p><p><b>A = the mayor</b></p><p><b>Rain</b></p><p>y</p>"
        ),
        "p x\np *Q = the reporter*\np *A = the mayor*\nh2 Rain\np y"
    );
}

#[test]
fn white_space_collapses_as_browsers_do() {
    assert_eq!(
        sketch("<p> a \n <b> b</b>\tc <i>d </i></p>"),
        "p a *b* c _d_"
    );
    assert_eq!(
        sketch("<p>a&nbsp;b</p><p>&nbsp;</p><p>\u{200B}</p><div></div>"),
        "p a\u{a0}b"
    );
}

#[test]
fn line_ends_between_chinese_characters_leave_no_space() {
    assert_eq!(
        sketch("<p>中文\n  <b>\n  字\n</b>\n，再</p>"),
        "p 中文*字*，再"
    );
    assert_eq!(sketch("<p>one\ntwo 三\nfour</p>"), "p one two 三 four");
    assert_eq!(sketch("<p>作者 李四</p>"), "p 作者 李四");
}

#[test]
fn full_width_indents_are_layout() {
    assert_eq!(sketch("<p>\u{3000}\u{3000}一段</p>"), "p 一段");
    assert_eq!(
        sketch("甲<br>\u{3000}\u{3000}乙<br/>&nbsp;&nbsp;&nbsp;&nbsp;丙"),
        lines(&["p 甲", "p 乙", "p 丙"])
    );
}

#[test]
fn runs_of_breaks_are_paragraphs_and_single_breaks_stay() {
    assert_eq!(
        sketch("<i>one<br>\n<br></br>two<br>three</i><br><br>"),
        lines(&["p _one_", "p _two / three_"])
    );
    assert_eq!(
        sketch("<h2>a<br><br>b</h2><p>c</p>"),
        lines(&["h2 a / b", "p c"])
    );
}

#[test]
fn loose_text_becomes_paragraphs() {
    assert_eq!(
        sketch("<div>one<div>two</div>three<p>four</div>five"),
        lines(&["p one", "p two", "p three", "p four", "p five"])
    );
}

#[test]
fn formatting_reaches_into_blocks() {
    assert_eq!(
        sketch("<a href='/x'><div>one<p>two</p></div></a><b><i></i></b>"),
        lines(&[
            "p [one](https://news.example/x)",
            "p [two](https://news.example/x)"
        ])
    );
    assert_eq!(
        sketch("<p><b>a</b><strong>b</strong> <b>c</b>d</p>"),
        "p *ab c*d"
    );
    assert_eq!(
        sketch("<p><span style='font-weight: bold'>a</span> b</p>"),
        "p *a* b"
    );
}

#[test]
fn a_bold_line_alone_is_a_heading() {
    assert_eq!(
        sketch("<p>Before.</p><p><strong>双方没交集</strong></p><p>After.</p>"),
        lines(&["p Before.", "h2 双方没交集", "p After."])
    );
}

#[test]
fn bold_lines_that_are_no_headings_stay() {
    for html in [
        "<p><b>This is a sentence.</b></p><p>x</p>",
        "<p><b>问：为什么？</b></p><p>x</p>",
        "<p><b>only this</b></p>",
        "<p>x</p><p><b>the last</b></p>",
        "<p><b>（美联社）</b></p><p>x</p>",
        "<p><b>a</b></p><p><b>b</b></p><p><b>c</b></p><p>x</p>",
        "<p><b><a href='/x'>read this</a> | <a href='/y'>and that</a></b></p><p>x</p>",
        "<p><b>Ann</b></p><p>1</p><p><b>Ann</b></p><p>2</p><p><b>Ann</b></p><p>3</p>",
    ] {
        assert!(!sketch(html).contains("h2"), "{html}: {}", sketch(html));
    }
}

#[test]
fn a_bold_first_line_before_a_text_is_a_heading() {
    assert_eq!(
        sketch("<p>x</p><p><b>What is new</b><br>A long paragraph follows the break here.</p>"),
        lines(&[
            "p x",
            "h2 What is new",
            "p A long paragraph follows the break here."
        ])
    );
}

#[test]
fn levels_have_no_gaps() {
    assert_eq!(
        sketch("<h3>a</h3>x<h6>b</h6>x<h4>c</h4>x<h1>d</h1>x<h2>e</h2>x"),
        lines(&[
            "h2 a", "p x", "h3 b", "p x", "h3 c", "p x", "h2 d", "p x", "h3 e", "p x"
        ])
    );
}

#[test]
fn a_heading_that_repeats_the_title_is_removed_and_reported() {
    let text = clean_as(
        &Markup::Article("<h1>A  Title!</h1><p>x</p>".into()),
        "a title",
    );
    assert_eq!(text.blocks.plain_text(), "x");
    assert_eq!(text.removed.len(), 1);
    assert_eq!(
        (text.removed[0].rule, text.removed[0].text.as_str()),
        ("title", "A Title!")
    );
}

#[test]
fn a_heading_as_long_as_a_paragraph_is_one() {
    let long = "很长的一段话".repeat(40);
    assert_eq!(
        sketch(&format!("<h2>{long}</h2><p>x</p>")),
        format!("p {long}\np x")
    );
    // And what holds of paragraphs holds of it: it may begin with a heading, or be the rights.
    assert_eq!(
        sketch(&format!("<h2><b>Of lamps</b><br>{long}</h2>")),
        format!("h2 Of lamps\np {long}")
    );
    let text = clean(&format!("<p>x</p><h2>© 2020 {long}</h2>"));
    assert_eq!(text.rights.as_deref(), Some(&*format!("© 2020 {long}")));
}

#[test]
fn an_unclosed_heading_does_not_swallow_the_text() {
    assert_eq!(
        sketch("<h3>Head<p>one</p><p>two</p>"),
        lines(&["h2 Head", "p one", "p two"])
    );
}

#[test]
fn lists_nest_and_number() {
    assert_eq!(
        sketch("<ol start=3><li>a<ul><li>b</ul><li><li>c</ol>"),
        lines(&[
            "list from 3",
            "  item",
            "    p a",
            "    list",
            "      item",
            "        p b",
            "  item",
            "    p c"
        ])
    );
}

#[test]
fn loose_items_and_lists_in_lists_are_mended() {
    assert_eq!(
        sketch("<li>a<li>b<p>c</p>"),
        lines(&["list", "  item", "    p a", "  item", "    p b", "    p c"])
    );
    assert_eq!(
        sketch("<ul><li>a</li><ul><li>b</li></ul>text</ul>"),
        lines(&[
            "list",
            "  item",
            "    p a",
            "    list",
            "      item",
            "        p b",
            "  item",
            "    p text"
        ])
    );
}

#[test]
fn quotations_hold_blocks() {
    assert_eq!(
        sketch(
            "<blockquote>a<p>b</p></blockquote><p>He said <q>so</q>.</p><blockquote> </blockquote>"
        ),
        lines(&["quote", "  p a", "  p b", "p He said “so”."])
    );
}

#[test]
fn tables_of_data_keep_their_shape() {
    assert_eq!(
        sketch(
            "<table><caption>Sums</caption><thead><tr><th colspan=2>x</thead>\
             <tr><td rowspan=9>1<td>2<tr><td>3</table>"
        ),
        lines(&[
            "table Sums",
            "  row",
            "    header 2x1",
            "      p x",
            "  row",
            "    cell 1x2",
            "      p 1",
            "    cell",
            "      p 2",
            "  row",
            "    cell",
            "      p 3"
        ])
    );
}

#[test]
fn tables_of_layout_are_unwrapped() {
    for html in [
        "<table><tr><td>a<tr><td><p>b</p></table>",
        "<table><tr><td>a<td>b</table>",
        "<table role=presentation><tr><th>a<tr><th>b</table>",
        "<table><tr><td><table><tr><td>a</table><tr><td>b</table>",
    ] {
        assert_eq!(sketch(html), "p a\np b", "{html}");
    }
}

#[test]
fn preformatted_text_keeps_its_lines() {
    assert_eq!(
        sketch("<pre class=x>\n  a <b>b</b><br>\tc\n\n</pre><p>run <code>ls  -l</code></p>"),
        lines(&["code \"  a b\\n\\tc\"", "p run `ls -l`"])
    );
    assert_eq!(sketch("<pre><p>a</p><p>b</p></pre>"), "code \"a\\nb\"");
}

#[test]
fn ruby_small_letters_and_languages_stay() {
    assert_eq!(
        sketch(
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>の H<sub>2</sub>O 21<sup>st</sup></p>"
        ),
        "p {漢|かん}{字|じ}の H~2~O 21^st^"
    );
    assert_eq!(
        sketch("<p>a <span lang=he dir=rtl>שלום</span> <i lang='no such'>b</i></p>"),
        "p a (hertl: שלום) _b_"
    );
}

#[test]
fn the_language_of_the_whole_text_is_no_span() {
    assert_eq!(
        sketch("<div lang=zh-CN><p>甲</p><p>乙 <i lang=en>c</i></p></div>"),
        lines(&["p 甲", "p 乙 (en: _c_)"])
    );
    assert_eq!(
        sketch("<h2><b><span lang=zh-CN>甲</span></b></h2><p lang=zh-CN>乙</p>"),
        lines(&["h2 甲", "p 乙"])
    );
    assert_eq!(
        sketch("<h2><span dir=ltr><b><span lang=zh-CN>甲</span></b></span></h2>"),
        "h2 甲"
    );
}

#[test]
fn what_is_unknown_is_unwrapped() {
    assert_eq!(
        sketch("<details><summary>More</summary>text</details><x-y>a<o:p>b</o:p></x-y>"),
        lines(&["details More", "  p text", "p ab"])
    );
}

#[test]
fn agencies_and_rights_stand_apart() {
    let text = clean(
        "<p>Text.</p><p>（美联社、法新社、德新社）</p>\
         <p><em>© 2020</em><em>年</em><em>某台版权声明：不得擅自使用。</em></p><p> </p>",
    );
    assert_eq!(text.blocks.plain_text(), "Text.");
    assert_eq!(text.credit.as_deref(), Some("（美联社、法新社、德新社）"));
    assert_eq!(
        text.rights.as_deref(),
        Some("© 2020年某台版权声明：不得擅自使用。")
    );
}

#[test]
fn endings_are_found_above_what_others_added() {
    let text = clean("<p>Text.</p><p>(AFP/dpa)</p><p>© 2020 AFP</p><hr><p>More feeds</p>");
    assert_eq!(text.blocks.plain_text(), "Text.\nMore feeds");
    assert_eq!(text.credit.as_deref(), Some("(AFP/dpa)"));
    assert_eq!(text.rights.as_deref(), Some("© 2020 AFP"));
}

#[test]
fn what_only_looks_like_an_ending_stays() {
    for html in [
        "<p>© 2020 only this</p>",
        "<p>x</p><p>（本文作者是学者）</p>",
        "<p>x</p><p>（完）</p>",
    ] {
        let text = clean(html);
        assert_eq!((text.credit, text.rights), (None, None), "{html}");
    }
}

#[test]
fn deep_nesting_is_cut_with_its_text_kept() {
    let text = clean(&format!(
        "{}deep{}end",
        "<blockquote>".repeat(100),
        "</blockquote>".repeat(100)
    ));
    assert_eq!(text.blocks.plain_text(), "deep\nend");
    assert_eq!(text.warnings.len(), 1);
    assert_eq!(text.warnings[0].code.name(), "nesting-cut");
    assert_eq!(text.warnings[0].line, Some(3));
}

#[test]
fn what_is_struck_out_stays_so() {
    assert_eq!(
        sketch(
            "<p>It costs <s>ten</s> <del>nine</del> <span style='text-decoration: line-through red'>eight</span> seven.</p>"
        ),
        "p It costs ~~ten nine eight~~ seven."
    );
}

#[test]
fn a_hidden_mail_address_is_shown() {
    let hidden = |code: &str| {
        format!(
            "<p>Write to <a href='/cdn-cgi/l/email-protection' class='__cf_email__' data-cfemail='{code}'>[email&#160;protected]</a>.</p>"
        )
    };
    let text = clean(&hidden("2b4a6b49054e534a465b474e"));
    assert_eq!(text.blocks.plain_text(), "Write to a@b.example.");
    let removed: Vec<_> = text.removed.iter().map(|part| part.rule).collect();
    assert_eq!(removed, ["mail"]);
    for code in ["", "2b", "2b4", "zz11", "2b4a4a4a", "€€", "2b4a6b0a2b"] {
        let text = clean(&hidden(code)).blocks.plain_text();
        assert!(text.contains("protected]"), "{code}: {text}");
    }
}

#[test]
fn the_links_of_a_feed_are_no_part_of_the_rights() {
    let text = clean(
        "<p>Text.</p><p><small>&copy; Ada for <a href='/'>The Paper</a>, 2021. |<a href='/1'>Permalink</a> \
         |<a href='/1#c'>No comment</a></small></p>",
    );
    assert_eq!(text.rights.as_deref(), Some("© Ada for The Paper, 2021."));
    assert_eq!(
        sketch::sketch(text.blocks.blocks()),
        "p Text.\np |[Permalink](https://news.example/1) |[No comment](https://news.example/1#c)"
    );
}

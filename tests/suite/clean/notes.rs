//! Notes and their marks, of many programs.

use super::properties::rendered;
use super::sketch::sketch as draw;
use super::{clean, sketch};

/// Marks and notes as programs write them, with what they become.
const NOTES: [(&str, &str); 11] = [
    // Pandoc, goldmark
    (
        "<p>a<a href='#fn1' class=footnote-ref id=fnref1 role=doc-noteref><sup>1</sup></a>.</p>\
         <section class=footnotes role=doc-endnotes><hr><ol><li id=fn1 role=doc-endnote><p>Note.\
         <a href='#fnref1' class=footnote-back role=doc-backlink>↩︎</a></p></li></ol></section>",
        "p a#note-1#[^^1^](#note-2).\nrule\nlist from 1\n  item\n    note note-2\n      p Note.[↩︎](#note-1)",
    ),
    // kramdown
    (
        "<p>a<sup id='fnref:1' role=doc-noteref><a href='#fn:1' class=footnote rel=footnote>1</a></sup>.</p>\
         <div class=footnotes role=doc-endnotes><ol><li id='fn:1' role=doc-endnote><p>Note. \
         <a href='#fnref:1' class=reversefootnote role=doc-backlink>&#8617;</a></p></li></ol></div>",
        "p a#note-1#^[^1](#note-2)^.\nlist from 1\n  item\n    note note-2\n      p Note. [↩](#note-1)",
    ),
    // Markdown-it, Ghost
    (
        "<p>a<sup class=footnote-ref><a href='#fn1' id=fnref1>[1]</a></sup>.</p><section class=footnotes>\
         <ol class=footnotes-list><li id=fn1 class=footnote-item><p>Note. <a href='#fnref1' \
         class=footnote-backref>↩︎</a></p></li></ol></section>",
        "p a#note-1#^[^[1]](#note-2)^.\nlist from 1\n  item\n    note note-2\n      p Note. [↩︎](#note-1)",
    ),
    // The notes of WordPress
    (
        "<p>a<sup data-fn=9c3e class=fn><a href='#9c3e' id=9c3e-link>1</a></sup>.</p>\
         <ol class=wp-block-footnotes><li id=9c3e>Note. <a href='#9c3e-link' aria-label='Jump'>↩︎</a></li></ol>",
        "p a#note-1#^[^1](#note-2)^.\nlist from 1\n  item\n    note note-2\n      p Note. [↩︎](#note-1)",
    ),
    // Easy Footnotes
    (
        "<p>a<span id=easy-footnote-1-7 class=easy-footnote-margin-adjust></span><span class=easy-footnote>\
         <a href='#easy-footnote-bottom-1-7' title=Note.><sup>1</sup></a></span>.</p>\
         <ol class=easy-footnotes-wrapper><li class=easy-footnote-single><span id=easy-footnote-bottom-1-7 \
         class=easy-footnote-margin-adjust></span>Note.<a class=easy-footnote-to-top href='#easy-footnote-1-7'>\
         </a></li></ol>",
        "p a[^^1^](#note-1).\nlist from 1\n  item\n    note note-1\n      p Note.",
    ),
    // Substack
    (
        "<p>a<a class=footnote-anchor data-component-name=FootnoteAnchorToDOM id=footnote-anchor-1 \
         href='#footnote-1' target=_self>1</a>.</p><div class=footnote data-component-name=FootnoteToDOM>\
         <a id=footnote-1 href='#footnote-anchor-1' class=footnote-number target=_self>1</a>\
         <div class=footnote-content><p>Note.</p></div></div>",
        "p a#note-1#[^1](#note-2).\nnote note-2\n  p [1](#note-1) Note.",
    ),
    // MediaWiki, two marks of one note
    (
        "<p>a<sup id=cite_ref-b_1-0 class=reference><a href='#cite_note-b-1'>[1]</a></sup> \
         c<sup id=cite_ref-b_1-1 class=reference><a href='#cite_note-b-1'>[1]</a></sup>.</p>\
         <ol class=references><li id=cite_note-b-1><span class=mw-cite-backlink>^ <a href='#cite_ref-b_1-0'>a</a> \
         <a href='#cite_ref-b_1-1'>b</a></span> <span class=reference-text>Note.</span></li></ol>",
        "p a#note-1#^[^[1]](#note-2)^ c#note-3#^[^[1]](#note-2)^.\nlist from 1\n  item\n    note note-2\n      \
         p ^ [a](#note-1) [b](#note-3) Note.",
    ),
    // Word
    (
        "<p>a<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>.</p><div><hr><div id=ftn1>\
         <p><a href='#_ftnref1' name='_ftn1'>[1]</a> Note.</p><p>More.</p></div></div>",
        "p a#note-1#[^[1]](#note-2).\nrule\nnote note-2\n  p [[1]](#note-1) Note.\n  p More.",
    ),
    // By hand
    (
        "<p>a<sup><a id=r href='#n'>*</a></sup>.</p><p id=n><a href='#r'>*</a> Note.</p>",
        "p a#note-1#^[^*](#note-2)^.\nnote note-2\n  p [*](#note-1) Note.",
    ),
    // Links to and from a heading are none, and so is one to a part that leads nowhere back.
    (
        "<ul><li id=t1><a href='#c1'>1</a></li></ul><h2 id=c1><a href='#t1'>First</a></h2><p>x</p>",
        "list\n  item\n    p #note-1#[1](#note-2)\nh2 #note-2#[First](#note-1)\np x",
    ),
    (
        "<p>See <a href='#s'>2</a>.</p><p id=s>Second.</p>",
        "p See [2](#note-1).\np #note-1#Second.",
    ),
];

#[test]
fn marks_and_notes_find_each_other_whatever_made_them() {
    for (html, shown) in NOTES {
        assert_eq!(sketch(html), shown, "{html}");
    }
}

#[test]
fn notes_that_were_written_are_read_as_they_were() {
    for (html, _) in NOTES {
        let once = clean(html);
        let written = rendered(&once);
        let again = clean(&written);
        assert_eq!(
            draw(once.blocks.blocks()),
            draw(again.blocks.blocks()),
            "{written}"
        );
    }
}

#[test]
fn a_note_at_the_side_stands_behind_its_paragraph() {
    let html = "<p>A margin note<label for=sn1 class='margin-toggle sidenote-number'></label>\
                <input type=checkbox id=sn1 class=margin-toggle><span class=sidenote>It stood <em>here</em>.</span> \
                came with it.</p><p>Next.</p>";
    let text = clean(html);
    assert_eq!(
        draw(text.blocks.blocks()),
        "p A margin note came with it.\nside note\n  p It stood _here_.\np Next."
    );
    let written = rendered(&text);
    assert!(
        written
            .contains("<aside role=\"note\" class=\"side-note\">It stood <em>here</em>.</aside>")
    );
    assert_eq!(clean(&written).blocks, text.blocks);
}

#[test]
fn a_note_without_a_mark_is_text_and_a_mark_without_a_note_a_link() {
    // The mark is in a part of the page that is left out, the note in another.
    assert_eq!(
        sketch("<p>a<a role=doc-noteref href='#n'>1</a></p><button><p id=n>x</p></button>"),
        "p a[1](https://news.example/world/story.html#n)"
    );
    assert_eq!(
        sketch(
            "<button><a role=doc-noteref href='#n'>1</a></button><p id=n>x</p><p><a href='#n'>y</a></p>"
        ),
        "p #note-1#x\np [y](#note-1)"
    );
}

#[test]
fn a_note_that_a_plug_in_writes_into_the_line_stands_beside_it() {
    let html = "<p>a<sup class=modern-footnotes-footnote data-mfn=1><a href='javascript:void(0)'>1</a></sup>\
                <span id=mfn-content-1 role=tooltip class=modern-footnotes-footnote__note>The note.</span> b.</p><p>c</p>";
    let found = sketch(html);
    assert!(found.starts_with("p a^1^ b.\nside note\n"), "{found}");
    assert!(found.contains("p The note.\n"), "{found}");
    // Other words that a pointer shows stay in the line.
    let found = sketch("<p>a <span role=tooltip class=hint>b</span> c</p>");
    assert_eq!(found, "p a b c");
}

#[test]
fn the_number_of_a_note_stands_before_its_words() {
    for note in [
        "<aside class='footnote brackets' id=f1 role=doc-footnote><span class=label>[<a role=doc-backlink href='#r1'>1</a>]</span><p>Note.</p></aside>",
        "<div class=footnote id=f1><a href='#r1'>[1]</a><div><p>Note.</p></div></div>",
        "<div id=f1><p><a href='#r1'>1</a>.</p><p>Note.</p></div>",
    ] {
        let html = format!(
            "<p>a<a class=footnote-reference href='#f1' id=r1 role=doc-noteref>[1]</a>.</p><p>b</p><aside class='footnote-list brackets'>{note}</aside>"
        );
        let text = clean(&html).blocks.plain_text();
        let last = text.lines().last().unwrap_or_default();
        assert!(last.contains('1') && last.ends_with(" Note."), "{text}");
        let found = sketch(&html);
        assert!(
            !found.contains("box") && !found.contains("side note"),
            "{found}"
        );
    }
}

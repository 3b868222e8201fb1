//! Text that is set off, whatever program set it.

use super::properties::rendered;
use super::sketch::sketch as draw;
use super::{clean, sketch};
use offprint::model::Image;
use offprint::writer::xhtml::{References, Serialiser, Shown, Style};

const BOX: &str = "p a\nbox Mind the lamp\n  p It is hot.\np b";

#[test]
fn callouts_of_every_program_are_boxes() {
    for markup in [
        // Docutils, MkDocs
        "<div class='admonition warning'><p class='admonition-title'>Mind the lamp</p><p>It is hot.</p></div>",
        // Docusaurus 2 and 3
        "<div class='theme-admonition theme-admonition-warning admonition_LlT9 alert alert--warning'><div class='admonitionHeading_tbUL'><span class='admonitionIcon_kALy'><svg viewBox='0 0 16 16' width=16><path d='M0 0'/></svg></span>Mind the lamp</div><div class='admonitionContent_S0QG'><p>It is hot.</p></div></div>",
        "<div class='admonition admonition-tip alert alert--success'><div class=admonition-heading><h5><span class=admonition-icon></span>Mind the lamp</h5></div><div class=admonition-content><p>It is hot.</p></div></div>",
        // GitHub
        "<div class='markdown-alert markdown-alert-warning'><p class=markdown-alert-title>Mind the lamp</p><p>It is hot.</p></div>",
        // Obsidian, Quarto, VuePress, Bootstrap
        "<div class=callout data-callout=warning><div class=callout-title><div class=callout-icon></div><div class=callout-title-inner>Mind the lamp</div></div><div class=callout-content><p>It is hot.</div></div>",
        "<div class='callout callout-style-default callout-note'><div class='callout-header d-flex'><div class=callout-title-container>Mind the lamp</div></div><div class=callout-body-container><p>It is hot.</p></div></div>",
        "<div class='custom-block tip'><p class=custom-block-title>Mind the lamp</p><p>It is hot.</p></div>",
        "<div class='alert alert-info' role=alert><h4 class=alert-heading>Mind the lamp</h4><p>It is hot.</p></div>",
        // A heading or a bold line of one's own
        "<aside><h3>Mind the lamp</h3><p>It is hot.</p></aside>",
        "<aside><p><strong>Mind the lamp</strong></p><p>It is hot.</p></aside>",
        "<div class='wp-block-group has-background'><div class=wp-block-group__inner-container><h4>Mind the lamp</h4><p>It is hot.</p></div></div>",
        "<blockquote><p class=callout-title>Mind the lamp</p><p>It is hot.</p></blockquote>",
        "<blockquote><p><span class=callout-title>Mind the lamp</span></p><p>It is hot.</p></blockquote>",
    ] {
        assert_eq!(
            sketch(&format!("<p>a</p>{markup}<p>b</p>")),
            BOX,
            "{markup}"
        );
    }
}

#[test]
fn boxes_without_a_title_are_boxes() {
    for (markup, title) in [
        ("<aside><p>It is hot.</aside>", ""),
        ("<p class=note>It is hot.</p>", ""),
        ("<div class=callout-block><p>It is hot.</p></div>", ""),
        (
            "<div class='kg-card kg-callout-card'><div class=kg-callout-emoji>!</div><div class=kg-callout-text>It is hot.</div></div>",
            " !",
        ),
        ("<figure class=callout><div>It is hot.</div></figure>", ""),
        (
            "<blockquote><p>[!NOTE]\nIt is hot.</p></blockquote>",
            " NOTE",
        ),
        (
            "<blockquote><p>[!WARNING]<br>It is hot.</p></blockquote>",
            " WARNING",
        ),
        (
            "<blockquote><p>[!tip]</p><p>It is hot.</p></blockquote>",
            " tip",
        ),
    ] {
        let expected = format!("p a\nbox{title}\n  p It is hot.");
        assert_eq!(sketch(&format!("<p>a</p>{markup}")), expected, "{markup}");
    }
}

#[test]
fn what_only_looks_like_a_box_is_none() {
    for (markup, expected) in [
        ("<aside role=note>x</aside>", "side note\n  p x"),
        ("<aside class=sidenote>x</aside>", "side note\n  p x"),
        (
            "<blockquote><p>[!NOTE]</p></blockquote>",
            "quote\n  p [!NOTE]",
        ),
        ("<blockquote><p>[!] x</p></blockquote>", "quote\n  p [!] x"),
        ("<details><p>x</details>", "p x"),
        ("<details><summary>x</summary></details>", "p x"),
        ("<aside><p><b>x</b></aside>", "box\n  p *x*"),
        ("<div class=wp-block-group><p>x</div>", "p x"),
    ] {
        assert_eq!(
            sketch(&format!("<p>a</p>{markup}")),
            format!("p a\n{expected}"),
            "{markup}"
        );
    }
    // One that holds all of the text is set off from nothing.
    assert_eq!(sketch("<aside><p>a</p><p>b</p></aside>"), "p a\np b");
}

#[test]
fn book_19_details_keep_what_opens_them() {
    assert_eq!(
        sketch(
            "<p>a</p><details><summary>Why <b>so</b> few?</summary><p>They were dear.</p><ul><li>iron</ul></details>"
        ),
        "p a\ndetails Why so few?\n  p They were dear.\n  list\n    item\n      p iron"
    );
    assert_eq!(
        sketch("<p>a</p><details><summary><h3>b</h3></summary>c</details>"),
        "p a\ndetails b\n  p c"
    );
}

#[test]
fn what_goes_of_a_callout_is_told() {
    let text = clean("<p>a</p><blockquote><p>[!NOTE]<br>b</p></blockquote>");
    let removed: Vec<_> = text
        .removed
        .iter()
        .map(|gone| (gone.rule, gone.text.as_str()))
        .collect();
    assert_eq!(removed, [("callout", "[!]")]);
}

/// Places and pictures do not matter here.
struct Nowhere;

impl References for Nowhere {
    fn image(&self, _: &Image) -> Shown {
        Shown::Nothing
    }
}

#[test]
fn boxes_are_set_off_in_books_and_feeds_and_are_read_again() {
    let html = "<p><a href='#n'>x</a></p><div id=n class=callout><p class=callout-title>A <code>b</code></p><p>c</p></div>\
                <details><summary>d</summary><p>e</p></details><aside><p>f</p></aside>\
                <aside><blockquote><p>g</p></blockquote><p>h</p></aside>";
    let text = clean(html);
    let book = "<aside id=\"note-1\" class=\"box\">\n<p class=\"box-title\">A <code dir=\"ltr\">b</code></p>\n<p>c</p>\n</aside>\n\
                <div class=\"box details\">\n<p class=\"box-title\">d</p>\n<p>e</p>\n</div>\n\
                <aside class=\"box\">\n<p>f</p>\n</aside>\n";
    let written = rendered(&text);
    assert!(written.contains(book), "{written}");
    assert_eq!(clean(&written).blocks, text.blocks, "{written}");
    let style = Style {
        classes: false,
        title_level: 1,
    };
    let mut serialiser = Serialiser::new(&Nowhere, style, None);
    serialiser.blocks(text.blocks.blocks());
    let feed = serialiser.take();
    let expected = "<aside id=\"note-1\"><blockquote>\n<p><strong>A <code dir=\"ltr\">b</code></strong></p>\n<p>c</p>\n</blockquote></aside>\n\
                <details>\n<summary>d</summary>\n<p>e</p>\n</details>\n\
                <aside><blockquote>\n<p>f</p>\n</blockquote></aside>\n";
    assert!(feed.contains(expected), "{feed}");
    assert_eq!(
        draw(clean(&feed).blocks.blocks()),
        draw(text.blocks.blocks()),
        "{feed}"
    );
}

#[test]
fn a_box_and_a_film_with_a_title_keep_their_caption() {
    assert_eq!(
        sketch("<p>a</p><figure><aside><p>b</p></aside><figcaption>c</figcaption></figure>"),
        "p a\ncaptioned | c\n  box\n    p b"
    );
    assert_eq!(
        sketch(
            "<p>a</p><figure><iframe src='https://player.vimeo.com/video/76979871' title=b></iframe><figcaption>c</figcaption></figure>"
        ),
        "p a\ncaptioned | c\n  video https://vimeo.com/76979871 \"b\""
    );
}

#[test]
fn what_ghost_folds_is_a_folded_box() {
    let found = sketch(
        "<p>x</p><div class='kg-card kg-toggle-card' data-kg-toggle-state=close><div class=kg-toggle-heading><h4 class=kg-toggle-heading-text><span>Why?</span></h4><button class=kg-toggle-card-icon><svg viewBox='0 0 24 24'><path d='M23'/></svg></button></div><div class=kg-toggle-content><p>So.</p></div></div><p>y</p>",
    );
    let details = sketch("<p>x</p><details><summary>Why?</summary><p>So.</p></details><p>y</p>");
    assert_eq!(found, details);
}

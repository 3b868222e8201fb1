//! What holds for any markup.

use super::sketch::sketch;
use super::{clean, clean_as};
use crate::feeds::{markup, reading};
use crate::understanding::Text;
use offprint::model::{Block, Body, Image, Inline, Link, Markup, Target, is_invisible};
use offprint::writer::xhtml::{References, Serialiser, Shown, Style, escape_text};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A piece of markup: text that is visible, or tags around which it stands.
#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Raw(String),
}

fn text() -> impl Strategy<Value = Piece> {
    prop_oneof![
        "[a-z]{1,6}( [a-z]{1,4}){0,3}",
        "[一-龥]{1,5}[。，]?",
        Just("© 2020 x".to_owned()),
        Just("（美联社）".to_owned()),
        Just("图：甲".to_owned()),
        Just("[!NOTE]".to_owned()),
        Just("1".to_owned()),
        Just("2".to_owned()),
        Just(" \n ".to_owned()),
        Just("\u{3000}\u{3000}".to_owned()),
        Just("\u{a0}\u{a0}\u{a0}\u{a0}".to_owned()),
    ]
    .prop_map(Piece::Text)
}

const NAMES: &[&str] = &[
    "p",
    "div",
    "span",
    "b",
    "i",
    "em",
    "strong",
    "a href='/x'",
    "a href='#n1'",
    "a name=n1",
    "a href='#n2' role=doc-noteref",
    "li id=n2",
    "div id=n1",
    "figure id=n1",
    "pre id=n1",
    "ul id=n1",
    "ol id=n2",
    "blockquote id=n2",
    "table id=n1",
    "tr id=n2",
    "dt id=n1",
    "h3 id=n2",
    "span class=sidenote",
    "aside role=note",
    "h1",
    "h2",
    "h4",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "code",
    "figure",
    "figcaption",
    "small",
    "sub",
    "sup",
    "ruby",
    "rt",
    "center",
    "section",
    "div class=wp-caption",
    "p class=image-caption",
    "font color=red",
    "span lang=en",
    "p dir=rtl",
    "details",
    "details",
    "summary",
    "summary",
    "aside",
    "div class=callout",
    "p class=admonition-title",
    "blockquote class=markdown-alert",
    "form",
    "button",
    "noscript",
    "svg",
    "math",
    "mi",
    "my-element",
    "o:p",
    "tbody",
    "article",
    "nav class=share",
    "div id=comments",
    "q",
    "table class=hljs-ln",
    "td class=code",
    "td class=gutter",
    "td class=blob-num",
    "span class=line",
    "span class=ln",
    "code class=language-rust",
    "code style=display:block",
    "ol start=3",
    "thead",
    "tfoot",
    "td rowspan=2",
    "th colspan=3",
    "th id=a headers=b",
    "th id=b",
    "td headers='a b'",
    "cite",
    "td align=right",
    "table dir=rtl",
    "rb",
    "rtc",
    "mark",
    "u",
    "kbd",
    "abbr title=x",
    "bdi",
    "bdo dir=rtl",
    "pre class=verse",
    "p style=white-space:pre-line",
    "ol reversed type=a",
    "li value=7",
    "div class=line-numbers",
    "ol class=linenums",
];

const VOIDS: &[&str] = &[
    "<br>",
    "<br><br>",
    "<hr>",
    "<img src=/a.jpg>",
    "<img src=/a.jpg>",
    "<img src=/b.png width=10>",
    "<a href=/shop><img src=/e.jpg></a>",
    "<a href=/full/f.jpg><img src=/f-150x100.jpg srcset='/f-900x600.jpg 900w'></a>",
    "<figure><img src=/g.jpg alt=g><img src=/h.jpg><figcaption>both</figcaption></figure>",
    "<embed src=/k.svg>",
    "<img src=data:, data-src=/c.jpg>",
    "<wbr>",
    "<input value=x>",
    "<input type=checkbox disabled>",
    "<script>var x;</script>",
    "<style>p{}</style>",
    "<!-- c -->",
    "<iframe src=/f></iframe>",
    "</p>",
    "<picture><source srcset=/d>",
];

fn tag() -> impl Strategy<Value = Piece> {
    prop_oneof![
        3 => prop::sample::select(NAMES).prop_map(|name| format!("<{name}>")),
        2 => prop::sample::select(NAMES)
            .prop_map(|name| format!("</{}>", name.split(' ').next().unwrap_or_default())),
        1 => prop::sample::select(VOIDS).prop_map(str::to_owned),
    ]
    .prop_map(Piece::Raw)
}

fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![text(), tag()], 0..60).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Raw(text) => text,
            })
            .collect()
    })
}

/// Markup that tries to run something.
fn active() -> impl Strategy<Value = String> {
    let vector = prop::sample::select(ACTIVE).prop_map(str::to_owned);
    let piece = prop_oneof![
        2 => vector,
        1 => prop_oneof![text(), tag()].prop_map(|piece| match piece {
            Piece::Text(text) | Piece::Raw(text) => text,
        }),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

const ACTIVE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a>",
    "<svg><style><img src=x onerror=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><img title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,x'>x</object>",
    "<embed src='javascript:x'>",
    "<base href='javascript:x//'>",
    "<meta http-equiv=refresh content='0;url=javascript:x'>",
    "<link rel=stylesheet href=x>",
    "<template><img src=x onerror=alert(1)></template>",
    "<select><option><img src=x onerror=alert(1)></select>",
    "<table><tr><a href=javascript:x><td>x",
    "<image href='data:text/html,x' onload=x>",
    "<video poster='javascript:x' src='javascript:x'></video>",
    "<foreignObject><script>x</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
];

/// How often each character stands in a text, white space and invisible ones aside. Quotation
/// marks are left out, for `q` makes some.
fn characters<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in texts.into_iter().flat_map(str::chars) {
        if !character.is_whitespace()
            && !is_invisible(character)
            && !"“”‘’«»„‚‹›「」『』（）()☐".contains(character)
        {
            *counts.entry(character).or_default() += 1;
        }
    }
    counts
}

/// The visible characters of markup that consists of the pieces above, by its tags alone: what is
/// in no tag, comment, script or style.
fn visible(html: &str) -> BTreeMap<char, usize> {
    let bare = html
        .replace("<script>var x;</script>", "")
        .replace("<style>p{}</style>", "")
        .replace("<!-- c -->", "");
    let texts: Vec<&str> = bare
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect();
    characters(texts)
}

fn accounted(text: &Text) -> BTreeMap<char, usize> {
    let plain = text.blocks.plain_text();
    let mut texts = vec![plain.as_str()];
    texts.extend(text.credit.as_deref());
    texts.extend(text.rights.as_deref());
    texts.extend(text.removed.iter().map(|removed| removed.text.as_str()));
    characters(texts)
}

fn assert_sound(blocks: &[Block]) {
    let mut anchors = Vec::new();
    let mut targets = Vec::new();
    for block in blocks {
        check_block(block, &mut anchors, &mut targets);
    }
    for target in &targets {
        assert_eq!(
            anchors.iter().filter(|anchor| *anchor == target).count(),
            1,
            "{blocks:?}"
        );
    }
}

fn check_block(block: &Block, anchors: &mut Vec<String>, targets: &mut Vec<String>) {
    match block {
        Block::Paragraph(line) => assert!(!line.is_empty()),
        Block::Heading(heading) => assert!(!heading.content.is_empty()),
        Block::Quote(blocks) => assert!(!blocks.is_empty()),
        Block::Note(note) => {
            assert!(!note.content.is_empty());
            anchors.extend(note.name.iter().map(|name| name.as_str().to_owned()));
        }
        Block::Anchor(name) => anchors.push(name.as_str().to_owned()),
        Block::List(list) => {
            assert!(!list.items.is_empty() && list.items.iter().all(|i| !i.content.is_empty()))
        }
        Block::Table(table) => assert!(table.rows.iter().all(|row| !row.is_empty())),
        _ => {}
    }
    if let Some(line) = block.line() {
        check_line(line, false, anchors, targets);
    }
    for child in block.children().into_iter().flatten() {
        check_block(child, anchors, targets);
    }
}

fn check_line(line: &[Inline], linked: bool, anchors: &mut Vec<String>, targets: &mut Vec<String>) {
    for inline in line {
        match inline {
            Inline::Anchor(name) => anchors.push(name.as_str().to_owned()),
            Inline::NoteReference(mark) => {
                assert!(!linked, "links nest");
                targets.push(mark.target.as_str().to_owned());
            }
            Inline::Link(Link { target, .. }) => {
                assert!(!linked, "links nest");
                if let Target::Fragment(name) = target {
                    targets.push(name.as_str().to_owned());
                }
            }
            _ => {}
        }
        let inside = linked || matches!(inline, Inline::Link(_) | Inline::NoteReference(_));
        for group in inline.children() {
            check_line(group, inside, anchors, targets);
        }
    }
}

/// Every picture is there, as the archive has it.
struct AsArchived;

impl References for AsArchived {
    fn image(&self, image: &Image) -> Shown {
        let address = image.source.origin().map(ToString::to_string);
        let address = address.unwrap_or_default();
        Shown::Picture {
            // The one picture below that belongs into a line.
            width: address.ends_with("/b.png").then_some(10),
            height: None,
            address,
        }
    }
}

/// The blocks and what stood below them, as markup.
pub(super) fn rendered(text: &Text) -> String {
    let style = Style {
        classes: true,
        title_level: 1,
    };
    let mut serialiser = Serialiser::new(&AsArchived, style, None);
    serialiser.blocks(text.blocks.blocks());
    let mut markup = serialiser.take();
    for end in [&text.credit, &text.rights].into_iter().flatten() {
        markup.push_str("<p>");
        escape_text(end, &mut markup);
        markup.push_str("</p>");
    }
    markup
}

/// Only elements and attributes that run nothing, and no address that does.
pub(super) fn assert_inert(text: &Text) {
    let document = format!("<section>{}</section>", rendered(text));
    markup::check(&document).unwrap_or_else(|error| panic!("{error}:\n{document}"));
    for element in reading::elements(&document).0 {
        for name in ["href", "src"] {
            let address = element.attributes.get(name).map_or("#", String::as_str);
            let safe = ["https://", "http://", "#"];
            assert!(
                safe.iter().any(|start| address.starts_with(start)),
                "{document}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_visible_text_is_lost(html in markup()) {
        let text = clean(&html);
        prop_assert_eq!(accounted(&text), visible(&html));
    }

    #[test]
    fn no_visible_text_of_a_page_is_lost(html in markup()) {
        let text = clean_as(&Markup::Page(html.clone()), "x");
        prop_assert_eq!(accounted(&text), visible(&html));
    }

    #[test]
    fn the_tree_is_sound(html in markup()) {
        assert_sound(clean(&html).blocks.blocks());
    }

    #[test]
    fn any_text_at_all_is_cleaned(html in ".{0,200}") {
        let text = clean(&html);
        prop_assert!(Body::new(text.blocks.blocks().to_vec()).is_ok());
    }

    #[test]
    fn any_tags_at_all_are_cleaned(html in "(</?[a-z]{1,8}( [a-z]{2,6}=['\"]?[^<]{0,9}['\"]?)?>?|.){0,40}") {
        assert_sound(clean(&html).blocks.blocks());
    }

    #[test]
    fn what_is_written_is_valid(html in markup(), page: bool) {
        let kind = if page { Markup::Page } else { Markup::Article };
        let text = clean_as(&kind(html), "x");
        markup::check(&format!("<section>{}</section>", rendered(&text)))?;
    }

    #[test]
    fn nothing_active_is_written(html in active()) {
        assert_inert(&clean(&html));
    }

    /// Formulas of every shape are the same when what was written of them is read.
    #[test]
    fn formulas_that_were_written_are_read_as_they_were(formula in crate::strategies::formula_with_text(), alone: bool) {
        let block = if alone {
            Block::Formula(formula)
        } else {
            Block::Paragraph(vec![Inline::Text("a ".into()), Inline::Formula(formula)])
        };
        let mut serialiser = Serialiser::new(&AsArchived, Style { classes: true, title_level: 1 }, None);
        serialiser.block(&block);
        let written = serialiser.take();
        markup::check(&format!("<section>{written}</section>"))?;
        let once = clean(&written);
        let again = clean(&rendered(&once));
        prop_assert_eq!(&once.blocks, &again.blocks, "{}", written);
        prop_assert_eq!(once.blocks.blocks(), &[block][..], "{}", written);
    }

    #[test]
    fn cleaning_what_was_cleaned_changes_nothing(html in markup()) {
        // What plays elsewhere becomes a link on purpose, and any picture in a gloss a small one.
        // Of several statements of rights one is taken off the end, and the next stands there then.
        let mut html = html.replace("<iframe src=/f></iframe>", "").replace('©', "c");
        if let Some((before, after)) = html.rsplit_once("（美联社）") {
            html = format!("{}（美联社）{after}", before.replace("（美联社）", "社"));
        }
        if ["<img", "<picture", "<embed"].iter().any(|picture| html.contains(picture)) {
            html = html.replace("ruby>", "bdi>");
        }
        let once = clean(&html);
        let written = rendered(&once);
        let again = clean(&written);
        let shown = |text: &Text| sketch(text.blocks.blocks());
        prop_assert_eq!(shown(&once), shown(&again), "{}", written);
        prop_assert_eq!(once.credit, again.credit);
        prop_assert_eq!(once.rights, again.rights);
        prop_assert!(again.removed.is_empty() && again.warnings.is_empty());
    }
}

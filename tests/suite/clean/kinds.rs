//! What holds for markup of every kind that articles have, as the programs that make it write it:
//! everything visible is kept or reported, and what was written into a book or a feed is read as it was.
//!
//! Letters up to m and digits are what a reader sees; other letters stand in formulas, in addresses, in
//! alternative texts and in drawings, of which other tests tell.

use super::clean;
use super::properties::rendered;
use super::sketch::sketch as draw;
use crate::understanding::Text;
use offprint::model::Image;
use offprint::writer::xhtml::{References, Serialiser, Shown, Style};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

fn words() -> impl Strategy<Value = String> {
    "[a-m]{2,5}( [a-m]{1,4}){0,3}"
}

const FORMULAS: [&str; 7] = [
    "<math><mfrac><mi>x</mi><mi>y</mi></mfrac></math>",
    "<span class=katex><span class=katex-mathml><math><semantics><mrow><mi>x</mi><mo>+</mo><mi>y</mi></mrow>\
     <annotation encoding='application/x-tex'>x+y</annotation></semantics></math></span>\
     <span class=katex-html aria-hidden=true><span class=base><span class=mord>x</span></span></span></span>",
    "<span class=katex><span class=katex-html aria-hidden=true><span class=base><span class=mord>x</span>\
     <span class=mbin>+</span><span class=mord>y</span></span></span></span>",
    "<script type='math/tex'>x^y</script>",
    "<mjx-container class=MathJax><mjx-math><mjx-msup><mjx-mi><mjx-c class=mjx-c1D465></mjx-c></mjx-mi>\
     <mjx-script><mjx-mi><mjx-c class=mjx-c1D466></mjx-c></mjx-mi></mjx-script></mjx-msup></mjx-math></mjx-container>",
    "<span class='math inline'>\\(x_y\\)</span>",
    "<span class=mwe-math-element><span class=mwe-math-mathml-inline style='display:none'><math alttext=x><mi>x</mi>\
     </math></span><img src=/x.png class=mwe-math-fallback-image-inline aria-hidden=true alt=x></span>",
];

/// Something in a line.
fn inline() -> impl Strategy<Value = String> {
    let around = select(vec![
        ("<b>", "</b>"),
        ("<em>", "</em>"),
        ("<code>", "</code>"),
        ("<kbd>", "</kbd>"),
        ("<mark>", "</mark>"),
        ("<abbr title=xyz>", "</abbr>"),
        ("<a href=/xyz>", "</a>"),
        ("<a href='#place1'>", "</a>"),
        ("<a href='#place2'>", "</a>"),
        ("<span id=place1>", "</span>"),
        ("<sup>", "</sup>"),
        ("<sub>", "</sub>"),
        ("<ruby>", "<rt>ab</rt></ruby>"),
        ("<bdi>", "</bdi>"),
        ("<span lang=fr>", "</span>"),
        ("<q>", "</q>"),
        ("<small>", "</small>"),
        ("<span class=sidenote>", "</span>"),
    ]);
    prop_oneof![
        4 => words(),
        3 => (around, words()).prop_map(|((open, close), words)| format!("{open}{words}{close}")),
        1 => select(FORMULAS.to_vec()).prop_map(str::to_owned),
        1 => Just("<br>".to_owned()),
    ]
}

fn line() -> impl Strategy<Value = String> {
    (words(), vec(inline(), 0..4)).prop_map(|(first, rest)| format!("{first} {}", rest.join(" ")))
}

/// A listing, as programs that colour code write them.
fn listing() -> impl Strategy<Value = String> {
    let form = 0_usize..7;
    (form, vec("[a-m]{1,6}( [a-m]{1,4})?", 2..4)).prop_map(|(form, lines)| {
        let each = |open: &dyn Fn(usize) -> String, close: &str| -> String {
            let lines = lines.iter().enumerate();
            lines.map(|(number, line)| format!("{}{line}{close}", open(number + 1))).collect()
        };
        let text = lines.join("\n");
        match form {
            0 => format!("<pre><code class=language-rust>{text}</code></pre>"),
            1 => format!("<ol class=linenums>{}</ol>", each(&|_| "<li>".to_owned(), "</li>")),
            2 => format!(
                "<table class=hljs-ln>{}</table>",
                each(
                    &|number| format!(
                        "<tr><td class=hljs-ln-numbers data-line-number={number}></td><td class=hljs-ln-code>"
                    ),
                    "</td></tr>"
                )
            ),
            3 => format!(
                "<div class=highlight><table class=highlighttable><tr><td class=linenos><pre>1\n2</pre></td>\
                 <td class=code><pre>{text}</pre></td></tr></table></div>"
            ),
            4 => format!(
                "<pre class=shiki><code>{}</code></pre>",
                each(&|_| "<span class=line>".to_owned(), "</span>\n")
            ),
            5 => format!("<div class=rouge><pre class=highlight><code>{text}</code></pre></div>"),
            _ => format!("<pre id=place2>{text}</pre>"),
        }
    })
}

fn table() -> impl Strategy<Value = String> {
    (vec(words(), 6), any::<bool>(), any::<bool>()).prop_map(|(words, spans, captioned)| {
        let caption = if captioned {
            "<caption>abc</caption>"
        } else {
            ""
        };
        let [one, two, three, four, five, six] = &words[..] else {
            return String::new();
        };
        let last = if spans {
            format!("<tr><td rowspan=3>{three}<td>{four}<tr><td align=right>{five}")
        } else {
            format!("<tr id=place1><td>{three}<td>{four}<tr><td>{five}<td>{six}")
        };
        format!(
            "<table>{caption}<thead><tr><th>{one}<th>{two}</thead><tbody>{last}</tbody></table>"
        )
    })
}

fn figure() -> impl Strategy<Value = String> {
    select(vec![
        "<figure id=place2><img src=/n.jpg alt=xyz><figcaption>abc def</figcaption></figure>",
        "<img src=/o.jpg alt=xyz width=600 height=400>",
        "<figure><img src=/p.jpg alt=x><img src=/q.jpg alt=y><figcaption>both</figcaption></figure>",
        "<a href=/xyz><img src=/r.jpg alt=xyz></a>",
        "<figure><pre>abc\ndef</pre><figcaption>ghi</figcaption></figure>",
        "<figure><blockquote><p>abc</p></blockquote><figcaption>ghi</figcaption></figure>",
    ])
    .prop_map(str::to_owned)
}

/// What a block holds, with a way to set it off.
const AROUND: [(&str, &str); 19] = [
    ("<blockquote>", "</blockquote>"),
    ("<ul><li>", "<li>abc</ul>"),
    ("<ol start=3><li>", "<li value=7>abc</ol>"),
    ("<ol reversed type=a><li>abc<li>", "</ol>"),
    (
        "<ul class=task-list><li class=task-list-item><input type=checkbox disabled checked> ",
        "</ul>",
    ),
    ("<dl><dt>abc<dd>", "</dl>"),
    ("<aside>", "</aside>"),
    ("<aside id=place1><h3>abc</h3>", "</aside>"),
    ("<details><summary>abc</summary>", "</details>"),
    (
        "<div class='admonition note'><p class=admonition-title>abc</p>",
        "</div>",
    ),
    (
        "<div class=markdown-alert><p class=markdown-alert-title>abc</p>",
        "</div>",
    ),
    ("<div class=callout-block>", "</div>"),
    (
        "<div class='custom-block tip'><p class=custom-block-title>abc</p>",
        "</div>",
    ),
    ("<div class='wp-block-group has-background'>", "</div>"),
    (
        "<blockquote class=callout><p class=callout-title>abc</p>",
        "</blockquote>",
    ),
    ("<aside role=note>", "</aside>"),
    ("<section id=place2>", "</section>"),
    ("<div lang=fr>", "</div>"),
    ("<figure class=callout><div>", "</div></figure>"),
];

fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => line().prop_map(|line| format!("<p>{line}</p>")),
        1 => line().prop_map(|line| format!("<p id=place1>{line}</p>")),
        1 => words().prop_map(|words| format!("<h2>{words}</h2><p>abc</p>")),
        1 => words().prop_map(|words| format!("<h3 id=place2>{words}</h3><p>abc</p>")),
        2 => listing(),
        1 => table(),
        1 => figure(),
        1 => select(FORMULAS.to_vec()).prop_map(|formula| format!("<p>{formula}</p>")),
        1 => Just("<p style='white-space:pre-line'>abc\ndef</p>".to_owned()),
        1 => Just("<p>abc<br>&nbsp;&nbsp;def</p>".to_owned()),
        1 => Just("<hr>".to_owned()),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        (select(AROUND.to_vec()), vec(inner, 1..3))
            .prop_map(|((open, close), inside)| format!("{open}{}{close}", inside.concat()))
    })
}

/// An article with notes, whose first and last paragraph nothing takes for something else.
fn article() -> impl Strategy<Value = String> {
    (vec(block(), 1..6), any::<bool>()).prop_map(|(blocks, noted)| {
        let mark = "<sup id=r1><a href='#f1' class=footnote-ref>1</a></sup>";
        let note = "<section class=footnotes><ol><li id=f1><p>abc <a href='#r1' class=footnote-backref>↩</a></p></li></ol></section>";
        let (mark, note) = if noted { (mark, note) } else { ("", "") };
        format!("<p>a first line{mark}</p>{}<p>abc def</p>{note}", blocks.concat())
    })
}

fn counted<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts.into_iter().flat_map(str::chars) {
        if matches!(c, 'a'..='m' | '0'..='9') {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// What a reader sees of markup that consists of the pieces above.
fn visible(html: &str) -> BTreeMap<char, usize> {
    let mut bare = html.to_owned();
    for formula in FORMULAS {
        bare = bare.replace(formula, "");
    }
    let bare = bare.replace("&nbsp;", " ");
    let texts: Vec<&str> = bare
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect();
    counted(texts)
}

fn accounted(text: &Text) -> BTreeMap<char, usize> {
    // A formula's line is no text of the page.
    let plain = text.blocks.plain_text();
    let mut texts = vec![plain.as_str()];
    texts.extend(text.credit.as_deref());
    texts.extend(text.rights.as_deref());
    texts.extend(text.removed.iter().map(|removed| removed.text.as_str()));
    counted(texts)
}

/// Pictures stand where they are on the web.
struct OnTheWeb;

impl References for OnTheWeb {
    fn image(&self, image: &Image) -> Shown {
        let address = image.source.origin().map(ToString::to_string);
        Shown::Picture {
            address: address.unwrap_or_default(),
            width: None,
            height: None,
        }
    }
}

/// The text as a feed has it, which has no classes.
fn in_a_feed(text: &Text) -> String {
    let style = Style {
        classes: false,
        title_level: 1,
    };
    let mut serialiser = Serialiser::new(&OnTheWeb, style, None);
    serialiser.blocks(text.blocks.blocks());
    serialiser.take()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_visible_is_kept_or_reported(html in article()) {
        let text = clean(&html);
        prop_assert_eq!(accounted(&text), visible(&html), "{}\n{}", html, draw(text.blocks.blocks()));
    }

    #[test]
    fn what_a_book_or_a_feed_holds_is_read_as_it_was(html in article()) {
        let once = clean(&html);
        for written in [rendered(&once), in_a_feed(&once)] {
            let again = clean(&written);
            prop_assert_eq!(draw(once.blocks.blocks()), draw(again.blocks.blocks()), "{}\n{}", html, written);
            prop_assert!(again.removed.is_empty() && again.warnings.is_empty(), "{}", written);
        }
    }
}

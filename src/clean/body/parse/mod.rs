//! Parsing: HTML of any kind becomes a tree, in time linear in its length.
//!
//! Two things make the HTML algorithm slow on hostile input: it looks through all open elements for
//! many tags, and it opens formatting elements anew in every paragraph. So a filter between the
//! tokenizer and the tree builder drops start tags beyond [`filter::MAXIMUM_OPEN`] levels, with their end
//! tags, and stops formatting once it multiplies. Text always passes.

pub(in crate::clean::body) mod attributes;
pub(in crate::clean::body) mod contents;
mod filter;
pub(in crate::clean::body) mod lines;
pub(in crate::clean::body) mod plain;
mod raw;
pub(in crate::clean::body) mod references;
pub(in crate::clean::body) mod sink;
pub(in crate::clean::body) mod style;
pub(in crate::clean::body) mod tree;

use crate::clean::body::page::Found;
use filter::Filter;
pub(in crate::clean::body) use filter::MAXIMUM_ELEMENTS;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{ElementFlags, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{QualName, TokenizerResult, local_name, ns};
use scraper::Html;
use sink::DepthSink;
use std::cell::OnceCell;

/// A parsed text.
pub(in crate::clean) struct Parsed {
    /// The tree.
    pub(in crate::clean::body) html: Html,
    /// Whether elements were nested too deep and left out.
    pub(in crate::clean::body) cut: bool,
    /// Whether there were too many, and the rest was left out.
    pub(in crate::clean::body) crowded: bool,
    /// What the first search for the article found, where there was one.
    pub(in crate::clean) found: OnceCell<Found>,
}

/// Parses a text as the content of a page's body, `<noscript>` included.
pub(in crate::clean::body) fn parse(markup: &str) -> Parsed {
    parse_by(markup, plain::feed)
}

/// What takes the beginning of a text; html5ever's tokenizer takes what is left.
type Beginning = fn(&StrTendril, &Filter) -> usize;

fn parse_by(markup: &str, beginning: Beginning) -> Parsed {
    let sink = DepthSink::new();
    let body = sink.create_element(
        QualName::new(None, ns!(html), local_name!("body")),
        Vec::new(),
        ElementFlags::default(),
    );
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let filter = Filter::new(TreeBuilder::new_for_fragment(sink, body, None, options));
    let text = StrTendril::from(markup);
    let taken = beginning(&text, &filter);
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    let input = BufferQueue::default();
    let rest = markup.get(taken..).unwrap_or_default();
    if !rest.is_empty() {
        input.push_back(StrTendril::from(attributes::bounded(rest).as_ref()));
    }
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    Parsed {
        cut: tokenizer.sink.has_cut(),
        crowded: tokenizer.sink.is_crowded(),
        html: tokenizer.sink.into_tree(),
        found: OnceCell::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parsed: &Parsed) -> String {
        parsed
            .html
            .tree
            .nodes()
            .filter_map(|node| node.value().as_text())
            .map(|text| &**text)
            .collect()
    }

    /// Pieces that plain HTML is made of, and such as end it.
    const PIECES: [&str; 92] = [
        "<p>",
        "</p>",
        "<P class=\"a\">",
        "<div id='b'>",
        "</div >",
        "<br>",
        "<br/>",
        "<br />",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href=\"/x?a=1&b=2&amp;c\">",
        "<a href='#n' target=_blank>",
        "</a>",
        "<img src=\"a&copy=\">",
        "<img alt=\"&lt;&#8220;&hellip;\" src=''/>",
        "<table>",
        "<tr>",
        "<td colspan=\"2\">",
        "</table>",
        "<pre>",
        "\n",
        "</pre>",
        "<svg>",
        "<path d=\"M0\"/>",
        "</svg>",
        "<p hidden>",
        "<p a=\"1\" a=\"2\">",
        "<p a=\"1\"b>",
        "<!-- c -->",
        "<!doctype html>",
        "<script>a<b</script>",
        "<title>&amp;</title>",
        "<template>",
        "</template>",
        "x ",
        "港口",
        "&amp;",
        "&nbsp",
        "&notit;",
        "&#38;",
        "&#x4e2d;",
        "&#150;",
        "&",
        "<",
        "< a",
        "</",
        "</>",
        "<p",
        "\"",
        "<select>",
        "<option>",
        "<li>",
        "<math>",
        "&copy2;",
        "<!-->",
        "<!-- a --!> -->",
        "<!---->",
        "<![endif]-->",
        "<![CDATA[x]]>",
        "<?xml version='1.0'?>",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
        "<meta charset=utf-8>",
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">",
        "<html lang=en>",
        "<head>",
        "</head>",
        "<body class=a>",
        "</body>",
        "</html>",
        "<noscript>",
        "</noscript>",
        "<title>a &lt; b</TITLE>",
        "<title>",
        "</title>",
        "<style>p > a {}</style>",
        "<script src=/a.js></script>",
        "<script><!-- <script></script> --></script>",
        "<script><!--\nvar a = '</p>';\n//--></script >",
        "<textarea>\n\n&amp;</textarea>",
        "<iframe src=//a/b/></iframe>",
        "<xmp><b></xmp>",
        "<noembed><b></noembed>",
        "<a href=/x/?a=1&b=2>",
        "<p @click=\"a\" _b [c]=d data.x>",
        "<p a=1 A=2 b>",
        "<p a=\"1\"/b=\"2\">",
        "<br/ >",
        "&#x2F;",
        "&#128512;",
        "&raquo;",
    ];

    #[test]
    fn plain_html_gives_the_tree_that_html5ever_makes_of_it() {
        let mut number = 20_211_231_u64;
        for _ in 0..8_000 {
            let mut markup = String::new();
            for _ in 0..12 {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let piece = usize::try_from(number >> 33).unwrap() % PIECES.len();
                markup.push_str(PIECES.get(piece).unwrap());
            }
            let (fast, slow) = (parse(&markup), parse_by(&markup, |_, _| 0));
            assert_eq!(fast.html.html(), slow.html.html(), "{markup}");
            assert_eq!(fast.html.tree, slow.html.tree, "{markup}");
            assert_eq!(fast.cut, slow.cut, "{markup}");
        }
    }

    #[test]
    fn deep_nesting_is_cut_and_what_follows_keeps_its_place() {
        let markup = format!(
            "{}x{}<p>y</p>",
            "<div>".repeat(9_000),
            "</div>".repeat(9_000)
        );
        let parsed = parse(&markup);
        assert!(parsed.cut);
        assert_eq!(text(&parsed), "xy");
        let depths = parsed
            .html
            .tree
            .nodes()
            .map(|node| node.ancestors().count());
        assert!(depths.max() <= Some(filter::MAXIMUM_OPEN + 8));
        let paragraph = parsed.html.tree.nodes().find(|node| {
            node.value()
                .as_element()
                .is_some_and(|element| element.name() == "p")
        });
        assert_eq!(paragraph.map(|node| node.ancestors().count()), Some(2));
    }

    #[test]
    fn formatting_that_is_never_closed_does_not_multiply() {
        let markup: String = (0..20_000).map(|n| format!("<p><b id={n}>x")).collect();
        let parsed = parse(&markup);
        assert_eq!(text(&parsed).len(), 20_000);
        assert!(parsed.html.tree.nodes().count() < 500_000);
    }
}

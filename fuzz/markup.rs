//! Any markup becomes a tree: nothing visible is lost in silence, nothing that runs is left.

use crate::spelling::spelled;
use crate::written::{
    self, AsArchived, Characters, accounted, attributes, beyond, characters, sum,
};
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns};
use offprint::model::{Address, Body, Markup, Sites};
use offprint::parts::clean::body::{Context, Text, body};
use offprint::writer::xhtml::{Serialiser, Style, escape_text};
use scraper::{ElementRef, Html, Node};

pub const WORDS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href='/x'>",
    "<a href='#n'>",
    "<a name=n>",
    "</a>",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h3>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<td colspan=2>",
    "<th>",
    "<caption>",
    "<tbody>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<small>",
    "</small>",
    "<sub>",
    "<sup>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<center>",
    "<font color=red>",
    "<span lang=en>",
    "<p dir=rtl>",
    "<form>",
    "<noscript>",
    "</noscript>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<mglyph>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<template>",
    "<select>",
    "<option>",
    "<textarea>",
    "<title>",
    "<iframe src='/f'>",
    "</iframe>",
    "<video src='/v' poster='/p.jpg'>",
    "</video>",
    "<object data='/o'>",
    "<img src='/a.jpg'>",
    "<img src='/b.png' width=10 alt='b'>",
    "<img src=x onerror=y>",
    "<picture><source srcset='/d 1x, /e 2x'>",
    "<br>",
    "<hr>",
    "<wbr>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php",
    "?>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&nbsp;",
    "&notit;",
    "\u{3000}",
    "\u{0}",
    "\u{FFFE}",
    "© 2020 甲",
    "（美联社）",
    "图：乙",
    "标题",
    "<base href='//b.example/'>",
    "<div class='wp-caption'>",
    "<p style='display:none'>",
    "<nav class=share>",
    "<div id=comments>",
    "<q>",
    "</q>",
    "<details>",
    "<summary>",
    "<o:p>",
    "<body>",
    "</body>",
    "<html>",
    "<frameset>",
    "<plaintext>",
    " class='x'",
    "javascript:",
    "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
];

/// Elements whose text nobody sees, or that are more than text: forms, and what stands in for
/// something that plays.
const UNSEEN: [&str; 32] = [
    "script",
    "style",
    "noscript",
    "template",
    "title",
    "head",
    "iframe",
    "noembed",
    "noframes",
    "button",
    "select",
    "textarea",
    "option",
    "optgroup",
    "datalist",
    "meter",
    "progress",
    "video",
    "audio",
    "object",
    "embed",
    "canvas",
    "dialog",
    "desc",
    "metadata",
    "annotation",
    "annotation-xml",
    "rp",
    "map",
    "colgroup",
    "defs",
    "form",
];

const TITLE: &str = "标题";

pub fn holds(bytes: &[u8]) {
    let html = spelled(bytes, WORDS);
    let tree = parsed(&html);
    let (sure, all) = texts(&tree);
    for markup in [Markup::Article(html.clone()), Markup::Page(html.clone())] {
        let text = clean(&markup);
        assert!(
            Body::new(text.blocks.blocks().to_vec()).is_ok(),
            "deeper than the model"
        );
        let accounted = accounted(&text);
        assert_eq!(beyond(&sure, &accounted), "", "lost: {:?}", text.blocks);
        let own = attributes(text.blocks.blocks());
        let known = sum(&all, &own);
        assert_eq!(beyond(&accounted, &known), "", "made up: {:?}", text.blocks);
        again(&text, html.len());
    }
}

/// The tree as a browser without scripts builds it of the content of a page's body.
fn parsed(html: &str) -> Html {
    let mut options = html5ever::ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let sink = scraper::HtmlTreeSink::new(Html::new_fragment());
    let body = QualName::new(None, ns!(html), local_name!("body"));
    html5ever::parse_fragment(sink, options, body, Vec::new(), false).one(html)
}

fn clean(markup: &Markup) -> Text {
    let address = Address::parse("https://news.example/world/story.html");
    let context = Context {
        address: address.as_ref(),
        title: TITLE,
        sites: &Sites::default(),
        resources: &Default::default(),
        path: "story.txt",
        line: 3,
        notices: offprint::parts::clean::body::Notices::Kept,
    };
    body(markup, &context)
}

/// What was written is sound, of a bounded size, and says the same when it is cleaned again.
fn again(text: &Text, length: usize) {
    let once = rendered(text);
    assert!(
        once.len() <= 4096 + length * 128,
        "{length} bytes became {}",
        once.len()
    );
    let seen = characters([written::check(&once).as_str()]);
    let second = clean(&Markup::Article(once.clone()));
    let said = accounted(&second);
    assert_eq!(beyond(&seen, &said), "", "lost when cleaned twice:\n{once}");
    let known = sum(&seen, &attributes(second.blocks.blocks()));
    assert_eq!(
        beyond(&said, &known),
        "",
        "made up when cleaned twice:\n{once}"
    );
    written::check(&rendered(&second));
}

/// The blocks and what stood below them.
fn rendered(text: &Text) -> String {
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

/// The text that a reader surely sees, and all the text that there is.
fn texts(html: &Html) -> (Characters, Characters) {
    let (mut sure, mut all) = (String::new(), String::new());
    let mut open = vec![(html.tree.root(), true)];
    while let Some((node, seen)) = open.pop() {
        let seen = match node.value() {
            Node::Text(text) => {
                all.push_str(text);
                if seen {
                    sure.push_str(text);
                }
                seen
            }
            Node::Element(element) => {
                let name = element.name().rsplit(':').next().unwrap_or_default();
                seen && !UNSEEN.contains(&name) && ElementRef::wrap(node).is_some_and(is_shown)
            }
            _ => seen,
        };
        open.extend(node.children().map(|child| (child, seen)));
    }
    (characters([sure.as_str()]), characters([all.as_str()]))
}

/// Whether the element says that it is not hidden, in so far as it says anything.
fn is_shown(element: ElementRef<'_>) -> bool {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    !style.contains("display") && !style.contains("visibility") && element.attr("hidden").is_none()
}

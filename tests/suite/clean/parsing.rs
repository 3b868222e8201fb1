//! Markup as the HTML standard's algorithm has it: elements that overlap, text that tables throw out,
//! content in other vocabularies, and markup that changes its meaning when it is parsed again.

use super::properties::{assert_inert, rendered};
use super::{clean, sketch};

/// Each markup, and what it becomes.
fn assert_each(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        assert_eq!(sketch(html), *expected, "{html}");
    }
}

#[test]
fn elements_that_overlap() {
    assert_each(&[
        ("<b><p>1</b>2</p>", "p *1*2"),
        (
            "<a href=/1>1<p>2</a>3</p>",
            "p [1](https://news.example/1)\np [2](https://news.example/1)3",
        ),
        (
            "<a href=/1>1<a href=/2>2</a>3",
            "p [1](https://news.example/1)[2](https://news.example/2)3",
        ),
        (
            "<i>1<table><tr><td>2</i>3</table>4</i>5",
            "p _1_\np _23_\np _4_5",
        ),
        ("<h1>1<h2>2</h1>3", "h2 1\nh3 2\np 3"),
        ("<p>1<div>2</p>3</div>4", "p 1\np 2\np 3\np 4"),
        ("<b>1<b>2</b>3</b>4", "p *123*4"),
        (
            "<ul><li>1<li>2</ul></li>3",
            "list\n  item\n    p 1\n  item\n    p 2\np 3",
        ),
        ("<b><i><u>1</b>2</i>3</u>4", "p *_<u: 1>_*_<u: 2>_<u: 3>4"),
        ("<p><b><p><b><p>1</b>2", "p *12*"),
        (
            "<em>1<blockquote>2</em>3</blockquote>4",
            "p _1_\nquote\n  p _2_3\np 4",
        ),
        ("<nobr>1<nobr>2</nobr>3", "p 123"),
    ]);
}

#[test]
fn what_stands_in_no_cell_stands_before_the_table() {
    assert_each(&[
        ("<table>1<tr><td>2</td>3</tr>4</table>5", "p 134\np 2\np 5"),
        (
            "<table><p>1</p><tr><td>2<td>3<tr><td>4<td>5</table>",
            "p 1\ntable\n  row\n    cell\n      p 2\n    cell\n      p 3\n  row\n    cell\n      p 4\n    cell\n      p 5",
        ),
        ("<table><b>1<tr><td>2</table>3", "p *1*\np 2\np *3*"),
        (
            "<table><a href=/x>1<tr><td>2</table>",
            "p [1](https://news.example/x)\np 2",
        ),
        (
            "<table><img src=/i.jpg><tr><td>1</table>",
            "figure news.example/i.jpg\np 1",
        ),
        ("<table><tr><table><tr><td>1</table>2</table>", "p 1\np 2"),
        (
            "<table><caption>1<table><tr><td>2</table></table>",
            "p 1 / 2",
        ),
        ("<table><form><tr><td>1</form>2</table>", "p 12"),
    ]);
}

#[test]
fn other_vocabularies_give_their_text() {
    assert_each(&[
        ("<svg><p>1</p>2</svg>", "p 1\np 2"),
        (
            "<svg><foreignObject><p>1</p></foreignObject><text>2</text></svg>3",
            "p 1\np 23",
        ),
        ("<math><mtext><p>1</p></mtext><mi>2</mi></math>", "p 1\np 2"),
        (
            "<math><mi>2</mi><annotation-xml><mi>1</mi></annotation-xml></math>",
            "p ⟦2⟧",
        ),
        (
            "<svg><title>1</title><desc>2</desc><style>3</style><script>4</script></svg>5",
            "p 5",
        ),
        ("<svg><![CDATA[1]]>2</svg>", "p 12"),
        ("<svg><a xlink:href='javascript:x'>1</a></svg>", "p 1"),
        (
            "<svg><image href='/i.jpg'/></svg>1",
            "figure news.example/i.jpg\np 1",
        ),
        (
            "<math><mi>1</mi><table><tr><td>2</table></math>3",
            "p ⟦1⟧\np 2\np 3",
        ),
        ("<svg><font color=red>1</font></svg>2", "p 12"),
        ("<math><b>1</b></math>2", "p *1*2"),
    ]);
}

/// Vectors against sanitisers that write markup which a second parser reads otherwise.
const MUTATING: &[&str] = &[
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<math><mtext><mglyph><style><math>CLICK</math></style>",
    "<svg><p><style><g title=\"</style><img src onerror=alert(1)>\">",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<p id=\"<!--\"><img title=\"--><img src=x onerror=alert(1)>\"></p>",
    "<xmp><svg><b><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<plaintext></p><img src=x onerror=alert(1)>",
    "<table><td><svg><desc><td><svg><style><a title=\"</style><img src onerror=alert(1)>\">",
    "<a href=\"jav&#x0A;ascript:alert(1)\">1</a><a href=\"javascript&colon;alert(1)\">2</a>",
    "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1)><a id=x><text>1</text></a>",
    "<math href=javascript:alert(1)>1</math>",
    "<div style=\"font-family:'foo&#10;;background:url(javascript:alert(1))'\">1</div>",
    "<option><style></option></select><img src=x onerror=alert(1)></style>",
    "&lt;img src=x onerror=alert(1)&gt;&#60;script&#62;alert(1)&#60;/script&#62;",
    "<b>&#0;<scr\u{0}ipt>alert(1)</scr\u{0}ipt></b>",
    "<ſcript>alert(1)</ſcript><K onclick=alert(1)>",
];

#[test]
fn nothing_comes_alive_when_it_is_parsed_again() {
    for html in MUTATING {
        let once = clean(html);
        assert_inert(&once);
        let again = clean(&rendered(&once));
        assert_inert(&again);
        assert_eq!(rendered(&once), rendered(&again), "{html}");
    }
}

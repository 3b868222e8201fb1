//! Any text is read: nothing panics, nothing takes long, and its words arrive.

use super::{cleaned, html, markdown, read, shown};
use offprint::reader::Markdown;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{Event, Options, Parser};
use std::time::Instant;

/// Pieces of Markdown and of what others add to it.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-z]{1,6}",
        1 => "[一-龥]{1,4}",
        4 => select(vec![
            " ", "\n", "\n\n", "# ", "> ", "- ", "1. ", "    ", "```\n", "`", "**", "_", "~~", "[", "](",
            ")", "![", "[[", "]]", "|", "==", "%%", "$", "$$", "{", "}", "{.a}", "{% raw %}", "{% endraw %}",
            "{{< a >}}", "{% highlight %}", "{% endhighlight %}", "> [!note]\n", "!!! note\n", "::: a\n", ":::\n",
            "[^1]", "[^1]: ", "<b>", "</b>", "<!--", "-->", "---\n", "title: a\n", "+++\n", "https://x.example/a",
            "|-|-|\n", "\\", "&amp;", "：", "\u{FEFF}", "\r\n", "via: ", "[#]: a: (b)\n",
        ]).prop_map(str::to_owned),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Words with marks that are no syntax of anybody's but CommonMark's.
fn plain_markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-z]{2,8}",
        1 => "[一-龥]{1,4}",
        4 => select(vec![
            " ", "\n", "\n\n", "\n\n# ", "\n\n> ", "\n- ", "\n1. ", "**", "*", "`", "~~", "\n\n```\n", "\n\n---\n\n",
            "[a](https://x.example)", "![a](https://x.example/a.png)", "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
        ]).prop_map(str::to_owned),
    ];
    vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

/// The words of the text that CommonMark shows, but for those of pictures.
fn words(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut shown = String::new();
    let mut pictures = 0;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(pulldown_cmark::Tag::Image { .. }) => pictures += 1,
            Event::End(pulldown_cmark::TagEnd::Image) => pictures -= 1,
            Event::Text(text) | Event::Code(text) if pictures == 0 => shown.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => shown.push(' '),
            _ => {}
        }
    }
    letters(&shown)
}

fn letters(text: &str) -> Vec<String> {
    let mut letters: Vec<String> = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .map(String::from)
        .collect();
    letters.sort();
    letters
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(text in pieces()) {
        for entry in read(&Markdown, text.as_bytes()).entries {
            cleaned(&entry);
        }
    }

    #[test]
    fn all_words_arrive(text in plain_markdown()) {
        let entry = markdown(&format!("---\ntitle: 0\n---\n\n1234\n\n{text}"));
        let without_pictures = pulldown_text(html(&entry));
        prop_assert_eq!(words(&text), without_pictures);
    }
}

/// The letters of HTML without its tags.
fn pulldown_text(html: &str) -> Vec<String> {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        text.push(' ');
    }
    letters(
        &text
            .replace("&amp;", "")
            .replace("&lt;", "")
            .replace("&gt;", "")
            .replace("&quot;", ""),
    )
}

#[test]
fn hostile_61_markdown_that_costs_much_takes_a_time_that_its_length_bounds() {
    let many = |piece: &str| piece.repeat(100_000 / piece.len());
    for text in [
        many("["),
        many("]("),
        many("[a]("),
        many("![["),
        many("[["),
        many("]]"),
        many("**a "),
        many("_a_ "),
        many("`"),
        many("``a` "),
        many("> "),
        many(">"),
        many("- "),
        many("$"),
        many("$a"),
        many("a$ "),
        many("=="),
        many("==a "),
        many("%%"),
        many("%% a "),
        many("{"),
        many("{.a "),
        many("{% "),
        many("{% a %}"),
        many("{% enda %}"),
        many("{{< a >}}"),
        many("{{"),
        many("{% comment %}"),
        many("<"),
        many("<a"),
        many("<!--"),
        many("http://"),
        many("http://a)"),
        many("www."),
        many("h"),
        many("[^a]"),
        many("[^a]: b\n"),
        many("|"),
        many("| a "),
        many("|-"),
        many("# a\n"),
        many("# a {.tabset}\n"),
        many("> [!note]\n"),
        many("!!! a\n    b\n"),
        many("::: a\n"),
        many("[\n"),
        many("](a)\n"),
        many("[#]: a: b\n"),
        many("a: b\n"),
        many("- a\n  "),
        many("**。"),
        many("：**字"),
        many("&"),
        many("\\"),
        many("~"),
        many("<https://a>"),
        many("(((("),
        many("*a**b***c"),
        format!("{{% endcomment %}}{}", many("{% comment %}")),
        format!("http://a{}", many(")")),
        format!("---\n{}", many("a: b\n")),
        format!("+++\n{}", many("a = 1\n")),
        format!("{{\"title\": {}", many("[")),
        many("x\n=\n"),
        many(": a\n"),
        many("a\n: b\n\n"),
        many("{# "),
        many("{::comment}"),
        many("{% note a %}\n"),
        many("{% tabs %}<!-- tab a"),
        many("{{ a.b }} "),
        many("{{/* "),
        many("^["),
        many("a^[b]"),
        many("$ \\a "),
        many("{++"),
        many("{--a"),
        many("++a"),
        many("a~b"),
        many("a =1"),
        many(":material-"),
        many("((a"),
        many("){:width"),
        many(":LOGBOOK:\n"),
        many("=== \"a\"\n    b\n"),
        many("    !!! a\n"),
        many("[caption id=\"a\"]"),
        many("[code]"),
        many("]( a)[\n"),
        many("@[a](b)\n"),
        format!("import A from 'a'\n<A/>\n{}", many("<A b={")),
        format!("import A from 'a'\n<A/>\n{}", many("{a")),
        format!("import A from 'a'\n<A/>\n{}", many("`")),
        format!("import A from 'a'\n<A/>\n{}", many("export const a = {\n")),
        many("import A from 'a'\n"),
    ] {
        let shorter = text.get(..60).unwrap_or(&text).to_owned();
        let start = Instant::now();
        let entries = read(&Markdown, text.as_bytes()).entries;
        let seconds = start.elapsed().as_secs_f32();
        assert!(entries.len() <= 1);
        // What grows with the square takes minutes, and what grows with the length a second, if nobody waits.
        assert!(seconds < 60.0, "{shorter:?} took {seconds} s");
    }
}

#[test]
fn hostile_61_markdown_within_markdown_keeps_its_text() {
    let deep = format!("{}lamp\n\n{}fog\n", "> ".repeat(2_000), "- ".repeat(2_000));
    let text = shown(&deep);
    assert!(text.contains("lamp") && text.contains("fog"), "{text:.200}");
}

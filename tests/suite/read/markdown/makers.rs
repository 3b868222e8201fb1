//! What site generators, note programs and exporters add to Markdown is shown as they show it, and nothing of it
//! as source.

use super::{at, cleaned, markdown, shown};
use crate::understanding::understood;
use offprint::model::Entry;
use offprint::settings::CleanSettings;

/// The text that a body shows, and what was hidden of it.
fn text_and_hidden(body: &str) -> (String, Vec<String>) {
    let cleaned = understood(&markdown(body), &CleanSettings::default()).cleaned;
    let hidden = cleaned
        .removed
        .iter()
        .filter(|removed| removed.rule == "hidden");
    let hidden = hidden.map(|removed| removed.text.clone()).collect();
    (cleaned.article.body.plain_text(), hidden)
}

fn shows(pairs: &[(&str, &str)]) {
    for (body, expected) in pairs {
        assert_eq!(shown(body), *expected, "{body}");
    }
}

fn titled(path: &str, text: &str) -> Option<String> {
    let entry: Entry = at(path, text);
    entry.head.title
}

#[test]
fn boxes_of_every_generator_keep_their_titles() {
    for (begin, end) in [
        ("{% note warning Mind the lamp %}", "{% endnote %}"),
        ("{% note danger no-icon Mind the lamp %}", "{% endnote %}"),
        (
            "{% hint style=\"info\" title=\"Mind the lamp\" %}",
            "{% endhint %}",
        ),
        (
            "{{% notice style=\"tip\" title=\"Mind the lamp\" %}}",
            "{{% /notice %}}",
        ),
        (
            "{{< admonition tip \"Mind the lamp\">}}",
            "{{< /admonition >}}",
        ),
        ("{{< details \"Mind the lamp\" >}}", "{{< /details >}}"),
        ("{% folding blue open, Mind the lamp %}", "{% endfolding %}"),
        ("{% hideToggle Mind the lamp %}", "{% endhideToggle %}"),
        ("{{% expand \"Mind the lamp\" %}}", "{{% /expand %}}"),
        ("{% tab title=\"Mind the lamp\" %}", "{% endtab %}"),
    ] {
        for gap in ["\n", "\n\n"] {
            let body = format!("a\n\n{begin}{gap}It is *hot*.{gap}{end}\n\nb\n");
            assert_eq!(shown(&body), "a\nMind the lamp\nIt is hot.\nb", "{body}");
        }
        let item = format!("1. a\n\n   {begin}\n\n   It is hot.\n\n   {end}\n\n1. b\n");
        assert_eq!(shown(&item), "a\nMind the lamp\nIt is hot.\nb", "{item}");
    }
    shows(&[
        ("{% note info %}\na\n{% endnote %}\n", "Info\na"),
        ("{{% notice warning %}}\na\n{{% /notice %}}\n", "Warning\na"),
        ("{% note blue %}\na\n{% endnote %}\n", "a"),
        (
            "{% tabs %}\n<!-- tab One@icon -->\na\n<!-- endtab -->\n{% endtabs %}\n",
            "One\na",
        ),
        (
            "=== \"One\"\n\n    a\n\n=== \"Two\"\n\n    ```\n    b\n    ```\n\nc\n",
            "One\na\nTwo\nb\nc",
        ),
        (
            "!!! note\n    === \"One\"\n        a ==b==\n\nc\n",
            "Note\nOne\na b\nc",
        ),
        ("```\n=== \"One\"\n    a\n```\n", "=== \"One\"\n    a"),
        (
            "::: tabs\n@tab One\na\n@tab:active Two\nb\n:::\n",
            "One\na\nTwo\nb",
        ),
    ]);
}

#[test]
fn what_only_the_site_can_fill_in_is_hidden_and_told() {
    for source in [
        "{% unknown %}",
        "{{< param lamp >}}",
        "{% assign lamp = 1 %}",
        "{% include nav.html %}",
        "{{ page.title }}",
        "{{ lamp | markdownify }}",
        "{{renderer :tocgen}}",
    ] {
        let (text, hidden) = text_and_hidden(&format!("before {source} after\n"));
        assert_eq!(text, "before after", "{source}");
        assert_eq!(hidden.len(), 1, "{source}");
    }
    for source in [
        "{% raw %}{{ page.title }}{% endraw %}",
        "`{{ page.title }}`",
        "{{</* lamp */>}}",
    ] {
        let (text, hidden) = text_and_hidden(&format!("before {source} after\n"));
        assert!(text.contains("{{") && hidden.is_empty(), "{source}: {text}");
    }
}

#[test]
fn tags_by_themselves_show_their_words_or_lead_to_their_address() {
    shows(&[
        ("{% btn https://x.example/a, Read on %}", "Read on"),
        (
            "{{< button href=\"https://x.example\" >}}Read on{{< /button >}}",
            "Read on",
        ),
        (
            "{% label primary @lamp %} {% checkbox checked, done %}",
            "lamp ☑ done",
        ),
        ("{{ note(body=\"Mind the lamp\") }}", "Mind the lamp"),
        ("{% embed https://x.example/a %}", "https://x.example/a"),
        (
            "{% for p in site.posts %}\n- {{ p.title }}\n{% endfor %}\n\na",
            "a",
        ),
        ("![]({{ \"/a.png\" | relative_url }})\n\na", "a"),
    ]);
    for film in [
        "{% youtube https://www.youtube.com/watch?v=lamp_1 %}",
        "{% YouTube id='lamp_1' %}",
        "{% include video id=\"lamp_1\" provider=\"youtube\" %}",
        "{% include embed/youtube.html id='lamp_1' %}",
        "@[youtube](lamp_1)",
    ] {
        let html = super::body(&format!("a\n\n{film}\n"));
        assert!(html.contains("youtube.com/embed/lamp_1"), "{film}: {html}");
    }
}

#[test]
fn tags_within_html_are_filled_in() {
    let text = "<div class=\"row\">\n    <div>\n        {% include figure.liquid loading=\"eager\" path=\"https://x.example/lamp.png\" %}\n    </div>\n</div>\n\na\n";
    assert_eq!(cleaned(&markdown(text)).article.body.images().len(), 1);
    assert_eq!(shown(text), "a");
}

#[test]
fn lines_that_a_program_replaces_are_no_text() {
    for line in [
        "[TOC]",
        "[toc]",
        "[[_TOC_]]",
        "@[TOC](The lamp)",
        "* TOC\n{:toc}",
        "--8<-- \"lamp.md\"",
        "<<< @/lamp.rs",
        "*[HTML]: HyperText",
        "{::comment}\nlamp\n{:/comment}",
        "{# lamp #}",
    ] {
        assert_eq!(shown(&format!("a\n\n{line}\n\nb\n")), "a\nb", "{line}");
        let listing = format!("```\n{line}\n```\n");
        assert_eq!(shown(&listing), line, "{line}");
    }
    shows(&[("[TOC]\n\n[TOC]: https://x.example\n", "TOC")]);
}

#[test]
fn what_outliners_note_of_a_block_is_no_text() {
    shows(&[
        (
            "- a\n  collapsed:: true\n\t- b\n\t  id:: 62479ef9-0cff-4d23-9ef2-89a801244bce\n",
            "a\nb",
        ),
        ("- a ((62479ef9-0cff-4d23-9ef2-89a801244bce))\n", "a"),
        (
            "- a\n  :LOGBOOK:\n  CLOCK: [2022-01-01 Sat 10:00:00]\n  :END:\n- b\n",
            "a\nb",
        ),
        ("- #+BEGIN_QUOTE\n  a\n  #+END_QUOTE\n", "a"),
        (
            "a ![](https://x.example/a.png){:height 300, :width 400}\n",
            "a",
        ),
        ("a\n\nstd:: id is a name\n", "a\nstd:: id is a name"),
    ]);
}

#[test]
fn marks_within_a_line() {
    let cases = [
        ("a^[b *c*] d", "a<sup><a href=\"#fn-1\""),
        ("H~2~O and x^2^", "<p>H<sub>2</sub>O and x<sup>2</sup></p>"),
        (
            "++ctrl+alt+del++",
            "<kbd>ctrl</kbd>+<kbd>alt</kbd>+<kbd>del</kbd>",
        ),
        (
            "{++a++} {--b--} {~~c~>d~~}",
            "<ins>a</ins> <del>b</del> <del>c</del><ins>d</ins>",
        ),
        (
            "![a](https://x.example/a.png =300x200)",
            "<img src=\"https://x.example/a.png\" alt=\"a\" />",
        ),
        (
            "$ \\alpha $",
            "<span class=\"math math-inline\">$\\alpha$</span>",
        ),
        ("$`a_1`$", "<span class=\"math math-inline\">$a_1$</span>"),
        (
            "C++ and i++ ~ 2^10 and 3^4",
            "<p>C++ and i++ ~ 2^10 and 3^4</p>",
        ),
        (
            "it costs $ 5 or 6 $ more",
            "<p>it costs $ 5 or 6 $ more</p>",
        ),
    ];
    for (text, expected) in cases {
        let html = super::body(text);
        assert!(html.contains(expected), "{text}: {html}");
    }
    shows(&[("a :material-lamp:{ .b } c", "a c"), ("a {>>b<<} c", "a c")]);
}

#[test]
fn listings_keep_their_language_and_the_name_of_their_file() {
    for info in [
        "rust:lamp.rs",
        "rust title=\"lamp.rs\"",
        "rust [lamp.rs]",
        "rust,ignore title=lamp.rs",
    ] {
        let html = super::body(&format!("```{info}\nfn\n```\n"));
        assert!(
            html.contains("language-rust") && html.contains("<figcaption>lamp.rs</figcaption>"),
            "{info}: {html}"
        );
    }
    for info in [
        "rust",
        "rust{1,3}:line-numbers",
        "{.rust}",
        "rust,linenos",
        "rust linenums=\"1\"",
    ] {
        let html = super::body(&format!("```{info}\nfn\n```\n"));
        assert_eq!(
            html, "<pre><code class=\"language-rust\">fn </code></pre>",
            "{info}"
        );
    }
}

#[test]
fn components_show_what_they_say() {
    let head =
        "---\ntitle: t\n---\nimport Tabs from '@theme/Tabs';\nimport {\n  A,\n} from './a';\n\n";
    let cases = [
        (
            "<Tabs\n  values={[{label: 'x', value: 'y'}]}\n>\n<Item value=\"y\" label=\"One\">\n```js\na\n```\n</Item>\n</Tabs>\n",
            "One\na",
        ),
        (
            "<Tabs>a</Tabs>\n\nexport const b = () => (\n  <p>\n    c\n  </p>\n);\n\nd\n",
            "a\nd",
        ),
        (
            "<Aside title=\"One\">Two *three*</Aside>\n\n<Tabs />\n",
            "One\nTwo three",
        ),
        ("a {/* b */}c {'d'} {props.lamp}\n\n<Tabs/>\n", "a c d"),
        (
            "`{a}` and\n\n```\n{a} <Tabs>\n```\n\n<Tabs/>\n",
            "{a} and\n{a} <Tabs>",
        ),
    ];
    for (text, expected) in cases {
        for name in ["a.mdx", "a.md"] {
            let entry = at(name, &format!("{head}{text}"));
            assert_eq!(
                cleaned(&entry).article.body.plain_text(),
                expected,
                "{text}"
            );
        }
    }
    // A text about components only shows how they are written.
    let text = "---\ntitle: t\n---\nSay { a: 1 }:\n\n```\nimport Tabs from 'tabs'\n<Tabs />\n```\n";
    let entry = at("a.md", text);
    assert!(
        cleaned(&entry)
            .article
            .body
            .plain_text()
            .contains("{ a: 1 }")
    );
}

#[test]
fn shortcodes_that_exporters_left_are_what_wordpress_shows() {
    for slash in ["", "\\"] {
        let caption = format!(
            "{slash}[caption id=\"a\" width=\"9\"{slash}]![b](https://x.example/b.png) The lamp{slash}[/caption{slash}]\n\nc\n"
        );
        let entry = markdown(&caption);
        let html = format!("{:?}", cleaned(&entry).article.body);
        assert!(
            html.contains("The lamp") && !shown(&caption).contains("caption"),
            "{html}"
        );
        let code =
            format!("{slash}[code language=\"php\"{slash}]\necho 1;\n{slash}[/code{slash}]\n");
        assert_eq!(shown(&code), "echo 1;");
        let embed =
            format!("a\n\n{slash}[embed{slash}]https://x.example/a{slash}[/embed{slash}]\n");
        assert_eq!(shown(&embed), "a\nhttps://x.example/a");
    }
    shows(&[(
        "[code](https://x.example) and [video] [gallery](#a)",
        "code and [video] gallery",
    )]);
}

#[test]
fn nikola_s_fields_are_metadata_with_or_without_a_comment() {
    let fields = ".. title: The lamp\n.. date: 2015-03-25 21:44:25 UTC-05:00\n.. tags: light, oil\n.. author: Ada Ray\n";
    for text in [
        format!("<!--\n{fields}-->\n\nIt shines.\n"),
        format!("{fields}\nIt shines.\n"),
    ] {
        let entry = markdown(&text);
        let head = &entry.head;
        assert_eq!(head.title.as_deref(), Some("The lamp"));
        assert_eq!(
            (&*head.tags.join("|"), &*head.authors.join("|")),
            ("light|oil", "Ada Ray")
        );
        assert!(head.written_time.is_some());
        super::assert_shines(&entry, &text);
    }
}

#[test]
fn addresses_days_and_names_that_the_first_lines_tell() {
    for line in [
        "[Read Original](https://x.example/a)",
        "> 本文由 [SimpRead](http://reader.example/) 转码， 原文地址 [x.example](https://x.example/a)",
        "source: https://x.example/a",
        "> 原文链接: https://x.example/a",
    ] {
        let entry = markdown(&format!(
            "# The lamp\n\n{line}\n\n发布时间: 2024-01-02\n作者：**Ada Ray**\n\nIt shines.\n"
        ));
        assert_eq!(
            entry.head.address.as_deref(),
            Some("https://x.example/a"),
            "{line}"
        );
        assert!(entry.head.written_time.is_some());
        assert_eq!(entry.head.authors, ["Ada Ray"]);
    }
    let entry = markdown("# The lamp\n\nSource code is at https://x.example/a today.\n");
    assert_eq!(entry.head.address, None);
}

#[test]
fn the_first_of_several_parts_names_no_text_whose_file_has_a_name() {
    let parts = "# Preface\n\na\n\n# Wick\n\nb\n";
    let whole = "# Preface\n\na\n\n## Wick\n\nb\n";
    assert_eq!(
        titled("notes on lamps.md", parts).as_deref(),
        Some("notes on lamps")
    );
    assert_eq!(titled("灯的笔记.md", parts).as_deref(), Some("灯的笔记"));
    for (path, text) in [
        ("notes on lamps.md", whole),
        ("a1b2.md", parts),
        ("2021-12-31.md", parts),
        ("preface-of-all.md", parts),
    ] {
        assert_eq!(titled(path, text).as_deref(), Some("Preface"), "{path}");
    }
}

#[test]
fn lists_of_categories_in_lists_and_zones_that_nobody_filled_in() {
    let entry = markdown(
        "---\ntitle: a\ndate: 2023-09-26 13:00:00 +/-TTTT\ncategories:\n- [Light, Oil]\n- Wick\n---\nb\n",
    );
    assert_eq!(entry.head.tags, ["Light", "Oil", "Wick"]);
    assert!(entry.head.written_time.is_some());
}

#[test]
fn a_link_over_several_lines_around_a_picture_is_a_linked_picture() {
    let text = "[\n\n![a](https://x.example/a.png)\n\n](https://x.example/1)[\n\n![](https://x.example/b.png)\n\n\n\n](https://x.example/2 \"title\")\n\n_c_\n";
    let html = super::body(text);
    for (link, picture) in [("1", "a.png"), ("2", "b.png")] {
        let expected = format!(
            "<a href=\"https://x.example/{link}\"><img src=\"https://x.example/{picture}\""
        );
        assert!(html.contains(&expected), "{html}");
    }
    assert!(html.ends_with("<p><em>c</em></p>"), "{html}");
}

#[test]
fn pictures_of_tags_that_nobody_knows_are_shown() {
    for tag in [
        "{{< gallery \"https://x.example/a.png\" \"https://x.example/b.jpg\" >}}",
        "{{< shot src=\"https://x.example/a.png?x=1\" >}}{{< shot src=\"https://x.example/b.WEBP\" >}}",
    ] {
        let entry = markdown(&format!("a\n\n{tag}\n"));
        assert_eq!(cleaned(&entry).article.body.images().len(), 2, "{tag}");
    }
    let (text, hidden) = text_and_hidden("a {{< gallery match=\"images/*.png\" >}}\n");
    assert_eq!((&*text, hidden.len()), ("a", 1));
}

#[test]
fn what_readwise_tells_below_front_matter_is_metadata_too() {
    let own = "## The lamp\n\ntags:: light\n\n### Metadata\n- Author: [[Ada Ray]]\n- Category: #articles\n- URL: <https://x.example/a>\n\nIt shines.\n";
    let entry = markdown(&format!(
        "---\nauthor:\nsource: readwise\ncreated: 2026-06-23\n---\n\n{own}"
    ));
    let head = &entry.head;
    assert_eq!(head.title.as_deref(), Some("The lamp"));
    assert_eq!(head.address.as_deref(), Some("https://x.example/a"));
    assert_eq!(
        (&*head.authors.join("|"), &*head.tags.join("|")),
        ("Ada Ray", "light")
    );
    assert!(head.written_time.is_some());
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
}

#[test]
fn tags_in_a_body_of_html_are_filled_in_too() {
    let text = "---\ntitle: a\ndate: 2021-12-31\n---\n<p>One</p>\n<p>{{< param lamp >}}Two</p>\n\n{{< figure src=\"https://x.example/a.png\" >}}\n";
    let entry = markdown(text);
    assert_eq!(cleaned(&entry).article.body.plain_text(), "One\nTwo");
    assert_eq!(cleaned(&entry).article.body.images().len(), 1);
}

//! What becomes of the text.

use super::super::codes;
use super::{at, body, cleaned, markdown, read_source, shown};
use crate::command::Place;
use offprint::Code;
use offprint::reader::{FileSource, Markdown, ReadOptions};
use std::fs::{self, File};
use std::path::Path;

/// Asserts what each text becomes.
fn becomes(pairs: &[(&str, &str)]) {
    for (text, expected) in pairs {
        assert_eq!(body(text), *expected, "{text}");
    }
}

#[test]
fn what_github_adds_to_commonmark() {
    becomes(&[
        ("~~a~~ b", "<p><del>a</del> b</p>"),
        ("- [x] a\n- [ ] b\n", "<ul> <li>☑ a</li> <li>☐ b</li> </ul>"),
        (
            "See https://x.example/a_b_c. Or www.x.example, or (http://x.example/a_(b)).",
            "<p>See <a href=\"https://x.example/a_b_c\">https://x.example/a_b_c</a>. Or <a \
             href=\"http://www.x.example\">www.x.example</a>, or (<a \
             href=\"http://x.example/a_(b)\">http://x.example/a_(b)</a>).</p>",
        ),
        (
            "见https://x.example/a，这里",
            "<p>见<a href=\"https://x.example/a\">https://x.example/a</a>，这里</p>",
        ),
        (
            "`https://x.example`",
            "<p><code>https://x.example</code></p>",
        ),
        (
            "<b title=\"https://x.example\">a</b>",
            "<p><b title=\"https://x.example\">a</b></p>",
        ),
    ]);
    let table = body("| a | b |\n|---|--:|\n| 1 | 2 |\n");
    assert!(table.starts_with("<table><thead><tr><th>a</th>"), "{table}");
    let listing = body("```rust\nfn a() {} // ==b== [[c]] {.d} %%e%% https://x.example\n```\n");
    assert_eq!(
        listing,
        "<pre><code class=\"language-rust\">fn a() {} // ==b== [[c]] {.d} %%e%% https://x.example </code></pre>"
    );
}

#[test]
fn notes_stand_at_the_end_in_the_order_of_their_numbers() {
    let text = "One[^b], two[^a], one again[^b].\n\n[^a]: The second.\n\n[^b]: The first.\n\n[^c]: Unused.\n\nEnd.\n";
    let found = body(text);
    let places = ["End.", "The first.", "The second.", "Unused."].map(|part| found.find(part));
    assert!(places.is_sorted() && places[0].is_some(), "{found}");
    assert!(
        found.contains("One<sup><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>"),
        "{found}"
    );
    assert!(
        found.contains("<li id=\"fn-1\"> <p>The first. <a href=\"#fnref-1\""),
        "{found}"
    );
    assert_eq!(found.matches("id=\"fnref-1\"").count(), 1);
    // The links lead somewhere in the article.
    let links = cleaned(&markdown(text)).article.body.plain_text();
    assert!(links.contains("One1, two2, one again1."), "{links}");
}

#[test]
fn formulas_keep_their_tex_and_prices_are_none() {
    assert_eq!(
        shown("Then $a_1 * b * c$ holds.\n"),
        "Then a_1 ∗ b ∗ c holds."
    );
    assert_eq!(shown("$$\\frac{a}{b} *c* d$$\n"), "a/b ∗ c ∗ d");
    assert_eq!(
        shown("So $\\nosuch{a} *b* c$.\n"),
        "So $\\nosuch{a} *b* c$."
    );
    becomes(&[
        (
            "It costs $5 and *more* than $10.",
            "<p>It costs $5 and <em>more</em> than $10.</p>",
        ),
        (
            "From ($5) to ($10), or $3,*a*$4",
            "<p>From ($5) to ($10), or $3,<em>a</em>$4</p>",
        ),
        (
            "$1 [a](https://x.example)$ b",
            "<p>$1 <a href=\"https://x.example\">a</a>$ b</p>",
        ),
    ]);
}

#[test]
fn boxes_beside_the_text() {
    let quote = "<blockquote> <p><span class=\"callout-title\">Mind the lamp</span></p> <p>It is hot.</p> </blockquote>";
    becomes(&[
        ("> [!WARNING] Mind the lamp\n> It is hot.\n", quote),
        ("> [!warning]- Mind the lamp\n> It is hot.\n", quote),
        ("!!! warning \"Mind the lamp\"\n    It is hot.\n", quote),
        (
            "> [!NOTE]\n> a\n",
            "<blockquote> <p><span class=\"callout-title\">Note</span></p> <p>a</p> </blockquote>",
        ),
        (
            "> [!not a mark\n",
            "<blockquote> <p>[!not a mark</p> </blockquote>",
        ),
        ("::: tip\na\n", "<p>::: tip a</p>"),
    ]);
    assert_eq!(shown("!!! note\n    a\n\n    b\n\nc\n"), "Note\na\nb\nc");
}

#[test]
fn containers_between_colons_are_boxes() {
    let quote = "<blockquote> <p><span class=\"callout-title\">Mind the lamp</span></p> <p>It is hot.</p> </blockquote>";
    for text in [
        "::: warning Mind the lamp\nIt is hot.\n:::\n",
        ":::warning[Mind the lamp]\n\nIt is hot.\n\n:::\n",
        "::::danger Mind the lamp\nIt is hot.\n::::\n",
        "::: {.callout-warning}\n## Mind the lamp\nIt is hot.\n:::\n",
        "::: details Mind the lamp\nIt is hot.\n:::\n",
        "::: lamp Mind the lamp\nIt is hot.\n:::\n",
    ] {
        becomes(&[
            (text, quote),
            (&format!("{text}\nb\n"), &format!("{quote} <p>b</p>")),
        ]);
    }
    let note =
        "<blockquote> <p><span class=\"callout-title\">Tip</span></p> <p>a</p> </blockquote>";
    becomes(&[
        ("::: tip\na\n:::\n", note),
        ("::: {.callout-tip}\na\n:::\n", note),
        // What is no box only holds things together; what does not end does not begin.
        ("::: columns\n::: {.column}\na\n:::\n:::\n", "<p>a</p>"),
        ("    ::: tip\n", "<pre><code>::: tip </code></pre>"),
    ]);
    for (text, expected) in [
        ("::: tip\n- a\n- b\n:::\n", "Tip\na\nb"),
        (
            "::: tip\n```\na\n\n:::\nb\n```\n:::\n\nc\n",
            "Tip\na\n\n:::\nb\nc",
        ),
        (
            "::: tip\na\n::: note\nb\n:::\nc\n:::\nd\n",
            "Tip\na\nNote\nb\nc\nd",
        ),
        ("::: tip\n> [!NOTE]\n> a\n:::\nb\n", "Tip\nNote\na\nb"),
        (
            "::: tip\n!!! note\n    a\n\nb\n:::\nc\n",
            "Tip\nNote\na\nb\nc",
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn marks_of_note_programs() {
    becomes(&[
        ("a ==b c== d", "<p>a <mark>b c</mark> d</p>"),
        ("a == b == c", "<p>a == b == c</p>"),
        ("[[Page|text]] and [[Page]]", "<p>text and Page</p>"),
        (
            "[[1]](https://x.example)",
            "<p><a href=\"https://x.example\">[1]</a></p>",
        ),
        ("if [[ -f a ]]; then", "<p>if [[ -f a ]]; then</p>"),
        ("a %%hidden%% b", "<p>a b</p>"),
        ("100%%, 50%% of", "<p>100%%, 50%% of</p>"),
        ("![[Note#Part]]", "<p>Note &gt; Part</p>"),
        (
            "![a|300](https://x.example/a.png)",
            "<p><img src=\"https://x.example/a.png\" alt=\"a\" /></p>",
        ),
        (
            "[\n\nThe lamp\n\n](https://x.example/lamp)\n",
            "<p>The lamp</p> <p><a href=\"https://x.example/lamp\">x.example/lamp</a></p>",
        ),
    ]);
    assert!(body("![[a b.png|300]]").contains("src=\"file:a%20b.png\" alt=\"\""));
}

#[test]
fn attribute_lists_are_not_shown() {
    becomes(&[
        (
            "> a\n{.is-warning}\n",
            "<blockquote> <p>a</p> </blockquote>",
        ),
        ("a\n{: .lead}\n", "<p>a</p>"),
        (
            "[a](https://x.example){:target=\"_blank\" rel=nofollow}",
            "<p><a href=\"https://x.example\">a</a></p>",
        ),
        (
            "# a {#own .big}\n\n[b](#own)\n",
            "<h1 id=\"own\" class=\"big\">a</h1> <p><a href=\"#own\">b</a></p>",
        ),
        ("# Tabs {.tabset}\n\n## One\n", "<h2 id=\"one\">One</h2>"),
        ("a {b} and {.c", "<p>a {b} and {.c</p>"),
        ("{{ .Name }} f({a=b})", "<p>{{ .Name }} f({a=b})</p>"),
    ]);
}

#[test]
fn tags_of_site_generators() {
    becomes(&[
        ("{% raw %}{{ a }}{% endraw %}", "<p>{{ a }}</p>"),
        (
            "{% highlight rust %}\nlet *a* = \"*b*\";\n{% endhighlight %}\n",
            "<pre><code class=\"language-rust\"> let *a* = \"*b*\"; </code></pre>",
        ),
        (
            "{% asset_img lamp.png 300 The lamp %}",
            "<img src=\"file:lamp.png\" alt=\"The lamp\">",
        ),
        (
            "{{< figure src=\"https://x.example/a.png\" alt=\"b\" >}}",
            "<img src=\"https://x.example/a.png\" alt=\"b\">",
        ),
        (
            "{{< youtube w7Ft2ymGmfc >}}",
            "<iframe src=\"https://www.youtube.com/embed/w7Ft2ymGmfc\"></iframe>",
        ),
        (
            "{% gist 12345 %}",
            "<p><a href=\"https://gist.github.com/12345\">https://gist.github.com/12345</a></p>",
        ),
        ("{{< lamp >}}a{{< /lamp >}}", "<p>a</p>"),
        ("a {{ name }} b", "<p>a {{ name }} b</p>"),
        (
            "{% include figure image_path=\"https://x.example/a.png\" alt=\"b\" %}",
            "<img src=\"https://x.example/a.png\" alt=\"b\">",
        ),
        ("`{% raw %}`", "<p><code>{% raw %}</code></p>"),
        ("a {% comment %}b{% endcomment %}c", "<p>a c</p>"),
        (
            "![a]({{ site.baseurl }}/https.png)",
            "<p><img src=\"/https.png\" alt=\"a\" /></p>",
        ),
    ]);
}

#[test]
fn the_imports_of_mdx_are_no_text() {
    let text =
        "---\ntitle: a\n---\nimport A from './a'\nexport const b = 1\n\nIt shines.\n\nimport c\n";
    assert_eq!(
        cleaned(&at("a.mdx", text)).article.body.plain_text(),
        "It shines.\nimport c"
    );
    assert!(
        cleaned(&at("a.md", text))
            .article
            .body
            .plain_text()
            .contains("import A")
    );
}

#[test]
fn strong_text_ends_before_a_letter_of_a_script_without_spaces() {
    becomes(&[
        (
            "**注意：**这里 __（一）旅行。__如果",
            "<p><strong>注意：</strong>这里 <strong>（一）旅行。</strong>如果</p>",
        ),
        ("2 ** 3 ** 4 and a**b", "<p>2 ** 3 ** 4 and a**b</p>"),
    ]);
}

#[test]
fn relative_links_lead_nowhere_and_keep_their_text() {
    becomes(&[
        (
            "[a](other.md) [b](#b) [c](/c)",
            "<p>a <a href=\"#b\">b</a> <a href=\"/c\">c</a></p>",
        ),
        (
            "[![](https://x.example/a.png)](a.html)",
            "<p><img src=\"https://x.example/a.png\" alt=\"\" /></p>",
        ),
    ]);
}

/// Scans a file of a folder and says which of its pictures were found.
fn pictures(root: &Path, file: &str) -> (usize, Vec<Code>) {
    let opened = File::open(root.join(file)).unwrap();
    let length = opened.metadata().unwrap().len();
    let source = FileSource::new(opened, length, root, Path::new(file)).unwrap();
    let reading = read_source(&Markdown, &source, ReadOptions::default());
    let images = cleaned(&reading.entries[0]).article.body.images().len();
    let codes = codes(&reading).into_iter().map(|(code, _)| code);
    (images, codes.collect())
}

#[test]
fn pictures_lie_beside_the_text_at_the_site_s_root_or_in_a_folder_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;";
    for place in [
        "posts/images/beside.gif",
        "static/images/root.gif",
        "attachments/note.gif",
        "posts/lamp/own.gif",
    ] {
        fs::create_dir_all(root.join(place).parent().unwrap()).unwrap();
        fs::write(root.join(place), gif).unwrap();
    }
    let text = "---\ntitle: a\nsource: https://paper.example/a/b\n---\n![](images/beside.gif)\n\n\
                ![](/images/root.gif)\n\n![[note.gif]]\n\n![](own.gif)\n\n![](images/gone.gif)\n\nText\n";
    fs::write(root.join("posts/lamp.md"), text).unwrap();
    let (found, codes) = pictures(root, "posts/lamp.md");
    assert_eq!((found, codes), (4, vec![Code::ImageMissing]));
}

#[test]
fn a_picture_that_comes_later_is_shown_by_the_next_run() {
    let post =
        "---\ntitle: a\ndate: 2021-12-31\n---\n![[lamp.png]] and ![root](/img/fog.png)\n\nText\n";
    let picture =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/page-title.png"));
    let picture = picture.unwrap();
    let place = Place::empty();
    place.write("notes/posts/a.md", post);
    let build = |place: &Place| {
        place
            .offprint(&["build", "notes", "--offline"])
            .assert()
            .success();
        place.outputs("out")
    };
    let mut before = build(&place);
    assert!(build(&place) == before);
    for file in ["notes/attachments/lamp.png", "notes/static/img/fog.png"] {
        place.write(file, &picture);
        let after = build(&place);
        assert!(after != before, "{file} is not shown");
        let fresh = Place::empty();
        fresh.write("notes/posts/a.md", post);
        for other in ["notes/attachments/lamp.png", "notes/static/img/fog.png"] {
            if place.path().join(other).exists() {
                fresh.write(other, &picture);
            }
        }
        assert!(build(&fresh) == after, "{file}");
        before = after;
    }
}

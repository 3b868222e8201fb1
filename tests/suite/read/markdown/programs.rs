//! What programs write of an article into its text, and forms that only they have.

use super::super::{authors, written_time};
use super::{assert_shines, at, body, cleaned, html, markdown, shown, sniff};
use offprint::reader::{Confidence, Markdown};

#[test]
fn programs_without_front_matter_tell_title_address_day_and_tags() {
    for text in [
        "title:: The lamp\nauthor:: [[Ada Byron]]\ntags:: sea, [[light]]\nsource:: https://paper.example/lamp\ndate:: 2021-12-31\n\nIt shines.\n",
        "# The lamp\n\nCreated: December 31, 2021 5:00 PM\nTags: sea, light\nURL: https://paper.example/lamp\nAuthor: Ada Byron\nMy own field: 7\n\nIt shines.\n",
        "# Lamp\n\n![rw-book-cover](https://paper.example/c.png)\n\n## Metadata\n- Author: [[Ada Byron]]\n- Full Title: The lamp\n- Category: #articles\n- Document Tags: [[sea]] [[light]] \n- URL: https://paper.example/lamp\n- Date: 2021-12-31\n\nIt shines.\n",
        "# The lamp\n\n## Metadata\n- Author: Ada Byron\n- Tags: #sea, #light\n- Source: https://paper.example/lamp\n- Date: [[2021-12-31]]\n\nIt shines.\n",
    ] {
        let entry = markdown(text);
        assert_eq!(entry.head.title.as_deref(), Some("The lamp"), "{text}");
        assert_eq!(
            entry.head.address.as_deref(),
            Some("https://paper.example/lamp"),
            "{text}"
        );
        assert_eq!(authors(&entry), ["Ada Byron"], "{text}");
        assert_eq!(entry.head.tags, ["sea", "light"], "{text}");
        assert!(
            written_time(&entry).is_some_and(|time| time.starts_with("2021-12-31")),
            "{text}"
        );
        assert_shines(&entry, text);
    }
}

#[test]
fn a_title_block_of_pandoc() {
    for (text, title, names, day) in [
        (
            "% The lamp\n% Ada Byron; Bo Low\n% December 31, 2021\n\nIt shines.\n",
            "The lamp",
            vec!["Ada Byron", "Bo Low"],
            true,
        ),
        (
            "% The lamp\n  of the sea\n% Ada Byron\n  Bo Low\n\nIt shines.\n",
            "The lamp of the sea",
            vec!["Ada Byron", "Bo Low"],
            false,
        ),
        (
            "% The lamp\n%\n% 2021-12-31\n\nIt shines.\n",
            "The lamp",
            vec![],
            true,
        ),
    ] {
        let entry = markdown(text);
        assert_eq!(entry.head.title.as_deref(), Some(title), "{text}");
        assert_eq!(authors(&entry), names, "{text}");
        assert_eq!(written_time(&entry).is_some(), day, "{text}");
        assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
    }
    let text = "% of all lamps are lit.\nThe others are not.\n";
    assert!(shown(text).contains("% of all lamps"));
}

#[test]
fn lines_below_a_title_that_are_no_properties_stay() {
    for text in [
        "# The lamp\n\nNote: it shines.\n\nAll night.\n",
        "# The lamp\n\nURL: https://paper.example/lamp\nIt shines.\n\nAll night.\n",
        "# The lamp\n\nThe keeper said: it shines.\n\nAll night.\n",
    ] {
        let body = cleaned(&markdown(text)).article.body.plain_text();
        assert!(body.contains("hines."), "{body}");
    }
}

#[test]
fn joplin_s_raw_export_says_below_the_text_what_it_is() {
    let file = |kind: u8| {
        format!(
            "The lamp\n\nIt shines.\n\nid: 0123456789abcdef0123456789abcdef\nparent_id: \ncreated_time: 2021-12-31T01:02:03.000Z\n\
             author: Ada Byron\nsource_url: https://paper.example/lamp\ntype_: {kind}"
        )
    };
    let entry = markdown(&file(1));
    assert_eq!(entry.head.title.as_deref(), Some("The lamp"));
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://paper.example/lamp")
    );
    assert_eq!(authors(&entry), ["Ada Byron"]);
    assert_eq!(written_time(&entry).as_deref(), Some("2021-12-31 01:02:03"));
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
    assert_eq!(entry.body_line, 3);
    // A folder, an attachment, a tag.
    for kind in [2, 4, 5] {
        let sure = sniff(&Markdown, file(kind).as_bytes(), "0123.md");
        assert_eq!(sure, Confidence::No, "{kind}");
    }
    let prose = "# The lamp\n\nIt shines.\n\nid: 7\ntype_: 2\n";
    assert!(shown(prose).contains("type_: 2"));
}

#[test]
fn the_original_s_address_wins_over_the_reader_s() {
    let entry = markdown(
        "---\ntitle: a\nurl: https://reader.example/me/1\nurl_original: https://paper.example/lamp\n---\nIt shines.\n",
    );
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://paper.example/lamp")
    );
}

#[test]
fn a_line_that_begins_with_a_colon_explains_no_term() {
    for line in [":tada: It shines.", "::marked:: It shines.", ":+1:"] {
        let text = format!("The lamp.\n\n{line}\n");
        let html = body(&text);
        assert!(!html.contains("<d"), "{html}");
        let quoted = body(&format!("> The lamp.\n> {line}\n"));
        assert!(!quoted.contains("<d"), "{quoted}");
    }
    assert!(body("Lamp\n: It shines.\n").contains("<dt>Lamp</dt>"));
    assert!(body("```\n:a\n```\n").contains(":a"));
}

#[test]
fn names_of_places_are_no_text() {
    assert_eq!(
        body("It shines. ^a1b2c3\n\nAll night. ^the-end\n"),
        "<p>It shines.</p> <p>All night.</p>"
    );
    for text in ["10 ^2021\n", "It shines ^a1b2c3 bright\n", "`x ^a1b2c3`\n"] {
        assert!(body(text).contains('^'), "{text}");
    }
}

#[test]
fn a_box_of_notion_is_markdown() {
    for text in [
        "<aside>\n💡 It **shines**.\n\n</aside>\n",
        "<aside>\n\n💡 It **shines**.\n</aside>\n",
    ] {
        assert!(body(text).contains("<strong>shines</strong>"), "{text}");
    }
}

#[test]
fn tags_of_zola_show_what_they_stand_for() {
    for (text, wanted) in [
        (
            "{{ youtube(id=\"w7Ft2ymGmfc\") }}",
            "<iframe src=\"https://www.youtube.com/embed/w7Ft2ymGmfc\"",
        ),
        (
            "{{ figure(src = \"https://x.example/a.png\", alt=\"b\") }}",
            "<img src=\"https://x.example/a.png\" alt=\"b\">",
        ),
        (
            "{% note(kind=\"x\") %}\nIt shines.\n{% end %}\n",
            "<p>It shines.</p>",
        ),
        (
            "{% quote(author=\"Me\") %}\nIt shines.\n{% end %}\n",
            "<blockquote>",
        ),
        ("{{ unknown(a=1) }}", "{{ unknown(a=1) }}"),
        ("{{ name }}", "{{ name }}"),
        ("{% end %}", "{% end %}"),
    ] {
        let html = body(text);
        assert!(html.contains(wanted), "{text}: {html}");
        assert!(
            !html.contains("{% quote") && !html.contains("{% note"),
            "{html}"
        );
    }
}

#[test]
fn pictures_of_mdx_are_those_that_its_first_lines_load() {
    let text = "---\ntitle: a\n---\nimport { Image } from 'astro:assets';\nimport lamp from './lamp.png';\n\nIt shines. {/* not said */}\n\n\
                <Image src={lamp} alt=\"A lamp\" />\n\n<Image src={'https://x.example/b.png'} alt=\"B\" />\n\n<Image src={unknown} alt=\"C\" />\n";
    let entry = at("a.mdx", text);
    let html = html(&entry);
    assert!(
        html.contains("<img src=\"file:./lamp.png\" alt=\"A lamp\""),
        "{html}"
    );
    assert!(
        html.contains("<img src=\"https://x.example/b.png\""),
        "{html}"
    );
    assert!(!html.contains("not said"), "{html}");
}

//! What front matter, the text and the names of files say of an article.

use super::super::{authors, written_time};
use super::{article, assert_shines, at, cleaned, codes, markdown, read, sniff};
use crate::understanding::understood;
use offprint::Code;
use offprint::reader::{Archive, Confidence, FrontMatter, Markdown, Reader};
use offprint::settings::CleanSettings;

#[test]
fn every_form_of_front_matter_tells_title_day_and_tags() {
    for text in [
        "---\ntitle: The lamp\ndate: 2021-12-31\ntags: [sea, light]\n---\nIt shines.\n",
        "---\n\ntitle : The lamp\n\ndate : 2021-12-31\n\ntags:\n  - sea\n  - light\n\n---\n\nIt shines.\n",
        "+++\ntitle = \"The lamp\"\ndate = 2021-12-31\n[taxonomies]\ntags = [\"sea\", \"light\"]\n+++\nIt shines.\n",
        "{\n\"title\": \"The lamp\", \"date\": \"2021-12-31\", \"tags\": [\"sea\", \"light\"]\n}\n\nIt shines.\n",
        "title: The lamp\ndate: 2021-12-31\ntags:\n- sea\n- light\n---\nIt shines.\n",
        "Title: The lamp\nDate: 2021-12-31\nTags: sea, light\n\nIt shines.\n",
        "\u{FEFF}---\r\ntitle: \"The lamp\"\r\ndate: '2021-12-31'\r\nkeywords: sea, light\r\n---\r\nIt shines.\r\n",
    ] {
        let (entry, warnings) = article(&Markdown, text.as_bytes());
        assert_eq!(entry.head.title.as_deref(), Some("The lamp"), "{text}");
        assert_eq!(written_time(&entry).as_deref(), Some("2021-12-31 00:00:00"));
        assert_eq!(entry.head.tags, ["sea", "light"], "{text}");
        assert_eq!(warnings, [], "{text}");
        assert_shines(&entry, text);
    }
}

#[test]
fn link_definitions_as_metadata() {
    let text = "[#]: collector: (one)\n[#]: subject: \"The original\"\n[#]: via: (https://paper.example/lamp)\n\
                [#]: author: (Ada Byron https://paper.example/ada)\n\nThe translation\n======\n\nIt shines.\n";
    let entry = markdown(text);
    assert_eq!(entry.head.title.as_deref(), Some("The translation"));
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://paper.example/lamp")
    );
    assert_eq!(authors(&entry), ["Ada Byron"]);
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
}

#[test]
fn a_list_of_links_above_the_text_names_the_original() {
    let text = "> * 原文地址：[The lamp](https://paper.example/lamp)\n> * 原文作者：[Ada Byron](https://paper.example/ada)\n\
                > * 译者：[other](https://x.example)\n\n# 灯\n\n亮着。\n";
    let entry = markdown(text);
    assert_eq!(entry.head.title.as_deref(), Some("灯"));
    assert_eq!(
        entry.head.address.as_deref(),
        Some("https://paper.example/lamp")
    );
    assert_eq!(authors(&entry), ["Ada Byron"]);
}

#[test]
fn an_address_that_the_text_begins_or_ends_with() {
    for text in [
        "---\ntitle: a\n---\n原文：某报：~~[灯](https://paper.example/lamp)~~\n\n---\n\n亮着。\n",
        "---\ntitle: a\n---\n<https://paper.example/lamp>\n\nIt shines.\n",
        "---\ntitle: a\n---\nIt shines.\n\n------\n\nvia: https://paper.example/lamp\n\n作者：[Ada][a]\n\n[a]: https://paper.example/ada\n",
    ] {
        let entry = markdown(text);
        assert_eq!(
            entry.head.address.as_deref(),
            Some("https://paper.example/lamp"),
            "{text}"
        );
    }
    let entry = markdown("---\ntitle: a\n---\nSee [this](https://paper.example/lamp).\n");
    assert_eq!(
        entry.head.address, None,
        "a link in the text is no address of its own"
    );
}

#[test]
fn an_issue_with_its_author_and_day() {
    let entry = markdown("The lamp by Ada Byron\n------\n\n**2021-12-31**\n\nIt shines.\n");
    assert_eq!(entry.head.title.as_deref(), Some("The lamp"));
    assert_eq!(authors(&entry), ["Ada Byron"]);
    assert_eq!(written_time(&entry).as_deref(), Some("2021-12-31 00:00:00"));
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
}

#[test]
fn clippings_of_a_note_program() {
    let text = "---\ntitle: \"A \\\"b\\\"\"\nsource: \"https://paper.example/lamp\"\nauthor:\n  - \"[[Ada Byron]]\"\n\
                published: \ncreated: 2026-01-06\ntags:\n  - \"clippings\"\n  - \"sea\"\n---\nOne\ntwo\n";
    let entry = markdown(text);
    assert_eq!(entry.head.title.as_deref(), Some("A \"b\""));
    assert_eq!(authors(&entry), ["Ada Byron"]);
    assert_eq!(entry.head.tags, ["sea"]);
    assert_eq!(written_time(&entry).as_deref(), Some("2026-01-06 00:00:00"));
    assert!(
        super::html(&entry).contains("<br"),
        "each line end is shown"
    );
}

#[test]
fn a_wiki_writes_the_last_change_as_date() {
    let text = "---\ntitle: a\ndate: 2023-03-09T05:50:50.989Z\ndateCreated: 2022-01-02T00:00:00.000Z\n---\nb\n";
    let dates = understood(&markdown(text), &CleanSettings::default()).dates;
    let day = |date: Option<(offprint::model::Timestamp, _)>| date.unwrap().0.to_string();
    assert_eq!(day(dates.published), "2022-01-02T00:00:00Z");
    assert_eq!(day(dates.updated), "2023-03-09T05:50:50Z");
    assert_eq!(dates.updated.unwrap().1.name(), "front matter");
}

#[test]
fn names_of_files_and_folders_date_what_nothing_else_dates() {
    for (path, expected) in [
        ("posts/2021-12-31-lamp.md", Some("2021-12-31")),
        ("posts/20211231 The lamp.md", Some("2021-12-31")),
        ("posts/2021/12/31.md", Some("2021-12-31")),
        ("posts/2021/12/lamp.md", Some("2021-12-01")),
        ("posts/202112/lamp.md", Some("2021-12-01")),
        ("posts/lamp-2000.md", None),
        ("posts/99999999.md", None),
        ("posts/2021-13-45.md", None),
    ] {
        let found = written_time(&at(path, "It shines.\n"));
        let expected = expected.map(|day| format!("{day} 00:00:00"));
        assert_eq!(found, expected, "{path}");
    }
    let path = "+++\npath = \"2015/12/10/lamp\"\ntitle = \"a\"\n+++\nb\n";
    assert_eq!(
        written_time(&markdown(path)).as_deref(),
        Some("2015-12-10 00:00:00")
    );
    let title = "The lamp — 2017.06.21 edition\n=====\n\nIt shines.\n";
    assert_eq!(
        written_time(&markdown(title)).as_deref(),
        Some("2017-06-21 00:00:00")
    );
}

#[test]
fn the_first_heading_is_the_title_and_not_doubled() {
    let entry = markdown("# The lamp & *fog*\n\nIt shines.\n");
    assert_eq!(cleaned(&entry).article.title.as_str(), "The lamp & fog");
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
    let entry = markdown("---\ntitle: The lamp\n---\n# The lamp\n\nIt shines.\n");
    assert_eq!(cleaned(&entry).article.body.plain_text(), "It shines.");
    let entry = markdown("---\ntitle: The lamp\n---\n# Fog\n\nIt shines.\n");
    assert_eq!(cleaned(&entry).article.body.plain_text(), "Fog\nIt shines.");
}

#[test]
fn the_name_is_the_title_where_there_is_none() {
    let title = |path: &str| at(path, "It shines.\n").head.title.unwrap();
    assert_eq!(title("2021-12-31-the-lamp.md"), "the lamp");
    assert_eq!(title("a/The lamp-room.md"), "The lamp-room");
    assert_eq!(title("a/2021-12-31-the-lamp/index.md"), "the lamp");
    assert_eq!(title("2021-12-31.md"), "2021 12 31");
}

#[test]
fn the_picture_of_the_front_matter_stands_above_the_text_once() {
    let front = "---\ntitle: a\nimage: https://paper.example/lamp.jpg\n---\n";
    let shown = |body: &str| {
        let entry = markdown(&format!("{front}{body}"));
        super::html(&entry).matches("lamp.jpg").count()
    };
    assert_eq!(shown("It shines.\n"), 1);
    assert_eq!(shown("![](https://other.example/lamp.jpg)\n"), 1);
}

#[test]
fn the_language_and_the_summary_that_the_front_matter_names() {
    let article = |text: &str| cleaned(&markdown(text)).article;
    let front = "---\ntitle: a\nlang: pt_BR\ndescription: What it &amp; the <i>sea</i> say.\n---\n";
    let found = article(&format!("{front}12345\n"));
    assert_eq!(found.language.unwrap().as_str(), "pt-BR");
    assert_eq!(found.summary.as_str(), "What it & the <i>sea</i> say.");
    // A text that plainly is in another language is believed.
    let english =
        "The lamp of the old lighthouse shines again, and the keeper was there. ".repeat(5);
    let found = article(&format!("{front}{english}\n"));
    assert_eq!(found.language.unwrap().as_str(), "en");
    let found = article("---\ntitle: a\ndescription: a\n---\nIt shines.\n");
    assert_eq!(found.summary.as_str(), "It shines.");
}

#[test]
fn a_file_is_told_by_its_content_and_its_name() {
    let sure = |name: &str, text: &str| sniff(&Markdown, text.as_bytes(), name);
    let post = "---\ntitle: a\ndate: 2021-12-31\n---\nText **b**\n";
    assert_eq!(sure("a.md", post), Confidence::Certain);
    assert_eq!(sure("a.markdown", post), Confidence::Certain);
    assert_eq!(sure("a.txt", post), Confidence::Certain);
    assert_eq!(sure("a.yml", post), Confidence::No);
    assert_eq!(sure("a.html", post), Confidence::No);
    assert_eq!(sure("a.md", "Text **b**\n"), Confidence::Maybe);
    assert_eq!(sure("a.txt", "Text **b**\n"), Confidence::No);
    for name in [
        "README.md",
        "readme.zh-Hans.md",
        "LICENSE.md",
        "CHANGELOG.md",
        "AGENTS.md",
    ] {
        assert_eq!(sure(name, "# About\n\nText\n"), Confidence::No, "{name}");
    }
    assert_eq!(sure("index.md", post), Confidence::Certain);
    assert_eq!(sure("index.md", "# Home\n"), Confidence::No);
    assert_eq!(sure("a.md", ""), Confidence::No);
    assert_eq!(sure("a.md", "# To do\n"), Confidence::No);
    assert_eq!(sure("a.md", "%PDF\0"), Confidence::No);
    for left_out in [
        "draft: true",
        "published: false",
        "layout: page",
        "status: draft",
    ] {
        let text = format!("---\ntitle: a\n{left_out}\n---\nText\n");
        assert_eq!(sure("a.md", &text), Confidence::No, "{left_out}");
    }
    assert_eq!(
        sure("post.md", "title: {{ title }}\ndate: {{ date }}\n---\n"),
        Confidence::No
    );
}

#[test]
fn the_body_decides_between_markdown_and_a_saved_page() {
    let front = "---\ntitle: a\ndate: 2021-12-31\nfrom: https://paper.example/lamp\n---\n";
    for (body, markdown) in [
        ("# Lamp\n\nIt **shines**.\n", true),
        ("It shines.\n\nBrightly.\n", true),
        ("<https://x.example>\n\n- a\n- b\n", true),
        (
            "<iframe src=\"https://x.example\"></iframe>\n\n# Lamp\n\n- a\n- b\n",
            true,
        ),
        ("<div><p>It shines.</p>\n<p>Brightly.</p></div>\n", false),
        ("<article class=\"post\">\n<p>Text</p></article>\n", false),
        ("", false),
    ] {
        let text = format!("{front}{body}");
        let sure = |reader: &dyn Reader| sniff(reader, text.as_bytes(), "a.md");
        assert_eq!(sure(&FrontMatter) < sure(&Markdown), markdown, "{body}");
        assert_eq!(sure(&Archive), Confidence::No);
    }
}

#[test]
fn a_body_that_is_markdown_is_never_printed_as_source() {
    let text = "---\ntitle: a\nfrom: https://paper.example/lamp\n---\n## Fog\n\nIt **shines**, see [b](https://b.example).\n";
    let reading = read(&FrontMatter, text.as_bytes());
    let article = cleaned(&reading.entries[0]).article;
    assert_eq!(article.body.plain_text(), "Fog\nIt shines, see b.");
}

#[test]
fn a_seed_is_no_markdown() {
    let seed = "<!--1640915226000-->\n[Title](https://example.org/1)\n------\n\n<p>Text</p>\n";
    assert_eq!(sniff(&Markdown, seed.as_bytes(), "1.md"), Confidence::No);
    let behind = format!("---\ntitle: a\ndate: 2021-12-31\n---\n{seed}");
    assert_eq!(sniff(&Markdown, behind.as_bytes(), "1.md"), Confidence::No);
}

#[test]
fn broken_front_matter_is_told_and_read_as_far_as_it_goes() {
    let codes = |text: &str| {
        let reading = read(&Markdown, text.as_bytes());
        assert_eq!(reading.entries.len(), 1, "{text}");
        assert_eq!(
            reading.entries[0].head.title.as_deref(),
            Some("a"),
            "{text}"
        );
        codes(&reading)
    };
    let code = Code::FrontMatterUnreadable;
    assert_eq!(codes("---\ntitle: a\n???\n---\nText\n"), [(code, Some(3))]);
    assert_eq!(codes("---\ntitle: a\nb: c\n\nText\n"), [(code, Some(1))]);
    assert_eq!(
        codes("+++\ntitle = \"a\"\nb = [\n+++\nText\n"),
        [(code, Some(1))]
    );
    assert_eq!(
        codes("---\n\n# a\n\n---\n\nText\n"),
        [],
        "two rules are no front matter"
    );
    let empty = read(&Markdown, b" \n");
    assert_eq!(super::codes(&empty), [(Code::HeaderMissing, Some(1))]);
}

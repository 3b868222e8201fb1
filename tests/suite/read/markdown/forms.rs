//! Forms that single programs write: they are shown as their program shows them.

use super::{at, shown};
use crate::command::Place;
use crate::images::samples;

fn shows(pairs: &[(&str, &str)]) {
    for (body, expected) in pairs {
        assert_eq!(shown(body), *expected, "{body}");
    }
}

#[test]
fn highlights_of_bear_are_marked_and_paths_of_programs_are_not() {
    shows(&[
        (
            "Some ::marked words:: here, and \"::two::\".",
            "Some marked words here, and \"two\".",
        ),
        (
            "A `code ::x:: y` and std::vec::Vec, a :: b :: c.",
            "A code ::x:: y and std::vec::Vec, a :: b :: c.",
        ),
        (
            "Before\n\n```\nlet a ::b:: c\n```\n",
            "Before\nlet a ::b:: c",
        ),
    ]);
}

#[test]
fn names_of_blocks_are_no_text_in_lists_either() {
    shows(&[
        (
            "- one ^a1b2c3\n- two ^d4e5f6\n\nAfter. ^a9b8c7\n",
            "one\ntwo\nAfter.",
        ),
        ("1. one ^a1b2c3\n2. two\n", "one\ntwo"),
        ("- x ^2\n- y ^10\n", "x ^2\ny ^10"),
    ]);
}

#[test]
fn a_block_that_logseq_names_is_shown_where_its_name_stands() {
    shows(&[
        (
            "- The lamp shines\n  id:: 61c0a1b2-0000-4000\n- As said: ((61c0a1b2-0000-4000)) and ((61c0a1b2-none))\n",
            "The lamp shines\nAs said: The lamp shines and ((61c0a1b2-none))",
        ),
        ("- It is ((so)).\n", "It is ((so))."),
    ]);
}

#[test]
fn tasks_of_roam_and_links_of_foam_show_what_they_say() {
    shows(&[
        ("- {{[[TODO]]}} Oil\n- {{[[DONE]]}} Wick\n", "☐ Oil\n☑ Wick"),
        (
            "See content-inline![[Lamp]] and full-card![[Fog]].",
            "See Lamp and Fog.",
        ),
    ]);
}

#[test]
fn lines_of_omnivore_about_itself_are_no_text() {
    let text = "---\ntitle: Lamp\n---\n\n# Lamp\n#Omnivore\n\n[Read on Omnivore](https://omnivore.app/me/x)\n[Read Original](https://o.example/a)\n\nIt shines.\n";
    let html = at("a.md", text).markup.as_str().to_owned();
    assert!(
        html.contains("It shines.") && !html.contains("mnivore") && !html.contains("Original"),
        "{html}"
    );
}

#[test]
fn links_of_dendron_have_their_words_first() {
    let text = |front: &str| format!("---\n{front}\n---\nSee [[the lamp|blog.lamp]] there.\n");
    let dendron = "id: abc\ntitle: A\ndesc: ''\nupdated: 1640915065000\ncreated: 1640911465000";
    for (front, words) in [
        (dendron, "See the lamp there."),
        ("title: A\nid: abc", "See blog.lamp there."),
    ] {
        let html = at("a.md", &text(front)).markup.as_str().to_owned();
        assert!(html.contains(words), "{html}");
    }
}

#[test]
fn the_id_that_notion_puts_behind_a_name_is_no_title() {
    for (name, title) in [
        ("My page 0123456789abcdef0123456789abcdef.md", "My page"),
        (
            "2021-12-31 Lamp 0123456789ABCDEF0123456789abcdef.md",
            "Lamp",
        ),
        ("Lamp 0123456789abcdef.md", "Lamp 0123456789abcdef"),
    ] {
        assert_eq!(at(name, "It shines.\n").head.title.as_deref(), Some(title));
    }
}

#[test]
fn a_folder_that_is_an_articles_own_is_no_source() {
    let entry = at("posts/lamp/index.md", "---\ntitle: A\n---\nIt shines.\n");
    assert_eq!(entry.head.folders, ["posts"]);
    let entry = at("posts/lamp/notes.md", "---\ntitle: A\n---\nIt shines.\n");
    assert_eq!(entry.head.folders, ["posts", "lamp"]);
}

#[test]
fn captions_of_hugo_are_markdown() {
    let body = "{{< figure src=\"https://a.example/l.png\" caption=\"The *old* lamp\" >}}";
    let html = at(
        "a.md",
        &format!("---\ntitle: A\n---\nIt shines.\n\n{body}\n"),
    )
    .markup
    .as_str()
    .to_owned();
    assert!(html.contains("<em>old</em>"), "{html}");
}

#[test]
fn pictures_lie_where_a_programs_front_matter_and_references_say() {
    let front =
        |fields: &str| format!("---\ntitle: A\ndate: 2021-12-31\n{fields}\n---\nIt shines.\n\n");
    for (file, fields, reference, picture) in [
        (
            "_posts/a.md",
            "media_subpath: /assets/img/lamp",
            "one.jpg",
            "assets/img/lamp/one.jpg",
        ),
        (
            "_posts/a.md",
            "img_path: '/assets/img/lamp/'",
            "one.jpg",
            "assets/img/lamp/one.jpg",
        ),
        (
            "_posts/a.md",
            "img_path: assets/img",
            "sub/one.jpg",
            "assets/img/sub/one.jpg",
        ),
        (
            "_posts/a.md",
            "img_path: /assets/img/",
            "/other/one.jpg",
            "other/one.jpg",
        ),
        (
            "notes/a.md",
            "typora-root-url: ../media",
            "/one.jpg",
            "media/one.jpg",
        ),
        (
            "posts/a.md",
            "url: https://g.example/a/",
            "__GHOST_URL__/content/images/one.jpg",
            "content/images/one.jpg",
        ),
        (
            "notes/a.md",
            "x: y",
            ":/0123456789abcdef0123456789abcdef",
            "resources/0123456789abcdef0123456789abcdef.jpg",
        ),
        (
            "a.md",
            "x: y",
            ":/0123456789abcdef0123456789abcdef",
            "_resources/0123456789abcdef0123456789abcdef.jpg",
        ),
    ] {
        let place = Place::empty();
        place.write(
            &format!("articles/{file}"),
            front(fields) + &format!("![A lamp]({reference})\n"),
        );
        place.write(&format!("articles/{picture}"), samples::jpeg(40, 30));
        let report = place.report(&["-t", "epub"]);
        assert_eq!(
            report["images"]["embedded"], 1,
            "{fields} {reference}: {report}"
        );
    }
}

#[test]
fn drafts_are_named_where_there_is_nothing_else() {
    for front in [
        "---\ntitle: A\ndraft: true\n---\n",
        "+++\ntitle = 'A'\ndraft = true\n+++\n",
        "---\ntitle: A\npublished: false\n---\n",
    ] {
        let place = Place::empty();
        place.write("articles/a.md", format!("{front}It shines.\n"));
        let run = place.build(&[]).code(2);
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(
            said.contains("to be: a draft") && said.contains("not published"),
            "{said}"
        );
    }
}

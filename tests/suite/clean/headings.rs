//! What headings say, and what titles are made of.

use super::sketch;
use crate::understanding::{Understood, understand};
use offprint::{Registry, Settings};

const PROSE: &str = "<p>The council met on Monday, and it took three hours, as everyone had feared, for the \
                     lamp had gone out, and nobody had any oil.</p>";

fn one(page: &str) -> Understood {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    let settings = Settings::for_inputs([folder.path()]);
    let (mut articles, _) = understand(&Registry::standard(), &settings).unwrap();
    articles.remove(0)
}

#[test]
fn the_sign_to_copy_a_link_by_is_no_part_of_the_title() {
    for sign in ["¶", "#", "§", "🔗", "\u{200b}¶"] {
        for link in [
            format!("<a class=headerlink href='#i'>{sign}</a>"),
            format!("<a aria-label='Link' href='https://docs.example/i#top'>{sign}</a>"),
        ] {
            let heading = format!("<h1>Install the thing{link}</h1>");
            let page = format!(
                "<html><head><title>Install the thing</title></head><body><main>{heading}{PROSE}{PROSE}{PROSE}</main></body></html>"
            );
            let article = one(&page).cleaned.article;
            assert_eq!(&*article.title, "Install the thing", "{link}");
            assert!(!article.body.plain_text().contains("Install"), "{link}");
        }
    }
    // Words are not signs, and signs that lead nowhere are words.
    for heading in ["About C#", "Rule <a href='#r'>12</a>", "Paragraph § 5"] {
        let page = format!(
            "<html><body><main><h1>{heading}</h1>{PROSE}{PROSE}{PROSE}</main></body></html>"
        );
        let said = heading.replace("<a href='#r'>", "").replace("</a>", "");
        assert_eq!(*one(&page).cleaned.article.title, *said);
    }
}

#[test]
fn links_to_edit_a_section_are_no_part_of_its_heading() {
    for links in [
        "<span class='mw-editsection'>[<a href='?edit'>edit</a>]</span>",
        "<span class='editsection'>[<a href='/w/i.php?title=A&amp;action=edit'>Bearbeiten</a>]</span>",
        "<span>[<a href='/w/i.php?title=A&amp;action=edit&amp;section=1'>编辑</a>]</span>",
        "<small>[<a href='/a/edit'>edit</a> | <a href='/a?mode=edit'>edit source</a>]</small>",
    ] {
        for level in 2..=4 {
            let shown = sketch(&format!(
                "<p>One.</p><h{level}><span>History</span>{links}</h{level}><p>Two.</p>"
            ));
            assert_eq!(shown, "p One.\nh2 History\np Two.", "{links}");
        }
    }
    let source = "<p>One.</p><h2>History [<a href='/editions'>1</a>]</h2><p>Two.</p>";
    assert!(sketch(source).contains("[1]") || sketch(source).contains("History ["));
}

#[test]
fn the_name_of_a_site_leaves_a_title_of_which_a_line_says_the_rest() {
    let page = |title: &str, lines: &str| {
        format!(
            "<html><head><title>{title}</title></head><body>{lines}<div>{PROSE}{PROSE}{PROSE}</div></body></html>"
        )
    };
    for title in [
        "港口的冬天_新闻网",
        "港口的冬天_社会_新闻网",
        "港口的冬天 | 新闻网",
        "港口的冬天｜新闻网",
    ] {
        let said = page(
            title,
            "<div><a href='/'>新闻网</a></div><div class=title>港口的冬天</div>",
        );
        assert_eq!(&*one(&said).cleaned.article.title, "港口的冬天");
        // A line that leads somewhere may be the site's.
        let linked = page(title, "<div><a href='/'>港口的冬天</a></div>");
        assert_eq!(&*one(&linked).cleaned.article.title, title);
        let both = page(title, "<div>新闻网</div><div>港口的冬天</div>");
        assert_eq!(&*one(&both).cleaned.article.title, title);
    }
}

#[test]
fn a_heading_that_repeats_the_title_goes_below_a_menu_and_a_picture() {
    let above = [
        "<ul><li><a href='/a'>News</a></li><li><a href='/b'>Sport</a></li></ul>",
        "<p><a href='/'>The Paper</a></p>",
        "<p><img src='/lead.png' width=600 height=400></p>",
        "<p>Photo: Bo</p>",
    ];
    for count in 0..=above.len() {
        let above: String = above.iter().copied().take(count).collect();
        let shown = sketch(&format!("{above}<h1>A title</h1>{PROSE}{PROSE}"));
        assert!(!shown.contains("A title"), "{shown}");
    }
    let below = sketch(&format!("{PROSE}{PROSE}{PROSE}<h2>A title</h2>{PROSE}"));
    assert!(below.contains("A title"), "{below}");
}

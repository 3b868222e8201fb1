//! Tables of contents: headings below their article, and pages of a bearable length.

use super::library::{Opened, elements, publication, settings, write};
use super::samples::{article, paragraph, text, with};
use offprint::model::{Article, Block, Heading, HeadingLevel, Pictures};
use offprint::settings::{BookSettings, Split, WriteSettings};

fn section(level: u8, title: &str) -> Block {
    Block::Heading(Heading {
        level: HeadingLevel::nearest(level),
        content: text(title),
    })
}

fn guide() -> Article {
    let blocks = vec![
        paragraph("Before all."),
        section(2, "Chapter one"),
        section(3, "Part 1.1"),
        paragraph("Words."),
        section(2, "Chapter two"),
        section(3, "Part 2.1"),
        section(4, "Detail"),
        section(3, "Part 2.2"),
        paragraph("Words."),
    ];
    let article = article(
        "https://guide.example/all",
        "A long guide",
        "2021-12-31T10:00:00Z",
    );
    with(article, blocks)
}

fn book(articles: Vec<Article>, settings: &WriteSettings) -> Opened {
    let files = write(articles, &Pictures::default(), &publication(), settings, 2);
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    book
}

/// The navigation document's labels of sections, in order, each as often indented as it nests.
fn sections(book: &Opened) -> Vec<String> {
    let navigation = book.text("nav.xhtml");
    let (toc, _) = navigation.split_once("</nav>").unwrap();
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for part in toc.split('<').skip(1) {
        if part.starts_with("ol") {
            depth += 1;
        } else if part.starts_with("/ol") {
            depth -= 1;
        } else if part.starts_with("a ") && part.contains("#section-") {
            let label = part.split_once('>').unwrap().1;
            found.push(format!("{depth} {label}"));
        }
    }
    let first = found.first().map_or(0, |first| first[..1].parse().unwrap());
    let relative = |label: String| {
        let depth: usize = label[..1].parse().unwrap();
        format!("{}{}", "> ".repeat(depth - first), &label[2..])
    };
    found.into_iter().map(relative).collect()
}

fn with_depth(depth: u8) -> WriteSettings {
    let mut settings = settings();
    settings.get_mut::<BookSettings>().contents_depth = Some(depth);
    settings
}

#[test]
fn book_21_headings_stand_below_their_article_to_a_depth() {
    let cases: [(WriteSettings, &[&str]); 4] = [
        (settings(), &["Chapter one", "Chapter two"]),
        (with_depth(0), &[]),
        (
            with_depth(2),
            &[
                "Chapter one",
                "> Part 1.1",
                "Chapter two",
                "> Part 2.1",
                "> Part 2.2",
            ],
        ),
        (
            with_depth(5),
            &[
                "Chapter one",
                "> Part 1.1",
                "Chapter two",
                "> Part 2.1",
                "> > Detail",
                "> Part 2.2",
            ],
        ),
    ];
    for (settings, expected) in cases {
        let book = book(vec![guide()], &settings);
        assert_eq!(sections(&book), expected);
        let listed = book.text("toc.ncx").matches("#section-").count();
        assert_eq!(listed, expected.len());
    }
}

/// Articles of one day.
fn many(count: usize, day: u32) -> Vec<Article> {
    let one = |number: usize| {
        let link = format!("https://news.example/{day}-{number}");
        let date = format!("2021-12-{day:02}T{:02}:{:02}:00Z", number / 60, number % 60);
        article(&link, &format!("Article {number}"), &date)
    };
    (0..count).map(one).collect()
}

#[test]
fn book_21_books_of_many_articles_have_no_headings_in_their_contents_unless_asked_for() {
    let mut articles = many(199, 30);
    articles.push(guide());
    assert_eq!(sections(&book(articles.clone(), &settings())).len(), 0);
    assert_eq!(sections(&book(articles.clone(), &with_depth(1))).len(), 2);
    articles.remove(0);
    assert_eq!(sections(&book(articles, &settings())).len(), 2);
}

#[test]
fn book_21_no_page_of_the_contents_lists_more_than_two_hundred_chapters() {
    let mut articles = many(450, 29);
    articles.extend(many(30, 30));
    let mut by_month = settings();
    by_month.get_mut::<BookSettings>().split = Split::Month;
    for (settings, name) in [
        (settings(), "archive.epub"),
        (by_month, "archive-2021-12.epub"),
    ] {
        let files = write(
            articles.clone(),
            &Pictures::default(),
            &publication(),
            &settings,
            2,
        );
        let book = Opened::new(&files[name]);
        book.check();
        let mut listed = 0;
        let mut pages: Vec<String> = vec!["contents.xhtml".to_owned()];
        let mut seen = 0;
        while let Some(page) = pages.get(seen).cloned() {
            seen += 1;
            let markup = book.text(&page);
            let links = elements(&markup, "a");
            assert!(links.len() <= 201, "{page}: {}", links.len());
            for link in links {
                let path = link["href"].trim_start_matches("../").to_owned();
                if path.contains("part-") && !pages.contains(&path) {
                    pages.push(path);
                } else {
                    listed += usize::from(!path.contains("part-"));
                }
            }
        }
        assert_eq!(pages.len(), 5, "{pages:?}");
        assert_eq!(listed, 480);
    }
}

//! What a page of a book is set by: sizes of pictures, dates and names in texts of any direction.

use super::library::{Opened, elements, publication, settings, write};
use super::samples::{
    article, figure, image, in_language, paragraph, picture, pictures, text, with,
};
use offprint::model::{Article, Block, Inline, Pictures, Zone};

fn made(articles: Vec<Article>, pictures: &Pictures, zone: Zone) -> Opened {
    let mut publication = publication();
    publication.zone = zone;
    publication.author = Some("نجمة".into());
    let files = write(articles, pictures, &publication, &settings(), 3);
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    book
}

fn one(article: Article) -> Opened {
    made(vec![article], &Pictures::default(), Zone::UTC)
}

#[test]
fn fault_20_no_picture_in_a_book_has_a_fixed_size() {
    let (wide, small) = ("https://i.example/wide.jpg", "https://i.example/small.jpg");
    let pictures = pictures(&[
        (wide, picture(800, 600, [90, 90, 60])),
        (small, picture(20, 20, [9, 90, 60])),
    ]);
    let line = [text("a "), vec![Inline::Image(image(small, "dot"))]].concat();
    let article = with(
        article("https://news.example/a", "Sizes", "2021-12-31T01:44:25Z"),
        vec![figure(wide, "a disc", "A disc."), Block::Paragraph(line)],
    );
    let book = made(vec![article], &pictures, Zone::UTC);
    for path in ["cover.xhtml", book.chapters()[0]] {
        let shown = elements(&book.text(path), "img");
        assert!(!shown.is_empty(), "{path}");
        for picture in shown {
            assert!(
                !picture.contains_key("width") && !picture.contains_key("height"),
                "{picture:?}"
            );
        }
    }
}

#[test]
fn fault_22_times_are_in_the_language_and_the_zone_without_its_name() {
    for (tag, zone, shown) in [
        ("zh-Hans", Zone::UTC, "2021年12月31日 01:44"),
        ("zh-Hans", Zone::Asia__Shanghai, "2021年12月31日 09:44"),
        ("en-GB", Zone::UTC, "31 December 2021, 01:44"),
        ("de", Zone::Europe__Berlin, "31. Dezember 2021, 02:44 Uhr"),
        ("ko", Zone::Asia__Seoul, "2021년 12월 31일, 오전 10:44"),
        // In numbers, where the language's words are not known.
        ("it", Zone::Europe__Rome, "2021-12-31 02:44"),
        ("sv", Zone::UTC, "2021-12-31 01:44"),
    ] {
        let article = article("https://news.example/a", "Times", "2021-12-31T01:44:25Z");
        let book = made(vec![in_language(article, tag)], &Pictures::default(), zone);
        let chapter = book.chapter();
        assert!(
            chapter.contains(&format!(">{shown}</time>")),
            "{tag}: {chapter}"
        );
        let colophon = book.text("colophon.xhtml");
        assert!(colophon.contains(zone.name()), "{colophon}");
    }
}

#[test]
fn fault_22_names_and_dates_are_isolated_where_directions_meet() {
    let named = |tag: &str, author: &str, source: &str| {
        let mut article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
        article.authors = vec![author.into()];
        article.source.name = source.into();
        in_language(article, tag)
    };
    let book = one(named("en", "ليلى النخلي", "الواحة 24"));
    let chapter = book.chapter();
    let byline = "<bdi>الواحة 24</bdi></a> · <bdi>ليلى النخلي</bdi> · <time";
    assert!(chapter.contains(byline), "{chapter}");
    assert!(chapter.contains(">31 December 2021, 01:44</time>"));
    assert!(book.text("colophon.xhtml").contains("<bdi>الواحة 24</bdi>"));
    let title = book.text("title.xhtml");
    assert!(
        title.contains("<bdi>الواحة 24</bdi>") && title.contains("<bdi>نجمة</bdi>"),
        "{title}"
    );
    for tag in ["ar", "he"] {
        let book = one(named(tag, "Ann (Jr.)", "News 24"));
        let chapter = book.chapter();
        // In words of another language, which run the other way, the host needs nothing.
        let host = match tag {
            "ar" => "<bdi>news.example</bdi>",
            _ => {
                "lang=\"en\" xml:lang=\"en\" dir=\"ltr\"><a href=\"https://news.example/a\">Original: news.example</a>"
            }
        };
        for isolated in ["<bdi>News 24</bdi>", "<bdi>Ann (Jr.)</bdi>", host] {
            assert!(
                chapter.contains(isolated),
                "{tag}: no {isolated} in {chapter}"
            );
        }
        let (_, time) = chapter.split_once("<time").unwrap();
        let (_, time) = time.split_once('>').unwrap();
        assert!(time.starts_with("<bdi>"), "{time}");
        assert!(book.text("colophon.xhtml").contains("<bdi>News 24</bdi>"));
    }
    let plain = one(named("en", "Ann Author", "News 24"));
    assert!(!plain.chapter().contains("<bdi>"));
}

#[test]
fn what_is_said_of_a_missing_picture_is_isolated_in_a_text_from_right_to_left() {
    let shown = |tag: &str, words: &str| {
        let blocks = vec![figure("https://i.example/a.jpg", words, ""), paragraph("x")];
        let article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
        one(with(in_language(article, tag), blocks)).chapter()
    };
    let host = shown("ar", "");
    assert!(host.contains("<bdi>صورة: i.example</bdi>"), "{host}");
    let name = shown("en", "نجمة (2)");
    assert!(name.contains(">Picture: <bdi>نجمة (2)</bdi></a>"), "{name}");
    let plain = shown("en", "a star (2)");
    assert!(plain.contains(">Picture: a star (2)</a>"), "{plain}");
}

/// A table with one row of heads; `wide` columns.
fn table(wide: usize, spanned: bool) -> Block {
    use offprint::model::{Cell, Table};
    let cell = |header: bool, words: String| Cell {
        header,
        content: vec![paragraph(&words)],
        columns: 1,
        rows: 1,
        ..Cell::default()
    };
    let head = (0..wide).map(|column| cell(true, format!("Head {column}")));
    let mut row: Vec<Cell> = (0..wide)
        .map(|column| cell(false, format!("cell {column}")))
        .collect();
    if spanned {
        row.pop();
        row[0].columns = 2;
    }
    Block::Table(Table {
        rows: vec![head.collect(), row],
        ..Table::default()
    })
}

#[test]
fn the_cells_of_a_wide_table_name_their_columns() {
    let chapter = |wide: usize, spanned: bool| {
        let article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
        one(with(article, vec![table(wide, spanned)])).chapter()
    };
    let wide = chapter(7, false);
    assert!(wide.contains("<table class=\"wide stacked\">"), "{wide}");
    assert!(wide.contains("<th scope=\"col\">Head 2</th>"), "{wide}");
    assert!(
        wide.contains("<td data-label=\"Head 2\">cell 2</td>"),
        "{wide}"
    );
    // Where a cell belongs to two columns, a card would say something else.
    let spanned = chapter(7, true);
    assert!(
        spanned.contains("<table class=\"wide\">") && !spanned.contains("data-label"),
        "{spanned}"
    );
    assert!(!chapter(3, false).contains("class=\"wide"));
}

#[test]
fn fault_22_a_portrait_picture_that_leads_leaves_room_for_the_title() {
    let high = "https://i.example/high.jpg";
    let (wide, small) = ("https://i.example/wide.jpg", "https://i.example/small.jpg");
    let pictures = pictures(&[
        (high, picture(600, 900, [90, 90, 60])),
        (wide, picture(900, 600, [90, 90, 60])),
        (small, picture(60, 90, [90, 90, 60])),
    ]);
    let blocks = vec![
        figure(high, "a disc", ""),
        paragraph("x"),
        figure(wide, "a disc", ""),
    ];
    let article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
    let book = made(vec![with(article, blocks)], &pictures, Zone::UTC);
    let chapter = book.chapter();
    assert!(
        chapter.contains("</header>\n<figure class=\"picture tall\">"),
        "{chapter}"
    );
    assert!(chapter.contains("<figure class=\"picture\">"), "{chapter}");
    let style = book.text("stylesheet.css");
    assert!(style.contains("header + figure.tall img"));
    // A small one is not made larger.
    let blocks = vec![figure(small, "a disc", "")];
    let article = self::article("https://news.example/b", "Title", "2021-12-31T01:44:25Z");
    let book = made(vec![with(article, blocks)], &pictures, Zone::UTC);
    assert!(book.chapter().contains("<figure class=\"picture\">"));
}

#[test]
fn the_line_below_the_title_leads_to_the_page_that_was_read() {
    let article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
    let chapter = one(article).chapter();
    let byline = elements(&chapter, "a").remove(0);
    assert_eq!(byline["href"], "https://news.example/a");
    assert!(chapter.find("byline").unwrap() < chapter.find("href=\"https").unwrap());
}

#[test]
fn the_lines_of_verse_begin_at_one_place() {
    let text = |line: &str| Inline::Text(line.into());
    let strong = Inline::Strong(vec![text("a"), Inline::Break, text("b")]);
    for verse in [
        vec![text("a"), Inline::Break, text("\u{a0}b")],
        vec![strong],
    ] {
        let blocks = vec![paragraph("x"), Block::Paragraph(verse), paragraph("y")];
        let article = article("https://news.example/a", "Title", "2021-12-31T01:44:25Z");
        let book = one(with(article, blocks));
        let chapter = book.chapter();
        assert_eq!(
            chapter.matches("<p class=\"lines\">").count(),
            1,
            "{chapter}"
        );
        assert!(chapter.contains("<p>x</p>"), "{chapter}");
    }
}

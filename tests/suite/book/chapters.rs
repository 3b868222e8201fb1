//! What becomes of an article.

use super::library::{Files, Opened, elements, publication, settings, write};
use super::samples::*;
use offprint::model::*;
use offprint::settings::{BookSettings, Split, WriteSettings};

fn book(articles: Vec<Article>, settings: &WriteSettings) -> Opened {
    let files: Files = write(articles, &Pictures::default(), &publication(), settings, 4);
    let opened = Opened::new(files.get("archive.epub").unwrap());
    opened.check();
    opened
}

fn link_to(target: Target, words: &str) -> Inline {
    Inline::Link(Link {
        target,
        content: text(words),
    })
}

#[test]
fn hostile_39_links_between_articles_of_the_volume_stay_inside() {
    let there = "https://news.example/there?utm_source=x#part";
    let gone = "https://news.example/gone";
    let here = with(
        article("https://news.example/here", "Here", "2021-12-31T10:00:00Z"),
        vec![Block::Paragraph(vec![
            link_to(Target::Address(address(there)), "there"),
            link_to(Target::Address(address(gone)), "gone"),
            link_to(Target::Fragment(AnchorName::numbered(7)), "nowhere"),
        ])],
    );
    let other = article(
        "http://news.example/there/",
        "There",
        "2021-12-30T10:00:00Z",
    );
    let book = book(vec![here, other], &settings());
    let chapters = book.chapters();
    let text = book.text(chapters[1]);
    let file = chapters[0].strip_prefix("text/").unwrap();
    assert!(
        text.contains(&format!("<a href=\"{file}\">there</a>")),
        "{text}"
    );
    assert!(text.contains("<a href=\"https://news.example/gone\">gone</a>"));
    assert!(text.contains("nowhere</p>"));
}

#[test]
fn links_to_other_volumes_lead_to_the_web() {
    let here = with(
        article("https://news.example/here", "Here", "2021-12-31T10:00:00Z"),
        vec![Block::Paragraph(vec![link_to(
            Target::Address(address("https://news.example/there")),
            "there",
        )])],
    );
    let other = article(
        "https://news.example/there",
        "There",
        "2022-01-01T10:00:00Z",
    );
    let mut settings = settings();
    settings.get_mut::<BookSettings>().split = Split::Month;
    let files = write(
        vec![here, other],
        &Pictures::default(),
        &publication(),
        &settings,
        4,
    );
    let book = Opened::new(&files["archive-2021-12.epub"]);
    book.check();
    assert!(
        book.chapter()
            .contains("<a href=\"https://news.example/there\">there</a>")
    );
}

#[test]
fn links_between_articles_that_share_a_volume_cut_by_size_stay_inside() {
    let day = |number: u32| format!("2021-12-{:02}T10:00:00Z", number + 1);
    let link_of = |number: u32| format!("https://news.example/{number}?a=1&b=2");
    let one = |number: u32| {
        let links = [number.wrapping_sub(1), number + 1, 0, 8].map(|to| {
            let target = Target::Address(address(&link_of(to)));
            link_to(target, &format!("to {to}"))
        });
        let long: String = (0..3_000)
            .map(|place| char::from(b'a' + (place * place * (number + 3) % 23) as u8))
            .collect();
        let blocks = vec![Block::Paragraph(links.to_vec()), paragraph(&long)];
        with(article(&link_of(number), "One", &day(number)), blocks)
    };
    let mut settings = settings();
    settings.get_mut::<BookSettings>().split = Split::Size;
    settings.get_mut::<BookSettings>().max_size = Some(34_000);
    let articles: Vec<Article> = (0..9).map(one).collect();
    let files = write(articles, &Pictures::default(), &publication(), &settings, 4);
    let (mut inside, mut outside) = (0, 0);
    for (_, bytes) in files.iter().filter(|(name, _)| name.ends_with(".epub")) {
        assert!(bytes.len() <= 34_000);
        let book = Opened::new(bytes);
        book.check();
        for path in book.chapters() {
            let text = book.text(path);
            assert!(!text.contains('\u{1}'));
            // The links of the text, not those to the neighbours.
            let (text, _) = text.split_once("<nav").unwrap();
            inside += text.matches(".xhtml\">to ").count();
            outside += text.matches("?a=1&amp;b=2\">to ").count();
        }
    }
    assert!(
        inside > 0 && outside > 9,
        "{inside} inside, {outside} outside"
    );
}

#[test]
fn labels_of_the_contents_name_their_language() {
    let arabic = in_language(
        article("https://news.example/a", "البحيرة", "2021-12-31T01:44:25Z"),
        "ar",
    );
    let english = article("https://news.example/b", "A Ferry", "2021-12-31T02:44:25Z");
    let another = article("https://news.example/c", "A Pier", "2021-12-31T03:44:25Z");
    let book = book(vec![arabic, english, another], &settings());
    let navigation = book.text("nav.xhtml");
    assert!(navigation.contains("lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">البحيرة</a>"));
    let marked = elements(&navigation, "a");
    let marked = marked.iter().filter(|link| link.contains_key("lang"));
    assert_eq!(marked.count(), 1, "{navigation}");
}

#[test]
fn hostile_29_long_articles_are_split_at_blocks_and_their_links_follow() {
    let note = AnchorName::numbered(1);
    let back = AnchorName::numbered(2);
    let mut blocks = vec![Block::Paragraph(vec![
        Inline::Anchor(back.clone()),
        link_to(Target::Fragment(note.clone()), "to the note"),
    ])];
    let long = "A sentence of some length that says nothing. ".repeat(40);
    blocks.extend((0..300).map(|_| paragraph(&long)));
    blocks.push(heading("Notes & sources"));
    blocks.push(heading("Thanks"));
    blocks.push(Block::Paragraph(vec![
        Inline::Anchor(note),
        link_to(Target::Fragment(back), "back"),
    ]));
    let mut article = article("https://news.example/long", "Long", "2021-12-31T10:00:00Z");
    article.rights = Some("© Example".into());
    let book = book(vec![with(article, blocks)], &settings());
    let documents = book.chapters();
    assert_eq!(documents.len(), 3, "{documents:?}");
    let texts: Vec<String> = documents.iter().map(|path| book.text(path)).collect();
    assert!(texts.iter().all(|text| text.len() < 260_000));
    let third = documents
        .iter()
        .find(|path| path.ends_with("-3.xhtml"))
        .unwrap();
    let file = third.strip_prefix("text/").unwrap();
    let first = texts
        .iter()
        .find(|text| text.contains("to the note"))
        .unwrap();
    assert!(first.contains(&format!("href=\"{file}#note-1\"")));
    assert!(!first.contains("neighbours"));
    let last = book.text(third);
    assert!(last.contains("© Example") && last.contains("neighbours"));
    let navigation = book.text("nav.xhtml");
    assert!(navigation.contains(&format!("{third}#section-1\">Notes &amp; sources</a>")));
}

#[test]
fn hostile_40_a_picture_that_cannot_be_had_leaves_its_words_and_a_link() {
    let blocks = vec![figure(
        "https://gone.invalid/x.jpg",
        "A pier",
        "The pier in 1960.",
    )];
    let article = article("https://news.example/a", "A", "2021-12-31T10:00:00Z");
    let text = book(vec![with(article, blocks)], &settings()).chapter();
    assert!(!text.contains("<img"));
    assert!(text.contains("A pier") && text.contains("The pier in 1960."));
    assert!(text.contains("href=\"https://gone.invalid/x.jpg\""));
}

#[test]
fn words_in_the_place_of_a_picture_do_not_repeat_its_caption() {
    let blocks = vec![figure(
        "https://gone.invalid/x.jpg",
        "A pier",
        "Ada Keeper, A pier in 1960.",
    )];
    let article = article("https://news.example/a", "A", "2021-12-31T10:00:00Z");
    let text = book(vec![with(article, blocks)], &settings()).chapter();
    assert_eq!(text.matches("A pier").count(), 1, "{text}");
    assert!(text.contains("Picture: gone.invalid"), "{text}");
}

#[test]
fn dots_of_emphasis_are_for_words_in_chinese() {
    let stressed = |words: &str| Block::Paragraph(vec![Inline::Emphasis(text(words))]);
    let passage = "一个很长的段落，整段都是强调，每个字上都有一个点就没有人想读它了。";
    let blocks = vec![stressed("绝不"), stressed("Nature"), stressed(passage)];
    let chapter = |tag: &str| {
        let article = article("https://news.example/a", "A", "2021-12-31T10:00:00Z");
        let article = with(in_language(article, tag), blocks.clone());
        book(vec![article], &settings()).chapter()
    };
    let chinese = chapter("zh-Hans");
    assert!(chinese.contains("<em>绝不</em>"), "{chinese}");
    assert!(
        chinese.contains("<em class=\"foreign\">Nature</em>"),
        "{chinese}"
    );
    assert!(
        chinese.contains(&format!("<em class=\"passage\">{passage}</em>")),
        "{chinese}"
    );
    assert!(!chapter("en").contains("<em class"));
}

#[test]
fn the_author_of_a_book_is_the_source_of_most_articles_or_the_publication() {
    let from = |number: usize, source: &str| {
        let link = format!("https://{source}.example/{number}");
        let mut article = article(&link, "A", "2021-12-31T10:00:00Z");
        article.source.name = source.into();
        article
    };
    let creator = |sources: &[&str]| {
        let articles = sources
            .iter()
            .enumerate()
            .map(|(at, source)| from(at, source));
        let mut publication = publication();
        publication.author = None;
        let files = write(
            articles.collect(),
            &Pictures::default(),
            &publication,
            &settings(),
            4,
        );
        let package = Opened::new(files.get("archive.epub").unwrap()).package();
        let creators = elements(&package, "dc:creator").len();
        assert_eq!(creators, 1);
        package
    };
    assert!(creator(&["a", "b", "a"]).contains(">a</dc:creator>"));
    let title = publication().title().to_string();
    assert!(creator(&["a", "b"]).contains(&format!(">{title}</dc:creator>")));
}

#[test]
fn hostile_54_a_picture_is_stored_once_however_often_it_is_shown() {
    let one = picture(300, 200, [90, 20, 20]);
    let pictures = pictures(&[
        ("https://i.example/a.jpg", one.clone()),
        ("https://i.example/b.jpg", one),
    ]);
    let shows = |link: &str, source: &str| {
        let article = article(link, "Shows it", "2021-12-31T10:00:00Z");
        with(
            article,
            vec![figure(source, "", ""), figure(source, "", "")],
        )
    };
    let articles = vec![
        shows("https://news.example/1", "https://i.example/a.jpg"),
        shows("https://news.example/2", "https://i.example/b.jpg"),
    ];
    let files = write(articles, &pictures, &publication(), &settings(), 4);
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    let stored = book.names.iter().filter(|name| name.contains("/images/"));
    assert_eq!(stored.count(), 2, "the picture and the cover");
}

#[test]
fn hostile_20_titles_of_any_kind_are_shown_literally() {
    for title in [
        "=cmd|' /C calc'!A0",
        "<b>&amp;]]>",
        "👩‍👩‍👧 \u{5d0}",
        &"長".repeat(10_000),
    ] {
        let article = article("https://news.example/a", title, "2021-12-31T10:00:00Z");
        let book = book(vec![article], &settings());
        let escaped = title
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        for path in ["nav.xhtml", "toc.ncx", "contents.xhtml"] {
            assert!(book.text(path).contains(&escaped), "{title} in {path}");
        }
    }
}

#[test]
fn hostile_05_an_article_without_text_is_a_chapter_with_a_title_and_a_link() {
    let article = article("https://news.example/a", "Only a title", "");
    let text = book(vec![with(article, Vec::new())], &settings()).chapter();
    assert!(text.contains("<h1>Only a title</h1>"));
    assert!(text.contains("<a href=\"https://news.example/a\">Original: news.example</a>"));
}

#[test]
fn credit_and_rights_stand_at_the_end_before_the_source() {
    let mut article = in_language(
        article("https://www.news.example/a", "湖", "2021-12-31T01:44:25Z"),
        "zh-Hans",
    );
    article.authors = vec!["林晓".into(), "周平".into()];
    article.credit = Some("（示例社）".into());
    article.rights = Some("© 2021 示例".into());
    let text = book(vec![article], &settings()).chapter();
    let places: Vec<usize> = [
        "林晓、周平",
        "2021年12月31日 01:44<",
        "（示例社）",
        "© 2021",
        "原文：news.example",
    ]
    .iter()
    .map(|words| {
        text.find(words)
            .unwrap_or_else(|| panic!("no {words} in {text}"))
    })
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn right_to_left_articles_say_so() {
    let article = in_language(
        article("https://news.example/a", "البحيرة", "2021-12-31T01:44:25Z"),
        "ar",
    );
    let book = book(vec![article], &settings());
    assert!(book.chapter().contains("dir=\"rtl\""));
    let spine = &elements(&book.package(), "spine")[0];
    assert_eq!(spine["page-progression-direction"], "rtl");
}

#[test]
fn vertical_books_turn_to_the_left_and_leave_other_languages_as_they_are() {
    let tall = in_language(
        article(
            "https://news.example/a",
            "湖上的早班渡船",
            "2021-12-31T01:44:25Z",
        ),
        "zh-Hant",
    );
    let english = article("https://news.example/b", "A Ferry", "2021-12-31T02:44:25Z");
    let mut settings = settings();
    settings.get_mut::<BookSettings>().vertical = true;
    let mut publication = publication();
    publication.language = Language::new("zh-Hant");
    let files = write(
        vec![tall, english],
        &Pictures::default(),
        &publication,
        &settings,
        4,
    );
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    let vertical: Vec<bool> = book
        .chapters()
        .iter()
        .map(|path| book.text(path).contains("class=\"vertical\""))
        .collect();
    assert_eq!(vertical, [true, false]);
    let spine = &elements(&book.package(), "spine")[0];
    assert_eq!(spine["page-progression-direction"], "rtl");
}

#[test]
fn a_day_is_shown_without_an_hour_and_midnight_is_shown() {
    let midnight = article("https://news.example/1", "Midnight", "2021-12-31T00:00:00Z");
    let mut day = article("https://news.example/2", "Day", "2021-12-30T16:00:00Z");
    let date = chrono::NaiveDate::from_ymd_opt(2021, 12, 31).unwrap();
    day.published_day = Some(Day::new(date));
    let book = book(vec![midnight, day], &settings());
    let chapters: Vec<String> = book.chapters().iter().map(|name| book.text(name)).collect();
    let of = |title: &str| {
        let chapter = chapters
            .iter()
            .find(|text| text.contains(&format!("<h1>{title}<")));
        let after = chapter.unwrap().split("<time").nth(1).unwrap();
        after.split("</time>").next().unwrap().to_owned()
    };
    assert_eq!(of("Day"), " datetime=\"2021-12-31\">31 December 2021");
    assert_eq!(
        of("Midnight"),
        " datetime=\"2021-12-31T00:00:00Z\">31 December 2021, 00:00"
    );
}

/// A place before a block is in the document that the block is in.
#[test]
fn places_of_blocks_are_written_on_them() {
    let name = AnchorName::numbered(1);
    let link = |words: &str| {
        Block::Paragraph(vec![Inline::Link(Link {
            target: Target::Fragment(name.clone()),
            content: vec![Inline::Text(words.into())],
        })])
    };
    let listing = |text: String| {
        Block::Code(Listing {
            text: text.as_str().into(),
            language: None,
        })
    };
    let long = listing("line\n".repeat(60_000));
    let blocks = vec![
        link("forth"),
        long,
        Block::Anchor(name.clone()),
        listing("a".to_owned()),
        link("back"),
    ];
    let article = with(
        article("https://news.example/a", "A", "2021-12-31T10:00:00Z"),
        blocks,
    );
    let files = write(
        vec![article],
        &Pictures::default(),
        &publication(),
        &settings(),
        1,
    );
    let opened = Opened::new(&files["archive.epub"]);
    opened.check();
    let chapters = opened.chapters();
    let second = *chapters
        .iter()
        .find(|path| path.ends_with("-2.xhtml"))
        .unwrap();
    let first = *chapters.iter().find(|path| **path != second).unwrap();
    let file = second.rsplit('/').next().unwrap();
    let forth = format!("<a href=\"{file}#note-1\">forth</a>");
    assert!(opened.text(first).contains(&forth));
    let second = opened.text(second);
    assert!(
        second.contains("<pre id=\"note-1\" dir=\"ltr\"><code>a</code></pre>"),
        "{second}"
    );
    assert!(second.contains("<a href=\"#note-1\">back</a>"), "{second}");
}

#[test]
fn words_of_ours_are_in_the_language_of_the_article() {
    for (tag, expected) in [
        ("en", "Picture: a boat"),
        ("de-CH", "Bild: a boat"),
        ("fr", "Image\u{a0}: a boat"),
        ("pt-BR", "Imagem: a boat"),
        ("pl", "Obraz: a boat"),
        ("uk", "Зображення: a boat"),
        ("ja", "画像：a boat"),
        ("zh-Hant", "圖片：a boat"),
        ("zh", "图片：a boat"),
        ("ar", "صورة: a boat"),
        ("he", "תמונה: a boat"),
        ("vi", "Hình ảnh: a boat"),
        ("sw", "Picture: a boat"),
    ] {
        let article = article("https://news.example/here", "Here", "2021-12-31T10:00:00Z");
        let gone = figure("https://pics.example/gone.jpg", "a boat", "");
        let article = in_language(with(article, vec![gone]), tag);
        let book = book(vec![article], &settings());
        let text = book.text(book.chapters()[0]);
        let text = text.replace("<bdi>", "").replace("</bdi>", "");
        assert!(text.contains(expected), "{tag}: {text}");
    }
}

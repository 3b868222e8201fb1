//! Volumes: where they are cut, what they are called, and what changes them.

use super::library::{Files, Opened, elements, publication, settings, write};
use super::samples::{article, figure, paragraph, picture, pictures, with};
use offprint::model::{Address, Article, CleanText, Language, Pictures, Profile, Zone};
use offprint::settings::{BookSettings, GroupBy, Split, WriteSettings};

fn volumes(dates: &[&str], settings: &WriteSettings) -> Files {
    let files = write(
        articles(dates),
        &Pictures::default(),
        &publication(),
        settings,
        3,
    );
    for (name, bytes) in &files {
        if name.ends_with(".epub") {
            Opened::new(bytes).check();
        }
    }
    files
}

pub(super) fn articles(dates: &[&str]) -> Vec<Article> {
    let one = |(number, date): (usize, &&str)| {
        let link = format!("https://news.example/{number}-{date}");
        article(&link, &format!("Article {number}"), date)
    };
    dates.iter().enumerate().map(one).collect()
}

fn names(files: &Files) -> Vec<&str> {
    let books = files.keys().filter(|name| name.ends_with(".epub"));
    books.map(String::as_str).collect()
}

fn split(split: Split) -> WriteSettings {
    let mut settings = settings();
    settings.get_mut::<BookSettings>().split = split;
    settings
}

const DATES: [&str; 5] = [
    "2020-12-31T12:00:00Z",
    "2021-01-01T12:00:00Z",
    "2021-12-30T12:00:00Z",
    "2021-12-31T23:30:00Z",
    "",
];

#[test]
fn hostile_16_volumes_are_named_by_period_and_the_undated_have_their_own() {
    let cases: [(Split, &[&str]); 5] = [
        (Split::Never, &["archive.epub"]),
        (
            Split::Year,
            &[
                "archive-2020.epub",
                "archive-2021.epub",
                "archive-undated.epub",
            ],
        ),
        (
            Split::Month,
            &[
                "archive-2020-12.epub",
                "archive-2021-01.epub",
                "archive-2021-12.epub",
                "archive-undated.epub",
            ],
        ),
        (
            Split::Week,
            &[
                "archive-2020-W53.epub",
                "archive-2021-W52.epub",
                "archive-undated.epub",
            ],
        ),
        (
            Split::Day,
            &[
                "archive-2020-12-31.epub",
                "archive-2021-01-01.epub",
                "archive-2021-12-30.epub",
                "archive-2021-12-31.epub",
                "archive-undated.epub",
            ],
        ),
    ];
    for (mode, expected) in cases {
        assert_eq!(names(&volumes(&DATES, &split(mode))), expected, "{mode:?}");
    }
}

#[test]
fn periods_begin_in_the_zone_of_the_publication() {
    let mut publication = publication();
    publication.zone = Zone::Asia__Shanghai;
    let late = articles(&["2021-12-31T23:30:00Z"]);
    let settings = split(Split::Month);
    let files = write(late, &Pictures::default(), &publication, &settings, 3);
    assert_eq!(names(&files), ["archive-2022-01.epub"]);
}

#[test]
fn a_volume_has_a_title_an_identifier_and_a_place_in_the_series_of_its_own() {
    let mut publication = publication();
    publication.title = Some(CleanText::line("News \"daily\" & more"));
    publication.language = Language::new("zh-Hans");
    let settings = split(Split::Month);
    let files = write(
        articles(&DATES),
        &Pictures::default(),
        &publication,
        &settings,
        3,
    );
    let package = Opened::new(&files["archive-2021-12.epub"]).package();
    assert!(package.contains("<dc:title>News \"daily\" &amp; more · 2021年12月</dc:title>"));
    let metas = elements(&package, "meta");
    let named = |name: &str| {
        let found = metas
            .iter()
            .find(|meta| meta.get("name").is_some_and(|n| n == name));
        found.unwrap()["content"].clone()
    };
    assert_eq!(named("calibre:series"), "News \"daily\" & more");
    assert_eq!(named("calibre:series_index"), "202112");
    assert!(package.contains("property=\"group-position\">202112</meta>"));
    let identifiers: std::collections::BTreeSet<String> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".epub"))
        .map(|(_, bytes)| identifier(bytes))
        .collect();
    assert_eq!(identifiers.len(), 4);
}

fn identifier(book: &[u8]) -> String {
    let opened = Opened::new(book);
    let package = opened.package();
    let start = package.find("urn:uuid:").unwrap();
    let identifier = package[start..start + 45].to_owned();
    assert!(opened.text("toc.ncx").contains(&identifier));
    identifier
}

#[test]
fn an_identifier_stays_while_the_book_grows_and_the_newest_article_dates_it() {
    let before = volumes(&DATES[..2], &settings());
    let after = volumes(&DATES, &settings());
    let (before, after) = (&before["archive.epub"], &after["archive.epub"]);
    assert_eq!(identifier(before), identifier(after));
    let package = Opened::new(after).package();
    assert!(package.contains("property=\"dcterms:modified\">2021-12-31T23:30:00Z</meta>"));
}

#[test]
fn hostile_14_a_clock_that_runs_ahead_does_not_date_the_book() {
    let files = volumes(
        &[
            "2021-01-01T12:00:00Z",
            "2021-01-02T12:00:00Z",
            "2131-01-01T00:00:00Z",
        ],
        &settings(),
    );
    let package = Opened::new(&files["archive.epub"]).package();
    assert!(package.contains("dcterms:modified\">2021-01-02T12:00:00Z<"));
}

#[test]
fn one_more_article_changes_its_own_volume_only() {
    let settings = split(Split::Month);
    let before = volumes(&DATES, &settings);
    let mut more = articles(&DATES);
    let mut added = article("https://late.example/x", "Late", "2021-01-31T10:00:00Z");
    added.source.name = "A source that sorts first".into();
    more.push(added);
    let after = write(more, &Pictures::default(), &publication(), &settings, 3);
    let changed: Vec<&str> = after
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(*bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(changed, ["archive-2021-01.epub"]);
}

#[test]
fn one_more_article_changes_no_other_cover_and_no_other_entry_of_the_catalogue() {
    let picture_of = |month: u8| (month, format!("https://i.example/{month}.jpg"));
    let links: Vec<_> = (1..=3).map(picture_of).collect();
    let list: Vec<_> = links
        .iter()
        .map(|(month, link)| (link.as_str(), picture(400, 300, [month * 60, 90, 60])))
        .collect();
    let pictures = pictures(&list);
    let mut publication = publication();
    publication.base = Address::parse("https://books.example/out/");
    let settings = split(Split::Month);
    let make = |days: &[(u8, &str)]| {
        let articles = days.iter().map(|(month, day)| {
            let link = format!("https://news.example/{month}-{day}");
            let date = format!("2021-{month:02}-{day}T08:00:00Z");
            let article = article(&link, &format!("Of {month}"), &date);
            with(
                article,
                vec![figure(&links[usize::from(*month) - 1].1, "a disc", "")],
            )
        });
        write(articles.collect(), &pictures, &publication, &settings, 3)
    };
    let before = make(&[(1, "10"), (2, "10"), (3, "10")]);
    let after = make(&[(1, "10"), (2, "10"), (2, "20"), (3, "10")]);
    let changed: Vec<&str> = after
        .iter()
        .filter(|(name, bytes)| before.get(*name) != Some(*bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(changed, ["archive-2021-02.epub", "opds.xml"]);
    let entries = |files: &Files| -> Vec<String> {
        let text = std::str::from_utf8(&files["opds.xml"]).unwrap();
        text.split("<entry>").map(str::to_owned).collect()
    };
    let (before, after) = (entries(&before), entries(&after));
    let differ: Vec<usize> = (0..after.len())
        .filter(|&at| before[at] != after[at])
        .collect();
    assert_eq!((before.len(), differ), (4, vec![2]));
    assert!(after[2].contains("archive-2021-02.epub"));
}

#[test]
fn books_for_a_kindle_go_by_mail_unless_another_size_is_asked_for() {
    use offprint::Registry;
    use offprint::settings::{Options, resolve};
    let bound = |profile, size: Option<&str>| {
        let mut options = Options::default();
        options.input.paths = Some(vec!["articles".into()]);
        options.epub.profile = Some(profile);
        options.epub.max_size = size.map(str::to_owned);
        let settings = resolve(options, &Registry::standard()).unwrap();
        settings.write.get::<BookSettings>().max_size
    };
    let kindle = bound(Profile::Kindle, None);
    assert_eq!(kindle, Some(36_000_000));
    // As an attachment: four characters for three bytes, a line end behind 76.
    assert!(kindle.unwrap().div_ceil(3) * 4 * 78 / 76 < 50_000_000);
    assert_eq!(bound(Profile::Kindle, Some("200MB")), Some(200_000_000));
    assert_eq!(bound(Profile::Kindle, Some("none")), None);
    assert_eq!(bound(Profile::Kobo, None), None);
}

#[test]
fn a_book_within_the_bound_of_its_device_is_one_book() {
    let mut settings = split(Split::Never);
    settings.get_mut::<BookSettings>().max_size = Some(50_000_000);
    assert_eq!(names(&volumes(&DATES, &settings)), ["archive.epub"]);
    settings.get_mut::<BookSettings>().split = Split::Size;
    assert_eq!(names(&volumes(&DATES, &settings)), ["archive-part-01.epub"]);
    settings.get_mut::<BookSettings>().split = Split::Never;
    settings.get_mut::<BookSettings>().max_size = Some(1_000);
    let cut = volumes(&DATES, &settings);
    assert_eq!(
        names(&cut)[..2],
        ["archive-part-01.epub", "archive-part-02.epub"]
    );
}

#[test]
fn volumes_cut_by_size_stay_below_the_bound_and_keep_days_together() {
    let mut settings = split(Split::Size);
    settings.get_mut::<BookSettings>().max_size = Some(60_000);
    let mut state = 1u32;
    let mut noise = move || {
        let mut text = String::new();
        for _ in 0..6_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push(char::from(b'a' + (state >> 27) as u8 % 26));
        }
        text
    };
    let mut articles = Vec::new();
    for day in 1..=9 {
        for hour in [8, 20] {
            let link = format!("https://news.example/{day}-{hour}");
            let date = format!("2021-12-{day:02}T{hour:02}:00:00Z");
            let article = article(&link, &format!("Day {day}"), &date);
            articles.push(with(article, vec![paragraph(&noise())]));
        }
    }
    let files = write(articles, &Pictures::default(), &publication(), &settings, 4);
    let books = names(&files);
    assert!(books.len() > 2, "{books:?}");
    assert_eq!(books[0], "archive-part-01.epub");
    let mut chapters = 0;
    for (position, name) in books.iter().enumerate() {
        let bytes = &files[*name];
        assert!(bytes.len() <= 60_000, "{name} has {} bytes", bytes.len());
        let book = Opened::new(bytes);
        book.check();
        assert_eq!(book.chapters().len() % 2, 0, "a day is cut in {name}");
        chapters += book.chapters().len();
        let package = book.package();
        let place = format!("group-position\">{}</meta>", position + 1);
        assert!(package.contains(&place));
    }
    assert_eq!(chapters, 18);
}

#[test]
fn a_period_that_is_too_large_comes_in_parts() {
    let picture = |number: u8| {
        (
            format!("https://i.example/{number}.jpg"),
            picture(400, 300, [number, 90, 60]),
        )
    };
    let list: Vec<_> = (1..=6).map(picture).collect();
    let list: Vec<_> = list
        .iter()
        .map(|(link, one)| (link.as_str(), one.clone()))
        .collect();
    let pictures = pictures(&list);
    let articles = list.iter().enumerate().map(|(number, (link, _))| {
        let date = format!("2021-12-{:02}T08:00:00Z", number + 1);
        let link_of_article = format!("https://news.example/{number}");
        let article = article(&link_of_article, "With a picture", &date);
        with(article, vec![figure(link, "a disc", "")])
    });
    let mut articles: Vec<Article> = articles.collect();
    articles.push(article(
        "https://news.example/new",
        "New",
        "2022-01-01T08:00:00Z",
    ));
    let mut settings = split(Split::Month);
    settings.get_mut::<BookSettings>().max_size = Some(40_000);
    let files = write(articles, &pictures, &publication(), &settings, 4);
    let books = names(&files);
    assert_eq!(books[0], "archive-2021-12-part-01.epub");
    assert_eq!(*books.last().unwrap(), "archive-2022-01.epub");
    assert!(books.len() > 2, "{books:?}");
    let package = Opened::new(&files["archive-2021-12-part-02.epub"]).package();
    assert!(package.contains("December 2021 · Part 2</dc:title>"));
    assert!(package.contains("group-position\">202112.2</meta>"));
}

#[test]
fn a_catalogue_lists_the_volumes_where_their_addresses_are_known() {
    let mut publication = publication();
    publication.base = Address::parse("https://books.example/out/");
    let settings = split(Split::Year);
    let files = write(
        articles(&DATES),
        &Pictures::default(),
        &publication,
        &settings,
        3,
    );
    let catalogue = std::str::from_utf8(&files["opds.xml"]).unwrap();
    let links = elements(catalogue, "link");
    for (kind, name) in [
        (
            "http://opds-spec.org/acquisition/open-access",
            "archive-2020.epub",
        ),
        ("http://opds-spec.org/image", "archive-2020-cover.jpg"),
        ("self", "opds.xml"),
    ] {
        let address = format!("https://books.example/out/{name}");
        let found = links
            .iter()
            .any(|link| link["rel"] == kind && link["href"] == address);
        assert!(found, "no {kind} {address}");
    }
    assert_eq!(elements(catalogue, "entry").len(), 3);
    assert!(!volumes(&DATES, &settings).contains_key("opds.xml"));
}

#[test]
fn grouped_by_source_the_contents_follow_the_spine() {
    let mut settings = settings();
    settings.get_mut::<BookSettings>().group_by = GroupBy::Source;
    let mut list = articles(&DATES);
    for article in list.iter_mut().step_by(2) {
        article.source.name = "Another".into();
    }
    let files = write(list, &Pictures::default(), &publication(), &settings, 3);
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    let spine: Vec<String> = spine(&book);
    let entries = elements(&book.text("nav.xhtml"), "a");
    let places: Vec<usize> = entries
        .iter()
        .filter(|entry| !entry.contains_key("epub:type"))
        .map(|entry| {
            spine
                .iter()
                .position(|path| *path == entry["href"])
                .unwrap()
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let navigation = book.text("nav.xhtml");
    let groups = [">Another<", ">The Example<"].map(|name| navigation.find(name).unwrap());
    assert!(groups.is_sorted());
}

fn spine(book: &Opened) -> Vec<String> {
    let package = book.package();
    let items = elements(&package, "item");
    let references = elements(&package, "itemref");
    let path = |reference: &std::collections::BTreeMap<String, String>| {
        let item = items.iter().find(|item| item["id"] == reference["idref"]);
        item.unwrap()["href"].clone()
    };
    references.iter().map(path).collect()
}

#[test]
fn a_book_of_many_years_has_years_and_days_and_pages_that_open_its_months() {
    let dates: Vec<String> = (0..180)
        .map(|number| {
            format!(
                "{}-{:02}-11T08:00:00Z",
                2010 + number / 60,
                number / 5 % 12 + 1
            )
        })
        .collect();
    let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
    let files = volumes(&dates, &settings());
    let book = Opened::new(&files["archive.epub"]);
    let navigation = book.text("nav.xhtml");
    assert!(navigation.contains(">2010</a>") && navigation.contains(">11 January</a>"));
    let contents = book.text("contents.xhtml");
    assert!(contents.contains(">January 2010</a> <span class=\"from\">5 articles</span>"));
    assert_eq!(elements(&contents, "a").len(), 39);
}

#[test]
fn a_book_for_a_kindle_says_a_language_that_it_knows() {
    use super::samples::in_language;
    let made = |profile, language: &str| {
        let mut settings = settings();
        settings.get_mut::<BookSettings>().profile = profile;
        let articles = articles(&DATES[..1]).into_iter();
        let articles = articles.map(|article| match language {
            "" => Article {
                language: None,
                ..article
            },
            tag => in_language(article, tag),
        });
        let files = write(
            articles.collect(),
            &Pictures::default(),
            &publication(),
            &settings,
            3,
        );
        let book = Opened::new(&files["archive.epub"]);
        book.check();
        let package = book.package();
        let (_, rest) = package.split_once("<dc:language").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(made(Profile::Kindle, ""), "en");
    assert_eq!(made(Profile::Generic, ""), "und");
    assert_eq!(made(Profile::Kindle, "ja"), "ja");
}

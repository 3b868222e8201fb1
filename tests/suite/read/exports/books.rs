//! Books of many makers: which documents make an article, and which notes go with it.

use super::epub::{CONTAINER, page, zipped};
use super::{shown, warned};
use crate::command::Place;
use crate::images::samples;
use crate::read::{Reading, read_source};
use offprint::Code;
use offprint::reader::{EpubReader, MemorySource, ReadOptions};
use std::fmt::Write as _;

const PROSE: &str = "The ship came into the harbour at night, and all the people stood at the quay and waited for the lamp.";

/// A line of a table of contents: a title, where it leads, and the lines below it.
struct Line(&'static str, &'static str, Vec<Line>);

fn line(title: &'static str, link: &'static str) -> Line {
    Line(title, link, Vec::new())
}

/// Which table of contents a book has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ncx,
    Nav,
}

const KINDS: [Kind; 2] = [Kind::Ncx, Kind::Nav];

/// A book on its way: its documents by name, in the order of the spine.
#[derive(Default)]
struct Book {
    documents: Vec<(&'static str, String)>,
    contents: Vec<Line>,
    guide: &'static str,
    landmarks: &'static str,
    /// Documents that do not stand in the order of reading.
    beside: Vec<&'static str>,
    members: Vec<(&'static str, Vec<u8>)>,
}

impl Book {
    fn of(documents: Vec<(&'static str, String)>, contents: Vec<Line>) -> Self {
        Book {
            documents,
            contents,
            ..Book::default()
        }
    }

    fn bytes(&self, kind: Kind) -> Vec<u8> {
        let (mut items, mut spine) = (String::new(), String::new());
        for ((name, _), id) in self.documents.iter().zip(0..) {
            write!(
                items,
                "<item id='d{id}' href='{name}' media-type='application/xhtml+xml'/>"
            )
            .unwrap();
            let linear = if self.beside.contains(name) {
                "no"
            } else {
                "yes"
            };
            write!(spine, "<itemref idref='d{id}' linear='{linear}'/>").unwrap();
        }
        items += match kind {
            Kind::Ncx => "<item id='toc' href='toc.ncx' media-type='application/x-dtbncx+xml'/>",
            Kind::Nav => {
                "<item id='toc' href='n.xhtml' properties='nav' media-type='application/xhtml+xml'/>"
            }
        };
        let package = format!(
            "<package><metadata><dc:title>Tales of the Sea</dc:title><dc:creator opf:role='aut'>Ada Keeper</dc:creator>\
             <dc:creator opf:role='trl'>Tom Other</dc:creator><dc:identifier>urn:x:1</dc:identifier></metadata>\
             <manifest>{items}</manifest><spine toc='toc'>{spine}</spine><guide>{}</guide></package>",
            self.guide
        );
        let nav = format!(
            "<nav epub:type='toc'>{}</nav><nav epub:type='landmarks'><ol>{}</ol></nav>",
            nav(&self.contents),
            self.landmarks
        );
        let (nav, ncx) = (
            page(&nav),
            format!("<ncx><navMap>{}</navMap></ncx>", ncx(&self.contents)),
        );
        let table: (&str, &[u8]) = match kind {
            Kind::Ncx => ("OEBPS/toc.ncx", ncx.as_bytes()),
            Kind::Nav => ("OEBPS/n.xhtml", nav.as_bytes()),
        };
        let mut members: Vec<(&str, &[u8])> = vec![
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("OEBPS/content.opf", package.as_bytes()),
            table,
        ];
        let paths: Vec<String> = self
            .documents
            .iter()
            .map(|(name, _)| format!("OEBPS/{}", name.replace("%20", " ")))
            .collect();
        let documents = paths.iter().zip(&self.documents);
        members.extend(documents.map(|(path, (_, text))| (path.as_str(), text.as_bytes())));
        members.extend(self.members.iter().map(|(name, bytes)| (*name, &bytes[..])));
        zipped(&members)
    }

    fn read(&self, kind: Kind) -> Reading {
        let bytes = self.bytes(kind);
        let source = MemorySource::new("book.epub", &bytes);
        read_source(&EpubReader::default(), &source, ReadOptions::default())
    }

    /// The titles and texts of its articles, the same by either table of contents.
    fn articles(&self) -> Vec<(String, String)> {
        let [one, other] = KINDS.map(|kind| {
            let reading = self.read(kind);
            assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
            let entries = reading.entries.iter();
            let articles =
                entries.map(|entry| (entry.head.title.clone().unwrap_or_default(), shown(entry)));
            articles.collect::<Vec<_>>()
        });
        assert_eq!(one, other);
        one
    }

    fn titles(&self) -> Vec<String> {
        self.articles()
            .into_iter()
            .map(|(title, _)| title)
            .collect()
    }
}

fn ncx(lines: &[Line]) -> String {
    let point = |Line(title, link, below): &Line| {
        let below = ncx(below);
        format!(
            "<navPoint><navLabel><text>{title}</text></navLabel><content src='{link}'/>{below}</navPoint>"
        )
    };
    lines.iter().map(point).collect()
}

fn nav(lines: &[Line]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let item = |Line(title, link, below): &Line| {
        format!("<li><a href='{link}'>{title}</a>{}</li>", nav(below))
    };
    format!("<ol>{}</ol>", lines.iter().map(item).collect::<String>())
}

/// A document that begins with a heading.
fn text(title: &str) -> String {
    page(&format!(
        "<h1>{title}</h1><p>{PROSE}</p><p>So much of {title}.</p>"
    ))
}

fn more(words: &str) -> String {
    page(&format!("<p>{PROSE}</p><p>{words}</p>"))
}

#[test]
fn a_document_that_the_contents_do_not_name_goes_on_with_the_article_before() {
    for second in ["b2.xhtml", "a_split_001.html", "z/rest.html"] {
        let book = Book::of(
            vec![
                ("a.xhtml", text("One")),
                ("b.xhtml", text("Two")),
                (second, more("And more of Two.")),
                ("c.xhtml", text("Three")),
            ],
            vec![
                line("One", "a.xhtml"),
                line("Two", "b.xhtml"),
                line("Three", "c.xhtml"),
            ],
        );
        let articles = book.articles();
        assert_eq!(book.titles(), ["One", "Two", "Three"]);
        assert!(articles[1].1.ends_with("And more of Two."), "{articles:?}");
    }
}

#[test]
fn what_stands_around_the_texts_of_a_book_is_no_article() {
    let list = "<h1>Inside</h1><p><a href='a.xhtml'>One, a tale of the sea</a></p><p><a href='b.xhtml'>Two, another tale</a></p>\
                <p><a href='b.xhtml#x'>And its end</a></p>";
    let typed = |kind: &str| {
        page(&format!(
            "<section epub:type='{kind}'><p>{PROSE}</p></section>"
        ))
    };
    let around = [
        page("<img src='c.jpg' alt=''/>"),
        page("<h1>Tales of the Sea</h1><p>Ada Keeper</p>"),
        page(list),
        typed("copyright-page"),
        typed("halftitlepage"),
        typed("ad"),
        page(&format!("<p>{PROSE}</p>"))
            .replace("<body>", "<body epub:type='frontmatter imprint'>"),
    ];
    for other in around {
        for (first, last) in [(true, false), (false, true)] {
            let mut documents = vec![("a.xhtml", text("One")), ("b.xhtml", text("Two"))];
            if first {
                documents.insert(0, ("front.xhtml", other.clone()));
            }
            if last && other != page("<img src='c.jpg' alt=''/>") && !other.contains("Tales of") {
                documents.push(("back.xhtml", other.clone()));
            }
            let book = Book::of(
                documents,
                vec![line("One", "a.xhtml"), line("Two", "b.xhtml")],
            );
            let articles = book.articles();
            assert_eq!(book.titles(), ["One", "Two"], "{other}");
            assert!(articles[1].1.ends_with("So much of Two."), "{articles:?}");
        }
    }
    let told = Book {
        guide: "<reference type='copyright-page' href='l.xhtml'/><reference type='toc' href='a.xhtml#elsewhere'/>",
        landmarks: "<li><a epub:type='copyright-page' href='l.xhtml'>Rights</a></li>",
        ..Book::of(
            vec![
                ("a.xhtml", text("One")),
                ("l.xhtml", more("All rights are reserved.")),
                ("b.xhtml", text("Two")),
            ],
            vec![
                line("One", "a.xhtml"),
                line("Rights", "l.xhtml"),
                line("Two", "b.xhtml"),
            ],
        )
    };
    assert_eq!(told.titles(), ["One", "Two"]);
}

#[test]
fn places_within_a_document_that_the_contents_name_are_articles() {
    let whole = format!(
        "<div><h2><a id='c1'></a>First</h2><p>{PROSE}</p></div><h2 id='c2'>Second</h2><p>{PROSE}</p>\
         <h3 id='s'>A part</h3><p>Part.</p><h2>Third</h2><p id='c3'>Third. {PROSE}</p>"
    );
    let lines = || {
        vec![
            line("First", "all.xhtml#c1"),
            Line(
                "Second",
                "all.xhtml#c2",
                vec![line("A part", "all.xhtml#s")],
            ),
            line("Third", "all.xhtml#c3"),
        ]
    };
    let documents = vec![("all.xhtml", page(&whole))];
    let articles = Book::of(documents.clone(), lines()).articles();
    let titles: Vec<&str> = articles.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["First", "Second", "Third"]);
    assert!(articles[1].1.ends_with("A part Part."), "{articles:?}");
    assert_eq!(articles[2].1, format!("Third. {PROSE}"));
    // Below what holds chapters they are chapters, below an article they are its parts.
    let part =
        |title| Book::of(documents.clone(), vec![Line(title, "all.xhtml", lines())]).titles();
    assert_eq!(part("Part One"), ["First", "Second", "Third"]);
    assert_eq!(part("The lamp"), ["The lamp"]);
}

#[test]
fn an_article_may_end_in_the_document_in_which_the_next_begins() {
    let second = page(&format!(
        "<p>{PROSE}</p><p>The end of One.</p><h1 id='b'>Two</h1><p>{PROSE}</p>"
    ));
    let book = Book::of(
        vec![("a.xhtml", text("One")), ("b.xhtml", second)],
        vec![line("One", "a.xhtml"), line("Two", "b.xhtml#b")],
    );
    let articles = book.articles();
    assert!(articles[0].1.ends_with("The end of One."), "{articles:?}");
    assert_eq!(articles[1], ("Two".to_owned(), PROSE.to_owned()));
    let ids: Vec<_> = book
        .read(Kind::Ncx)
        .entries
        .iter()
        .map(|entry| entry.head.id.clone())
        .collect();
    assert_eq!(
        ids,
        [
            Some("urn:x:1#OEBPS/a.xhtml".to_owned()),
            Some("urn:x:1#OEBPS/b.xhtml!b".to_owned())
        ]
    );
}

#[test]
fn a_section_is_no_article_and_leaves_the_title_to_its_first() {
    let book = Book::of(
        vec![
            ("n1.xhtml", text("Story")),
            ("n2.xhtml", text("Other story")),
            ("sport.xhtml", page("<h1>Sport</h1><h2>of the week</h2>")),
            ("s1.xhtml", text("Match")),
        ],
        vec![
            Line(
                "News",
                "n1.xhtml",
                vec![line("Story", "n1.xhtml"), line("Other story", "n2.xhtml")],
            ),
            Line("Sport", "sport.xhtml", vec![line("Match", "s1.xhtml#none")]),
        ],
    );
    assert_eq!(book.titles(), ["Story", "Other story", "Match"]);
    let page_of_its_own = Book::of(
        vec![
            ("t.xhtml", page("<h2>One</h2>")),
            ("a.xhtml", more("So much of One.")),
            ("b.xhtml", text("Two")),
        ],
        vec![line("One", "t.xhtml"), line("Two", "b.xhtml")],
    );
    assert_eq!(page_of_its_own.titles(), ["One", "Two"]);
}

#[test]
fn a_book_without_a_table_of_contents_has_an_article_for_each_heading() {
    let documents = || {
        vec![
            ("t1.html", text("Eins")),
            ("t2.html", text("Zwei")),
            ("t2_split_001.html", more("More of it.")),
            ("t3.html", text("Drei")),
        ]
    };
    assert_eq!(
        Book::of(documents(), Vec::new()).titles(),
        ["Eins", "Zwei", "Drei"]
    );
    let start = Book::of(documents(), vec![line("Start", "t1.html")]);
    assert_eq!(start.titles(), ["Start", "Zwei", "Drei"]);
}

#[test]
fn the_order_of_a_book_is_its_spines_and_what_only_the_contents_name_follows() {
    let mut book = Book::of(
        vec![("z.xhtml", text("Zed")), ("y.xhtml", text("Why"))],
        vec![
            line("Extra", "e.xhtml"),
            line("Why", "y.xhtml"),
            line("Zed", "z.xhtml"),
        ],
    );
    book.documents.push(("e.xhtml", text("Extra")));
    let package = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    assert!(package(book.bytes(Kind::Ncx)).contains("OEBPS/e.xhtml"));
    assert_eq!(book.titles(), ["Zed", "Why", "Extra"]);
    let beside = Book {
        beside: vec!["e.xhtml"],
        ..Book::of(
            vec![
                ("a.xhtml", text("One")),
                ("e.xhtml", text("Aside")),
                ("b.xhtml", more("More of One.")),
                ("c.xhtml", text("Two")),
            ],
            vec![line("One", "a.xhtml"), line("Two", "c.xhtml")],
        )
    };
    let articles = beside.articles();
    assert_eq!(beside.titles(), ["One", "Aside", "Two"]);
    assert!(articles[0].1.ends_with("More of One."), "{articles:?}");
}

#[test]
fn names_are_found_however_they_are_written() {
    let picture = "<h1>One</h1><p>So it is.</p><img src='../Images/P%20x.JPG' alt='A lamp'/>";
    let book = Book {
        members: vec![("OEBPS/images/p x.jpg", samples::jpeg(40, 30))],
        ..Book::of(
            vec![
                ("Text/Ch%201.xhtml", page(picture)),
                ("Text/b.xhtml", text("Two")),
            ],
            vec![
                line("One", "text/ch%201.xhtml"),
                line("Two", "Text/B.XHTML#x"),
            ],
        )
    };
    assert_eq!(book.titles(), ["One", "Two"]);
    let bytes = book.bytes(Kind::Nav);
    let place = Place::empty();
    place.write("articles/book.epub", bytes);
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["images"]["embedded"], 1, "{report}");
}

#[test]
fn notes_in_other_documents_go_with_their_text() {
    let mark = |id: u8, told: &str| {
        format!("<p>So it is<a {told} id='r{id}' href='notes.xhtml#n{id}'>{id}</a>.</p>")
    };
    let told = "epub:type='noteref'";
    let back = |id: u8, path: &str| format!("<a href='{path}#r{id}'>back</a>");
    let items = format!(
        "<section epub:type='endnotes'><h1>Notes</h1><ol><li id='n1'><p>First note.</p></li><li id='n2'><p>Second note.</p></li>\
         <li id='n3'><p>Third note. {}</p></li></ol></section>",
        back(3, "b.xhtml")
    );
    let paragraphs = format!(
        "<h2>Notes</h2><p id='n1'>{} First note.</p><p>It goes on.</p><p><a id='n2' href='a.xhtml#r2'>2</a> Second note.</p>\
         <p id='n3'>{} Third note.</p>",
        back(1, "a.xhtml"),
        back(3, "b.xhtml")
    );
    for (told, notes) in [(told, &items), (told, &paragraphs), ("", &paragraphs)] {
        for (beside, named) in [(true, false), (false, true), (false, false)] {
            let mut lines = vec![line("One", "a.xhtml"), line("Two", "b.xhtml")];
            if named {
                lines.push(line("Notes", "notes.xhtml"));
            }
            let one = text("One").replace("</body>", &(mark(1, told) + &mark(2, told) + "</body>"));
            let two = text("Two").replace("</body>", &(mark(3, told) + "</body>"));
            let book = Book {
                beside: beside.then_some("notes.xhtml").into_iter().collect(),
                ..Book::of(
                    vec![
                        ("a.xhtml", one),
                        ("b.xhtml", two),
                        ("notes.xhtml", page(notes)),
                    ],
                    lines,
                )
            };
            let articles = book.articles();
            assert_eq!(book.titles(), ["One", "Two"], "{notes}");
            let (one, two) = (&articles[0].1, &articles[1].1);
            assert!(
                one.contains("First note.") && one.contains("Second note."),
                "{one}"
            );
            assert!(
                !one.contains("Third") && two.contains("Third note."),
                "{two}"
            );
        }
    }
}

#[test]
fn notes_that_were_brought_in_are_linked_both_ways() {
    let one = page(&format!(
        "<h1>One</h1><p>{PROSE}<a id='r1' epub:type='noteref' href='notes.xhtml#n1'>1</a></p>"
    ));
    let two = page(&format!(
        "<h1>Two</h1><p>{PROSE}<a id='r1' epub:type='noteref' href='notes.xhtml#n2'>2</a></p>"
    ));
    let notes = page(
        "<aside id='n1'><p>First. <a href='a.xhtml#r1'>↩</a></p></aside><aside id='n2'><p>Second. <a href='b.xhtml#r1'>↩</a></p></aside>",
    );
    let book = Book::of(
        vec![("a.xhtml", one), ("b.xhtml", two), ("notes.xhtml", notes)],
        vec![line("One", "a.xhtml"), line("Two", "b.xhtml")],
    );
    let place = Place::empty();
    place.write("articles/book.epub", book.bytes(Kind::Nav));
    place.build(&["-t", "json"]).success();
    let feed = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    for item in feed["items"].as_array().unwrap() {
        let html = item["content_html"].as_str().unwrap();
        let names = |attribute: &str| {
            let start = format!("{attribute}=\"");
            let parts = html.split(start.as_str()).skip(1);
            let names = parts.filter_map(|part| part.split('"').next());
            names
                .map(|name| name.trim_start_matches('#').to_owned())
                .collect::<Vec<_>>()
        };
        let (mut ids, mut links) = (names(" id"), names("href"));
        ids.sort();
        links.sort();
        assert_eq!(ids.len(), 2, "{html}");
        assert_eq!(ids, links, "{html}");
        assert_eq!(item["authors"][0]["name"], "Ada Keeper");
        assert_eq!(item["authors"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn documents_of_one_article_keep_their_names_and_pictures_apart() {
    let first = format!(
        "<h1>One</h1><p>{PROSE}<a id='r' epub:type='noteref' href='#n'>1</a></p><aside id='n'><p>First note.</p></aside>"
    );
    let second = "<p>More<a id='r' epub:type='noteref' href='#n'>2</a></p><aside id='n'><p>Second note.</p></aside><img src='i.jpg' alt='A lamp'/>";
    let book = Book {
        members: vec![("OEBPS/more/i.jpg", samples::jpeg(40, 30))],
        ..Book::of(
            vec![
                ("a.xhtml", page(&first)),
                ("more/b.xhtml", page(second)),
                ("c.xhtml", text("Two")),
            ],
            vec![line("One", "a.xhtml"), line("Two", "c.xhtml")],
        )
    };
    let place = Place::empty();
    place.write("articles/book.epub", book.bytes(Kind::Nav));
    place.build(&["-t", "json"]).success();
    let feed = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
    for number in 1..=2 {
        assert_eq!(
            feed.matches(&format!("href=\\\"#note-{number}-")).count(),
            1,
            "{feed}"
        );
        assert_eq!(
            feed.matches(&format!("id=\\\"note-{number}-")).count(),
            1,
            "{feed}"
        );
    }
    let report = place.report(&["-t", "epub"]);
    assert_eq!(report["images"]["embedded"], 1, "{report}");
}

#[test]
fn authors_of_a_book_that_offprint_made_come_back_one_by_one() {
    let lists: [(&str, &[&str]); 5] = [
        ("en", &["Zoë", "Yan"]),
        ("de", &["Yan", "Zoë"]),
        ("en", &["Ada Keeper", "Bo Fisher", "Cy Sailor"]),
        ("zh", &["李雷", "Zoë", "韩梅梅"]),
        ("ar", &["Zoë", "Yan"]),
    ];
    for (language, names) in lists {
        let authors: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!({"name": name}))
            .collect();
        let feed = serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1", "title": "River",
            "items": [{"id": "https://r.example/1", "url": "https://r.example/1", "title": "One", "language": language,
                       "authors": authors, "content_html": format!("<p>{PROSE}</p>")}]
        });
        let place = Place::empty();
        place.write("feed.json", feed.to_string());
        place
            .offprint(&["build", "feed.json", "-t", "epub", "-o", "books"])
            .assert()
            .success();
        let book = ["build", "books/archive.epub", "-t", "json"];
        place.offprint(&book).assert().success();
        let again = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
        let again: serde_json::Value = serde_json::from_str(&again).unwrap();
        let read = again["items"][0]["authors"].as_array().unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|author| author["name"].as_str().unwrap())
            .collect();
        assert_eq!(read, names, "{again}");
    }
}

#[test]
fn a_picture_that_a_book_lacks_is_told_and_asked_for_nowhere() {
    let news = "<h1>One</h1><p>So it is.</p><p><a rel='calibre-downloaded-from' href='https://l.example/x/'>from</a></p>";
    for source in ["gone.jpg", "../..//tmp/made/gone.jpg", "images/gone.jpg"] {
        let book = Book::of(
            vec![(
                "a.xhtml",
                page(&format!("{news}<img src='{source}' alt='A lamp'/>")),
            )],
            vec![line("One", "a.xhtml")],
        );
        let place = Place::empty();
        place.write("articles/book.epub", book.bytes(Kind::Nav));
        let report = place.report(&["-t", "epub,json"]);
        let codes = report["warnings"].as_array().unwrap().iter();
        assert!(
            codes
                .clone()
                .any(|warning| warning["code"] == "image-missing"),
            "{report}"
        );
        let feed = std::fs::read_to_string(place.path().join("out/feed.json")).unwrap();
        assert!(
            feed.contains("https://l.example/x/") && !feed.contains("gone"),
            "{feed}"
        );
    }
}

#[test]
fn an_encrypted_text_is_told_and_obfuscated_fonts_are_not() {
    let encryption = |method: &str, path: &str| {
        format!(
            "<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm='{method}'/><enc:CipherData>\
             <enc:CipherReference URI='{path}'/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    let book = |method: &str, path: &str| Book {
        members: vec![(
            "META-INF/encryption.xml",
            encryption(method, path).into_bytes(),
        )],
        ..Book::of(
            vec![("a.xhtml", text("One")), ("b.xhtml", text("Two"))],
            vec![line("One", "a.xhtml"), line("Two", "b.xhtml")],
        )
    };
    for method in [
        "http://www.idpf.org/2008/embedding",
        "http://ns.adobe.com/pdf/enc#RC",
    ] {
        assert_eq!(book(method, "OEBPS/font.otf").titles(), ["One", "Two"]);
    }
    for kind in KINDS {
        let locked = book(
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            "OEBPS/a.xhtml",
        );
        let reading = locked.read(kind);
        let warned = warned(&reading);
        assert_eq!((reading.entries.len(), warned.len()), (1, 1), "{warned:?}");
        assert_eq!(warned[0].0, Code::ExportBroken);
        assert!(
            warned[0].2.contains("encrypted (DRM): 1 of its documents"),
            "{warned:?}"
        );
    }
}

#[test]
fn hostile_64_contents_and_notes_that_lead_everywhere_take_a_time_that_grows_with_the_book() {
    let count = 4000;
    let mut whole = String::new();
    let mut lines = Vec::new();
    for number in 0..count {
        write!(
            whole,
            "<h2 id='c{number}'>T{number}</h2><p>{PROSE}<a href='notes.xhtml#n{number}'>1</a></p>"
        )
        .unwrap();
        let link = format!("a.xhtml#c{number}");
        lines.push(line("A title", Box::leak(link.into_boxed_str())));
    }
    let notes: String = (0..count)
        .map(|number| format!("<p id='n{number}'><a href='a.xhtml#c{number}'>1</a> Note.</p>"))
        .collect();
    let documents = vec![("a.xhtml", page(&whole)), ("notes.xhtml", page(&notes))];
    let book = Book::of(documents, lines);
    let started = std::time::Instant::now();
    let reading = book.read(Kind::Nav);
    assert!(started.elapsed().as_secs() < 60);
    assert_eq!(reading.entries.len(), count);
}

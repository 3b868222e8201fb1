//! Saved pages of every kind, as files of a folder.

use super::{read, sniff};
use crate::understanding::{DateSource, Understood, is_absent, understand};
use offprint::model::ImageSource;
use offprint::reader::{Confidence, Mhtml, Page, Reader};
use offprint::{Code, Registry, Settings, Unobserved, Warning, convert};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. In the \
                     end, however, the members agreed on nearly everything that was before them.";

/// A picture of this width, as text.
fn picture(width: u32) -> String {
    base64(&crate::images::samples::png(width, 80))
}

pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at > group.len() {
                '='
            } else {
                char::from(digit)
            });
        }
    }
    text
}

pub fn article(head: &str, inside: &str) -> String {
    format!(
        "{head}<title>Council agrees | The Paper</title><meta property='og:site_name' content='The Paper'></head>\
         <body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article><h1>Council agrees</h1><p>{PROSE}</p>\
         {inside}<p>{PROSE}</p></article><footer>About us</footer></body></html>"
    )
}

fn write(folder: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The articles of the files in a folder, and what was warned of.
pub fn understood(files: &[(&str, &str)]) -> (Vec<Understood>, Vec<Warning>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    understand(
        &Registry::standard(),
        &Settings::for_inputs([folder.path()]),
    )
    .unwrap()
}

fn one(files: &[(&str, &str)]) -> Understood {
    let (mut articles, warnings) = understood(files);
    let paths: Vec<_> = articles.iter().map(|article| &article.path).collect();
    assert_eq!(paths.len(), 1, "{paths:?} {warnings:?}");
    articles.pop().unwrap()
}

#[track_caller]
fn is_the_article(understood: &Understood, address: Option<&str>, published: Option<&str>) {
    let article = &understood.cleaned.article;
    assert_eq!(article.body.plain_text(), format!("{PROSE}\n{PROSE}"));
    assert_eq!(&*article.title, "Council agrees");
    assert_eq!(
        article.address.as_ref().map(|address| address.as_str()),
        address
    );
    assert_eq!(
        article.published.map(|time| time.rfc3339()).as_deref(),
        published
    );
}

#[test]
fn a_page_of_single_file_tells_where_and_when_it_was_saved() {
    let picture = format!(
        "<img width=600 height=400 src=data:image/png;base64,{}>",
        picture(120)
    );
    let page = article(
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://paper.example/a?b=c \n \
         saved date: Sat Dec 21 2019 23:50:11 GMT+0800 (China Standard Time)\n--><meta charset=utf-8>",
        &picture,
    );
    let understood = one(&[("Council agrees (12_21_2019 11_50_11 PM).html", &page)]);
    assert_eq!(understood.reader, "page");
    is_the_article(
        &understood,
        Some("https://paper.example/a?b=c"),
        Some("2019-12-21T15:50:11Z"),
    );
    assert_eq!(understood.dates.published.unwrap().1, DateSource::Saved);
    assert_eq!(understood.cleaned.article.body.images().len(), 1);
    let dated = page.replace(
        "</head>",
        "<meta property='article:published_time' content='2019-12-20T08:00:00Z'></head>",
    );
    let understood = one(&[("a.html", &dated)]);
    is_the_article(
        &understood,
        Some("https://paper.example/a?b=c"),
        Some("2019-12-20T08:00:00Z"),
    );
}

#[test]
fn a_page_of_monolith_tells_where_and_when_it_was_saved() {
    let head = "<!-- Saved from https://paper.example/a at 2024-01-01T00:00:00Z using monolith v2.8.1 -->\n<!DOCTYPE html><html><head>";
    let understood = one(&[("a.html", &article(head, ""))]);
    is_the_article(
        &understood,
        Some("https://paper.example/a"),
        Some("2024-01-01T00:00:00Z"),
    );
}

#[test]
fn the_files_of_a_complete_page_are_its_pictures_and_no_articles() {
    let picture = "<p><img width=600 height=400 src='./Council%20agrees_files/a.png'></p>";
    for (name, folder) in [
        ("Council agrees.html", "Council agrees_files"),
        ("Rat.htm", "Rat-Dateien"),
    ] {
        let head =
            "<!DOCTYPE html>\n<!-- saved from url=(0023)https://paper.example/a -->\n<html><head>";
        let page = article(
            head,
            &picture.replace("Council%20agrees_files", &folder.replace(' ', "%20")),
        );
        let dot = crate::images::samples::png(120, 80);
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &format!("2021/{name}"), &page);
        write(place.path(), &format!("2021/{folder}/a.png"), dot);
        write(
            place.path(),
            &format!("2021/{folder}/frame.html"),
            article("<html><head>", ""),
        );
        let settings = Settings::for_inputs([place.path()]);
        let (articles, _) = understand(&Registry::standard(), &settings).unwrap();
        assert_eq!(articles.len(), 1, "{name}");
        is_the_article(&articles[0], Some("https://paper.example/a"), None);
        let images = articles[0].cleaned.article.body.images();
        assert!(
            matches!(images[0].source, ImageSource::Resource { .. }),
            "{images:?}"
        );
    }
}

#[test]
fn a_page_in_a_tree_of_hosts_is_known_by_its_place() {
    let page = article("<!DOCTYPE html><html><head>", "");
    let understood = one(&[("paper.example/2021/lamp/index.html", &page)]);
    is_the_article(&understood, Some("https://paper.example/2021/lamp/"), None);
    let named = page.replace(
        "</head>",
        "<link rel=canonical href='https://paper.example/lamp'></head>",
    );
    let understood = one(&[("paper.example/2021/lamp.html", &named)]);
    is_the_article(&understood, Some("https://paper.example/lamp"), None);
    assert_eq!(
        one(&[("v1.2/lamp.html", &page)]).cleaned.article.address,
        None
    );
}

#[test]
fn a_snapshot_of_archive_box_is_one_article() {
    let index = "{\"url\": \"https://paper.example/a\", \"timestamp\": \"1609459200.123\", \"title\": \"Council agrees\", \"tags\": \"town,news\"}";
    let page = article("<!DOCTYPE html><html><head>", "");
    let part = format!("<div><p>{PROSE}</p><p>{PROSE}</p></div>");
    let challenge = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>";
    let folder = "archive/1609459200.123";
    let file = |name: &str| format!("{folder}/{name}");
    let (names, own) = (
        [
            "index.json",
            "singlefile.html",
            "output.html",
            "readability/content.html",
            "index.html",
        ]
        .map(file),
        "index.html",
    );
    for (single, output) in [
        (page.as_str(), page.as_str()),
        (challenge, &page),
        (challenge, challenge),
    ] {
        let files: [(&str, &str); 6] = [
            (&names[0], index),
            (&names[1], single),
            (&names[2], output),
            (&names[3], &part),
            (&names[4], &page),
            (own, challenge),
        ];
        let (articles, warnings) = understood(&files);
        let snapshot: Vec<_> = articles
            .iter()
            .filter(|article| article.path.contains("archive/"))
            .collect();
        assert_eq!(snapshot.len(), 1, "{warnings:?}");
        is_the_article(
            snapshot[0],
            Some("https://paper.example/a"),
            Some("2021-01-01T00:00:00Z"),
        );
        let tags: Vec<String> = snapshot[0]
            .cleaned
            .article
            .tags
            .iter()
            .map(|tag| tag.to_string())
            .collect();
        assert_eq!(tags, ["town", "news"]);
    }
}

#[test]
fn the_charset_is_the_one_that_a_browser_would_take() {
    let page = "<html><head><meta charset=\"CHARSET\"><title>Th\u{e9}\u{e2}tre</title></head><body><p>{}</p></body></html>";
    for (charset, encoding) in [
        ("iso-8859-1", encoding_rs::WINDOWS_1252),
        ("windows-1250", encoding_rs::WINDOWS_1250),
        ("macintosh", encoding_rs::MACINTOSH),
    ] {
        let text = page.replace("CHARSET", charset).replace("{}", PROSE);
        let (bytes, _, _) = encoding.encode(&text);
        let reading = read(&Page, &bytes);
        assert!(
            reading.entries[0]
                .markup
                .as_str()
                .contains("Th\u{e9}\u{e2}tre"),
            "{charset}"
        );
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    }
    // What is UTF-8 stays so, whatever an editor left in the page.
    let reading = read(&Page, page.replace("CHARSET", "gbk").as_bytes());
    assert!(
        reading.entries[0]
            .markup
            .as_str()
            .contains("Th\u{e9}\u{e2}tre")
    );
}

#[test]
fn a_page_is_told_from_other_files_by_its_content() {
    let is = |text: &str, name: &str| sniff(&Page, text.as_bytes(), name);
    assert_eq!(is("<!DOCTYPE html><html>", "a.html"), Confidence::Maybe);
    assert_eq!(
        is("<?xml version='1.0'?>\n<!-- x --><html>", "a"),
        Confidence::Maybe
    );
    assert_eq!(
        is(
            "<!-- saved from url=(0018)https://a.example/ --><p>",
            "a.txt"
        ),
        Confidence::Certain
    );
    for (text, name) in [
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>", "bookmarks.html"),
        (
            "<!--1640909827000-->\n[t](https://a.example)\n------\n<p>",
            "a.txt",
        ),
        ("<rss version='2.0'>", "a.xml"),
        ("<!DOCTYPE html>", "feed.xml"),
        ("<p>x", "part.html"),
        ("", "a.html"),
        ("\u{89}PNG", "a.html"),
    ] {
        assert_eq!(is(text, name), Confidence::No, "{name} {text}");
    }
}

#[test]
fn a_page_without_an_article_is_passed_over_with_a_warning() {
    let mut list = String::from(
        "<!DOCTYPE html><html><head><title>The Paper</title></head><body><div class=list>",
    );
    for number in 0..12 {
        let _ = write!(
            list,
            "<div><h2><a href='/{number}'>Story number {number} of today</a></h2><p>{PROSE}</p></div>"
        );
    }
    let instead = |title: &str, text: &str| {
        format!(
            "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
        )
    };
    let pages = [
        list,
        instead(
            "404 Not Found",
            "The requested URL was not found on this server.",
        ),
        instead(
            "Just a moment...",
            "Enable JavaScript and cookies to continue",
        ),
        instead("Attention Required! | Cloudflare", PROSE),
        instead(
            "Page not found | The Paper",
            "We are sorry. Try the search, or go back to the front page.",
        ),
        instead(
            "Before you continue",
            "We use cookies and data to deliver and maintain our services, and more.",
        ),
        instead("The Paper", "<a href='/a'>A</a>"),
    ];
    for page in &pages {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "in/page.html", page);
        write(
            folder.path(),
            "in/story.html",
            article("<!DOCTYPE html><html><head>", ""),
        );
        let mut settings = Settings::for_inputs([folder.path().join("in")]);
        settings.out = folder.path().join("out");
        let report = convert(&Registry::standard(), &settings, &Unobserved).unwrap();
        assert_eq!(report.articles.written, 1, "{page}");
        let codes: Vec<Code> = report.warnings.iter().map(|warning| warning.code).collect();
        assert!(
            codes.contains(&Code::PageWithoutArticle),
            "{codes:?} {page}"
        );
    }
}

#[test]
fn a_short_story_and_one_of_pictures_are_articles() {
    let short = "<!DOCTYPE html><html><head><title>Lamp lit</title></head><body><article><p>\u{706f}\u{5854}\u{7684}\u{706f}\u{518d}\u{6b21}\u{4eae}\u{8d77}\u{ff0c}\u{8fd9}\u{662f}\u{4e5d}\u{5e74}\u{6765}\u{7684}\u{7b2c}\u{4e00}\u{6b21}\u{3002}\u{5b88}\u{706f}\u{4eba}\u{8bf4}\u{ff0c}\u{697c}\u{68af}\u{5f88}\u{9661}\u{ff0c}\u{8bf7}\u{5c0f}\u{5fc3}\u{3002}\u{6ca1}\u{6709}\u{4e00}\u{8258}\u{8239}\u{8ff7}\u{822a}\u{ff0c}\u{4eba}\u{4eba}\u{90fd}\u{9ad8}\u{5174}\u{3002}</p></article></body></html>";
    let comic = "<!DOCTYPE html><html><head><title>Comic 12</title></head><body><article><figure><img width=600 height=400 src=https://a.example/12.png></figure><p>Have a good day.</p></article></body></html>";
    for page in [short, comic] {
        let (articles, warnings) = understood(&[("a.html", page)]);
        assert!(
            warnings
                .iter()
                .all(|warning| warning.code != Code::PageWithoutArticle),
            "{page}"
        );
        assert!(
            articles[0]
                .warnings
                .iter()
                .all(|warning| warning.code != Code::PageWithoutArticle),
            "{page}"
        );
    }
}

/// A message of a page, a picture by address and one by its id, and a frame.
fn mhtml(charset: &str) -> String {
    mhtml_naming(charset, "cid:two@x")
}

/// The same where the page names its second picture so.
fn mhtml_naming(charset: &str, reference: &str) -> String {
    let page = article(
        "<!DOCTYPE html><html><head>",
        &format!(
            "<p>Caf\u{e9}</p><p><img width=600 height=400 src='https://cdn.paper.example/a.png?x=1&amp;y=2'></p>\
             <p><img width=600 height=400 src='{reference}'></p><p><img width=600 height=400 src='/rel.png'></p>"
        ),
    );
    let mut quoted = String::new();
    for byte in page.bytes() {
        match byte {
            b'=' | 0x80.. => {
                let _ = write!(quoted, "={byte:02X}");
            }
            _ => quoted.push(char::from(byte)),
        }
        if quoted.len().is_multiple_of(71) {
            quoted.push_str("=\r\n");
        }
    }
    let [one, two, three] = [120, 130, 140].map(picture);
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.example/a\r\nSubject: Council agrees\r\n\
         Date: Mon, 17 Dec 2018 11:16:46 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
         \tboundary=\"----Boundary--x----\"\r\n\r\n\r\n------Boundary--x----\r\nContent-Type: text/html{charset}\r\n\
         Content-ID: <frame@x>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/a\r\n\r\n\
         {quoted}\r\n------Boundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://cdn.paper.example/a.png?x=1&y=2\r\n\r\n{one}\r\n------Boundary--x----\r\n\
         Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <two@x>\r\n\r\n{two}\r\n\
         ------Boundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Location: https://paper.example/rel.png\r\n\r\n{three}\r\n------Boundary--x----\r\nContent-Type: text/html\r\n\
         Content-Location: https://ads.example/frame\r\n\r\n<p>Buy!</p>\r\n------Boundary--x------\r\n"
    )
}

#[test]
fn a_page_in_mhtml_brings_its_pictures() {
    let saved = ["", "; charset=utf-8"].map(mhtml).into_iter();
    let others = ["CID:two@x", "cid:two%40x"].map(|other| mhtml_naming("", other));
    for page in saved.chain(others) {
        let understood = one(&[("a.mhtml", &page)]);
        assert_eq!(understood.reader, "mhtml");
        let article = &understood.cleaned.article;
        assert_eq!(
            article.address.as_ref().unwrap().as_str(),
            "https://paper.example/a"
        );
        assert_eq!(article.published.unwrap().rfc3339(), "2018-12-17T11:16:46Z");
        assert_eq!(
            article.body.plain_text(),
            format!("{PROSE}\nCaf\u{e9}\n{PROSE}")
        );
        let images = article.body.images();
        assert_eq!(images.len(), 3);
        for (image, width) in images.into_iter().zip([120, 130, 140]) {
            let ImageSource::Resource { id, .. } = &image.source else {
                panic!("{image:?}");
            };
            let found = understood.cleaned.resources.get(*id).expect("bytes");
            assert_eq!(
                found.bytes.read(1_000_000).unwrap(),
                crate::images::samples::png(width, 80)
            );
        }
    }
}

#[test]
fn damaged_mhtml_costs_what_is_damaged() {
    let whole = mhtml("");
    let cut = &whole[..whole.find("</article>").unwrap()];
    let reading = read(&Mhtml, cut.as_bytes());
    assert_eq!(reading.entries.len(), 1);
    for text in [
        "",
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--",
    ] {
        let reading = read(&Mhtml, text.as_bytes());
        assert!(
            reading.entries.len() + reading.warnings.len() == 1,
            "{text}"
        );
    }
    let mail = "From: Ada <a@x.example>\r\nTo: b@x.example\r\nSubject: Hi\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n";
    assert_eq!(sniff(&Mhtml, mail.as_bytes(), "a.eml"), Confidence::No);
    assert_eq!(sniff(&Mhtml, mail.as_bytes(), "a.mht"), Confidence::Certain);
    assert_eq!(sniff(&Mhtml, whole.as_bytes(), "a"), Confidence::Certain);
}

/// Pages whose cost is not that of their length: each is read and cleaned in seconds.
#[test]
fn pages_that_cost_much_take_a_time_that_their_length_bounds() {
    let deep = format!("{}{PROSE}", "<div class=a><p>".repeat(20_000));
    let wide = format!(
        "<div>{}</div>",
        format!("<div><p>{PROSE}</p></div>").repeat(4_000)
    );
    let lists = "<ul><li><a href=/a>one, two, three and four words of a list</a>".repeat(15_000);
    let tables = "<table><tr><td>a, b, c and a few more words to count<td>".repeat(5_000);
    let marks = "<span n1 n2 nz id=readability-page-1>a, b</span>".repeat(30_000);
    let comments = "<!--".repeat(200_000);
    for inside in [deep, wide, lists, tables, marks, comments] {
        let began = std::time::Instant::now();
        let page = format!("<!DOCTYPE html><html><head><title>T</title></head><body>{inside}");
        let mut reading = read(&Page, page.as_bytes());
        let entry = reading.entries.pop().unwrap();
        let _ = is_absent(&entry);
        let length = page.len();
        assert!(
            began.elapsed().as_secs() < 60,
            "{:?} for {length} bytes of {:.40}",
            began.elapsed(),
            page.split_at(58).1
        );
        eprintln!(
            "{:?} for {length} bytes of {:.40}",
            began.elapsed(),
            page.split_at(58).1
        );
    }
    let boundaries = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n{}",
        "--x\r\n\r\n".repeat(300_000)
    );
    let nested = "Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n".repeat(20_000);
    for text in [boundaries, nested] {
        read(&Mhtml, text.as_bytes());
    }
}

#[test]
fn readers_of_pages_say_that_a_page_may_hold_none() {
    assert!(Page.gives_pages() && Mhtml.gives_pages());
    assert!(!offprint::reader::Archive.gives_pages());
}

#[test]
fn a_document_of_google_docs_has_its_own_title() {
    for (style, headings) in [
        ("title", "<h1>Part one</h1>"),
        ("c3 title", "<h1>Part one</h1>"),
    ] {
        let text = format!("<p class=\"c3\"><span>{PROSE}</span></p>");
        let page = format!(
            "<html><head><meta content=\"text/html; charset=UTF-8\" http-equiv=\"content-type\"></head>\
             <body class=\"c3 doc-content\"><p class=\"{style}\" id=\"h.x1\"><span>The pier</span></p>\
             {headings}{text}{text}</body></html>"
        );
        let article = one(&[("Doc.html", &page)]);
        assert_eq!(article.cleaned.article.title.as_str(), "The pier");
        let body = article.cleaned.article.body.plain_text();
        assert!(body.contains("Part one"), "{body}");
    }
}

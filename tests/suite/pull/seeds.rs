//! What is saved: the seed format, to the letter.

use super::server::{Reply, Server};
use super::{Archive, NOON, day, item, rss, text};
use offprint::model::Entry;
use offprint::reader::{Archive as ArchiveReader, Locator, MemorySource, ReadOptions, Reader};

fn read(file: &str) -> Entry {
    let source = MemorySource::new("a.txt", file.as_bytes());
    let at = Locator::whole(file.len() as u64);
    let loaded = ArchiveReader.load(&source, &at, &ReadOptions::default());
    let loaded = loaded.unwrap();
    assert_eq!(loaded.warnings, [], "{file}");
    loaded.entry
}

/// Whether a file is in the seed format as the scripts that began it wrote it.
fn assert_seed(file: &str) {
    let mut lines = file.split('\n');
    let epoch = lines.next().unwrap();
    let digits = epoch
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"));
    let digits = digits.unwrap();
    assert!(
        digits.len() >= 12 && digits.bytes().all(|byte| byte.is_ascii_digit()),
        "{file}"
    );
    let link = lines.next().unwrap();
    assert!(
        link.starts_with('[') && link.ends_with(')') && link.contains("]("),
        "{file}"
    );
    assert_eq!(lines.next(), Some("------"), "{file}");
    assert_eq!(lines.next(), Some(""), "{file}");
    assert!(lines.next().unwrap().starts_with("<div>"), "{file}");
    assert!(!file.contains('\r'), "{file}");
}

#[test]
fn an_item_is_read_back_as_its_feed_has_it() {
    let titles = [
        "Plain",
        "A [link](https://x.example/) and ](",
        "Ends with ]",
        "Two\n lines",
        "Fish &amp; chips &lt;b&gt;",
        "------",
        "标题（一）",
    ];
    for title in titles {
        let body = "<p>Text with <img src=\"/i.png\" alt='a'> and <a href=\"b.html?x=1&amp;y\">b</a>.</p>\r\n<hr>";
        let entry = format!(
            "<item><title><![CDATA[{title}]]></title><link>https://tales.example/a/1</link><guid>g</guid>\
             <author>Ada Keeper</author><author>Bo Li</author><pubDate>Fri, 31 Dec 2021 09:44:25 +0800</pubDate>\
             <description><![CDATA[{body}]]></description></item>"
        );
        let server = Server::of([("/feed", Reply::feed(rss("Tales", "", &entry)))]);
        let url = server.address("/feed");
        let archive = Archive::new(&format!(
            "[pull]\nfull_text = \"never\"\n[[pull.feed]]\nurl = {url:?}"
        ));
        let report = archive.pull(NOON);
        assert_eq!(report.articles.saved, 1, "{report:#?}");
        assert!(report.warnings.is_empty(), "{report:#?}");
        let file = archive.file();
        assert_seed(&file);
        let read = read(&file);
        let one_line = title.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read.head.title.as_deref(), Some(one_line.as_str()));
        assert_eq!(
            read.head.address.as_deref(),
            Some("https://tales.example/a/1")
        );
        assert_eq!(read.head.byline.authors, ["Ada Keeper, Bo Li"]);
        assert_eq!(
            read.head.header_time.unwrap().rfc3339(),
            "2021-12-31T01:44:25Z"
        );
        let byline = "<div><i>Ada Keeper, Bo Li<br>2021-12-31T01:44:25.000Z</i></div>";
        assert!(file.contains(byline), "{file}");
        let saved = "<p>Text with <img src=\"https://tales.example/i.png\" alt='a'> and \
            <a href=\"https://tales.example/a/b.html?x=1&amp;y\">b</a>.</p>\n<hr>";
        assert_eq!(read.markup.as_str(), saved);
    }
}

#[test]
fn atom_and_json_feeds_are_saved_too() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Lamps</title><id>urn:l</id>\
        <entry><id>urn:l:1</id><title>One</title><link href='https://l.example/1'/><published>2021-12-30T01:00:00Z</published>\
        <updated>2021-12-30T03:00:00Z</updated><content>Plain text &lt;3\n\nmore</content></entry></feed>";
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Goats\",\"items\":[{\"id\":\"5\",\
        \"url\":\"https://g.example/5\",\"content_html\":\"<p>Hill</p>\",\"date_published\":\"2021-12-29T00:00:00Z\"}]}";
    let server = Server::of([("/atom", Reply::feed(atom)), ("/json", Reply::feed(json))]);
    let archive = Archive::of([server.address("/atom"), server.address("/json")]);
    archive.pull(NOON);
    let files = archive.files();
    assert_eq!(files.len(), 2);
    files.values().for_each(|file| assert_seed(file));
    let (name, lamp) = files
        .iter()
        .find(|(name, _)| name.starts_with("Lamps/"))
        .unwrap();
    assert!(name.starts_with("Lamps/2021-12-30-"), "{name}");
    assert!(
        lamp.contains("<p>Plain text &lt;3</p><p>more</p>"),
        "{lamp}"
    );
    let (name, goat) = files
        .iter()
        .find(|(name, _)| name.starts_with("Goats/"))
        .unwrap();
    assert!(name.starts_with("Goats/2021-12-29-"), "{name}");
    assert_eq!(read(goat).head.title, None);
}

#[test]
fn an_item_without_a_date_is_dated_by_the_run_and_that_is_told() {
    let entry = format!(
        "<item><title>T</title><link>https://t.example/1</link><description>{}</description></item>",
        text(1).replace('<', "&lt;")
    );
    let server = Server::of([("/feed", Reply::feed(rss("T", "", &entry)))]);
    let archive = Archive::of([server.address("/feed")]);
    let report = archive.pull(NOON);
    assert!(archive.file().starts_with(&format!("<!--{NOON}-->\n")));
    assert!(
        archive.file().contains("<div></div><p>"),
        "{}",
        archive.file()
    );
    let codes: Vec<&str> = report
        .warnings
        .iter()
        .map(|warning| warning.code.name())
        .collect();
    assert_eq!(codes, ["item-undated"]);
    // Another day it is still the same item.
    assert_eq!(archive.pull(NOON + 26 * super::HOUR).saved, [""; 0]);
}

#[test]
fn feeds_of_other_charsets_and_sources_with_odd_names_are_saved() {
    let feed = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss version=\"2.0\"><channel><title>A: B/C?</title>\
        <item><title>\u{e9}</title><link>https://a.example/1</link><pubDate>01 Dec 2021 08:00:00 GMT</pubDate>\
        <description>x</description></item></channel></rss>";
    let bytes: Vec<u8> = feed.chars().map(|c| u32::from(c) as u8).collect();
    let server = Server::of([(
        "/feed",
        Reply::new(200, bytes).with("Content-Type", "text/html"),
    )]);
    let archive = Archive::of([server.address("/feed")]);
    archive.pull(NOON);
    let files = archive.files();
    let (name, file) = files.iter().next().unwrap();
    assert!(name.starts_with("A： B／C？/"), "{name}");
    assert!(file.contains("[й](https://a.example/1)"), "{file}");
}

#[test]
fn what_is_built_of_the_archive_is_what_the_feed_said() {
    let items: String = (1..=3)
        .map(|number| {
            item(
                number,
                &format!("https://tales.example/{number}"),
                &day(number),
                &text(number),
            )
        })
        .collect();
    let server = Server::of([("/feed", Reply::feed(rss("Tales", "", &items)))]);
    let archive = Archive::of([server.address("/feed")]);
    archive.pull(NOON);
    let out = tempfile::tempdir().unwrap();
    let mut settings = offprint::Settings::for_inputs([archive.path()]);
    settings.formats = vec!["json".to_owned()];
    settings.out = out.path().to_owned();
    let registry = offprint::Registry::standard();
    offprint::convert(&registry, &settings, &offprint::Unobserved).unwrap();
    let feed = std::fs::read_to_string(out.path().join("feed.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
    let told: Vec<String> = feed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            format!(
                "{} {} {}",
                item["url"], item["title"], item["date_published"]
            )
        })
        .collect();
    let expected = [3, 2, 1]
        .map(|n| format!("\"https://tales.example/{n}\" \"Tale {n}\" \"2021-12-0{n}T08:00:00Z\""));
    assert_eq!(told, expected);
    assert_eq!(feed["items"][0]["_offprint"]["source"]["name"], "Tales");
}

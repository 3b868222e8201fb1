//! What a run says: few lines whatever the archive is like, and all that a person needs in them.

use super::command::Place;
use std::fmt::Write as _;

fn stderr(ended: &assert_cmd::assert::Assert) -> String {
    String::from_utf8_lossy(&ended.get_output().stderr).into_owned()
}

/// An archive of articles that show pictures which nobody has, at some hosts: the first hosts have
/// the most.
fn archive_without_pictures(articles: u32, pictures: u32, hosts: u32) -> Place {
    let place = Place::empty();
    for number in 0..articles {
        let mut text = String::new();
        for picture in 0..pictures {
            let host = (number % hosts).min(picture * 7 % hosts);
            let _ = write!(
                text,
                "<p><img src=\"https://pictures{host}.example/{number}/{picture}.jpg\"></p>"
            );
        }
        let name = format!("articles/{number:04}.txt");
        place.article(&name, number, number % 30 + 1, &text);
    }
    place
}

#[test]
fn fault_23_six_thousand_missing_pictures_are_told_in_forty_lines() {
    let place = archive_without_pictures(300, 20, 15);
    let said = stderr(&place.build(&[]).success());
    assert!(said.lines().count() <= 40, "{said}");
    for needed in [
        "6000 times at 15 hosts",
        "[image-missing]",
        "pictures0.example (",
        "pictures14.example (",
        "articles/0000.txt",
        "--image-mirror",
        "6000 missing",
    ] {
        assert!(said.contains(needed), "no {needed:?} in {said}");
    }
    let counts = said
        .lines()
        .filter(|line| line.contains(".example ("))
        .map(|line| line.split_whitespace().next().unwrap().parse().unwrap());
    let counts: Vec<u32> = counts.collect();
    assert!(counts.is_sorted_by(|left, right| left >= right), "{said}");
    assert_eq!(counts.iter().sum::<u32>(), 6000);
    let report = place.report(&[]);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 6000);
    let all = stderr(&place.build(&["-v"]).success());
    assert_eq!(all.matches("image not had: ").count(), 6000);
}

#[test]
fn fault_23_files_that_no_reader_takes_are_counted_and_named_on_request() {
    let place = Place::with_archive();
    place.write("articles/notes.bin", b"\x00\x01nothing to read");
    place.write("articles/deep/README", "These are my articles.");
    let said = stderr(&place.build(&[]).success());
    assert!(said.contains("2 passed over"), "{said}");
    assert!(!said.contains("notes.bin"), "{said}");
    let said = stderr(&place.build(&["-v"]).success());
    for name in ["notes.bin", "deep/README"] {
        assert!(said.contains(&format!("{name}  passed over")), "{said}");
    }
    assert_eq!(place.report(&[])["articles"]["passed_over"], 2);
}

#[test]
fn fault_23_many_outputs_of_a_kind_are_one_line() {
    let place = Place::empty();
    for month in 0..20_u32 {
        let millis = 1_577_880_000_000 + u64::from(month) * 2_678_400_000;
        place.write(
            &format!("articles/{month}.txt"),
            format!(
                "<!--{millis}-->\n[Tale {month}](https://tales.example/{month})\n------\n\n<p>Text.</p>\n"
            ),
        );
    }
    let said = stderr(&place.build(&["--to", "epub", "--split", "month"]).success());
    assert!(said.contains("20 outputs ….epub"), "{said}");
    assert!(said.contains("20 outputs …-cover.jpg"), "{said}");
    assert!(said.contains("20 changed"), "{said}");
    let arguments = ["--to", "epub", "--split", "month", "-v"];
    let said = stderr(&place.build(&arguments).success());
    assert!(said.contains("archive-2020-02.epub"), "{said}");
}

#[test]
fn fault_23_missing_pictures_hide_no_broken_file_on_github() {
    let place = archive_without_pictures(20, 3, 4);
    for number in 0..3 {
        let text = "<!--1638316800000-->\n[Title](https://tales.example/9)\nno separator\n";
        place.write(&format!("articles/z{number}-broken.txt"), text);
    }
    let mut command = place.offprint(&["build", "articles"]);
    let said = stderr(&command.env("GITHUB_ACTIONS", "true").assert().success());
    let annotations: Vec<&str> = said.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(annotations.len(), 4, "{said}");
    assert!(
        annotations[..3]
            .iter()
            .all(|line| line.contains("broken.txt"))
    );
    assert!(
        annotations[3].contains("title=image-missing::60 times"),
        "{said}"
    );
}

#[test]
fn fault_25_the_checker_looks_into_the_default_folder() {
    let place = Place::with_archive();
    place.build(&[]).success();
    place.offprint(&["check"]).assert().success();
}

#[test]
fn fault_12_a_broken_file_makes_no_volume_anew() {
    let place = Place::with_archive();
    let arguments = ["--to", "epub", "--split", "day", "--dry-run"];
    place.build(&arguments[..4]).success();
    place.write(
        "articles/broken.txt",
        "<!--1638316800000-->\n[Title](https://tales.example/9)\nno separator\n",
    );
    let report = place.report(&arguments);
    for output in report["outputs"].as_array().unwrap() {
        assert!(output["reason"].is_null(), "{output}");
    }
}

#[test]
fn fault_23_what_was_told_of_unchanged_articles_is_counted_and_not_told_again() {
    let place = archive_without_pictures(30, 4, 3);
    let said = stderr(&place.build(&[]).success());
    assert!(said.contains("120 times at 3 hosts"), "{said}");
    let told = "warnings  120, 120 of them of unchanged articles and told before";
    let said = stderr(&place.build(&[]).success());
    assert!(said.contains(told), "{said}");
    assert!(!said.contains("[image-missing]"), "{said}");
    // One article more: its book is made anew, and only what is new is told.
    let picture = "<p><img src=\"https://elsewhere.example/1.jpg\"></p>";
    place.article("articles/new.txt", 999, 31, picture);
    let said = stderr(&place.build(&[]).success());
    assert!(said.contains("elsewhere.example/1.jpg"), "{said}");
    assert!(said.contains("warnings  121, 120 of them"), "{said}");
    assert!(!said.contains("pictures0.example"), "{said}");
    let said = stderr(&place.build(&["-v"]).success());
    assert_eq!(said.matches("image not had: ").count(), 121);
    let report = place.report(&[]);
    assert_eq!(report["warnings"].as_array().unwrap().len(), 121);
    // An article that was edited is told of again.
    place.article("articles/new.txt", 999, 31, &format!("Edited. {picture}"));
    let said = stderr(&place.build(&[]).success());
    assert!(said.contains("elsewhere.example/1.jpg"), "{said}");
}

#[test]
fn fault_25_a_wrong_type_in_the_configuration_is_said_in_plain_words() {
    let cases = [
        (
            "[feeds]\nitems = \"x\"\n",
            2,
            "`feeds.items` is a whole number, not the text \"x\"",
        ),
        (
            "[feeds]\nitems = -1\n",
            2,
            "`feeds.items` is a whole number, not -1",
        ),
        (
            "[feeds]\nitems = 1.5\n",
            2,
            "`feeds.items` is a whole number, not 1.5",
        ),
        (
            "[run]\nstrict = \"yes\"\n",
            2,
            "`run.strict` is true or false, not the text \"yes\"",
        ),
        (
            "[run]\nwait = true\n",
            2,
            "`run.wait` is a whole number, not true",
        ),
        (
            "[publication]\ntitle = 7\n",
            2,
            "`publication.title` is a text, not 7",
        ),
        ("[output]\nout = 7\n", 2, "`output.out` is a path, not 7"),
        (
            "[output]\nto = \"epub\"\n",
            2,
            "`output.to` is a list, not the text \"epub\"",
        ),
        (
            "[output]\nto = [\n  \"rss\",\n  7,\n]\n",
            4,
            "`output.to` is a text, not 7",
        ),
        (
            "[input]\npaths = [\"a\", 7]\n",
            2,
            "`input.paths` is a path, not 7",
        ),
        (
            "[epub]\nsplit = \"fortnight\"\n",
            2,
            "`epub.split` can't be `fortnight`: choose from `none`",
        ),
        (
            "[feeds]\nitmes = 1\n",
            2,
            "there is no key `itmes` here: choose from `items`",
        ),
        (
            "[[site]]\nname = \"x\"\n",
            1,
            "the key `hosts` is missing here",
        ),
        (
            "[[site]]\nhosts = \"x\"\n",
            2,
            "`site.hosts` is a list, not the text \"x\"",
        ),
        ("feeds = 1\n", 1, "`feeds` is a table, not 1"),
    ];
    let place = Place::with_archive();
    for (text, line, words) in cases {
        place.write("offprint.toml", text);
        let said = stderr(&place.build(&[]).code(2));
        let expected = format!("error: offprint.toml:{line}: {words}");
        assert!(said.contains(&expected), "{text}: {said}");
        assert!(said.contains("  hint: "), "{said}");
        for word in [
            "usize",
            "u64",
            "struct",
            "boolean",
            "sequence",
            "invalid type",
        ] {
            assert!(!said.contains(word), "{said}");
        }
    }
}

#[test]
fn fault_25_a_wrong_variable_is_named() {
    let place = Place::with_archive();
    let cases = [
        ("OFFPRINT_ITEMS", "x", "a whole number is wanted"),
        ("OFFPRINT_WAIT", "-1", "a whole number of seconds is wanted"),
        (
            "OFFPRINT_JOBS",
            "0",
            "a whole number from 1 to 1024 is wanted",
        ),
        ("OFFPRINT_STRICT", "perhaps", "OFFPRINT_STRICT"),
        ("OFFPRINT_SPLIT", "fortnight", "month"),
    ];
    for (variable, value, words) in cases {
        let mut command = place.offprint(&["build", "articles"]);
        let said = stderr(&command.env(variable, value).assert().code(2));
        assert!(said.contains(words), "{said}");
        assert!(
            said.contains(&format!("the variable {variable} says so")),
            "{said}"
        );
    }
    let said = stderr(&place.build(&["--items", "x"]).code(2));
    assert!(said.contains("a whole number is wanted"), "{said}");
    assert!(!said.contains("variable"), "{said}");
}

/// A file of each kind that is recognised, and what is said of it.
fn files_of_other_kinds() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let links =
        "<a href=\"https://a.example/1\">1</a>\n<a href='x'>2</a> <A HREF=\"http://a.example/3\">";
    let texts = [
        (
            "ril_export.html",
            format!("<!DOCTYPE html><html><head><title>Pocket Export</title></head><ul>{links}"),
            "a Pocket export with 2 addresses",
        ),
        (
            "pocket.csv",
            "title,url,time_added,tags,status\nA,https://a.example/1,1,,unread\n\"B, C\",\"http://a.example/2\",2,x,archive\n".to_owned(),
            "a Pocket export with 2 addresses",
        ),
        (
            "instapaper.csv",
            "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/1,A,,Unread,1\n".to_owned(),
            "an Instapaper export with 1 address",
        ),
        (
            "readwise.csv",
            "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nA,https://a.example/1,1,,,0,new,True\n".to_owned(),
            "a Readwise export with 1 address",
        ),
        (
            "raindrop.csv",
            "id,title,note,excerpt,url,folder,tags,created\n1,A,,,https://a.example/1,x,,\n".to_owned(),
            "a Raindrop export with 1 address",
        ),
        (
            "karakeep.json",
            "{\"bookmarks\": [{\"createdAt\": 1, \"content\": {\"type\": \"link\", \"url\": \"https://a.example/1\"}}]}".to_owned(),
            "a Karakeep export with 1 address",
        ),
        (
            "linkwarden.json",
            "{\"collections\": [{\"links\": [{\"url\": \"https://a.example/1\"}]}]}".to_owned(),
            "a Linkwarden export with 1 address",
        ),
        (
            "bookmarks.html",
            format!("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT>{links}"),
            "a file of bookmarks with 2 addresses",
        ),
        (
            "bookmarks-2024.json",
            "{\"guid\": \"root________\", \"type\": \"text/x-moz-place-container\", \"children\": [{\"uri\": \"https://a.example/1\"}]}".to_owned(),
            "a file of bookmarks with 1 address",
        ),
        (
            "delicious.json",
            "[{\"title\": \"A\", \"tags\": [], \"url\": \"https://a.example/1\", \"created\": \"1358531607\"}]".to_owned(),
            "a file of bookmarks with 1 address",
        ),
        (
            "pinboard.json",
            "[{\"href\": \"https://a.example/1\", \"description\": \"A\", \"extended\": \"\", \"tags\": \"a b\"}]".to_owned(),
            "a file of bookmarks with 1 address",
        ),
        (
            "readwise.json",
            "{\"results\": [{\"id\": \"1\", \"source_url\": \"https://a.example/1\", \"reading_progress\": 0}]}".to_owned(),
            "a Readwise export with 1 address",
        ),
        (
            "matter.csv",
            "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read\nA,B,C,https://a.example/1,,9,True,False,False\n".to_owned(),
            "a Matter export with 1 address",
        ),
        (
            "feeds.opml",
            "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline xmlUrl=\"https://a.example/feed\"/>".to_owned(),
            "an OPML list of feeds with 1 address",
        ),
        (
            "later.urls",
            "https://a.example/1\nhttps://a.example/2\n\nhttp://a.example/3\n".to_owned(),
            "a plain list with 3 addresses",
        ),
        (
            "inbox.mbox",
            "From a@a.example Mon Jan  1 00:00:00 2024\nFrom: a@a.example\nSubject: A\n\nText.\n".to_owned(),
            "a mailbox",
        ),
        (
            "letter.eml",
            "From: a@a.example\nSubject: A\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\nText.\n".to_owned(),
            "a mail",
        ),
        ("paper.pdf", "%PDF-1.7\n".to_owned(), "a PDF"),
        (
            "feed.xml",
            "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>".to_owned(),
            "an error that a server gave",
        ),
        ("posts.json", "{\"error\": \"not found\"}".to_owned(), "an error that a server gave"),
        (
            "outbox.json",
            "{\"type\": \"OrderedCollection\", \"orderedItems\": []}".to_owned(),
            "an outbox of posts (ActivityPub)",
        ),
        (
            "chat.json",
            "{\"name\": \"A\", \"id\": 1, \"messages\": [{\"text\": \"x\"}]}".to_owned(),
            "an export of messages",
        ),
        ("found.json", "{\"count\": 1, \"results\": [{\"id\": 1}]}".to_owned(), "a list of results"),
        ("numbers.json", "{\"width\": 1}".to_owned(), "a file of JSON"),
        (
            "map.xml",
            "<?xml version=\"1.0\"?><urlset><url/></urlset>".to_owned(),
            "an XML document",
        ),
    ];
    let texts = texts.map(|(name, text, said)| (name, text.into_bytes(), said));
    let zip = |entry: &[u8]| [b"PK\x03\x04\x14\0\0\0\0\0" as &[u8], entry].concat();
    let mut files = Vec::from(texts);
    files.push(("export.zip", zip(b"content/x.html"), "a ZIP archive"));
    files.push(("site.tar.gz", b"\x1F\x8B\x08\0".to_vec(), "a gzip file"));
    files.push((
        "site.warc.gz",
        b"\x1F\x8B\x08\0".to_vec(),
        "a web archive (WARC)",
    ));
    files.push((
        "old.arc",
        b"filedesc://old.arc 0.0.0.0 20060101000000 text/plain 76\n1 0 X\n".to_vec(),
        "a web archive of the older form ARC",
    ));
    files.push((
        "pages.har",
        b"{\"log\": {\"version\": \"1.2\", \"creator\": {\"name\": \"x\"}, \"entries\": [{\"request\": {\"url\": \"https://a.example/\"}}]}}".to_vec(),
        "what a browser noted of its requests (HAR)",
    ));
    files.push(("lamp.png", b"\x89PNG\r\n\x1A\n".to_vec(), "a picture"));
    files
}

#[test]
fn fault_23_what_files_seem_to_be_is_said_where_no_reader_takes_them() {
    for (name, bytes, kind) in files_of_other_kinds() {
        let place = Place::empty();
        place.write(&format!("articles/{name}"), bytes);
        let said = stderr(&place.build(&[]).code(2));
        assert!(
            said.contains(&format!("the file seems to be: {kind}\n")),
            "{name}: {said}"
        );
        assert!(said.contains("  hint: "), "{said}");
        // Beside articles it is named on request only.
        place.article("articles/1.txt", 1, 1, "Text.");
        let said = stderr(&place.build(&["-v"]).success());
        assert!(
            said.contains(&format!("{name}  passed over: {kind}")),
            "{name}: {said}"
        );
    }
}

#[test]
fn fault_23_kinds_of_files_are_counted_and_the_most_frequent_is_advised_on() {
    let place = Place::empty();
    for number in 0..3 {
        place.write(
            &format!("articles/{number}.html"),
            "<!DOCTYPE html>\n<html><p>Text.",
        );
    }
    let mut csv = "title,url,time_added,tags,status\n".to_owned();
    for number in 0..812 {
        let _ = writeln!(csv, "A,https://a.example/{number},1,,unread");
    }
    place.write("articles/pocket.csv", csv);
    place.write("articles/data.bin", b"\0\x01\x02");
    let said = stderr(&place.build(&[]).code(2));
    let words = "these files seem to be: 3 saved web pages, a Pocket export with 812 addresses, 1 of other kinds";
    assert!(said.contains(words), "{said}");
    assert!(
        said.contains("the page has hardly any text, and holds no article"),
        "{said}"
    );
}

#[test]
fn exports_of_addresses_name_the_command_that_fetches_them() {
    for (name, bytes, _) in files_of_other_kinds() {
        let place = Place::empty();
        place.write(&format!("articles/{name}"), &bytes);
        let said = stderr(&place.build(&[]).code(2));
        let option = match name {
            "feeds.opml" => "--opml",
            _ if said.contains("address") => "--links",
            _ => continue,
        };
        let command = format!("`offprint pull {option} articles/{name}`");
        assert!(said.contains(&command), "{name}: {said}");
    }
    let place = Place::empty();
    place.write("articles/my list's.txt", "https://a.example/1\n");
    let said = stderr(&place.build(&[]).code(2));
    assert!(
        said.contains("--links 'articles/my list'\\''s.txt'`"),
        "{said}"
    );
}

//! What the places of saved pages and of their files tell: addresses of pages and of pictures, and which
//! files are copies of one page.

use super::pages::{PROSE, article, understood};
use crate::command::Place;
use crate::images::samples;
use crate::understanding::{Understood, understand};
use offprint::model::{Block, Body, ImageSource};
use offprint::{Registry, Settings};
use std::fs;
use std::path::{Path, PathBuf};

/// The sources of an article's figures.
fn pictures(body: &Body) -> Vec<ImageSource> {
    let blocks = body.blocks().iter();
    blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure.image.source.clone()),
            _ => None,
        })
        .collect()
}

fn picture() -> String {
    String::from("<p><img width=600 height=400 alt='A boat' src='@'></p>")
}

#[test]
fn fault_23_a_picture_beside_a_page_has_no_address_on_the_web() {
    let canonical =
        "<!DOCTYPE html><html><head><link rel=canonical href='https://paper.example/2021/a'>";
    let noted =
        "<!DOCTYPE html>\n<!-- saved from url=(0028)https://paper.example/2021/a -->\n<html><head>";
    for (head, page, file) in [
        (canonical, "Council.html", "Council_files/a.png"),
        (noted, "Council.htm", "Council_files/b.png"),
        (noted, "saved/Council.html", "Council-Dateien/c.png"),
        (noted, "other.example/Council.html", "Council_files/d.png"),
    ] {
        let text = article(head, &picture().replace('@', file));
        let beside = Path::new(page).with_file_name(file);
        let files = [(page, text.as_str()), (beside.to_str().unwrap(), "bytes")];
        let (articles, warnings) = understood(&files);
        let found = pictures(&articles[0].cleaned.article.body);
        let [ImageSource::Resource { address: None, .. }] = found.as_slice() else {
            panic!("{page}: {found:?} {warnings:?}");
        };
    }
}

#[test]
fn pictures_of_a_mirror_keep_their_addresses() {
    let head = "<!DOCTYPE html><html><head>";
    for (page, reference, file, address) in [
        (
            "paper.example/2021/a.html",
            "../i/a.png",
            "paper.example/i/a.png",
            "https://paper.example/i/a.png",
        ),
        (
            "mirror/town.example/a.html",
            "b.png",
            "mirror/town.example/b.png",
            "https://town.example/b.png",
        ),
    ] {
        let text = article(head, &picture().replace('@', reference));
        let (articles, _) = understood(&[(page, &text), (file, "bytes")]);
        let found = pictures(&articles[0].cleaned.article.body);
        let [
            ImageSource::Resource {
                address: Some(found),
                ..
            },
        ] = found.as_slice()
        else {
            panic!("{page}: {found:?}");
        };
        assert_eq!(found.as_str(), address);
    }
}

#[test]
fn fault_23_a_picture_of_a_book_has_no_address_on_the_web() {
    let data = super::pages::base64(&samples::png(60, 40));
    for (name, address) in [
        ("a", "https://paper.example/2021/a"),
        ("b", "https://town.example/"),
    ] {
        let place = Place::empty();
        let image = format!("<img alt='A boat' src='data:image/png;base64,{data}'>");
        let text = format!(
            "<!--1609459200000-->\n[Tale]({address})\n------\n\n<p>{PROSE}</p>{image}<p>{PROSE}</p>"
        );
        place.write(&format!("articles/{name}.txt"), text);
        place.build(&["-t", "epub"]).success();
        let volume = fs::read_dir(place.path().join("out")).unwrap().flatten();
        let volume = volume
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|kind| kind == "epub"));
        let again = [
            "build",
            volume.as_ref().unwrap().to_str().unwrap(),
            "-t",
            "json",
            "-o",
            "again",
        ];
        place.offprint(&again).assert().success();
        let feed = fs::read_to_string(place.path().join("again/feed.json")).unwrap();
        assert!(feed.contains("A boat") && feed.contains(address), "{feed}");
        assert!(!feed.contains("images/"), "{feed}");
    }
}

/// What is understood of a path.
fn at(path: PathBuf) -> Vec<Understood> {
    let settings = Settings::for_inputs([path]);
    understand(&Registry::standard(), &settings).unwrap().0
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn fault_23_a_page_of_a_mirror_has_one_address_whatever_part_of_the_tree_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let page = article("<!DOCTYPE html><html><head>", "");
    write(folder.path(), "m/paper.example/2021/a.html", &page);
    for named in [
        "",
        "m",
        "m/paper.example",
        "m/paper.example/2021",
        "m/paper.example/2021/a.html",
    ] {
        let articles = at(folder.path().join(named));
        let address = articles[0].cleaned.article.id.as_str();
        assert_eq!(address, "https://paper.example/2021/a.html", "{named:?}");
    }
    // A repository of pages has the name of its host.
    fs::create_dir(folder.path().join("m/paper.example/.git")).unwrap();
    let articles = at(folder.path().join("m/paper.example/2021"));
    let id = articles[0].cleaned.article.id.as_str();
    assert!(id.starts_with("tag:"), "{id}");
}

#[test]
fn fault_23_a_snapshot_is_one_article_whatever_part_of_it_is_named() {
    let page = article("<!DOCTYPE html><html><head>", "");
    let told = "{\"url\": \"https://paper.example/a\", \"timestamp\": \"1609459200.5\", \"title\": \"Council agrees\"@}";
    for (snapshot, more, named) in [
        ("archive/1609459200.5", "", "archive"),
        ("archive/1609459200.5", "", "archive/1609459200.5"),
        (
            "archive/1609459200.5",
            "",
            "archive/1609459200.5/index.json",
        ),
        // Where the folder has another name, the index says what it is.
        ("council", ", \"canonical\": {}", "council"),
        ("council", ", \"history\": {}", "council/index.json"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| write(&folder.path().join(snapshot), name, text);
        write("index.json", &told.replace('@', more));
        for copy in ["singlefile.html", "output.html", "index.html"] {
            write(copy, &page);
        }
        write(
            "readability/content.html",
            &format!("<div><p>{PROSE}</p></div>"),
        );
        write("readability/article.json", "{\"byline\": \"Ada Lock\"}");
        let articles = at(folder.path().join(named));
        assert_eq!(articles.len(), 1, "{named}");
        let article = &articles[0].cleaned.article;
        assert_eq!(article.id.as_str(), "https://paper.example/a", "{named}");
        let authors: Vec<_> = article
            .authors
            .iter()
            .map(|author| author.to_string())
            .collect();
        assert_eq!(authors, ["Ada Lock"]);
    }
}

#[test]
fn a_folder_with_a_dot_in_its_name_is_a_host_only_where_it_may_be_one() {
    let page = article("<!DOCTYPE html><html><head>", "");
    for (folder, is_host) in [
        ("paper.example", true),
        ("www.paper.org", true),
        ("paper.co.uk", true),
        ("zeitung.de", true),
        ("blog.cc", true),
        ("my.notes", false),
        ("john.doe", false),
        ("archive.zip", false),
        ("book.epub", false),
        ("backup.tar", false),
        ("notes.md", false),
        ("vue.js", false),
        ("Reader.app", false),
        ("Clips.2024", false),
    ] {
        let place = tempfile::tempdir().unwrap();
        write(place.path(), &format!("{folder}/2021/a.html"), &page);
        let articles = at(place.path().to_owned());
        let id = articles[0].cleaned.article.id.as_str();
        let address = format!("https://{folder}/2021/a.html");
        assert_eq!(id == address, is_host, "{folder}: {id}");
    }
}

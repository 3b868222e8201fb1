//! Each chapter has a name of its own, however alike the keys of articles are.

use offprint::model::*;
use offprint::settings::{BookSettings, Split, WriteSettings};
use offprint::writer::{AnyWriter, EncodeInput, Epub, OutputFolder, Run, Writer, articles_of};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

fn address(number: usize) -> Address {
    Address::parse(&format!("https://tales.example/{number}")).unwrap()
}

/// Articles of one second, each of which leads to all others.
fn article(number: usize, count: usize, published: Option<Timestamp>) -> Article {
    let link = |to: usize| {
        Inline::Link(Link {
            target: Target::Address(address(to)),
            content: vec![Inline::Text(format!("to {to}").as_str().into())],
        })
    };
    let mut line = vec![Inline::Text(format!("I am {number}.").as_str().into())];
    line.extend((0..count).filter(|&to| to != number).map(link));
    Article {
        id: ArticleId::new(Some(address(number).as_str()), b""),
        title: format!("Tale {number}").as_str().into(),
        address: Some(address(number)),
        source: ArticleSource {
            name: "Tales".into(),
            home: None,
        },
        authors: Vec::new(),
        published,
        published_day: None,
        updated: published,
        language: None,
        tags: Vec::new(),
        rights: None,
        credit: None,
        summary: "".into(),
        body: Body::new(vec![Block::Paragraph(line)]).unwrap(),
    }
}

/// The files of the only book that is made of articles with these keys.
fn book(keys: &[[u8; 16]], published: Option<Timestamp>, split: Split) -> Vec<(String, Vec<u8>)> {
    let articles: Vec<Article> = (0..keys.len())
        .map(|number| article(number, keys.len(), published))
        .collect();
    let listed = keys.iter().map(|key| Listed {
        key: ArticleKey::from_digest(Digest::from_bytes(*key)),
        published,
        published_day: None,
        updated: published,
        source: 0,
    });
    let leading = (0u32..).zip(&articles).map(|(at, article)| {
        let address = article.address.as_ref().unwrap();
        (Catalogue::address_hash(address), at)
    });
    let catalogue = Catalogue::new(listed.collect(), vec!["Tales".to_owned()], leading);
    let publication = Publication::new("archive");
    let mut settings = WriteSettings::default();
    settings.get_mut::<BookSettings>().split = split;
    settings.get_mut::<BookSettings>().cover.width = 90;
    settings.get_mut::<BookSettings>().cover.height = 120;
    let run = Run::new(&publication, &settings, &catalogue);
    let folder = tempfile::tempdir().unwrap();
    let out = OutputFolder::open(folder.path()).unwrap();
    let selection = articles_of(&Writer::units(&Epub, &run), &catalogue);
    let active = Epub.begin(&run, &out, selection).unwrap();
    let pictures = Pictures::default();
    for (position, article) in articles.iter().enumerate() {
        let subject = EncodeInput::new(article, position, &pictures, &run);
        active.encode(&subject).unwrap().append().unwrap();
    }
    let mut outputs = active.finish().unwrap().into_iter();
    let output = outputs
        .find(|output| output.file.name().ends_with(".epub"))
        .unwrap();
    let name = output.file.commit().unwrap().name;
    let bytes = std::fs::read(folder.path().join(name)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().to_owned(), bytes));
    }
    files
}

/// Keys in the catalogue's order: some share 48 bits, some 80, some all.
fn keys() -> Vec<[u8; 16]> {
    let key = |seventh: u8, last: u8| {
        let mut key = [7; 16];
        key[6] = seventh;
        key[15] = last;
        key
    };
    let mut keys = vec![
        key(0, 0),
        key(1, 0),
        key(1, 1),
        key(1, 2),
        key(2, 0),
        key(2, 0),
    ];
    keys.push([9; 16]);
    keys
}

#[test]
fn fault_6_chapters_whose_keys_are_alike_have_names_of_their_own() {
    let time = Timestamp::from_millis(1_640_995_199_000);
    assert!(time.is_some());
    for (published, split) in [
        (time, Split::Never),
        (time, Split::Size),
        (None, Split::Never),
        (None, Split::Month),
    ] {
        let keys = keys();
        let files = book(&keys, published, split);
        let distinct: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            distinct.len(),
            files.len(),
            "a name stands twice in the directory"
        );
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let chapters: BTreeMap<String, String> = files
            .iter()
            .filter_map(|(name, bytes)| {
                Some((name.strip_prefix("EPUB/text/")?.to_owned(), text(bytes)))
            })
            .collect();
        assert_eq!(chapters.len(), keys.len());
        let number = |name: &str| {
            let chapter = &chapters[name];
            let (_, rest) = chapter.split_once("I am ").unwrap();
            rest.split_once('.').unwrap().0.to_owned()
        };
        for (name, chapter) in &chapters {
            // Each link leads to the chapter that it speaks of.
            let mut links = 0;
            for link in chapter.split("href=\"").skip(1) {
                let (target, rest) = link.split_once('"').unwrap();
                let Some((_, to)) = rest.split_once(">to ") else {
                    continue;
                };
                if rest.starts_with(">to ") {
                    let to = to.split_once('<').unwrap().0;
                    assert_eq!(number(target), to, "in {name}");
                    links += 1;
                }
            }
            assert_eq!(links, keys.len() - 1, "{chapter}");
        }
        let (_, package) = files
            .iter()
            .find(|(name, _)| name == "EPUB/package.opf")
            .unwrap();
        // The guide leads to the first chapter a second time.
        let package = text(package);
        let (package, _) = package.split_once("<guide").unwrap_or((&package, ""));
        for name in chapters.keys() {
            assert_eq!(
                package.matches(&format!("href=\"text/{name}\"")).count(),
                1,
                "{name}"
            );
        }
        // The key's part of a name has at least 80 bits, and names stay short.
        for name in chapters.keys() {
            let stem = name.strip_suffix(".xhtml").unwrap();
            let key = stem.rsplit_once('-').unwrap().1;
            assert!(key.len() >= 20 && stem.len() <= 48, "{name}");
        }
    }
}

//! Pictures that an archive brings as files beside its articles.

use super::hostile::unpacked;
use super::samples;
use offprint::settings::{BookSettings, Split};
use offprint::{Code, Registry, Report, Settings, Unobserved, convert};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// 2021-01-10T00:00:00Z.
const BEGINNING: u64 = 1_610_236_800_000;
/// Between two articles.
const MONTH: u64 = 29 * 86_400_000;

/// An input folder `articles`, and what runs make of it.
struct Archive {
    folder: TempDir,
}

impl Archive {
    fn new() -> Self {
        Archive {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// An article of a month, counted from January 2021, that shows a picture.
    fn article(&self, name: &str, month: u64, address: &str, reference: &str) {
        let millis = BEGINNING + month * MONTH;
        self.file(
            name,
            format!(
                "<!--{millis}-->\n[Tale {month}]({address})\n------\n\n\
                 <p>What the tide brought in month {month}, as {name} tells it.</p><img src=\"{reference}\">\n"
            ),
        );
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings::for_inputs([self.path("articles")]);
        settings.formats = ["rss", "epub"].map(str::to_owned).to_vec();
        settings.out = self.path("out");
        settings.images.cache = Some(self.path("cache"));
        let books = settings.write.get_mut::<BookSettings>();
        (books.cover.width, books.cover.height) = (90, 120);
        books.split = Split::Month;
        settings
    }

    fn run(&self) -> Report {
        self.run_with(|_| ())
    }

    fn run_with(&self, change: impl FnOnce(&mut Settings)) -> Report {
        let mut settings = self.settings();
        change(&mut settings);
        convert(&Registry::standard(), &settings, &Unobserved).unwrap()
    }

    fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        let files = super::files_below(&self.path("out")).into_iter();
        let named = files.map(|path| {
            let name = path.strip_prefix(self.path("out")).unwrap();
            (name.to_str().unwrap().to_owned(), fs::read(&path).unwrap())
        });
        named.collect()
    }

    /// The pictures of a month's book, the cover left out.
    fn pictures(&self, month: &str) -> Vec<Vec<u8>> {
        let book = unpacked(&self.path(&format!("out/archive-2021-{month}.epub")));
        let files = book.into_iter();
        let pictures =
            files.filter(|(name, _)| name.contains("images/") && !name.contains("cover"));
        pictures.map(|(_, bytes)| bytes).collect()
    }

    fn feed(&self) -> String {
        fs::read_to_string(self.path("out/rss.xml")).unwrap()
    }

    /// Holds the outputs against those of a run that remembers nothing.
    fn check_against_a_fresh_run(&self) {
        let kept = self.outputs();
        let fresh = tempfile::tempdir().unwrap();
        self.run_with(|settings| {
            settings.out = fresh.path().join("out");
            settings.images.cache = Some(fresh.path().join("cache"));
        });
        for (name, bytes) in &kept {
            let expected = fs::read(fresh.path().join("out").join(name)).unwrap();
            assert!(*bytes == expected, "{name} has other bytes");
        }
    }
}

/// The books whose bytes are other than before.
fn books(report: &Report) -> BTreeSet<&str> {
    let changed = report.outputs.iter().filter(|output| output.changed);
    let names = changed.filter_map(|output| output.path.rsplit_once('/').map(|(_, name)| name));
    names.filter(|name| name.ends_with(".epub")).collect()
}

#[test]
fn a_file_beside_an_article_is_in_the_book_and_the_feed_names_its_place_on_the_web() {
    let archive = Archive::new();
    let picture = samples::png(60, 40);
    archive.file("articles/2021/pictures/x.png", &picture);
    let address = "https://tide.example/2021/tale";
    archive.article("articles/2021/a.txt", 0, address, "pictures/x.png");
    let report = archive.run();
    assert_eq!(report.warnings, []);
    assert_eq!(archive.pictures("01"), [picture]);
    assert_eq!((report.images.embedded, report.images.missing), (1, 0));
    let feed = archive.feed();
    let named = "https://tide.example/2021/pictures/x.png";
    assert!(feed.contains(named), "{feed}");
    assert!(!feed.contains(archive.folder.path().to_str().unwrap()));
}

#[test]
fn a_file_beside_an_article_without_an_address_is_in_the_book() {
    let archive = Archive::new();
    let picture = samples::jpeg(60, 40);
    archive.file("articles/x.jpg", &picture);
    archive.article("articles/a.txt", 0, "", "x.jpg");
    archive.run();
    assert_eq!(archive.pictures("01"), [picture]);
    assert!(
        !archive
            .feed()
            .contains(archive.folder.path().to_str().unwrap())
    );
}

#[test]
fn references_are_read_as_browsers_read_them() {
    for (name, reference) in [
        ("pictures/x.png", "pictures/x.png?width=600"),
        ("pictures/x.png", "pictures/x.png#top"),
        ("pictures/x.png", "./pictures/../pictures/x.png"),
        ("pictures/x.png", "pictures/x.%70ng"),
        ("pictures/a b.png", "pictures/a%20b.png"),
        ("pictures/a b.png", "pictures/a b.png"),
        ("pictures/50%.png", "pictures/50%25.png"),
        ("pictures/a?b.png", "pictures/a%3Fb.png"),
        ("图/灯塔.png", "%E5%9B%BE/%E7%81%AF%E5%A1%94.png?x=1"),
        ("图/灯塔.png", "图/灯塔.png"),
        ("../beside/x.png", "../beside/x.png"),
        ("../beside/x.png", "%2e%2e/beside/x.png"),
    ] {
        let archive = Archive::new();
        let picture = samples::png(60, 40);
        fs::create_dir_all(archive.path("articles/2021")).unwrap();
        archive.file(&format!("articles/2021/{name}"), &picture);
        let address = "https://tide.example/2021/tale";
        archive.article("articles/2021/a.txt", 0, address, reference);
        let report = archive.run();
        assert_eq!(report.warnings, [], "{reference}");
        assert_eq!(archive.pictures("01"), [picture], "{reference}");
    }
}

#[test]
fn no_reference_leads_out_of_the_input() {
    let archive = Archive::new();
    let secret = archive.file("secret.png", samples::png(60, 40));
    archive.file("articles/2021/x.txt", "");
    let absolute = secret.to_str().unwrap();
    let as_file = format!("file://{absolute}");
    for reference in [
        "../../secret.png",
        "%2e%2e/%2e%2e/secret.png",
        "..%2F..%2Fsecret.png",
        "../../articles/../secret.png",
        "../2021/../../secret.png",
        absolute,
        as_file.as_str(),
    ] {
        for address in ["https://tide.example/2021/tale", ""] {
            archive.article("articles/2021/a.txt", 0, address, reference);
            archive.run();
            assert!(archive.pictures("01").is_empty(), "{reference}");
        }
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let archive = Archive::new();
    let secret = archive.file("elsewhere/x.png", samples::png(60, 40));
    archive.file("articles/real/x.png", samples::png(61, 40));
    symlink(&secret, archive.path("articles/x.png")).unwrap();
    symlink(archive.path("elsewhere"), archive.path("articles/folder")).unwrap();
    for reference in ["x.png", "folder/x.png", "folder/../x.png"] {
        let address = "https://tide.example/tale";
        archive.article("articles/a.txt", 0, address, reference);
        let report = archive.run();
        assert!(archive.pictures("01").is_empty(), "{reference}");
        let codes: Vec<_> = report.warnings.iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::ImageMissing], "{reference}");
        // Nor does the next run wait for it.
        assert!(books(&archive.run()).is_empty(), "{reference}");
    }
}

#[test]
fn a_file_that_changes_goes_or_comes_remakes_the_volume_that_shows_it() {
    for address in ["https://tide.example/tale", ""] {
        let archive = Archive::new();
        for month in 0..3 {
            let number = format!("pictures/{month}.png");
            archive.file(&format!("articles/{number}"), samples::png(60, 40));
            let name = format!("articles/{month}.txt");
            let own = format!("{address}{}", if address.is_empty() { "" } else { &name });
            archive.article(&name, month, &own, &number);
        }
        let first = archive.run();
        assert_eq!(books(&first).len(), 3, "{:?}", first.outputs);
        assert!(books(&archive.run()).is_empty());
        let before = archive.outputs();
        let picture = archive.path("articles/pictures/1.png");
        for change in [
            "other",
            "of the same length",
            "gone",
            "back",
            "the same anew",
        ] {
            let drawing = samples::png(60, 40);
            match change {
                "other" => fs::write(&picture, samples::png(90, 40)).unwrap(),
                "of the same length" => {
                    // The length of the picture that stands there now.
                    let mut padded = samples::png(60, 40);
                    let length = fs::metadata(&picture).unwrap().len();
                    padded.resize(usize::try_from(length).unwrap().max(padded.len()), 0);
                    fs::write(&picture, padded).unwrap();
                }
                "gone" => fs::remove_file(&picture).unwrap(),
                "back" => fs::write(&picture, drawing).unwrap(),
                _ => {
                    fs::remove_file(&picture).unwrap();
                    fs::write(&picture, drawing).unwrap();
                }
            }
            let changed = archive.run();
            let expected: &[&str] = match change {
                "the same anew" => &[],
                _ => &["archive-2021-02.epub"],
            };
            let expected: BTreeSet<&str> = expected.iter().copied().collect();
            assert_eq!(books(&changed), expected, "{change}, {address:?}");
            archive.check_against_a_fresh_run();
            assert!(books(&archive.run()).is_empty(), "{change}, {address:?}");
        }
        assert!(archive.outputs() == before);
    }
}

#[test]
fn a_file_that_is_too_large_is_told_of_by_name_in_every_run() {
    let archive = Archive::new();
    let mut large = samples::png(60, 40);
    large.resize(21_000_000, 0);
    archive.file("articles/pictures/large.png", large);
    archive.article("articles/a.txt", 0, "", "pictures/large.png");
    for run in ["first", "second"] {
        let report = archive.run();
        let [warning] = report.warnings.as_slice() else {
            panic!("{run}: {:?}", report.warnings);
        };
        assert_eq!(warning.code, Code::ImageUnusable, "{run}");
        let said = &warning.message;
        assert!(
            said.ends_with("large.png: it is larger than 20 MB"),
            "{said}"
        );
        assert_eq!(report.images.missing, 1, "{run}");
        assert!(archive.pictures("01").is_empty(), "{run}");
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_jobs() {
    let archive = Archive::new();
    for number in 0..12 {
        let side = 40 + number % 5;
        let name = format!("{}/pictures/{}.png", number % 2, number % 5);
        archive.file(&format!("articles/{name}"), samples::png(side, 30));
        let article = format!("articles/{}/{number}.txt", number % 2);
        let reference = format!("pictures/{}.png", number % 5);
        archive.article(&article, u64::from(number % 3), "", &reference);
    }
    let mut outputs = Vec::new();
    for jobs in [1, 2, 8] {
        for folder in ["out", "cache"] {
            fs::remove_dir_all(archive.path(folder)).ok();
        }
        let report = archive.run_with(|settings| settings.jobs = jobs);
        assert_eq!(report.warnings, [], "{jobs}");
        outputs.push(archive.outputs());
    }
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(!archive.pictures("01").is_empty());
}

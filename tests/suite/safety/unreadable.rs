//! What can't be read has not left: nothing is pruned on its account.

use crate::faults::permissions::{as_user, mode, open_folder};
use crate::faults::place::{Ended, Place, run};
use offprint::settings::{BookSettings, Split};
use offprint::{Code, Observer, Registry, Settings, Stage, Unobserved, convert};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

const OPTIONS: [&str; 6] = ["-t", "epub", "--split", "month", "--prune", "--offline"];

const FIRST: &str = "archive-2021-12.epub";

fn has_first(place: &Place) -> bool {
    place.path().join("out").join(FIRST).exists()
}

#[test]
fn fault_2_nothing_is_pruned_while_a_folder_can_not_be_read() {
    let place = Place::new();
    for number in 0..8 {
        let text = crate::faults::place::article(number, "found");
        let folder = if number < 4 { "old" } else { "new" };
        place.write(&format!("articles/{folder}/{number}.txt"), text);
    }
    // One that nobody may ever look into is no obstacle.
    fs::create_dir(place.path().join("articles/lost+found")).unwrap();
    mode(&place, "articles/lost+found", 0);
    open_folder(&place, "out");
    open_folder(&place, "cache");
    let build = || run(&mut as_user(&place, &OPTIONS)).with(0);
    build();
    assert!(has_first(&place));
    mode(&place, "articles/old", 0);
    for _ in 0..2 {
        build().saying(&["prune-skipped", "nothing was removed", "old"]);
        assert!(has_first(&place));
    }
    mode(&place, "articles/old", 0o755);
    build();
    assert!(has_first(&place));
    fs::remove_dir_all(place.path().join("articles/old")).unwrap();
    let ended = build().saying(&[&format!("out/{FIRST}  removed")]);
    assert!(!has_first(&place) && !ended.stderr.contains("prune-skipped"));
    mode(&place, "articles/lost+found", 0o755);
}

#[test]
fn fault_2_nothing_is_pruned_while_an_article_that_was_read_can_not_be() {
    let place = Place::with_archive(8);
    let build = |more: &[&str]| -> Ended { run(place.build(&OPTIONS).args(more)).with(0) };
    build(&[]);
    let names = ["0000", "0001", "0002", "0003"].map(|name| format!("articles/{name}.txt"));
    let texts = names
        .each_ref()
        .map(|name| fs::read(place.path().join(name)).unwrap());
    for (name, text) in names.iter().zip(&texts) {
        // The header is broken, and it is plain that there was one.
        let broken = String::from_utf8(text.clone()).unwrap();
        place.write(name, broken.replace("](https", "(https"));
    }
    // In every run until they can be read or are gone, whatever the settings are.
    for more in [&[][..], &["--group-by", "source"], &[]] {
        build(more).saying(&["prune-skipped", "0000.txt and 3 more"]);
        assert!(has_first(&place));
    }
    place.write(&names[0], &texts[0]);
    build(&[]);
    for name in &names {
        fs::remove_file(place.path().join(name)).unwrap();
    }
    build(&[]).saying(&["removed"]);
    assert!(!has_first(&place));
}

#[test]
fn fault_2_a_file_that_never_could_be_read_is_no_obstacle() {
    let place = Place::with_archive(8);
    let broken = "<!--1638400000000-->\nno link here\n------\n\ntext\n";
    place.write("articles/a.txt", broken);
    let build = || run(&mut place.build(&OPTIONS)).with(0);
    build();
    place.write("articles/b.txt", broken);
    for number in 0..4 {
        fs::remove_file(place.path().join(format!("articles/{number:04}.txt"))).unwrap();
    }
    build().saying(&["removed"]);
    assert!(!has_first(&place));
}

/// Takes some files away once they are listed.
struct Thief(Vec<PathBuf>);

impl Observer for Thief {
    fn begin(&self, _stage: Stage, _total: u64) {}
    fn advance(&self, _stage: Stage, _amount: u64) {}
    fn end(&self, stage: Stage) {
        if stage == Stage::Listing {
            let taken = self.0.iter().map(fs::remove_file);
            taken.for_each(Result::unwrap);
        }
    }
}

#[test]
fn fault_2_nothing_is_pruned_where_an_article_is_lost_between_the_two_looks_at_it() {
    let place = Place::with_archive(8);
    let mut settings = Settings::for_inputs([place.path().join("articles")]);
    settings.out = place.path().join("out");
    settings.formats = vec!["epub".to_owned()];
    settings.images.cache = Some(place.path().join("cache"));
    settings.write.get_mut::<BookSettings>().split = Split::Month;
    settings.prune = true;
    let registry = Registry::standard();
    convert(&registry, &settings, &Unobserved).unwrap();
    // All articles of the first volume, which is to be made anew.
    place.article(0, "as it was edited");
    let names = (0..4).map(|number| place.path().join(format!("articles/{number:04}.txt")));
    let report = convert(&registry, &settings, &Thief(names.collect())).unwrap();
    assert!(has_first(&place));
    assert_eq!(report.removed, [""; 0]);
    let skipped = |report: &offprint::Report| {
        let mut codes = report.warnings.iter().map(|warning| warning.code);
        codes.any(|code| code == Code::PruneSkipped)
    };
    assert!(skipped(&report), "{:?}", report.warnings);
    // They are gone for good, as the next run can tell.
    let report = convert(&registry, &settings, &Unobserved).unwrap();
    assert!(!skipped(&report) && !has_first(&place));
}

/// What was an article or a feed of articles and is something else now, as after a failed download.
#[test]
fn fault_2_nothing_is_pruned_while_what_was_an_article_looks_like_none() {
    let spoilt: [&[u8]; 4] = [
        b"",
        b"\x00\x01\x02\x03",
        b"<!DOCTYPE html><title>404</title>",
        b"\x89PNG\r\n\x1a\n",
    ];
    for bytes in spoilt {
        let place = Place::with_archive(8);
        let feeds = ["-t", "atom", "--items", "0", "--offline", "-o", "feeds"];
        run(&mut place.build(&feeds)).with(0);
        let build = || {
            let mut command = place.offprint(&["build", "feeds/atom.xml", "articles"]);
            run(command.args(OPTIONS)).with(0)
        };
        for number in 0..4 {
            fs::remove_file(place.path().join(format!("articles/000{number}.txt"))).unwrap();
        }
        build();
        assert!(has_first(&place));
        fs::write(place.path().join("feeds/atom.xml"), bytes).unwrap();
        for _ in 0..2 {
            build().saying(&["prune-skipped", "atom.xml"]);
            assert!(has_first(&place));
        }
        fs::write(
            place.path().join("feeds/atom.xml"),
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>https://a.example/1</id><updated>\
             2022-02-01T00:00:00Z</updated><summary>x</summary></entry></feed>",
        )
        .unwrap();
        build();
        assert!(!has_first(&place), "{bytes:?}");
    }
}

/// What may come to stand in the place of an article's file, or of the folder around it.
type Spoil = fn(&Path);

#[test]
fn fault_2_nothing_is_pruned_while_something_else_stands_where_articles_were() {
    let spoils: [(&str, Spoil); 6] = [
        ("bytes", |file| fs::write(file, b"\0\0\0\0").unwrap()),
        ("noise", |file| {
            fs::write(file, [0xFF, 3, 0x80, 9, 0, 7]).unwrap()
        }),
        ("first line", |file| {
            let text = fs::read_to_string(file).unwrap();
            let rest = text.split_once('\n').unwrap().1.replace("](", "] (");
            fs::write(file, format!("XX\n{rest}")).unwrap();
        }),
        ("link", |file| {
            fs::remove_file(file).unwrap();
            std::os::unix::fs::symlink("nowhere/at/all", file).unwrap();
        }),
        ("folder", |file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        }),
        ("folder's link", |file| {
            let folder = file.parent().unwrap();
            if folder.is_symlink() {
                return;
            }
            fs::remove_dir_all(folder).unwrap();
            std::os::unix::fs::symlink("nowhere", folder).unwrap();
        }),
    ];
    for (name, spoil) in spoils {
        let place = Place::with_archive(8);
        let month = place.path().join("articles/first");
        fs::create_dir(&month).unwrap();
        let files: Vec<_> = (0..4).map(|number| format!("000{number}.txt")).collect();
        for file in &files {
            fs::rename(place.path().join("articles").join(file), month.join(file)).unwrap();
        }
        let build = || {
            let mut command = place.offprint(&["build", "articles"]);
            run(command.args(OPTIONS)).with(0)
        };
        build();
        assert!(has_first(&place));
        for file in &files {
            spoil(&month.join(file));
        }
        for _ in 0..2 {
            build().saying(&["prune-skipped", "first"]);
            assert!(has_first(&place), "{name}");
        }
    }
}

/// What may become of an archive of articles.
type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn fault_2_nothing_is_pruned_while_a_zip_of_articles_is_damaged() {
    let damages: [(&str, Damage); 5] = [
        ("a member's head", |bytes| [&[0; 4], &bytes[4..]].concat()),
        ("nothing left", |_| Vec::new()),
        ("zeros", |bytes| vec![0; bytes.len()]),
        ("cut", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("another file", |_| {
            b"<!DOCTYPE html><title>404</title>".to_vec()
        }),
    ];
    for (name, damage) in damages {
        let place = Place::with_archive(8);
        let archive = place.path().join("articles/first.zip");
        let mut zip = zip::ZipWriter::new(fs::File::create(&archive).unwrap());
        for number in 0..4 {
            let file = format!("000{number}.txt");
            let path = place.path().join("articles").join(&file);
            let stored = zip::write::SimpleFileOptions::default();
            zip.start_file(format!("in/{file}"), stored).unwrap();
            zip.write_all(&fs::read(&path).unwrap()).unwrap();
            fs::remove_file(path).unwrap();
        }
        zip.finish().unwrap();
        let build = || {
            let mut command = place.offprint(&["build", "articles"]);
            run(command.args(OPTIONS)).with(0)
        };
        build();
        assert!(has_first(&place));
        fs::write(&archive, damage(&fs::read(&archive).unwrap())).unwrap();
        for _ in 0..2 {
            build().saying(&["prune-skipped", "first.zip"]);
            assert!(has_first(&place), "{name}");
        }
    }
}

#[test]
fn fault_2_nothing_is_pruned_while_a_feed_breaks_off() {
    let place = Place::with_archive(8);
    let feeds = ["-t", "atom", "--items", "0", "--offline", "-o", "feeds"];
    run(&mut place.build(&feeds)).with(0);
    let feed = place.path().join("feeds/atom.xml");
    let whole = fs::read_to_string(&feed).unwrap();
    let build = || {
        let mut command = place.offprint(&["build", "feeds/atom.xml"]);
        run(command.args(OPTIONS)).with(0)
    };
    build();
    assert!(has_first(&place));
    let entries: Vec<usize> = whole.match_indices("</entry>").map(|(at, _)| at).collect();
    // Between two entries, and within one.
    for end in [entries[2] + "</entry>".len(), entries[2] - 20] {
        fs::write(&feed, &whole[..end]).unwrap();
        build().saying(&["feed-broken", "prune-skipped"]);
        assert!(has_first(&place));
    }
}

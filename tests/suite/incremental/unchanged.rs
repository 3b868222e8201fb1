//! Runs over an archive in which nothing changed.

use super::archive::{Archive, BEGINNING, set_time};
use offprint::settings::FeedSettings;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// The articles of each source that are read to learn what it puts at their ends.
const FIRST_ARTICLES: usize = 16;

/// Length and times of all outputs.
fn times(archive: &Archive) -> BTreeMap<String, (u64, SystemTime)> {
    let names = archive.outputs().into_keys();
    names
        .map(|name| {
            let metadata = fs::metadata(archive.path("out").join(&name)).unwrap();
            (name, (metadata.len(), metadata.modified().unwrap()))
        })
        .collect()
}

#[test]
fn nothing_is_read_and_nothing_written() {
    let archive = Archive::of(200);
    let first = archive.run();
    // Beside each article once, a few of both sources are read.
    assert_eq!(first.bodies, 200 + 2 * FIRST_ARTICLES);
    let before = times(&archive);
    let second = archive.run();
    assert_eq!((second.bodies, second.changed().len()), (0, 0));
    assert_eq!(times(&archive), before);
    archive.check_against_a_fresh_run(&second);
}

#[test]
fn files_that_were_left_alone_are_not_even_opened() {
    let archive = Archive::of(40);
    // Files are believed once they were there for some seconds before a run began.
    std::thread::sleep(Duration::from_secs(5));
    archive.run();
    let second = archive.run();
    assert_eq!((second.bodies, second.heads), (0, 0));
    // Their content is what counts where times are of no use, as after a checkout.
    for number in 0..40 {
        let path = archive.path(&format!("articles/{number:04}.txt"));
        set_time(&path, SystemTime::now());
    }
    let third = archive.run();
    assert_eq!(
        (third.bodies, third.heads, third.changed().len()),
        (0, 0, 0)
    );
}

#[test]
fn an_edit_that_keeps_length_and_time_is_found() {
    let archive = Archive::of(10);
    archive.run();
    let path = archive.path("articles/0003.txt");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    archive.article(3, BEGINNING + 3 * 21_600_000, "as it is!");
    set_time(&path, time);
    let second = archive.run();
    assert!(second.bodies > 0);
    archive.check_against_a_fresh_run(&second);
}

#[test]
fn warnings_and_losses_are_told_again() {
    let archive = Archive::of(20);
    archive.file(
        "broken.txt",
        "<!--1609459200000-->\n[Title](https://a.example/1)\nno rule\n",
    );
    archive.file(
        "empty.txt",
        "<!--NaN-->\n[Nothing](https://a.example/2)\n------\n",
    );
    fs::remove_file(archive.path("mirror/pictures.example/0.jpg")).unwrap();
    let first = archive.run();
    assert!(first.report.has_losses());
    assert!(first.report.images.missing > 0);
    let second = archive.run();
    assert_eq!(second.bodies, 0);
    let told = |report: &offprint::Report| {
        let mut lines: Vec<_> = report.warnings.iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(told(&second.report), told(&first.report));
    assert_eq!(second.report.images.missing, first.report.images.missing);
    assert!(second.report.has_losses());
}

/// The state's file.
fn state(archive: &Archive) -> std::path::PathBuf {
    let folder = archive.path("cache/state");
    let items = fs::read_dir(folder).unwrap();
    let mut paths = items.map(|item| item.unwrap().path());
    // Beside it stands what earlier runs made, which has an extension.
    paths.find(|path| path.extension().is_none()).unwrap()
}

/// Does something to the state's file, given its bytes.
type Spoil = fn(&Path, &[u8]);

#[test]
fn a_state_that_is_gone_or_damaged_costs_time_only() {
    let archive = Archive::of(60);
    archive.run();
    let place = state(&archive);
    let whole = fs::read(&place).unwrap();
    let spoil: [(&str, Spoil); 5] = [
        ("gone", |place, _| fs::remove_file(place).unwrap()),
        ("empty", |place, _| fs::write(place, "").unwrap()),
        ("cut", |place, whole| {
            fs::write(place, &whole[..whole.len() / 2]).unwrap();
        }),
        ("damaged", |place, whole| {
            let mut bytes = whole.to_vec();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x20;
            fs::write(place, bytes).unwrap();
        }),
        ("of something else", |place, _| {
            fs::write(place, vec![b'x'; 100_000]).unwrap();
        }),
    ];
    for (what, spoil) in spoil {
        let before = times(&archive);
        spoil(&place, &whole);
        let next = archive.run();
        // Of both sources a few are read once more to learn from.
        assert_eq!(next.bodies, 60 + 2 * FIRST_ARTICLES, "{what}");
        assert_eq!(next.changed().len(), 0, "{what}");
        assert_eq!(times(&archive), before, "{what}");
        // And the run after that has a state again.
        assert_eq!(archive.run().bodies, 0, "{what}");
    }
}

#[test]
fn without_a_cache_everything_is_made_anew() {
    let archive = Archive::of(10);
    for _ in 0..2 {
        let ran = archive.run_with(|settings| settings.images.cache = None);
        assert_eq!(ran.bodies, 10);
    }
}

#[test]
fn other_settings_make_everything_anew() {
    let archive = Archive::of(10);
    archive.run();
    let longer =
        archive.run_with(|settings| settings.write.get_mut::<FeedSettings>().items = Some(5));
    assert_eq!(longer.bodies, 10);
    archive.check_against_a_fresh_run_with(&longer, |settings| {
        settings.write.get_mut::<FeedSettings>().items = Some(5);
    });
    // How a run goes is no matter of what it makes.
    let again = archive.run_with(|settings| {
        settings.write.get_mut::<FeedSettings>().items = Some(5);
        settings.jobs = 1;
        settings.strict = true;
        settings.wait = Duration::from_secs(1);
    });
    assert_eq!(again.bodies, 0);
}

#[test]
fn two_output_folders_do_not_know_of_each_other() {
    let archive = Archive::of(10);
    archive.run();
    let other = |settings: &mut offprint::Settings| settings.out.push("more/out");
    assert_eq!(archive.run_with(other).bodies, 10);
    assert_eq!(archive.run_with(other).bodies, 0);
    assert_eq!(archive.run().bodies, 0);
}

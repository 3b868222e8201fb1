//! The life of an archive, file by file and run by run, and what its subscribers see of it.

use super::reading::{self, Seen};
use crate::numbers::Numbers;
use offprint::model::Address;
use offprint::settings::{FeedArchive, FeedSettings};
use offprint::{Registry, Settings, Unobserved, convert};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const HOUR: i64 = 3_600_000;
/// 2021-01-28T00:00:00Z, near the end of a month.
const BEGINNING: i64 = 1_611_792_000_000;
const BASE: &str = "https://me.example/clippings/";

/// A file of the archive.
#[derive(Clone)]
struct Saved {
    number: usize,
    /// No two files have the same.
    edition: i64,
    /// What the header says, in milliseconds; none where it says nothing.
    saved: Option<i64>,
    /// The byline's time.
    written: Option<i64>,
}

impl Saved {
    fn page(&self) -> String {
        format!("https://morning.example/{}", self.number)
    }

    fn title(&self) -> String {
        format!("Number {} in edition {}", self.number, self.edition)
    }

    fn text(&self) -> String {
        let Saved {
            number, edition, ..
        } = self;
        let header = self.saved.map_or("NaN".to_owned(), |time| time.to_string());
        let time = |millis| chrono::DateTime::from_timestamp_millis(millis).unwrap();
        let byline = self.written.map(|written| {
            let written = time(written).to_rfc3339();
            format!("<div><i>{written}</i></div>")
        });
        let (page, title, byline) = (self.page(), self.title(), byline.unwrap_or_default());
        format!(
            "<!--{header}-->\n[{title}]({page})\n------\n\n{byline}<p>Story {number} is about harbour \
             {number} and lamp {edition}.</p>\n"
        )
    }
}

/// The archive on the disk, and the feeds made of it.
struct House {
    folder: TempDir,
    settings: Settings,
    files: BTreeMap<String, Saved>,
    numbers: Numbers,
    count: usize,
    /// Articles that came with a time so long past that they are not among the newest.
    late: BTreeSet<String>,
}

impl House {
    fn new(archive: FeedArchive) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        let mut settings = Settings::for_inputs([folder.path().join("articles")]);
        settings.out = folder.path().join("out");
        settings.formats = ["rss", "atom", "json"].map(str::to_owned).to_vec();
        settings.publication.base = Address::parse(BASE);
        settings.publication.id = format!("{BASE}archive");
        settings.write.get_mut::<FeedSettings>().archive = archive;
        settings.write.get_mut::<FeedSettings>().items = Some(20);
        settings.prune = true;
        settings.jobs = 2;
        settings.images.cache = Some(folder.path().join("cache"));
        House {
            folder,
            settings,
            files: BTreeMap::new(),
            numbers: Numbers(11),
            count: 0,
            late: BTreeSet::new(),
        }
    }

    fn save(&mut self, name: &str, file: Saved) {
        let path = self.folder.path().join("articles").join(name);
        fs::write(path, file.text()).unwrap();
        self.files.insert(name.to_owned(), file);
    }

    fn remove(&mut self, name: &str) {
        fs::remove_file(self.folder.path().join("articles").join(name)).unwrap();
        self.files.remove(name);
    }

    fn any_name(&mut self) -> String {
        let place = self.numbers.pick(self.files.len());
        self.files.keys().nth(place).unwrap().clone()
    }

    /// A new article, saved and written at some times.
    fn arrive(&mut self, saved: Option<i64>, written: Option<i64>) {
        let file = Saved {
            number: self.count,
            edition: 0,
            saved,
            written,
        };
        self.count += 1;
        self.save(&format!("{}.txt", file.number), file);
    }

    /// A new article whose time says nothing of when it came.
    fn arrive_late(&mut self, saved: Option<i64>) {
        self.arrive(saved, None);
        let page = format!("https://morning.example/{}", self.count - 1);
        self.late.insert(page);
    }

    /// One step of the archive's life, thirteen hours after the one before.
    fn live(&mut self, step: i64) {
        let now = BEGINNING + step * 13 * HOUR;
        match self.numbers.below(12) {
            _ if self.files.len() < 6 => self.arrive(Some(now), None),
            0 | 9 => {
                let name = self.any_name();
                self.remove(&name);
            }
            1 | 2 => self.edit(now),
            3 => self.save_again(now),
            // Written in the month before, perhaps.
            4 => self.arrive(Some(now), Some(now - 30 * HOUR)),
            // Clocks that run ahead, and behind.
            5 => self.arrive(Some(now + 36 * HOUR), None),
            6 => self.arrive(Some(now - 20 * HOUR), None),
            7 if step == 50 || self.numbers.below(8) == 0 => {
                self.arrive(Some(now + 400 * 24 * HOUR), None);
            }
            7 if self.numbers.below(2) == 0 => self.arrive_late(Some(0)),
            7 => self.arrive_late(None),
            8 => self.arrive_late(Some(now - 40 * 24 * HOUR)),
            _ => {
                for minutes in 0..=i64::try_from(self.numbers.below(3)).unwrap() {
                    self.arrive(Some(now + minutes * HOUR / 60), None);
                }
            }
        }
    }

    fn edit(&mut self, now: i64) {
        let name = self.any_name();
        let mut file = self.files[&name].clone();
        file.edition = now;
        file.saved = Some(now);
        self.save(&name, file);
    }

    /// The same article in another file, newer.
    fn save_again(&mut self, now: i64) {
        let name = self.any_name();
        let mut file = self.files[&name].clone();
        file.edition = now;
        file.saved = Some(now);
        self.save(&format!("again-{now}.txt"), file);
    }

    /// The title that each article should have: of its newest file.
    fn expected(&self) -> BTreeMap<String, String> {
        let mut newest: BTreeMap<String, &Saved> = BTreeMap::new();
        for file in self.files.values() {
            let known = newest.entry(file.page()).or_insert(file);
            if file.saved > known.saved {
                *known = file;
            }
        }
        let titles = newest.into_iter();
        titles.map(|(page, file)| (page, file.title())).collect()
    }

    /// Runs, and reads what stands in the output folder afterwards.
    fn publish(&self) -> Web {
        convert(&Registry::standard(), &self.settings, &Unobserved).unwrap();
        let mut files = BTreeMap::new();
        read_folder(&self.settings.out, "", &mut files);
        Web { files }
    }
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            read_folder(&path, &format!("{prefix}{name}/"), files);
        } else {
            files.insert(
                format!("{prefix}{name}"),
                fs::read_to_string(&path).unwrap(),
            );
        }
    }
}

/// What subscribers can get, by name.
struct Web {
    files: BTreeMap<String, String>,
}

/// A document of either format: its links to others by relation, and its items.
struct Page {
    links: BTreeMap<String, String>,
    archive: bool,
    items: Vec<Seen>,
}

impl Web {
    fn get(&self, name: &str) -> Page {
        let text = &self.files[name];
        let archive = text.contains("<fh:archive>");
        let (links, items): (Vec<(String, String)>, _) = if name.contains("rss") {
            let (channel, items) = reading::rss(text);
            let links = channel.extensions()["atom"]["link"].iter();
            let links =
                links.map(|link| (link.attrs()["rel"].clone(), link.attrs()["href"].clone()));
            (links.collect(), items)
        } else {
            let (feed, items) = reading::atom(text);
            let links = feed.links().iter();
            let links = links.map(|link| (link.rel().to_owned(), link.href().to_owned()));
            (links.collect(), items)
        };
        let own = |address: String| address.strip_prefix(BASE).map(str::to_owned);
        let links = links.into_iter();
        Page {
            links: links
                .filter_map(|(rel, link)| Some((rel, own(link)?)))
                .collect(),
            archive,
            items,
        }
    }

    /// What a program finds that starts now at the subscription document and follows the chain to
    /// its beginning: each item once, as the newest document has it.
    fn walk(&self, subscription: &str) -> BTreeMap<String, Seen> {
        let mut found = BTreeMap::new();
        let mut next: Option<String> = None;
        let mut name = Some(subscription.to_owned());
        while let Some(at) = name {
            let page = self.get(&at);
            assert_eq!(page.links["self"], at);
            assert_eq!(page.archive, at != subscription, "{at}");
            if page.archive {
                assert_eq!(page.links["current"], subscription);
                assert_eq!(page.links.get("next-archive"), next.as_ref(), "{at}");
                next = Some(at);
            }
            for item in page.items {
                found.entry(item.id.clone()).or_insert(item);
            }
            name = page.links.get("prev-archive").cloned();
        }
        found
    }
}

/// Polls the subscription documents and remembers what it saw.
#[derive(Default)]
struct Subscriber {
    /// The id by the page that it leads to.
    ids: BTreeMap<String, String>,
    seen: BTreeSet<String>,
}

impl Subscriber {
    fn poll(&mut self, web: &Web, step: i64) {
        let json = reading::json(&web.files["feed.json"]).1;
        let feeds = [web.get("atom.xml").items, web.get("rss.xml").items, json];
        for item in feeds.into_iter().flatten() {
            let page = item.link.unwrap();
            let known = self.ids.entry(page.clone()).or_insert(item.id.clone());
            assert_eq!(*known, item.id, "another id at step {step}");
            self.seen.insert(page);
        }
    }
}

/// The month of an item, as archive documents are named.
fn month(item: &Seen) -> String {
    let published = item.published.as_deref();
    published.map_or("undated", |time| &time[..7]).to_owned()
}

/// The months in which two states of the archive differ.
fn touched(before: &BTreeMap<String, Seen>, after: &BTreeMap<String, Seen>) -> BTreeSet<String> {
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = ids
        .into_iter()
        .filter(|id| before.get(*id) != after.get(*id));
    let states = changed.flat_map(|id| [before.get(id), after.get(id)]);
    states.flatten().map(month).collect()
}

/// A closed document that stood before and still stands is the same, byte for byte, unless an
/// article of its month came, went or changed. Only the links to its neighbours change with them.
fn assert_closed(before: &Web, after: &Web, touched: &BTreeSet<String>, step: i64) -> usize {
    let mut relinked = 0;
    for (name, text) in &before.files {
        let Some(period) = name.strip_prefix("archive/") else {
            continue;
        };
        let period = period.split_once('-').unwrap().1.trim_end_matches(".xml");
        if period.ends_with("-open") {
            continue;
        }
        let Some(now) = after.files.get(name) else {
            // It may go only with its articles.
            assert!(touched.contains(period), "{name} went at step {step}");
            continue;
        };
        if touched.contains(period) || text == now {
            continue;
        }
        let (was, is) = (before.get(name), after.get(name));
        assert_ne!(was.links, is.links, "{name} changed at step {step}");
        assert_eq!(
            without_links(text),
            without_links(now),
            "{name} at step {step}"
        );
        relinked += 1;
    }
    relinked
}

fn without_links(document: &str) -> String {
    let lines = document.lines();
    let lines = lines
        .filter(|line| !line.contains("\"prev-archive\"") && !line.contains("\"next-archive\""));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn through_210_changes_of_an_archive_nothing_is_missed_and_nothing_moves() {
    let mut house = House::new(FeedArchive::Month);
    let mut subscriber = Subscriber::default();
    let mut before: Option<(Web, BTreeMap<String, Seen>)> = None;
    let mut relinked = 0;
    for step in 0..210 {
        house.live(step);
        let web = house.publish();
        subscriber.poll(&web, step);
        let expected = house.expected();
        for page in expected.keys().filter(|page| !house.late.contains(*page)) {
            assert!(
                subscriber.seen.contains(page),
                "{page} unseen at step {step}"
            );
        }
        let atom = web.walk("atom.xml");
        let found = atom.values();
        let found = found.map(|item| (item.link.clone().unwrap(), item.title.clone()));
        assert_eq!(found.collect::<BTreeMap<_, _>>(), expected, "step {step}");
        assert_eq!(atom, web.walk("rss.xml"), "step {step}");
        if let Some((earlier, items)) = &before {
            relinked += assert_closed(earlier, &web, &touched(items, &atom), step);
        }
        before = Some((web, atom));
    }
    let (web, _) = before.unwrap();
    let archives = web
        .files
        .keys()
        .filter(|name| name.starts_with("archive/atom"));
    assert!(archives.count() > 4, "{:?}", web.files.keys());
    // Two formats: each month was linked from the one before it, while it was open and when it closed.
    assert!(relinked <= 40, "{relinked}");
    assert!(house.late.len() > 10 && house.files.keys().any(|name| name.starts_with("again")));
}

/// The ids of all items on the way from the subscription document back.
fn chain(web: &Web, subscription: &str) -> Vec<String> {
    let (mut ids, mut name) = (Vec::new(), Some(subscription.to_owned()));
    while let Some(at) = name {
        let page = web.get(&at);
        ids.extend(page.items.into_iter().map(|item| item.id));
        name = page.links.get("prev-archive").cloned();
    }
    ids
}

#[test]
fn a_month_of_more_articles_than_the_subscription_holds_is_missed_by_none_who_polls() {
    let mut house = House::new(FeedArchive::Month);
    house.settings.write.get_mut::<FeedSettings>().items = Some(50);
    let mut time = BEGINNING - 600 * 3 * HOUR;
    for _ in 0..600 {
        time += 3 * HOUR;
        house.arrive(Some(time), None);
    }
    let mut subscriber = Subscriber::default();
    let mut before: Option<(Web, BTreeMap<String, Seen>)> = None;
    for step in 0..16 {
        let web = house.publish();
        subscriber.poll(&web, step);
        for name in ["atom.xml", "rss.xml"] {
            assert_eq!(web.get(name).items.len(), 50, "step {step}");
            let found = web.walk(name).len();
            assert_eq!(found, house.count, "{name} at step {step}");
        }
        // While the subscription is within the open month, each article stands once.
        let ids = chain(&web, "atom.xml");
        let again = ids.len() - house.count;
        assert!(again == 0 || ids.len() - 50 <= house.count, "step {step}");
        assert!(again == 0 || step > 8, "step {step}");
        let atom = web.walk("atom.xml");
        if let Some((earlier, items)) = &before {
            assert_closed(earlier, &web, &touched(items, &atom), step);
        }
        before = Some((web, atom));
        for _ in 0..45 {
            time += HOUR / 5;
            house.arrive(Some(time), None);
        }
    }
    let pages = (600..house.count - 45).map(|number| format!("https://morning.example/{number}"));
    let missed: Vec<String> = pages
        .filter(|page| !subscriber.seen.contains(page))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn a_run_without_changes_changes_no_feed() {
    let mut house = House::new(FeedArchive::Year);
    (0..40).for_each(|step| house.live(step));
    let first = house.publish().files;
    let report = convert(&Registry::standard(), &house.settings, &Unobserved).unwrap();
    assert!(!report.has_changes());
    assert_eq!(first, house.publish().files);
}

//! Forty feeds over thirty days, in fast motion: all that ever stood in a feed is in the archive, once.

use super::server::{Asked, Reply, Server};
use super::{Archive, HOUR, day, item, rss, text};
use offprint::{Registry, Settings, Unobserved, convert};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const FEEDS: u32 = 40;
const DAYS: u32 = 30;
/// 2021-12-01T09:00:00Z
const BEGINNING: i64 = 1_638_349_200_000;
/// Twice this lies between the polls that a feed with `ttl` allows.
const BETWEEN: i64 = 6 * HOUR;

/// What is wrong with a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Growing,
    Shrinking,
    Reordered,
    Redated,
    Reidentified,
    Gzipped,
    Redirected,
    Slow,
    Broken,
    Gone,
    BackAgain,
    Stubborn,
    LoggedOut,
    JumpingBack,
}

const KINDS: [Kind; 14] = [
    Kind::Growing,
    Kind::Shrinking,
    Kind::Reordered,
    Kind::Redated,
    Kind::Reidentified,
    Kind::Gzipped,
    Kind::Redirected,
    Kind::Slow,
    Kind::Broken,
    Kind::Gone,
    Kind::BackAgain,
    Kind::Stubborn,
    Kind::LoggedOut,
    Kind::JumpingBack,
];

fn kind(feed: u32) -> Kind {
    KINDS[feed as usize % KINDS.len()]
}

/// The world as it is at a time.
#[derive(Default)]
struct World {
    now: i64,
    /// The items as they were when they were first shown, by feed and number.
    shown: BTreeMap<(u32, u32), String>,
    /// When each feed was asked last, and what it showed.
    last: HashMap<u32, (i64, String)>,
    /// Requests that came too soon.
    rude: Vec<String>,
}

impl World {
    fn day(&self) -> u32 {
        u32::try_from((self.now - BEGINNING) / (24 * HOUR)).unwrap()
    }

    fn answer(&mut self, asked: &Asked) -> Reply {
        let (path, moved) = match asked.path.strip_prefix("/moved") {
            Some(path) => (path, true),
            None => (asked.path.as_str(), false),
        };
        let Ok(feed) = path[1..].parse::<u32>() else {
            return Reply::new(404, "");
        };
        let day = self.day();
        let kind = kind(feed);
        match kind {
            Kind::Redirected if !moved => {
                let status = if day < 15 { 302 } else { 301 };
                return Reply::to(status, &format!("/moved/{feed}"));
            }
            Kind::Gone if day >= 25 => {
                if self
                    .last
                    .get(&feed)
                    .is_some_and(|(_, text)| text.is_empty())
                {
                    self.rude.push(format!("{feed} is gone and was asked"));
                }
                self.last.insert(feed, (self.now, String::new()));
                return Reply::new(410, "");
            }
            Kind::BackAgain if (5..9).contains(&day) => return Reply::new(500, ""),
            Kind::LoggedOut if day % 5 == 2 => {
                return Reply::page("<form><input type=password></form>");
            }
            _ => {}
        }
        let text = self.feed(feed, kind, day);
        let (last, before) = self
            .last
            .insert(feed, (self.now, text.clone()))
            .unwrap_or_default();
        if kind == Kind::Growing && self.now - last < 2 * BETWEEN && last != 0 {
            self.rude
                .push(format!("{feed} was asked after {}", self.now - last));
        }
        let is_changed = before != text;
        let reply = Reply::feed(text);
        match kind {
            Kind::Gzipped => reply.gzipped().tagged(asked),
            Kind::Stubborn if !is_changed => Reply::new(304, ""),
            Kind::LoggedOut => Reply::new(200, reply.body).with("Content-Type", "image/png"),
            Kind::Slow => Reply {
                delay: Duration::from_millis(20),
                ..reply
            },
            _ if feed % 2 == 0 => reply.tagged(asked),
            _ => reply,
        }
    }

    /// A feed's document on a day: an article a day, the newest ten of them.
    fn feed(&mut self, feed: u32, kind: Kind, day: u32) -> String {
        let most = match kind {
            Kind::Growing => DAYS,
            Kind::Shrinking => 10 - day / 4,
            Kind::Redated | Kind::Broken | Kind::LoggedOut => 12,
            _ => 10,
        };
        let newest = match kind {
            Kind::JumpingBack if day % 4 == 3 => day - 2,
            _ => day,
        };
        let numbers = (newest + 1).saturating_sub(most)..=newest;
        let mut items: Vec<(u32, String)> = numbers
            .rev()
            .map(|number| (number, one(feed, kind, number, day)))
            .collect();
        if kind == Kind::Reordered {
            let middle = day as usize % items.len();
            items.rotate_left(middle);
        }
        let is_cut = kind == Kind::Broken && day % 2 == 1 && day + 1 < DAYS;
        let read = items.len() - usize::from(is_cut);
        for (number, item) in &items[..read] {
            let first = self.shown.entry((feed, *number));
            first.or_insert_with(|| item.clone());
        }
        let head = if kind == Kind::Growing {
            "<ttl>720</ttl>"
        } else {
            ""
        };
        let all: String = items.iter().map(|(_, item)| item.as_str()).collect();
        let text = rss(&format!("Feed {feed}"), head, &all);
        match text.rfind("</description>").filter(|_| is_cut) {
            Some(end) => text[..end - 30].to_owned(),
            None => text,
        }
    }
}

/// An article as its feed shows it on a day.
fn one(feed: u32, kind: Kind, number: u32, today: u32) -> String {
    let name = feed * 1000 + number;
    let dated = if kind == Kind::Redated { today } else { number };
    let link = format!("https://feed-{feed}.example/{name}");
    let item = item(name, &link, &day(dated + 1), &text(name));
    if kind == Kind::Reidentified && today >= 10 {
        return item.replace("tale-", &format!("id-of-{}-", today / 7));
    }
    item
}

fn built(archive: &Archive, out: &Path) -> BTreeMap<String, String> {
    let mut settings = Settings::for_inputs([archive.path()]);
    settings.formats = vec!["atom".to_owned(), "json".to_owned()];
    settings.out = out.to_owned();
    convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let mut files = BTreeMap::new();
    super::collect(out, "", &mut files);
    files
}

#[test]
fn every_article_that_ever_stood_in_a_feed_is_in_the_archive_once() {
    let world = Arc::new(Mutex::new(World::default()));
    let shown = Arc::clone(&world);
    let server = Server::start(move |asked| shown.lock().unwrap().answer(asked));
    let archive = Archive::of((0..FEEDS).map(|feed| server.address(&format!("/{feed}"))));
    for poll in 0..i64::from(DAYS) * 4 {
        let now = BEGINNING + poll * BETWEEN;
        world.lock().unwrap().now = now;
        archive.pull(now);
        if poll % 40 == 20 {
            // The cache may vanish at any time; what feeds allow is forgotten with it.
            world.lock().unwrap().last.clear();
            std::fs::remove_dir_all(archive.cache()).unwrap();
        }
    }
    let world = world.lock().unwrap();
    assert_eq!(world.rude, [""; 0]);
    let mut missing = Vec::new();
    let files = archive.files();
    for (feed, number) in world.shown.keys() {
        let link = format!("](https://feed-{feed}.example/{})", feed * 1000 + number);
        let count = files.values().filter(|file| file.contains(&link)).count();
        if count != 1 {
            missing.push(format!("{:?} {link}: {count}", kind(*feed)));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(files.len(), world.shown.len());
    // A single run over the same articles gives the same archive, and outputs of the same bytes.
    let mut all: BTreeMap<u32, String> = BTreeMap::new();
    for ((feed, _), item) in &world.shown {
        all.entry(*feed).or_default().push_str(item);
    }
    let feeds = all.iter().map(|(feed, items)| {
        let text = rss(&format!("Feed {feed}"), "", items);
        (format!("/{feed}"), Reply::feed(text))
    });
    let server = Server::of(feeds);
    let single = Archive::of((0..FEEDS).map(|feed| server.address(&format!("/{feed}"))));
    single.pull(BEGINNING);
    assert!(single.files() == files, "the archives differ");
    let (left, right) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(built(&archive, left.path()), built(&single, right.path()));
}

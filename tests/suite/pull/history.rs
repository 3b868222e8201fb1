//! Histories: to the beginning, whatever the form of the feed, interrupted and resumed, once.

use super::server::{Asked, Reply, Server};
use super::{Archive, HOUR, NOON, day, item, rss, text};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How a feed leads to what came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    RssArchive,
    RssPage,
    AtomArchive,
    AtomPage,
    Json,
}

const FORMS: [Form; 5] = [
    Form::RssArchive,
    Form::RssPage,
    Form::AtomArchive,
    Form::AtomPage,
    Form::Json,
];

/// A document with one article, and where the one before it is.
fn document(form: Form, number: u32, earlier: Option<&str>) -> String {
    let relation = match form {
        Form::RssArchive | Form::AtomArchive => "prev-archive",
        Form::RssPage | Form::AtomPage | Form::Json => "next",
    };
    let link = |name: &str| {
        let href = earlier.map(|earlier| {
            format!("<{name} xmlns:atom='http://www.w3.org/2005/Atom' rel='{relation}' href='{earlier}'/>")
        });
        href.unwrap_or_default()
    };
    let address = format!("https://tales.example/{number}");
    match form {
        Form::RssArchive | Form::RssPage => rss(
            "Tales",
            &link("atom:link"),
            &item(number, &address, &day(number), &text(number)),
        ),
        Form::AtomArchive | Form::AtomPage => format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Tales</title><id>urn:t</id>{}<entry><id>urn:t:{number}</id>\
             <title>Tale {number}</title><link href='{address}'/><updated>2021-12-{number:02}T08:00:00Z</updated>\
             <content type='html'><![CDATA[{}]]></content></entry></feed>",
            link("link"),
            text(number)
        ),
        Form::Json => serde_json::json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Tales",
            "next_url": earlier,
            "items": [{
                "id": number.to_string(),
                "url": address,
                "title": format!("Tale {number}"),
                "content_html": text(number),
                "date_published": format!("2021-12-{number:02}T08:00:00Z"),
            }],
        })
        .to_string(),
    }
}

/// A feed with so many documents, the newest at `/`; those below `reached` can't be had.
fn answer(form: Form, documents: u32, reached: &AtomicU32, asked: &Asked) -> Reply {
    let number = match asked.path.as_str() {
        "/" => documents,
        path => path.trim_start_matches("/old/").parse().unwrap_or(0),
    };
    if number == 0 || number < reached.load(Ordering::SeqCst) {
        return Reply::new(503, "");
    }
    let earlier = format!("/old/{}", number - 1);
    let earlier = Some(earlier.as_str()).filter(|_| number > 1);
    Reply::feed(document(form, number, earlier)).tagged(asked)
}

fn server(form: Form, documents: u32) -> (Server, Arc<AtomicU32>) {
    let reached = Arc::new(AtomicU32::new(0));
    let shown = Arc::clone(&reached);
    let server = Server::start(move |asked| answer(form, documents, &shown, asked));
    (server, reached)
}

fn archive(server: &Server) -> Archive {
    let url = server.address("/");
    Archive::new(&format!(
        "[pull]\nhistory = true\n[[pull.feed]]\nurl = {url:?}"
    ))
}

#[test]
fn histories_of_every_form_are_read_to_the_beginning_once() {
    for form in FORMS {
        let (server, _) = server(form, 5);
        let archive = archive(&server);
        assert_eq!(archive.pull(NOON).articles.saved, 5, "{form:?}");
        assert_eq!(
            server.paths(),
            ["/", "/old/4", "/old/3", "/old/2", "/old/1"],
            "{form:?}"
        );
        assert_eq!(archive.pull(NOON + HOUR).saved, [""; 0], "{form:?}");
        assert_eq!(server.paths(), ["/"], "{form:?}");
    }
}

#[test]
fn a_history_that_is_interrupted_anywhere_goes_on_from_there() {
    for (form, stop) in FORMS.into_iter().zip(2..) {
        let (server, reached) = server(form, 7);
        let archive = archive(&server);
        reached.store(stop, Ordering::SeqCst);
        let report = archive.pull(NOON);
        assert_eq!(report.articles.saved, u64::from(8 - stop), "{form:?}");
        let told = report
            .warnings
            .iter()
            .any(|warning| warning.message.contains("a later run"));
        assert!(told, "{report:#?}");
        reached.store(0, Ordering::SeqCst);
        server.asked();
        assert_eq!(
            archive.pull(NOON + HOUR).articles.saved,
            u64::from(stop - 1),
            "{form:?}"
        );
        let asked = server.paths();
        assert_eq!(asked.len() as u32, stop, "{form:?}: {asked:?}");
        assert_eq!(archive.files().len(), 7);
    }
}

#[test]
fn a_history_is_read_where_it_is_wanted_first_in_a_later_run() {
    for form in FORMS {
        let (server, _) = server(form, 3);
        let archive = archive(&server);
        let mut settings = archive.settings(NOON);
        settings.pull.history = false;
        let first = super::pull(&settings, &super::Quiet).unwrap();
        assert_eq!(first.articles.saved, 1);
        assert_eq!(archive.pull(NOON + HOUR).articles.saved, 2, "{form:?}");
        assert_eq!(archive.files().len(), 3);
    }
}

#[test]
fn what_a_failed_push_lost_of_a_history_is_read_again() {
    let (server, _) = server(Form::AtomArchive, 4);
    let archive = archive(&server);
    archive.pull(NOON);
    let before = archive.files();
    assert_eq!(before.len(), 4);
    fs::remove_dir_all(archive.path()).unwrap();
    archive.pull(NOON + HOUR);
    assert_eq!(archive.files(), before);
    // One of them alone, too.
    let (oldest, _) = before.first_key_value().unwrap();
    fs::remove_file(archive.path().join(oldest)).unwrap();
    archive.pull(NOON + 2 * HOUR);
    assert_eq!(archive.files(), before);
}

#[test]
fn a_history_that_leads_in_a_circle_ends() {
    let server = Server::start(|asked| {
        let (number, earlier) = match asked.path.as_str() {
            "/" => (3, "/a"),
            "/a" => (2, "/b"),
            _ => (1, "/a"),
        };
        Reply::feed(document(Form::AtomArchive, number, Some(earlier)))
    });
    let archive = archive(&server);
    assert_eq!(archive.pull(NOON).articles.saved, 3);
    assert_eq!(server.paths(), ["/", "/a", "/b"]);
    archive.pull(NOON + HOUR);
    assert_eq!(server.paths(), ["/"]);
}

#[test]
fn a_history_goes_on_after_the_time_of_a_run_is_over() {
    let (form, documents) = (Form::RssPage, 30);
    let none = AtomicU32::new(0);
    let server = Server::start(move |asked| Reply {
        delay: Duration::from_millis(60),
        ..answer(form, documents, &none, asked)
    });
    let archive = archive(&server);
    let mut runs = 0;
    while archive.files().len() < documents as usize {
        let mut settings = archive.settings(NOON + runs * HOUR);
        settings.pull.time_budget = Duration::from_millis(700);
        super::pull(&settings, &super::Quiet).unwrap();
        runs += 1;
        assert!(runs < 60, "{} after {runs} runs", archive.files().len());
    }
    assert!(runs > 1);
    let asked = server.paths();
    let again = asked
        .iter()
        .filter(|path| path.as_str() == "/old/29")
        .count();
    assert_eq!(again, 1, "{asked:?}");
}

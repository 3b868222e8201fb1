//! What servers learn of the article that shows a picture, and of what other servers said (fault 10).

use super::server::{Server, body, body_with, status};
use super::*;

fn picture() -> Vec<u8> {
    samples::jpeg(60, 40)
}

fn good() -> server::Answer {
    body("image/jpeg", &picture())
}

fn redirect(to: &str) -> server::Answer {
    status(302, &format!("Location: {to}\r\n"))
}

/// The `Referer` of each request that a server got for a path.
fn said(server: &Server, path: &str) -> Vec<Option<String>> {
    let asked = server.log().into_iter().filter(|asked| asked.path == path);
    asked
        .map(|asked| asked.headers.get("referer").cloned())
        .collect()
}

fn shown_by(article: &str, pictures: &[String]) -> ImageSet {
    let cache = tempfile::tempdir().unwrap();
    let wanted: Vec<Wanted> = pictures
        .iter()
        .map(|address| Wanted {
            referer: Address::parse(article),
            ..wanted(source(address))
        })
        .collect();
    open(settings(cache.path())).get(&wanted, Purpose::Embed)
}

#[test]
fn fault_10_only_the_articles_own_server_learns_its_address() {
    let own = Server::start([("/x", vec![good()])]);
    let other = Server::start([("/x", vec![good()])]);
    let article = own.address("/secret?token=abc#part");
    let with_name = article.replace("http://", "http://user:word@");
    let set = shown_by(&with_name, &[own.address("/x"), other.address("/x")]);
    assert_eq!(set.warnings, []);
    assert_eq!(said(&own, "/x"), [Some(own.address("/secret?token=abc"))]);
    assert_eq!(said(&other, "/x"), [Some(own.address("/"))]);
}

#[test]
fn fault_10_nothing_of_an_article_on_https_goes_out_on_http() {
    let server = Server::start([("/x", vec![good()])]);
    for article in [
        "https://news.example/secret?token=abc",
        // The same host, but in the clear.
        &server.address("/secret").replace("http:", "https:"),
    ] {
        let set = shown_by(article, &[server.address("/x")]);
        assert_eq!(set.warnings, [], "{article}");
    }
    assert_eq!(said(&server, "/x"), [None, None]);
}

#[test]
fn fault_10_every_hop_of_a_redirect_learns_what_it_may() {
    let own = Server::start([("/back", vec![good()]), ("/end", vec![good()])]);
    let other = Server::start([
        ("/there", vec![good()]),
        ("/home", vec![redirect(&own.address("/end"))]),
    ]);
    let away = Server::start([
        ("/a", vec![redirect(&other.address("/there"))]),
        ("/b", vec![redirect(&other.address("/home"))]),
        ("/c", vec![redirect(&own.address("/back"))]),
    ]);
    let article = own.address("/article?id=7");
    let pictures = ["/a", "/b", "/c"].map(|path| away.address(path));
    assert_eq!(shown_by(&article, &pictures).warnings, []);
    let origin = Some(own.address("/"));
    for (server, path, expected) in [
        (&away, "/a", &origin),
        (&other, "/there", &origin),
        (&away, "/b", &origin),
        (&other, "/home", &origin),
        (&own, "/end", &Some(article.clone())),
        (&own, "/back", &Some(article.clone())),
    ] {
        assert_eq!(said(server, path), std::slice::from_ref(expected), "{path}");
    }
}

#[test]
fn fault_10_validators_go_to_the_address_that_gave_them_and_to_no_other() {
    let conditions = |server: &Server, path: &str| -> Vec<(Option<String>, Option<String>)> {
        let asked = server.log().into_iter().filter(|asked| asked.path == path);
        asked
            .map(|asked| {
                let header = |name| asked.headers.get(name).cloned();
                (header("if-none-match"), header("if-modified-since"))
            })
            .collect()
    };
    let given = "ETag: \"one\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n";
    let sent = (
        Some("\"one\"".to_owned()),
        Some("Wed, 21 Oct 2015 07:28:00 GMT".to_owned()),
    );
    let none = (None, None);
    let first = Server::start([(
        "/y",
        vec![
            body_with("image/jpeg", given, &picture()),
            status(304, ""),
            status(304, ""),
        ],
    )]);
    let second = Server::start([("/y", vec![good()])]);
    let start = Server::start([(
        "/x",
        vec![
            redirect(&first.address("/y")),
            redirect(&first.address("/y")),
            redirect(&second.address("/y")),
        ],
    )]);
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.revalidate = Duration::ZERO;
    for run in 1..=3 {
        let set = get(&open(settings.clone()), &start.address("/x"));
        assert_eq!(set.warnings, [], "run {run}");
    }
    assert_eq!(
        conditions(&start, "/x"),
        [none.clone(), none.clone(), none.clone()]
    );
    assert_eq!(conditions(&first, "/y"), [none.clone(), sent]);
    assert_eq!(conditions(&second, "/y"), [none]);
}

#[test]
fn fault_10_the_user_agent_names_a_contact_where_there_is_one() {
    for (contact, expected) in [
        (None, concat!("Offprint/", env!("CARGO_PKG_VERSION"))),
        (
            Some("https://me.example/about"),
            concat!(
                "Offprint/",
                env!("CARGO_PKG_VERSION"),
                " (+https://me.example/about)"
            ),
        ),
    ] {
        let cache = tempfile::tempdir().unwrap();
        let server = Server::start([("/x", vec![good()])]);
        let mut settings = settings(cache.path());
        settings.contact = contact.map(str::to_owned);
        let _ = get(&open(settings), &server.address("/x"));
        assert_eq!(server.log()[0].headers["user-agent"], expected);
    }
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.contact = Some("a\r\nCookie: b".to_owned());
    assert!(ImageStore::open(settings).is_err());
}

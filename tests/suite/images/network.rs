//! Pictures from the network: a misbehaving server on loopback.

use super::server::{Server, body};
use super::*;

#[test]
fn a_warm_run_sends_no_request() {
    let cache = tempfile::tempdir().unwrap();
    let picture = samples::jpeg(300, 200);
    let server = Server::start([("/x.jpg", vec![body("image/jpeg", &picture)])]);
    let address = server.address("/x.jpg");
    for (run, requests) in [(1, 1), (2, 1)] {
        let library = open(settings(cache.path()));
        let had = get(&library, &address);
        assert_eq!(bytes(&rendition(&had, &address)), picture);
        assert_eq!(server.requests(), requests, "run {run}");
        let counts = library.counts();
        assert_eq!(
            (counts.fetched, counts.from_cache),
            if run == 1 { (1, 0) } else { (0, 1) }
        );
    }
    let asked = &server.log()[0];
    assert_eq!(asked.headers["referer"], "https://news.example/article");
    assert_eq!(asked.headers["accept-encoding"], "identity");
    assert!(asked.headers["user-agent"].starts_with("Offprint/"));
}

#[test]
fn an_offline_run_warns_of_what_is_missing() {
    let cache = tempfile::tempdir().unwrap();
    let library = open(Settings {
        offline: true,
        ..settings(cache.path())
    });
    let had = get(&library, "https://a.example/x.jpg");
    assert_eq!(only_warning(&had).0, Code::ImageMissing);
    assert_eq!(had.warnings[0].path.as_deref(), Some("seeds/a.md"));
    assert_eq!(get(&library, "https://a.example/x.jpg").warnings, []);
    assert_eq!(library.counts().missing, 1);
}

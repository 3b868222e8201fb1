//! Pictures from the network: a misbehaving server on loopback, each case with its exact outcome
//! and number of requests.

use super::server::{Answer, Server, body, body_with, head, status};
use super::*;
use offprint::model::MediaType;
use std::time::Instant;

/// Asks a fresh store for `/x` of a server that gives these answers.
fn outcome(answers: Vec<Answer>, change: impl FnOnce(&mut ImageSettings)) -> (ImageSet, usize) {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", answers)]);
    let mut settings = settings(cache.path());
    change(&mut settings);
    let had = get(&open(settings), &server.address("/x"));
    (had, server.requests())
}

fn assert_not_had(answers: Vec<Answer>, code: Code, reason: &str, requests: usize) {
    assert_not_had_with(answers, |_| {}, code, reason, requests);
}

fn assert_not_had_with(
    answers: Vec<Answer>,
    change: impl FnOnce(&mut ImageSettings),
    code: Code,
    reason: &str,
    requests: usize,
) {
    let (had, asked) = outcome(answers, change);
    assert_eq!(only_warning(&had), (code, reason.to_owned()));
    assert_eq!(asked, requests, "{reason}");
}

fn assert_had(answers: Vec<Answer>, requests: usize) {
    let (had, asked) = outcome(answers, |_| {});
    assert_eq!(had.warnings, []);
    assert_eq!(asked, requests);
}

fn picture() -> Vec<u8> {
    samples::jpeg(60, 40)
}

fn good() -> Answer {
    body("image/jpeg", &picture())
}

#[test]
fn a_warm_run_sends_no_request() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![good()])]);
    let address = server.address("/x");
    for (run, fetched, from_cache) in [(1, 1, 0), (2, 0, 1)] {
        let store = open(settings(cache.path()));
        let had = get(&store, &address);
        assert_eq!(bytes(&rendition(&had, &address)), picture());
        assert_eq!(server.requests(), 1, "run {run}");
        let counts = store.counts();
        assert_eq!((counts.fetched, counts.from_cache), (fetched, from_cache));
        assert_eq!((counts.embedded, counts.missing), (1, 0));
    }
}

#[test]
fn requests_say_which_program_asks_and_name_no_user() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![good()])]);
    let with_name = server
        .address("/x")
        .replace("http://", "http://user:secret@");
    let _ = get(&open(settings(cache.path())), &with_name);
    let asked = &server.log()[0];
    assert_eq!(asked.headers["accept-encoding"], "identity");
    let product = concat!("Offprint/", env!("CARGO_PKG_VERSION"));
    assert_eq!(asked.headers["user-agent"], product);
    assert!(!asked.headers.contains_key("authorization"));
}

#[test]
fn hostile_40_what_is_not_there_is_asked_for_once() {
    for number in [400, 401, 403, 404, 410, 451] {
        let reason = format!("HTTP {number}");
        assert_not_had(vec![status(number, "")], Code::ImageMissing, &reason, 1);
    }
}

#[test]
fn hostile_40_what_is_not_there_is_remembered_for_a_while() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![status(404, ""), good()])]);
    let first = get(&open(settings(cache.path())), &server.address("/x"));
    let second = get(&open(settings(cache.path())), &server.address("/x"));
    assert_eq!(first.warnings, second.warnings);
    assert_eq!(server.requests(), 1);
}

#[test]
fn hostile_40_what_was_not_there_is_asked_for_again_later() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![status(404, ""), good()])]);
    let mut settings = settings(cache.path());
    settings.limits.gone = Duration::ZERO;
    assert_eq!(
        get(&open(settings.clone()), &server.address("/x"))
            .warnings
            .len(),
        1
    );
    assert_eq!(get(&open(settings), &server.address("/x")).warnings, []);
    assert_eq!(server.requests(), 2);
}

#[test]
fn hostile_41_a_busy_server_is_asked_three_times() {
    for number in [429, 500, 502, 503] {
        let reason = format!("HTTP {number}");
        assert_not_had(vec![status(number, "")], Code::ImageMissing, &reason, 3);
        assert_had(vec![status(number, ""), good()], 2);
        assert_had(vec![status(number, "Retry-After: 0\r\n"), good()], 2);
    }
}

#[test]
fn hostile_41_a_server_that_asks_for_a_long_wait_is_left_alone() {
    let later = "Retry-After: 3600\r\n";
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([
        ("/x", vec![status(429, later)]),
        ("/y", vec![good()]),
        ("/z", vec![good()]),
    ]);
    let mut settings = settings(cache.path());
    settings.limits.network.connections_per_host = 1;
    let wanted: Vec<Wanted> = ["/x", "/y", "/z"]
        .map(|path| wanted(source(&server.address(path))))
        .into();
    let had = open(settings.clone()).get(&wanted, Purpose::Embed);
    assert_eq!(server.requests(), 1);
    assert_eq!(had.warnings.len(), 3);
    assert!(
        had.warnings
            .iter()
            .all(|warning| warning.code == Code::ImageMissing)
    );
    let had = open(settings).get(&wanted, Purpose::Embed);
    assert_eq!((server.requests(), had.warnings.len()), (3, 1));
}

#[test]
fn hostile_41_a_date_to_retry_after_is_understood() {
    let past = "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n";
    assert_had(vec![status(503, past), good()], 2);
    let far = "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n";
    assert_not_had(vec![status(503, far)], Code::ImageMissing, "HTTP 503", 1);
}

#[test]
fn hostile_42_a_silent_server_is_given_up() {
    let impatient =
        |settings: &mut ImageSettings| settings.limits.network.idle = Duration::from_millis(100);
    let start = head("image/jpeg", "", Some(1000));
    for said in [Vec::new(), b"HTTP/1.1 200".to_vec(), start] {
        assert_not_had_with(
            vec![Answer::Stall(said)],
            impatient,
            Code::ImageMissing,
            "the server is silent",
            1,
        );
    }
}

#[test]
fn hostile_42_a_slow_server_is_given_up() {
    let drip = Answer::Endless(
        head("image/jpeg", "", Some(1_000_000)),
        vec![0xFF],
        Duration::from_millis(10),
    );
    assert_not_had_with(
        vec![drip.clone()],
        |settings| settings.limits.network.patience = Duration::from_millis(150),
        Code::ImageMissing,
        "it comes too slowly",
        1,
    );
    assert_not_had_with(
        vec![drip],
        |settings| settings.limits.network.total = Duration::from_millis(150),
        Code::ImageMissing,
        "it takes too long",
        1,
    );
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_42_a_connection_that_is_never_made_is_given_up() {
    // A listener that takes nobody in, with as many waiting as it lets wait: the system answers no
    // other any more.
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let any: std::net::SocketAddr = "127.0.0.1:0".parse().unwrap();
    socket.bind(&any.into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let mut waiting = Vec::new();
    let patience = Duration::from_millis(200);
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&address, patience) {
        waiting.push(stream);
    }
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.limits.network.connect = Duration::from_millis(100);
    let had = get(&open(settings), &format!("http://{address}/x"));
    let expected = (
        Code::ImageMissing,
        "no connection is made in time".to_owned(),
    );
    assert_eq!(only_warning(&had), expected);
}

#[test]
fn hostile_42_a_slow_server_does_not_hold_up_others() {
    let cache = tempfile::tempdir().unwrap();
    let slow = Server::start([("/x", vec![Answer::Stall(Vec::new())])]);
    let quick = Server::start([("/y", vec![good()])]);
    let mut settings = settings(cache.path());
    settings.limits.network.idle = Duration::from_millis(300);
    let wanted = [slow.address("/x"), quick.address("/y")].map(|address| wanted(source(&address)));
    let had = open(settings).get(&wanted, Purpose::Embed);
    assert_eq!(had.warnings.len(), 1);
    let _ = rendition(&had, &quick.address("/y"));
}

#[test]
fn hostile_43_a_picture_that_is_cut_off_is_asked_for_three_times() {
    let whole = picture();
    let half = &whole[..whole.len() / 2];
    let mut short = head("image/jpeg", "", Some(whole.len()));
    short.extend_from_slice(half);
    let broken = "the connection breaks off";
    assert_not_had(
        vec![Answer::Raw(short.clone())],
        Code::ImageMissing,
        broken,
        3,
    );
    assert_had(vec![Answer::Raw(short), good()], 2);
    let cut = "the picture is cut off";
    assert_not_had(vec![body("image/jpeg", half)], Code::ImageMissing, cut, 3);
    assert_not_had(vec![body("image/jpeg", b"")], Code::ImageMissing, cut, 3);
    assert_had(vec![body("image/jpeg", half), good()], 2);
}

#[test]
fn hostile_43_a_connection_that_is_reset_is_tried_three_times() {
    let whole = picture();
    let mut start = head("image/jpeg", "", Some(whole.len()));
    start.extend_from_slice(&whole[..100]);
    let reason = "the connection breaks off";
    assert_not_had(
        vec![Answer::Reset(start.clone())],
        Code::ImageMissing,
        reason,
        3,
    );
    assert_not_had(
        vec![Answer::Reset(Vec::new())],
        Code::ImageMissing,
        reason,
        3,
    );
    assert_had(vec![Answer::Reset(start), good()], 2);
}

#[test]
fn hostile_44_the_type_comes_from_the_bytes() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([
        ("/x.jpg", vec![body("image/jpeg", &samples::png(60, 40))]),
        ("/x.png", vec![body("text/html", &picture())]),
    ]);
    let store = open(settings(cache.path()));
    for (path, media_type) in [("/x.jpg", MediaType::Png), ("/x.png", MediaType::Jpeg)] {
        let address = server.address(path);
        let had = get(&store, &address);
        assert_eq!(rendition(&had, &address).media_type, media_type);
        assert_eq!(
            had.pictures
                .get(&source(&address))
                .unwrap()
                .original
                .media_type,
            media_type
        );
    }
}

#[test]
fn hostile_44_what_is_no_picture_is_a_failure() {
    for (content, reason) in [
        (
            "<!DOCTYPE html><title>Log in</title>",
            "it is a web page, not a picture",
        ),
        ("{\"error\": \"no\"}", "it is JSON, not a picture"),
        (
            "\x1F\x08compressed",
            "it is something unknown, not a picture",
        ),
    ] {
        let answer = body("image/jpeg", content.as_bytes());
        assert_not_had(vec![answer], Code::ImageMissing, reason, 1);
    }
}

#[test]
fn hostile_45_redirects_are_followed_up_to_five() {
    let chain = |length: usize| -> Vec<(String, Vec<Answer>)> {
        let step = |step: usize| {
            let answer = status(302, &format!("Location: /{}\r\n", step + 1));
            (format!("/{step}"), vec![answer])
        };
        let mut chain: Vec<_> = (0..length).map(step).collect();
        chain.push((format!("/{length}"), vec![good()]));
        chain
    };
    for (length, requests, had) in [(5, 6, true), (6, 6, false), (50, 6, false)] {
        let cache = tempfile::tempdir().unwrap();
        let server = Server::start(chain(length));
        let result = get(&open(settings(cache.path())), &server.address("/0"));
        assert_eq!(server.requests(), requests);
        if had {
            assert_eq!(result.warnings, []);
        } else {
            let expected = (Code::ImageMissing, "it redirects too often".to_owned());
            assert_eq!(only_warning(&result), expected);
        }
    }
}

#[test]
fn hostile_45_odd_redirects() {
    let to = |location: &str| vec![status(301, &format!("Location: {location}\r\n"))];
    for (location, code, reason) in [
        ("/x", Code::ImageMissing, "it redirects in a circle"),
        ("", Code::ImageMissing, "it redirects to nowhere"),
        ("http://", Code::ImageMissing, "it redirects to nowhere"),
    ] {
        assert_not_had(to(location), code, reason, 1);
    }
    assert_not_had(
        vec![status(302, "")],
        Code::ImageMissing,
        "it redirects to nowhere",
        1,
    );
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([
        ("/a", to("/b")),
        ("/b", to("/a")),
        ("/c", to("特.jpg")),
        ("/%E7%89%B9.jpg", vec![good()]),
    ]);
    let store = open(settings(cache.path()));
    let circle = get(&store, &server.address("/a"));
    assert_eq!(only_warning(&circle).1, "it redirects in a circle");
    assert_eq!(get(&store, &server.address("/c")).warnings, []);
}

#[test]
fn hostile_25_redirects_are_checked_at_every_hop() {
    let refused = "its host is not on the public internet";
    for (location, reason) in [
        ("http://169.254.169.254/latest/meta-data/", refused),
        ("http://[::ffff:169.254.169.254]/", refused),
        ("http://0xA9FEA9FE/", refused),
        ("file:///etc/passwd", "file: addresses are not asked"),
        ("gopher://127.0.0.1/", "gopher: addresses are not asked"),
    ] {
        let (had, requests) = outcome(
            vec![status(302, &format!("Location: {location}\r\n"))],
            |_| {},
        );
        let [warning] = had.warnings.as_slice() else {
            panic!("{location}: {:?}", had.warnings);
        };
        assert_eq!(warning.code, Code::ImageRefused, "{location}");
        assert!(warning.message.ends_with(reason), "{}", warning.message);
        assert_eq!(requests, 1, "{location}");
    }
}

#[test]
fn hostile_24_private_hosts_are_refused_before_connecting() {
    let server = Server::start([("/x", vec![good()])]);
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.allow_private_network = false;
    let store = open(settings);
    let port = server.address("/").rsplit(':').next().unwrap().to_owned();
    for address in [
        server.address("/x"),
        format!("http://localhost.:{port}x"),
        "http://0x7f.1/y".to_owned(),
        "http://2130706433/z".to_owned(),
        "http://[::1]/x".to_owned(),
        "http://100.64.0.1/x".to_owned(),
        "http://x@10.0.0.1:22/x".to_owned(),
    ] {
        assert_eq!(
            only_warning(&get(&store, &address)).0,
            Code::ImageRefused,
            "{address}"
        );
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn hostile_27_the_proxy_is_asked_where_the_origin_fails() {
    let cache = tempfile::tempdir().unwrap();
    let origin = Server::start([("/x", vec![status(403, "")])]);
    let proxy = Server::start([("/?url=x", vec![good()])]);
    let both = proxied(&origin.address("/x"), &proxy.address("/?url=x"));
    for run in 1..=2 {
        let had = open(settings(cache.path())).get(&[wanted(both.clone())], Purpose::Embed);
        assert_eq!(had.warnings, []);
        assert!(had.pictures.rendition(&both).is_some());
        assert_eq!((origin.requests(), proxy.requests()), (1, 1), "run {run}");
    }
}

#[test]
fn hostile_27_the_origin_is_asked_first() {
    let cache = tempfile::tempdir().unwrap();
    let origin = Server::start([("/x", vec![good()])]);
    let proxy = Server::start([("/?url=x", vec![good()])]);
    let both = proxied(&origin.address("/x"), &proxy.address("/?url=x"));
    let _ = open(settings(cache.path())).get(&[wanted(both)], Purpose::Embed);
    assert_eq!((origin.requests(), proxy.requests()), (1, 0));
}

#[test]
fn hostile_46_an_endless_body_is_cut() {
    let small = |settings: &mut ImageSettings| settings.limits.bytes = 2_000_000;
    let piece = vec![0xFF; 64 * 1024];
    let endless = Answer::Endless(head("image/jpeg", "", None), piece, Duration::ZERO);
    let reason = "it is larger than 2 MB";
    assert_not_had_with(vec![endless], small, Code::ImageUnusable, reason, 1);
    let chunk = [b"10000\r\n".to_vec(), vec![0xFF; 0x10000], b"\r\n".to_vec()].concat();
    let chunked = head("image/jpeg", "Transfer-Encoding: chunked\r\n", None);
    let endless = Answer::Endless(chunked, chunk, Duration::ZERO);
    assert_not_had_with(vec![endless], small, Code::ImageUnusable, reason, 1);
    let announced = Answer::Raw(head("image/jpeg", "", Some(10_000_000_000)));
    assert_not_had_with(vec![announced], small, Code::ImageUnusable, reason, 1);
}

#[test]
fn hostile_46_a_run_brings_no_more_than_it_may() {
    let cache = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..10).map(|number| format!("/{number}")).collect();
    let server = Server::start(names.iter().map(|name| (name.clone(), vec![good()])));
    let mut settings = settings(cache.path());
    settings.max_total = Some(picture().len() as u64 * 3 + 10);
    settings.limits.network.connections = 1;
    let wanted: Vec<Wanted> = names
        .iter()
        .map(|name| wanted(source(&server.address(name))))
        .collect();
    let store = open(settings.clone());
    let had = store.get(&wanted, Purpose::Embed);
    assert_eq!(store.counts().fetched, 3);
    assert_eq!(had.warnings.len(), 7);
    assert!(
        had.warnings
            .iter()
            .all(|warning| warning.code == Code::ImageBudgetSpent)
    );
    let store = open(settings);
    let _ = store.get(&wanted, Purpose::Embed);
    assert_eq!((store.counts().from_cache, store.counts().fetched), (3, 3));
}

#[test]
fn the_time_of_a_run_is_bounded_and_the_next_run_goes_on() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([
        ("/slow", vec![Answer::Stall(Vec::new()), good()]),
        ("/next", vec![good()]),
    ]);
    let mut settings = settings(cache.path());
    settings.time_budget = Duration::from_millis(200);
    settings.limits.network.connections_per_host = 1;
    let wanted = ["/slow", "/next"].map(|path| wanted(source(&server.address(path))));
    let start = Instant::now();
    let store = open(settings.clone());
    let had = store.get(&wanted, Purpose::Embed);
    assert!(start.elapsed() < Duration::from_secs(5));
    let reason = "the run's time for pictures is used up";
    for warning in &had.warnings {
        assert_eq!(warning.code, Code::ImageBudgetSpent);
        assert!(warning.message.ends_with(reason));
    }
    assert_eq!((had.warnings.len(), server.requests()), (2, 1));
    let had = open(settings).get(&wanted, Purpose::Embed);
    assert_eq!((had.warnings.len(), server.requests()), (0, 3));
}

#[test]
fn hostile_47_compressed_bodies_are_not_unpacked() {
    let bomb = {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0; 10_000_000]).unwrap();
        encoder.finish().unwrap()
    };
    let answer = body_with("image/png", "Content-Encoding: gzip\r\n", &bomb);
    let reason = "it is compressed data, not a picture";
    assert_not_had(vec![answer], Code::ImageMissing, reason, 1);
}

#[test]
fn hostile_54_one_picture_is_asked_for_once() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![good()]), ("/y", vec![good()])]);
    let store = open(settings(cache.path()));
    let address = server.address("/x");
    let wanted: Vec<Wanted> = (0..500)
        .map(|number| wanted(source(&format!("{address}#{number}"))))
        .collect();
    for _ in 0..2 {
        let had = store.get(&wanted, Purpose::Embed);
        assert!(
            wanted
                .iter()
                .all(|wanted| had.pictures.rendition(&wanted.source).is_some())
        );
    }
    let other = rendition(&get(&store, &server.address("/y")), &server.address("/y"));
    assert_eq!(other.name, rendition(&get(&store, &address), &address).name);
    assert_eq!(
        (server.requests_for("/x"), server.requests_for("/y")),
        (1, 1)
    );
    let counts = store.counts();
    assert_eq!((counts.embedded, counts.fetched), (2, 2));
    assert_eq!(counts.bytes, picture().len() as u64);
}

#[test]
fn hostile_54_a_stale_picture_is_confirmed() {
    let cache = tempfile::tempdir().unwrap();
    let tags = "ETag: \"1\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n";
    let server = Server::start([(
        "/x",
        vec![
            body_with("image/jpeg", tags, &picture()),
            status(304, ""),
            body("image/png", &samples::png(30, 30)),
            status(404, ""),
        ],
    )]);
    let address = server.address("/x");
    let mut settings = settings(cache.path());
    settings.revalidate = Duration::ZERO;
    let run = || {
        let had = get(&open(settings.clone()), &address);
        assert_eq!(had.warnings, []);
        rendition(&had, &address).media_type
    };
    assert_eq!(run(), MediaType::Jpeg);
    assert_eq!(run(), MediaType::Jpeg);
    let asked = &server.log()[1];
    assert_eq!(asked.headers["if-none-match"], "\"1\"");
    assert_eq!(
        asked.headers["if-modified-since"],
        "Wed, 21 Oct 2015 07:28:00 GMT"
    );
    assert_eq!(run(), MediaType::Png);
    // What the server no longer has stays, and is not asked for at every run.
    assert_eq!(run(), MediaType::Png);
    assert_eq!(run(), MediaType::Png);
    assert_eq!(server.requests(), 4);
}

#[test]
fn an_offline_run_takes_what_the_cache_holds_whatever_its_age() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![good()])]);
    let mut settings = settings(cache.path());
    settings.revalidate = Duration::ZERO;
    let _ = get(&open(settings.clone()), &server.address("/x"));
    settings.offline = true;
    assert_eq!(get(&open(settings), &server.address("/x")).warnings, []);
    assert_eq!(server.requests(), 1);
}

#[test]
fn an_offline_run_warns_of_what_is_missing() {
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.offline = true;
    let store = open(settings);
    let had = get(&store, "https://a.example/x.jpg");
    assert_eq!(only_warning(&had).0, Code::ImageMissing);
    assert_eq!(had.warnings[0].path.as_deref(), Some("seeds/a.md"));
    assert_eq!(get(&store, "https://a.example/x.jpg").warnings, []);
    assert_eq!(store.counts().missing, 1);
}

#[test]
fn describing_asks_no_server_and_warns_of_nothing() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start([("/x", vec![good()])]);
    let address = server.address("/x");
    let describe = || {
        let store = open(settings(cache.path()));
        store.get(&[wanted(source(&address))], Purpose::Describe)
    };
    let had = describe();
    assert!(had.pictures.get(&source(&address)).is_none());
    assert_eq!((had.warnings.len(), server.requests()), (0, 0));
    let _ = get(&open(settings(cache.path())), &address);
    let had = describe();
    let described = had.pictures.get(&source(&address)).unwrap();
    assert_eq!(described.original.length, picture().len() as u64);
    assert_eq!(
        (described.original.width, described.original.height),
        (60, 40)
    );
    assert_eq!(described.rendition, None);
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_described_picture_can_be_embedded_later_in_the_run() {
    let (cache, mirror) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lay(mirror.path(), "a.example/x", &picture());
    let store = open(offline(cache.path(), mirror.path()));
    let address = "https://a.example/x";
    let _ = store.get(&[wanted(source(address))], Purpose::Describe);
    let _ = rendition(&get(&store, address), address);
    assert_eq!(store.counts().from_mirror, 1);
    assert_eq!(store.counts().embedded, 1);
}

#[test]
fn a_certificate_that_nobody_signed_is_refused() {
    let cache = tempfile::tempdir().unwrap();
    let server = server::secure();
    let had = get(&open(settings(cache.path())), &server);
    let expected = (
        Code::ImageMissing,
        "the connection is not secure".to_owned(),
    );
    assert_eq!(only_warning(&had), expected);
}

#[test]
fn warnings_come_in_the_order_of_the_request() {
    let cache = tempfile::tempdir().unwrap();
    let server = Server::start::<String>([]);
    let addresses: Vec<String> = (0..40)
        .map(|number| server.address(&format!("/{number}")))
        .collect();
    let wanted: Vec<Wanted> = addresses
        .iter()
        .map(|address| wanted(source(address)))
        .collect();
    let had = open(settings(cache.path())).get(&wanted, Purpose::Embed);
    assert_eq!(had.warnings.len(), 40);
    for (warning, address) in had.warnings.iter().zip(&addresses) {
        assert!(
            warning.message.contains(&format!("{address}:")),
            "{}",
            warning.message
        );
    }
}

#[test]
fn a_proxy_of_the_users_is_used_and_private_targets_are_still_refused() {
    let cache = tempfile::tempdir().unwrap();
    let proxy = Server::start([
        ("/x", vec![good()]),
        ("/y", vec![status(302, "Location: http://10.0.0.1/\r\n")]),
    ]);
    let mut settings = settings(cache.path());
    settings.allow_private_network = false;
    settings.proxy = Some(proxy.address(""));
    let store = open(settings);
    assert_eq!(get(&store, "http://pictures.example/x").warnings, []);
    let had = get(&store, "http://pictures.example/y");
    assert_eq!(only_warning(&had).0, Code::ImageRefused);
    assert_eq!(proxy.requests(), 2);
}

#[test]
fn hostile_24_a_proxy_of_the_environment_is_used_only_where_the_settings_say_so() {
    use super::place::{Place, run};
    for (setting, requests) in [("", 0), ("proxy = \"environment\"\n", 1)] {
        let proxy = Server::start([("/x", vec![good()])]);
        let place = Place::new();
        place.write("offprint.toml", format!("[images]\n{setting}"));
        place.article(1, &["http://pictures.invalid/x".to_owned()]);
        let mut command = place.command(&["build", "articles", "-t", "epub"]);
        let names = [
            "ALL_PROXY",
            "all_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "NO_PROXY",
            "no_proxy",
        ];
        names.iter().for_each(|name| {
            command.env_remove(name);
        });
        let ended = run(command.env("HTTP_PROXY", proxy.address("")));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        assert_eq!(proxy.requests(), requests, "{setting}: {}", ended.stderr);
    }
}

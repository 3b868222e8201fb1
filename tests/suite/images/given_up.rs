//! Hosts, and a network, that do not answer are given up for the run (fault 17).

use super::place::{Place, run};
use super::server::{Answer, Server, body, status};
use super::*;
use offprint::FetchEvent;
use std::sync::Mutex;
use std::time::Instant;

/// Gets pictures; gives what was told of hosts and the network, too.
fn get_all(settings: ImageSettings, addresses: &[String]) -> (ImageSet, Vec<String>, ImageStore) {
    let store = open(settings);
    let wanted: Vec<Wanted> = addresses
        .iter()
        .map(|address| wanted(source(address)))
        .collect();
    let told = Mutex::new(Vec::new());
    let set = store.get_watched(&wanted, Purpose::Embed, &|event| match event {
        FetchEvent::HostGivenUp {
            host,
            failures,
            reason,
        } => told
            .lock()
            .unwrap()
            .push(format!("{host}: {failures}, {reason}")),
        FetchEvent::NetworkGivenUp { hosts, failures } => {
            told.lock()
                .unwrap()
                .push(format!("{hosts} hosts: {failures}"));
        }
        _ => {}
    });
    (set, told.into_inner().unwrap(), store)
}

fn good() -> Answer {
    body("image/jpeg", &samples::jpeg(60, 40))
}

fn paths(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("/{number}")).collect()
}

fn host_of(server: &Server) -> String {
    server.address("").replace("http://", "")
}

/// A port of this machine at which nobody listens.
fn closed_port() -> u16 {
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn fault_17_a_host_that_only_answers_that_it_cannot_is_given_up() {
    for (code, is_given_up) in [
        (500, true),
        (503, true),
        (521, true),
        (502, false),
        (404, false),
    ] {
        let answers = paths(40)
            .into_iter()
            .map(|path| (path, vec![status(code, "")]));
        let unable = Server::start(answers.collect::<Vec<_>>());
        let cache = tempfile::tempdir().unwrap();
        let mut settings = settings(cache.path());
        settings.limits.network.connections_per_host = 1;
        settings.limits.network.attempts = 2;
        settings.limits.network.backoff = Duration::from_millis(1);
        let addresses: Vec<String> = paths(40).iter().map(|path| unable.address(path)).collect();
        let (set, told, _) = get_all(settings, &addresses);
        assert_eq!(set.warnings.len(), 40, "{code}");
        let expected = format!("{}: 10, it answers {code}", host_of(&unable));
        assert_eq!(
            told,
            if is_given_up {
                vec![expected]
            } else {
                Vec::new()
            }
        );
        let asked = unable.requests();
        assert_eq!(asked < 40, is_given_up, "{code}: {asked} requests");
    }
}

#[test]
fn fault_17_a_host_that_fails_in_a_row_is_given_up_and_others_are_not() {
    let given_up = "its host was given up after 5 failures in a row";
    for (answer, reason) in [
        (Answer::Stall(Vec::new()), "the server is silent"),
        (
            Answer::Stall(server::head("image/jpeg", "", Some(999))),
            "the server is silent",
        ),
        (Answer::Reset(Vec::new()), "the connection breaks off"),
    ] {
        let answers = |answer: &Answer| {
            paths(12)
                .into_iter()
                .map(|path| (path, vec![answer.clone()]))
                .collect::<Vec<_>>()
        };
        let dead = Server::start(answers(&answer));
        let alive = Server::start(answers(&good()));
        let cache = tempfile::tempdir().unwrap();
        let mut settings = settings(cache.path());
        settings.limits.network.idle = Duration::from_millis(60);
        settings.limits.network.connections_per_host = 1;
        settings.limits.network.attempts = 1;
        let addresses: Vec<String> = paths(12)
            .iter()
            .flat_map(|path| [dead.address(path), alive.address(path)])
            .collect();
        let (set, told, store) = get_all(settings, &addresses);
        assert_eq!(told, [format!("{}: 5, {reason}", host_of(&dead))]);
        assert_eq!((dead.requests(), alive.requests()), (5, 12));
        let reasons = |wanted: &str| {
            let warned = set.warnings.iter();
            let with = warned.filter(|warning| warning.message.ends_with(wanted));
            assert!(
                set.warnings
                    .iter()
                    .all(|one| one.code == Code::ImageMissing)
            );
            with.count()
        };
        assert_eq!((reasons(reason), reasons(given_up)), (5, 7));
        // Later windows of the run do not ask it either, and are not told again.
        let later = get(&store, &dead.address("/late"));
        assert_eq!(only_warning(&later).1, given_up);
        assert_eq!(dead.requests(), 5);
        // Only what was asked is remembered: the next run asks for the rest.
        drop(store);
        let cache = Cache::open(cache.path()).unwrap();
        assert_eq!(cache.summary().unwrap().failures, 5);
    }
}

#[test]
fn fault_17_the_next_run_asks_for_what_was_not_asked() {
    let answers = paths(9).into_iter().map(|path| {
        let first = Answer::Stall(Vec::new());
        (path, vec![first, good()])
    });
    let server = Server::start(answers);
    let addresses: Vec<String> = paths(9).iter().map(|path| server.address(path)).collect();
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.limits.network.idle = Duration::from_millis(300);
    settings.limits.network.host_failures = 1;
    settings.limits.network.connections = 1;
    settings.limits.failed = Duration::ZERO;
    // One picture a run is found to be missing, until none is left that was not asked.
    for run in 1..=9 {
        let (set, ..) = get_all(settings.clone(), &addresses[..run]);
        assert_eq!(set.warnings.len(), 1, "run {run}");
    }
    assert_eq!(server.requests(), 9 + 8);
    let (set, ..) = get_all(settings, &addresses);
    assert_eq!(set.warnings, []);
}

#[test]
fn fault_17_attempts_at_one_picture_and_answers_of_any_kind_give_no_host_up() {
    let reset = Answer::Reset(Vec::new());
    let answers = paths(16).into_iter().enumerate().map(|(number, path)| {
        // After four failures comes an answer, of whatever kind.
        let answer = match number {
            4 => status(404, ""),
            9 => body("text/html", b"<html></html>"),
            14 => status(302, "Location: /4\r\n"),
            _ => reset.clone(),
        };
        (path, vec![answer])
    });
    let server = Server::start(answers.chain([("/again".to_owned(), vec![reset.clone()])]));
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.limits.network.connections = 1;
    settings.limits.network.backoff = Duration::ZERO;
    settings.limits.network.attempts = 12;
    let (set, told, _) = get_all(settings.clone(), &[server.address("/again")]);
    assert_eq!((told.len(), set.warnings.len()), (0, 1));
    assert_eq!(server.requests_for("/again"), 12);
    settings.limits.network.attempts = 1;
    let addresses: Vec<String> = paths(16).iter().map(|path| server.address(path)).collect();
    let (set, told, _) = get_all(settings, &addresses);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(set.warnings.len(), 16);
    assert_eq!(server.requests(), 12 + 16 + 1);
}

#[cfg(target_os = "linux")]
#[test]
fn fault_17_a_network_on_which_no_host_answers_is_given_up() {
    let port = closed_port();
    // Fifteen hosts, all of them this machine.
    let addresses: Vec<String> = (0..600)
        .map(|number| format!("http://127.0.1.{}:{port}/{number}", number % 15 + 1))
        .collect();
    let cache = tempfile::tempdir().unwrap();
    let (set, told, store) = get_all(settings(cache.path()), &addresses);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("hosts: "), "{told:?}");
    assert_eq!(set.warnings.len(), 600);
    let not_asked = set.warnings.iter().filter(|warning| {
        warning.code == Code::ImageMissing
            && warning.message.contains("its host was given up after ")
    });
    assert!(not_asked.count() > 500);
    drop(store);
    let cache = Cache::open(cache.path()).unwrap();
    let asked = cache.summary().unwrap().failures;
    assert!((10..=60).contains(&asked), "{asked}");
}

#[cfg(target_os = "linux")]
#[test]
fn fault_17_a_host_that_answers_late_is_heard_though_all_others_are_dead() {
    let port = closed_port();
    let alive = Server::start(paths(20).into_iter().map(|path| (path, vec![good()])));
    let dead = |number: usize| format!("http://127.0.1.{}:{port}/{number}", number % 40 + 1);
    let mut addresses: Vec<String> = (0..400).map(dead).collect();
    addresses.extend(paths(20).iter().map(|path| alive.address(path)));
    let cache = tempfile::tempdir().unwrap();
    let (set, ..) = get_all(settings(cache.path()), &addresses);
    assert_eq!(alive.requests(), 20);
    assert_eq!(set.warnings.len(), 400);
}

#[cfg(target_os = "linux")]
#[test]
fn fault_17_a_network_that_swallows_everything_costs_one_wait_or_two() {
    // A listener for every address of this machine that takes nobody in.
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    let any: std::net::SocketAddr = "0.0.0.0:0".parse().unwrap();
    socket.bind(&any.into()).unwrap();
    socket.listen(0).unwrap();
    let port = socket.local_addr().unwrap().as_socket().unwrap().port();
    let one: std::net::SocketAddr = format!("127.0.0.1:{port}").parse().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = std::net::TcpStream::connect_timeout(&one, Duration::from_millis(200)) {
        waiting.push(stream);
    }
    let addresses: Vec<String> = (0..600)
        .map(|number| format!("http://127.0.1.{}:{port}/{number}", number % 15 + 1))
        .collect();
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.limits.network.connect = Duration::from_millis(300);
    // Without an end, 600 waits, sixteen at once, would take eleven seconds.
    let begin = Instant::now();
    let (set, told, _) = get_all(settings, &addresses);
    assert!(
        begin.elapsed() < Duration::from_secs(4),
        "{:?}",
        begin.elapsed()
    );
    assert_eq!((set.warnings.len(), told.len()), (600, 1));
}

#[cfg(target_os = "linux")]
#[test]
fn fault_17_hosts_that_say_nothing_are_asked_for_one_thing_each() {
    let any = std::net::TcpListener::bind("127.0.1.1:0").unwrap();
    let port = any.local_addr().unwrap().port();
    let other = |number| std::net::TcpListener::bind(format!("127.0.1.{number}:{port}"));
    let mut hosts = vec![any];
    hosts.extend((2..=15).map(|number| other(number).unwrap()));
    let addresses: Vec<String> = (0..600)
        .map(|number| format!("http://127.0.1.{}:{port}/{number}", number % 15 + 1))
        .collect();
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(cache.path());
    settings.limits.network.idle = Duration::from_secs(1);
    settings.limits.network.backoff = Duration::from_secs(5);
    let (set, told, _) = get_all(settings, &addresses);
    assert_eq!((set.warnings.len(), told.len()), (600, 1));
    // What was asked waits to be taken in.
    for host in hosts {
        host.set_nonblocking(true).unwrap();
        assert_eq!(host.incoming().map_while(Result::ok).count(), 1, "{host:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn fault_17_a_log_is_told_at_once_and_the_book_is_made() {
    let place = Place::new();
    let port = closed_port();
    for number in 0..30 {
        let address = format!("http://127.0.1.{}:{port}/{number}", number % 15 + 1);
        place.article(number, &[address]);
    }
    let ended = run(&mut place.build(&[]));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let lines = ended.stderr.lines();
    let told: Vec<&str> = lines.filter(|line| line.contains("given up")).collect();
    let told_first = told[0];
    assert!(
        told_first.starts_with("fetching  network given up: 10 failures at ")
            && told_first.ends_with(" hosts and no answer"),
        "{told:?}"
    );
    assert!(place.path().join("out/archive.epub").exists());
}

//! Whole runs of the command: what each of them asks the server for.

use super::place::{Place, run};
use super::samples;
use super::server::{Server, body};

/// The number of articles; each shows a picture of its own and one of the others'.
const ARTICLES: u64 = 24;

#[test]
fn a_cold_run_asks_once_for_each_picture_and_a_warm_or_offline_one_for_none() {
    let place = Place::new();
    let pictures = (0..ARTICLES).map(|number| {
        let side = 40 + u32::try_from(number).unwrap();
        let answer = match number % 3 {
            0 => body("image/webp", &samples::webp(side, 30)),
            1 => body("image/png", &samples::png(side, 30)),
            _ => body("image/jpeg", &samples::jpeg(side, 30)),
        };
        (format!("/{number}"), vec![answer])
    });
    let server = Server::start(pictures);
    for number in 0..ARTICLES {
        let shown = [number, (number * 7 + 3) % ARTICLES];
        place.article(
            number,
            &shown.map(|number| server.address(&format!("/{number}"))),
        );
    }
    let mut outputs = Vec::new();
    for (run, arguments, fetched, requests) in [
        ("cold", &["--strict"][..], ARTICLES, ARTICLES),
        ("warm", &["--strict"], 0, ARTICLES),
        ("offline", &["--strict", "--offline"], 0, ARTICLES),
    ] {
        let report = place.report(&[&["--profile", "e-ink"], arguments].concat());
        let images = &report["images"];
        assert_eq!(images["fetched"], fetched, "{run}");
        assert_eq!(images["from_cache"], ARTICLES - fetched, "{run}");
        assert_eq!(images["embedded"], ARTICLES, "{run}");
        assert_eq!(images["missing"], 0, "{run}");
        assert_eq!(server.requests() as u64, requests, "{run}");
        outputs.push(place.outputs());
    }
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_dry_run_asks_for_pictures_and_keeps_none() {
    let place = Place::new();
    let picture = body("image/png", &samples::png(40, 30));
    let server = Server::start([("/0", vec![picture.clone(), picture])]);
    place.article(0, &[server.address("/0")]);
    let report = place.report(&["--dry-run"]);
    assert_eq!(report["images"]["embedded"], 1);
    assert!(!place.cache().exists());
    let report = place.report(&[]);
    assert_eq!(report["images"]["fetched"], 1);
    let kept = place.report(&["--dry-run"]);
    assert_eq!(kept["images"]["fetched"], 0);
    assert_eq!(server.requests(), 2);
}

#[test]
fn servers_are_told_the_contact_that_the_configuration_names_and_none_else() {
    let program = concat!("Offprint/", env!("CARGO_PKG_VERSION"));
    for (contact, told) in [
        (
            Some("https://me.example/about"),
            " (+https://me.example/about)",
        ),
        (Some("mailto:me@me.example"), " (+mailto:me@me.example)"),
        (Some(" "), ""),
        (None, ""),
    ] {
        let place = Place::new();
        let server = Server::start([("/0", vec![body("image/png", &samples::png(40, 30))])]);
        place.article(0, &[server.address("/0")]);
        let line = contact.map(|contact| format!("contact = {contact:?}\n"));
        place.write(
            "offprint.toml",
            format!("[images]\n{}", line.unwrap_or_default()),
        );
        assert_eq!(place.report(&[])["images"]["fetched"], 1);
        let agent = &server.log()[0].headers["user-agent"];
        assert_eq!(*agent, format!("{program}{told}"));
    }
}

#[test]
fn a_contact_that_no_header_holds_ends_the_run() {
    let place = Place::new();
    place.article(0, &["https://tide.example/x.png".to_owned()]);
    place.write(
        "offprint.toml",
        "[images]\ncontact = \"a\\r\\nCookie: b\"\n",
    );
    let ended = run(&mut place.build(&[]));
    assert_eq!(ended.status, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("images.contact"), "{}", ended.stderr);
}

//! The client by itself, as somebody uses it who asks for feeds and pages.

use super::server::{Answer, Server, body_with, head, status};
use offprint::model::Address;
use offprint::parts::net::{
    Client, ClientSettings, Deadline, FetchError, FetchErrorKind, Redirect, Request, Response,
    Retry, Status, Validators,
};
use std::time::{Duration, Instant};

const FEED: &[u8] = b"<feed xmlns=\"http://www.w3.org/2005/Atom\"/>";

fn client() -> Client {
    let settings = ClientSettings {
        allow_private_network: true,
        ..ClientSettings::default()
    };
    Client::new(&settings).unwrap()
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn get(
    client: &Client,
    text: &str,
    validators: Option<&Validators>,
    most_bytes: u64,
) -> (Result<Response, FetchError>, Vec<u8>) {
    let end = Instant::now() + Duration::from_secs(10);
    let asked = address(text);
    let request = Request {
        address: &asked,
        referer: None,
        accept: "application/atom+xml,application/rss+xml;q=0.9,*/*;q=0.1",
        validators,
        most_bytes,
        packed: false,
    };
    let mut bytes = Vec::new();
    let deadline = Deadline {
        request: end,
        run: end,
    };
    let response = client.get(&request, &mut bytes, deadline, &|_| {});
    (response, bytes)
}

#[test]
fn a_feed_is_had_with_all_that_its_server_says_of_it() {
    let said = "ETag: \"f\"\r\nCache-Control: public, max-age=600\r\nRetry-After: 30\r\n";
    let server = Server::start([
        (
            "/feed",
            vec![
                body_with("application/atom+xml", said, FEED),
                status(304, ""),
            ],
        ),
        ("/moved", vec![status(301, "Location: /for-now\r\n")]),
        ("/for-now", vec![status(302, "Location: /feed\r\n")]),
    ]);
    let client = client();
    let (response, bytes) = get(&client, &server.address("/moved#top"), None, 1_000);
    let response = response.unwrap();
    assert_eq!(bytes, FEED);
    assert_eq!(response.status, Status::Ok);
    assert_eq!(response.address, address(&server.address("/feed")));
    let step = |path, permanent| Redirect {
        to: address(&server.address(path)),
        permanent,
    };
    assert_eq!(
        response.redirects,
        [step("/for-now", true), step("/feed", false)]
    );
    assert_eq!(
        response.content_type.as_deref(),
        Some("application/atom+xml")
    );
    assert_eq!(response.max_age, Some(Duration::from_secs(600)));
    assert_eq!(response.retry_after, Some(Duration::from_secs(30)));
    assert!(response.is_delimited);
    let asked = &server.log()[0].headers["accept"];
    assert!(asked.starts_with("application/atom+xml"), "{asked}");
    assert!(!server.log()[0].headers.contains_key("referer"));
    // The next time, only what changed is asked for, and nothing did.
    let validators = response.validators.unwrap();
    let (response, bytes) = get(&client, &server.address("/moved"), Some(&validators), 1_000);
    assert_eq!(
        (response.unwrap().status, bytes.len()),
        (Status::NotModified, 0)
    );
    assert_eq!(
        server.log().last().unwrap().headers["if-none-match"],
        "\"f\""
    );
}

#[test]
fn what_is_no_feed_leaves_the_sink_empty_and_says_whether_to_ask_again() {
    let page = b"<html>gone</html>";
    let with_page = |number: u16, headers: &str| {
        let mut response = format!(
            "HTTP/1.1 {number} x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
            page.len()
        )
        .into_bytes();
        response.extend_from_slice(page);
        Answer::Raw(response)
    };
    let wait = Some(Duration::from_secs(7));
    for (number, headers, expected, retry) in [
        (410, "", Status::Gone(410), Retry::Gone),
        (404, "", Status::Gone(404), Retry::Gone),
        (
            429,
            "Retry-After: 7\r\n",
            Status::Busy(429),
            Retry::Soon(wait),
        ),
        (
            503,
            "Retry-After: never\r\n",
            Status::Busy(503),
            Retry::Soon(None),
        ),
        (403, "", Status::Other(403), Retry::Later),
        // Nobody asked for what changed only.
        (304, "", Status::Other(304), Retry::Later),
    ] {
        let server = Server::start([("/feed", vec![with_page(number, headers)])]);
        let (response, bytes) = get(&client(), &server.address("/feed"), None, 1_000);
        let response = response.unwrap();
        assert_eq!((response.status, response.retry()), (expected, retry));
        assert!(bytes.is_empty(), "{number}");
    }
}

#[test]
fn bytes_are_bounded_whether_or_not_they_are_announced() {
    let unannounced = [head("text/xml", "", None), vec![b' '; 200]].concat();
    for answer in [
        body_with("text/xml", "", &[b' '; 200]),
        Answer::Raw(unannounced),
    ] {
        let server = Server::start([("/feed", vec![answer])]);
        let kind = |most| {
            let (response, _) = get(&client(), &server.address("/feed"), None, most);
            response
                .map(|response| response.status)
                .map_err(|error| error.kind)
        };
        assert_eq!(kind(199), Err(FetchErrorKind::TooLarge));
        assert_eq!(kind(200), Ok(Status::Ok));
    }
}

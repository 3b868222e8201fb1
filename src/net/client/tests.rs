//! The client by itself, as somebody uses it who asks for feeds and pages, against a server on loopback.

use super::*;
use crate::net::{FetchErrorKind, Retry, Validators};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The headers of a request by their names in small letters.
type Headers = HashMap<String, String>;

/// Gives each path its answers in turn, the last one again and again.
struct Server {
    port: u16,
    log: Arc<Mutex<Vec<Headers>>>,
}

impl Server {
    fn start<const PATHS: usize>(answers: [(&'static str, Vec<Vec<u8>>); PATHS]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        // The thread ends with the process: nothing of it is waited for.
        std::thread::spawn(move || {
            let mut answers = HashMap::from(answers);
            for stream in listener.incoming().flatten() {
                answer(stream, &mut answers, &kept);
            }
        });
        Server { port, log }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn log(&self) -> Vec<Headers> {
        self.log.lock().expect("no panic").clone()
    }
}

fn answer(
    mut stream: TcpStream,
    answers: &mut HashMap<&'static str, Vec<Vec<u8>>>,
    log: &Mutex<Vec<Headers>>,
) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let headers = lines.take_while(|line| !line.is_empty());
    let headers = headers.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    log.lock().expect("no panic").push(headers.collect());
    let answers = answers
        .get_mut(path.as_str())
        .expect("a path that is known");
    let answer = match answers.len() {
        1 => answers[0].clone(),
        _ => answers.remove(0),
    };
    // Who asks may have gone, as one does that has enough.
    let _ = stream.write_all(&answer);
}

fn status(number: u16, headers: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {number} Because
Connection: close
Content-Length: 0
{headers}
"
    )
    .into_bytes()
}

fn head(content_type: &str, headers: &str, length: Option<usize>) -> Vec<u8> {
    let length = length.map_or(String::new(), |length| {
        format!(
            "Content-Length: {length}
"
        )
    });
    format!(
        "HTTP/1.1 200 OK
Connection: close
Content-Type: {content_type}
{headers}{length}
"
    )
    .into_bytes()
}

fn body_with(content_type: &str, headers: &str, bytes: &[u8]) -> Vec<u8> {
    let mut response = head(content_type, headers, Some(bytes.len()));
    response.extend_from_slice(bytes);
    response
}

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
    let asked = &server.log()[0]["accept"];
    assert!(asked.starts_with("application/atom+xml"), "{asked}");
    assert!(!server.log()[0].contains_key("referer"));
    // The next time, only what changed is asked for, and nothing did.
    let validators = response.validators.unwrap();
    let (response, bytes) = get(&client, &server.address("/moved"), Some(&validators), 1_000);
    assert_eq!(
        (response.unwrap().status, bytes.len()),
        (Status::NotModified, 0)
    );
    assert_eq!(server.log().last().unwrap()["if-none-match"], "\"f\"");
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
        response
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
    for answer in [body_with("text/xml", "", &[b' '; 200]), unannounced] {
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

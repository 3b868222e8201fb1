//! A server on loopback that asks the test what to answer.

use flate2::Compression;
use flate2::write::GzEncoder;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub headers: HashMap<String, String>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The bytes that are sent of it, where it is cut off.
    pub sent: usize,
    pub delay: Duration,
    /// The length that is announced, where it is not the body's; none where none is.
    pub announced: Option<Option<u64>>,
    /// Behind the body these bytes come again and again, with a pause between.
    pub then: Option<(Vec<u8>, Duration)>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Reply {
            status,
            headers: Vec::new(),
            sent: body.len(),
            body,
            delay: Duration::ZERO,
            announced: None,
            then: None,
        }
    }

    pub fn feed(text: impl Into<Vec<u8>>) -> Self {
        Reply::new(200, text).with("Content-Type", "application/rss+xml")
    }

    pub fn page(text: impl Into<Vec<u8>>) -> Self {
        Reply::new(200, text).with("Content-Type", "text/html; charset=utf-8")
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Goes on for as long as the other side listens, without saying how long that is.
    pub fn endless(self, bytes: &[u8], pause: Duration) -> Self {
        Reply {
            announced: Some(None),
            then: Some((bytes.to_vec(), pause)),
            ..self
        }
    }

    pub fn to(status: u16, place: &str) -> Self {
        Reply::new(status, "").with("Location", place)
    }

    pub fn gzipped(self) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&self.body).unwrap();
        let body = encoder.finish().unwrap();
        Reply {
            sent: body.len(),
            body,
            ..self
        }
        .with("Content-Encoding", "gzip")
    }

    /// The same with an entity tag; 304 to whoever has it.
    pub fn tagged(self, asked: &Asked) -> Self {
        let tag = format!("\"{}\"", offprint::model::Digest::of(&self.body));
        if asked.headers.get("if-none-match") == Some(&tag) {
            return Reply::new(304, "").with("ETag", &tag);
        }
        self.with("ETag", &tag)
    }
}

type Answer = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A server that runs as long as the test.
pub struct Server {
    scheme: &'static str,
    port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Server::start_with(None, answer)
    }

    /// One that speaks TLS, with a certificate that the authority in `tls/authority.pem` signed.
    pub fn secure(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Server::start_with(Some(tls()), answer)
    }

    fn start_with(
        tls: Option<Arc<ServerConfig>>,
        answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let answer: Arc<Answer> = Arc::new(answer);
        let server = Server {
            scheme: if tls.is_some() { "https" } else { "http" },
            port,
            log: Arc::clone(&log),
        };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                let tls = tls.clone();
                thread::spawn(move || match tls {
                    None => serve(stream, answer.as_ref(), &log),
                    Some(tls) => {
                        let connection = ServerConnection::new(tls).unwrap();
                        let mut stream = StreamOwned::new(connection, stream);
                        serve(&mut stream, answer.as_ref(), &log);
                        stream.conn.send_close_notify();
                        let _ = stream.flush();
                    }
                });
            }
        });
        server
    }

    /// One that answers each path with the same, and 404 where there is nothing.
    pub fn of<P: Into<String>>(replies: impl IntoIterator<Item = (P, Reply)>) -> Self {
        let replies = replies.into_iter();
        let replies: HashMap<String, Reply> =
            replies.map(|(path, reply)| (path.into(), reply)).collect();
        Server::start(move |asked| {
            let reply = replies.get(&asked.path).cloned();
            reply.unwrap_or_else(|| Reply::new(404, ""))
        })
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}://127.0.0.1:{}{path}", self.scheme, self.port)
    }

    /// What was asked since this was last called.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.log.lock().unwrap())
    }

    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

/// What a server with TLS needs.
fn tls() -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}

/// A request, and its method.
fn read(stream: impl Read) -> Option<(String, Asked)> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = HashMap::new();
    for line in lines.map_while(Result::ok) {
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some((method, Asked { path, headers }))
}

fn serve(mut stream: impl Read + Write, answer: &Answer, log: &Mutex<Vec<Asked>>) {
    let Some((method, mut asked)) = read(&mut stream) else {
        return;
    };
    if method == "CONNECT" {
        // As a proxy, this server plays whatever server is wanted.
        let _ = stream.write_all(b"HTTP/1.1 200 Go on\r\n\r\n");
        let Some((_, wanted)) = read(&mut stream) else {
            return;
        };
        let host = asked.path.trim_end_matches(":80").to_owned();
        asked = Asked {
            path: format!("http://{host}{}", wanted.path),
            ..wanted
        };
    }
    log.lock().unwrap().push(asked.clone());
    let reply = answer(&asked);
    thread::sleep(reply.delay);
    let mut head = format!("HTTP/1.1 {} x\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    let length = reply.announced.unwrap_or(Some(reply.body.len() as u64));
    if let Some(length) = length.filter(|_| reply.status != 304) {
        head += &format!("Content-Length: {length}\r\n");
    }
    let _ = stream.write_all(format!("{head}\r\n").as_bytes());
    let mut sent = stream.write_all(&reply.body[..reply.sent]);
    while let Some((bytes, pause)) = &reply.then
        && sent.is_ok()
    {
        thread::sleep(*pause);
        sent = stream.write_all(bytes);
    }
}

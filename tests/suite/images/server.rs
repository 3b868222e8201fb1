//! A server on loopback that behaves as badly as it is told.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Sends these bytes and closes the connection.
    Raw(Vec<u8>),
    /// Sends these bytes and cuts the connection so that the other side sees a reset.
    Reset(Vec<u8>),
    /// Sends these bytes and then nothing, the connection open.
    Stall(Vec<u8>),
    /// Sends these bytes, and closes the connection after a while.
    Pause(Vec<u8>, Duration),
    /// Sends the head, then these bytes again and again with a pause between, until the other side
    /// has had enough.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: HashMap<String, String>,
}

/// A server that answers each path with a list of answers, one after the other; the last stays.
pub struct Server {
    port: u16,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn start<P: Into<String>>(answers: impl IntoIterator<Item = (P, Vec<Answer>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let answers: HashMap<String, Vec<Answer>> = answers
            .into_iter()
            .map(|(path, answers)| (path.into(), answers))
            .collect();
        let answers = Arc::new(Mutex::new(answers));
        let server = Server {
            port,
            log: Arc::clone(&log),
        };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, log) = (Arc::clone(&answers), Arc::clone(&log));
                thread::spawn(move || serve(stream, &answers, &log));
            }
        });
        server
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn log(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    pub fn requests(&self) -> usize {
        self.log.lock().unwrap().len()
    }

    pub fn requests_for(&self, path: &str) -> usize {
        self.log().iter().filter(|asked| asked.path == path).count()
    }
}

fn serve(
    mut stream: TcpStream,
    answers: &Mutex<HashMap<String, Vec<Answer>>>,
    log: &Mutex<Vec<Asked>>,
) {
    let mut asked = read_request(&stream);
    if asked
        .as_ref()
        .is_some_and(|asked| asked.method == "CONNECT")
    {
        // As a proxy, this server pretends to be whatever server is wanted.
        let _ = stream.write_all(b"HTTP/1.1 200 Go on\r\n\r\n");
        asked = read_request(&stream);
    }
    let Some(asked) = asked else {
        return;
    };
    let answer = {
        let mut answers = answers.lock().unwrap();
        let answers = answers.get_mut(&asked.path);
        match answers {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
            None => status(404, ""),
        }
    };
    log.lock().unwrap().push(asked);
    let _ = give(&mut stream, answer);
}

fn read_request(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            return Some(Asked {
                method,
                path,
                headers,
            });
        };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
}

fn give(stream: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    match answer {
        Answer::Raw(bytes) => {
            stream.write_all(&bytes)?;
            stream.shutdown(Shutdown::Write)
        }
        Answer::Reset(bytes) => {
            stream.write_all(&bytes)?;
            // Time for the bytes to arrive: a reset overtakes what the other side has not read.
            thread::sleep(Duration::from_millis(20));
            let socket = socket2::SockRef::from(&*stream);
            socket.set_linger(Some(Duration::ZERO))
        }
        Answer::Stall(bytes) => {
            stream.write_all(&bytes)?;
            thread::sleep(Duration::from_secs(10));
            Ok(())
        }
        Answer::Pause(bytes, pause) => {
            stream.write_all(&bytes)?;
            thread::sleep(pause);
            stream.shutdown(Shutdown::Write)
        }
        Answer::Endless(head, piece, pause) => {
            stream.write_all(&head)?;
            loop {
                stream.write_all(&piece)?;
                thread::sleep(pause);
            }
        }
    }
}

/// A response with a status, more header lines (each ending in CRLF) and no body.
pub fn status(number: u16, headers: &str) -> Answer {
    Answer::Raw(
        format!(
            "HTTP/1.1 {number} Because\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n"
        )
        .into_bytes(),
    )
}

/// A response with a body.
pub fn body(content_type: &str, bytes: &[u8]) -> Answer {
    body_with(content_type, "", bytes)
}

/// A response with a body and more header lines (each ending in CRLF).
pub fn body_with(content_type: &str, headers: &str, bytes: &[u8]) -> Answer {
    let mut response = head(content_type, headers, Some(bytes.len()));
    response.extend_from_slice(bytes);
    Answer::Raw(response)
}

/// The head of a response, with or without a length.
pub fn head(content_type: &str, headers: &str, length: Option<usize>) -> Vec<u8> {
    let length = length.map_or(String::new(), |length| {
        format!("Content-Length: {length}\r\n")
    });
    format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {content_type}\r\n{length}{headers}\r\n"
    )
    .into_bytes()
}

/// The address of a server whose certificate nobody signed.
pub fn secure() -> String {
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    let certificate = CertificateDer::from_pem_slice(include_bytes!("certificate.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            while connection.is_handshaking() && connection.complete_io(&mut stream).is_ok() {}
        }
    });
    format!("https://127.0.0.1:{port}/x")
}

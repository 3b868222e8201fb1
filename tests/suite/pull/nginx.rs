//! A web server that others made: nginx with ETag, gzip, ranges, and TLS by an authority of one's own.
//!
//! Where nginx is not installed these tests say so and do nothing; the whole suite installs it.

use super::{Archive, NOON, day, item, rss, text};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

const CONFIGURATION: &str =
    "daemon off; master_process off; pid FOLDER/pid; error_log FOLDER/error.log;
events {}
http {
  access_log FOLDER/access.log combined;
  log_format told '$status $request_uri $http_if_none_match $sent_http_content_encoding';
  types { application/rss+xml xml; text/html html; text/plain txt; image/png png; }
  client_body_temp_path FOLDER/a; proxy_temp_path FOLDER/b; fastcgi_temp_path FOLDER/c;
  uwsgi_temp_path FOLDER/d; scgi_temp_path FOLDER/e;
  gzip on; gzip_min_length 1; gzip_types application/rss+xml; gzip_proxied any; etag on;
  server {
    listen 127.0.0.1:PORT ssl; ssl_certificate TLS/server.pem; ssl_certificate_key TLS/server.key;
    root FOLDER/site; access_log FOLDER/told.log told;
    location /moved { return 308 /feed.xml; }
    location /limited { limit_rate 200; }
  }
}
";

struct Nginx {
    folder: TempDir,
    port: u16,
    process: Child,
}

impl Nginx {
    /// None where it is not installed.
    fn start() -> Option<Self> {
        let program = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
        let Some(program) = program.into_iter().find(|path| Path::new(path).exists()) else {
            eprintln!("skipped: nginx is not installed");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let configuration = CONFIGURATION
            .replace("FOLDER", folder.path().to_str().unwrap())
            .replace(
                "TLS/",
                concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/pull/tls/"),
            )
            .replace("PORT", &port.to_string());
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let process = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let nginx = Nginx {
            folder,
            port,
            process,
        };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(nginx);
            }
            thread::sleep(Duration::from_millis(25));
        }
        let said = fs::read_to_string(nginx.folder.path().join("error.log"));
        panic!("nginx does not answer: {said:?}");
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("site").join(name), text).unwrap();
    }

    fn address(&self, path: &str) -> String {
        format!("https://127.0.0.1:{}{path}", self.port)
    }

    /// What it noted of the requests: a line each.
    fn told(&self) -> Vec<String> {
        // It writes once the response is out.
        thread::sleep(Duration::from_millis(100));
        let log = fs::read_to_string(self.folder.path().join("told.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    fn archive(&self, path: &str) -> Archive {
        let url = self.address(path);
        let certificates = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/suite/pull/tls/authority.pem"
        );
        Archive::new(&format!(
            "[pull]\ncertificates = {certificates:?}\n[[pull.feed]]\nurl = {url:?}"
        ))
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn page(number: u32) -> String {
    let body = text(number) + &text(number + 50);
    format!(
        "<!DOCTYPE html><title>Tale {number}</title><article><h1>Tale {number}</h1>{body}</article>"
    )
}

#[test]
fn with_nginx_feeds_and_pages_are_had_packed_over_tls_and_only_what_changed() {
    let Some(nginx) = Nginx::start() else { return };
    let whole = item(1, "https://tales.example/1", &day(1), &text(1));
    let summary = item(
        2,
        &nginx.address("/2.html"),
        &day(2),
        "In part 0 of tale 2 …",
    );
    let denied = item(
        3,
        &nginx.address("/private/3.html"),
        &day(3),
        "In part 0 of tale 3 …",
    );
    nginx.write(
        "feed.xml",
        &rss("Tales", "", &(whole.clone() + &summary + &denied)),
    );
    nginx.write("2.html", &page(2));
    nginx.write("robots.txt", "User-agent: *\nDisallow: /private/\n");
    let archive = nginx.archive("/moved");
    let report = archive.pull(NOON);
    assert_eq!(report.articles.saved, 3, "{report:#?}");
    assert!(
        archive
            .files()
            .values()
            .any(|file| file.contains("of tale 52"))
    );
    let told = nginx.told();
    assert_eq!(told[0], "308 /moved - -");
    assert_eq!(told[1], "200 /feed.xml - gzip");
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(archive.pull(NOON).feeds.unchanged, 1);
    let told = nginx.told();
    assert!(told[4].starts_with("304 /feed.xml W/"), "{told:?}");
    // A new document: nginx tells it by time and length.
    let more = item(4, "https://tales.example/4", &day(4), &text(4));
    nginx.write("feed.xml", &rss("Tales", "", &(more + &whole + &summary)));
    assert_eq!(archive.pull(NOON).articles.saved, 1);
    assert_eq!(nginx.told().len(), 6);
}

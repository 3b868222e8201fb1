//! Any bytes are a saved page, or one in MHTML, that is read in both passes alike; what becomes of it
//! runs nothing.

use crate::spelling::spelled;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::reader::{MemorySource, Mhtml, Page, ReadOptions, Reader};
use offprint::settings::CleanSettings;

pub const WORDS: &[&str] = &[
    "<!DOCTYPE html>",
    "<html>",
    "<head>",
    "<meta charset=gbk>",
    "<meta charset=\"utf-16\">",
    "<title>a</title>",
    "<body>",
    "<!--",
    "-->",
    " Page saved with SingleFile \n url: https://x.example/a \n saved date: Sat Dec 21 2019 23:50:11 GMT+0800\n",
    " Saved from https://x.example at 2024-01-01T00:00:00Z using monolith ",
    " saved from url=(0018)https://x.example/ ",
    " Mirrored from x.example by HTTrack [x], Fri, 01 Jan 2021 00:00:00 GMT ",
    "<article>",
    "</article>",
    "<div class=\"share\">",
    "<div id=readability-page-1 n1 nz>",
    "</div>",
    "<nav>",
    "</nav>",
    "<font>",
    "<p>",
    "</p>",
    "<br>",
    "<a href=\"/a\">",
    "<a href='javascript:x'>",
    "</a>",
    "<ul><li>",
    "</ul>",
    "<table><tr><td>",
    "</table>",
    "<h1>",
    "</h1>",
    "<h2><a href=/b>b</a></h2>",
    "<img src=a.png>",
    "<img src=\"cid:a\">",
    "<noscript>",
    "</noscript>",
    "<svg>",
    "</svg>",
    "<math>",
    "</math>",
    "<select><option>",
    "<script>",
    "</script>",
    "<pre>",
    "</pre>",
    "One, two and three went out, and came home late. ",
    "字，字。",
    "Content-Type: multipart/related; boundary=x\r\n",
    "Content-Type: text/html; charset=gbk\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-Location: https://x.example/a\r\n",
    "Content-ID: <a>\r\n",
    "Subject: =?utf-8?Q?a=3D?=\r\n",
    "\r\n",
    "\n",
    "--x",
    "--x--",
    "=3D",
    "=\r\n",
    "aGk=",
    "a",
    " ",
];

pub fn holds(bytes: &[u8]) {
    let spelled = spelled(bytes, WORDS);
    for bytes in [bytes, spelled.as_bytes()] {
        of_file(&Page, bytes);
        of_file(&Mhtml, bytes);
    }
}

fn of_file(reader: &dyn Reader, bytes: &[u8]) {
    let source = MemorySource::new("2021/12/lamp.html", bytes);
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = reader.scan(&source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "a file is passed over in silence"
    );
    let settings = CleanSettings::new(Sites::builtin());
    for item in items {
        let mut loaded = reader.load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        clean::complete(&mut loaded.entry);
        clean::absence(&loaded.entry);
        clean::clean(&loaded.entry, &settings);
    }
}

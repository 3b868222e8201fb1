//! Any bytes are an export that is read as far as it goes, or are none; each item lies where it is said to.

use crate::spelling::spelled;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::reader::{
    Confidence, Evernote, Ghost, Mail, MemorySource, Omnivore, Probe, ReadOptions, Reader,
    ReaderJson, Source, Wallabag,
};
use offprint::settings::CleanSettings;

pub const WORDS: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    "\"",
    "\\",
    "\n",
    "\u{FEFF}",
    "字",
    "\\ud800",
    "\"is_archived\": 1, \"is_starred\": 0, ",
    "\"content\": ",
    "\"url\": \"https://x.example/\"",
    "\"title\": ",
    "\"tags\": [\"a\", {\"label\": \"b\"}]",
    "\"published_at\": \"2021-12-30T08:00:00+0100\"",
    "\"items\": [",
    "\"entries\": [",
    "\"crawlTimeMsec\": \"1640915226000\"",
    "\"published\": 1640915226",
    "\"canonical\": [{\"href\": ",
    "\"summary\": {\"content\": ",
    "\"categories\": [\"user/-/label/a\"]",
    "\"slug\": \"a\", \"savedAt\": ",
    "\"meta\": {\"exported_on\": 1}, \"data\": {\"posts\": [",
    "\"status\": \"published\", \"html\": ",
    "\"feed_id\": 1, \"hash\": ",
    "<p>text</p>",
    "<en-export>",
    "<note>",
    "</note>",
    "<title>",
    "</title>",
    "<content><![CDATA[",
    "]]></content>",
    "<en-note>",
    "<en-media hash='0a' type='image/png'/>",
    "<created>20211231T014425Z</created>",
    "<note-attributes><source-url>https://x.example/</source-url></note-attributes>",
    "<resource><data>",
    "</data><mime>image/png</mime></resource>",
    "From a\n",
    "\n\nFrom b\n",
    "Subject: =?utf-8?q?",
    "From: A <a@x.example>\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "Content-Type: text/html\n\n",
    "Content-Transfer-Encoding: base64\n",
    "\n--b--\n",
    "99999999999999999999",
    "null",
];

pub fn holds(bytes: &[u8]) {
    let words = spelled(bytes, WORDS);
    let ghost = Ghost::default();
    let readers: [&dyn Reader; 6] = [&Wallabag, &Omnivore, &ReaderJson, &ghost, &Evernote, &Mail];
    for reader in readers {
        of_file(reader, bytes);
        of_file(reader, words.as_bytes());
        of_file(
            reader,
            format!("[{{\"is_archived\": 1, \"is_starred\": 0, {words}}}]").as_bytes(),
        );
        of_file(
            reader,
            format!("{{\"meta\": {{\"exported_on\": 1}}, \"data\": {{\"posts\": [{{{words}}}]}}}}")
                .as_bytes(),
        );
        of_file(
            reader,
            format!("{{\"streamId\": 1, \"items\": [{{{words}}}]}}").as_bytes(),
        );
    }
}

fn of_file(reader: &dyn Reader, bytes: &[u8]) {
    let source = MemorySource::new("export.json", bytes);
    let mut options = ReadOptions::default();
    options.is_named = true;
    let mut items = Vec::new();
    let warnings = reader.scan(&source, &options, &mut |item| items.push(item));
    let is_own = reader.sniff(&Probe::new(&source).unwrap()) != Confidence::No;
    assert!(
        !is_own || !items.is_empty() || !warnings.is_empty(),
        "an export is passed over in silence"
    );
    let lines = 1 + bytes.iter().filter(|&&byte| byte == b'\n').count();
    let settings = CleanSettings::new(Sites::builtin());
    let mut end = 0;
    for item in items {
        let span = item.at.span;
        assert!(span.start >= end, "items do not overlap");
        end = span.start + span.length;
        assert!(end <= source.length());
        let loaded = reader.load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        clean::clean(&loaded.entry, &settings);
    }
    for warning in &warnings {
        let line = usize::try_from(warning.line.unwrap_or(1)).unwrap();
        assert!((1..=lines).contains(&line), "{warning}");
    }
}

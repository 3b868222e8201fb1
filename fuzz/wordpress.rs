//! Any bytes are a WordPress export that is read as far as it goes, and both looks at it agree.

use crate::spelling::spelled;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::reader::{MemorySource, ReadOptions, Reader, Source, WordPress};
use offprint::settings::CleanSettings;

pub const WORDS: &[&str] = &[
    "<item>",
    "</item>",
    "<content:encoded><![CDATA[",
    "]]></content:encoded>",
    "<wp:post_type>",
    "attachment</wp:post_type>",
    "post</wp:post_type>",
    "<wp:post_id>7</wp:post_id>",
    "<wp:post_parent>7</wp:post_parent>",
    "<wp:attachment_url>https://x.example/a.jpg</wp:attachment_url>",
    "<wp:status>publish</wp:status>",
    "<wp:status>draft</wp:status>",
    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta>",
    "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
    "<category domain='author'>",
    "</category>",
    "<!-- wp:",
    "freeform -->",
    "<!-- /wp:p -->",
    "/-->",
    "wp-block-embed__wrapper\">",
    "[caption]",
    "[/caption]",
    "[gallery",
    " ids=\"7,8\"]",
    "[audio",
    " src='x.mp3']",
    "[code]",
    "[/code]",
    "[[",
    "]]",
    "[",
    "]",
    "/",
    "=",
    "\"",
    "https://youtu.be/1",
    "<img src='a'>",
    "<a href='b'>",
    "</a>",
    "<pre>",
    "</pre>",
    "<li>",
    "<p>",
    "</p>",
    "<br>",
    "\n\n",
    "\n",
    "\r\n",
    "&amp;",
    "字",
];

pub fn holds(bytes: &[u8]) {
    let head = "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>t</title><item>";
    of_file(bytes);
    of_file(
        [head, &spelled(bytes, WORDS), "</item></channel></rss>"]
            .concat()
            .as_bytes(),
    );
}

fn of_file(bytes: &[u8]) {
    let source = MemorySource::new("site.xml", bytes);
    let options = ReadOptions::default();
    let reader = WordPress::default();
    let mut items = Vec::new();
    let warnings = reader.scan(&source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "passed over in silence"
    );
    let settings = CleanSettings::new(Sites::builtin());
    for item in items {
        assert!(item.at.span.start + item.at.span.length <= source.length());
        let loaded = reader.load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        clean::clean(&loaded.entry, &settings);
    }
}

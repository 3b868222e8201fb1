//! A feed from articles of your own: `cargo run --example feed_from_articles` writes `out/atom.xml`.

use offprint::{Input, Registry, Settings, Unobserved, convert};

/// Page, title, time in milliseconds since 1970, text.
const ARTICLES: [(&str, &str, u64, &str); 2] = [
    (
        "lamp",
        "The lamp is lit",
        1_640_915_226_000,
        "<p>It shines again.</p>",
    ),
    (
        "fog",
        "Fog at noon",
        1_641_038_400_000,
        "<p>No ship left.</p>",
    ),
];

fn main() -> offprint::Result<()> {
    let articles = ARTICLES.map(|(page, title, millis, text)| {
        let head = format!("<!--{millis}-->\n[{title}](https://ada.example/{page})\n------\n");
        Input::memory(page, head + text)
    });
    let mut settings = Settings::for_inputs(articles);
    settings.formats = vec!["atom".to_owned()];
    let report = convert(&Registry::standard(), &settings, &Unobserved)?;
    println!("{} articles written", report.articles.written);
    Ok(())
}

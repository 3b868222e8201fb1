//! Which picture stands for an item.

use super::reading;
use offprint::settings::FeedSettings;
use offprint::{Input, Registry, Settings, Unobserved, convert};

fn image_of(html: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("<!--1640915226000-->\n[A lamp](https://s.example/a)\n------\n\n{html}\n");
    let mut settings = Settings::for_inputs(Vec::<std::path::PathBuf>::new());
    settings.inputs = vec![Input::memory("a.txt", text)];
    settings.formats = vec!["json".to_owned()];
    settings.out = folder.path().to_owned();
    settings.images.offline = true;
    settings.write.get_mut::<FeedSettings>().items = None;
    convert(&Registry::standard(), &settings, &Unobserved).unwrap();
    let feed = std::fs::read(folder.path().join("feed.json")).unwrap();
    let (feed, _) = reading::json(std::str::from_utf8(&feed).unwrap());
    feed["items"][0]["image"].as_str().map(str::to_owned)
}

#[test]
fn what_may_only_count_visits_comes_after_every_picture() {
    let text = "<p>The lamp was lit at four in the afternoon.</p>";
    for counter in [
        "https://x.example/go?u=3",
        "https://x.example/o/Ab3",
        "https://x.example/s.gif",
    ] {
        for real in [
            "<img src='https://p.example/lamp.jpg'>",
            "<img src='https://p.example/photo?id=3' alt='A lamp'>",
            "<img src='https://p.example/640?fmt=png'>",
            "<figure><img src='https://p.example/photo/3'><figcaption>A lamp.</figcaption></figure>",
            "<img src='https://p.example/3' srcset='https://p.example/3 600w, https://p.example/4 900w'>",
        ] {
            let image = image_of(&format!("<p><img src='{counter}' alt=''></p>{text}{real}"));
            let image = image.unwrap_or_default();
            assert!(
                image.starts_with("https://p.example/"),
                "{counter} {real}: {image}"
            );
        }
        // Where nothing else is shown, it may be the picture.
        assert_eq!(
            image_of(&format!("{text}<img src='{counter}'>")).as_deref(),
            Some(counter)
        );
    }
    let two = "<img src='https://p.example/1.jpg'><p>Text.</p><img src='https://p.example/2.jpg' alt='Two'>";
    assert_eq!(image_of(two).as_deref(), Some("https://p.example/1.jpg"));
}

//! What is nobody's to publish: what services tell a person, and what a site itself does not show.

use super::exports::epub::zipped;
use crate::command::Place;

const TEXT: &str = "The harbour lay quiet in the morning, and the boats went out one after the other, as they had \
done for a hundred years, while the keeper of the lamp wrote down each name in his book. In the evening they came \
back, and he counted them, and the last of them was late, so that he stood at the pier until it was dark.";

/// Pages of services' exports, each with what is around its texts, which are repeated.
fn records() -> Vec<(&'static str, &'static str, String)> {
    let style = format!("<style>{}</style>", ".a{color:red}".repeat(4_000));
    let page = |head: &str, begin: &str, text: &str| {
        let texts = text.replace("TEXT", TEXT).repeat(6);
        format!("<!DOCTYPE html><html><head>{head}</head><body>{begin}{texts}</body></html>")
    };
    let facebook = "<div class=\"pam _3-95 _2ph- _a6-g uiBoxWhite noborder\"><div class=\"_2ph_ _a6-h _a6-i\">Ann</div>\
                    <div class=\"_2ph_ _a6-p\">TEXT</div></div>";
    let chat = "<div class=\"history\"><div class=\"message default clearfix\"><div class=\"text\">TEXT</div></div></div>";
    let discord = "<div class=chatlog__message-group><div class=chatlog__content>TEXT</div></div>";
    let activity = "<div class=\"outer-cell mdl-cell\"><div class=\"content-cell mdl-cell\">Searched for TEXT</div></div>";
    let medium = "<section class=\"h-entry\"><header><h1 class=\"p-name\">Sessions</h1></header>\
                  <section class=\"e-content\"><p>TEXT</p></section><footer><p>Exported from \
                  <a href=\"https://medium.com\">Medium</a> on June 1, 2024.</p></footer></section>";
    vec![
        (
            "inbox/ann_1",
            "message_1.html",
            page("<title>Ann</title>", "", facebook),
        ),
        (
            "logins",
            "where.html",
            page(&style, "<div role=\"main\">", facebook),
        ),
        (
            "chat",
            "messages.html",
            page(
                "<title>Exported Data</title>",
                "<div class=\"page_body chat_page\">",
                chat,
            ),
        ),
        (
            "discord",
            "general.html",
            page(&style, "<div class=preamble>", discord),
        ),
        ("My Activity", "MyActivity.html", page(&style, "", activity)),
        (
            "Keep",
            "Note.html",
            page(
                &style,
                "\n<div class=\"note\"><div class=\"heading\">1 Jan</div>",
                &format!("<p>{TEXT}</p>"),
            ),
        ),
        (
            "Takeout",
            "archive_browser.html",
            page("<title>Google data</title>", "", "<p>TEXT</p>"),
        ),
        ("sessions", "sessions-0001.html", page("", "", medium)),
    ]
}

#[test]
fn messages_and_logs_of_services_are_no_articles() {
    for (folder, name, page) in records() {
        let place = Place::empty();
        place.write(&format!("articles/{folder}/{name}"), &page);
        let run = place.build(&[]).code(2);
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(
            said.contains("of a service") && said.contains("--from page"),
            "{name}: {said}"
        );
        let report = place.report(&["--from", "page"]);
        assert_eq!(report["articles"]["written"], 1, "{name}: {report}");
    }
}

#[test]
fn what_is_like_them_is_an_article() {
    // What a person saved of a service, and pages with a few of the same names.
    let saved = |(_, name, page): (_, &str, String)| {
        let mark = "<html><!--\n Page saved with SingleFile \n url: https://a.example/1 \n saved date: Tue Jan 02 2024 10:00:00 GMT+0000\n-->";
        (format!("saved-{name}"), page.replace("<html>", mark))
    };
    let chat = records().into_iter().find(|(folder, ..)| *folder == "chat");
    let own = format!(
        "<!DOCTYPE html><html><head><title>On logs</title></head><body><article class=\"note\"><h1>On logs</h1>\
         <p>Exported from Medium: chatlog, page_body chat_page, uiBoxWhite. {TEXT}</p><p>{TEXT}</p></article></body></html>"
    );
    let pages = chat
        .map(saved)
        .into_iter()
        .chain([("own.html".to_owned(), own)]);
    for (name, page) in pages {
        let place = Place::empty();
        place.write(&format!("articles/{name}"), &page);
        assert_eq!(place.report(&[])["articles"]["written"], 1, "{name}");
    }
}

#[test]
fn front_matter_that_says_not_public_is_heeded() {
    let unpublished = [
        "visibility: private",
        "post_status: private",
        "post_status: \"trash\"",
        "publish: false",
        "dg-publish: false",
        "isDraft: true",
        "is_draft: Yes",
        "status: Trash",
        "status: pending",
        "private: true",
    ];
    let published = [
        "visibility: public",
        "post_status: publish",
        "dg-publish: true",
        "isDraft: false",
        "status: finished",
        "published: 2024-01-02",
    ];
    let place = Place::empty();
    for (at, line) in unpublished.iter().chain(&published).enumerate() {
        let text = format!(
            "---\ntitle: Number {at}\ndate: 2024-01-{:02}\n{line}\n---\nNumber {at}. {TEXT}\n",
            at + 1
        );
        place.write(&format!("articles/{at:02}.md"), text);
    }
    let report = place.report(&[]);
    assert_eq!(report["articles"]["read"], published.len(), "{report}");
    let passed_over = &report["articles"]["passed_over"];
    assert_eq!(*passed_over, unpublished.len(), "{report}");
}

#[test]
fn a_folder_of_drafts_is_read_where_it_is_named() {
    let text = |name: &str| format!("---\ntitle: {name}\ndate: 2024-01-02\n---\n{name}. {TEXT}\n");
    for folder in ["", "source/"] {
        let place = Place::empty();
        place.write(&format!("articles/{folder}_posts/a.md"), text("Shown"));
        place.write(&format!("articles/{folder}_drafts/b.md"), text("Idea"));
        place.write(
            &format!("articles/{folder}_drafts/c/d.html"),
            format!("<html><body><p>{TEXT}</p></body></html>"),
        );
        let report = place.report(&[]);
        assert_eq!(report["articles"]["written"], 1, "{report}");
        assert_eq!(report["articles"]["passed_over"], 2, "{report}");
        let drafts = place.path().join(format!("articles/{folder}_drafts"));
        let other = Place::empty();
        other.write("articles/b.md", std::fs::read(drafts.join("b.md")).unwrap());
        assert_eq!(other.report(&[])["articles"]["written"], 1);
    }
}

#[test]
fn what_medium_tells_beside_the_posts_is_counted() {
    let body = format!("<section data-field=\"body\" class=\"e-content\"><p>{TEXT}</p></section>");
    let post = format!(
        "<!DOCTYPE html><html><head><title>One</title></head><body><article class=\"h-entry\"><header><h1 class=\"p-name\">One</h1>\
         </header>{body}<footer><p>By <a class=\"p-author h-card\">Ann</a> on <time class=\"dt-published\" \
         datetime=\"2024-01-01T10:00:00.000Z\">January 1, 2024</time></p></footer></article></body></html>"
    );
    let other = format!("<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>");
    let card = "<!DOCTYPE html><html><body><section class=\"h-card\">Ann</section></body></html>";
    let files = [
        ("posts/2024-01-01_One-1.html", post.as_str()),
        ("profile/profile.html", card),
        ("sessions/sessions-0001.html", &other),
        ("README.html", &other),
    ];
    let (folder, archive) = (Place::empty(), Place::empty());
    for (name, text) in files {
        folder.write(&format!("articles/medium/{name}"), text);
    }
    let members = files.map(|(name, text)| (name, text.as_bytes()));
    archive.write("articles/medium.zip", zipped(&members));
    for place in [folder, archive] {
        let report = place.report(&[]);
        assert_eq!(report["articles"]["written"], 1, "{report}");
        assert_eq!(report["articles"]["passed_over"], 3, "{report}");
    }
}

//! Head of an article: title, dates, address, source, authors, language, summary.

// So that the linter knows the helper functions for test code.
#![cfg(test)]

use crate::understanding::{Converted, DateSource, converted, understood};
use offprint::model::{
    Address, ArticleId, Byline, Entry, Head, Language, Markup, Sites, Timestamp, WrittenTime,
};
use offprint::settings::CleanSettings;
use offprint::{Code, Warning};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn settings() -> CleanSettings {
    CleanSettings::new(Sites::builtin())
}

fn entry(title: &str, address: &str, html: &str) -> Entry {
    Entry {
        head: Head {
            path: "articles/a.md".to_owned(),
            title: Some(title.to_owned()),
            address: Some(address.to_owned()),
            ..Head::default()
        },
        body_line: 5,
        markup: Markup::Article(html.to_owned()),
        ..Entry::default()
    }
}

fn cleaned(entry: &Entry) -> Converted {
    converted(entry, &settings())
}

fn id_of(entry: &Entry) -> ArticleId {
    cleaned(entry).article.id
}

fn codes(warnings: &[Warning]) -> Vec<Code> {
    warnings.iter().map(|warning| warning.code).collect()
}

mod dates {
    use super::*;

    fn written(text: &str) -> WrittenTime {
        WrittenTime::parse(text).expect("a time")
    }

    fn at(text: &str) -> Timestamp {
        let time = chrono::DateTime::parse_from_rfc3339(text).expect("a time");
        Timestamp::from_datetime(time.to_utc()).expect("in bounds")
    }

    /// Published and updated of an entry with a byline and a header.
    fn dates(address: &str, byline: &str, header: &str) -> (String, String) {
        let mut entry = entry("t", address, "<p>x</p>");
        entry.head.byline.time = Some(written(byline));
        entry.head.header_time = Some(at(header));
        let article = cleaned(&entry).article;
        let text = |time: Option<Timestamp>| time.map(Timestamp::rfc3339).unwrap_or_default();
        (text(article.published), text(article.updated))
    }

    #[test]
    fn hostile_15_bylines_without_a_zone_are_read_in_the_sites() {
        for (address, byline, header, published) in [
            (
                "https://cn.nytimes.com/x/",
                "2020-07-06 14:42:54",
                "2020-07-06T08:00:00Z",
                "2020-07-06T06:42:54Z",
            ),
            (
                "https://cn.reuters.com/x",
                "2020-07-20T00:37:26",
                "2020-07-20T02:00:00Z",
                "2020-07-20T00:37:26Z",
            ),
            (
                "http://www.rfi.fr/cn/x",
                "05/07/2020 - 10:51",
                "2020-07-05T09:10:00Z",
                "2020-07-05T08:51:00Z",
            ),
            (
                "https://www.voachinese.com/a/x.html",
                "Mon, 20 Jul 2020 14:01:49 GMT",
                "2020-07-20T14:41:21Z",
                "2020-07-20T14:01:49Z",
            ),
            (
                "https://unknown.example/x",
                "2021-12-31T01:44:25.926Z",
                "2021-12-31T01:47:06Z",
                "2021-12-31T01:44:25Z",
            ),
        ] {
            let found = dates(address, byline, header);
            assert_eq!(found, (published.to_owned(), header.to_owned()), "{byline}");
        }
    }

    #[test]
    fn hostile_15_a_day_is_its_beginning_in_the_sites_zone() {
        let found = dates(
            "http://www.bbc.com/zhongwen/simp/x",
            "2020年 7月 16日",
            "2020-07-16T13:46:36Z",
        );
        assert_eq!(found.0, "2020-07-16T00:00:00Z");
    }

    #[test]
    fn hostile_15_a_byline_that_can_not_be_leaves_the_header() {
        let header = "2020-07-20T12:00:00Z";
        for (byline, published) in [
            ("2020-07-20T12:00:00Z", header),
            ("2020-07-20T12:00:01Z", header),
            ("2020-07-18T12:00:00Z", "2020-07-18T12:00:00Z"),
            ("2020-07-18T11:59:59Z", header),
        ] {
            let found = dates("https://a.example/", byline, header);
            assert_eq!(found, (published.to_owned(), header.to_owned()), "{byline}");
        }
    }

    #[test]
    fn hostile_15_the_delay_after_a_day_counts_from_its_end() {
        for (byline, header, published) in [
            (
                "30 December 2021",
                "2022-01-01T01:19:59Z",
                "2021-12-30T00:00:00Z",
            ),
            ("2021-12-30", "2022-01-01T23:59:59Z", "2021-12-30T00:00:00Z"),
            ("2021-12-30", "2022-01-02T00:00:00Z", "2022-01-02T00:00:00Z"),
            ("2021-12-30", "2021-12-29T23:59:59Z", "2021-12-29T23:59:59Z"),
            (
                "30 December 2021 20:44",
                "2022-01-01T01:19:59Z",
                "2021-12-30T20:44:00Z",
            ),
            (
                "30 December 2021 01:19",
                "2022-01-01T01:19:59Z",
                "2022-01-01T01:19:59Z",
            ),
        ] {
            let found = dates("https://a.example/", byline, header);
            assert_eq!(found, (published.to_owned(), header.to_owned()), "{byline}");
        }
    }

    #[test]
    fn front_matter_stands_for_a_missing_header() {
        let mut entry = entry("t", "https://a.example/", "<p>x</p>");
        entry.head.written_time = Some(written("2020-05-13T16:51:48.000Z"));
        let found = understood(&entry, &settings()).dates;
        let time = Some((at("2020-05-13T16:51:48Z"), DateSource::Written));
        assert_eq!((found.published, found.updated), (time, time));

        entry.head.byline.time = Some(written("2020-05-13T10:00:00Z"));
        let found = understood(&entry, &settings()).dates;
        let byline = Some((at("2020-05-13T10:00:00Z"), DateSource::Byline));
        assert_eq!((found.published, found.updated), (byline, time));

        entry.head.written_time = Some(written("2020-05-13"));
        let found = understood(&entry, &settings()).dates;
        assert_eq!((found.published, found.updated), (byline, byline));

        entry.head.written_time = None;
        let found = understood(&entry, &settings()).dates;
        assert_eq!((found.published, found.updated), (byline, byline));
    }

    #[test]
    fn hostile_16_no_date_is_none_and_costs_a_warning() {
        let undated = entry("t", "https://a.example/", "<p>x</p>");
        let cleaned = cleaned(&undated);
        assert_eq!(
            (cleaned.article.published, cleaned.article.updated),
            (None, None)
        );
        assert_eq!(codes(&cleaned.warnings), [Code::DateMissing]);
        let warning = cleaned.warnings.first().expect("a warning");
        assert_eq!(warning.path.as_deref(), Some("articles/a.md"));
        assert!(warning.line.is_some());
    }
}

mod titles {
    use super::*;

    fn title(written: &str) -> String {
        let entry = entry(written, "https://a.example/x", "<p>First words here.</p>");
        cleaned(&entry).article.title.into()
    }

    #[test]
    fn hostile_17_brackets_stay_in_the_title() {
        assert_eq!(title("[[视频]a](b)"), "[[视频]a](b)");
    }

    #[test]
    fn hostile_18_white_space_collapses() {
        assert_eq!(title(" a\n\n\tb\u{3000}\u{3000}c\r\n"), "a b c");
    }

    #[test]
    fn hostile_19_references_are_decoded_once_and_tags_shown() {
        assert_eq!(title("中方&quot;反制&quot;"), "中方\"反制\"");
        assert_eq!(title("A&amp;lt;b&amp;gt;"), "A&lt;b&gt;");
        assert_eq!(title("<八十年代> ]]>"), "<八十年代> ]]>");
        assert_eq!(
            title("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "<script>alert(1)</script>"
        );
    }

    #[test]
    fn hostile_20_an_empty_title_becomes_the_first_words() {
        assert_eq!(title(" \u{200B}\u{FEFF}"), "First words here.");
        let no_text = entry("", "https://a.example/x", "");
        let no_text = cleaned(&no_text);
        assert_eq!(no_text.article.title.as_str(), "https://a.example/x");
        assert!(codes(&no_text.warnings).contains(&Code::BodyEmpty));
        assert_eq!(cleaned(&Entry::default()).article.title.as_str(), "—");
    }

    #[test]
    fn hostile_20_titles_are_kept_whole_without_unpaired_controls() {
        let long = "长".repeat(10_000);
        assert_eq!(title(&long), long);
        assert_eq!(title("a\u{202E}b\u{2066}c"), "abc");
        assert_eq!(title("=cmd|' 👨‍👩‍👧"), "=cmd|' 👨‍👩‍👧");
    }

    /// The title of an article of a site with other names, in a folder.
    fn title_at(written: &str, address: &str) -> String {
        let table =
            "[[site]]\nhosts = ['bugle.example']\nname = 'The Bugle'\naliases = ['Bugle Radio']";
        let settings = CleanSettings::new(toml::from_str(table).expect("a table"));
        let mut entry = entry(written, address, "<p>x</p>");
        entry.head.folders = vec!["晨报".to_owned()];
        converted(&entry, &settings).article.title.into()
    }

    #[test]
    fn the_sources_own_name_at_the_end_goes() {
        let bugle = "https://www.bugle.example/1";
        for written in [
            "Rain - The Bugle",
            "Rain | the bugle",
            "Rain_bugle.example",
            "Rain – Bugle Radio - The Bugle",
            "Rain — Bugle",
        ] {
            assert_eq!(title_at(written, bugle), "Rain", "{written}");
        }
        assert_eq!(title_at("雨｜晨报", "https://other.example/1"), "雨");
    }

    #[test]
    fn what_is_not_the_sources_name_stays() {
        let bugle = "https://www.bugle.example/1";
        for written in [
            "Rain - and sun",
            "The Bugle",
            "- The Bugle",
            "Rain - The Bugle - Weather",
            "Rain-Bugle",
            "Why I read The Bugle",
        ] {
            assert_eq!(title_at(written, bugle), written);
        }
    }
}

mod addresses {
    use super::*;

    #[test]
    fn hostile_22_the_id_is_the_address_as_archived() {
        for archived in [
            "https://a.example/%e7%89%b9",
            "https://a.example/%E7%89%B9",
            "https://a.example/特",
            "https://例子.example/",
            "https://a.example:443/x#",
        ] {
            let article = cleaned(&entry("t", archived, "<p>x</p>")).article;
            assert_eq!(article.id.as_str(), archived);
            assert!(article.id.is_permalink());
            let address = article.address.expect("an address");
            assert!(address.as_str().is_ascii());
        }
    }

    #[test]
    fn hostile_22_an_invalid_address_gives_a_tag_and_a_warning() {
        let cleaned = cleaned(&entry("t", "http://a b/", "<p>x</p>"));
        assert!(cleaned.article.id.as_str().starts_with("tag:"));
        assert!(!cleaned.article.id.is_permalink());
        assert_eq!(cleaned.article.address, None);
        assert!(codes(&cleaned.warnings).contains(&Code::AddressUnreadable));
    }

    #[test]
    fn an_ampersand_from_markup_is_one_in_the_address() {
        let article = cleaned(&entry("t", "https://a.example/?a=1&amp;copy=2", "")).article;
        assert_eq!(article.id.as_str(), "https://a.example/?a=1&amp;copy=2");
        let address = article.address.expect("an address");
        assert_eq!(address.as_str(), "https://a.example/?a=1&copy=2");
    }

    #[test]
    fn without_an_address_what_the_container_calls_it_is_the_id() {
        let mut entry = entry("t", "", "<p>a</p>");
        entry.head.address = None;
        for (given, id) in [
            ("tag:a.example,2020:1", "tag:a.example,2020:1"),
            (
                "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
                "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
            ),
            ("https://a.example/1", "https://a.example/1"),
        ] {
            entry.head.id = Some(given.to_owned());
            assert_eq!(id_of(&entry).as_str(), id);
        }
        entry.head.id = Some("Harbour 17".to_owned());
        assert!(
            id_of(&entry)
                .as_str()
                .starts_with("tag:offprint.invalid,2020:")
        );
    }

    #[test]
    fn without_an_address_the_text_makes_the_id() {
        let mut one = entry("t", "", "<p>a  b</p>\n");
        one.head.address = None;
        let mut other = one.clone();
        other.head.header_time = Timestamp::from_millis(0);
        other.head.path = "elsewhere.md".to_owned();
        other.markup = Markup::Article("<p>a b</p>".to_owned());
        assert_eq!(id_of(&one), id_of(&other));
        other.markup = Markup::Article("<p>a c</p>".to_owned());
        assert_ne!(id_of(&one), id_of(&other));
        other.markup = one.markup.clone();
        other.head.title = Some("u".to_owned());
        assert_ne!(id_of(&one), id_of(&other));
    }
}

mod proxies {
    use super::*;

    fn origin(address: &str) -> String {
        let address = Address::parse(address).expect("an address");
        Sites::builtin().origin_of(&address).to_string()
    }

    #[test]
    fn hostile_27_weserv_in_all_its_forms() {
        for (archived, meant) in [
            (
                "https://images.weserv.nl?url=h.example/x.jpg",
                "https://h.example/x.jpg",
            ),
            (
                "https://images.weserv.nl/?url=h.example/x.jpg",
                "https://h.example/x.jpg",
            ),
            (
                "https://images.weserv.nl/?url=ssl:h.example/x",
                "https://h.example/x",
            ),
            (
                "https://images.weserv.nl/?url=//h.example/x",
                "https://h.example/x",
            ),
            (
                "https://images.weserv.nl/?url=https://h.example/x",
                "https://h.example/x",
            ),
            (
                "https://images.weserv.nl/?url=http://h.example/x",
                "http://h.example/x",
            ),
            (
                "https://images.weserv.nl/?w=100&url=h.example/x.jpg&h=50",
                "https://h.example/x.jpg",
            ),
            (
                "https://images.weserv.nl?url=h.example/x.jpg?quality=75&auto=webp",
                "https://h.example/x.jpg?quality=75&auto=webp",
            ),
            (
                "https://images.weserv.nl/?url=https%3A%2F%2Fh.example%2Fa%2520b.jpg%3Fq%3D1&w=9",
                "https://h.example/a%20b.jpg?q=1",
            ),
            (
                "https://images.weserv.nl/?url=h.example/%FF.jpg",
                "https://h.example/%FF.jpg",
            ),
            (
                "https://images.weserv.nl/?url=10.0.0.1/x",
                "https://10.0.0.1/x",
            ),
        ] {
            assert_eq!(origin(archived), meant, "{archived}");
        }
    }

    #[test]
    fn hostile_27_other_proxies() {
        for (archived, meant) in [
            (
                "https://i0.wp.com/h.example/a/x.jpg?resize=1&ssl=1",
                "https://h.example/a/x.jpg",
            ),
            (
                "https://i3.wp.com/h.example/%E7%89%B9.jpg",
                "https://h.example/%E7%89%B9.jpg",
            ),
            (
                "https://res.cloudinary.com/demo/image/fetch/w_0.5,c_fill/https://h.example/x.jpg?a=1",
                "https://h.example/x.jpg?a=1",
            ),
            (
                "https://i0.wp.com/cdn.substack.com/image/fetch/w_1,q_auto:good/https%3A%2F%2Fh.example%2Fx.png?w=9",
                "https://h.example/x.png",
            ),
            (
                "https://thumbor.a.example/unsafe/1340x754/https://thumbor.a.example/unsafe/picture/8/x.jpg",
                "https://thumbor.a.example/unsafe/picture/8/x.jpg",
            ),
            (
                "https://any.example/resize?imageUrl=https://h.example/x.PNG&w=1",
                "https://h.example/x.PNG",
            ),
            (
                "https://any.example/_next/image?url=https%3A%2F%2Fh.example%2Fx.webp",
                "https://h.example/x.webp",
            ),
        ] {
            assert_eq!(origin(archived), meant, "{archived}");
        }
    }

    #[test]
    fn hostile_27_what_is_no_proxied_picture_stays() {
        for address in [
            "https://images.weserv.nl/?url=",
            "https://images.weserv.nl/?url=javascript:alert(1)",
            "https://images.weserv.nl/?url=ssl:",
            "https://images.weserv.nl/?url=nohost/x",
            "https://images.weserv.nl/?url=a%20b.example/x",
            "https://images.weserv.nl/",
            "https://any.example/share?url=https://h.example/page",
            "https://any.example/_next/image?url=/local.jpg",
            "https://widgets.wp.com/likes/h.example/x",
            "https://i0.wp.com/x.jpg",
        ] {
            assert_eq!(origin(address), address);
        }
    }

    #[test]
    fn hostile_27_proxies_in_proxies_end_at_three() {
        let nested = |depth: usize| "https://images.weserv.nl/?url=".repeat(depth);
        let deep = format!("{}https://h.example/x.jpg", nested(50));
        let left = format!("{}https://h.example/x.jpg", nested(47));
        assert_eq!(origin(&deep), left);
        let three = format!("{}https://h.example/x.jpg", nested(3));
        assert_eq!(origin(&three), "https://h.example/x.jpg");
    }

    #[test]
    fn configuration_adds_proxies() {
        let own: Sites =
            toml::from_str("[[proxy]]\nhosts = ['pictures.example']\nparameter = 'from'\n")
                .expect("a table");
        let sites = Sites::builtin().extend(own);
        let address = Address::parse("https://pictures.example/?from=h.example/x").expect("valid");
        assert_eq!(sites.origin_of(&address).as_str(), "https://h.example/x");
    }
}

mod sources {
    use super::*;

    fn name(address: Option<&str>, folders: &[&str]) -> String {
        let head = Head {
            address: address.map(str::to_owned),
            folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
            ..Head::default()
        };
        let entry = Entry {
            head,
            ..Entry::default()
        };
        cleaned(&entry).article.source.name.into()
    }

    #[test]
    fn the_table_comes_first_then_the_folder_then_the_host() {
        let dw = Some("https://www.dw.com/zh/x");
        assert_eq!(name(dw, &["articles", "别处"]), "德国之声");
        assert_eq!(name(Some("https://cn.nytimes.com/"), &[]), "纽约时报");
        let unknown = Some("https://www.unknown.example/x");
        assert_eq!(name(unknown, &["articles", "德国之声"]), "德国之声");
        assert_eq!(
            name(unknown, &["posts", "茶馆", "_posts", "2020", "07", "July"]),
            "茶馆"
        );
        assert_eq!(
            name(unknown, &["Archive", "2020-07", "2020年"]),
            "unknown.example"
        );
        assert_eq!(name(None, &["articles"]), "");
    }

    #[test]
    fn home_is_the_sites_root() {
        let article = cleaned(&entry("t", "https://u@a.example:8080/x?y#z", "")).article;
        let home = article.source.home.expect("a home");
        assert_eq!(home.as_str(), "https://a.example:8080/");
    }

    #[test]
    fn names_and_passwords_in_addresses_are_not_published() {
        let body = "<p>x <a href='https://u:secret@b.example/z'>y</a></p><img src='//u:secret@c.example/i.jpg'>";
        let entry = entry("t", "https://u:secret@a.example/x@y?u=1", body);
        let article = cleaned(&entry).article;
        assert!(!format!("{article:?}").contains("secret"), "{article:?}");
        assert_eq!(article.id.as_str(), "https://a.example/x@y?u=1");
        let address = article.address.map(|address| address.as_str().to_owned());
        assert_eq!(address.as_deref(), Some("https://a.example/x@y?u=1"));
    }

    #[test]
    fn authors_come_from_the_byline_else_from_front_matter() {
        let mut entry = entry("t", "https://www.dw.com/zh/x", "<p>x</p>");
        entry.head.authors = vec!["李四".to_owned()];
        entry.head.byline = Byline {
            authors: vec!["  洪山 （综合报道）".to_owned(), "null ".to_owned()],
            time: None,
        };
        let names = |entry: &Entry| -> Vec<String> {
            let authors = cleaned(entry).article.authors;
            authors.into_iter().map(String::from).collect()
        };
        assert_eq!(names(&entry), ["洪山"]);
        entry.head.byline.authors = vec!["德国之声".to_owned()];
        assert_eq!(names(&entry), ["李四"]);
    }

    #[test]
    fn tags_are_decoded_and_distinct() {
        let mut entry = entry("t", "https://a.example/", "<p>x</p>");
        entry.head.tags = ["a&amp;b", " a&b ", "", "c\nd"].map(str::to_owned).to_vec();
        let tags: Vec<String> = cleaned(&entry)
            .article
            .tags
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(tags, ["a&b", "c d"]);
    }
}

mod languages {
    use super::*;

    fn language(text: &str) -> Option<String> {
        let entry = entry("", "https://a.example/", &format!("<p>{text}</p>"));
        cleaned(&entry)
            .article
            .language
            .map(|language| language.to_string())
    }

    #[test]
    fn texts_tell_their_language() {
        for (tag, text) in [
            (
                "zh-Hans",
                "昨天下午，我们在河边见到了许多鸟，风很轻，大家都说这里的时间过得慢。",
            ),
            (
                "zh-Hant",
                "昨天下午，我們在河邊見到了許多鳥，風很輕，大家都說這裡的時間過得慢。",
            ),
            (
                "ja",
                "昨日の午後、私たちは川辺で多くの鳥を見ました。風は静かでした。",
            ),
            (
                "ko",
                "어제 오후에 우리는 강가에서 많은 새를 보았습니다. 바람이 조용했습니다.",
            ),
            (
                "ar",
                "في ظهر الأمس رأينا طيورا كثيرة عند النهر وكانت الريح هادئة جدا في المدينة",
            ),
            (
                "he",
                "אתמול אחר הצהריים ראינו ציפורים רבות ליד הנהר, והרוח הייתה שקטה מאוד",
            ),
            (
                "ru",
                "Вчера днём мы видели у реки много птиц, ветер был тихим, и никто не спешил.",
            ),
            (
                "en",
                "Yesterday afternoon we saw many birds near the river, and the wind was quiet.",
            ),
            (
                "de",
                "Gestern Nachmittag sahen wir am Fluss viele Vögel, und der Wind war ganz still, während niemand von uns sprechen wollte oder weitergehen musste.",
            ),
            (
                "fr",
                "Hier après-midi, nous avons vu beaucoup d'oiseaux près de la rivière, et personne ne voulait rentrer à la maison avant la nuit.",
            ),
        ] {
            assert_eq!(language(text).as_deref(), Some(tag), "{text}");
        }
    }

    #[test]
    fn names_in_another_script_do_not_change_the_language() {
        let text =
            "我们说的是 International Business Machines Corporation 的历史，这个公司过去在纽约。";
        assert_eq!(language(text).as_deref(), Some("zh-Hans"));
        let quoted = "The word 国家 is read differently, and the lecturer explained at some length \
                      why it has been so for hundreds of years.";
        assert_eq!(language(quoted).as_deref(), Some("en"));
    }

    #[test]
    fn what_does_not_tell_takes_the_setting() {
        let mut settings = settings();
        settings.language = Language::new("zh-Hant");
        for text in ["12:30", "大山小水"] {
            let article = converted(&entry("", "https://a.example/", text), &settings).article;
            assert_eq!(article.language, settings.language);
        }
        assert_eq!(language("12:30"), None);
    }
}

mod summaries {
    use super::*;

    fn summary(html: &str) -> String {
        cleaned(&entry("t", "https://a.example/", html))
            .article
            .summary
            .into()
    }

    #[test]
    fn a_short_text_is_its_own_summary() {
        assert_eq!(summary("<p>Short text.</p>"), "Short text.");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn only_running_text_is_summed_up() {
        let html = "<p>整理 王小二</p>\
            <p><em>（欢迎</em><a href='https://a.example/mail'><em>点击</em></a><em>订阅。）</em></p>\
            <img src='https://a.example/x.jpg'><div><small>一座桥</small></div>\
            <h2>第一节</h2><p>桥在河上。</p><blockquote><p>引文。</p></blockquote><p>河在桥下。</p>";
        assert_eq!(summary(html), "桥在河上。河在桥下。");
    }

    #[test]
    fn a_summary_has_neither_glosses_nor_marks_of_notes_nor_what_is_struck_out() {
        let html = "<p><ruby>橙<rp>（</rp><rt>だいだい</rt><rp>）</rp></ruby>色の橋です<sup><a href='#n'>1</a></sup>。\
            <a href='#n'><sup>2</sup></a>面積は九m<sup>2</sup>、<s>値段は十円、</s>静かです。</p><p id='n'>注。</p>";
        assert_eq!(summary(html), "橙色の橋です。面積は九m2、静かです。注。");
    }

    #[test]
    fn a_summary_does_not_end_with_a_mark_that_opens_what_follows() {
        let sentence = "这是一个大约二十个字的句子，用来试一试摘要的长度。".repeat(7);
        for opening in ["“", "《", "（", "\"", "「『"] {
            let text = format!(
                "<p>{sentence}{opening}{}</p>",
                "没有句号的长文字".repeat(20)
            );
            assert_eq!(summary(&text), sentence, "{opening}");
        }
        let quoted = format!("{}他说：\"好。\"", "句子。".repeat(60));
        let text = format!("<p>{quoted}{}</p>", "没有句号的长文字".repeat(20));
        assert_eq!(summary(&text), quoted);
    }

    #[test]
    fn a_text_of_labels_or_lists_alone_is_summed_up_all_the_same() {
        assert_eq!(summary("<p>短句 一</p>"), "短句 一");
        assert_eq!(summary("<ul><li>one</li><li>two</li></ul>"), "one two");
    }

    #[test]
    fn a_long_text_is_cut_at_a_sentence() {
        let sentence = "这是一个大约二十个字的句子，用来试一试摘要的长度。";
        let text = sentence.repeat(20);
        let length = sentence.chars().count();
        assert_eq!(
            summary(&format!("<p>{text}</p>")),
            sentence.repeat(200 / length)
        );
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "Short one. ".to_owned() + &"alpha beta gamma ".repeat(40);
        let summary = summary(&format!("<p>{text}</p>"));
        assert!(summary.ends_with("a…"), "{summary}");
        let last = summary.trim_end_matches('…').rsplit(' ').next();
        assert!(
            matches!(last, Some("alpha" | "beta" | "gamma")),
            "{summary}"
        );
    }

    #[test]
    fn families_are_not_torn_apart() {
        let family = "👨‍👩‍👧";
        let summary = summary(&format!("<p>{}</p>", family.repeat(300)));
        assert_eq!(summary, format!("{}…", family.repeat(199)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_entry_becomes_an_article(
        title in proptest::option::of(any::<String>()),
        address in proptest::option::of(any::<String>()),
        text in any::<String>(),
        author in any::<String>(),
        folder in any::<String>(),
        page in any::<bool>(),
    ) {
        let entry = Entry {
            head: Head {
                path: folder.clone(),
                title,
                address,
                authors: vec![author.clone()],
                byline: Byline { authors: vec![author], time: None },
                tags: vec![folder.clone()],
                folders: vec![folder],
                ..Head::default()
            },
            markup: if page { Markup::Page(text) } else { Markup::Article(text) },
            ..Entry::default()
        };
        let article = understood(&entry, &settings()).cleaned.article;
        prop_assert!(!article.title.is_blank());
        prop_assert!(article.authors.iter().all(|author| !author.is_blank()));
        prop_assert!(!article.id.as_str().is_empty());
        prop_assert!(article.summary.graphemes(true).count() <= 200);
    }

    #[test]
    fn a_summary_is_a_prefix_in_whole_graphemes(text in "[a-z 。.!👍🏽\u{301}\u{200D}é한]{0,600}") {
        let whole = understood(&entry("t", "", &text), &settings()).cleaned.article;
        let line = whole.body.plain_text();
        let summary = whole.summary.trim_end_matches('…');
        let line_graphemes: Vec<&str> = line.graphemes(true).collect();
        let summary_graphemes: Vec<&str> = summary.graphemes(true).collect();
        prop_assert!(summary_graphemes.len() <= 200);
        prop_assert_eq!(line_graphemes.get(..summary_graphemes.len()), Some(summary_graphemes.as_slice()));
    }

    #[test]
    fn unwrapping_never_leaves_the_web(inner in any::<String>()) {
        let sites = Sites::builtin();
        for outer in ["https://images.weserv.nl/?url=", "https://i0.wp.com/", "https://x.example/unsafe/"] {
            if let Some(address) = Address::parse(&format!("{outer}{inner}")) {
                prop_assert!(sites.origin_of(&address).is_web());
            }
        }
    }
}

//! What a saved page says of its article, where the archive says nothing.

use crate::understanding::understood;
use offprint::model::{Article, Entry, Head, Markup};
use offprint::settings::CleanSettings;
use offprint::{Input, Registry, Unobserved, convert};
use proptest::prelude::*;
use proptest::sample::select;

const PROSE: &str = "<p>The lamp was lit again on Friday, after three years of work, and everyone came to see it. \
                     The keeper, however, stayed at home.</p>";

fn entry(head: Head, page: &str) -> Entry {
    let text = PROSE.repeat(4);
    Entry {
        head,
        markup: Markup::Page(page.replace("{}", &text)),
        ..Entry::default()
    }
}

/// The article of a page whose head is empty.
fn of(page: &str) -> Article {
    completed(Head::default(), page)
}

fn completed(head: Head, page: &str) -> Article {
    let settings = CleanSettings::default();
    let once = understood(&entry(head, page), &settings);
    let again = understood(&once.entry, &settings);
    assert_eq!(once.entry, again.entry, "what is complete stays");
    once.cleaned.article
}

fn names(article: &Article) -> Vec<&str> {
    article.authors.iter().map(|name| name.as_str()).collect()
}

fn day(article: &Article) -> Option<String> {
    article
        .published
        .map(|time| time.rfc3339()[..10].to_owned())
}

/// Ways of telling title, day and author.
const WAYS: &[&str] = &[
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"TITLE\",\"datePublished\":\
     \"DAYT01:44:25Z\",\"author\":[{\"@type\":\"Person\",\"name\":\"NAME\"}]}</script><article>{}</article>",
    "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Site\"},{\"@type\":\
     [\"Thing\",\"BlogPosting\"],\"headline\":\"TITLE\",\"datePublished\":\"DAY\",\"author\":{\"@id\":\"#a\"}},\
     {\"@id\":\"#a\",\"name\":\"NAME\"}]}</script><article>{}</article>",
    "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"TITLE\",\
     \"datePublished\":\"DAY\",\"author\":{\"@type\":\"Person\",\"name\":\"\",\"@id\":\"#a\"}},\
     {\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"NAME\"}]}</script><article>{}</article>",
    "<script type=\"application/ld+json\">//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"TITLE\",\
     \"description\":\"a line\nand another\",\"datePublished\":\"DAY\",\"author\":\"NAME\",}\n//]]></script>\
     <div>{}</div>",
    "<meta property='og:title' content='TITLE'><meta property='article:published_time' \
     content='DAYT09:00:00+08:00'><meta property='article:author' content='NAME'><div>{}</div>",
    "<meta content='TITLE' name='DC.Title'><meta name='DC.Date' content='DAY'><meta name='DC.creator' \
     content='NAME'><div>{}</div>",
    "<meta name=citation_title content='TITLE'><meta name=citation_publication_date content='DAY'>\
     <meta name=citation_author content='NAME'><div>{}</div>",
    "<meta name=parsely-title content='TITLE'><meta name=parsely-pub-date content='DAY'>\
     <meta name=parsely-author content='NAME'><div>{}</div>",
    "<title>TITLE | Site</title><meta property='og:site_name' content='Site'><meta name=author content='NAME'>\
     <meta name=date content='DAY'><div>{}</div>",
    "<title>TITLE - Site</title><body><h1>Site</h1><article><h1>TITLE</h1><p class='entry-byline'>By \
     <a rel=author href='/a'>NAME</a> <time datetime='DAY'>then</time></p>{}</article></body>",
    "<article><h1>TITLE</h1><div class='byline'>By NAME | <time>DAY</time></div>{}</article>\
     <aside><time datetime='1999-01-01'>old</time><span class=author>Someone Else</span></aside>",
    "<div itemscope><h1 itemprop='headline'>TITLE</h1><span itemprop='author'>NAME</span>\
     <time itemprop=datePublished datetime='DAY'></time><div>{}</div></div>",
];

proptest! {
    #[test]
    fn every_way_of_telling_title_day_and_author_is_read(
        way in select(WAYS),
        title in "[A-Z][a-z]{2,8}( [a-z]{2,8}){1,4}|[灯塔又亮了]{4,9}",
        day_of in "20[012][0-9]-0[1-9]-[12][0-8]",
        name in "[A-Z][a-z]{3,7} [A-Z][a-z]{3,7}son|[王李张陈][明华伟芳]{2}",
    ) {
        let page = way.replace("TITLE", &title).replace("DAY", &day_of).replace("NAME", &name);
        let article = of(&format!("<!DOCTYPE html><html lang=en><head></head>{page}</html>"));
        prop_assert_eq!(article.title.as_str(), &title, "{}", page);
        prop_assert_eq!(day(&article), Some(day_of), "{}", page);
        prop_assert_eq!(names(&article), vec![name.as_str()], "{}", page);
        let text = article.body.plain_text();
        prop_assert!(!text.contains(&title), "the title is doubled: {}", text);
    }

    #[test]
    fn no_page_makes_its_reading_panic(
        pieces in proptest::collection::vec(select(vec![
            "<script type=application/ld+json>", "</script>", "{\"@type\":\"Article\",", "\"author\":", "[", "]", "{", "}",
            "\"name\":\"A B\"", "\"@id\":\"#a\"", "<meta name=author content=", "'Ann Lee'>", "<time datetime=", "'2021'>",
            "<h1>", "</h1>", "<div class=byline>", "</div>", "<title>", "</title>", "&amp;", "王", ",", ":", "\\",
        ]), 0..40),
    ) {
        of(&pieces.concat());
    }
}

#[test]
fn what_the_archive_says_wins() {
    let head = Head {
        title: Some("Of the archive".to_owned()),
        authors: vec!["Bo Ladder".to_owned()],
        ..Head::default()
    };
    let page = WAYS[0]
        .replace("TITLE", "Of the page")
        .replace("DAY", "2021-12-31")
        .replace("NAME", "Ada Keeper");
    let article = completed(head, &page);
    assert_eq!(article.title.as_str(), "Of the archive");
    assert_eq!(names(&article), ["Bo Ladder"]);
    assert_eq!(day(&article).as_deref(), Some("2021-12-31"));
}

#[test]
fn the_way_that_is_trusted_most_wins() {
    let all = "<title>Worst</title><meta name=date content=2001-01-01><meta name=author content='Meta Author'>\
               <meta property=og:title content='Better'><meta property=article:published_time content=2002-02-02>\
               <article><h1>Good</h1>{}</article>";
    let article = of(all);
    assert_eq!(article.title.as_str(), "Better");
    assert_eq!(day(&article).as_deref(), Some("2002-02-02"));
    assert_eq!(names(&article), ["Meta Author"]);
}

#[test]
fn the_rest_of_what_a_page_tells() {
    let article = of(
        "<html lang=fr-CA><meta property='og:site_name' content='The Lighthouse &amp; Lamp'>\
         <meta property='article:tag' content='lamps'><meta property='article:tag' content='sea'>\
         <meta property='og:image' content='https://lamp.example/lead.jpg'>\
         <meta property='article:published_time' content='2021-12-31'>\
         <meta property='article:modified_time' content='2022-02-01T10:00:00Z'>\
         <link rel=canonical href='https://lamp.example/2021/a'><article>{}</article>",
    );
    assert_eq!(article.source.name.as_str(), "The Lighthouse & Lamp");
    let tags: Vec<_> = article.tags.iter().map(|tag| tag.as_str()).collect();
    assert_eq!(tags, ["lamps", "sea"]);
    assert_eq!(article.body.images().len(), 1);
    assert_eq!(
        article.updated.map(|time| time.rfc3339()).as_deref(),
        Some("2022-02-01T10:00:00Z")
    );
    assert_eq!(
        article
            .address
            .map(|address| address.to_string())
            .as_deref(),
        Some("https://lamp.example/2021/a")
    );
}

#[test]
fn the_front_page_is_the_address_of_no_article() {
    let article = of("<link rel=canonical href='https://lamp.example/'><article>{}</article>");
    assert_eq!(article.address, None);
}

#[test]
fn an_address_or_handle_names_no_author_and_the_next_way_is_asked() {
    let article = of(
        "<meta property='article:author' content='https://www.facebook.com/ada'>\
         <meta name='twitter:creator' content='@ada'><article><p class=byline>By Ada Keeper</p>{}</article>",
    );
    assert_eq!(names(&article), ["Ada Keeper"]);
}

#[test]
fn a_byline_that_nobody_read_stays() {
    let line = "Told by those who were there on the 31st of December";
    let article = of(&format!(
        "<div class=entry-meta><div class=byline>{line}</div></div><article>{{}}</article>"
    ));
    assert!(names(&article).is_empty());
    assert!(
        article.body.plain_text().contains(line),
        "{}",
        article.body.plain_text()
    );
}

#[test]
fn fault_case_14_a_page_behind_front_matter_with_an_address_alone() {
    let page = WAYS[8]
        .replace("TITLE", "The lamp is lit")
        .replace("DAY", "2021-12-31")
        .replace("NAME", "Ada Keeper");
    let text = format!(
        "---\nfrom: https://lamp.example/2021/a\n---\n<html>{}</html>",
        page.replace("{}", &PROSE.repeat(4))
    );
    let folder = tempfile::tempdir().expect("a folder");
    let mut settings = offprint::Settings::for_inputs([Input::memory("a.html", text)]);
    settings.formats = vec!["atom".to_owned()];
    settings.out = folder.path().join("out");
    let report = convert(&Registry::standard(), &settings, &Unobserved).expect("a run");
    assert_eq!(report.articles.written, 1);
    let feed = std::fs::read_to_string(settings.out.join("atom.xml")).expect("a feed");
    for wanted in [
        "The lamp is lit</title>",
        "<published>2021-12-31",
        "<name>Ada Keeper</name>",
    ] {
        assert!(feed.contains(wanted), "{wanted}: {feed}");
    }
}

/// Lines above or below the text that tell a name, a day or both, and nothing else.
const LINES: &[&str] = &[
    "<p class='entry-meta'>Posted on <span class='entry-date'>December 31, 2021</span> by <span class='author vcard'>\
     <a class='url fn n' href='/a'>NAME</a></span></p>",
    "<p class='meta'>NAME | December 31, 2021</p>",
    "<div class='article__author'>NAME</div><div class='article__date'>31 December 2021</div>",
    "<p><a class='p-author h-card' href='/a'>NAME</a> <time class='dt-published' datetime='2021-12-31'></time></p>",
    "<p>By <a rel=author>NAME</a>, <time datetime='2021-12-31' pubdate>31 December 2021</time></p>",
    "<p>By <span class=author>NAME</span>. Updated <time class=updated datetime='2022-01-05'>5 Jan</time>, published \
     <time class=published datetime='2021-12-31'>31 Dec</time></p>",
    "<address>By <a rel=author href='/a'>NAME</a></address><p>Published <time>2021-12-31</time></p>",
    "<div class=byline>By <span class=author>NAME</span></div><time datetime='2021-12-31'>31 Dec</time>",
    "<p>By <b itemprop=author>NAME</b></p><meta itemprop=datePublished content='2021-12-31'>",
    "<p class=autor>Von <a href='/autor/a'>NAME</a></p><p class=datum>31. Dezember 2021</p>",
    "<p>Published 31 December 2021 by NAME · 5 min read · <a href='#comments'>3 comments</a></p>",
    "<div class=info><span class=time>2021年12月31日 09:44</span> <span>来源：新华网</span> <span>作者：NAME</span></div>",
    "<div class=article-info><span>2021-12-31 09:44</span><span>来源：新华网</span><span>作者：NAME</span></div>",
    "<p>2021-12-31 09:44 来源：新华网 作者：NAME 编辑：李四</p>",
    "<p>2021年12月31日 09:44 | NAME</p>",
    "<p class=submitted>Submitted by NAME on Fri, 12/31/2021 - 09:44</p>",
    "<p class=byline>Text: NAME / Photos: Carl Deck</p><p class=date>31.12.2021</p>",
];

#[test]
fn a_line_that_tells_of_the_article_is_read_and_goes_as_a_whole() {
    for line in LINES {
        for name in ["Ada Keeper", "Jean-Luc O’Brien", "张三"] {
            for outer in [
                "<article><h1>The lamp</h1>LINE{}</article>",
                "<body><div><h1>The lamp</h1>LINE<div>{}</div></div></body>",
                "<article>LINE<h1>The lamp</h1>{}</article>",
            ] {
                // Elsewhere a name in letters alone has no family name.
                if name == "张三" && !line.contains(['作', '<']) || line.contains("meta'>NAME") {
                    continue;
                }
                let html = outer.replace("LINE", line).replace("NAME", name);
                let article = of(&html);
                assert_eq!(names(&article), [name], "{html}");
                assert_eq!(day(&article).as_deref(), Some("2021-12-31"), "{html}");
                let text = article.body.plain_text();
                let first = text.lines().next().unwrap_or_default();
                assert!(
                    first.starts_with("The lamp was lit again"),
                    "{html}: {text}"
                );
                assert!(article.summary.as_str().starts_with("The lamp was lit"));
            }
        }
    }
}

#[test]
fn a_line_in_which_more_stands_is_not_cut_up() {
    for line in [
        "By <a rel=author href='/a'>Ada Keeper</a>, who has kept the lamp for twenty years",
        "<span class=author>Ada Keeper</span> met <b itemprop=author>Bo Ladder</b> at the harbour",
        "Seen from the tower on <time datetime='2021-12-31'>31 December</time> by three men",
    ] {
        let article = of(&format!(
            "<article><h1>The lamp</h1><p>{line}</p>{{}}</article>"
        ));
        let text = article.body.plain_text();
        let bare: String = line
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, it)| it))
            .collect();
        assert!(text.starts_with(&bare), "{bare}: {text}");
    }
}

#[test]
fn what_only_looks_like_such_a_line_stays() {
    for line in [
        "<p>31 December 2021</p>",
        "<p>By the time the fog had come</p>",
        "<p>Photo: Ada Keeper, 31 December 2021</p>",
        "<p>Part 3 of the year 2021</p>",
    ] {
        let article = of(&format!("<article><h1>The lamp</h1>{line}{{}}</article>"));
        let text = article.body.plain_text();
        let bare = line.trim_start_matches("<p>").trim_end_matches("</p>");
        assert!(text.starts_with(bare), "{bare}: {text}");
    }
}

#[test]
fn links_to_all_that_somebody_wrote_name_the_author() {
    for words in [
        "More articles by Ada Keeper",
        "View all posts by Ada Keeper",
        "Ada Keeper",
    ] {
        let article = of(&format!(
            "<article><h1>The lamp</h1>{{}}<p><a rel=author href='/a'>{words}</a></p></article>"
        ));
        assert_eq!(names(&article), ["Ada Keeper"], "{words}");
        assert!(!article.body.plain_text().contains("Ada Keeper"), "{words}");
    }
}

#[test]
fn a_series_is_not_the_source_of_an_article() {
    for (kind, expected) in [
        ("CreativeWorkSeries", None),
        ("WebSite", Some("Outer")),
        ("Periodical", Some("Outer")),
    ] {
        let article = completed(
            Head {
                address: Some("https://lamp.example/2021/a".to_owned()),
                ..Head::default()
            },
            &format!(
                "<script type='application/ld+json'>{{\"@type\":\"Article\",\"headline\":\"T\",\"isPartOf\":\
                 {{\"@type\":\"{kind}\",\"name\":\"Outer\"}}}}</script><article>{{}}</article>"
            ),
        );
        assert_eq!(
            article.source.name.as_str(),
            expected.unwrap_or("lamp.example"),
            "{kind}"
        );
    }
}

#[test]
fn citations_write_the_family_name_first() {
    for (name, values, expected) in [
        ("DC.creator", &["Keeper, Ada"][..], &["Ada Keeper"][..]),
        (
            "citation_author",
            &["Keeper, Ada Mary", "Ladder, Bo", "Cy Wu"],
            &["Ada Mary Keeper", "Bo Ladder", "Cy Wu"],
        ),
        ("citation_author", &["Sean, Anna"], &["Anna Sean"]),
        (
            "dcterms.creator",
            &["Ministry of Health, Labour and Welfare"],
            &["Ministry of Health, Labour and Welfare"],
        ),
    ] {
        let metas: String = values
            .iter()
            .map(|value| format!("<meta name=\"{name}\" content=\"{value}\">"))
            .collect();
        let article = of(&format!("{metas}<article>{{}}</article>"));
        assert_eq!(names(&article), expected, "{metas}");
    }
}

#[test]
fn a_line_of_metadata_that_ends_with_a_stop_is_no_prose() {
    for (class, end) in [
        ("meta", "<span>Syncing all of the annotations...</span>"),
        ("post-info", "<em>Follow us!</em>"),
        ("entry-meta", "<span>同步中，请在这里等待。</span>"),
    ] {
        let article = of(&format!(
            "<title>The lamp</title><div><h1>The lamp</h1><div class='{class}'><span>📅 2021-12-31 16:56</span> \
             <a href='https://a.example/lamp'>🔗 Read the original</a> <a href='/'>🔙 Back to the calendar</a> {end}</div><div>{{}}</div></div>"
        ));
        assert_eq!(day(&article).as_deref(), Some("2021-12-31"), "{class}");
    }
}

#[test]
fn a_description_in_the_place_of_the_headline_is_no_title() {
    let article = of(
        "<title>Old harbour - Encyclopedia</title><script type='application/ld+json'>{\"@type\":\"Article\",\
         \"name\":\"Old harbour\",\"headline\":\"basin of a town\"}</script><h1>Old harbour</h1>{}",
    );
    assert_eq!(article.title.as_str(), "Old harbour");
    let article = of(
        "<title>Lamp is lit | Paper</title><script type='application/ld+json'>{\"@type\":\"Article\",\
         \"name\":\"lamp-2021\",\"headline\":\"Lamp is lit\"}</script><h1>Lamp is lit</h1>{}",
    );
    assert_eq!(article.title.as_str(), "Lamp is lit");
}

#[test]
fn a_quotation_mark_in_an_attribute_cuts_no_title_off() {
    let article = of(
        "<meta property=\"og:title\" content=\"The keeper said \"Light\" and went\">\
         <title>The keeper said \"Light\" and went</title><h1>The keeper said \"Light\" and went</h1>{}",
    );
    assert_eq!(article.title.as_str(), "The keeper said \"Light\" and went");
}

#[test]
fn a_title_ends_at_the_dash_before_the_site_where_a_line_says_it() {
    for (title, line) in [
        (
            "Lamp in harbour is lit again - The Daily Paper",
            "Lamp in harbour is lit again",
        ),
        (
            "港口的灯在三年之后再次亮起-新闻网",
            "港口的灯在三年之后再次亮起",
        ),
        (
            "Lamp - harbour is lit again – Paper",
            "Lamp - harbour is lit again",
        ),
    ] {
        let page = format!("<title>{title}</title><div class='headline'>{line}</div>{{}}");
        assert_eq!(of(&page).title.as_str(), line);
    }
    let article = of("<title>Lamp in harbour - lit again</title><div>Another line</div>{}");
    assert_eq!(article.title.as_str(), "Lamp in harbour - lit again");
}

#[test]
fn what_programs_write_for_nobody_names_no_author() {
    for nobody in ["104363", "name", "未知", "Unknown", "undefined"] {
        let page = format!(
            "<meta name='author' content='{nobody}'><article><p class='byline'>By Ada Keeper</p>{{}}</article>"
        );
        assert_eq!(names(&of(&page)), ["Ada Keeper"], "{nobody}");
    }
}

#[test]
fn a_part_of_the_site_or_a_subject_is_no_author() {
    let article = of(
        "<meta property='article:section' content='North Harbour'><article><h1>Lamp is lit</h1>\
         <p class='byline'>North Harbour</p>{}</article>",
    );
    assert_eq!(names(&article), [""; 0]);
    let article = of(
        "<meta name='keywords' content='lamps,Old Harbour'><article><h1>Lamp is lit</h1>\
         <p class='byline'>Ada Keeper, Old Harbour</p>{}</article>",
    );
    assert_eq!(names(&article), ["Ada Keeper"]);
}

#[test]
fn the_authors_of_other_articles_on_the_page_are_not_this_ones() {
    let article = of(
        "<article><h1>Lamp is lit</h1><p>by <a rel='author' href='/a'>Ada Keeper</a> and \
         <a rel='author' href='/b'>Bo Lamp</a></p>{}</article><div><div><div><div><h3>Another</h3><span><span>\
         <a rel='author' href='/c'>Cy Other</a></span></span></div></div></div></div>",
    );
    assert_eq!(names(&article), ["Ada Keeper", "Bo Lamp"]);
}

#[test]
fn a_sentence_about_a_reporter_is_no_byline() {
    let prose =
        "港口的灯在三年之后再次亮起，大家都来看。守灯人却留在家里，什么也没有说。".repeat(4);
    let page = format!(
        "<article><h1>灯亮了</h1><p>{prose}</p><p>{prose}</p><p>记者通过电子邮件联系了守灯人，截至发稿时，尚未收到回应。</p></article>"
    );
    let article = of(&page);
    assert_eq!(names(&article), [""; 0]);
    assert!(article.body.plain_text().ends_with("尚未收到回应。"));
}

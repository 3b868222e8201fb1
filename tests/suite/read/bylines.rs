//! The byline before the text.

use super::{authors, seed};
use offprint::model::{Byline, Entry};

fn body(text: &str) -> Entry {
    seed(&format!("<!--1640915226000-->\n[t](u)\n------\n\n{text}")).0
}

fn byline(text: &str) -> (Vec<String>, Option<String>) {
    let entry = body(&format!("{text}<p>Text</p>"));
    assert_eq!(entry.markup.as_str(), "<p>Text</p>", "{text}");
    let Byline { authors, time } = entry.head.byline;
    (authors, time.map(|time| time.local.to_string()))
}

#[test]
fn times_without_authors() {
    for (text, expected) in [
        (
            "<div><i><br>2021-12-31T01:44:25.926Z</i></div>",
            "2021-12-31 01:44:25.926",
        ),
        ("<div><i>2020年 7月 16日</i></div>", "2020-07-16 00:00:00"),
        ("<div>15/07/2020 - 10:51</div>", "2020-07-15 10:51:00"),
        (
            "<div><i>2020-07-20T00:37:26</i></div>",
            "2020-07-20 00:37:26",
        ),
        (
            "<div><i>Mon, 20 Jul 2020 14:01:49 GMT</i></div>",
            "2020-07-20 14:01:49",
        ),
        ("<DIV>\n 2020-07-20\n</div>\n\n", "2020-07-20 00:00:00"),
        ("<DIV><i>2020-07-20</i></DIV>", "2020-07-20 00:00:00"),
    ] {
        assert_eq!(byline(text), (Vec::new(), Some(expected.to_owned())));
    }
}

#[test]
fn hostile_15_days_come_before_months() {
    assert_eq!(
        byline("<div>03/04/2020 - 10:51</div>").1.as_deref(),
        Some("2020-04-03 10:51:00")
    );
    let entry = body("<div>07/15/2020 - 10:51</div>");
    assert_eq!(entry.head.byline, Byline::default());
    assert_eq!(entry.markup.as_str(), "<div>07/15/2020 - 10:51</div>");
}

#[test]
fn authors_and_time() {
    let time = Some("2020-07-06 14:42:54".to_owned());
    for (names, expected) in [
        ("ANNA SCHMIDT", vec!["ANNA SCHMIDT"]),
        ("ANNA SCHMIDT,ANNA SCHMIDT", vec!["ANNA SCHMIDT"]),
        (
            "Anna Schmidt, Bo Li and Cy Wu",
            vec!["Anna Schmidt", "Bo Li", "Cy Wu"],
        ),
        ("Anna Schmidt & Bo Li", vec!["Anna Schmidt", "Bo Li"]),
        ("Anna Schmidt &amp; Bo Li", vec!["Anna Schmidt", "Bo Li"]),
        ("Fish and Chips", vec!["Fish and Chips"]),
        ("  某某 （综合报道）", vec!["某某"]),
        ("null 某某", vec!["某某"]),
        ("某某 null", vec!["某某"]),
        ("某某、甲乙/丙丁", vec!["某某", "甲乙", "丙丁"]),
        ("某某、文/甲乙", vec!["某某", "甲乙"]),
        ("某某<br/>甲乙", vec!["某某", "甲乙"]),
        ("Nan Zhang", vec!["Nan Zhang"]),
        (
            "Anna Schmidt, Jr., Bo Li",
            vec!["Anna Schmidt, Jr.", "Bo Li"],
        ),
        ("William  Smith", vec!["William Smith"]),
        ("J&uuml;rgen Wu", vec!["Jürgen Wu"]),
        ("undefined", vec![]),
    ] {
        let text = format!("<div><i>{names}<br>2020-07-06 14:42:54</i></div>");
        assert_eq!(byline(&text).1, time, "{names}");
        let entry = body(&format!("{text}<p>Text</p>"));
        assert_eq!(authors(&entry), expected, "{names}");
    }
}

#[test]
fn names_are_handed_over_as_written() {
    for line in [
        "Anna Schmidt, Jr. &amp; Bo  Li",
        "null 某某、甲乙/丙丁（报道）",
    ] {
        let text = format!("<div><i> {line}<br>2020-07-06</i></div>");
        assert_eq!(byline(&text).0, [line]);
    }
}

#[test]
fn bylines_of_which_something_is_missing() {
    let author = |text| byline(text).0.join("|");
    assert_eq!(author("<div><i>某某<br></i></div>"), "某某");
    assert_eq!(author("<div><i>某某<br>undefined</i></div>"), "某某");
    assert_eq!(byline("<div></div>"), (Vec::new(), None));
    assert_eq!(byline("<div>\n\n</div>"), (Vec::new(), None));
    assert_eq!(
        byline("<div><i><br>Invalid Date</i></div>"),
        (Vec::new(), None)
    );
}

#[test]
fn a_first_element_that_is_text_stays() {
    let long = format!("<div><i>{}<br>2020-07-06</i></div>", "Name,".repeat(1000));
    for text in [
        "<div>\nSome words\n</div>",
        "<div>Some words<br></div>",
        "<div>Some words<br>2020-07-06 and more</div>",
        "<div><p>2020-07-06</p></div>",
        "<div><img src=\"a.jpg\"><br>2020-07-06</div>",
        "<div><i>Some words</i></div>",
        "<div class=\"lead\">2020-07-06</div>",
        "<div><div>2020-07-06</div></div>",
        "<p>2020-07-06</p>",
        "<div>2020-07-06",
        "<div>",
        "<div><i><br",
        "2020-07-06",
        &long,
    ] {
        let entry = body(text);
        assert_eq!(entry.head.byline, Byline::default(), "{text}");
        assert_eq!(entry.markup.as_str(), text);
    }
}

#[test]
fn only_the_first_byline_is_one() {
    let entry = body("<div>2020-07-06</div>\n<div>2020-07-07</div>");
    assert_eq!(entry.markup.as_str(), "<div>2020-07-07</div>");
    assert_eq!(entry.body_line, 6);
}

//! The byline before the text.

use super::{authors, seed};
use offprint::Code;
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
    assert_eq!(
        byline("<div>07/15/2020 - 10:51</div>").1.as_deref(),
        Some("2020-07-15 10:51:00")
    );
    let entry = body("<div>31/31/2020 - 10:51</div>");
    assert_eq!(entry.head.byline, Byline::default());
    assert_eq!(entry.markup.as_str(), "<div>31/31/2020 - 10:51</div>");
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
        "<div class=\"lead\">On 2020-07-06 it sank</div>",
        "<div><i>To my mother,<br>who taught me to read</i></div>",
        "<div><i>Roses are red,<br>violets are blue</i></div>",
        "<div><i>床前明月光<br>疑是地上霜</i></div>",
        "<div>Anna Schmidt<br>yesterday</div>",
        "<div><i>Anna Schmidt<br>wrote this text on an old machine in the year 2020</i></div>",
        "<div><i>Anna Schmidt</i> wrote<br>in 2020</div>",
        "<div><i>Anna Schmidt<p>31 Sept 2021</p></i></div>",
        "<div><i>What did he say?<br>31 Sept 2021</i></div>",
        "<div><i>Some words of a text<br>31 Sept 2021</i></div>",
        "<divider><i>Anna Schmidt<br>31 Sept 2021</i></divider>",
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

/// The byline of an article and the warnings about it.
fn warned(text: &str) -> (Vec<String>, Vec<(Code, Option<u32>)>) {
    let article = format!("<!--1640915226000-->\n[t](u)\n------\n\n{text}<p>Text</p>");
    let (entry, warnings) = seed(&article);
    assert_eq!(entry.markup.as_str(), "<p>Text</p>", "{text}");
    (authors(&entry), warnings)
}

#[test]
fn case_08_a_byline_is_one_by_its_form_whatever_its_date_is() {
    for date in [
        "31 Sept 2021",
        "30 février 2021",
        "yesterday",
        "vor 3 Tagen",
        "il y a deux jours",
        "31 Smarch 2021",
        "2021-13-45 25:61",
        "三月三十五日",
    ] {
        for (start, end) in [
            ("<div><i>", "</i></div>"),
            ("<DIV class=\"by\"><EM>", "</EM></DIV>\n"),
            ("<div style='x'><i lang=en>", "</i></div>"),
        ] {
            let text = format!("{start}Ann Writer<br>{date}{end}");
            let expected = vec![(Code::BylineDateUnreadable, Some(5))];
            assert_eq!(
                warned(&text),
                (vec!["Ann Writer".to_owned()], expected),
                "{text}"
            );
        }
    }
    let plain = warned("<div>Ann Writer<br>31 Sept 2021</div>");
    assert_eq!(plain.0, ["Ann Writer"]);
    assert_eq!(plain.1.len(), 1);
}

#[test]
fn attributes_links_and_inline_elements_stand_in_bylines() {
    let time = Some("2021-12-31 01:44:00".to_owned());
    for text in [
        "<div class=\"byline\"><i>Ann Writer<br>2021-12-31 01:44</i></div>",
        "<div><i><a href=\"https://a.example/?a=1\">Ann Writer</a><br class=x />2021-12-31 01:44</i></div>",
        "<DIV><I><span class=\"name\">Ann</span> Writer<BR>31 <b>décembre</b> 2021 à 01h44</I></DIV>",
        "<div><i>Ann Writer<br><time datetime=\"2021-12-31T01:44\">a while ago</time></i></div>",
        "<div><i>2021-12-31 01:44<br>Ann Writer</i></div>",
        "<div><i>Ann Writer<br>31 December&nbsp;2021 at 1:44 am</i></div>",
    ] {
        assert_eq!(
            byline(text),
            (vec!["Ann Writer".to_owned()], time.clone()),
            "{text}"
        );
        assert_eq!(warned(text).1, [], "{text}");
    }
    assert_eq!(
        byline("<div class=\"lead\">2020-07-06</div>").1.as_deref(),
        Some("2020-07-06 00:00:00")
    );
}

#[test]
fn a_line_that_names_somebody_small_behind_its_time_is_a_byline() {
    for text in [
        "<div><i>Posted on December 31, 2021 by admin</i></div>",
        "<div><i>Veröffentlicht am 31. Dezember 2021 von redaktion</i></div>",
        "<div><i>31 décembre 2021 par anne</i></div>",
    ] {
        let (names, time) = byline(text);
        assert_eq!(time.as_deref(), Some("2021-12-31 00:00:00"), "{text}");
        assert_eq!(names.len(), 1, "{text}");
    }
}

#[test]
fn a_name_and_a_time_in_one_line_are_a_byline() {
    for (text, name) in [
        ("Ann Writer | 31 December 2021", "Ann Writer"),
        ("31 December 2021 | Ann Writer", "Ann Writer"),
        (
            "Ann van der Writer · Dec 31, 2021 · 5 min read",
            "Ann van der Writer",
        ),
        ("J. R. Writer • 31. Dezember 2021", "J. R. Writer"),
        (
            "Posted by Ann Writer on December 31, 2021",
            "Posted by Ann Writer",
        ),
        ("記者 王小明 2021/12/31", "記者 王小明"),
        (
            "Last updated 31 December 2021 | First published 30 December 2021 | Ann Writer",
            "Ann Writer",
        ),
    ] {
        for form in ["<div><i>{}</i></div>", "<div>{}</div>"] {
            let expected = (
                vec![name.to_owned()],
                Some("2021-12-31 00:00:00".to_owned()),
            );
            assert_eq!(byline(&form.replace("{}", text)), expected, "{text}");
        }
    }
    for text in [
        "World News | 31 December 2021",
        "New York – 31 December 2021",
        "New York, 31 December 2021",
        "Opinion | 31 December 2021",
        "The ferry sank on | 31 December 2021",
    ] {
        let entry = body(&format!("<div>{text}</div><p>Text</p>"));
        assert_eq!(entry.head.byline, Byline::default(), "{text}");
    }
}

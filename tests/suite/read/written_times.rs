//! Times as sites and programs write them above their texts.

use super::{authors, seed};
use offprint::model::WrittenTime;

fn read(text: &str) -> String {
    let time = WrittenTime::parse(text);
    time.map(|time| match time.precise {
        true => time.local.format("%Y-%m-%dT%H:%M:%S").to_string(),
        false => time.local.format("%Y-%m-%d").to_string(),
    })
    .unwrap_or_else(|| "none".to_owned())
}

#[test]
fn case_08_hours_and_what_follows_them_are_read_in_every_language() {
    for (text, expected) in [
        ("30 april 2022 om 20:44 uur", "2022-04-30T20:44:00"),
        ("za 30 apr. 2022, 20:44 uur", "2022-04-30T20:44:00"),
        ("zaterdag 30 april 2022 om 20u44", "2022-04-30T20:44:00"),
        ("le 3 août 2021 à 14 heures 30", "2021-08-03T14:30:00"),
        ("3 août 2021 à 14 heures", "2021-08-03T14:00:00"),
        ("3 août 2021 à 14 h 30 min", "2021-08-03T14:30:00"),
        ("3. August 2021 um 14 Uhr 30", "2021-08-03T14:30:00"),
        ("3. August 2021, 14.30 Uhr Ortszeit", "2021-08-03T14:30:00"),
        (
            "3 de agosto de 2021 às 14 horas e 30 minutos",
            "2021-08-03T14:30:00",
        ),
        ("3 de agosto de 2021 a las 14 horas", "2021-08-03T14:00:00"),
        ("3 agosto 2021, alle ore 14.30", "2021-08-03T14:30:00"),
        ("3 августа 2021 г., 14 ч 30 мин", "2021-08-03T14:30:00"),
        ("3 sierpnia 2021 r. o godz. 14.30", "2021-08-03T14:30:00"),
        ("3 Ağustos 2021 saat 14:30", "2021-08-03T14:30:00"),
        ("3 tháng 8 năm 2021, 14 giờ 30 phút", "2021-08-03T14:30:00"),
        ("2021年8月3日 14时30分", "2021-08-03T14:30:00"),
        ("2021년 8월 3일 14시 30분", "2021-08-03T14:30:00"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn case_08_labels_and_remnants_of_dates_say_nothing() {
    for (text, expected) in [
        ("Published on: 05/05/2022 13:05", "2022-05-05T13:05:00"),
        ("Updated at: 2022-05-05 13:05", "2022-05-05T13:05:00"),
        ("Date created: 5 May 2022", "2022-05-05"),
        ("Data publikacji: 5 maja 2022 r.", "2022-05-05"),
        ("Data dodania: 5 maja 2022 r., 13:05", "2022-05-05T13:05:00"),
        ("Publicado en línea: 5 de mayo de 2022", "2022-05-05"),
        ("Datum publicatie: 5 mei 2022", "2022-05-05"),
        ("Veröffentlicht am: 05.05.2022", "2022-05-05"),
        ("Giriş Tarihi: 05.05.2022 13:05", "2022-05-05T13:05:00"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn times_of_programs_are_read_whole() {
    for (text, expected) in [
        ("1651755906.123", "2022-05-05T13:05:06"),
        ("1651755906.5", "2022-05-05T13:05:06"),
        ("1651755906123456", "2022-05-05T13:05:06"),
        ("20220505130506", "2022-05-05T13:05:06"),
        ("202205051305", "2022-05-05T13:05:00"),
        ("2021-12-31 24:00:00", "2022-01-01T00:00:00"),
        ("2021-12-31T24:00Z", "2022-01-01T00:00:00"),
        ("2021-12-31 24:01", "none"),
        ("<2022-05-05 Do 13:05>", "2022-05-05T13:05:00"),
        ("<2022-05-05 Thu 13:05-14:00>", "2022-05-05T13:05:00"),
        ("<2022-05-05 Thu 13:05 +1w>", "2022-05-05T13:05:00"),
        ("[2022-05-05 jeu.]--[2022-05-06 ven.]", "2022-05-05"),
        ("1651755906.", "none"),
        ("165175590.123", "none"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

/// The names and the time of a byline.
fn byline(text: &str) -> (Vec<String>, Option<String>) {
    let (entry, _) = seed(&format!(
        "<!--1640915226000-->\n[t](u)\n------\n\n{text}<p>Text</p>"
    ));
    assert_eq!(entry.markup.as_str(), "<p>Text</p>", "{text}");
    let time = entry.head.byline.time.map(|time| time.local.to_string());
    (authors(&entry), time)
}

#[test]
fn case_08_org_timestamps_stand_in_bylines_escaped_or_not() {
    for time in [
        "<2022-05-05 Do 13:05>",
        "&lt;2022-05-05 Do 13:05&gt;",
        "&lt;2022-05-05 Thu 13:05-14:00&gt;",
        "[2022-05-05 jeu. 13:05]",
    ] {
        let found = byline(&format!("<div><i>Ann Writer<br>{time}</i></div>"));
        let expected = Some("2022-05-05 13:05:00".to_owned());
        assert_eq!(found, (vec!["Ann Writer".to_owned()], expected), "{time}");
    }
}

#[test]
fn case_08_one_line_may_tell_the_time_and_the_name() {
    for line in [
        "Posted on December 30, 2021 by Ann Writer",
        "By Ann Writer, December 30, 2021",
        "Par Ann Writer, le 30 décembre 2021",
        "Von Ann Writer am 30. Dezember 2021",
        "30 dicembre 2021 | di Ann Writer",
        "Por Ann Writer — 30 de diciembre de 2021",
        "2021-12-30 · Autor: Ann Writer",
    ] {
        for before in ["", "Ann Writer<br>"] {
            let found = byline(&format!("<div><i>{before}{line}</i></div>"));
            let expected = Some("2021-12-30 00:00:00".to_owned());
            assert_eq!(found, (vec!["Ann Writer".to_owned()], expected), "{line}");
        }
    }
}

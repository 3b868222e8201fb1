//! Written times in many languages and forms.

use super::vocabulary::{MONTHS, WEEKDAYS};
use super::{fold, of_any_form, parse, plain};
use proptest::prelude::*;

fn read(text: &str) -> String {
    match parse(text) {
        Some(time) => format!(
            "{} {}{}",
            time.local,
            time.offset.map_or("-".to_owned(), |o| o.to_string()),
            if time.precise { "" } else { " day" }
        ),
        None => "none".to_owned(),
    }
}

#[test]
fn iso_8601() {
    assert_eq!(
        read("2021-12-31T01:44:25.926Z"),
        "2021-12-31 01:44:25.926 +00:00"
    );
    assert_eq!(read("2020-07-20T00:37:26"), "2020-07-20 00:37:26 -");
    assert_eq!(
        read("2014-04-02T13:05:38+02:00"),
        "2014-04-02 13:05:38 +02:00"
    );
    assert_eq!(
        read("2020-05-13 03:55:28 +0800"),
        "2020-05-13 03:55:28 +08:00"
    );
    assert_eq!(read("20200716T105100Z"), "2020-07-16 10:51:00 +00:00");
    assert_eq!(read("20200716"), "2020-07-16 00:00:00 - day");
    assert_eq!(read("2020-07-16"), "2020-07-16 00:00:00 - day");
    assert_eq!(
        read("2020-07-16T10:51:00.1234567890123Z"),
        "2020-07-16 10:51:00.123456789 +00:00"
    );
}

#[test]
fn rfc_2822_and_english() {
    let expected = "2020-07-20 14:01:49 +00:00";
    assert_eq!(read("Mon, 20 Jul 2020 14:01:49 GMT"), expected);
    assert_eq!(read("20 Jul 2020 14:01:49 +0000 (UTC)"), expected);
    assert_eq!(read("20 Jul 20 14:01:49 UT"), expected);
    assert_eq!(read("July 20, 2020 2:01 PM"), "2020-07-20 14:01:00 -");
    let printed = "Mon Jul 20 2020 14:01:49 GMT+0800 (China Standard Time)";
    assert_eq!(read(printed), "2020-07-20 14:01:49 +08:00");
}

#[test]
fn fault_13_a_weekday_in_t_may_stand_before_the_time() {
    for weekday in ["Tue", "Thu", "Tuesday", "thursday", "Thu,", "Wed"] {
        let expected = "2020-07-16 10:51:00 -";
        assert_eq!(read(&format!("2020-07-16 {weekday} 10:51")), expected);
        assert_eq!(read(&format!("<2020-07-16 {weekday} 10:51>")), expected);
        let day = "2020-07-16 00:00:00 - day";
        assert_eq!(read(&format!("[2020-07-16 {weekday}]")), day);
    }
    assert_eq!(read("2020-07-16T10:51"), "2020-07-16 10:51:00 -");
    assert_eq!(read("2020-07-16 T"), "none");
    assert_eq!(read("<2020-07-16 Thu 10:51"), "none");
}

#[test]
fn slashes_are_day_month_year_unless_that_can_not_be() {
    assert_eq!(read("15/07/2020 - 10:51"), "2020-07-15 10:51:00 -");
    assert_eq!(read("03/04/2020"), "2020-04-03 00:00:00 - day");
    assert_eq!(read("07/15/2020"), "2020-07-15 00:00:00 - day");
    assert_eq!(read("2020/07/16"), "2020-07-16 00:00:00 - day");
}

#[test]
fn chinese() {
    assert_eq!(read("2020年 7月 16日"), "2020-07-16 00:00:00 - day");
    assert_eq!(read("2020年7月16日 10:51"), "2020-07-16 10:51:00 -");
    assert_eq!(
        read("2020年7月16日（星期四）下午3点05分"),
        "2020-07-16 15:05:00 -"
    );
    assert_eq!(
        read("２０２０年７月１６日　１０：５１"),
        "2020-07-16 10:51:00 -"
    );
    assert_eq!(read("2020-07-16 10:51:00 CST"), "2020-07-16 10:51:00 -");
}

#[test]
fn what_is_no_time() {
    for text in [
        "",
        "undefined",
        "NaN",
        "2020",
        "2020-13-01",
        "2020-02-30",
        "0000-01-01",
        "2020-07-16 25:00",
        "2020-07-16 10:51 updated",
        "-",
        "Jul",
        "1/2",
        "2020-07-16 10:61",
        "12345-01-01",
        "2020-07-16T10:51+99:00",
    ] {
        assert_eq!(read(text), "none", "{text}");
    }
}

/// A case: what is written, and what is read; a day alone where the time is left out.
fn all_read(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| {
            let expected = match expected.split_once(' ') {
                Some(_) => (*expected).to_owned(),
                None => format!("{expected} 00:00:00 - day"),
            };
            read(text) != expected
        })
        .map(|(text, expected)| format!("{text}: {} for {expected}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Dates as sites write them, and what they are.
const MANY_LANGUAGES: &[(&str, &str)] = &[
    ("ה-31 בדצמבר 2021, 14:05", "2021-12-31 14:05:00 -"),
    ("פורסם ב-31 בדצמבר 2021 בשעה 10:15", "2021-12-31 10:15:00 -"),
    ("31 ديسمبر 2021 م", "2021-12-31"),
    ("30 décembre 2021 à 20h44", "2021-12-30 20:44:00 -"),
    (
        "Publié le 1er janvier 2022 à 20 h 44",
        "2022-01-01 20:44:00 -",
    ),
    (
        "Mis à jour le vendredi 31 déc. 2021, 20:44",
        "2021-12-31 20:44:00 -",
    ),
    ("mar. 28 juil. 2020", "2020-07-28"),
    ("31. Dezember 2021, 02:44 Uhr", "2021-12-31 02:44:00 -"),
    (
        "Veröffentlicht am Freitag, den 31. Dez. 2021 um 2.44 Uhr",
        "2021-12-31 02:44:00 -",
    ),
    ("Fr., 31.12.2021 - 02:44", "2021-12-31 02:44:00 -"),
    ("Stand: 3. März 2021", "2021-03-03"),
    ("31 de diciembre de 2021", "2021-12-31"),
    (
        "Publicado el viernes, 31 de diciembre del 2021 a las 1:44 a. m.",
        "2021-12-31 01:44:00 -",
    ),
    ("1º de março de 2021 às 14h30", "2021-03-01 14:30:00 -"),
    (
        "Publicado em 31/12/2021 às 01h44min",
        "2021-12-31 01:44:00 -",
    ),
    ("sexta-feira, 31 de dezembro de 2021", "2021-12-31"),
    ("31 dicembre 2021", "2021-12-31"),
    (
        "Pubblicato il 31 dicembre 2021 alle ore 01:44",
        "2021-12-31 01:44:00 -",
    ),
    ("31 декабря 2021 г., 04:44", "2021-12-31 04:44:00 -"),
    (
        "Опубликовано: пятница, 31 дек. 2021 в 04:44",
        "2021-12-31 04:44:00 -",
    ),
    ("31 грудня 2021 р. о 04:44", "2021-12-31 04:44:00 -"),
    ("31 Aralık 2021 04:44", "2021-12-31 04:44:00 -"),
    ("31 ARALIK 2021 Cuma ÖS 4:44", "2021-12-31 16:44:00 -"),
    (
        "Güncelleme Tarihi: 31 Ağu 2021, saat 04:44",
        "2021-08-31 04:44:00 -",
    ),
    ("31 grudnia 2021, 02:44", "2021-12-31 02:44:00 -"),
    (
        "Opublikowano 1 września 2021 r. o godz. 02:44",
        "2021-09-01 02:44:00 -",
    ),
    ("31 december 2021 om 02:44", "2021-12-31 02:44:00 -"),
    (
        "Publicerad den 31 december 2021 kl. 02.44",
        "2021-12-31 02:44:00 -",
    ),
    ("31. desember 2021 kl. 02:44", "2021-12-31 02:44:00 -"),
    (
        "Julkaistu perjantaina 31. joulukuuta 2021 klo 2.44",
        "2021-12-31 02:44:00 -",
    ),
    ("30.11.2021 klo 8.05", "2021-11-30 08:05:00 -"),
    ("15. marraskuuta 2021", "2021-11-15"),
    ("31. prosince 2021 v 2:44", "2021-12-31 02:44:00 -"),
    ("1. července 2021", "2021-07-01"),
    ("31. 12. 2021", "2021-12-31"),
    ("31 Δεκεμβρίου 2021, 1:44 μ.μ.", "2021-12-31 13:44:00 -"),
    ("Δημοσιεύτηκε: Παρασκευή 31 Δεκ 2021", "2021-12-31"),
    ("31 בדצמבר 2021 בשעה 01:44", "2021-12-31 01:44:00 -"),
    ("٣١ ديسمبر ٢٠٢١", "2021-12-31"),
    (
        "الجمعة، ٣١ ديسمبر/كانون الأول ٢٠٢١ - ١:٤٤ م",
        "2021-12-31 13:44:00 -",
    ),
    ("۳۱ دسامبر ۲۰۲۱", "2021-12-31"),
    ("31 tháng 12 năm 2021 lúc 01:44", "2021-12-31 01:44:00 -"),
    ("Thứ sáu, ngày 31 Tháng Mười Hai, 2021", "2021-12-31"),
    ("๓๑ ธันวาคม ๒๕๖๔", "2021-12-31"),
    (
        "วันศุกร์ที่ 31 ธันวาคม พ.ศ. 2564 เวลา 08:44 น.",
        "2021-12-31 08:44:00 -",
    ),
    ("31 ธ.ค. 64", "2021-12-31"),
    (
        "Jumat, 31 Desember 2021 pukul 08.44 WIB",
        "2021-12-31 08:44:00 +07:00",
    ),
    ("2021. december 31., péntek", "2021-12-31"),
];

#[test]
fn dates_of_many_languages() {
    all_read(MANY_LANGUAGES);
}

#[test]
fn dates_of_east_asia() {
    all_read(&[
        ("2021. 12. 31. 10:44", "2021-12-31 10:44:00 -"),
        ("2021. 12. 31. 오전 1:44:25", "2021-12-31 01:44:25 -"),
        (
            "2021년 12월 31일 금요일 오후 1시 44분",
            "2021-12-31 13:44:00 -",
        ),
        (
            "입력 2021.12.31 10:44 | 수정 2022.01.02 11:00",
            "2021-12-31 10:44:00 -",
        ),
        ("令和3年12月31日 10時44分", "2021-12-31 10:44:00 -"),
        ("令和元年5月1日", "2019-05-01"),
        ("㋿3年12月31日", "2021-12-31"),
        ("平成三十一年四月三十日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("R3.12.31", "2021-12-31"),
        (
            "公開日：2021年12月31日(金) 午後1時44分",
            "2021-12-31 13:44:00 -",
        ),
        ("2021年12月31日 公開", "2021-12-31"),
        ("最終更新：2021/12/31 10:44", "2021-12-31 10:44:00 -"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("2021/12/31 上午1:44:25", "2021-12-31 01:44:25 -"),
        ("2021年12月31日 中午12:30", "2021-12-31 12:30:00 -"),
        ("2021年12月31日 凌晨12:30", "2021-12-31 00:30:00 -"),
        ("更新时间：2021-12-31 09:44:12", "2021-12-31 09:44:12 -"),
        (
            "发布于 2021年12月31日 星期五 晚上9点半",
            "2021-12-31 21:30:00 -",
        ),
        ("民國110年12月31日", "2021-12-31"),
    ]);
}

/// Dates in English, and as programs print them.
const ENGLISH: &[(&str, &str)] = &[
    ("30 Sept 2021 03:44", "2021-09-30 03:44:00 -"),
    ("31st December 2021", "2021-12-31"),
    ("Published: 31 December 2021", "2021-12-31"),
    (
        "Updated 31 Dec 2021 01:44 UTC",
        "2021-12-31 01:44:00 +00:00",
    ),
    ("December 31, 2021 at 1:44 am", "2021-12-31 01:44:00 -"),
    (
        "Posted on the 1st of May, 2021 at 9 p.m.",
        "2021-05-01 21:00:00 -",
    ),
    (
        "Last modified: Friday, Dec. 31st, 2021, 1.44pm GMT",
        "2021-12-31 13:44:00 +00:00",
    ),
    ("1:44 AM · Dec 31, 2021", "2021-12-31 01:44:00 -"),
    ("12/31/2021, 1:44:25 AM", "2021-12-31 01:44:25 -"),
    ("3/4/2021, 1:44:25 PM", "2021-03-04 13:44:25 -"),
    ("03/04/2021, 1:44:25 pm", "2021-04-03 13:44:25 -"),
    ("31/12/2021, 01:44:25", "2021-12-31 01:44:25 -"),
    ("31.12.2021, 01:44:25", "2021-12-31 01:44:25 -"),
    ("31/12/2021 01.44.25", "2021-12-31 01:44:25 -"),
    ("31.12.21", "2021-12-31"),
    ("31/12/2564 01:44:25", "2021-12-31 01:44:25 -"),
    (
        "Fri Dec 31 2021 01:44:25 GMT+0000 (Coordinated Universal Time)",
        "2021-12-31 01:44:25 +00:00",
    ),
    ("Fri Dec 31 01:44:25 UTC 2021", "2021-12-31 01:44:25 +00:00"),
    ("Fri Dec 31 01:44:25 2021", "2021-12-31 01:44:25 -"),
    (
        "Friday, 31-Dec-21 01:44:25 GMT",
        "2021-12-31 01:44:25 +00:00",
    ),
    ("2021-12-31 09:44 (UTC+8)", "2021-12-31 09:44:00 +08:00"),
    ("20211231T014425Z", "2021-12-31 01:44:25 +00:00"),
    ("20211231T0144", "2021-12-31 01:44:00 -"),
    (
        "2021-12-31T01:44:25+01:00[Europe/Paris]",
        "2021-12-31 01:44:25 +01:00",
    ),
    ("1640915065", "2021-12-31 01:44:25 +00:00"),
    ("1640915065926", "2021-12-31 01:44:25.926 +00:00"),
    (
        "Published 31 December 2021, updated 2 January 2022",
        "2021-12-31",
    ),
    ("@1640915065", "2021-12-31 01:44:25 +00:00"),
    ("2021-W52-5", "2021-12-31"),
    ("2021-365", "2021-12-31"),
];

#[test]
fn english_and_what_programs_print() {
    all_read(ENGLISH);
}

#[test]
fn zones_are_told_by_numbers_names_and_places() {
    all_read(&[
        (
            "2021-12-31 09:44:25 +0800 CST",
            "2021-12-31 09:44:25 +08:00",
        ),
        (
            "2021-12-31 09:44:25.5 -0300 -03",
            "2021-12-31 09:44:25.500 -03:00",
        ),
        (
            "2021-12-31 01:44:25 +0000 UTC",
            "2021-12-31 01:44:25 +00:00",
        ),
        (
            "2021-12-31T09:44:25[Asia/Shanghai]",
            "2021-12-31 09:44:25 +08:00",
        ),
        (
            "2021-07-31 09:44 Europe/Berlin",
            "2021-07-31 09:44:00 +02:00",
        ),
        (
            "2021-12-31 09:44 Europe/Berlin",
            "2021-12-31 09:44:00 +01:00",
        ),
        ("Dec. 31, 2021, 9:44 AM ET", "2021-12-31 09:44:00 -05:00"),
        ("July 31, 2021 9:44 p.m. PT", "2021-07-31 21:44:00 -07:00"),
        ("9:44 AM CT on July 31, 2021", "2021-07-31 09:44:00 -05:00"),
        (
            "31/12/2021 à 09:44 et mis à jour le 01/01/2022 à 10:00",
            "2021-12-31 09:44:00 -",
        ),
        ("Dec 31, 2021, 10:15 pm IST", "2021-12-31 22:15:00 +05:30"),
        (
            "2021年12月31日 09:44 北京時間",
            "2021-12-31 09:44:00 +08:00",
        ),
    ]);
}

#[test]
fn how_long_a_text_takes_to_read_is_no_part_of_its_time() {
    for (date, reading) in [
        ("December 31, 2021", "5 min read"),
        ("31 décembre 2021", "12 minutes de lecture"),
        ("31. Dezember 2021", "~4 Min. Lesezeit"),
        ("31 de diciembre de 2021", "3 min de lectura"),
        ("31 декабря 2021", "7 минут чтения"),
        ("2021年12月31日", "5 分钟阅读"),
        ("2021.12.31", "8분 읽기"),
    ] {
        for sign in [" · ", " | ", " — ", ", "] {
            let day = "2021-12-31 00:00:00 - day";
            assert_eq!(
                read(&format!("{date}{sign}{reading}")),
                day,
                "{sign} {reading}"
            );
            assert_eq!(
                read(&format!("{reading}{sign}{date}")),
                day,
                "{reading} {sign}"
            );
        }
    }
    assert_eq!(read("December 31, 2021, 5 men dead"), "none");
}

#[test]
fn prose_and_impossible_dates_are_none() {
    for text in [
        "31 Sept 2021",
        "30 février 2021",
        "31 avril 2021",
        "32. Dezember 2021",
        "令和3年13月1日",
        "May we meet in 2021",
        "Published by Ann in 2021",
        "On 31 December 2021 the ferry sank",
        "March 2021",
        "Updated",
        "Sat on 3 May",
        "12 de 2021",
        "In 2021, 12 of 31 sank",
        "Am 31. Dezember 2021 sank die Fähre",
        "第十二章 三月三日",
        "9999999999999",
        "123456789",
        "31/31/2021",
        "10:44",
        "31. 13. 2021",
    ] {
        assert_eq!(read(text), "none", "{text}");
    }
}

/// Digits of other scripts: their zeros.
const ZEROS: [char; 4] = ['0', '٠', '۰', '๐'];

fn in_script(text: &str, zero: char) -> String {
    let digit = |c: char| {
        let value = c.to_digit(10)?;
        char::from_u32(u32::from(zero) + value)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

#[test]
fn every_month_of_every_language_is_read_in_every_order() {
    for line in MONTHS {
        for (month, forms) in (1..).zip(line.split('|')) {
            for name in forms.split(',') {
                let year = if name.contains(|c| ('\u{0E00}'..'\u{0E80}').contains(&c)) {
                    2564
                } else {
                    2021
                };
                for text in [
                    format!("28 {name} {year}"),
                    format!("28. {name} {year}, 20:44"),
                    format!("{name} 28, {year}"),
                    format!("28 {} {year} 20:44", name.to_uppercase()),
                    format!("{year} {name} 28"),
                    format!("28-{name}-{year}"),
                ] {
                    let expected = format!("2021-{month:02}-28");
                    assert!(
                        read(&text).starts_with(&expected),
                        "{text}: {}",
                        read(&text)
                    );
                }
            }
        }
    }
}

#[test]
fn every_weekday_may_stand_before_a_date() {
    for name in WEEKDAYS.split('|') {
        for text in [
            format!("{name}, 28.2.2021 20:44"),
            format!("28/2/2021 ({name}) 20:44"),
        ] {
            assert_eq!(read(&text), "2021-02-28 20:44:00 -", "{text}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        language in 0..MONTHS.len(),
        form in 0..6_usize,
        zero in 0..ZEROS.len(),
        month in 1..13_usize,
        day in 1..29_u32,
        year in 1900..2400_u32,
        hour in 0..24_u32,
        minute in 0..60_u32,
    ) {
        let names = MONTHS[language].split('|').nth(month - 1).unwrap();
        let name = names.split(',').next().unwrap();
        let is_thai = name.contains(|c| ('\u{0E00}'..'\u{0E80}').contains(&c));
        let written_year = if is_thai && year > 1900 { year + 543 } else { year };
        prop_assume!(!is_thai || (1901..2150).contains(&year));
        let zero = if is_thai { ZEROS[zero] } else { ZEROS[zero % 3] };
        let clock = format!("{hour:02}:{minute:02}");
        let text = match form {
            0 => format!("{day} {name} {written_year} {clock}"),
            1 => format!("{name} {day}, {written_year} at {clock}"),
            2 => format!("{clock}, {day}. {name} {written_year}"),
            3 if !is_thai => format!("{year}年{month}月{day}日 {clock}"),
            4 => format!("{year}-{month:02}-{day:02}T{clock}"),
            _ => format!("{day} de {name} de {written_year}, {clock}"),
        };
        let expected = format!("{year}-{month:02}-{day:02} {clock}:00 -");
        prop_assert_eq!(read(&in_script(&text, zero)), expected, "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", words in "[0-9０-９一二十年月日時:/. ,\\-+TZ年a-zäıİß٣๓]{0,40}") {
        let _ = parse(&text);
        if let Some(time) = parse(&words) {
            prop_assert!(time.local.and_utc().timestamp() > i64::MIN);
        }
        prop_assert_eq!(fold::folded(&fold::folded(&words)), fold::folded(&words));
    }
}

proptest! {
    /// What is read at once is what the other way reads, too.
    #[test]
    fn the_usual_forms_are_read_alike_both_ways(
        seconds in 0_i64..4_000_000_000,
        nanos in 0_u32..1_000_000_000,
        minutes in -1_439_i32..1_440,
        form in 0_usize..8,
    ) {
        let offset = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
        let time = chrono::DateTime::from_timestamp(seconds, nanos).unwrap().with_timezone(&offset);
        let formats = [
            "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S%.3f%:z", "%Y-%m-%dT%H:%M:%S%.9fZ",
            "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT", "%a, %d %b %Y %H:%M %z", "%Y-%m-%dT%H:%M%:z",
        ];
        let text = time.format(formats[form]).to_string();
        if let Some(found) = plain::parse(&text) {
            prop_assert_eq!(Some(found), of_any_form(&text), "{}", text);
        }
        prop_assert_eq!(plain::parse(&text).is_some(), form < 6, "{}", text);
    }

    #[test]
    fn what_is_spoilt_is_read_alike_both_ways(at in 0_usize..31, by in "[ -~]", form in 0_usize..3) {
        let mut text = ["2021-12-31T01:44:25.926Z", "2021-12-31T01:44:25+08:00", "Fri, 31 Dec 2021 01:44:25 +0000"][form].to_owned();
        if at < text.len() {
            text.replace_range(at..at + 1, &by);
        }
        if let Some(found) = plain::parse(&text) {
            prop_assert_eq!(Some(found), of_any_form(&text), "{}", text);
        }
    }
}

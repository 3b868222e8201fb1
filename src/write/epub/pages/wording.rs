//! The words that a book adds to its articles, and dates as people write them.

use crate::model::{Language, Timestamp, Zone};
use crate::write::epub::pages::languages;
use chrono::{Datelike, NaiveDate, Timelike};

/// Words and patterns of one language. `{}` stands for a number or a name; in patterns of dates
/// `{y}`, `{m}`, `{d}` are numbers, `{month}` is a name, `{w}` a week's number, in those of times `{h}`, `{hh}`, `{h12}`, `{mm}`.
#[derive(Debug)]
pub(in crate::write::epub) struct Wording {
    /// The tag of the language that the words are in.
    pub(in crate::write::epub) language: &'static str,
    pub(in crate::write::epub) contents: &'static str,
    pub(in crate::write::epub) cover: &'static str,
    pub(in crate::write::epub) title_page: &'static str,
    pub(in crate::write::epub) colophon: &'static str,
    /// The list of a book's main places, for a screen reader.
    pub(in crate::write::epub) landmarks: &'static str,
    pub(in crate::write::epub) previous: &'static str,
    pub(in crate::write::epub) next: &'static str,
    /// What the links between articles are, for a screen reader.
    pub(in crate::write::epub) neighbours: &'static str,
    /// What stands before the name of the site that an article was read on.
    pub(in crate::write::epub) original: &'static str,
    pub(in crate::write::epub) undated: &'static str,
    pub(in crate::write::epub) sources: &'static str,
    pub(in crate::write::epub) rights: &'static str,
    pub(in crate::write::epub) unreadable: &'static str,
    /// What stands before the name of the zone that times are in.
    pub(in crate::write::epub) time_zone: &'static str,
    pub(in crate::write::epub) made_with: &'static str,
    /// One and many.
    pub(in crate::write::epub) articles: [&'static str; 2],
    pub(in crate::write::epub) pictures: [&'static str; 2],
    pub(in crate::write::epub) part: &'static str,
    pub(in crate::write::epub) year: &'static str,
    pub(in crate::write::epub) month: &'static str,
    pub(in crate::write::epub) week: &'static str,
    pub(in crate::write::epub) day: &'static str,
    pub(in crate::write::epub) day_of_year: &'static str,
    /// Between a day and a time of day, two names, two dates, a word and what it is about.
    pub(in crate::write::epub) before_clock: &'static str,
    /// Times of day before noon and from noon on: hours as `{h}`, as `{hh}` with two digits or as
    /// `{h12}` up to twelve, minutes as `{mm}`.
    pub(in crate::write::epub) clock: [&'static str; 2],
    pub(in crate::write::epub) comma: &'static str,
    pub(in crate::write::epub) to: &'static str,
    pub(in crate::write::epub) colon: &'static str,
    /// The months as they stand in a full date, then alone.
    pub(in crate::write::epub) months: [&'static [&'static str; 12]; 2],
    /// What a blind reader can expect of a book without and with pictures.
    pub(in crate::write::epub) accessibility: [&'static str; 2],
}

impl Wording {
    /// The words of a language, or of English.
    pub(in crate::write::epub) fn of(language: &Language) -> &'static Wording {
        let traditional = ["Hant", "TW", "HK", "MO"];
        match language.primary() {
            "zh" | "yue" | "lzh" => {
                let mut subtags = language.as_str().split('-');
                if subtags.any(|subtag| traditional.contains(&subtag)) {
                    &languages::TRADITIONAL_CHINESE
                } else {
                    &languages::SIMPLIFIED_CHINESE
                }
            }
            "ja" => &languages::JAPANESE,
            "ko" => &languages::KOREAN,
            "de" => &languages::GERMAN,
            "fr" => &languages::FRENCH,
            "es" => &languages::SPANISH,
            "ru" => &languages::RUSSIAN,
            "ar" => &languages::ARABIC,
            _ => &languages::ENGLISH,
        }
    }

    /// `14 articles`.
    pub(in crate::write::epub) fn articles(&self, count: usize) -> String {
        counted(&self.articles, count)
    }

    /// `3 pictures`.
    pub(in crate::write::epub) fn pictures(&self, count: usize) -> String {
        counted(&self.pictures, count)
    }

    /// `Part 2`.
    pub(in crate::write::epub) fn part(&self, number: u32) -> String {
        self.part.replace("{}", &number.to_string())
    }

    /// `2021`.
    pub(in crate::write::epub) fn year(&self, year: i32) -> String {
        self.year.replace("{y}", &year.to_string())
    }

    /// `December 2021`.
    pub(in crate::write::epub) fn month(&self, date: NaiveDate) -> String {
        self.date(self.month, 1, date)
    }

    /// `Week 52, 2021`, by ISO 8601.
    pub(in crate::write::epub) fn week(&self, year: i32, week: u32) -> String {
        let pattern = self.week.replace("{y}", &year.to_string());
        pattern.replace("{w}", &week.to_string())
    }

    /// `31 December 2021`.
    pub(in crate::write::epub) fn day(&self, date: NaiveDate) -> String {
        self.date(self.day, 0, date)
    }

    /// `31 December`.
    pub(in crate::write::epub) fn day_of_year(&self, date: NaiveDate) -> String {
        self.date(self.day_of_year, 0, date)
    }

    /// `31 December 2021, 01:44`. The zone is that of the publication, which the colophon names.
    pub(in crate::write::epub) fn time(&self, time: Timestamp, zone: Zone) -> String {
        let local = time.datetime().with_timezone(&zone);
        let [morning, evening] = self.clock;
        let (from_noon, hour) = local.hour12();
        let clock = if from_noon { evening } else { morning }
            .replace("{hh}", &format!("{:02}", local.hour()))
            .replace("{h12}", &hour.to_string())
            .replace("{h}", &local.hour().to_string())
            .replace("{mm}", &format!("{:02}", local.minute()));
        format!(
            "{}{}{clock}",
            self.day(local.date_naive()),
            self.before_clock
        )
    }

    /// A time in numbers, for a language that these words are not in: `2021-12-31 01:44`.
    pub(in crate::write::epub) fn time_in_numbers(time: Timestamp, zone: Zone) -> String {
        let local = time.datetime().with_timezone(&zone);
        local.format("%Y-%m-%d %H:%M").to_string()
    }

    /// The language of the words that a text of a language gets: its own, or that of other words.
    pub(in crate::write::epub) fn language_for(language: &Language) -> Language {
        let words = Wording::of(language);
        let other = (!words.are_of(language)).then(|| Language::new(words.language));
        other.flatten().unwrap_or_else(|| language.clone())
    }

    /// Whether these words are those of a language; a text in no known language takes English.
    pub(in crate::write::epub) fn are_of(&self, language: &Language) -> bool {
        let own = self.language.split('-').next() == Some(language.primary());
        own || matches!(language.primary(), "yue" | "lzh" | "und" | "mul" | "zxx")
    }

    /// `A: B`.
    pub(in crate::write::epub) fn about(&self, word: &str, what: &str) -> String {
        format!("{word}{}{what}", self.colon)
    }

    fn date(&self, pattern: &str, form: usize, date: NaiveDate) -> String {
        let names = self.months.get(form).copied();
        let name = names.and_then(|names| names.get(date.month0() as usize));
        pattern
            .replace("{y}", &date.year().to_string())
            .replace("{m}", &date.month().to_string())
            .replace("{d}", &date.day().to_string())
            .replace("{month}", name.copied().unwrap_or_default())
    }
}

fn counted([one, many]: &[&str; 2], count: usize) -> String {
    let pattern = if count == 1 { one } else { many };
    pattern.replace("{}", &count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str) -> &'static Wording {
        Wording::of(&Language::new(tag).unwrap())
    }

    #[test]
    fn dates_follow_the_language() {
        let date = NaiveDate::from_ymd_opt(2021, 12, 3).unwrap();
        let written = |tag| (of(tag).day(date), of(tag).month(date));
        let pair = |day: &str, month: &str| (day.to_owned(), month.to_owned());
        assert_eq!(written("zh-Hans"), pair("2021年12月3日", "2021年12月"));
        assert_eq!(written("en-GB"), pair("3 December 2021", "December 2021"));
        assert_eq!(written("ru"), pair("3 декабря 2021 г.", "декабрь 2021 г."));
        assert_eq!(written("ko"), pair("2021년 12월 3일", "2021년 12월"));
        assert_eq!(of("de").week(2021, 52), "Woche 52, 2021");
    }

    #[test]
    fn the_script_decides_between_the_two_chinese_wordings() {
        assert_eq!(of("zh-TW").contents, "目錄");
        assert_eq!(of("zh").contents, "目录");
        assert_eq!(of("sw").contents, "Contents");
    }

    #[test]
    fn times_follow_the_language_and_the_zone() {
        let time = Timestamp::from_millis(1_640_915_065_000).unwrap();
        assert_eq!(of("en").time(time, Zone::UTC), "31 December 2021, 01:44");
        assert_eq!(
            of("zh-Hans").time(time, Zone::Asia__Shanghai),
            "2021年12月31日 09:44"
        );
        let written = |tag, zone| of(tag).time(time, zone);
        assert_eq!(written("fr", Zone::UTC), "31 décembre 2021, 1 h 44");
        assert_eq!(written("de", Zone::UTC), "31. Dezember 2021, 01:44 Uhr");
        assert_eq!(
            written("ko", Zone::America__New_York),
            "2021년 12월 30일, 오후 8:44"
        );
        assert_eq!(written("ar", Zone::UTC), "31 ديسمبر 2021، 1:44 ص");
    }

    #[test]
    fn a_real_midnight_is_shown() {
        let midnight = Timestamp::from_millis(1_640_908_800_000).unwrap();
        assert_eq!(
            of("en").time(midnight, Zone::UTC),
            "31 December 2021, 00:00"
        );
    }
}

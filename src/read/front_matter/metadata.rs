//! What the fields of front matter mean, whatever program wrote them: the names that real archives have
//! for a title, an address, a time.

use super::publication::{self, says_unpublished};
use super::yaml::{Fields, Value};
use crate::model::WrittenTime;
use crate::read::archive::header::is_web_address;

/// Names of the article's address, those that scrapers and clippers write first.
const ADDRESS: [&str; 24] = [
    "from",
    "source",
    "source_url",
    "url_original",
    "url",
    "link",
    "original_url",
    "originalurl",
    "canonical_url",
    "canonicalurl",
    "canonical",
    "via",
    "external_url",
    "webclipurl",
    "sourceurl",
    "articleurl",
    "article_url",
    "substackurl",
    "given_url",
    "original_link",
    "originallink",
    "原文链接",
    "链接",
    "permalink",
];

/// Names of the time of publication, in the form of [`plain_letters`](super::yaml::plain_letters).
const PUBLISHED: [&str; 43] = [
    "date",
    "published",
    "publishdate",
    "publisheddate",
    "publishedat",
    "publishedon",
    "publishedtime",
    "publishtime",
    "publishon",
    "publicationdate",
    "pubdate",
    "uploaddate",
    "datepublished",
    "dateposted",
    "postdate",
    "posted",
    "postedat",
    "postedon",
    "issued",
    "firstpublished",
    "日期",
    "发布",
    "发布日期",
    "发布时间",
    "發布日期",
    "發佈日期",
    "發布時間",
    "日付",
    "公開日",
    "投稿日",
    "날짜",
    "작성일",
    "게시일",
    "datum",
    "veröffentlicht",
    "fecha",
    "data",
    "publié",
    "дата",
    "опубликовано",
    "tarih",
    "التاريخ",
    "ngày",
];

/// Names of the time at which a clipper or a wiki made the file.
const SAVED: [&str; 16] = [
    "created",
    "createdat",
    "createdon",
    "datecreated",
    "creationdate",
    "clipped",
    "savedat",
    "saved",
    "datesaved",
    "added",
    "dateadded",
    "创建时间",
    "創建時間",
    "作成日",
    "erstellt",
    "créé",
];

/// Names of the time of the last change.
const UPDATED: [&str; 25] = [
    "updated",
    "lastmod",
    "modified",
    "lastmodifiedat",
    "lastmodified",
    "datemodified",
    "updatedat",
    "updatedon",
    "lastupdated",
    "lastupdate",
    "dateupdated",
    "modifiedat",
    "modifieddate",
    "modificationdate",
    "updateddate",
    "updatedate",
    "更新",
    "更新日期",
    "更新时间",
    "更新時間",
    "修改时间",
    "更新日",
    "수정일",
    "aktualisiert",
    "обновлено",
];

/// Names of the picture above the text.
const PICTURE: [&str; 10] = [
    "image",
    "image_feature",
    "image_features",
    "imag_feature",
    "cover",
    "thumbnail",
    "banner",
    "featured_image",
    "feature_image",
    "coverimage",
];

/// The title on one line.
pub(crate) fn title(fields: &Fields) -> Option<String> {
    let title = ["title", "subject"]
        .iter()
        .find_map(|key| fields.text(key))?;
    Some(title.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The address on the web.
pub(crate) fn address(fields: &Fields) -> Option<String> {
    let mut written = ADDRESS.iter().filter_map(|key| fields.text(key));
    written.find(|text| is_web_address(text)).map(str::to_owned)
}

/// The times of publication and of the last change, as written.
pub(crate) fn times(fields: &Fields) -> (Option<WrittenTime>, Option<WrittenTime>) {
    let updated = updated(fields);
    if let Some(created) = fields.text("dateCreated").and_then(time) {
        // Wiki.js writes the time of the last change as `date`.
        return (
            Some(created),
            fields.text("date").and_then(time).or(updated),
        );
    }
    let published = first_time(fields, &PUBLISHED)
        .or_else(|| inner_time(fields, &PUBLISHED))
        .or_else(|| inner_time(fields, &SAVED))
        .or_else(|| first_time(fields, &SAVED));
    let path = || fields.text("path").and_then(date_in);
    (published.or_else(path), updated)
}

/// The time of the last change, as written.
fn updated(fields: &Fields) -> Option<WrittenTime> {
    first_time(fields, &UPDATED).or_else(|| inner_time(fields, &UPDATED))
}

/// The picture above the text: a reference as written.
pub(crate) fn picture(fields: &Fields) -> Option<&str> {
    PICTURE.iter().find_map(|key| match fields.value(key)? {
        Value::Mapping(_) => {
            let inner = fields.value(key)?;
            let names = ["url", "path", "src", "feature", "image"];
            names.iter().find_map(|name| inner.get(name)?.text())
        }
        _ => fields.text(key),
    })
}

/// The language, as a tag.
pub(crate) fn language(fields: &Fields) -> Option<String> {
    let keys = ["lang", "language", "locale"];
    let tag = keys.iter().find_map(|key| fields.text(key))?;
    Some(tag.replace('_', "-"))
}

/// What the article is about, in the words of whoever published it.
pub(crate) fn summary(fields: &Fields) -> Option<String> {
    let keys = [
        "summary",
        "description",
        "excerpt",
        "abstract",
        "descrition",
    ];
    keys.iter()
        .find_map(|key| fields.text(key))
        .map(str::to_owned)
}

/// Keywords, parted by commas.
pub(crate) fn keywords(fields: &Fields) -> Vec<String> {
    match fields.value("keywords") {
        Some(Value::List(items)) => items.iter().filter_map(Value::line).collect(),
        Some(Value::Text(text)) => text.split([',', '，', '、']).map(str::to_owned).collect(),
        Some(Value::Mapping(_)) | None => Vec::new(),
    }
}

/// A name without what note programs put around it: `[[name]]`, `[[page|name]]`, `#tag`.
pub(crate) fn without_brackets(text: &str) -> String {
    let text = text.trim().trim_start_matches('#');
    let inside = text
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"));
    let inside = inside.map(|inside| inside.rsplit('|').next().unwrap_or(inside));
    inside.unwrap_or(text).trim().to_owned()
}

/// Whether a tag only says that a clipper made the file.
pub(crate) fn is_mark(tag: &str) -> bool {
    ["clippings", "clipping"].contains(&tag.to_ascii_lowercase().as_str())
}

/// Whether the site itself does not publish the file as an article.
pub(crate) fn is_left_out(fields: &Fields) -> bool {
    let is = |key: &str, values: &[&str]| {
        let text = fields.text(key).map(str::to_ascii_lowercase);
        text.is_some_and(|text| values.contains(&text.as_str()))
    };
    let template = fields
        .text("title")
        .is_some_and(|title| title.starts_with("{{"));
    let says_so = |key| {
        let text = fields.named(key).and_then(Value::text);
        text.is_some_and(|text| says_unpublished(key, text))
    };
    publication::fields().any(says_so)
        || (is("layout", &["page", "home"]) && fields.text("date").is_none())
        || template
}

fn first_time(fields: &Fields, keys: &[&str]) -> Option<WrittenTime> {
    keys.iter()
        .find_map(|key| first_text(fields.named(key)?).and_then(time))
}

/// The first text of a value, however deep its lists are: `[[2021-12-31]]` is a list in a list.
fn first_text(value: &Value) -> Option<&str> {
    let mut value = value;
    while let Value::List(items) = value {
        value = items.first()?;
    }
    value.text()
}

/// A time within a mapping that tells several: `date: { created: …, updated: … }`.
fn inner_time(fields: &Fields, keys: &[&str]) -> Option<WrittenTime> {
    let outer = ["date", "dates"].iter().find_map(|key| fields.named(key))?;
    keys.iter()
        .find_map(|key| first_text(outer.named(key)?).and_then(time))
}

/// A time as front matter has it: a month alone is its first day; notes of a day are linked to.
fn time(text: &str) -> Option<WrittenTime> {
    // A zone that nobody filled in (`+/-TTTT`) is none.
    let text = text.trim_end_matches("+/-TTTT").trim_end();
    let read = |text: &str| WrittenTime::parse(text).or_else(|| month(text));
    let inside = text
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"));
    match inside {
        Some(link) => link.split(['|', '/', '#']).rev().find_map(read),
        None => read(text),
    }
}

fn month(text: &str) -> Option<WrittenTime> {
    let (year, month) = text.split_once(['-', '/', '.'])?;
    day(year, month, "1")
}

/// The day that a text names, as paths and titles do: `2021-12-31`, `2021/12/31`, `20211231`,
/// `2021年12月31日`; else the month that folders name, `2021/12` or `202112`.
pub(crate) fn date_in(text: &str) -> Option<WrittenTime> {
    day_in(text).or_else(|| month_in(text))
}

/// The day that a text names.
pub(crate) fn day_in(text: &str) -> Option<WrittenTime> {
    let groups = digit_groups(text);
    let whole = groups.iter().find_map(|(group, _)| {
        let (year, rest) = group.split_at_checked(4)?;
        let (month, rest) = rest.split_at_checked(2)?;
        (rest.len() == 2).then(|| day(year, month, rest)).flatten()
    });
    let apart = || {
        groups.windows(3).find_map(|three| match three {
            [(year, one), (month, other), (date, _)] if joins(one) && joins(other) => {
                day(year, month, date)
            }
            _ => None,
        })
    };
    whole.or_else(apart)
}

fn month_in(text: &str) -> Option<WrittenTime> {
    let folders = || text.split('/');
    let whole = folders().find_map(|name| {
        let (year, month) = name.split_at_checked(4)?;
        (month.len() == 2).then(|| day(year, month, "1")).flatten()
    });
    let pairs = folders().zip(folders().skip(1));
    whole.or_else(|| {
        pairs
            .into_iter()
            .find_map(|(year, month)| day(year, month, "1"))
    })
}

/// The digits of a text that stand together, each with what follows up to the next.
fn digit_groups(text: &str) -> Vec<(&str, &str)> {
    let mut groups = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(start..).unwrap_or_default();
        let end = from
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(from.len());
        let (group, after) = from.split_at_checked(end).unwrap_or((from, ""));
        let next = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        groups.push((group, after.get(..next).unwrap_or_default()));
        rest = after;
    }
    groups
}

/// Whether a text between two numbers joins them to a date.
fn joins(between: &str) -> bool {
    matches!(between, "-" | "/" | "." | "_" | "年" | "月")
}

/// A day between 1970 and 2100.
fn day(year: &str, month: &str, day: &str) -> Option<WrittenTime> {
    let number = |text: &str, most: usize| {
        let plain =
            !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| plain)
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    if !(1970..2100).contains(&year) {
        return None;
    }
    WrittenTime::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

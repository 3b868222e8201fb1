//! Who wrote an article.

use super::entities::decoded;
use crate::model::{CleanText, Head};
use std::collections::HashSet;

/// Words before a name that say that it is one. Those in letters need a space or colon after them.
const PREFIXES: [&str; 13] = [
    "by", "von", "par", "作者", "记者", "記者", "撰文", "撰稿", "编译", "編譯", "翻译", "翻譯",
    "文",
];

/// What programs write in the place of a first or last name that they don't know.
const MISSING: [&str; 3] = ["null", "undefined", "None"];

/// What they write in the place of all of it.
const NOBODY: [&str; 3] = ["nan", "unknown", "n/a"];

/// Words in a remark behind a name that is not part of it: （综合报道）.
const REMARKS: [&str; 10] = [
    "报道", "報道", "报导", "報導", "发自", "發自", "编译", "編譯", "摘编", "综合",
];

/// What stands between two names, where both are full names.
const CONJUNCTIONS: [&str; 4] = [" and ", " AND ", " & ", " und "];

/// What stands for further names at the end of a list, or in the place of its last name.
const AND_OTHERS: [&str; 7] = [
    " & more",
    " & others",
    " and more",
    " and others",
    " et al.",
    " et al",
    "等",
];

/// What a comma sets apart from a name, but is part of it.
const SUFFIXES: [&str; 9] = ["jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d"];

/// The authors of an entry, one name each, in order, without repetition: the byline's, else those
/// of the front matter. The source is no author.
pub(super) fn authors(head: &Head, source: &str) -> Vec<CleanText> {
    let from_byline = names(&head.byline.authors, source);
    if from_byline.is_empty() {
        names(&head.authors, source)
    } else {
        from_byline
    }
}

/// The names in lines as they were written, which may hold several each.
fn names(written: &[String], source: &str) -> Vec<CleanText> {
    let mut known = HashSet::from([source.to_lowercase()]);
    let texts: Vec<_> = written.iter().map(|text| decoded(text)).collect();
    texts
        .iter()
        .flat_map(|text| text.lines())
        .flat_map(|line| names_of_line(&CleanText::line(line)))
        .filter(|name| !name.is_blank() && known.insert(name.to_lowercase()))
        .collect()
}

fn names_of_line(line: &str) -> Vec<CleanText> {
    let mut names: Vec<CleanText> = Vec::new();
    for part in line.split([',', '，', '、', ';', '；', '|', '｜']) {
        let part = part.trim();
        match names.last_mut() {
            Some(name) if is_suffix(part) => *name = CleanText::line(&format!("{name}, {part}")),
            _ => names.extend(people(part)),
        }
    }
    names
}

fn is_suffix(part: &str) -> bool {
    let part = part.trim_end_matches('.');
    SUFFIXES
        .iter()
        .any(|suffix| part.eq_ignore_ascii_case(suffix))
}

/// The names in what stands between commas.
fn people(part: &str) -> Vec<CleanText> {
    let part = without_prefixes(part);
    if is_nobody(part) {
        return Vec::new();
    }
    part.split(['/', '／'])
        .flat_map(separate)
        .map(bare)
        .collect()
}

/// Splits "Jane Doe and John Doe", but not "Sean and Shiba", which may be one channel's name.
fn separate(part: &str) -> Vec<&str> {
    let part = without_others(part.trim());
    let part = part.strip_prefix("and ").unwrap_or(part);
    let split = |conjunctions: &[&str]| {
        let mut names = vec![part];
        for conjunction in conjunctions {
            names = names
                .into_iter()
                .flat_map(|name| name.split(conjunction))
                .collect();
        }
        names
    };
    let is_full = |name: &&str| name.split_whitespace().count() > 1;
    // All at once, else those of one kind: "Jane Doe and Doe & Sons" are two.
    std::iter::once(&CONJUNCTIONS[..])
        .chain(CONJUNCTIONS.chunks(1))
        .map(split)
        .find(|names| names.len() > 1 && names.iter().all(is_full))
        .unwrap_or_else(|| vec![part])
}

/// The name without what stands around it and in it where a part of it is missing.
fn bare(name: &str) -> CleanText {
    let name = without_prefixes(without_remark(name.trim()));
    let mut name = without_others(name);
    if is_nobody(name) {
        name = "";
    }
    if !MISSING.iter().any(|word| name.contains(word)) {
        return CleanText::line(name);
    }
    let words = name.split(' ').filter(|word| !MISSING.contains(word));
    CleanText::line(without_prefixes(&words.collect::<Vec<_>>().join(" ")))
}

fn is_nobody(name: &str) -> bool {
    let mut words = MISSING.iter().chain(&NOBODY);
    words.any(|word| word.eq_ignore_ascii_case(name))
}

fn without_others(name: &str) -> &str {
    let is_all = |others: &&str| {
        others
            .strip_suffix(name)
            .is_some_and(|rest| rest.ends_with(' '))
    };
    if AND_OTHERS.iter().any(is_all) {
        return "";
    }
    let mut ends = AND_OTHERS.iter();
    ends.find_map(|others| name.strip_suffix(others))
        .unwrap_or(name)
}

fn without_prefixes(mut name: &str) -> &str {
    while let Some(shorter) = without_prefix(name) {
        name = shorter;
    }
    name
}

fn without_prefix(name: &str) -> Option<&str> {
    PREFIXES.iter().find_map(|prefix| {
        let head = name.get(..prefix.len())?;
        let rest = name.get(prefix.len()..)?;
        let bare = rest.trim_start_matches([':', '：', ' ', '/']);
        (head.eq_ignore_ascii_case(prefix) && bare.len() < rest.len()).then_some(bare)
    })
}

fn without_remark(name: &str) -> &str {
    let remark = name
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.rsplit_once(['（', '(']))
        .filter(|(_, remark)| REMARKS.iter().any(|word| remark.contains(word)));
    remark.map_or(name, |(name, _)| name.trim_end())
}

#[cfg(test)]
mod tests {
    use super::names;

    fn of(written: &[&str]) -> Vec<String> {
        let written: Vec<String> = written.iter().map(|&name| name.to_owned()).collect();
        names(&written, "德国之声")
            .into_iter()
            .map(String::from)
            .collect()
    }

    #[test]
    fn what_surrounds_names_goes() {
        assert_eq!(of(&["By Jane Doe", "null 王小明"]), ["Jane Doe", "王小明"]);
        assert_eq!(of(&["作者：李四 （综合报道）"]), ["李四"]);
        assert_eq!(of(&["记者 张三/李四", "文/王五"]), ["张三", "李四", "王五"]);
        assert_eq!(of(&["文山", "记者站"]), ["文山", "记者站"]);
        assert_eq!(
            of(&["null", "undefined", "德国之声", " "]),
            Vec::<String>::new()
        );
    }

    #[test]
    fn lists_are_split_and_repetitions_dropped() {
        assert_eq!(
            of(&["ANN LEE,Ann Lee", "Bo Li and Cy Wu"]),
            ["ANN LEE", "Bo Li", "Cy Wu"]
        );
        assert_eq!(
            of(&["Bo Li, Cy Wu &#38; more", "张三等"]),
            ["Bo Li", "Cy Wu", "张三"]
        );
        assert_eq!(of(&["Sean and Shiba"]), ["Sean and Shiba"]);
        assert_eq!(of(&["A&amp;B"]), ["A&B"]);
        assert_eq!(
            of(&["Ann Lee and Bo Li & Cy Wu and others"]),
            ["Ann Lee", "Bo Li", "Cy Wu"]
        );
        assert_eq!(of(&["Jane Doe and Doe & Sons"]), ["Jane Doe", "Doe & Sons"]);
        assert_eq!(of(&["Bo Li, more", "et al.", "N/A"]), ["Bo Li"]);
        assert_eq!(of(&["Bo Li\nCy Wu"]), ["Bo Li", "Cy Wu"]);
    }

    #[test]
    fn what_is_part_of_a_name_stays_with_it() {
        assert_eq!(
            of(&["Ann Lee, Jr., Bo Li, M.D."]),
            ["Ann Lee, Jr.", "Bo Li, M.D."]
        );
        assert_eq!(of(&["Jr., Bo Li"]), ["Jr.", "Bo Li"]);
        assert_eq!(of(&["Nan Zhang", "Bo null", "nan"]), ["Nan Zhang", "Bo"]);
    }
}

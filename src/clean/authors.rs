//! Who wrote an article.

use super::entities::decoded;
use crate::model::{CleanText, Head};

/// Words before a name that say that it is one. Those in letters need a space or colon after them.
const PREFIXES: [&str; 13] = [
    "by", "von", "par", "作者", "记者", "記者", "撰文", "撰稿", "编译", "編譯", "翻译", "翻譯",
    "文",
];

/// What programs write where they know no name.
const NO_NAMES: [&str; 6] = ["null", "undefined", "none", "nan", "unknown", "n/a"];

/// Words in a remark behind a name that is not part of it: （综合报道）.
const REMARKS: [&str; 10] = [
    "报道", "報道", "报导", "報導", "发自", "發自", "编译", "編譯", "摘编", "综合",
];

/// What stands for further names at the end of a list.
const AND_OTHERS: [&str; 6] = [
    " & more",
    " and more",
    " and others",
    " et al.",
    " et al",
    "等",
];

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

fn names(written: &[String], source: &str) -> Vec<CleanText> {
    let mut names: Vec<CleanText> = Vec::new();
    for line in written {
        let line = CleanText::line(&decoded(line));
        for part in
            without_prefixes(&line).split([',', '，', '、', ';', '；', '/', '／', '|', '｜'])
        {
            for name in separate(part) {
                let name = CleanText::line(bare(name));
                let known = names.iter().any(|other| same(other, &name));
                if !name.is_blank() && !known && !same(&name, source) {
                    names.push(name);
                }
            }
        }
    }
    names
}

/// Splits "Jane Doe and John Doe", but not "Sean and Shiba", which may be one channel's name.
fn separate(part: &str) -> Vec<&str> {
    for conjunction in [" and ", " und ", " & "] {
        let names: Vec<&str> = part.split(conjunction).collect();
        let full = |name: &&str| name.split_whitespace().count() > 1;
        if names.len() > 1 && names.iter().all(full) {
            return names;
        }
    }
    vec![part]
}

/// The name without what stands around it.
fn bare(name: &str) -> &str {
    let name = without_prefixes(without_remark(name.trim()));
    let name = AND_OTHERS
        .iter()
        .find_map(|others| name.strip_suffix(others))
        .unwrap_or(name);
    let nobody = NO_NAMES.iter().any(|word| same(word, name));
    if nobody { "" } else { name }
}

fn without_prefixes(mut name: &str) -> &str {
    while let Some(shorter) = without_prefix(name) {
        name = shorter;
    }
    name
}

fn without_prefix(name: &str) -> Option<&str> {
    if let Some((first, rest)) = name.split_once(' ')
        && NO_NAMES.iter().any(|word| same(word, first))
    {
        return Some(rest.trim_start());
    }
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

fn same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one == other || one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}

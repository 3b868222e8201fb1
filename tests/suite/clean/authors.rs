//! Names of authors, as articles show them.

use crate::understanding::understood;
use offprint::model::{Entry, Head};
use offprint::settings::CleanSettings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) fn authors(written: &str) -> Vec<String> {
    let entry = Entry {
        head: Head {
            authors: vec![written.to_owned()],
            ..Head::default()
        },
        ..Entry::default()
    };
    let article = understood(&entry, &CleanSettings::default())
        .cleaned
        .article;
    article.authors.into_iter().map(String::from).collect()
}

/// Given names, family names, and the words or signs that join the last two of a list.
type People = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

const PEOPLE: &[People] = &[
    (
        &["Jane", "Mary Ann", "J. R."],
        &["Doe", "Story", "O’Neil", "Writer"],
        &[" and ", ", and ", " & ", ", ", "; ", " / "],
    ),
    (
        &["Anna", "Karl"],
        &["Müller", "von Arnim"],
        &[" und ", ", ", "; "],
    ),
    (
        &["Anne", "Jean-Luc"],
        &["Dupont", "de la Tour"],
        &[" et ", ", "],
    ),
    (
        &["Juana", "José"],
        &["Pérez", "García Márquez"],
        &[" y ", ", "],
    ),
    (&["Иван", "Анна"], &["Петров", "Белова"], &[" и ", ", "]),
    (&["Ayşe", "Mehmet"], &["Yılmaz", "Demir"], &[" ve ", ", "]),
    (&["Jan", "Ewa"], &["Kowalski", "Nowak"], &[" i ", ", "]),
    (&["Jan", "Eva"], &["de Vries", "Bakker"], &[" en ", ", "]),
    (&["أحمد", "محمد"], &["علي", "حسن"], &[" و ", " و", "، "]),
    (&["דוד", "משה"], &["כהן", "לוי"], &[" ו", ", "]),
];

fn lists() -> impl Strategy<Value = (Vec<String>, String)> {
    select(PEOPLE).prop_flat_map(|(given, family, joins)| {
        let name =
            (select(given), select(family)).prop_map(|(one, other)| format!("{one} {other}"));
        (vec(name, 1..4), select(joins)).prop_map(|(mut names, join)| {
            let mut known = std::collections::BTreeSet::new();
            names.retain(|name| known.insert(name.clone()));
            let line = names.join(join);
            (names, line)
        })
    })
}

fn chinese() -> impl Strategy<Value = (Vec<String>, String)> {
    let name = ("[王李张陈刘]", "[明华伟芳强]{1,2}").prop_map(|(one, other)| one + &other);
    let joins = select(vec!["、", "，", " ", "和", "与", "/", "；"]);
    (vec(name, 1..4), joins).prop_map(|(mut names, join)| {
        let mut known = std::collections::BTreeSet::new();
        names.retain(|name| known.insert(name.clone()));
        let line = names.join(join);
        (names, line)
    })
}

proptest! {
    #[test]
    fn names_that_are_joined_come_back((names, line) in prop_oneof![lists(), chinese()]) {
        prop_assert_eq!(authors(&line), names.clone(), "{}", line);
        // What was split once stays as it is.
        for name in names {
            prop_assert_eq!(authors(&name), vec![name.clone()]);
        }
    }

    #[test]
    fn a_list_with_semicolons_may_have_family_names_first(
        names in vec(("[A-Z][a-z]{2,8}", "(de |van der |O’)?[A-Z][a-z]{3,9}"), 2..5),
    ) {
        let mut known = std::collections::BTreeSet::new();
        let names: Vec<_> = names.into_iter().filter(|name| known.insert(name.clone())).collect();
        prop_assume!(names.len() > 1);
        let line = names.iter().map(|(given, family)| format!("{family}, {given}"));
        let line = line.collect::<Vec<_>>().join("; ");
        let wanted: Vec<String> =
            names.iter().map(|(given, family)| format!("{given} {family}")).collect();
        prop_assert_eq!(authors(&line), wanted, "{}", line);
    }

    #[test]
    fn the_words_around_names_are_none(
        (names, line) in chinese(),
        role in select(vec!["作者：", "文/", "记者 ", "撰文：", "采访记者："]),
        end in select(vec!["", " | 编辑：赵六", "／台北報導", " 摄影/钱七", " 综合报道"]),
    ) {
        prop_assume!(!line.contains([' ', '/']));
        prop_assert_eq!(authors(&format!("{role}{line}{end}")), names);
    }

    #[test]
    fn an_address_or_handle_is_no_name(
        address in prop_oneof![
            "https?://[a-z]{2,8}\\.[a-z]{2,6}/[a-z.]{0,9}",
            "@[a-z_.]{2,12}",
            "[a-z.]{1,8}[a-z]@[a-z]{2,8}\\.(com|org|ninja)",
            "[a-z][a-z0-9-]{1,8}\\.[a-z]{2,10}(/[a-z]{1,5})?",
        ],
        before in select(vec!["", "Jane Doe "]),
    ) {
        let expected: Vec<String> = before.split_terminator("  ").map(|name| name.trim().to_owned()).collect();
        prop_assert_eq!(authors(&format!("{before}{address}")), expected);
    }

    #[test]
    fn any_line_is_split(line in "\\PC{0,80}") {
        for name in authors(&line) {
            prop_assert!(!name.trim().is_empty());
            prop_assert!(!name.contains("://"), "{}", name);
        }
    }
}

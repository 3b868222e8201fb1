//! Names of authors, as bylines and fields have them.

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

/// Lines that name authors, and the names in them.
const BYLINES: &[(&str, &[&str])] = &[
    ("https://www.facebook.com/ann.writer", &[]),
    ("@ann", &[]),
    ("ann@mail.example", &[]),
    (
        "Jane Doe, MD, and John Roe, PhD",
        &["Jane Doe, MD", "John Roe, PhD"],
    ),
    (
        "Jane Doe, MD and John Roe, Esq.",
        &["Jane Doe, MD", "John Roe, Esq."],
    ),
    ("J. R. Tolk, Jr.", &["J. R. Tolk, Jr."]),
    ("文/张三 编辑/李四", &["张三"]),
    ("图/王五 文/张三", &["张三"]),
    ("責任編輯：李四", &["李四"]),
    ("記者 王小明／台北報導", &["王小明"]),
    ("采访记者： 王小明", &["王小明"]),
    ("洪沙 （采访记者）", &["洪沙"]),
    ("文木 综合报道", &["文木"]),
    ("作者：张三 | 编辑：李四", &["张三"]),
    ("홍길동 기자", &["홍길동"]),
    ("jane@mail.example (Jane Doe)", &["Jane Doe"]),
    ("Jane Doe <jane@mail.example>", &["Jane Doe"]),
    ("<a href=\"/jane\">Jane Doe</a>", &["Jane Doe"]),
    (
        "Por Juana Pérez y Luis Gómez",
        &["Juana Pérez", "Luis Gómez"],
    ),
    ("Por José Ortega y Gasset", &["José Ortega y Gasset"]),
    (
        "Par Anne Dupont et Luc Petit",
        &["Anne Dupont", "Luc Petit"],
    ),
    ("Written by Jane Doe", &["Jane Doe"]),
    (
        "Автор: Иван Петров и Анна Белова",
        &["Иван Петров", "Анна Белова"],
    ),
    ("张三和李四", &["张三", "李四"]),
    ("李和平", &["李和平"]),
    ("Jane Doe / John Roe", &["Jane Doe", "John Roe"]),
    ("O’Neil &amp; Sons", &["O’Neil & Sons"]),
    (
        "Doe, Jane; van der Berg, Jan",
        &["Jane Doe", "Jan van der Berg"],
    ),
    (
        "De la Cruz, María; O’Neil, Shaun; Hrubesch, Xaver K.",
        &["María De la Cruz", "Shaun O’Neil", "Xaver K. Hrubesch"],
    ),
    (
        "Jane Doe, MD; John Roe, Jr.",
        &["Jane Doe, MD", "John Roe, Jr."],
    ),
    ("Doe, Jane and John Roe", &["Jane Doe", "John Roe"]),
    (
        "Centers for Disease Control and Prevention",
        &["Centers for Disease Control and Prevention"],
    ),
    (
        "Department of Health and Human Services",
        &["Department of Health and Human Services"],
    ),
    ("Von Anna Müller und Bo Meier", &["Anna Müller", "Bo Meier"]),
    ("Ursula von der Leyen", &["Ursula von der Leyen"]),
    ("Text: Anna Müller, Fotos: Bo Meier", &["Anna Müller"]),
    ("admin", &[]),
    ("[[Ann Writer|Ann]], [[Bo Li]]", &["Ann Writer", "Bo Li"]),
    ("张三、李四", &["张三", "李四"]),
    ("Prince, Madonna", &["Madonna Prince"]),
    ("Prince, Madonna, Cher", &["Prince", "Madonna", "Cher"]),
    ("Sean, Anna", &["Sean", "Anna"]),
    ("García Márquez, Gabriel", &["Gabriel García Márquez"]),
    ("Tolk, J. R.", &["J. R. Tolk"]),
    ("Mary Ann Story", &["Mary Ann Story"]),
    ("Jane Doe Reporter", &["Jane Doe"]),
    ("Jane Doe, Editor", &["Jane Doe"]),
    ("ann.ninja", &[]),
    ("Jane Doe ann.co.uk/jane", &["Jane Doe"]),
    ("Example.COM", &[]),
    ("J.K.Rowling", &["J.K.Rowling"]),
    ("记者王小明／高雄報導", &["王小明"]),
    ("記者 王小明 台北報導", &["王小明"]),
    ("张三 李四", &["张三", "李四"]),
    ("山田 太郎", &["山田 太郎"]),
    ("홍길동 김철수 기자", &["홍길동", "김철수"]),
    ("도널드 트럼프", &["도널드 트럼프"]),
    ("أحمد علي ومحمد حسن", &["أحمد علي", "محمد حسن"]),
    ("محمد أحمد وليد حسن", &["محمد أحمد وليد حسن"]),
    ("דוד כהן ומשה לוי", &["דוד כהן", "משה לוי"]),
    ("Jane Doe, Berlin", &["Jane Doe"]),
    (
        "Hans Müller, Karl Meier, Wien",
        &["Hans Müller", "Karl Meier"],
    ),
    ("张三，北京", &["张三"]),
    ("Berlin, Irving", &["Irving Berlin"]),
    ("London", &["London"]),
    ("文 | 张三 编辑 | 李四", &["张三"]),
    ("张三（采访记者） 李四（编辑）", &["张三"]),
    ("张三丨李四", &["张三", "李四"]),
    ("张三 & 李四", &["张三", "李四"]),
    ("原创 张三", &["张三"]),
    ("作者：[美]保罗·克鲁格曼 译者：张三", &["保罗·克鲁格曼"]),
    ("译者：李四 校对：王五", &["李四"]),
    ("Jane Doe, translated by John Roe", &["Jane Doe"]),
    ("Ada Keeper, traduit par Luc Petit", &["Ada Keeper"]),
    ("Jane Doe, MBA, CFA", &["Jane Doe, MBA, CFA"]),
    ("Jane Doe + John Roe", &["Jane Doe", "John Roe"]),
    ("[서울신문 김철수 기자]", &["김철수"]),
];

#[test]
fn each_form_of_a_byline_gives_its_names() {
    for (written, expected) in BYLINES {
        assert_eq!(of(&[written]), *expected, "{written}");
    }
}

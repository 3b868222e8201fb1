//! Names among the roles, works, agencies and signs that bylines hold, in the languages of archives.

use super::authors::authors;

fn each(forms: &[(&str, &[&str])]) {
    let wrong: Vec<_> = forms
        .iter()
        .map(|(written, expected)| (*written, authors(written), *expected))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(wrong.is_empty(), "written, found, expected: {wrong:#?}");
}

#[test]
fn case_09_roles_stand_before_names_in_every_language() {
    each(&[
        ("المؤلف: أحمد علي", &["أحمد علي"]),
        ("إعداد: أحمد علي", &["أحمد علي"]),
        ("ترجمة: أحمد علي", &["أحمد علي"]),
        ("Tác giả: Nguyễn Văn An", &["Nguyễn Văn An"]),
        ("Bài: Nguyễn Văn An", &["Nguyễn Văn An"]),
        ("Bài và ảnh: Nguyễn Văn An", &["Nguyễn Văn An"]),
        ("ผู้เขียน: สมชาย ใจดี", &["สมชาย ใจดี"]),
        ("โดย สมชาย ใจดี", &["สมชาย ใจดี"]),
        ("เรื่อง: สมชาย ใจดี", &["สมชาย ใจดี"]),
        ("Geschreven door Jan de Vries", &["Jan de Vries"]),
        ("door onze redacteur Jan de Vries", &["Jan de Vries"]),
        ("Tekst: Jan de Vries, beeld: Piet Bakker", &["Jan de Vries"]),
        ("di Mario Rossi", &["Mario Rossi"]),
        ("a cura di Mario Rossi", &["Mario Rossi"]),
        (
            "Testo di Mario Rossi, foto di Luca Bianchi",
            &["Mario Rossi"],
        ),
        ("Traduzione di Luca Bianchi", &["Luca Bianchi"]),
        ("Redacción: Juan Pérez", &["Juan Pérez"]),
        ("Traducción de Juan Pérez", &["Juan Pérez"]),
        ("De nuestro corresponsal Juan Pérez", &["Juan Pérez"]),
        ("Edição: João Silva", &["João Silva"]),
        ("Texto de João Silva; fotos de Maria Souza", &["João Silva"]),
        ("Reportagem de João Silva", &["João Silva"]),
        ("Propos recueillis par Anne Dupont", &["Anne Dupont"]),
        ("Publié par Anne Dupont", &["Anne Dupont"]),
        ("Traduit par Luc Petit", &["Luc Petit"]),
        ("Texte : Anne Dupont, photos : Luc Petit", &["Anne Dupont"]),
        ("Перевод: Иван Петров", &["Иван Петров"]),
        ("Подготовила Анна Белова", &["Анна Белова"]),
        ("Корреспондент Иван Петров", &["Иван Петров"]),
        ("Текст: Иван Петров. Фото: Анна Белова", &["Иван Петров"]),
        ("Haber: Ahmet Yılmaz", &["Ahmet Yılmaz"]),
        ("Çeviren: Ahmet Yılmaz", &["Ahmet Yılmaz"]),
        (
            "Röportaj: Ahmet Yılmaz - Fotoğraf: Ayşe Demir",
            &["Ahmet Yılmaz"],
        ),
        ("Opracował Jan Kowalski", &["Jan Kowalski"]),
        ("Rozmawiała Ewa Nowak", &["Ewa Nowak"]),
        ("Tłumaczenie: Jan Kowalski", &["Jan Kowalski"]),
        ("Protokoll: Anna Müller", &["Anna Müller"]),
        ("Interview: Anna Müller", &["Anna Müller"]),
        ("Ein Gastbeitrag von Anna Müller", &["Anna Müller"]),
        (
            "Eine Analyse von Anna Müller und Bo Meier",
            &["Anna Müller", "Bo Meier"],
        ),
        ("Text und Fotos: Anna Müller", &["Anna Müller"]),
        ("편집자: 김철수", &["김철수"]),
        ("서울=김철수 기자", &["김철수"]),
        ("(서울=연합뉴스) 김철수 기자", &["김철수"]),
        ("글·사진 김철수", &["김철수"]),
        ("김철수 논설위원", &["김철수"]),
        ("김철수·이영희 기자", &["김철수", "이영희"]),
        ("翻訳：山田太郎", &["山田太郎"]),
        ("取材・文／山田太郎 写真／佐藤花子", &["山田太郎"]),
        ("聞き手・山田太郎", &["山田太郎"]),
        ("山田太郎（ライター）", &["山田太郎"]),
        ("采写/张三", &["张三"]),
        ("实习记者 张三", &["张三"]),
        ("财新记者 张三", &["张三"]),
        ("新华社记者张三、李四", &["张三", "李四"]),
        ("记者张三 通讯员李四", &["张三", "李四"]),
        ("特派記者王小明／華盛頓報導", &["王小明"]),
        ("編譯王小明／綜合外電", &["王小明"]),
        ("中央社記者王小明台北30日電", &["王小明"]),
        ("【记者张三/综合报导】", &["张三"]),
        ("（记者 张三 台北报道）", &["张三"]),
        ("端传媒记者 张三 发自香港", &["张三"]),
        ("文|张三 编辑|李四", &["张三"]),
        ("来源：新华社 作者：张三", &["张三"]),
        ("张三（中国社会科学院研究员）", &["张三"]),
        ("תרגום: דוד כהן", &["דוד כהן"]),
        ("כתב: דוד כהן", &["דוד כהן"]),
        ("Ρεπορτάζ: Γιώργος Παππάς", &["Γιώργος Παππάς"]),
        ("Γράφει ο Γιώργος Παππάς", &["Γιώργος Παππάς"]),
        (
            "Skrivet av Anna Svensson och Per Olsson",
            &["Anna Svensson", "Per Olsson"],
        ),
    ]);
}

#[test]
fn case_09_who_somebody_is_goes_whatever_sets_it_apart() {
    each(&[
        ("Jane Doe, Staff Writer", &["Jane Doe"]),
        ("Jane Doe, Senior Editor", &["Jane Doe"]),
        ("Jane Doe, Editor-in-Chief", &["Jane Doe"]),
        ("Jane Doe – Political correspondent", &["Jane Doe"]),
        ("Jane Doe — Reporter", &["Jane Doe"]),
        ("Jane Doe (Photographer), John Roe", &["John Roe"]),
        (
            "Jane Doe, Associate Professor of History, Oxford University",
            &["Jane Doe"],
        ),
        ("Par Anne Dupont, correspondante à Berlin", &["Anne Dupont"]),
        ("Por Juan Pérez, enviado especial", &["Juan Pérez"]),
        ("Иван Петров, корреспондент", &["Иван Петров"]),
        ("Ann Writer<span>Correspondent</span>", &["Ann Writer"]),
        (
            "<a>Ann Writer</a><a>Bo Ladder</a>",
            &["Ann Writer", "Bo Ladder"],
        ),
        ("Reporting by Jane Doe; Editing by John Roe", &["Jane Doe"]),
        (
            "Reporting by Jane Doe in Paris and Bo Li in Rome; Editing by John Roe",
            &["Jane Doe", "Bo Li"],
        ),
        ("Words by Jane Doe, photographs by John Roe", &["Jane Doe"]),
        ("Photo essay by Jane Doe", &["Jane Doe"]),
        (
            "Von Anna Müller (Text) und Peter Schmidt (Fotos)",
            &["Anna Müller"],
        ),
        ("Иван Петров.", &["Иван Петров"]),
        ("John Roe, Jr.", &["John Roe, Jr."]),
        ("Jane Doe, M.D.", &["Jane Doe, M.D."]),
        ("Ann Writer and agencies", &["Ann Writer"]),
        (
            "Ann Writer, Bo Ladder and agencies",
            &["Ann Writer", "Bo Ladder"],
        ),
        ("Anne Dupont avec AFP", &["Anne Dupont"]),
        ("Anna Müller mit dpa", &["Anna Müller"]),
        ("Ann Writer (Reuters)", &["Ann Writer"]),
        ("AFP", &["AFP"]),
        ("Johnson & Johnson, Inc.", &["Johnson & Johnson, Inc."]),
        ("Müller & Söhne GmbH", &["Müller & Söhne GmbH"]),
        ("Ann Writer, Bo Ladder", &["Ann Writer", "Bo Ladder"]),
        (
            "Mary Ann Story, Fritz Haber",
            &["Mary Ann Story", "Fritz Haber"],
        ),
        ("Art de Vries", &["Art de Vries"]),
        ("Theo Jansen", &["Theo Jansen"]),
    ]);
}

#[test]
fn a_family_name_comes_first_where_a_comma_follows_it_alone() {
    each(&[
        ("Keeper, Ada", &["Ada Keeper"]),
        ("O'Brien, Conan", &["Conan O'Brien"]),
        ("Yılmaz, Ahmet", &["Ahmet Yılmaz"]),
        ("Løvås-Berg, Åse", &["Åse Løvås-Berg"]),
        ("Doe, Jane and Roe, John", &["Jane Doe", "John Roe"]),
        ("Keeper, Ada & Ladder, Bo", &["Ada Keeper", "Bo Ladder"]),
        ("Dupont, Anne et Petit, Luc", &["Anne Dupont", "Luc Petit"]),
        ("King, Martin Luther, Jr.", &["Martin Luther King, Jr."]),
        ("Sean, Anna", &["Sean", "Anna"]),
        ("Reuters, AFP", &["Reuters", "AFP"]),
        ("Keeper, Ladder, Roe", &["Keeper", "Ladder", "Roe"]),
        ("Keeper, Reporter", &["Keeper"]),
        ("张三, 李四", &["张三", "李四"]),
        ("김철수, 이영희", &["김철수", "이영희"]),
    ]);
}

#[test]
fn a_long_line_is_split_in_time() {
    for line in [
        "a,bc,".repeat(100_000),
        "aB<b>".repeat(100_000),
        "[[".repeat(200_000),
        "and ".repeat(100_000),
        "文 ".repeat(100_000),
        "记者".repeat(100_000),
        "a: ".repeat(100_000),
        "aB<b>by ".repeat(480),
        "记者 张, ".repeat(300),
    ] {
        let begun = std::time::Instant::now();
        let _ = authors(&line);
        let shown: String = line.chars().take(12).collect();
        assert!(
            begun.elapsed().as_secs() < 20,
            "{shown}: {:?}",
            begun.elapsed()
        );
    }
}

//! Formulas of which only what is seen is there.

use super::{clean, sketch};

fn entry(top: &str, inside: &str) -> String {
    format!("<span style='top:{top}em;'><span class=pstrut></span>{inside}</span>")
}

fn list(entries: &[String], has_depth: bool) -> String {
    let depth = if has_depth { " vlist-t2" } else { "" };
    format!(
        "<span class='vlist-t{depth}'><span class=vlist-r><span class=vlist>{}</span>\
         <span class=vlist-s>\u{200b}</span></span></span>",
        entries.concat()
    )
}

/// A formula as KaTeX sets it without MathML, in the line.
fn katex(inside: &str) -> String {
    format!(
        "<p>a <span class=katex><span class=katex-html aria-hidden=true><span class=base>\
         <span class=strut></span>{inside}</span></span></span> b</p>"
    )
}

/// What is written of markup in books.
fn markup(html: &str) -> String {
    let article = clean(html);
    super::properties::rendered(&article)
}

fn letter(letter: &str) -> String {
    format!("<span class='mord mathnormal'>{letter}</span>")
}

#[test]
fn katex_without_mathml_keeps_what_stands_above_what() {
    let small = |inside: &str| format!("<span class='sizing size3 mtight'>{inside}</span>");
    let above = |inside: &str| {
        let entry = entry("-3.063", &small(inside));
        format!("<span class=msupsub>{}</span>", list(&[entry], false))
    };
    let below = |inside: &str| {
        let entry = entry("-2.55", &small(inside));
        format!("<span class=msupsub>{}</span>", list(&[entry], true))
    };
    let both = format!(
        "<span class=msupsub>{}</span>",
        list(
            &[entry("-2.45", &small("1")), entry("-3.11", &small("2"))],
            true
        )
    );
    let power = format!("<span class=mord>{}{}</span>", letter("x"), above("2"));
    let line = "<span class=frac-line></span>";
    let fraction = |line: &str| {
        let entries = [
            entry("-2.655", &small(&letter("q"))),
            entry("-3.23", line),
            entry(
                "-3.394",
                &small(&format!("1<span class=mbin>+</span>{}", letter("p"))),
            ),
        ];
        format!(
            "<span class=mord><span class=mfrac>{}</span></span>",
            list(&entries, true)
        )
    };
    let root = format!(
        "<span class='mord sqrt'><span class=root>{}</span>{}</span>",
        list(&[entry("-2.8", "<span class=mord>3</span>")], false),
        list(
            &[
                format!(
                    "<span class=svg-align style=top:-3em>{}</span>",
                    letter("y")
                ),
                entry(
                    "-2.7",
                    "<span class=hide-tail><svg><path d='M0 0h1'/></svg></span>"
                ),
            ],
            true
        )
    );
    let sum = format!(
        "<span class='mop op-limits'>{}</span>",
        list(
            &[
                entry(
                    "-1.8",
                    &small(&format!("{}<span class=mrel>=</span>1", letter("n")))
                ),
                entry("-3.05", "<span><span class='mop op-symbol'>∑</span></span>"),
                entry("-4.3", &small(&letter("N"))),
            ],
            true
        )
    );
    let hat = format!(
        "<span class='mord accent'>{}</span>",
        list(
            &[
                entry("-3", &letter("a")),
                entry(
                    "-3",
                    "<span class=accent-body><span class=mord>^</span></span>"
                ),
            ],
            false
        )
    );
    let column = |cells: [&str; 2]| {
        let cells = [entry("-3.6", cells[0]), entry("-2.4", cells[1])];
        format!("<span class=col-align-c>{}</span>", list(&cells, true))
    };
    let matrix = format!(
        "<span class=minner><span class='mopen delimcenter'><span class='delimsizing size3'>(</span></span>\
         <span class=mtable>{}<span class=arraycolsep></span>{}</span>\
         <span class=mclose>)</span></span>",
        column(["5", "1"]),
        column(["0", "7"])
    );
    let not = "<span class=mrel><span class=mrel><span class=mord>\u{e020}</span></span>\
               <span class='mspace nobreak'></span><span class=mrel>=</span></span>";
    for (inside, line) in [
        (power.clone(), "x^2"),
        (
            format!(
                "<span class=mord>1</span><span class=mord>0{}</span>",
                above("12")
            ),
            "10^12",
        ),
        (
            format!("<span class=mord>{}{}</span>", letter("x"), below("i")),
            "x_i",
        ),
        (
            format!("<span class=mord>{}{both}</span>", letter("x")),
            "x_1^2",
        ),
        (
            format!("<span class=mord>2{}</span>", above(&power)),
            "2^(x^2)",
        ),
        (fraction(line), "(1 + p)/q"),
        (fraction(""), "(1 + p) over q"),
        (root, "∛y"),
        (sum, "∑_(n = 1)^N"),
        (hat, "a\u{302}"),
        (matrix, "[5 0; 1 7]"),
        (format!("{}{not}{}", letter("b"), letter("c")), "b ≠ c"),
        (
            format!(
                "<span class=mop>sin</span><span class=mspace></span>{}",
                letter("x")
            ),
            "sin x",
        ),
        (
            "<span class='mord text'><span class=mord>if so</span></span>".to_owned(),
            "if so",
        ),
        ("<span class='mord mathbb'>R</span>".to_owned(), "ℝ"),
    ] {
        for classes in [
            inside.clone(),
            inside.replace("class=root", "class=katex-root"),
        ] {
            let html = katex(&classes);
            assert_eq!(sketch(&html), format!("p a ⟦{line}⟧ b"), "{html}");
            assert!(clean(&html).warnings.is_empty());
        }
    }
}

#[test]
fn katex_whose_mathml_a_program_took_the_tags_of_is_told_once() {
    let html = katex(&letter("d")).replace(
        "<span class=katex-html",
        "<span class=katex-mathml>dd\\text{d}</span><span class=katex-html",
    );
    assert_eq!(sketch(&html), "p a ⟦d⟧ b");
}

#[test]
fn mathjax_in_html_tells_its_formula() {
    let c = |code: &str| format!("<mjx-c class='mjx-c{code} TEX-I'></mjx-c>");
    let mi = |code: &str| format!("<mjx-mi class=mjx-i>{}</mjx-mi>", c(code));
    let mn = |code: &str| format!("<mjx-mn class=mjx-n>{}</mjx-mn>", c(code));
    let (x, n, two) = (mi("1D465"), mi("1D45B"), mn("32"));
    let row = format!(
        "<mjx-TeXAtom size=s>{n}<mjx-mo>{}</mjx-mo>{}</mjx-TeXAtom>",
        c("3D"),
        mn("31")
    );
    let sum = format!("<mjx-mo>{}</mjx-mo>", c("2211"));
    for (inside, line) in [
        (
            format!("<mjx-msup>{x}<mjx-script>{two}</mjx-script></mjx-msup>"),
            "x^2",
        ),
        (
            format!("<mjx-msub>{x}<mjx-script>{row}</mjx-script></mjx-msub>"),
            "x_(n = 1)",
        ),
        (
            format!(
                "<mjx-msubsup>{x}<mjx-script>{two}<mjx-spacer></mjx-spacer>{n}</mjx-script></mjx-msubsup>"
            ),
            "x_n^2",
        ),
        (
            format!(
                "<mjx-munderover><mjx-over>{two}</mjx-over><mjx-box><mjx-munder><mjx-row><mjx-base>{sum}</mjx-base>\
                 </mjx-row><mjx-row><mjx-under>{row}</mjx-under></mjx-row></mjx-munder></mjx-box></mjx-munderover>"
            ),
            "∑_(n = 1)^2",
        ),
        (
            format!(
                "<mjx-mfrac><mjx-frac><mjx-num><mjx-nstrut></mjx-nstrut>{x}</mjx-num><mjx-dbox><mjx-dtable>\
                 <mjx-line></mjx-line><mjx-row><mjx-den><mjx-dstrut></mjx-dstrut>{two}</mjx-den></mjx-row>\
                 </mjx-dtable></mjx-dbox></mjx-frac></mjx-mfrac>"
            ),
            "x/2",
        ),
        (
            format!(
                "<mjx-msqrt><mjx-sqrt><mjx-surd><mjx-mo>{}</mjx-mo></mjx-surd><mjx-box>{x}</mjx-box></mjx-sqrt></mjx-msqrt>",
                c("221A")
            ),
            "√x",
        ),
        (
            format!(
                "<mjx-mroot><mjx-sqrt><mjx-root>{n}</mjx-root><mjx-surd><mjx-mo>{}</mjx-mo></mjx-surd>\
                 <mjx-box>{x}</mjx-box></mjx-sqrt></mjx-mroot>",
                c("221A")
            ),
            "x^(1/n)",
        ),
        (
            format!(
                "<mjx-mtable><mjx-table><mjx-itable><mjx-mtr><mjx-mtd>{x}</mjx-mtd><mjx-mtd>{n}</mjx-mtd></mjx-mtr>\
                 <mjx-mtr><mjx-mtd>{two}</mjx-mtd><mjx-mtd>{x}</mjx-mtd></mjx-mtr></mjx-itable></mjx-table></mjx-mtable>"
            ),
            "x n; 2 x",
        ),
        (format!("<mjx-mi>{}</mjx-mi>", c("1D6FC")), "α"),
    ] {
        let html = format!(
            "<p>a <mjx-container class=MathJax jax=CHTML><mjx-math class=MJX-TEX aria-hidden=true>{inside}</mjx-math>\
             </mjx-container> b</p>"
        );
        assert_eq!(sketch(&html), format!("p a ⟦{line}⟧ b"), "{html}");
    }
    let latex = "<p>a <mjx-container class=MathJax><mjx-math data-latex='x^2'><mjx-mi data-latex=x>?</mjx-mi></mjx-math>\
                 </mjx-container> b</p>";
    assert_eq!(sketch(latex), "p a ⟦x^2⟧ b");
}

#[test]
fn mathjax_2_in_html_tells_its_formula() {
    let char = |text: &str| {
        format!("<span class='mjx-mi'><span class='mjx-char MJXc-TeX-math-I'>{text}</span></span>")
    };
    let common = format!(
        "<p>a <span class=mjx-chtml><span class=mjx-math aria-label='x'><span class=mjx-mrow>\
         <span class=mjx-msubsup><span class=mjx-base>{}</span><span class=mjx-sup>{}</span></span>\
         <span class=mjx-mfrac><span class=mjx-box><span class=mjx-numerator>{}</span>\
         <span class=mjx-denominator>{}</span></span></span></span></span></span> b</p>",
        char("x"),
        char("n"),
        char("p"),
        char("q")
    );
    assert_eq!(sketch(&common), "p a ⟦x^n(p/q)⟧ b");
    let set = |top: &str, kind: &str, text: &str| {
        format!(
            "<span style='position: absolute; top: {top}em; left: 0em;'><span class={kind}>{text}</span></span>"
        )
    };
    let html = |script: &str| {
        format!(
            "<p>a <span class=MathJax><nobr aria-hidden=true><span class=math><span class=mrow>\
             <span class=msubsup><span style='display: inline-block; position: relative;'>{}{script}</span></span>\
             </span></span></nobr></span> b</p>",
            set("-3.98", "mi", "x")
        )
    };
    assert_eq!(sketch(&html(&set("-4.35", "mn", "2"))), "p a ⟦x^2⟧ b");
    assert_eq!(sketch(&html(&set("-3.83", "mn", "2"))), "p a ⟦x_2⟧ b");
}

#[test]
fn tex_in_the_text_is_a_formula_where_the_page_sets_it() {
    let scripts = [
        "<script src='https://cdn.example/mathjax@3/es5/tex-mml-chtml.js'></script>",
        "<script defer src='/contrib/auto-render.min.js'></script>",
        "<script type='text/x-mathjax-config'>MathJax.Hub.Config({});</script>",
    ];
    let text = "<p>The depth \\(d=kt^2\\) and $5 or $6.</p><p>So</p><p>$$a&lt;b$$</p><p><code>\\(x\\)</code></p>";
    let shown = "p The depth ⟦d = kt^2⟧ and $5 or $6.\np So\nformula a < b\np `\\(x\\)`";
    for script in scripts {
        assert_eq!(sketch(&format!("{script}{text}")), shown, "{script}");
    }
    let plain = "p The depth \\(d=kt^2\\) and $5 or $6.\np So\np $$a<b$$\np `\\(x\\)`";
    assert_eq!(sketch(text), plain);
    let dollars =
        "<script>window.MathJax = {tex: {inlineMath: [['$', '$'], ['\\\\(', '\\\\)']]}};</script>";
    assert_eq!(
        sketch(&format!(
            "{dollars}<p>It costs $5 or $6, and $x^2$ is $y$. \\(z</p>"
        )),
        "p It costs $5 or $6, and ⟦x^2⟧ is ⟦y⟧. \\(z"
    );
}

#[test]
fn accents_that_katex_draws_are_read_by_their_outlines() {
    let drawn = |fit: &str, outline: &str| {
        format!(
            "<span style='top:-3.69em;' class=svg-align><span class=pstrut></span><span style='height:0.3em;'>\
             <svg viewBox='0 0 2364 300' preserveAspectRatio='{fit}'><path d='{outline}'/></svg></span></span>"
        )
    };
    for (fit, outline, sign) in [
        (
            "none",
            "M1181 0h2l1171 176c6 0 10 5 10 11l-2 23c-1 6-5 10",
            "^",
        ),
        ("none", "M529 0h5l519 115c5 1 9 5 9 10", "^"),
        ("none", "M529 159h5l519-115c5-1 9-5 9-10", "ˇ"),
        ("none", "M200 55.538c-77 0-168 73.953-177 73.953-3 0-7", "~"),
        ("xMaxYMin slice", "M0 241v40h399891c-47.3 35.3", "→"),
        ("xMinYMin slice", "M400000 241H110l3-3c68.7-52.7", "←"),
    ] {
        let base = entry("-3", &letter("ab"));
        let accent = list(&[base, drawn(fit, outline)], false);
        let found = markup(&katex(&format!(
            "<span class='mord accent'>{accent}</span>"
        )));
        let accented = found.contains("<mover") && found.contains(&format!(">{sign}</mo></mover>"));
        assert!(accented, "{found}");
    }
}

#[test]
fn braces_that_katex_draws_are_kept() {
    for (class, sign) in [("munder", "⏟"), ("mover", "⏞")] {
        let brace = "<span class=svg-align style='top:-2.2em;'><span class=pstrut></span><span class=stretchy>\
                     <span class=brace-left><svg></svg></span><span class=brace-center><svg></svg></span>\
                     <span class=brace-right><svg></svg></span></span></span>";
        let inner = list(&[entry("-3", &letter("a")), brace.to_owned()], true);
        let found = markup(&katex(&format!(
            "<span class='minner {class}'>{inner}</span>"
        )));
        assert!(found.contains(sign), "{found}");
    }
}

#[test]
fn braces_of_pieces_are_one_sign() {
    for (pieces, sign) in [("E152 E153 E156 5C 45", "⏟"), ("E150 E151 E154", "⏞")] {
        let uses: String = pieces
            .split(' ')
            .map(|code| format!("<use data-c={code} xlink:href='#g'/>"))
            .collect();
        let html = format!(
            "<p>a <mjx-container jax=SVG><svg><g data-mml-node=math><g data-mml-node=munder>\
             <g data-mml-node=mi><use data-c=1D44E xlink:href='#g'/></g><g data-mml-node=mo>{uses}</g>\
             </g></g></svg></mjx-container> b</p>"
        );
        let found = markup(&html);
        assert!(found.contains(sign) && !found.contains('\\'), "{found}");
    }
}

#[test]
fn fractions_that_wikis_set_with_styles_stay_fractions() {
    for (html, wanted) in [
        (
            "<span class=sfrac>\u{2060}<span class=tion><span class=num>5</span><span class=sr-only>/</span><span class=den>6</span></span>\u{2060}</span>",
            "5/6",
        ),
        (
            "<span class=sfrac>1<span class=sr-only>+</span><span class=tion><span class=num>1</span><span class=sr-only>/</span><span class=den>2</span></span></span>",
            "1/2",
        ),
    ] {
        let found = sketch(&format!("<p>a {html} b</p>"));
        let text = clean(&format!("<p>a {html} b</p>")).blocks.plain_text();
        assert!(text.contains(wanted), "{found}: {text}");
    }
}

#[test]
fn formulas_in_another_notation_stay_as_they_are_written() {
    let found = sketch("<p>a <script type='math/asciimath'>x^2 + sqrt(y)</script> b</p>");
    assert_eq!(found, "p a x^2 + sqrt(y) b");
}

#[test]
fn a_line_above_is_a_part_of_mathml_that_readers_draw() {
    let markup =
        markup("<p>a <math><menclose notation='top'><mi>A</mi><mi>B</mi></menclose></math> b</p>");
    assert!(markup.contains("<mover"), "{markup}");
    assert!(!markup.contains("menclose"), "{markup}");
}

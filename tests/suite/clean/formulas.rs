//! Formulas: of all that programs write for one, one is kept, and a line of it means the same.

use super::properties::rendered;
use super::{clean, sketch};
use offprint::model::{Block, Formula, Inline};

/// The only formula of a text.
fn only(html: &str) -> Formula {
    let text = clean(html);
    let found: Vec<Formula> = text
        .blocks
        .blocks()
        .iter()
        .flat_map(|block| match block {
            Block::Formula(formula) => vec![formula.clone()],
            block => {
                let line = block.line().unwrap_or_default().iter();
                line.filter_map(|inline| match inline {
                    Inline::Formula(formula) => Some(formula.clone()),
                    _ => None,
                })
                .collect()
            }
        })
        .collect();
    assert_eq!(found.len(), 1, "{html}: {:?}", text.blocks.blocks());
    found.into_iter().next().unwrap()
}

fn linear(inside: &str) -> String {
    only(&format!("<p>a <math>{inside}</math> b</p>")).linear()
}

#[test]
fn one_of_several_copies_is_kept_whatever_made_them() {
    let math = "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mrow><mi>d</mi><mo>=</mo><mi>k</mi>\
                <msup><mi>t</mi><mn>2</mn></msup></mrow><annotation encoding='application/x-tex'>d=kt^2</annotation>\
                </semantics></math>";
    let bare = "<math><mi>d</mi><mo>=</mo><mi>k</mi><msup><mi>t</mi><mn>2</mn></msup></math>";
    let seen = "<span class=mord>d</span><span>=</span><span>k</span><span>t</span><span>2</span>";
    let script = "<script type='math/tex' id=MathJax-Element-1>d=kt^2</script>";
    let escaped = bare.replace('<', "&lt;");
    for copies in [
        // KaTeX
        format!(
            "<span class=katex><span class=katex-mathml>{math}</span>\
             <span class=katex-html aria-hidden=true>{seen}</span></span>"
        ),
        // MathJax 2
        format!(
            "<span class=MathJax_Preview>d = kt2</span><span class=MathJax id=M-Frame role=presentation>\
             <nobr aria-hidden=true>{seen}</nobr><span class=MJX_Assistive_MathML>{bare}</span></span>{script}"
        ),
        format!(
            "<span class='MathJax_Preview' style='color: inherit;'></span>\
             <span class=MathJax_SVG data-mathml=\"{escaped}\" role=presentation>\
             <svg><g><use xlink:href='#a'></use></g></svg></span>{script}"
        ),
        format!("<span class=mjx-chtml><span class=mjx-math>{seen}</span></span>\n{script}"),
        format!("<span class=MathJax_Preview>[math]</span>{script}"),
        script.to_owned(),
        "<script type='math/tex'>% <![CDATA[\nd=kt^2 %]]></script>".to_owned(),
        // MathJax 3
        format!(
            "<mjx-container class=MathJax jax=CHTML><mjx-math aria-hidden=true>{seen}</mjx-math>\
             <mjx-assistive-mml unselectable=on display=inline>{bare}</mjx-assistive-mml></mjx-container>"
        ),
        // MediaWiki
        format!(
            "<span class=mwe-math-element><span class='mwe-math-mathml-inline mwe-math-mathml-a11y' \
             style='display: none;'>{math}</span><img src=/f1.png class=mwe-math-fallback-image-inline \
             aria-hidden=true alt='{{\\displaystyle d=kt^2}}'></span>"
        ),
        // Temml, and MathML as it is
        math.to_owned(),
        bare.to_owned(),
        // Pandoc, PyMdown, Hugo, GitHub: the TeX for a script
        "<span class='math inline'>\\(d=kt^2\\)</span>".to_owned(),
        "<span class=arithmatex>\\(d=kt^2\\)</span>".to_owned(),
        "<math-renderer class=js-inline-math>$d=kt^2$</math-renderer>".to_owned(),
        "<code class='language-math math-inline'>$d=kt^2$</code>".to_owned(),
        // A copy that no program is known for
        format!("<span>{bare}<img aria-hidden=true src=/f.png alt='d = kt'></span>"),
    ] {
        let html = format!("<p>the depth is {copies} metres.</p>");
        assert_eq!(
            sketch(&html),
            "p the depth is ⟦d = kt^2⟧ metres.",
            "{copies}"
        );
        assert!(clean(&html).warnings.is_empty(), "{copies}");
    }
}

#[test]
fn formulas_on_a_line_of_their_own_stand_alone() {
    let math = "<math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>";
    for alone in [
        format!("<span class=katex-display><span class=katex>{math}</span></span>"),
        format!("<div class=MathJax_Display><span class=MathJax>{math}</span></div>"),
        format!("<mjx-container display=true>{math}</mjx-container>"),
        math.replace("<math", "<math display=block"),
        "<script type='math/tex; mode=display'>a<b</script>".to_owned(),
        "<span class='math display'>\\[a&lt;b\\]</span>".to_owned(),
        "<div class=kdmath>$$ a&lt;b $$</div>".to_owned(),
        "<div class=latex-rendered data-attrs='{\"persistentExpression\":\"a &lt; b\",\"id\":\"X\"}'></div>"
            .to_owned(),
    ] {
        assert_eq!(
            sketch(&format!("<p>so</p>{alone}<p>then</p>")),
            "p so\nformula a < b\np then",
            "{alone}"
        );
    }
}

#[test]
fn a_line_means_what_the_formula_means() {
    let cases = [
        (
            "<mi>r</mi><mo>=</mo><mfrac><mrow><mi>p</mi><mo>+</mo><msqrt><mrow><mi>q</mi><mo>+</mo><mn>1</mn>\
             </mrow></msqrt></mrow><mrow><mn>3</mn><mi>u</mi></mrow></mfrac>",
            "r = (p + √(q + 1))/(3u)",
        ),
        (
            "<mo>(</mo><mtable><mtr><mtd><mn>5</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>1</mn></mtd>\
             <mtd><mn>7</mn></mtd></mtr></mtable><mo>)</mo>",
            "[5 0; 1 7]",
        ),
        (
            "<msup><mn>2</mn><msup><mn>3</mn><mn>4</mn></msup></msup>",
            "2^(3^4)",
        ),
        (
            "<msup><msup><mn>2</mn><mn>3</mn></msup><mn>4</mn></msup>",
            "(2^3)^4",
        ),
        ("<msup><mn>2</mn><mn>34</mn></msup>", "2^34"),
        (
            "<munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover>\
             <msub><mi>a</mi><mi>n</mi></msub>",
            "∑_(n = 1)^N a_n",
        ),
        (
            "<mroot><mrow><mi>x</mi><mo>−</mo><mn>1</mn></mrow><mn>3</mn></mroot>",
            "∛(x − 1)",
        ),
        ("<mroot><mi>x</mi><mi>n</mi></mroot>", "x^(1/n)"),
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2(1/2)"),
        (
            "<mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi></mfrac>",
            "(a/b)/c",
        ),
        ("<msup><mn>2</mn><mn>3</mn></msup><mn>4</mn>", "2^3 4"),
        ("<mo>−</mo><mi>x</mi><mo>−</mo><mn>1</mn>", "−x − 1"),
        (
            "<mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>",
            "f(x, y)",
        ),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", "sin x"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", "v\u{20D7}"),
        (
            "<mrow><mo>(</mo><mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>",
            "(n over k)",
        ),
        (
            "<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>",
            "_6^14C",
        ),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mi mathvariant='double-struck'>R</mi>", "ℝ"),
        (
            "<mfrac><mn>1</mn><msup><mi>n</mi><mn>2</mn></msup></mfrac>",
            "1/n^2",
        ),
        (
            "<mtable displaystyle=true><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr>\
             <mtr><mtd></mtd><mtd><mo>=</mo><mi>c</mi></mtd></mtr></mtable>",
            "a = b; =c",
        ),
        (
            "<mi>x</mi><mspace width='.2em'/><mi>d</mi><mi>x</mi>",
            "x dx",
        ),
        ("<munder><mi>a</mi><mo>⏟</mo></munder>", "a"),
    ];
    for (inside, line) in cases {
        assert_eq!(linear(inside), line, "{inside}");
    }
}

#[test]
fn scripts_keep_their_nesting() {
    assert_eq!(
        sketch(
            "<p>2<sup>3<sup>4</sup></sup> &gt; 2<sup>34</sup>, x<sub>i<sub>0</sub></sub><sup><sup>1</sup></sup></p>"
        ),
        "p 2^3^4^^ > 2^34^, x~i~0~~^1^"
    );
}

#[test]
fn a_drawing_tells_its_formula() {
    let node = |kind: &str, inside: &str| format!("<g data-mml-node={kind}>{inside}</g>");
    let letter = |code: &str| format!("<use data-c={code} xlink:href='#g'></use>");
    let drawn = format!(
        "<p>A <mjx-container class=MathJax jax=SVG><svg><defs><path id=g d=M0></path></defs><g>{}</g></svg>\
         </mjx-container> b.</p>",
        node(
            "math",
            &node(
                "msubsup",
                &[
                    node("mi", &letter("1D465")),
                    node("mn", &letter("32")),
                    node("TeXAtom", &node("mi", &letter("1D458"))),
                ]
                .concat()
            )
        )
    );
    assert_eq!(sketch(&drawn), "p A ⟦x_k^2⟧ b.");
}

#[test]
fn a_picture_of_a_formula_stands_in_the_line() {
    for picture in [
        "<img class=latex alt='x^2' src=/latex.php?latex=x>",
        "<span class=mwe-math-element><img class=mwe-math-fallback-image-inline alt='x^2' src=/f.png></span>",
        "<img class=tex alt='x^2' src=/f.png>",
    ] {
        let text = clean(&format!("<p>a {picture} b</p>"));
        let [Block::Paragraph(line)] = text.blocks.blocks() else {
            panic!("{picture}: {:?}", text.blocks.blocks());
        };
        assert!(
            matches!(&line[1], Inline::Image(image) if image.alternative.as_str() == "x^2"),
            "{picture}"
        );
    }
}

#[test]
fn tex_is_kept_with_the_formula_and_without_one() {
    let formula = only(
        "<p>a <math alttext='{\\displaystyle \\frac{1}{2}}'><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>",
    );
    assert_eq!(formula.alternative(), "\\frac{1}{2}");
    assert_eq!(formula.linear(), "1/2");
    let told = clean("<p>a <script type='math/tex'>\\nosuchcommand{x}</script> b</p>");
    assert_eq!(told.blocks.plain_text(), "a \\nosuchcommand{x} b");
    assert_eq!(told.warnings[0].code.name(), "formula-flattened");
}

#[test]
fn nothing_in_a_formula_runs_and_no_size_hurts() {
    let hostile = clean(
        "<p><math onclick=x href='javascript:x' style='color:red'><mi id=a class=b onclick=x \
         mathvariant='bold' mathcolor='url(x)'>x</mi><mspace width='1em;x' height='2px'/>\
         <mo lspace='expression(1)'>+</mo><maction actiontype=toggle><mi>y</mi><mi>z</mi></maction></math></p>",
    );
    let written = rendered(&hostile);
    assert_eq!(
        written,
        "<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x + y\"><mi mathvariant=\"bold\">x</mi>\
         <mspace height=\"2px\"></mspace><mo>+</mo><mi>y</mi></math></p>\n"
    );
    for (open, close) in [
        ("<msqrt>", "</msqrt>"),
        ("<mrow>", "</mrow>"),
        ("<msup>", "</msup>"),
    ] {
        let deep = format!(
            "<p><math>{}<mi>x</mi>{}</math></p>",
            open.repeat(900),
            close.repeat(900)
        );
        assert!(clean(&deep).blocks.plain_text().contains('x'));
    }
    for piece in [
        "{",
        "\\sqrt",
        "\\frac",
        "^{",
        "\\left(",
        "\\begin{matrix}",
        "x^",
        "\\not",
        "&",
    ] {
        let tex = piece.repeat(4_900 / piece.len());
        clean(&format!("<p><script type='math/tex'>{tex}</script>x</p>"));
    }
}

#[test]
fn what_was_written_of_a_formula_gives_it_again() {
    let once = clean(
        "<p>a <math alttext='y'><mfrac><mrow><mi>p</mi></mrow><mrow/></mfrac><mtable columnalign='right left'>\
         <mtr><mtd><mi>a</mi></mtd></mtr></mtable><mmultiscripts><mi>X</mi><none/><mi>a</mi><mprescripts/>\
         <mi>b</mi><none/></mmultiscripts></math> b</p><math display=block><mtext> if  x </mtext><mi></mi></math>",
    );
    let again = clean(&rendered(&once));
    assert_eq!(once.blocks, again.blocks);
}

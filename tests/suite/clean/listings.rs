//! Listings: as programs that colour code write them, and as people do.

use super::{clean, sketch};

/// What a piece of markup holds, a line for each block.
fn code(html: &str) -> String {
    sketch(html)
}

#[test]
fn code_in_lines_of_verse_has_spaces_like_other_code() {
    for indent in ["\u{a0}\u{a0}", "&nbsp;&nbsp;&nbsp;"] {
        let html = format!("<code><pre class=verse>if\n{indent}a</pre></code>");
        assert!(!code(&html).contains("u{a0}"), "{}", code(&html));
    }
}

#[test]
fn lines_in_any_markup_are_lines_of_code() {
    let text = |markup: &str| code(&format!("<p>x</p>{markup}<p>y</p>"));
    let wanted = "p x\ncode \"if a {\\n    b\\n\\n}\"\np y";
    for markup in [
        "<pre>if a {\n    b\n\n}</pre>",
        "<pre>\nif a {<br>    b<br><br>}</pre>",
        "<pre><code>if a {\r\n    b\r\n\r\n}\r\n</code></pre>",
        "<pre class='prettyprint linenums'><ol class=linenums><li>if a {</li><li>    b</li><li></li><li>}</li></ol></pre>",
        "<pre><ol>\n<li>if a {</li>\n<li>    b</li>\n<li>\n</li>\n<li>}</li>\n</ol></pre>",
        "<pre><code><span class=line>if a {</span>\n<span class=line>    b</span>\n<span class=line></span>\n<span class=line>}</span></code></pre>",
        "<pre><code><span class=line>if a {</span><br><span class=line>    b</span><br><span class=line></span><br><span class=line>}</span><br></code></pre>",
        "<pre><code><span class=line><span class=ln>1</span><span class=cl>if a {\n</span></span><span class=line><span class=ln>2</span><span class=cl>    b\n</span></span><span class=line><span class=ln>3</span><span class=cl>\n</span></span><span class=line><span class=ln>4</span><span class=cl>}</span></span></code></pre>",
        "<pre><div>if a {</div><div>    b</div><div><br></div><div>}</div></pre>",
        "<pre><code><div class=token-line>if a {\n</div><div class=token-line>    b\n</div><div class=token-line>\n</div><div class=token-line>}</div></code></pre>",
        "<pre><p>if a {</p><p>    b</p><p><br></p><p>}</p></pre>",
        "<pre><code>if a {</code><code>    b</code><code><span><br></span></code><code>}</code></pre>",
        "<code style='display: block; white-space: pre'>if a {\n    b\n\n}</code>",
        "<p><code>if a {</code><br><code>&nbsp;&nbsp;&nbsp;&nbsp;b</code><br><br><code>}</code></p>",
        "<p><code>if a {<br>&nbsp; &nbsp; b<br><br>}</code></p>",
        "<pre><code><span style='display:block'>if a {</span><span style='display:block'>    b</span><span style='display:block'>\n</span><span style='display:block'>}</span></code></pre>",
        "<pre><span>if a<wbr> {</span>\n    b\n\n}<button>Copy</button></pre>",
    ] {
        assert_eq!(text(markup), wanted, "{markup}");
    }
    let block = |line: &str| format!("<code style=display:block>{line}</code>");
    let blocks = ["if a {", "&nbsp; b", "}"].map(block).concat();
    assert_eq!(text(&blocks), "p x\ncode \"if a {\\n  b\\n}\"\np y");
}

#[test]
fn numbers_beside_lines_are_told_and_do_not_stay() {
    let lines = "<span>a = 1</span>\n<span>    b</span>";
    for markup in [
        format!("<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre><span class=normal>1</span>\n<span class=normal>2</span></pre></div></td><td class=code><div><pre><span></span><code>{lines}\n</code></pre></div></td></tr></table>"),
        format!("<figure class='highlight python'><table><tr><td class=gutter><pre><span class=line>1</span><br><span class=line>2</span><br></pre></td><td class=code><pre>{lines}</pre></td></tr></table></figure>"),
        format!("<div class=highlight><div class=chroma><table class=lntable><tr><td class=lntd><pre class=chroma><code><span class=lnt>1\n</span><span class=lnt>2\n</span></code></pre></td><td class=lntd><pre class=chroma><code>{lines}</code></pre></td></tr></table></div></div>"),
        format!("<pre><code><table class=rouge-table><tbody><tr><td class='gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=code><pre>{lines}\n</pre></td></tr></tbody></table></code></pre>"),
        "<pre><code class=hljs><table class=hljs-ln><tr><td class='hljs-ln-line hljs-ln-numbers' data-line-number=1><div class=hljs-ln-n data-line-number=1>1</div></td><td class='hljs-ln-line hljs-ln-code' data-line-number=1>a = 1</td></tr><tr><td class=hljs-ln-numbers data-line-number=2>2</td><td class=hljs-ln-code data-line-number=2>    b</td></tr></table></code></pre>".into(),
        "<table class=js-file-line-container><tr>\n<td class=blob-num data-line-number=1>1</td>\n<td class=blob-code style='white-space:pre'>a = 1</td>\n</tr>\n<tr><td class=blob-num data-line-number=2>2</td><td class=blob-code>    b</td></tr></table>".into(),
        "<table><tr><td class=lines-num><span data-line-number=1>1</span></td><td class=lines-code><code class=code-inner>a = 1</code></td></tr><tr><td class=lines-num><span data-line-number=2>2</span></td><td class=lines-code><code class=code-inner>    b</code></td></tr></table>".into(),
        "<div class=syntaxhighlighter><div class=toolbar><button>?</button></div><table><tr><td class=gutter><div class='line number1'>1</div><div class='line number2'>2</div></td><td class=code><div class=container><div class='line number1'><code class=plain>a</code> <code class=keyword>=</code> <code>1</code></div>\n<div class='line number2'><code class=spaces>&nbsp;&nbsp;&nbsp;&nbsp;</code><code class=plain>b</code></div></div></td></tr></table></div>".into(),
        "<table class=crayon-table><tr class=crayon-row><td class=crayon-nums><div class=crayon-nums-content><div class=crayon-num>1</div><div class=crayon-num>2</div></div></td><td class=crayon-code><div class=crayon-pre><div class=crayon-line><span>a</span><span> </span>= 1</div><div class=crayon-line><span>    </span>b</div></div></td></tr></table>".into(),
        format!("<div class=file-content><div class=line-numbers><a>1</a><a>2</a></div><div class=blob-content><pre><code>{lines}</code></pre></div></div>"),
        "<section><ul class=code-snippet__line-index><li>1</li><li>2</li></ul><pre><code>a = 1</code><code>    b</code></pre></section>".into(),
        "<pre><span style='user-select: none'>1</span>a = 1\n<span style='user-select: none'>2</span>    b</pre>".into(),
        "<pre><i>1</i>a = 1\n<i>2</i>    b\n</pre>".into(),
        format!("<pre>{lines}<ul class=pre-numbering><li>1</li><li>2</li></ul></pre>"),
        format!("<pre class=line-numbers><code>{lines}</code><span class=line-numbers-rows><span>1</span><span>2</span></span></pre>"),
    ] {
        let text = clean(&markup);
        let found = sketch(&markup);
        let body = found.split_once(" \"").map(|(_, code)| code);
        assert_eq!(body, Some("a = 1\\n    b\""), "{markup}\n{found}");
        let gone: String = text.removed.iter().map(|gone| gone.text.as_str()).collect();
        let digits: String = gone.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, "12", "{markup}: {gone}");
        let rules = text.removed.iter().filter(|gone| gone.text != "?");
        assert!(rules.into_iter().all(|gone| gone.rule == "line-numbers"), "{markup}");
    }
}

#[test]
fn numbers_in_code_stay() {
    for (markup, wanted) in [
        (
            "<pre><span class='token number'>1</span>\n<span class='token number'>7</span></pre>",
            "1\\n7",
        ),
        (
            "<table><tr><td class=blob-num>1</td><td class=blob-code>42</td></tr></table>",
            "42",
        ),
        (
            "<pre><b>1</b> apple\n<b>3</b> pears\n<b>2</b> plums</pre>",
            "1 apple\\n3 pears\\n2 plums",
        ),
    ] {
        assert_eq!(
            code(markup),
            format!("code {wanted:?}").replace("\\\\", "\\"),
            "{markup}"
        );
    }
}

#[test]
fn the_language_of_a_listing_is_kept_and_written() {
    for (markup, language) in [
        (
            "<pre><code class='hljs language-rust'>x</code></pre>",
            "rust",
        ),
        ("<pre class=lang-C++>x</pre>", "c++"),
        (
            "<div class='highlight highlight-source-shell'><pre>x</pre></div>",
            "shell",
        ),
        (
            "<div class='language-ruby highlighter-rouge'><div class=highlight><pre class=highlight><code>x</code></pre></div></div>",
            "ruby",
        ),
        ("<pre class='brush: js; toolbar: false'>x</pre>", "js"),
        ("<pre class='brush:php'>x</pre>", "php"),
        ("<pre data-enlighter-language=go>x</pre>", "go"),
        ("<pre data-lang=python><code>x</code></pre>", "python"),
        ("<pre data-language=toml>x</pre>", "toml"),
        (
            "<div class=sourceCode><pre class='sourceCode haskell'><code>x</code></pre></div>",
            "haskell",
        ),
        (
            "<figure class='highlight yaml'><table><tr><td class=gutter><pre>1</pre></td><td class=code><pre>x</pre></td></tr></table></figure>",
            "yaml",
        ),
        (
            "<div class='mw-highlight mw-highlight-lang-lua'><pre>x</pre></div>",
            "lua",
        ),
        ("<pre class='src src-python'>x</pre>", "python"),
        (
            "<div class='highlight-c notranslate'><div class=highlight><pre>x</pre></div></div>",
            "c",
        ),
        ("<pre class='lang:sql decode:true'>x</pre>", "sql"),
    ] {
        assert_eq!(code(markup), format!("code {language} \"x\""), "{markup}");
        let written = super::properties::rendered(&clean(markup));
        assert_eq!(
            written,
            format!("<pre dir=\"ltr\"><code class=\"language-{language}\">x</code></pre>\n")
        );
    }
    for markup in [
        "<pre><code class='language-plaintext'>x</code></pre>",
        "<div class=lang-en><pre>x</pre></div>",
        "<pre class='line-numbers numbers'>x</pre>",
        "<pre class='language-none'>x</pre>",
    ] {
        assert_eq!(code(markup), "code \"x\"", "{markup}");
    }
}

#[test]
fn pieces_of_code_with_a_space_between_are_several() {
    assert_eq!(
        code("<p>or <code>q</code> <code>quit</code>, <code>a</code><code>b</code></p>"),
        "p or `q` `quit`, `ab`"
    );
    assert_eq!(
        code("<pre><code class=k>var</code> x = <code>1</code>;</pre>"),
        "code \"var x = 1;\""
    );
}

#[test]
fn tables_of_data_and_prose_are_no_listings() {
    assert_eq!(
        code("<table><tr><td>1</td><td>one</td></tr><tr><td>2</td><td>two</td></tr></table>")
            .lines()
            .next(),
        Some("table")
    );
    let prose = "A sentence that is long enough to be one of a text, and not a line of any program at all. ".repeat(2);
    assert!(code(&format!("<pre><p>{prose}</p><p>{prose}</p></pre>")).starts_with("p A sentence"));
    assert!(code("<pre>x<h2>Heading</h2>y</pre>").starts_with("p x\nh2 Heading"));
}

#[test]
fn code_is_left_to_right_in_whatever_is_around_it() {
    let written = super::properties::rendered(&clean(
        "<p dir=rtl>שלום <code dir=rtl>a(b)</code> עולם</p><pre dir=rtl>x</pre><p>x</p>",
    ));
    assert!(
        written.contains("<code dir=\"ltr\">a(b)</code>"),
        "{written}"
    );
    assert!(
        written.contains("<pre dir=\"ltr\"><code>x</code></pre>"),
        "{written}"
    );
    assert_eq!(
        code(&written),
        code("<p dir=rtl>שלום <code>a(b)</code> עולם</p><pre>x</pre><p>x</p>")
    );
}

#[test]
fn code_beside_the_numbers_of_its_lines_is_one_listing() {
    let rows = |rows: &[&str]| {
        let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>")).collect();
        code(&format!("<table>{rows}</table>"))
    };
    let numbered = [
        "<td>1</td><td><code>if a {</code></td>",
        "<td>2</td><td><code>    b</code></td>",
        "<td>3</td><td><code>}</code></td>",
    ];
    assert_eq!(rows(&numbered), "code \"if a {\\n    b\\n}\"");
    for table in [
        [
            "<th>No.</th><th>Call</th>",
            "<td>1</td><td><code>ls</code></td>",
        ],
        [
            "<td>7</td><td><code>ls</code></td>",
            "<td>8</td><td><code>cd</code></td>",
        ],
        [
            "<td><code>ls</code></td><td>1</td>",
            "<td><code>cd</code></td><td>2</td>",
        ],
        [
            "<td>1</td><td><code>ls</code></td>",
            "<td>2</td><td>lists files</td>",
        ],
    ] {
        assert!(
            rows(&table).starts_with("table"),
            "{table:?}: {}",
            rows(&table)
        );
    }
}

#[test]
fn code_pasted_from_an_editor_is_code() {
    let wanted = "p x\ncode \"if a {\\n    b\\n\\n}\"\np y";
    for family in [
        "Menlo, Monaco, \"Courier New\", monospace",
        "Consolas",
        "\"JetBrains Mono\"",
    ] {
        for (line, space) in [("div", "pre"), ("div", "pre-wrap")] {
            let html = format!(
                "<p>x</p><div style='color: #d4d4d4; font-family: {family}; white-space: {space}'>\
                 <{line}><span>if</span> a {{</{line}><{line}>    b</{line}><br><{line}>}}</{line}></div><p>y</p>"
            );
            assert_eq!(code(&html), wanted, "{html}");
        }
    }
    // Verse is set in letters of any width, and prose keeps its spaces too.
    let verse = code("<div style='white-space: pre'><div>a</div><div>  b</div></div>");
    assert!(!verse.contains("code"), "{verse}");
}

#[test]
fn the_name_of_a_listing_is_its_caption() {
    let wanted = "captioned | a.py\n  code \"x = 1\\ny = 2\"";
    let pre = "<pre><code>x = 1\ny = 2</code></pre>";
    for markup in [
        // PyMdown, with numbers and without
        &format!(
            "<div class=highlight><table class=highlighttable><tr><th colspan=2 class=filename><span class=filename>a.py</span></th></tr><tr><td class=linenos><div class=linenodiv><pre>1\n2</pre></div></td><td class=code><div>{pre}</div></td></tr></table></div>"
        ),
        &format!("<div class=highlight><span class=filename>a.py</span>{pre}</div>"),
        // Docusaurus
        &format!(
            "<div class='codeBlockContainer_Ckt0'><div class=codeBlockTitle_Ktv7>a.py</div><div class=codeBlockContent_biex>{pre}</div></div>"
        ),
        // remark, rehype
        &format!("<div class=remark-highlight><div class=remark-code-title>a.py</div>{pre}</div>"),
        &format!(
            "<figure data-rehype-pretty-code-figure><figcaption data-rehype-pretty-code-title>a.py</figcaption>{pre}</figure>"
        ),
    ] {
        let found = code(&format!("<p>x</p>{markup}<p>y</p>"));
        let found = found.lines().filter(|line| !matches!(*line, "p x" | "p y"));
        let found = found.collect::<Vec<_>>().join("\n");
        assert_eq!(found, wanted, "{markup}");
    }
    // Among other text a name is a paragraph, and nothing else is named.
    let among = code(&format!(
        "<div><div class=code-title>a.py</div>{pre}<p>b</p></div>"
    ));
    assert!(among.starts_with("p a.py\ncode"), "{among}");
}

#[test]
fn the_button_that_copies_a_listing_goes() {
    for button in [
        "<span role=button data-code=x class=code-block-pro-copy-button>Copy</span>",
        "<div role=button class='copy-btn small'>Copy</div>",
        "<button>Copy</button>",
    ] {
        let found = code(&format!(
            "<p>x</p><div>{button}<pre><code>a</code></pre></div><p>y</p>"
        ));
        assert_eq!(found, "p x\ncode \"a\"\np y", "{button}");
    }
}

#[test]
fn the_label_beside_a_listing_is_its_language() {
    let code = "<code>x = 1\ny</code>";
    for markup in [
        format!("<div class='vp-adaptive-theme'><button class=copy title='Copy Code'></button><span class=lang>NAME</span><pre class=shiki>{code}</pre></div>"),
        format!("<div class=code-example><div class=example-header><span class=language-name>NAME</span><button>Copy</button></div><pre class=notranslate>{code}</pre></div>"),
        "<div class=crayon-syntax><div class=crayon-toolbar><div class=crayon-tools><span class=crayon-language>NAME</span></div></div><div class=crayon-main><div class=crayon-pre><div class=crayon-line>x = 1</div><div class=crayon-line>y</div></div></div></div>".to_owned(),
        format!("<pre><div class=a><div class=b>NAME</div><div class=c><div><button>Copy code</button></div></div><div class=d>{code}</div></div></pre>"),
        format!("<pre><div><div class=flex><span>NAME</span><span>Copy code</span></div><div>{code}</div></div></pre>"),
        format!("<div class=code-block><div class=bar><span class=code-lang>NAME</span><span class=code-copy>Copy</span></div><pre>{code}</pre></div>"),
    ] {
        for (name, language) in [("js", "js"), ("Python", "python"), ("C++", "c++")] {
            let html = format!("<p>a</p>{}<p>b</p>", markup.replace("NAME", name));
            let text = clean(&html);
            assert_eq!(sketch(&html), format!("p a\ncode {language} \"x = 1\\ny\"\np b"), "{html}");
            let told = text.removed.iter().filter(|gone| gone.rule == "code-label");
            assert!(told.into_iter().any(|gone| gone.text.contains(name)), "{html}");
        }
        // A word that is no language is one of the page.
        let other = format!("<p>a</p>{}", markup.replace("NAME", "Wellington"));
        assert!(sketch(&other).contains("Wellington"), "{other}");
    }
    for (html, wanted) in [
        (
            "<div class=language-vue><span class=lang>vue</span><pre class=language-vue>x</pre></div>",
            "code vue \"x\"",
        ),
        (
            "<span class=lang>text</span><pre><code class=language-rust>x</code></pre>",
            "code rust \"x\"",
        ),
        // Beside prose it is a word, and the label of one listing is not that of the next.
        (
            "<span class=lang>Python</span><p>is a snake.</p><pre>x</pre>",
            "p Python\np is a snake.\ncode \"x\"",
        ),
        (
            "<div><span class=lang>go</span><pre>x</pre><pre>y</pre></div>",
            "code go \"x\"\ncode \"y\"",
        ),
        (
            "<pre><span>go</span>\n<span>sh</span></pre>",
            "code \"go\\nsh\"",
        ),
    ] {
        assert_eq!(sketch(html), wanted, "{html}");
    }
}

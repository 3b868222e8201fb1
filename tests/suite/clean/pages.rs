//! Whole saved pages.

use super::clean_as;
use super::sketch::sketch;
use crate::understanding::is_absent;
use offprint::model::{Entry, Head, Markup};

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. \
                     In the end, however, the members agreed on nearly everything.";

fn page(html: &str) -> (String, String) {
    let text = clean_as(&Markup::Page(html.replace("{}", PROSE)), "Council agrees");
    let removed = text
        .removed
        .iter()
        .map(|removed| removed.text.as_str())
        .collect::<Vec<_>>();
    (sketch(text.blocks.blocks()), removed.join(" | "))
}

#[test]
fn the_article_is_found_in_a_blog_page() {
    let (kept, removed) = page(
        "<article class='post-7 post category-social tag-share'><header class='entry-header'>\
         <h1 class='entry-title'>Council agrees</h1></header><div class='entry-meta'>\
         <span class='byline'><a href='/a'>A. Writer</a></span> <time>May 1</time></div>\
         <div class='entry-content'><p>{}</p><h2>Next</h2><p>{}</p><ul><li>one</li></ul>\
         <div class='sharedaddy'><h3>Share this:</h3><ul><li><a href='/s'>Twitter</a></ul></div>\
         <div id='jp-relatedposts'><h3>Related</h3><p>Other news, too.</p></div></div>\
         <footer class='entry-footer'>Tagged <a href='/t'>council</a></footer>\
         <div id='comments'><h3>2 comments</h3><p>First, I think this is good. Really.</p></div></article>",
    );
    assert_eq!(
        kept,
        format!("p {PROSE}\nh2 Next\np {PROSE}\nlist\n  item\n    p one")
    );
    for text in [
        "Council agrees",
        "A. Writer",
        "Share this:",
        "Related",
        "Tagged council",
        "2 comments",
    ] {
        assert!(removed.contains(text), "{text}: {removed}");
    }
}

#[test]
fn an_article_without_telling_names_is_found_by_its_prose() {
    let (kept, removed) = page(
        "<div class='c1'><div class='h9'><a href='/'>Home</a><a href='/w'>World</a></div>\
         <div class='x2'><div class='k'>Council agrees</div><div class='q7'><p>{}</p><p>{}</p><p>{}</p>\
         </div></div><div class='z'><a href='/1'>One more story</a><a href='/2'>And another</a></div></div>",
    );
    assert_eq!(kept, format!("p {PROSE}\np {PROSE}\np {PROSE}"));
    assert!(
        removed.contains("Home") && removed.contains("One more story"),
        "{removed}"
    );
}

#[test]
fn the_picture_and_the_standfirst_before_the_article_stay() {
    let (kept, _) = page(
        "<div><header><h1>Council agrees</h1><p class='blog-description'>Three hours later</p>\
         <img src='/lead.jpg'></header><div><p>{}</p><p>{}</p></div></div>",
    );
    assert_eq!(
        kept,
        format!("p Three hours later\nfigure news.example/lead.jpg\np {PROSE}\np {PROSE}")
    );
}

#[test]
fn a_picture_alone_in_its_box_leads_in() {
    let (kept, _) = page(
        "<div><div class='head-img-wrap'><img src='/lead.jpg'></div><a href='/'><img src='/logo.png'></a>\
         <div class='t'>Council agrees</div><div><p>{}</p><p>{}</p></div></div>",
    );
    assert_eq!(
        kept,
        format!("figure news.example/lead.jpg\np {PROSE}\np {PROSE}")
    );
}

#[test]
fn a_head_of_the_articles_own_does_not_make_it_a_page() {
    let html = "<p>{}</p><article><header>A. Writer</header><p>{}</p><nav><a href='/r'>Reply</a></nav></article>";
    let text = clean_as(&Markup::Article(html.replace("{}", PROSE)), "x");
    assert!(text.removed.is_empty(), "{:?}", text.removed);
}

#[test]
fn the_credit_of_the_picture_that_leads_in_is_its_caption() {
    for credit in [
        "<div class='source'><a href='/agency'>图片来源：某社</a></div>",
        "<div class='photo-credit'>Photo: A. Lens</div>",
    ] {
        let (kept, removed) = page(&format!(
            "<div><div class='field-image'><h2 class='element-invisible'>photo.jpg</h2><div><img src='/lead.jpg'>\
             {credit}</div></div><h1>Council agrees</h1><div class='author'>A. Writer</div>\
             <div><p>{{}}</p><p>{{}}</p></div></div>"
        ));
        let caption = if credit.contains("图片来源") {
            "[图片来源：某社](https://news.example/agency)"
        } else {
            "Photo: A. Lens"
        };
        let figure = format!("figure news.example/lead.jpg | {caption}");
        assert_eq!(kept, format!("{figure}\np {PROSE}\np {PROSE}"));
        assert_eq!(removed, "photo.jpg | Council agrees | A. Writer");
    }
}

#[test]
fn a_list_of_other_articles_is_known_by_the_words_above_it() {
    for words in ["Related", "相关阅读："] {
        let (kept, removed) = page(&format!(
            "<article><p>{{}}</p><p>{{}}</p><section class='x1'><header><span>{words}</span></header>\
             <ul><li><a href='/1'><h2>Harbour closes early on Sunday</h2></a><span>Paper</span></li></ul>\
             </section></article>"
        ));
        assert_eq!(kept, format!("p {PROSE}\np {PROSE}"));
        assert!(removed.starts_with(words), "{removed}");
    }
}

#[test]
fn a_whole_page_where_an_articles_own_html_should_be_is_known_by_its_parts() {
    let html = "<header><a href='/'>The Paper</a></header><nav><a href='/w'>World</a></nav><div>\
                <p>{}</p><p>{}</p></div><footer><a href='/about'>About us</a></footer>";
    let text = clean_as(
        &Markup::Article(html.replace("{}", PROSE)),
        "Council agrees",
    );
    assert_eq!(text.blocks.plain_text(), format!("{PROSE}\n{PROSE}"));
    let removed: Vec<_> = text.removed.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(removed, ["The Paper", "World", "About us"]);
}

#[test]
fn a_page_in_which_no_article_is_found_stays_whole() {
    let (kept, removed) = page("<div><div>Alpha</div><div>Beta</div><ul><li>Gamma</ul></div>");
    assert_eq!(kept, "p Alpha\np Beta\nlist\n  item\n    p Gamma");
    assert_eq!(removed, "");
}

#[test]
fn an_articles_own_html_is_not_searched_for_boilerplate() {
    let html =
        "<div class='share'>Share</div><p>Text</p><nav>Menu</nav><div id='comments'>Hm.</div>";
    let text = clean_as(&Markup::Article(html.into()), "t");
    assert_eq!(text.blocks.plain_text(), "Share\nText\nMenu\nHm.");
    assert!(text.removed.is_empty());
}

#[test]
fn what_is_hidden_in_html_alone_is_reported_where_a_formula_shows_it() {
    let (_, removed) =
        page("<p>{}</p><nav class=share><math><base href='/'>a</math><datalist>b</datalist></nav>");
    assert_eq!(removed, "a");
}

#[test]
fn an_article_that_a_saved_page_hides_until_its_scripts_have_run_stays() {
    let paragraphs: String = (1..9)
        .map(|n| format!("<p>Paragraph {n} tells of the lamp, of its keepers and of the oil they burnt that winter, and of the cost.</p>"))
        .collect();
    let ideographs: String = (1..9)
        .map(|n| format!("<p>第{n}段讲的是灯塔，守塔的人和他们烧的油，以及议会对这笔费用说了些什么话，大家听了都很高兴。</p>"))
        .collect();
    let around = [
        "<h1>T</h1><div><span>Name</span></div>{}",
        "<nav>Home</nav>{}<p>Teaser only of the text that is hidden above here.</p>",
        "<div id='page-content'><h1>T</h1><div id='meta_content'><span>Name</span></div>{}</div><div>阅读原文 点赞 在看</div>",
    ];
    let hides = [
        "style='visibility: hidden; opacity: 0; '",
        "style='visibility:hidden'",
        "style='display: none;'",
        "hidden",
        "aria-hidden='true'",
        "class='rich_media_content' id='js_content' style='visibility:hidden'",
    ];
    for (prose, mark) in [(&paragraphs, "Paragraph 8"), (&ideographs, "第8段")] {
        for (outer, hiding) in around.iter().flat_map(|it| hides.map(|hides| (it, hides))) {
            for name in ["div", "article", "section", "main"] {
                let held = format!("<{name} {hiding}>{prose}</{name}>");
                let html = format!("<body>{}</body>", outer.replace("{}", &held));
                let (kept, _) = page(&html);
                assert!(kept.contains(mark), "{name} {hiding} in {outer}: {kept}");
                let entry = Entry {
                    markup: Markup::Page(html),
                    ..Default::default()
                };
                assert!(!is_absent(&entry), "{hiding}");
            }
        }
    }
}

#[test]
fn a_page_stands_instead_of_an_article_if_its_text_says_so_too() {
    let absent = |title: &str, text: &str| {
        let entry = Entry {
            head: Head {
                title: Some(title.to_owned()),
                ..Default::default()
            },
            markup: Markup::Page(format!(
                "<body><nav><a href='/'>Home</a></nav><main><h1>{title}</h1>{text}</main></body>"
            )),
            ..Default::default()
        };
        is_absent(&entry)
    };
    let bar = "<p>The bar behind the mill is called 404 Not Found, and on most evenings nobody does, says its keeper.</p>\
               <p>She opens at eight, lights the lamp, and waits for those who have been told the way by a friend.</p>";
    let hut = "<p>Four friends built a hut by the lake in a week, and wrote down how each log in the wall was cut.</p>\
               <p>They used one axe, two saws and a horse that was lent to them by the miller for three days.</p>";
    for (title, text) in [
        ("404 Not Found: the bar that nobody finds", bar),
        ("Log in: how a wooden hut was built in a week", hut),
        ("Sign in the window of the old shop", hut),
        (
            "找不到页面的图书馆开门了",
            "<p>图书馆周五开门，馆长说，读者可以把书带回家，下周一还回来就好，不收一分钱，也不用排队等候。</p><p>馆长还说，旧馆的书都已搬完。</p>",
        ),
    ] {
        assert!(!absent(title, text), "{title}");
    }
    for (title, text) in [
        ("404 Not Found", "<p>nginx</p>"),
        (
            "Page not found | The Paper",
            "<p>Sorry, the page you were looking for could not be found. It may have been moved, or the address may be wrong. Try the search.</p>",
        ),
        (
            "Just a moment...",
            "<p>Checking your browser before accessing the site. Please enable JavaScript and cookies to continue, and then reload this page now.</p>",
        ),
        (
            "Log in to continue reading",
            "<p>Enter your username and your password to go on. If you have none, create an account; it is free and takes a minute.</p>",
        ),
        (
            "页面不存在",
            "<p>您访问的页面不存在或已被删除，请检查网址是否正确，返回首页或者使用搜索，您也可以联系我们的客服，谢谢您的理解。</p>",
        ),
    ] {
        assert!(absent(title, text), "{title}");
    }
}

#[test]
fn a_dialogue_for_readers_does_not_stand_instead_of_the_article() {
    let absence = |title: &str, dialogue: &str| {
        let html = format!(
            "<html><head><title>{title}</title></head><body><div class='modal'>{dialogue}<input type=password></div>\
             <article><h1>{title}</h1><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
        );
        let entry = Entry {
            head: Head {
                title: Some(title.to_owned()),
                ..Head::default()
            },
            markup: Markup::Page(html),
            ..Entry::default()
        };
        is_absent(&entry)
    };
    for dialogue in [
        "<h2>Log in</h2>",
        "<h1>Sign in</h1>",
        "<h2>Before you continue</h2>",
    ] {
        assert!(
            !absence("The council agrees on the new lamp", dialogue),
            "{dialogue}"
        );
    }
    assert!(absence("Page not found", ""));
}

#[test]
fn a_link_that_nobody_closed_is_no_list() {
    let html = format!(
        "<html><body><article><h1>Council agrees</h1><a href='https://x.example/up'><p>{PROSE} {PROSE}</p><p>{PROSE}</p></article></body></html>"
    );
    let entry = Entry {
        markup: Markup::Page(html),
        ..Entry::default()
    };
    assert!(!is_absent(&entry));
}

#[test]
fn answers_that_readers_see_at_a_touch_are_of_the_article() {
    let answer = "ANSWER that the keeper gave to us all on that day.";
    for html in [
        "<dl><dt>Who?</dt><dd style='display:none'>{a}</dd></dl>",
        "<h3>Who?</h3><div class=x style='display:none'><p>{a}</p></div><h3>What?</h3><div class=x style='display:none'><p>{a}</p></div>",
        "<p><button aria-expanded=false aria-controls=a1>Who?</button></p><div id=a1 hidden><p>{a}</p></div>",
    ] {
        let html = html.replace("{a}", answer);
        let prose = "<p>{}</p>".repeat(3);
        let (kept, removed) = page(&format!(
            "<nav><a href=/>Home</a></nav><main><article><h1>Council agrees</h1>{prose}{html}<p>{{}}</p></article></main>"
        ));
        assert!(kept.contains("ANSWER"), "{html}: {kept}");
        assert!(!removed.contains("ANSWER"), "{html}: {removed}");
    }
    let (kept, _) = page(
        "<main><article><h1>Council agrees</h1><div style='display:none'>ANSWER of a script, which nobody \
         sees at all.</div><p>{}</p><p>{}</p><p>{}</p></article></main>",
    );
    assert!(!kept.contains("ANSWER"), "{kept}");
}

#[test]
fn who_comments_goes_with_the_comment() {
    for comments in [
        "<section class='comments'><h3>Comments</h3><p>by <span class='author'>Troll</span> <time>May 2</time></p></section>",
        "<div id='comments'><p class='byline'>Troll</p><p>Nonsense, all of it.</p></div>",
    ] {
        let (kept, _) = page(&format!(
            "<main><article><h1>Council agrees</h1><p>{{}}</p><p>{{}}</p><p>{{}}</p>{comments}</article></main>"
        ));
        assert!(!kept.contains("Troll"), "{comments}: {kept}");
    }
}

#[test]
fn the_times_of_entries_stay_all_of_them() {
    for class in ["block", "b-entry"] {
        let entries: String = (1..6)
            .map(|hour| {
                format!(
                    "<div class='{class}'><time datetime='2021-12-31T0{hour}:00:00Z'>0{hour}:00</time><h2>Entry {hour}</h2><p>{PROSE}</p></div>"
                )
            })
            .collect();
        let (kept, removed) = page(&format!(
            "<main><h1>Council agrees</h1><p>All the news of the day as it happened.</p>{entries}</main>"
        ));
        for hour in 1..6 {
            assert!(kept.contains(&format!("0{hour}:00")), "{kept} | {removed}");
        }
    }
    let (kept, _) = page(
        "<main><h1>Council agrees</h1><div class=block><time datetime='2021-12-31T01:00:00Z'>31 Dec 2021</time></div><p>{}</p><p>{}</p></main>",
    );
    assert!(!kept.contains("2021"), "{kept}");
}

#[test]
fn who_took_the_picture_that_leads_in_stays_with_it() {
    for credit in ["Photo: Bo", "Foto: Bo Ek", "Crédit photo : Bo", "摄影：波"] {
        for element in ["span", "div", "small"] {
            let (kept, removed) = page(&format!(
                "<div id=main><div class=hero><img src='/lead.png' width=600 height=400 alt=Lead><{element} class=x>{credit}</{element}></div>\
                 <h1>Council agrees</h1><div class=story><p>{{}}</p><p>{{}}</p><p>{{}}</p></div></div>"
            ));
            assert!(kept.contains(credit), "{kept} | {removed}");
        }
    }
}

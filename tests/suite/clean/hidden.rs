//! What a page hides from its readers.

use super::clean_as;
use super::sketch::sketch;
use offprint::model::Markup;

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. \
                     In the end, however, the members agreed on nearly everything.";

fn article(html: &str) -> (String, Vec<(&'static str, String)>) {
    let text = clean_as(
        &Markup::Article(html.replace("{}", PROSE)),
        "Council agrees",
    );
    let removed = text.removed.into_iter();
    (
        sketch(text.blocks.blocks()),
        removed
            .map(|removed| (removed.rule, removed.text))
            .collect(),
    )
}

#[test]
fn hidden_text_goes_and_is_reported_however_it_is_hidden() {
    for hidden in [
        "<div style='display:none'>SECRET</div>",
        "<span style='color:red; DISPLAY : none !important'>SECRET</span>",
        "<p hidden>SECRET</p>",
        "<p style='visibility: hidden'>SECRET</p>",
        "<div style='max-height:0;overflow:hidden'><b>SECRET</b></div>",
        "<div style='height:0px; overflow:hidden'>SECRET</div>",
        "<div style='font-size:0'>SECRET</div>",
        "<div style='position:absolute;left:-9999px'>SECRET</div>",
        "<span class='screen-reader-text'>SECRET</span>",
    ] {
        let (kept, removed) = article(&format!("{hidden}<p>{{}}</p>"));
        assert!(
            !kept.contains("SECRET") && kept.contains("council met"),
            "{hidden}: {kept}"
        );
        assert_eq!(removed, [("hidden", "SECRET".to_owned())], "{hidden}");
    }
}

#[test]
fn what_is_not_hidden_from_eyes_stays() {
    for shown in [
        "<p aria-hidden='true'>SHOWN</p>",
        "<p hidden='until-found'>SHOWN</p>",
        "<p style='display:none;display:block'>SHOWN</p>",
        "<p hidden style='display:block'>SHOWN</p>",
        "<p style='visibility:hidden' class='fade-in'>SHOWN</p>",
        "<div style='visibility:hidden'><p style='visibility:visible'>SHOWN</p></div>",
        "<div style='display:none' id='fn1'>SHOWN</div>",
    ] {
        let (kept, removed) = article(&format!("{shown}<p>{{}}</p>"));
        assert!(kept.contains("SHOWN"), "{shown}: {kept}");
        assert_eq!(removed, [], "{shown}");
    }
}

#[test]
fn a_hidden_element_that_is_the_article_stays() {
    for open in [
        "<div id='js_content' style='visibility:hidden;opacity:0'>",
        "<div style='display:none'>",
        "<section hidden>",
    ] {
        let (kept, removed) = article(&format!("<p>Before.</p>{open}<p>{{}}</p><p>{{}}</p></div>"));
        assert!(kept.contains("council met"), "{open}: {kept}");
        assert_eq!(removed, [], "{open}");
    }
}

#[test]
fn a_lazy_picture_in_a_hidden_element_stays() {
    let (kept, _) = article(
        "<p>{}</p><div style='display:none'>SECRET<img data-src='https://e.org/a.jpg'></div>",
    );
    assert!(kept.contains("a.jpg") && !kept.contains("SECRET"), "{kept}");
}

#[test]
fn a_hidden_note_that_a_mark_leads_to_stays() {
    for mark in [
        "<sup><a href='#x7'>1</a></sup>",
        "<a href='#x7'><sup>1</sup></a>",
        "<a href='#x7' role='doc-noteref'>1</a>",
        "<a class='footnote-link' href='https://news.example/world/story.html#x7'>1</a>",
    ] {
        let (kept, removed) = article(&format!(
            "<p>{{}}{mark}</p><div style='display:none'><p id='x7'>SHOWN</p></div>"
        ));
        assert!(kept.contains("SHOWN"), "{mark}: {kept}");
        assert_eq!(removed, [], "{mark}");
    }
    let (kept, _) =
        article("<p>{}<a href='#x7'>More</a></p><div style='display:none' id='x7'>SECRET</div>");
    assert!(!kept.contains("SECRET"), "{kept}");
}

#[test]
fn links_to_a_place_in_something_hidden_lead_to_where_it_would_stand() {
    for place in [
        "<span class='sr-only' id='costs'>SECRET</span>",
        "<div style='display:none'><b>SECRET<a name='costs'></a></b></div>",
    ] {
        let (kept, _) = article(&format!(
            "<p><a href='#costs'>Costs</a></p><p>{{}}</p>{place}<p>Two coins.</p>"
        ));
        assert!(kept.contains("[Costs](#note-1)"), "{place}: {kept}");
        assert!(kept.contains("p #note-1#Two coins."), "{place}: {kept}");
        assert!(!kept.contains("SECRET"), "{place}: {kept}");
    }
}

#[test]
fn of_invisible_text_only_what_is_made_visible_again_stays() {
    for (html, expected) in [
        (
            "<div style='visibility:hidden'>HID<span style='visibility:visible'>KEEP</span></div>",
            "KEEP",
        ),
        (
            "<div style='visibility:hidden'><p>HID</p><p><b style='visibility: VISIBLE'>KEEP</b> HID</p></div>",
            "KEEP",
        ),
        (
            "<p style='font-size:0'>HID<span style='font-size:16px'>KEEP</span>HID</p>",
            "KEEP",
        ),
    ] {
        let (kept, removed) = article(&format!("{html}<p>{{}}</p>"));
        assert!(kept.contains(expected) && !kept.contains("HID"), "{kept}");
        assert!(
            removed
                .iter()
                .all(|(rule, text)| *rule == "hidden" && text == "HID")
        );
        assert!(!removed.is_empty(), "{html}");
    }
}

#[test]
fn what_the_style_sheet_of_the_page_hides_goes() {
    for (sheet, element) in [
        (".zz{display:none}", "<div class='zz a'>SECRET</div>"),
        (
            "i, .b.zz { color:red; display : none !important }",
            "<div class='b zz'>SECRET</div>",
        ),
        ("#zz{visibility:hidden}", "<p id='zz'>SECRET</p>"),
        (
            "/* x{ */ aside.zz{display:none}",
            "<aside class='zz'>SECRET</aside>",
        ),
        ("aside, my-own{display:none}", "<my-own>SECRET</my-own>"),
        (
            "@import url(x.css); .zz{display:none} @media print{.zz{display:block}}",
            "<p class='zz'>SECRET</p>",
        ),
    ] {
        let (kept, removed) = article(&format!("<style>{sheet}</style>{element}<div>{{}}</div>"));
        assert!(
            !kept.contains("SECRET") && kept.contains("council met"),
            "{sheet}: {kept}"
        );
        assert_eq!(removed, [("hidden", "SECRET".to_owned())], "{sheet}");
    }
}

#[test]
fn what_a_style_sheet_may_show_stays() {
    for html in [
        "<style>.zz{display:none}.zz.on{display:block}</style><p class='zz on'>SHOWN</p>",
        "<style>.zz{display:none}</style><style>.js .zz{display:block}</style><p class='zz'>SHOWN</p>",
        "<style>.no .zz{display:none}</style><p class='zz'>SHOWN</p>",
        "<style>.zz:empty{display:none}</style><p class='zz'>SHOWN</p>",
        "<style>@media print{.zz{display:none}}</style><p class='zz'>SHOWN</p>",
        "<style media='print'>.zz{display:none}</style><p class='zz'>SHOWN</p>",
        "<noscript><style>.zz{display:none}</style></noscript><p class='zz'>SHOWN</p>",
        "<style>.zz{display:none}</style><p class='zz' style='display:block'>SHOWN</p>",
        "<style>p{display:none}</style><p>SHOWN</p>",
        "<style>.zz{display:none</style><p class='z'>SHOWN</p>",
    ] {
        let (kept, _) = article(&format!("{html}<p>{{}}</p>"));
        assert!(kept.contains("SHOWN"), "{html}: {kept}");
    }
}

#[test]
fn what_readers_see_at_a_touch_stays() {
    let answer = "ANSWER that the keeper gave to us all";
    for html in [
        "<dl><dt>Who?</dt><dd style='display:none'>{a}</dd></dl>",
        "<button aria-expanded='false' aria-controls='a1'>Who?</button><div id='a1' hidden>{a}</div>",
        "<a href='#a1' data-toggle='collapse'>Who?</a><div class='panel' id='a1' style='height:0;overflow:hidden'>{a}</div>",
        "<p role='tab' data-target='#a1'>Who?</p><section id='a1' style='display:none'>{a}</section>",
        "<div role='tabpanel' hidden><p>{a}</p></div>",
        "<h3>Who?</h3><div class='x' style='display:none'>{a}</div><h3>What?</h3><div class='x' style='display:none'>{a}</div>",
        "<div class='faq-q'>Who?</div><p hidden>{a}</p><div class='faq-q'>What?</div><p hidden>{a}</p>",
    ] {
        let (kept, removed) = article(&format!(
            "<p>{{}}</p>{}<p>{{}}</p>",
            html.replace("{a}", answer)
        ));
        assert!(kept.contains("ANSWER"), "{html}: {kept}");
        assert!(
            removed.iter().all(|(rule, _)| *rule == "form"),
            "{html}: {removed:?}"
        );
    }
    let links = "<a href='/a'>Share this text</a> <a href='/b'>Send this text</a>";
    for html in [
        "<h1>Title</h1><div style='display:none'>{a}</div>",
        "<h3>Who?</h3><div style='display:none'>{a}</div>",
        "<dt style='display:none'>Who?</dt><dd style='display:none'>{a}</dd>",
        "<button data-toggle='modal' data-target='#a1'>Who?</button><div id='a1' style='display:none'>{a}</div>",
        "<button aria-expanded='false' aria-controls='a1'>Share</button><div id='a1' hidden>{l}</div>",
    ] {
        let html = html.replace("{a}", answer).replace("{l}", links);
        let (kept, _) = article(&format!("<p>{{}}</p>{html}<p>{{}}</p>"));
        assert!(
            !kept.contains("ANSWER") && !kept.contains("Share this"),
            "{html}: {kept}"
        );
    }
}

//! Parts of a saved page that are its article whatever they are called, and parts that are not.

use super::clean_as;
use super::sketch::sketch;
use offprint::model::Markup;

const PROSE: &str = "The council met on Monday, and it took three hours, as everyone had feared. \
                     In the end, however, the members agreed on nearly everything that was before them.";

/// What is kept of a page, of which `{}` stands for a paragraph's text each.
fn kept(body: &str) -> String {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Council agrees</title></head><body>{body}</body></html>"
    );
    let text = clean_as(&Markup::Page(page.replace("{}", PROSE)), "Council agrees");
    sketch(text.blocks.blocks()).replace(PROSE, "{}")
}

/// The same where some parts stand in the midst of an article.
fn within(parts: &str) -> String {
    let all = kept(&format!(
        "<nav><a href='/'>Home</a></nav><article><h1>Council agrees</h1><p>{{}}</p><p>{{}}</p>{parts}<p>{{}}</p>\
         <p>{{}}</p></article><footer>About us</footer>"
    ));
    let rest = all.strip_prefix("p {}\np {}\n").unwrap_or(&all);
    rest.strip_suffix("p {}\np {}")
        .unwrap_or(rest)
        .trim_end()
        .to_owned()
}

#[test]
fn a_part_is_not_beside_the_article_for_what_its_own_heading_is_about() {
    for part in [
        "<div class='section' id='sharing-with-others'><h2>Sharing with others</h2><p>{}</p></div>",
        "<section id='related_work'><a id='x'></a><h2>2. Related work</h2><p>{}</p></section>"
            .replace("2. ", "")
            .as_str(),
        "<section id='social-housing-in-town'><h2>Social housing in town: what now?</h2><p>{}</p></section>",
    ] {
        let text = within(part);
        assert!(text.contains("\np {}") && text.starts_with("h2"), "{text}");
    }
    let box_of_others = "<div id='related-stories'><h3>Related stories</h3><ul><li><a href='/a'>One more story \
                         of the town</a></li><li><a href='/b'>And one more of the harbour</a></li></ul></div>";
    assert_eq!(within(box_of_others), "");
}

#[test]
fn running_text_stays_in_a_part_whose_name_may_be_its_matter() {
    for class in ["related-work", "share-price", "social-policy"] {
        let part = format!(
            "<div class='{class}'><h2>What others did</h2><p>{{}}</p><p>{{}}</p><p>{{}}</p></div>"
        );
        assert_eq!(
            within(&part),
            "h2 What others did\np {}\np {}\np {}",
            "{class}"
        );
    }
    for class in ["newsletter", "advertisement", "paywall-offer", "wp-ad-slot"] {
        let part = format!("<div class='{class}'><p>{{}}</p></div>");
        assert_eq!(within(&part), "", "{class}");
    }
}

#[test]
fn what_holds_most_of_the_article_stays_whatever_it_is_called() {
    let comments =
        "<li><p>I do not think so, and neither do my neighbours, who said it first.</p></li>"
            .repeat(60);
    let text = kept(&format!(
        "<div class='modal-window'><div class='text'><h1>Council agrees</h1><p>{{}}</p><p>{{}}</p><p>{{}}</p></div></div>\
         <div id='comments'><ul>{comments}</ul></div>"
    ));
    assert_eq!(text, "p {}\np {}\np {}");
}

#[test]
fn a_number_in_hexadecimal_names_no_advertisement() {
    assert_eq!(within("<p id='ad3c' name='ad3c'>{}</p>"), "p {}");
    assert_eq!(within("<p id='conducting-ad-hoc-analysis'>{}</p>"), "p {}");
}

#[test]
fn what_holds_the_lines_that_lead_in_is_none_for_that() {
    let text = kept(&format!(
        "<h1>Council agrees</h1><div class='head'><div class='article__lede-wrapper'>\
         <div class='video-resource'><img src='/a.jpg'><div>Mayor answers questions</div><div>03:29</div></div>\
         <div class='video-resource'><img src='/b.jpg'><div>Harbour is cleaned</div><div>01:12</div></div></div>\
         <p class='lede'>It was a long day.</p></div><div class='main'><div class='text'>{}</div></div>",
        "<p>{}</p>".repeat(6)
    ));
    assert!(
        !text.contains("03:29") && !text.contains("Harbour"),
        "{text}"
    );
    assert!(text.contains("It was a long day."), "{text}");
}

#[test]
fn a_formula_stays_in_whatever_element_it_stands() {
    let formula = "<mjx-container class='MathJax CtxtMenu_Attached_0' jax='CHTML'><mjx-math aria-hidden='true'>\
                   </mjx-math><mjx-assistive-mml><math><mi>a</mi><mo>=</mo><mn>0</mn></math></mjx-assistive-mml>\
                   </mjx-container>";
    assert_eq!(within(formula), "p ⟦a = 0⟧");
}

#[test]
fn the_search_ends_at_the_body() {
    let links = |count: usize| -> String {
        (0..count)
            .map(|at| format!("<li><a href='/{at}'>Part number {at} of the paper</a></li>"))
            .collect()
    };
    let beside = "<div class='w'><p>Scan the code above, follow our paper, please, and tell your friends.</p></div>";
    let text = kept(&format!(
        "{}<div class='bar'><ul>{}</ul></div><div class='content clearfix'><div class='box_left'>\
         <div class='txt_con' id='text'>{{}} {{}} {{}} {{}}<p></p></div><div class='foot'>The paper strives, as ever, \
         to be right, fair, quick, kind, and brief, but no more, of course, than that.</div></div>\
         <div class='box_right'><ul>{}</ul></div></div>",
        beside.repeat(8),
        links(12),
        links(30)
    ));
    assert!(text.starts_with("p {} {} {} {}"), "{text}");
    assert!(!text.contains("Part number"), "{text}");
}

#[test]
fn a_heading_between_parts_that_were_joined_stays() {
    let text = kept(
        "<div class='page'><p>{}<br><br>{}<br><br>{}</p><h2>What follows from that</h2><p>{}<br><br>{}</p>\
         </div>",
    );
    assert!(text.contains("h2 What follows from that\n"), "{text}");
}

#[test]
fn a_figure_names_the_picture_that_a_script_shows() {
    let figure = "<figure itemscope itemid='https://a.example/harbour.jpg?quality=90' \
                  itemtype='http://schema.org/ImageObject'><div><span>Image</span><div></div></div>\
                  <figcaption itemprop='caption description'>The harbour, in winter.</figcaption></figure>";
    let text = within(figure);
    assert!(text.starts_with("figure a.example/harbour.jpg"), "{text}");
    assert!(text.contains("The harbour, in winter."), "{text}");
}

#[test]
fn text_that_flows_around_a_picture_is_not_its_caption() {
    for picture in [
        "<img src='/a.jpg' align='right'>",
        "<img src='/a.jpg' class='mt-image-left'>",
        "<img src='/a.jpg' style='float: left'>",
    ] {
        let text = within(&format!(
            "<p>{picture}The lamp was lit again on Friday.</p>"
        ));
        assert!(
            text.ends_with("p The lamp was lit again on Friday."),
            "{text}"
        );
    }
}

#[test]
fn a_few_pictures_at_the_beginning_of_paragraphs_make_no_gallery() {
    let long = "<p><img src='/a.jpg'>{} {}</p>";
    let text = kept(&format!(
        "<article><h1>Council agrees</h1>{}{long}{}{long}{}{long}</article>",
        "<p>{}</p>".repeat(10),
        "<p>{}</p>".repeat(10),
        "<p>{}</p>".repeat(10)
    ));
    assert_eq!(text.matches("p {} {}").count(), 3, "{text}");
}

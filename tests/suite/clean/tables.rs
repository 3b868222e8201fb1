//! Tables: heads, groups, spans, alignment.

use super::properties::rendered;
use super::{clean, sketch};

/// What is written of markup; read again, it is the same.
fn written(html: &str) -> String {
    let once = clean(html);
    let markup = rendered(&once);
    assert_eq!(sketch(html), sketch(&markup), "{markup}");
    markup.replace('\n', "")
}

#[test]
fn a_head_may_have_several_rows() {
    let found = written(
        "<table><thead><tr><th rowspan=2>Name<th colspan=2>Points<tr><th>Spring<th>Autumn</thead><tbody><tr><th scope=row>Ida<td>4<td>6</tbody></table>",
    );
    assert_eq!(
        found,
        "<table><thead><tr><th scope=\"col\" rowspan=\"2\">Name</th><th scope=\"col\" colspan=\"2\">Points</th></tr>\
         <tr><th scope=\"col\">Spring</th><th scope=\"col\">Autumn</th></tr></thead>\
         <tbody><tr><th scope=\"row\">Ida</th><td>4</td><td>6</td></tr></tbody></table>"
    );
    let told = written("<table><thead><tr><td>a<td>b</thead><tr><td>c<td>d</table>");
    assert!(told.starts_with("<table><thead><tr><td>a</td>"), "{told}");
    let guessed = written("<table><tr><th>a<th>b<tr><th>c<th>d<tr><td>e<td>f</table>");
    assert!(
        guessed.contains("d</th></tr></thead><tbody><tr><td>e"),
        "{guessed}"
    );
}

#[test]
fn no_cell_reaches_out_of_its_group() {
    let found = written(
        "<table><tbody><tr><td rowspan=3>North<td>Ash<tr><td>Birch</tbody><tbody><tr><td rowspan=0>South<td>Cedar<tr><td>Yew</tbody></table>",
    );
    assert_eq!(
        found,
        "<table><tbody><tr><td rowspan=\"2\">North</td><td>Ash</td></tr><tr><td>Birch</td></tr></tbody>\
         <tbody><tr><td rowspan=\"2\">South</td><td>Cedar</td></tr><tr><td>Yew</td></tr></tbody></table>"
    );
}

#[test]
fn a_foot_stands_last_and_a_wide_cell_ends_with_its_table() {
    assert_eq!(
        written(
            "<table><tfoot><tr><td>sum<td>3</tfoot><tbody><tr><td colspan=99>All<tr><td>a<td>1<tr><td>b<td>2</tbody></table>"
        ),
        "<table><tbody><tr><td colspan=\"2\">All</td></tr><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></tbody>\
         <tfoot><tr><td>sum</td><td>3</td></tr></tfoot></table>"
    );
}

#[test]
fn cells_keep_their_alignment_and_scope() {
    for cell in [
        "td align=right",
        "td style='text-align: right'",
        "td class=has-text-align-right",
    ] {
        let found = written(&format!(
            "<table><tr><th>a<th scope=colgroup>b<tr><td>c<{cell}>1</table>"
        ));
        assert!(
            found.contains("<td style=\"text-align: right\">1</td>"),
            "{found}"
        );
        assert!(found.contains("<th scope=\"colgroup\">b</th>"), "{found}");
    }
    let found = written("<table><tr><th>a<th>b<tr><td align=left>c<td align=justify>1</table>");
    assert!(!found.contains("style"), "{found}");
}

#[test]
fn wide_tables_are_set_smaller() {
    let row = "<tr><td>1<td>2<td>3<td>4<td>5<td>6";
    assert!(written(&format!("<table>{row}{row}</table>")).starts_with("<table class=\"wide\">"));
}

#[test]
fn a_caption_is_one_whatever_its_classes() {
    for class in ["infobox-title fn org", "box-title", "callout-title", ""] {
        let found = written(&format!(
            "<table class='infobox vcard'><caption class='{class}'>The Mill</caption><tr><th>Built<td>1702<tr><th>Burnt<td>1744</table>"
        ));
        assert!(
            found.starts_with("<table><caption>The Mill</caption>"),
            "{found}"
        );
    }
}

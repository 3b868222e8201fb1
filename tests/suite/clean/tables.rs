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

#[test]
fn headers_that_cells_name_stay_theirs() {
    // The scope says the same as the names.
    let plain = written(
        "<table><tr><th id=x>a<th id=y>b<tr><td headers=x>1<td headers=y>2<tr><td headers=x>3<td headers=y>4</table>",
    );
    assert!(!plain.contains("headers"), "{plain}");
    let shown = written(
        "<table><tbody><tr><th id=x>a<td headers=x>1<tr><th id=y>Below<td>2<tr><td headers=y>3<td>4</tbody></table>",
    );
    assert!(shown.contains("<th scope=\"col\">Below</th>"), "{shown}");
    assert!(!shown.contains("headers"), "{shown}");
    // No scope says that a header in the middle heads some cells beside it and some below.
    for [x, y] in [["x", "y"], ["north-1", "été"]] {
        let found = written(&format!(
            "<table><tr><th id='{x}'>a<th id='{y}'>b<tr><td headers='{y} {x} none'>1<td headers='{y}'>2</table>"
        ));
        assert_eq!(
            found,
            "<table><thead><tr><th id=\"header-2\" scope=\"col\">a</th><th id=\"header-1\" scope=\"col\">b</th></tr></thead>\
             <tbody><tr><td headers=\"header-1 header-2\">1</td><td>2</td></tr></tbody></table>"
        );
    }
    let two = format!(
        "{0}<p>x</p>{0}",
        "<table><tr><th id=x>a<th id=y>b<tr><td headers='x y'>1<td>2</table>"
    );
    let found = written(&two);
    assert!(found.contains("headers=\"header-3 header-4\""), "{found}");
    // A cell that links lead to keeps that place.
    let led = written(
        "<p><a href='#x'>to</a></p><table><tr><th id=x>a<th id=y>b<tr><td headers='x y'>1<td>2</table>",
    );
    assert!(led.contains("headers=\"header-1 header-2\""), "{led}");
}

#[test]
fn a_header_over_all_columns_heads_what_is_below() {
    for header in ["th colspan=2", "th colspan=9 scope=row"] {
        let found = written(&format!(
            "<table><tbody><tr><{header}>Ship<tr><th>Built<td>1900<tr><{header}>Later<tr><th>Sunk<td>1912</tbody></table>"
        ));
        assert!(
            found.contains("<th scope=\"col\" colspan=\"2\">Later</th>"),
            "{found}"
        );
        assert!(found.contains("<th scope=\"row\">Sunk</th>"), "{found}");
    }
    let beside = written("<table><tr><td>1<td>2<tr><th>a<td>3</table>");
    assert!(beside.contains("<th scope=\"row\">a</th>"), "{beside}");
}

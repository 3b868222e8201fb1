//! Lists: their numbers, their boxes, terms and explanations.

use super::properties::rendered;
use super::{clean, sketch};

/// What is written of markup, read again, is the same.
fn written(html: &str) -> String {
    let once = clean(html);
    let markup = rendered(&once);
    assert_eq!(sketch(html), sketch(&markup), "{markup}");
    markup.replace('\n', "")
}

#[test]
fn lists_keep_their_numbers() {
    for (html, wanted) in [
        (
            "<ol start=5><li>e<li>f<li value=12>l<li>m</ol>",
            "<ol start=\"5\"><li>e</li><li>f</li><li value=\"12\">l</li><li>m</li></ol>",
        ),
        (
            "<ol><li value=1>a<li value=2>b</ol>",
            "<ol><li>a</li><li>b</li></ol>",
        ),
        (
            "<ol reversed><li>c<li>b<li>a</ol>",
            "<ol reversed=\"reversed\"><li>c</li><li>b</li><li>a</li></ol>",
        ),
        (
            "<ol reversed start=9><li>c<li value=4>b<li>a</ol>",
            "<ol reversed=\"reversed\" start=\"9\"><li>c</li><li value=\"4\">b</li><li>a</li></ol>",
        ),
        (
            "<ol type=a><li>a<ol type=I><li>I</ol></ol>",
            "<ol type=\"a\"><li>a<ol type=\"I\"><li>I</li></ol></li></ol>",
        ),
        (
            "<ol style='list-style-type: lower-roman'><li>i</ol>",
            "<ol type=\"i\"><li>i</li></ol>",
        ),
        (
            "<ol class=upperalpha><li>A</ol>",
            "<ol type=\"A\"><li>A</li></ol>",
        ),
        ("<ul><li value=3>x</ul>", "<ul><li>x</li></ul>"),
        (
            "<ol start=nonsense type=x><li>x</ol>",
            "<ol><li>x</li></ol>",
        ),
        (
            "<ol><li><pre>x</pre><p>y</p></ol>",
            "<ol><li><pre dir=\"ltr\"><code>x</code></pre><p>y</p></li></ol>",
        ),
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
}

#[test]
fn neighbouring_lists_stay_apart_but_those_of_single_items_are_one() {
    let lists = |html: &str| written(html).matches("<ul>").count();
    assert_eq!(lists("<ul><li>a<li>b</ul><ul><li>c<li>d</ul>"), 2);
    assert_eq!(lists("<ul><li>a<li>b</ul><ul><li>c</ul>"), 2);
    assert_eq!(lists("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>"), 1);
    assert_eq!(lists("<li>a<li>b<li>c"), 1);
    assert_eq!(
        lists("<ul><li>x</li><ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul></ul>"),
        2
    );
    assert_eq!(
        written("<ol type=a><li>a</ol><ol start=2><li>b</ol>")
            .matches("<ol")
            .count(),
        2
    );
}

#[test]
fn tasks_are_done_or_open() {
    for (html, wanted) in [
        (
            "<ul><li class=task-list-item><input type=checkbox checked disabled> Buy</li><li><input type=checkbox disabled> Mend</li></ul>",
            "<ul><li>☑ Buy</li><li>☐ Mend</li></ul>",
        ),
        (
            "<ul class=contains-task-list><li><p><input type=checkbox> Mend</p></ul>",
            "<ul><li>☐ Mend</li></ul>",
        ),
        (
            "<ul><li><label><input type=checkbox checked>Paint</label></ul>",
            "<ul><li>☑ Paint</li></ul>",
        ),
        (
            "<ul><li><input type=checkbox id=m><label for=m>Menu</label></ul>",
            "<ul><li>Menu</li></ul>",
        ),
        (
            "<ul><li>Tick <input type=checkbox disabled> here</ul>",
            "<ul><li>Tick here</li></ul>",
        ),
        ("<p><input type=checkbox disabled> x</p>", "<p>x</p>"),
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
}

#[test]
fn terms_and_explanations_stay_what_they_are() {
    for (html, wanted) in [
        (
            "<dl><dt>A<dd>one<dt>B<dt>C<dd>two<dd>three</dl>",
            "<dl><dt>A</dt><dd>one</dd><dt>B</dt><dt>C</dt><dd>two</dd><dd>three</dd></dl>",
        ),
        (
            "<dl><div><dt>A</dt><dd><p>one</p><p>more</p></dd></div><div><dt>B</dt><dd>two</dd></div></dl>",
            "<dl><dt>A</dt><dd><p>one</p><p>more</p></dd><dt>B</dt><dd>two</dd></dl>",
        ),
        ("<dl><dt>A</dt></dl>", "<dl><dt>A</dt><dd></dd></dl>"),
        (
            "<dl><dd>alone</dd><dt>A</dt><dd>one</dd></dl>",
            "<p>alone</p><dl><dt>A</dt><dd>one</dd></dl>",
        ),
        (
            "<dl><dt><h3>A</h3></dt><dd>one<dl><dt>B<dd>two</dl></dd></dl>",
            "<dl><dt>A</dt><dd><p>one</p><dl><dt>B</dt><dd>two</dd></dl></dd></dl>",
        ),
        (
            "<ul><li>x<li>y</ul><dl><dt>A<dd>one</dl>",
            "<ul><li>x</li><li>y</li></ul><dl><dt>A</dt><dd>one</dd></dl>",
        ),
        ("<dl></dl>", ""),
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
    // Galleries are made of definitions that define nothing.
    let gallery =
        "<dl class=gallery-item><dt><img src=/a.jpg></dt><dd class=wp-caption-text>Words</dd></dl>";
    assert_eq!(sketch(gallery), "figure news.example/a.jpg | Words");
}

#[test]
fn a_box_stands_before_the_words_of_its_task() {
    for (html, wanted) in [
        (
            "<ul data-type=taskList><li data-checked=true data-type=taskItem><label><input type=checkbox checked><span></span></label><div><p>a</p></div></li></ul>",
            "<ul><li>☑ a</li></ul>",
        ),
        (
            "<ul class=to-do-list><li><div class='checkbox checkbox-on'></div> <span class=to-do-children-checked>a</span></li><li><div class='checkbox checkbox-off'></div> <span>b</span></li></ul>",
            "<ul><li>☑ a</li><li>☐ b</li></ul>",
        ),
        (
            "<ul class=task-list><li><p><input type=checkbox disabled></p><p>a <b>b</b></p><p>c</p></li></ul>",
            "<ul><li><p>☐ a <strong>b</strong></p><p>c</p></li></ul>",
        ),
        (
            "<ul><li><div class='checkbox checkbox-on'>Yes</div> a</li></ul>",
            "<ul><li><p>Yes</p><p>a</p></li></ul>",
        ),
    ] {
        assert_eq!(written(html), wanted, "{html}");
    }
}

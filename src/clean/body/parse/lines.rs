//! Plain text as markup: blank lines part paragraphs, other line ends stay.

/// The HTML that shows the text as it stands.
pub(in crate::clean::body) fn as_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let mut html = String::with_capacity(escaped.len() + 64);
    let mut open = false;
    for line in escaped.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
            continue;
        }
        html.push_str(if open { "<br>" } else { "<p>" });
        html.push_str(line);
        html.push('\n');
        open = true;
    }
    html
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn lines_and_paragraphs_stay_and_nothing_is_markup() {
        assert_eq!(
            as_html(" a <b> & c\nd\n\n\ne"),
            "<p>a &lt;b&gt; &amp; c\n<br>d\n<p>e\n"
        );
        assert_eq!(as_html(" \n"), "");
    }
}

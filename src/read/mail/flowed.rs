//! Texts whose long lines the sender's program cut (`format=flowed`, RFC 3676).

/// The text with its lines as they were written. `deletes_space` says whether the space at the end of a cut
/// line is the program's (`delsp=yes`).
pub(super) fn joined(text: &str, deletes_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    // How deep the open line is quoted, if it goes on.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let marks = line.bytes().take_while(|&byte| byte == b'>').count();
        let rest = line.get(marks..).unwrap_or_default();
        // A line that begins with what would mean something has a space before it.
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let is_signature = rest == "-- ";
        if open.is_none_or(|depth| depth != marks || is_signature) {
            if open.is_some() {
                joined.push('\n');
            }
            joined.push_str(&">".repeat(marks));
            joined.push_str(if marks > 0 { " " } else { "" });
        }
        let goes_on = rest.ends_with(' ') && !is_signature;
        joined.push_str(match goes_on && deletes_space {
            true => rest.strip_suffix(' ').unwrap_or(rest),
            false => rest,
        });
        open = goes_on.then_some(marks);
        if !goes_on {
            joined.push('\n');
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn lines_that_end_in_a_space_go_on() {
        let text = "One line \nthat goes \non.\nAnother.\n> quoted \n> too\n>> deeper \nend\n From here\n-- \nAda\n";
        assert_eq!(
            joined(text, false),
            "One line that goes on.\nAnother.\n> quoted too\n>> deeper \nend\nFrom here\n-- \nAda\n"
        );
        assert_eq!(joined("港口 \n的\nby  \nword\n", true), "港口的\nby word\n");
    }
}

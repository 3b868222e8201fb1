//! Names of authors, as feeds write them.

use super::parser::nonblank;

/// The name in `mail@host (Name)`, `Name <mail@host>` and the like; a text without an address of mail
/// stays as it is.
pub(super) fn person(text: &str) -> Option<String> {
    // A place on the site that names its users.
    let text = text.trim();
    let text = match text.starts_with('/') {
        true => text
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(text),
        false => text,
    };
    let text = nonblank(text)?;
    let is_border = |c: char| c.is_whitespace() || "()<>[],;\"".contains(c);
    let Some(mail) = text.split(is_border).find(|word| is_mail(word)) else {
        return Some(text);
    };
    let rest = text.replacen(mail, " ", 1);
    let name = rest.trim_matches(is_border).trim_matches('-').trim();
    let name = without_empty_brackets(name);
    // A name without letters is none: the address says more.
    match name.contains(char::is_alphanumeric) {
        true => Some(name),
        false => Some(mail.trim_start_matches("mailto:").to_owned()),
    }
}

fn is_mail(word: &str) -> bool {
    let parts = word.split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.')
    })
}

/// `Name ( )` has had its address between the brackets.
fn without_empty_brackets(name: &str) -> String {
    let words = name
        .split_whitespace()
        .filter(|word| !matches!(*word, "(" | ")" | "()" | "<" | ">" | "<>"));
    words.collect::<Vec<_>>().join(" ")
}

/// The authors without the feed itself, where that is told as the source: feeds name themselves where they know of
/// nobody, since Atom has no entry without an author (RFC 4287, section 4.1.2). `source` is the feed's title then;
/// nothing where the name would stand nowhere else.
pub(super) fn persons(mut authors: Vec<String>, source: Option<&str>) -> Vec<String> {
    authors.retain(|author| Some(author.as_str()) != source);
    authors
}

#[cfg(test)]
mod tests {
    use super::person;

    #[test]
    fn an_address_of_mail_is_no_part_of_a_name() {
        for (written, name) in [
            ("ada@a.example (Ada Keeper)", "Ada Keeper"),
            ("Ada Keeper <ada@a.example>", "Ada Keeper"),
            ("Ada Keeper (ada@a.example)", "Ada Keeper"),
            ("\"Keeper, Ada\" <ada@a.example>", "Keeper, Ada"),
            ("ada@a.example", "ada@a.example"),
            ("ada@a.example ()", "ada@a.example"),
            ("@ada", "@ada"),
            ("/u/ada", "ada"),
            (" /user/ada/ ", "ada"),
            ("AC/DC", "AC/DC"),
            ("Ada Keeper", "Ada Keeper"),
        ] {
            assert_eq!(person(written).as_deref(), Some(name));
        }
        assert_eq!(person(" "), None);
    }
}

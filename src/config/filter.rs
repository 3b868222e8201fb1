//! Which articles are taken, by patterns: section `[select]`.

use crate::error::{Error, Result};
use crate::model::{Address, CleanText};
use serde::Deserialize;

/// Patterns as the configuration file has them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PatternOptions {
    /// The host of the article's address; a host stands for those below it too.
    pub host: Vec<String>,
    /// The name of its source, whole.
    pub source: Vec<String>,
    /// One of its tags, whole.
    pub tag: Vec<String>,
    /// Any part of its title.
    pub title: Vec<String>,
    /// The language of its text; a language stands for its scripts and regions too. All articles are read
    /// for it.
    pub language: Vec<String>,
    /// Any part of its text. All articles are read for it.
    pub text: Vec<String>,
}

/// Takes some articles and leaves others. One that it leaves is in no output, and nothing is said
/// of it.
///
/// An article is taken where each key that `include` names has a pattern that matches it, and no
/// pattern of `exclude` does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    include: Patterns,
    exclude: Patterns,
}

/// What patterns are matched against.
#[derive(Clone, Copy, Debug, Default)]
pub struct SelectionFacts<'article> {
    /// The host of the article's address, in lower case and ASCII.
    pub host: Option<&'article str>,
    /// The name of its source.
    pub source: &'article str,
    /// Its tags.
    pub tags: &'article [CleanText],
    /// Its title as written.
    pub title: &'article str,
}

/// What patterns are matched against that only the text of an article tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextFacts<'article> {
    /// The language of the text, where it is known.
    pub language: Option<&'article str>,
    /// What a reader sees of it.
    pub text: &'article str,
}

impl Filter {
    /// Reads the patterns. In each, `*` stands for any characters, and upper or lower case does
    /// not matter. A host stands for the hosts below it too; the pattern of a title may match any
    /// part of it.
    ///
    /// # Errors
    /// Where a pattern is blank, or the pattern of a host could match none.
    pub fn new(include: &PatternOptions, exclude: &PatternOptions) -> Result<Self> {
        Ok(Filter {
            include: Patterns::new("select.include", include)?,
            exclude: Patterns::new("select.exclude", exclude)?,
        })
    }

    /// Whether every article is taken.
    pub fn takes_all(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether an article has to be read for it to be told whether it is taken.
    pub fn needs_text(&self) -> bool {
        self.include.needs_text() || self.exclude.needs_text()
    }

    /// Whether an article is taken, as far as its text tells.
    pub fn takes_text(&self, facts: TextFacts<'_>) -> bool {
        let matches = |patterns: &Patterns| patterns.matches_text(facts).into_iter().flatten();
        matches(&self.include).all(|matches| matches)
            && !matches(&self.exclude).any(|matches| matches)
    }

    /// Whether an article is taken, as far as its head tells.
    pub fn takes(&self, facts: SelectionFacts<'_>) -> bool {
        self.include.all_match(facts) && !self.exclude.any_matches(facts)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Patterns {
    host: Vec<Pattern>,
    source: Vec<Pattern>,
    tag: Vec<Pattern>,
    title: Vec<Pattern>,
    language: Vec<Pattern>,
    text: Vec<Pattern>,
}

impl Patterns {
    fn new(section: &str, options: &PatternOptions) -> Result<Self> {
        let read = |key: &str, texts: &[String], read: fn(&str) -> Option<Pattern>| {
            let pattern = |text: &String| {
                read(text).ok_or_else(|| refused(&format!("{section}.{key}"), text))
            };
            texts.iter().map(pattern).collect::<Result<Vec<_>>>()
        };
        Ok(Patterns {
            host: read("host", &options.host, Pattern::host)?,
            source: read("source", &options.source, Pattern::whole)?,
            tag: read("tag", &options.tag, Pattern::whole)?,
            title: read("title", &options.title, Pattern::part)?,
            language: read("language", &options.language, Pattern::whole)?,
            text: read("text", &options.text, Pattern::part)?,
        })
    }

    /// For each key, whether one of its patterns matches; nothing where it has none.
    fn matches(&self, facts: SelectionFacts<'_>) -> [Option<bool>; 4] {
        let some = |patterns: &[Pattern], found: &dyn Fn(&Pattern) -> bool| {
            (!patterns.is_empty()).then(|| patterns.iter().any(found))
        };
        [
            some(&self.host, &|pattern| {
                facts.host.is_some_and(|host| pattern.matches_host(host))
            }),
            some(&self.source, &|pattern| pattern.matches(facts.source)),
            some(&self.tag, &|pattern| {
                facts.tags.iter().any(|tag| pattern.matches(tag))
            }),
            some(&self.title, &|pattern| pattern.matches(facts.title)),
        ]
    }

    fn needs_text(&self) -> bool {
        !self.language.is_empty() || !self.text.is_empty()
    }

    /// The same for what only the text tells.
    fn matches_text(&self, facts: TextFacts<'_>) -> [Option<bool>; 2] {
        let some = |patterns: &[Pattern], found: &dyn Fn(&Pattern) -> bool| {
            (!patterns.is_empty()).then(|| patterns.iter().any(found))
        };
        [
            some(&self.language, &|pattern| {
                let language = facts.language.unwrap_or_default();
                pattern.matches_language(language)
            }),
            some(&self.text, &|pattern| pattern.matches(facts.text)),
        ]
    }

    fn all_match(&self, facts: SelectionFacts<'_>) -> bool {
        let mut keys = self.matches(facts).into_iter().flatten();
        keys.all(|matches| matches)
    }

    fn any_matches(&self, facts: SelectionFacts<'_>) -> bool {
        let mut keys = self.matches(facts).into_iter().flatten();
        keys.any(|matches| matches)
    }
}

fn refused(key: &str, text: &str) -> Error {
    Error::refused(
        key,
        text,
        "give a name, or a part of one with `*` for the rest, for example \"*.example.org\"",
    )
}

/// A text in lower case whose parts follow each other with anything between them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    first: String,
    /// What follows the first `*`, between one `*` and the next; empty where there is none.
    rest: Vec<String>,
}

impl Pattern {
    /// A pattern that matches a whole text.
    fn whole(text: &str) -> Option<Self> {
        let text = CleanText::line(text);
        if text.is_blank() {
            return None;
        }
        let lower = text.as_str().to_lowercase();
        let mut parts = lower.split('*').map(str::to_owned);
        Some(Pattern {
            first: parts.next().unwrap_or_default(),
            rest: parts.collect(),
        })
    }

    /// A pattern that matches a part of a text.
    fn part(text: &str) -> Option<Self> {
        if CleanText::line(text).is_blank() {
            return None;
        }
        Pattern::whole(&format!("*{}*", text.trim()))
    }

    /// A pattern of hosts, international ones in the form that addresses have.
    fn host(text: &str) -> Option<Self> {
        let address = Address::parse(&format!("http://{}/", text.trim()))?;
        let alone = address.url().path() == "/" && address.url().port().is_none();
        Pattern::whole(address.host().filter(|_| alone)?)
    }

    fn matches(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let Some((last, between)) = self.rest.split_last() else {
            return text == self.first;
        };
        let Some(mut left) = text.strip_prefix(&self.first) else {
            return false;
        };
        for part in between {
            match left.split_once(part.as_str()) {
                Some((_, after)) => left = after,
                None => return false,
            }
        }
        left.ends_with(last.as_str())
    }

    /// Whether a language or a wider one matches: `zh` for `zh-Hans-CN`.
    fn matches_language(&self, language: &str) -> bool {
        let mut tags =
            std::iter::successors(Some(language), |tag: &&str| Some(tag.rsplit_once('-')?.0));
        tags.any(|tag| self.matches(tag))
    }

    /// Whether a host or one above it matches.
    fn matches_host(&self, host: &str) -> bool {
        let above = |host: &str| host.split_once('.').map(|(_, above)| above.to_owned());
        let hosts = std::iter::successors(Some(host.to_owned()), |host| above(host));
        hosts.into_iter().any(|host| self.matches(&host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: Option<Pattern>, text: &str) -> bool {
        pattern.is_some_and(|pattern| pattern.matches(text))
    }

    #[test]
    fn a_star_stands_for_anything_and_case_for_nothing() {
        let cases = [
            ("BBC", "bbc", true),
            ("BBC", "BBC 中文", false),
            ("BBC*", "BBC 中文", true),
            ("*", "", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "acb", false),
            ("a*ab", "ab", false),
            ("Ärger*", "ärgernis", true),
        ];
        for (pattern, text, expected) in cases {
            let found = matches(Pattern::whole(pattern), text);
            assert_eq!(found, expected, "{pattern} {text}");
        }
        assert!(matches(Pattern::part("港口"), "旧港口的灯"));
        assert_eq!(Pattern::whole(" "), None);
        assert_eq!(Pattern::part("\u{200B}"), None);
    }

    #[test]
    fn a_host_stands_for_those_below_it() {
        let below = |pattern: &str, host: &str| {
            Pattern::host(pattern).is_some_and(|pattern| pattern.matches_host(host))
        };
        assert!(below("Example.org", "www.example.org"));
        assert!(!below("example.org", "counterexample.org"));
        assert!(below("例子.example", "www.xn--fsqu00a.example"));
        assert!(below("news.*", "news.example.org"));
        assert_eq!(Pattern::host("example.org/page"), None);
        assert_eq!(Pattern::host(""), None);
    }
}

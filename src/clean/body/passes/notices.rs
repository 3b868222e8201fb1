//! What a source puts at the ends of its articles: found by what was learnt of it, line by line.

use crate::clean::Removed;
use crate::clean::body::passes::endings::{is_credit, is_rights};
use crate::clean::body::walk::draft::Draft;
use crate::clean::boilerplate::{Boilerplate, End, Ends, LONGEST_LINE, Line, Numbers};
use crate::clean::letters;
use crate::model::{Block, Digest, Inline, Phrase, plain_text};

/// How many blocks at the beginning may be boilerplate.
const MOST_OPENING: usize = 3;

/// How many blocks at the end may be.
const MOST_CLOSING: usize = 8;

/// The fewest letters outside its links that a line is compared by; one with fewer is compared by all
/// its letters.
const FEWEST_OWN: usize = 8;

/// The short lines at both ends.
pub(in crate::clean::body) fn ends(drafts: &[Draft]) -> Ends {
    let closing = drafts.len().saturating_sub(MOST_CLOSING);
    let last = drafts.iter().skip(closing).rev();
    let rest: String = drafts
        .iter()
        .filter_map(Draft::paragraph)
        .flat_map(|line| lines(line))
        .map(plain_text)
        .filter(|line| letters::are_more(line, LONGEST_LINE))
        .collect();
    let short = short_lines(drafts);
    Ends {
        opening: compared(drafts.iter().take(MOST_OPENING)),
        closing: compared(last),
        // Articles without a long line are told apart by all of their lines.
        rest: Digest::of(if rest.is_empty() { short } else { rest }.as_bytes()),
    }
}

fn short_lines(drafts: &[Draft]) -> String {
    let lines = drafts.iter().filter_map(|draft| draft.block.line());
    lines.map(plain_text).collect()
}

fn compared<'drafts>(drafts: impl Iterator<Item = &'drafts Draft>) -> Vec<Line> {
    let lines = drafts.filter_map(line_of).flat_map(lines).filter_map(words);
    lines.filter(|line| line.length() <= LONGEST_LINE).collect()
}

/// The line of a block that may be boilerplate.
fn line_of(draft: &Draft) -> Option<&[Inline]> {
    match &draft.block {
        Block::Paragraph(line) if !draft.mark.caption => Some(line),
        Block::Heading(heading) => Some(&heading.content),
        _ => None,
    }
}

/// The lines of a paragraph.
fn lines(line: &[Inline]) -> impl Iterator<Item = &[Inline]> {
    line.split(|inline| matches!(inline, Inline::Break))
}

/// What a line is compared by: what it says outside its links, since where those lead differs from
/// article to article. Nothing where it holds a picture, or says whose the text is.
fn words(line: &[Inline]) -> Option<Line> {
    let has_picture = |inline: &Inline| matches!(inline, Inline::Image(_));
    let text = plain_text(line);
    let text = text.trim();
    if is_too_long(line, text) {
        return None;
    }
    if names_somebody(text) {
        return None;
    }
    if line.iter().any(has_picture) || (is_rights(text) && !is_made(line, text)) || is_credit(text)
    {
        return None;
    }
    let own: Vec<Inline> = line.iter().map(without_links).collect();
    let numbers = match is_menu(line, text) {
        true => Numbers::All,
        false => Numbers::Dates,
    };
    let own = Line::new(&plain_text(&own), numbers, text);
    if own.length() >= FEWEST_OWN || !line.iter().any(has_link) {
        return (!own.letters.is_empty()).then_some(own);
    }
    let all = Line::new(text, Numbers::All, text);
    (!all.letters.is_empty()).then_some(all)
}

/// Whether a line is longer than any that is compared: most of an article's are. Only the letters outside its
/// links are counted, since all digits of a number count for one.
fn is_too_long(line: &[Inline], text: &str) -> bool {
    if text.len() <= LONGEST_LINE {
        return false;
    }
    let mut looked = Looked::default();
    match line {
        [Inline::Text(_)] => {
            looked.at_text(text);
            looked.letters > LONGEST_LINE
        }
        _ => {
            looked.at_own(line);
            looked.letters > LONGEST_LINE && looked.characters <= MOST_LOOKED_AT
        }
    }
}

/// So many characters of a line are looked at, at least, to tell whether it is longer than any that is compared:
/// as many as it is compared by.
const MOST_LOOKED_AT: usize = LONGEST_LINE * 8;

/// How much of a line was looked at, up to the letter that makes it too long.
#[derive(Default)]
struct Looked {
    letters: usize,
    characters: usize,
}

impl Looked {
    fn at_text(&mut self, text: &str) {
        for c in text.chars() {
            if self.letters > LONGEST_LINE {
                break;
            }
            self.characters += 1;
            let is_letter = letters::is_common_han(c) || (c.is_alphabetic() && !c.is_numeric());
            self.letters += usize::from(is_letter);
        }
    }

    /// What stands outside of links, as in [`without_links`].
    fn at_own(&mut self, line: &[Inline]) {
        for inline in line {
            match inline {
                Inline::Text(text) => self.at_text(text),
                Inline::Emphasis(content) | Inline::Strong(content) => self.at_own(content),
                Inline::Phrase(phrase) => self.at_own(&phrase.content),
                _ => self.characters += 1,
            }
        }
    }
}

/// Whether a link stands in a part of a line.
fn has_link(inline: &Inline) -> bool {
    let mut inside = inline.children().flatten();
    matches!(inline, Inline::Link(_)) || inside.any(has_link)
}

/// Whether a line is a plug-in's menu, in which one entry counts: `Permalink | 2 comments | Share`.
fn is_menu(line: &[Inline], text: &str) -> bool {
    let entries: Vec<&str> = text.split(['|', '·', '•']).map(str::trim).collect();
    let counts = |entry: &&&str| entry.contains(char::is_numeric);
    entries.len() > 2
        && line.iter().any(has_link)
        && entries
            .iter()
            .all(|entry| entry.split_whitespace().count() <= 4)
        && entries.iter().filter(counts).count() <= 1
}

/// What stands before the names of those who made a text: who they are is not their source's to say.
const ROLES: [&str; 20] = [
    "译者",
    "譯者",
    "翻译",
    "翻譯",
    "作者",
    "撰文",
    "记者",
    "記者",
    "文/",
    "文／",
    "by ",
    "author",
    "written by",
    "translat",
    "von ",
    "übersetz",
    "par ",
    "traduc",
    "tradu",
    "por ",
];

fn names_somebody(text: &str) -> bool {
    let start: String = text.chars().take(16).flat_map(char::to_lowercase).collect();
    let start = start.trim_start_matches(|c: char| !c.is_alphanumeric());
    ROLES.iter().any(|role| start.starts_with(role))
}

fn without_links(inline: &Inline) -> Inline {
    match inline {
        Inline::Text(text) => Inline::Text(text.clone()),
        Inline::Emphasis(content) => Inline::Emphasis(content.iter().map(without_links).collect()),
        Inline::Strong(content) => Inline::Strong(content.iter().map(without_links).collect()),
        Inline::Phrase(phrase) => Inline::Phrase(Phrase {
            kind: phrase.kind.clone(),
            content: phrase.content.iter().map(without_links).collect(),
        }),
        _ => Inline::Break,
    }
}

/// Whether a plug-in made a statement of rights: the links of a feed follow it, something else is said
/// behind it, or the name of the function stands where its result should.
fn is_made(line: &[Inline], text: &str) -> bool {
    let links = line
        .iter()
        .filter(|inline| matches!(inline, Inline::Link(_)));
    let calls = text.match_indices('(').any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        name.take(1).any(|name| name.contains('_'))
    });
    calls
        || (text.contains('|') && links.count() > 1)
        || text.matches('|').count() > 1
        || says_more(text)
}

/// Words that end a statement of rights, or go on with it.
const OF_RIGHTS: [&str; 21] = [
    "right", "reserv", "permi", "reprodu", "publi", "licen", "derecho", "droit", "recht", "direit",
    "diritt", "版权", "版權", "所有", "转载", "轉載", "授权", "授權", "许可", "許可", "прав",
];

/// Whether a sentence that is about no rights follows one that is.
fn says_more(text: &str) -> bool {
    let sentences = text.split_inclusive(['.', '!', '?', '。', '！', '？', '|']);
    let mut is_told = false;
    for sentence in sentences {
        let lower = sentence.to_lowercase();
        let is_long = letters::each(&lower).nth(FEWEST_OWN).is_some();
        let is_of_rights = OF_RIGHTS.iter().any(|word| lower.contains(word));
        if is_told && is_long && !is_of_rights {
            return true;
        }
        is_told |= is_of_rights;
    }
    false
}

/// Removes what many articles of the source say at the same end. Says whether there was any. Nothing
/// goes where nothing but it is said.
pub(in crate::clean::body) fn remove(
    drafts: &mut Vec<Draft>,
    known: &Boilerplate,
    removed: &mut Vec<Removed>,
) -> bool {
    let found = Found::of(drafts, known);
    if found.0.iter().all(|lines| lines.is_empty()) || !found.leaves_text(drafts) {
        return false;
    }
    for (draft, said) in drafts.iter_mut().zip(&found.0) {
        cut(&mut draft.block, said, removed);
    }
    let mut position = 0;
    drafts.retain(|draft| {
        let gone = found.0.get(position).is_some_and(|said| !said.is_empty());
        position += 1;
        !(gone && draft.block.line().is_some_and(<[Inline]>::is_empty))
    });
    // Lines that parted the notices from the text part nothing any more.
    while drafts.last().is_some_and(is_rule) {
        drafts.pop();
    }
    while drafts.first().is_some_and(is_rule) {
        drafts.remove(0);
    }
    true
}

fn is_rule(draft: &Draft) -> bool {
    matches!(draft.block, Block::Rule)
}

/// The numbers of the lines that go, for every block.
struct Found(Vec<Vec<usize>>);

impl Found {
    fn of(drafts: &[Draft], known: &Boilerplate) -> Self {
        let mut found = Found(vec![Vec::new(); drafts.len()]);
        if !known.is_empty_at(End::Closing) {
            found.closing(drafts, known);
        }
        if !known.is_empty_at(End::Opening) {
            found.opening(drafts, known);
        }
        found
    }

    /// What varies may stand between lines at the end, such as an article's tags. But a label stays
    /// with what follows it.
    fn closing(&mut self, drafts: &[Draft], known: &Boilerplate) {
        let first = drafts.len().saturating_sub(MOST_CLOSING);
        let mut kept_below = false;
        for (at, draft) in drafts.iter().enumerate().skip(first).rev() {
            let Some(line) = line_of(draft) else {
                kept_below |= !is_rule(draft);
                continue;
            };
            let lines: Vec<&[Inline]> = lines(line).collect();
            for (number, line) in lines.iter().enumerate().rev() {
                let label = kept_below && is_label(draft, line);
                let Some(said) = words(line) else {
                    kept_below |= !plain_text(line).trim().is_empty();
                    continue;
                };
                if !label && known.says(End::Closing, &said) {
                    self.add(at, number);
                } else {
                    kept_below = true;
                }
            }
        }
    }

    /// At the beginning, nothing but boilerplate stands before boilerplate.
    fn opening(&mut self, drafts: &[Draft], known: &Boilerplate) {
        for (at, draft) in drafts.iter().enumerate().take(MOST_OPENING) {
            let Some(line) = draft.paragraph().filter(|_| !draft.mark.caption) else {
                return;
            };
            for (number, line) in lines(line).enumerate() {
                let said = words(line).filter(|said| known.says(End::Opening, said));
                if said.is_none() || is_label(draft, line) {
                    return;
                }
                self.add(at, number);
            }
        }
    }

    fn add(&mut self, at: usize, number: usize) {
        if let Some(numbers) = self.0.get_mut(at)
            && !numbers.contains(&number)
        {
            numbers.push(number);
        }
    }

    /// Whether more text stays than goes.
    fn leaves_text(&self, drafts: &[Draft]) -> bool {
        let length = |draft: &Draft| crate::model::Body::flattened(vec![draft.block.clone()]).0;
        let all = drafts
            .iter()
            .map(|draft| letters::each(&length(draft).plain_text()).count());
        let mut gone = 0;
        for (draft, numbers) in drafts.iter().zip(&self.0) {
            let lines: Vec<&[Inline]> = line_of(draft).into_iter().flat_map(lines).collect();
            let said = numbers.iter().filter_map(|&number| lines.get(number));
            gone += said
                .map(|line| letters::each(&plain_text(line)).count())
                .sum::<usize>();
        }
        all.sum::<usize>() > gone
    }
}

/// Whether a line says what follows it.
fn is_label(draft: &Draft, line: &[Inline]) -> bool {
    let is_bold = line
        .iter()
        .all(|inline| matches!(inline, Inline::Strong(_)));
    matches!(draft.block, Block::Heading(_))
        || is_bold
        || plain_text(line).trim_end().ends_with([':', '：'])
}

/// Takes lines out of a block.
fn cut(block: &mut Block, numbers: &[usize], removed: &mut Vec<Removed>) {
    let content = match block {
        Block::Paragraph(content) => content,
        Block::Heading(heading) => &mut heading.content,
        _ => return,
    };
    if numbers.is_empty() {
        return;
    }
    let mut kept: Vec<Inline> = Vec::new();
    for (number, line) in lines(content).enumerate() {
        if numbers.contains(&number) {
            removed.push(Removed {
                rule: "boilerplate",
                text: plain_text(line).into_owned(),
            });
        } else if !line.is_empty() {
            if !kept.is_empty() {
                kept.push(Inline::Break);
            }
            kept.extend_from_slice(line);
        }
    }
    *content = kept;
}

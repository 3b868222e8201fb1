//! A formula as one line of characters that means the same: brackets stand where the formula has
//! lines, heights and rows.

mod row;

use super::{Math, MathAttribute, MathElement as E};
use row::{row, tidy};

/// The line.
pub(super) fn line(math: &Math) -> String {
    tidy(&write(math).text)
}

/// A part as characters.
struct Written {
    text: String,
    kind: Kind,
}

/// How a part stands beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One name, number or bracketed whole: it needs no brackets anywhere.
    Atom,
    /// A word, which others stand apart from.
    Word,
    /// It ends with a script of its own, which what follows must not join.
    Scripted,
    /// Parts side by side.
    Group,
    /// One part over another: it needs brackets beside anything.
    Fraction,
    /// An operator.
    Sign(Sign),
    /// A sign like that of a sum, with what stands at it.
    Large,
    /// Rows, without brackets.
    Rows,
    /// Room.
    Gap,
    /// Nothing.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Open,
    Close,
    /// A bar, which opens or closes.
    Bar,
    /// Between two parts, with space around.
    Infix,
    /// Between two parts, without.
    Tight,
    /// A comma or its like.
    Separator,
}

impl Written {
    fn new(text: impl Into<String>, kind: Kind) -> Self {
        let text = text.into();
        let kind = if text.is_empty() { Kind::Nothing } else { kind };
        Written { text, kind }
    }

    /// The part in brackets, if it is more than one thing.
    fn bracketed(self) -> String {
        match self.kind {
            Kind::Atom | Kind::Sign(_) | Kind::Nothing | Kind::Gap => self.text,
            Kind::Word if !self.text.contains(' ') => self.text,
            Kind::Rows => format!("[{}]", self.text),
            _ => format!("({})", self.text),
        }
    }
}

fn write(math: &Math) -> Written {
    match math.element() {
        E::Identifier | E::Number | E::Text | E::StringLiteral | E::Operator => token(math),
        E::Prescripts | E::Phantom => Written::new("", Kind::Nothing),
        E::Space => space(math),
        E::Fraction => fraction(math),
        E::SquareRoot => root(row(math.children()), "√"),
        E::Root => nth_root(math),
        E::Subscript | E::Superscript | E::SubSuperscript => scripted(math),
        E::Under | E::Over | E::UnderOver => limits(math),
        E::Multiscripts => multiscripts(math),
        E::Table => table(math),
        _ => row(math.children()),
    }
}

fn token(math: &Math) -> Written {
    let text = math.text().as_str();
    match math.element() {
        E::Operator => operator(text),
        E::StringLiteral => Written::new(format!("\"{text}\""), Kind::Word),
        E::Text => Written::new(text.trim(), Kind::Word),
        E::Identifier if math.attribute(MathAttribute::MathVariant) == Some("double-struck") => {
            Written::new(
                text.chars().map(double_struck).collect::<String>(),
                Kind::Atom,
            )
        }
        E::Identifier if text.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
            Written::new(text, Kind::Word)
        }
        _ => Written::new(text, Kind::Atom),
    }
}

fn double_struck(c: char) -> char {
    match c {
        'C' => 'ℂ',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'Z' => 'ℤ',
        'A'..='Z' => char::from_u32(0x1D538 + u32::from(c) - u32::from('A')).unwrap_or(c),
        other => other,
    }
}

/// An operator; invisible ones are nothing, but a comma that nobody sees (MathML 3, section 3.2.5.5).
fn operator(text: &str) -> Written {
    let sign = match text {
        "\u{2061}" | "\u{2062}" | "\u{2064}" => return Written::new("", Kind::Nothing),
        "\u{2063}" => return Written::new(",", Kind::Sign(Sign::Separator)),
        "(" | "[" | "{" | "⟨" | "⌈" | "⌊" | "⟦" => Sign::Open,
        ")" | "]" | "}" | "⟩" | "⌉" | "⌋" | "⟧" => Sign::Close,
        "|" | "‖" | "∥" | "∣" => Sign::Bar,
        "," | ";" => Sign::Separator,
        "!" | "′" | "″" | "‴" | "'" | "." | "/" | "∂" | "∇" | "∀" | "∃" | "¬" | "∞" | "…" | "⋯"
        | "°" | "%" => Sign::Tight,
        "∑" | "∏" | "∐" | "∫" | "∬" | "∭" | "∮" | "⋃" | "⋂" | "⨁" | "⨂" | "⋀" | "⋁" =>
        {
            return Written::new(text, Kind::Large);
        }
        word if word.chars().filter(|c| c.is_alphabetic()).count() > 1 => {
            return Written::new(word, Kind::Word);
        }
        _ => Sign::Infix,
    };
    Written::new(text, Kind::Sign(sign))
}

fn part(math: &Math, number: usize) -> Written {
    match math.children().get(number) {
        Some(part) => write(part),
        None => Written::new("", Kind::Nothing),
    }
}

/// Room between two parts, unless it draws them together.
fn space(math: &Math) -> Written {
    let width = math.attribute(MathAttribute::Width).unwrap_or_default();
    let wide = width.contains(|c: char| matches!(c, '1'..='9')) && !width.starts_with('-');
    Written::new(if wide { " " } else { "" }, Kind::Gap)
}

/// A fraction; one without a line is a coefficient (n over k).
fn fraction(math: &Math) -> Written {
    let bracketed = |part: Written| match part.kind {
        Kind::Scripted => part.text,
        _ => part.bracketed(),
    };
    let (above, below) = (bracketed(part(math, 0)), bracketed(part(math, 1)));
    let line = math.attribute(MathAttribute::LineThickness);
    let without = line.is_some_and(|line| line.bytes().all(|byte| !matches!(byte, b'1'..=b'9')));
    if without {
        return Written::new(format!("{above} over {below}"), Kind::Group);
    }
    Written::new(format!("{above}/{below}"), Kind::Fraction)
}

fn root(inside: Written, sign: &str) -> Written {
    let kind = match inside.kind {
        Kind::Atom => Kind::Scripted,
        _ => Kind::Atom,
    };
    let inside = match inside.kind {
        Kind::Atom => inside.text,
        _ => format!("({})", inside.text),
    };
    Written::new(format!("{sign}{inside}"), kind)
}

/// A root of another order: by its sign where there is one, else as a power.
fn nth_root(math: &Math) -> Written {
    let (inside, order) = (part(math, 0), part(math, 1));
    match order.text.as_str() {
        "" | "2" => root(inside, "√"),
        "3" => root(inside, "∛"),
        "4" => root(inside, "∜"),
        _ => {
            let text = format!("{}^(1/{})", inside.bracketed(), order.bracketed());
            Written::new(text, Kind::Atom)
        }
    }
}

fn scripted(math: &Math) -> Written {
    let base = part(math, 0);
    let (below, above) = match math.element() {
        E::Subscript => (Some(part(math, 1)), None),
        E::Superscript => (None, Some(part(math, 1))),
        _ => (Some(part(math, 1)), Some(part(math, 2))),
    };
    with_scripts(base, below, above)
}

/// A base with what stands below and above it.
fn with_scripts(base: Written, below: Option<Written>, above: Option<Written>) -> Written {
    let kind = match base.kind {
        Kind::Large => Kind::Large,
        Kind::Sign(sign) => Kind::Sign(sign),
        Kind::Word => Kind::Word,
        _ => Kind::Scripted,
    };
    let mut text = match base.kind {
        Kind::Large => base.text,
        _ => base.bracketed(),
    };
    let mut ends_bare = false;
    for (mark, script) in [('_', below), ('^', above)] {
        let Some(script) = script.filter(|script| script.kind != Kind::Nothing) else {
            continue;
        };
        if mark == '^' && is_prime(&script.text) {
            text.push_str(&script.text);
            ends_bare = false;
            continue;
        }
        let script = script.bracketed();
        ends_bare = !script.ends_with(')');
        text.push(mark);
        text.push_str(&script);
    }
    match kind {
        Kind::Scripted if !ends_bare => Written::new(text, Kind::Atom),
        kind => Written::new(text, kind),
    }
}

fn is_prime(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '′' | '″' | '‴' | '\''))
}

/// What stands straight above and below: an accent, or bounds.
fn limits(math: &Math) -> Written {
    let base = part(math, 0);
    let (below, above) = match math.element() {
        E::Under => (Some(part(math, 1)), None),
        E::Over => (None, Some(part(math, 1))),
        _ => (Some(part(math, 1)), Some(part(math, 2))),
    };
    let mark = match (&below, &above) {
        (None, Some(above)) => accent(&above.text),
        (Some(below), None) if matches!(below.text.as_str(), "_" | "¯" | "‾" | "̲") => {
            Some('\u{332}')
        }
        _ => None,
    };
    let [below, above] =
        [below, above].map(|script| script.filter(|script| !is_brace(&script.text)));
    match mark {
        _ if below.is_none() && above.is_none() => base,
        Some(mark) => Written::new(format!("{}{mark}", base.bracketed()), Kind::Atom),
        None => with_scripts(base, below, above),
    }
}

/// Whether it only shows how far something reaches.
fn is_brace(text: &str) -> bool {
    matches!(text, "⏞" | "⏟" | "⎴" | "⎵" | "⏜" | "⏝" | "︷" | "︸")
}

/// The character that sets an accent on the one before it.
fn accent(text: &str) -> Option<char> {
    Some(match text {
        "^" | "ˆ" | "\u{302}" => '\u{302}',
        "~" | "˜" | "\u{303}" => '\u{303}',
        "¯" | "ˉ" | "‾" | "_" | "―" | "\u{304}" | "\u{305}" | "\u{332}" => '\u{304}',
        "→" | "⃗" => '\u{20D7}',
        "˙" | "." | "\u{307}" => '\u{307}',
        "¨" | "\u{308}" => '\u{308}',
        "ˇ" | "\u{30C}" => '\u{30C}',
        "˘" | "\u{306}" => '\u{306}',
        _ => return None,
    })
}

/// Scripts in pairs behind the base, and, after a mark, in pairs before it.
fn multiscripts(math: &Math) -> Written {
    let (mut behind, mut before) = (Vec::new(), Vec::new());
    let mut scripts = &mut behind;
    for child in math.children().iter().skip(1) {
        match child.element() {
            E::Prescripts => scripts = &mut before,
            _ => scripts.push(write(child)),
        }
    }
    let mut written = part(math, 0);
    for pair in pairs(behind) {
        written = with_scripts(written, pair.0, pair.1);
    }
    let mut prefix = String::new();
    for (below, above) in pairs(before) {
        prefix.push_str(&with_scripts(Written::new("", Kind::Nothing), below, above).text);
    }
    let kind = written.kind;
    Written::new(format!("{prefix}{}", written.text), kind)
}

type Pair = (Option<Written>, Option<Written>);

fn pairs(scripts: Vec<Written>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut scripts = scripts.into_iter();
    while let Some(below) = scripts.next() {
        pairs.push((Some(below), scripts.next()));
    }
    pairs
}

/// Rows, parted by semicolons. Cells of lines that are set below each other go on; those of a matrix
/// are parted by spaces, or by commas where they hold spaces themselves.
fn table(math: &Math) -> Written {
    let aligned = math.attribute(MathAttribute::DisplayStyle) == Some("true")
        || math
            .attribute(MathAttribute::ColumnAlign)
            .is_some_and(|sides| sides.starts_with("right left"));
    if aligned {
        let lines = math.children().iter().map(|line| {
            let cells = line.children().iter();
            let parts: Vec<Math> = cells.flat_map(|cell| cell.children().to_vec()).collect();
            tidy(&row(&parts).text)
        });
        return Written::new(lines.collect::<Vec<_>>().join("; "), Kind::Group);
    }
    let rows: Vec<Vec<String>> = math
        .children()
        .iter()
        .map(|row| row.children().iter().map(line).collect())
        .collect();
    let spaced = rows.iter().flatten().any(|cell| cell.contains(' '));
    let between = if spaced { ", " } else { " " };
    let rows: Vec<String> = rows
        .iter()
        .map(|row| row.join(between).trim().to_owned())
        .collect();
    let text = rows.join("; ");
    Written::new(text, Kind::Rows)
}

//! One article as a tree for people.

use offprint::command::{DateSource, Understood};
use offprint::model::{
    Block, BoxKind, Day, Embed, EmbedKind, Image, ImageSource, Inline, List, Numbering, Numerals,
    PhraseKind, RowGroup, Table, TablePart, Target, Timestamp,
};

/// How the tree looks.
#[derive(Clone, Copy)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// With whole texts instead of their beginnings.
    pub whole: bool,
}

/// The most characters of a text that are shown where not all are wanted.
const SHOWN: usize = 72;

/// The article's facts, its body as a tree, what was removed, and the warnings.
pub fn of(understood: &Understood, style: Style) -> String {
    let mut page = Page {
        text: String::new(),
        style,
    };
    page.text += &format!(
        "{}  ({})\n",
        page.strong(&understood.path),
        understood.reader
    );
    facts(understood, &mut page);
    page.text += &format!("{}\n", page.faint("body"));
    blocks(understood.cleaned.article.body.blocks(), "", &mut page);
    removed(understood, &mut page);
    for warning in understood
        .warnings
        .iter()
        .chain(&understood.cleaned.warnings)
    {
        page.text += &format!("{} {warning}\n", page.faint("warning"));
    }
    page.text
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn painted(&self, code: &str, text: &str) -> String {
        if self.style.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn strong(&self, text: &str) -> String {
        self.painted("1", text)
    }

    fn faint(&self, text: &str) -> String {
        self.painted("2", text)
    }

    fn name(&self, text: &str) -> String {
        self.painted("36", text)
    }

    /// A text on one line, cut where not all is wanted.
    fn quoted(&self, text: &str) -> String {
        let line = text.replace('\n', "⏎");
        let length = line.chars().count();
        if self.style.whole || length <= SHOWN {
            return format!("“{line}”");
        }
        let beginning: String = line.chars().take(SHOWN).collect();
        format!("“{beginning}…” {}", self.faint(&format!("({length})")))
    }

    fn fact(&mut self, name: &str, value: &str) {
        let line = format!("{:<10} {value}\n", name);
        self.text += &line.replacen(name, &self.faint(name), 1);
    }
}

fn facts(understood: &Understood, page: &mut Page) {
    let article = &understood.cleaned.article;
    page.fact("title", &article.title);
    page.fact("id", article.id.as_str());
    if let Some(address) = &article.address {
        page.fact("address", address.as_str());
    }
    page.fact("source", &article.source.name);
    let authors: Vec<&str> = article
        .authors
        .iter()
        .map(|author| author.as_str())
        .collect();
    page.fact("authors", &authors.join(", "));
    let origin = understood.dates;
    page.fact(
        "published",
        &date(
            article.published,
            origin.published_day,
            origin.published.map(|(_, source)| source),
        ),
    );
    page.fact(
        "updated",
        &date(
            article.updated,
            origin.updated_day,
            origin.updated.map(|(_, source)| source),
        ),
    );
    page.fact(
        "language",
        article
            .language
            .as_ref()
            .map_or("not known", |language| language.as_str()),
    );
    let tags: Vec<&str> = article.tags.iter().map(|tag| tag.as_str()).collect();
    page.fact("tags", &tags.join(", "));
    for (name, value) in [("credit", &article.credit), ("rights", &article.rights)] {
        if let Some(value) = value {
            page.fact(name, value);
        }
    }
    page.fact("summary", &article.summary);
}

fn date(time: Option<Timestamp>, day: Option<Day>, source: Option<DateSource>) -> String {
    let origin = match source {
        Some(DateSource::Header) => "from the header",
        Some(DateSource::Byline) => "from the byline",
        Some(DateSource::Written) => "from front matter or a date line",
        Some(DateSource::Page) => "from the page",
        Some(DateSource::Saved) => "from the time of saving",
        Some(DateSource::Feed) => "from the feed",
        None => "nowhere found",
    };
    match (day, time) {
        (Some(day), _) => format!("{day}  ({origin})"),
        (None, Some(time)) => format!("{time}  ({origin})"),
        (None, None) => format!("none  ({origin})"),
    }
}

fn removed(understood: &Understood, page: &mut Page) {
    for removed in &understood.cleaned.removed {
        let text = page.quoted(removed.text.trim());
        page.text += &format!("{} {:<12} {text}\n", page.faint("removed"), removed.rule);
    }
    for picture in &understood.cleaned.removed_pictures {
        let address = page.quoted(picture.address.as_str());
        page.text += &format!("{} {:<12} {address}\n", page.faint("removed"), picture.rule);
    }
}

fn blocks(group: &[Block], prefix: &str, page: &mut Page) {
    for (position, block) in group.iter().enumerate() {
        let last = position + 1 == group.len();
        let (branch, stem) = if last {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        let (name, detail) = describe(block, page);
        page.text += &format!(
            "{}{} {detail}\n",
            page.faint(&format!("{prefix}{branch}")),
            page.name(&name)
        );
        let inner = format!("{prefix}{stem}");
        for (number, group) in block.children().into_iter().enumerate() {
            if matches!(
                block,
                Block::Quote(_) | Block::Captioned(_) | Block::Note(_) | Block::Box(_)
            ) {
                blocks(group, &inner, page);
            } else {
                let kind = match block {
                    Block::List(_) => "item",
                    Block::Definitions(_) => "part",
                    _ => "cell",
                };
                page.text += &format!("{}\n", page.faint(&format!("{inner}{kind} {}", number + 1)));
                blocks(group, &inner, page);
            }
        }
    }
}

/// A block in one line: its name and its facts.
fn describe(block: &Block, page: &Page) -> (String, String) {
    match block {
        Block::Paragraph(line) => ("paragraph".into(), page.quoted(&marked(line))),
        Block::Heading(heading) => (
            format!("heading {}", heading.level.number()),
            page.quoted(&marked(&heading.content)),
        ),
        Block::Figure(figure) => {
            let caption = if figure.caption.is_empty() {
                String::new()
            } else {
                page.quoted(&marked(&figure.caption))
            };
            let link = figure.link.as_ref();
            let link = link.map_or_else(String::new, |address| format!(" → {address}"));
            (
                "figure".into(),
                format!("{}{link} {caption}", image(&figure.image)),
            )
        }
        Block::Captioned(captioned) => {
            ("captioned".into(), page.quoted(&marked(&captioned.caption)))
        }
        Block::Quote(_) => ("quote".into(), String::new()),
        Block::List(list) => (
            "list".into(),
            list.numbering
                .map_or("bullets".into(), |numbering| numbers(numbering, list)),
        ),
        Block::Definitions(definitions) => (
            "definitions".into(),
            format!(
                "{} terms",
                definitions.iter().map(|one| one.terms.len()).sum::<usize>()
            ),
        ),
        Block::Table(table) => (
            "table".into(),
            format!(
                "{} rows{} {}",
                table.rows.len(),
                head_rows(table),
                page.quoted(&marked(&table.caption))
            ),
        ),
        Block::Code(listing) => (
            listing
                .language
                .as_ref()
                .map_or("code".into(), |language| format!("code in {language}")),
            page.quoted(listing),
        ),
        Block::Rule => ("rule".into(), String::new()),
        Block::Box(text_box) => {
            let name = match text_box.kind {
                BoxKind::Folded => "details",
                _ => "box",
            };
            (name.into(), page.quoted(&marked(&text_box.title)))
        }
        Block::Note(note) => (
            "note".into(),
            note.name
                .as_ref()
                .map_or_else(String::new, |name| format!("⚓{}", name.as_str())),
        ),
        Block::Formula(formula) => ("formula".into(), page.quoted(&formula.linear())),
        Block::Anchor(name) => ("place".into(), format!("⚓{}", name.as_str())),
        Block::Embed(shown) => embed(shown, page),
    }
}

/// How many rows name the columns, where that is not the first alone.
fn head_rows(table: &Table) -> String {
    let is_head = |group: &RowGroup| group.part == TablePart::Head;
    let groups = table.row_groups();
    match groups.first().filter(|group| is_head(group)) {
        Some(head) if head.rows > 1 => format!(", {} of them heads", head.rows),
        _ => String::new(),
    }
}

/// How a list is numbered, and the numbers that do not follow from that.
fn numbers(numbering: Numbering, list: &List) -> String {
    let mut text = format!("from {}", numbering.start);
    if numbering.reversed {
        text += " down";
    }
    if numbering.numerals != Numerals::Decimal {
        text += &format!(" as {}", numbering.numerals.html());
    }
    for (number, item) in list.items.iter().enumerate() {
        if let Some(value) = item.value {
            text += &format!(", item {} is {value}", number + 1);
        }
    }
    text
}

fn embed(embed: &Embed, page: &Page) -> (String, String) {
    let kind = match embed.kind {
        EmbedKind::Video => "video",
        EmbedKind::Audio => "audio",
        EmbedKind::Frame => "frame",
    };
    let poster = embed
        .poster
        .as_ref()
        .map_or_else(String::new, |poster| format!(" poster {}", image(poster)));
    (
        kind.into(),
        format!("{} {}{poster}", embed.address, page.quoted(&embed.title)),
    )
}

/// An image: its origin, the archived address where it is another, its alternative text.
fn image(image: &Image) -> String {
    let source = match &image.source {
        ImageSource::Web { origin, archived } if origin == archived => origin.to_string(),
        ImageSource::Web { origin, archived } => format!("{origin} (archived as {archived})"),
        ImageSource::Resource { .. } => "a picture that comes with the article".to_owned(),
    };
    let words = if image.alternative.is_blank() {
        source
    } else {
        format!("{source} alt “{}”", image.alternative)
    };
    match image.candidates.len() {
        0 => words,
        number => format!("{words} (or {} more)", number.saturating_sub(1)),
    }
}

/// A line of text with its markup in a compact form.
fn marked(line: &[Inline]) -> String {
    let mut text = String::new();
    line.iter().for_each(|inline| mark(inline, &mut text));
    text
}

fn mark(inline: &Inline, text: &mut String) {
    match inline {
        Inline::Text(characters) => text.push_str(characters),
        Inline::Code(code) => text.push_str(&format!("`{code}`")),
        Inline::Strong(content) => text.push_str(&format!("**{}**", marked(content))),
        Inline::Emphasis(content) => text.push_str(&format!("_{}_", marked(content))),
        Inline::Struck(content) => text.push_str(&format!("~~{}~~", marked(content))),
        Inline::Subscript(content) => text.push_str(&format!("~{}~", marked(content))),
        Inline::Superscript(content) => text.push_str(&format!("^{}^", marked(content))),
        Inline::Link(link) => {
            let target = match &link.target {
                Target::Address(address) => address.as_str(),
                Target::Fragment(name) => &format!("#{}", name.as_str()),
            };
            text.push_str(&format!("[{}]({target})", marked(&link.content)));
        }
        Inline::Image(shown) => text.push_str(&format!("![{}]", image(shown))),
        Inline::Break => text.push('\n'),
        Inline::Ruby(ruby) => text.push_str(&format!(
            "{{{}|{}}}",
            marked(&ruby.base),
            marked(&ruby.annotation)
        )),
        Inline::NoteReference(mark) => text.push_str(&format!(
            "[^{}](#{})",
            marked(&mark.content),
            mark.target.as_str()
        )),
        Inline::Formula(formula) => text.push_str(&format!("⟦{}⟧", formula.linear())),
        Inline::Span(span) => match span.direction {
            Some(direction) => {
                text.push_str(&format!(
                    "({}: {})",
                    direction.html(),
                    marked(&span.content)
                ));
            }
            None => text.push_str(&marked(&span.content)),
        },
        Inline::Phrase(phrase) => {
            let name = phrase.kind.html();
            let title = match &phrase.kind {
                PhraseKind::Abbreviation(title) => format!(" = {title}"),
                PhraseKind::Override(direction) => format!(" {}", direction.html()),
                _ => String::new(),
            };
            text.push_str(&format!(
                "<{name}>{}</{name}{title}>",
                marked(&phrase.content)
            ));
        }
        Inline::Anchor(name) => text.push_str(&format!("⚓{}", name.as_str())),
    }
}

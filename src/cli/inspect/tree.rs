//! One article as a tree for people.

use super::line::{image, marked};
use offprint::command::{DateSource, Understood};
use offprint::model::{
    AnchorName, Block, BoxKind, Day, Embed, EmbedKind, Figure, List, Numbering, Numerals, RowGroup,
    Table, TablePart, Timestamp,
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
    dates(understood, page);
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

/// Both dates, and what they were taken from.
fn dates(understood: &Understood, page: &mut Page) {
    let (article, origin) = (&understood.cleaned.article, understood.dates);
    let source = origin.published.map(|(_, source)| source);
    let published = date(article.published, origin.published_day, source);
    page.fact("published", &published);
    let source = origin.updated.map(|(_, source)| source);
    page.fact(
        "updated",
        &date(article.updated, origin.updated_day, source),
    );
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
        page.text += &format!(
            "{}{} {}\n",
            page.faint(&format!("{prefix}{branch}")),
            page.name(&kind(block)),
            detail(block, page)
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

/// What a block is called.
fn kind(block: &Block) -> String {
    match block {
        Block::Paragraph(_) => "paragraph".into(),
        Block::Heading(heading) => format!("heading {}", heading.level.number()),
        Block::Figure(_) => "figure".into(),
        Block::Captioned(_) => "captioned".into(),
        Block::Quote(_) => "quote".into(),
        Block::List(_) => "list".into(),
        Block::Definitions(_) => "definitions".into(),
        Block::Table(_) => "table".into(),
        Block::Code(listing) => match &listing.language {
            Some(language) => format!("code in {language}"),
            None => "code".into(),
        },
        Block::Rule => "rule".into(),
        Block::Box(text_box) => match text_box.kind {
            BoxKind::Folded => "details".into(),
            _ => "box".into(),
        },
        Block::Note(_) => "note".into(),
        Block::Formula(_) => "formula".into(),
        Block::Anchor(_) => "place".into(),
        Block::Embed(embed) => match embed.kind {
            EmbedKind::Video => "video".into(),
            EmbedKind::Audio => "audio".into(),
            EmbedKind::Frame => "frame".into(),
        },
    }
}

/// The facts of a block, on one line.
fn detail(block: &Block, page: &Page) -> String {
    match block {
        Block::Paragraph(line) => page.quoted(&marked(line)),
        Block::Heading(heading) => page.quoted(&marked(&heading.content)),
        Block::Figure(shown) => figure(shown, page),
        Block::Captioned(captioned) => page.quoted(&marked(&captioned.caption)),
        Block::Quote(_) | Block::Rule => String::new(),
        Block::List(list) => match list.numbering {
            Some(numbering) => numbers(numbering, list),
            None => "bullets".into(),
        },
        Block::Definitions(definitions) => {
            let terms = definitions.iter().map(|one| one.terms.len());
            format!("{} terms", terms.sum::<usize>())
        }
        Block::Table(table) => format!(
            "{} rows{} {}",
            table.rows.len(),
            head_rows(table),
            page.quoted(&marked(&table.caption))
        ),
        Block::Code(listing) => page.quoted(listing),
        Block::Box(text_box) => page.quoted(&marked(&text_box.title)),
        Block::Note(note) => note.name.as_ref().map_or_else(String::new, place),
        Block::Formula(formula) => page.quoted(&formula.linear()),
        Block::Anchor(name) => place(name),
        Block::Embed(shown) => embed(shown, page),
    }
}

fn place(name: &AnchorName) -> String {
    format!("⚓{}", name.as_str())
}

fn figure(figure: &Figure, page: &Page) -> String {
    let caption = match figure.caption.as_slice() {
        [] => String::new(),
        caption => page.quoted(&marked(caption)),
    };
    let link = figure.link.as_ref();
    let link = link.map_or_else(String::new, |address| format!(" → {address}"));
    format!("{}{link} {caption}", image(&figure.image))
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

fn embed(embed: &Embed, page: &Page) -> String {
    let poster = embed.poster.as_ref();
    let poster = poster.map_or_else(String::new, |poster| format!(" poster {}", image(poster)));
    format!("{} {}{poster}", embed.address, page.quoted(&embed.title))
}

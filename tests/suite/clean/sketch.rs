//! A tree of blocks as a few readable lines.

use offprint::model::{Block, Embed, Figure, Image, ImageSource, Inline, List, Numerals, Target};
use offprint::model::{BoxKind, PhraseKind};

/// Each block on a line, what stands in it indented below.
pub fn sketch(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push_blocks(blocks, 0, &mut lines);
    lines.join("\n")
}

fn push_blocks(blocks: &[Block], depth: usize, lines: &mut Vec<String>) {
    for block in blocks {
        let mut push = |text: String| lines.push(format!("{}{text}", "  ".repeat(depth)));
        match block {
            Block::Paragraph(content) => push(format!("p {}", line(content))),
            Block::Heading(heading) => {
                push(format!(
                    "h{} {}",
                    heading.level.number(),
                    line(&heading.content)
                ));
            }
            Block::Figure(figure) => push(figure_line(figure)),
            Block::Code(code) => {
                let language = code.language.as_ref();
                let language = language.map_or(String::new(), |name| format!(" {name}"));
                push(format!("code{language} {:?}", code.as_str()));
            }
            Block::Rule => push("rule".to_owned()),
            Block::Note(note) => push(note.name.as_ref().map_or("side note".to_owned(), |name| {
                format!("note {}", name.as_str())
            })),
            Block::Formula(formula) => push(format!("formula {}", formula.linear())),
            Block::Embed(embed) => push(embed_line(embed)),
            Block::Box(text_box) => {
                let name = match text_box.kind {
                    BoxKind::Folded => "details",
                    _ => "box",
                };
                push(
                    format!("{name} {}", line(&text_box.title))
                        .trim_end()
                        .to_owned(),
                );
            }
            Block::Anchor(name) => push(format!("#{}#", name.as_str())),
            Block::Quote(_) => push("quote".to_owned()),
            Block::Captioned(captioned) => {
                push(format!("captioned | {}", line(&captioned.caption)));
            }
            Block::List(list) => push(list_line(list)),
            Block::Definitions(_) => push("definitions".to_owned()),
            Block::Table(table) => push(
                format!(
                    "table{} {}",
                    table.direction.map_or("", |direction| direction.html()),
                    line(&table.caption)
                )
                .trim_end()
                .to_owned(),
            ),
        }
        push_children(block, depth + 1, lines);
    }
}

fn push_children(block: &Block, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match block {
        Block::Quote(blocks) => push_blocks(blocks, depth, lines),
        Block::Captioned(captioned) => push_blocks(&captioned.blocks, depth, lines),
        Block::Note(note) => push_blocks(&note.content, depth, lines),
        Block::Box(text_box) => push_blocks(&text_box.content, depth, lines),
        Block::List(list) => {
            for item in &list.items {
                let value = item.value.map(|value| format!(" {value}"));
                lines.push(format!("{indent}item{}", value.unwrap_or_default()));
                push_blocks(&item.content, depth + 1, lines);
            }
        }
        Block::Definitions(definitions) => {
            for definition in definitions {
                for (name, groups) in [
                    ("term", &definition.terms),
                    ("details", &definition.details),
                ] {
                    for group in groups {
                        lines.push(format!("{indent}{name}"));
                        push_blocks(group, depth + 1, lines);
                    }
                }
            }
        }
        Block::Table(table) => {
            let mut groups = table.row_groups().into_iter().flat_map(|group| {
                let first = format!(" begins {:?}", group.part).to_lowercase();
                std::iter::once(first).chain(vec![String::new(); group.rows - 1])
            });
            for row in &table.rows {
                let begins = groups.next().filter(|_| !table.groups.is_empty());
                lines.push(format!("{indent}row{}", begins.unwrap_or_default()));
                for cell in row {
                    let name = if cell.header { "header" } else { "cell" };
                    let span = match (cell.columns, cell.rows) {
                        (1, 1) => String::new(),
                        (columns, rows) => format!(" {columns}x{rows}"),
                    };
                    let alignment = cell
                        .alignment
                        .map(|alignment| format!(" {}", alignment.css()));
                    let scope = cell.scope.map(|scope| format!(" of {}", scope.html()));
                    let more = alignment.unwrap_or_default() + &scope.unwrap_or_default();
                    lines.push(format!("{indent}  {name}{span}{more}"));
                    push_blocks(&cell.content, depth + 2, lines);
                }
            }
        }
        _ => {}
    }
}

fn list_line(list: &List) -> String {
    let Some(numbering) = list.numbering else {
        return "list".to_owned();
    };
    let mut line = format!("list from {}", numbering.start);
    if numbering.reversed {
        line += " down";
    }
    if numbering.numerals != Numerals::Decimal {
        line += &format!(" as {}", numbering.numerals.html());
    }
    line
}

fn figure_line(figure: &Figure) -> String {
    let mut image = picture(&figure.image);
    if let Some(link) = &figure.link {
        image = format!("[{image}]({link})");
    }
    if figure.caption.is_empty() {
        format!("figure {image}")
    } else {
        format!("figure {image} | {}", line(&figure.caption))
    }
}

fn embed_line(embed: &Embed) -> String {
    let kind = format!("{:?}", embed.kind).to_lowercase();
    let poster = embed
        .poster
        .as_ref()
        .map(|poster| format!(" poster {}", picture(poster)));
    format!(
        "{kind} {} {:?}{}",
        embed.address,
        embed.title.as_str(),
        poster.unwrap_or_default()
    )
}

/// The address of a picture without scheme, or the number of its bytes.
pub fn picture(image: &Image) -> String {
    match &image.source {
        ImageSource::Web { archived, .. } => archived.as_str().replacen("https://", "", 1),
        ImageSource::Resource { .. } => "a resource".to_owned(),
    }
}

/// A line of text with marks for what stands in it.
pub fn line(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.to_string(),
        Inline::Strong(content) => format!("*{}*", line(content)),
        Inline::Emphasis(content) => format!("_{}_", line(content)),
        Inline::Struck(content) => format!("~~{}~~", line(content)),
        Inline::Code(code) => format!("`{code}`"),
        Inline::Link(link) => match &link.target {
            Target::Address(address) => format!("[{}]({address})", line(&link.content)),
            Target::Fragment(name) => format!("[{}](#{})", line(&link.content), name.as_str()),
        },
        Inline::Image(image) => format!("<{}>", picture(image)),
        Inline::Break => " / ".to_owned(),
        Inline::Subscript(content) => format!("~{}~", line(content)),
        Inline::Superscript(content) => format!("^{}^", line(content)),
        Inline::Ruby(ruby) => format!("{{{}|{}}}", line(&ruby.base), line(&ruby.annotation)),
        Inline::Span(span) => {
            let language = span
                .language
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let direction = span
                .direction
                .map(|direction| direction.html())
                .unwrap_or_default();
            format!("({language}{direction}: {})", line(&span.content))
        }
        Inline::Phrase(phrase) => {
            let title = match &phrase.kind {
                PhraseKind::Abbreviation(title) => format!(" {title}"),
                PhraseKind::Override(direction) => format!(" {}", direction.html()),
                _ => String::new(),
            };
            format!("<{}{title}: {}>", phrase.kind.html(), line(&phrase.content))
        }
        Inline::Anchor(name) => format!("#{}#", name.as_str()),
        Inline::NoteReference(mark) => {
            format!("[^{}](#{})", line(&mark.content), mark.target.as_str())
        }
        Inline::Formula(formula) => format!("⟦{}⟧", formula.linear()),
    }
}

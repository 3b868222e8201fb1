//! A tree of blocks as a few readable lines.

use offprint::model::{Block, Embed, Figure, Image, ImageSource, Inline, Target};

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
            Block::Code(code) => push(format!("code {:?}", code.as_str())),
            Block::Rule => push("rule".to_owned()),
            Block::Note(note) => push(note.name.as_ref().map_or("side note".to_owned(), |name| {
                format!("note {}", name.as_str())
            })),
            Block::Formula(formula) => push(format!("formula {}", formula.linear())),
            Block::Embed(embed) => push(embed_line(embed)),
            Block::Quote(_) => push("quote".to_owned()),
            Block::List(list) => push(
                list.start
                    .map_or("list".to_owned(), |n| format!("list from {n}")),
            ),
            Block::Table(table) => push(
                format!("table {}", line(&table.caption))
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
        Block::Note(note) => push_blocks(&note.content, depth, lines),
        Block::List(list) => {
            for item in &list.items {
                lines.push(format!("{indent}item"));
                push_blocks(item, depth + 1, lines);
            }
        }
        Block::Table(table) => {
            for row in &table.rows {
                lines.push(format!("{indent}row"));
                for cell in row {
                    let name = if cell.header { "header" } else { "cell" };
                    let span = match (cell.columns, cell.rows) {
                        (1, 1) => String::new(),
                        (columns, rows) => format!(" {columns}x{rows}"),
                    };
                    lines.push(format!("{indent}  {name}{span}"));
                    push_blocks(&cell.content, depth + 2, lines);
                }
            }
        }
        _ => {}
    }
}

fn figure_line(figure: &Figure) -> String {
    let image = picture(&figure.image);
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
        Inline::Anchor(name) => format!("#{}#", name.as_str()),
        Inline::NoteReference(mark) => {
            format!("[^{}](#{})", line(&mark.content), mark.target.as_str())
        }
        Inline::Formula(formula) => format!("⟦{}⟧", formula.linear()),
    }
}

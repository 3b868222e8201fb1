//! Articles as JSON, one object a line, for machines. `docs/inspect.schema.json` describes it.

use super::characters;
use offprint::clean::DateSource;
use offprint::model::{
    Block, Cell, CleanText, Day, EmbedKind, Formula, Image, ImageSource, Inline, Table, Target,
    Timestamp,
};
use offprint::pipeline::Understood;
use serde_json::{Value, json};

/// One line of JSON for each article.
pub fn lines(articles: &[Understood]) -> String {
    articles
        .iter()
        .map(|article| format!("{}\n", object(article)))
        .collect()
}

fn object(understood: &Understood) -> Value {
    let article = &understood.cleaned.article;
    let origin = understood.dates;
    let warnings: Vec<_> = understood
        .warnings
        .iter()
        .chain(&understood.cleaned.warnings)
        .collect();
    let removed = understood
        .cleaned
        .removed
        .iter()
        .map(|part| json!({"rule": part.rule, "text": part.text}));
    let (kept, gone) = characters(understood);
    json!({
        "version": 1,
        "path": understood.path,
        "reader": understood.reader,
        "id": article.id.as_str(),
        "permalink": article.id.is_permalink(),
        "title": text(&article.title),
        "address": article.address.as_ref().map(|address| address.as_str()),
        "source": {"name": text(&article.source.name), "home": article.source.home.as_ref().map(|home| home.as_str())},
        "authors": texts(&article.authors),
        "published": date(article.published, origin.published_day, origin.published.map(|(_, source)| source)),
        "updated": date(article.updated, origin.updated_day, origin.updated.map(|(_, source)| source)),
        "language": article.language.as_ref().map(|language| language.as_str()),
        "tags": texts(&article.tags),
        "credit": article.credit.as_ref().map(text),
        "rights": article.rights.as_ref().map(text),
        "summary": text(&article.summary),
        "characters": {"kept": kept, "removed": gone},
        "body": blocks(article.body.blocks()),
        "removed": removed.collect::<Vec<_>>(),
        "warnings": warnings,
    })
}

fn text(clean: &CleanText) -> &str {
    clean.as_str()
}

fn texts(clean: &[CleanText]) -> Vec<&str> {
    clean.iter().map(text).collect()
}

fn date(time: Option<Timestamp>, day: Option<Day>, source: Option<DateSource>) -> Value {
    let origin = source.map(|source| match source {
        DateSource::Header => "header",
        DateSource::Byline => "byline",
        DateSource::Written => "written",
        DateSource::Page => "page",
        DateSource::Feed => "feed",
    });
    match (day, time) {
        (_, None) => Value::Null,
        // Where only a day is known, the time is when it begins.
        (Some(day), Some(time)) => {
            json!({"time": time.rfc3339(), "day": day.to_string(), "from": origin})
        }
        (None, Some(time)) => json!({"time": time.rfc3339(), "from": origin}),
    }
}

fn blocks(group: &[Block]) -> Vec<Value> {
    group.iter().map(block).collect()
}

fn block(block: &Block) -> Value {
    match block {
        Block::Paragraph(line) => json!({"type": "paragraph", "content": inlines(line)}),
        Block::Heading(heading) => {
            json!({"type": "heading", "level": heading.level.number(), "content": inlines(&heading.content)})
        }
        Block::Figure(figure) => {
            json!({"type": "figure", "image": image(&figure.image), "caption": inlines(&figure.caption)})
        }
        Block::Quote(group) => json!({"type": "quote", "blocks": blocks(group)}),
        Block::List(list) => {
            let items: Vec<_> = list.items.iter().map(|item| blocks(item)).collect();
            json!({"type": "list", "start": list.start, "items": items})
        }
        Block::Table(shown) => table(shown),
        Block::Code(code) => json!({"type": "code", "text": text(code)}),
        Block::Rule => json!({"type": "rule"}),
        Block::Formula(shown) => formula(shown),
        Block::Note(note) => {
            let name = note.name.as_ref().map(|name| name.as_str());
            json!({"type": "note", "name": name, "blocks": blocks(&note.content)})
        }
        Block::Embed(embed) => json!({
            "type": "embed",
            "kind": match embed.kind { EmbedKind::Video => "video", EmbedKind::Audio => "audio", EmbedKind::Frame => "frame" },
            "address": embed.address.as_str(),
            "title": text(&embed.title),
            "poster": embed.poster.as_ref().map(image),
        }),
    }
}

fn table(table: &Table) -> Value {
    let cell = |cell: &Cell| json!({"header": cell.header, "columns": cell.columns, "rows": cell.rows, "blocks": blocks(&cell.content)});
    let rows: Vec<Vec<Value>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    json!({"type": "table", "caption": inlines(&table.caption), "rows": rows})
}

fn image(image: &Image) -> Value {
    match &image.source {
        ImageSource::Web { origin, archived } => {
            json!({"origin": origin.as_str(), "archived": archived.as_str(), "alternative": text(&image.alternative)})
        }
        ImageSource::Resource { address, .. } => json!({
            "resource": true,
            "archived": address.as_ref().map(|address| address.as_str()),
            "alternative": text(&image.alternative),
        }),
    }
}

fn inlines(line: &[Inline]) -> Vec<Value> {
    line.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Value {
    match inline {
        Inline::Text(characters) => json!({"type": "text", "text": text(characters)}),
        Inline::Strong(content) => json!({"type": "strong", "content": inlines(content)}),
        Inline::Emphasis(content) => json!({"type": "emphasis", "content": inlines(content)}),
        Inline::Struck(content) => json!({"type": "struck", "content": inlines(content)}),
        Inline::Code(code) => json!({"type": "code", "text": text(code)}),
        Inline::Link(link) => {
            let target = match &link.target {
                Target::Address(address) => address.to_string(),
                Target::Fragment(name) => format!("#{}", name.as_str()),
            };
            json!({"type": "link", "target": target, "content": inlines(&link.content)})
        }
        Inline::Image(shown) => json!({"type": "image", "image": image(shown)}),
        Inline::Break => json!({"type": "break"}),
        Inline::Subscript(content) => json!({"type": "subscript", "content": inlines(content)}),
        Inline::Superscript(content) => json!({"type": "superscript", "content": inlines(content)}),
        Inline::Ruby(ruby) => {
            json!({"type": "ruby", "base": inlines(&ruby.base), "annotation": inlines(&ruby.annotation)})
        }
        Inline::Span(span) => json!({
            "type": "span",
            "language": span.language.as_ref().map(|language| language.as_str()),
            "direction": span.direction.map(|direction| direction.html()),
            "content": inlines(&span.content),
        }),
        Inline::Anchor(name) => json!({"type": "anchor", "name": name.as_str()}),
        Inline::Formula(shown) => formula(shown),
        Inline::NoteReference(mark) => {
            let target = format!("#{}", mark.target.as_str());
            json!({"type": "note-reference", "target": target, "content": inlines(&mark.content)})
        }
    }
}

fn formula(formula: &Formula) -> Value {
    json!({"type": "formula", "linear": formula.linear(), "text": formula.text().map(text)})
}

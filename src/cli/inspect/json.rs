//! Articles as JSON, one object a line, for machines. `docs/inspect.schema.json` describes it.

use super::characters;
use offprint::command::{DateSource, Understood};
use offprint::model::{
    Alignment, Block, BoxKind, Cell, CellPlace, CleanText, CodeLanguage, Day, Definition,
    Direction, Embed, EmbedKind, Formula, Image, ImageSource, Inline, List, PhraseKind, Scope,
    Table, TablePart, Target, Timestamp,
};
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
    let removed_pictures = understood
        .cleaned
        .removed_pictures
        .iter()
        .map(|picture| json!({"rule": picture.rule, "address": picture.address.as_str()}));
    let (kept, gone) = characters(understood);
    json!({
        "version": 1,
        "path": understood.path,
        "reader": understood.reader,
        "id": article.id.as_str(),
        "own_id": understood.entry.head.id.as_deref().map(str::trim),
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
        "removed_pictures": removed_pictures.collect::<Vec<_>>(),
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
        DateSource::Saved => "saved",
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
            let link = figure.link.as_ref().map(|address| address.as_str());
            json!({"type": "figure", "image": image(&figure.image), "caption": inlines(&figure.caption), "link": link})
        }
        Block::Captioned(captioned) => {
            json!({"type": "captioned", "blocks": blocks(&captioned.blocks), "caption": inlines(&captioned.caption)})
        }
        Block::Quote(group) => json!({"type": "quote", "blocks": blocks(group)}),
        Block::List(shown) => list(shown),
        Block::Definitions(shown) => definitions(shown),
        Block::Table(shown) => table(shown),
        Block::Code(listing) => {
            let language = listing.language.as_ref().map(CodeLanguage::as_str);
            json!({"type": "code", "language": language, "text": text(listing)})
        }
        Block::Rule => json!({"type": "rule"}),
        Block::Formula(shown) => formula(shown),
        Block::Anchor(name) => json!({"type": "anchor", "name": name.as_str()}),
        Block::Box(text_box) => json!({
            "type": "box",
            "folded": text_box.kind == BoxKind::Folded,
            "title": inlines(&text_box.title),
            "blocks": blocks(&text_box.content),
        }),
        Block::Note(note) => {
            let name = note.name.as_ref().map(|name| name.as_str());
            json!({"type": "note", "name": name, "blocks": blocks(&note.content)})
        }
        Block::Embed(shown) => embed(shown),
    }
}

fn list(list: &List) -> Value {
    let items = list.items.iter().map(|item| blocks(&item.content));
    let items: Vec<_> = items.collect();
    let values: Vec<_> = list.items.iter().map(|item| item.value).collect();
    let numbering = list.numbering;
    json!({
        "type": "list",
        "start": numbering.map(|numbering| numbering.start),
        "numerals": numbering.map(|numbering| numbering.numerals.html()),
        "reversed": numbering.is_some_and(|numbering| numbering.reversed),
        "values": values,
        "items": items,
    })
}

fn definitions(definitions: &[Definition]) -> Value {
    let groups =
        |groups: &[Vec<Block>]| -> Vec<_> { groups.iter().map(|group| blocks(group)).collect() };
    let definitions: Vec<_> = definitions
        .iter()
        .map(|one| json!({"terms": groups(&one.terms), "details": groups(&one.details)}))
        .collect();
    json!({"type": "definitions", "definitions": definitions})
}

fn embed(embed: &Embed) -> Value {
    let kind = match embed.kind {
        EmbedKind::Video => "video",
        EmbedKind::Audio => "audio",
        EmbedKind::Frame => "frame",
    };
    json!({
        "type": "embed",
        "kind": kind,
        "address": embed.address.as_str(),
        "title": text(&embed.title),
        "poster": embed.poster.as_ref().map(image),
    })
}

fn cell(cell: &Cell) -> Value {
    let mut value = json!({
        "header": cell.header,
        "columns": cell.columns,
        "rows": cell.rows,
        "alignment": cell.alignment.map(Alignment::css),
        "scope": cell.scope.map(Scope::html),
        "blocks": blocks(&cell.content),
    });
    let place = |place: &CellPlace| json!({"row": place.row, "number": place.number});
    let headers: Vec<Value> = cell.headers.iter().map(place).collect();
    if let (false, Some(object)) = (headers.is_empty(), value.as_object_mut()) {
        object.insert("headers".to_owned(), Value::Array(headers));
    }
    value
}

fn table(table: &Table) -> Value {
    let rows: Vec<Vec<Value>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let part = |part| match part {
        TablePart::Head => "head",
        TablePart::Body => "body",
        TablePart::Foot => "foot",
    };
    let groups: Vec<_> = table
        .row_groups()
        .into_iter()
        .map(|group| json!({"part": part(group.part), "rows": group.rows}))
        .collect();
    let direction = table.direction.map(Direction::html);
    json!({
        "type": "table",
        "caption": inlines(&table.caption),
        "direction": direction,
        "groups": groups,
        "rows": rows,
    })
}

fn image(image: &Image) -> Value {
    let mut shown = picture(image);
    if let (false, Some(shown)) = (image.candidates.is_empty(), shown.as_object_mut()) {
        let addresses = image.candidates.iter().map(|place| place.origin());
        let addresses = addresses.map(|origin| origin.map(|address| address.as_str()));
        shown.insert("candidates".to_owned(), addresses.collect());
    }
    shown
}

fn picture(image: &Image) -> Value {
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
        Inline::Phrase(phrase) => {
            let title = match &phrase.kind {
                PhraseKind::Abbreviation(title) => Some(text(title)),
                PhraseKind::Override(direction) => Some(direction.html()),
                _ => None,
            };
            json!({"type": phrase.kind.html(), "title": title, "content": inlines(&phrase.content)})
        }
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

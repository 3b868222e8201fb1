//! Captions: text that belongs to the picture beside it becomes part of its figure.

use crate::clean::body::settle;
use crate::clean::body::walk::draft::{self, Draft, groups_mut};
use crate::clean::body::walk::line::is_wide;
use crate::model::{Block, Body, Captioned, CleanText, Figure, Inline, plain_text};

/// How long the text of an element that is about one picture may be, in characters.
const MAXIMUM_GATHERED: usize = 600;

/// How long a caption that only its place tells may be, counted in half-width characters.
const MAXIMUM_GUESSED: usize = 160;

/// How long the text beside each picture of a gallery may be, counted in half-width characters.
const MAXIMUM_GALLERY: usize = 700;

/// How many pictures with text beside them make a gallery.
const MINIMUM_GALLERY: usize = 3;

/// How many paragraphs there are in a gallery for each of them at most.
const MOST_PER_PICTURE: usize = 8;

/// Takes the text of an element that is about one picture as the picture's caption; what the page calls
/// the caption of several parts, as the caption of all.
pub(in crate::clean::body) fn gather(drafts: Vec<Draft>) -> Vec<Draft> {
    let figures = drafts.iter().filter(|draft| is_figure(draft)).count();
    let others = drafts
        .iter()
        .filter(|draft| !is_figure(draft) && draft.paragraph().is_none())
        .count();
    let length: usize = drafts
        .iter()
        .filter_map(Draft::paragraph)
        .map(|line| plain_text(line).chars().count())
        .sum();
    if figures != 1 || others > 0 || length > MAXIMUM_GATHERED {
        return group(drafts);
    }
    let (mut before, mut behind) = (Vec::new(), Vec::new());
    let mut figure = None;
    let mut places = Vec::new();
    for draft in drafts {
        places.extend(draft.places);
        match draft.block {
            Block::Figure(found) => figure = Some(found),
            Block::Paragraph(line) if figure.is_none() => draft::join(&mut before, line),
            Block::Paragraph(line) => draft::join(&mut behind, line),
            _ => {}
        }
    }
    figure
        .map(|mut figure: Figure| {
            draft::join(&mut before, std::mem::take(&mut figure.caption));
            draft::join(&mut before, behind);
            figure.caption = before;
            vec![Draft::plain(Block::Figure(figure)).placed(places)]
        })
        .unwrap_or_default()
}

/// Several parts and their one caption as a block. Where that is not plain, all stays as it stands.
fn group(drafts: Vec<Draft>) -> Vec<Draft> {
    let is_told = |draft: &Draft| draft.mark.caption && draft.paragraph().is_some();
    let length = |told: bool| -> usize {
        let lines = drafts.iter().filter(|draft| is_told(draft) == told);
        let lines = lines.filter_map(Draft::paragraph);
        lines.map(|line| plain_text(line).chars().count()).sum()
    };
    let is_part = |draft: &Draft| {
        use Block::{Box, Captioned, Code, Figure, List, Quote, Table};
        matches!(
            draft.block,
            Figure(_) | Captioned(_) | Code(_) | Quote(_) | Table(_) | List(_) | Box(_)
        ) || matches!(&draft.block, Block::Embed(embed) if !embed.title.is_blank())
    };
    let is_other = |draft: &Draft| !is_part(draft) && draft.paragraph().is_none();
    // The caption stands before all parts or behind them.
    let turns = drafts.windows(2).filter(|pair| match pair {
        [one, other] => is_told(one) != is_told(other),
        _ => false,
    });
    let is_plain = turns.count() == 1
        && drafts.iter().any(is_part)
        && !drafts.iter().any(is_other)
        && length(true) <= MAXIMUM_GATHERED
        && length(false) <= MAXIMUM_GATHERED;
    if !is_plain {
        return drafts;
    }
    let (told, parts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(is_told);
    let mut caption = Vec::new();
    for draft in told {
        if let Block::Paragraph(line) = draft.block {
            draft::join(&mut caption, line);
        }
    }
    let mut parts = settle(parts);
    // What leads to the first part leads to all of them.
    let places = parts
        .first_mut()
        .map(|part| std::mem::take(&mut part.places));
    let whole = Draft::plain(captioned(draft::blocks(parts), caption));
    vec![whole.placed(places.unwrap_or_default())]
}

/// Blocks with their caption: where one block has a place for it, in there.
fn captioned(mut blocks: Vec<Block>, caption: Vec<Inline>) -> Block {
    match blocks.as_mut_slice() {
        [Block::Figure(figure)] => draft::join(&mut figure.caption, caption),
        [Block::Table(table)] if table.caption.is_empty() => table.caption = caption,
        _ => return Block::Captioned(Captioned { blocks, caption }),
    }
    blocks.pop().unwrap_or(Block::Rule)
}

/// Joins figures with the captions that stand beside them.
pub(in crate::clean::body) fn attach(drafts: Vec<Draft>) -> Vec<Draft> {
    let is_captioned = |draft: &Draft| matches!(draft.block, Block::Figure(_) | Block::Embed(_));
    if !drafts.iter().any(is_captioned) {
        return drafts;
    }
    let manner = Manner::of(&drafts);
    let mut joined: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut waiting = false;
    for mut draft in drafts {
        let told = draft.mark.caption && draft.paragraph().is_some();
        let guessed = |figure: &Figure| {
            let line = draft.paragraph();
            figure.caption.is_empty() && line.is_some_and(|line| manner.is_caption(&draft, line))
        };
        if let Some(figure) = joined.last_mut().and_then(figure_mut)
            && (told || guessed(figure))
        {
            if let Block::Paragraph(line) = draft.block {
                draft::join(&mut figure.caption, line);
            }
            continue;
        }
        if let Some(title) = joined.last_mut().and_then(missing_title)
            && (told || draft.mark.small)
            && let Some(line) = draft.paragraph()
            && line.iter().all(is_words)
        {
            *title = CleanText::line(&plain_text(line));
            continue;
        }
        if let (true, Some(figure)) = (waiting, figure_mut(&mut draft))
            && figure.caption.is_empty()
            && let Some(Draft {
                block: Block::Paragraph(line),
                ..
            }) = joined.pop()
        {
            figure.caption = line;
        }
        waiting = told;
        joined.push(draft);
    }
    joined
}

/// How a page sets captions, as far as the place of all its blocks tells.
struct Manner {
    /// The middle is where everything stands, so that it tells nothing.
    mostly_centred: bool,
    /// Pictures with text beside them follow each other.
    gallery: bool,
}

impl Manner {
    fn of(drafts: &[Draft]) -> Self {
        let beside = drafts
            .iter()
            .filter(|draft| draft.mark.beside_image)
            .count();
        let all = drafts.iter().filter(|draft| draft.paragraph().is_some());
        Manner {
            mostly_centred: mostly_centred(drafts),
            gallery: beside >= MINIMUM_GALLERY && beside * MOST_PER_PICTURE >= all.count(),
        }
    }

    /// Whether a paragraph right after a picture looks like its caption.
    fn is_caption(&self, draft: &Draft, line: &[Inline]) -> bool {
        let mark = draft.mark;
        let text = plain_text(line);
        let width = width(&text);
        if text.trim().is_empty() {
            return false;
        }
        if self.gallery && mark.beside_image && width <= MAXIMUM_GALLERY {
            return true;
        }
        width <= MAXIMUM_GUESSED
            && (mark.small
                || mark.beside_image
                || (mark.centred && !self.mostly_centred)
                || begins_like_caption(text.trim_start()))
    }
}

fn is_figure(draft: &Draft) -> bool {
    matches!(draft.block, Block::Figure(_))
}

fn figure_mut(draft: &mut Draft) -> Option<&mut Figure> {
    match &mut draft.block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    }
}

/// The title of a film or recording that has none yet: a caption gives it one.
fn missing_title(draft: &mut Draft) -> Option<&mut CleanText> {
    match &mut draft.block {
        Block::Embed(embed) if embed.title.is_blank() => Some(&mut embed.title),
        _ => None,
    }
}

/// Whether an inline loses nothing but its looks as plain text.
fn is_words(inline: &Inline) -> bool {
    let words = !matches!(
        inline,
        Inline::Link(_)
            | Inline::Image(_)
            | Inline::Anchor(_)
            | Inline::Ruby(_)
            | Inline::Formula(_)
            | Inline::NoteReference(_)
    );
    words && inline.children().flatten().all(is_words)
}

/// Whether the middle is where the page sets everything, so that it tells nothing.
fn mostly_centred(drafts: &[Draft]) -> bool {
    let paragraphs = drafts.iter().filter(|draft| draft.paragraph().is_some());
    let (all, centred) = paragraphs.fold((0, 0), |(all, centred), draft| {
        (all + 1, centred + usize::from(draft.mark.centred))
    });
    centred * 2 > all && all > 2
}

/// Whether a text begins as only captions do.
pub(in crate::clean::body) fn begins_like_caption(text: &str) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "▲",
        "△",
        "↑",
        "图：",
        "圖：",
        "图为",
        "圖為",
        "图片来源",
        "圖片來源",
        "图片：",
        "圖片：",
        "图源",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| text.starts_with(beginning))
}

/// Whether a text says whose a picture is, and begins so: a word for a picture and a colon.
pub(in crate::clean::body) fn names_photographer(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "photo",
        "photos",
        "photo credit",
        "photograph",
        "photography",
        "image",
        "image credit",
        "picture",
        "credit",
        "foto",
        "fotos",
        "bild",
        "crédit",
        "crédit photo",
        "crédits photo",
        "imagen",
        "immagine",
        "imagem",
        "zdjęcie",
        "фото",
        "写真",
        "摄影",
    ];
    let (before, after) = text.split_once([':', '：']).unwrap_or_default();
    !after.trim().is_empty() && WORDS.contains(&before.trim().to_lowercase().as_str())
}

/// The length of a text in half-width characters.
pub(in crate::clean::body) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Takes alternative texts away that their captions repeat: who hears a page would hear them twice.
pub(in crate::clean::body) fn drop_echoes(drafts: &mut [Draft]) {
    for draft in drafts {
        each_figure(std::slice::from_mut(&mut draft.block), &mut |figure| {
            let caption = plain_text(&figure.caption);
            if caption.trim() == figure.image.alternative.trim() {
                figure.image.alternative = CleanText::default();
            }
        });
    }
}

/// Shows the alternative texts of figures without a caption as their captions, where they are sentences
/// and not the title.
pub(in crate::clean) fn show_alternatives(body: &Body, title: &str) -> Body {
    let mut blocks = body.blocks().to_vec();
    each_figure(&mut blocks, &mut |figure| {
        let text = &figure.image.alternative;
        if figure.caption.is_empty() && is_sentence(text) && !title.contains(text.as_str()) {
            let text = std::mem::take(&mut figure.image.alternative);
            figure.caption.push(Inline::Text(text));
        }
    });
    Body::flattened(blocks).0
}

/// Calls `change` with every figure. The tree's depth is bounded, so recursion is too.
fn each_figure(blocks: &mut [Block], change: &mut dyn FnMut(&mut Figure)) {
    for block in blocks {
        if let Block::Figure(figure) = block {
            change(figure);
        }
        for group in groups_mut(block) {
            each_figure(group, change);
        }
    }
}

/// Whether an alternative text says something, rather than name a file or repeat a word.
fn is_sentence(text: &str) -> bool {
    let wide = text.chars().filter(|&c| is_wide(c)).count();
    let words = text.split_whitespace().count();
    let lower = text.to_ascii_lowercase();
    let file = [".jpg", ".jpeg", ".png", ".gif", ".webp", "http", "_"]
        .iter()
        .any(|part| lower.contains(part));
    !file && (wide >= 10 || words >= 5)
}

//! The words on a cover: the title, where the fonts have its letters, and the period.

use super::fonts::Fonts;
use super::palette::{Colour, Palette};
use crate::write::xhtml::escape_text;
use image::RgbImage;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::Tree;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unicode_segmentation::UnicodeSegmentation;

/// The sizes of letters and distances, in parts of a cover's height.
const TITLE: [f32; 3] = [0.056, 0.047, 0.039];
const PERIOD: f32 = 0.094;
const GAP: f32 = 0.03;
/// The distance of lines, in sizes of letters.
const LEADING: f32 = 1.24;
/// The part of the width that lines may take.
const MEASURE: f32 = 0.87;
/// The most lines of a title, and the most letters that are looked at.
const LINES: usize = 3;
const LETTERS: usize = 200;

/// What a cover says.
pub(super) struct Words {
    pub title: Option<String>,
    pub period: Option<String>,
}

/// A line of words and where it stands, in pixels.
struct Line {
    text: String,
    size: f32,
    /// The distance of the baseline from the top of the block.
    baseline: f32,
    colour: Colour,
}

/// Writes the words in the middle of the part of a cover below `top`. Where the library that draws
/// letters fails, the place stays empty.
pub(super) fn draw(page: &mut RgbImage, top: u32, words: &Words, fonts: &Fonts, palette: &Palette) {
    let (lines, height) = lines(words, fonts, (page.width(), page.height()), palette);
    if lines.is_empty() {
        return;
    }
    let size = (page.width(), (height.ceil() as u32).clamp(1, page.height()));
    let markup = markup(&lines, size);
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let tree = Tree::from_str(&markup, &fonts.options()).ok()?;
        let mut canvas = Pixmap::new(size.0, size.1)?;
        let [red, green, blue] = palette.ground;
        canvas.fill(Color::from_rgba8(red, green, blue, 255));
        resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
        Some(canvas)
    }));
    let Ok(Some(canvas)) = drawn else { return };
    let above = top + (page.height().saturating_sub(top + size.1)) / 2;
    let skipped = above as usize * page.width() as usize;
    let (pixels, _) = page.as_chunks_mut::<3>();
    let (drawn, _) = canvas.data().as_chunks::<4>();
    for (pixel, &[red, green, blue, _]) in pixels.iter_mut().skip(skipped).zip(drawn) {
        *pixel = [red, green, blue];
    }
}

/// The lines of a block of words, and its height.
fn lines(
    words: &Words,
    fonts: &Fonts,
    (width, height): (u32, u32),
    palette: &Palette,
) -> (Vec<Line>, f32) {
    let (measure, height) = (width as f32 * MEASURE, height as f32);
    let mut lines = Vec::new();
    let mut bottom = 0.0;
    let mut add = |text: String, size: f32, colour: Colour, bottom: &mut f32| {
        let width = fonts.width(&text);
        let size = if width * size > measure {
            measure / width
        } else {
            size
        };
        // Letters reach about so far above their line.
        let baseline = *bottom + size * 0.95;
        *bottom += size * LEADING;
        lines.push(Line {
            text,
            size,
            baseline,
            colour,
        });
    };
    if let Some(title) = &words.title {
        let (texts, size) = title_lines(title, fonts, measure, height);
        for text in texts {
            add(text, size, palette.title, &mut bottom);
        }
    }
    if let Some(period) = &words.period {
        if bottom > 0.0 {
            bottom += GAP * height;
        }
        add(period.clone(), PERIOD * height, palette.period, &mut bottom);
    }
    (lines, bottom)
}

/// A title in lines, in the largest letters with which it takes no more than [`LINES`] of them.
fn title_lines(title: &str, fonts: &Fonts, measure: f32, height: f32) -> (Vec<String>, f32) {
    let mut text: String = title.chars().take(LETTERS).collect();
    if text.len() < title.len() {
        text.push('…');
    }
    let units = units(&text);
    for part in TITLE {
        let size = part * height;
        let lines = balanced(&units, fonts, measure / size);
        if lines.len() <= LINES {
            return (lines, size);
        }
    }
    let size = TITLE.last().copied().unwrap_or_default() * height;
    let mut lines = wrapped(&units, fonts, measure / size);
    lines.truncate(LINES);
    if let Some(last) = lines.last_mut() {
        last.push('…');
    }
    (lines, size)
}

/// Lines of about the same length: as many as are needed, each as short as that allows.
fn balanced(units: &[String], fonts: &Fonts, measure: f32) -> Vec<String> {
    let mut lines = wrapped(units, fonts, measure);
    for part in 1..20 {
        let narrower = wrapped(units, fonts, measure * (20 - part) as f32 / 20.0);
        if narrower.len() > lines.len() || lines.len() < 2 {
            break;
        }
        lines = narrower;
    }
    lines
}

fn wrapped(units: &[String], fonts: &Fonts, measure: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut filled = 0.0;
    for unit in units {
        let width = fonts.width(unit);
        let visible = fonts.width(unit.trim_end());
        match lines.last_mut() {
            Some(line) if filled + visible <= measure => line.push_str(unit),
            _ => {
                filled = 0.0;
                lines.push(unit.clone());
            }
        }
        filled += width;
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// What a line may end behind: words with the spaces that follow, characters of Chinese and Japanese
/// with their punctuation.
fn units(text: &str) -> Vec<String> {
    const OPENING: &str = "（「『《〈【“‘([";
    const CLOSING: &str = "，。、：；！？）」』》〉】”’…—·,.:;!?)]";
    let mut units: Vec<String> = Vec::new();
    for piece in text.split_word_bounds() {
        let wide = |letter: char| letter >= '\u{2E80}';
        let (first, last) = (piece.chars().next(), piece.chars().next_back());
        let before = units.last().and_then(|unit| unit.chars().next_back());
        let follows_space = before.is_some_and(char::is_whitespace);
        let may_break = first
            .is_some_and(|letter| !CLOSING.contains(letter) && !letter.is_whitespace())
            && before.is_some_and(|letter| !OPENING.contains(letter));
        let breaks = follows_space || before.is_some_and(wide) || last.is_some_and(wide);
        match units.last_mut() {
            Some(unit) if !(may_break && breaks) => unit.push_str(piece),
            _ => units.push(piece.to_owned()),
        }
    }
    units
}

fn markup(lines: &[Line], (width, height): (u32, u32)) -> String {
    let mut markup =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">");
    for line in lines {
        let [red, green, blue] = line.colour;
        let (middle, baseline, size) = (width / 2, line.baseline, line.size);
        let _ = write!(
            markup,
            "<text x=\"{middle}\" y=\"{baseline}\" text-anchor=\"middle\" font-size=\"{size}\" \
             fill=\"rgb({red},{green},{blue})\">"
        );
        escape_text(&line.text, &mut markup);
        markup.push_str("</text>");
    }
    markup.push_str("</svg>");
    markup
}

//! A line for each article of a folder.

use super::characters;
use offprint::command::Understood;
use offprint::model::{Block, Body, Inline};

/// Counts of what stands in a body.
#[derive(Default)]
struct Counts {
    headings: usize,
    figures: usize,
    links: usize,
}

/// A table on its way.
#[derive(Default)]
pub struct Table {
    /// Each with its row.
    lines: Vec<(u32, String)>,
    /// The file of the first, and whether others are of another.
    first: Option<String>,
    are_of_several: bool,
    kept: usize,
    removed: usize,
}

impl Table {
    /// Adds an article's line.
    pub fn add(&mut self, article: &Understood) {
        let (kept, removed) = characters(article);
        let first = self.first.get_or_insert_with(|| article.path.clone());
        self.are_of_several |= *first != article.path;
        self.kept += kept;
        self.removed += removed;
        self.lines.push((article.row, line(article, kept, removed)));
    }

    /// All of it, with a head and a last line of sums; with the rows' numbers where the articles are of
    /// several files, since those of one have their own.
    pub fn text(self) -> String {
        let head = "  kept    chars  head  figs  links  warn  published   title\n";
        let share = share(self.kept, self.removed);
        let (kept, articles) = (self.kept, self.lines.len());
        let sums = format!("{share} {kept:>8}  {articles} articles\n");
        let numbered = |number: &str, line: &str| match self.are_of_several {
            true => format!("{number:>5}  {line}"),
            false => line.to_owned(),
        };
        let mut text = numbered("row", head);
        for (row, line) in &self.lines {
            text += &numbered(&row.to_string(), line);
        }
        text + &numbered("", &sums)
    }
}

fn line(understood: &Understood, kept: usize, removed: usize) -> String {
    let article = &understood.cleaned.article;
    let counts = count(&article.body);
    let warnings = understood.warnings.len() + understood.cleaned.warnings.len();
    let day: String = match article.published {
        Some(time) => time.rfc3339().chars().take(10).collect(),
        None => "undated".to_owned(),
    };
    let item = understood.entry.head.item;
    let item = item.map_or_else(String::new, |number| format!(" item {number}"));
    format!(
        "{} {kept:>8} {:>5} {:>5} {:>6} {warnings:>5}  {day:<10}  {}  {}{item}\n",
        share(kept, removed),
        counts.headings,
        counts.figures,
        counts.links,
        article.title,
        understood.path,
    )
}

/// The share of the visible characters that was kept.
#[allow(clippy::cast_precision_loss, reason = "one decimal is shown")]
fn share(kept: usize, removed: usize) -> String {
    match kept + removed {
        0 => "     -".to_owned(),
        all => format!("{:>5.1}%", 100.0 * kept as f64 / all as f64),
    }
}

fn count(body: &Body) -> Counts {
    let mut counts = Counts::default();
    count_blocks(body.blocks(), &mut counts);
    counts
}

fn count_blocks(blocks: &[Block], counts: &mut Counts) {
    for block in blocks {
        match block {
            Block::Heading(_) => counts.headings += 1,
            Block::Figure(_) => counts.figures += 1,
            _ => {}
        }
        if let Some(line) = block.line() {
            count_links(line, counts);
        }
        block
            .children()
            .into_iter()
            .for_each(|group| count_blocks(group, counts));
    }
}

fn count_links(line: &[Inline], counts: &mut Counts) {
    for inline in line {
        if matches!(inline, Inline::Link(_)) {
            counts.links += 1;
        }
        inline
            .children()
            .for_each(|group| count_links(group, counts));
    }
}

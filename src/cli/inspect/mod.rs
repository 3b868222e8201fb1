//! `offprint inspect`: how articles were understood.

mod json;
mod table;
mod tree;

use super::args::Inspect;
use super::diagnostics::Terminal;
use super::output::print;
use super::{DONE, Outcome};
use offprint::config::{self, Input};
use offprint::pipeline::{Understood, nothing_found, understand};
use offprint::{Registry, Settings};

/// Shows the document model of files, or a line for each article of a folder.
pub fn run(arguments: Inspect, terminal: &Terminal) -> Outcome {
    let registry = Registry::standard();
    let file = config::load(arguments.reading.config.as_deref(), &registry)?;
    let json = arguments.json;
    let options = arguments.reading.into_options(arguments.paths).or(file);
    let settings = config::resolve(options, &registry)?;
    super::build::check_reader(&registry, &settings)?;
    let (understood, warnings) = understand(&registry, &settings)?;
    if understood.is_empty() {
        terminal.warnings(&warnings);
        return Err(nothing_found(&settings, &warnings));
    }
    let text = if json {
        json::lines(&understood)
    } else if names_folder(&settings) {
        table::of(&understood)
    } else {
        let style = tree::Style {
            color: terminal.colors_output(),
            whole: terminal.verbose(),
        };
        understood
            .iter()
            .map(|article| tree::of(article, style))
            .collect::<Vec<_>>()
            .join("\n")
    };
    print(text.as_bytes())?;
    terminal.warnings(&warnings);
    Ok(DONE)
}

/// A folder holds too many articles to show them whole.
fn names_folder(settings: &Settings) -> bool {
    settings
        .inputs
        .iter()
        .any(|input| matches!(input, Input::Path(path) if path.is_dir()))
}

/// The visible characters of an article that were kept, and those that were removed.
fn characters(understood: &Understood) -> (usize, usize) {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let article = &understood.cleaned.article;
    let ends = [&article.credit, &article.rights].into_iter().flatten();
    let kept = visible(&article.body.plain_text()) + ends.map(|text| visible(text)).sum::<usize>();
    let removed = understood
        .cleaned
        .removed
        .iter()
        .map(|removed| visible(&removed.text))
        .sum();
    (kept, removed)
}

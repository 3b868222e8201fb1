//! `offprint inspect`: how articles were understood.

mod json;
mod line;
mod table;
mod tree;

use super::args::Inspect;
use super::diagnostics::Terminal;
use super::output::print;
use super::{DONE, Outcome};
use offprint::command::{Understood, Wanted, nothing_found, understand_each};
use offprint::{Error, Input, Registry, Settings, settings};
use table::Table;
use tree::Style;

/// Shows the document model of files, or a line for each article of a folder or of a file that holds
/// several.
pub fn run(arguments: Inspect, terminal: &Terminal) -> Outcome {
    let registry = Registry::standard();
    let file = settings::load(arguments.reading.config.as_deref(), &registry)?;
    let json = arguments.json;
    let item = arguments.item.map(wanted);
    let options = arguments.reading.into_options(arguments.paths).or(file);
    let settings = settings::resolve(options, &registry)?;
    super::build::check_reader(&registry, &settings)?;
    let style = Style {
        color: terminal.colors_output(),
        whole: terminal.verbose(),
    };
    let mut shown = match (json, names_folder(&settings) && item.is_none()) {
        (true, _) => Printed::Json(String::new()),
        (false, true) => Printed::Table(Table::default()),
        (false, false) => Printed::Trees(Vec::new()),
    };
    let mut count = 0_usize;
    let warnings = understand_each(&registry, &settings, item.as_ref(), &mut |article| {
        count += 1;
        shown.add(article);
    })?;
    if count == 0 {
        terminal.warnings(&warnings);
        return Err(match &item {
            Some(item) => no_such_item(&settings, item),
            None => nothing_found(&settings, &warnings),
        });
    }
    print(shown.text(style).as_bytes())?;
    terminal.warnings(&warnings);
    Ok(DONE)
}

/// What is printed of the articles.
enum Printed {
    Json(String),
    Table(Table),
    /// Whole articles, until a file turns out to hold several.
    Trees(Vec<Understood>),
}

impl Printed {
    fn add(&mut self, article: Understood) {
        match self {
            Printed::Json(text) => text.push_str(&json::lines(&[article])),
            Printed::Table(table) => table.add(&article),
            Printed::Trees(articles) => {
                articles.push(article);
                if let [.., before, last] = articles.as_slice()
                    && container(&before.path) == container(&last.path)
                    && before.row != last.row
                {
                    let mut table = Table::default();
                    articles.iter().for_each(|article| table.add(article));
                    *self = Printed::Table(table);
                }
            }
        }
    }

    fn text(self, style: Style) -> String {
        match self {
            Printed::Json(text) => text,
            Printed::Table(table) => table.text(),
            Printed::Trees(articles) => articles
                .iter()
                .map(|article| tree::of(article, style))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// What is asked for: a number, or what something is called.
fn wanted(item: String) -> Wanted {
    match item.parse() {
        Ok(number) => Wanted::Number(number),
        Err(_) => Wanted::Name(item),
    }
}

/// The file on the disk that an article comes from, as it is shown.
fn container(path: &str) -> &str {
    path.split('!').next().unwrap_or(path)
}

fn no_such_item(settings: &Settings, item: &Wanted) -> Error {
    let item = match item {
        Wanted::Number(number) => number.to_string(),
        Wanted::Name(name) => format!("{name:?}"),
    };
    let inputs = settings.inputs.iter().map(Input::display);
    let inputs = inputs.collect::<Vec<_>>().join(", ");
    Error::NoInput {
        message: format!("there is no item {item} in {inputs}"),
        hint: "without --item, a line for each article tells their numbers and names".to_owned(),
    }
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

//! `offprint inspect`: how an article was understood.

use super::args::Inspect;
use super::diagnostics::Terminal;
use super::{DONE, Outcome};
use offprint::Registry;
use offprint::config;
use offprint::pipeline::understand;

/// Shows the document model of some files.
pub fn run(arguments: Inspect, terminal: &Terminal) -> Outcome {
    let file = config::load(arguments.reading.config.as_deref())?;
    let _ = arguments.json;
    let options = arguments.reading.into_options(arguments.paths).or(file);
    let settings = config::resolve(options)?;
    let (understood, warnings) = understand(&Registry::standard(), &settings)?;
    terminal.warnings(&warnings);
    for one in understood {
        println!("{} {:#?}", one.path, one.cleaned.article);
    }
    Ok(DONE)
}

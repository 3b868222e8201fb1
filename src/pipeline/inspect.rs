//! Single articles as they are understood, for people who look into an archive.

use super::absent;
use super::guarded::guarded;
use super::inputs::{self, OpenedFile};
use super::scan::reader_of;
use crate::clean::{self, Cleaned, Dates};
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::model::Entry;
use crate::read::{Locator, Reader};
use crate::registry::Registry;

/// One article as its file gives it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Understood {
    /// The file.
    pub path: String,
    /// The name of the reader that took it.
    pub reader: &'static str,
    /// What the reader found.
    pub entry: Entry,
    /// What cleaning made of it.
    pub cleaned: Cleaned,
    /// The article's dates and where they come from.
    pub dates: Dates,
    /// What the reader warned of.
    pub warnings: Vec<Warning>,
}

/// Reads and cleans single files without writing anything. Files that are no articles, or broken
/// ones, give no article but may give warnings.
///
/// # Errors
/// Where an input can't be read.
pub fn understand(
    registry: &Registry,
    settings: &Settings,
) -> Result<(Vec<Understood>, Vec<Warning>)> {
    let inputs = inputs::list(&settings.inputs, &settings.out)?;
    let mut warnings = inputs.warnings.clone();
    let mut articles = Vec::new();
    for file in 0..inputs.len() {
        let understood = guarded(&inputs.display(file), || {
            let opened = inputs.open(file)?;
            match reader_of(registry, settings, opened.source.as_ref())? {
                Some(reader) => Ok(understand_file(&opened, reader, settings)),
                None => Ok((Vec::new(), Vec::new())),
            }
        });
        match understood {
            Ok((of_file, raised)) => {
                articles.extend(of_file);
                warnings.extend(raised);
            }
            Err(warning) => warnings.push(warning),
        }
    }
    Ok((articles, warnings))
}

/// The articles of one file, and what was passed over in it.
fn understand_file(
    opened: &OpenedFile<'_>,
    reader: &dyn Reader,
    settings: &Settings,
) -> (Vec<Understood>, Vec<Warning>) {
    let source = opened.source.as_ref();
    let options = settings.read_options();
    let mut places: Vec<Locator> = Vec::new();
    let mut warnings = reader.scan(source, &options, &mut |item| places.push(item.at));
    let mut articles = Vec::new();
    for at in places {
        match reader.load(source, &at, &options) {
            Ok(mut loaded) => {
                clean::complete(&mut loaded.entry);
                if reader.gives_pages()
                    && let Some(absence) = clean::absence(&loaded.entry)
                {
                    loaded
                        .warnings
                        .push(absent::told(absence, source.path(), at.item()));
                }
                articles.push(Understood {
                    path: source.path().to_owned(),
                    reader: reader.format().name,
                    cleaned: clean::clean(&loaded.entry, &settings.clean),
                    dates: clean::dates(&loaded.entry.head, &settings.clean),
                    entry: loaded.entry,
                    warnings: loaded.warnings,
                });
            }
            Err(warning) => warnings.push(warning),
        }
    }
    (articles, warnings)
}

//! Single articles as they are understood, for people who look into an archive.

use super::absent;
use super::guarded::guarded;
use super::inputs::{self, Inputs, OpenedFile};
use super::scan::reader_of;
use crate::clean::{self, Cleaned, Dates, ParsedEntry};
use crate::config::Settings;
use crate::error::{Result, Warning};
use crate::model::Entry;
use crate::read::{Item, Locator, Reader};
use crate::registry::Registry;
use std::collections::BTreeMap;

/// Which articles of an archive are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The one of this number: in a file that holds several, what it has there, else its row in the
    /// table of all.
    Number(u32),
    /// Those that this name, id, address or title means.
    Name(String),
}

/// One article as its file gives it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Understood {
    /// The file.
    pub path: String,
    /// Its number among all articles of the inputs, counted from 1.
    pub row: u32,
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
    let mut articles = Vec::new();
    let warnings = understand_each(registry, settings, None, &mut |article| {
        articles.push(article);
    })?;
    Ok((articles, warnings))
}

/// The same one article after the other, so that a container of any number of them is never held; only
/// those that are wanted, if some are.
///
/// # Errors
/// Where an input can't be read.
pub fn understand_each(
    registry: &Registry,
    settings: &Settings,
    wanted: Option<&Wanted>,
    each: &mut dyn FnMut(Understood),
) -> Result<Vec<Warning>> {
    let inputs = inputs::list(&settings.inputs, &settings.out, |_| false)?;
    let mut warnings = inputs.warnings.clone();
    let asked = wanted.map(|wanted| chosen(&inputs, registry, settings, wanted));
    let mut row = 0;
    for file in 0..inputs.len() {
        let asked = asked.as_ref().map(|asked| asked.get(&file));
        if asked == Some(None) {
            continue;
        }
        let path = inputs.display(file);
        let (opened, reader, found, raised) = match opened(&inputs, file, registry, settings) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(warning) => {
                warnings.push(warning);
                continue;
            }
        };
        warnings.extend(raised);
        for place in found {
            row += 1;
            if !asked
                .flatten()
                .is_none_or(|asked| asked.contains(&place.at))
            {
                continue;
            }
            match guarded(&path, || {
                understand_one(&opened, reader, &place.at, settings)
            }) {
                Ok(article) => each(Understood { row, ..article }),
                Err(warning) => warnings.push(warning),
            }
        }
    }
    Ok(warnings)
}

/// The places of the articles that are wanted, by the positions of their files.
fn chosen(
    inputs: &Inputs,
    registry: &Registry,
    settings: &Settings,
    wanted: &Wanted,
) -> BTreeMap<usize, Vec<Locator>> {
    let mut all: Vec<(usize, Place)> = Vec::new();
    for file in 0..inputs.len() {
        // What is wrong with a file is told where its articles are read.
        if let Ok(Some((.., found, _))) = opened(inputs, file, registry, settings) {
            all.extend(found.into_iter().map(|place| (file, place)));
        }
    }
    let first = all.first().map(|(file, _)| *file);
    let are_of_one = all.iter().all(|(file, _)| Some(*file) == first);
    let mut chosen: BTreeMap<usize, Vec<Locator>> = BTreeMap::new();
    for ((file, place), row) in all.iter().zip(1..) {
        let is_wanted = match wanted {
            Wanted::Number(number) if are_of_one => place.at.item().unwrap_or(row) == *number,
            Wanted::Number(number) => row == *number,
            Wanted::Name(name) => place.is_called(&inputs.display(*file), name),
        };
        if is_wanted {
            chosen.entry(*file).or_default().push(place.at);
        }
    }
    chosen
}

/// An article's place in its file, and what it is known by.
struct Place {
    at: Locator,
    names: Vec<String>,
}

impl Place {
    fn of(item: Item) -> Self {
        let head = item.head;
        let id = clean::id_at(&head, clean::address(&head).as_ref(), || {
            item.text.unwrap_or_default()
        });
        let names = [
            head.id,
            head.address,
            head.title,
            Some(id.as_str().to_owned()),
        ];
        Place {
            at: item.at,
            names: names.into_iter().flatten().collect(),
        }
    }

    /// Whether it is what a name means: an id, an address, a title, or its file, as a table shows it or
    /// by its end alone.
    fn is_called(&self, path: &str, name: &str) -> bool {
        let (file, item) = match name.rsplit_once(" item ") {
            Some((file, item)) => (file, item.parse().ok()),
            None => (name, None),
        };
        let ends = |before: char| {
            path.strip_suffix(file)
                .is_some_and(|path| path.ends_with(before))
        };
        let is_file = path == file || ends('!') || ends('/');
        is_file && (item.is_none() || self.at.item() == item)
            || self.names.iter().any(|own| own == name)
    }
}

type Found<'inputs> = (
    OpenedFile<'inputs>,
    &'inputs dyn Reader,
    Vec<Place>,
    Vec<Warning>,
);

/// A file with its reader, where its articles lie, and what was passed over in it; none where no reader
/// takes it.
fn opened<'inputs>(
    inputs: &'inputs Inputs,
    file: usize,
    registry: &'inputs Registry,
    settings: &Settings,
) -> Result<Option<Found<'inputs>>, Warning> {
    guarded(&inputs.display(file), || {
        let opened = inputs.open(file)?;
        let Some(reader) = reader_of(registry, settings, opened.source.as_ref())? else {
            return Ok(None);
        };
        let mut places = Vec::new();
        let options = settings.read_options();
        let warnings = reader.scan(opened.source.as_ref(), &options, &mut |item| {
            places.push(Place::of(item));
        });
        Ok(Some((opened, reader, places, warnings)))
    })
}

fn understand_one(
    opened: &OpenedFile<'_>,
    reader: &dyn Reader,
    at: &Locator,
    settings: &Settings,
) -> Result<Understood, Warning> {
    let source = opened.source.as_ref();
    let loaded = reader.load(source, at, &settings.read_options())?;
    let mut warnings = loaded.warnings;
    let entry = ParsedEntry::completed(loaded.entry);
    if reader.gives_pages()
        && let Some(absence) = entry.absence()
    {
        warnings.push(absent::told(absence, source.path(), at.item()));
    }
    Ok(Understood {
        path: source.path().to_owned(),
        row: 0,
        reader: reader.format().name,
        cleaned: entry.clean(&settings.clean),
        dates: clean::dates(&entry.entry().head, &settings.clean),
        entry: entry.into_entry(),
        warnings,
    })
}

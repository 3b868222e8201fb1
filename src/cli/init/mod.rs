//! `offprint init`: a configuration file and a workflow, made for the archive that is found.

mod repository;
mod workflow;

use super::args::Init;
use super::diagnostics::Terminal;
use super::output::{create, replace};
use super::{DONE, Outcome};
use offprint::command::{Statistics, archive_folders, nothing_found, reading_lists, statistics};
use offprint::{Error, Registry, Result, Settings, Unobserved};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use repository::Repository;
use workflow::Workflow;

const CONFIGURATION: (&str, &str) = ("offprint.toml", include_str!("offprint.toml"));
/// Where outputs go by default.
const OUT: &str = "out";
/// Where articles are saved that are pulled.
const PULLED: &str = "articles";
/// The most sources and languages that are named.
const NAMED: usize = 10;

/// Looks at the archive and writes both files. The workflow comes first: where its folders can't be
/// made, nothing is written.
pub fn run(arguments: Init, terminal: &Terminal) -> Outcome {
    let repository = Repository::around(Path::new("."));
    let lists = Lists::found(arguments.opml);
    let workflow = Workflow::of(repository.as_ref(), !lists.is_empty())?;
    if !arguments.force {
        refuse_to_overwrite(&workflow)?;
    }
    let (paths, statistics) = archive(arguments.paths, &lists)?;
    let configuration = configuration(&paths, &statistics)? + &subscriptions(&lists);
    write(&workflow.name, &workflow.text, arguments.force)?;
    write(CONFIGURATION.0, &configuration, arguments.force)?;
    terminal.warnings(&statistics.warnings);
    terminal.say(&next_steps(
        &paths,
        &statistics,
        repository.as_ref(),
        &workflow,
        !lists.is_empty(),
    ));
    Ok(DONE)
}

fn refuse_to_overwrite(workflow: &Workflow) -> Result<()> {
    // A link that leads nowhere is there too.
    let stands = |name: &&str| Path::new(name).symlink_metadata().is_ok();
    match [CONFIGURATION.0, workflow.name.as_str()]
        .iter()
        .find(|name| stands(name))
    {
        Some(name) => Err(Error::configuration(
            format!("{name} is there already; nothing was written"),
            format!(
                "overwrite {} and {} with --force",
                CONFIGURATION.0, workflow.name
            ),
        )),
        None => Ok(()),
    }
}

/// What is to be pulled.
struct Lists {
    /// Lists of feeds.
    feeds: Vec<PathBuf>,
    /// Lists of pages: exports of programs that keep addresses.
    pages: Vec<PathBuf>,
}

impl Lists {
    /// The lists of feeds that are named, else all here; and all lists of pages here.
    fn found(named: Vec<PathBuf>) -> Self {
        Lists {
            feeds: lists(named),
            pages: reading_lists(Path::new("."), &Registry::standard()),
        }
    }

    fn is_empty(&self) -> bool {
        self.feeds.is_empty() && self.pages.is_empty()
    }
}

/// The lists of feeds: those that are named, else all here.
fn lists(named: Vec<PathBuf>) -> Vec<PathBuf> {
    if !named.is_empty() {
        return named;
    }
    let items = fs::read_dir(".").into_iter().flatten().flatten();
    let names = items.map(|item| PathBuf::from(item.file_name()));
    let mut lists: Vec<PathBuf> = names
        .filter(|name| name.extension().is_some_and(|ending| ending == "opml"))
        .filter(|name| name.is_file())
        .collect();
    lists.sort();
    lists
}

/// The section that subscribes to lists of feeds, and names those of pages; nothing where there are none.
fn subscriptions(lists: &Lists) -> String {
    if lists.is_empty() {
        return String::new();
    }
    let key = |name: &str, paths: &[PathBuf]| {
        let names: Vec<&str> = paths.iter().filter_map(|path| path.to_str()).collect();
        match names.as_slice() {
            [] => String::new(),
            names => format!("{name} = {}\n", list(names)),
        }
    };
    format!(
        "\n# What `offprint pull` asks for what is new, and where it is saved.\n[pull]\nfolder = {}\n{}{}",
        quoted(PULLED),
        key("opml", &lists.feeds),
        key("links", &lists.pages)
    )
}

/// The folders of the archive and what they hold: those that are named, else all here that hold
/// articles. An archive that is to be pulled may hold none yet.
fn archive(named: Vec<PathBuf>, lists: &Lists) -> Result<(Vec<PathBuf>, Statistics)> {
    if named.iter().any(|path| path.as_os_str() == "-") {
        return Err(Error::configuration(
            "standard input is no archive that later runs could read",
            "name the folder of the articles",
        ));
    }
    if !named.is_empty() {
        return holding(named);
    }
    let found = archive_folders(Path::new("."), Path::new(OUT), &Registry::standard());
    let mut folders: Vec<PathBuf> = found.into_iter().map(|folder| folder.path).collect();
    if !lists.is_empty() {
        if folders.is_empty() {
            return Ok((vec![PathBuf::from(PULLED)], Statistics::default()));
        }
        if !folders.iter().any(|folder| folder == Path::new(PULLED)) {
            folders.push(PathBuf::from(PULLED));
        }
    }
    if folders.is_empty() {
        folders.push(PathBuf::from("."));
    }
    holding(folders)
}

fn holding(paths: Vec<PathBuf>) -> Result<(Vec<PathBuf>, Statistics)> {
    let statistics = look(&paths)?;
    if statistics.articles > 0 {
        return Ok((paths, statistics));
    }
    // What the files seem to be says what to do: mails are read only where that is asked for.
    Err(
        match nothing_found(&Settings::for_inputs(&paths), &statistics.warnings) {
            Error::NoInput { message, hint } => Error::NoInput {
                message: format!("{message}; nothing was written"),
                hint,
            },
            other => other,
        },
    )
}

fn look(paths: &[PathBuf]) -> Result<Statistics> {
    let settings = Settings::for_inputs(paths);
    statistics(&Registry::standard(), &settings, &Unobserved)
}

/// The configuration file with what was found in its places.
fn configuration(paths: &[PathBuf], statistics: &Statistics) -> Result<String> {
    let paths = paths
        .iter()
        .map(|path| path.to_str().ok_or_else(|| not_unicode(path)))
        .collect::<Result<Vec<_>>>()?;
    let sources = statistics.sources.iter().map(|(name, _)| name.as_str());
    let sources: Vec<&str> = sources.filter(|name| !name.is_empty()).take(2).collect();
    let language = statistics.languages.first().map_or("en", |(tag, _)| tag);
    let found: Vec<String> = found(statistics)
        .iter()
        .map(|line| format!("#   {}", one_line(line)))
        .collect();
    // From the end to the beginning: what is filled in may look like a place of the template.
    Ok(CONFIGURATION
        .1
        .replacen("@SOURCES@", &list(&sources), 1)
        .replacen("@LANGUAGE@", &format!("{:<25}", quoted(language)), 1)
        .replacen("@PATHS@", &list(&paths), 1)
        .replacen("@FOUND@", &found.join("\n"), 1))
}

fn not_unicode(path: &Path) -> Error {
    Error::configuration(
        format!("{} can't stand in {}", path.display(), CONFIGURATION.0),
        "give the folder a name in Unicode",
    )
}

fn quoted(text: &str) -> String {
    toml::Value::from(one_line(text)).to_string()
}

fn list(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A comment ends with its line, and no control character may stand in it.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// What was found, a line for each kind of fact.
fn found(statistics: &Statistics) -> Vec<String> {
    let mut lines = vec![format!("articles   {}", statistics.articles)];
    if let Some((first, last)) = statistics.period {
        let day = |text: String| text.chars().take(10).collect::<String>();
        lines.push(format!(
            "period     {} to {}",
            day(first.rfc3339()),
            day(last.rfc3339())
        ));
    }
    if statistics.undated > 0 {
        lines.push(format!("undated    {}", statistics.undated));
    }
    lines.push(format!("sources    {}", named(&statistics.sources)));
    if !statistics.languages.is_empty() {
        let sample = if statistics.sampled < statistics.articles {
            format!(", in a sample of {}", statistics.sampled)
        } else {
            String::new()
        };
        lines.push(format!(
            "languages  {}{sample}",
            named(&statistics.languages)
        ));
    }
    lines
}

/// The most frequent names with their numbers, and how many more there are.
fn named(names: &[(String, usize)]) -> String {
    let mut texts: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|(name, count)| match name.as_str() {
            "" => format!("unknown ({count})"),
            name => format!("{name} ({count})"),
        })
        .collect();
    if names.len() > NAMED {
        texts.push(format!("{} more", names.len() - NAMED));
    }
    texts.join(", ")
}

/// Writes a file. Without `force`, one that appeared meanwhile is kept.
fn write(name: &str, text: &str, force: bool) -> Result<()> {
    let path = Path::new(name);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let written = if force {
        replace(path, text.as_bytes())
    } else {
        create(path, text.as_bytes())
    };
    written.map_err(failed(path))
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
    let path = path.to_owned();
    move |source| Error::File {
        path,
        source,
        hint: "see that the folder may be written and that there is room, then run it again",
    }
}

fn next_steps(
    paths: &[PathBuf],
    statistics: &Statistics,
    repository: Option<&Repository>,
    workflow: &Workflow,
    pulls: bool,
) -> String {
    let mut text = String::from("found\n");
    for line in found(statistics) {
        text += &format!("  {}\n", one_line(&line));
    }
    let folders = paths.iter().map(|path| path.display().to_string());
    let folders = folders.collect::<Vec<_>>().join(", ");
    text += &format!("  folders    {}\n", one_line(&folders));
    text += &format!("wrote {}\nwrote {}\n", CONFIGURATION.0, workflow.name);
    text += "next\n";
    let pulled = if pulls { "offprint pull && " } else { "" };
    text += &format!("  look through offprint.toml, then run `{pulled}offprint build`\n");
    if repository.is_none_or(|repository| !repository.ignores(OUT)) {
        text += "  keep outputs out of the repository with this line in .gitignore here: /out/\n";
    }
    text += "  fill in INSTALL_FROM in the workflow, and choose GitHub Actions in the settings of Pages\n";
    text += "  Pages takes sites up to 1 GB: `offprint build` says when its outputs come near\n";
    if let Some(repository) = repository.filter(|one| !one.folder.as_os_str().is_empty()) {
        text += &format!(
            "  the workflow lies in the repository's root, where GitHub looks for it, and builds in {}\n",
            repository.folder.display()
        );
    }
    if repository.is_some_and(|repository| repository.branch.is_none()) {
        text += "  name your branch in the workflow, if it is other than main or master\n";
    }
    let outside = |path: &&PathBuf| path.is_absolute() || path.starts_with("..");
    if let Some(path) = paths.iter().find(outside) {
        text += &format!(
            "  the workflow sees only what lies in the repository: {} does not\n",
            path.display()
        );
    }
    text
}

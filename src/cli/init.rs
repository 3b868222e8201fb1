//! `offprint init`: a configuration file and a workflow, made for the archive that is found.

use super::args::Init;
use super::diagnostics::Terminal;
use super::output::{create, replace};
use super::{DONE, Outcome};
use offprint::pipeline::{Statistics, statistics};
use offprint::{Error, Registry, Result, Settings, Unobserved};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const CONFIGURATION: (&str, &str) = ("offprint.toml", include_str!("init/offprint.toml"));
const WORKFLOW: (&str, &str) = (
    ".github/workflows/offprint.yml",
    include_str!("init/workflow.yml"),
);
/// The folders that archives are kept in, looked for where none is named.
const USUAL_FOLDERS: [&str; 6] = [
    "seeds", "articles", "_posts", "posts", "archive", "archives",
];
/// The most sources and languages that are named.
const NAMED: usize = 10;

/// Looks at the archive and writes both files. The workflow comes first: where its folders can't be
/// made, nothing is written.
pub fn run(arguments: Init, terminal: &Terminal) -> Outcome {
    if !arguments.force {
        refuse_to_overwrite()?;
    }
    let (paths, statistics) = archive(arguments.paths)?;
    let configuration = configuration(&paths, &statistics)?;
    write(WORKFLOW.0, WORKFLOW.1, arguments.force)?;
    write(CONFIGURATION.0, &configuration, arguments.force)?;
    terminal.warnings(&statistics.warnings);
    terminal.say(&next_steps(&paths, &statistics));
    Ok(DONE)
}

fn refuse_to_overwrite() -> Result<()> {
    // A link that leads nowhere is there too.
    let stands = |name: &&str| Path::new(name).symlink_metadata().is_ok();
    match [CONFIGURATION.0, WORKFLOW.0]
        .iter()
        .find(|name| stands(name))
    {
        Some(name) => Err(Error::configuration(
            format!("{name} is there already; nothing was written"),
            format!(
                "overwrite {} and {} with --force",
                CONFIGURATION.0, WORKFLOW.0
            ),
        )),
        None => Ok(()),
    }
}

/// The folders of the archive and what they hold: those that are named, else the usual ones that
/// hold articles, else the folder that the user stands in.
fn archive(named: Vec<PathBuf>) -> Result<(Vec<PathBuf>, Statistics)> {
    if named.iter().any(|path| path.as_os_str() == "-") {
        return Err(Error::configuration(
            "standard input is no archive that later runs could read",
            "name the folder of the articles",
        ));
    }
    if !named.is_empty() {
        return holding(named);
    }
    let mut folders = Vec::new();
    for folder in USUAL_FOLDERS.map(PathBuf::from) {
        if folder.is_dir() && look(std::slice::from_ref(&folder))?.articles > 0 {
            folders.push(folder);
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
    let looked: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Err(Error::NoInput {
        message: format!(
            "no article found in {}; nothing was written",
            looked.join(", ")
        ),
        hint: match statistics.warnings.first() {
            Some(warning) => format!("the first of {} problems: {warning}", statistics.warnings.len()),
            None => "name the folder of the articles: offprint init FOLDER; see `offprint formats` for what an article is".to_owned(),
        },
    })
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

fn next_steps(paths: &[PathBuf], statistics: &Statistics) -> String {
    let mut text = String::from("found\n");
    for line in found(statistics) {
        text += &format!("  {}\n", one_line(&line));
    }
    text += &format!("wrote {}\nwrote {}\n", CONFIGURATION.0, WORKFLOW.0);
    text += "next\n";
    text += "  look through offprint.toml, then run `offprint build`\n";
    text += "  keep out/ out of the repository: name it in .gitignore\n";
    text += "  fill in INSTALL_FROM in the workflow, and choose GitHub Actions in the settings of Pages\n";
    let outside = |path: &&PathBuf| path.is_absolute() || path.starts_with("..");
    if let Some(path) = paths.iter().find(outside) {
        text += &format!(
            "  the workflow sees only what lies in the repository: {} does not\n",
            path.display()
        );
    }
    text
}

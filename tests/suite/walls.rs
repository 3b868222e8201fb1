//! What may know what: which parts of the library import which, and which crates compile which.
//!
//! The imports are read in the source, so that a wall falls with the line that breaks through it.

use super::docs::root;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each part of the library, and the other parts that it may import. `lib.rs` only declares them.
///
/// A stage knows the model and errors. What else one is allowed stands here: `images` talks to servers
/// and asks whether files changed; a report has the counts of pictures and what is fetched.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &[]),
    ("net", &["model", "error"]),
    ("read", &["model", "error"]),
    ("clean", &["model", "error"]),
    ("images", &["model", "error", "net"]),
    ("pull", &["model", "error", "net"]),
    ("options", &[]),
    ("write", &["model", "error", "options"]),
    ("report", &["model", "error", "images"]),
    ("registry", &["model", "error", "read", "write"]),
    (
        "config",
        &[
            "model", "error", "options", "net", "read", "clean", "images", "pull", "write",
            "registry",
        ],
    ),
    (
        "pipeline",
        &[
            "model", "error", "net", "read", "clean", "images", "pull", "write", "report",
            "registry", "config",
        ],
    ),
];

/// The program, which sees of the library what everybody sees.
const PROGRAM: &str = "cli";

/// What the library hides at its root: not part of its door.
const HIDDEN: &[&str] = &["command", "parts"];

/// The tests that import what is hidden, and why no other way leads to what they look at.
const BEHIND_THE_DOOR: &[(&str, &str)] = &[
    (
        "understanding.rs",
        "asks what `offprint inspect` shows: what was removed by which rule, which no output holds",
    ),
    (
        "pull.rs",
        "pulls at a time of its own, which the command takes from the clock",
    ),
    (
        "images.rs",
        "asks for thousands of pictures one by one, and looks into the cache as `offprint cache` does",
    ),
    (
        "read/packed_web_archives.rs",
        "asks which files are opened as containers at all, whatever is found in them",
    ),
];

/// The part that a file below `src/` belongs to, and how many modules deep it lies in the crate.
fn place(file: &Path) -> (String, usize) {
    let mut modules: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if modules.last().is_some_and(|last| last == "mod") {
        modules.pop();
    }
    (modules[0].clone(), modules.len())
}

/// The names at the crate's root that a source reaches: `b` for `use crate::b::C`, for `super::b::C`
/// where that leads there, and for such a path within code. `*` is all of them.
fn reached(source: &str, depth: usize) -> BTreeSet<String> {
    let tokens: TokenStream = source.parse().expect("a source");
    let mut names = BTreeSet::new();
    look(tokens, depth, &mut names);
    names
}

fn look(tokens: TokenStream, depth: usize, names: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        let rest = &tokens[position..];
        match token {
            TokenTree::Group(group) if !is_visibility(group) => {
                let inline = is_module(&tokens[..position], group);
                look(group.stream(), depth + usize::from(inline), names);
            }
            // The crate under another name gives everything.
            TokenTree::Ident(word) if word == "crate" && !begins_path(&rest[1..]) => {
                names.insert("*".to_owned());
            }
            TokenTree::Ident(word) if word == "crate" => follow(&rest[3..], 0, names),
            TokenTree::Ident(word)
                if (word == "super" || word == "self" && begins_path(&rest[1..]))
                    && !continues_path(&tokens[..position]) =>
            {
                follow(rest, depth, names);
            }
            _ => {}
        }
    }
}

/// Whether a group is that of `pub(crate)`, `pub(super)` or `pub(in …)`.
fn is_visibility(group: &Group) -> bool {
    let within = group.stream().to_string();
    group.delimiter() == Delimiter::Parenthesis
        && (["crate", "super", "self"].contains(&within.as_str()) || within.starts_with("in "))
}

/// Whether a group is the body of `mod name { … }`.
fn is_module(before: &[TokenTree], group: &Group) -> bool {
    let named =
        matches!(before, [.., TokenTree::Ident(word), TokenTree::Ident(_)] if word == "mod");
    named && group.delimiter() == Delimiter::Brace
}

fn text(tokens: &[TokenTree]) -> String {
    let words = tokens.iter().map(ToString::to_string);
    words.collect::<Vec<_>>().join(" ")
}

fn begins_path(tokens: &[TokenTree]) -> bool {
    text(&tokens[..tokens.len().min(2)]) == ": :"
}

fn continues_path(tokens: &[TokenTree]) -> bool {
    text(&tokens[tokens.len().saturating_sub(2)..]) == ": :"
}

/// Follows a path that begins so many modules below the crate's root.
fn follow(path: &[TokenTree], depth: usize, names: &mut BTreeSet<String>) {
    match path {
        [TokenTree::Ident(word), rest @ ..] if word == "super" || word == "self" => {
            let depth = depth.saturating_sub(usize::from(word == "super"));
            if begins_path(rest) {
                follow(&rest[2..], depth, names);
            } else if depth == 0 {
                names.insert("*".to_owned());
            }
        }
        [TokenTree::Group(group), ..] => {
            let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
            let comma = |token: &TokenTree| token.to_string() == ",";
            tokens
                .split(comma)
                .for_each(|one| follow(one, depth, names));
        }
        [first, ..] if depth == 0 => {
            names.insert(first.to_string());
        }
        _ => {}
    }
}

/// What is wrong with the imports of a file below `src/`.
fn broken_walls(file: &Path, source: &str) -> Vec<String> {
    let (part, depth) = place(file);
    let row = MAY_IMPORT.iter().find(|(name, _)| *name == part);
    let allowed: &[&str] = match row {
        Some((_, allowed)) => allowed,
        None if part == PROGRAM || part == "main" => &[PROGRAM],
        None => return vec![format!("{}: no rule for {part}", file.display())],
    };
    reached(source, depth)
        .into_iter()
        .filter(|name| *name != part && !allowed.contains(&name.as_str()))
        .map(|name| format!("{}: {part} imports crate::{name}", file.display()))
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_part_of_the_library_imports_what_it_may_not() {
    let folder = root().join("src");
    let mut broken = Vec::new();
    for path in sources(&folder) {
        let file = path.strip_prefix(&folder).unwrap();
        let source = fs::read_to_string(&path).unwrap();
        assert!(!source.contains("#[path"), "{}: #[path]", file.display());
        if file != Path::new("lib.rs") {
            broken.extend(broken_walls(file, &source));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    let library = fs::read_to_string(folder.join("lib.rs")).unwrap();
    assert!(!library.contains("mod cli"), "the library has the program");
}

#[test]
fn a_stage_that_imports_another_is_found_however_it_is_written() {
    for (file, source) in [
        ("model/date/mod.rs", "use crate::error::Error;"),
        ("read/mod.rs", "use crate::clean;"),
        ("read/mod.rs", "use crate::{error::Error, clean::{self}};"),
        ("read/mod.rs", "use super::clean::Head;"),
        ("read/walk.rs", "use super::super::write::Unit;"),
        ("read/walk.rs", "use super::{super::write::Unit, Reader};"),
        ("read/walk.rs", "use self::super::super::write::Unit;"),
        ("clean/body/mod.rs", "fn f() { crate::images::g(); }"),
        ("write/mod.rs", "pub use crate::read::Reader as R;"),
        ("write/mod.rs", "mod tests { use super::super::read; }"),
        ("write/mod.rs", "use crate::*;"),
        ("write/mod.rs", "use crate as all;"),
        ("write/mod.rs", "extern crate self as all;"),
        ("write/mod.rs", "use super::{self as all};"),
        (
            "images/mod.rs",
            "macro_rules! m { () => { $crate::write::f() } }",
        ),
        ("net.rs", "use crate::images::Settings;"),
        ("config/mod.rs", "use crate::pipeline::convert;"),
        ("pipeline/mod.rs", "use crate::cli::run;"),
        ("write/mod.rs", "use crate::Settings;"),
        ("cli/build.rs", "use crate::write::Writer;"),
        ("other/mod.rs", ""),
    ] {
        let broken = broken_walls(Path::new(file), source);
        assert_eq!(broken.len(), 1, "{file}: {source}: {broken:?}");
    }
}

#[test]
fn what_a_stage_may_import_is_left_alone() {
    for (file, source) in [
        ("read/mod.rs", "use crate::model::{Entry, Markup};"),
        ("read/walk.rs", "use super::Reader; pub(crate) fn f() {}"),
        (
            "read/a/b.rs",
            "use super::super::walk; pub(super) fn f() {}",
        ),
        (
            "read/mod.rs",
            "pub(super) fn f() {} pub(in crate::read) struct S;",
        ),
        (
            "read/mod.rs",
            "//! See crate::write.\n// crate::clean\nconst A: &str = \"crate::write\";",
        ),
        (
            "write/mod.rs",
            "mod tests { use super::*; use super::super::error; }",
        ),
        ("write/feed.rs", "mod tests { use super::super::sink; }"),
        ("main.rs", "mod cli; fn main() { cli::run() }"),
        ("cli/mod.rs", "use offprint::Error;"),
    ] {
        let broken = broken_walls(Path::new(file), source);
        assert!(broken.is_empty(), "{file}: {source}: {broken:?}");
    }
}

/// Whether a source imports what the library hides. A name that follows `crate` is one of the suite's own.
fn looks_behind_the_door(source: &str) -> bool {
    let tokens: TokenStream = source.parse().expect("a source");
    let mut names = BTreeSet::new();
    look_for_ours(tokens, &mut names);
    names.iter().any(|name| HIDDEN.contains(&name.as_str()))
}

/// The names at the root of the library that a program outside it reaches.
fn look_for_ours(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        let rest = &tokens[position + 1..];
        match token {
            TokenTree::Ident(word) if word == "offprint" && begins_path(rest) => {
                follow(&rest[2..], 0, names);
            }
            TokenTree::Group(group) => look_for_ours(group.stream(), names),
            _ => {}
        }
    }
}

#[test]
fn tests_use_the_door_that_everybody_has() {
    let folder = root().join("tests/suite");
    let mut behind = BTreeSet::new();
    for path in sources(&folder) {
        if looks_behind_the_door(&fs::read_to_string(&path).unwrap()) {
            let file = path.strip_prefix(&folder).unwrap().to_string_lossy();
            behind.insert(file.replace('\\', "/"));
        }
    }
    let allowed = BEHIND_THE_DOOR.iter().map(|(file, _)| (*file).to_owned());
    assert_eq!(behind, allowed.collect());
}

#[test]
fn nothing_else_of_the_library_is_public_and_hidden() {
    let source = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let hidden = lines.windows(2).filter(|pair| pair[0] == "#[doc(hidden)]");
    let names: Vec<&str> = hidden
        .map(|pair| {
            pair[1]
                .trim_start_matches("pub mod ")
                .trim_end_matches(" {")
        })
        .collect();
    assert_eq!(names, HIDDEN);
}

#[test]
fn an_import_from_behind_the_door_is_found_however_it_is_written() {
    for source in [
        "use offprint::parts::clean;",
        "use offprint::{Code, parts};",
        "use offprint::{model::{Entry}, command::{self}};",
        "fn f() { let a = g(offprint::command::understand()); }",
        "mod inner { pub use ::offprint::parts as p; }",
    ] {
        assert!(looks_behind_the_door(source), "{source}");
    }
    for source in [
        "use offprint::{Input, reader::Item};",
        "use crate::command::Place; use super::command;",
        "const A: &str = \"offprint::parts\"; // offprint::parts",
    ] {
        assert!(!looks_behind_the_door(source), "{source}");
    }
}

/// The names that are public at the top of a source's modules, by module; what is hidden is left out.
fn public_names(items: &[syn::Item], module: &str, found: &mut Vec<(String, String)>) {
    for item in items {
        match item {
            syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                imported(&item.tree, module, found);
            }
            syn::Item::Mod(item) if !HIDDEN.contains(&item.ident.to_string().as_str()) => {
                if let Some((_, items)) = &item.content {
                    public_names(items, &item.ident.to_string(), found);
                }
            }
            _ => {}
        }
    }
}

fn imported(tree: &syn::UseTree, module: &str, found: &mut Vec<(String, String)>) {
    let mut add = |name: &syn::Ident| found.push((name.to_string(), module.to_owned()));
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree, module, found),
        syn::UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| imported(tree, module, found)),
        syn::UseTree::Name(name) => add(&name.ident),
        syn::UseTree::Rename(name) => add(&name.rename),
        syn::UseTree::Glob(_) => panic!("{module} exports what it does not name"),
    }
}

#[test]
fn a_name_of_the_door_has_one_meaning() {
    let mut found = Vec::new();
    for (module, file) in [("offprint", "src/lib.rs"), ("model", "src/model/mod.rs")] {
        let source = fs::read_to_string(root().join(file)).unwrap();
        public_names(&syn::parse_file(&source).unwrap().items, module, &mut found);
    }
    assert!(found.len() > 150, "{found:?}");
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, module) in &found {
        modules.entry(name).or_default().push(module);
    }
    // One type in two places: part of the model, and a setting.
    modules.retain(|name, modules| modules.len() > 1 && *name != "Profile");
    assert!(modules.is_empty(), "names of several modules: {modules:?}");
}

/// The crates that a crate of ours compiles for itself, tests aside; the names of ours among them.
fn compiled(options: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--edges", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(options)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{told:?}");
    let lines = String::from_utf8(told.stdout).unwrap();
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names.map(str::to_owned).collect()
}

/// The crates that the feature `cli` brings, as the manifest lists them.
fn of_the_program() -> Vec<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&text).unwrap();
    let features: BTreeMap<String, Vec<String>> = manifest["features"].clone().try_into().unwrap();
    let names = features["cli"].iter();
    names
        .map(|name| name.trim_start_matches("dep:").to_owned())
        .collect()
}

#[test]
fn a_program_that_uses_the_library_compiles_nothing_of_the_command() {
    let alone = compiled(&["--package", "offprint", "--no-default-features"]);
    let whole = compiled(&["--package", "offprint"]);
    let listed = of_the_program();
    assert!(listed.len() >= 6, "{listed:?}");
    let known = ["clap", "indicatif", "mimalloc", "offprint-check"];
    for name in known.into_iter().chain(listed.iter().map(String::as_str)) {
        assert!(!alone.contains(name), "the library compiles {name}");
        assert!(whole.contains(name), "the program does not use {name}");
    }
}

#[test]
fn the_checker_and_what_it_checks_are_strangers() {
    let checker = compiled(&["--package", "offprint-check"]);
    assert!(checker.contains("roxmltree"), "{checker:?}");
    let shared = [
        "offprint",
        "quick-xml",
        "zip",
        "epub-builder",
        "rss",
        "atom_syndication",
    ];
    for name in shared {
        assert!(!checker.contains(name), "the checker compiles {name}");
    }
}

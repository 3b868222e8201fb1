//! Finished outputs are put into place; what earlier runs left is looked after.

use super::*;
use crate::error::Code;
use std::fs;
use std::path::Path;

/// Puts all outputs into place, one after the other, after all of them are complete on the disk.
/// In a dry run nothing is touched and the report says what would change.
pub(super) fn put_into_place(
    outputs: Vec<Output>,
    writers: &[&dyn AnyWriter],
    run: &Run<'_>,
    folder: &OutputFolder,
    settings: &Settings,
    report: &mut Report,
) -> Result<()> {
    let mut sealed = Vec::with_capacity(outputs.len());
    for output in outputs {
        report.warnings.extend(output.warnings);
        sealed.push((output.file.seal()?, output.articles));
    }
    let names: Vec<String> = sealed
        .iter()
        .map(|(file, _)| file.name().to_owned())
        .collect();
    for (file, articles) in sealed {
        let path = folder.path().join(file.name());
        report.outputs.push(OutputReport {
            path: path.to_string_lossy().into_owned(),
            bytes: file.bytes(),
            articles: articles as u64,
            changed: file.changed(),
        });
        if !settings.dry_run {
            file.commit()?;
        }
    }
    report
        .outputs
        .sort_by(|left, right| left.path.cmp(&right.path));
    for stale in stale(writers, run, folder, &names) {
        look_after_stale(&stale, folder, settings, report)?;
    }
    if !settings.dry_run {
        remove_leftovers(folder.path());
    }
    Ok(())
}

/// Outputs of earlier runs that this run's writers no longer make, sorted.
fn stale(
    writers: &[&dyn AnyWriter],
    run: &Run<'_>,
    folder: &OutputFolder,
    made: &[String],
) -> Vec<String> {
    let mut names = Vec::new();
    collect_names(folder.path(), "", 3, &mut names);
    names.retain(|name| {
        !made.contains(name) && writers.iter().any(|writer| writer.claims(name, run))
    });
    names.sort();
    names
}

/// Adds the names of the files in a folder, relative to it, as deep as outputs lie.
fn collect_names(folder: &Path, prefix: &str, depth: u8, names: &mut Vec<String>) {
    let Ok(items) = fs::read_dir(folder) else {
        return;
    };
    for item in items.flatten() {
        let (Ok(kind), Some(name)) = (
            item.file_type(),
            item.file_name().to_str().map(str::to_owned),
        ) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if kind.is_file() {
            names.push(name);
        } else if kind.is_dir() && depth > 1 {
            collect_names(&item.path(), &format!("{name}/"), depth - 1, names);
        }
    }
}

fn look_after_stale(
    name: &str,
    folder: &OutputFolder,
    settings: &Settings,
    report: &mut Report,
) -> Result<()> {
    let path = folder.path().join(name);
    if settings.prune && !settings.dry_run {
        return fs::remove_file(&path).map_err(Error::output(&path));
    }
    let message = if settings.prune {
        "would be removed: no longer made"
    } else {
        "is no longer made by this run"
    };
    let warning = Warning::new(Code::OutputStale, message)
        .in_file(path.to_string_lossy())
        .hint("remove such outputs with --prune");
    report.warnings.push(warning);
    Ok(())
}

/// Removes temporary files that a killed run left. The lock is held, so none is in use.
fn remove_leftovers(folder: &Path) {
    let mut names = Vec::new();
    collect_names(folder, "", 3, &mut names);
    for name in names {
        let file = name.rsplit('/').next().unwrap_or(&name);
        if file.starts_with(".offprint-") && file.ends_with(".tmp") {
            // Best effort: what can't be removed now is removed by the next run.
            let _ = fs::remove_file(folder.join(&name));
        }
    }
}

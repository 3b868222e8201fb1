//! The command line: arguments, subcommands, and what people see on the terminal.

mod args;
mod build;
mod cache;
mod check;
mod diagnostics;
mod formats;
mod github;
mod init;
mod inspect;
#[cfg(unix)]
mod interruption;
mod output;
mod packaging;
mod pages;
mod progress;
mod pull;
#[cfg(test)]
mod reference;
mod summary;
mod tally;
mod values;

use args::{Arguments, Command};
use offprint::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything asked for is done.
const DONE: u8 = 0;
/// Done, but something was skipped, lost or replaced, and `--strict` was given.
const LOSSES: u8 = 1;
/// Nothing could be done.
const FAILED: u8 = 2;

/// Runs the command that the arguments name and says how it ended.
pub fn run() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no reason to fail while failing.
            let _ = error.print();
            if let Some(variable) = values::variable_of(&error) {
                diagnostics::write_all(&format!("  hint: the variable {variable} says so\n"));
            }
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
    };
    let terminal = diagnostics::Terminal::new(&arguments.display);
    let outcome = match arguments.command {
        Some(Command::Pull(pull)) => pull::run(*pull, &terminal),
        Some(Command::Init(init)) => init::run(init, &terminal),
        Some(Command::Inspect(inspect)) => inspect::run(inspect, &terminal),
        Some(Command::Cache(arguments)) => cache::run(arguments, &terminal),
        Some(Command::Check(check)) => check::run(&check, &terminal),
        Some(Command::Formats) => formats::run(),
        Some(Command::Completions { shell }) => packaging::completions(shell),
        Some(Command::Man { command }) => packaging::man(command.as_deref()),
        Some(Command::Build(build)) => build::run(*build, &terminal),
        None => refuse_word(&arguments.build.paths)
            .and_then(|()| build::run(arguments.build, &terminal)),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            terminal.error(&error);
            ExitCode::from(FAILED)
        }
    }
}

/// Refuses a word that stands where a command may and is no path: it is a mistyped command.
fn refuse_word(paths: &[PathBuf]) -> Result<(), Error> {
    let is_word = |path: &&PathBuf| {
        let name = path.to_str();
        name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
            && !path.exists()
    };
    let Some(word) = paths.first().filter(is_word) else {
        return Ok(());
    };
    let command = Arguments::command_line();
    let names: Vec<&str> = command
        .get_subcommands()
        .map(|command| command.get_name())
        .collect();
    Err(Error::NoInput {
        message: format!(
            "there is no file or folder {}, and no such command",
            word.display()
        ),
        hint: format!("name what there is, or a command: {}", names.join(", ")),
    })
}

/// How a subcommand ends: with an exit status, or not at all.
type Outcome = Result<u8, Error>;

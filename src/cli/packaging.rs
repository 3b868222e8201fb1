//! `offprint completions` and `offprint man`: what packagers install beside the program.

use super::args::Arguments;
use super::output::print;
use super::{DONE, Outcome};
use clap_complete::Shell;

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command_line(), NAME, &mut script);
    print(&script)?;
    Ok(DONE)
}

/// Prints the manual page of the program or of one of its commands, in roff.
pub fn man(command: Option<&str>) -> Outcome {
    let mut whole = Arguments::command_line();
    // Gives each command the name that its page has: `offprint-build`.
    whole.build();
    let mut page = Vec::new();
    let written = match command {
        None => clap_mangen::Man::new(whole).render(&mut page),
        Some(name) => {
            let Some(found) = whole.find_subcommand(name) else {
                let names: Vec<&str> = whole
                    .get_subcommands()
                    .map(clap::Command::get_name)
                    .collect();
                return Err(offprint::Error::configuration(
                    format!("there is no command named {name:?}"),
                    format!("choose from {}", names.join(", ")),
                ));
            };
            clap_mangen::Man::new(found.clone()).render(&mut page)
        }
    };
    // Nothing but memory is written to, which does not fail.
    written.map_err(offprint::Error::output("standard output".as_ref()))?;
    print(&page)?;
    Ok(DONE)
}

const NAME: &str = "offprint";

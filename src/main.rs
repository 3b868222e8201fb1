//! The `offprint` command.

mod cli;

use std::process::ExitCode;

/// Trees are made by one worker and dropped by another, at which many systems' own allocators are slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}

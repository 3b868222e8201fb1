//! A run that is interrupted (Ctrl-C, or a service that is stopped) takes its temporary files along
//! and says so, and then ends as any program does that is interrupted.

use super::diagnostics::Terminal;
use offprint::command::remove_temporary_files;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Watches for an interruption of a run that writes to an output folder, until the process ends.
/// Where the system refuses, an interruption leaves the files to the next run. A second signal ends the
/// process at once, however long the files take.
pub fn watch(out: &Path, cache: Option<&Path>, terminal: &Terminal) {
    let is_ending = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Before the watch, so that the signal that sets the flag does not meet it.
        let _ = register_conditional_default(signal, Arc::clone(&is_ending));
    }
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    let (out, cache) = (out.to_owned(), cache.map(Path::to_owned));
    let is_quiet = terminal.is_quiet();
    let wait = move || {
        let Some(signal) = signals.forever().next() else {
            return;
        };
        is_ending.store(true, Ordering::SeqCst);
        remove_temporary_files(&out, cache.as_deref());
        if !is_quiet {
            // On a line of its own, for a bar may stand on the present one. Where nobody listens any
            // longer, there is nobody to tell of it.
            let told = b"\ninterrupted: every output is whole, the earlier one or the new one\n";
            let _ = io::stderr().write_all(told);
        }
        // Ends the process.
        let _ = emulate_default_handler(signal);
    };
    let _ = thread::Builder::new().spawn(wait);
}

//! How much memory a command takes.

use super::place::Ended;
use std::fs;
use std::process::Command;
use std::time::Duration;

/// Runs a command and measures the most memory that it had, in bytes; 0 where the system does not
/// tell.
pub fn measured(command: &mut Command) -> (Ended, u64) {
    let said = tempfile::NamedTempFile::new().unwrap();
    let mut child = command.stderr(said.reopen().unwrap()).spawn().unwrap();
    let file = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let status = loop {
        // The kernel keeps the highest mark, so that only what comes between the last look and the
        // end is missed.
        let status = fs::read_to_string(&file).unwrap_or_default();
        peak = peak.max(high_water_mark(&status).unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let ended = Ended {
        status: status.code(),
        stdout: String::new(),
        stderr: fs::read_to_string(said.path()).unwrap(),
    };
    (ended, peak)
}

/// `VmHWM` of `/proc/PID/status`, in bytes.
fn high_water_mark(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

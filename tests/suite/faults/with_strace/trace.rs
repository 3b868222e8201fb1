//! Faults at the boundary to the system: `strace` makes a call of one's choice fail, or kills the
//! program at it.

use crate::faults::place::{Ended, Place};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::process::Command;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It fails with this error.
    Error(&'static str),
    /// The program is killed when it makes the call.
    Kill,
}

/// A call to which something happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub call: String,
    pub fate: Fate,
    /// In each thread the first, second, … call of this name, or of those with this path.
    pub when: usize,
    pub path: Option<String>,
}

/// A call that the program made.
#[derive(Clone, Debug)]
pub struct Call {
    thread: String,
    pub name: String,
    /// Its arguments and result, as far as `strace` shows them.
    pub text: String,
}

/// The calls that matter: those that name or change files, take locks or start threads. `poll` is
/// the first call of a Rust program; what comes before is the loader's.
const TRACED: &str = "poll,openat,read,write,fsync,fdatasync,ftruncate,lseek,rename,renameat,renameat2,\
     mkdir,unlink,unlinkat,rmdir,getdents64,statx,flock,fchmod,utimensat,getcwd,readlink,clone3,\
     linkat,copy_file_range,sendfile";

/// What can happen to a call, the likeliest first.
fn errors(call: &Call) -> &'static [&'static str] {
    match call.name.as_str() {
        "openat" if call.text.contains("O_CREAT") => &["ENOSPC", "EACCES", "EROFS", "EMFILE"],
        "openat" => &["EACCES", "ENOENT", "EMFILE", "EIO"],
        "write" => &["ENOSPC", "EDQUOT", "EIO"],
        "fsync" | "fdatasync" => &["EIO", "ENOSPC"],
        "rename" | "renameat" | "renameat2" => &["EACCES", "ENOSPC", "EIO"],
        "mkdir" => &["ENOSPC", "EACCES", "EROFS"],
        "unlink" | "unlinkat" | "rmdir" => &["EACCES", "EIO"],
        "statx" | "readlink" => &["EACCES"],
        "flock" => &["ENOLCK"],
        "fchmod" | "utimensat" => &["EPERM"],
        "getcwd" => &["ENOENT"],
        "clone3" => &["EAGAIN"],
        _ => &["EIO"],
    }
}

/// Whether a program that is killed at such a call may leave something unfinished.
fn leaves_traces(call: &Call) -> bool {
    let names = ["openat", "write", "fsync", "mkdir", "unlink", "flock"];
    names.contains(&call.name.as_str()) || call.name.starts_with("rename")
}

/// `strace` before a command. It has to be here, and it has to be allowed to trace.
fn strace(place: &Place, options: &[&str], command: &Command) -> Command {
    let mut traced = place.command("strace");
    // Every thread; no messages of its own.
    traced.args(["-f", "-qq", "-o", "trace"]).args(options);
    traced.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced
}

fn run(command: &mut Command) -> Ended {
    let output = command.output().unwrap_or_else(|error| {
        panic!(
            "strace can't be run ({error}): install it (Debian: apt-get install strace), or leave \
             these tests out with `cargo test -- --skip with_strace`"
        )
    });
    output.into()
}

/// Runs a command in which all calls of a name fail, from one of each thread's on.
pub fn without(place: &Place, command: &Command, call: &str, error: &str, from: usize) -> Ended {
    let inject = format!("inject={call}:error={error}:when={from}+");
    let trace = format!("trace={call}");
    run(&mut strace(place, &["-e", &trace, "-e", &inject], command))
}

/// Runs a command and lists its calls.
pub fn calls(place: &Place, command: &Command) -> Vec<Call> {
    let options = ["-e", &format!("trace={TRACED}")];
    run(&mut strace(place, &options, command)).with(0);
    let trace = fs::read_to_string(place.path().join("trace")).unwrap();
    fs::remove_file(place.path().join("trace")).unwrap();
    trace.lines().filter_map(call).collect()
}

/// A line such as `123 openat(AT_FDCWD, …`; not the second half of a call that was interrupted.
fn call(line: &str) -> Option<Call> {
    let (thread, rest) = line.split_once(' ')?;
    let (name, text) = rest.trim_start().split_once('(')?;
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name(name).then(|| Call {
        thread: thread.to_owned(),
        name: name.to_owned(),
        text: text.to_owned(),
    })
}

impl Call {
    /// The first path that it names, if a later run names the same one.
    fn path(&self) -> Option<&str> {
        let path = self.text.split('"').nth(1)?;
        let temporary = path.contains(".tmp");
        (!path.is_empty() && !path.starts_with('/') && !temporary).then_some(path)
    }
}

/// Every fault that can happen to a run with these calls.
pub fn plan(calls: &[Call]) -> Vec<Fault> {
    let loader = loaders_share(calls);
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    let mut by_path: HashMap<(&str, &str, &str), usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut plan = Vec::new();
    for call in calls.iter().filter(|call| call.name != "poll") {
        let (thread, name) = (call.thread.as_str(), call.name.as_str());
        let count = counts.entry((thread, name)).or_default();
        *count += 1;
        let path = call.path().unwrap_or_default();
        let of_path = by_path.entry((thread, name, path)).or_default();
        *of_path += 1;
        // The loader's calls come first in one thread, so a number that small would mean them too.
        let (when, path) = match call.path() {
            _ if *count > loader.get(name).copied().unwrap_or(0) => (*count, None),
            Some(path) => (*of_path, Some(path.to_owned())),
            None => continue,
        };
        if !seen.insert((name.to_owned(), when, path.clone())) {
            continue;
        }
        let errors = errors(call).iter().map(|&error| Fate::Error(error));
        let kill = leaves_traces(call).then_some(Fate::Kill);
        plan.extend(errors.chain(kill).map(|fate| Fault {
            call: name.to_owned(),
            fate,
            when,
            path: path.clone(),
        }));
    }
    plan
}

/// How many calls of each name the first thread makes before the program begins.
fn loaders_share(calls: &[Call]) -> BTreeMap<&str, usize> {
    let mut share = BTreeMap::new();
    let first = calls.first().map(|call| call.thread.as_str());
    let before = calls.iter().take_while(|call| call.name != "poll");
    for call in before.filter(|call| Some(call.thread.as_str()) == first) {
        *share.entry(call.name.as_str()).or_default() += 1;
    }
    share
}

/// Runs a command with a fault. Says what was hit, too.
pub fn suffer(place: &Place, command: &Command, fault: &Fault) -> (Ended, String) {
    let Fault {
        call, fate, when, ..
    } = fault;
    let what = match fate {
        Fate::Error(error) => format!("error={error}"),
        Fate::Kill => "signal=KILL".to_owned(),
    };
    let (trace, inject) = (
        format!("trace={call}"),
        format!("inject={call}:{what}:when={when}"),
    );
    let mut options = vec!["-e", &trace, "-e", &inject];
    if *fate != Fate::Kill {
        // Faster, but signals are not delivered (strace 6.1).
        options.push("--seccomp-bpf");
    }
    if let Some(path) = &fault.path {
        options.extend(["-P", path]);
    }
    let ended = run(&mut strace(place, &options, command));
    let trace = fs::read_to_string(place.path().join("trace")).unwrap_or_default();
    let _ = fs::remove_file(place.path().join("trace"));
    let hit: Vec<&str> = match fate {
        Fate::Error(_) => trace
            .lines()
            .filter(|line| line.contains("INJECTED"))
            .collect(),
        Fate::Kill => trace.lines().rev().take(3).collect(),
    };
    (ended, hit.join("\n"))
}

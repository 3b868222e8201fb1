//! Faults of the machine: whatever the system refuses, and whenever, every output is the earlier one
//! or the new one, whole, and the run says what happened.

mod damage;
mod kills;
mod lock;
mod obstacles;
pub mod permissions;
pub mod place;
mod surroundings;
#[cfg(target_os = "linux")]
mod with_strace;

//! Faults at the boundary to the system. `cargo test -- --skip with_strace` does without them, where
//! there is no `strace` or it may not trace.

mod locks;
mod long_outputs;
mod network;
mod refusals;
mod trace;
mod vanishing;

//! Faults of the machine: whatever the system refuses, and whenever, every output is the earlier one
//! or the new one, whole, and the run says what happened.

mod lock;
mod obstacles;
mod place;

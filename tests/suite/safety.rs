//! Nothing that is not ours is taken, and nothing is lost: faults that were found and mended, each
//! under its number.

mod chapters;
mod depth;
mod folders;
mod inputs;
mod nested;
mod panics;
mod pictures;
mod prune;
mod sizes;
mod unreadable;

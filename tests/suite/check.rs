//! `offprint check` through the public door: good outputs pass, each fault put into them is found,
//! and no bytes make it stumble.

#[path = "check/books.rs"]
mod books;
#[path = "check/faults.rs"]
mod faults;
#[path = "check/feeds.rs"]
mod feeds;
#[path = "check/hostile.rs"]
mod hostile;
#[path = "check/sample.rs"]
mod sample;

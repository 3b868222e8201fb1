//! Files that hold several articles: through a run and back, one item at a time.

mod archives;
mod feeds;
mod inspect;
mod parts;
mod weight;

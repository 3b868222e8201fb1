//! Every behaviour through the public door: the library and the command. One binary, since linking
//! many would be most of the suite's time.

mod article;
mod book;
mod clean;
mod command;
mod feeds;
mod images;
mod read;
mod strategies;

//! One book of everything.

use super::library::{Opened, elements, publication, settings, write};
use super::samples::archive;
use offprint::model::CleanText;

#[test]
fn a_book_is_whole_and_names_every_file() {
    let (articles, pictures) = archive();
    let mut publication = publication();
    publication.title = Some(CleanText::line("渡口 & 茶"));
    let files = write(articles, &pictures, &publication, &settings(), 2);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["archive-cover.jpg", "archive.epub"]);
    let book = Opened::new(&files["archive.epub"]);
    book.check();
    assert_eq!(book.chapters().len(), 3);
    assert_eq!(elements(&book.package(), "itemref").len(), 3 + 4);
}

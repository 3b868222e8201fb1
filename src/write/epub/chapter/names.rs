//! The names of chapters: from date and id, so that a late arrival renames no other, and a link to
//! an article can be written without knowing what stands between.

use crate::model::{Catalogue, Listed};

/// The name of an article's documents: when it was published, and its key. Where others at earlier
/// positions of the catalogue would have the same name, their number sets them apart.
pub(in crate::write::epub) fn name(
    listed: &Listed,
    position: usize,
    catalogue: &Catalogue,
) -> String {
    let key = listed.key.short();
    let mut name = match listed.published {
        Some(time) => format!("{}-{key}", time.datetime().format("%Y%m%d-%H%M%S")),
        None => format!("undated-{key}"),
    };
    let namesakes = catalogue.namesakes_before(position);
    if namesakes > 0 {
        // No key holds an x, and the number of a document follows a hyphen.
        name.push_str(&format!("x{}", namesakes + 1));
    }
    name
}

/// The path of a document from the package's folder.
pub(in crate::write::epub) fn document_path(name: &str, document: usize) -> String {
    format!("text/{}", document_file(name, document))
}

/// The file name of a document.
pub(in crate::write::epub) fn document_file(name: &str, document: usize) -> String {
    match document {
        0 => format!("{name}.xhtml"),
        _ => format!("{name}-{}.xhtml", document + 1),
    }
}

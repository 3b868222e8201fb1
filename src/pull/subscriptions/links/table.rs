//! Reading lists in tables (CSV): Pocket, Instapaper, Readwise, Matter, Raindrop.

use super::{Link, link, words};

const ADDRESS: [&str; 4] = ["url", "address", "link", "href"];
const TIME: [&str; 7] = [
    "time_added",
    "timestamp",
    "saved date",
    "created",
    "date added",
    "created_at",
    "last interaction date",
];
const TAGS: [&str; 3] = ["tags", "document tags", "labels"];

/// What stands between cells: a spreadsheet's own sign differs from country to country.
const BETWEEN: [u8; 3] = [b',', b';', b'\t'];

/// The links of a table whose first row names a column of addresses; none where it does not.
pub(super) fn links(text: &str) -> Option<Vec<Link>> {
    BETWEEN.iter().find_map(|between| parted(text, *between))
}

fn parted(text: &str, between: u8) -> Option<Vec<Link>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(between)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .ok()?
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let column = |names: &[&str]| {
        let mut names = names.iter();
        names.find_map(|name| header.iter().position(|column| column == name))
    };
    let address = column(&ADDRESS)?;
    let (title, time, tags) = (column(&["title", "name"]), column(&TIME), column(&TAGS));
    let mut links = Vec::new();
    for row in reader.records().flatten() {
        let cell = |column: Option<usize>| row.get(column?).map(str::trim);
        let tags = words(cell(tags).unwrap_or_default(), &['|', ',', ';']);
        let title = cell(title).map(str::to_owned);
        links.extend(link(
            cell(Some(address)).unwrap_or_default(),
            title,
            cell(time),
            tags,
        ));
    }
    Some(links)
}

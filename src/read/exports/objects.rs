//! What exports in JSON have in common: an array of objects, each of which becomes an article.

use crate::error::{Code, Warning};
use crate::model::{Digest, Entry, Format, Head, WrittenTime};
use crate::read::feed::once;
use crate::read::feed::text::escaped;
use crate::read::json::array::{self, Array};
use crate::read::json::members_of_object::MembersOfObject;
use crate::read::places::{End, ItemPlace, Passage};
use crate::read::source::bytes_at;
use crate::read::{
    Confidence, Ghost, Item, Loaded, Locator, Omnivore, Probe, ReadOptions, Reader, ReaderJson,
    SNIFF_LENGTH, Source, Wallabag,
};
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io;

/// An object of an export.
pub(super) type Object = Map<String, Value>;

/// A format whose files are such an array.
pub(super) trait ObjectExport: Send + Sync {
    /// What the registry tells about the reader.
    fn format(&self) -> &Format;

    /// Whether a file that begins so is such an export. See [`beginning`].
    fn is_own(&self, begins: &str) -> bool;

    /// Which array of a file that begins so has the articles.
    fn array(&self, first: &str) -> Array;

    /// What an object is.
    fn element(&self, object: &Object, source: &dyn Source, at: &Locator) -> Element;

    /// Whether articles are made of other files too.
    fn reads_neighbours(&self) -> bool {
        false
    }

    /// What to do where articles are left out.
    fn advice(&self) -> &'static str {
        "nothing needs to be done, unless their texts are wanted"
    }
}

/// Makes readers of such exports. (A blanket implementation would meet that of formats with one article a
/// file.)
macro_rules! readers {
    ($($export:ty),*) => {
        $(impl Reader for $export {
    fn format(&self) -> &Format {
        ObjectExport::format(self)
    }

    fn sniff(&self, probe: &Probe<'_>) -> Confidence {
        match beginning_of(probe).is_some_and(|begins| self.is_own(&begins)) {
            true => Confidence::Certain,
            false => Confidence::No,
        }
    }

    fn scan(
        &self,
        source: &dyn Source,
        _options: &ReadOptions,
        each: &mut dyn FnMut(Item),
    ) -> Vec<Warning> {
        scan(self, source, each)
    }

    fn load(
        &self,
        source: &dyn Source,
        at: &Locator,
        _options: &ReadOptions,
    ) -> Result<Loaded, Warning> {
        load(self, source, at)
    }

    fn reads_neighbours(&self) -> bool {
        ObjectExport::reads_neighbours(self)
    }
})*
    };
}

readers!(Wallabag, Omnivore, ReaderJson, Ghost);

/// What an object of an export is.
pub(super) enum Element {
    /// An article, and the digest of what it is made of beside the object.
    Article(Box<Entry>, Option<Digest>),
    /// An article whose text is not here, and why: words that follow "left out: ".
    LeftOut(&'static str),
    /// Something else.
    Other,
}

impl Element {
    /// An article that is made of its object alone.
    pub(super) fn article(entry: Entry) -> Self {
        Element::Article(Box::new(entry), None)
    }
}

/// See [`Reader::scan`](crate::read::Reader::scan).
fn scan(
    export: &dyn ObjectExport,
    source: &dyn Source,
    each: &mut dyn FnMut(Item),
) -> Vec<Warning> {
    let mut scan = Scan {
        export,
        source,
        number: 0,
        left_out: BTreeMap::new(),
        warnings: Vec::new(),
        each,
    };
    let end = scan.run();
    let Scan {
        number,
        left_out,
        mut warnings,
        ..
    } = scan;
    warnings.extend(left_out.iter().map(|(why, count)| {
        let message = match count {
            1 => format!("1 item is left out: {why}"),
            count => format!("{count} items are left out: {why}"),
        };
        Warning::new(Code::ItemsLeftOut, message)
            .in_file(source.path())
            .hint(export.advice())
    }));
    match end {
        Err(error) => warnings.push(source.unreadable(&error)),
        Ok(Passage { end, faults, .. }) => {
            warnings.extend(
                faults
                    .iter()
                    .map(|fault| broken(source, fault.message).at(source.path(), fault.line)),
            );
            match end {
                End::Cut(line) => warnings.push(cut(source, line)),
                End::Whole if number == 0 => {
                    warnings.push(broken(source, "the export holds nothing"));
                }
                End::Whole => {}
            }
        }
    }
    warnings
}

/// See [`Reader::load`](crate::read::Reader::load).
///
/// # Errors
/// Where the object is not there any more.
fn load(export: &dyn ObjectExport, source: &dyn Source, at: &Locator) -> Result<Loaded, Warning> {
    let bytes = source
        .bytes(at.span)
        .map_err(|warning| at.placed(warning))?;
    match object(&bytes).map(|object| export.element(&object.all, source, at)) {
        Some(Element::Article(entry, _)) => Ok(Loaded {
            entry: *entry,
            warnings: Vec::new(),
        }),
        _ => Err(at.placed(source.changed())),
    }
}

/// One way through an export.
struct Scan<'scan> {
    export: &'scan dyn ObjectExport,
    source: &'scan dyn Source,
    number: u32,
    left_out: BTreeMap<&'static str, usize>,
    warnings: Vec<Warning>,
    each: &'scan mut dyn FnMut(Item),
}

impl Scan<'_> {
    fn run(&mut self) -> io::Result<Passage> {
        let source = self.source;
        let first = bytes_at(source, 0, SNIFF_LENGTH)?;
        let array = self.export.array(&beginning(&first));
        array::items(source, array, &mut |place| self.take(&place))
    }

    fn take(&mut self, place: &ItemPlace) {
        let (at, bytes) = match place.read(self.source, &mut self.number) {
            Ok(read) => read,
            Err(warning) => return self.warnings.push(warning),
        };
        let object = object(&bytes);
        let element = object
            .as_ref()
            .map(|object| self.export.element(&object.all, self.source, &at));
        if object.as_ref().is_some_and(|object| object.is_twice) {
            self.warnings
                .push(at.placed(broken(self.source, once::JOINED)));
        }
        match element {
            Some(Element::Article(entry, beside)) => {
                let beside = beside.as_ref().map_or(&[][..], AsRef::as_ref);
                (self.each)(Item::new(at, *entry, Digest::of_parts([&*bytes, beside])));
            }
            Some(Element::LeftOut(why)) => *self.left_out.entry(why).or_default() += 1,
            Some(Element::Other) | None => {
                let message = "the item can't be read";
                self.warnings.push(at.placed(broken(self.source, message)));
            }
        }
    }
}

fn broken(source: &dyn Source, message: &str) -> Warning {
    Warning::new(Code::ExportBroken, message).in_file(source.path())
}

fn cut(source: &dyn Source, line: Option<u32>) -> Warning {
    match line {
        Some(line) => broken(
            source,
            "the export breaks off within an item, which is left out",
        )
        .at(source.path(), line),
        None => broken(
            source,
            "the export breaks off; the items before that are read",
        ),
    }
}

/// The first bytes of a file as they are told by: without a byte order mark, and slashes as they are
/// without the backslash that some programs write before them.
fn beginning(first: &[u8]) -> String {
    let text = String::from_utf8_lossy(first);
    text.trim_start_matches('\u{FEFF}')
        .trim_start()
        .replace("\\/", "/")
}

/// The same of a file that is looked at.
fn beginning_of(probe: &Probe<'_>) -> Option<String> {
    let first = probe.first();
    let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
    let is_json =
        first.trim_ascii_start().starts_with(b"{") || first.trim_ascii_start().starts_with(b"[");
    is_json.then(|| beginning(first))
}

/// Whether a beginning names a key.
pub(super) fn names(beginning: &str, key: &str) -> bool {
    let mut rest = beginning;
    let quoted = format!("\"{key}\"");
    while let Some((_, after)) = rest.split_once(quoted.as_str()) {
        if after.trim_start().starts_with(':') {
            return true;
        }
        rest = after;
    }
    false
}

/// An object of some bytes. Bytes that are no characters do no harm to the others.
pub(super) fn object(bytes: &[u8]) -> Option<MembersOfObject> {
    let text = String::from_utf8_lossy(bytes);
    serde_json::from_str(&text).ok()
}

/// A head that says where an object was found. An export's folder is named after the program or the
/// day, not after who published what is in it.
pub(super) fn head(source: &dyn Source, at: &Locator) -> Head {
    Head {
        folders: Vec::new(),
        ..source.head(at)
    }
}

/// The text of a member, unless it is blank.
pub(super) fn text(object: &Object, name: &str) -> Option<String> {
    let text = object.get(name)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// The same as markup: what an export tells in plain text is spelled as in markup.
pub(super) fn plain(object: &Object, name: &str) -> Option<String> {
    text(object, name).map(|text| escaped(&text))
}

/// The texts of a member: a list of texts or of objects that have one by one of some names; a single
/// text is parted at commas.
pub(super) fn texts(object: &Object, name: &str, inner: &[&str]) -> Vec<String> {
    let of_value = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => inner.iter().find_map(|name| text(object, name)),
        _ => None,
    };
    let found: Vec<String> = match object.get(name) {
        Some(Value::Array(values)) => values.iter().filter_map(of_value).collect(),
        Some(Value::String(text)) => text.split(',').map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut texts: Vec<String> = Vec::new();
    for text in found {
        let text = escaped(text.trim());
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// A time as a text.
pub(super) fn time(object: &Object, name: &str) -> Option<WrittenTime> {
    WrittenTime::parse(object.get(name)?.as_str()?.trim())
}

/// A time as a number, so many to a second, or as the digits of one. Zero stands for none.
pub(super) fn epoch(object: &Object, name: &str, to_a_second: i64) -> Option<WrittenTime> {
    let value = object.get(name)?;
    let number = value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())?;
    let millis = match to_a_second {
        1 => number.checked_mul(1000)?,
        more => number / (more / 1000).max(1),
    };
    (number > 0)
        .then(|| DateTime::from_timestamp_millis(millis))
        .flatten()
        .map(|time| WrittenTime {
            local: time.naive_utc(),
            offset: FixedOffset::east_opt(0),
            precise: true,
        })
}

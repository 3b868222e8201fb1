//! Structures and enumerations as the source has them: names, types and documentation comments.

use syn::{Attribute, Expr, Fields, GenericArgument, Item, Lit, Meta, PathArguments, Type};

/// A field of a structure.
pub struct Field {
    pub name: String,
    pub kind: Kind,
    /// Its documentation comment.
    pub meaning: String,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Path,
    Flag,
    Number,
    /// One of the names of an enumeration of our own; one that is not the default, as a sample.
    Choice(&'static str),
    List(Box<Kind>),
    /// A structure of our own.
    Section(String),
}

impl Kind {
    /// What may stand in the file, in words.
    pub fn words(&self) -> String {
        match self {
            Kind::Text | Kind::Choice(_) => "text".to_owned(),
            Kind::Path => "path".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
            Kind::Number => "whole number".to_owned(),
            Kind::List(kind) => format!("list of {}s", kind.words()),
            Kind::Section(name) => panic!("{name} is no single value"),
        }
    }
}

/// A variant of an enumeration.
pub struct Variant {
    pub name: String,
    /// Its documentation comment.
    pub meaning: String,
    /// The format of its message.
    pub message: String,
}

/// The enumerations that a key may name a variant of, with a variant that is not the default.
const CHOICES: [(&str, &str); 8] = [
    ("CssMode", "replace"),
    ("FeedArchive", "month"),
    ("FeedContent", "summary"),
    ("FullText", "always"),
    ("GroupBy", "source"),
    ("ImageAddresses", "origin"),
    ("Profile", "kobo"),
    ("Split", "year"),
];

/// The items of a source. Those that `table!` declares count too.
fn items(source: &str) -> Vec<Item> {
    let items = syn::parse_file(source).expect("Rust").items;
    let mut all = Vec::new();
    for item in items {
        match item {
            Item::Macro(item) if item.mac.path.is_ident("table") => {
                all.push(syn::parse2(item.mac.tokens).expect("an item"));
            }
            item => all.push(item),
        }
    }
    all
}

/// The fields of a structure, in their order.
pub fn fields(sources: &[&str], name: &str) -> Vec<Field> {
    let mut all = sources.iter().flat_map(|source| items(source));
    let found = all.find_map(|item| match item {
        Item::Struct(item) if item.ident == name => Some(item.fields),
        _ => None,
    });
    let Some(Fields::Named(fields)) = found else {
        panic!("there is no structure {name} with named fields");
    };
    let field = |field: syn::Field| Field {
        name: field.ident.expect("a name").to_string(),
        kind: kind(&field.ty),
        meaning: documentation(&field.attrs),
    };
    let read = |field: &syn::Field| !field.attrs.iter().any(is_skipped);
    fields.named.into_iter().filter(read).map(field).collect()
}

/// `#[serde(skip)]`
fn is_skipped(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::List(list) => list.path.is_ident("serde") && list.tokens.to_string() == "skip",
        _ => false,
    }
}

/// The variants of an enumeration whose messages `thiserror` makes.
pub fn variants(source: &str, name: &str) -> Vec<Variant> {
    let found = items(source).into_iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(item.variants),
        _ => None,
    });
    let variant = |variant: syn::Variant| Variant {
        name: variant.ident.to_string(),
        meaning: documentation(&variant.attrs),
        message: message(&variant.attrs),
    };
    found.into_iter().flatten().map(variant).collect()
}

fn kind(kind: &Type) -> Kind {
    let Type::Path(path) = kind else {
        panic!("a field of a configuration has a named type");
    };
    let segment = path.path.segments.last().expect("a name");
    let inner = || match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => self::kind(inner),
            _ => panic!("a type is missing"),
        },
        _ => panic!("a type is missing"),
    };
    match segment.ident.to_string().as_str() {
        "Option" => inner(),
        "Vec" => Kind::List(Box::new(inner())),
        "String" | "Zone" => Kind::Text,
        "PathBuf" => Kind::Path,
        "bool" => Kind::Flag,
        "usize" | "u16" | "u32" | "u64" => Kind::Number,
        other => match CHOICES.iter().find(|(name, _)| *name == other) {
            Some((_, variant)) => Kind::Choice(variant),
            None => Kind::Section(other.to_owned()),
        },
    }
}

/// A documentation comment as one line.
fn documentation(attributes: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(value) = &pair.value
            && let Lit::Str(text) = &value.lit
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    lines.join(" ")
}

/// The first text in `#[error("…")]`.
fn message(attributes: &[Attribute]) -> String {
    let found = attributes
        .iter()
        .find_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("error") => Some(list.tokens.to_string()),
            _ => None,
        });
    let tokens = found.unwrap_or_default();
    tokens.split('"').nth(1).unwrap_or_default().to_owned()
}

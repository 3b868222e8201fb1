//! JSON-LD: what a page tells search engines of its article, by the vocabulary of schema.org.

use super::{Facts, MOST_NAMES};
use serde_json::{Map, Value};

/// The longest script that is read, in bytes.
const LONGEST_SCRIPT: usize = 1_000_000;

/// How many scripts are read.
const MOST_SCRIPTS: usize = 20;

/// How many nodes of all scripts are looked at.
const MOST_NODES: usize = 500;

/// How deep lists and references are followed. serde_json itself bounds how deep values nest.
const DEPTH: usize = 4;

type Node = Map<String, Value>;

/// What the scripts of a page say of the article at `address`.
pub(super) fn facts(scripts: &[String], address: Option<&str>) -> Facts {
    let mut values = Vec::new();
    let mut broken = Facts::default();
    let readable = scripts
        .iter()
        .filter(|script| script.len() <= LONGEST_SCRIPT);
    for script in readable.take(MOST_SCRIPTS) {
        match value(script) {
            Some(value) => values.push(value),
            None => broken = merged(broken, salvaged(script)),
        }
    }
    let mut nodes = Vec::new();
    values
        .iter()
        .for_each(|value| collect(value, DEPTH, &mut nodes));
    let graph = Graph { nodes };
    let article = graph.article(address).map(|node| graph.facts(node, true));
    let page = graph
        .nodes
        .iter()
        .find(|node| is_a(node, &["WebPage", "ItemPage"]));
    let page = page.map(|node| graph.facts(node, false));
    let site = graph.nodes.iter().find(|node| is_a(node, &["WebSite"]));
    let mut all = merged(article.unwrap_or_default(), page.unwrap_or_default());
    all.site = all.site.or_else(|| graph.text(site?, &["name"]));
    merged(all, broken)
}

/// The facts of the first, and those of the other where it has none.
fn merged(one: Facts, other: Facts) -> Facts {
    let list = |one: Vec<String>, other| if one.is_empty() { other } else { one };
    Facts {
        title: one.title.or(other.title),
        name: one.name.or(other.name),
        sections: list(one.sections, other.sections),
        published: one.published.or(other.published),
        updated: one.updated.or(other.updated),
        authors: list(one.authors, other.authors),
        language: one.language.or(other.language),
        site: one.site.or(other.site),
        tags: list(one.tags, other.tags),
        picture: one.picture.or(other.picture),
        address: one.address.or(other.address),
    }
}

/// The value of a script; what scripts get wrong most (line ends within strings, a comma too many, a
/// comment around it all) is mended.
fn value(script: &str) -> Option<Value> {
    let script = script.replace("<![CDATA[", "").replace("]]>", "");
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let json = script.get(start..=end)?;
    serde_json::from_str(json)
        .ok()
        .or_else(|| serde_json::from_str(&mended(json)).ok())
}

fn mended(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            text.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        quoted = c == '"';
        if matches!(c, '}' | ']') {
            text.truncate(text.trim_end().trim_end_matches(',').len());
        }
        text.push(c);
    }
    text
}

/// What a script says that is no JSON, by its names alone.
fn salvaged(script: &str) -> Facts {
    let string = |name: &str| {
        let (_, rest) = script.split_once(&format!("\"{name}\""))?;
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let rest = rest.strip_prefix('"')?;
        let text = rest.get(..rest.find(['"', '\n'])?)?;
        (!text.contains('\\')).then(|| text.to_owned())
    };
    Facts {
        title: string("headline"),
        published: string("datePublished"),
        updated: string("dateModified"),
        ..Facts::default()
    }
}

/// The nodes of a value: those of lists and of `@graph`, and what a page says that it is about.
fn collect<'value>(value: &'value Value, depth: usize, nodes: &mut Vec<&'value Node>) {
    match value {
        Value::Array(items) if depth > 0 => {
            items
                .iter()
                .for_each(|item| collect(item, depth - 1, nodes));
        }
        Value::Object(node) if nodes.len() < MOST_NODES => {
            nodes.push(node);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if depth > 0
                    && let Some(inner) = node.get(key)
                {
                    collect(inner, depth - 1, nodes);
                }
            }
        }
        _ => {}
    }
}

fn is_a(node: &Node, kinds: &[&str]) -> bool {
    let is = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| kinds.contains(&last_part(kind)))
    };
    match node.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// `Article` of `https://schema.org/Article`.
fn last_part(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name)
}

fn is_article(node: &Node) -> bool {
    let kinds = match node.get("@type") {
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind.as_str()],
        _ => Vec::new(),
    };
    kinds.iter().any(|kind| {
        let kind = last_part(kind);
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || matches!(kind, "Report" | "Review")
    })
}

/// All nodes of a page, some of which name others by `@id`.
struct Graph<'value> {
    nodes: Vec<&'value Node>,
}

impl<'value> Graph<'value> {
    fn article(&self, address: Option<&str>) -> Option<&'value Node> {
        let articles = || self.nodes.iter().copied().filter(|node| is_article(node));
        let wanted = address.map(str::trim);
        let at = articles().find(|node| {
            let told = self.text(node, &["url", "mainEntityOfPage", "@id"]);
            wanted.is_some() && told.as_deref() == wanted
        });
        at.or_else(|| articles().next())
    }

    fn facts(&self, node: &'value Node, is_article: bool) -> Facts {
        let publisher = || {
            let named = |outer| self.names(outer, DEPTH).into_iter().next();
            let outer = || node.get("isPartOf").filter(|outer| self.is_site(outer));
            node.get("publisher")
                .and_then(named)
                .or_else(|| outer().and_then(named))
        };
        let authors = node.get("author").or_else(|| node.get("creator"));
        Facts {
            title: self.text(node, &["headline", "name"]),
            name: self.text(node, &["name"]).filter(|_| is_article),
            sections: node
                .get("articleSection")
                .map(|value| self.tags(value))
                .unwrap_or_default(),
            published: self.text(node, &["datePublished", "dateCreated", "uploadDate"]),
            updated: self.text(node, &["dateModified"]),
            authors: authors
                .map(|value| self.names(value, DEPTH))
                .unwrap_or_default(),
            language: node
                .get("inLanguage")
                .and_then(|value| self.words(value, &["alternateName", "name"])),
            site: publisher().filter(|_| is_article),
            tags: node
                .get("keywords")
                .map(|value| self.tags(value))
                .unwrap_or_default(),
            picture: node
                .get("image")
                .or_else(|| node.get("thumbnailUrl"))
                .and_then(|value| self.words(value, &["url", "contentUrl", "@id"])),
            address: self.text(node, &["url", "mainEntityOfPage"]),
        }
    }

    /// Whether what an article is part of is a site or a paper, and no series or section of one.
    fn is_site(&self, outer: &Value) -> bool {
        let kinds = [
            "WebSite",
            "Organization",
            "NewsMediaOrganization",
            "Periodical",
            "Newspaper",
            "Blog",
        ];
        let items = match outer {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut nodes = items.iter().filter_map(Value::as_object);
        nodes
            .next()
            .is_some_and(|node| is_a(self.resolved(node), &kinds))
    }

    /// The first of some fields that is a text, or a node known by its address.
    fn text(&self, node: &Node, keys: &[&str]) -> Option<String> {
        keys.iter()
            .find_map(|key| self.words(node.get(*key)?, &["@id", "url", "@value"]))
    }

    /// A text, or the first of some fields of a node, or of the first item of a list.
    fn words(&self, value: &Value, keys: &[&str]) -> Option<String> {
        let mut value = value;
        for _ in 0..DEPTH {
            value = match value {
                Value::String(text) => {
                    return Some(text.trim().to_owned()).filter(|text| !text.is_empty());
                }
                Value::Array(items) => items.first()?,
                Value::Object(node) => keys.iter().find_map(|key| self.resolved(node).get(*key))?,
                _ => return None,
            };
        }
        None
    }

    /// The node itself, or the one that it names and does not describe.
    fn resolved<'node>(&'node self, node: &'node Node) -> &'node Node {
        let is_described = |(key, value): (&String, &Value)| {
            let is_blank = value.as_str().is_some_and(|text| text.trim().is_empty());
            !is_blank && key != "@id" && key != "@type"
        };
        let id = node.get("@id").filter(|_| !node.iter().any(is_described));
        let named = id.and_then(|id| {
            self.nodes
                .iter()
                .copied()
                .find(|other| other.len() > 1 && other.get("@id") == Some(id))
        });
        named.unwrap_or(node)
    }

    /// Names of people and organisations: texts, nodes with `name`, lists of them.
    fn names(&self, value: &Value, depth: usize) -> Vec<String> {
        match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(items) if depth > 0 => {
                let names = items
                    .iter()
                    .take(MOST_NAMES)
                    .flat_map(|item| self.names(item, depth - 1));
                names.take(MOST_NAMES).collect()
            }
            Value::Object(node) if depth > 0 => {
                let name = self.resolved(node).get("name");
                name.map(|name| self.names(name, depth - 1))
                    .unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    fn tags(&self, value: &Value) -> Vec<String> {
        let tags = match value {
            Value::String(text) => text
                .split([',', '，', '、', ';'])
                .map(str::to_owned)
                .collect(),
            list => self.names(list, 2),
        };
        tags.into_iter().take(MOST_NAMES).collect()
    }
}

//! `report.md`: every property of the report, from its JSON Schema.

use super::cell;
use serde_json::Value;

pub fn page() -> String {
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/report.schema.json")).expect("JSON");
    let mut rows = String::new();
    properties(&schema, "", &mut rows);
    format!("## Properties\n\n| property | type | meaning |\n|---|---|---|\n{rows}")
}

/// The rows of an object's properties, and below each those of what it holds.
fn properties(object: &Value, prefix: &str, rows: &mut String) {
    let properties = object.get("properties").and_then(Value::as_object);
    let properties = properties.expect("properties");
    // The list of what is always there has the order of the report.
    let mut names: Vec<&str> = texts(object.get("required"));
    let sometimes = properties.keys().map(String::as_str);
    let sometimes: Vec<&str> = sometimes.filter(|name| !names.contains(name)).collect();
    names.extend(sometimes);
    for name in names {
        let property = properties.get(name).expect("a property");
        let path = format!("{prefix}{name}");
        let description = property.get("description").and_then(Value::as_str);
        rows.push_str(&format!(
            "| `{path}` | {} | {} |\n",
            kind(property),
            cell(description.unwrap_or_default())
        ));
        if property.get("properties").is_some() {
            self::properties(property, &format!("{path}."), rows);
        }
        if let Some(items) = property
            .get("items")
            .filter(|items| items.get("properties").is_some())
        {
            self::properties(items, &format!("{path}[]."), rows);
        }
    }
}

fn kind(property: &Value) -> String {
    if let Some(value) = property.get("const") {
        return format!("always `{value}`");
    }
    match property.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(_)) => texts(property.get("type")).join(" or "),
        _ if property.get("enum").is_some() => "one of the codes".to_owned(),
        _ => String::new(),
    }
}

fn texts(list: Option<&Value>) -> Vec<&str> {
    let items = list.and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

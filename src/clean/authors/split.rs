//! From a line as it was written to names.

use super::addresses::{without_addresses, without_tags};
use super::describe::{
    is_description, is_house, is_like_person, is_place, without_attached, without_company,
    without_dateline, without_remark, without_roles_behind, without_stop,
};
use super::inverted;
use super::labels::without_role;
use super::links::without_links;
use super::marks::{Part, parts};
use super::people::{list, without_others};
use super::roles::{Role, is_agency, role_of};
use super::words::NOBODY;

/// Words of a programme in the place of a first or last name that it does not know.
const MISSING: [&str; 3] = ["null", "undefined", "None"];

/// The longest line that is looked at word for word, in bytes.
const LONGEST_LINE: usize = 4000;

/// A name, and what whoever it is did.
type Credit = (String, Role);

/// The names in a line. Editors and photographers are named only where nobody else is, agencies only
/// where nobody is.
pub(super) fn names(line: &str) -> Vec<String> {
    // Before the slash in it parts two names.
    if NOBODY.contains(&line.trim().to_lowercase().as_str()) {
        return Vec::new();
    }
    if line.len() > LONGEST_LINE {
        return many(line);
    }
    let line = without_addresses(&without_tags(&without_links(line)));
    let line = apart_behind_roles(&line);
    let line = unwrapped(without_report(line.trim()));
    let all_inverted = inverted::all_are(line);
    let mut credits = Vec::new();
    let mut role = Role::Writer;
    for part in parts(line) {
        role = add_credits(&part, role, all_inverted, &mut credits);
    }
    chosen(credits)
}

/// A line with a sign behind each role in brackets: `张三（采访记者） 李四（编辑）`.
fn apart_behind_roles(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once([')', '）']) {
        let inside = before.rsplit(['(', '（']).next().unwrap_or_default();
        let is_role = inside.len() < before.len() && role_of(inside).is_some();
        let sign = rest.get(before.len()..rest.len() - after.len());
        text.push_str(before);
        text.push_str(sign.unwrap_or_default());
        if is_role && after.trim_start().starts_with(char::is_alphabetic) {
            text.push('、');
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The names of a long line, which is a list of them and nothing else.
fn many(line: &str) -> Vec<String> {
    let line = without_addresses(line);
    let names = line
        .split(['、', ';', '；', '|', '｜', '/', '／'])
        .flat_map(list);
    names
        .map(|name| name.trim().to_owned())
        .filter(|name| name.chars().any(char::is_alphanumeric))
        .filter(|name| !NOBODY.contains(&name.to_lowercase().as_str()))
        .collect()
}

/// Adds those whom a part names; what its role says holds for the parts behind it.
fn add_credits(part: &Part, before: Role, all_inverted: bool, credits: &mut Vec<Credit>) -> Role {
    if let Some(alone) = role_of(&part.text) {
        return alone;
    }
    let (text, told) = without_role(&part.text);
    let text = behind(&text);
    let role = told.unwrap_or(before);
    if part.is_aside && told.is_none() && !credits.is_empty() && !is_like_person(text) {
        return role;
    }
    let names = inverted::names(text, all_inverted).unwrap_or_else(|| list(text));
    let mut described = false;
    for (at, name) in names.iter().enumerate() {
        if at > 0 && (is_description(name) || (described && !name.contains(' '))) {
            described = true;
            continue;
        }
        credits.extend(name_of(name).map(|(name, own)| (name, own.unwrap_or(role))));
    }
    role
}

/// A list without roles behind it, unless a comma sets them apart.
fn behind(text: &str) -> &str {
    let last = text.rsplit([',', '，']).next().unwrap_or_default();
    if last.len() < text.len() && is_description(last.trim()) {
        return text;
    }
    without_roles_behind(text)
}

fn chosen(credits: Vec<Credit>) -> Vec<String> {
    let known: Vec<Credit> = credits
        .into_iter()
        .filter(|(_, role)| *role != Role::Source)
        .collect();
    let is_there = |wanted: &Role| known.iter().any(|(_, role)| role == wanted);
    let first = [Role::Writer, Role::Translator].into_iter().find(is_there);
    let wanted = known
        .into_iter()
        .filter(|(_, role)| first.is_none_or(|first| first == *role));
    let mut names: Vec<String> = wanted.map(|(name, _)| name).collect();
    if names.iter().any(|name| !is_agency(name)) {
        names.retain(|name| !is_agency(name));
    }
    // `Jane Doe | BBC News`
    if names
        .first()
        .is_some_and(|name| name.contains(' ') && !is_house(name))
    {
        let mut at = 0;
        names.retain(|name| {
            at += 1;
            at == 1 || name.split(' ').count() > 3 || !is_house(name)
        });
    }
    names
}

/// A line without the day on which an agency wired it: `王小明台北30日電`.
fn without_report(line: &str) -> &str {
    let before = line
        .strip_suffix(['電', '电', '讯', '訊'])
        .and_then(|rest| rest.strip_suffix('日'));
    let bare = before.map(|rest| rest.trim_end_matches(|c: char| c.is_ascii_digit()));
    bare.filter(|bare| Some(bare.len()) < before.map(str::len))
        .unwrap_or(line)
}

/// The name without what stands around it, and its role where one stands behind it; nothing where
/// nobody is named.
fn name_of(text: &str) -> Option<(String, Option<Role>)> {
    let (name, told) = without_remark(without_dateline(text.trim()));
    let (name, before) = without_role(name);
    let name = without_roles_behind(&name);
    let name = without_others(without_company(name));
    let words = name.split(' ').filter(|word| !MISSING.contains(word));
    let name = words.collect::<Vec<_>>().join(" ");
    let name = without_role(name.trim()).0;
    let name = name.trim_matches([
        '<', '>', '"', '[', ']', ':', '：', ' ', '|', '-', '–', '—', ',', '•',
    ]);
    let name = without_stop(unwrapped(name).trim());
    if is_place(name) {
        return None;
    }
    let name = without_attached(name);
    if name.starts_with("{{") || name.starts_with("{%") {
        return None;
    }
    let lower = name.to_lowercase();
    let nobody = NOBODY.contains(&lower.as_str()) || role_of(name).is_some();
    let role = told.or(before);
    (!nobody && name.chars().any(char::is_alphanumeric)).then(|| (name.to_owned(), role))
}

/// What stands in the brackets around a whole text.
fn unwrapped(name: &str) -> &str {
    let inside = name
        .strip_prefix(['(', '（', '【', '['])
        .and_then(|name| name.strip_suffix([')', '）', '】', ']']))
        .filter(|inside| !inside.contains(['(', '（', ')', '）', '【', '】', '[', ']']));
    inside.unwrap_or(name)
}

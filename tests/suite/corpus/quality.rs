//! How well real articles are read: what they have, what is kept, what should not be there.

use super::visible::{self, takes_room};
use super::{Sample, all_blocks, running_lines, samples};
use offprint::model::{Block, plain_text};
use std::collections::{BTreeMap, BTreeSet};

/// Part of a whole, in hundredths of a per cent, so that no rounding hides a fault.
fn share(part: usize, whole: usize) -> usize {
    part * 10_000 / whole.max(1)
}

fn per_cent(part: usize, whole: usize) -> String {
    let share = share(part, whole);
    format!("{part} of {whole} ({}.{:02} %)", share / 100, share % 100)
}

#[test]
fn nearly_every_article_has_a_title_an_address_and_a_plausible_date() {
    let samples = samples();
    if samples.is_empty() {
        return;
    }
    let plausible = 1_990..=2_100;
    let complete = samples.iter().filter(|sample| {
        let article = &sample.understood.cleaned.article;
        let year = article.published.map(|time| {
            let date = time.rfc3339();
            date.split('-').next().and_then(|year| year.parse().ok())
        });
        let own_title = sample.understood.entry.head.title.is_some() && !article.title.is_blank();
        own_title
            && article.address.is_some()
            && year
                .flatten()
                .is_some_and(|year: i32| plausible.contains(&year))
    });
    let complete = complete.count();
    println!(
        "title, address and date: {}",
        per_cent(complete, samples.len())
    );
    assert!(share(complete, samples.len()) >= 9_900);
}

/// How often each character stands in some texts.
fn counted(characters: impl IntoIterator<Item = char>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in characters {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// How many characters of the first stand in the second.
fn common(one: &BTreeMap<char, usize>, other: &BTreeMap<char, usize>) -> usize {
    one.iter()
        .map(|(character, count)| *count.min(other.get(character).unwrap_or(&0)))
        .sum()
}

/// The characters that the article shows, and those reported as removed.
fn kept_and_removed(sample: &Sample) -> (String, String) {
    let cleaned = &sample.understood.cleaned;
    let article = &cleaned.article;
    let mut kept = running_lines(article.body.blocks()).concat();
    for block in all_blocks(article.body.blocks()) {
        match block {
            Block::Heading(heading) => kept += &plain_text(&heading.content),
            Block::Figure(figure) => kept += &plain_text(&figure.caption),
            Block::Embed(embed) => kept += &embed.title,
            _ => {}
        }
    }
    kept.extend(
        [&article.credit, &article.rights]
            .into_iter()
            .flatten()
            .map(|end| end.as_str()),
    );
    let removed = cleaned.removed.iter().map(|part| part.text.as_str());
    (kept, removed.collect())
}

#[test]
fn visible_text_is_kept_or_reported() {
    let samples = samples();
    if samples.is_empty() {
        return;
    }
    let (mut own_visible, mut own_kept, mut all_visible, mut worst) = (0, 0, 0, Vec::new());
    let mut lost = Vec::new();
    for sample in samples {
        let body = visible::body(&sample.bytes);
        let seen = counted(visible::characters(&body.markup));
        let total: usize = seen.values().sum();
        let (kept, removed) = kept_and_removed(sample);
        let kept_counts = counted(kept.chars().filter(takes_room));
        let both = counted(kept.chars().chain(removed.chars()).filter(takes_room));
        let accounted = common(&seen, &both);
        all_visible += total;
        if accounted < total {
            lost.push((total - accounted, &sample.understood.path));
        }
        if body.own && total > 0 {
            let kept = common(&seen, &kept_counts);
            own_visible += total;
            own_kept += kept;
            worst.push((share(kept, total), &sample.understood.path));
        }
    }
    worst.sort();
    println!("visible characters: {all_visible}");
    println!(
        "kept of articles' own HTML: {}",
        per_cent(own_kept, own_visible)
    );
    for (share, path) in worst.iter().take(5).filter(|(share, _)| *share < 9_950) {
        println!("  {}.{:02} % of {path}", share / 100, share % 100);
    }
    assert!(lost.is_empty(), "neither kept nor reported: {lost:#?}");
    assert!(share(own_kept, own_visible) >= 9_950 || own_visible == 0);
}

/// Words that lines around articles are made of.
const BOILERPLATE: [&str; 40] = [
    "share",
    "tweet",
    "subscribe",
    "sign up",
    "newsletter",
    "related",
    "read more",
    "read also",
    "recommended",
    "comments",
    "leave a reply",
    "log in",
    "login",
    "copyright",
    "©",
    "all rights reserved",
    "follow us",
    "advertisement",
    "print",
    "previous",
    "分享",
    "订阅",
    "訂閱",
    "相关",
    "相關",
    "推荐阅读",
    "推薦閱讀",
    "延伸阅读",
    "评论",
    "評論",
    "登录",
    "登入",
    "版权",
    "版權",
    "转载",
    "转发",
    "点赞",
    "赞过",
    "关注我们",
    "上一篇",
];

#[test]
fn whole_pages_leave_no_boilerplate() {
    let samples = samples();
    if samples.is_empty() {
        return;
    }
    let pages: Vec<&Sample> = samples
        .iter()
        .filter(|sample| !visible::body(&sample.bytes).own)
        .collect();
    let mut by_line: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for page in &pages {
        let article = &page.understood.cleaned.article;
        let home = article
            .source
            .home
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let mut lines = running_lines(article.body.blocks());
        for block in all_blocks(article.body.blocks()) {
            lines.extend(block.line().map(|line| plain_text(line).into_owned()));
        }
        for line in lines.iter().flat_map(|line| line.lines()) {
            let key = (home.clone(), line.trim().to_lowercase());
            by_line
                .entry(key)
                .or_default()
                .insert(&page.understood.path);
        }
    }
    let mut touched: BTreeSet<&str> = BTreeSet::new();
    for ((home, line), paths) in by_line.iter().filter(|(_, paths)| paths.len() > 1) {
        let short = line.chars().count() <= 80;
        if short && BOILERPLATE.iter().any(|word| line.contains(word)) {
            println!("  on {} pages of {home}: {line}", paths.len());
            touched.extend(paths);
        }
    }
    println!(
        "whole pages with boilerplate: {}",
        per_cent(touched.len(), pages.len())
    );
    assert!(share(touched.len(), pages.len()) <= 200);
}

//! The stages of a run, one by one: `cargo bench --bench stages`.
//!
//! What is measured is throughput on one thread, in bytes of an article's file. The articles are of
//! the kinds that archives hold most: a news article in Chinese, one in English, and a whole page
//! saved with all that stands around the article. Compare before and after on one machine:
//! `cargo bench --bench stages -- --save-baseline before`, then `-- --baseline before`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use offprint::model::{Article, Catalogue, Entry, Listed, Pictures, Publication, Selection};
use offprint::parts::clean;
use offprint::reader::{Archive, FrontMatter, Locator, MemorySource, ReadOptions, Reader};
use offprint::settings::{CleanSettings, WriteSettings};
use offprint::writer::{AnyWriter, Atom, EncodeInput, Epub, OutputFolder, Rss, Run};
use std::hint::black_box;

/// How many articles a window of a run holds.
const WINDOW: usize = 128;

/// An article's file, and which reader takes it.
struct Sample {
    name: &'static str,
    file: String,
    reader: &'static dyn Reader,
}

fn samples() -> [Sample; 3] {
    let chinese =
        "港口的渡船在清晨靠岸，老人和孩子走上木桥。记者说明了修缮的计划，经费已经得到批准。";
    let english = "The ferry came in at dawn, and the old people and the children went up to the bridge. \
        The plan of the works was read to the meeting, and the money for it is there. ";
    let header =
        "<!--1640915226000-->\n[The bridge is mended](https://harbour.example/bridge)\n------\n\n";
    let picture = "<img src=\"https://images.weserv.nl/?url=pictures.harbour.example/bridge.jpg\" \
        width=\"100%\"><div><small style=\"color: #999;\">The bridge in the morning.</small></div>";
    let byline = "<div><i>Ada Keeper<br>2021-12-31T01:44:25.926Z</i></div>";
    let front = "---\ntitle: \"The bridge is mended\"\ndate: 2021-12-31\nfrom: https://harbour.example/bridge\n\
        tags: [harbour, works]\n---\n";
    [
        Sample {
            name: "chinese",
            file: format!("{header}{byline}{picture}{}", paragraphs(chinese, 12)),
            reader: &Archive,
        },
        Sample {
            name: "english",
            file: format!("{header}{byline}{picture}{}", paragraphs(english, 12)),
            reader: &Archive,
        },
        Sample {
            name: "whole page",
            file: format!("{front}{}", page(&paragraphs(english, 12))),
            reader: &FrontMatter,
        },
    ]
}

fn paragraphs(sentences: &str, count: usize) -> String {
    let paragraph = |number: usize| match number % 4 {
        0 => format!("<p><strong>Part {number}</strong></p>"),
        1 => format!("<p>{sentences}<a href=\"/note/{number}\">more</a> &amp; {sentences}</p>\n"),
        2 => format!("<p style=\"margin:0\">{}</p>\n", sentences.repeat(3)),
        _ => format!("<p>{}<em>{sentences}</em></p>\n", sentences.repeat(2)),
    };
    (0..count).map(paragraph).collect()
}

/// A page with navigation, share bar and related posts around the article.
fn page(article: &str) -> String {
    let links: String = (0..40)
        .map(|number| format!("<li><a href=\"/tag/{number}\">Topic {number}</a></li>"))
        .collect();
    format!(
        "<div class=\"site\"><nav><ul>{links}</ul></nav><article class=\"post-1 post type-post\">\
         <header><h1>The bridge is mended</h1></header><div class=\"entry-content\">{article}</div>\
         <div class=\"sharedaddy\"><ul><li>Share on one site</li><li>and another</li></ul></div></article>\
         <aside><h3>Related posts</h3><ul>{links}</ul></aside><footer>All rights reserved</footer></div>"
    )
}

fn source(sample: &Sample) -> MemorySource<'_> {
    MemorySource::new("articles/bridge.md", sample.file.as_bytes())
}

fn entry(sample: &Sample) -> Entry {
    let at = Locator::whole(sample.file.len() as u64);
    let loaded = sample
        .reader
        .load(&source(sample), &at, &ReadOptions::default());
    loaded.unwrap_or_default().entry
}

fn article(sample: &Sample) -> Article {
    clean::clean(&entry(sample), &CleanSettings::default()).article
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    for sample in samples() {
        group.throughput(Throughput::Bytes(sample.file.len() as u64));
        let at = Locator::whole(sample.file.len() as u64);
        let options = ReadOptions::default();
        group.bench_function(format!("scan, {}", sample.name), |bencher| {
            bencher.iter(|| {
                let source = black_box(source(&sample));
                sample.reader.scan(&source, &options, &mut |item| {
                    black_box(item);
                })
            });
        });
        group.bench_function(format!("load, {}", sample.name), |bencher| {
            bencher.iter(|| {
                sample
                    .reader
                    .load(&black_box(source(&sample)), &at, &options)
            });
        });
    }
}

fn cleaning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("clean");
    let settings = CleanSettings::default();
    for sample in samples() {
        let entry = entry(&sample);
        group.throughput(Throughput::Bytes(sample.file.len() as u64));
        group.bench_function(sample.name, |bencher| {
            bencher.iter(|| clean::clean(black_box(&entry), &settings));
        });
    }
}

fn publication() -> Publication {
    Publication::new("archive")
}

/// Rendering: one article for each format. Container: a window of articles appended and finished.
fn writing(criterion: &mut Criterion) {
    let articles: Vec<Article> = samples().iter().map(article).collect();
    let listed = (0..WINDOW).filter_map(|number| {
        let article = articles.get(number % articles.len())?;
        Some(Listed {
            key: article.key(),
            published: article.published,
            published_day: article.published_day,
            updated: article.updated,
            source: 0,
        })
    });
    let catalogue = Catalogue::new(listed.collect(), vec!["Harbour".to_owned()], []);
    let (publication, settings) = (publication(), WriteSettings::default());
    let run = Run::new(&publication, &settings, &catalogue);
    let Ok(directory) = tempfile::tempdir() else {
        return;
    };
    let Ok(folder) = OutputFolder::open(directory.path()) else {
        return;
    };
    let (rss, atom) = (Rss::default(), Atom::default());
    let writers: [(&str, &dyn AnyWriter); 3] = [("rss", &rss), ("atom", &atom), ("epub", &Epub)];
    let pictures = Pictures::default();
    for (name, writer) in writers {
        criterion.bench_function(&format!("render/{name}"), |bencher| {
            let Ok(active) = writer.begin(&run, &folder, Selection::all(WINDOW)) else {
                return;
            };
            bencher.iter(|| {
                let article = articles.first().map(black_box)?;
                let subject = EncodeInput::new(article, 0, &pictures, &run);
                active.encode(&subject).ok().map(black_box).map(drop)
            });
        });
        criterion.bench_function(&format!("container/{name}"), |bencher| {
            bencher.iter(|| {
                let active = writer.begin(&run, &folder, Selection::all(WINDOW)).ok()?;
                for position in 0..WINDOW {
                    let article = articles.get(position % articles.len())?;
                    let subject = EncodeInput::new(article, position, &pictures, &run);
                    active.encode(&subject).ok()?.append().ok()?;
                }
                active.finish().ok()
            });
        });
    }
}

criterion_group!(benches, reading, cleaning, writing);
criterion_main!(benches);

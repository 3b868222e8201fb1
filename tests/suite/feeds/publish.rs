//! Articles through the feed writers into files.

use crate::strategies::in_order;
use offprint::Warning;
use offprint::model::{Address, Article, Catalogue, Listed, Pictures, Publication};
use offprint::settings::WriteSettings;
use offprint::writer::{
    AnyWriter, Atom, EncodeInput, JsonFeed, Opml, OutputFolder, Rss, Run, articles_of,
};
use std::collections::BTreeMap;

/// An archive and how it is to be published.
#[derive(Debug)]
pub struct Archive {
    pub articles: Vec<Article>,
    pub pictures: Pictures,
    pub publication: Publication,
    pub settings: WriteSettings,
    /// Whether a book gives the feeds an icon.
    pub icon: bool,
}

/// What was written: texts by file name, and warnings.
pub struct Published {
    pub files: BTreeMap<String, String>,
    pub warnings: Vec<Warning>,
}

impl Published {
    pub fn file(&self, name: &str) -> &str {
        let names = || self.files.keys().collect::<Vec<_>>();
        self.files
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not among {:?}", names()))
    }
}

impl Archive {
    pub fn of(articles: Vec<Article>) -> Self {
        Archive {
            articles,
            pictures: Pictures::default(),
            publication: publication(),
            settings: WriteSettings::default(),
            icon: false,
        }
    }

    pub fn publish(&self) -> Published {
        self.publish_in_windows(1)
    }

    /// Encodes so many articles at once, the last first: neither may change a byte.
    pub fn publish_in_windows(&self, window: usize) -> Published {
        // In memory where the system has such a place: on a disk, outputs wait until they are there.
        let place = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let place = place.unwrap();
        let (catalogue, articles) = self.catalogue();
        let mut run = Run::new(&self.publication, &self.settings, &catalogue);
        run.formats = &["rss", "atom", "json", "opml"];
        run.icon = self.icon;
        let writers: [&dyn AnyWriter; 4] = [
            &Rss::default(),
            &Atom::default(),
            &JsonFeed::default(),
            &Opml,
        ];
        let folder = OutputFolder::open(place.path()).unwrap();
        let mut published = Published {
            files: BTreeMap::new(),
            warnings: Vec::new(),
        };
        for writer in writers {
            let selection = articles_of(&writer.units(&run).unwrap(), &catalogue);
            let active = writer.begin(&run, &folder, selection).unwrap();
            let wanted = (0..articles.len()).filter(|&at| active.wants(at));
            let wanted: Vec<usize> = wanted.collect();
            for positions in wanted.chunks(window) {
                let parts = positions.iter().rev().map(|&position| {
                    let article = &articles[position];
                    let subject = EncodeInput::new(article, position, &self.pictures, &run);
                    active.encode(&subject).unwrap()
                });
                let parts: Vec<_> = parts.collect();
                for part in parts.into_iter().rev() {
                    part.append().unwrap();
                }
            }
            for output in active.finish().unwrap() {
                published.warnings.extend(output.warnings);
                let name = output.file.commit().unwrap().name;
                let text = std::fs::read_to_string(place.path().join(&name)).unwrap();
                assert!(published.files.insert(name, text).is_none());
            }
        }
        published
    }

    fn catalogue(&self) -> (Catalogue, Vec<Article>) {
        let mut articles = self.articles.clone();
        in_order(&mut articles);
        let mut sources: Vec<String> = Vec::new();
        let listed = articles
            .iter()
            .map(|article| {
                let name = article.source.name.to_string();
                let known = sources.iter().position(|source| *source == name);
                let source = known.unwrap_or_else(|| {
                    sources.push(name);
                    sources.len() - 1
                });
                Listed {
                    key: article.key(),
                    published: article.published,
                    published_day: article.published_day,
                    updated: article.updated,
                    source: u32::try_from(source).unwrap(),
                }
            })
            .collect();
        let addresses = Vec::new();
        (Catalogue::new(listed, sources, addresses), articles)
    }
}

pub fn publication() -> Publication {
    let mut publication = Publication::new("archive");
    publication.title = Some("剪报 & 旧闻".into());
    publication.base = Address::parse("https://me.example/clippings/");
    publication.id = "https://me.example/clippings/archive".to_owned();
    publication
}

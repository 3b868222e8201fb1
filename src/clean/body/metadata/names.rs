//! `<meta>` and `<link>`: OpenGraph, Twitter's cards, Dublin Core, the tags of scholarly archives and
//! of news.

use super::{Facts, MOST_NAMES, as_markup};
use crate::clean::authors;

/// The names under which one way of tagging tells each fact, those first that win.
struct Names {
    title: &'static [&'static str],
    sections: &'static [&'static str],
    published: &'static [&'static str],
    updated: &'static [&'static str],
    authors: &'static [&'static str],
    language: &'static [&'static str],
    site: &'static [&'static str],
    tags: &'static [&'static str],
    picture: &'static [&'static str],
    address: &'static [&'static str],
}

const OPENGRAPH: Names = Names {
    title: &["og:title"],
    sections: &["article:section", "og:article:section"],
    published: &[
        "article:published_time",
        "og:published_time",
        "article:published",
        "og:pubdate",
    ],
    updated: &[
        "article:modified_time",
        "og:updated_time",
        "article:modified",
    ],
    authors: &[
        "article:author",
        "og:article:author",
        "og:author",
        "article:author_name",
    ],
    language: &["og:locale"],
    site: &["og:site_name"],
    tags: &["article:tag", "og:article:tag"],
    picture: &["og:image:secure_url", "og:image", "og:image:url"],
    address: &["og:url"],
};

const TWITTER: Names = Names {
    title: &["twitter:title"],
    sections: &[],
    published: &[],
    updated: &[],
    authors: &["twitter:creator"],
    language: &[],
    site: &[],
    tags: &[],
    picture: &["twitter:image", "twitter:image:src"],
    address: &["twitter:url"],
};

const META: Names = Names {
    title: &[
        "citation_title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "title",
    ],
    sections: &["parsely-section", "section", "genre"],
    published: &[
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "published_time",
        "publication_date",
        "article.published",
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "article_date_original",
        "datecreated",
        "cxenseparse:recs:publishtime",
    ],
    updated: &[
        "datemodified",
        "article.updated",
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "lastmod",
        "modified",
        "updated",
        "article_date_updated",
    ],
    authors: &[
        "author",
        "authors",
        "byl",
        "byline",
        "citation_author",
        "dc.creator",
        "dcterms.creator",
        "dc.contributor",
        "parsely-author",
        "sailthru.author",
        "article.author",
    ],
    language: &[
        "citation_language",
        "dc.language",
        "dcterms.language",
        "language",
        "content-language",
    ],
    site: &[
        "dc.publisher",
        "dcterms.publisher",
        "citation_journal_title",
        "application-name",
    ],
    tags: &[
        "parsely-tags",
        "sailthru.tags",
        "news_keywords",
        "citation_keywords",
        "dc.subject",
        "keywords",
    ],
    picture: &[
        "parsely-image-url",
        "sailthru.image.full",
        "thumbnail",
        "link:image_src",
    ],
    address: &[
        "link:canonical",
        "parsely-link",
        "citation_public_url",
        "dc.identifier",
    ],
};

/// What the named values of a page say, in three ways.
pub(super) fn facts(named: &[(String, String)]) -> [Facts; 3] {
    [OPENGRAPH, TWITTER, META].map(|names| names.facts(named))
}

impl Names {
    fn facts(&self, named: &[(String, String)]) -> Facts {
        let one = |names: &[&str]| all(named, names).first().map(|value| (*value).to_owned());
        let text = |names: &[&str]| one(names).map(|value| as_markup(&value));
        let tags = all(named, self.tags);
        let tags = tags
            .iter()
            .flat_map(|value| value.split([',', '，', '、', ';']));
        Facts {
            title: text(self.title),
            name: None,
            sections: all(named, self.sections)
                .into_iter()
                .take(MOST_NAMES)
                .map(as_markup)
                .collect(),
            published: one(self.published),
            updated: one(self.updated),
            authors: self.authors_of(named),
            language: one(self.language),
            site: text(self.site),
            tags: tags.take(MOST_NAMES).map(as_markup).collect(),
            picture: one(self.picture),
            address: one(self.address),
        }
    }
}

impl Names {
    /// The authors. Scholarly archives and libraries write the family name first, and each author by
    /// a value of its own.
    fn authors_of(&self, named: &[(String, String)]) -> Vec<String> {
        let is_inverted = |value: &&str| {
            let under = named.iter().filter(|(_, known)| known == value);
            let mut names = under.map(|(name, _)| name.as_str());
            names.any(|name| name == "citation_author" || name.ends_with(".creator"))
        };
        let values = all(named, self.authors).into_iter().take(MOST_NAMES);
        values
            .map(|value| match is_inverted(&value) {
                true => as_markup(&authors::turned(value)),
                false => as_markup(value),
            })
            .collect()
    }
}

/// The values under the first of the names that has any.
fn all<'page>(named: &'page [(String, String)], names: &[&str]) -> Vec<&'page str> {
    let under = |name: &&str| -> Vec<&'page str> {
        let values = named.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| value.as_str()).collect()
    };
    let mut found = names.iter().map(under).filter(|values| !values.is_empty());
    found.next().unwrap_or_default()
}

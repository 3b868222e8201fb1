//! The pages around the articles: cover, title page, contents, opening pages of groups, colophon.

pub(in crate::write::epub) mod contents;
pub(in crate::write::epub) mod cover;
pub(in crate::write::epub) mod languages;
pub(in crate::write::epub) mod page;
pub(in crate::write::epub) mod wording;

use crate::model::CleanText;
use crate::write::epub::package::metadata::Metadata;
use crate::write::epub::volume::Volume;
use crate::write::xhtml::{escape_text, isolated};
use contents::{Day, Group, LINES, Outline};
use page::{
    Frame, attribute, close_tag, element, element_isolated, link, link_in, link_markup, names,
    open_tag, site,
};
use wording::Wording;

/// The most sources that the title page names.
const SOURCES: usize = 12;
/// The version that made the book.
pub(in crate::write::epub) const GENERATOR: &str = concat!("Offprint ", env!("CARGO_PKG_VERSION"));

/// Writes the pages of one volume.
pub(in crate::write::epub) struct Pages<'book> {
    pub(in crate::write::epub) volume: &'book Volume<'book>,
    pub(in crate::write::epub) outline: &'book Outline,
    pub(in crate::write::epub) metadata: &'book Metadata,
    pub(in crate::write::epub) wording: &'static Wording,
    pub(in crate::write::epub) vertical: bool,
}

impl Pages<'_> {
    fn frame(&self, base: &'static str) -> Frame<'_> {
        Frame {
            language: &self.metadata.language,
            vertical: self.vertical,
            base,
        }
    }

    /// The cover.
    pub(in crate::write::epub) fn cover(&self) -> String {
        let mut content = String::from("<section class=\"cover\" epub:type=\"cover\"");
        attribute(&mut content, "aria-label", self.wording.cover);
        content.push_str("><img role=\"doc-cover\" src=\"images/cover.jpg\"");
        attribute(&mut content, "alt", &self.metadata.full_title());
        content.push_str("/></section>\n");
        let frame = Frame {
            vertical: false,
            ..self.frame("")
        };
        frame.document(self.wording.cover, &content)
    }

    /// The title page.
    pub(in crate::write::epub) fn title(&self) -> String {
        let mut content = String::from("<section epub:type=\"titlepage\" class=\"title-page\"");
        attribute(&mut content, "aria-label", self.wording.title_page);
        content.push_str(">\n");
        element(&mut content, "h1", "", &self.metadata.title);
        if let Some(period) = self.metadata.period_text(self.wording) {
            element(&mut content, "p", "period", &period);
        }
        if let Some(author) = &self.volume.run.publication.author {
            element_isolated(&mut content, "p", "author", author, &self.metadata.language);
        }
        let mut counts = vec![self.wording.articles(self.volume.facts.articles())];
        if !self.volume.pictures.is_empty() {
            counts.push(self.wording.pictures(self.volume.pictures.len()));
        }
        element(&mut content, "p", "counts", &counts.join(" · "));
        let sources = self.volume.facts.sources();
        let shown = sources.iter().take(SOURCES);
        let shown = shown.map(|(name, _)| name.as_str());
        let mut shown = shown.filter(|name| !name.is_empty()).peekable();
        if shown.peek().is_some() {
            open_tag(&mut content, "p", "sources");
            names(&mut content, shown, &self.metadata.language);
            if sources.len() > SOURCES {
                content.push_str(" …");
            }
            close_tag(&mut content, "p");
        }
        if let Some(base) = &self.volume.run.publication.base {
            open_tag(&mut content, "p", "home");
            link(&mut content, base.as_str(), &site(base));
            close_tag(&mut content, "p");
        }
        close_tag(&mut content, "section");
        let title = self.metadata.full_title();
        self.frame("").document(&title, &content)
    }

    /// The contents.
    pub(in crate::write::epub) fn contents(&self) -> String {
        let mut content = String::new();
        open_tag(&mut content, "section", "contents");
        element(&mut content, "h1", "", self.wording.contents);
        let groups = &self.outline.groups;
        if groups.iter().any(|group| group.page.is_some()) {
            self.group_lists(&mut content);
        } else {
            for group in groups {
                if groups.len() > 1 {
                    open_tag(&mut content, "h2", "");
                    let path = self.outline.path(group, &self.volume.chapters);
                    link(&mut content, &path, &group.label);
                    close_tag(&mut content, "h2");
                }
                self.group(
                    &mut content,
                    group,
                    if groups.len() > 1 { "h3" } else { "h2" },
                    "",
                );
            }
        }
        close_tag(&mut content, "section");
        self.frame("").document(self.wording.contents, &content)
    }

    /// The page that opens a group.
    pub(in crate::write::epub) fn opening(&self, group: &Group) -> String {
        let mut content = String::new();
        open_tag(&mut content, "section", "contents opening");
        element(&mut content, "h1", "", &group.label);
        let count = self.wording.articles(group.count());
        element(&mut content, "p", "counts", &count);
        self.group(&mut content, group, "h2", "../");
        close_tag(&mut content, "section");
        self.frame("../").document(&group.label, &content)
    }

    /// The groups of a large volume, by year where they are months of several years.
    fn group_lists(&self, content: &mut String) {
        let groups = &self.outline.groups;
        let years = groups.chunk_by(|a, b| a.year == b.year);
        let several = groups
            .iter()
            .any(|group| Some(group.year) != groups.first().map(|first| first.year));
        for year in years {
            let label = year
                .first()
                .and_then(|group| group.year)
                .filter(|_| several);
            if let (Some(label), Some(first)) = (label, year.first()) {
                let path = self.outline.path(first, &self.volume.chapters);
                open_tag(content, "h2", "");
                link(content, &path, &self.wording.year(label));
                close_tag(content, "h2");
            }
            open_tag(content, "ul", "groups");
            for group in year {
                self.group_line(content, group);
            }
            close_tag(content, "ul");
        }
    }

    fn group_line(&self, content: &mut String, group: &Group) {
        open_tag(content, "li", "");
        let path = self.outline.path(group, &self.volume.chapters);
        link(content, &path, &group.label);
        content.push(' ');
        open_tag(content, "span", "from");
        escape_text(&self.wording.articles(group.count()), content);
        content.push_str("</span>");
        close_tag(content, "li");
    }

    /// The chapters of a group, by day.
    fn group(&self, content: &mut String, group: &Group, heading: &str, base: &str) {
        if group.days.iter().any(|day| !day.pages.is_empty()) {
            return self.day_list(content, group, base);
        }
        for day in &group.days {
            if let (Some(label), Some(path)) = (&day.label, day.path(&self.volume.chapters)) {
                open_tag(content, heading, "");
                link(content, &format!("{base}{path}"), label);
                close_tag(content, heading);
            }
            self.chapters(content, &day.chapters, group, base);
        }
    }

    /// The days of a group whose chapters are listed on pages of their own.
    fn day_list(&self, content: &mut String, group: &Group, base: &str) {
        open_tag(content, "ul", "groups");
        for day in &group.days {
            for (number, path) in day.pages.iter().enumerate() {
                let count = self.wording.articles(part(day, number).len());
                open_tag(content, "li", "");
                link(
                    content,
                    &format!("{base}{path}"),
                    &page_label(group, day, number),
                );
                content.push(' ');
                open_tag(content, "span", "from");
                escape_text(&count, content);
                content.push_str("</span>");
                close_tag(content, "li");
            }
        }
        close_tag(content, "ul");
    }

    /// The pages that list the chapters of a large group, with their paths.
    pub(in crate::write::epub) fn day_pages(&self, group: &Group) -> Vec<(String, String)> {
        let mut pages = Vec::new();
        for day in &group.days {
            for (number, path) in day.pages.iter().enumerate() {
                let label = page_label(group, day, number);
                let chapters = part(day, number);
                let mut content = String::new();
                open_tag(&mut content, "section", "contents opening");
                element(&mut content, "h1", "", &label);
                let count = self.wording.articles(chapters.len());
                element(&mut content, "p", "counts", &count);
                self.chapters(&mut content, chapters, group, "../");
                close_tag(&mut content, "section");
                let page = self.frame("../").document(&label, &content);
                pages.push((path.clone(), page));
            }
        }
        pages
    }

    /// A list of chapters.
    fn chapters(&self, content: &mut String, chapters: &[usize], group: &Group, base: &str) {
        let sources = self.volume.run.catalogue.sources();
        let several = self.volume.facts.sources().len() > 1;
        open_tag(content, "ul", "");
        let chapters = chapters.iter();
        for chapter in chapters.filter_map(|&index| self.volume.chapters.get(index)) {
            open_tag(content, "li", "");
            let href = format!("{base}{}", chapter.path());
            let around = &self.metadata.language;
            link_in(content, &href, &chapter.title, &chapter.language, around);
            let source = usize::try_from(chapter.source).ok();
            let name = source.and_then(|at| sources.get(at)).filter(|_| several);
            if let Some(name) = name.filter(|name| **name != group.label && !name.is_empty()) {
                content.push(' ');
                open_tag(content, "span", "from");
                isolated(&CleanText::line(name), &self.metadata.language, content);
                content.push_str("</span>");
            }
            close_tag(content, "li");
        }
        close_tag(content, "ul");
    }

    /// The page about the book.
    pub(in crate::write::epub) fn colophon(&self) -> String {
        let wording = self.wording;
        let mut content = String::from("<section epub:type=\"colophon\" role=\"doc-colophon\"");
        attribute(&mut content, "aria-label", wording.colophon);
        content.push_str(" class=\"colophon\">\n");
        element(&mut content, "h1", "", wording.colophon);
        element(&mut content, "p", "", &self.metadata.full_title());
        if let Some(rights) = &self.volume.run.publication.rights {
            self.about(&mut content, wording.rights, rights);
        }
        if self.volume.facts.published().is_some() {
            let zone = self.volume.run.publication.zone.name();
            self.about(&mut content, wording.time_zone, zone);
        }
        self.sources(&mut content);
        self.unreadable(&mut content);
        let made = wording.made_with.replace("{}", GENERATOR);
        element(&mut content, "p", "generator", &made);
        close_tag(&mut content, "section");
        self.frame("").document(wording.colophon, &content)
    }

    /// A paragraph: a word, and what it is about.
    fn about(&self, content: &mut String, word: &str, what: &str) {
        open_tag(content, "p", "");
        escape_text(&self.wording.about(word, ""), content);
        isolated(what, &self.metadata.language, content);
        close_tag(content, "p");
    }

    fn sources(&self, content: &mut String) {
        let sources = self.volume.facts.sources();
        if sources.is_empty() {
            return;
        }
        element(content, "h2", "", self.wording.sources);
        open_tag(content, "ul", "sources");
        for (name, facts) in sources {
            open_tag(content, "li", "");
            let mut shown = String::new();
            isolated(name, &self.metadata.language, &mut shown);
            match &facts.home {
                Some(home) => link_markup(content, home.as_str(), &shown),
                None => content.push_str(&shown),
            }
            content.push_str(" · ");
            escape_text(&self.wording.articles(facts.articles), content);
            for rights in &facts.rights {
                content.push_str("<br/>");
                open_tag(content, "small", "");
                isolated(rights, &self.metadata.language, content);
                content.push_str("</small>");
            }
            close_tag(content, "li");
        }
        close_tag(content, "ul");
    }

    /// What could not be read, in a book of everything only: a volume depends on its own articles
    /// alone.
    fn unreadable(&self, content: &mut String) {
        let paths = self.volume.run.unreadable;
        let whole = self.volume.period == crate::write::epub::period::Period::Whole;
        if paths.is_empty() || !whole || self.volume.part.is_some() {
            return;
        }
        element(content, "h2", "", self.wording.unreadable);
        open_tag(content, "ul", "");
        for path in paths {
            element(content, "li", "", &CleanText::line(path));
        }
        close_tag(content, "ul");
    }
}

/// The chapters on a page of a day's.
fn part(day: &Day, number: usize) -> &[usize] {
    day.chapters.chunks(LINES).nth(number).unwrap_or_default()
}

/// What a page of a day's is called: by its day, and its number where there are several.
fn page_label(group: &Group, day: &Day, number: usize) -> String {
    let label = day.label.as_ref().unwrap_or(&group.label);
    if day.pages.len() > 1 {
        format!("{label} ({})", number + 1)
    } else {
        label.clone()
    }
}

//! Facts about the sites that articles come from: data, not code.

use super::{Address, Zone};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The table that Offprint brings along.
const BUILTIN: &str = include_str!("sites.toml");

/// What is known of sites and image proxies. The built-in table and the configuration have the
/// same keys: `[[site]]` and `[[proxy]]`.
///
/// Facts add up. For an address, every entry of its host and of the domains above it counts: the
/// narrower host wins over the wider, a later entry over an earlier one of the same host, and
/// lists (`aliases`, `remove`, `logos`) extend each other.
///
/// ```
/// use offprint::model::{Address, Sites};
/// let own: Sites = toml::from_str(r#"
///     [[site]]
///     hosts = ["example.org"]
///     name = "The Example"
/// "#).unwrap_or_default();
/// let sites = Sites::builtin().extend(own);
/// let page = Address::parse("https://news.example.org/1");
/// let site = page.and_then(|page| sites.site_of(&page).cloned());
/// assert_eq!(site.and_then(|site| site.name).as_deref(), Some("The Example"));
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Table")]
pub struct Sites {
    entries: Vec<Site>,
    proxies: Vec<Proxy>,
    by_host: BTreeMap<String, Site>,
    /// How many of the entries came with the first table.
    first: usize,
}

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    site: Vec<Site>,
    #[serde(default)]
    proxy: Vec<Proxy>,
}

/// What is known of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Site {
    /// Host names; each stands for its subdomains too.
    pub hosts: Vec<String>,
    /// The name that readers know the source by.
    #[serde(default)]
    pub name: Option<String>,
    /// Other names that the source's titles end in, behind ` - `, ` | ` and the like.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The zone of times that are written without one.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// CSS selectors of elements that are not part of the article.
    #[serde(default)]
    pub remove: Vec<String>,
    /// Parts of image addresses that show a logo rather than a picture.
    #[serde(default)]
    pub logos: Vec<String>,
}

/// A server that fetches a picture from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// Host names; `*` stands for any characters within one label. No host at all stands for any
    /// host, and then only a whole web address of a picture file is taken for one.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The query parameter that holds the picture's own address.
    #[serde(default)]
    pub parameter: Option<String>,
    /// The text in the path after which the picture's own address begins, if need be behind
    /// further instructions to the proxy.
    #[serde(default)]
    pub path_after: Option<String>,
}

impl From<Table> for Sites {
    fn from(table: Table) -> Self {
        let mut sites = Sites {
            entries: table.site,
            proxies: table.proxy,
            by_host: BTreeMap::new(),
            first: 0,
        };
        sites.first = sites.entries.len();
        sites.index();
        sites
    }
}

impl Sites {
    /// A table of these sites and proxies.
    pub fn new(sites: Vec<Site>, proxies: Vec<Proxy>) -> Self {
        Table {
            site: sites,
            proxy: proxies,
        }
        .into()
    }

    /// The table that Offprint brings along.
    pub fn builtin() -> Self {
        // A test sees to it that the table can be read.
        toml::from_str(BUILTIN).unwrap_or_default()
    }

    /// Adds another table, whose entries win over those that stand here. Its proxies are tried
    /// first.
    pub fn extend(mut self, other: Sites) -> Self {
        self.entries.extend(other.entries);
        self.proxies.splice(0..0, other.proxies);
        self.index();
        self
    }

    /// The facts about the site that an address belongs to. Its `hosts` is the one host that the
    /// facts were found by.
    pub fn site_of(&self, address: &Address) -> Option<&Site> {
        let mut host = address.host()?.trim_end_matches('.');
        loop {
            if let Some(site) = self.by_host.get(host) {
                return Some(site);
            }
            host = host.split_once('.')?.1;
        }
    }

    /// The entries that were added to the first table.
    pub fn added(&self) -> &[Site] {
        self.entries.get(self.first..).unwrap_or_default()
    }

    /// All image proxies, in the order in which they are tried.
    pub fn proxies(&self) -> &[Proxy] {
        &self.proxies
    }

    /// Merges the entries of each host.
    fn index(&mut self) {
        let mut by_host: BTreeMap<String, Vec<&Site>> = BTreeMap::new();
        for entry in &self.entries {
            for host in &entry.hosts {
                by_host.entry(normal_host(host)).or_default().push(entry);
            }
        }
        self.by_host = by_host
            .keys()
            .map(|host| (host.clone(), merged(host, &by_host)))
            .collect();
    }
}

impl Site {
    /// Whether an address belongs to the site.
    pub fn covers(&self, address: &Address) -> bool {
        let host = address.host().unwrap_or_default().trim_end_matches('.');
        self.hosts.iter().any(|own| {
            let inner = host.strip_suffix(&normal_host(own));
            inner.is_some_and(|inner| inner.is_empty() || inner.ends_with('.'))
        })
    }
}

/// The form in which an address gives its host.
fn normal_host(host: &str) -> String {
    let host = host.trim().trim_end_matches('.');
    url::Host::parse(host).map_or_else(|_| host.to_lowercase(), |host| host.to_string())
}

/// The facts about a host: those of the domains above it, widest first, then its own.
fn merged(host: &str, by_host: &BTreeMap<String, Vec<&Site>>) -> Site {
    let mut domains: Vec<&str> = std::iter::successors(Some(host), |domain| {
        domain.split_once('.').map(|(_, wider)| wider)
    })
    .collect();
    domains.reverse();
    let mut site = Site {
        hosts: vec![host.to_owned()],
        ..Site::default()
    };
    let entries = domains.iter().filter_map(|domain| by_host.get(*domain));
    for entry in entries.flatten() {
        site.name = entry.name.clone().or(site.name);
        site.zone = entry.zone.or(site.zone);
        add_missing(&mut site.aliases, &entry.aliases);
        add_missing(&mut site.remove, &entry.remove);
        add_missing(&mut site.logos, &entry.logos);
    }
    site
}

fn add_missing(list: &mut Vec<String>, more: &[String]) {
    for item in more {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Sites {
        toml::from_str(text).expect("a table")
    }

    fn site(sites: &Sites, address: &str) -> Option<Site> {
        sites
            .site_of(&Address::parse(address).expect("an address"))
            .cloned()
    }

    #[test]
    fn the_builtin_table_can_be_read() {
        let sites: Sites = toml::from_str(BUILTIN).expect("the built-in table");
        assert!(sites.by_host.len() > 10 && sites.proxies.len() > 3);
    }

    #[test]
    fn later_entries_win_and_lists_extend() {
        let first = table(
            r#"
            [[site]]
            hosts = ["a.example", "b.example"]
            name = "A"
            zone = "Europe/Paris"
            remove = [".x"]
            "#,
        );
        let second = table(
            r#"
            [[site]]
            hosts = ["A.example."]
            name = "Other"
            remove = [".x", ".y"]
            "#,
        );
        let sites = first.extend(second);
        let a = site(&sites, "https://www.a.example/").expect("a site");
        assert_eq!(a.name.as_deref(), Some("Other"));
        assert_eq!(a.zone, Some(Zone::Europe__Paris));
        assert_eq!(a.remove, [".x", ".y"]);
        let b = site(&sites, "https://b.example/").expect("a site");
        assert_eq!(b.name.as_deref(), Some("A"));
    }

    #[test]
    fn a_subdomain_inherits_and_narrows() {
        let sites = table(
            r#"
            [[site]]
            hosts = ["cn.a.example"]
            zone = "Asia/Shanghai"
            [[site]]
            hosts = ["a.example"]
            name = "A"
            zone = "UTC"
            "#,
        );
        let narrow = site(&sites, "https://m.cn.a.example./").expect("a site");
        assert_eq!(narrow.name.as_deref(), Some("A"));
        assert_eq!(narrow.zone, Some(Zone::Asia__Shanghai));
        assert_eq!(site(&sites, "https://xa.example/"), None);
    }

    #[test]
    fn unknown_keys_are_refused() {
        assert!(toml::from_str::<Sites>("[[site]]\nhosts = []\nnmae = 'x'").is_err());
        assert!(toml::from_str::<Sites>("[[sites]]\nhosts = []").is_err());
    }
}

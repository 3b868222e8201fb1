//! Facts about the sites that articles come from: data, not code.

use super::{Address, Zone};
use serde::Deserialize;

/// What is known of sites and image proxies. The built-in table and the configuration have the
/// same keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sites {
    /// Sites by host.
    #[serde(default)]
    pub site: Vec<Site>,
    /// Servers that fetch a picture from elsewhere.
    #[serde(default)]
    pub proxy: Vec<Proxy>,
}

/// What is known of one site.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Host names; each stands for its subdomains too.
    pub hosts: Vec<String>,
    /// The name that readers know the source by.
    #[serde(default)]
    pub name: Option<String>,
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// Host names; `*` stands for any characters within one label.
    pub hosts: Vec<String>,
    /// The query parameter that holds the picture's own address.
    #[serde(default)]
    pub parameter: Option<String>,
    /// The text in the path after which the picture's own address begins.
    #[serde(default)]
    pub path_after: Option<String>,
}

impl Sites {
    /// The built-in table.
    pub fn builtin() -> Self {
        Sites::default()
    }

    /// Adds a table whose entries win over those that stand here.
    pub fn extend(&mut self, other: Sites) {
        self.site.extend(other.site);
        self.proxy.extend(other.proxy);
    }

    /// The facts about the site that an address belongs to; later entries win.
    pub fn site_of(&self, _address: &Address) -> Option<&Site> {
        None
    }

    /// The picture's own address behind up to three image proxies; the address itself where there
    /// is none.
    pub fn origin_of(&self, address: &Address) -> Address {
        address.clone()
    }
}

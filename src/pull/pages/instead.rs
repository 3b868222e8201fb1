//! Pages that servers show instead of what was asked for, as the way to them tells.
//!
//! What a page itself says of that, the stage that reads pages tells ([`crate::pull::Content::article`]).

use crate::model::Address;

/// Parts of addresses that lead to a log-in, a question for consent or a check of visitors.
const ENTRANCES: [&str; 22] = [
    "login",
    "log-in",
    "log_in",
    "signin",
    "sign-in",
    "sign_in",
    "signup",
    "sign-up",
    "register",
    "auth",
    "oauth",
    "oauth2",
    "sso",
    "authorize",
    "accounts",
    "consent",
    "cookie-consent",
    "cookiewall",
    "captcha",
    "challenge",
    "verify",
    "paywall",
];

/// What answered instead of what was asked for, if the way there tells.
pub(super) fn instead(asked: &Address, answered: &Address) -> Option<&'static str> {
    if is_entrance(answered) && !is_entrance(asked) {
        return Some("it leads to a log-in, a question for consent or a check of visitors");
    }
    let is_same_host = host(asked) == host(answered);
    (is_same_host && is_front(answered) && !is_front(asked))
        .then_some("it leads to its site's front page")
}

/// Whether an address has a part that is an entrance, in its host or its path.
fn is_entrance(address: &Address) -> bool {
    let host = host(address);
    // The last two are the site's own name.
    let labels: Vec<&str> = host.split('.').collect();
    let labels = labels.iter().take(labels.len().saturating_sub(2)).copied();
    let path = address.url().path().to_ascii_lowercase();
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    path.split('/')
        .map(stem)
        .chain(labels.map(str::to_owned))
        .any(|part| ENTRANCES.contains(&part.as_str()))
}

fn is_front(address: &Address) -> bool {
    let url = address.url();
    matches!(url.path(), "" | "/") && url.query().is_none()
}

fn host(address: &Address) -> String {
    let host = address.host().unwrap_or_default().to_ascii_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_page_tells_what_is_shown_instead() {
        let told = |asked: &str, answered: &str| {
            let address = |text: &str| Address::parse(text).unwrap();
            instead(&address(asked), &address(answered)).is_some()
        };
        for (asked, answered) in [
            ("https://a.example/1", "https://a.example/login?next=/1"),
            ("https://a.example/1", "https://a.example/users/sign_in"),
            ("https://a.example/1", "https://www.a.example/Login.php"),
            (
                "https://a.example/1",
                "https://consent.a.example/m?continue=x",
            ),
            ("https://a.example/1", "https://accounts.b.example/x"),
            ("https://a.example/2011/05/x.html", "https://www.a.example/"),
        ] {
            assert!(told(asked, answered), "{asked} {answered}");
        }
        for (asked, answered) in [
            ("https://a.example/1", "https://a.example/1/"),
            ("https://a.example/1", "https://b.example/"),
            ("https://a.example/", "https://www.a.example/"),
            ("https://a.example/login", "https://a.example/login/"),
            (
                "https://a.example/1",
                "https://a.example/how-to-verify-a-login",
            ),
            ("https://a.example/?p=1", "https://a.example/?p=1&x"),
            ("https://a.example/1", "https://login.example/1"),
        ] {
            assert!(!told(asked, answered), "{asked} {answered}");
        }
    }
}

//! What the environment tells beside `OFFPRINT_…`, which the command line reads itself.

use std::env;
use std::path::PathBuf;

/// The user's folder for caches, with a folder of ours in it; none where there is no home.
pub fn cache_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.cache_dir().join("offprint"))
}

/// The address of the project's pages, in a GitHub Actions run: `https://OWNER.github.io/NAME/`.
pub fn pages_address() -> Option<String> {
    if env::var_os("GITHUB_ACTIONS").is_none_or(|value| value != "true") {
        return None;
    }
    // Forgejo's runner says that it is GitHub's, and GitHub Enterprise has its pages elsewhere.
    if env::var_os("GITHUB_SERVER_URL").is_some_and(|server| server != "https://github.com") {
        return None;
    }
    let repository = env::var("GITHUB_REPOSITORY").ok()?;
    pages_of(&repository)
}

fn pages_of(repository: &str) -> Option<String> {
    let (owner, name) = repository.split_once('/')?;
    let host = format!("{}.github.io", owner.to_ascii_lowercase());
    let own_site = name.eq_ignore_ascii_case(&host);
    Some(if own_site {
        format!("https://{host}/")
    } else {
        format!("https://{host}/{name}/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_under_the_owner() {
        assert_eq!(
            pages_of("Ada/News").as_deref(),
            Some("https://ada.github.io/News/")
        );
        assert_eq!(
            pages_of("ada/ada.github.io").as_deref(),
            Some("https://ada.github.io/")
        );
    }
}

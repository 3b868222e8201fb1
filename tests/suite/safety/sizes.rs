//! One article has a bound, and what exceeds it costs that article.

use std::fs;
use std::process::Command;

#[test]
fn fault_3_a_huge_file_costs_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    fs::create_dir(&articles).unwrap();
    let article = "<!--1640915226000-->\n[Tale](https://a.example/1)\n------\n<p>Text</p>\n";
    fs::write(articles.join("good.txt"), article).unwrap();
    // Sparse files of six gigabytes: one that begins like an article, one like nothing, a feed.
    for (name, begin) in [
        ("huge.txt", article.replace("/1)", "/2)")),
        ("zeros.txt", String::new()),
        ("huge.xml", "<rss><channel><item><title>x".to_owned()),
    ] {
        let path = articles.join(name);
        fs::write(&path, begin).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_len(if name == "huge.xml" {
            200_000_000
        } else {
            6_000_000_000
        })
        .unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command
        .current_dir(folder.path())
        .args(["build", "articles", "-t", "atom", "--offline"]);
    command.args(["--image-cache", "cache"]);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        said.contains("huge.txt") && said.contains("64 MB"),
        "{said}"
    );
    assert!(
        said.contains("huge.xml") && said.contains("feed-broken"),
        "{said}"
    );
    assert!(!said.contains("zeros.txt"), "{said}");
    let atom = fs::read_to_string(folder.path().join("out/atom.xml")).unwrap();
    assert_eq!(atom.matches("<entry>").count(), 1);
}

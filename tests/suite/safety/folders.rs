//! Each source has a folder of its own, whatever others are called.

use crate::faults::place::{Place, article, run};
use std::collections::BTreeSet;

fn mark(source: &str, digits: usize) -> String {
    blake3::hash(source.as_bytes()).to_hex()[..digits].to_owned()
}

#[test]
fn fault_7_sources_that_are_called_like_other_sources_folders_keep_their_feeds() {
    let place = Place::new();
    let once = format!("ab-{}", mark("a:b", 8));
    let twice = format!("ab-{}", mark("a:b", 32));
    let thrice = format!("{once}-{}", mark(&once, 8));
    let sources = [
        "a:b",
        &once,
        &twice,
        &thrice,
        "Tide",
        "tide",
        "Se\u{e1}n",
        "Sea\u{301}n",
    ];
    for (number, source) in (0u64..).zip(sources) {
        let text = article(number, &format!("told by source {number} alone"));
        place.write(&format!("articles/{source}/{number}.txt"), text);
    }
    place.write("offprint.toml", "[feeds]\nby = [\"source\"]\n");
    run(&mut place.build(&["-t", "atom"])).with(0);
    let outputs = place.outputs();
    let of_sources: Vec<_> = outputs
        .iter()
        .filter(|(name, _)| name.starts_with("source/"))
        .collect();
    assert_eq!(of_sources.len(), sources.len(), "{:?}", outputs.keys());
    let folded: BTreeSet<String> = of_sources
        .iter()
        .map(|(name, _)| name.to_lowercase().replace("a\u{301}", "\u{e1}"))
        .collect();
    assert_eq!(folded.len(), sources.len(), "{folded:?}");
    for number in 0..sources.len() {
        let told = format!("told by source {number} alone");
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&told);
        let holding = of_sources.iter().filter(|(_, bytes)| holds(bytes)).count();
        assert_eq!(holding, 1, "{told}");
    }
}

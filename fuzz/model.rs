//! Any tree is written as XHTML, and what is written reads back as a tree that says the same; from
//! then on, writing and reading change nothing.

use crate::drawing::Drawing;
use crate::written::{self, AsArchived, accounted, attributes, beyond, characters, sum};
use offprint::model::{Address, AnchorName, Block, Body, Image, Inline, Markup, Sites, plain_text};
use offprint::parts::clean::body::{Context, Text, body};
use offprint::writer::xhtml::{References, Serialiser, Shown, Style};
use std::collections::BTreeSet;

pub fn holds(bytes: &[u8]) {
    let tree = Drawing::new(bytes).body();
    let anchors = anchors(tree.blocks());
    let first = serialised(&tree, &anchors);
    let seen = written::check(&first);
    let said = leaves(tree.blocks());
    // Words that stand for what plays elsewhere are added; none is taken away.
    let lost = beyond(&characters([said.as_str()]), &characters([seen.as_str()]));
    assert_eq!(lost, "", "lost when written:\n{first}");

    let once = read(&first);
    let (seen, said) = (characters([seen.as_str()]), accounted(&once));
    assert_eq!(beyond(&seen, &said), "", "lost when read:\n{first}");
    let known = sum(&seen, &attributes(once.blocks.blocks()));
    assert_eq!(beyond(&said, &known), "", "made up when read:\n{first}");
    let second = rendered(&once);
    written::check(&second);
    let twice = read(&second);
    if once.rights.is_none() && once.credit.is_none() {
        let third = rendered(&twice);
        assert!(
            third == second,
            "what is read is written as\n{second}\nand then as\n{third}"
        );
    }
}

/// The places that a tree marks: a link to any other is written without its link.
fn anchors(blocks: &[Block]) -> BTreeSet<AnchorName> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&[Block]> = vec![blocks];
    let mut lines: Vec<&[Inline]> = Vec::new();
    while let Some(group) = open.pop() {
        for block in group {
            lines.extend(block.line());
            open.extend(block.children());
        }
    }
    while let Some(line) = lines.pop() {
        for inline in line {
            if let Inline::Anchor(name) = inline {
                found.insert(name.clone());
            }
            lines.extend(inline.children());
        }
    }
    found
}

/// As the writers do it: links to places that are not there are left out.
struct WithinTheArticle<'names>(&'names BTreeSet<AnchorName>);

impl References for WithinTheArticle<'_> {
    fn image(&self, image: &Image) -> Shown {
        AsArchived.image(image)
    }

    fn fragment(&self, name: &AnchorName) -> Option<String> {
        self.0.contains(name).then(|| format!("#{}", name.as_str()))
    }
}

const STYLE: Style = Style {
    classes: true,
    title_level: 1,
};

fn serialised(tree: &Body, anchors: &BTreeSet<AnchorName>) -> String {
    let references = WithinTheArticle(anchors);
    let mut serialiser = Serialiser::new(&references, STYLE, None);
    serialiser.blocks(tree.blocks());
    serialiser.take()
}

fn rendered(text: &Text) -> String {
    let mut serialiser = Serialiser::new(&AsArchived, STYLE, None);
    serialiser.blocks(text.blocks.blocks());
    serialiser.take()
}

fn read(markup: &str) -> Text {
    let address = Address::parse("https://news.example/world/story.html");
    let context = Context {
        address: address.as_ref(),
        title: "no such title",
        sites: &Sites::default(),
        resources: &Default::default(),
        path: "story.txt",
        line: 3,
        notices: offprint::parts::clean::body::Notices::Kept,
    };
    body(&Markup::Article(markup.to_owned()), &context)
}

/// All text of a tree, without the titles of what plays elsewhere.
fn leaves(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if let Block::Code(code) = block {
            text.push_str(code);
        }
        text.push_str(&plain_text(block.line().unwrap_or_default()));
        for group in block.children() {
            text.push_str(&leaves(group));
        }
    }
    text
}

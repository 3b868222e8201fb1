//! A text that is nested too deep keeps every word and every picture.

use crate::understanding::text;
use offprint::Code;
use offprint::model::{Numbering, *};
use proptest::prelude::*;

/// A way to nest: a block around blocks, or a format around a line.
#[derive(Clone, Copy, Debug)]
enum Nest {
    Quote,
    List,
    Table,
}

fn nest() -> impl Strategy<Value = Nest> {
    prop_oneof![Just(Nest::Quote), Just(Nest::List), Just(Nest::Table)]
}

fn word(number: usize) -> Block {
    Block::Paragraph(vec![Inline::Text(format!("word{number}").as_str().into())])
}

fn picture(number: usize) -> Block {
    let origin = Address::parse(&format!("https://pictures.example/{number}")).unwrap();
    let source = ImageSource::Web {
        archived: origin.clone(),
        origin,
    };
    Block::Figure(Figure {
        image: Image {
            source,
            alternative: "".into(),
            candidates: Vec::new(),
        },
        caption: Vec::new(),
        link: None,
    })
}

/// A word in formats as deep as asked for.
fn formatted(depth: usize) -> Block {
    let mut line = vec![Inline::Text("formatted".into())];
    for level in 0..depth {
        let inner = std::mem::take(&mut line);
        line = vec![match level % 3 {
            0 => Inline::Strong(inner),
            1 => Inline::Ruby(Ruby {
                base: inner,
                annotation: vec![Inline::Text(format!("gloss{level}").as_str().into())],
            }),
            _ => Inline::Superscript(inner),
        }];
    }
    Block::Paragraph(line)
}

fn around(nest: Nest, blocks: Vec<Block>) -> Block {
    match nest {
        Nest::Quote => Block::Quote(blocks),
        Nest::List => Block::List(List {
            numbering: Some(Numbering::from(1)),
            items: vec![blocks.into()],
        }),
        Nest::Table => Block::Table(Table {
            caption: vec![Inline::Text("caption".into())],
            rows: vec![vec![Cell {
                header: false,
                columns: 1,
                rows: 1,
                alignment: None,
                headers: Vec::new(),
                scope: None,
                content: blocks,
            }]],
            ..Table::default()
        }),
    }
}

fn words(blocks: &[Block]) -> Vec<String> {
    let text = Body::new(blocks.to_vec()).unwrap().plain_text();
    text.split_whitespace().map(str::to_owned).collect()
}

/// The same blocks side by side, the nesting alone left out.
fn unnested(blocks: &[Block], flat: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Table(table) => flat.push(Block::Paragraph(table.caption.clone())),
            Block::Quote(_) | Block::List(_) | Block::Definitions(_) => {}
            Block::Paragraph(line) => flat.push(Block::Paragraph(vec![Inline::Text(
                plain_text(line).as_ref().into(),
            )])),
            other => flat.push(other.clone()),
        }
        for group in block.children() {
            unnested(group, flat);
        }
    }
}

proptest! {
    #[test]
    fn fault_9_a_tree_of_any_depth_keeps_its_words_and_pictures(
        nests in prop::collection::vec(nest(), 0..200),
        formats in 0usize..100,
    ) {
        let mut blocks = vec![formatted(formats), picture(0)];
        for (number, nest) in nests.iter().enumerate() {
            blocks = vec![word(2 * number), around(*nest, blocks), word(2 * number + 1), picture(number)];
        }
        let mut flat = Vec::new();
        unnested(&blocks, &mut flat);
        let was_too_deep = Body::new(blocks.clone()).is_err();
        let (body, flattened) = Body::flattened(blocks);
        prop_assert_eq!(flattened, was_too_deep);
        prop_assert!(Body::new(body.blocks().to_vec()).is_ok());
        prop_assert_eq!(words(body.blocks()), words(&flat));
        prop_assert_eq!(body.images().len(), nests.len() + 1);
    }
}

#[test]
fn fault_9_markup_of_any_depth_keeps_its_text() {
    let opens = [
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>a<td>",
        "<dl><dd>",
        "<span lang=fr><span lang=de>",
        "<ruby>b<rt>",
        "<b><i><sup>",
        "<details><summary>s</summary>",
        "<blockquote><b><span lang=fr><ol><li><i><span lang=de>",
        "<table><caption>c<td>d<td><ruby><b>e<rt><i>",
    ];
    for open in opens {
        for depth in [1, 10, 29, 30, 31, 60, 64, 65, 100, 250, 1000] {
            let markup = format!("<p>before</p>{}deepest", open.repeat(depth));
            let text = text(&Markup::Article(markup), "A title", None);
            let plain = text.blocks.plain_text();
            assert!(
                plain.contains("before") && plain.contains("deepest"),
                "{depth} {open}"
            );
            let cut = text
                .warnings
                .iter()
                .any(|warning| warning.code == Code::NestingCut);
            let nests = !open.starts_with("<details>");
            assert!(cut || depth < 250 || !nests, "{depth} {open}");
        }
    }
}

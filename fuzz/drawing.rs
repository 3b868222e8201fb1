//! Trees of the model, drawn from bytes: each byte decides one thing, so that a fuzzer can change
//! one thing.

use offprint::model::Numbering;
use offprint::model::{
    Address, AnchorName, Block, Body, Cell, CleanText, Direction, Embed, EmbedKind, Figure,
    Heading, HeadingLevel, Image, ImageSource, Inline, Language, LanguageSpan, Link, List,
    ResourceId, Ruby, Table, Target,
};

const TEXTS: [&str; 24] = [
    "a",
    "word ",
    " two words",
    "字",
    "漢字。",
    "שלום",
    "<",
    ">",
    "&",
    "\"",
    "'",
    "]]>",
    "&amp;",
    "<script>",
    "<!-- a -- b -->",
    "\u{200B}",
    "\u{2028}",
    "\u{FEFF}",
    " ",
    "\n",
    "\t",
    "\u{3000}",
    "👩‍👩‍👧",
    "© 2020",
];

/// Bytes that are taken one by one; behind the last there is nothing but zeros.
pub struct Drawing<'bytes> {
    bytes: &'bytes [u8],
}

impl<'bytes> Drawing<'bytes> {
    pub fn new(bytes: &'bytes [u8]) -> Self {
        Drawing { bytes }
    }

    /// A tree. The number of its parts is bounded by the number of bytes.
    pub fn body(&mut self) -> Body {
        let mut blocks = Vec::new();
        while !self.bytes.is_empty() {
            blocks.push(self.block(8));
        }
        Body::new(blocks).expect("a bounded depth")
    }

    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        first
    }

    fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    /// Up to `most` of something, as long as there are bytes.
    fn some<T>(&mut self, most: u8, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.byte() % (most + 1);
        let mut list = Vec::new();
        for _ in 0..count {
            if self.bytes.is_empty() {
                break;
            }
            list.push(one(self));
        }
        list
    }

    fn text(&mut self) -> CleanText {
        let pieces = self.some(4, |drawing| {
            TEXTS[usize::from(drawing.byte()) % TEXTS.len()]
        });
        CleanText::new(pieces.concat())
    }

    fn address(&mut self) -> Address {
        let byte = self.byte();
        let path = [
            "a",
            "b?c=d&e=f",
            "%E7%89%B9",
            "特",
            "x'y\"z",
            "#top",
            "|[]",
            "i.jpg",
        ];
        let path = path[usize::from(byte) % path.len()];
        Address::parse(&format!("https://h{}.example/{path}", byte / 8)).expect("an address")
    }

    /// A picture that belongs into a line is small, as far as its address can tell.
    fn small_image(&mut self) -> Image {
        let address = format!("https://h.example/small{}.png", self.byte());
        let origin = Address::parse(&address).expect("an address");
        Image {
            source: ImageSource::Web {
                archived: origin.clone(),
                origin,
            },
            alternative: CleanText::line(&self.text()),
            candidates: Vec::new(),
        }
    }

    fn image(&mut self) -> Image {
        let source = if self.byte() % 8 == 7 {
            let bytes = self.some(6, Self::byte);
            ImageSource::Resource {
                id: ResourceId::of(&bytes),
                address: None,
            }
        } else {
            let origin = self.address();
            ImageSource::Web {
                archived: origin.clone(),
                origin,
            }
        };
        let alternative = CleanText::line(&self.text());
        Image::new(source, alternative)
    }

    fn block(&mut self, depth: u8) -> Block {
        let kind = self.byte() % if depth == 0 { 8 } else { 12 };
        match kind {
            0..=2 => Block::Paragraph(self.line(depth)),
            3 => Block::Heading(Heading {
                level: HeadingLevel::nearest(self.byte()),
                content: self.line(depth),
            }),
            4 => Block::Figure(Figure {
                image: self.image(),
                caption: self.line(depth),
                link: self.flag().then(|| self.address()),
            }),
            5 => Block::Code(self.text().into()),
            6 => Block::Rule,
            7 => self.embed(),
            8 => Block::Quote(self.blocks(depth)),
            9 | 10 => Block::List(List {
                numbering: self
                    .flag()
                    .then(|| Numbering::from(i32::from(self.byte()) - 3)),
                items: self.some(3, |drawing| drawing.blocks(depth).into()),
            }),
            _ => Block::Table(Table {
                caption: self.line(depth),
                rows: self.some(3, |drawing| drawing.some(3, |drawing| drawing.cell(depth))),
                ..Table::default()
            }),
        }
    }

    fn blocks(&mut self, depth: u8) -> Vec<Block> {
        self.some(3, |drawing| drawing.block(depth.saturating_sub(1)))
    }

    fn cell(&mut self, depth: u8) -> Cell {
        Cell {
            header: self.flag(),
            columns: u16::from(self.byte() % 4),
            rows: u16::from(self.byte() % 4),
            alignment: None,
            headers: Vec::new(),
            scope: None,
            content: self.blocks(depth),
        }
    }

    fn embed(&mut self) -> Block {
        let kind = match self.byte() % 3 {
            0 => EmbedKind::Video,
            1 => EmbedKind::Audio,
            _ => EmbedKind::Frame,
        };
        Block::Embed(Embed {
            kind,
            address: self.address(),
            title: CleanText::line(&self.text()),
            poster: self.flag().then(|| self.image()),
        })
    }

    fn line(&mut self, depth: u8) -> Vec<Inline> {
        self.some(5, |drawing| drawing.inline(depth.saturating_sub(1)))
    }

    fn inline(&mut self, depth: u8) -> Inline {
        let kind = self.byte() % if depth == 0 { 8 } else { 17 };
        match kind {
            0..=3 => Inline::Text(self.text()),
            4 => Inline::Code(self.text()),
            5 => Inline::Image(self.small_image()),
            6 => Inline::Break,
            7 => Inline::Anchor(self.anchor()),
            8 => Inline::Strong(self.line(depth)),
            9 => Inline::Emphasis(self.line(depth)),
            10 => Inline::Subscript(self.line(depth)),
            11 => Inline::Superscript(self.line(depth)),
            12 | 13 => Inline::Link(Link {
                target: if self.flag() {
                    Target::Fragment(self.anchor())
                } else {
                    Target::Address(self.address())
                },
                content: self.line(depth),
            }),
            14 => Inline::Ruby(Ruby {
                base: self.line(depth),
                annotation: self.line(depth),
            }),
            15 => Inline::Struck(self.line(depth)),
            _ => Inline::Span(self.span(depth)),
        }
    }

    fn anchor(&mut self) -> AnchorName {
        AnchorName::numbered(usize::from(self.byte() % 3))
    }

    fn span(&mut self, depth: u8) -> LanguageSpan {
        let language = ["zh-Hans", "en", "ar", "not a tag"];
        LanguageSpan {
            language: Language::new(language[usize::from(self.byte()) % 4]),
            direction: match self.byte() % 3 {
                0 => None,
                1 => Some(Direction::LeftToRight),
                _ => Some(Direction::RightToLeft),
            },
            content: self.line(depth),
        }
    }
}

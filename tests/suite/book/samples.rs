//! Articles of our own writing.

use offprint::model::Numbering;
use offprint::model::*;
use std::sync::Arc;

/// A point in time.
pub fn time(text: &str) -> Option<Timestamp> {
    Timestamp::from_datetime(text.parse().unwrap())
}

/// An address.
pub fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// A line of text.
pub fn text(characters: &str) -> Vec<Inline> {
    vec![Inline::Text(characters.into())]
}

/// A paragraph.
pub fn paragraph(characters: &str) -> Block {
    Block::Paragraph(text(characters))
}

/// A heading of the second level.
pub fn heading(characters: &str) -> Block {
    Block::Heading(Heading {
        level: HeadingLevel::Two,
        content: text(characters),
    })
}

/// A figure of a picture on the web.
pub fn figure(origin: &str, alternative: &str, caption: &str) -> Block {
    Block::Figure(Figure {
        image: image(origin, alternative),
        caption: if caption.is_empty() {
            Vec::new()
        } else {
            text(caption)
        },
        link: None,
    })
}

/// A picture on the web.
pub fn image(origin: &str, alternative: &str) -> Image {
    let origin = address(origin);
    Image {
        source: ImageSource::Web {
            archived: origin.clone(),
            origin,
        },
        alternative: alternative.into(),
        candidates: Vec::new(),
    }
}

/// An article of one paragraph.
pub fn article(link: &str, title: &str, published: &str) -> Article {
    let published = (!published.is_empty()).then(|| time(published)).flatten();
    Article {
        id: ArticleId::new(Some(link), b""),
        title: title.into(),
        address: Address::parse(link),
        source: ArticleSource {
            name: "The Example".into(),
            home: Address::parse("https://news.example/"),
        },
        authors: Vec::new(),
        published,
        published_day: None,
        updated: published,
        language: Language::new("en"),
        tags: Vec::new(),
        rights: None,
        credit: None,
        summary: title.into(),
        body: Body::new(vec![paragraph("One paragraph of text.")]).unwrap(),
    }
}

/// The article with other blocks.
pub fn with(mut article: Article, blocks: Vec<Block>) -> Article {
    article.body = Body::new(blocks).unwrap();
    article
}

/// The article in another language.
pub fn in_language(mut article: Article, tag: &str) -> Article {
    article.language = Language::new(tag);
    article
}

/// A picture of one colour with a lighter disc, as JPEG in memory.
pub fn picture(width: u32, height: u32, colour: [u8; 3]) -> Arc<Picture> {
    let radius = f64::from(width.min(height)) / 3.0;
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let dx = f64::from(x) - f64::from(width) / 2.0;
        let dy = f64::from(y) - f64::from(height) / 2.0;
        let lighter = if dx * dx + dy * dy < radius * radius {
            60
        } else {
            0
        };
        image::Rgb(colour.map(|channel| channel.saturating_add(lighter)))
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(picture)
        .write_to(
            &mut std::io::Cursor::new(&mut bytes),
            image::ImageFormat::Jpeg,
        )
        .unwrap();
    let name: String = blake3::hash(&bytes).to_hex().chars().take(32).collect();
    let length = bytes.len() as u64;
    Arc::new(Picture {
        place: 0,
        original: Original {
            media_type: MediaType::Jpeg,
            length,
            width,
            height,
        },
        rendition: Some(Rendition {
            name,
            media_type: MediaType::Jpeg,
            length,
            width,
            height,
            below: Vec::new(),
            bytes: PictureBytes::Memory(bytes.into()),
        }),
    })
}

/// Pictures by address.
pub fn pictures(list: &[(&str, Arc<Picture>)]) -> Pictures {
    let mut pictures = Pictures::default();
    for (origin, picture) in list {
        pictures.insert(image(origin, "").source, Arc::clone(picture));
    }
    pictures
}

const CHINESE: &str = "湖面在清晨像一块没有打磨的玻璃，远处的山影慢慢地浮上来。渡船八点开，船上\
只有三个人：卖茶的老人、带着自行车的学生，还有一位每天都坐同一班船的邮差。";

/// A small archive in three languages, with every kind of block.
pub fn archive() -> (Vec<Article>, Pictures) {
    let pictures = pictures(&[
        (
            "https://i.example/lake.jpg",
            picture(800, 450, [40, 90, 120]),
        ),
        (
            "https://i.example/tea.jpg",
            picture(600, 800, [110, 80, 40]),
        ),
    ]);
    let mut lake = in_language(
        with(
            article(
                "https://news.example/lake",
                "湖上的早班渡船",
                "2021-12-31T01:44:25Z",
            ),
            vec![
                figure(
                    "https://i.example/lake.jpg",
                    "湖面",
                    "清晨的湖面，远处是山。",
                ),
                paragraph(CHINESE),
                paragraph(CHINESE),
                heading("码头"),
                paragraph(CHINESE),
                figure(
                    "https://gone.invalid/x.jpg",
                    "码头的旧照片",
                    "一九六〇年的码头。",
                ),
                Block::Quote(vec![paragraph("“船到了，人就到了。”"), paragraph("——邮差")]),
                paragraph(CHINESE),
                heading("茶"),
                paragraph(CHINESE),
                figure("https://i.example/tea.jpg", "", "老人的茶壶。"),
                Block::Rule,
                paragraph(CHINESE),
            ],
        ),
        "zh-Hans",
    );
    lake.authors = vec!["林晓".into(), "周平".into()];
    lake.credit = Some("（示例社）".into());
    lake.rights = Some("© 2021 示例新闻。版权所有。".into());
    lake.tags = vec!["旅行".into(), "湖".into()];
    let prices = with(
        article("https://paper.example/prices", "What a Cup Costs & Why <2021>", "2021-12-30T18:00:00Z"),
        vec![
            Block::Paragraph(vec![
                Inline::Text("Prices rose again, as ".into()),
                Inline::Link(Link {
                    target: Target::Address(address("https://news.example/lake#tea")),
                    content: text("the story of the ferry"),
                }),
                Inline::Text(" told before; H".into()),
                Inline::Subscript(text("2")),
                Inline::Text("O and ".into()),
                Inline::Code("tea --brew".into()),
                Inline::Text(" are cheap.".into()),
            ]),
            paragraph("A second paragraph follows the first, so it is indented by custom."),
            Block::Table(table()),
            Block::List(List {
                numbering: Some(Numbering::from(1)),
                items: vec![vec![paragraph("Boil water.")].into(), vec![paragraph("Wait.")].into()],
            }),
            Block::Code("fn main() {\n    println!(\"a long line of code that has to wrap somewhere on a narrow screen, or it is cut off\");\n}".into()),
            Block::Embed(Embed {
                kind: EmbedKind::Video,
                address: address("https://film.example/tea"),
                title: "How tea is made".into(),
                poster: None,
            }),
        ],
    );
    let mut rain = in_language(
        with(
            article(
                "https://asahi.example/rain",
                "雨の日の記録",
                "2022-01-02T09:00:00Z",
            ),
            vec![
                Block::Paragraph(vec![
                    Inline::Ruby(Ruby {
                        base: text("雨"),
                        annotation: text("あめ"),
                    }),
                    Inline::Text("は朝から降っていた。駅までの道は長く、傘は小さかった。".into()),
                ]),
                paragraph("夕方になって、ようやく雲が切れた。"),
            ],
        ),
        "ja",
    );
    rain.source.name = "示例新聞".into();
    (vec![lake, prices, rain], pictures)
}

fn table() -> Table {
    let cell = |header, words: &str| Cell {
        header,
        columns: 1,
        rows: 1,
        alignment: None,
        headers: Vec::new(),
        scope: None,
        content: vec![paragraph(words)],
    };
    Table {
        caption: text("Prices of a cup"),
        rows: vec![
            vec![cell(true, "Year"), cell(true, "Green"), cell(true, "Black")],
            vec![
                cell(false, "2020"),
                cell(false, "1.20"),
                cell(false, "1.10"),
            ],
            vec![
                cell(false, "2021"),
                cell(false, "1.45"),
                cell(false, "1.30"),
            ],
        ],
        ..Table::default()
    }
}

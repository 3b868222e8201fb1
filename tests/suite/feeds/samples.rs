//! Articles of our own writing with everything in them.

use offprint::model::Numbering;
use offprint::model::{
    Address, Article, ArticleId, ArticleSource, Block, Body, Cell, CleanText, Embed, EmbedKind,
    Figure, Heading, HeadingLevel, Image, ImageSource, Inline, Language, Link, List, MediaType,
    Original, Picture, Pictures, Ruby, Table, Target, Timestamp,
};
use std::sync::Arc;

pub fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

pub fn at(rfc3339: &str) -> Timestamp {
    let time: chrono::DateTime<chrono::Utc> = rfc3339.parse().unwrap();
    Timestamp::from_datetime(time).unwrap()
}

pub fn text(characters: &str) -> Inline {
    Inline::Text(characters.into())
}

pub fn paragraph(characters: &str) -> Block {
    Block::Paragraph(vec![text(characters)])
}

/// A short article with an address and both times.
pub fn article(page: &str, title: &str, updated: &str) -> Article {
    Article {
        id: ArticleId::new(Some(page), b""),
        title: CleanText::line(title),
        address: Address::parse(page),
        source: ArticleSource {
            name: CleanText::line("晨报"),
            home: Some(address("https://morning.example/")),
        },
        authors: Vec::new(),
        published: Some(at(updated)),
        published_day: None,
        updated: Some(at(updated)),
        language: Language::new("zh-Hans"),
        tags: Vec::new(),
        rights: None,
        credit: None,
        summary: CleanText::line(&format!("{title}的摘要。")),
        body: Body::new(vec![paragraph(&format!("{title}的正文。"))]).unwrap(),
    }
}

fn picture(name: &str, alternative: &str) -> Image {
    Image {
        source: ImageSource::Web {
            origin: address(&format!("https://pictures.example/{name}.jpg")),
            archived: address(&format!(
                "https://proxy.example/?url=pictures.example/{name}.jpg&w=600"
            )),
        },
        alternative: alternative.into(),
        candidates: Vec::new(),
    }
}

fn cell(header: bool, characters: &str) -> Cell {
    Cell {
        header,
        columns: 1,
        rows: 1,
        alignment: None,
        headers: Vec::new(),
        scope: None,
        content: vec![paragraph(characters)],
    }
}

fn blocks() -> Vec<Block> {
    let link = Inline::Link(Link {
        target: Target::Address(address("https://morning.example/tea?a=1&b=2")),
        content: vec![text("去年的茶")],
    });
    let ruby = Inline::Ruby(Ruby {
        base: vec![text("茗")],
        annotation: vec![text("míng")],
    });
    vec![
        Block::Figure(Figure {
            image: picture("harvest", ""),
            caption: vec![text("采茶人在山坡上。")],
            link: None,
        }),
        Block::Paragraph(vec![
            text("春茶今天开采，"),
            link,
            text("还没有喝完。"),
            Inline::Strong(vec![text("1 < 2 && ]]> 不是标记。")]),
            ruby,
        ]),
        Block::Heading(Heading {
            level: HeadingLevel::Three,
            content: vec![text("价格")],
        }),
        Block::Table(Table {
            caption: Vec::new(),
            rows: vec![
                vec![cell(true, "等级"), cell(true, "元/斤")],
                vec![cell(true, "特级"), cell(false, "800")],
            ],
            ..Table::default()
        }),
        Block::List(List {
            numbering: Some(Numbering::from(3)),
            items: vec![vec![paragraph("三")].into(), vec![paragraph("四")].into()],
        }),
        Block::Quote(vec![paragraph("不喝也行。")]),
        Block::Code("if a < b {\n    brew();\n}".into()),
        Block::Figure(Figure {
            image: picture("kettle", "一把铁壶"),
            caption: Vec::new(),
            link: None,
        }),
        Block::Embed(Embed {
            kind: EmbedKind::Video,
            address: address("https://films.example/watch?v=1"),
            title: "制茶".into(),
            poster: None,
        }),
    ]
}

/// An article with everything, one in English that the archive has no times of, and one without
/// address.
pub fn archive() -> (Vec<Article>, Pictures) {
    let mut full = article(
        "https://morning.example/春茶?id=1",
        "春茶 <开采> & \u{200B}上市",
        "2021-04-05T01:47:06Z",
    );
    full.published = Some(at("2021-04-05T01:00:00Z"));
    full.authors = vec!["林一".into(), "周二".into()];
    full.tags = vec!["茶".into(), "R&D".into()];
    full.rights = Some("© 2021 晨报".into());
    full.credit = Some("（甲社、乙社）".into());
    full.body = Body::new(blocks()).unwrap();
    let mut undated = article(
        "https://evening.example/a",
        "An undated note",
        "2021-01-01T00:00:00Z",
    );
    (undated.published, undated.updated) = (None, None);
    undated.language = Language::new("en");
    undated.source.name = CleanText::line("Evening");
    undated.source.home = None;
    undated.summary = CleanText::default();
    let mut homeless = article(
        "https://morning.example/b",
        "没有地址",
        "2021-04-04T00:00:00Z",
    );
    homeless.id = ArticleId::new(None, b"homeless");
    homeless.address = None;
    homeless.body = Body::default();
    let mut pictures = Pictures::default();
    let original = Original {
        media_type: MediaType::Jpeg,
        length: 34_567,
        width: 1200,
        height: 800,
    };
    let had = Picture {
        original,
        rendition: None,
        place: 0,
    };
    pictures.insert(picture("harvest", "").source, Arc::new(had));
    (vec![full, undated, homeless], pictures)
}

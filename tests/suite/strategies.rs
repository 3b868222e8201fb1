//! Generated articles: every kind of block and inline, and text that writers stumble over.

use offprint::model::{
    Address, AnchorName, Article, ArticleId, ArticleSource, Block, Body, Captioned, Cell,
    CleanText, CodeLanguage, Direction, Embed, EmbedKind, Figure, Formula, Heading, HeadingLevel,
    Image, ImageSource, Inline, Language, LanguageSpan, Link, List, Listing, Math, MathElement,
    Note, NoteReference, ResourceId, Ruby, Table, Target, TextBox, Timestamp,
};
use offprint::model::{
    Alignment, BoxKind, Definition, ListItem, Numbering, Numerals, Phrase, PhraseKind, RowGroup,
    Scope, TablePart,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Text with markup characters, ends of CDATA sections, spaces, characters of several scripts and
/// characters that the model removes.
pub fn text() -> impl Strategy<Value = CleanText> {
    let piece = prop_oneof![
        4 => "[a-z]{1,8}",
        4 => "[一-龥]{1,6}",
        1 => select(vec![
            "<", ">", "&", "\"", "'", "]]>", "&nbsp;", "<script>", "<!-- a -- b -->", "<item>",
            "</entry>", "{{", "\\u0000", "=cmd|",
        ]).prop_map(str::to_owned),
        1 => select(vec![
            "\u{0}", "\u{8}", "\u{1F}", "\u{FFFE}", "\u{200B}", "\u{2028}", "\u{FEFF}", "👩‍👩‍👧",
            "שלום", "\u{202E}", "\r\n", "\n", "\t", " ", "\u{3000}",
        ]).prop_map(str::to_owned),
    ];
    vec(piece, 1..6).prop_map(|pieces| CleanText::new(pieces.concat()))
}

/// One line that is not blank, as titles and names are.
pub fn line() -> impl Strategy<Value = CleanText> {
    text().prop_map(|text| {
        let line = CleanText::line(&text);
        if line.is_blank() {
            CleanText::line("无题")
        } else {
            line
        }
    })
}

/// Addresses of pages.
pub fn address() -> impl Strategy<Value = Address> {
    let path = "[a-z0-9]{1,8}(/[a-z0-9特别]{1,6}){0,2}(\\?[a-z]=[a-z&%20;]{0,6})?";
    (select(vec!["a.example", "b.example", "例子.example"]), path)
        .prop_filter_map("no address", |(host, path)| {
            Address::parse(&format!("https://{host}/{path}"))
        })
}

/// Points in time between 1970 and 2100, and the ends of what is allowed.
pub fn time() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        8 => 0_i64..4_102_444_800_000,
        1 => select(vec![-62_135_596_800_000, -11_644_473_600_000, 253_402_300_799_999]),
    ]
    .prop_filter_map("no time", Timestamp::from_millis)
}

/// Images on the web, behind a proxy or not, and in the page itself.
pub fn image() -> impl Strategy<Value = Image> {
    let web = (address(), any::<bool>()).prop_map(|(origin, proxied)| {
        let proxy = format!("https://proxy.example/?url={origin}");
        let archived = Address::parse(&proxy).filter(|_| proxied);
        ImageSource::Web {
            archived: archived.unwrap_or_else(|| origin.clone()),
            origin,
        }
    });
    let source = prop_oneof![
        5 => web,
        1 => vec(any::<u8>(), 0..8).prop_map(|bytes| ImageSource::Resource {
            id: ResourceId::of(&bytes),
            address: None,
        }),
    ];
    (source, option::of(line()), vec(address(), 0..3)).prop_map(|(source, alternative, others)| {
        let others = others.into_iter().map(|origin| ImageSource::Web {
            archived: origin.clone(),
            origin,
        });
        let mut candidates: Vec<ImageSource> = others.collect();
        if !candidates.is_empty() && !candidates.contains(&source) {
            candidates.push(source.clone());
        }
        Image {
            source,
            alternative: alternative.unwrap_or_default(),
            candidates,
        }
    })
}

fn language() -> impl Strategy<Value = Language> {
    select(vec!["zh-Hans", "zh-Hant", "en", "ar", "fa"])
        .prop_filter_map("no language", Language::new)
}

fn phrase_kind() -> impl Strategy<Value = PhraseKind> {
    select(vec![
        PhraseKind::Highlight,
        PhraseKind::Underline,
        PhraseKind::Insertion,
        PhraseKind::Keyboard,
        PhraseKind::Sample,
        PhraseKind::Variable,
        PhraseKind::Citation,
        PhraseKind::SmallPrint,
        PhraseKind::Abbreviation(CleanText::line("A & \"B\"")),
        PhraseKind::Isolated,
        PhraseKind::Override(Direction::RightToLeft),
    ])
}

fn anchor() -> impl Strategy<Value = AnchorName> {
    (0_usize..3).prop_map(AnchorName::numbered)
}

/// Parts of formulas, nested.
pub fn math() -> impl Strategy<Value = Math> {
    let token = prop_oneof![
        3 => "[a-z]".prop_map(|name| Math::token(MathElement::Identifier, &name)),
        2 => "[0-9]{1,3}".prop_map(|number| Math::token(MathElement::Number, &number)),
        2 => select(vec!["+", "−", "=", "(", ")", "<", "&", "∑", ",", "|"])
            .prop_map(|sign| Math::token(MathElement::Operator, sign)),
        1 => "[a-z]{2,5}( [a-z]{2})?".prop_map(|words| Math::token(MathElement::Text, &words)),
        1 => Just(Math::of(MathElement::Space, Vec::new()).with("width", "1em")),
    ];
    token.prop_recursive(4, 24, 4, |inner| {
        let element = select(vec![
            MathElement::Row,
            MathElement::Fraction,
            MathElement::SquareRoot,
            MathElement::Root,
            MathElement::Superscript,
            MathElement::Subscript,
            MathElement::SubSuperscript,
            MathElement::Over,
            MathElement::UnderOver,
            MathElement::Multiscripts,
            MathElement::Table,
            MathElement::Phantom,
            MathElement::Style,
        ]);
        (element, vec(inner, 0..4), any::<bool>()).prop_map(|(element, parts, styled)| {
            let math = Math::of(element, parts);
            if styled {
                math.with("displaystyle", "true")
            } else {
                math
            }
        })
    })
}

/// Formulas.
pub fn formula() -> impl Strategy<Value = Formula> {
    vec(math(), 1..4).prop_filter_map("nothing to show", |parts| Formula::new(parts, None).ok())
}

/// Formulas, with TeX or without.
pub fn formula_with_text() -> impl Strategy<Value = Formula> {
    let text = option::of(select(vec!["\\frac{a}{b}", "a < b & \"c\"", "x^2"]));
    (vec(math(), 1..4), text).prop_filter_map("nothing to show", |(parts, text)| {
        Formula::new(parts, text).ok()
    })
}

/// Inlines of every kind, nested.
pub fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        8 => text().prop_map(Inline::Text),
        1 => text().prop_map(Inline::Code),
        1 => image().prop_map(Inline::Image),
        1 => Just(Inline::Break),
        1 => anchor().prop_map(Inline::Anchor),
        1 => formula().prop_map(Inline::Formula),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let line = || vec(inner.clone(), 0..3);
        let target = prop_oneof![
            3 => address().prop_map(Target::Address),
            1 => anchor().prop_map(Target::Fragment),
        ];
        let direction = option::of(select(vec![Direction::LeftToRight, Direction::RightToLeft]));
        prop_oneof![
            line().prop_map(Inline::Strong),
            line().prop_map(Inline::Emphasis),
            line().prop_map(Inline::Struck),
            line().prop_map(Inline::Subscript),
            line().prop_map(Inline::Superscript),
            (target, line()).prop_map(|(target, content)| Inline::Link(Link { target, content })),
            (anchor(), line()).prop_map(|(target, content)| {
                Inline::NoteReference(NoteReference { target, content })
            }),
            (line(), line()).prop_map(|(base, annotation)| Inline::Ruby(Ruby { base, annotation })),
            (phrase_kind(), line())
                .prop_map(|(kind, content)| Inline::Phrase(Phrase { kind, content })),
            (option::of(language()), direction, line()).prop_map(
                |(language, direction, content)| Inline::Span(LanguageSpan {
                    language,
                    direction,
                    content,
                })
            ),
        ]
    })
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 0..4)
}

/// Blocks of every kind, nested.
pub fn block() -> impl Strategy<Value = Block> {
    let heading = (1_u8..8, inlines()).prop_map(|(level, content)| Heading {
        level: HeadingLevel::nearest(level),
        content,
    });
    let figure =
        (image(), inlines(), option::of(address())).prop_map(|(image, caption, link)| Figure {
            image,
            caption,
            link,
        });
    let kind = select(vec![EmbedKind::Video, EmbedKind::Audio, EmbedKind::Frame]);
    let embed = (kind, address(), option::of(line()), option::of(image())).prop_map(
        |(kind, address, title, poster)| Embed {
            kind,
            address,
            title: title.unwrap_or_default(),
            poster,
        },
    );
    let leaf = prop_oneof![
        6 => inlines().prop_map(Block::Paragraph),
        1 => heading.prop_map(Block::Heading),
        2 => figure.prop_map(Block::Figure),
        1 => (text(), option::of(select(vec!["rust", "c++", "C#"]))).prop_map(|(text, language)| {
            Block::Code(Listing {
                text,
                language: language.and_then(CodeLanguage::new),
            })
        }),
        1 => Just(Block::Rule),
        1 => embed.prop_map(Block::Embed),
        1 => formula().prop_map(Block::Formula),
        1 => anchor().prop_map(Block::Anchor),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let blocks = move || vec(inner.clone(), 0..3);
        let alignment = option::of(select(vec![
            Alignment::Left,
            Alignment::Center,
            Alignment::Right,
        ]));
        let scope = option::of(select(vec![Scope::Row, Scope::Column, Scope::ColumnGroup]));
        let cell = (
            any::<bool>(),
            0_u16..4,
            0_u16..4,
            alignment,
            scope,
            blocks(),
        )
            .prop_map(|(header, columns, rows, alignment, scope, content)| Cell {
                header,
                columns,
                rows,
                alignment,
                scope,
                headers: Vec::new(),
                content,
            });
        let parts = select(vec![TablePart::Head, TablePart::Body, TablePart::Body]);
        let group = (parts, 0_usize..4).prop_map(|(part, rows)| RowGroup { part, rows });
        let direction = option::of(Just(Direction::RightToLeft));
        let table = (
            inlines(),
            vec(vec(cell, 0..3), 0..3),
            vec(group, 0..3),
            direction,
        )
            .prop_map(|(caption, rows, groups, direction)| Table {
                caption,
                rows,
                groups,
                direction,
            });
        let numerals = select(vec![
            Numerals::Decimal,
            Numerals::LowerLetters,
            Numerals::UpperRoman,
        ]);
        let numbering =
            (any::<i32>(), numerals, any::<bool>()).prop_map(|(start, numerals, reversed)| {
                Numbering {
                    start,
                    numerals,
                    reversed,
                }
            });
        let item = (option::weighted(0.2, any::<i32>()), blocks())
            .prop_map(|(value, content)| ListItem { value, content });
        let list = (option::of(numbering), vec(item, 0..3))
            .prop_map(|(numbering, items)| List { numbering, items });
        let definition = (vec(blocks(), 0..3), vec(blocks(), 0..3))
            .prop_map(|(terms, details)| Definition { terms, details });
        let captioned =
            (blocks(), inlines()).prop_map(|(blocks, caption)| Captioned { blocks, caption });
        prop_oneof![
            captioned.prop_map(Block::Captioned),
            blocks().prop_map(Block::Quote),
            (any::<bool>(), inlines(), blocks()).prop_map(|(folded, title, content)| {
                let kind = if folded {
                    BoxKind::Folded
                } else {
                    BoxKind::Framed
                };
                Block::Box(TextBox {
                    kind,
                    title,
                    content,
                })
            }),
            (option::of(anchor()), blocks())
                .prop_map(|(name, content)| Block::Note(Note { name, content })),
            list.prop_map(Block::List),
            vec(definition, 0..3).prop_map(Block::Definitions),
            table.prop_map(Block::Table),
        ]
    })
}

/// Texts of articles.
pub fn body() -> impl Strategy<Value = Body> {
    vec(block(), 0..6).prop_filter_map("too deep", |blocks| Body::new(blocks).ok())
}

fn source() -> impl Strategy<Value = ArticleSource> {
    (
        select(vec!["德国之声", "BBC", "A & <B>", ""]),
        option::of(address()),
    )
        .prop_map(|(name, home)| ArticleSource {
            name: CleanText::line(name),
            home: home.and_then(|home| home.site()),
        })
}

/// Articles. Their ids may repeat; see [`archive`].
pub fn article() -> impl Strategy<Value = Article> {
    let dates = (option::of(time()), option::of(time()));
    let names = (vec(line(), 0..3), vec(line(), 0..3));
    let ends = (option::of(line()), option::of(line()), option::of(text()));
    let identity = (option::of(address()), any::<u64>(), line(), source());
    (identity, dates, names, ends, option::of(language()), body()).prop_map(
        |(
            (address, seed, title, source),
            (published, updated),
            (authors, tags),
            ends,
            language,
            body,
        )| {
            let (rights, credit, summary) = ends;
            Article {
                id: ArticleId::new(address.as_ref().map(Address::as_str), &seed.to_le_bytes()),
                title,
                address,
                source,
                authors,
                published: published.min(updated).or(published),
                published_day: None,
                updated: updated.max(published),
                language,
                tags,
                rights,
                credit,
                summary: summary
                    .map(|text| CleanText::line(&text))
                    .unwrap_or_default(),
                body,
            }
        },
    )
}

/// Articles with distinct ids, in the order of the catalogue.
pub fn archive() -> impl Strategy<Value = Vec<Article>> {
    vec(article(), 0..6).prop_map(|mut articles| {
        in_order(&mut articles);
        articles.dedup_by(|one, other| one.id == other.id);
        let mut seen = std::collections::BTreeSet::new();
        articles.retain(|article| seen.insert(article.id.clone()));
        articles
    })
}

/// Sorts as the catalogue does: by time of publication, then id, undated last.
pub fn in_order(articles: &mut [Article]) {
    articles.sort_by(|one, other| {
        let rank = |article: &Article| (article.published.is_none(), article.published);
        rank(one)
            .cmp(&rank(other))
            .then_with(|| one.id.cmp(&other.id))
    });
}

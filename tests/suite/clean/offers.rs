//! What a page offers for one picture.

use super::clean;
use super::sketch::picture;
use offprint::model::{Image, ImageSource};

/// The files that a picture may be had as, best first.
fn places(html: &str) -> Vec<String> {
    let text = clean(html);
    let images = text.blocks.images();
    assert_eq!(images.len(), 1, "{html}");
    let of = |source: &ImageSource| picture(&Image::new(source.clone(), "".into()));
    let places = images[0].places().iter().map(of);
    places
        .map(|place| place.replace("news.example/", ""))
        .collect()
}

#[test]
fn book_11_the_best_offer_comes_first() {
    for (html, expected) in [
        ("<img src='/a.jpg'>", vec!["a.jpg"]),
        (
            "<img src='/s.jpg' srcset='/s.jpg 400w, /l.jpg 1600w, /xl.jpg 9000w'>",
            vec!["l.jpg", "s.jpg", "xl.jpg"],
        ),
        (
            "<img src='/a.jpg' srcset='/b.jpg 2x'>",
            vec!["b.jpg", "a.jpg"],
        ),
        (
            "<picture><source type='image/avif' srcset='/a.avif'><source type='image/webp' srcset='/a.webp'>\
             <img src='/a.jpg'></picture>",
            vec!["a.jpg", "a.webp", "a.avif"],
        ),
        (
            "<picture><source type='image/webp' srcset='/a.webp 1600w'><img src='/a.jpg'></picture>",
            vec!["a.webp", "a.jpg"],
        ),
        (
            "<picture><source media='(prefers-color-scheme: dark)' srcset='/dark.jpg 2x'><img src='/a.jpg'>\
             </picture>",
            vec!["a.jpg"],
        ),
        (
            "<img class=lazy src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' \
             data-src='/a.jpg' data-srcset='/b.jpg 1600w'>",
            vec!["b.jpg", "a.jpg"],
        ),
        (
            "<a href='/full/tower.jpg'><img src='/tower-150x100.jpg'></a>",
            vec!["full/tower.jpg", "tower-150x100.jpg"],
        ),
        (
            "<a href='/s1600/IMG.JPG'><img src='/s320/IMG.JPG'></a>",
            vec!["s1600/IMG.JPG", "s320/IMG.JPG"],
        ),
        (
            "<a href='/other.jpg'><img src='/tower.jpg'></a>",
            vec!["tower.jpg"],
        ),
    ] {
        assert_eq!(places(html), expected, "{html}");
    }
}

#[test]
fn book_11_two_copies_of_a_picture_offer_what_both_name() {
    assert_eq!(
        places("<img src='/a-800x600.jpg'><img src='/a.jpg'>"),
        ["a-800x600.jpg", "a.jpg"]
    );
}

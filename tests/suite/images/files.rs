//! Pictures in the mirror: what becomes of them.

use super::*;
use offprint::model::MediaType;

#[test]
fn a_jpeg_that_fits_passes_through_untouched() {
    let (cache, mirror) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let picture = samples::jpeg(300, 200);
    lay(mirror.path(), "a.example/x.jpg", &picture);
    let library = open(offline(cache.path(), mirror.path()));
    let had = get(&library, "https://a.example/x.jpg");
    let rendition = rendition(&had, "https://a.example/x.jpg");
    assert_eq!(bytes(&rendition), picture);
    assert_eq!(
        rendition.bytes,
        PictureBytes::File(mirror.path().join("a.example/x.jpg"))
    );
    assert_eq!(library.counts().from_mirror, 1);
    assert_eq!(library.counts().bytes, picture.len() as u64);
}

#[test]
fn webp_becomes_jpeg_or_png_by_content() {
    let (cache, mirror) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let webp = |image: &DynamicImage| samples::encoded(image, image::ImageFormat::WebP);
    lay(mirror.path(), "a.example/photo", &samples::webp(300, 200));
    lay(
        mirror.path(),
        "a.example/drawing",
        &webp(&samples::drawing(300, 200)),
    );
    lay(
        mirror.path(),
        "a.example/glass",
        &webp(&samples::transparent(60, 40)),
    );
    let library = open(offline(cache.path(), mirror.path()));
    for (name, expected) in [
        ("photo", MediaType::Jpeg),
        ("drawing", MediaType::Png),
        ("glass", MediaType::Png),
    ] {
        let address = format!("https://a.example/{name}");
        let had = get(&library, &address);
        let rendition = rendition(&had, &address);
        assert_eq!(rendition.media_type, expected, "{name}");
        let _ = pixels(&rendition);
    }
}

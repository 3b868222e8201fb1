//! Outputs that are so long that they begin to reach the disk while they are being written.

use super::trace::{Fate, Fault, suffer};
use crate::faults::place::{Place, run};
use crate::images::samples::encoded;
use crate::numbers::Numbers;
use image::{DynamicImage, ImageFormat, RgbImage};

/// Three articles whose pictures take 20 MB, which nothing makes smaller.
fn archive() -> Place {
    let place = Place::with_archive(3);
    for picture in 0..3 {
        let mut numbers = Numbers(picture);
        let pixels = (0..1600 * 1400 * 3).map(|_| numbers.pick(256) as u8);
        let noise = RgbImage::from_raw(1600, 1400, pixels.collect()).unwrap();
        let bytes = encoded(&DynamicImage::ImageRgb8(noise), ImageFormat::Png);
        place.write(&format!("mirror/pictures.example/{picture}"), bytes);
    }
    place
}

#[test]
fn a_disk_that_fails_under_a_long_output_ends_the_run() {
    let place = archive();
    let options = ["-t", "epub", "--image-mirror", "mirror"];
    run(&mut place.build(&options)).with(0);
    run(&mut place.offprint(&["check", "out"])).with(0);
    let before = place.outputs();
    place.article(3, "new");
    for (error, said) in [("EIO", "Input/output error"), ("ENOSPC", "No space left")] {
        let fault = Fault {
            call: "fdatasync".to_owned(),
            fate: Fate::Error(error),
            when: 1,
            path: None,
        };
        let (ended, _) = suffer(&place, &place.build(&options), &fault);
        let output = format!("cannot write out/archive.epub: {said}");
        ended
            .with(2)
            .saying(&[&output, "earlier outputs are untouched"]);
        assert!(place.outputs() == before, "{error}");
    }
    run(&mut place.build(&options)).with(0);
    run(&mut place.offprint(&["check", "out"])).with(0);
    assert!(place.outputs() != before);
}

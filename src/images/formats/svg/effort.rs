//! What a drawing (SVG) costs to draw, before it is drawn: pixels touched, and memory held.
//!
//! A few bytes can ask for any amount of work: a thousand rectangles over the whole canvas, a line
//! of a billion dashes, a filter that looks at a thousand neighbours of each pixel. The bounds are
//! far above what drawings in articles need, and the same on every machine.

use crate::images::failure::Failure;
use resvg::tiny_skia::Path as Outline;
use resvg::usvg::filter::Kind;
use resvg::usvg::{ClipPath, Group, Mask, Node, Paint, Path, Rect, Stroke, Tree};

/// The most pixels that may be touched: some seconds of work.
const PIXELS: f64 = 1e9;
/// The most memory that layers may take at the same time, in bytes.
const MEMORY: f64 = 160e6;
/// What a pixel of an ordinary filter step costs; what one of a blur costs.
const FILTER: f64 = 4.0;
const BLUR: f64 = 20.0;
/// What a row of a shape's edge costs: its pixels are computed more finely.
const EDGE: f64 = 4.0;

/// What drawing has cost so far.
struct Effort {
    /// The canvas in pixels.
    width: f64,
    height: f64,
    /// Pixels for each of the drawing's units.
    scale: f64,
    pixels: f64,
}

/// Checks that a drawing can be drawn on a canvas within the bounds.
///
/// # Errors
/// Where it can't.
pub(in crate::images) fn check(tree: &Tree, canvas: (u32, u32)) -> Result<(), Failure> {
    let (width, height) = (f64::from(canvas.0), f64::from(canvas.1));
    let scale = width / f64::from(tree.size().width());
    let mut effort = Effort {
        width,
        height,
        scale: scale.max(height / f64::from(tree.size().height())),
        pixels: 0.0,
    };
    effort.group(tree.root(), 0.0)
}

fn too_complex() -> Failure {
    Failure::unusable("the drawing is too complex")
}

impl Effort {
    fn canvas(&self) -> f64 {
        self.width * self.height
    }

    fn spend(&mut self, pixels: f64) -> Result<(), Failure> {
        self.pixels += pixels;
        // What is not a number is refused too.
        if self.pixels <= PIXELS {
            Ok(())
        } else {
            Err(too_complex())
        }
    }

    /// The bytes held when some more layers of the canvas's size are.
    fn hold(&self, held: f64, layers: usize) -> Result<f64, Failure> {
        let held = held + self.canvas() * 4.0 * layers as f64;
        if held <= MEMORY {
            Ok(held)
        } else {
            Err(too_complex())
        }
    }

    /// Adds up a group. `held` are the bytes of the layers that it is drawn on.
    fn group(&mut self, group: &Group, held: f64) -> Result<(), Failure> {
        let mut held = held;
        if group.should_isolate() {
            held = self.hold(held, 1)?;
            self.spend(self.canvas())?;
        }
        for filter in group.filters() {
            // Each step's result is held to the end.
            self.hold(held, filter.primitives().len() + 1)?;
            for step in filter.primitives() {
                self.spend(self.canvas() * filter_cost(step.kind())?)?;
            }
        }
        group
            .clip_path()
            .map_or(Ok(()), |path| self.clip_path(path, held))?;
        group.mask().map_or(Ok(()), |mask| self.mask(mask, held))?;
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, held)?,
                Node::Path(path) => self.path(path, held)?,
                Node::Text(text) => self.group(text.flattened(), held)?,
                Node::Image(_) => {}
            }
        }
        Ok(())
    }

    fn clip_path(&mut self, path: &ClipPath, held: f64) -> Result<(), Failure> {
        let held = self.hold(held, 1)?;
        self.spend(self.canvas())?;
        self.group(path.root(), held)?;
        path.clip_path()
            .map_or(Ok(()), |path| self.clip_path(path, held))
    }

    fn mask(&mut self, mask: &Mask, held: f64) -> Result<(), Failure> {
        let held = self.hold(held, 2)?;
        self.spend(2.0 * self.canvas())?;
        self.group(mask.root(), held)?;
        mask.mask().map_or(Ok(()), |mask| self.mask(mask, held))
    }

    fn path(&mut self, path: &Path, held: f64) -> Result<(), Failure> {
        let transform = path.abs_transform();
        let (x, y) = transform.get_scale();
        let scale = self.scale * f64::from(x.max(y));
        let area = self.area(path.abs_stroke_bounding_box());
        let edges = self.edges(path.data(), scale);
        // The edges in a row are kept in order from row to row, so that all that cross cost more.
        let in_a_row = edges / self.height;
        let edges = edges + in_a_row * in_a_row;
        if let Some(fill) = path.fill() {
            self.spend(area + EDGE * edges)?;
            self.paint(fill.paint(), held)?;
        }
        if let Some(stroke) = path.stroke() {
            let pieces = dashes(stroke, path.data());
            self.spend(area + 4.0 * EDGE * edges + 64.0 * pieces)?;
            self.paint(stroke.paint(), held)?;
        }
        Ok(())
    }

    fn paint(&mut self, paint: &Paint, held: f64) -> Result<(), Failure> {
        let Paint::Pattern(pattern) = paint else {
            return Ok(());
        };
        let held = self.hold(held, 1)?;
        self.spend(self.canvas())?;
        self.group(pattern.root(), held)
    }

    /// The part of the canvas that a box covers, in pixels.
    fn area(&self, bounds: Rect) -> f64 {
        let width = f64::from(bounds.width()) * self.scale;
        let height = f64::from(bounds.height()) * self.scale;
        width.clamp(1.0, self.width) * height.clamp(1.0, self.height)
    }

    /// The rows of the canvas that the outline's pieces cross, all together.
    fn edges(&self, outline: &Outline, scale: f64) -> f64 {
        let lengths = lengths(outline);
        lengths
            .map(|length| (length * scale).clamp(1.0, self.height))
            .sum()
    }
}

/// What a filter step costs for each pixel.
///
/// # Errors
/// For steps whose cost grows with their parameters, or that draw something of their own.
fn filter_cost(kind: &Kind) -> Result<f64, Failure> {
    match kind {
        Kind::ConvolveMatrix(_) | Kind::Image(_) | Kind::Morphology(_) | Kind::Turbulence(_) => {
            Err(too_complex())
        }
        Kind::GaussianBlur(_) | Kind::DropShadow(_) => Ok(BLUR),
        _ => Ok(FILTER),
    }
}

/// How many dashes a stroke has.
fn dashes(stroke: &Stroke, outline: &Outline) -> f64 {
    let Some(pattern) = stroke.dasharray().filter(|pattern| !pattern.is_empty()) else {
        return 0.0;
    };
    let period: f64 = pattern.iter().map(|dash| f64::from(*dash)).sum();
    let length: f64 = lengths(outline).sum();
    length / period * pattern.len() as f64
}

/// The lengths of the outline's pieces, not less than they are: curves by their control points.
fn lengths(outline: &Outline) -> impl Iterator<Item = f64> {
    let points = outline.points();
    points.windows(2).map(|pair| match pair {
        [from, to] => f64::from((to.x - from.x).abs()) + f64::from((to.y - from.y).abs()),
        _ => 0.0,
    })
}

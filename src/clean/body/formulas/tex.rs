//! Formulas of which only the TeX is there.

use super::mathml;
use crate::model::Math;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// TeX of at most so many bytes can't nest deep enough to fill a stack.
const SHORT: usize = 200;
/// The most bytes that are read.
const LONGEST: usize = 5_000;
/// The stack for what is longer: the parser recurses, at worst once for every byte.
const STACK: usize = 64 << 20;

/// The parts of a formula in TeX. Nothing where a command is unknown.
pub(super) fn parts(text: &str, alone: bool) -> Option<Vec<Math>> {
    if text.trim().is_empty() || text.len() > LONGEST {
        return None;
    }
    let display = if alone {
        MathDisplay::Block
    } else {
        MathDisplay::Inline
    };
    let markup = if text.len() <= SHORT {
        converted(text, display)
    } else {
        let text = text.to_owned();
        let thread = thread::Builder::new().stack_size(STACK);
        let running = thread.spawn(move || converted(&text, display)).ok()?;
        running.join().ok().flatten()
    };
    mathml::parsed(&markup?)
}

fn converted(text: &str, display: MathDisplay) -> Option<String> {
    let attempt = AssertUnwindSafe(|| {
        let converter = LatexToMathML::new(MathCoreConfig::default()).ok()?;
        let result = converter.convert_with_local_state(text, display).ok()?;
        Some(result.mathml)
    });
    // A parser that gives up must not cost the article: its TeX stays.
    catch_unwind(attempt).ok().flatten()
}

//! Ruby in the making: each base finds its annotation, whatever the order in which they come.
//!
//! Annotations follow their base, or all bases come first and all annotations then, in one container
//! (`rtc`) or two. A run is what stands between an annotation and the next base.

use crate::model::Inline;

/// Bases with their annotations so far.
#[derive(Debug, Default)]
pub(in crate::clean::body) struct Draft {
    parts: Vec<(Vec<Inline>, Vec<Inline>)>,
    /// Where the run begins.
    run: usize,
    /// How many annotations of the run were given, in this pass over its bases and in any.
    given: usize,
    most: usize,
}

impl Draft {
    /// Ends a base.
    pub fn push_base(&mut self, base: Vec<Inline>) {
        if base.is_empty() {
            return;
        }
        if self.most > 0 {
            self.end_run();
        }
        self.parts.push((base, Vec::new()));
    }

    /// Adds an annotation to the first base of the run that has none in this pass.
    pub fn push_annotation(&mut self, annotation: Vec<Inline>) {
        match self.parts.get_mut(self.run + self.given) {
            Some((_, own)) => {
                if !own.is_empty() && !annotation.is_empty() {
                    own.push(Inline::Text(" ".into()));
                }
                own.extend(annotation);
            }
            None => self.parts.push((Vec::new(), annotation)),
        }
        self.given += 1;
        self.most = self.most.max(self.given);
    }

    /// Begins annotations anew: those to come belong to the same bases as those before.
    pub fn begin_pass(&mut self) {
        self.given = 0;
    }

    /// One annotation of several bases is that of all together.
    fn end_run(&mut self) {
        let bases = self.parts.split_off(self.run.min(self.parts.len()));
        if self.most == 1 && bases.len() > 1 {
            let mut whole = (Vec::new(), Vec::new());
            for (base, annotation) in bases {
                whole.0.extend(base);
                whole.1.extend(annotation);
            }
            self.parts.push(whole);
        } else {
            self.parts.extend(bases);
        }
        self.run = self.parts.len();
        self.given = 0;
        self.most = 0;
    }

    /// The bases with their annotations; either may be empty.
    pub fn finish(mut self) -> Vec<(Vec<Inline>, Vec<Inline>)> {
        self.end_run();
        self.parts
    }
}

//! Numbers drawn by lot, for histories of archives.

/// A small generator of numbers, so that what is drawn by lot is the same each time.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number from 0 up to the bound, without it.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A position in a list of this length.
    pub fn pick(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }
}

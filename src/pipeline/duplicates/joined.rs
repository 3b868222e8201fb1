//! Groups that grow together.

/// Groups that grow together (union-find).
pub(super) struct Joined<'ranks> {
    before: Vec<usize>,
    ranks: &'ranks [usize],
}

impl<'ranks> Joined<'ranks> {
    pub(super) fn new(ranks: &'ranks [usize]) -> Self {
        Joined {
            before: (0..ranks.len()).collect(),
            ranks,
        }
    }

    /// The first of the group that a record belongs to.
    pub(super) fn first(&mut self, mut at: usize) -> usize {
        while let Some(&before) = self.before.get(at)
            && before != at
        {
            // Each step halves the way for the next who goes it.
            let further = self.before.get(before).copied().unwrap_or(before);
            if let Some(slot) = self.before.get_mut(at) {
                *slot = further;
            }
            at = further;
        }
        at
    }

    pub(super) fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.first(left), self.first(right));
        let rank = |at: usize| self.ranks.get(at).copied();
        let (first, second) = if rank(left) <= rank(right) {
            (left, right)
        } else {
            (right, left)
        };
        if let Some(slot) = self.before.get_mut(second) {
            *slot = first;
        }
    }
}

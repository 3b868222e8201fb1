//! A counting semaphore: a bound on how many pictures are decoded at once, and on the memory that
//! they take together.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lets only so much work begin that its memory stays within a bound.
#[derive(Debug)]
pub(in crate::images) struct MemoryBudget {
    capacity: u64,
    places: usize,
    used: Mutex<Used>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Used {
    memory: u64,
    places: usize,
}

/// A share in the budget, given back when it is dropped.
#[derive(Debug)]
pub(in crate::images) struct Permit<'budget> {
    budget: &'budget MemoryBudget,
    memory: u64,
}

impl MemoryBudget {
    /// A budget for `places` pictures at once and `capacity` bytes.
    pub fn new(places: usize, capacity: u64) -> Self {
        MemoryBudget {
            capacity,
            places: places.max(1),
            used: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    /// Waits until there is room. Work that needs more than there is waits until it is alone.
    pub fn acquire(&self, memory: u64) -> Permit<'_> {
        let memory = memory.min(self.capacity);
        let mut used = self.used();
        while used.places >= self.places || used.memory + memory > self.capacity {
            used = self
                .freed
                .wait(used)
                .unwrap_or_else(PoisonError::into_inner);
        }
        used.places += 1;
        used.memory += memory;
        Permit {
            budget: self,
            memory,
        }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut used = self.budget.used();
        used.places -= 1;
        used.memory -= self.memory;
        drop(used);
        self.budget.freed.notify_all();
    }
}

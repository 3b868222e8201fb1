//! A bound on how many pictures are decoded at once, and on the memory that they take together.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lets only so much work begin that its memory stays within a bound.
#[derive(Debug)]
pub(super) struct Gate {
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

/// Leave to work, until it is dropped.
#[derive(Debug)]
pub(super) struct Pass<'gate> {
    gate: &'gate Gate,
    memory: u64,
}

impl Gate {
    /// A gate for `places` pictures at once and `capacity` bytes.
    pub fn new(places: usize, capacity: u64) -> Self {
        Gate {
            capacity,
            places: places.max(1),
            used: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    /// Waits until there is room. Work that needs more than there is waits until it is alone.
    pub fn enter(&self, memory: u64) -> Pass<'_> {
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
        Pass { gate: self, memory }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut used = self.gate.used();
        used.places -= 1;
        used.memory -= self.memory;
        drop(used);
        self.gate.freed.notify_all();
    }
}

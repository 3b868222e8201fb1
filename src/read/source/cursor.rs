//! Goes over a file from first to last and knows position and line, holding a few bytes at a time.

use crate::read::Source;
use memchr::{memchr_iter, memmem};
use std::io;

/// How many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// A place in a file on the way to its end.
pub(in crate::read) struct Cursor<'source> {
    source: &'source dyn Source,
    buffer: Vec<u8>,
    /// The position in the file of the buffer's first byte.
    buffer_start: u64,
    /// The place in the buffer.
    next: usize,
    line: u32,
    /// The byte before the place.
    previous: Option<u8>,
    /// The byte before that.
    previous_but_one: Option<u8>,
}

impl<'source> Cursor<'source> {
    /// At the beginning of a source.
    pub(in crate::read) fn new(source: &'source dyn Source) -> Self {
        Cursor::at(source, 0, 1)
    }

    /// At a position of a source, which lies on this line.
    pub(in crate::read) fn at(source: &'source dyn Source, position: u64, line: u32) -> Self {
        Cursor {
            source,
            buffer: Vec::new(),
            buffer_start: position,
            next: 0,
            line,
            previous: None,
            previous_but_one: None,
        }
    }

    /// The byte before the one that was passed over last.
    pub(in crate::read) fn previous_but_one(&self) -> Option<u8> {
        self.previous_but_one
    }

    /// The byte that was passed over last.
    pub(in crate::read) fn previous(&self) -> Option<u8> {
        self.previous
    }

    /// The position in the file.
    pub(in crate::read) fn position(&self) -> u64 {
        self.buffer_start + self.next as u64
    }

    /// The line, counted from 1.
    pub(in crate::read) fn line(&self) -> u32 {
        self.line
    }

    /// The next bytes, as many as are asked for, fewer at the end of the file.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(in crate::read) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.rest().len() < count && self.fill()? {}
        let rest = self.rest();
        Ok(rest.get(..count).unwrap_or(rest))
    }

    /// Passes over so many bytes, which were seen before.
    pub(in crate::read) fn advance(&mut self, count: usize) {
        let passed = self.rest().get(..count).unwrap_or(self.rest());
        let lines = memchr_iter(b'\n', passed).count();
        let line = self
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        let count = passed.len();
        let (last, but_one) = match passed {
            [.., but_one, last] => (Some(*last), Some(*but_one)),
            [last] => (Some(*last), self.previous),
            [] => (self.previous, self.previous_but_one),
        };
        self.line = line;
        (self.previous, self.previous_but_one) = (last, but_one);
        self.next += count;
    }

    /// Goes to where the next of some bytes stands and gives it; none at the end of the file.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(in crate::read) fn seek_any(&mut self, wanted: [u8; 3]) -> io::Result<Option<u8>> {
        let [first, second, third] = wanted;
        loop {
            let rest = self.rest();
            if let Some(at) = memchr::memchr3(first, second, third, rest) {
                let byte = rest.get(at).copied();
                self.advance(at);
                return Ok(byte);
            }
            self.advance(rest.len());
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Goes to where a text stands; says whether it does.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(in crate::read) fn seek(&mut self, text: &[u8]) -> io::Result<bool> {
        loop {
            let rest = self.rest();
            if let Some(at) = memmem::find(rest, text) {
                self.advance(at);
                return Ok(true);
            }
            // The text's beginning may stand at the end of what was read.
            let kept = text.len().saturating_sub(1);
            self.advance(rest.len().saturating_sub(kept));
            if !self.fill()? {
                self.advance(self.rest().len());
                return Ok(false);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.next..).unwrap_or_default()
    }

    /// Reads more; says whether there was any.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.next);
        self.buffer_start += self.next as u64;
        self.next = 0;
        let read = self.buffer.len();
        let position = self.buffer_start + read as u64;
        self.buffer.resize(read + CHUNK, 0);
        let room = self.buffer.get_mut(read..).unwrap_or_default();
        let count = self.source.read_at(position, room);
        self.buffer.truncate(read + *count.as_ref().unwrap_or(&0));
        Ok(count? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::MemorySource;

    #[test]
    fn a_text_is_found_across_the_borders_of_what_is_read_at_a_time() {
        for before in [0, 1, CHUNK - 3, CHUNK - 1, CHUNK, 3 * CHUNK + 5] {
            let text = format!("{}\n]]>end", "x".repeat(before));
            let source = MemorySource::new("a", text.as_bytes());
            let mut cursor = Cursor::new(&source);
            assert!(cursor.seek(b"]]>").unwrap());
            assert_eq!(cursor.position(), before as u64 + 1);
            assert_eq!(cursor.line(), 2);
            cursor.advance(3);
            assert_eq!(cursor.peek(10).unwrap(), b"end");
            assert!(!cursor.seek(b"]]>").unwrap());
            assert_eq!(cursor.position(), text.len() as u64);
        }
    }
}

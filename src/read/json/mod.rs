//! JSON that is read where it stands: arrays of any length an element at a time, objects with each of their members.

pub(super) mod array;
pub(super) mod members_of_object;

//! ZIP archives: what their directory says they hold, and their members' bytes.

pub(super) mod directory;
pub(super) mod members;

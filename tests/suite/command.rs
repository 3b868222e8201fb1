//! Tests of command.

//! Diagnostics for a terminal.

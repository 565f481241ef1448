//! Diagnostics for other programs.

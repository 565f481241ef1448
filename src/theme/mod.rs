//! Themes.
pub mod contract;
pub mod shape;

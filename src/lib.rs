//! Afterword.
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod document;
mod error;
pub mod output;
pub mod path;
pub mod scaffold;
pub mod preview;
pub mod source;
pub mod theme;

pub use error::Error;

//! Afterword.
pub mod checks;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod document;
mod error;
pub mod output;
pub mod path;
pub mod pipeline;
pub mod preview;
pub mod records;
pub mod render;
pub mod scaffold;
pub mod site;
pub mod source;
pub mod theme;

pub use error::Error;

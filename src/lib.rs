//! Afterword.
pub mod data;
pub mod diagnostic;
mod error;
pub mod output;
pub mod path;
pub mod source;
pub mod theme;

pub use error::Error;

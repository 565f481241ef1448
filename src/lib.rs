//! Afterword.
pub mod data;
pub mod diagnostic;
mod error;
pub mod path;
pub mod scaffold;
pub mod preview;
pub mod source;
pub mod theme;

pub use error::Error;

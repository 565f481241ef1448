//! Themes.
pub mod contract;
pub mod shape;

use crate::data::{Node, Spanned};

/// `[theme]` of `site.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSettings {
    /// The name.
    pub name: Spanned<String>,
    /// Design tokens.
    pub tokens: Vec<(Spanned<String>, Node)>,
}

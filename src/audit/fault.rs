//! A mistake in a finished page, before it is known who made it.

use std::ops::Range;

use crate::diagnostic::Code;

/// A mistake in a finished page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub code: Code,
    /// What it is; completed by the address of the page.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where it stands in the page: most often a tag.
    pub span: Range<usize>,
    /// Words that its author may have written, such as those of a link; empty when there are none.
    pub words: String,
}

impl Fault {
    /// A mistake at a place of the page.
    pub fn new(code: Code, message: impl Into<String>, span: &Range<usize>) -> Self {
        Self {
            code,
            message: message.into(),
            help: String::new(),
            span: span.clone(),
            words: String::new(),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says which words of an author it is about.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }
}

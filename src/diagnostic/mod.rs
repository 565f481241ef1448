//! What an author can fix: where it is, what it is, and what to do.
//!
//! Stages gather [`Diagnostic`]s and go on, so that one mistake does not hide ten others. What the
//! machine denies (disk, port) is an [`Error`](crate::Error) instead. This room knows how to say
//! things, never when: the checks and stages decide that.
//!
//! To add a kind of diagnostic: one line in [`codes`] and its page of the [`manual`]; to change how one
//! looks: [`terminal`], [`json`], [`sarif`] and [`github`].

pub mod codes;
pub mod github;
pub mod json;
pub mod manual;
mod position;
pub mod sarif;
mod suggest;
pub mod terminal;

use std::fmt;
use std::ops::Range;
use std::path::{Component, Path};

pub use codes::Code;
pub use position::{LineColumn, line_column};
pub use suggest::nearest;

use crate::path::SourcePath;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while one of these stands.
    Error,
    /// Published, but worth mending. Counts as an error under `check --strict`.
    Warning,
    /// Worth knowing, such as what is still to come. `check` tells it and never fails for it.
    Note,
}

impl Severity {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word for it, such as `warning`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A stretch of a file, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file. Files of the built-in theme are named as if they lay in the site folder.
    pub path: SourcePath,
    /// Byte offsets into the file, start before end. Empty (`n..n`) for "the place after".
    pub span: (usize, usize),
    /// One phrase, printed beside the marks; may be empty.
    pub text: String,
}

impl Label {
    /// A label at a byte range.
    pub fn new(path: &SourcePath, span: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            path: path.clone(),
            span: (span.start, span.end),
            text: text.into(),
        }
    }
}

/// One thing that an author can fix.
///
/// Ordered by severity, then place, so that a sorted list reads worst first and file by file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is: the first label is the place itself, the others are related places. Empty when
    /// there is no file to point at, such as for a file that is missing.
    pub labels: Vec<Label>,
    /// Which kind it is.
    pub code: Code,
    /// One phrase, lower case, no full stop, the author's own words in backticks.
    pub message: String,
    /// The next step; may be empty.
    pub help: String,
}

impl Diagnostic {
    /// A diagnostic with the severity that its code has by default.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: code.severity(),
            labels: Vec::new(),
            code,
            message: message.into(),
            help: String::new(),
        }
    }

    /// Adds a place; the first one added is where the diagnostic is.
    #[must_use]
    pub fn at(mut self, path: &SourcePath, span: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label::new(path, span, text));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says "did you mean", when one of the candidates is near; else the given words.
    #[must_use]
    pub fn suggest<'a>(
        self,
        written: &str,
        candidates: impl IntoIterator<Item = &'a str>,
        otherwise: impl Into<String>,
    ) -> Self {
        match nearest(written, candidates) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise),
        }
    }
}

/// The code of a finding and the words at its place, for tests: `unknown-key "titel"`.
#[cfg(test)]
pub(crate) fn shown(finding: &Diagnostic, text: &str) -> String {
    let (start, end) = finding.labels[0].span;
    format!("{} {:?}", finding.code, &text[start..end])
}

/// Sorts worst first and by place, and drops what is there twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}

/// A file of a site as it is seen from the folder in which the program runs, with `/` between names.
/// `folder` is the path of the site from there.
fn seen_from(folder: &Path, path: &SourcePath) -> String {
    let mut seen = String::new();
    for part in folder.components() {
        match part {
            Component::CurDir => continue,
            Component::RootDir => seen.push('/'),
            Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => {
                seen.push_str(&part.as_os_str().to_string_lossy());
                seen.push('/');
            }
        }
    }
    seen.push_str(path.as_str());
    seen
}

/// Gives the text of a file that a label points into.
pub trait Sources {
    /// The text, or `None` when the file is gone or is not text.
    fn text(&self, path: &SourcePath) -> Option<&str>;
}

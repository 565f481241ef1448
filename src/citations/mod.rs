//! How citations and reference lists are printed, by any CSL style.
//!
//! [`Citer::page`] is given the citations of a page in reading order, and gives their marks and the
//! reference list. It knows works, styles and languages, and nothing of pages, files or templates.
//!
//! The CSL engine is hayagriva's. It is right, but takes milliseconds for a page, it does not escape
//! HTML, and it has traps. So it is asked for one work at a time, what it answers is remembered, and a
//! page is put together from that; it is asked for several works at once only where they need each
//! other, such as two works of one author in one year.
//!
//! | What | Where |
//! | --- | --- |
//! | which styles there are, and whether a file is one | [`style`], [`tags`] |
//! | what is mended in styles and in bibliographic data, and why | [`mend`], [`asked`], [`item`], [`title`], [`locator`] |
//! | the questions to the engine | [`engine`] |
//! | its answers, taken apart | [`printed`] |
//! | brackets, delimiters, order, numbers, letters | [`page`], [`join`], [`notes`] |
//! | escaping and links | [`html`] |
//!
//! Nothing here may depend on which page is printed first: what is remembered is remembered by all
//! that it depends on. `tests/citations/` compares the whole with Pandoc.

mod asked;
mod citer;
mod engine;
mod html;
mod item;
mod join;
mod locale;
mod locator;
mod memory;
mod mend;
mod names;
mod notes;
mod others;
mod page;
mod printed;
mod sets;
mod style;
mod tags;
#[cfg(test)]
mod tests;
mod title;

use crate::records::works::WorkId;

pub use citer::Citer;
pub use html::to_text;
pub use others::OTHERS;
pub use style::Style;

/// One place where works are cited.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cluster {
    /// How it stands in the sentence.
    pub form: Form,
    /// The works, in the order in which they are written.
    pub items: Vec<ClusterItem>,
}

/// How a citation stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In brackets of its own, or as a number: `[@key]`.
    Bracketed,
    /// The author is part of the sentence: `@key says`. Such a cluster has its own work first; more
    /// works follow when it is written `@key [p. 3; @other]`.
    InText,
}

/// A work in a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClusterItem {
    /// The work.
    pub work: WorkId,
    /// Which part of it.
    pub locator: Option<Locator>,
    /// What stands before it, as HTML without links; may be empty.
    pub prefix: String,
    /// What stands after it, as HTML without links; may be empty. Begins with its own space or comma.
    pub suffix: String,
    /// The author is not named again: `[-@key]`.
    pub is_author_suppressed: bool,
}

/// A part of a work: `p. 3`, `chap. 2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// The CSL name of the kind of part: `page`, `chapter`, `section` ...
    pub label: &'static str,
    /// Which one: `3-5`, `iv`.
    pub value: String,
}

/// The citations of a page and its reference list, printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cited {
    /// The mark of each cluster, in the order in which they were given.
    pub marks: Vec<Mark>,
    /// The reference list in the order of the style, each work once.
    pub entries: Vec<Entry>,
}

/// The mark of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Who is named in the sentence before the mark, as HTML. Only for raised marks and notes whose
    /// author is part of the sentence; otherwise the names are a piece of the mark.
    pub named: String,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// True when the style raises it above the line.
    pub is_raised: bool,
    /// True when the style prints citations as notes at the foot: the mark is then the text of the
    /// note.
    pub is_note: bool,
}

/// A piece of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Brackets, commas, prefixes and suffixes: HTML.
    Between(String),
    /// What stands for a work, and will be a link.
    Work {
        /// The work.
        work: WorkId,
        /// The HTML.
        html: String,
    },
}

/// An entry of a reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The work.
    pub work: WorkId,
    /// Its number or label as the style prints it before the entry, such as `1.`; empty when the style
    /// has none.
    pub label: String,
    /// The entry without the label: HTML with links to DOIs and addresses.
    pub html: String,
}

//! Ids for headings, and the rule that levels go down one at a time.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;
use crate::path::SourcePath;

/// Ids that begin so belong to the generator (footnotes, terms) and to themes. Headings that would get one
/// are numbered from 2 at once: `page-after-2`.
const RESERVED: [&str; 7] = [
    "footnotes",
    "fn-",
    "fnref-",
    "foot-",
    "page-",
    "term-",
    "toc-",
];

/// Gives each heading of a page an id of its own.
#[derive(Debug, Default)]
pub struct Ids {
    used: BTreeSet<String>,
}

impl Ids {
    /// Takes an id that the author chose; false when it is taken already.
    pub fn take(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }

    /// Makes an id of the heading's words: `care`, then `care-2`.
    pub fn make(&mut self, words: &str) -> String {
        let stem = slug(words);
        let stem = if stem.is_empty() {
            "section".to_owned()
        } else {
            stem
        };
        if RESERVED.iter().any(|prefix| stem.starts_with(prefix)) {
            self.used.insert(stem.clone());
        }
        let mut id = stem.clone();
        let mut number = 2;
        while !self.used.insert(id.clone()) {
            id = format!("{stem}-{number}");
            number += 1;
        }
        id
    }
}

/// Says what is wrong with a heading's level, if anything. `before` is the level of the heading
/// before it; the page's title counts as level one.
pub fn check_level(
    path: &SourcePath,
    level: u8,
    before: u8,
    span: Range<usize>,
) -> Option<Diagnostic> {
    let marks = |level: u8| "#".repeat(level.into());
    if level == 1 {
        return Some(
            Diagnostic::new(Code::HeadingLevel, "a level-one heading in the text")
                .at(path, span, "the page's title is its only level-one heading")
                .help("write `##`; the title itself stands in the front matter"),
        );
    }
    (level > before + 1).then(|| {
        Diagnostic::new(
            Code::HeadingLevel,
            format!("a heading of level {level} follows one of level {before}"),
        )
        .at(path, span, format!("level {} is skipped", before + 1))
        .help(format!(
            "write `{}`, or add the heading that is missing above",
            marks(before + 1)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_has_an_id_of_its_own_and_none_of_the_themes() {
        let mut ids = Ids::default();
        let made: Vec<_> = ["Care", "Care", "Footnotes", "Page after", "???"]
            .map(|words| ids.make(words))
            .into();
        assert_eq!(
            made,
            ["care", "care-2", "footnotes-2", "page-after-2", "section"]
        );
    }
}

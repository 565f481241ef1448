//! The words of passages, kept for those who measure them; and the comments that excuse how they are worded.
//!
//! Only sites that ask for it keep them ([`ParseOptions::prose`](crate::document::ParseOptions)): they
//! are as long as the articles themselves.

use std::ops::Range;

use super::builder::Builder;
use super::passages::Passage;
use crate::document::body::{Excuse, Excused, Prose, ProseKind};

/// How a comment begins that excuses how its passage is worded.
const EXCUSE: &str = "voice:";

impl Builder<'_> {
    /// Keeps a passage that ends here. A heading is kept as a heading, and what of it would come here is
    /// only its code.
    pub(super) fn keep_prose(&mut self, passage: &Passage) {
        if !self.options.prose || self.heading.is_some() {
            return;
        }
        let kind = if self.term.is_some() {
            ProseKind::Term
        } else if self.in_table {
            ProseKind::Cell
        } else if self.open_items > 0 {
            ProseKind::Item
        } else {
            ProseKind::Paragraph
        };
        self.body.prose.push(Prose {
            kind,
            text: without_code(&passage.text, &passage.code),
            places: passage.places.clone(),
            links: passage.links_before as u32..self.body.links.len() as u32,
            headings: self.body.headings.len() as u32,
            is_cited: passage.is_cited(),
        });
    }

    /// An author's comment: `<!-- voice: reason -->` excuses the passage or the heading that it ends.
    pub(super) fn excuse_wording(&mut self, comment: &str, range: &Range<usize>) {
        let inside = comment.strip_prefix("<!--");
        let inside = inside.and_then(|inside| inside.strip_suffix("-->"));
        let Some(reason) = inside.and_then(|inside| inside.trim().strip_prefix(EXCUSE)) else {
            return;
        };
        if !self.options.prose {
            return;
        }
        let headings = self.body.headings.len();
        let of = if self.heading.is_some() {
            Some(Excused::Heading(headings))
        } else if self.passage.text.is_empty() {
            let last = self.body.prose.last();
            last.filter(|prose| prose.headings as usize == headings)
                .map(|_| Excused::Prose(self.body.prose.len() - 1))
        } else {
            Some(Excused::Prose(self.body.prose.len()))
        };
        let written = &self.source[range.clone()];
        let end = range.start + written.trim_end().len();
        self.body.excuses.push(Excuse {
            reason: reason.trim().to_owned(),
            span: self.piece.place(range.start..end),
            of,
        });
    }
}

/// A text with its code blank, sign for sign, so that places stay what they are.
fn without_code(text: &str, code: &[Range<usize>]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for stretch in code {
        plain.push_str(&text[from..stretch.start]);
        plain.extend(std::iter::repeat_n(' ', stretch.len()));
        from = stretch.end;
    }
    plain.push_str(&text[from..]);
    plain
}

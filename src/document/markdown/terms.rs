//! Definition lists: terms and what they mean.

use std::ops::Range;

use super::builder::Builder;
use crate::document::body::{DefinedTerm, Node};
use crate::document::slug;

impl Builder<'_> {
    pub(super) fn start_term(&mut self, range: Range<usize>) {
        self.node(Node::TermStart(self.body.terms.len() as u32));
        let end = range.start + self.source[range.clone()].trim_end().len();
        self.term = Some((String::new(), self.piece.place(range.start..end)));
    }

    pub(super) fn end_term(&mut self) {
        self.push("</dt>\n");
        let Some((names, span)) = self.term.take() else {
            return;
        };
        let names: Vec<_> = names
            .split(',')
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|name| !name.is_empty())
            .collect();
        let first = names.first().map_or("", String::as_str);
        self.body.terms.push(DefinedTerm {
            id: slug(first),
            names,
            span,
            has_meaning: false,
        });
    }

    /// Only the first of several meanings is told elsewhere.
    pub(super) fn start_meaning(&mut self) {
        self.push("<dd>");
        let last = self.body.terms.len().checked_sub(1);
        let term = last.filter(|term| !self.body.terms[*term].has_meaning);
        if let Some(term) = term {
            self.node(Node::MeaningStart(term as u32));
        }
        self.meanings.push((term, self.body.words));
    }

    pub(super) fn end_meaning(&mut self) {
        if let Some((Some(term), words)) = self.meanings.pop() {
            self.node(Node::MeaningEnd(term as u32));
            self.body.terms[term].has_meaning = self.body.words > words;
        }
        self.push("</dd>\n");
    }
}

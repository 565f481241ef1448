//! The sentences of a text: which of them cite something, and which state something that needs it.
//!
//! A [`Passage`] gathers the plain words of one paragraph, list item or cell. When it ends, each
//! citation is given its sentence, and sentences with a number or a finding are kept as claims for
//! `checks::claims`. `<!-- uncited: reason -->` at its end says that none is needed. What a claim is,
//! [`claims`] knows; what a sentence is, [`sentences`]. Where the site measures its texts, [`prose`] keeps
//! the passage too.
//!
//! [`prose`]: super::prose

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::{Piece, claims};
use crate::document::body::{Body, Claim, ClaimKind};
use crate::reading::sentences;

/// The plain words of a paragraph while it is being read.
#[derive(Debug, Default)]
pub(super) struct Passage {
    pub(super) text: String,
    /// Where stretches of the text are written: offset in the text, offset in the file.
    pub(super) places: Vec<(usize, usize)>,
    /// Citations, each with its offset in the text.
    citations: Vec<(usize, usize)>,
    /// How many claims there were before the last passage that ended.
    claims_before: usize,
    /// Stretches of the text that are code.
    pub(super) code: Vec<Range<usize>>,
    /// How many links there were before it.
    pub(super) links_before: usize,
}

impl Passage {
    pub(super) fn cite(&mut self, citation: usize) {
        self.citations.push((citation, self.text.len()));
    }

    pub(super) fn push(&mut self, text: &str, place: usize) {
        self.places.push((self.text.len(), place));
        self.text.push_str(text);
    }

    /// Words that are code.
    pub(super) fn push_code(&mut self, code: &str, place: usize) {
        let start = self.text.len();
        self.push(code, place);
        self.code.push(start..self.text.len());
    }

    pub(super) fn is_cited(&self) -> bool {
        !self.citations.is_empty()
    }

    fn place(&self, offset: usize) -> usize {
        let index = self.places.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1).map(|index| self.places[index]) {
            Some((start, place)) => place + offset - start,
            None => 0,
        }
    }
}

impl Builder<'_> {
    /// A paragraph, an item, a cell begins or ends.
    pub(super) fn end_passage(&mut self) {
        let mut passage = std::mem::take(&mut self.passage);
        if !passage.text.is_empty() {
            passage.claims_before = self.body.claims.len();
            give_sentences(&passage, &mut self.body);
            let in_note = self
                .frames
                .iter()
                .any(|frame| matches!(frame.kind, FrameKind::Footnote(..)));
            if !in_note && !self.in_table {
                self.find_claims(&passage);
            }
            self.keep_prose(&passage);
        }
        passage.text.clear();
        passage.places.clear();
        passage.citations.clear();
        passage.code.clear();
        passage.links_before = self.body.links.len();
        self.passage = passage;
    }

    /// An author's comment: `<!-- uncited: reason -->` takes back the claims of its passage.
    pub(super) fn excuse(&mut self, comment: &str) {
        let inside = comment
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim();
        let Some(reason) = inside.strip_prefix("uncited:") else {
            return;
        };
        if reason.trim().is_empty() {
            return;
        }
        if self.passage.text.is_empty() {
            let before = self.passage.claims_before;
            let mut index = 0;
            self.body.claims.retain(|claim| {
                index += 1;
                index <= before || claim.kind == ClaimKind::Percentage
            });
        } else {
            self.is_excused = true;
        }
    }

    fn find_claims(&mut self, passage: &Passage) {
        let is_excused = std::mem::take(&mut self.is_excused);
        let is_cited = passage.is_cited();
        let text = passage.text.as_str();
        for sentence in sentences(text) {
            let words = &text[sentence.clone()];
            let found = claims::first(words, &self.options.language)
                .filter(|(kind, _)| *kind == ClaimKind::Percentage || !(is_cited || is_excused));
            let Some((kind, place)) = found else {
                continue;
            };
            let start = passage.place(sentence.start + place.start);
            self.body.claims.push(Claim {
                kind,
                sentence: tidied(words.trim()),
                span: match self.piece {
                    Piece::File { .. } => start..start + place.len(),
                    Piece::Value { span, .. } => span.clone(),
                },
                is_cited: is_cited || is_excused,
            });
        }
    }
}

/// Gives each citation its sentence.
fn give_sentences(passage: &Passage, body: &mut Body) {
    if passage.citations.is_empty() {
        return;
    }
    let all: Vec<_> = sentences(&passage.text).collect();
    let mut last = None;
    for (citation, offset) in &passage.citations {
        let index = all
            .iter()
            .position(|sentence| sentence.end >= *offset)
            .unwrap_or(all.len().saturating_sub(1));
        let Some(sentence) = all.get(index) else {
            continue;
        };
        let range = match &last {
            Some((known, range)) if *known == index => Clone::clone(range),
            _ => {
                let words = passage.text[sentence.clone()].trim();
                let start = body.sentences.len() as u32;
                tidy(words, &mut body.sentences);
                start..body.sentences.len() as u32
            }
        };
        body.citations[*citation].sentence = range.clone();
        last = Some((index, range));
    }
}

fn tidied(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    tidy(words, &mut text);
    text
}

/// Copies words without the space that a citation leaves before a full stop.
fn tidy(words: &str, to: &mut String) {
    let mut space = false;
    for c in words.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) && !matches!(c, '.' | ',' | ';' | ':' | '!' | '?') {
            to.push(' ');
        }
        to.push(c);
    }
}

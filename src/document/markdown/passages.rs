//! The sentences of a text: which of them cite something, and which state something that needs it.
//!
//! A [`Passage`] gathers the plain words of one paragraph, list item or cell. When it ends, each
//! citation is given its sentence, and sentences with a number or a finding are kept as claims for
//! `checks::claims`. `<!-- uncited: reason -->` at its end says that none is needed. What a claim is,
//! [`claims`] knows.

use std::ops::Range;

use super::builder::{Builder, FrameKind};
use super::{Piece, claims};
use crate::document::body::{Body, Claim, ClaimKind};

/// The plain words of a paragraph while it is being read.
#[derive(Debug, Default)]
pub(super) struct Passage {
    text: String,
    /// Where stretches of the text are written: offset in the text, offset in the file.
    places: Vec<(usize, usize)>,
    /// Citations, each with its offset in the text.
    citations: Vec<(usize, usize)>,
    /// How many claims there were before the last passage that ended.
    claims_before: usize,
}

impl Passage {
    pub(super) fn cite(&mut self, citation: usize) {
        self.citations.push((citation, self.text.len()));
    }

    pub(super) fn push(&mut self, text: &str, place: usize) {
        self.places.push((self.text.len(), place));
        self.text.push_str(text);
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
        }
        passage.text.clear();
        passage.places.clear();
        passage.citations.clear();
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
        let is_cited = !passage.citations.is_empty();
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

/// Where the sentences of a text are. A citation may stand behind the full stop of its sentence.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let begin = start;
        let mut chars = text[begin..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if !matches!(c, '.' | '!' | '?' | '…' | '。') {
                continue;
            }
            let mut end = begin + offset + c.len_utf8();
            while let Some((offset, mark)) = chars.peek() {
                if !matches!(mark, '”' | '’' | '"' | '\'' | ')' | '»' | '.' | '!' | '?') {
                    break;
                }
                end = begin + offset + mark.len_utf8();
                chars.next();
            }
            let rest = &text[end..];
            let next = rest.trim_start().chars().next();
            let goes_on = c == '.' && next.is_some_and(char::is_lowercase);
            let is_end = c == '。' || rest.starts_with(char::is_whitespace);
            if is_end && !goes_on && !ends_in_abbreviation(&text[begin..end]) {
                start = end + (rest.len() - rest.trim_start().len());
                return Some(begin..end);
            }
        }
        start = text.len();
        Some(begin..text.len())
    })
}

fn ends_in_abbreviation(text: &str) -> bool {
    const SHORT: [&str; 20] = [
        "e.g.", "i.e.", "Dr.", "Mr.", "Ms.", "Mrs.", "St.", "vs.", "al.", "p. ej.", "Sra.", "Sr.",
        "p.", "pp.", "cf.", "No.", "Vol.", "Fig.", "pág.", "núm.",
    ];
    SHORT.iter().any(|short| {
        text.strip_suffix(short)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_and_not_in_abbreviations_or_numbers() {
        for (text, expected) in [
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            (
                "See e.g. this. Then that",
                vec!["See e.g. this.", "Then that"],
            ),
            ("It is 1.5 of it.", vec!["It is 1.5 of it."]),
            (
                "Per Dr. Doe vs. p. 3 of it.",
                vec!["Per Dr. Doe vs. p. 3 of it."],
            ),
            (
                "It will help. Then rest.",
                vec!["It will help.", "Then rest."],
            ),
            ("“Yes.” So it is.", vec!["“Yes.”", "So it is."]),
            ("", vec![]),
        ] {
            let found: Vec<_> = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        }
    }
}

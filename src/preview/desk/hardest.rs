//! The sentences of a text that are hardest to read, with their places.

use super::Visit;
use super::overview::{Row, with_prose};
use super::page::place;
use super::shell::count;
use crate::preview::problems::escape;
use crate::reading::Measured;

/// How many are shown.
const SHOWN: usize = 5;

/// Shorter sentences are not hard, whatever a formula makes of them.
const FEWEST_WORDS: usize = 8;

/// What is counted in the text, and its hardest sentences.
pub fn list(visit: &Visit<'_>, row: &Row) -> String {
    let document = with_prose(&row.document);
    let measured = Measured::new(visit.site(), &document);
    let counts = measured.counts();
    if counts.sentences == 0 {
        return "<p>There are no sentences to measure.</p>".to_owned();
    }
    let mut sentences: Vec<_> = measured
        .sentences()
        .filter(|(_, sentence)| sentence.counts.words >= FEWEST_WORDS)
        .map(|(passage, sentence)| {
            let ages = measured.method.ages(sentence.counts);
            let age = ages.map(|[one, other]| f64::midpoint(one, other));
            // In a language without formulas the longest are taken for the hardest.
            let weight = age.unwrap_or(sentence.counts.words as f64);
            (passage, sentence, weight)
        })
        .collect();
    sentences.sort_by(|a, b| b.2.total_cmp(&a.2));
    let items: String = sentences
        .iter()
        .take(SHOWN)
        .map(|(passage, sentence, _)| {
            let at = passage.span(sentence.range.clone()).start;
            format!(
                "<li><blockquote>{}</blockquote>{} <span class=\"small\">{}</span></li>",
                escape(passage.prose.text[sentence.range.clone()].trim()),
                place(&document, at),
                count(sentence.counts.words, "word"),
            )
        })
        .collect();
    format!(
        "<p>{} with {:.1} words each. A formula only counts; whether a sentence is clear, people tell.</p>\
         <ol class=\"sentences\">{items}</ol>",
        count(counts.sentences, "sentence"),
        counts.words as f64 / counts.sentences as f64,
    )
}

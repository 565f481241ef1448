//! What the checks of single words share: the words of a text with their places, and how a finding
//! is pointed at them.

use std::ops::Range;

use super::{Excuses, or_excuse};
use crate::checks::Subject;
use crate::config::Voice;
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::{Passage, sentences};

/// A document whose words are looked at.
pub(super) struct Texts<'a, 'd> {
    pub(super) subject: &'a Subject<'d>,
    pub(super) voice: &'a Voice,
    pub(super) passages: &'a [Passage<'d>],
    pub(super) excuses: &'a mut Excuses<'d>,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

impl<'d> Texts<'_, 'd> {
    /// The language, without its country: `en`.
    pub(super) fn language(&self) -> &'d str {
        let language = &self.subject.document.options.language;
        language.split(['-', '_']).next().unwrap_or(language)
    }

    /// Reports words of a passage, unless a comment lets it pass.
    pub(super) fn report(
        &mut self,
        code: Code,
        passage: &Passage<'d>,
        place: Range<usize>,
        message: String,
        help: &str,
    ) {
        if self.excuses.let_passage_pass(passage) {
            return;
        }
        let finding = Diagnostic::new(code, message);
        let finding = finding.at(&self.subject.document.path, passage.span(place), "");
        self.findings.push(finding.help(or_excuse(help)));
    }
}

/// The words of a text, runs of letters and digits with apostrophes and hyphens inside, with their
/// places.
pub(super) fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let is_joint = |c: char| matches!(c, '\'' | '’' | '-');
    let mut words = Vec::new();
    let mut start = None;
    for (index, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_word = c.is_alphanumeric() || (is_joint(c) && start.is_some());
        match (start, is_word) {
            (None, true) => start = Some(index),
            (Some(begin), false) => {
                let word = text[begin..index].trim_end_matches(is_joint);
                words.push((
                    begin..begin + word.len(),
                    word.to_lowercase().replace('’', "'"),
                ));
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    words
}

/// The sentence of a text that a place lies in.
pub(super) fn sentence_at(text: &str, place: usize) -> Range<usize> {
    let mut all = sentences(text);
    all.find(|it| it.start <= place && place < it.end)
        .unwrap_or(0..text.len())
}

/// Where one of several phrases stands in some words, each as its number, its first and its last word.
pub(super) fn phrases<'p>(
    words: &[(Range<usize>, String)],
    phrases: &[&'p str],
) -> Vec<(&'p str, usize, usize)> {
    let mut found = Vec::new();
    for first in 0..words.len() {
        let longest = phrases.iter().filter_map(|phrase| {
            let parts: Vec<_> = phrase.split(' ').collect();
            let last = first + parts.len() - 1;
            let stretch = words.get(first..=last)?;
            let is_it = stretch
                .iter()
                .zip(&parts)
                .all(|((_, word), part)| word == part);
            is_it.then_some((*phrase, first, last))
        });
        found.extend(longest.max_by_key(|(_, _, last)| *last));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_places_and_phrases_are_whole_words() {
        let text = "It’s last year's well-known “last year”.";
        let words = words(text);
        let shown: Vec<_> = words.iter().map(|(_, word)| word.as_str()).collect();
        assert_eq!(
            shown,
            ["it's", "last", "year's", "well-known", "last", "year"]
        );
        assert_eq!(&text[words[3].0.clone()], "well-known");
        assert_eq!(
            phrases(&words, &["last year", "last"]),
            [("last", 1, 1), ("last year", 4, 5)]
        );
    }
}

//! Words that are written twice: "the the", most often where a line ends and the next begins.

use super::texts::{Texts, words};
use crate::diagnostic::Code;

/// Words that may follow themselves.
const MAY_REPEAT: &[&str] = &[
    "had", "that", "is", "no", "so", "very", "bye", "night", "there", "ha", "yes", "knock",
    "never", "ever", "muy", "sí", "casi", "luego", "poco", "nos", "bla", "blah",
];

impl Texts<'_, '_> {
    /// Looks at every word and its neighbour.
    pub(super) fn doubled_words(&mut self) {
        let source = &self.subject.document.source;
        for passage in self.passages {
            let text = &passage.prose.text;
            for pair in words(text).windows(2) {
                let [(one, word), (other, again)] = pair else {
                    continue;
                };
                let is_word = word.chars().all(char::is_alphabetic) && word == again;
                // A name may be one word twice; so may "No, no".
                let are_names = text[one.clone()].starts_with(char::is_uppercase)
                    && text[other.clone()].starts_with(char::is_uppercase);
                if !is_word || are_names || MAY_REPEAT.contains(&word.as_str()) {
                    continue;
                }
                // What stands between them may be a citation, code or a mark: only the file tells.
                let place = passage.span(one.start..other.end);
                let written = source.get(place).unwrap_or_default();
                let between = written.get(one.len()..written.len().saturating_sub(other.len()));
                if !between.is_some_and(|between| between.trim().is_empty()) {
                    continue;
                }
                let message = format!("`{word}` is written twice");
                let help = "take one of them away";
                self.report(
                    Code::DoubledWord,
                    passage,
                    one.start..other.end,
                    message,
                    help,
                );
            }
        }
    }
}

//! How many syllables a word has.
//!
//! A word may have apostrophes and hyphens inside; of a number its digits count, which is near to how
//! it is read out. To count for another language: a file here, and what [`super::Method`] asks for.

mod english;
mod spanish;

/// The syllables of an English word.
pub(super) fn english(word: &str) -> usize {
    by_parts(word, english::syllables)
}

/// The syllables of a Spanish word.
pub(super) fn spanish(word: &str) -> usize {
    by_parts(word, spanish::syllables)
}

/// The parts of a word between hyphens, each in small letters; at least one syllable in all.
fn by_parts(word: &str, syllables: fn(&str) -> usize) -> usize {
    let parts = word.split('-').map(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if digits > 0 {
            digits
        } else {
            syllables(&part.to_lowercase())
        }
    });
    parts.sum::<usize>().max(1)
}

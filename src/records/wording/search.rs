//! Looking for many phrases in one pass over the words of a text.
//!
//! A phrase is found as whole words, in any case, with round or straight apostrophes; between its words
//! stands space or a hyphen and nothing else. `*` at the end of a word stands for any ending: `blam*`. A
//! word is found in its possessive too: `victim` in `victim's`.
//!
//! Every word of every article comes by here, so phrases are kept by their first word: most words
//! of a text are looked up once, and are none.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// A phrase to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Word>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// In small letters, with a straight apostrophe.
    letters: String,
    /// Any letters may follow.
    is_stem: bool,
    /// What joins it to the word before.
    joint: Joint,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Space, or a hyphen.
    Space,
    /// `/`.
    Slash,
    /// Anything else: no phrase goes over it.
    Other,
}

impl Pattern {
    /// Reads a phrase; `None` when there is no word in it, or a stem of less than two letters.
    pub(super) fn new(phrase: &str) -> Option<Self> {
        let mut words = Vec::new();
        let mut before = 0;
        for place in words_of(phrase) {
            let letters = folded(&phrase[place.clone()]);
            let is_stem = phrase[place.end..].starts_with('*');
            if is_stem && letters.chars().count() < 2 {
                return None;
            }
            let joint = joint(phrase[before..place.start].trim_start_matches('*'));
            if !words.is_empty() && joint == Joint::Other {
                return None;
            }
            before = place.end;
            words.push(Word {
                letters,
                is_stem,
                joint,
            });
        }
        (!words.is_empty()).then_some(Self(words))
    }
}

/// Phrases, each with what it means and the language that it belongs to.
#[derive(Debug, Clone)]
pub(super) struct Patterns<M> {
    all: Vec<(Pattern, Option<String>, M)>,
    /// By their first word.
    by_word: FxHashMap<String, Vec<usize>>,
    /// Those whose first word is a stem, by its first two letters.
    by_stem: FxHashMap<[char; 2], Vec<usize>>,
}

impl<M> Default for Patterns<M> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            by_word: FxHashMap::default(),
            by_stem: FxHashMap::default(),
        }
    }
}

impl<M: Copy> Patterns<M> {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Adds a phrase, for all languages or for one.
    pub(super) fn add(&mut self, pattern: Pattern, language: Option<String>, meaning: M) {
        let index = self.all.len();
        let first = &pattern.0[0];
        match beginning(&first.letters).filter(|_| first.is_stem) {
            Some(beginning) => self.by_stem.entry(beginning).or_default().push(index),
            None => {
                let word = first.letters.clone();
                self.by_word.entry(word).or_default().push(index);
            }
        }
        self.all.push((pattern, language, meaning));
    }

    /// Tells of every phrase of a text in a language, in the order of their beginnings.
    pub(super) fn find(&self, text: &str, language: &str, mut tell: impl FnMut(M, Range<usize>)) {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let places: Vec<_> = words_of(text).collect();
        let mut letters = String::new();
        for (index, place) in places.iter().enumerate() {
            letters.clear();
            fold(&text[place.clone()], &mut letters);
            let plain = letters.strip_suffix("'s").unwrap_or(&letters);
            let exact = [letters.as_str(), plain];
            let exact = &exact[..1 + usize::from(plain.len() < letters.len())];
            let exact = exact.iter().filter_map(|word| self.by_word.get(*word));
            let stems = beginning(&letters).and_then(|it| self.by_stem.get(&it));
            for candidate in exact.chain(stems).flatten() {
                let (pattern, of, meaning) = &self.all[*candidate];
                let is_language = of.as_ref().is_none_or(|of| of == language || of == primary);
                if is_language && let Some(end) = end_of(&pattern.0, text, &places[index..]) {
                    tell(*meaning, place.start..end);
                }
            }
        }
    }
}

/// Where a phrase ends that begins with the first of these words, if it does.
fn end_of(phrase: &[Word], text: &str, places: &[Range<usize>]) -> Option<usize> {
    let mut end = None;
    for (index, word) in phrase.iter().enumerate() {
        let place = places.get(index)?;
        let written = &text[place.clone()];
        let before = end.map(|end| &text[end..place.start]);
        if before.is_some_and(|before| joint(before) != word.joint) {
            return None;
        }
        end = Some(place.start + matched(word, written)?);
    }
    end
}

/// How much of a written word is the word that is looked for, if it is.
fn matched(word: &Word, written: &str) -> Option<usize> {
    let folded = folded(written);
    if word.is_stem {
        return folded.starts_with(&word.letters).then_some(written.len());
    }
    let is_same = folded == word.letters;
    let is_possessive = folded.strip_suffix("'s") == Some(word.letters.as_str());
    (is_same || is_possessive).then_some(written.len())
}

fn joint(between: &str) -> Joint {
    if between == "/" {
        Joint::Slash
    } else if between
        .chars()
        .all(|c| c.is_whitespace() || c == '-' || c == '‑')
    {
        Joint::Space
    } else {
        Joint::Other
    }
}

fn beginning(letters: &str) -> Option<[char; 2]> {
    let mut letters = letters.chars();
    Some([letters.next()?, letters.next()?])
}

/// Where the words of a text are: letters and digits, with apostrophes inside.
fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let is_apostrophe = matches!(c, '\'' | '’')
                && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
            if !c.is_alphanumeric() && !is_apostrophe {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        Some(start..end)
    })
}

fn folded(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    fold(word, &mut letters);
    letters
}

/// Small letters, and a straight apostrophe.
fn fold(word: &str, to: &mut String) {
    for c in word.chars() {
        match c {
            '’' => to.push('\''),
            _ if c.is_ascii() => to.push(c.to_ascii_lowercase()),
            _ => to.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, text: &str, expected: &[&str]) {
        let mut patterns = Patterns::default();
        patterns.add(Pattern::new(phrase).expect("a phrase"), None, ());
        let mut found = Vec::new();
        patterns.find(text, "en", |(), place| found.push(&text[place]));
        assert_eq!(found, expected, "{phrase} in {text}");
    }

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        check(
            "should",
            "You SHOULD. A shoulder should!",
            &["SHOULD", "should"],
        );
        check("victim of", "A victim  of it; victim, of", &["victim  of"]);
        check("victim", "The victim’s home, victims", &["victim’s"]);
        check("debería", "DEBERÍA o deberías", &["DEBERÍA"]);
    }

    #[test]
    fn endings_hyphens_and_apostrophes_are_as_they_are_asked_for() {
        check(
            "suffer* from",
            "She suffered from it, suffering-from",
            &["suffered from", "suffering-from"],
        );
        check("don't", "Don’t, don't, dont", &["Don’t", "don't"]);
        check(
            "self-harm",
            "self harm, self‑harm",
            &["self harm", "self‑harm"],
        );
        check("he/she", "he/she or he she", &["he/she"]);
    }

    #[test]
    fn what_has_no_word_is_no_phrase() {
        for phrase in ["", "*", "a*", "?", "one, two"] {
            assert_eq!(Pattern::new(phrase), None, "{phrase}");
        }
    }
}

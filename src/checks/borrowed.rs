//! Runs of words that the site shares with texts of others: those that articles were drawn from.
//!
//! Facts may be carried over, sentences may not. What is compared is words alone, in small letters:
//! marks, line breaks and the Markdown around them do not hide a run. Citations, the addresses of
//! links, the first lines of directives and the files of the bibliography are left out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::{Contents, Inputs, OtherText};

/// How many words in a row are no accident.
const RUN: usize = 8;

/// Every run of words in the articles and data files that one of the texts has too.
pub fn check(inputs: &Inputs, texts: &[OtherText]) -> Vec<Diagnostic> {
    let texts: Vec<_> = texts
        .iter()
        .map(|other| (other.name.as_str(), words(&other.text)))
        .collect();
    let mut runs: FxHashMap<u64, Vec<(usize, usize)>> = FxHashMap::default();
    for (text, (_, words)) in texts.iter().enumerate() {
        for (place, run) in words.windows(RUN).enumerate() {
            runs.entry(key(run)).or_default().push((text, place));
        }
    }
    let mut findings = Vec::new();
    for (path, file) in inputs.below("content") {
        let Contents::Text(text) = &file.contents else {
            continue;
        };
        if !is_prose(path) {
            continue;
        }
        let own = words(text);
        let mut at = 0;
        while at + RUN <= own.len() {
            let near = runs.get(&key(&own[at..at + RUN]));
            let longest = near.into_iter().flatten().map(|(text, place)| {
                let theirs = &texts[*text].1[*place..];
                (shared(&own[at..], theirs), texts[*text].0)
            });
            match longest.max_by_key(|(length, _)| *length) {
                Some((length, name)) if length >= RUN => {
                    let span = own[at].1.start..own[at + length - 1].1.end;
                    findings.push(finding(path, span, length, name));
                    at += length;
                }
                _ => at += 1,
            }
        }
    }
    findings
}

fn finding(path: &SourcePath, span: Range<usize>, length: usize, name: &str) -> Diagnostic {
    let message = format!("{length} words in a row are those of `{name}`");
    Diagnostic::new(Code::BorrowedWords, message)
        .at(path, span, "")
        .help("say it in your own words, or quote it and name the source")
}

/// Articles, and data files whose words readers see.
fn is_prose(path: &SourcePath) -> bool {
    let is_list_of_works = ["references.", "evidence."]
        .iter()
        .any(|begin| path.file_name().starts_with(begin));
    matches!(path.extension(), "md" | "yaml" | "yml") && !is_list_of_works
}

/// A word in small letters, with its place in the text.
type Word = (String, Range<usize>);

/// The words of a text.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut hidden = Hidden::default();
    let mut is_open = false;
    for (place, sign) in text.char_indices() {
        if hidden.hides(text, place) {
            is_open = false;
            continue;
        }
        let sign = if sign == '’' { '\'' } else { sign };
        if !(sign.is_alphanumeric() || sign == '\'') {
            is_open = false;
            continue;
        }
        if !is_open {
            words.push((String::new(), place..place));
            is_open = true;
        }
        if let Some((word, span)) = words.last_mut() {
            word.extend(sign.to_lowercase());
            span.end = place + text[place..].chars().next().map_or(1, char::len_utf8);
        }
    }
    words
}

/// What of Markdown readers do not see as words.
#[derive(Default)]
struct Hidden {
    /// Up to here nothing counts.
    until: usize,
}

impl Hidden {
    fn hides(&mut self, text: &str, place: usize) -> bool {
        if place < self.until {
            return true;
        }
        let rest = &text[place..];
        let is_line_start = place == 0 || text[..place].ends_with('\n');
        let end = if rest.starts_with("](") {
            rest.find(')')
        } else if rest.starts_with("{#") {
            rest.find('}')
        } else if rest.starts_with('[') {
            let end = rest.find(']');
            end.filter(|end| rest[..*end].contains('@'))
        } else if rest.starts_with("<!--") {
            rest.find("-->")
        } else if is_line_start && rest.starts_with(":::") {
            Some(rest.find('\n').unwrap_or(rest.len()))
        } else {
            None
        };
        self.until = end.map_or(place, |end| place + end);
        self.until > place
    }
}

/// What runs are found by. Two runs with one key are compared word by word.
fn key(run: &[Word]) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    for (word, _) in run.iter().take(RUN) {
        word.hash(&mut hasher);
    }
    hasher.finish()
}

/// How many words two texts begin with together.
fn shared(own: &[Word], theirs: &[Word]) -> usize {
    let pairs = own.iter().zip(theirs);
    pairs.take_while(|((a, _), (b, _))| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_readers_see() {
        let text = "**One**, [two](three.md) {#four}\nDon’t [@five] <!-- six -->\n::: seven\nEight";
        let words: Vec<_> = words(text).into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["one", "two", "don't", "eight"]);
    }

    #[test]
    fn a_word_knows_its_place() {
        let text = "Él don’t";
        let places: Vec<_> = words(text).into_iter().map(|(_, span)| span).collect();
        assert_eq!(places.len(), 2);
        assert_eq!(&text[places[1].clone()], "don’t");
    }

    #[test]
    fn runs_that_are_alike_count_their_words() {
        let own = words("a b c d");
        assert_eq!(shared(&own, &words("a b x")), 2);
        assert_eq!(shared(&own, &words("x")), 0);
    }
}

//! Where sentences end, and what a word is.
//!
//! To add an abbreviation: a word in [`SHORT`].

use std::ops::Range;

/// Abbreviations that end in a full stop and do not end a sentence.
const SHORT: [&str; 32] = [
    "e.g.", "i.e.", "Dr.", "Dra.", "Mr.", "Ms.", "Mrs.", "Prof.", "St.", "vs.", "al.", "p. ej.",
    "p.ej.", "Sra.", "Sr.", "Ud.", "Uds.", "EE.", "p.", "pp.", "cf.", "ca.", "No.", "no.º", "Vol.",
    "Fig.", "Ch.", "pág.", "págs.", "núm.", "art.", "aprox.",
];

/// Where the sentences of a text are. A citation may stand behind the full stop of its sentence.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
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
            let mut last = c;
            while let Some((offset, mark)) = chars.peek() {
                if !is_closing(*mark) && !matches!(mark, '.' | '!' | '?' | '…') {
                    break;
                }
                last = *mark;
                end = begin + offset + mark.len_utf8();
                chars.next();
            }
            let rest = &text[end..];
            let next = rest.trim_start().chars().next();
            // "1.5 of it", "well… perhaps" and "“Are you well?” you could ask" go on.
            let may_go_on = matches!(c, '.' | '…') || is_closing(last);
            let goes_on = may_go_on && next.is_some_and(char::is_lowercase);
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

/// A mark that closes a quotation or brackets.
fn is_closing(mark: char) -> bool {
    matches!(mark, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '›')
}

fn ends_in_abbreviation(text: &str) -> bool {
    SHORT.iter().any(|short| {
        text.strip_suffix(short)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// The words of a text: runs of letters and digits, with apostrophes, hyphens and the marks of numbers
/// inside. Addresses are none.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|run| !is_address(run))
        .flat_map(|run| run.split(['/', '—', '–', '…', '+', '=', '(', ')', '[', ']']))
        .map(|run| run.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

fn is_address(run: &str) -> bool {
    run.contains("://") || run.contains('@') || run.starts_with("www.")
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
            (
                "“Is it?” you may ask. (Do.) Yes",
                vec!["“Is it?” you may ask.", "(Do.)", "Yes"],
            ),
            ("Well… perhaps. Or… No", vec!["Well… perhaps.", "Or…", "No"]),
            (
                "Call at 9 a.m. on Monday.",
                vec!["Call at 9 a.m. on Monday."],
            ),
            ("Pide agua, p. ej. Té no.", vec!["Pide agua, p. ej. Té no."]),
            ("¿Qué tal? Bien.", vec!["¿Qué tal?", "Bien."]),
            ("What?! No way.", vec!["What?!", "No way."]),
            ("", vec![]),
        ] {
            let found: Vec<_> = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn words_are_what_is_read_aloud_and_no_address() {
        let found: Vec<_> =
            words("It’s 1,208 well-known “men” and/or – see https://a.org/b or a@b.org (2.5).")
                .collect();
        assert_eq!(
            found,
            [
                "It’s",
                "1,208",
                "well-known",
                "men",
                "and",
                "or",
                "see",
                "or",
                "2.5"
            ]
        );
    }
}

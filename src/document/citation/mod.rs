//! How a citation is written: Pandoc's grammar, as far as it concerns text and not Markdown.
//!
//! - `[@key]`, `[see @a, pp. 3-5; -@b]`: [`bracketed`] is given what stands between the brackets.
//! - `@key says`: [`key_at`] is given a place in a text.
//! - `@key [p. 3]`: [`after_in_text`] is given what stands between those brackets.
//!
//! `markdown::citations` finds the places; nothing here knows whether a key exists. What a key is,
//! says [`keys`]; what a part of a work is, and with which words, says [`locator`].

mod keys;
mod locator;

use std::ops::Range;

use crate::citations::Locator;
use keys::next_key;
use locator::locator_and_suffix;

pub use keys::key_at;

/// A work in a citation as it is written. All places are offsets into the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What stands before the key, without the space before it.
    pub prefix: Range<usize>,
    /// The key.
    pub key: Range<usize>,
    /// Which part of the work.
    pub locator: Option<Locator>,
    /// What stands after the key and the locator, with the comma or space that it begins with.
    pub suffix: Range<usize>,
    /// `-@key`.
    pub is_author_suppressed: bool,
}

/// Parses what stands between brackets; `None` when it is no citation.
pub fn bracketed(text: &str) -> Option<Vec<Item>> {
    if !text.contains('@') {
        return None;
    }
    all_items(text, parts(text, 0))
}

/// Parses what stands in the brackets after `@key`: the locator and suffix of that key, and further
/// works behind a semicolon. `None` when those are no citations.
pub fn after_in_text(text: &str) -> Option<(Option<Locator>, Range<usize>, Vec<Item>)> {
    let mut parts = parts(text, 0);
    let own = parts.next()?;
    let (locator, suffix) = locator_and_suffix(text, own);
    Some((locator, suffix, all_items(text, parts)?))
}

/// The parts between semicolons that stand in no braces.
fn parts(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = Some(from);
    std::iter::from_fn(move || {
        let begin = start?;
        let mut depth = 0usize;
        for (offset, c) in text[begin..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => {
                    start = Some(begin + offset + 1);
                    return Some(begin..begin + offset);
                }
                _ => {}
            }
        }
        start = None;
        Some(begin..text.len())
    })
}

/// The works of all parts; `None` when a part has none.
fn all_items(text: &str, parts: impl Iterator<Item = Range<usize>>) -> Option<Vec<Item>> {
    let mut all = Vec::new();
    for part in parts {
        let items = items(text, part);
        if items.is_empty() {
            return None;
        }
        all.extend(items);
    }
    Some(all)
}

/// The works of a part: mostly one. In `@a, quoted in @b` there are two, and the words between them
/// belong to the second.
fn items(text: &str, part: Range<usize>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut from = part.start;
    while let Some((key, after)) = next_key(text, from..part.end) {
        let before = &text[from..key.start];
        let before = before.trim_end_matches('{').trim_end_matches('@');
        let is_author_suppressed = before.ends_with('-');
        let before = from..from + before.len() - usize::from(is_author_suppressed);
        let prefix = match items.last_mut() {
            None => before,
            Some(last) => {
                let (locator, words) = locator_and_suffix(text, before);
                last.locator = locator;
                last.suffix = words.start..words.start;
                let comma = text[words.clone()].len()
                    - text[words.clone()].trim_start_matches([',', ' ']).len();
                words.start + comma..words.end
            }
        };
        items.push(Item {
            prefix: trimmed(text, prefix),
            key,
            locator: None,
            suffix: after..after,
            is_author_suppressed,
        });
        from = after;
    }
    if let Some(last) = items.last_mut() {
        let (locator, suffix) = locator_and_suffix(text, from..part.end);
        last.locator = locator;
        last.suffix = suffix;
    }
    items
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text[range.clone()].trim_end();
    let start = range.start + written.len() - written.trim_start().len();
    start..range.start + written.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows items as `prefix|-key|label value|suffix`.
    fn shown(text: &str, items: &[Item]) -> String {
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                format!(
                    "{}|{}{}|{}|{}",
                    &text[item.prefix.clone()],
                    if item.is_author_suppressed { "-" } else { "" },
                    &text[item.key.clone()],
                    item.locator.as_ref().map_or_else(String::new, |locator| {
                        format!("{} {}", locator.label, locator.value)
                    }),
                    &text[item.suffix.clone()]
                )
            })
            .collect();
        items.join("; ")
    }

    #[test]
    fn brackets_hold_works_with_prefixes_locators_and_suffixes() {
        for (text, expected) in [
            ("@a", "|a||"),
            ("-@a", "|-a||"),
            ("see @a", "see|a||"),
            ("see @a, pp. 3-5; -@b", "see|a|page 3-5|; |-b||"),
            ("@a, p. 3 and elsewhere", "|a|page 3| and elsewhere"),
            (
                "@a 33-35, 38-39 and passim",
                "|a|page 33-35, 38-39| and passim",
            ),
            ("@a, chap. 2, for instance", "|a|chapter 2|, for instance"),
            ("@a, iv", "|a||, iv"),
            ("@a, A4", "|a|page A4|"),
            ("@a, COVID-19 only", "|a||, COVID-19 only"),
            ("@a, 34(1)(a)", "|a|page 34(1)(a)|"),
            ("@a, sec. 34(1)(a) (b c)", "|a|section 34(1)(a)| (b c)"),
            ("@a, Pages 3 to 5", "|a|page 3| to 5"),
            ("@a, pp. 3 and 5", "|a|page 3| and 5"),
            ("@a, {pp. 3 and 5}", "|a|page 3 and 5|"),
            ("@a, pp. 3,5 & 7", "|a|page 3,5| & 7"),
            ("@a, pp. 3 - 5", "|a|page 3| - 5"),
            ("@a, pp. 3 5, iv", "|a|page 3 5, iv|"),
            ("@a, pp 3-5", "|a||, pp 3-5"),
            ("@a, p 3", "|a||, p 3"),
            ("@a, Fig. 2", "|a|figure 2|"),
            ("@a, ll. 7-9", "|a|line 7-9|"),
            ("@a, no. of people", "|a||, no. of people"),
            ("@a, number 7", "|a||, number 7"),
            ("@a, quoted in @b", "|a||; quoted in|b||"),
            (
                "see @a, p. 3, quoted in -@b, p. 4",
                "see|a|page 3|; quoted in|-b|page 4|",
            ),
            ("@{a}, as in @{b c} and @{d}", "|a||; as in @{b c} and|d||"),
            ("@a, p. iv", "|a|page iv|"),
            (
                "@a, {ii, A, D-Z}, with more",
                "|a|page ii, A, D-Z|, with more",
            ),
            ("@a, {}99 years later", "|a||99 years later"),
            ("@a, §3", "|a|section 3|"),
            ("@a, and nothing else", "|a||, and nothing else"),
            ("@a, pág. 4", "|a|page 4|"),
            ("e.g., @a; cf. @b", "e.g.,|a||; cf.|b||"),
            (
                "@{https://example.org/?a=1}, p. 2",
                "|https://example.org/?a=1|page 2|",
            ),
            ("@doi:10.1000/182", "|doi:10.1000/182||"),
            ("@smith_2010.", "|smith_2010||."),
            ("(as @a says)", "(as|a|| says)"),
        ] {
            let items = bracketed(text).unwrap_or_default();
            assert_eq!(shown(text, &items), expected, "{text}");
        }
    }

    #[test]
    fn brackets_without_a_key_in_every_part_are_no_citation() {
        for text in [
            "",
            "words",
            "jo@example.org",
            "write to jo@example.org",
            "@",
            "@ home",
            "@a; and more",
            "a--@b",
            "@{not a key}",
        ] {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_behind_a_key_hold_its_locator_and_more_works() {
        for (text, expected) in [
            ("p. 3", "page 3||"),
            ("33", "page 33||"),
            ("p. 3, with a note", "page 3|, with a note|"),
            ("p. 3; see @b", "page 3||see|b||"),
            ("a remark", "|a remark|"),
        ] {
            let shown = after_in_text(text).map(|(locator, suffix, items)| {
                let locator = locator
                    .map(|locator| format!("{} {}", locator.label, locator.value))
                    .unwrap_or_default();
                format!("{locator}|{}|{}", &text[suffix], shown(text, &items))
            });
            assert_eq!(shown.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(after_in_text("p. 3; more"), None);
    }
}

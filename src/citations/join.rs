//! The works of one citation, side by side: delimiters, ranges of numbers, and names that are not
//! said twice.

use std::sync::Arc;

use citationberg::{Collapse, IndependentStyle};

use super::ClusterItem;
use super::html::{self, NUMBER};
use super::printed::PrintedCite;
use crate::records::works::WorkId;

/// A work in a citation, printed.
pub(super) struct Slot<'a> {
    pub item: &'a ClusterItem,
    pub cite: Arc<PrintedCite>,
    pub number: usize,
}

impl Slot<'_> {
    pub(super) fn html(&self) -> String {
        self.numbered(&self.cite.html)
    }

    pub(super) fn rest(&self) -> String {
        self.numbered(&self.cite.rest)
    }

    /// What stands for the work when it comes by itself. Where there is nothing but a name, the name is
    /// printed even if it was not asked for, for there has to be something to follow.
    fn alone(&self) -> String {
        if self.item.is_author_suppressed && !self.cite.rest.is_empty() {
            self.rest()
        } else {
            self.html()
        }
    }

    fn numbered(&self, html: &str) -> String {
        html.replace(NUMBER, &self.number.to_string())
    }

    /// True when it is a number and nothing else.
    fn is_bare_number(&self) -> bool {
        let mut letters = self.cite.html.chars();
        letters.next() == Some(NUMBER) && letters.next().is_none() && !self.has_words()
    }

    pub(super) fn has_words(&self) -> bool {
        !self.item.prefix.is_empty() || !self.item.suffix.is_empty()
    }
}

/// A work with what stands before it.
pub(super) struct Joined {
    pub before: String,
    pub work: WorkId,
    pub html: String,
    pub after: String,
}

/// Puts delimiters between works and `first` before them, and says once what several have in common.
pub(super) fn join(style: &IndependentStyle, slots: Vec<Slot<'_>>, first: &str) -> Vec<Joined> {
    let citation = &style.citation;
    let delimiter = citation.layout.delimiter.as_deref().unwrap_or_default();
    match citation.collapse {
        Some(Collapse::CitationNumber) => {
            let after = citation.after_collapse_delimiter.as_deref();
            join_numbers(slots, first, delimiter, after.unwrap_or(delimiter))
        }
        Some(Collapse::Year | Collapse::YearSuffix | Collapse::YearSuffixRanged) => {
            join_years(style, slots, first, delimiter)
        }
        None => {
            let joined = slots.into_iter().enumerate();
            joined
                .map(|(index, slot)| {
                    let delimiter = if index == 0 { first } else { delimiter };
                    joined_with(&slot, delimiter, slot.alone())
                })
                .collect()
        }
    }
}

/// Three and more numbers in a row become a range.
fn join_numbers(slots: Vec<Slot<'_>>, first: &str, delimiter: &str, after: &str) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::new();
    let mut was_range = false;
    let follows = |a: &Slot<'_>, b: &Slot<'_>| {
        a.is_bare_number() && b.is_bare_number() && a.number + 1 == b.number
    };
    for run in slots.chunk_by(follows) {
        for (index, slot) in run.iter().enumerate() {
            let is_range = run.len() > 2;
            let is_last = index + 1 == run.len();
            if is_range && index > 0 && !is_last {
                continue;
            }
            let delimiter = if joined.is_empty() {
                first
            } else if is_range && is_last {
                "–"
            } else if was_range && index == 0 {
                after
            } else {
                delimiter
            };
            joined.push(joined_with(slot, delimiter, slot.alone()));
        }
        was_range = run.len() > 2;
    }
    joined
}

/// Works of the same people one after the other name them once.
fn join_years(
    style: &IndependentStyle,
    slots: Vec<Slot<'_>>,
    first: &str,
    delimiter: &str,
) -> Vec<Joined> {
    const USUAL: &str = ", ";
    let citation = &style.citation;
    let in_group = citation.cite_group_delimiter.as_deref().unwrap_or(USUAL);
    let after = citation
        .after_collapse_delimiter
        .as_deref()
        .unwrap_or(delimiter);
    let letters = citation
        .year_suffix_delimiter
        .as_deref()
        .unwrap_or(in_group);
    let is_by_letter = matches!(
        citation.collapse,
        Some(Collapse::YearSuffix | Collapse::YearSuffixRanged)
    );
    let is_same = |a: &Slot<'_>, b: &Slot<'_>| {
        !a.cite.who.is_empty()
            && a.cite.who == b.cite.who
            && a.cite.names == b.cite.names
            && !a.has_words()
            && !b.has_words()
            && !a.item.is_author_suppressed
            && !b.item.is_author_suppressed
    };
    let mut joined: Vec<Joined> = Vec::new();
    let mut was_group = false;
    for run in slots.chunk_by(is_same) {
        // With pages in between, "2010, p. 3, 2011" would be hard to read.
        let has_locator = run.iter().any(|slot| slot.item.locator.is_some());
        for (index, slot) in run.iter().enumerate() {
            let (delimiter, html) = if index == 0 {
                let delimiter = if was_group { after } else { delimiter };
                let delimiter = if joined.is_empty() { first } else { delimiter };
                (delimiter, slot.alone())
            } else if has_locator {
                (after, slot.rest())
            } else {
                let rest = slot.rest();
                let before = run[index - 1].rest();
                match letter_alone(&before, &rest).filter(|_| is_by_letter) {
                    Some(letter) => (letters, letter.to_owned()),
                    None => (in_group, rest),
                }
            };
            joined.push(joined_with(slot, delimiter, html));
        }
        was_group = run.len() > 1;
    }
    joined
}

/// The letter by which "2010b" differs from "2010a".
fn letter_alone<'a>(before: &str, this: &'a str) -> Option<&'a str> {
    let is_letter = |text: &str| text.ends_with(|letter: char| letter.is_ascii_lowercase());
    let split = this.len().checked_sub(1)?;
    let is_same = before.len() == this.len() && before.get(..split)? == this.get(..split)?;
    (is_same && is_letter(before) && is_letter(this)).then(|| &this[split..])
}

/// A work with its delimiter and the words around it.
pub(super) fn joined_with(slot: &Slot<'_>, delimiter: &str, html: String) -> Joined {
    let mut before = html::of_text(delimiter);
    let prefix = &slot.item.prefix;
    if !prefix.is_empty() {
        if !before.is_empty() && !before.ends_with(char::is_whitespace) {
            before.push(' ');
        }
        before.push_str(prefix);
        if !prefix.ends_with(char::is_whitespace) {
            before.push(' ');
        }
    }
    let mut after = String::new();
    let suffix = &slot.item.suffix;
    if !suffix.is_empty() {
        if suffix.starts_with(char::is_alphanumeric) {
            after.push_str(", ");
        }
        after.push_str(suffix);
    }
    Joined {
        before,
        work: slot.item.work,
        html,
        after,
    }
}

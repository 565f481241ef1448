//! Parts of works, as the engine can print them.
//!
//! The engine knows `3` and `3-5`. Of "iv-vii", "2.1, 2.3" and "34(1)(a)" it does not know whether
//! they are one or several, and prints hyphens as they are; and it does not shorten "212-214" to
//! "212–14" where the style wants that. For these it is given a number that stands in for them, and
//! they are put in its place in what it prints.

use citationberg::{IndependentStyle, PageRangeFormat};

use super::{Locator, html};

/// Stands in for one part. The engine keeps the letter before the number with it.
const ONE: &str = "\u{e004}1";
const SEVERAL: &str = "\u{e004}1-2";
const SEVERAL_PRINTED: &str = "\u{e004}1–2";

/// What the engine is given.
pub(super) fn stand_in<'a>(locator: &'a Locator, style: &IndependentStyle) -> &'a str {
    let value = &locator.value;
    let is_number = |letter: char| letter.is_ascii_digit() || " ,&-–—".contains(letter);
    let has_number = value.contains(|letter: char| letter.is_ascii_digit());
    let is_free = !has_number && locator.label != "page";
    match (value.chars().all(is_number), is_several(value)) {
        _ if is_free => value,
        (true, true) if range_format(locator, style).is_some() => SEVERAL,
        (true, _) => value,
        (false, true) => SEVERAL,
        (false, false) => ONE,
    }
}

/// Puts the part where its number stands in what was printed.
pub(super) fn put_back(printed: &str, locator: &Locator, style: &IndependentStyle) -> String {
    if !printed.contains(ONE) {
        return printed.to_owned();
    }
    let value = locator.value.replace("--", "–").replace(['-', '—'], "–");
    let value = match range_format(locator, style) {
        Some(format) => {
            let words = value.split(' ').map(|word| shortened(word, format));
            words.collect::<Vec<_>>().join(" ")
        }
        None => value,
    };
    let value = html::of_text(&value);
    printed
        .replace(SEVERAL_PRINTED, &value)
        .replace(ONE, &value)
}

fn range_format(locator: &Locator, style: &IndependentStyle) -> Option<PageRangeFormat> {
    let format = style.settings.page_range_format;
    format.filter(|_| locator.label == "page")
}

/// A range of pages as the style writes it: "212–14". Anything else is as it was.
fn shortened(word: &str, format: PageRangeFormat) -> String {
    let range = word.trim_end_matches(',');
    let is_number = |page: &str| page.parse::<u32>().is_ok();
    let mut short = String::new();
    match range.split_once('–') {
        Some((start, end)) if is_number(start) && is_number(end) => {
            let written = format.format(&mut short, start, end, None);
            if written.is_err() {
                return word.to_owned();
            }
        }
        Some(_) | None => return word.to_owned(),
    }
    short + &word[range.len()..]
}

/// True when there is more than one number, be it written with digits, in Roman or as a letter.
fn is_several(value: &str) -> bool {
    let is_one = |word: &&str| {
        let is_roman = |letter: char| "ivxlcdmIVXLCDM".contains(letter);
        word.contains(|letter: char| letter.is_ascii_digit())
            || !word.is_empty() && word.chars().all(is_roman)
            || word.len() == 1 && word.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let words = value.split(|letter: char| letter.is_whitespace() || ",&-–—".contains(letter));
    words.filter(is_one).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citations::Style;

    #[test]
    fn several_parts_are_told_from_one() {
        let apa = Style::bundled("apa").unwrap();
        let check = |label: &'static str, value: &str, expected: &str| {
            let value = value.to_owned();
            assert_eq!(stand_in(&Locator { label, value }, apa.csl()), expected);
        };
        check("page", "3", "3");
        check("chapter", "3-5, 7", "3-5, 7");
        check("page", "3-5, 7", SEVERAL);
        check("page", "iv", ONE);
        check("page", "iv-vii", SEVERAL);
        check("page", "211 to 213", SEVERAL);
        check("page", "A4", ONE);
        check("section", "2.1", ONE);
        check("section", "2.1, 2.3", SEVERAL);
        check("section", "34(1)(a)", ONE);
        check("chapter", "A to C", "A to C");
    }
}

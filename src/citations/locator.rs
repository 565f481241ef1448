//! Parts of works, as the engine can print them.
//!
//! The engine knows `3` and `3-5`. Of "iv-vii", "2.1, 2.3" and "34(1)(a)" it does not know whether
//! they are one or several, and prints hyphens as they are. For these it is given a number that stands
//! in for them, and they are put in its place in what it prints.

use super::{Locator, html};

/// Stands in for one part. The engine keeps the letter before the number with it.
const ONE: &str = "\u{e004}1";
const SEVERAL: &str = "\u{e004}1-2";
const SEVERAL_PRINTED: &str = "\u{e004}1–2";

/// What the engine is given.
pub(super) fn stand_in(locator: &Locator) -> &str {
    let value = &locator.value;
    let is_number = |letter: char| letter.is_ascii_digit() || " ,&-–—".contains(letter);
    let has_number = value.contains(|letter: char| letter.is_ascii_digit());
    if value.chars().all(is_number) || !has_number && locator.label != "page" {
        value
    } else if is_several(value) {
        SEVERAL
    } else {
        ONE
    }
}

/// Puts the part where its number stands in what was printed.
pub(super) fn put_back(printed: &str, locator: &Locator) -> String {
    if !printed.contains(ONE) {
        return printed.to_owned();
    }
    let value = html::of_text(&locator.value);
    let value = value.replace("--", "–").replace('-', "–");
    printed
        .replace(SEVERAL_PRINTED, &value)
        .replace(ONE, &value)
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

    #[test]
    fn several_parts_are_told_from_one() {
        let check = |label: &'static str, value: &str, expected: &str| {
            let value = value.to_owned();
            assert_eq!(stand_in(&Locator { label, value }), expected);
        };
        check("page", "3", "3");
        check("page", "3-5, 7", "3-5, 7");
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

//! Titles, written so that the engine changes only those of their letters that it should.
//!
//! Styles may want titles in title case. The engine then makes every letter small that does not begin
//! a word, as in "Covid-19", "Mrna" and "°c", and takes the `<` of markup for the beginning of one. So
//! titles are given to it with marks that lead it right, and the marks are taken out of what it
//! prints. They are made of brackets because the engine reads over these. It also takes a word behind
//! a comma for the first of a title, and does not know all words that stay small: these are marked too.

use super::html;

/// Before a letter that stays a capital: for the engine a word begins after a `[`.
const CAPITAL: &str = "}]}[";

/// Before a letter that stays small: for the engine it is a letter, and the word has begun.
const SMALL: char = '\u{e006}';

/// The words that stay small unless they begin a title, as CSL has them, and "about", as Pandoc does.
const SMALL_WORDS: [&str; 27] = [
    "a", "about", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor",
    "of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "via", "with", "yet",
];

const NOCASE: &str = "<span class=\"nocase\">";

/// The markup of titles, as programs for references write it, and what stands for it meanwhile.
const TAGS: [(&str, &str); 10] = [
    ("<i>", "}]}]]]]"),
    ("</i>", "}]}]]]}"),
    ("<b>", "}]}]]}]"),
    ("</b>", "}]}]]}}"),
    ("<sup>", "}]}]}]]"),
    ("</sup>", "}]}]}]}"),
    ("<sub>", "}]}]}}]"),
    ("</sub>", "}]}]}}}"),
    (NOCASE, "}]}}]]]"),
    ("</span>", "}]}}]]}"),
];

/// What is done about the letters of titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// They are marked, for the style wants title case.
    Guarded,
    /// Only markup is marked.
    Free,
}

/// The fields that styles print in title case.
pub(super) fn is_title(field: &str) -> bool {
    matches!(
        field,
        "title"
            | "title-short"
            | "container-title"
            | "container-title-short"
            | "collection-title"
            | "event-title"
            | "original-title"
            | "reviewed-title"
            | "volume-title"
    )
}

/// A title with marks.
pub(super) fn guarded(title: &str, letters: Letters) -> String {
    let mut guarded = String::with_capacity(title.len() + 16);
    let mut before = ' ';
    let mut is_verbatim = false;
    // Nothing of the title has been said, or nothing behind a mark that ends its first part.
    let mut is_beginning = true;
    let mut rest = title;
    while let Some(letter) = rest.chars().next() {
        if let Some((tag, mark)) = TAGS.iter().find(|(tag, _)| rest.starts_with(tag)) {
            guarded.push_str(mark);
            is_verbatim = *tag == NOCASE || is_verbatim && *tag != "</span>";
            rest = &rest[tag.len()..];
            continue;
        }
        if letters == Letters::Guarded {
            if letter.is_uppercase() && !before.is_whitespace() {
                guarded.push_str(CAPITAL);
            } else if letter.is_lowercase()
                && !before.is_alphanumeric()
                && (is_verbatim
                    || begins_mixed_word(rest)
                    || !is_beginning && " (".contains(before) && begins_small_word(rest))
            {
                guarded.push(SMALL);
            }
        }
        guarded.push(letter);
        is_beginning = ":?!.".contains(letter) || is_beginning && !letter.is_alphanumeric();
        before = letter;
        rest = &rest[letter.len_utf8()..];
    }
    guarded
}

/// True for "mRNA" and "eHealth".
fn begins_mixed_word(text: &str) -> bool {
    let mut word = text.chars().take_while(|letter| letter.is_alphanumeric());
    word.any(char::is_uppercase)
}

fn begins_small_word(text: &str) -> bool {
    let word = text.split(|letter: char| !letter.is_alphanumeric()).next();
    word.is_some_and(|word| SMALL_WORDS.contains(&word))
}

/// What was printed, without the marks; markup is there again as the engine would have printed it.
pub(super) fn unguarded(html: &str) -> String {
    let mut plain = html.to_owned();
    if plain.contains(SMALL) {
        plain = plain.replace(SMALL, "");
    }
    if plain.contains(CAPITAL) {
        plain = plain.replace(CAPITAL, "");
    }
    if plain.contains("}]}") {
        for (tag, mark) in TAGS {
            plain = plain.replace(mark, &html::of_text(tag));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_as_they_came() {
        for title in [
            "Rest",
            "COVID-19 and mRNA at 37 °C",
            "<i>Exempla</i> of CO<sub>2</sub>",
            "On <span class=\"nocase\">de Rest</span> [sic] {so}",
            "An <i>open mark",
        ] {
            for letters in [Letters::Guarded, Letters::Free] {
                let through = unguarded(&html::of_text(&guarded(title, letters)));
                assert_eq!(through, html::of_text(title));
            }
        }
    }
}

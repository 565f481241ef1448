//! From words to the part of an address or an id that stands for them.

use deunicode::deunicode_char;

/// Lower-case letters, digits and single hyphens: `Straße & Tür` gives `strasse-tur`.
///
/// Letters of other scripts are written as they sound. Words with nothing to write give `""`.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    let push = |slug: &mut String, c: char| {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '\u{2019}') {
            // "don't" is one word.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    for c in words.chars() {
        if c.is_ascii() || c == '\u{2019}' {
            push(&mut slug, c);
        } else {
            for plain in deunicode_char(c).unwrap_or("").chars() {
                push(&mut slug, plain);
            }
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_plain_lower_case_parts() {
        for (words, expected) in [
            ("What is aftercare?", "what-is-aftercare"),
            ("Don't rush -- rest", "dont-rush-rest"),
            ("Don’t", "dont"),
            ("Straße & Tür", "strasse-tur"),
            ("  ", ""),
            ("¿Qué?", "que"),
        ] {
            assert_eq!(slug(words), expected, "{words}");
        }
        assert!(!slug("日本語 入門").is_empty());
    }
}

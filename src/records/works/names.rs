//! Names of people as bibliographies write them: `van der Berg, Jr., Jan`.
//!
//! A particle such as `van der` belongs to the family name (CSL: it does not drop), as English
//! reference lists print it: "van der Berg, J.".

use citationberg::json::{LiteralName, NameItem, NameValue};

/// A word of a name.
pub struct Word {
    /// The word as text.
    pub text: String,
    /// True when it begins with a small letter, as particles do.
    pub is_small: bool,
}

impl Word {
    /// A word of plain text.
    pub fn plain(text: &str) -> Self {
        let first = text.chars().find(|c| c.is_alphabetic());
        Self {
            text: text.to_owned(),
            is_small: first.is_some_and(char::is_lowercase),
        }
    }
}

/// A name of an organisation, or one that cannot be taken apart.
pub fn literal(text: impl Into<String>) -> NameValue {
    NameValue::Literal(LiteralName {
        literal: text.into(),
    })
}

/// A name with its parts; empty parts count as absent.
pub fn with_parts(family: &str, given: &str, particle: &str, suffix: &str) -> NameItem {
    let part = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    NameItem {
        family: family.trim().to_owned(),
        given: part(given),
        non_dropping_particle: part(particle),
        dropping_particle: None,
        suffix: part(suffix),
        comma_suffix: None,
    }
}

/// A name as plain text: `Family, Given`, `Family, Jr., Given`; without a comma it is taken as it is.
pub fn from_text(text: &str) -> Option<NameValue> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if !text.contains(',') {
        return Some(literal(text));
    }
    let parts: Vec<Vec<Word>> = text
        .split(',')
        .map(|part| part.split_whitespace().map(Word::plain).collect())
        .collect();
    from_words(parts)
}

/// Why no name of a person can be made of a text in some parts between commas, in a phrase; `None` when
/// one can.
pub fn mistake(text: &str, parts: usize) -> Option<&'static str> {
    if parts > 3 {
        Some("it has more than two commas")
    } else if text.contains('"') {
        Some("it has quotation marks")
    } else {
        None
    }
}

/// A name as words, in the parts between its commas: `Given von Family`, `von Family, Given` or
/// `von Family, Jr., Given`.
pub fn from_words(mut parts: Vec<Vec<Word>>) -> Option<NameValue> {
    let (family, given, particle, suffix) = if parts.len() < 2 {
        let words = parts.pop().unwrap_or_default();
        let (given, particle, family) = in_reading_order(&words);
        (family, given, particle, String::new())
    } else {
        let (particle, family) = without_particle(&parts[0]);
        let suffix = parts[1..parts.len() - 1]
            .iter()
            .map(|part| joined(part))
            .collect::<Vec<_>>()
            .join(", ");
        (family, joined(&parts[parts.len() - 1]), particle, suffix)
    };
    let is_empty = family.is_empty() && given.is_empty() && particle.is_empty();
    (!is_empty).then(|| NameValue::Item(with_parts(&family, &given, &particle, &suffix)))
}

/// `Given von Family`: the particle is what is small between capitals; without one, the last word is
/// the family name.
fn in_reading_order(words: &[Word]) -> (String, String, String) {
    let Some(last) = words.len().checked_sub(1) else {
        return Default::default();
    };
    let first_small = words[..last].iter().position(|word| word.is_small);
    let (begin, end) = match first_small {
        Some(begin) => {
            let small = words[begin..last].iter().take_while(|word| word.is_small);
            (begin, begin + small.count())
        }
        None => (last, last),
    };
    (
        joined(&words[..begin]),
        joined(&words[begin..end]),
        joined(&words[end..]),
    )
}

/// `von Family`: small words at the beginning are the particle.
fn without_particle(words: &[Word]) -> (String, String) {
    let last = words.len().saturating_sub(1);
    let small = words[..last]
        .iter()
        .take_while(|word| word.is_small)
        .count();
    (joined(&words[..small]), joined(&words[small..]))
}

fn joined(words: &[Word]) -> String {
    let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `given|particle|family|suffix`, or `"literal"`.
    fn parts(name: Option<NameValue>) -> String {
        match name {
            None => "-".to_owned(),
            Some(NameValue::Literal(name)) => format!("{:?}", name.literal),
            Some(NameValue::Item(name)) => format!(
                "{}|{}|{}|{}",
                name.given.unwrap_or_default(),
                name.non_dropping_particle.unwrap_or_default(),
                name.family,
                name.suffix.unwrap_or_default()
            ),
        }
    }

    #[test]
    fn names_come_apart_at_their_commas() {
        for (name, expected) in [
            ("Doe, Jane A.", "Jane A.||Doe|"),
            ("van der Berg, Jan", "Jan|van der|Berg|"),
            ("King, Jr., Martin Luther", "Martin Luther||King|Jr."),
            ("García de Marina, Ana", "Ana||García de Marina|"),
            ("De la Cruz, Juana", "Juana||De la Cruz|"),
            ("UNICEF", "\"UNICEF\""),
            ("Example Health Service", "\"Example Health Service\""),
            ("bell, hooks", "hooks||bell|"),
            (" ", "-"),
        ] {
            assert_eq!(parts(from_text(name)), expected, "{name}");
        }
    }

    #[test]
    fn names_in_reading_order_end_with_the_family() {
        for (name, expected) in [
            ("Jane A. Doe", "Jane A.||Doe|"),
            ("Jan van der Berg", "Jan|van der|Berg|"),
            ("Ludwig van den Berg Smit", "Ludwig|van den|Berg Smit|"),
            ("Plato", "||Plato|"),
            ("de la Cruz", "|de la|Cruz|"),
        ] {
            let words = name.split_whitespace().map(Word::plain).collect();
            assert_eq!(parts(from_words(vec![words])), expected, "{name}");
        }
    }
}

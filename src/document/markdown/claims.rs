//! What a sentence states that a source has to stand behind: a number of people, a share of them, or
//! that something was found.
//!
//! To look for words of another language: a line in [`FINDINGS`] and in [`SHARES`].

use std::ops::Range;

use crate::document::body::ClaimKind;

/// Words that say that something was found, by language.
const FINDINGS: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "studies",
            "study",
            "research",
            "researchers",
            "evidence",
            "trial",
            "trials",
            "survey",
            "surveys",
            "scientists",
        ],
    ),
    (
        "es",
        &[
            "estudio",
            "estudios",
            "investigación",
            "investigaciones",
            "investigadores",
            "evidencia",
            "ensayo",
            "ensayos",
            "encuesta",
            "encuestas",
        ],
    ),
];

/// Shares of people in words, by language. Each is looked for as whole words.
const SHARES: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "half of",
            "half the",
            "a third of",
            "two thirds of",
            "a quarter of",
            "three quarters of",
            "one in two",
            "one in three",
            "one in four",
            "one in five",
            "one in six",
            "one in eight",
            "one in ten",
            "two in five",
            "two in three",
            "three in four",
            "nine in ten",
            "the majority of",
            "per cent of",
        ],
    ),
    (
        "es",
        &[
            "la mitad de",
            "un tercio de",
            "dos tercios de",
            "una cuarta parte de",
            "tres cuartas partes de",
            "una de cada dos",
            "una de cada tres",
            "una de cada cuatro",
            "una de cada cinco",
            "una de cada diez",
            "uno de cada dos",
            "uno de cada tres",
            "uno de cada cuatro",
            "uno de cada cinco",
            "uno de cada diez",
            "la mayoría de",
        ],
    ),
];

/// Behind these, a number is an everyday one: a time, a dose of rest, an age.
const UNITS: [&str; 62] = [
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "night",
    "nights",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "times",
    "time",
    "am",
    "pm",
    "o’clock",
    "o'clock",
    "step",
    "steps",
    "ml",
    "litre",
    "litres",
    "cm",
    "m",
    "km",
    "degrees",
    "°",
    "°c",
    "segundo",
    "segundos",
    "minuto",
    "minutos",
    "hora",
    "horas",
    "día",
    "días",
    "noche",
    "noches",
    "semana",
    "semanas",
    "mes",
    "meses",
    "año",
    "años",
    "vez",
    "veces",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
];

/// What a sentence states first, and where: a percentage before all else, since it is to be written in
/// another way even where a source stands behind it.
pub(super) fn first(text: &str, language: &str) -> Option<(ClaimKind, Range<usize>)> {
    let percentage = percentage(text).map(|place| (ClaimKind::Percentage, place));
    percentage
        .or_else(|| number(text).map(|place| (ClaimKind::Number, place)))
        .or_else(|| in_words(text, language))
}

/// A percentage: `20 %`, `20 percent`, `20 per cent`, `20 por ciento`.
fn percentage(text: &str) -> Option<Range<usize>> {
    numbers(text).find_map(|number| {
        let rest = &text[number.end..];
        let word = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let gap = rest.len() - word.len();
        ["%", "percent", "per cent", "por ciento", "por cien"]
            .iter()
            .find(|sign| word.starts_with(**sign))
            .map(|sign| number.start..number.end + gap + sign.len())
    })
}

/// A number that counts something: `1,208 men`, `20 in 100`. Times, ages, years and telephone numbers
/// are none.
fn number(text: &str) -> Option<Range<usize>> {
    numbers(text).find(|place| !is_everyday(text, place))
}

fn is_everyday(text: &str, place: &Range<usize>) -> bool {
    let number = &text[place.clone()];
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let is_joined = before.ends_with(|c: char| c.is_alphanumeric() || "+-–:/.#".contains(c))
        || after.starts_with(|c: char| c.is_alphabetic() || "-–:/".contains(c));
    let is_year = number.len() == 4
        && number
            .parse::<u32>()
            .is_ok_and(|year| (1800..2100).contains(&year));
    if is_joined || is_year {
        return true;
    }
    let mut words = after.split_whitespace().map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '°')
            .to_lowercase()
    });
    let next = words.next().unwrap_or_default();
    let then = words.next().unwrap_or_default();
    let is_unit = |word: &str| UNITS.contains(&word);
    let is_range = matches!(next.as_str(), "to" | "or" | "and" | "a" | "o" | "y")
        && then.starts_with(|c: char| c.is_ascii_digit());
    // Telephone numbers come in groups.
    let is_group = next.starts_with(|c: char| c.is_ascii_digit())
        || before.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let is_age_or_hour = [
        "at ", "over ", "under ", "aged ", "age ", "call ", "text ", "dial ", "press ",
    ]
    .iter()
    .any(|word| ends_with(before, word))
        && !matches!(
            next.as_str(),
            "in" | "of" | "out" | "men" | "women" | "people"
        );
    is_unit(&next) || is_unit(&then) || is_range || is_group || is_age_or_hour
}

/// True when a text ends with this word, in small letters or large.
fn ends_with(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..)
        .is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Where numbers written in digits are, with their commas and points inside.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        let mut end = start;
        while end < bytes.len()
            && (bytes[end].is_ascii_digit()
                || matches!(bytes[end], b'.' | b',')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
        {
            end += 1;
        }
        at = end;
        Some(start..end)
    })
}

/// A share of people in words, such as "one in five" or "half of all women"; else a word that says that
/// something was found.
///
/// Every word of every article comes by here. Most begin with a letter that none of the known ones
/// begins with, and are not looked at any further.
fn in_words(text: &str, language: &str) -> Option<(ClaimKind, Range<usize>)> {
    let shares = of_language(&SHARES, language);
    let findings = of_language(&FINDINGS, language);
    let letters = first_letters(shares) | first_letters(findings);
    let mut finding = None;
    let mut at = 0;
    while at < text.len() {
        let (start, is_word) = (at, is_letter_at(text, at).0);
        while at < text.len()
            && let (is_letter, length) = is_letter_at(text, at)
            && is_letter == is_word
        {
            at += length;
        }
        let first = text.as_bytes()[start].to_ascii_lowercase();
        if !is_word || letters & letter(first) == 0 {
            continue;
        }
        let begins_alike = |known: &&&str| known.as_bytes()[0] == first;
        if let Some(share) = shares
            .iter()
            .filter(begins_alike)
            .find(|it| begins_with(&text[start..], it))
        {
            return Some((ClaimKind::Number, start..start + share.len()));
        }
        let word = &text[start..at];
        if finding.is_none()
            && findings
                .iter()
                .filter(begins_alike)
                .any(|known| word.eq_ignore_ascii_case(known))
        {
            finding = Some((ClaimKind::Finding, start..at));
        }
    }
    finding
}

/// The words of a language; none for one that is not known.
fn of_language(
    table: &[(&str, &'static [&'static str])],
    language: &str,
) -> &'static [&'static str] {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let line = table.iter().find(|(code, _)| *code == primary);
    line.map_or(&[], |(_, words)| words)
}

/// A bit for each letter that one of these words begins with.
fn first_letters(words: &[&str]) -> u32 {
    words
        .iter()
        .fold(0, |letters, word| letters | letter(word.as_bytes()[0]))
}

/// The bit of a small letter from A to Z.
fn letter(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        _ => 0,
    }
}

/// Whether a letter or a digit stands here, and how long the sign is.
fn is_letter_at(text: &str, at: usize) -> (bool, usize) {
    match text.as_bytes()[at] {
        byte if byte.is_ascii() => (byte.is_ascii_alphanumeric(), 1),
        _ => text[at..]
            .chars()
            .next()
            .map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8())),
    }
}

/// True when a text begins with these words, and they end where they end. Letters beyond ASCII have to
/// be written small.
fn begins_with(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|beginning| beginning.eq_ignore_ascii_case(words))
        && !text[words.len()..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, language: &str) -> Option<(ClaimKind, &'t str)> {
        in_words(text, language).map(|(kind, place)| (kind, &text[place]))
    }

    #[test]
    fn numbers_that_count_something_are_told_from_everyday_ones() {
        for (text, expected) in [
            ("It asked 1,208 men.", Some("1,208")),
            ("20 in 100 men had it", Some("20")),
            ("about 3 or 4 in 100", Some("4")),
            ("Breathe for 5 minutes.", None),
            ("For 2 to 3 days", None),
            ("In 2014 it began", None),
            ("Call 116 123 at night", None),
            ("Dial 999", None),
            ("at 10:30 or 24-hour", None),
            ("I have to leave at 11.", None),
            ("people aged 18 and over", None),
            ("the 5-4-3-2-1 way", None),
            ("over 200 people", Some("200")),
        ] {
            assert_eq!(number(text).map(|place| &text[place]), expected, "{text}");
        }
    }

    #[test]
    fn percentages_and_words_for_findings_are_found() {
        for (text, expected) in [
            ("It is 20 % of men", Some("20 %")),
            ("It is 20% of men", Some("20%")),
            ("It is 2.5 percent", Some("2.5 percent")),
            ("twenty", None),
        ] {
            assert_eq!(percentage(text).map(|place| &text[place]), expected);
        }
        for (text, language, expected) in [
            ("Some Studies show it", "en", Some("Studies")),
            ("Los estudios dicen", "es-MX", Some("estudios")),
            ("Los estudios dicen", "en", None),
            ("a studied way", "en", None),
            ("the “studies” of old", "en", Some("studies")),
            ("one study’s words", "en", Some("study")),
        ] {
            assert_eq!(
                found(text, language),
                expected.map(|it| (ClaimKind::Finding, it)),
                "{text}"
            );
        }
    }

    #[test]
    fn shares_of_people_in_words_are_found_whole() {
        for (text, language, expected) in [
            ("Half of all women do.", "en", Some("Half of")),
            ("About one in five people", "en-GB", Some("one in five")),
            ("behalf of us, one in fivefold", "en", None),
            ("behalf of half of them", "en", Some("half of")),
            ("La mitad de las mujeres", "es", Some("La mitad de")),
            ("Stay an hour and a half.", "en", None),
        ] {
            assert_eq!(
                found(text, language),
                expected.map(|it| (ClaimKind::Number, it)),
                "{text}"
            );
        }
    }
}

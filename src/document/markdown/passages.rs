//! The sentences of a text: which of them cite something, and which state something that needs it.
//!
//! A [`Passage`] gathers the plain words of one paragraph, list item or cell. When it ends, each
//! citation is given its sentence, and sentences with a number or a finding are kept as claims for
//! `checks::claims`. `<!-- uncited: reason -->` at its end says that none is needed.
//!
//! To look for words of another language: a line in [`FINDINGS`].

use std::ops::Range;

use super::Piece;
use super::builder::{Builder, FrameKind};
use crate::document::body::{Body, Claim, ClaimKind};

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

/// The plain words of a paragraph while it is being read.
#[derive(Debug, Default)]
pub(super) struct Passage {
    text: String,
    /// Where stretches of the text are written: offset in the text, offset in the file.
    places: Vec<(usize, usize)>,
    /// Citations, each with its offset in the text.
    citations: Vec<(usize, usize)>,
    /// How many claims there were before the last passage that ended.
    claims_before: usize,
}

impl Passage {
    pub(super) fn cite(&mut self, citation: usize) {
        self.citations.push((citation, self.text.len()));
    }

    pub(super) fn push(&mut self, text: &str, place: usize) {
        self.places.push((self.text.len(), place));
        self.text.push_str(text);
    }

    fn place(&self, offset: usize) -> usize {
        let index = self.places.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1).map(|index| self.places[index]) {
            Some((start, place)) => place + offset - start,
            None => 0,
        }
    }
}

impl Builder<'_> {
    /// A paragraph, an item, a cell begins or ends.
    pub(super) fn end_passage(&mut self) {
        let mut passage = std::mem::take(&mut self.passage);
        if !passage.text.is_empty() {
            passage.claims_before = self.body.claims.len();
            give_sentences(&passage, &mut self.body);
            let in_note = self
                .frames
                .iter()
                .any(|frame| matches!(frame.kind, FrameKind::Footnote(..)));
            if !in_note && !self.in_table {
                self.find_claims(&passage);
            }
        }
        passage.text.clear();
        passage.places.clear();
        passage.citations.clear();
        self.passage = passage;
    }

    /// An author's comment: `<!-- uncited: reason -->` takes back the claims of its passage.
    pub(super) fn excuse(&mut self, comment: &str) {
        let inside = comment
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim();
        let Some(reason) = inside.strip_prefix("uncited:") else {
            return;
        };
        if reason.trim().is_empty() {
            return;
        }
        if self.passage.text.is_empty() {
            let before = self.passage.claims_before;
            let mut index = 0;
            self.body.claims.retain(|claim| {
                index += 1;
                index <= before || claim.kind == ClaimKind::Percentage
            });
        } else {
            self.is_excused = true;
        }
    }

    fn find_claims(&mut self, passage: &Passage) {
        let is_excused = std::mem::take(&mut self.is_excused);
        let is_cited = !passage.citations.is_empty();
        let text = passage.text.as_str();
        for sentence in sentences(text) {
            let words = &text[sentence.clone()];
            let found = percentage(words).map(|place| (ClaimKind::Percentage, place));
            let found = found.or_else(|| {
                if is_cited || is_excused {
                    return None;
                }
                let number = number(words).map(|place| (ClaimKind::Number, place));
                number.or_else(|| {
                    finding(words, &self.options.language).map(|place| (ClaimKind::Finding, place))
                })
            });
            let Some((kind, place)) = found else {
                continue;
            };
            let start = passage.place(sentence.start + place.start);
            self.body.claims.push(Claim {
                kind,
                sentence: tidied(words.trim()),
                span: match self.piece {
                    Piece::File { .. } => start..start + place.len(),
                    Piece::Value { span, .. } => span.clone(),
                },
                is_cited: is_cited || is_excused,
            });
        }
    }
}

/// Gives each citation its sentence.
fn give_sentences(passage: &Passage, body: &mut Body) {
    if passage.citations.is_empty() {
        return;
    }
    let all: Vec<_> = sentences(&passage.text).collect();
    let mut last = None;
    for (citation, offset) in &passage.citations {
        let index = all
            .iter()
            .position(|sentence| sentence.end >= *offset)
            .unwrap_or(all.len().saturating_sub(1));
        let Some(sentence) = all.get(index) else {
            continue;
        };
        let range = match &last {
            Some((known, range)) if *known == index => Clone::clone(range),
            _ => {
                let words = passage.text[sentence.clone()].trim();
                let start = body.sentences.len() as u32;
                tidy(words, &mut body.sentences);
                start..body.sentences.len() as u32
            }
        };
        body.citations[*citation].sentence = range.clone();
        last = Some((index, range));
    }
}

fn tidied(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    tidy(words, &mut text);
    text
}

/// Copies words without the space that a citation leaves before a full stop.
fn tidy(words: &str, to: &mut String) {
    let mut space = false;
    for c in words.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) && !matches!(c, '.' | ',' | ';' | ':' | '!' | '?') {
            to.push(' ');
        }
        to.push(c);
    }
}

/// Where the sentences of a text are. A citation may stand behind the full stop of its sentence.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
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
            while let Some((offset, mark)) = chars.peek() {
                if !matches!(mark, '”' | '’' | '"' | '\'' | ')' | '»' | '.' | '!' | '?') {
                    break;
                }
                end = begin + offset + mark.len_utf8();
                chars.next();
            }
            let rest = &text[end..];
            let next = rest.trim_start().chars().next();
            let goes_on = c == '.' && next.is_some_and(char::is_lowercase);
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

fn ends_in_abbreviation(text: &str) -> bool {
    const SHORT: [&str; 20] = [
        "e.g.", "i.e.", "Dr.", "Mr.", "Ms.", "Mrs.", "St.", "vs.", "al.", "p. ej.", "Sra.", "Sr.",
        "p.", "pp.", "cf.", "No.", "Vol.", "Fig.", "pág.", "núm.",
    ];
    SHORT.iter().any(|short| {
        text.strip_suffix(short)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
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
    .any(|word| before.to_lowercase().ends_with(word))
        && !matches!(
            next.as_str(),
            "in" | "of" | "out" | "men" | "women" | "people"
        );
    is_unit(&next) || is_unit(&then) || is_range || is_group || is_age_or_hour
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

/// A word that says that something was found.
fn finding(text: &str, language: &str) -> Option<Range<usize>> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let (_, known) = FINDINGS.iter().find(|(code, _)| *code == primary)?;
    let mut offset = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let place = offset..offset + word.len();
        offset = place.end + text[place.end..].chars().next().map_or(0, char::len_utf8);
        // The common words are short; only the rest is looked at letter by letter.
        if word.len() > 4 && known.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            return Some(place);
        }
    }
    None
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
            ("", vec![]),
        ] {
            let found: Vec<_> = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        }
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
        ] {
            assert_eq!(
                finding(text, language).map(|place| &text[place]),
                expected,
                "{text}"
            );
        }
    }
}

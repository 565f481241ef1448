//! Shares of people that do not say of whom: "41 in 100" of whom?
//!
//! A share means nothing without the people who were asked. They may be named in the same paragraph or
//! in the one before it, which readers have just read. Whether a number has a source is a question of
//! its own, which `checks::claims` asks.
//!
//! To add a word for people: a line in [`PEOPLE`].

use std::ops::Range;

use super::texts::{Texts, words};
use crate::diagnostic::Code;
use crate::document::body::ProseKind;
use crate::reading::rows_of_numbers;

/// Words for those who were asked, or what was counted, in English and Spanish; a beginning is enough.
const PEOPLE: &[&str] = &[
    "adolescent",
    "adult",
    "answer",
    "applicant",
    "asked",
    "boys",
    "care",
    "carer",
    "case",
    "child",
    "client",
    "clinic",
    "couple",
    "doctor",
    "everybody",
    "everyone",
    "father",
    "folk",
    "friend",
    "girls",
    "group",
    "household",
    "human",
    "individual",
    "interview",
    "learner",
    "member",
    "men",
    "mother",
    "nobody",
    "nurse",
    "page",
    "parent",
    "participant",
    "partner",
    "patient",
    "people",
    "person",
    "population",
    "practitioner",
    "reader",
    "relationship",
    "reply",
    "replies",
    "respondent",
    "sample",
    "site",
    "somebody",
    "someone",
    "staff",
    "student",
    "studies",
    "study",
    "subject",
    "survey",
    "survivor",
    "teen",
    "therapist",
    "trial",
    "user",
    "veteran",
    "visitor",
    "volunteer",
    "who",
    "woman",
    "women",
    "young",
    "youth",
    "adolescente",
    "adult",
    "alguien",
    "alumn",
    "chic",
    "cliente",
    "encuesta",
    "estudi",
    "gente",
    "grupo",
    "hombre",
    "jóvenes",
    "madre",
    "muestra",
    "mujer",
    "niñ",
    "nadie",
    "página",
    "paciente",
    "padre",
    "pareja",
    "participante",
    "persona",
    "población",
    "profesional",
    "quien",
    "sitio",
    "terapeuta",
    "usuari",
    "voluntari",
];

/// Numbers in words, as they stand in "one in five" and "uno de cada cinco".
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
    "hundred", "un", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho",
    "nueve", "diez", "veinte", "cien",
];

impl Texts<'_, '_> {
    /// Looks at every share of the paragraphs and lists.
    pub(super) fn populations(&mut self) {
        let rows = rows_of_numbers(self.subject.site, self.subject.document);
        for (index, passage) in self.passages.iter().enumerate() {
            let is_text = match passage.prose.kind {
                ProseKind::Paragraph | ProseKind::Item => true,
                ProseKind::Cell | ProseKind::Term => false,
            };
            let text = &passage.prose.text;
            if !is_text || passage.is_within(&rows) {
                continue;
            }
            let all = words(text);
            let before = index.checked_sub(1).map(|before| &self.passages[before]);
            let before = before.filter(|before| before.part == passage.part);
            let names_people = |words: &[(Range<usize>, String)]| {
                words
                    .iter()
                    .any(|(_, word)| PEOPLE.iter().any(|people| word.starts_with(people)))
            };
            let Some(place) = first_share(text, &all) else {
                continue;
            };
            if names_people(&all) || before.is_some_and(|it| names_people(&words(&it.prose.text))) {
                continue;
            }
            let message = format!("`{}` of whom?", &text[place.clone()]);
            let help =
                "say who was asked, and how many, such as `of 1,208 men in an online survey`";
            self.report(Code::NumberWithoutPopulation, passage, place, message, help);
        }
    }
}

/// Where the first "41 %", "41 per cent", "1 in 5", "one out of five" or "1 de cada 5" stands.
fn first_share(text: &str, words: &[(Range<usize>, String)]) -> Option<Range<usize>> {
    let is_number = |word: &str| {
        NUMBERS.contains(&word) || word.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    words.iter().enumerate().find_map(|(index, (place, word))| {
        if !is_number(word) {
            return None;
        }
        let rest = text[place.end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if rest.starts_with('%') {
            return Some(place.start..text.len() - rest.len() + 1);
        }
        let next: Vec<_> = words[index + 1..].iter().take(3).collect();
        let said: Vec<_> = next.iter().map(|(_, word)| word.as_str()).collect();
        let last = match said.as_slice() {
            ["percent", ..] => 0,
            ["per", "cent", ..] | ["por", "ciento", ..] => 1,
            ["in", of, ..] if is_number(of) && is_whole(of) => 1,
            ["out", "of", of, ..] | ["de", "cada", of, ..] if is_number(of) => 2,
            _ => return None,
        };
        Some(place.start..next[last].0.end)
    })
}

/// "Born in 2000" and "2 in 1996" are years, "3 in one go" is no share.
fn is_whole(of: &str) -> bool {
    let is_year = of.len() == 4 && (of.starts_with("19") || of.starts_with("20"));
    !is_year && !matches!(of, "one" | "1" | "un" | "uno" | "una")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let place = first_share(text, &words(text));
        assert_eq!(place.map(|place| &text[place]), expected, "{text}");
    }

    #[test]
    fn shares_are_told_from_other_numbers() {
        check("About 41 % had it.", Some("41 %"));
        check("About 41% had it.", Some("41%"));
        check("It was 41 in 100.", Some("41 in 100"));
        check("One in five had it.", Some("One in five"));
        check("Three out of 4 did.", Some("Three out of 4"));
        check("Una de cada cinco.", Some("Una de cada cinco"));
        check("Forty-one per cent.", None);
        check("It was 4 per cent.", Some("4 per cent"));
        check("Three were born in 2000.", None);
        check("The 2 in 2019 were more.", None);
        check("Do two in one go.", None);
        check("Wait 5 minutes in 3 rooms.", None);
    }
}

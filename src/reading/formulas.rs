//! From counts to the age of a reader.
//!
//! Each language has two formulas, so that what one cannot see, the other may. They were fitted to
//! school books and to general texts; none was made for texts on health in short paragraphs. A year more
//! or less says nothing, and a low age does not prove that a text is clear.

use super::Counts;

/// How the age of a reader is found in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Flesch-Kincaid and Coleman-Liau.
    English,
    /// Fernández Huerta and Crawford.
    Spanish,
    /// Not at all: only the lengths of sentences and paragraphs are known.
    Lengths,
}

impl Method {
    /// For a language code such as `en` or `es-MX`.
    pub fn of(language: &str) -> Self {
        match language.split(['-', '_']).next() {
            Some("en") => Method::English,
            Some("es") => Method::Spanish,
            Some(_) | None => Method::Lengths,
        }
    }

    /// The names of its two formulas.
    pub const fn names(self) -> Option<[&'static str; 2]> {
        match self {
            Method::English => Some(["Flesch-Kincaid", "Coleman-Liau"]),
            Method::Spanish => Some(["Fernández Huerta", "Crawford"]),
            Method::Lengths => None,
        }
    }

    /// The age by each of the two formulas; `None` where nothing is counted or no formula is known.
    pub fn ages(self, counts: Counts) -> Option<[f64; 2]> {
        if counts.words == 0 || counts.sentences == 0 {
            return None;
        }
        let grades = match self {
            Method::English => [flesch_kincaid(counts), coleman_liau(counts)],
            Method::Spanish => [fernandez_huerta(counts), crawford(counts)],
            Method::Lengths => return None,
        };
        Some(grades.map(|grade| grade.clamp(0.0, LAST_GRADE) + AGE_BEFORE_FIRST_GRADE))
    }
}

/// Beyond university there are no grades, and the formulas go on for ever.
const LAST_GRADE: f64 = 20.0;

/// Who is in the first grade is six years old.
const AGE_BEFORE_FIRST_GRADE: f64 = 5.0;

/// The grade of J. P. Kincaid and others, "Derivation of new readability formulas for Navy enlisted
/// personnel", 1975: the length of sentences, and of words in syllables.
fn flesch_kincaid(counts: Counts) -> f64 {
    0.39 * words_a_sentence(counts) + 11.8 * syllables_a_word(counts) - 15.59
}

/// The grade of M. Coleman and T. L. Liau, "A computer readability formula designed for machine
/// scoring", 1975: the length of words in letters, and of sentences. It asks for no syllables, so it does not share
/// their mistakes.
fn coleman_liau(counts: Counts) -> f64 {
    let words = counts.words as f64;
    let letters_in_100 = counts.letters as f64 / words * 100.0;
    let sentences_in_100 = counts.sentences as f64 / words * 100.0;
    0.0588 * letters_in_100 - 0.296 * sentences_in_100 - 15.8
}

/// The ease of J. Fernández Huerta, "Medidas sencillas de lecturabilidad", 1959, as it is corrected at
/// legible.es: 206.84 - 60 syllables a word - 1.02 words a sentence; then the grade that his scale names
/// for it. The scale has steps, "90 to 100 is grade 4"; between the middles of two steps the grade is
/// taken to grow evenly, which is ours and not his. The steps are those of Flesch for English in
/// American schools, so the grade is a rough one.
fn fernandez_huerta(counts: Counts) -> f64 {
    const STEPS: [(f64, f64); 6] = [
        (95.0, 4.0),
        (85.0, 5.0),
        (75.0, 6.0),
        (65.0, 7.5),
        (55.0, 10.5),
        (40.0, 13.0),
    ];
    let ease = 206.84 - 60.0 * syllables_a_word(counts) - 1.02 * words_a_sentence(counts);
    let between = STEPS.windows(2).find(|pair| ease >= pair[1].0);
    match between {
        Some([(easy, low), (hard, high)]) => {
            let part = ((easy - ease) / (easy - hard)).max(0.0);
            low + (high - low) * part
        }
        Some(_) | None => STEPS[STEPS.len() - 1].1,
    }
}

/// The years of school of A. N. Crawford, "Fórmula y gráfico para determinar la comprensibilidad de
/// textos de nivel primario en castellano", 1989. It was fitted to readers of the grades 1 to 6: beyond
/// that it says no more than "more than primary school".
fn crawford(counts: Counts) -> f64 {
    let sentences_in_100 = 100.0 / words_a_sentence(counts);
    let syllables_in_100 = 100.0 * syllables_a_word(counts);
    -0.205 * sentences_in_100 + 0.049 * syllables_in_100 - 3.407
}

fn words_a_sentence(counts: Counts) -> f64 {
    counts.words as f64 / counts.sentences as f64
}

fn syllables_a_word(counts: Counts) -> f64 {
    counts.syllables as f64 / counts.words as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 words in 8 sentences, with 420 letters.
    fn counts(syllables: usize) -> Counts {
        Counts {
            words: 100,
            sentences: 8,
            letters: 420,
            syllables,
        }
    }

    #[track_caller]
    fn check(method: Method, syllables: usize, expected: [f64; 2]) {
        let ages = method.ages(counts(syllables)).expect("there are words");
        for (age, expected) in ages.iter().zip(expected) {
            assert!((age - expected).abs() < 0.005, "{ages:?}");
        }
    }

    #[test]
    fn ages_are_those_of_the_formulas_worked_out_by_hand() {
        // 0.39 · 12.5 + 11.8 · 1.35 - 15.59 = 5.215; 0.0588 · 420 - 0.296 · 8 - 15.8 = 6.528.
        check(Method::English, 135, [10.215, 11.528]);
        // 206.84 - 60 · 1.8 - 1.02 · 12.5 = 86.09, so grade 4.891; -0.205 · 8 + 0.049 · 180 - 3.407 = 3.773.
        check(Method::Spanish, 180, [9.891, 8.773]);
        // 206.84 - 60 · 2.2 - 12.75 = 62.09, so grade 7.5 + 0.291 · 3; 10.78 - 1.64 - 3.407 = 5.733.
        check(Method::Spanish, 220, [13.373, 10.733]);
        // Off both ends of the scale.
        check(Method::Spanish, 150, [9.0, 7.303]);
        check(Method::Spanish, 300, [18.0, 14.653]);
        // Easier than the first grade.
        check(Method::English, 90, [5.0, 11.528]);
    }

    #[test]
    fn languages_without_formulas_and_empty_texts_have_no_age() {
        assert_eq!(Method::of("de").ages(counts(150)), None);
        assert_eq!(Method::of("en-GB"), Method::English);
        assert_eq!(Method::English.ages(Counts::default()), None);
    }
}

//! How hard a text is to read, as far as counting can tell: words, sentences, and the age at which
//! people mostly can read such a text.
//!
//! [`Measured`] takes a document's passages one by one and adds them up. It is the same for
//! `checks::voice`, which says where a text is harder than the site allows, and for the command
//! `afterword reading`, which lists all pages. What a sentence and a word is, [`sentences`] knows;
//! [`syllables`] counts them; [`formulas`] makes ages of the counts. Headings, citations, comments,
//! code, addresses, cells of tables and the numbers of charts are not counted.
//!
//! All this is an alarm and no proof. A text of short words in short sentences can still be muddled,
//! and only readers can tell whether they understand it.
//!
//! To measure another language: a variant of [`Method`], then what the compiler names.

mod formulas;
mod passages;
pub mod sentences;
mod syllables;

use std::ops::Range;

use crate::document::Document;
use crate::document::body::ProseKind;
use crate::site::Site;
use crate::theme::BodyRule;

pub use formulas::Method;
pub use passages::{Part, Passage, passages};
pub use sentences::sentences;

/// What is counted in a stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words.
    pub words: usize,
    /// Sentences that hold a word.
    pub sentences: usize,
    /// Letters and digits.
    pub letters: usize,
    /// Syllables; of a number, its digits. None in languages that are not known.
    pub syllables: usize,
}

/// A sentence that was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is, in the words of its passage.
    pub range: Range<usize>,
    /// What is counted in it; it is one sentence.
    pub counts: Counts,
}

/// A passage that was measured.
#[derive(Debug)]
pub struct MeasuredPassage<'d> {
    /// The passage.
    pub passage: Passage<'d>,
    /// Its sentences in order.
    pub sentences: Vec<Sentence>,
}

/// A document that was measured.
#[derive(Debug)]
pub struct Measured<'d> {
    /// How ages are found in its language.
    pub method: Method,
    /// What is counted of it, in order.
    pub passages: Vec<MeasuredPassage<'d>>,
}

/// Below so many words the formulas tell nothing: they were made with samples of a hundred.
pub const FEWEST_WORDS: usize = 100;

/// The same for telling which paragraph is the hardest.
const FEWEST_WORDS_OF_A_PARAGRAPH: usize = 15;

impl<'d> Measured<'d> {
    /// Measures a document that was parsed with [`ParseOptions::prose`](crate::document::ParseOptions).
    pub fn new(site: &Site, document: &'d Document) -> Self {
        let method = Method::of(&document.options.language);
        let rows = rows_of_numbers(site, document);
        let is_counted = |passage: &Passage<'_>| match passage.prose.kind {
            ProseKind::Paragraph | ProseKind::Item => !passage.is_within(&rows),
            ProseKind::Cell | ProseKind::Term => false,
        };
        let passages = passages(document)
            .filter(is_counted)
            .map(|passage| MeasuredPassage {
                sentences: measured(&passage.prose.text, method),
                passage,
            })
            .filter(|measured| !measured.sentences.is_empty())
            .collect();
        Self { method, passages }
    }

    /// What is counted in the whole.
    pub fn counts(&self) -> Counts {
        let sentences = self.sentences();
        sentences.fold(Counts::default(), |sum, (_, it)| sum.and(it.counts))
    }

    /// All sentences, each with its passage.
    pub fn sentences(&self) -> impl Iterator<Item = (&Passage<'d>, &Sentence)> {
        let passages = self.passages.iter();
        passages.flat_map(|it| it.sentences.iter().map(move |s| (&it.passage, s)))
    }

    /// The two ages of the whole; `None` for a text that is too short, and in languages without
    /// formulas.
    pub fn ages(&self) -> Option<[f64; 2]> {
        let counts = self.counts();
        (counts.words >= FEWEST_WORDS)
            .then(|| self.method.ages(counts))
            .flatten()
    }

    /// How many sentences have more words than this.
    pub fn longer_than(&self, words: usize) -> usize {
        let sentences = self.sentences();
        sentences.filter(|(_, it)| it.counts.words > words).count()
    }

    /// The sentence with most words, the first of equals.
    pub fn longest(&self) -> Option<(&Passage<'d>, &Sentence)> {
        let longer = |first: (_, &'_ Sentence), next: (_, &'_ Sentence)| {
            next.1.counts.words > first.1.counts.words
        };
        self.sentences()
            .reduce(|first, next| if longer(first, next) { next } else { first })
    }

    /// The passage that is hardest to read, and its age by both formulas taken together. Passages of a few
    /// words are left out. In languages without formulas, that with the longest sentences.
    pub fn hardest(&self) -> Option<(&MeasuredPassage<'d>, Option<f64>)> {
        let weighed = self.passages.iter().filter_map(|it| {
            let counts = it.counts();
            let age = self
                .method
                .ages(counts)
                .map(|[one, other]| f64::midpoint(one, other));
            let weight = age.unwrap_or(counts.words as f64 / counts.sentences as f64);
            (counts.words >= FEWEST_WORDS_OF_A_PARAGRAPH).then_some((it, age, weight))
        });
        let hardest = weighed.reduce(|first, next| if next.2 > first.2 { next } else { first });
        hardest.map(|(it, age, _)| (it, age))
    }
}

impl MeasuredPassage<'_> {
    /// What is counted in it.
    pub fn counts(&self) -> Counts {
        let sentences = self.sentences.iter();
        sentences.fold(Counts::default(), |sum, it| sum.and(it.counts))
    }
}

impl Counts {
    fn and(self, other: Counts) -> Counts {
        Counts {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            letters: self.letters + other.letters,
            syllables: self.syllables + other.syllables,
        }
    }
}

/// The sentences of a text that hold words.
fn measured(text: &str, method: Method) -> Vec<Sentence> {
    sentences(text)
        .map(|range| Sentence {
            counts: counts(&text[range.clone()], method),
            range,
        })
        .filter(|sentence| sentence.counts.words > 0)
        .collect()
}

fn counts(sentence: &str, method: Method) -> Counts {
    let mut counts = Counts {
        sentences: 1,
        ..Counts::default()
    };
    for word in sentences::words(sentence) {
        counts.words += 1;
        counts.letters += word.chars().filter(|c| c.is_alphanumeric()).count();
        counts.syllables += match method {
            Method::English => syllables::english(word),
            Method::Spanish => syllables::spanish(word),
            Method::Lengths => 0,
        };
    }
    counts
}

/// The lines of charts, which are numbers with names and no sentences.
pub fn rows_of_numbers(site: &Site, document: &Document) -> Vec<Range<usize>> {
    let directives = document.body.directives.iter();
    directives
        .filter(|directive| {
            let spec = site.theme.directive(&directive.name.value);
            spec.is_some_and(|spec| matches!(spec.body, BodyRule::Rows))
        })
        .flat_map(|directive| directive.items.iter().map(|item| item.span.clone()))
        .collect()
}

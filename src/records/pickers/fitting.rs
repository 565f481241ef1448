//! Which ideas fit which answers. Lists, directives, stylesheets and checks all ask here, so that they
//! can never disagree.

use std::ops::Range;

use super::{Choice, Facet, Fits, Idea, Picker, Said, Values};

/// One answer that somebody gives to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question, by its place in [`Picker::facets`].
    pub facet: usize,
    /// The answer, by its place in [`Facet::choices`]; a number that an author writes instead of one
    /// stands in [`Answer::fits`] alone.
    pub choice: Option<usize>,
    /// Which ideas it leaves.
    pub fits: Fits,
    /// Where it is written.
    pub span: Range<usize>,
}

impl Fits {
    /// Whether an idea that says this is left.
    pub fn leaves(&self, said: &Said) -> bool {
        match (self, said) {
            (Fits::AnyOf(values), Said::Words(words)) => {
                words.iter().any(|word| values.contains(word))
            }
            (Fits::AtMost(most), Said::Numbers(from, _)) => from <= most,
            (Fits::AnyOf(_) | Fits::AtMost(_), Said::Nothing)
            | (Fits::AnyOf(_), Said::Numbers(..))
            | (Fits::AtMost(_), Said::Words(_)) => false,
        }
    }
}

impl Idea {
    /// Whether it is left when somebody answers one question so.
    pub fn fits(&self, facet: usize, fits: &Fits) -> bool {
        self.always || self.said.get(facet).is_some_and(|said| fits.leaves(said))
    }
}

impl Picker {
    /// The ideas that are left after some answers, in their order. Several answers to one question
    /// leave what fits any of them; answers to different questions what fits all.
    pub fn fitting<'a>(&'a self, answers: &'a [Answer]) -> impl Iterator<Item = &'a Idea> {
        self.ideas.iter().filter(move |idea| {
            answers.iter().all(|answer| {
                let mut same = answers.iter().filter(|it| it.facet == answer.facet);
                same.any(|it| idea.fits(it.facet, &it.fits))
            })
        })
    }

    /// A question by its key.
    pub fn facet(&self, id: &str) -> Option<(usize, &Facet)> {
        let mut facets = self.facets.iter().enumerate();
        facets.find(|(_, facet)| facet.id.value == id)
    }
}

impl Facet {
    /// An answer by its key.
    pub fn choice(&self, id: &str) -> Option<(usize, &Choice)> {
        let mut choices = self.choices.iter().enumerate();
        choices.find(|(_, choice)| choice.id.value == id)
    }
}

impl Facet {
    /// What an author means who writes this as an answer: the key of one, or, for numbers, the most that
    /// there may be.
    pub fn answer(&self, written: &str) -> Option<(Option<usize>, Fits)> {
        if let Some((index, choice)) = self.choice(written) {
            return Some((Some(index), choice.fits.clone()));
        }
        match &self.values {
            Values::Numbers(_) => Some((None, Fits::AtMost(written.parse().ok()?))),
            Values::Words(_) => None,
        }
    }
}

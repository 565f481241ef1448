//! How many ideas of a picker answers leave, counted for all answers and all pairs of them.
//!
//! The ideas that an answer leaves are a set with a bit for each, so that thousands of ideas and of
//! pairs take no time to speak of. An idea that could not be read counts as one that fits: what is
//! wrong with it was reported.

use std::collections::BTreeMap;

use crate::records::Picker;
use crate::records::pickers::{Choice, Fits, Idea, Said};

/// An answer by the places of its question and of itself.
pub type Place = (usize, usize);

/// One answer or two that leave few ideas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The answers.
    pub answers: Vec<Place>,
    /// How many ideas they leave.
    pub left: usize,
    /// Of two answers: how many are left by the one that alone leaves less.
    pub alone: Option<usize>,
}

/// All answers, and pairs of answers to two questions, that leave fewer than so many ideas, in the
/// order of the file.
pub fn short(picker: &Picker, enough: usize) -> Vec<Short> {
    let facets = picker.facets.iter().enumerate();
    let answers = facets.flat_map(|(facet, asked)| {
        let choices = asked.choices.iter().enumerate();
        let readable = choices.filter(|(_, choice)| is_readable(choice));
        readable.map(move |(place, choice)| {
            let ideas = Ideas::left_by(picker, facet, &choice.fits);
            ((facet, place), ideas.count(), ideas)
        })
    });
    let answers: Vec<_> = answers.collect();
    let mut short = Vec::new();
    for (index, (first, alone, ideas)) in answers.iter().enumerate() {
        let single = Short {
            answers: vec![*first],
            left: *alone,
            alone: None,
        };
        short.extend(Some(single).filter(|single| single.left < enough));
        for (second, other_alone, others) in &answers[index + 1..] {
            let left = ideas.shared(others);
            if first.0 != second.0 && left < enough {
                short.push(Short {
                    answers: vec![*first, *second],
                    left,
                    alone: Some(*alone.min(other_alone)),
                });
            }
        }
    }
    short
}

/// The ideas that answers leave: of several answers to one question any, of all questions all.
pub fn ideas<'p, 'a>(
    picker: &'p Picker,
    answers: impl IntoIterator<Item = (usize, &'a Fits)>,
) -> Vec<&'p Idea> {
    let mut by_facet: BTreeMap<usize, Vec<&Fits>> = BTreeMap::new();
    for (facet, fits) in answers {
        by_facet.entry(facet).or_default().push(fits);
    }
    let is_left_by_all = |idea: &&Idea| {
        let mut questions = by_facet.iter();
        questions.all(|(facet, given)| given.iter().any(|fits| is_left(idea, *facet, fits)))
    };
    picker.ideas.iter().filter(is_left_by_all).collect()
}

/// False for an answer that leaves nothing because what it leaves could not be read.
pub fn is_readable(choice: &Choice) -> bool {
    match &choice.fits {
        Fits::AnyOf(values) => !values.is_empty(),
        Fits::AtMost(_) => true,
    }
}

/// Whether an answer to a question leaves an idea, as far as anybody can tell.
pub fn is_left(idea: &Idea, facet: usize, fits: &Fits) -> bool {
    idea.fits(facet, fits) || matches!(idea.said.get(facet), None | Some(Said::Nothing))
}

/// A set of ideas, a bit for each.
struct Ideas(Vec<u64>);

impl Ideas {
    fn left_by(picker: &Picker, facet: usize, fits: &Fits) -> Self {
        let mut bits = vec![0; picker.ideas.len().div_ceil(64)];
        for (place, idea) in picker.ideas.iter().enumerate() {
            if is_left(idea, facet, fits) {
                bits[place / 64] |= 1 << (place % 64);
            }
        }
        Self(bits)
    }

    fn count(&self) -> usize {
        self.shared(self)
    }

    /// How many are in this set and in another.
    fn shared(&self, other: &Self) -> usize {
        let pairs = self.0.iter().zip(&other.0);
        pairs.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }
}

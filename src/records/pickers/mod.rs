//! Pickers: what a reader can choose from, and the questions by which to narrow it down.
//!
//! A page of kind `picker` names its file, such as `picker: activities.yaml`. Nothing about any topic
//! stands in the program: the questions ([`Facet`]), their answers ([`Choice`]), what is chosen
//! ([`Idea`]) and the words around them all come from that file. What can be wrong with the file by
//! itself is found by [`reading`]; what is wrong with it as a picker, such as answers after which
//! nothing is left, by `checks::pickers`.
//!
//! To add a detail of an idea: a documented field of [`Idea`], a line in `reading::ideas` and one in its
//! list of keys, a field in `theme::contract::Idea`, a row in the README.

mod fitting;
mod reading;
mod words;

use std::ops::Range;

use super::InLanguages;
use crate::data::Spanned;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

pub use fitting::Answer;
#[cfg(test)]
pub use reading::parse;
pub use reading::{is_file, read};
pub use words::PickerWords;

/// A file of ideas with the questions that narrow them down.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// The file.
    pub file: SourcePath,
    /// The questions, in the order in which they are asked.
    pub facets: Vec<Facet>,
    /// The facet by whose values the ideas are grouped in lists.
    pub groups: Option<usize>,
    /// The facet whose values are the parts of a plan; no plan without it.
    pub plan: Option<usize>,
    /// Whether two people or more may choose together.
    pub together: bool,
    /// Words of the interface that are this picker's own, by the name that the theme's strings give
    /// them after `picker_`.
    pub words: Vec<(Spanned<String>, InLanguages)>,
    /// Answers that belong together so often that they have a page.
    pub lists: Vec<List>,
    /// Combinations of answers that may leave few ideas.
    pub few: Vec<Few>,
    /// What is chosen.
    pub ideas: Vec<Idea>,
    /// What is wrong with the file by itself. `checks::pickers` passes it on when a page that is
    /// published names the file, so that what belongs to a draft alone is left in peace.
    pub findings: Vec<Diagnostic>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// Its key in ideas, lists and directives.
    pub id: Spanned<String>,
    /// What it is about, in a word or two: `Touch`.
    pub name: InLanguages,
    /// The question: `Is touch all right?`
    pub question: InLanguages,
    /// A sentence below the question; may be empty.
    pub help: InLanguages,
    /// How many answers a reader may give.
    pub answers: Answers,
    /// What an idea may say.
    pub values: Values,
    /// The answers.
    pub choices: Vec<Choice>,
    /// Whether lists show it among the facts of an idea.
    pub is_shown: bool,
}

/// How many answers a question may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answers {
    /// One.
    #[default]
    One,
    /// Any number; an idea that fits one of them is shown.
    Several,
}

/// What an idea may say of a facet.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Some of these words, each with its name for readers. None at all when they could not be read.
    Words(Vec<(Spanned<String>, InLanguages)>),
    /// A number, or two: from and to. With the unit, such as `min`.
    Numbers(InLanguages),
}

impl Values {
    /// True when they could not be read, so that nobody can tell what may be said.
    pub fn are_unknown(&self) -> bool {
        matches!(self, Values::Words(named) if named.is_empty())
    }
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its key in lists and directives.
    pub id: Spanned<String>,
    /// Its words.
    pub name: InLanguages,
    /// Which ideas it leaves.
    pub fits: Fits,
}

/// Which ideas an answer leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fits {
    /// Those that say one of these values, by their places in [`Values::Words`]; none at all when it
    /// could not be read.
    AnyOf(Vec<usize>),
    /// Those whose smaller number is not larger than this.
    AtMost(i64),
}

/// What an idea says of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Values, by their places in [`Values::Words`].
    Words(Vec<usize>),
    /// From and to; the same number twice when there is one.
    Numbers(i64, i64),
    /// Nothing, because it could not be read, or because the idea fits always.
    Nothing,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Idea {
    /// For links: `#idea-blanket`. Empty when there is none, which was reported.
    pub id: Spanned<String>,
    /// What to do, as a request: `Share a blanket`.
    pub name: InLanguages,
    /// How, in a sentence.
    pub how: InLanguages,
    /// Why it is not for everyone; may be empty.
    pub not_for: InLanguages,
    /// What to take care of; may be empty.
    pub safety: InLanguages,
    /// A page that tells more, as a path from the file.
    pub see: Option<Spanned<String>>,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Whether it is the practice's own suggestion and from no source.
    pub is_ours: bool,
    /// Where the idea comes from, for those who edit. Not published.
    pub from: Vec<Spanned<String>>,
    /// The theme's picture for it; may be empty.
    pub picture: Option<Spanned<String>>,
    /// Fits whatever somebody answers, such as "Nothing, just rest".
    pub always: bool,
    /// What it says of each facet, in their order.
    pub said: Vec<Said>,
}

/// What speaks for an idea.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// `evidence: personal preference`: a matter of taste that nobody needs to study.
    Preference,
    /// Keys of works.
    Works(Vec<Spanned<String>>),
}

impl Evidence {
    /// The keys of works, as far as there are any.
    pub fn works(&self) -> &[Spanned<String>] {
        match self {
            Evidence::Preference => &[],
            Evidence::Works(keys) => keys,
        }
    }
}

/// Answers that have a page of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The last part of its address.
    pub id: Spanned<String>,
    /// Its title.
    pub title: InLanguages,
    /// One or two sentences; may be empty.
    pub description: InLanguages,
    /// The answers.
    pub with: Vec<Answer>,
}

/// A combination of answers that may leave few ideas.
#[derive(Debug, Clone, PartialEq)]
pub struct Few {
    /// Where it stands.
    pub span: Range<usize>,
    /// The answers.
    pub with: Vec<Answer>,
    /// Why, for those who edit.
    pub because: String,
}

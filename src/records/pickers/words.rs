//! The words of a picker, gathered by what a translator translates as one: a question with its answers,
//! an idea, a list, a word of the interface.

use std::ops::Range;

use super::{Picker, Values};
use crate::document::paragraphs::ParagraphHash;
use crate::records::InLanguages;

/// What a translator of a picker translates as one.
#[derive(Debug)]
pub struct PickerWords<'a> {
    /// What it is of, such as `question` or `idea`, and its id. Records name it so: `idea tea`.
    pub of: (&'static str, &'a str),
    /// Where its id is written.
    pub span: Range<usize>,
    /// Its words, in an order that stays.
    pub texts: Vec<&'a InLanguages>,
}

impl PickerWords<'_> {
    /// Its name in records.
    pub fn name(&self) -> String {
        format!("{} {}", self.of.0, self.of.1)
    }

    /// What readers of a language see of it.
    pub fn hash(&self, language: &str) -> ParagraphHash {
        let texts = self.texts.iter().map(|text| text.get(language, language));
        ParagraphHash::of(&texts.collect::<Vec<_>>().join("\u{0}"))
    }

    /// Where it is written in a language: the first of its words.
    pub fn place(&self, language: &str) -> Option<Range<usize>> {
        let mut codes = self.texts.iter().flat_map(|text| text.codes());
        codes
            .find(|(code, _)| *code == language)
            .map(|(_, span)| span)
    }

    /// True when some of its words are not there in a language.
    pub fn lacks(&self, language: &str) -> bool {
        let is_there =
            |text: &InLanguages| text.is_empty() || text.codes().any(|(code, _)| code == language);
        !self.texts.iter().all(|text| is_there(text))
    }
}

impl Picker {
    /// All its words, in the order of the file's parts.
    pub fn all_words(&self) -> Vec<PickerWords<'_>> {
        let own = self.words.iter().map(|(key, text)| PickerWords {
            of: ("word", &key.value),
            span: key.span.clone(),
            texts: vec![text],
        });
        let questions = self.facets.iter().map(|facet| {
            let mut texts = vec![&facet.name, &facet.question, &facet.help];
            match &facet.values {
                Values::Words(named) => texts.extend(named.iter().map(|(_, name)| name)),
                Values::Numbers(unit) => texts.push(unit),
            }
            texts.extend(facet.choices.iter().map(|choice| &choice.name));
            PickerWords {
                of: ("question", &facet.id.value),
                span: facet.id.span.clone(),
                texts,
            }
        });
        let lists = self.lists.iter().map(|list| PickerWords {
            of: ("list", &list.id.value),
            span: list.id.span.clone(),
            texts: vec![&list.title, &list.description],
        });
        let ideas = self.ideas.iter().map(|idea| PickerWords {
            of: ("idea", &idea.id.value),
            span: idea.id.span.clone(),
            texts: vec![&idea.name, &idea.how, &idea.not_for, &idea.safety],
        });
        own.chain(questions).chain(lists).chain(ideas).collect()
    }
}

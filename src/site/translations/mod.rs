//! Whether a translation still says what its source says, paragraph by paragraph.
//!
//! The source of a text is its edition in the site's first language. A record of
//! `content/translations.yaml` holds the hashes of the source's paragraphs as they were translated;
//! [`alignment`] compares them with those of today. Nothing is read out of the words of a translation:
//! only its translator knows whether they are right.

mod alignment;

use rustc_hash::FxHashMap;

use super::{LanguageId, Site, Written};
use crate::document::Document;
use crate::document::paragraphs::{Paragraph, ParagraphKind};
use crate::path::SourcePath;
use crate::records::pickers::PickerWords;
use crate::records::{Picker, Translation};

pub use alignment::{Alignment, Move, common};

/// How a translation stands.
#[derive(Debug)]
pub struct TranslationStanding<'a> {
    /// What it is a translation of.
    pub source: &'a Written,
    /// Which text of the source it was made of; none when nobody has written that down.
    pub record: Option<&'a Translation>,
    /// The source then and now. Without a record, nothing has moved.
    pub alignment: Alignment,
    /// What has become of the words of the source's picker.
    pub words: Vec<WordMove<'a>>,
}

/// What has become of words of a picker since they were translated.
#[derive(Debug)]
pub enum WordMove<'a> {
    /// They read otherwise.
    Changed(PickerWords<'a>),
    /// They were not there.
    Added(PickerWords<'a>),
}

impl TranslationStanding<'_> {
    /// In how many places the source is another one than was translated.
    pub fn moved(&self) -> usize {
        self.alignment.moves.len() + self.words.len()
    }
}

/// The record of each translation, by its place.
pub(super) fn by_page(translations: &[Translation]) -> FxHashMap<SourcePath, usize> {
    let places = translations.iter().enumerate();
    places
        .map(|(index, translation)| (translation.page.value.clone(), index))
        .collect()
}

impl Site {
    /// How a document stands as a translation; `None` when it is none, because it is written in the
    /// first language, or because that has no edition of its text.
    pub fn translation(&self, document: &Document) -> Option<TranslationStanding<'_>> {
        let source = self.source_of(document)?;
        let record = self.translation_by_page.get(&document.path);
        let record = record.map(|index| &self.translations[*index]);
        let Some(translation) = record else {
            return Some(TranslationStanding {
                source,
                record,
                alignment: Alignment::default(),
                words: Vec::new(),
            });
        };
        let now = source.document.paragraphs();
        let now: Vec<_> = now.iter().map(|it| (it.kind, it.hash)).collect();
        let words = match self.picker_of_source(source) {
            Some(picker) => self.moved_words(picker, translation),
            None => Vec::new(),
        };
        Some(TranslationStanding {
            source,
            record,
            alignment: Alignment::new(&translation.paragraphs, &now),
            words,
        })
    }

    /// What a document is a translation of.
    pub fn source_of(&self, document: &Document) -> Option<&Written> {
        let topic = self.topic(self.topic_of(&document.path)?);
        let source = topic.documents[LanguageId::FIRST.0].as_ref()?;
        (source.document.path != document.path).then_some(source)
    }

    /// What a page lets readers choose from, whose words are translated in its own file.
    pub fn picker_of_source(&self, source: &Written) -> Option<&Picker> {
        let file = source.document.picker_file()?;
        self.pickers.get(self.picker_in(&file)?)
    }

    fn moved_words<'a>(&'a self, picker: &'a Picker, record: &'a Translation) -> Vec<WordMove<'a>> {
        let language = self.language_code(LanguageId::FIRST);
        let known: FxHashMap<&str, _> = record
            .words
            .iter()
            .map(|(name, hash)| (name.as_str(), *hash))
            .collect();
        // Words that are gone are gone in all languages, since they stand side by side.
        let words = picker.all_words().into_iter();
        let moves = words.filter_map(|words| match known.get(words.name().as_str()) {
            Some(hash) if *hash == words.hash(language) => None,
            Some(_) => Some(WordMove::Changed(words)),
            None => Some(WordMove::Added(words)),
        });
        moves.collect()
    }
}

/// The paragraph of a translation that stands where one of its source does: the how manieth of its part
/// it is, in parts of one length. A part is the text, or a key of front matter.
pub fn counterpart<'p>(
    translation: &'p [Paragraph],
    source: &[ParagraphKind],
    at: usize,
) -> Option<&'p Paragraph> {
    let kind = *source.get(at)?;
    let is_of_part = |other: ParagraphKind| {
        if kind.is_key() {
            other == kind
        } else {
            !other.is_key()
        }
    };
    let theirs = source.iter().filter(|other| is_of_part(**other)).count();
    let before = source[..at]
        .iter()
        .filter(|other| is_of_part(**other))
        .count();
    let ours: Vec<_> = translation
        .iter()
        .filter(|it| is_of_part(it.kind))
        .collect();
    (ours.len() == theirs).then(|| ours[before])
}

/// Where two texts are not built alike: the place of the first paragraph of each that has no
/// counterpart. A short title and `changes` are each text's own, and may be left out.
pub fn parting(translation: &[ParagraphKind], source: &[ParagraphKind]) -> Option<(usize, usize)> {
    let counted = |kinds: &[ParagraphKind]| -> Vec<(usize, ParagraphKind)> {
        let kinds = kinds.iter().copied().enumerate();
        kinds
            .filter(|(_, kind)| !matches!(kind, ParagraphKind::ShortTitle | ParagraphKind::Change))
            .collect()
    };
    let (ours, theirs) = (counted(translation), counted(source));
    let place = |list: &[(usize, ParagraphKind)], at: usize, all: usize| {
        list.get(at).map_or(all, |(index, _)| *index)
    };
    let same = ours.iter().zip(&theirs);
    let same = same.take_while(|(our, their)| our.1 == their.1).count();
    if same == ours.len() && same == theirs.len() {
        return None;
    }
    Some((
        place(&ours, same, translation.len()),
        place(&theirs, same, source.len()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_part_where_their_kinds_differ() {
        use ParagraphKind::{Change, Heading, Item, ShortTitle, Text, Title};
        let source = [Title, Change, Text, Heading(2), Item];
        assert_eq!(
            parting(&[Title, ShortTitle, Text, Heading(2), Item], &source),
            None
        );
        assert_eq!(parting(&[Title, Text, Item], &source), Some((2, 3)));
        assert_eq!(parting(&[Title, Text, Heading(2)], &source), Some((3, 4)));
        assert_eq!(
            parting(&[Title, Text, Heading(2), Item, Text], &source),
            Some((4, 5))
        );
        assert_eq!(
            parting(&[Title, Text, Heading(3), Item], &source),
            Some((2, 3))
        );
    }
}

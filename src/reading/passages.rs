//! The passages of a document, each with its place in the file.

use std::ops::Range;

use crate::data::Spanned;
use crate::document::Document;
use crate::document::body::{Body, Prose};

/// Which part of a document a passage stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The note about what the page holds.
    ContentNote,
    /// A key message, by its number from 0.
    KeyMessage(usize),
    /// The text, with the number of the section: 0 before the first level-two heading.
    Text(usize),
}

/// A passage of a document.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'d> {
    /// Its words.
    pub prose: &'d Prose,
    /// Its place in [`Body::prose`].
    pub index: usize,
    /// What it is part of.
    pub body: &'d Body,
    /// The same in the words of the document.
    pub part: Part,
    document: &'d Document,
    /// The value of front matter that it stands in.
    value: Option<&'d Spanned<String>>,
}

impl Passage<'_> {
    /// Where a stretch of its words is written in the file. Values of front matter may be folded over
    /// several lines or written with signs that YAML reads as others: then the place is where the
    /// words stand in them, or all of the value.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        let span = match self.value {
            Some(value) => self.span_in(value, range),
            None => self.prose.place(range),
        };
        // A dash is longer in the text than the `--` that was written, so an end may lie a little off.
        let source = &self.document.source;
        let end = source.floor_char_boundary(span.end);
        source.floor_char_boundary(span.start).min(end)..end
    }

    fn span_in(&self, value: &Spanned<String>, range: Range<usize>) -> Range<usize> {
        let written = self.document.source.get(value.span.clone());
        let written = written.unwrap_or_default();
        if let Some(start) = written.find(&value.value) {
            let start = value.span.start + start;
            let place = self.prose.place(range);
            return start + place.start..start + place.end;
        }
        let words = &self.prose.text[range];
        match written.find(words) {
            Some(start) => {
                let start = value.span.start + start;
                start..start + words.len()
            }
            None => value.span.clone(),
        }
    }

    /// True when it begins within one of these stretches of the file.
    pub fn is_within(&self, stretches: &[Range<usize>]) -> bool {
        if self.value.is_some() || stretches.is_empty() {
            return false;
        }
        let start = self.prose.place(0..0).start;
        stretches.iter().any(|stretch| stretch.contains(&start))
    }
}

/// All passages of the content note, the key messages and the text, in the order in which readers meet
/// them.
pub fn passages(document: &Document) -> impl Iterator<Item = Passage<'_>> {
    let keys = &document.front_matter;
    let note = document.content_note.iter().zip(&keys.content_note);
    let note = note.map(|(body, value)| (Part::ContentNote, body, Some(value)));
    let messages = document.key_messages.iter();
    let messages = messages.zip(keys.key_messages.iter().flatten()).enumerate();
    let messages = messages.map(|(n, (body, value))| (Part::KeyMessage(n), body, Some(value)));
    let values = note.chain(messages).flat_map(move |(part, body, value)| {
        let prose = body.prose.iter().enumerate();
        prose.map(move |(index, prose)| Passage {
            prose,
            index,
            body,
            part,
            document,
            value,
        })
    });
    let body = &document.body;
    let sections = Sections::of(body);
    let text = body.prose.iter().enumerate();
    let text = text.map(move |(index, prose)| Passage {
        prose,
        index,
        body,
        part: Part::Text(sections.section(prose.headings)),
        document,
        value: None,
    });
    values.chain(text)
}

/// Which level-two heading stands above how many headings.
struct Sections(Vec<usize>);

impl Sections {
    fn of(body: &Body) -> Self {
        let mut section = 0;
        let headings = body.headings.iter().map(|heading| {
            section += usize::from(heading.level == 2 && !heading.is_nested);
            section
        });
        Self(headings.collect())
    }

    fn section(&self, headings: u32) -> usize {
        let last = (headings as usize).checked_sub(1);
        last.and_then(|last| self.0.get(last)).copied().unwrap_or(0)
    }
}

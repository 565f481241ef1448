//! How an article is put together where a body no longer tells: the words of its links, the heads and
//! columns of its tables, paragraphs that are nothing but bold, descriptions of pictures, and addresses
//! that are given by name and not used.
//!
//! Only checks ask for it. It is found by a walk of its own when it is first asked for, so that a page
//! that is only rendered does not pay for it. Every place is one in the file.
//!
//! To find something else: a field of [`Outline`], and the arm of `event` in [`walk`] that sees it.

mod walk;

use std::ops::Range;

use super::directives::{self, Fences};
use super::{Document, Target, front_matter};
use crate::data::Spanned;
use walk::{Place, Walk};

/// How an article is put together.
#[derive(Debug, Default)]
pub struct Outline {
    /// The links of the text and of front matter, in order.
    pub links: Vec<LinkWords>,
    /// The tables, in order.
    pub tables: Vec<Table>,
    /// Paragraphs, and items of a list by themselves, that are nothing but bold words and stand above
    /// something else.
    pub bold: Vec<Spanned<String>>,
    /// The pictures, in order.
    pub pictures: Vec<Picture>,
    /// Lines `[name]: address` that nothing uses, each with its name.
    pub unused_definitions: Vec<Spanned<String>>,
}

/// A link as readers meet it.
#[derive(Debug)]
pub struct LinkWords {
    /// Its words, those of its pictures included.
    pub words: String,
    /// Where they are; the whole link when it has none.
    pub span: Range<usize>,
    /// Where it leads.
    pub target: Target,
    /// True for an address that is its own words: `<https://a.org>`.
    pub is_bare: bool,
    /// True for `[[name]]`, whose words are the title of the page.
    pub is_by_name: bool,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its first line.
    pub head: Range<usize>,
    /// The words at the top of each column, trimmed.
    pub columns: Vec<String>,
}

/// A picture.
#[derive(Debug)]
pub struct Picture {
    /// Its description.
    pub alt: String,
    /// Where that is; the whole picture when it has none.
    pub span: Range<usize>,
    /// The words that browsers show beside it.
    pub title: String,
    /// The words of the paragraph that it stands in, and of the one behind it.
    pub beside: Vec<String>,
}

impl Outline {
    /// Of a document.
    pub(super) fn of(document: &Document) -> Self {
        let mut outline = Self::default();
        let keys = &document.front_matter;
        let values = keys.content_note.iter();
        let values = values.chain(keys.key_messages.iter().flatten());
        let changes = keys.changes.iter().flatten().map(|change| &change.what);
        for value in values.chain(changes) {
            outline.add_value(&document.source, value);
        }
        outline.add_text(document);
        outline
    }

    fn add_value(&mut self, source: &str, value: &Spanned<String>) {
        let written = source.get(value.span.clone()).unwrap_or_default();
        // A value that YAML folds or escapes is pointed at as a whole.
        let place = match written.find(&value.value) {
            Some(offset) => Place::From(value.span.start + offset),
            None => Place::Whole(value.span.clone()),
        };
        Walk::new(self, &value.value, place, &Fences::default()).run();
    }

    fn add_text(&mut self, document: &Document) {
        let source = &*document.source;
        let (_, start) = front_matter::split(source);
        // What is wrong with directives was said when the document was parsed.
        let fences = directives::scan(&document.path, source, start, &mut Vec::new());
        let text = &fences.hidden.as_deref().unwrap_or(source)[start..];
        Walk::new(self, text, Place::From(start), &fences).run();
    }
}

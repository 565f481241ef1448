//! The paragraphs of an article, each with a hash of what readers see of it.
//!
//! A translation is compared with its source by them: `content/translations.yaml` holds the hashes of
//! the source as it was translated. What readers see counts: words, links, citations, the name and the
//! arguments of a directive. Line breaks, empty lines, comments, the ids of headings and the shape of
//! quotation marks do not, so that nobody has to translate anew what reads as before.
//!
//! The hashes are kept in the records of sites: to change what goes into one makes all their
//! translations look out of date.
//!
//! To add a kind of paragraph: a variant of [`ParagraphKind`], its name in the table, and the place in
//! [`walk`] or [`of_keys`] that finds it.

#[cfg(test)]
mod tests;
mod walk;

use std::fmt;
use std::ops::Range;

use super::Document;

/// A paragraph in the widest sense: whatever a translator translates as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// What readers see of it.
    pub hash: ParagraphHash,
    /// Its first line.
    pub span: Range<usize>,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// `title`.
    Title,
    /// `short_title`.
    ShortTitle,
    /// `description`.
    Description,
    /// `content_note`.
    ContentNote,
    /// One of `key_messages`.
    KeyMessage,
    /// One of `changes`, with its day.
    Change,
    /// A heading of a level.
    Heading(u8),
    /// A paragraph of text.
    Text,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A term of a definition list.
    Term,
    /// What a term means.
    Meaning,
    /// The line that opens a directive, or the mark of an alert.
    Directive,
    /// A block of code.
    Code,
    /// A block of HTML.
    Html,
}

impl ParagraphKind {
    /// All of them, each with its name in records and in the words of messages.
    const TABLE: [(ParagraphKind, &'static str, &'static str); 20] = [
        (Self::Title, "title", "the title"),
        (Self::ShortTitle, "short-title", "the short title"),
        (Self::Description, "description", "the description"),
        (Self::ContentNote, "content-note", "the content note"),
        (Self::KeyMessage, "key-message", "a key message"),
        (Self::Change, "change", "an entry of `changes`"),
        (Self::Heading(1), "heading-1", "a heading"),
        (Self::Heading(2), "heading-2", "a heading"),
        (
            Self::Heading(3),
            "heading-3",
            "a heading of the third level",
        ),
        (
            Self::Heading(4),
            "heading-4",
            "a heading of the fourth level",
        ),
        (
            Self::Heading(5),
            "heading-5",
            "a heading of the fifth level",
        ),
        (
            Self::Heading(6),
            "heading-6",
            "a heading of the sixth level",
        ),
        (Self::Text, "paragraph", "a paragraph"),
        (Self::Item, "item", "an item of a list"),
        (Self::Row, "row", "a row of a table"),
        (Self::Term, "term", "a term"),
        (Self::Meaning, "meaning", "the meaning of a term"),
        (
            Self::Directive,
            "directive",
            "the first line of a directive",
        ),
        (Self::Code, "code", "a block of code"),
        (Self::Html, "html", "a block of HTML"),
    ];

    /// Its name in records.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What messages call it.
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// The kind of a name.
    pub fn of(name: &str) -> Option<Self> {
        let mut table = Self::TABLE.iter();
        table.find(|row| row.1 == name).map(|row| row.0)
    }

    fn row(self) -> &'static (ParagraphKind, &'static str, &'static str) {
        let mut table = Self::TABLE.iter();
        // Every kind is in the table, which a test holds.
        table.find(|row| row.0 == self).unwrap_or(&Self::TABLE[12])
    }

    /// True for what stands in front matter.
    pub fn is_key(self) -> bool {
        match self {
            Self::Title
            | Self::ShortTitle
            | Self::Description
            | Self::ContentNote
            | Self::KeyMessage
            | Self::Change => true,
            Self::Heading(_)
            | Self::Text
            | Self::Item
            | Self::Row
            | Self::Term
            | Self::Meaning
            | Self::Directive
            | Self::Code
            | Self::Html => false,
        }
    }
}

/// A hash of what readers see of a paragraph, written as sixteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParagraphHash(u64);

/// Digits of a hash as it is written.
const DIGITS: usize = 16;

impl ParagraphHash {
    /// Of words: white space and the shape of quotation marks and dashes do not count.
    pub fn of(words: &str) -> Self {
        let hash = blake3::hash(plain(words).as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Self(u64::from_be_bytes(first))
    }

    /// Reads sixteen digits and letters from a to f.
    pub fn parse(written: &str) -> Option<Self> {
        let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_sound = written.len() == DIGITS && written.bytes().all(is_digit);
        let number = u64::from_str_radix(written, 16).ok()?;
        is_sound.then_some(Self(number))
    }
}

impl fmt::Display for ParagraphHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Words without what makes no difference: one space for any white space, straight marks for round
/// ones. The setting `smart_punctuation` rounds titles, and may be switched.
fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            match c {
                '“' | '”' | '„' | '«' | '»' => plain.push('"'),
                '‘' | '’' | '‚' | '‹' | '›' => plain.push('\''),
                '…' => plain.push_str("..."),
                '–' => plain.push_str("--"),
                '—' => plain.push_str("---"),
                _ => plain.push(c),
            }
        }
    }
    plain
}

/// All paragraphs of a document: those of its own keys, then those of its text.
pub(super) fn of(document: &Document) -> Vec<Paragraph> {
    let mut found = of_keys(document);
    walk::add(document, &mut found);
    found
}

fn of_keys(document: &Document) -> Vec<Paragraph> {
    let keys = &document.front_matter;
    let source = &*document.source;
    let paragraph = |kind, words: &str, span: &Range<usize>| Paragraph {
        kind,
        hash: ParagraphHash::of(words),
        span: first_line(source, span.clone()),
    };
    let single = [
        (ParagraphKind::Title, &keys.title),
        (ParagraphKind::ShortTitle, &keys.short_title),
        (ParagraphKind::Description, &keys.description),
        (ParagraphKind::ContentNote, &keys.content_note),
    ];
    let single = single.into_iter().filter_map(|(kind, text)| {
        let text = text.as_ref()?;
        Some(paragraph(kind, &text.value, &text.span))
    });
    let messages = keys.key_messages.iter().flatten();
    let messages =
        messages.map(|text| paragraph(ParagraphKind::KeyMessage, &text.value, &text.span));
    let changes = keys.changes.iter().flatten().map(|change| {
        let words = format!("{} {}", change.on.value, change.what.value);
        paragraph(ParagraphKind::Change, &words, &change.what.span)
    });
    single.chain(messages).chain(changes).collect()
}

/// The first line of a stretch, without the white space around it.
fn first_line(source: &str, span: Range<usize>) -> Range<usize> {
    let written = source.get(span.clone()).unwrap_or_default();
    let start = span.start + written.len() - written.trim_start().len();
    let line = written.trim_start().lines().next().unwrap_or_default();
    start..start + line.trim_end().len()
}

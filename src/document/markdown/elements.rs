//! Links, pictures and text: the smaller pieces of the walk.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::builder::Builder;
use super::links;
use crate::document::Target;
use crate::document::body::{Image, Link, Node};

/// A picture whose description is being gathered.
#[derive(Debug)]
pub(super) struct OpenImage {
    target: Target,
    title: String,
    span: Range<usize>,
    pub(super) alt: String,
}

/// The word after an address that says a picture needs no description.
const DECORATIVE: &str = "decorative";

impl Builder<'_> {
    pub(super) fn start_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        name: &str,
        range: Range<usize>,
    ) {
        if self.image.is_some() {
            return;
        }
        let span = self.span_of_address(kind, address, name, range);
        let target = match kind {
            LinkType::WikiLink { .. } => Target::wiki(address),
            LinkType::Email => Target::Contact(format!("mailto:{address}")),
            LinkType::Inline
            | LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown
            | LinkType::Autolink => Target::new(address),
        };
        self.open_links += 1;
        let index = self.body.links.len() as u32;
        self.body.links.push(Link { target, span });
        self.push("<a href=\"");
        self.node(Node::Href(index));
        self.push("\"");
        self.node(Node::Rel(index));
        if !title.is_empty() {
            self.push(" title=\"");
            self.push_text(title);
            self.push("\"");
        }
        self.push(">");
    }

    pub(super) fn end_link(&mut self) {
        if self.image.is_none() {
            self.open_links = self.open_links.saturating_sub(1);
            self.push("</a>");
        }
    }

    pub(super) fn start_image(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        name: &str,
        range: Range<usize>,
    ) {
        let span = self.span_of_address(kind, address, name, range);
        self.image = Some(OpenImage {
            target: Target::new(address),
            title: title.to_owned(),
            span,
            alt: String::new(),
        });
    }

    pub(super) fn end_image(&mut self) {
        let Some(open) = self.image.take() else {
            return;
        };
        let index = self.body.images.len() as u32;
        let is_decorative = open.title == DECORATIVE;
        self.body.images.push(Image {
            target: open.target,
            is_decorative,
            title: if is_decorative {
                String::new()
            } else {
                open.title
            },
            alt: open.alt,
            span: open.span,
        });
        self.node(Node::Image(index));
    }

    fn span_of_address(
        &self,
        kind: LinkType,
        address: &str,
        name: &str,
        range: Range<usize>,
    ) -> Range<usize> {
        let (start, end) = (range.start - self.start, range.end - self.start);
        let text = &self.source[self.start..];
        let span = links::address_span(text, start..end, kind, address, name, &self.definitions);
        self.piece
            .place(span.start + self.start..span.end + self.start)
    }
}

/// Writes text with `&`, `<`, `>` and `"` escaped.
pub(super) fn escape(text: &str, html: &mut String) {
    // Writing to a string never fails.
    let _ = pulldown_cmark_escape::escape_html(html, text);
}

/// Words separated by space. A piece of text without a letter or digit counts as none. Works on
/// bytes, since it sees every byte of every article: those beyond ASCII count as letters.
pub(super) fn count_words(text: &str) -> usize {
    let mut words = 0;
    let mut is_counted = false;
    for byte in text.bytes() {
        if byte.is_ascii_whitespace() {
            is_counted = false;
        } else if !is_counted && (byte.is_ascii_alphanumeric() || byte >= 0x80) {
            is_counted = true;
            words += 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_and_lone_marks_are_not() {
        for (text, words) in [
            ("", 0),
            ("a b", 2),
            (" a - b, ", 2),
            ("don't", 1),
            ("é ü", 2),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }
}

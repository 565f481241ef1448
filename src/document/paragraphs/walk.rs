//! The walk over an article's text that finds its paragraphs.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Paragraph, ParagraphHash, ParagraphKind, first_line};
use crate::document::body::Argument;
use crate::document::directives::{self, Fence, Fences};
use crate::document::{Document, front_matter, markdown};

/// The paragraphs of the text, which go after those that are found already.
pub(super) fn add(document: &Document, found: &mut Vec<Paragraph>) {
    let source = &*document.source;
    let (_, start) = front_matter::split(source);
    // What is wrong with directives was said when the document was parsed.
    let fences = directives::scan(&document.path, source, start, &mut Vec::new());
    let text = &fences.hidden.as_deref().unwrap_or(source)[start..];
    let mut walk = Walk {
        source,
        fences: &fences,
        found,
        open: None,
        ends: Vec::new(),
        in_comment: false,
    };
    for (event, range) in Parser::new_ext(text, markdown::OPTIONS).into_offset_iter() {
        walk.event(event, range.start + start..range.end + start);
    }
    walk.close();
}

/// A paragraph whose words are being gathered.
struct Open {
    kind: ParagraphKind,
    span: Range<usize>,
    words: String,
}

/// The walk over the parser's events.
struct Walk<'a> {
    source: &'a str,
    fences: &'a Fences,
    found: &'a mut Vec<Paragraph>,
    open: Option<Open>,
    /// What to write at the end of links and pictures that are open: where they lead.
    ends: Vec<String>,
    in_comment: bool,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text, range),
            Event::Code(code) => self.push(&format!("`{code}`"), range),
            Event::SoftBreak => self.push(" ", range),
            Event::HardBreak => self.push("\\ ", range),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range),
            Event::FootnoteReference(_) => self.push("[^]", range),
            Event::TaskListMarker(true) => self.push("[x] ", range),
            Event::TaskListMarker(false) => self.push("[ ] ", range),
            Event::Rule => self.close(),
            // Not enabled in `OPTIONS`.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            // The first paragraph of an item is the item, however much room an author gives it.
            Tag::Paragraph if self.is_waiting() => {}
            Tag::Paragraph => self.begin(ParagraphKind::Text, range),
            Tag::Heading { level, .. } => self.begin(ParagraphKind::Heading(level as u8), range),
            Tag::Item => self.begin(ParagraphKind::Item, range),
            Tag::TableHead | Tag::TableRow => self.begin(ParagraphKind::Row, range),
            Tag::TableCell => self.push(" | ", range),
            Tag::DefinitionListTitle => self.begin(ParagraphKind::Term, range),
            Tag::DefinitionListDefinition => self.begin(ParagraphKind::Meaning, range),
            Tag::HtmlBlock => self.begin(ParagraphKind::Html, range),
            Tag::CodeBlock(kind) => {
                self.begin(ParagraphKind::Code, range.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    self.push(&format!("{info} "), range);
                }
            }
            Tag::BlockQuote(Some(kind)) => {
                self.begin(ParagraphKind::Directive, range.clone());
                self.push(&format!("alert {kind:?}"), range);
                self.close();
            }
            Tag::BlockQuote(None)
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::Table(_) => self.close(),
            Tag::Emphasis => self.push("*", range),
            Tag::Strong => self.push("**", range),
            Tag::Strikethrough => self.push("~~", range),
            Tag::Link {
                dest_url, title, ..
            } => {
                self.ends.push(format!("]({dest_url} {title})"));
                self.push("[", range);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.ends.push(format!("]({dest_url} {title})"));
                self.push("![", range);
            }
            // Not enabled in `OPTIONS`.
            Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.push("*", 0..0),
            TagEnd::Strong => self.push("**", 0..0),
            TagEnd::Strikethrough => self.push("~~", 0..0),
            TagEnd::Link | TagEnd::Image => {
                let end = self.ends.pop().unwrap_or_default();
                self.push(&end, 0..0);
            }
            TagEnd::TableCell | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    /// True when something is open that has no words yet.
    fn is_waiting(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            matches!(open.kind, ParagraphKind::Item | ParagraphKind::Meaning)
                && open.words.is_empty()
        })
    }

    fn begin(&mut self, kind: ParagraphKind, span: Range<usize>) {
        self.close();
        self.open = Some(Open {
            kind,
            span,
            words: String::new(),
        });
    }

    /// Words of the paragraph that is open. What follows a list inside an item belongs to none, and is
    /// a paragraph of its own.
    fn push(&mut self, words: &str, range: Range<usize>) {
        if self.open.is_none() && !words.trim().is_empty() {
            self.begin(ParagraphKind::Text, range);
        }
        if let Some(open) = &mut self.open {
            open.words.push_str(words);
        }
    }

    /// Ends what is open; what has no words is nothing to translate.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if !open.words.trim().is_empty() {
            self.found.push(Paragraph {
                kind: open.kind,
                hash: ParagraphHash::of(&open.words),
                span: first_line(self.source, open.span),
            });
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let written = &self.source[range.clone()];
        let at = range.start + written.len() - written.trim_start().len();
        if let Ok(index) = self.fences.fences.binary_search_by_key(&at, |(at, _)| *at) {
            self.close();
            if let (_, Fence::Open { name, arguments }) = &self.fences.fences[index] {
                self.begin(ParagraphKind::Directive, range.clone());
                self.push(&name.value, range.clone());
                for argument in arguments {
                    self.push(&told(argument), range.clone());
                }
                self.close();
            }
            return;
        }
        if !self.in_comment && !html.trim_start().starts_with("<!--") {
            self.push(html, range);
            return;
        }
        self.in_comment = !html.contains("-->");
    }
}

/// An argument, however its value was quoted.
fn told(argument: &Argument) -> String {
    match &argument.value {
        Some(value) => format!(" {}={}", argument.name.value, value.value),
        None => format!(" {}", argument.name.value),
    }
}

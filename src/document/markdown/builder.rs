//! The walk over the parser's events.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, RefDefs, TagEnd};

use super::headings::Ids;
use super::links::Definitions;
use super::passages::Passage;
use super::typography::Quotes;
use super::{Piece, elements};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ParseOptions;
use crate::document::body::{Body, Footnote, Node};
use crate::document::directives::Fences;
use crate::path::SourcePath;

/// Where nodes go while a container is open.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) nodes: Vec<Node>,
    pub(super) kind: FrameKind,
    /// How many elements were open when the container was opened.
    pub(super) depth: isize,
    /// The item of a list directly in the container that is being read.
    pub(super) item: Option<OpenItem>,
}

impl Frame {
    pub(super) fn new(kind: FrameKind, depth: isize) -> Self {
        Self {
            nodes: Vec::new(),
            kind,
            depth,
            item: None,
        }
    }
}

/// Where the content of an item begins: its first node, and the offset in [`Body::html`].
#[derive(Debug)]
pub(super) struct OpenItem {
    pub(super) node: usize,
    pub(super) html: u32,
}

#[derive(Debug)]
pub(super) enum FrameKind {
    Body,
    /// Index into [`Body::directives`], and the place of its fence.
    Directive(usize, Range<usize>),
    Footnote(String, Range<usize>),
}

/// A heading whose words are being gathered.
#[derive(Debug)]
pub(super) struct OpenHeading {
    pub(super) id: Option<String>,
    pub(super) level: u8,
    pub(super) span: Range<usize>,
    pub(super) html: String,
    pub(super) text: String,
}

/// Builds a [`Body`] from events.
pub(super) struct Builder<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) piece: &'a Piece<'a>,
    pub(super) source: &'a str,
    pub(super) start: usize,
    pub(super) options: &'a ParseOptions,
    pub(super) fences: &'a Fences,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    pub(super) definitions: Definitions,
    pub(super) body: Body,
    pub(super) frames: Vec<Frame>,
    pub(super) depth: isize,
    pub(super) quotes: Quotes,
    pub(super) ids: Ids,
    pub(super) level: u8,
    pub(super) heading: Option<OpenHeading>,
    /// Footnotes by name: number of uses, and their nodes once written.
    pub(super) uses: BTreeMap<String, u32>,
    pub(super) order: Vec<String>,
    pub(super) written: BTreeMap<String, (Vec<Node>, Range<usize>)>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
    pub(super) image: Option<elements::OpenImage>,
    /// An `<li>` that waits to know whether it is a task.
    pub(super) pending_item: Option<PendingItem>,
    /// A term of a definition list whose names are being gathered, and where it is written.
    pub(super) term: Option<(String, Range<usize>)>,
    /// Meanings that are open: the term, and how many words there were before.
    pub(super) meanings: Vec<(Option<usize>, usize)>,
    pub(super) in_code: bool,
    /// Inside a comment of several lines, which come one by one.
    pub(super) in_comment: bool,
    pub(super) in_table: bool,
    /// Items of lists that are open.
    pub(super) open_items: usize,
    /// Links that are open: `@name` in the words of a link is no citation.
    pub(super) open_links: usize,
    /// Inside the brackets of a citation, which is read from the source and not from events.
    pub(super) in_citation: bool,
    /// The last `@key`: its place in [`Body::citations`], and where it ends.
    pub(super) last_in_text: Option<(usize, usize)>,
    /// Where the last `@key` begins.
    pub(super) in_text_start: usize,
    /// Up to here the source was used up by a key, which may be several events of text.
    pub(super) skip_until: usize,
    pub(super) passage: Passage,
    /// The passage that is open needs no citation, its author says.
    pub(super) is_excused: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PendingItem {
    Tight,
    Loose,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        path: &'a SourcePath,
        piece: &'a Piece<'a>,
        source: &'a str,
        start: usize,
        options: &'a ParseOptions,
        fences: &'a Fences,
        findings: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let length = source.len() - start;
        Self {
            path,
            piece,
            source,
            start,
            options,
            fences,
            findings,
            definitions: Definitions::default(),
            body: Body {
                html: String::with_capacity(length + length / 2),
                ..Body::default()
            },
            frames: vec![Frame::new(FrameKind::Body, 0)],
            depth: 0,
            quotes: Quotes::new(&options.language),
            ids: Ids::default(),
            level: 1,
            heading: None,
            uses: BTreeMap::new(),
            order: Vec::new(),
            written: BTreeMap::new(),
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            image: None,
            pending_item: None,
            term: None,
            meanings: Vec::new(),
            in_code: false,
            in_comment: false,
            in_table: false,
            open_items: 0,
            open_links: 0,
            in_citation: false,
            last_in_text: None,
            in_text_start: 0,
            skip_until: 0,
            passage: Passage::default(),
            is_excused: false,
        }
    }

    pub(super) fn definitions(&mut self, definitions: &RefDefs<'_>) {
        self.definitions = Definitions::new(definitions);
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.in_citation {
            if matches!(event, Event::End(TagEnd::Link)) {
                self.in_citation = false;
                self.depth -= 1;
            }
            return;
        }
        if self.pending_item.is_some() && self.settle_item(&event) {
            return;
        }
        match event {
            Event::Start(tag) => {
                self.start(tag, range);
                self.depth += 1;
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag, range);
            }
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.passage.push_code(&code, range.start + 1);
                self.code(&code);
            }
            Event::SoftBreak => {
                self.passage.push(" ", range.start);
                self.inline("\n", "\n");
            }
            Event::HardBreak => {
                self.passage.push(" ", range.start);
                self.inline("<br>\n", "\n");
            }
            Event::Rule => {
                self.see_beside_lists(&range);
                self.push("<hr>\n");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, range),
            Event::FootnoteReference(name) => self.footnote_mark(&name),
            Event::TaskListMarker(is_done) => self.task(is_done),
            // Not enabled in `OPTIONS`.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Ready HTML into the open container.
    pub(super) fn push(&mut self, html: &str) {
        let start = self.body.html.len() as u32;
        self.body.html.push_str(html);
        self.extend(start);
    }

    /// Text, escaped, into the open container.
    pub(super) fn push_text(&mut self, text: &str) {
        let start = self.body.html.len() as u32;
        elements::escape(text, &mut self.body.html);
        self.extend(start);
    }

    /// Makes what was added to the HTML from `start` on part of the open container.
    pub(super) fn extend(&mut self, start: u32) {
        let end = self.body.html.len() as u32;
        let nodes = self.nodes();
        match nodes.last_mut() {
            Some(Node::Html(range)) if range.end == start => range.end = end,
            _ => nodes.push(Node::Html(start..end)),
        }
    }

    pub(super) fn node(&mut self, node: Node) {
        self.nodes().push(node);
    }

    pub(super) fn nodes(&mut self) -> &mut Vec<Node> {
        // The frame of the body itself is never popped before `finish`.
        let last = self.frames.len() - 1;
        &mut self.frames[last].nodes
    }

    /// Inline HTML, with its plain form for headings and descriptions of pictures.
    pub(super) fn inline(&mut self, html: &str, plain: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(plain);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.html.push_str(html);
            heading.text.push_str(plain);
        }
        if let Some((names, _)) = &mut self.term {
            names.push_str(plain);
        }
        self.push(html);
    }

    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_undefined_footnote(text, &range) {
            self.report_undefined_footnote(text, &range);
        }
        if text.starts_with("::") && !self.in_code {
            self.report_lost_fence(text, &range);
        }
        let mut text = text;
        let mut range = range;
        if range.start < self.skip_until {
            let used = (self.skip_until - range.start).min(text.len());
            text = text.get(used..).unwrap_or_default();
            range.start += used;
        }
        if text.contains('@') && self.text_with_keys(text, &range) {
            return;
        }
        let text = self.with_quotes(text, &range);
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        self.plain_text(text, range.start);
    }

    /// Text without citations, which is written at a place.
    pub(super) fn plain_text(&mut self, text: &str, place: usize) {
        if !self.in_code && self.heading.is_none() {
            self.passage.push(text, place);
        }
        self.body.words += elements::count_words(text);
        if let Some(heading) = &mut self.heading {
            elements::escape(text, &mut heading.html);
            heading.text.push_str(text);
        }
        if let Some((names, _)) = &mut self.term {
            names.push_str(text);
        }
        self.push_text(text);
    }

    /// A curly mark that the parser made of a straight one, as the language writes it.
    pub(super) fn with_quotes<'t>(&mut self, text: &'t str, range: &Range<usize>) -> &'t str {
        let made_by_parser = self.options.smart_punctuation
            && text.len() == 3
            && matches!(self.source.as_bytes().get(range.start), Some(b'"' | b'\''));
        if !made_by_parser || matches!(self.piece, Piece::Value { .. }) && self.in_code {
            return text;
        }
        text.chars()
            .next()
            .and_then(|mark| self.quotes.replace(mark))
            .unwrap_or(text)
    }

    pub(super) fn code(&mut self, code: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(code);
            return;
        }
        self.body.words += elements::count_words(code);
        let mut html = String::with_capacity(code.len() + 13);
        html.push_str("<code>");
        elements::escape(code, &mut html);
        html.push_str("</code>");
        self.inline(&html, code);
    }

    /// Takes back the space between a key and the brackets behind it.
    pub(super) fn take_space(&mut self) {
        if let Some(Node::Html(range)) = self.nodes().last().cloned()
            && self.body.html[range.start as usize..range.end as usize]
                .trim()
                .is_empty()
        {
            self.nodes().pop();
        }
    }

    pub(super) fn finish(mut self) -> Body {
        self.end_passage();
        self.close_left_open();
        let mut written = std::mem::take(&mut self.written);
        for name in &self.order {
            let nodes = written
                .remove(name)
                .map(|(nodes, _)| nodes)
                .unwrap_or_default();
            let uses = self.uses.get(name).copied().unwrap_or(0);
            self.body.footnotes.push(Footnote { nodes, uses });
        }
        for (name, (_, span)) in written {
            let end = span.start
                + self.source[span.clone()]
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .len();
            self.findings.push(
                Diagnostic::new(
                    Code::UnusedFootnote,
                    format!("the footnote `{name}` is not used"),
                )
                .at(self.path, span.start..end, "")
                .help(format!(
                    "write `[^{name}]` where it belongs, or take it away"
                )),
            );
        }
        if let Some(frame) = self.frames.pop() {
            self.body.nodes = frame.nodes;
        }
        // A large site keeps ten thousand bodies; what was reserved too much adds up.
        self.body.html.shrink_to_fit();
        self.body.nodes.shrink_to_fit();
        self.body.terms.shrink_to_fit();
        self.body.sentences.shrink_to_fit();
        self.body.prose.shrink_to_fit();
        self.body
    }
}

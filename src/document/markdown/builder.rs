//! The walk over the parser's events.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, RefDefs, Tag, TagEnd,
};

use super::headings::{self, Ids};
use super::links::Definitions;
use super::typography::Quotes;
use super::{Piece, elements};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ParseOptions;
use crate::document::body::{Argument, Body, Directive, Footnote, Heading, Node, Word};
use crate::document::directives::{Fence, Fences};
use crate::path::SourcePath;

/// Where nodes go while a container is open.
#[derive(Debug)]
struct Frame {
    nodes: Vec<Node>,
    kind: FrameKind,
    /// How many elements were open when the container was opened.
    depth: isize,
}

#[derive(Debug)]
enum FrameKind {
    Body,
    /// Index into [`Body::directives`], and the place of its fence.
    Directive(usize, Range<usize>),
    Footnote(String, Range<usize>),
}

/// A heading whose words are being gathered.
#[derive(Debug)]
struct OpenHeading {
    id: Option<String>,
    level: u8,
    span: Range<usize>,
    html: String,
    text: String,
}

/// Builds a [`Body`] from events.
pub(super) struct Builder<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) piece: &'a Piece<'a>,
    pub(super) source: &'a str,
    pub(super) start: usize,
    options: &'a ParseOptions,
    fences: &'a Fences,
    pub(super) findings: &'a mut Vec<Diagnostic>,
    pub(super) definitions: Definitions,
    pub(super) body: Body,
    frames: Vec<Frame>,
    depth: isize,
    quotes: Quotes,
    ids: Ids,
    level: u8,
    heading: Option<OpenHeading>,
    /// Footnotes by name: number of uses, and their nodes once written.
    uses: BTreeMap<String, u32>,
    order: Vec<String>,
    written: BTreeMap<String, (Vec<Node>, Range<usize>)>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    pub(super) image: Option<elements::OpenImage>,
    /// An `<li>` that waits to know whether it is a task.
    pending_item: Option<PendingItem>,
    in_code: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PendingItem {
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
                html: String::with_capacity(length + length / 4),
                ..Body::default()
            },
            frames: vec![Frame {
                nodes: Vec::new(),
                kind: FrameKind::Body,
                depth: 0,
            }],
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
            in_code: false,
        }
    }

    pub(super) fn definitions(&mut self, definitions: &RefDefs<'_>) {
        self.definitions = Definitions::new(definitions);
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
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
            Event::Code(code) => self.code(&code),
            Event::SoftBreak => self.inline("\n", "\n"),
            Event::HardBreak => self.inline("<br>\n", "\n"),
            Event::Rule => self.push("<hr>\n"),
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
    fn extend(&mut self, start: u32) {
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

    fn nodes(&mut self) -> &mut Vec<Node> {
        // The frame of the body itself is never popped before `finish`.
        let last = self.frames.len() - 1;
        &mut self.frames[last].nodes
    }

    /// Inline HTML, with its plain form for headings and descriptions of pictures.
    fn inline(&mut self, html: &str, plain: &str) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(plain);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.html.push_str(html);
            heading.text.push_str(plain);
        }
        self.push(html);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_undefined_footnote(text, &range) {
            self.report_undefined_footnote(text, &range);
        }
        let text = self.with_quotes(text, &range);
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        self.body.words += elements::count_words(text);
        if let Some(heading) = &mut self.heading {
            elements::escape(text, &mut heading.html);
            heading.text.push_str(text);
        }
        self.push_text(text);
    }

    /// A curly mark that the parser made of a straight one, as the language writes it.
    fn with_quotes<'t>(&mut self, text: &'t str, range: &Range<usize>) -> &'t str {
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

    fn is_undefined_footnote(&self, text: &str, range: &Range<usize>) -> bool {
        text.starts_with('^')
            && text.len() > 1
            && !self.in_code
            && range.start > 0
            && self.source.as_bytes().get(range.start - 1) == Some(&b'[')
            && self.source.as_bytes().get(range.end) == Some(&b']')
    }

    fn report_undefined_footnote(&mut self, text: &str, range: &Range<usize>) {
        let name = &text[1..];
        let span = self.piece.place(range.start - 1..range.end + 1);
        self.findings.push(
            Diagnostic::new(
                Code::UndefinedFootnote,
                format!("no footnote is called `{name}`"),
            )
            .at(self.path, span, "used here")
            .help(format!(
                "add a line `[^{name}]: what the note says`, or correct the name"
            )),
        );
    }

    fn code(&mut self, code: &str) {
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

    fn html(&mut self, html: &str, range: Range<usize>) {
        let written = &self.source[range.clone()];
        let at = range.start + written.len() - written.trim_start().len();
        if let Ok(index) = self.fences.fences.binary_search_by_key(&at, |(at, _)| *at) {
            self.fence(index);
            return;
        }
        let trimmed = html.trim();
        if trimmed.is_empty() || trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            // An author's comment is not for readers, nor for those who look at the source.
            return;
        }
        if self.options.raw_html {
            self.push(html);
            return;
        }
        let end = range.start + self.source[range.clone()].trim_end().len();
        let span = self.piece.place(range.start..end);
        // The lines of one block come one by one; the first says it all.
        let is_continued = self.findings.last().is_some_and(|last| {
            last.code == Code::RawHtml
                && last
                    .labels
                    .first()
                    .is_some_and(|label| label.span.1 + 2 >= span.start)
        });
        if !is_continued {
            self.findings.push(
                Diagnostic::new(Code::RawHtml, "HTML in an article")
                    .at(self.path, span, "not let through")
                    .help("write it in Markdown or with a directive, or set `raw_html = true` under `[features]` in `site.toml`"),
            );
        }
    }

    fn fence(&mut self, index: usize) {
        let (at, fence) = &self.fences.fences[index];
        let line = self.source[*at..]
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end()
            .len();
        let span = *at..*at + line;
        match fence {
            Fence::Open { name, arguments } => {
                let directive = Directive {
                    name: name.clone(),
                    arguments: arguments.clone(),
                    nodes: Vec::new(),
                    is_alert: false,
                };
                self.open_directive(directive, span);
            }
            Fence::Close => {
                match self.frames.last() {
                    // Fences are events inside an HTML block, which adds one to the depth.
                    Some(Frame {
                        kind: FrameKind::Directive(..),
                        depth,
                        ..
                    }) if *depth == self.depth => {
                        self.close_directive();
                    }
                    Some(Frame {
                        kind: FrameKind::Directive(_, opened),
                        ..
                    }) => {
                        let finding = Diagnostic::new(
                        Code::DirectiveFence,
                        "the directive is closed in another list or quotation than it is opened in",
                    )
                    .at(self.path, span, "closed here")
                    .at(self.path, opened.clone(), "opened here")
                    .help("indent both lines alike");
                        self.findings.push(finding);
                    }
                    Some(Frame {
                        kind: FrameKind::Body | FrameKind::Footnote(..),
                        ..
                    })
                    | None => {
                        self.findings.push(
                        Diagnostic::new(Code::DirectiveFence, "`:::` closes nothing")
                            .at(self.path, span, "no directive is open here")
                            .help("take the line away, or open a directive above, such as `:::note`"),
                    );
                    }
                }
            }
        }
    }

    fn open_directive(&mut self, directive: Directive, span: Range<usize>) {
        let index = self.body.directives.len();
        self.body.directives.push(directive);
        let kind = FrameKind::Directive(index, span);
        self.frames.push(Frame {
            nodes: Vec::new(),
            kind,
            depth: self.depth,
        });
    }

    fn close_directive(&mut self) {
        if let Some(Frame {
            nodes,
            kind: FrameKind::Directive(index, _),
            ..
        }) = self.frames.pop()
        {
            self.body.directives[index].nodes = nodes;
            self.node(Node::Directive(index as u32));
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if matches!(self.piece, Piece::File { .. }) {
                    self.push("<p>");
                }
            }
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id, range),
            Tag::BlockQuote(None) => self.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind, range),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                self.push("<pre tabindex=\"0\"><code");
                if let CodeBlockKind::Fenced(info) = &kind
                    && let Some(language) = info.split_whitespace().next()
                {
                    self.push(" class=\"language-");
                    self.push_text(language);
                    self.push("\"");
                }
                self.push(">");
            }
            Tag::List(None) => self.push("<ul>\n"),
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.pending_item = Some(PendingItem::Tight),
            Tag::FootnoteDefinition(name) => {
                let kind = FrameKind::Footnote(name.into_string(), range);
                self.frames.push(Frame {
                    nodes: Vec::new(),
                    kind,
                    depth: self.depth,
                });
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.push("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
                self.node(Node::Word(Word::Table));
                self.push("\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.inline("<em>", ""),
            Tag::Strong => self.inline("<strong>", ""),
            Tag::Strikethrough => self.inline("<del>", ""),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.start_link(link_type, &dest_url, &title, &id, range);
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.start_image(link_type, &dest_url, &title, &id, range);
            }
            Tag::HtmlBlock => {
                // The block's own element would put a fence one level deeper than its container.
                self.depth -= 1;
            }
            // Not enabled in `OPTIONS`.
            Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd, _range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                if matches!(self.piece, Piece::File { .. }) {
                    self.push("</p>\n");
                }
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => {
                self.close_left_open();
                self.close_directive();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.push("</code></pre>\n");
            }
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.column += 1;
                self.push(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.inline("</em>", ""),
            TagEnd::Strong => self.inline("</strong>", ""),
            TagEnd::Strikethrough => self.inline("</del>", ""),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock => self.depth += 1,
            // Not enabled in `OPTIONS`.
            TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => {}
        }
    }

    fn start_alert(&mut self, kind: BlockQuoteKind, range: Range<usize>) {
        let kind = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let place = range.start..range.start;
        let spanned = |word: &str| Spanned::new(word.to_owned(), place.clone());
        let argument = Argument {
            name: spanned("kind"),
            value: Some(spanned(kind)),
        };
        let directive = Directive {
            name: spanned("alert"),
            arguments: vec![argument],
            nodes: Vec::new(),
            is_alert: true,
        };
        self.open_directive(directive, range);
    }

    fn start_heading(&mut self, level: u8, id: Option<CowStr<'_>>, range: Range<usize>) {
        let end = range.start + self.source[range.clone()].trim_end().len();
        let span = self.piece.place(range.start..end);
        if let Some(finding) = headings::check_level(self.path, level, self.level, span.clone()) {
            self.findings.push(finding);
        }
        self.level = level;
        let index = self.body.headings.len() as u32;
        self.node(Node::HeadingStart(index));
        self.heading = Some(OpenHeading {
            id: id.map(CowStr::into_string),
            level,
            span,
            html: String::new(),
            text: String::new(),
        });
    }

    fn end_heading(&mut self) {
        let Some(open) = self.heading.take() else {
            return;
        };
        if open.text.trim().is_empty() {
            self.findings.push(
                Diagnostic::new(Code::EmptyHeading, "a heading without words")
                    .at(self.path, open.span.clone(), "")
                    .help("write its words, or take the line away"),
            );
        }
        let id = match open.id {
            Some(id) => {
                if !self.ids.take(&id) {
                    self.findings.push(
                        Diagnostic::new(Code::DuplicateHeading, format!("the id `{id}` is taken"))
                            .at(self.path, open.span.clone(), "used a second time")
                            .help("give each heading an id of its own"),
                    );
                }
                id
            }
            None => self.ids.make(&open.text),
        };
        let is_nested = self.frames.len() > 1;
        self.node(Node::HeadingEnd(self.body.headings.len() as u32));
        self.body.headings.push(Heading {
            id,
            level: open.level,
            html: open.html.trim().to_owned(),
            text: open.text.trim().to_owned(),
            span: open.span,
            is_nested,
        });
    }

    fn start_cell(&mut self) {
        let side = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        let element = if self.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        };
        self.push(element);
        self.push(side);
        self.push(">");
    }

    /// Writes the `<li>` that waited, once the events after it tell whether it is a task. True when
    /// the event is used up by that.
    fn settle_item(&mut self, event: &Event<'_>) -> bool {
        let is_paragraph = matches!(event, Event::Start(Tag::Paragraph));
        if is_paragraph && self.pending_item == Some(PendingItem::Tight) {
            self.pending_item = Some(PendingItem::Loose);
            self.depth += 1;
            return true;
        }
        let is_task = matches!(event, Event::TaskListMarker(_));
        self.push(if is_task {
            "<li class=\"task\">"
        } else {
            "<li>"
        });
        if self.pending_item.take() == Some(PendingItem::Loose) {
            self.push("<p>");
        }
        false
    }

    fn task(&mut self, is_done: bool) {
        self.push("<input type=\"checkbox\" disabled aria-label=\"");
        self.node(Node::Word(if is_done {
            Word::TaskDone
        } else {
            Word::TaskOpen
        }));
        self.push(if is_done { "\" checked> " } else { "\"> " });
    }

    fn footnote_mark(&mut self, name: &str) {
        let uses = self.uses.entry(name.to_owned()).or_insert(0);
        let use_number = *uses;
        *uses += 1;
        if use_number == 0 {
            self.order.push(name.to_owned());
        }
        let index = self
            .order
            .iter()
            .position(|known| known == name)
            .unwrap_or(0);
        if self.image.is_none() {
            self.node(Node::FootnoteMark(index as u32, use_number));
        }
    }

    fn end_footnote(&mut self) {
        self.close_left_open();
        if let Some(Frame {
            nodes,
            kind: FrameKind::Footnote(name, span),
            ..
        }) = self.frames.pop()
        {
            self.written.insert(name, (nodes, span));
        }
    }

    /// Closes the directives that were opened inside a container which ends now.
    fn close_left_open(&mut self) {
        while let Some(Frame {
            kind: FrameKind::Directive(index, span),
            ..
        }) = self.frames.last()
        {
            if self.body.directives[*index].is_alert {
                break;
            }
            let name = self.body.directives[*index].name.value.clone();
            self.findings.push(
                Diagnostic::new(
                    Code::DirectiveFence,
                    format!("the directive `{name}` is not closed"),
                )
                .at(self.path, span.clone(), "opened here")
                .help("write a line `:::` where it ends"),
            );
            self.close_directive();
        }
    }

    pub(super) fn finish(mut self) -> Body {
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
        self.body
    }
}

//! Containers whose nodes are kept apart: directives, alerts, footnotes; and raw HTML, which is how
//! fences arrive.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::Piece;
use super::builder::{Builder, Frame, FrameKind};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::{Argument, Directive, Node};
use crate::document::directives::Fence;

/// How deep directives, alerts and footnotes may lie inside each other. Rendering goes down with
/// them, so without a bound a file of nothing but fences would use up the stack.
const DEPTH: usize = 32;

impl Builder<'_> {
    pub(super) fn is_undefined_footnote(&self, text: &str, range: &Range<usize>) -> bool {
        text.starts_with('^')
            && text.len() > 1
            && !self.in_code
            && range.start > 0
            && self.source.as_bytes().get(range.start - 1) == Some(&b'[')
            && self.source.as_bytes().get(range.end) == Some(&b']')
    }

    pub(super) fn report_undefined_footnote(&mut self, text: &str, range: &Range<usize>) {
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

    pub(super) fn html(&mut self, html: &str, range: Range<usize>) {
        let written = &self.source[range.clone()];
        let at = range.start + written.len() - written.trim_start().len();
        if let Ok(index) = self.fences.fences.binary_search_by_key(&at, |(at, _)| *at) {
            self.fence(index);
            return;
        }
        let trimmed = html.trim();
        if trimmed.is_empty() || self.is_comment(trimmed) {
            // An author's comment is not for readers, nor for those who look at the source.
            self.excuse(trimmed);
            self.excuse_wording(trimmed, &range);
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

    /// Says so when a fence stands where none is looked for, such as deep in a list or in a
    /// quotation, where it would be shown as text.
    pub(super) fn report_lost_fence(&mut self, text: &str, range: &Range<usize>) {
        // In a list of terms the first of the three colons is the mark of a meaning.
        let colons_before = self.source[..range.start].ends_with(':');
        let name = text.trim_start_matches(':');
        let colons = text.len() - name.len() + usize::from(colons_before);
        let is_fence = colons >= 3 && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_fence && matches!(self.piece, Piece::File { .. }) {
            let start = range.start - usize::from(colons_before);
            self.findings.push(
                Diagnostic::new(Code::DirectiveFence, "`:::` is only text here")
                    .at(self.path, start..range.end, "not the start of the line")
                    .help("put it at the start of a line, with three spaces before it at most"),
            );
        }
    }

    /// True for a comment, and for each line of a longer one.
    fn is_comment(&mut self, trimmed: &str) -> bool {
        if !self.in_comment && !trimmed.starts_with("<!--") {
            return false;
        }
        match trimmed.find("-->") {
            Some(end) => {
                self.in_comment = false;
                end + "-->".len() == trimmed.len()
            }
            None => {
                self.in_comment = true;
                true
            }
        }
    }

    pub(super) fn fence(&mut self, index: usize) {
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
                    items: Vec::new(),
                    beside_lists: None,
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

    pub(super) fn open_directive(&mut self, directive: Directive, span: Range<usize>) {
        let is_said = |finding: &Diagnostic| {
            finding.code == Code::DirectiveFence && finding.message.starts_with("more than")
        };
        if self.frames.len() == DEPTH && !self.findings.iter().any(is_said) {
            let finding = Diagnostic::new(
                Code::DirectiveFence,
                format!("more than {DEPTH} directives inside each other"),
            );
            self.findings.push(
                finding
                    .at(self.path, span.clone(), "one too many")
                    .help("close the directives above with `:::` lines"),
            );
        }
        self.see_beside_lists(&span);
        let index = self.body.directives.len();
        self.body.directives.push(directive);
        if self.frames.len() >= DEPTH {
            // Kept for its name and arguments only; what it holds goes to the directive around it.
            return;
        }
        let kind = FrameKind::Directive(index, span);
        self.frames.push(Frame::new(kind, self.depth));
    }

    pub(super) fn close_directive(&mut self) {
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

    pub(super) fn start_alert(&mut self, kind: BlockQuoteKind, range: Range<usize>) {
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
            items: Vec::new(),
            beside_lists: None,
            is_alert: true,
        };
        self.open_directive(directive, range);
    }

    pub(super) fn footnote_mark(&mut self, name: &str) {
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

    pub(super) fn end_footnote(&mut self) {
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
    pub(super) fn close_left_open(&mut self) {
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
}

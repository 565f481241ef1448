//! The elements of a text: what the beginning and the end of each becomes.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::Piece;
use super::builder::{Builder, Frame, FrameKind, OpenHeading, PendingItem};
use super::headings;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::{Heading, Node, Word};

impl Builder<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if !is_inline(&tag.to_end()) {
            self.end_passage();
        }
        self.see_block(&tag.to_end(), &range);
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
            Tag::Item => {
                self.open_items += 1;
                self.pending_item = Some(PendingItem::Tight);
            }
            Tag::FootnoteDefinition(name) => {
                let kind = FrameKind::Footnote(name.into_string(), range);
                self.frames.push(Frame::new(kind, self.depth));
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.start_term(range),
            Tag::DefinitionListDefinition => self.start_meaning(),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.in_table = true;
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
                link_type: LinkType::ShortcutUnknown | LinkType::ReferenceUnknown,
                ..
            } => self.start_citation(range),
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

    pub(super) fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if !is_inline(&tag) {
            self.end_passage();
        }
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
            TagEnd::Item => {
                self.open_items -= 1;
                self.end_item(range);
                self.push("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.end_term(),
            TagEnd::DefinitionListDefinition => self.end_meaning(),
            TagEnd::Table => {
                self.in_table = false;
                self.push("</tbody></table></div>\n");
            }
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

    pub(super) fn start_heading(&mut self, level: u8, id: Option<CowStr<'_>>, range: Range<usize>) {
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

    pub(super) fn end_heading(&mut self) {
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
            // A citation leaves two spaces behind.
            text: open.text.trim().replace("  ", " "),
            span: open.span,
            is_nested,
        });
    }

    pub(super) fn start_cell(&mut self) {
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
    pub(super) fn settle_item(&mut self, event: &Event<'_>) -> bool {
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
        // The elements that are open in the container: the list, the item, and its paragraph.
        let mut opened = 2;
        if self.pending_item.take() == Some(PendingItem::Loose) {
            self.push("<p>");
            opened = 3;
        }
        self.begin_item(opened);
        false
    }

    pub(super) fn task(&mut self, is_done: bool) {
        self.push("<input type=\"checkbox\" disabled aria-label=\"");
        self.node(Node::Word(if is_done {
            Word::TaskDone
        } else {
            Word::TaskOpen
        }));
        self.push(if is_done { "\" checked> " } else { "\"> " });
    }
}

/// True for what stands inside a paragraph.
pub(crate) fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

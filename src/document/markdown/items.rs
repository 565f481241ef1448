//! The lists that stand directly in a directive: some directives are nothing but a list, and the theme
//! says what its items have to be.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::builder::{Builder, FrameKind, OpenItem};
use crate::document::body::{Directive, ListItem, Node};

impl Builder<'_> {
    /// Remembers the first block of the open directive that is no list.
    pub(super) fn see_block(&mut self, tag: &TagEnd, range: &Range<usize>) {
        let is_list = match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::DefinitionList
            | TagEnd::Table => false,
            // Fences arrive as blocks of HTML, and footnotes go to the foot of the page.
            TagEnd::List(_) | TagEnd::HtmlBlock | TagEnd::FootnoteDefinition => true,
            // These only stand inside others.
            TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => return,
        };
        if !is_list {
            self.see_beside_lists(range);
        }
    }

    /// The same for a rule or a directive.
    pub(super) fn see_beside_lists(&mut self, range: &Range<usize>) {
        let line = self.source[range.clone()].lines().next();
        let end = range.start + line.unwrap_or_default().trim_end().len();
        if let Some(directive) = self.directive_around(0) {
            directive.beside_lists.get_or_insert(range.start..end);
        }
    }

    /// The content of an item begins here, so many elements deep in the container of its list.
    pub(super) fn begin_item(&mut self, opened: isize) {
        if self.directive_around(opened).is_none() {
            return;
        }
        let node = self.nodes().len() - 1;
        let html = self.body.html.len() as u32;
        let last = self.frames.len() - 1;
        self.frames[last].item = Some(OpenItem { node, html });
    }

    /// An item ends; what it holds has been written.
    pub(super) fn end_item(&mut self, range: Range<usize>) {
        if self.directive_around(1).is_none() {
            return;
        }
        let last = self.frames.len() - 1;
        let frame = &mut self.frames[last];
        let Some(open) = frame.item.take() else {
            return;
        };
        let mut nodes = frame.nodes.get(open.node..).unwrap_or_default().to_vec();
        if let Some(Node::Html(first)) = nodes.first_mut() {
            first.start = first.start.max(open.html).min(first.end);
        }
        let end = range.start + self.source[range.clone()].trim_end().len();
        if let Some(directive) = self.directive_around(1) {
            let span = range.start..end;
            directive.items.push(ListItem { nodes, span });
        }
    }

    /// The open directive, when so many elements are open inside it.
    fn directive_around(&mut self, depth: isize) -> Option<&mut Directive> {
        let frame = self.frames.last()?;
        match frame.kind {
            FrameKind::Directive(index, _) if self.depth == frame.depth + depth => {
                Some(&mut self.body.directives[index])
            }
            FrameKind::Directive(..) | FrameKind::Body | FrameKind::Footnote(..) => None,
        }
    }
}

//! The walk over the parser's events that finds how an article is put together.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::{LinkWords, Outline, Picture, Table};
use crate::data::Spanned;
use crate::document::directives::{Fence, Fences};
use crate::document::{Target, markdown};

/// Where a text stands in the file.
pub(super) enum Place {
    /// It begins there and goes on letter by letter.
    From(usize),
    /// Somewhere in there.
    Whole(Range<usize>),
}

impl Place {
    fn of(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Place::From(start) => range.start + start..range.end + start,
            Place::Whole(span) => span.clone(),
        }
    }
}

/// Words that are being gathered, and where they are.
#[derive(Debug, Default)]
struct Words {
    text: String,
    span: Option<Range<usize>>,
}

impl Words {
    fn push(&mut self, words: &str, range: &Range<usize>) {
        self.text.push_str(words);
        let start = self.span.as_ref().map_or(range.start, |span| span.start);
        self.span = Some(start..range.end);
    }

    fn or(&self, whole: &Range<usize>) -> Range<usize> {
        self.span.clone().unwrap_or_else(|| whole.clone())
    }
}

/// A paragraph, or an item without one of its own.
#[derive(Debug, Default)]
struct Paragraph {
    words: Words,
    bold: Words,
    /// Something beside bold words is in it.
    is_mixed: bool,
}

/// The walk over the parser's events.
pub(super) struct Walk<'a> {
    outline: &'a mut Outline,
    text: &'a str,
    place: Place,
    fences: &'a Fences,
    links: Vec<(Words, LinkWords)>,
    picture: Option<(Words, Range<usize>, String)>,
    paragraph: Option<Paragraph>,
    /// The column heads of the table whose head is open.
    head: Option<(Range<usize>, Vec<String>)>,
    bold: usize,
    /// Items and the like that are open: bold words in them are no headings.
    depth: usize,
    /// Directives that are open.
    directives: usize,
    /// A paragraph that is nothing but bold, until something follows it.
    candidate: Option<Spanned<String>>,
    used: Vec<String>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        outline: &'a mut Outline,
        text: &'a str,
        place: Place,
        fences: &'a Fences,
    ) -> Self {
        Self {
            outline,
            text,
            place,
            fences,
            links: Vec::new(),
            picture: None,
            paragraph: None,
            head: None,
            bold: 0,
            depth: 0,
            directives: 0,
            candidate: None,
            used: Vec::new(),
        }
    }

    pub(super) fn run(mut self) {
        let parser = Parser::new_ext(self.text, markdown::OPTIONS);
        let definitions: Vec<_> = parser
            .reference_definitions()
            .iter()
            .map(|(name, definition)| (name.to_owned(), definition.span.clone()))
            .collect();
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range);
        }
        let mut unused: Vec<_> = definitions
            .into_iter()
            .filter(|(name, _)| !self.used.iter().any(|used| same_name(used, name)))
            .map(|(name, span)| Spanned::new(name, self.place.of(span)))
            .collect();
        unused.sort_by_key(|definition| definition.span.start);
        self.outline.unused_definitions.extend(unused);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) | Event::Code(text) => self.words(&text, &range),
            Event::SoftBreak | Event::HardBreak => self.words(" ", &range),
            Event::Html(_) | Event::InlineHtml(_) => self.html(&range),
            Event::Rule => self.candidate = None,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            // Not enabled in `OPTIONS`.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.block_begins();
                self.paragraph = Some(Paragraph::default());
            }
            Tag::Heading { .. } => self.candidate = None,
            Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.block_begins();
                self.depth += 1;
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.depth += 1,
            Tag::List(_) | Tag::CodeBlock(_) | Tag::Table(_) | Tag::DefinitionList => {
                self.block_begins();
            }
            Tag::TableHead => {
                self.head = Some((range, Vec::new()));
            }
            Tag::TableCell => {
                if let Some((_, columns)) = &mut self.head {
                    columns.push(String::new());
                }
            }
            Tag::Strong => self.bold += 1,
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => self.link(link_type, &dest_url, &id, range),
            Tag::Image { title, id, .. } => {
                self.used.push(id.into_string());
                self.picture = Some((Words::default(), range, title.into_string()));
            }
            Tag::TableRow
            | Tag::Emphasis
            | Tag::Strikethrough
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::Superscript
            | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.depth -= 1,
            TagEnd::TableHead => {
                if let Some((head, columns)) = self.head.take() {
                    let columns = columns.iter().map(|it| it.trim().to_owned());
                    let written = &self.text[head.clone()];
                    let line = written.lines().next().unwrap_or_default().trim_end();
                    self.outline.tables.push(Table {
                        head: self.place.of(head.start..head.start + line.len()),
                        columns: columns.collect(),
                    });
                }
            }
            TagEnd::Strong => self.bold -= 1,
            TagEnd::Link => self.end_link(range),
            TagEnd::Image => self.end_picture(),
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::Table
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::MetadataBlock(_)
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        for (gathered, _) in &mut self.links {
            gathered.push(words, range);
        }
        if let Some((alt, ..)) = &mut self.picture {
            alt.push(words, range);
            return;
        }
        if let Some((_, columns)) = &mut self.head
            && let Some(column) = columns.last_mut()
        {
            column.push_str(words);
        }
        let is_bold = self.bold > 0;
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.words.push(words, range);
            if is_bold {
                paragraph.bold.push(words, range);
            } else if !matches!(words.trim(), "" | ":") {
                paragraph.is_mixed = true;
            }
        }
    }

    /// A fence of a directive is hidden as HTML. Bold words inside one are part of its design.
    fn html(&mut self, range: &Range<usize>) {
        let written = &self.text[range.clone()];
        let at = range.start + written.len() - written.trim_start().len();
        let at = self.place.of(at..at).start;
        let fences = &self.fences.fences;
        let Ok(index) = fences.binary_search_by_key(&at, |(at, _)| *at) else {
            return;
        };
        match &fences[index].1 {
            Fence::Open { .. } => self.directives += 1,
            Fence::Close => self.directives = self.directives.saturating_sub(1),
        }
        self.candidate = None;
    }

    fn link(&mut self, kind: LinkType, address: &str, id: &str, range: Range<usize>) {
        let is_by_name = matches!(kind, LinkType::WikiLink { has_pothole: false });
        let target = match kind {
            LinkType::WikiLink { .. } => Target::wiki(address),
            _ => Target::new(address),
        };
        self.used.push(id.to_owned());
        let link = LinkWords {
            words: String::new(),
            span: range,
            target,
            is_bare: matches!(kind, LinkType::Autolink | LinkType::Email),
            is_by_name,
        };
        self.links.push((Words::default(), link));
    }

    fn end_link(&mut self, range: &Range<usize>) {
        let Some((words, mut link)) = self.links.pop() else {
            return;
        };
        link.span = self.place.of(words.or(range));
        link.words = words.text;
        self.outline.links.push(link);
    }

    fn end_picture(&mut self) {
        let Some((alt, range, title)) = self.picture.take() else {
            return;
        };
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.is_mixed = true;
        }
        self.outline.pictures.push(Picture {
            span: self.place.of(alt.or(&range)),
            alt: alt.text,
            title,
            beside: Vec::new(),
        });
    }

    /// Something stands below a paragraph that is nothing but bold, which makes it a heading.
    fn block_begins(&mut self) {
        self.outline.bold.extend(self.candidate.take());
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        let text = paragraph.words.text.trim();
        if !text.is_empty() {
            // The words beside a picture are those of its own paragraph, and of the next one when its
            // own has none.
            for picture in &mut self.outline.pictures {
                if picture.beside.is_empty() {
                    picture.beside.push(text.to_owned());
                }
            }
        }
        let is_bold = !paragraph.is_mixed && !paragraph.bold.text.trim().is_empty();
        if is_bold && self.depth == 0 && self.directives == 0 {
            let span = self.place.of(paragraph.bold.or(&(0..0)));
            self.candidate = Some(Spanned::new(paragraph.bold.text, span));
        }
    }
}

/// Names of addresses differ in case and white space and are still the same.
fn same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    words(one) == words(other)
}

//! What an article's text becomes before the rest of the site is known: HTML with gaps.
//!
//! The gaps are what depends on other pages, on the theme or on the language of the interface. They
//! are filled by `render::body`. A body also keeps what the checks ask for: headings, links,
//! pictures, directives and footnotes with their places.

use std::ops::Range;

use super::target::Target;
use crate::citations::{Cluster, ClusterItem, Form, Locator};
use crate::data::Spanned;
use crate::records::works::Bibliography;

/// An article's text, or a value of front matter, ready to be rendered.
#[derive(Debug, Default)]
pub struct Body {
    /// All ready HTML; [`Node::Html`] names stretches of it.
    pub html: String,
    /// The text in order.
    pub nodes: Vec<Node>,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// The links in order.
    pub links: Vec<Link>,
    /// The pictures in order.
    pub images: Vec<Image>,
    /// The directives, in the order in which they open.
    pub directives: Vec<Directive>,
    /// The footnotes, in the order of their first use.
    pub footnotes: Vec<Footnote>,
    /// The citations, in the order in which they are written.
    pub citations: Vec<Citation>,
    /// The terms of definition lists, in order.
    pub terms: Vec<DefinedTerm>,
    /// The sentences that hold citations, as plain text; [`Citation::sentence`] names stretches of it.
    pub sentences: String,
    /// Sentences that state a number or a finding: percentages everywhere, others only in paragraphs
    /// that cite nothing.
    pub claims: Vec<Claim>,
    /// The words of its paragraphs, items and cells in order, where [`ParseOptions::prose`] asks for them.
    ///
    /// [`ParseOptions::prose`]: super::ParseOptions
    pub prose: Vec<Prose>,
    /// Comments that excuse how something is worded, with the same condition.
    pub excuses: Vec<Excuse>,
    /// Number of words.
    pub words: usize,
}

/// A piece of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A stretch of [`Body::html`].
    Html(Range<u32>),
    /// The address of a link, inside `href="..."`.
    Href(u32),
    /// ` rel="..."` for links that leave the site.
    Rel(u32),
    /// A picture.
    Image(u32),
    /// A directive.
    Directive(u32),
    /// The beginning of a heading's element.
    HeadingStart(u32),
    /// The permalink and the end of a heading's element.
    HeadingEnd(u32),
    /// The beginning of the element of a term.
    TermStart(u32),
    /// The beginning of what a term means, inside its element.
    MeaningStart(u32),
    /// The end of it.
    MeaningEnd(u32),
    /// The mark of a footnote: which one, and the how manieth use of it, from 0.
    FootnoteMark(u32, u32),
    /// A citation.
    Citation(u32),
    /// A word of the interface.
    Word(Word),
}

/// Words of the interface that stand inside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The name of a table's scrolling region.
    Table,
    /// The state of a task that is done.
    TaskDone,
    /// The state of a task that is open.
    TaskOpen,
}

impl Word {
    /// Its key in the strings files.
    pub const fn key(self) -> &'static str {
        match self {
            Word::Table => "table_label",
            Word::TaskDone => "task_done",
            Word::TaskOpen => "task_open",
        }
    }
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// Its id, unique in the body.
    pub id: String,
    /// 1 to 6.
    pub level: u8,
    /// Its words as HTML without links.
    pub html: String,
    /// Its words as plain text.
    pub text: String,
    /// Where it is.
    pub span: Range<usize>,
    /// True when it stands inside a directive, where it is no part of the table of contents.
    pub is_nested: bool,
}

/// A term of a definition list. On a page of kind `glossary` it has an id, and other pages mark it.
#[derive(Debug)]
pub struct DefinedTerm {
    /// Its id: what its first name makes.
    pub id: String,
    /// Its names as plain text, which commas part.
    pub names: Vec<String>,
    /// Where they are.
    pub span: Range<usize>,
    /// False when nothing stands after its colon.
    pub has_meaning: bool,
}

/// A link.
#[derive(Debug)]
pub struct Link {
    /// Where it goes.
    pub target: Target,
    /// Where the target is written.
    pub span: Range<usize>,
}

/// A picture.
#[derive(Debug)]
pub struct Image {
    /// Where the file is.
    pub target: Target,
    /// Its description.
    pub alt: String,
    /// True when the author says that it needs no description: `![](leaf.svg "decorative")`.
    pub is_decorative: bool,
    /// Words that browsers show beside it; mostly empty.
    pub title: String,
    /// Where the address is written.
    pub span: Range<usize>,
}

/// A container `:::name {arguments}` ... `:::`.
#[derive(Debug)]
pub struct Directive {
    /// Its name, with its place.
    pub name: Spanned<String>,
    /// Its arguments as they are written.
    pub arguments: Vec<Argument>,
    /// What it holds.
    pub nodes: Vec<Node>,
    /// The items of the lists that stand directly in it.
    pub items: Vec<ListItem>,
    /// Where something else than a list first stands directly in it.
    pub beside_lists: Option<Range<usize>>,
    /// True for a GFM alert (`> [!NOTE]`), which the theme's `alert` template renders.
    pub is_alert: bool,
}

/// An item of a list that stands directly in a directive.
#[derive(Debug)]
pub struct ListItem {
    /// What it holds, without the element of the item.
    pub nodes: Vec<Node>,
    /// Where it is written, its mark included.
    pub span: Range<usize>,
}

/// An argument of a directive.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name, with its place.
    pub name: Spanned<String>,
    /// Its value, with its place; `None` for a bare word such as `decorative`.
    pub value: Option<Spanned<String>>,
}

/// A footnote that is used.
#[derive(Debug)]
pub struct Footnote {
    /// What it says.
    pub nodes: Vec<Node>,
    /// How often it is used.
    pub uses: u32,
}

/// One place where works are cited. Whether its keys exist is not known here.
#[derive(Debug)]
pub struct Citation {
    /// How it stands in the sentence.
    pub form: Form,
    /// The works, in the order in which they are written.
    pub items: Vec<CitedWork>,
    /// The whole, as it is written: what is shown when `@name` turns out to be no key.
    pub written: String,
    /// Where it is written.
    pub span: Range<usize>,
    /// Its sentence, as a stretch of [`Body::sentences`].
    pub sentence: Range<u32>,
}

impl Citation {
    /// What is cited, with its works found; `None` for `@name` that is no key. Keys that are not there
    /// are reported by `checks::citations`; a preview shows the rest.
    pub fn cluster(&self, works: &Bibliography) -> Option<Cluster> {
        let found = |item: &CitedWork| {
            Some(ClusterItem {
                work: works.find(&item.key.value)?,
                locator: item.locator.clone(),
                prefix: item.prefix.clone(),
                suffix: item.suffix.clone(),
                is_author_suppressed: item.is_author_suppressed,
            })
        };
        let items: Vec<_> = self.items.iter().filter_map(found).collect();
        (!items.is_empty()).then_some(Cluster {
            form: self.form,
            items,
        })
    }
}

/// A work in a citation.
#[derive(Debug)]
pub struct CitedWork {
    /// The key, with its place.
    pub key: Spanned<String>,
    /// What stands before it, as HTML without links; mostly empty.
    pub prefix: String,
    /// Which part of the work.
    pub locator: Option<Locator>,
    /// What stands after it, as HTML without links; mostly empty. Begins with its own space or comma.
    pub suffix: String,
    /// The author is not named again: `[-@key]`.
    pub is_author_suppressed: bool,
}

/// A sentence that states a number or a finding.
#[derive(Debug)]
pub struct Claim {
    /// What it states.
    pub kind: ClaimKind,
    /// Its words.
    pub sentence: String,
    /// Where the number or the words are.
    pub span: Range<usize>,
    /// True when its paragraph cites something.
    pub is_cited: bool,
}

/// What a sentence states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimKind {
    /// A number.
    Number,
    /// A percentage.
    Percentage,
    /// "Studies show".
    Finding,
}

/// The plain words of a paragraph, an item, a cell or a term.
#[derive(Debug)]
pub struct Prose {
    /// What it is.
    pub kind: ProseKind,
    /// Its words. Code is blank, sign for sign, and citations are left out.
    pub text: String,
    /// Where stretches of the words are written: offset in the words, offset in what was parsed.
    pub places: Vec<(usize, usize)>,
    /// Its links, as a stretch of [`Body::links`].
    pub links: Range<u32>,
    /// How many headings stand before it.
    pub headings: u32,
    /// True when it cites something.
    pub is_cited: bool,
}

/// What stands around some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseKind {
    /// A paragraph, or a value of front matter.
    Paragraph,
    /// An item of a list, or a paragraph of one.
    Item,
    /// A cell of a table.
    Cell,
    /// A term of a definition list.
    Term,
}

/// A comment `<!-- voice: reason -->`.
#[derive(Debug)]
pub struct Excuse {
    /// Why; empty when the author does not say.
    pub reason: String,
    /// Where it is.
    pub span: Range<usize>,
    /// What it stands at the end of; nothing, when nothing stands before it.
    pub of: Option<Excused>,
}

/// What a comment excuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Excused {
    /// One of [`Body::prose`].
    Prose(usize),
    /// One of [`Body::headings`].
    Heading(usize),
}

impl Prose {
    /// Where a stretch of its words is written, in what was parsed.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        let of = |offset: usize| {
            let index = self.places.partition_point(|(start, _)| *start <= offset);
            let (start, place) = index.checked_sub(1).map_or((0, 0), |it| self.places[it]);
            place + offset.saturating_sub(start)
        };
        // The last sign and not the one behind it, which may stand anywhere.
        let last = range.end.saturating_sub(1).max(range.start);
        of(range.start)..of(last) + (range.end - last)
    }
}

impl Body {
    /// True when there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

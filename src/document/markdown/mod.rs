//! From Markdown to a [`Body`]: HTML with gaps for what depends on the rest of the site.
//!
//! One walk over the events of the parser. [`Builder`] keeps a stack of frames, one for each
//! container whose nodes are kept apart (a directive, an alert, a footnote); [`blocks`] writes elements,
//! [`containers`] directives and footnotes, [`elements`] links and pictures, [`citations`] what is
//! cited, [`passages`] sentences, [`claims`] what they state, [`prose`] keeps them to be measured, [`items`] the lists in directives, [`links`] finds where an address is written, [`headings`] gives ids, [`terms`] reads definition lists, [`typography`] sets quotation marks.
//!
//! To support another element of the parser: enable it in [`OPTIONS`] and give it an arm in
//! `start` and `end` of [`blocks`].

mod blocks;
mod builder;
mod citations;
mod claims;
mod containers;
mod elements;
mod headings;
mod items;
mod links;
mod passages;
mod prose;
mod terms;
pub mod typography;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use super::body::Body;
use super::{ParseOptions, directives};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
pub(crate) use blocks::is_inline;
use builder::Builder;
pub use citations::plain;

/// The Markdown of articles: CommonMark and the extensions that people expect.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// What is parsed.
#[derive(Debug, Clone)]
pub enum Piece<'a> {
    /// A file from an offset on, to its end.
    File {
        /// The text of the whole file.
        text: &'a str,
        /// Where the body begins.
        start: usize,
    },
    /// A value of front matter: inline Markdown, whose findings all point at the value.
    Value {
        /// The value.
        text: &'a str,
        /// Where it is written in the file.
        span: Range<usize>,
    },
}

impl Piece<'_> {
    /// The place in the file of a place in the text that was parsed.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Piece::File { .. } => range,
            Piece::Value { span, .. } => span.clone(),
        }
    }
}

/// Parses Markdown. Findings about the text go to `findings`, with their places in the file.
pub fn parse(
    path: &SourcePath,
    piece: Piece<'_>,
    options: &ParseOptions,
    findings: &mut Vec<Diagnostic>,
) -> Body {
    let (source, start) = match &piece {
        Piece::File { text, start } => (*text, *start),
        Piece::Value { text, .. } => (*text, 0),
    };
    let fences = match piece {
        Piece::File { .. } => directives::scan(path, source, start, findings),
        Piece::Value { .. } => directives::Fences::default(),
    };
    let markdown = &fences.hidden.as_deref().unwrap_or(source)[start..];
    let undefined = RefCell::new(Vec::new());
    let on_broken_link = |link: BrokenLink<'_>| {
        // A citation looks like a link whose address is not given.
        if markdown[link.span.start..].starts_with('[')
            && link.link_type != LinkType::Collapsed
            && citations::bracket(markdown, link.span.start, &link.reference).is_some()
        {
            return Some((CowStr::Borrowed(""), CowStr::Borrowed("")));
        }
        // `[word]` alone is ordinary text to most people; `[words][name]` never is.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined
                .borrow_mut()
                .push((link.span, link.reference.into_string()));
        }
        None
    };
    let mut all = OPTIONS;
    all.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    let parser = Parser::new_with_broken_link_callback(markdown, all, Some(on_broken_link));
    let mut builder = Builder::new(path, &piece, source, start, options, &fences, findings);
    builder.definitions(parser.reference_definitions());
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range.start + start..range.end + start);
    }
    let body = builder.finish();
    report_undefined(path, &piece, start, undefined.into_inner(), findings);
    body
}

fn report_undefined(
    path: &SourcePath,
    piece: &Piece<'_>,
    start: usize,
    mut undefined: Vec<(Range<usize>, String)>,
    findings: &mut Vec<Diagnostic>,
) {
    undefined.sort_by_key(|(span, _)| span.start);
    undefined.dedup();
    for (span, name) in undefined {
        let span = piece.place(span.start + start..span.end + start);
        findings.push(
            Diagnostic::new(
                Code::UndefinedReference,
                format!("no address is given for the link `[{name}]`"),
            )
            .at(path, span, "used here")
            .help(format!(
                "add a line `[{name}]: address` at the end of the article, or write `[words](address)`"
            )),
        );
    }
}

//! Citations in the text: where they stand, and what becomes of them.
//!
//! The parser finds brackets for us: `[see @key, p. 3]` is a link without an address to it, which it
//! asks us about ([`bracket`]). So brackets in code, in links and behind a backslash are never taken
//! for citations. What stands between them is read by [`crate::document::citation`].

use std::ops::Range;

use super::builder::Builder;
use super::{Piece, parse};
use crate::citations::{Form, Locator};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::body::{Body, Citation, CitedWork, Node};
use crate::document::citation::{self, Item};

/// What brackets without an address are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// `[see @key, p. 3]`.
    Citation,
    /// `[p. 3]` behind `@key`.
    AfterInText,
}

/// What the brackets are that hold `inside` and open at `start` of `text`; `None` when they have
/// nothing to do with citations.
pub(super) fn bracket(text: &str, start: usize, inside: &str) -> Option<Bracket> {
    if citation::bracketed(inside).is_some() {
        return Some(Bracket::Citation);
    }
    let before = &text[..start];
    let word = before.strip_suffix([' ', '\n']).unwrap_or(before);
    // A key is shorter than this; looking back further would cost time on every bracket.
    let mut from = word.len().saturating_sub(200);
    while !word.is_char_boundary(from) {
        from += 1;
    }
    let at = from + word[from..].rfind('@')?;
    let (_, end) = citation::key_at(text, at)?;
    (end == word.len() && citation::after_in_text(inside).is_some()).then_some(Bracket::AfterInText)
}

impl Builder<'_> {
    /// Brackets that [`bracket`] took. What stands in them is passed over until they close.
    pub(super) fn start_citation(&mut self, range: Range<usize>) {
        self.in_citation = true;
        if let Some((index, end)) = self.last_in_text.take()
            && self.source[end..range.start].trim().is_empty()
            && self.complete_in_text(index, range.clone())
        {
            return;
        }
        // `[@a][@b]` is one link to the parser and two citations to everybody else.
        let mut start = range.start;
        for (offset, _) in self.source[range.clone()].match_indices("][") {
            self.bracketed(start..range.start + offset + 1);
            start = range.start + offset + 1;
        }
        self.bracketed(start..range.end);
    }

    fn bracketed(&mut self, range: Range<usize>) {
        let text = flat(&self.source[range.clone()]);
        let inside = &text[1..text.len() - 1];
        let Some(items) = citation::bracketed(inside) else {
            self.plain_text(&text, range.start);
            return;
        };
        let items = items
            .iter()
            .map(|item| self.cited(inside, range.start + 1, item))
            .collect();
        self.add_citation(Form::Bracketed, items, range);
    }

    /// The brackets behind `@key`: `[p. 3]`, or `[@other]` with more works. False when they are none
    /// of its own.
    fn complete_in_text(&mut self, index: usize, range: Range<usize>) -> bool {
        let text = flat(&self.source[range.clone()]);
        let inside = &text[1..text.len() - 1];
        let Some((locator, suffix, others)) = behind_key(inside) else {
            return false;
        };
        let others: Vec<_> = others
            .iter()
            .map(|item| self.cited(inside, range.start + 1, item))
            .collect();
        let suffix = self.affix(&inside[suffix]);
        let whole = self.piece.place(range.clone());
        let start = self.in_text_start;
        let written = self.source[start..range.end].to_owned();
        let citation = &mut self.body.citations[index];
        citation.written = written;
        if matches!(self.piece, Piece::File { .. }) {
            citation.span.end = whole.end;
        }
        if let Some(own) = citation.items.first_mut() {
            own.locator = locator;
            own.suffix = suffix;
        }
        citation.items.extend(others);
        self.take_space();
        true
    }

    fn report_unclear(&mut self, span: Range<usize>, what: &str, help: &str) {
        self.findings.push(
            Diagnostic::new(Code::UnclearCitation, what)
                .at(self.path, self.piece.place(span), "")
                .help(help),
        );
    }

    fn cited(&mut self, text: &str, start: usize, item: &Item) -> CitedWork {
        let place = start + item.key.start..start + item.key.end;
        CitedWork {
            key: Spanned::new(text[item.key.clone()].to_owned(), self.piece.place(place)),
            prefix: self.affix(&text[item.prefix.clone()]),
            locator: item.locator.clone(),
            suffix: self.affix(&text[item.suffix.clone()]),
            is_author_suppressed: item.is_author_suppressed,
        }
    }

    /// A prefix or a suffix as HTML, with the space it begins with.
    fn affix(&mut self, text: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let piece = Piece::Value { text, span: 0..0 };
        let body = parse(self.path, piece, self.options, &mut Vec::new());
        let space = if text.starts_with(' ') { " " } else { "" };
        let ready = body.nodes.iter().filter_map(|node| match node {
            Node::Html(range) => Some(&body.html[range.start as usize..range.end as usize]),
            Node::Href(_)
            | Node::Rel(_)
            | Node::Image(_)
            | Node::Directive(_)
            | Node::HeadingStart(_)
            | Node::HeadingEnd(_)
            | Node::TermStart(_)
            | Node::MeaningStart(_)
            | Node::MeaningEnd(_)
            | Node::FootnoteMark(..)
            | Node::Citation(_)
            | Node::Word(_) => None,
        });
        let is_whole = body.links.is_empty() && body.citations.is_empty();
        let mut html = space.to_owned();
        if is_whole {
            html.extend(ready);
        } else {
            super::elements::escape(text.trim_start(), &mut html);
        }
        html
    }

    fn add_citation(&mut self, form: Form, items: Vec<CitedWork>, range: Range<usize>) -> usize {
        let index = self.body.citations.len();
        self.body.citations.push(Citation {
            form,
            items,
            written: self.source[range.clone()].to_owned(),
            span: self.piece.place(range),
            sentence: 0..0,
        });
        if self.heading.is_none() {
            self.passage.cite(index);
        }
        self.node(Node::Citation(index as u32));
        index
    }

    /// Text that may hold `@key`. `range` is where it is written. True when it was all dealt with.
    pub(super) fn text_with_keys(&mut self, text: &str, range: &Range<usize>) -> bool {
        let is_plain = self.in_code
            || self.image.is_some()
            || self.open_links > 0
            || self.source.get(range.clone()) != Some(text);
        if is_plain {
            return false;
        }
        let mut done = 0;
        for (offset, _) in text.match_indices('@') {
            let at = range.start + offset;
            if offset < done || is_escaped(self.source, at) {
                continue;
            }
            let Some((key, end)) = citation::key_at(&self.source[self.start..], at - self.start)
            else {
                continue;
            };
            let (key, end) = (
                key.start + self.start..key.end + self.start,
                end + self.start,
            );
            let is_author_suppressed = text[done..offset].ends_with('-');
            let start = at - usize::from(is_author_suppressed);
            if self.source[..start].ends_with(['[', ';']) && !is_escaped(self.source, start - 1) {
                self.report_unclear(
                    start..end,
                    "brackets that hold a key and are no citation",
                    "write `[@key]`, `[see @key, p. 3]` or `[@one; @two]`; for mere brackets, `\\[`",
                );
            }
            let before = &text[done..start - range.start];
            self.plain_text(before, range.start + done);
            let item = CitedWork {
                key: Spanned::new(self.source[key.clone()].to_owned(), self.piece.place(key)),
                prefix: String::new(),
                locator: None,
                suffix: String::new(),
                is_author_suppressed,
            };
            let index = self.add_citation(Form::InText, vec![item], start..end);
            if self.heading.is_none() {
                // Its name is part of the sentence, and is put in the place of this one day.
                self.passage.push(&self.source[start..end], start);
            }
            if let Some(heading) = &mut self.heading {
                heading.text.push_str(&self.source[start..end]);
            }
            self.in_text_start = start;
            self.last_in_text = Some((index, end));
            done = (end - range.start).min(text.len());
            self.skip_until = end;
        }
        if done > 0 {
            self.plain_text(&text[done..], range.start + done);
        }
        done > 0
    }
}

/// A text that is no Markdown, such as a description: only its citations count. `None` when it has
/// none.
pub fn plain(text: &str, span: &Range<usize>) -> Option<Body> {
    if !text.contains('@') {
        return None;
    }
    let mut body = Body::default();
    let mut done = 0;
    let mut at = 0;
    while at < text.len() {
        let Some((citation, end)) = plain_at(text, at, span) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        push_plain(&mut body, &text[done..at]);
        body.nodes.push(Node::Citation(body.citations.len() as u32));
        body.citations.push(citation);
        done = end;
        at = end;
    }
    push_plain(&mut body, &text[done..]);
    (!body.citations.is_empty()).then_some(body)
}

fn push_plain(body: &mut Body, text: &str) {
    let start = body.html.len() as u32;
    super::elements::escape(text, &mut body.html);
    body.nodes.push(Node::Html(start..body.html.len() as u32));
}

/// The citation at a place of a text, and where it ends.
fn plain_at(text: &str, at: usize, span: &Range<usize>) -> Option<(Citation, usize)> {
    let brackets = |from: usize| {
        let inside = text[from..].strip_prefix('[')?;
        let length = inside.find(['[', ']'])?;
        inside[length..]
            .starts_with(']')
            .then(|| (&inside[..length], from + length + 2))
    };
    let affix = |text: &str| {
        let mut html = String::new();
        super::elements::escape(text, &mut html);
        html
    };
    let cited = |inside: &str, item: &Item| CitedWork {
        key: Spanned::new(inside[item.key.clone()].to_owned(), span.clone()),
        prefix: affix(&inside[item.prefix.clone()]),
        locator: item.locator.clone(),
        suffix: affix(&inside[item.suffix.clone()]),
        is_author_suppressed: item.is_author_suppressed,
    };
    let whole = |form, items, end: usize| Citation {
        form,
        items,
        written: text[at..end].to_owned(),
        span: span.clone(),
        sentence: 0..0,
    };
    if let Some((inside, end)) = brackets(at) {
        let items = citation::bracketed(inside)?;
        let items = items.iter().map(|item| cited(inside, item)).collect();
        return Some((whole(Form::Bracketed, items, end), end));
    }
    let (key, mut end) = citation::key_at(text, at)?;
    let mut items = vec![CitedWork {
        key: Spanned::new(text[key].to_owned(), span.clone()),
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
        is_author_suppressed: false,
    }];
    let space = text[end..].len() - text[end..].trim_start_matches(' ').len();
    if let Some((inside, after)) = brackets(end + space)
        && let Some((locator, suffix, others)) = behind_key(inside)
    {
        items[0].locator = locator;
        items[0].suffix = affix(&inside[suffix]);
        items.extend(others.iter().map(|item| cited(inside, item)));
        end = after;
    }
    Some((whole(Form::InText, items, end), end))
}

/// What the brackets behind `@key` say about it, and the works that they add.
fn behind_key(inside: &str) -> Option<(Option<Locator>, Range<usize>, Vec<Item>)> {
    match citation::bracketed(inside) {
        Some(others) => Some((None, 0..0, others)),
        None => citation::after_in_text(inside),
    }
}

/// True for what a backslash keeps from being anything but itself.
fn is_escaped(source: &str, at: usize) -> bool {
    let before = &source.as_bytes()[..at];
    let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    slashes.count() % 2 == 1
}

/// The same text on one line, each byte where it was: line ends and the marks of quotations and
/// indents behind them become spaces.
fn flat(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut is_line_start = false;
    text.chars()
        .map(|c| {
            is_line_start = match c {
                '\n' | '\r' => true,
                ' ' | '>' | '\t' => is_line_start,
                _ => false,
            };
            if is_line_start { ' ' } else { c }
        })
        .collect()
}

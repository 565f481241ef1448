//! Cuts a BibTeX file into its entries, and says in plain words what is wrong with one.

use std::borrow::Cow;
use std::ops::Range;

use biblatex::{ParseError, ParseErrorKind};

use super::quotes::{Quoted, quoted};
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// An entry as it stands in the file: `@article{...}`.
#[derive(Debug)]
pub struct Piece {
    /// From `@` to the end.
    pub span: Range<usize>,
    /// The word behind `@`.
    pub kind: Range<usize>,
    /// The first byte behind the opening brace.
    inside: usize,
    /// True when its last brace is there.
    pub is_closed: bool,
    /// True when it stands in parentheses, as BibTeX allows.
    is_round: bool,
}

/// The entries of a file. What stands between them is a comment.
pub fn pieces(text: &str) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            at += text[at..].find('\n').unwrap_or(text.len() - at);
        } else if byte == b'@'
            && let Some(piece) = piece(text, at)
        {
            at = piece.span.end;
            pieces.push(piece);
        } else {
            at += 1;
        }
    }
    pieces
}

impl Piece {
    /// The kind of entry in small letters.
    pub fn kind(&self, text: &str) -> String {
        text[self.kind.clone()].to_ascii_lowercase()
    }

    /// The key; empty when there is none.
    pub fn key(&self, text: &str) -> Spanned<String> {
        let inside = &text[self.inside..self.span.end];
        let start = self.inside + inside.len() - inside.trim_start().len();
        let rest = &text[start..self.span.end];
        let end = rest
            .find([',', '}', '{', '=', '\n'])
            .map_or(rest.len(), |end| end);
        let written = rest[..end].trim_end();
        let key = if rest[end..].starts_with(['=', '{']) {
            // `a title = ` is a key without its comma, `title = ` a field without a key before it.
            written
                .split_once(char::is_whitespace)
                .map_or("", |(key, _)| key)
        } else {
            written
        };
        Spanned::new(key.to_owned(), start..start + key.len())
    }

    /// The entry with braces in the place of parentheses and quotation marks, byte for byte as long as
    /// in the file.
    pub fn source<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut source = Cow::Borrowed(&text[self.span.clone()]);
        let mut put = |span: Range<usize>| {
            let source = source.to_mut();
            let (open, close) = (span.start - self.span.start, span.end - self.span.start);
            source.replace_range(open..open + 1, "{");
            source.replace_range(close - 1..close, "}");
        };
        if self.is_round {
            put(self.inside - 1..self.span.end);
        }
        for quoted in self.quoted(text) {
            put(quoted.span);
        }
        source
    }

    /// The values in quotation marks of an entry that is closed.
    fn quoted(&self, text: &str) -> Vec<Quoted> {
        quoted(text, self.inside..self.span.end - 1)
    }

    /// What is missing from an entry that is closed, and would mislead the parser: the comma after its
    /// key, or a quotation mark.
    pub fn missing(&self, path: &SourcePath, text: &str) -> Option<Diagnostic> {
        let key = self.key(text);
        let rest = text[key.span.end..self.span.end - 1].trim_start();
        if !rest.is_empty() && !rest.starts_with(',') {
            let end = key.span.end;
            let message = format!("a comma is missing after the key `{}`", key.value);
            return Some(
                Diagnostic::new(Code::MalformedBibliography, message)
                    .at(path, end..end, "belongs here")
                    .help(format!("write `{},`", key.value)),
            );
        }
        let quoted = self.quoted(text);
        let open = quoted.iter().find(|quoted| !quoted.is_closed)?;
        Some(
            not_closed(&key, &open.field, path, text)
                .help("write the missing `\"` at the end of the value"),
        )
    }

    /// What is wrong when its last brace is not there.
    pub fn finding(&self, path: &SourcePath, text: &str) -> Option<Diagnostic> {
        if self.is_closed {
            return None;
        }
        let key = self.key(text);
        let finding = match self.open_field(text) {
            Some(field) => not_closed(&key, &field, path, text),
            None if key.value.is_empty() => Diagnostic::new(
                Code::MalformedBibliography,
                "an entry is not closed",
            )
            .at(path, self.kind.clone(), "begins here"),
            None => Diagnostic::new(
                Code::MalformedBibliography,
                format!("the entry `{}` is not closed", key.value),
            )
            .at(path, key.span, "begins here"),
        };
        Some(finding.help("write the missing `}`: each `{` needs one"))
    }

    /// The name of the first field after whose value another field begins inside the braces.
    fn open_field(&self, text: &str) -> Option<Range<usize>> {
        let mut depth = 0_usize;
        let mut last: Option<(Range<usize>, usize)> = None;
        let mut offset = self.inside;
        for line in text[self.inside..self.span.end].split_inclusive('\n') {
            let indent = line.len() - line.trim_start().len();
            let name = &line[indent..];
            let length = name
                .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
                .unwrap_or(name.len());
            if length > 0 && name[length..].trim_start().starts_with('=') {
                if let Some((field, before)) = &last
                    && depth > *before
                {
                    return Some(field.clone());
                }
                let start = offset + indent;
                last = Some((start..start + length, depth));
            }
            depth = depth_after(line, depth);
            offset += line.len();
        }
        last.filter(|(_, before)| depth > *before)
            .map(|(field, _)| field)
    }
}

/// That the value of a field has no end.
fn not_closed(
    key: &Spanned<String>,
    field: &Range<usize>,
    path: &SourcePath,
    text: &str,
) -> Diagnostic {
    let name = &text[field.clone()];
    let message = format!("the value of `{name}` of `{}` is not closed", key.value);
    Diagnostic::new(Code::MalformedBibliography, message).at(path, field.clone(), "begins here")
}

/// What the parser did not understand, in plain words.
pub fn finding(error: &ParseError, piece: &Piece, path: &SourcePath, text: &str) -> Diagnostic {
    let at = floor(
        text,
        (piece.span.start + error.span.start).min(piece.span.end),
    );
    let before = text[piece.span.start..at].trim_end();
    let end = piece.span.start + before.len();
    let malformed = |message: String| Diagnostic::new(Code::MalformedBibliography, message);
    if before.ends_with('=') {
        let name = before.trim_end_matches('=').trim_end();
        let start = name
            .rfind(|c: char| c.is_whitespace() || matches!(c, ',' | '{'))
            .map_or(0, |start| start + 1);
        let span = piece.span.start + start..piece.span.start + name.len();
        let name = &name[start..];
        return malformed(format!("`{name}` has no value"))
            .at(path, span, "nothing follows")
            .help(format!(
                "write it in braces, such as `{name} = {{...}}`, or delete the line"
            ));
    }
    match &error.kind {
        ParseErrorKind::Expected(biblatex::Token::Comma) => {
            malformed("a comma is missing".to_owned())
                .at(path, end..end, "belongs here")
                .help("write a comma at the end of each field")
        }
        ParseErrorKind::Expected(biblatex::Token::Equals) => malformed("`=` is missing".to_owned())
            .at(path, end..end, "belongs here")
            .help("write each field as `name = {value},`"),
        ParseErrorKind::Expected(
            biblatex::Token::Identifier
            | biblatex::Token::OpeningBrace
            | biblatex::Token::ClosingBrace
            | biblatex::Token::QuotationMark
            | biblatex::Token::DecimalPoint,
        )
        | ParseErrorKind::Unexpected(_)
        | ParseErrorKind::UnexpectedEof
        | ParseErrorKind::UnknownAbbreviation(_)
        | ParseErrorKind::MalformedCommand
        | ParseErrorKind::DuplicateKey(_)
        | ParseErrorKind::ResolutionError(_)
        | _ => {
            let length = text[at..].chars().next().map_or(0, char::len_utf8);
            malformed("this is not the way of a BibTeX file".to_owned())
                .at(path, at..at + length, "not understood from here on")
                .help("write each field as `name = {value},`, with braces in pairs")
        }
    }
}

/// The entry that begins at an `@`; `None` when this is no entry.
fn piece(text: &str, start: usize) -> Option<Piece> {
    let bytes = text.as_bytes();
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let mut at = start + 1;
    while is_space(at) {
        at += 1;
    }
    let kind = at;
    at += text[at..]
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
        .unwrap_or(text.len() - at);
    let kind = kind..at;
    while is_space(at) {
        at += 1;
    }
    let is_round = match bytes.get(at) {
        Some(b'{') => false,
        Some(b'(') => true,
        _ => return None,
    };
    if kind.is_empty() {
        return None;
    }
    let inside = at + 1;
    let (end, is_closed) = end_of(text, inside, is_round);
    Some(Piece {
        span: start..end,
        kind,
        inside,
        is_closed,
        is_round,
    })
}

/// Where an entry ends that begins before a place, and whether its last brace is there. An entry that
/// is not closed ends where the next one begins.
fn end_of(text: &str, inside: usize, is_round: bool) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = inside;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' if depth == 0 && !is_round => return (at + 1, true),
            b'}' => depth = depth.saturating_sub(1),
            b')' if depth == 0 && is_round => return (at + 1, true),
            b'\n' if begins_entry(&text[at + 1..]) => return (at + 1, false),
            _ => {}
        }
        at += 1;
    }
    (text.len(), false)
}

/// True for a line such as `@article{key,`.
fn begins_entry(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    let Some(entry) = line.trim_start().strip_prefix('@') else {
        return false;
    };
    let Some((kind, rest)) = entry.split_once(['{', '(']) else {
        return false;
    };
    let kind = kind.trim();
    let is_kind = !kind.is_empty() && kind.chars().all(char::is_alphanumeric);
    let key = rest.split(',').next().unwrap_or_default().trim();
    is_kind && (!key.contains(char::is_whitespace) || rest.contains('='))
}

/// How many braces are open after a line, given how many were open before it.
fn depth_after(line: &str, before: usize) -> usize {
    let mut depth = before;
    let mut is_escaped = false;
    for c in line.chars() {
        match c {
            '{' if !is_escaped => depth += 1,
            '}' if !is_escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    depth
}

/// The nearest place at or before this one where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

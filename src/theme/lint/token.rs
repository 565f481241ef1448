//! A template as tokens: what stands between `{{ }}` and `{% %}`, each with its place.
//!
//! The words around them, comments and `{% raw %}` are passed over. Follows the lexer of the
//! template engine, which has accepted the text before; what it would refuse ends the list here.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// `{{`
    Open,
    /// `}}`
    Close,
    /// `{%`
    TagOpen,
    /// `%}`
    TagClose,
    /// A name or a keyword.
    Name,
    /// Text in quotes, without its escapes.
    Text(String),
    /// A number.
    Number,
    /// An operator or a bracket.
    Sign,
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where.
    pub span: Range<usize>,
}

const LONG_SIGNS: [&str; 10] = ["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// All tokens of a template, or `None` when it cannot be read to its end.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = next_mark(text, at) {
        let inside = start + 2;
        match &text[start..inside] {
            "{#" => at = inside + text[inside..].find("#}")? + 2,
            "{{" => at = expression(text, start, "}}", (Kind::Open, Kind::Close), &mut tokens)?,
            _ => match raw_tag(text, inside, "raw") {
                Some(body) => at = end_of_raw(text, body)?,
                None => {
                    let kinds = (Kind::TagOpen, Kind::TagClose);
                    at = expression(text, start, "%}", kinds, &mut tokens)?;
                }
            },
        }
    }
    Some(tokens)
}

fn next_mark(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))
}

/// Where a tag of this bare name ends, when one stands at `from` (after `{%`).
fn raw_tag(text: &str, from: usize, name: &str) -> Option<usize> {
    let rest = &text[from..];
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    let rest = rest.strip_prefix(name)?.trim_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

fn end_of_raw(text: &str, body: usize) -> Option<usize> {
    text[body..]
        .match_indices("{%")
        .find_map(|(at, _)| raw_tag(text, body + at + 2, "endraw"))
}

/// Reads one `{{ }}` or `{% %}`; gives the place after it.
fn expression(
    text: &str,
    start: usize,
    end: &str,
    (open, close): (Kind, Kind),
    tokens: &mut Vec<Token>,
) -> Option<usize> {
    let mut at = start + 2;
    if text[at..].starts_with('-') {
        at += 1;
    }
    tokens.push(Token {
        kind: open,
        span: start..at,
    });
    loop {
        let rest = &text[at..];
        at += rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace())
                .len();
        let rest = &text[at..];
        let trimmed = rest.strip_prefix('-').unwrap_or(rest);
        if trimmed.starts_with(end) {
            let after = at + (rest.len() - trimmed.len()) + end.len();
            tokens.push(Token {
                kind: close,
                span: at..after,
            });
            return Some(after);
        }
        let (kind, length) = token(rest)?;
        tokens.push(Token {
            kind,
            span: at..at + length,
        });
        at += length;
    }
}

fn token(rest: &str) -> Option<(Kind, usize)> {
    let first = rest.chars().next()?;
    if matches!(first, '"' | '\'' | '`') {
        return quoted(rest, first);
    }
    if first.is_ascii_digit() {
        let mut dots = 0;
        let length = rest
            .bytes()
            .take_while(|byte| {
                dots += usize::from(*byte == b'.');
                byte.is_ascii_digit() || (*byte == b'.' && dots == 1)
            })
            .count();
        return Some((Kind::Number, length));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let letters = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        return Some((Kind::Name, letters.count()));
    }
    if let Some(sign) = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Some((Kind::Sign, sign.len()));
    }
    "+-*/%!.,:~|=<>()[]{}@"
        .contains(first)
        .then_some((Kind::Sign, 1))
}

fn quoted(rest: &str, quote: char) -> Option<(Kind, usize)> {
    let mut words = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => words.push(match letters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            _ if letter == quote => return Some((Kind::Text(words), at + 1)),
            _ => words.push(letter),
        }
    }
    None
}

//! Finds the fences of `:::name {key=value}` ... `:::` in an article.
//!
//! Markdown itself knows no such containers. Each fence line is replaced, byte for byte, by an HTML
//! processing instruction, `<?...?>`: Markdown ends paragraphs and lists before it, hands it on
//! untouched and at its place, and nobody writes one by hand. Fences inside code are left alone.
//! Which directives there are and what they take, the theme says, not this room.

use std::ops::Range;

use super::body::Argument;
use crate::data::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// A fence line.
#[derive(Debug, PartialEq)]
pub enum Fence {
    /// `:::name {arguments}`.
    Open {
        /// The name.
        name: Spanned<String>,
        /// The arguments.
        arguments: Vec<Argument>,
    },
    /// `:::`.
    Close,
}

/// The fences of a text by the offset of their line, and the text with the fences hidden.
#[derive(Debug, Default)]
pub struct Fences {
    /// In order; the offset is that of the first colon.
    pub fences: Vec<(usize, Fence)>,
    /// The text with the fences hidden, of the same length; `None` when there are no fences.
    pub hidden: Option<String>,
}

/// Finds the fences of `source` from `start` on. Spans are offsets into `source`.
pub fn scan(
    path: &SourcePath,
    source: &str,
    start: usize,
    findings: &mut Vec<Diagnostic>,
) -> Fences {
    if !source[start..].contains(":::") {
        return Fences::default();
    }
    let mut fences = Vec::new();
    let mut hidden = source.to_owned().into_bytes();
    let mut code: Option<(u8, usize)> = None;
    let mut offset = start;
    for line in source[start..].split_inclusive('\n') {
        let content = line.trim_end();
        let indent = content.len() - content.trim_start_matches(' ').len();
        let trimmed = &content[indent..];
        let place = offset + indent;
        offset += line.len();
        if indent > 3 {
            continue;
        }
        match code {
            Some((mark, length)) => {
                if closes_code(trimmed, mark, length) {
                    code = None;
                }
                continue;
            }
            None => code = opens_code(trimmed),
        }
        if !trimmed.starts_with(":::") {
            continue;
        }
        let words = trimmed.trim_start_matches(':');
        let words_at = place + trimmed.len() - words.len();
        let fence = if words.trim().is_empty() {
            Fence::Close
        } else {
            open(path, words, words_at, findings)
        };
        fences.push((place, fence));
        hide(&mut hidden[place..place + trimmed.len()]);
    }
    // Fences are hidden with ASCII over whole lines, so what is left is UTF-8 as before.
    Fences {
        fences,
        hidden: String::from_utf8(hidden).ok(),
    }
}

fn opens_code(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first()?;
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    let is_fence = length >= 3 && (mark == b'~' || (mark == b'`' && !line[length..].contains('`')));
    is_fence.then_some((mark, length))
}

fn closes_code(line: &str, mark: u8, length: usize) -> bool {
    let marks = line.bytes().take_while(|byte| *byte == mark).count();
    marks >= length && line[marks..].trim().is_empty()
}

/// Overwrites a fence of at least three bytes with `<?>` or `<?---?>`.
fn hide(line: &mut [u8]) {
    let last = line.len() - 1;
    line.fill(b'-');
    line[0] = b'<';
    line[1] = b'?';
    line[last] = b'>';
    if last > 2 {
        line[last - 1] = b'?';
    }
}

fn open(path: &SourcePath, words: &str, at: usize, findings: &mut Vec<Diagnostic>) -> Fence {
    let lead = words.len() - words.trim_start().len();
    let words = words.trim();
    let at = at + lead;
    let name_length = words
        .find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
        .unwrap_or(words.len());
    let name = Spanned::new(words[..name_length].to_owned(), at..at + name_length);
    let rest = &words[name_length..];
    let rest_at = at + name_length;
    let arguments = if rest.trim().is_empty() {
        Vec::new()
    } else {
        arguments(path, rest, rest_at, findings)
    };
    Fence::Open { name, arguments }
}

/// Reads `{key=value key="two words" flag}`.
fn arguments(
    path: &SourcePath,
    text: &str,
    at: usize,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Argument> {
    let mut report = |span: Range<usize>, message: &str, help: &str| {
        findings.push(
            Diagnostic::new(Code::DirectiveArgument, message)
                .at(path, span, "")
                .help(help),
        );
    };
    let lead = text.len() - text.trim_start().len();
    let inner = text.trim();
    let at = at + lead;
    let Some(inner) = inner.strip_prefix('{') else {
        report(
            at..at + inner.len(),
            "arguments of a directive stand in braces",
            "write them like this: `:::name {key=value}`",
        );
        return Vec::new();
    };
    let (inner, at) = match inner.strip_suffix('}') {
        Some(inner) => (inner, at + 1),
        None => {
            let end = at + 1 + inner.len();
            report(
                end..end,
                "the arguments are not closed",
                "write `}` at the end of the line",
            );
            (inner, at + 1)
        }
    };
    let mut arguments = Vec::new();
    let mut position = 0;
    while let Some(word_at) = inner[position..].find(|c: char| !c.is_whitespace()) {
        position += word_at;
        let (argument, length, is_closed) = argument(&inner[position..], at + position);
        if !is_closed {
            let start = at + position;
            report(
                start..start + length,
                "a quotation mark is not closed",
                "write `\"` at the end of the words",
            );
        }
        position += length;
        arguments.push(argument);
    }
    arguments
}

/// Reads one argument from the beginning of `text`: the argument, its length, and whether its
/// quotation marks are closed.
fn argument(text: &str, at: usize) -> (Argument, usize, bool) {
    let name_length = text
        .find(|c: char| c == '=' || c.is_whitespace())
        .unwrap_or(text.len());
    let name = Spanned::new(text[..name_length].to_owned(), at..at + name_length);
    let Some(value) = text[name_length..].strip_prefix('=') else {
        return (Argument { name, value: None }, name_length, true);
    };
    let value_at = name_length + 1;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let length = value.find(char::is_whitespace).unwrap_or(value.len());
        let span = at + value_at..at + value_at + length;
        let value = Spanned::new(value[..length].to_owned(), span);
        return (
            Argument {
                name,
                value: Some(value),
            },
            value_at + length,
            true,
        );
    };
    let mut words = String::new();
    let mut is_escaped = false;
    for (index, c) in value.char_indices().skip(1) {
        if is_escaped {
            words.push(c);
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if c == quote {
            let span = at + value_at + 1..at + value_at + index;
            let value = Some(Spanned::new(words, span));
            return (Argument { name, value }, value_at + index + 1, true);
        } else {
            words.push(c);
        }
    }
    let span = at + value_at + 1..at + text.len();
    (
        Argument {
            name,
            value: Some(Spanned::new(words, span)),
        },
        text.len(),
        false,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(source: &str) -> (Fences, Vec<Diagnostic>) {
        let path = SourcePath::new("content/a.md").expect("sound");
        let mut findings = Vec::new();
        (scan(&path, source, 0, &mut findings), findings)
    }

    #[test]
    fn fences_are_hidden_byte_for_byte() {
        let source = "a\n:::care {title=\"Wähle jetzt\" urgency=now flag}\nb\n:::\n";
        let (fences, findings) = scanned(source);
        assert_eq!(findings, []);
        let hidden = fences.hidden.expect("there are fences");
        assert_eq!(hidden.len(), source.len());
        assert!(
            hidden.starts_with("a\n<?---") && hidden.ends_with("?>\nb\n<?>\n"),
            "{hidden}"
        );
        let Fence::Open { name, arguments } = &fences.fences[0].1 else {
            panic!("it opens")
        };
        assert_eq!(name.value, "care");
        let written: Vec<_> = arguments
            .iter()
            .map(|argument| {
                let value = argument.value.as_ref();
                assert!(value.is_none_or(|v| source[v.span.clone()] == v.value));
                (
                    argument.name.value.as_str(),
                    value.map(|value| value.value.as_str()),
                )
            })
            .collect();
        assert_eq!(
            written,
            [
                ("title", Some("Wähle jetzt")),
                ("urgency", Some("now")),
                ("flag", None)
            ]
        );
    }

    #[test]
    fn fences_inside_code_are_text() {
        let (fences, _) = scanned("```\n:::note\n```\n:::note\n:::\n");
        assert_eq!(fences.fences.len(), 2);
    }

    #[test]
    fn what_is_not_closed_is_reported_and_the_rest_is_kept() {
        let (fences, findings) = scanned(":::note {title=\"a b}\n:::\n:::note {a=b\n:::\n");
        assert_eq!(fences.fences.len(), 4);
        assert_eq!(findings.len(), 2, "{findings:?}");
    }
}

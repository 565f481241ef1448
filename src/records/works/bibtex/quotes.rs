//! Values in quotation marks: `title = "A {"}quoted{"} word"`.
//!
//! A mark that stands in braces belongs to the value. The parser of the entries does not know that, so
//! it is given braces in the place of the outer marks; they are as long, and all places stay.

use std::ops::Range;

/// A value in quotation marks.
#[derive(Debug)]
pub struct Quoted {
    /// The name of the field.
    pub field: Range<usize>,
    /// From the mark that opens it to the place behind the one that closes it.
    pub span: Range<usize>,
    /// True when the mark that closes it is there.
    pub is_closed: bool,
}

/// The values in quotation marks of an entry, which stands in a part of a file without its own braces.
/// Nothing that follows a value that is not closed can be told apart.
pub fn quoted(text: &str, inside: Range<usize>) -> Vec<Quoted> {
    let bytes = &text.as_bytes()[..inside.end];
    let mut found = Vec::new();
    let (mut depth, mut at) = (0_usize, inside.start);
    let (mut field, mut word) = (at..at, at..at);
    let mut takes_value = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth > 0 || byte.is_ascii_whitespace() => {}
            b'"' if takes_value => {
                let quoted = value(text, field.clone(), at..inside.end);
                at = quoted.span.end;
                takes_value = false;
                let is_closed = quoted.is_closed;
                found.push(quoted);
                if !is_closed {
                    break;
                }
                continue;
            }
            b'=' => {
                field = word.clone();
                takes_value = true;
            }
            b'#' => takes_value = true,
            _ => {
                word = if word.end == at {
                    word.start..at + 1
                } else {
                    at..at + 1
                };
                takes_value = false;
            }
        }
        at += 1;
    }
    found
}

/// The value that begins at the first byte of a part of a file.
fn value(text: &str, field: Range<usize>, rest: Range<usize>) -> Quoted {
    let bytes = &text.as_bytes()[..rest.end];
    let (mut depth, mut at) = (0_usize, rest.start + 1);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if depth == 0 => {
                let span = rest.start..at + 1;
                let is_closed = !ends_in_the_next_field(text, &span, rest.end);
                return Quoted {
                    field,
                    span,
                    is_closed,
                };
            }
            _ => {}
        }
        at += 1;
    }
    Quoted {
        field,
        span: rest,
        is_closed: false,
    }
}

/// True when a mark opens the value of a later field, and was taken for the one that closes this value:
/// words follow it, and a line of the value looks like a field.
fn ends_in_the_next_field(text: &str, span: &Range<usize>, end: usize) -> bool {
    let next = text[span.end..end].trim_start();
    let is_sound = next.is_empty() || next.starts_with([',', '#']);
    let mut lines = text[span.clone()].lines().skip(1);
    !is_sound && lines.any(begins_field)
}

/// True for a line such as `title = `.
fn begins_field(line: &str) -> bool {
    let Some((name, _)) = line.split_once('=') else {
        return false;
    };
    let name = name.trim();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `field: value`, or `field: open`.
    fn shown(text: &str) -> Vec<String> {
        quoted(text, 0..text.len())
            .iter()
            .map(|quoted| {
                let value = if quoted.is_closed {
                    &text[quoted.span.clone()]
                } else {
                    "open"
                };
                format!("{}: {value}", &text[quoted.field.clone()])
            })
            .collect()
    }

    #[test]
    fn a_mark_in_braces_or_behind_a_backslash_closes_nothing() {
        for (text, expected) in [
            (
                r#"a, title="A {"}b{"} c", year="2011""#,
                vec![r#"title: "A {"}b{"} c""#, r#"year: "2011""#],
            ),
            (r#"a, author = "G\"odel""#, vec![r#"author: "G\"odel""#]),
            (
                r#"a, journal = jex # "x" # "y""#,
                vec![r#"journal: "x""#, r#"journal: "y""#],
            ),
            (r#"a, title={"x" = "y"}, note="z""#, vec![r#"note: "z""#]),
            ("a, title=\"x\ny = 3\", year=1", vec!["title: \"x\ny = 3\""]),
            ("a, year=\"2000, note={\"}", vec!["year: open"]),
            (
                "a, year=\"2000,\n title=\"T\", note=\"n\"",
                vec!["year: open"],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}

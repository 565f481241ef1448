//! YAML, with the place of every key and value.
//!
//! The package is `serde_yaml`'s maintained successor (see `Cargo.toml`); no other room names it.
//! Only `true` and `false` are yes and no, so that `no` stays the word it is in "no" the language
//! code or the answer, and numbers keep the digits they were written with when text is asked for.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml as library;

use super::{Node, Spanned, SyntaxError, Value, yaml_mistakes};
use crate::diagnostic::Code;

/// Parses one YAML document; spans are offsets into `text`. Text with nothing in it is an empty table.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        return Ok(Node {
            value: Value::Table(Vec::new()),
            span: 0..text.len(),
        });
    }
    let options = library::options! {
        strict_booleans: true,
        with_snippet: false,
        leading_zero_numbers_as_strings: true,
    };
    match library::from_str_with_options::<Located>(text, options) {
        Ok(located) => Ok(located.into_node(text)),
        Err(error) => Err(syntax_error(&error, text)),
    }
}

/// A value as the library locates it.
struct Located(library::Spanned<Tree>);

enum Tree {
    Null,
    Flag(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<Located>),
    Table(Vec<(library::Spanned<String>, Located)>),
}

impl Located {
    fn into_node(self, text: &str) -> Node {
        let span = byte_span(&self.0.referenced, text);
        let value = match self.0.value {
            Tree::Null => Value::Null,
            Tree::Flag(flag) => Value::Flag(flag),
            Tree::Integer(number) => Value::Integer(number),
            Tree::Number(number) => Value::Number(number),
            Tree::Text(words) => Value::Text(words),
            Tree::List(list) => {
                Value::List(list.into_iter().map(|node| node.into_node(text)).collect())
            }
            Tree::Table(entries) => Value::Table(
                entries
                    .into_iter()
                    .map(|(key, node)| {
                        let span = byte_span(&key.referenced, text);
                        (Spanned::new(key.value, span), node.into_node(text))
                    })
                    .collect(),
            ),
        };
        Node { value, span }
    }
}

impl<'de> Deserialize<'de> for Located {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        library::Spanned::deserialize(deserializer).map(Located)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(flag))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(number))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(i64::try_from(number).map_or(Tree::Number(number as f64), Tree::Integer))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }
    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = access.next_element()? {
            list.push(node);
        }
        Ok(Tree::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Table(entries))
    }
}

fn byte_span(location: &library::Location, text: &str) -> Range<usize> {
    let place = location.span();
    match (place.byte_offset(), place.byte_len()) {
        (Some(offset), Some(length)) => {
            let start = (offset as usize).min(text.len());
            start..(start + length as usize).min(text.len())
        }
        // Errors of the scanner know their line and column alone.
        (None, _) | (_, None) => place_of(text, location.line(), location.column()),
    }
}

/// The character at a line and column, both counted from 1; the end of the text when it is shorter.
fn place_of(text: &str, line: u64, column: u64) -> Range<usize> {
    let mut start = 0;
    for content in text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
    {
        start += content.len();
    }
    let content = text[start..].lines().next().unwrap_or_default();
    let mut letters = content
        .char_indices()
        .skip(column.saturating_sub(1) as usize);
    match letters.next() {
        Some((offset, letter)) => start + offset..start + offset + letter.len_utf8(),
        None => start + content.len()..start + content.len(),
    }
}

fn syntax_error(error: &library::Error, text: &str) -> SyntaxError {
    let error = error.without_snippet();
    let span = error.location().map_or(text.len()..text.len(), |location| {
        byte_span(&location, text)
    });
    if let library::Error::DuplicateMappingKey { key, .. } = error {
        let key = key.clone().unwrap_or_else(|| text[span.clone()].to_owned());
        return SyntaxError {
            code: Code::Duplicate,
            message: format!("`{key}` is there twice"),
            span,
            help: "keep one of the two lines".to_owned(),
        };
    }
    let (message, span, help) = yaml_mistakes::in_plain_words(text, span, &error.to_string());
    SyntaxError {
        code: Code::Syntax,
        message,
        span,
        help,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (String, String) {
        let error = parse(text).expect_err("broken YAML");
        let (start, end) = (error.span.start, error.span.end);
        (error.message, format!("{start}:{}", &text[start..end]))
    }

    #[test]
    fn a_syntax_error_is_found_at_its_place() {
        assert_eq!(
            error("title: A\ntags: [calm\n"),
            ("the list is not closed".to_owned(), "15:[".to_owned())
        );
    }

    #[test]
    fn a_key_that_is_there_twice_is_found_at_its_second_place() {
        let (_, place) = error("title: A\ntags: [a]\ntitle: B\n");
        assert_eq!(place, "19:title");
    }
}

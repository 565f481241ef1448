//! Data as authors write it: YAML, TOML and JSON as one tree in which every key and value knows its
//! place.
//!
//! [`yaml::parse`], [`toml::parse`] and [`json::parse`] make a [`Node`]; [`Fields`] takes a table apart key by key,
//! typed, and reports every wrong value, missing key and unknown key at its exact place, all in one
//! run. This room knows no key by name: `config`, `document::front_matter`, `records` and the
//! theme's manifest do.
//!
//! To read a new kind of file: parse it to a [`Node`], then call a method of [`Fields`] for each
//! key and [`Fields::finish`] at the end. The names asked for are the names known, so that "did you
//! mean" needs no second list.

mod fields;
pub mod json;
mod reader;
pub mod toml;
pub mod yaml;
mod yaml_mistakes;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

pub use fields::{Fields, quoted};
pub use reader::Reader;

/// A value with the place it is written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Byte offsets into the file.
    pub span: Range<usize>,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }
}

/// A value of a data file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it is written, in byte offsets into the file.
    pub span: Range<usize>,
}

/// The kinds of value that YAML, TOML and JSON share.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: a key with no value.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Text; dates too.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order they are written.
    Table(Vec<(Spanned<String>, Node)>),
}

impl Value {
    /// The kind in an author's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Flag(_) => "yes or no",
            Value::Integer(_) | Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table of keys",
        }
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::List(_)
            | Value::Table(_) => None,
        }
    }

    /// The keys and values, when it is a table.
    pub fn as_table(&self) -> Option<&[(Spanned<String>, Node)]> {
        match self {
            Value::Table(entries) => Some(entries),
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_) => None,
        }
    }
}

impl Node {
    /// Moves all places by an offset, for data that stands inside a larger file.
    pub fn shift(&mut self, offset: usize) {
        let move_by = |span: &mut Range<usize>| *span = span.start + offset..span.end + offset;
        move_by(&mut self.span);
        match &mut self.value {
            Value::List(list) => list.iter_mut().for_each(|node| node.shift(offset)),
            Value::Table(entries) => {
                for (key, node) in entries {
                    move_by(&mut key.span);
                    node.shift(offset);
                }
            }
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_) => {}
        }
    }

    /// The same data for templates, places dropped: for the free table `extra`.
    pub fn to_template(&self) -> tera::Value {
        match &self.value {
            Value::Null => tera::Value::none(),
            Value::Flag(flag) => tera::Value::from(*flag),
            Value::Integer(number) => tera::Value::from(*number),
            Value::Number(number) => tera::Value::from(*number),
            Value::Text(text) => tera::Value::normal_string(text),
            Value::List(list) => {
                tera::Value::from(list.iter().map(Node::to_template).collect::<Vec<_>>())
            }
            Value::Table(entries) => tera::Value::from(
                entries
                    .iter()
                    .map(|(key, node)| {
                        (
                            tera::value::Key::String(key.value.as_str().into()),
                            node.to_template(),
                        )
                    })
                    .collect::<tera::Map>(),
            ),
        }
    }
}

/// What a parser could not read, at its place.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxError {
    /// Which kind of finding it is.
    pub code: Code,
    /// What is wrong, in lower case.
    pub message: String,
    /// Where, in byte offsets into the text parsed.
    pub span: Range<usize>,
    /// What to do.
    pub help: String,
}

impl SyntaxError {
    /// The finding in a file in which the parsed text begins at `start`.
    pub fn finding(self, path: &SourcePath, start: usize) -> Diagnostic {
        let span = self.span.start + start..self.span.end + start;
        Diagnostic::new(self.code, self.message)
            .at(path, span, "")
            .help(self.help)
    }
}

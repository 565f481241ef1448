//! A data file that is a list: how it is found and taken apart, and what its entries share.
//!
//! To add such a file: a [`ListFile`] with its words, and a function from its entries to values.

use crate::data::{Node, Reader, Spanned, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;
use crate::path::SourcePath;
use crate::source::Inputs;

/// A data file that is a list, with the words for what is wrong with it.
pub(super) struct ListFile {
    /// Where it is.
    pub(super) path: &'static str,
    /// What messages on unknown keys call it, such as "`people.yaml`".
    pub(super) called: &'static str,
    /// What it lists, such as `people`.
    pub(super) of: &'static str,
    /// How an entry begins: the help for a file that is no list.
    pub(super) begin: &'static str,
}

impl ListFile {
    /// Reads the file; nothing when there is none.
    pub(super) fn read<T>(
        &self,
        inputs: &Inputs,
        findings: &mut Vec<Diagnostic>,
        values: impl FnOnce(&Reader<'_>, &[Node]) -> Vec<T>,
    ) -> Vec<T> {
        let path = SourcePath::new(self.path);
        match path.and_then(|path| Some((inputs.text_of(&path)?, path))) {
            Some((text, path)) => self.parse(&path, text, findings, values),
            None => Vec::new(),
        }
    }

    /// Reads the text of the file.
    pub(super) fn parse<T>(
        &self,
        path: &SourcePath,
        text: &str,
        findings: &mut Vec<Diagnostic>,
        values: impl FnOnce(&Reader<'_>, &[Node]) -> Vec<T>,
    ) -> Vec<T> {
        let node = match yaml::parse(text) {
            Ok(node) => node,
            Err(error) => {
                findings.push(error.finding(path, 0));
                return Vec::new();
            }
        };
        let reader = Reader::new(path, text, self.called);
        let values = values(&reader, self.entries(&reader, &node));
        findings.extend(reader.into_findings());
        values
    }

    /// The entries. An empty file has none.
    fn entries<'n>(&self, reader: &Reader<'_>, node: &'n Node) -> &'n [Node] {
        if let Value::List(entries) = &node.value {
            return entries;
        }
        let is_empty = matches!(&node.value, Value::Null)
            || matches!(&node.value, Value::Table(entries) if entries.is_empty());
        if !is_empty {
            let name = self.path.rsplit('/').next().unwrap_or(self.path);
            reader.report(
                Diagnostic::new(
                    Code::WrongType,
                    format!("`{name}` is not a list of {}", self.of),
                )
                .at(reader.path(), node.span.clone(), "")
                .help(self.begin),
            );
        }
        &[]
    }
}

/// Says when an id could not be part of an address.
pub(super) fn check_id(reader: &Reader<'_>, id: &Spanned<String>) {
    let fitting = slug(&id.value);
    if fitting != id.value {
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` cannot be an id", id.value),
            )
            .at(reader.path(), id.span.clone(), "")
            .help(format!(
                "write lower-case letters, digits and hyphens, such as `{fitting}`"
            )),
        );
    }
}

/// That two entries have the same id.
pub(super) fn same_id(
    reader: &Reader<'_>,
    of: &str,
    [first, second]: [&Spanned<String>; 2],
    help: &str,
) {
    reader.report(
        Diagnostic::new(
            Code::Duplicate,
            format!("two {of} have the id `{}`", second.value),
        )
        .at(reader.path(), second.span.clone(), "the second")
        .at(reader.path(), first.span.clone(), "the first")
        .help(help),
    );
}

//! What is common to all tables of one data file.

use std::cell::RefCell;
use std::ops::Range;

use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// What all [`Fields`] of one file share: its name, its text and the findings so far.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) text: &'a str,
    /// What the file is called in messages: "front matter", "`site.toml`".
    pub(super) name: &'a str,
    findings: RefCell<Vec<Diagnostic>>,
}

impl<'a> Reader<'a> {
    /// A reader of the file at `path` with the whole `text`, called `name` in messages.
    pub fn new(path: &'a SourcePath, text: &'a str, name: &'a str) -> Self {
        Self {
            path,
            text,
            name,
            findings: RefCell::default(),
        }
    }

    /// The file.
    pub fn path(&self) -> &SourcePath {
        self.path
    }

    /// Keeps a finding.
    pub fn report(&self, finding: Diagnostic) {
        self.findings.borrow_mut().push(finding);
    }

    /// All findings, in the order they were made.
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.findings.into_inner()
    }

    /// The text at a place of the file.
    pub fn written(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Reports a value that is not what a key needs.
    pub fn wrong_type(&self, node: &Node, key: &str, expected: &str, help: &str) {
        let written = self.written(&node.span);
        let message = match &node.value {
            Value::Null => format!("`{key}` has no value, where {expected} is expected"),
            Value::List(_) | Value::Table(_) => {
                format!(
                    "`{key}` is {}, where {expected} is expected",
                    node.value.kind()
                )
            }
            Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::Text(_) => {
                format!(
                    "`{}` is not {expected}, which `{key}` needs",
                    written.trim()
                )
            }
        };
        self.report(
            Diagnostic::new(Code::WrongType, message)
                .at(self.path, node.span.clone(), format!("expected {expected}"))
                .help(help),
        );
    }
}

//! Takes a table apart key by key, and reports what is wrong at its place.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;

use jiff::civil::Date;

use super::{Node, Reader, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};

/// The keys of one table. Ask for each known key, then call [`Fields::finish`].
#[derive(Debug)]
pub struct Fields<'a> {
    reader: &'a Reader<'a>,
    /// What it is called in messages: the name of the file, when it has none of its own.
    name: Cow<'a, str>,
    entries: &'a [(Spanned<String>, Node)],
    /// Where the table stands, for what is missing from it.
    span: Range<usize>,
    taken: Cell<u64>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The keys of a table; reports and gives an empty one when `node` is something else.
    pub fn new(reader: &'a Reader<'a>, node: &'a Node, key: &str) -> Self {
        let entries: &[_] = match &node.value {
            Value::Table(entries) => entries,
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_) => {
                reader.wrong_type(node, key, "a table of keys", "write `key: value` lines");
                &[]
            }
        };
        // The bit set below holds 64 keys; a table with more is read, but its later keys twice.
        Self {
            reader,
            name: Cow::Borrowed(reader.name),
            entries,
            span: node.span.clone(),
            taken: Cell::new(0),
            asked: RefCell::default(),
        }
    }

    /// The same table under a name of its own in messages, such as "`doe2014`".
    pub fn called(mut self, name: String) -> Self {
        self.name = Cow::Owned(name);
        self
    }

    /// A table below this one, called "`status` of" this one in messages.
    pub fn below(&self, node: &'a Node, key: &str) -> Fields<'a> {
        Self::new(self.reader, node, key).called(format!("`{key}` of {}", self.name))
    }

    /// What it is called in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The reader, for findings of the caller's own.
    pub fn reader(&self) -> &'a Reader<'a> {
        self.reader
    }

    /// Where the table stands.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value of a key as it is written. Takes the key. A key without a value counts as absent.
    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        let index = self
            .entries
            .iter()
            .position(|(name, _)| name.value == key)?;
        if index < 64 {
            self.taken.set(self.taken.get() | 1 << index);
        }
        let node = &self.entries[index].1;
        (node.value != Value::Null).then_some(node)
    }

    /// Text. Numbers count as the text they are written with, so that `1.10` stays `1.10`.
    pub fn text(&self, key: &'static str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.as_text(node, key)
    }

    /// Text that has to be there and not be empty.
    pub fn required_text(&self, key: &'static str, help: &str) -> Option<Spanned<String>> {
        match self.node(key) {
            Some(node) => {
                let text = self.as_text(node, key)?;
                if text.value.trim().is_empty() {
                    self.reader.report(
                        Diagnostic::new(Code::MissingKey, format!("`{key}` is empty"))
                            .at(self.reader.path, text.span.clone(), "write something here")
                            .help(help),
                    );
                    return None;
                }
                Some(text)
            }
            None => {
                let start = self.span.start;
                self.reader.report(
                    Diagnostic::new(Code::MissingKey, format!("{} has no `{key}`", self.name))
                        .at(
                            self.reader.path,
                            start..start,
                            format!("`{key}` belongs here"),
                        )
                        .help(help),
                );
                None
            }
        }
    }

    /// Yes or no.
    pub fn flag(&self, key: &'static str) -> Option<Spanned<bool>> {
        let node = self.node(key)?;
        match node.value {
            Value::Flag(flag) => Some(Spanned::new(flag, node.span.clone())),
            Value::Null
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Table(_) => {
                self.reader.wrong_type(
                    node,
                    key,
                    "`true` or `false`",
                    "write one of the two words",
                );
                None
            }
        }
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<Spanned<i64>> {
        let node = self.node(key)?;
        match node.value {
            Value::Integer(number) => Some(Spanned::new(number, node.span.clone())),
            Value::Null
            | Value::Flag(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Table(_) => {
                self.reader
                    .wrong_type(node, key, "a whole number", "write digits, such as `3`");
                None
            }
        }
    }

    /// A day of the calendar.
    pub fn date(&self, key: &'static str) -> Option<Spanned<Date>> {
        let text = self.text(key)?;
        match text.value.trim().parse::<Date>() {
            Ok(date) if text.value.trim().len() == 10 => Some(Spanned::new(date, text.span)),
            _ => {
                let message = format!("`{}` is not a date, which `{key}` needs", text.value);
                self.reader.report(
                    Diagnostic::new(Code::WrongDate, message)
                        .at(self.reader.path, text.span, "not a day of the calendar")
                        .help("write year, month and day, such as `2026-11-21`"),
                );
                None
            }
        }
    }

    /// One of a set of words.
    pub fn choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let all = format!("one of {}", quoted(&names));
        self.reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{}` is not a `{key}`", text.value),
            )
            .at(self.reader.path, text.span, "not known")
            .suggest(&text.value, names.iter().copied(), all),
        );
        None
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        self.as_texts(self.node(key)?, key)
    }

    /// A list of anything; reports what is not a list.
    pub fn list(&self, key: &'static str) -> &'a [Node] {
        let Some(node) = self.node(key) else {
            return &[];
        };
        match &node.value {
            Value::List(list) => list,
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Table(_) => {
                self.reader.wrong_type(
                    node,
                    key,
                    "a list",
                    "write `[one, two]`, or a `- ` line each",
                );
                &[]
            }
        }
    }

    /// A table below this one.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        self.node(key)
            .map(|node| Fields::new(self.reader, node, key))
    }

    /// A table with free keys: each key with its place and value.
    pub fn free_table(&self, key: &'static str) -> &'a [(Spanned<String>, Node)] {
        let Some(node) = self.node(key) else {
            return &[];
        };
        Fields::new(self.reader, node, key).entries
    }

    /// All keys as they are written, for tables that are lists of names.
    pub fn entries(&self) -> &'a [(Spanned<String>, Node)] {
        self.entries
    }

    /// A value as text; reports lists and tables.
    pub fn as_text(&self, node: &Node, key: &str) -> Option<Spanned<String>> {
        match &node.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), node.span.clone())),
            Value::Flag(_) | Value::Integer(_) | Value::Number(_) => {
                let written = self.reader.text.get(node.span.clone()).unwrap_or_default();
                Some(Spanned::new(written.trim().to_owned(), node.span.clone()))
            }
            Value::Null | Value::List(_) | Value::Table(_) => {
                self.reader
                    .wrong_type(node, key, "text", "put the words in quotes");
                None
            }
        }
    }

    /// A value as a list of texts; a single text counts as a list of one.
    pub fn as_texts(&self, node: &Node, key: &str) -> Option<Vec<Spanned<String>>> {
        match &node.value {
            Value::List(list) => Some(
                list.iter()
                    .filter_map(|item| self.as_text(item, key))
                    .collect(),
            ),
            Value::Flag(_) | Value::Integer(_) | Value::Number(_) | Value::Text(_) => {
                self.as_text(node, key).map(|text| vec![text])
            }
            Value::Null | Value::Table(_) => {
                self.reader.wrong_type(
                    node,
                    key,
                    "a list",
                    "write `[one, two]`, or a `- ` line each",
                );
                None
            }
        }
    }

    /// Reports every key that was not asked for, and lets go of the table.
    pub fn finish(self) {
        self.check_unknown();
    }

    /// Reports every key that was not asked for.
    pub fn check_unknown(&self) {
        let asked = self.asked.borrow();
        for (index, (key, _)) in self.entries.iter().enumerate() {
            let known = if index < 64 {
                self.taken.get() & (1 << index) != 0
            } else {
                asked.contains(&key.value.as_str())
            };
            if !known {
                let mut names = asked.clone();
                names.sort_unstable();
                names.dedup();
                let all = format!("known keys are {}", quoted(&names));
                let finding = if asked.contains(&key.value.as_str()) {
                    Diagnostic::new(Code::Duplicate, format!("`{}` is there twice", key.value))
                        .at(self.reader.path, key.span.clone(), "the second time")
                        .help("keep one of the two lines")
                } else {
                    let message = format!("unknown key `{}` in {}", key.value, self.name);
                    Diagnostic::new(Code::UnknownKey, message)
                        .at(self.reader.path, key.span.clone(), "nothing reads this key")
                        .suggest(&key.value, names.iter().copied(), all)
                };
                self.reader.report(finding);
            }
        }
    }
}

/// Words for a sentence: `` `a`, `b` and `c` ``.
pub fn quoted(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::yaml;
    use crate::diagnostic;
    use crate::path::SourcePath;

    fn findings(text: &str) -> Vec<String> {
        let path = SourcePath::new("content/a.md").expect("sound");
        let node = yaml::parse(text).expect("sound YAML");
        let reader = Reader::new(&path, text, "front matter");
        let fields = Fields::new(&reader, &node, "front matter");
        let _ = (
            fields.text("title"),
            fields.flag("draft"),
            fields.date("published"),
        );
        let _ = fields.texts("tags");
        fields.finish();
        reader
            .into_findings()
            .iter()
            .map(|finding| {
                let shown = diagnostic::shown(finding, text);
                format!("{shown}: {} / {}", finding.message, finding.help)
            })
            .collect()
    }

    #[test]
    fn several_mistakes_in_one_table_are_all_found_at_their_places() {
        let text = "titel: A\ndraft: flase\npublished: 2024-13-40\ntags: {a: b}\n";
        assert_eq!(
            findings(text),
            [
                "wrong-type \"flase\": `flase` is not `true` or `false`, which `draft` needs / write one of the two words",
                "wrong-date \"2024-13-40\": `2024-13-40` is not a date, which `published` needs / write year, month and day, such as `2026-11-21`",
                "wrong-type \"{\": `tags` is a table of keys, where a list is expected / write `[one, two]`, or a `- ` line each",
                "unknown-key \"titel\": unknown key `titel` in front matter / did you mean `title`?",
            ]
        );
    }

    #[test]
    fn a_number_asked_for_as_text_keeps_its_digits() {
        let path = SourcePath::new("content/a.md").expect("sound");
        let text = "title: 1.10\nshort: NO\nempty:\nquoted: \"a: b\"\n";
        let node = yaml::parse(text).expect("sound YAML");
        let reader = Reader::new(&path, text, "front matter");
        let fields = Fields::new(&reader, &node, "front matter");
        let text = |key| fields.text(key).map(|text| text.value);
        assert_eq!(text("title").as_deref(), Some("1.10"));
        assert_eq!(text("short").as_deref(), Some("NO"));
        assert_eq!(text("empty"), None);
        assert_eq!(text("quoted").as_deref(), Some("a: b"));
    }
}

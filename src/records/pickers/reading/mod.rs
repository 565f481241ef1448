//! Takes the file of a picker apart, and says what is wrong with it by itself.
//!
//! The questions come first ([`facets`]), since everything else is said in their terms: [`ideas`], and
//! the answers of lists and of exceptions ([`answers`]). What cannot be read is reported where it
//! stands and stays there as a part that says nothing, so that one mistake brings no others with it:
//! of a facet without values, ideas may say anything.

mod answers;
mod facets;
mod ideas;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Picker, Values};
use crate::data::{Fields, Node, Reader, Spanned, Value, quoted, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::InLanguages;
use crate::records::list_file::check_id;
use crate::source::Inputs;

/// Reads the files that pages of kind `picker` name, each once. A file that is not there is reported
/// where it is named, by `checks::pickers`.
pub fn read(inputs: &Inputs, files: impl IntoIterator<Item = SourcePath>) -> Vec<Picker> {
    let files: BTreeSet<_> = files.into_iter().filter(is_file).collect();
    let texts = files
        .iter()
        .filter_map(|file| Some((file, inputs.text_of(file)?)));
    texts.map(|(file, text)| parse(file, text)).collect()
}

/// True for a path that can be the file of a picker, whether it is there or not.
pub fn is_file(path: &SourcePath) -> bool {
    path.as_str().starts_with("content/") && matches!(path.extension(), "yaml" | "yml")
}

/// Reads the text of a file.
pub fn parse(file: &SourcePath, text: &str) -> Picker {
    let mut picker = Picker {
        file: file.clone(),
        facets: Vec::new(),
        groups: None,
        plan: None,
        together: false,
        words: Vec::new(),
        lists: Vec::new(),
        few: Vec::new(),
        ideas: Vec::new(),
        findings: Vec::new(),
    };
    match yaml::parse(text) {
        Ok(node) => {
            let called = format!("`{}`", file.file_name());
            let reader = Reader::new(file, text, &called);
            fill(&mut picker, &reader, &node);
            picker.findings = reader.into_findings();
        }
        Err(error) => picker.findings.push(error.finding(file, 0)),
    }
    picker
}

fn fill(picker: &mut Picker, reader: &Reader<'_>, node: &Node) {
    if is_empty(node) {
        let help =
            "write the questions below `facets:`, and what there is to choose below `ideas:`";
        let name = reader.path().file_name();
        return missing(reader, format!("`{name}` is empty"), 0..0, help);
    }
    if !is_table(node) {
        let message = format!(
            "`{}` is {}, where a table of keys is expected",
            reader.path().file_name(),
            node.value.kind()
        );
        return reader.report(
            Diagnostic::new(Code::WrongType, message)
                .at(reader.path(), node.span.clone(), "")
                .help("begin with a line `facets:`, and write the list below a line `ideas:`"),
        );
    }
    let fields = Fields::new(reader, node, "picker");
    picker.facets = facets::read(&fields);
    picker.groups = facet_of_words(&fields, "group_by", picker);
    picker.plan = facet_of_words(&fields, "plan", picker);
    picker.together = fields.flag("together").is_some_and(|flag| flag.value);
    let words = fields.free_table("words").iter();
    picker.words = words
        .map(|(name, node)| {
            let words = InLanguages::of(&fields, node, &name.value);
            (name.clone(), words)
        })
        .collect();
    picker.lists = answers::lists(&fields, picker);
    picker.few = answers::few(&fields, picker);
    picker.ideas = ideas::read(&fields, &picker.facets);
    fields.finish();
}

/// The facet that `group_by` or `plan` names.
fn facet_of_words(fields: &Fields<'_>, key: &'static str, picker: &Picker) -> Option<usize> {
    let id = fields.text(key)?;
    let has_words = picker
        .facets
        .iter()
        .filter(|facet| matches!(facet.values, Values::Words(_)));
    let names: Vec<_> = has_words.map(|facet| facet.id.value.as_str()).collect();
    let message = match picker
        .facet(&id.value)
        .map(|(at, facet)| (at, &facet.values))
    {
        Some((at, Values::Words(_))) => return Some(at),
        Some((_, Values::Numbers(_))) => format!("`{}` is a facet of numbers", id.value),
        None if picker.facets.is_empty() => return None,
        None => format!("no facet has the id `{}`", id.value),
    };
    fields.reader().report(
        Diagnostic::new(Code::UnknownValue, message)
            .at(
                fields.reader().path(),
                id.span,
                format!("`{key}` needs a facet with `values`"),
            )
            .suggest(&id.value, names.iter().copied(), one_of(&names)),
    );
    None
}

/// The parts of a list that are tables, each under its name in messages; others are reported.
fn tables<'a>(
    fields: &Fields<'a>,
    key: &'static str,
    called: impl Fn(Option<&str>) -> String,
) -> Vec<Fields<'a>> {
    let nodes = fields.list(key).iter();
    let tables = nodes.filter_map(|node| {
        let table = Fields::new(fields.reader(), node, key);
        let mut entries = table.entries().iter();
        let id = entries.find(|(name, _)| name.value == "id");
        let id = id.and_then(|(_, node)| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            Value::Integer(_) | Value::Number(_) | Value::Flag(_) => {
                Some(fields.reader().written(&node.span).trim())
            }
            Value::Null | Value::List(_) | Value::Table(_) => None,
        });
        let name = called(id);
        is_table(node).then(|| table.called(name))
    });
    tables.collect()
}

/// The id of an idea or an answer; empty, and reported, when it has none.
fn id(fields: &Fields<'_>, help: &str) -> Spanned<String> {
    let Some(id) = fields.required_text("id", help) else {
        let start = fields.span().start;
        return Spanned::new(String::new(), start..start);
    };
    check_id(fields.reader(), &id);
    id
}

/// A value that has to be there and hold something; reported when it does not. `at` is where to say
/// that it is not there.
fn filled<'a>(
    fields: &Fields<'a>,
    key: &'static str,
    at: &Range<usize>,
    help: &str,
) -> Option<&'a Node> {
    let (message, span) = match fields.node(key) {
        Some(node) if !is_empty(node) => return Some(node),
        Some(node) => (format!("`{key}` of {} is empty", fields.name()), &node.span),
        None => (format!("{} has no `{key}`", fields.name()), at),
    };
    missing(fields.reader(), message, span.clone(), help);
    None
}

/// Words for readers that have to be there. `at` is where to say that they are not.
fn words(fields: &Fields<'_>, key: &'static str, at: &Range<usize>, help: &str) -> InLanguages {
    let Some(node) = filled(fields, key, at, help) else {
        return InLanguages::default();
    };
    let words = InLanguages::of(fields, node, key);
    if words.is_empty() && is_table(node) {
        let message = format!("`{key}` of {} is empty", fields.name());
        missing(fields.reader(), message, node.span.clone(), help);
    }
    words
}

/// Says that something is not there.
fn missing(reader: &Reader<'_>, message: String, span: Range<usize>, help: impl Into<String>) {
    reader.report(
        Diagnostic::new(Code::MissingKey, message)
            .at(reader.path(), span, "")
            .help(help),
    );
}

/// The words in which a help lists what would be right.
fn one_of(names: &[&str]) -> String {
    format!("one of {}", quoted(names))
}

fn is_table(node: &Node) -> bool {
    matches!(node.value, Value::Table(_))
}

/// True for a table, a list or a text with nothing in it.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Table(entries) => entries.is_empty(),
        Value::Flag(_) | Value::Integer(_) | Value::Number(_) => false,
    }
}

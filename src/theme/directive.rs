//! What a theme says of its directives: `[directives.NAME]` in `theme.toml`, read and checked.
//!
//! This room knows which arguments there may be, not what an author wrote: `document` checks an
//! article against a [`DirectiveSpec`]. To add a kind of argument: a variant of [`ArgumentKind`], its
//! word in [`KINDS`], and the compiler leads to the rest.

use std::ops::Range;

use super::manifest::quoted;
use crate::data::{Fields, Node, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// Whether a directive holds Markdown, and of what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyRule {
    /// It has to.
    Required,
    /// It may.
    Optional,
    /// It has none.
    None,
    /// It is a list whose items read `Label: 3, 5, 2`.
    Rows,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentKind {
    /// Any words.
    Text,
    /// One of the words of [`ArgumentSpec::choices`].
    Choice,
    /// A whole number.
    Integer,
    /// Given or not given; without a value.
    Flag,
    /// A picture of the site, relative to the article.
    Image,
    /// A link, as in Markdown.
    Link,
}

/// An argument of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentSpec {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub kind: ArgumentKind,
    /// True when it has to be written.
    pub required: bool,
    /// What counts when it is not written, as an author would write it.
    pub default: Option<String>,
    /// What it is for.
    pub about: String,
    /// The smallest number allowed.
    pub min: Option<i64>,
    /// The largest number allowed.
    pub max: Option<i64>,
    /// The argument whose number this one may not exceed.
    pub max_from: Option<String>,
    /// The words allowed, for [`ArgumentKind::Choice`].
    pub choices: Vec<String>,
}

/// A directive of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveSpec {
    /// Its name, as authors write it after `:::`.
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Whether it holds Markdown.
    pub body: BodyRule,
    /// Whether it shows ideas of a picker: its other arguments are then answers to that picker's
    /// questions, and `picker` names the file when the site has several.
    pub has_ideas: bool,
    /// How many numbers each row has; any number, alike in all rows, when it is not said.
    pub columns: Option<usize>,
    /// How many items a list in the body has at least, and why.
    pub items_at_least: Option<(usize, String)>,
    /// Its arguments, in the order of `theme.toml`.
    pub arguments: Vec<ArgumentSpec>,
    /// Groups of arguments of which exactly one is written.
    pub one_of: Vec<Vec<String>>,
    /// Where it is declared.
    pub source: (SourcePath, Range<usize>),
}

impl DirectiveSpec {
    /// The argument with this name.
    pub fn argument(&self, name: &str) -> Option<&ArgumentSpec> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

const BODIES: [(&str, BodyRule); 4] = [
    ("required", BodyRule::Required),
    ("optional", BodyRule::Optional),
    ("none", BodyRule::None),
    ("rows", BodyRule::Rows),
];

const KINDS: [(&str, ArgumentKind); 6] = [
    ("text", ArgumentKind::Text),
    ("choice", ArgumentKind::Choice),
    ("integer", ArgumentKind::Integer),
    ("flag", ArgumentKind::Flag),
    ("image", ArgumentKind::Image),
    ("link", ArgumentKind::Link),
];

/// Reads one `[directives.NAME]`.
pub(super) fn read(
    reader: &Reader<'_>,
    name: &str,
    span: Range<usize>,
    node: &Node,
) -> DirectiveSpec {
    let fields = Fields::new(reader, node, name);
    let spec = DirectiveSpec {
        name: name.to_owned(),
        about: fields
            .text("about")
            .map(|text| text.value)
            .unwrap_or_default(),
        body: fields.choice("body", &BODIES).unwrap_or(BodyRule::Optional),
        has_ideas: fields.flag("ideas").is_some_and(|flag| flag.value),
        columns: count(reader, &fields, "columns"),
        items_at_least: count(reader, &fields, "items_at_least").map(|items| {
            let reason = fields.text("items_reason");
            (items, reason.map(|text| text.value).unwrap_or_default())
        }),
        arguments: fields
            .free_table("arguments")
            .iter()
            .map(|(name, node)| argument(reader, &name.value, node))
            .collect(),
        one_of: one_of(reader, &fields),
        source: (reader.path().clone(), span),
    };
    check_references(reader, &fields, &spec);
    fields.finish();
    spec
}

/// A number of things, at least one.
fn count(reader: &Reader<'_>, fields: &Fields<'_>, key: &'static str) -> Option<usize> {
    let number = fields.integer(key)?;
    let count = usize::try_from(number.value)
        .ok()
        .filter(|count| *count > 0);
    if count.is_none() {
        let message = format!("`{key}` is {}, and has to be at least 1", number.value);
        reader.report(
            Diagnostic::new(Code::UnknownValue, message)
                .at(reader.path(), number.span, "")
                .help("write a whole number, such as `2`"),
        );
    }
    count
}

fn argument(reader: &Reader<'_>, name: &str, node: &Node) -> ArgumentSpec {
    let fields = Fields::new(reader, node, name);
    let word = fields.text("kind");
    if word.is_none() {
        let start = fields.span().start;
        reader.report(
            Diagnostic::new(
                Code::MissingKey,
                format!("the argument `{name}` has no `kind`"),
            )
            .at(reader.path(), start..start, "`kind` belongs here")
            .help(format!(
                "one of {}",
                quoted(KINDS.iter().map(|(word, _)| *word))
            )),
        );
    }
    let spec = ArgumentSpec {
        name: name.to_owned(),
        kind: fields.choice("kind", &KINDS).unwrap_or(ArgumentKind::Text),
        required: fields.flag("required").is_some_and(|flag| flag.value),
        default: fields.text("default").map(|text| text.value),
        about: fields
            .text("about")
            .map(|text| text.value)
            .unwrap_or_default(),
        min: fields.integer("min").map(|number| number.value),
        max: fields.integer("max").map(|number| number.value),
        max_from: fields.text("max_from").map(|text| text.value),
        choices: fields
            .texts("choices")
            .unwrap_or_default()
            .into_iter()
            .map(|text| text.value)
            .collect(),
    };
    check_argument(reader, &fields, &spec);
    fields.finish();
    spec
}

fn check_argument(reader: &Reader<'_>, fields: &Fields<'_>, spec: &ArgumentSpec) {
    let name = &spec.name;
    let report = |key, message: String, help: &str| {
        let span = fields
            .node(key)
            .map_or(fields.span(), |node| node.span.clone());
        reader.report(
            Diagnostic::new(Code::UnknownValue, message)
                .at(reader.path(), span, "")
                .help(help),
        );
    };
    if spec.kind == ArgumentKind::Choice && spec.choices.is_empty() {
        let help = "write `choices = [\"one\", \"two\"]`";
        report(
            "kind",
            format!("the argument `{name}` is a choice without choices"),
            help,
        );
    }
    if let Some(default) = &spec.default {
        let sound = match spec.kind {
            ArgumentKind::Choice => spec.choices.contains(default),
            ArgumentKind::Integer => default.parse::<i64>().is_ok(),
            ArgumentKind::Flag => matches!(default.as_str(), "true" | "false"),
            ArgumentKind::Text | ArgumentKind::Image | ArgumentKind::Link => true,
        };
        if !sound {
            let message = format!("`{default}` is not a value that `{name}` may have");
            report(
                "default",
                message,
                "the default is written as an author would write it",
            );
        }
    }
}

fn one_of(reader: &Reader<'_>, fields: &Fields<'_>) -> Vec<Vec<String>> {
    fields
        .list("one_of")
        .iter()
        .map(|group| match &group.value {
            crate::data::Value::List(names) => names
                .iter()
                .filter_map(|name| fields.as_text(name, "one_of"))
                .map(|name| name.value)
                .collect(),
            crate::data::Value::Null
            | crate::data::Value::Flag(_)
            | crate::data::Value::Integer(_)
            | crate::data::Value::Number(_)
            | crate::data::Value::Text(_)
            | crate::data::Value::Table(_) => {
                reader.report(
                    Diagnostic::new(Code::WrongType, "`one_of` is a list of lists of arguments")
                        .at(reader.path(), group.span.clone(), "expected a list")
                        .help("write `one_of = [[\"this\", \"that\"]]`"),
                );
                Vec::new()
            }
        })
        .collect()
}

/// `one_of` and `max_from` name arguments that are there.
fn check_references(reader: &Reader<'_>, fields: &Fields<'_>, spec: &DirectiveSpec) {
    let groups = spec
        .one_of
        .iter()
        .flatten()
        .map(|name| ("one_of", name, fields.node("one_of")));
    let limits = spec.arguments.iter().filter_map(|argument| {
        let name = argument.max_from.as_ref()?;
        Some(("max_from", name, limit_of(fields, &argument.name)))
    });
    for (key, name, node) in groups.chain(limits) {
        if spec.argument(name).is_some() {
            continue;
        }
        let span = node.map_or(spec.source.1.clone(), |node| node.span.clone());
        let names = || spec.arguments.iter().map(|argument| argument.name.as_str());
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!(
                    "`{key}` names `{name}`, which `{}` does not have",
                    spec.name
                ),
            )
            .at(reader.path(), span, "")
            .suggest(
                name,
                names(),
                format!("its arguments are {}", quoted(names())),
            ),
        );
    }
}

/// Where `max_from` of an argument is written.
fn limit_of<'a>(fields: &Fields<'a>, argument: &str) -> Option<&'a Node> {
    let arguments = fields.free_table("arguments").iter();
    let (_, node) = arguments.clone().find(|(name, _)| name.value == argument)?;
    Fields::new(fields.reader(), node, argument).node("max_from")
}

//! The questions of a picker: what ideas may say, and the answers.

use std::ops::Range;

use super::{filled, ideas, is_empty, is_table, missing, one_of, tables, words};
use crate::data::{Fields, Node, Reader, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::InLanguages;
use crate::records::list_file::{check_id, same_id};
use crate::records::pickers::{Answers, Choice, Facet, Fits, Values};

/// What an idea may say in words, each with its name for readers.
pub(super) type Named = [(Spanned<String>, InLanguages)];

/// The facets of a file.
pub(super) fn read(fields: &Fields<'_>) -> Vec<Facet> {
    let help = "write a line with a short name, such as `who:`, and below it `name:`, `question:` and `values:`";
    let reader = fields.reader();
    let start = fields.span().start;
    filled(fields, "facets", &(start..start), help);
    let entries = fields.free_table("facets").iter();
    entries.map(|(id, node)| facet(reader, id, node)).collect()
}

fn facet(reader: &Reader<'_>, id: &Spanned<String>, node: &Node) -> Facet {
    const ANSWERS: [(&str, Answers); 2] = [("one", Answers::One), ("several", Answers::Several)];
    check_id(reader, id);
    if ideas::KEYS.contains(&id.value.as_str()) {
        let message = format!("every idea has a key `{}` already", id.value);
        reader.report(
            Diagnostic::new(Code::Duplicate, message)
                .at(reader.path(), id.span.clone(), "cannot be a facet too")
                .help("give the facet another id"),
        );
    }
    let fields = Fields::new(reader, node, &id.value).called(format!("the facet `{}`", id.value));
    if !is_table(node) {
        return Facet {
            id: id.clone(),
            name: InLanguages::default(),
            question: InLanguages::default(),
            help: InLanguages::default(),
            answers: Answers::default(),
            values: Values::Words(Vec::new()),
            choices: Vec::new(),
            is_shown: true,
        };
    }
    let values = values(&fields, id);
    let facet = Facet {
        id: id.clone(),
        name: words(
            &fields,
            "name",
            &id.span,
            "write what it is about in a word or two, such as `name: Who`",
        ),
        question: words(
            &fields,
            "question",
            &id.span,
            "write what readers are asked, such as `question: Who is it for?`",
        ),
        help: InLanguages::read(&fields, "help"),
        answers: fields.choice("answers", &ANSWERS).unwrap_or_default(),
        choices: choices(&fields, id, &values),
        values,
        is_shown: fields.flag("show").is_none_or(|flag| flag.value),
    };
    fields.finish();
    facet
}

/// `values: {alone: alone}`, or `unit: min`.
fn values(fields: &Fields<'_>, id: &Spanned<String>) -> Values {
    let help = "write what ideas may say, such as `values: { alone: alone }`; or, for numbers, their unit, such as `unit: min`";
    match (fields.node("values"), fields.node("unit")) {
        (Some(_), Some(_)) => {
            let place = "in a facet that has `values`";
            unread(
                fields,
                "unit",
                place,
                "keep `values` for words, or `unit` for numbers",
            );
            Values::Words(Vec::new())
        }
        (None, Some(_)) => Values::Numbers(InLanguages::read(fields, "unit")),
        (None, None) => {
            let message = format!("{} has neither `values` nor `unit`", fields.name());
            missing(fields.reader(), message, id.span.clone(), help);
            Values::Words(Vec::new())
        }
        (Some(_), None) => {
            filled(fields, "values", &id.span, help);
            let entries = fields.free_table("values").iter();
            let named =
                entries.map(|(value, node)| (value.clone(), value_name(fields, value, node)));
            Values::Words(named.collect())
        }
    }
}

/// The words that readers see for a value.
fn value_name(fields: &Fields<'_>, value: &Spanned<String>, node: &Node) -> InLanguages {
    check_id(fields.reader(), value);
    let name = InLanguages::of(fields, node, &value.value);
    if name.is_empty() && matches!(node.value, Value::Text(_) | Value::Table(_)) {
        let message = format!("the value `{}` has no words", value.value);
        missing(
            fields.reader(),
            message,
            value.span.clone(),
            "write what readers see",
        );
    }
    name
}

/// The answers: those that are written, or else one for each value.
fn choices(fields: &Fields<'_>, id: &Spanned<String>, values: &Values) -> Vec<Choice> {
    let reader = fields.reader();
    let for_numbers =
        "write the answers, such as `- { id: \"5\", name: Five minutes, at_most: 5 }`";
    match (fields.node("options"), values) {
        (None, Values::Words(named)) => return one_for_each(named),
        (None, Values::Numbers(_)) => {
            let message = format!("the facet `{}` has no `options`", id.value);
            missing(reader, message, id.span.clone(), for_numbers);
        }
        (Some(node), _) if is_empty(node) => {
            let message = format!("`options` of the facet `{}` is empty", id.value);
            let help = match values {
                Values::Words(_) => {
                    "write the answers, or take the line away: then each value is an answer"
                }
                Values::Numbers(_) => for_numbers,
            };
            missing(reader, message, node.span.clone(), help);
        }
        (Some(_), _) => {}
    }
    let called = |_: Option<&str>| format!("an answer to `{}`", id.value);
    let mut choices: Vec<Choice> = Vec::new();
    for table in tables(fields, "options", called) {
        let choice = choice(&table, &id.value, values);
        let mut known = choices.iter().filter(|known| !known.id.value.is_empty());
        if let Some(first) = known.find(|known| known.id.value == choice.id.value) {
            let of = format!("answers to `{}`", id.value);
            let ids = [&first.id, &choice.id];
            same_id(reader, &of, ids, "give each answer an id of its own");
        }
        choices.push(choice);
    }
    choices
}

/// Each value as an answer, in its own words.
fn one_for_each(named: &Named) -> Vec<Choice> {
    let places = named.iter().enumerate();
    places
        .map(|(place, (value, name))| Choice {
            id: value.clone(),
            name: name.clone(),
            fits: Fits::AnyOf(vec![place]),
        })
        .collect()
}

fn choice(fields: &Fields<'_>, facet: &str, values: &Values) -> Choice {
    let id = super::id(
        fields,
        "write a short name, such as `id: alone`, that lists can use",
    );
    let choice = Choice {
        name: words(
            fields,
            "name",
            &id.span,
            "write the words of the answer, such as `name: Alone`",
        ),
        fits: fits(fields, facet, values, &id.span),
        id,
    };
    fields.check_unknown();
    choice
}

/// Which ideas an answer leaves: by `fits` for words, by `at_most` for numbers.
fn fits(fields: &Fields<'_>, facet: &str, values: &Values, at: &Range<usize>) -> Fits {
    let (fits, at_most) = (fields.node("fits"), fields.node("at_most"));
    match values {
        // Nobody can tell which of the two was meant.
        Values::Words(_) if values.are_unknown() => Fits::AnyOf(Vec::new()),
        Values::Words(named) => {
            let help = "write the values that it leaves, such as `fits: [alone]`";
            if at_most.is_some() {
                unread(
                    fields,
                    "at_most",
                    &format!("in `{facet}`, a facet of words"),
                    help,
                );
            } else {
                filled(fields, "fits", at, help);
            }
            let written = fields.texts("fits").unwrap_or_default();
            Fits::AnyOf(places(fields.reader(), facet, named, written))
        }
        Values::Numbers(_) => {
            let help = "write the largest number that it leaves, such as `at_most: 20`";
            if fits.is_some() {
                unread(
                    fields,
                    "fits",
                    &format!("in `{facet}`, a facet of numbers"),
                    help,
                );
            } else {
                filled(fields, "at_most", at, help);
            }
            let most = fields.integer("at_most");
            most.map_or(Fits::AnyOf(Vec::new()), |most| Fits::AtMost(most.value))
        }
    }
}

/// Says that a key has no meaning where it stands.
fn unread(fields: &Fields<'_>, key: &str, place: &str, help: &str) {
    let mut entries = fields.entries().iter();
    if let Some((written, _)) = entries.find(|(name, _)| name.value == key) {
        fields.reader().report(
            Diagnostic::new(Code::UnknownKey, format!("`{key}` {place}"))
                .at(
                    fields.reader().path(),
                    written.span.clone(),
                    "nothing reads this key",
                )
                .help(help),
        );
    }
}

/// The places of values that some words name. Says which name none, unless there are no values, which
/// was reported.
pub(super) fn places(
    reader: &Reader<'_>,
    facet: &str,
    named: &Named,
    written: Vec<Spanned<String>>,
) -> Vec<usize> {
    let mut places = Vec::new();
    for word in written {
        match named
            .iter()
            .position(|(value, _)| value.value == word.value)
        {
            Some(place) => places.push(place),
            None if named.is_empty() => {}
            None => {
                let names: Vec<_> = named
                    .iter()
                    .map(|(value, _)| value.value.as_str())
                    .collect();
                let message = format!("`{}` is not a value of `{facet}`", word.value);
                reader.report(
                    Diagnostic::new(Code::UnknownValue, message)
                        .at(reader.path(), word.span, "not known")
                        .suggest(&word.value, names.iter().copied(), one_of(&names)),
                );
            }
        }
    }
    places
}

//! Answers that an author puts together: lists, and the combinations that may leave few ideas.

use std::ops::Range;

use super::{filled, missing, one_of, tables, words};
use crate::data::{Fields, Spanned, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::InLanguages;
use crate::records::list_file::{check_id, same_id};
use crate::records::pickers::{Answer, Facet, Few, List, Picker, Values};

/// The lists that have a page. One without an id has no address, and is left out.
pub(super) fn lists(fields: &Fields<'_>, picker: &Picker) -> Vec<List> {
    let called = |id: Option<&str>| id.map_or("a list".to_owned(), |id| format!("the list `{id}`"));
    let mut lists: Vec<List> = Vec::new();
    for table in tables(fields, "lists", called) {
        let Some(list) = list(&table, picker) else {
            continue;
        };
        if let Some(first) = lists.iter().find(|it| it.id.value == list.id.value) {
            let ids = [&first.id, &list.id];
            same_id(
                fields.reader(),
                "lists",
                ids,
                "give each list an id of its own",
            );
        }
        lists.push(list);
    }
    lists
}

fn list(fields: &Fields<'_>, picker: &Picker) -> Option<List> {
    let id = fields.required_text(
        "id",
        "write the last part of its address, such as `id: five-minutes`",
    );
    let at = id.as_ref().map_or(fields.span(), |id| id.span.clone());
    let title = words(
        fields,
        "title",
        &at,
        "write the title of its page, such as `title: Five minutes`",
    );
    let description = InLanguages::read(fields, "description");
    let with = with(fields, picker, &at);
    fields.check_unknown();
    let id = id?;
    check_id(fields.reader(), &id);
    Some(List {
        id,
        title,
        description,
        with,
    })
}

/// The combinations that may leave few ideas.
pub(super) fn few(fields: &Fields<'_>, picker: &Picker) -> Vec<Few> {
    let tables = tables(fields, "few", |_| "an entry of `few`".to_owned());
    tables
        .iter()
        .map(|table| {
            let first = table.entries().first();
            let span = first.map_or(table.span(), |(key, _)| key.span.clone());
            let because = table.required_text(
                "because",
                "write why there are few, for those who edit the file after you",
            );
            let few = Few {
                with: with(table, picker, &span),
                because: because.map_or_else(String::new, |because| because.value),
                span,
            };
            table.check_unknown();
            few
        })
        .collect()
}

/// `with: {who: alone, minutes: 5}`. None of the answers when one of them could not be read: the rest
/// would say something else.
fn with(fields: &Fields<'_>, picker: &Picker, at: &Range<usize>) -> Vec<Answer> {
    let help = "write a facet and an answer to it, such as `with: { who: alone }`";
    let reader = fields.reader();
    filled(fields, "with", at, help);
    let mut answers = Vec::new();
    let mut is_sound = true;
    for (id, node) in fields.free_table("with") {
        let Some((place, facet)) = picker.facet(&id.value) else {
            unknown_facet(fields, picker, id);
            is_sound = false;
            continue;
        };
        if matches!(&node.value, Value::List(list) if list.is_empty()) {
            let message = format!("`{}` in `with` is empty", id.value);
            missing(reader, message, node.span.clone(), help);
        }
        let written = fields.as_texts(node, &id.value);
        is_sound &= written.as_ref().is_some_and(|written| !written.is_empty());
        for word in written.unwrap_or_default() {
            match facet.answer(&word.value) {
                Some((choice, fits)) => answers.push(Answer {
                    facet: place,
                    choice,
                    fits,
                    span: word.span,
                }),
                None => {
                    unknown_answer(fields, facet, &word);
                    is_sound = false;
                }
            }
        }
    }
    if is_sound { answers } else { Vec::new() }
}

/// Says that a facet is not there, unless none is, which was reported.
fn unknown_facet(fields: &Fields<'_>, picker: &Picker, id: &Spanned<String>) {
    if picker.facets.is_empty() {
        return;
    }
    let names: Vec<_> = picker
        .facets
        .iter()
        .map(|facet| facet.id.value.as_str())
        .collect();
    let reader = fields.reader();
    reader.report(
        Diagnostic::new(
            Code::UnknownKey,
            format!("no facet has the id `{}`", id.value),
        )
        .at(reader.path(), id.span.clone(), "not known")
        .suggest(&id.value, names.iter().copied(), one_of(&names)),
    );
}

/// Says that an answer is not there, unless the facet could not be read, which was reported.
fn unknown_answer(fields: &Fields<'_>, facet: &Facet, word: &Spanned<String>) {
    if facet.choices.is_empty() || facet.values.are_unknown() {
        return;
    }
    let names: Vec<_> = facet
        .choices
        .iter()
        .map(|choice| choice.id.value.as_str())
        .collect();
    let all = match &facet.values {
        Values::Words(_) => one_of(&names),
        Values::Numbers(_) => format!("{}, or any whole number: at most so many", one_of(&names)),
    };
    let reader = fields.reader();
    let message = format!("`{}` is not an answer to `{}`", word.value, facet.id.value);
    reader.report(
        Diagnostic::new(Code::UnknownValue, message)
            .at(reader.path(), word.span.clone(), "not known")
            .suggest(&word.value, names.iter().copied(), all),
    );
}

//! Files in which every key of a schema stands, made from its shape.

use serde_json::{Map, Value, json};

use crate::schema::Schema;
use crate::schema::shape::{ID, Shape, Table};

/// How deep definitions are filled in that name themselves.
const DEPTH: usize = 2;

/// Files that together hold every key and every kind of value.
pub(super) fn of(schema: &Schema) -> Vec<Value> {
    variants(&(schema.shape)(), &(schema.definitions)(), DEPTH)
}

type Definitions = [(&'static str, Shape)];

/// Values of a shape: the first is the usual one, the others the other kinds.
fn variants(shape: &Shape, known: &Definitions, depth: usize) -> Vec<Value> {
    match shape {
        Shape::Text => vec![json!("words"), json!(12)],
        Shape::Form(_, example) => vec![json!(example)],
        Shape::Flag => vec![json!(true)],
        Shape::Integer(least, most) => {
            let number = least.unwrap_or(3);
            assert!(most.is_none_or(|most| number <= most));
            vec![json!(number)]
        }
        Shape::Number => vec![json!(5)],
        Shape::Date => vec![json!("2026-11-22")],
        Shape::OneOf(words) => words.iter().map(|(word, _)| json!(word)).collect(),
        Shape::OneOrMore(shape) => {
            let inner = variants(shape, known, depth);
            let lists = inner.iter().map(|value| json!([value]));
            lists.chain(inner.first().cloned()).collect()
        }
        Shape::List(shape, _) => {
            let inner = variants(shape, known, depth).into_iter();
            inner.map(|value| json!([value])).collect()
        }
        Shape::Table(table) => of_table(table, known, depth),
        Shape::Map((pattern, example), shape) => {
            assert!(*pattern != ID || crate::document::slug(example) == *example);
            let inner = variants(shape, known, depth).into_iter();
            inner.map(|value| json!({*example: value})).collect()
        }
        Shape::Either(shapes) => shapes
            .iter()
            .flat_map(|shape| variants(shape, known, depth))
            .collect(),
        Shape::Defined(name) => {
            if depth == 0 {
                return Vec::new();
            }
            let (_, shape) = known
                .iter()
                .find(|(known, _)| known == name)
                .expect("defined");
            variants(shape, known, depth - 1)
        }
        Shape::Words | Shape::FilledWords => vec![json!("words"), json!({"en": "words"})],
        Shape::Nothing => vec![json!(null)],
        Shape::No => vec![json!(false)],
        Shape::Any => vec![json!({"anything": ["at all", 1]})],
    }
}

/// A table with all keys, and one more for each other kind of value of a key.
fn of_table(table: &Table, known: &Definitions, depth: usize) -> Vec<Value> {
    if !table.samples.is_empty() {
        return table.samples.clone();
    }
    let keys: Vec<_> = table
        .keys
        .iter()
        .map(|key| (key.name, variants(&key.shape, known, depth)))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let usual: Map<_, _> = keys
        .iter()
        .map(|(name, values)| ((*name).to_owned(), values[0].clone()))
        .collect();
    let mut all = vec![Value::Object(usual.clone())];
    for (name, values) in &keys {
        for value in &values[1..] {
            let mut other = usual.clone();
            other.insert((*name).to_owned(), value.clone());
            all.push(Value::Object(other));
        }
    }
    all
}

/// The tables with known keys in a value, each with its place.
pub(super) fn tables(schema: &Schema, value: &Value) -> Vec<(String, Table)> {
    let mut found = Vec::new();
    walk(
        &(schema.shape)(),
        value,
        "",
        &(schema.definitions)(),
        &mut found,
    );
    found
}

fn walk(
    shape: &Shape,
    value: &Value,
    place: &str,
    known: &Definitions,
    found: &mut Vec<(String, Table)>,
) {
    match (shape, value) {
        (Shape::Table(table), Value::Object(entries)) => {
            if !table.keys.is_empty() && table.keys.iter().all(|key| key.name != "_language") {
                found.push((place.to_owned(), table.clone()));
            }
            for key in &table.keys {
                if let Some(value) = entries.get(key.name) {
                    walk(
                        &key.shape,
                        value,
                        &format!("{place}/{}", key.name),
                        known,
                        found,
                    );
                }
            }
        }
        (Shape::Map(_, shape), Value::Object(entries)) => {
            for (name, value) in entries {
                walk(shape, value, &format!("{place}/{name}"), known, found);
            }
        }
        (Shape::List(shape, _) | Shape::OneOrMore(shape), Value::Array(list)) => {
            for (index, value) in list.iter().enumerate() {
                walk(shape, value, &format!("{place}/{index}"), known, found);
            }
        }
        (Shape::OneOrMore(shape), value) => walk(shape, value, place, known, found),
        (Shape::Either(shapes), value) => {
            if let Some(shape) = shapes.iter().find(|shape| fits(shape, value)) {
                walk(shape, value, place, known, found);
            }
        }
        (Shape::Defined(name), value) => {
            let (_, shape) = known
                .iter()
                .find(|(known, _)| known == name)
                .expect("defined");
            walk(shape, value, place, known, found);
        }
        _ => {}
    }
}

/// Whether a value is of the kind that one of several shapes means.
fn fits(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Table(table), Value::Object(entries)) => entries
            .keys()
            .all(|name| table.keys.iter().any(|key| key.name == name)),
        (Shape::List(..) | Shape::OneOrMore(_), Value::Array(_)) => true,
        (Shape::Map(..), Value::Object(_)) => true,
        (shape, value) => {
            !value.is_object()
                && !value.is_array()
                && !matches!(shape, Shape::Table(_) | Shape::Map(..) | Shape::List(..))
        }
    }
}

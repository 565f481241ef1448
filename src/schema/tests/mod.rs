//! Schemas and readers say the same.
//!
//! [`readers`] asks the real readers; [`samples`] makes a file in which every key of a schema stands.
//! Then: every key that a reader knows is in its schema and the other way round; each value of the
//! sample is replaced by others, or taken away, and what the reader then says is what the schema says;
//! and the files of this repository are held against both. What a schema cannot know stands in
//! [`is_known_elsewhere`], with its reason.

mod files;
mod readers;
mod samples;

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::shape::Table;
use super::{ALL, Language, Schema};
use crate::document::front_matter::OWN_KEYS;
use readers::Readers;

fn validator(schema: &Schema) -> Validator {
    let json = schema.json();
    jsonschema::draft7::meta::validate(&json).expect("a schema of draft 07");
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft7)
        .should_validate_formats(true)
        .build(&json)
        .expect("a schema")
}

/// The value as a file; `None` when its language cannot hold it.
fn written(schema: &Schema, value: &Value) -> Option<String> {
    match schema.language {
        Language::Yaml => Some(value.to_string()),
        Language::FrontMatter => Some(format!("---\n{value}\n---\n")),
        Language::Toml => ::toml::to_string(value).ok(),
    }
}

/// Every place of a value, as a JSON pointer, but for the whole.
fn places(value: &Value) -> Vec<String> {
    let below = |name: String, value: &Value| {
        let inner = places(value)
            .into_iter()
            .map(|place| format!("/{name}{place}"));
        let mut all: Vec<_> = inner.collect();
        all.push(format!("/{name}"));
        all
    };
    let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(entries) => entries
            .iter()
            .flat_map(|(name, value)| below(escaped(name), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(index, value)| below(index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    }
}

/// The value without what stands at a place.
fn without(value: &Value, place: &str) -> Value {
    let mut value = value.clone();
    let (parent, name) = place.rsplit_once('/').expect("a place");
    match value.pointer_mut(parent) {
        Some(Value::Object(entries)) => {
            entries.remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(list)) => {
            list.remove(name.parse().expect("a number"));
        }
        _ => panic!("{place} has a parent"),
    }
    value
}

/// The value with something else, or nothing, at each place that is not as in `first`.
fn changed(value: &Value, first: Option<&Value>) -> Vec<(String, Value)> {
    let others = [
        json!(null),
        json!(7),
        json!("zz zz"),
        json!(["zz zz"]),
        json!({}),
        json!(true),
        json!(false),
        json!(-1),
        json!(1.5),
        json!(""),
        json!([]),
        json!([7]),
        json!([null]),
        json!({"zz": 1}),
    ];
    let mut all = Vec::new();
    for place in places(value) {
        if first.is_some_and(|first| first.pointer(&place) == value.pointer(&place)) {
            continue;
        }
        all.push((place.clone(), without(value, &place)));
        // What differs from the first is looked at with fewer, the first ones.
        let number = if first.is_some() { 5 } else { others.len() };
        for other in &others[..number] {
            let mut changed = value.clone();
            *changed.pointer_mut(&place).expect("there") = other.clone();
            all.push((place.clone(), changed));
        }
    }
    all
}

/// What a schema cannot know, since it stands elsewhere in the file or in other files; or what it
/// cannot say, and is more lenient than the reader.
fn is_known_elsewhere(schema: &str, place: &str) -> bool {
    let begins = |with: &[&str]| with.iter().any(|with| place.starts_with(with));
    match schema {
        // Which tokens there are, and of which kind, the theme knows.
        "site" => begins(&["/theme/tokens", "/spelling/dictionaries", "/checks"]),
        // Which questions and answers there are stands in the same file.
        // A row of points leads from one to another.
        "coverage" => begins(&["/points"]),
        "picker" => {
            begins(&["/group_by", "/plan", "/facets", "/lists", "/few"])
                || begins(&["/ideas/0/who", "/ideas/0/minutes"])
        }
        // Which details may be unsure, CSL knows.
        "evidence" => place.contains("/unsure"),
        // Forms of dates and names that a pattern cannot hold, and roles, of which there are many.
        "references" => {
            place.contains("/date") || place.contains("/role") || place.contains("/names")
        }
        // The kinds of paragraphs, which nobody writes by hand.
        "translations" => place.contains("/paragraphs"),
        // Which arguments a directive has; and what the folder is called.
        "theme" => {
            place == "/name"
                || place.contains("/one_of")
                || place.contains("/max_from")
                || place.contains("/default")
                || place.contains("/choices")
                || place.contains("/arguments")
        }
        _ => false,
    }
}

#[test]
fn schemas_and_readers_refuse_the_same_values() {
    let readers = Readers::new();
    let mut differ = Vec::new();
    let mut looked_at = 0;
    for schema in ALL {
        let validator = validator(schema);
        let all = samples::of(schema);
        for (index, sample) in all.iter().enumerate() {
            let text = written(schema, sample).expect("a sample that its language can hold");
            let errors: Vec<_> = validator
                .iter_errors(sample)
                .map(|it| it.to_string())
                .collect();
            assert!(
                errors.is_empty(),
                "{}: {errors:?} in {sample:#}",
                schema.name
            );
            let said = readers.errors(schema.name, &text);
            assert!(said.is_empty(), "{}: {said:?} in {sample:#}", schema.name);
            // What is as in the first sample is looked at there.
            let first = all.first().filter(|_| index > 0);
            for (place, changed) in changed(sample, first) {
                let Some(text) = written(schema, &changed) else {
                    continue;
                };
                // What a language reads is not always what JSON holds: a date in TOML, a word in YAML.
                let said = readers.errors(schema.name, &text);
                looked_at += 1;
                if validator.is_valid(&changed) != said.is_empty()
                    && !is_known_elsewhere(schema.name, &place)
                {
                    let value = changed.pointer(&place);
                    differ.push(format!(
                        "{} {place} = {value:?}: the reader says {said:?}",
                        schema.name
                    ));
                }
            }
        }
    }
    assert!(looked_at > 3000, "{looked_at} values were looked at");
    differ.sort();
    differ.dedup();
    assert!(
        differ.is_empty(),
        "{} differ:\n{}",
        differ.len(),
        differ.join("\n")
    );
}

#[test]
fn schemas_and_readers_know_the_same_keys() {
    const UNKNOWN: &str = "qqqqqqqqqq";
    let readers = Readers::new();
    for schema in ALL {
        // What a reader asks for may depend on what is there: all that it knows at a place counts.
        let mut known: BTreeMap<_, (Table, BTreeSet<String>)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for sample in samples::of(schema) {
            for (place, table) in samples::tables(schema, &sample) {
                let mut changed = sample.clone();
                let Some(Value::Object(entries)) = changed.pointer_mut(&place) else {
                    panic!("{place} is a table in {sample:#}");
                };
                // Tokens are read with the theme that has them; messages have names of their own.
                let names: Vec<_> = entries.keys().cloned().collect();
                let elsewhere = ["/theme/tokens", "/checks/severity"];
                let is_elsewhere = elsewhere.iter().any(|with| place.starts_with(with));
                if is_elsewhere || !seen.insert((place.clone(), names)) {
                    continue;
                }
                entries.insert(UNKNOWN.to_owned(), json!("words"));
                let text = written(schema, &changed).expect("it can be written");
                let Some(keys) = readers.known_keys(schema.name, &text, UNKNOWN) else {
                    panic!(
                        "{}: the reader lets `{UNKNOWN}` pass at `{place}`",
                        schema.name
                    );
                };
                let ours: Vec<_> = table.keys.iter().map(|key| key.name).collect();
                let (_, all) = known
                    .entry((place, ours))
                    .or_insert((table, BTreeSet::new()));
                all.extend(keys);
            }
        }
        assert!(
            !known.is_empty() || ["strings", "dictionary"].contains(&schema.name),
            "{}",
            schema.name
        );
        for ((place, _), (table, known)) in known {
            let ours: BTreeSet<_> = table.keys.iter().map(|key| key.name.to_owned()).collect();
            // Keys of one page alone are known in `_defaults.yaml`, and refused.
            let refused = |key: &str| schema.name == "defaults" && OWN_KEYS.contains(&key);
            let missing: Vec<_> = known
                .difference(&ours)
                .filter(|key| !refused(key))
                .collect();
            let too_many: Vec<_> = ours.difference(&known).collect();
            assert!(
                too_many.is_empty() && (missing.is_empty() || table.is_open),
                "{} at `{place}`: the schema lacks {missing:?}, and the reader knows nothing of {too_many:?}",
                schema.name
            );
        }
    }
}

#[test]
fn what_a_schema_shows_as_usual_or_as_an_example_keeps_to_it() {
    fn look(schema: &Value, root: &Value, place: &str) {
        let Value::Object(entries) = schema else {
            return;
        };
        let examples = entries.get("examples").and_then(Value::as_array);
        for value in entries
            .get("default")
            .into_iter()
            .chain(examples.into_iter().flatten())
        {
            let mut alone = schema.clone();
            alone["definitions"] = root["definitions"].clone();
            let valid = jsonschema::draft7::new(&alone)
                .expect("a schema")
                .is_valid(value);
            assert!(valid, "{value} at {place}");
        }
        for (word, inner) in entries {
            let place = format!("{place}/{word}");
            match (word.as_str(), inner) {
                ("properties" | "definitions", Value::Object(named)) => {
                    named.values().for_each(|inner| look(inner, root, &place));
                }
                ("items" | "additionalProperties", inner) => look(inner, root, &place),
                ("anyOf", Value::Array(list)) => {
                    list.iter().for_each(|inner| look(inner, root, &place))
                }
                _ => {}
            }
        }
    }
    for schema in ALL {
        let mut json = schema.json();
        if json.get("definitions").is_none() {
            json["definitions"] = json!({});
        }
        look(&json, &json, schema.name);
    }
}

#[test]
fn every_key_is_explained_in_a_sentence() {
    for schema in ALL {
        for (place, table) in samples::of(schema)
            .iter()
            .flat_map(|sample| samples::tables(schema, sample))
        {
            for key in &table.keys {
                let sound = key.about.ends_with(['.', ')'])
                    && key
                        .about
                        .starts_with(|c: char| c.is_uppercase() || c == '`');
                assert!(sound, "{} {place}/{}: {}", schema.name, key.name, key.about);
            }
        }
    }
}

//! What is chosen from: each idea with its words, what speaks for it, and what it says of each facet.

use rustc_hash::FxHashMap;

use super::facets::places;
use super::{filled, is_empty, missing, tables, words};
use crate::data::{Fields, Node, Spanned, Value, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::records::InLanguages;
use crate::records::list_file::same_id;
use crate::records::pickers::{Evidence, Facet, Idea, Said, Values};

/// The keys that every idea may have. The others are the ids of facets, which therefore cannot be
/// called so.
pub(super) const KEYS: [&str; 11] = [
    "id", "name", "how", "not_for", "safety", "see", "evidence", "ours", "from", "picture",
    "always",
];

/// What an author writes as evidence where there is none to be had.
const PREFERENCE: &str = "personal preference";

/// The ideas of a file.
pub(super) fn read(fields: &Fields<'_>, facets: &[Facet]) -> Vec<Idea> {
    let help = "write what there is to choose from, each beginning with a line `- id: short-name`";
    let start = fields.span().start;
    filled(fields, "ideas", &(start..start), help);
    let called =
        |id: Option<&str>| id.map_or("an idea".to_owned(), |id| format!("the idea `{id}`"));
    let mut ideas: Vec<Idea> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for table in tables(fields, "ideas", called) {
        let idea = idea(&table, facets);
        let first = *known.entry(idea.id.value.clone()).or_insert(ideas.len());
        if let Some(first) = ideas.get(first).filter(|first| !first.id.value.is_empty()) {
            let ids = [&first.id, &idea.id];
            same_id(
                fields.reader(),
                "ideas",
                ids,
                "give each idea an id of its own",
            );
        }
        ideas.push(idea);
    }
    ideas
}

fn idea(fields: &Fields<'_>, facets: &[Facet]) -> Idea {
    let id = super::id(
        fields,
        "write a short name, such as `id: blanket`, that links can use",
    );
    let always = fields.flag("always").is_some_and(|flag| flag.value);
    let idea = Idea {
        name: words(
            fields,
            "name",
            &id.span,
            "write what to do, as a request: `name: Share a blanket`",
        ),
        how: words(
            fields,
            "how",
            &id.span,
            "write in a sentence how it is done",
        ),
        not_for: InLanguages::read(fields, "not_for"),
        safety: InLanguages::read(fields, "safety"),
        see: fields.text("see"),
        evidence: evidence(fields, &id),
        is_ours: fields.flag("ours").is_some_and(|flag| flag.value),
        from: fields.texts("from").unwrap_or_default(),
        picture: fields.text("picture"),
        said: facets
            .iter()
            .map(|facet| said(fields, facet, &id, always))
            .collect(),
        always,
        id,
    };
    check_unknown(fields, facets);
    idea
}

/// `evidence: personal preference`, or the keys of works.
fn evidence(fields: &Fields<'_>, id: &Spanned<String>) -> Evidence {
    let help = "write `evidence: personal preference` for a matter of taste, or the keys of works: `evidence: [smith2001]`";
    let reader = fields.reader();
    let Some(node) = filled(fields, "evidence", &id.span, help) else {
        return Evidence::Works(Vec::new());
    };
    let is_alone = !matches!(node.value, Value::List(_));
    let mut keys = fields.texts("evidence").unwrap_or_default();
    if is_alone && keys.iter().any(|word| word.value == PREFERENCE) {
        return Evidence::Preference;
    }
    // Words with a space between them are no key, and were meant for the two words.
    let is_key = |key: &Spanned<String>| !key.value.contains(char::is_whitespace);
    for words in keys.iter().filter(|key| !is_key(key)) {
        let (message, help) = if words.value == PREFERENCE {
            let alone = "write it without brackets, or write keys of works alone";
            (format!("`{PREFERENCE}` in a list"), alone)
        } else {
            let neither = format!("neither `{PREFERENCE}` nor the key of a work");
            (format!("`{}` is {neither}", words.value), help)
        };
        reader.report(
            Diagnostic::new(Code::UnknownValue, message)
                .at(reader.path(), words.span.clone(), "not known")
                .suggest(
                    &words.value,
                    [PREFERENCE].into_iter().filter(|_| is_alone),
                    help,
                ),
        );
    }
    keys.retain(is_key);
    Evidence::Works(keys)
}

/// What an idea says of a facet.
fn said(fields: &Fields<'_>, facet: &Facet, id: &Spanned<String>, always: bool) -> Said {
    let key = facet.id.value.as_str();
    // A facet that is called like another key of ideas was reported.
    if KEYS.contains(&key) {
        return Said::Nothing;
    }
    let reader = fields.reader();
    let mut entries = fields.entries().iter();
    let node = entries.find(|(name, _)| name.value == key);
    let node = node
        .map(|(_, node)| node)
        .filter(|node| node.value != Value::Null);
    match (node, &facet.values) {
        (None, values) => {
            let help = match values {
                // What has no values was reported where they are missing.
                Values::Words(named) if named.is_empty() => None,
                Values::Words(named) => {
                    let values = named.iter().map(|(value, _)| value.value.as_str());
                    let values: Vec<_> = values.collect();
                    Some(format!("write one or several of {}", quoted(&values)))
                }
                Values::Numbers(_) => {
                    Some(format!("write a number, or from and to: `{key}: [5, 20]`"))
                }
            };
            if let Some(help) = help.filter(|_| !always) {
                let message = format!("{} has no `{key}`", fields.name());
                missing(reader, message, id.span.clone(), help);
            }
            Said::Nothing
        }
        (Some(node), Values::Words(named)) => {
            if is_empty(node) {
                let message = format!("`{key}` of {} is empty", fields.name());
                missing(reader, message, node.span.clone(), "write what it fits");
            }
            let written = fields.as_texts(node, key).unwrap_or_default();
            let places = places(reader, key, named, written);
            if places.is_empty() {
                Said::Nothing
            } else {
                Said::Words(places)
            }
        }
        (Some(node), Values::Numbers(_)) => numbers(fields, key, node).unwrap_or(Said::Nothing),
    }
}

/// `5`, or `[5, 20]`: from and to.
fn numbers(fields: &Fields<'_>, key: &str, node: &Node) -> Option<Said> {
    let reader = fields.reader();
    let one = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::List(list) => list.as_slice(),
        Value::Null
        | Value::Flag(_)
        | Value::Integer(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Table(_) => one,
    };
    let help = format!("write digits: `{key}: 5`, or from and to: `{key}: [5, 20]`");
    let number = |node: &Node| match &node.value {
        Value::Integer(number) => Some(*number),
        Value::Null
        | Value::Flag(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::List(_)
        | Value::Table(_) => {
            reader.wrong_type(node, key, "a whole number", &help);
            None
        }
    };
    let read: Vec<_> = nodes.iter().map(number).collect();
    let (from, to) = match read.as_slice() {
        [one] => ((*one)?, (*one)?),
        [from, to] => ((*from)?, (*to)?),
        _ => {
            let message = format!(
                "`{key}` is a list of {}, where one number or two are expected",
                read.len()
            );
            reader.report(
                Diagnostic::new(Code::WrongType, message)
                    .at(reader.path(), node.span.clone(), "expected from and to")
                    .help(help),
            );
            return None;
        }
    };
    if to < from {
        let span = nodes.first()?.span.start..nodes.last()?.span.end;
        reader.report(
            Diagnostic::new(
                Code::UnknownValue,
                format!("`{key}` goes from {from} down to {to}"),
            )
            .at(reader.path(), span, "upside down")
            .help(format!(
                "write the smaller number first: `{key}: [{to}, {from}]`"
            )),
        );
        return None;
    }
    Some(Said::Numbers(from, to))
}

/// Says which keys are neither those of every idea nor facets. Without facets nobody can tell.
fn check_unknown(fields: &Fields<'_>, facets: &[Facet]) {
    if facets.is_empty() {
        return;
    }
    let ids = facets.iter().map(|facet| facet.id.value.as_str());
    let known: Vec<_> = KEYS.into_iter().chain(ids).collect();
    let reader = fields.reader();
    for (key, _) in fields.entries() {
        if !known.contains(&key.value.as_str()) {
            let message = format!("unknown key `{}` in {}", key.value, fields.name());
            let all = format!("known keys are {}", quoted(&known));
            reader.report(
                Diagnostic::new(Code::UnknownKey, message)
                    .at(reader.path(), key.span.clone(), "nothing reads this key")
                    .suggest(&key.value, known.iter().copied(), all),
            );
        }
    }
}

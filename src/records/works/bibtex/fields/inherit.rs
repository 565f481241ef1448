//! What an entry has from others: `crossref` and `xdata`.

use rustc_hash::FxHashMap;

use super::{Entry, Field};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;

/// What `crossref` does not hand down.
const NOT_INHERITED: &[&str] = &[
    "crossref",
    "xref",
    "xdata",
    "ids",
    "entryset",
    "keywords",
    "label",
    "options",
    "related",
    "shorthand",
    "shorttitle",
    "sortkey",
    "abstract",
    "doi",
    "note",
];

/// Puts the fields of the entry that `crossref` or `xdata` names into those that name it.
pub fn inherit(entries: &mut [Entry], path: &SourcePath, findings: &mut Vec<Diagnostic>) {
    let refers = |entry: &Entry| {
        let mut fields = entry.fields.iter();
        fields.any(|field| matches!(field.name.value.as_str(), "crossref" | "xdata"))
    };
    if !entries.iter().any(refers) {
        return;
    }
    let by_key: FxHashMap<String, usize> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| (entry.key.value.to_lowercase(), index))
        .collect();
    // A chapter, its book, and the series of the book: chains are short, and may be circles.
    for round in 0..3 {
        for index in 0..entries.len() {
            let mut handed_down: Vec<Field> = Vec::new();
            let entry = &entries[index];
            for field in &entry.fields {
                let is_plain = field.name.value == "xdata";
                if !is_plain && field.name.value != "crossref" {
                    continue;
                }
                for key in field.tex.split(',').map(str::trim) {
                    match by_key.get(&key.to_lowercase()) {
                        Some(&parent) if parent != index => {
                            handed_down.extend(inherited(&entries[parent], entry, is_plain));
                        }
                        Some(_) => {}
                        None if round == 0 => findings.push(unknown(key, field, entries, path)),
                        None => {}
                    }
                }
            }
            entries[index].fields.extend(handed_down);
        }
    }
}

fn unknown(key: &str, field: &Field, entries: &[Entry], path: &SourcePath) -> Diagnostic {
    let keys = entries.iter().map(|entry| entry.key.value.as_str());
    Diagnostic::new(
        Code::UnknownWork,
        format!(
            "no entry has the key `{key}`, which `{}` names",
            field.name.value
        ),
    )
    .at(path, field.span.clone(), "")
    .suggest(key, keys, "write the key of an entry of this file")
}

/// What an entry has from another one. The title of a book is the book title of its chapters.
fn inherited(parent: &Entry, child: &Entry, is_plain: bool) -> Vec<Field> {
    let has = |name: &str| child.fields.iter().any(|field| field.name.value == name);
    let is_part = matches!(
        child.kind.value.as_str(),
        "inbook"
            | "incollection"
            | "inproceedings"
            | "conference"
            | "inreference"
            | "suppbook"
            | "suppcollection"
            | "bookinbook"
    );
    let is_dated = has("date") || has("year");
    let mut fields = Vec::new();
    for field in &parent.fields {
        let name = field.name.value.as_str();
        let renamed = match name {
            _ if is_plain => name,
            "title" if is_part => "booktitle",
            "subtitle" if is_part => "booksubtitle",
            "author" if is_part && parent.kind.value.contains("book") => "bookauthor",
            "title" if child.kind.value == "article" => "journaltitle",
            _ => name,
        };
        let is_date = matches!(renamed, "date" | "year" | "month" | "day");
        let is_kept_back = !is_plain && NOT_INHERITED.contains(&name);
        if !(has(renamed) || is_kept_back || is_date && is_dated) {
            let mut field = field.clone();
            field.name.value = renamed.to_owned();
            fields.push(field);
        }
    }
    fields
}

//! Entries that look like one work.

use citationberg::json::{NameValue, Value};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::records::works::Work;

/// Titles with fewer letters than this are alike by chance, unless an author and the numbers agree.
const FEW_LETTERS: usize = 12;

/// Numbers that tell apart what one author published under one title in one year, such as editorials.
const NUMBERS: [&str; 4] = ["volume", "issue", "number", "page"];

/// Two entries with one DOI, or with one title, year and author.
pub fn look_alikes(works: &[Work], findings: &mut Vec<Diagnostic>) {
    let mut by_doi: FxHashMap<String, &Work> = FxHashMap::default();
    let mut by_title: FxHashMap<(String, i16, String), &Work> = FxHashMap::default();
    for work in works {
        let doi = work.text("DOI").to_lowercase();
        if !doi.is_empty() {
            if let Some(other) = by_doi.get(&doi) {
                findings.push(look_alike(work, other, "DOI", "have the same DOI"));
                continue;
            }
            by_doi.insert(doi.clone(), work);
        }
        let letters: String = work
            .text("title")
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let Some(year) = work.year().filter(|_| !letters.is_empty()) else {
            continue;
        };
        let author = first_author(work);
        let is_short = letters.chars().count() < FEW_LETTERS;
        let Some(other) = by_title.get(&(letters.clone(), year, author.clone())) else {
            by_title.insert((letters, year, author), work);
            continue;
        };
        // A preprint and the article that came of it have DOIs of their own.
        let are_two = !doi.is_empty() && other.has("DOI");
        let is_chance = is_short && (author.is_empty() || have_other_numbers(work, other));
        if !are_two && !is_chance {
            findings.push(look_alike(
                work,
                other,
                "title",
                "have the same title and year",
            ));
        }
    }
}

/// The first is the one that stands above, or in the file that is read first.
fn look_alike(one: &Work, other: &Work, field: &str, what: &str) -> Diagnostic {
    let place = |work: &Work| (work.file.clone(), work.key.span.start);
    let (first, second) = if place(one) < place(other) {
        (one, other)
    } else {
        (other, one)
    };
    Diagnostic::new(
        Code::DuplicateWork,
        format!("`{}` and `{}` {what}", first.key.value, second.key.value),
    )
    .at(&second.file, second.span_of(field), "the second")
    .at(&first.file, first.span_of(field), "the first")
    .help("cite one of the two everywhere, and delete the other")
}

fn have_other_numbers(one: &Work, other: &Work) -> bool {
    NUMBERS
        .iter()
        .any(|field| one.has(field) && other.has(field) && one.text(field) != other.text(field))
}

fn first_author(work: &Work) -> String {
    match work.item.0.get("author") {
        Some(Value::Names(people)) => people.first().map_or_else(String::new, |name| match name {
            NameValue::Literal(name) => name.literal.to_lowercase(),
            NameValue::Item(name) => name.family.to_lowercase(),
        }),
        Some(Value::String(_) | Value::Number(_) | Value::Date(_)) | None => String::new(),
    }
}

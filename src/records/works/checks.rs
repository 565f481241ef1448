//! What is wrong with the works themselves.
//!
//! Each check is a function from works to findings. A field that `unsure` names in
//! `content/evidence.yaml` counts as present: somebody wrote it, and it is only not printed.
//!
//! To add a check of single works: a function like [`pages`], and a line in [`check`].

mod identifiers;
mod look_alikes;

use citationberg::json::Value;
use rustc_hash::FxHashMap;

use super::{Work, dates};
use crate::diagnostic::{Code, Diagnostic};

use look_alikes::look_alikes;

/// The first year in which something that is cited can have appeared. What is still to come is for
/// those to find who know the day.
const FIRST_YEAR: i16 = 1500;

/// Fields that name who is responsible for a work.
const RESPONSIBLE: [&str; 10] = [
    "author",
    "editor",
    "translator",
    "director",
    "producer",
    "composer",
    "performer",
    "script-writer",
    "organizer",
    "compiler",
];

/// Reports keys that are there twice, and keeps the first work of each.
pub fn without_duplicates(works: Vec<Work>, findings: &mut Vec<Diagnostic>) -> Vec<Work> {
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    let mut kept: Vec<Work> = Vec::with_capacity(works.len());
    for work in works {
        let Some(&first) = by_key.get(&work.key.value) else {
            by_key.insert(work.key.value.clone(), kept.len());
            kept.push(work);
            continue;
        };
        let first = &kept[first];
        findings.push(
            Diagnostic::new(
                Code::Duplicate,
                format!("two works have the key `{}`", work.key.value),
            )
            .at(&work.file, work.key.span.clone(), "the second, not used")
            .at(&first.file, first.key.span.clone(), "the first")
            .help("give one of them another key, or delete it if they are the same work"),
        );
    }
    kept
}

/// Looks at all works. Where the evidence could not be read, nothing is said of what it may tell.
pub fn check(works: &[Work], is_evidence_broken: bool, findings: &mut Vec<Diagnostic>) {
    for work in works {
        // What could not be read has been reported.
        if work.item.0.contains_key("type") {
            findings.extend(incomplete(work));
            findings.extend(years(work));
            findings.extend(accessed(work));
            findings.extend(pages(work));
            findings.extend(identifiers::check(work));
            if !is_evidence_broken {
                findings.extend(withdrawn(work));
            }
        }
    }
    look_alikes(works, findings);
}

fn incomplete(work: &Work) -> Option<Diagnostic> {
    let (missing, printed) = missing(work);
    let (last, rest) = missing.split_last()?;
    let missing = if rest.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", rest.join(", "))
    };
    let help = if printed.is_empty() {
        "add it to the entry".to_owned()
    } else {
        format!(
            "add it to the entry; until then readers see {}",
            printed.join(" and ")
        )
    };
    let finding = Diagnostic::new(
        Code::IncompleteWork,
        format!("`{}` has {missing}", work.key.value),
    )
    .at(&work.file, work.key.span.clone(), "")
    .help(help);
    Some(match words_for_year(work) {
        Some(_) => finding.at(&work.file, work.span_of("issued"), "not a year"),
        None => finding,
    })
}

/// What is missing from a work, in phrases, and what is printed in the place of it.
fn missing(work: &Work) -> (Vec<String>, Vec<&'static str>) {
    let has = |field: &str| {
        let mut unsure = work.evidence.unsure.iter();
        work.has(field) || unsure.any(|unsure| unsure.value == field)
    };
    let kind = work.text("type");
    let has_year = has("issued") && (!work.has("issued") || work.year().is_some());
    let is_forthcoming = has("status");
    let needs_publication = kind == "article-journal" || kind == "article-magazine";
    let mut missing = Vec::new();
    let mut printed = Vec::new();
    if !has("title") {
        missing.push("no title".to_owned());
    }
    if !RESPONSIBLE.iter().any(|field| has(field)) && !has("publisher") && !has("authority") {
        missing.push("no author".to_owned());
        printed.push("the title in the place of the author");
    }
    if !has_year && !is_forthcoming {
        missing.push(match words_for_year(work) {
            Some(words) => format!("no year but `{words}`"),
            None => "no year".to_owned(),
        });
        printed.push("“n.d.” in the place of the year");
    }
    if needs_publication && !has("container-title") {
        missing.push("no journal".to_owned());
    } else if kind == "chapter" && !has("container-title") {
        missing.push("no book that it is a part of".to_owned());
    }
    (missing, printed)
}

/// What stands in the place of a year that is missing: `20l0`.
fn words_for_year(work: &Work) -> Option<&str> {
    if work.has("status") {
        return None;
    }
    match work.item.0.get("issued")? {
        Value::Date(date) if dates::year(date).is_none() => dates::words(date),
        Value::Date(_) | Value::String(_) | Value::Number(_) | Value::Names(_) => None,
    }
}

fn years(work: &Work) -> Option<Diagnostic> {
    let year = work.year().filter(|year| *year < FIRST_YEAR)?;
    Some(
        contradiction(
            work,
            "issued",
            format!("`{}` is of the year {year}", work.key.value),
        )
        .help("write the year with four digits"),
    )
}

fn accessed(work: &Work) -> Option<Diagnostic> {
    let day = |field| match work.item.0.get(field) {
        Some(Value::Date(date)) => dates::moments(date).into_iter().next(),
        Some(Value::String(_) | Value::Number(_) | Value::Names(_)) | None => None,
    };
    let (accessed, issued) = (day("accessed")?, day("issued")?);
    // `2014` and `2014-05` agree: only what both tell is compared.
    let known = accessed.len().min(issued.len());
    (accessed[..known] < issued[..known]).then(|| {
        contradiction(
            work,
            "accessed",
            format!("`{}` was looked at before it appeared", work.key.value),
        )
        .at(&work.file, work.span_of("issued"), "appeared")
        .help("correct one of the two dates")
    })
}

fn pages(work: &Work) -> Option<Diagnostic> {
    let page = work.text("page");
    let (first, last) = page.split_once(['–', '-'])?;
    let (first, last) = (first.trim(), last.trim());
    let (start, end) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
    // `1391-402` is 1391 to 1402.
    let is_short = last.len() < first.len();
    (end < start && !is_short).then(|| {
        contradiction(
            work,
            "page",
            format!(
                "`{}` ends on page {end} and begins on page {start}",
                work.key.value
            ),
        )
        .help("correct the pages")
    })
}

/// A title to which its publisher has put that the work was withdrawn.
fn withdrawn(work: &Work) -> Option<Diagnostic> {
    let title = work.text("title").to_lowercase();
    let title = title.trim_start_matches(['[', '(']);
    let rest = ["retracted", "withdrawn"]
        .iter()
        .find_map(|word| title.strip_prefix(word))?;
    let rest = [" article", " paper", " chapter"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let is_said = rest.starts_with([':', ']', ')']);
    (is_said && work.evidence.stands()).then(|| {
        let key = &work.key.value;
        contradiction(
            work,
            "title",
            format!("the title of `{key}` says that it was withdrawn, and its status does not"),
        )
        .help(format!(
            "look it up, then write `status: {{is: retracted, checked: date}}` below `{key}` in `{}`",
            super::evidence::FILE
        ))
    })
}

fn contradiction(work: &Work, field: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::ContradictoryWork, message).at(&work.file, work.span_of(field), "")
}

#[cfg(test)]
mod tests;

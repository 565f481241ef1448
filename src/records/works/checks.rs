//! What is wrong with the works themselves.
//!
//! Each check is a function from works to findings. A field that `unsure` names in
//! `content/evidence.yaml` counts as present: somebody wrote it, and it is only not printed.
//!
//! To add a check of single works: a function like [`doi`], and a line in [`check`].

use std::ops::RangeInclusive;

use citationberg::json::{NameValue, Value};
use rustc_hash::FxHashMap;

use super::{Work, dates};
use crate::diagnostic::{Code, Diagnostic};

/// Years in which something that is cited can have appeared.
const YEARS: RangeInclusive<i16> = 1500..=2100;

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

/// Titles with fewer letters than this are alike by chance.
const FEW_LETTERS: usize = 12;

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

/// Looks at all works.
pub fn check(works: &[Work], findings: &mut Vec<Diagnostic>) {
    for work in works {
        // What could not be read has been reported.
        if work.item.0.contains_key("type") {
            findings.extend(doi(work));
            findings.extend(incomplete(work));
            findings.extend(years(work));
            findings.extend(accessed(work));
            findings.extend(pages(work));
            findings.extend(two_dois(work));
        }
    }
    look_alikes(works, findings);
}

fn doi(work: &Work) -> Option<Diagnostic> {
    let doi = work.text("DOI");
    if doi.is_empty() {
        return None;
    }
    let mistake = super::doi::mistake(&doi)?;
    Some(
        Diagnostic::new(
            Code::MalformedDoi,
            format!("`{doi}` is not a DOI: {mistake}"),
        )
        .at(&work.file, work.span_of("DOI"), "")
        .help("copy it from the first page of the work: it looks like `10.1000/xyz123`"),
    )
}

fn incomplete(work: &Work) -> Option<Diagnostic> {
    let has = |field: &str| {
        let is_unsure = work
            .evidence
            .unsure
            .iter()
            .any(|unsure| unsure.value == field);
        is_unsure || work.has(field)
    };
    let kind = work.text("type");
    let has_year = has("issued") && (!work.has("issued") || year(work, "issued").is_some());
    let is_forthcoming = has("status");
    let needs_publication = kind == "article-journal" || kind == "article-magazine";
    let mut missing = Vec::new();
    let mut printed = Vec::new();
    if !has("title") {
        missing.push("no title");
    }
    if !RESPONSIBLE.iter().any(|field| has(field)) && !has("publisher") && !has("authority") {
        missing.push("no author");
        printed.push("the title in the place of the author");
    }
    if !has_year && !is_forthcoming {
        missing.push("no year");
        printed.push("“n.d.” in the place of the year");
    }
    if needs_publication && !has("container-title") {
        missing.push("no journal");
    } else if kind == "chapter" && !has("container-title") {
        missing.push("no book that it is a part of");
    }
    let (last, rest) = missing.split_last()?;
    let missing = if rest.is_empty() {
        (*last).to_owned()
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
    Some(
        Diagnostic::new(
            Code::IncompleteWork,
            format!("`{}` has {missing}", work.key.value),
        )
        .at(&work.file, work.key.span.clone(), "")
        .help(help),
    )
}

fn years(work: &Work) -> Option<Diagnostic> {
    let year = year(work, "issued").filter(|year| !YEARS.contains(year))?;
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

fn two_dois(work: &Work) -> Option<Diagnostic> {
    let (doi, url) = (work.text("DOI"), work.text("URL"));
    let other = super::doi::in_address(&url)?;
    let differ = !doi.is_empty() && !doi.eq_ignore_ascii_case(&other.replace("%2F", "/"));
    differ.then(|| {
        contradiction(
            work,
            "URL",
            format!(
                "`{}` has one DOI and the address of another",
                work.key.value
            ),
        )
        .at(&work.file, work.span_of("DOI"), "the DOI")
        .help("correct one of the two, or delete the address")
    })
}

/// Two entries with one DOI, or with one title, year and author.
fn look_alikes(works: &[Work], findings: &mut Vec<Diagnostic>) {
    let mut by_doi: FxHashMap<String, &Work> = FxHashMap::default();
    let mut by_title: FxHashMap<(String, i16), &Work> = FxHashMap::default();
    for work in works {
        let doi = work.text("DOI").to_lowercase();
        if !doi.is_empty() {
            if let Some(first) = by_doi.get(&doi) {
                findings.push(look_alike(work, first, "DOI", "have the same DOI"));
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
        let Some(year) = year(work, "issued") else {
            continue;
        };
        if letters.chars().count() < FEW_LETTERS {
            continue;
        }
        let Some(first) = by_title.get(&(letters.clone(), year)) else {
            by_title.insert((letters, year), work);
            continue;
        };
        // A preprint and the article that came of it have DOIs of their own.
        let other = first.text("DOI");
        let are_two = !doi.is_empty() && !other.is_empty();
        if !are_two && first_author(work) == first_author(first) {
            findings.push(look_alike(
                work,
                first,
                "title",
                "have the same title and year",
            ));
        }
    }
}

fn look_alike(work: &Work, first: &Work, field: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateWork,
        format!("`{}` and `{}` {what}", first.key.value, work.key.value),
    )
    .at(&work.file, work.span_of(field), "the second")
    .at(&first.file, first.span_of(field), "the first")
    .help("cite one of the two everywhere, and delete the other")
}

fn contradiction(work: &Work, field: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::ContradictoryWork, message).at(&work.file, work.span_of(field), "")
}

fn year(work: &Work, field: &str) -> Option<i16> {
    match work.item.0.get(field)? {
        Value::Date(date) => dates::year(date),
        Value::String(_) | Value::Number(_) | Value::Names(_) => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;
    use crate::records::works::bibtex;

    fn findings(text: &str) -> Vec<String> {
        let path = SourcePath::new("content/references.bib").expect("sound");
        let mut findings = Vec::new();
        let works = bibtex::read(&path, text, &mut findings);
        let works = without_duplicates(works, &mut findings);
        check(&works, &mut findings);
        findings
            .iter()
            .map(|finding| {
                let (start, end) = finding.labels[0].span;
                format!(
                    "{} {:?}: {}",
                    finding.code,
                    &text[start..end],
                    finding.message
                )
            })
            .collect()
    }

    #[track_caller]
    fn check_text(text: &str, expected: &[&str]) {
        assert_eq!(findings(text), expected, "{text}");
    }

    const WHOLE: &str = "author={Doe, J.}, title={A long enough title}, journal={J}, year=2014";

    #[test]
    fn a_whole_work_is_fine() {
        check_text(
            &format!(
                "@article{{a, {WHOLE}, doi={{doi:10.1000/182.}}, url={{https://doi.org/10.1000/182}}, pages={{1391-402}}, urldate={{2014}}}}"
            ),
            &[],
        );
        check_text("@report{a, title={T}, institution={Inst}, year=2014}", &[]);
        check_text("@book{a, title={T}, author={D}, year={in press}}", &[]);
    }

    #[test]
    fn one_key_or_one_work_twice_is_found() {
        check_text(
            &format!("@article{{a, {WHOLE}}}\n@article{{a, {WHOLE}}}"),
            &["duplicate \"a\": two works have the key `a`"],
        );
        check_text(
            &format!(
                "@article{{a, {WHOLE}}}\n@book{{b, title={{A LONG, enough {{Title}}}}, author={{Doe, Jane}}, year=2014}}"
            ),
            &[
                "duplicate-work \"A LONG, enough {Title}\": `a` and `b` have the same title and year",
            ],
        );
        check_text(
            &format!(
                "@article{{a, {WHOLE}, doi={{10.1000/A}}}}\n@article{{b, {WHOLE}, doi={{10.1000/a}}}}"
            ),
            &["duplicate-work \"10.1000/a\": `a` and `b` have the same DOI"],
        );
        check_text(
            &format!(
                "@article{{a, {WHOLE}, doi={{10.1000/1}}}}\n@article{{b, {WHOLE}, doi={{10.1000/2}}}}"
            ),
            &[],
        );
    }

    #[test]
    fn what_is_missing_is_named_in_one_finding() {
        check_text(
            "@article{a, doi={10.1000/1}}",
            &["incomplete-work \"a\": `a` has no title, no author, no year and no journal"],
        );
        check_text(
            "@incollection{a, title={T}, author={D}, year=2014}",
            &["incomplete-work \"a\": `a` has no book that it is a part of"],
        );
    }

    #[test]
    fn details_that_contradict_each_other_are_found() {
        for (field, expected) in [
            (
                "pages={20--10}",
                "\"20--10\": `a` ends on page 10 and begins on page 20",
            ),
            (
                "urldate={2013-05-01}",
                "\"2013-05-01\": `a` was looked at before it appeared",
            ),
            (
                "doi={10.1000/1}, url={https://doi.org/10.1000/2}",
                "\"https://doi.org/10.1000/2\": `a` has one DOI and the address of another",
            ),
        ] {
            check_text(
                &format!("@article{{a, {WHOLE}, {field}}}"),
                &[&format!("contradictory-work {expected}")],
            );
        }
        check_text(
            "@book{a, title={T}, author={D}, year=2914}",
            &["contradictory-work \"2914\": `a` is of the year 2914"],
        );
    }

    #[test]
    fn what_is_no_doi_is_an_error() {
        for (doi, mistake) in [
            ("10.1000", "nothing follows the number of the publisher"),
            ("10.1000/a b", "it holds a space"),
            ("doi:10..", "it does not begin with `10.`"),
            (
                "doi:10..1000/1",
                "the number of the publisher is not a number of at least four digits",
            ),
            ("example.org/1", "it does not begin with `10.`"),
        ] {
            let found = findings(&format!("@article{{a, {WHOLE}, doi={{{doi}}}}}"));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].starts_with("malformed-doi") && found[0].ends_with(mistake),
                "{found:?}"
            );
        }
    }
}

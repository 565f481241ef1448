//! Terms of a glossary that cannot be: without a meaning, defined twice, or with a name that two share.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::front_matter::Kind;
use crate::path::SourcePath;
use crate::site::Site;
use crate::site::glossary::lower_first;

/// The terms of one glossary, each by itself.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.keys.kind != Some(Kind::Glossary) {
        return;
    }
    let document = subject.document;
    for term in &document.body.terms {
        if !term.has_meaning {
            findings.push(
                Diagnostic::new(Code::MissingKey, "a term without a meaning")
                    .at(&document.path, term.span.clone(), "")
                    .help("write it on the next line, after `: `"),
            );
        }
        if term.id.is_empty() {
            findings.push(
                Diagnostic::new(Code::UnknownValue, "no id can be made of this term")
                    .at(&document.path, term.span.clone(), "")
                    .help("write a term with letters or digits"),
            );
        }
        let mut headings = document.body.headings.iter();
        if let Some(heading) = headings.find(|heading| heading.id == term.id) {
            findings.push(
                Diagnostic::new(
                    Code::DuplicateHeading,
                    format!("the id `{}` is taken by a heading", term.id),
                )
                .at(&document.path, term.span.clone(), "the term")
                .at(&document.path, heading.span.clone(), "the heading")
                .help("give the heading an id of its own: `## Words {#other}`"),
            );
        }
    }
}

/// Terms that are defined twice, and names that two terms share, whatever the case of their first letter.
pub fn check_names(site: &Site, findings: &mut Vec<Diagnostic>) {
    for language in site.languages() {
        let mut first: BTreeMap<String, (usize, &SourcePath, Range<usize>)> = BTreeMap::new();
        for (place, term) in site.glossary(language).terms.iter().enumerate() {
            let Some(document) = &site.page(term.page).document else {
                continue;
            };
            let Some(written) = document.body.terms.get(term.place) else {
                continue;
            };
            for (number, name) in term.names.iter().enumerate() {
                let span = written.span.clone();
                let known = first
                    .entry(lower_first(name))
                    .or_insert_with(|| (place, &document.path, span.clone()));
                if known.0 == place {
                    continue;
                }
                let is_title = number == 0
                    && site.glossary(language).terms[known.0].names.first() == Some(name);
                let message = if is_title {
                    format!("the term `{name}` is defined twice")
                } else {
                    format!("two terms have the name `{name}`")
                };
                findings.push(
                    Diagnostic::new(Code::Duplicate, message)
                        .at(&document.path, span, "the second")
                        .at(known.1, known.2.clone(), "the first")
                        .help("keep one of them, or give each names of its own"),
                );
            }
        }
    }
}

/// Words that a page does not want marked, and that no glossary has.
pub fn check_unmarked(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    // A glossary may be a page of this language or not be there at all: then nothing is marked.
    let glossary = subject.site.glossary(subject.language);
    for name in subject.document.front_matter.unmarked.iter().flatten() {
        if glossary.named(&name.value).is_none() {
            let names = glossary.terms.iter().flat_map(|term| &term.names);
            findings.push(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("no glossary defines `{}`", name.value),
                )
                .at(&subject.document.path, name.span.clone(), "not known")
                .suggest(
                    &name.value,
                    names.map(String::as_str),
                    "write a term as the glossary has it, or take the word away",
                ),
            );
        }
    }
}

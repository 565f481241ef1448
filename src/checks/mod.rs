//! What is wrong with the site as a whole: links, pictures, directives, names.
//!
//! Each check is a function from the site to findings, one file each, and [`CHECKS`] lists them all.
//! They are given every visible document once, whatever the number of pages made of it, and run on
//! all cores. What a file alone can tell (its front matter, its headings) is found when it is parsed.
//!
//! To add a check: copy the shortest file, and put its function into the table.

pub mod borrowed;
mod citations;
mod claims;
mod coverage;
mod directives;
mod discretion;
mod extra;
mod glossary;
mod images;
mod languages;
pub mod links;
mod names;
mod navigation;
mod people;
mod pickers;
mod reviews;
mod services;
mod tracking;
pub mod translations;
mod voice;
pub mod weight;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, FrontMatter};
use crate::site::{LanguageId, Site};

/// A visible document, with what a check needs to know of its place.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The site.
    pub site: &'a Site,
    /// The document.
    pub document: &'a Arc<Document>,
    /// Its keys as they count.
    pub keys: &'a FrontMatter,
    /// The language it is written in.
    pub language: LanguageId,
}

type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// Every check on a document.
const CHECKS: &[Check] = &[
    links::check,
    tracking::check,
    images::check,
    directives::check,
    extra::check,
    names::check_authors,
    names::check_template,
    citations::check,
    citations::check_places,
    claims::check,
    voice::check,
    reviews::check,
    reviews::check_changes,
    translations::check,
    services::check_page,
    pickers::check_page,
    glossary::check,
    glossary::check_unmarked,
];

/// What a style page shows on purpose, and no other site may have: sources that were withdrawn, are in
/// doubt or unverified, reviews that no longer hold, a translation that is behind, services that nobody has checked, and numbers without a source.
const SHOWN_BY_SPECIMENS: [Code; 10] = [
    Code::RetractedSource,
    Code::DoubtedSource,
    Code::UnverifiedSource,
    Code::ReviewDue,
    Code::ReviewOverdue,
    Code::ChangedSinceReview,
    Code::StaleTranslation,
    Code::UncheckedService,
    Code::StaleService,
    Code::UncitedClaim,
];

/// Runs all checks. The findings come in no particular order.
pub fn run(site: &Site) -> Vec<Diagnostic> {
    let visible: Vec<_> = site
        .topics()
        .iter()
        .flat_map(|topic| topic.documents.iter().enumerate())
        .filter_map(|(language, written)| {
            let written = written
                .as_ref()
                .filter(|written| written.hidden.is_none())?;
            Some(Subject {
                site,
                document: &written.document,
                keys: &written.keys,
                language: LanguageId(language),
            })
        })
        .collect();
    let mut findings: Vec<_> = visible
        .par_iter()
        .flat_map_iter(|subject| {
            let mut findings = subject.document.findings.clone();
            for check in CHECKS {
                check(subject, &mut findings);
            }
            findings
        })
        .collect();
    let documents = visible.iter().map(|subject| subject.document.as_ref());
    citations::check_works(site, documents, &mut findings);
    navigation::check(site, &mut findings);
    reviews::check_records(site, &mut findings);
    translations::check_records(site, &mut findings);
    translations::check_words(site, &mut findings);
    services::check(site, &mut findings);
    pickers::check(site, &mut findings);
    glossary::check_names(site, &mut findings);
    discretion::check(site, &mut findings);
    coverage::check(site, &mut findings);
    voice::check_file(site, &mut findings);
    if site.config.features.specimen {
        findings.retain(|finding| !SHOWN_BY_SPECIMENS.contains(&finding.code));
    }
    findings
}

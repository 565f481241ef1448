//! What is wrong with the site as a whole: links, pictures, directives, names.
//!
//! Each check is a function from the site to findings, one file each, and [`CHECKS`] lists them all.
//! They are given every visible document once, whatever the number of pages made of it, and run on
//! all cores. What a file alone can tell (its front matter, its headings) is found when it is parsed.
//!
//! To add a check: copy the shortest file, and put its function into the table. A new kind of message
//! is a line of `diagnostic/codes.rs` and a page of its manual. How much a message weighs and where one
//! is excepted is none of a check's business: `exceptions` sees to it once all are gathered.

mod alt_text;
pub mod borrowed;
mod citations;
mod claims;
mod coverage;
mod defaults;
mod directives;
mod discretion;
mod extra;
pub mod follow_ups;
mod glossary;
mod headings;
mod images;
mod languages;
mod link_text;
pub mod links;
mod names;
mod navigation;
mod people;
mod pickers;
mod pictures;
pub mod reach;
mod reviews;
mod services;
pub mod spelling;
mod tables;
mod titles;
mod tracking;
pub mod translations;
mod unused;
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
    pictures::check,
    directives::check,
    extra::check,
    names::check_authors,
    names::check_template,
    citations::check,
    citations::check_places,
    claims::check,
    voice::check,
    voice::check_keys,
    reviews::check,
    reviews::check_changes,
    translations::check,
    services::check_page,
    pickers::check_page,
    glossary::check,
    glossary::check_unmarked,
    link_text::check,
    link_text::check_definitions,
    tables::check,
    headings::check,
    alt_text::check,
    titles::check,
    spelling::check,
];

type WholeCheck = fn(&Site, &[Subject<'_>], &mut Vec<Diagnostic>);

/// Every check on the site as a whole, or on data files.
const WHOLE_CHECKS: &[WholeCheck] = &[
    |site, visible, findings| {
        let documents = visible.iter().map(|subject| subject.document.as_ref());
        citations::check_works(site, documents, findings);
    },
    |_, visible, findings| titles::check_all(visible, findings),
    |site, _, findings| navigation::check(site, findings),
    |site, _, findings| unused::check(site, findings),
    |site, _, findings| defaults::check(site, findings),
    |site, _, findings| reviews::check_records(site, findings),
    |site, _, findings| translations::check_records(site, findings),
    |site, _, findings| translations::check_words(site, findings),
    |site, _, findings| services::check(site, findings),
    |site, _, findings| pickers::check(site, findings),
    |site, _, findings| glossary::check_names(site, findings),
    |site, _, findings| discretion::check(site, findings),
    |site, _, findings| coverage::check(site, findings),
    |site, _, findings| voice::check_file(site, findings),
    |site, _, findings| voice::check_people(site, findings),
];

/// What a style page shows on purpose, and no other site may have: sources that were withdrawn, are in
/// doubt or unverified, reviews that no longer hold, a translation that is behind, services that nobody has checked, numbers without a
/// source, and titles that need several lines.
const SHOWN_BY_SPECIMENS: [Code; 12] = [
    Code::LongTitle,
    Code::LongHeading,
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

/// Runs all checks. The findings come in no particular order. `None` as soon as they are not wanted any
/// more.
pub fn run_while(site: &Site, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    let visible: Vec<_> = site
        .topics()
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
            for check in CHECKS.iter().take_while(|_| is_wanted()) {
                check(subject, &mut findings);
            }
            findings
        })
        .collect();
    if !is_wanted() {
        return None;
    }
    let wholes: Vec<_> = WHOLE_CHECKS
        .par_iter()
        .filter(|_| is_wanted())
        .flat_map_iter(|check| {
            let mut findings = Vec::new();
            check(site, &visible, &mut findings);
            findings
        })
        .collect();
    findings.extend(wholes);
    if site.config.features.specimen {
        findings.retain(|finding| !SHOWN_BY_SPECIMENS.contains(&finding.code));
    }
    is_wanted().then_some(findings)
}

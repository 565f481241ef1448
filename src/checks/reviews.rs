//! Reviews that are due, texts that were changed since, and records that cannot be.
//!
//! That nobody has reviewed a page is no finding: the page says so itself.

use std::collections::BTreeSet;

use super::{Subject, people};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::Review;
use crate::records::reviews::{file, shown};
use crate::site::Site;
use crate::site::reviews::{Difference, Part, Standing, State};

/// How many days ahead a review that is due is a warning.
const DAYS_AHEAD: i32 = 60;

/// The last review of a text: whether it still holds, and who made it.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    let Some(standing) = site.standing_of_text(subject.document, subject.keys) else {
        return;
    };
    let (Some(record), Some(due), Some(file)) = (standing.record, standing.due, file()) else {
        return;
    };
    let page = shown(&record.page.value);
    let place = record
        .due
        .as_ref()
        .map_or(&record.on.span, |due| &due.span)
        .clone();
    let again = format!("once it is reviewed, write `afterword review {page} --by PERSON`");
    let days = (due - site.today).get_days();
    match standing.state {
        State::Changed => findings.push(changed(subject, &standing, record, &file, again)),
        State::Overdue => findings.push(
            Diagnostic::new(
                Code::ReviewOverdue,
                format!("the review of `{page}` was due on {due}"),
            )
            .at(&file, place, "the last review")
            .help(again),
        ),
        State::Current if days <= DAYS_AHEAD => findings.push(
            Diagnostic::new(
                Code::ReviewDue,
                format!("the review of `{page}` is due on {due}"),
            )
            .at(&file, place, "the last review")
            .help(again),
        ),
        State::Current | State::Awaiting => {}
    }
    let mut authors = subject.keys.authors.iter().flatten();
    if authors.any(|author| author.value == record.by.value) {
        findings.push(
            Diagnostic::new(
                Code::SelfReview,
                format!(
                    "`{}` has reviewed a page of their own, `{page}`",
                    record.by.value
                ),
            )
            .at(&file, record.by.span.clone(), "an author of that page")
            .help("have somebody else review it: we do not see our own mistakes"),
        );
    }
}

fn changed(
    subject: &Subject<'_>,
    standing: &Standing<'_>,
    record: &Review,
    file: &SourcePath,
    again: String,
) -> Diagnostic {
    let document = subject.document;
    let mut place = document.title_span();
    let mut names = Vec::new();
    for difference in standing.differences.iter().rev() {
        names.insert(0, words(difference));
        if let Difference::Changed(Part::Section(id)) = difference {
            let mut headings = document.body.headings.iter();
            if let Some(heading) = headings.find(|heading| heading.id == *id) {
                let written = &document.source[heading.span.clone()];
                place = heading.span.start..heading.span.start + written.trim_end().len();
            }
        }
    }
    let what = if names.is_empty() {
        String::new()
    } else {
        format!(": {}", names.join(", "))
    };
    let page = shown(&record.page.value);
    let message = format!("`{page}` was changed since its review{what}");
    Diagnostic::new(Code::ChangedSinceReview, message)
        .at(&document.path, place, "not as it was reviewed")
        .at(file, record.page.span.clone(), "the last review")
        .help(again)
}

/// A part of a text in an author's words.
fn words(difference: &Difference) -> String {
    match difference {
        Difference::Changed(Part::Title) => "the title".to_owned(),
        Difference::Changed(Part::Description) => "the description".to_owned(),
        Difference::Changed(Part::ContentNote) => "the content note".to_owned(),
        Difference::Changed(Part::KeyMessages) => "the key messages".to_owned(),
        Difference::Changed(Part::Beginning) => "the beginning".to_owned(),
        Difference::Changed(Part::Section(id)) => format!("`#{id}`"),
        Difference::Changed(Part::Ideas) => "its ideas".to_owned(),
        Difference::Changed(Part::Sources) => "its sources".to_owned(),
        Difference::Removed(name) => format!("`{name}` is gone"),
    }
}

/// Changes of a text that are said to have been made on a day still to come.
pub fn check_changes(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let today = subject.site.today;
    for change in subject.keys.changes.iter().flatten() {
        if change.on.value > today {
            findings.push(
                Diagnostic::new(
                    Code::WrongDate,
                    format!("a change on {}, which is still to come", change.on.value),
                )
                .at(
                    &subject.document.path,
                    change.on.span.clone(),
                    "after today",
                )
                .help("write the day on which the page was changed"),
            );
        }
    }
}

/// Every record: whether its page, its person and its day can be.
pub fn check_records(site: &Site, findings: &mut Vec<Diagnostic>) {
    let Some(file) = file() else { return };
    if site.reviews.is_empty() {
        return;
    }
    let pages: BTreeSet<_> = site
        .topics()
        .flat_map(|topic| topic.documents.iter().flatten())
        .map(|written| shown(&written.document.path))
        .collect();
    for review in site.reviews.iter() {
        let page = shown(&review.page.value);
        if !pages.contains(page) {
            findings.push(
                Diagnostic::new(Code::BrokenLink, format!("no page at `{page}`"))
                    .at(&file, review.page.span.clone(), "reviewed, but not there")
                    .suggest(
                        page,
                        pages.iter().copied(),
                        "write the path of a page's file below `content/`, or take the record away",
                    ),
            );
        }
        findings.extend(people::real(
            site,
            &review.by,
            &file,
            "reviewed anything",
            "take the record away, and have the page reviewed by a person of `content/people.yaml`",
        ));
        if review.on.value > site.today {
            findings.push(
                Diagnostic::new(
                    Code::WrongDate,
                    format!("a review on {}, which is still to come", review.on.value),
                )
                .at(&file, review.on.span.clone(), "after today")
                .help("write the day on which the page was reviewed"),
            );
        }
        if let Some(due) = review
            .due
            .as_ref()
            .filter(|due| due.value <= review.on.value)
        {
            findings.push(
                Diagnostic::new(
                    Code::WrongDate,
                    format!(
                        "a review is due on {}, not after the one before it",
                        due.value
                    ),
                )
                .at(&file, due.span.clone(), "when it is due again")
                .at(&file, review.on.span.clone(), "when it was reviewed")
                .help("write a later day, or take the line away"),
            );
        }
    }
}

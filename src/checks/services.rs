//! Services that nobody has checked, or not for a long time, and entries that cannot be.

use super::{Subject, languages, people};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::front_matter::Kind;
use crate::path::SourcePath;
use crate::records::Service;
use crate::records::services::{FILE, Standing};
use crate::site::Site;

/// The entries of `content/services.yaml`.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let Some(file) = SourcePath::new(FILE) else {
        return;
    };
    let days = site.config.editorial.service_days;
    let mut unchecked = Vec::new();
    for region in site.regions.iter() {
        for words in [&region.name, &region.note] {
            languages::check(site, &file, words, findings);
        }
        for service in region.all() {
            for words in [
                &service.hours,
                &service.languages,
                &service.cost,
                &service.note,
            ] {
                languages::check(site, &file, words, findings);
            }
            check_person_and_day(site, &file, service, findings);
            match service.standing(site.today, days) {
                Standing::Unchecked => unchecked.push(service),
                Standing::Stale => findings.extend(stale(&file, service, days)),
                Standing::Current => {}
            }
        }
    }
    findings.extend(nobody_checked(&file, &unchecked));
}

/// A page of kind `help`: whether it has anything to show, and whether its headings and the places
/// have ids of their own.
pub fn check_page(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.keys.kind != Some(Kind::Help) {
        return;
    }
    let (site, document) = (subject.site, subject.document);
    let Some(file) = SourcePath::new(FILE) else {
        return;
    };
    if site.inputs.text_of(&file).is_none() {
        findings.push(
            Diagnostic::new(
                Code::MissingFile,
                format!("a page of kind `help`, and no `{FILE}`"),
            )
            .at(&document.path, document.title_span(), "has nobody to name")
            .help("write the services into that file, or take the line `kind: help` away"),
        );
    }
    for region in site.regions.iter() {
        let mut headings = document.body.headings.iter();
        if let Some(heading) = headings.find(|heading| heading.id == region.id.value) {
            findings.push(
                Diagnostic::new(
                    Code::DuplicateHeading,
                    format!("the id `{}` is taken by a place", heading.id),
                )
                .at(&document.path, heading.span.clone(), "used a second time")
                .at(&file, region.id.span.clone(), "the place")
                .help("give the heading an id of its own: `## Words {#other}`"),
            );
        }
    }
}

fn check_person_and_day(
    site: &Site,
    file: &SourcePath,
    service: &Service,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(checked) = &service.checked else {
        return;
    };
    findings.extend(people::real(
        site,
        &checked.by,
        file,
        "checked a number",
        "name the person who has checked it, or take `checked` and `checked_by` away",
    ));
    if checked.on.value > site.today {
        findings.push(
            Diagnostic::new(
                Code::WrongDate,
                format!("a check on {}, which is still to come", checked.on.value),
            )
            .at(file, checked.on.span.clone(), "after today")
            .help("write the day on which somebody checked it"),
        );
    }
}

const HOW: &str = "look the numbers up on the service's own page, and call; then write `checked:` with the day and `checked_by:` with your id of `content/people.yaml`";

fn stale(file: &SourcePath, service: &Service, days: u32) -> Option<Diagnostic> {
    let on = &service.checked.as_ref()?.on;
    Some(
        Diagnostic::new(
            Code::StaleService,
            format!("last checked on {}, more than {days} days ago", on.value),
        )
        .at(file, on.span.clone(), "readers are told so")
        .help(HOW),
    )
}

/// Services that nobody has checked: one by one while they are few, and together when they are many.
fn nobody_checked(file: &SourcePath, services: &[&Service]) -> Vec<Diagnostic> {
    const FEW: usize = 3;
    let at = |service: &Service, message: String| {
        Diagnostic::new(Code::UncheckedService, message)
            .at(file, service.span.clone(), "readers are told so")
            .help(HOW)
    };
    match services {
        [first, ..] if services.len() > FEW => vec![at(
            first,
            format!(
                "nobody has checked {} services of `{FILE}`, of which this is the first",
                services.len()
            ),
        )],
        few => few
            .iter()
            .map(|service| at(service, "nobody has checked this service".to_owned()))
            .collect(),
    }
}

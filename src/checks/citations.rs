//! Citations of works that are not there, and works that nobody cites or that should not be cited.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Subject;
use crate::citations::Form;
use crate::data::Spanned;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::Document;
use crate::path::SourcePath;
use crate::records::WorkId;
use crate::records::works::evidence::{self, Standing};
use crate::site::Site;

/// Checks every key of every citation.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    for citation in subject.document.bodies().flat_map(|body| &body.citations) {
        for item in &citation.items {
            let key = item.key.value.as_str();
            if site.works.find(key).is_none()
                && (citation.form == Form::Bracketed || is_meant(site, key))
            {
                findings.push(unknown(site, &subject.document.path, &item.key));
            }
        }
    }
}

/// True when `@key` in running text is a misspelt key, and not the handle of somebody.
fn is_meant(site: &Site, key: &str) -> bool {
    let name = key.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let has_year = digits == 4 && name.len() > 4 && key.len() - name.len() <= 1;
    has_year || key.len() > 4 && nearest(site, key).is_some()
}

fn nearest<'a>(site: &'a Site, key: &str) -> Option<&'a str> {
    diagnostic::nearest(
        key,
        site.works
            .works()
            .iter()
            .map(|work| work.key.value.as_str()),
    )
}

fn unknown(site: &Site, path: &SourcePath, key: &Spanned<String>) -> Diagnostic {
    let help = match nearest(site, &key.value) {
        Some(known) => {
            let file = site
                .works
                .find(known)
                .map_or_else(String::new, |id| format!(" It is in `{}`", site.works.work(id).file));
            format!("did you mean `{known}`?{file}")
        }
        None if site.works.is_empty() => {
            "describe the work in `content/references.yaml`, or put an export of Zotero or JabRef at `content/references.bib`".to_owned()
        }
        None => {
            "correct the key, or describe the work in the bibliography; write `\\@` for a mere `@`".to_owned()
        }
    };
    Diagnostic::new(
        Code::UnknownCitation,
        format!("no work has the key `{}`", key.value),
    )
    .at(path, key.span.clone(), "cited here")
    .help(help)
}

/// Checks the works by who cites them: every visible document is given.
pub fn check_works<'a>(
    site: &Site,
    documents: impl Iterator<Item = &'a Document>,
    findings: &mut Vec<Diagnostic>,
) {
    if site.works.is_empty() {
        return;
    }
    let mut first: BTreeMap<WorkId, (SourcePath, std::ops::Range<usize>)> = BTreeMap::new();
    for document in documents {
        for citation in document.bodies().flat_map(|body| &body.citations) {
            for item in &citation.items {
                if let Some(work) = site.works.find(&item.key.value) {
                    let place = (document.path.clone(), item.key.span.clone());
                    let known = first.entry(work).or_insert_with(|| place.clone());
                    // The first in the order of paths, however the documents come.
                    if (&place.0, place.1.start) < (&known.0, known.1.start) {
                        *known = place;
                    }
                }
            }
        }
    }
    let has_evidence =
        SourcePath::new(evidence::FILE).is_some_and(|path| site.inputs.text_of(&path).is_some());
    let people: FxHashSet<&str> = site
        .people
        .iter()
        .map(|person| person.id.value.as_str())
        .collect();
    for id in site.works.ids() {
        let work = site.works.work(id);
        if let Some(verified) = &work.evidence.verified
            && !people.contains(verified.by.value.as_str())
        {
            findings.extend(unknown_person(&verified.by));
        }
        let Some((path, span)) = first.get(&id) else {
            if !work.evidence.uncited.is_empty() {
                continue;
            }
            findings.push(
                Diagnostic::new(
                    Code::UnusedWork,
                    format!("no page cites `{}`", work.key.value),
                )
                .at(&work.file, work.key.span.clone(), "")
                .help(format!(
                    "write `[@{}]` where it is used, take it out of the file, or say in `content/evidence.yaml` why it is kept: `uncited: reason`",
                    work.key.value
                )),
            );
            continue;
        };
        let at = |code, message: String| {
            Diagnostic::new(code, message).at(path, span.clone(), "cited here")
        };
        if let Some(status) = &work.evidence.status
            && status.is == Standing::Retracted
        {
            findings.push(
                at(
                    Code::RetractedSource,
                    format!(
                        "the work `{}` was withdrawn by its publisher",
                        work.key.value
                    ),
                )
                .help("take the citation away, and what rests on it alone"),
            );
        }
        if work.evidence.verified.is_none() && has_evidence {
            findings.push(
                at(
                    Code::UnverifiedSource,
                    format!("nobody has verified the source `{}`", work.key.value),
                )
                .help(format!(
                    "compare its details and what is said of it with the work itself, then write `verified: {{by: person, on: date}}` below `{}` in `content/evidence.yaml`",
                    work.key.value
                )),
            );
        }
    }
    if !has_evidence && !first.is_empty() {
        findings.push(
            Diagnostic::new(
                Code::UnverifiedSource,
                "the site cites sources and has no `content/evidence.yaml`",
            )
            .help(
                "say there what each source found, in whom, how strong it is, and who verified it",
            ),
        );
    }
}

fn unknown_person(by: &Spanned<String>) -> Option<Diagnostic> {
    let path = SourcePath::new(evidence::FILE)?;
    Some(
        Diagnostic::new(
            Code::UnknownPerson,
            format!("nobody has the id `{}` in `content/people.yaml`", by.value),
        )
        .at(&path, by.span.clone(), "")
        .help("add the person there, or correct the id"),
    )
}

//! Citations of works that are not there, and works that nobody cites or that should not be cited.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Subject, people, pickers};
use crate::citations::Form;
use crate::data::Spanned;
use crate::data::quoted;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::Document;
use crate::path::SourcePath;
use crate::records::works::evidence::{self, Standing};
use crate::records::{Work, WorkId};
use crate::site::Site;

/// Checks every key of every citation.
pub fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let site = subject.site;
    for citation in subject.document.bodies().flat_map(|body| &body.citations) {
        for item in &citation.items {
            let key = item.key.value.as_str();
            if site.works.find(key).is_none()
                && (citation.form == Form::Bracketed
                    || citation.written.contains("@{")
                    || is_meant(site, key))
            {
                let otherwise = "correct the key, or describe the work in the bibliography; write `\\@` for a mere `@`";
                findings.push(unknown(site, &subject.document.path, &item.key, otherwise));
            }
        }
    }
}

/// Places that show a citation as it is written: titles, and the arguments of directives.
pub fn check_places(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let keys = &subject.document.front_matter;
    let titles = [("title", &keys.title), ("short_title", &keys.short_title)];
    let titles = titles
        .into_iter()
        .filter_map(|(name, title)| Some((name, title.as_ref()?)));
    let arguments = subject
        .document
        .bodies()
        .flat_map(|body| &body.directives)
        .flat_map(|directive| &directive.arguments)
        .filter_map(|argument| Some((argument.name.value.as_str(), argument.value.as_ref()?)));
    for (name, text) in titles.chain(arguments) {
        let cites = text.value.contains("[@") || text.value.contains("[-@");
        if cites {
            findings.push(
                Diagnostic::new(
                    Code::MisplacedCitation,
                    format!("a citation in `{name}`, which would be shown as it is written"),
                )
                .at(&subject.document.path, text.span.clone(), "not read here")
                .help("put it into the text, the description or a key message; for a directive, between its lines of `:::`"),
            );
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

/// That no work has a key; and what to do when none is near and there is a bibliography.
pub fn unknown(
    site: &Site,
    path: &SourcePath,
    key: &Spanned<String>,
    otherwise: &str,
) -> Diagnostic {
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
        None => otherwise.to_owned(),
    };
    Diagnostic::new(
        Code::UnknownCitation,
        format!("no work has the key `{}`", key.value),
    )
    .at(path, key.span.clone(), "cited here")
    .help(help)
}

/// Where each work is cited first: by documents, or as what speaks for an idea.
fn first_cited<'a>(
    site: &Site,
    documents: impl Iterator<Item = &'a Document>,
) -> BTreeMap<WorkId, (SourcePath, Range<usize>)> {
    let mut first: BTreeMap<WorkId, (SourcePath, Range<usize>)> = BTreeMap::new();
    let mut cite = |path: &SourcePath, key: &Spanned<String>| {
        if let Some(work) = site.works.find(&key.value) {
            let place = (path.clone(), key.span.clone());
            let known = first.entry(work).or_insert_with(|| place.clone());
            // The first in the order of paths, however the documents come.
            if (&place.0, place.1.start) < (&known.0, known.1.start) {
                *known = place;
            }
        }
    };
    for document in documents {
        for citation in document.bodies().flat_map(|body| &body.citations) {
            for item in &citation.items {
                cite(&document.path, &item.key);
            }
        }
    }
    for picker in pickers::shown(site) {
        for key in picker.ideas.iter().flat_map(|idea| idea.evidence.works()) {
            cite(&picker.file, key);
        }
    }
    first
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
    let first = first_cited(site, documents);
    let has_evidence =
        SourcePath::new(evidence::FILE).is_some_and(|path| site.inputs.text_of(&path).is_some());
    // What nobody could read says neither who verified a work nor why it is kept.
    let is_broken = site.works.is_evidence_broken();
    let mut unused: BTreeMap<&SourcePath, Vec<&Work>> = BTreeMap::new();
    for id in site.works.ids() {
        let work = site.works.work(id);
        check_evidence(site, work, findings);
        findings.extend(still_to_come(site, work));
        let Some((path, span)) = first.get(&id) else {
            if work.evidence.uncited.is_none() && work.is_known() && !is_broken {
                unused.entry(&work.file).or_default().push(work);
            }
            continue;
        };
        let at = |code, message: String| {
            Diagnostic::new(code, message).at(path, span.clone(), "cited here")
        };
        match work.evidence.status.as_ref().map(|status| status.is) {
            Some(Standing::Retracted) => findings.push(
                at(
                    Code::RetractedSource,
                    format!(
                        "the work `{}` was withdrawn by its publisher",
                        work.key.value
                    ),
                )
                .help("take the citation away, and what rests on it alone"),
            ),
            Some(Standing::Concern) => findings.push(
                at(
                    Code::DoubtedSource,
                    format!(
                        "the publisher has doubts about the work `{}`",
                        work.key.value
                    ),
                )
                .help("lean on another source where you can; readers are told of the doubts"),
            ),
            Some(Standing::Current | Standing::Corrected) | None => {}
        }
        findings.extend(cited_and_uncited(work, path, span));
        if work.evidence.verified.is_none() && has_evidence && !is_broken {
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
    for works in unused.values() {
        findings.extend(unused_works(works));
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

/// A work of a year after the next, in which nothing can be announced yet.
fn still_to_come(site: &Site, work: &Work) -> Option<Diagnostic> {
    let year = work.year().filter(|year| *year > site.today.year() + 1)?;
    let message = format!(
        "`{}` is of the year {year}, which is still to come",
        work.key.value
    );
    Some(
        Diagnostic::new(Code::ContradictoryWork, message)
            .at(&work.file, work.span_of("issued"), "")
            .help("correct the year"),
    )
}

/// A reason why no page cites a work that one does cite.
fn cited_and_uncited(work: &Work, path: &SourcePath, span: &Range<usize>) -> Option<Diagnostic> {
    let (reason, file) = (
        work.evidence.uncited.as_ref()?,
        SourcePath::new(evidence::FILE)?,
    );
    let message = format!(
        "`{}` is cited, and `uncited` says why it is not",
        work.key.value
    );
    Some(
        Diagnostic::new(Code::ContradictoryWork, message)
            .at(&file, reason.span.clone(), "")
            .at(path, span.clone(), "cited here")
            .help("delete the line `uncited`"),
    )
}

/// Works of one file that no page cites: one by one while they are few, and together where somebody's
/// whole library stands in the file.
fn unused_works(works: &[&Work]) -> Vec<Diagnostic> {
    const FEW: usize = 3;
    let help = |key: &str| {
        format!(
            "write `[@{key}]` where it is used, take it out of the file, or say in `content/evidence.yaml` why it is kept: `uncited: reason`"
        )
    };
    let at = |work: &Work, message: String| {
        Diagnostic::new(Code::UnusedWork, message).at(&work.file, work.key.span.clone(), "")
    };
    match works {
        [] => Vec::new(),
        [first, ..] if works.len() > FEW => {
            let mut keys: Vec<_> = works.iter().map(|work| work.key.value.as_str()).collect();
            keys.truncate(FEW);
            let message = format!(
                "no page cites {} works of `{}`: {} ...",
                works.len(),
                first.file,
                quoted(&keys)
            );
            vec![at(first, message).help(help(&first.key.value))]
        }
        few => few
            .iter()
            .map(|work| {
                let key = &work.key.value;
                at(work, format!("no page cites `{key}`")).help(help(key))
            })
            .collect(),
    }
}

/// Who verified a work, and when.
fn check_evidence(site: &Site, work: &Work, findings: &mut Vec<Diagnostic>) {
    let Some(path) = SourcePath::new(evidence::FILE) else {
        return;
    };
    let key = &work.key.value;
    if let Some(verified) = &work.evidence.verified {
        findings.extend(people::real(
            site,
            &verified.by,
            &path,
            "verified a source",
            "name the person who has compared the details, or write `verified: no`",
        ));
    }
    let verified = work.evidence.verified.as_ref();
    let days = [
        ("verified", verified.map(|verified| verified.on)),
        (
            "status",
            work.evidence.status.as_ref().map(|status| status.checked),
        ),
    ];
    for (what, day) in days {
        if let Some(day) = day.filter(|day| *day > site.today) {
            let span = verified.map_or(0..0, |verified| verified.by.span.clone());
            findings.push(
                Diagnostic::new(
                    Code::WrongDate,
                    format!("`{what}` of `{key}` names {day}, which is still to come"),
                )
                .at(&path, span, "")
                .help("write the day on which somebody looked"),
            );
        }
    }
}

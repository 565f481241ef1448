//! Points of `content/coverage.yaml` that are settled nowhere, and places of it that are not there.

use std::collections::{BTreeMap, BTreeSet};

use super::links;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Target;
use crate::path::SourcePath;
use crate::records::coverage::{Coverage, FILE, How, Row};
use crate::site::{LanguageId, Site};

/// Every point has an entry, every entry a point, and every place is a page with that heading.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let (Some(coverage), Some(file)) = (&site.coverage, SourcePath::new(FILE)) else {
        return;
    };
    check_points(coverage, &file, findings);
    let text = site.inputs.text_of(&file).map_or("", |text| &**text);
    for settled in &coverage.settled {
        let How::At(places) = &settled.how else {
            continue;
        };
        for place in places {
            let (path, heading) = match Target::new(&place.value) {
                Target::File { path, fragment } => (path, fragment),
                Target::External(_)
                | Target::Contact(_)
                | Target::Here(_)
                | Target::Wiki { .. }
                | Target::Refused { .. } => (place.value.clone(), String::new()),
            };
            let found = site.page_seen_from(&file, LanguageId::FIRST, (&path, &heading));
            if let Err(problem) = found {
                findings.push(links::finding_in(
                    (&file, text),
                    &place.span,
                    &path,
                    problem,
                ));
            }
        }
    }
}

fn check_points(coverage: &Coverage, file: &SourcePath, findings: &mut Vec<Diagnostic>) {
    let asked: BTreeSet<String> = coverage.rows.iter().flat_map(Row::ids).collect();
    let mut settled = BTreeMap::new();
    for entry in &coverage.settled {
        if let Some(first) = settled.insert(entry.id.value.as_str(), &entry.id) {
            let message = format!("`{}` is there twice", entry.id.value);
            findings.push(
                Diagnostic::new(Code::Duplicate, message)
                    .at(file, entry.id.span.clone(), "the second")
                    .at(file, first.span.clone(), "the first")
                    .help("write all its places in one line"),
            );
        } else if !asked.contains(&entry.id.value) {
            let message = format!("no point has the id `{}`", entry.id.value);
            findings.push(
                Diagnostic::new(Code::UnknownValue, message)
                    .at(file, entry.id.span.clone(), "nobody asks for it")
                    .suggest(
                        &entry.id.value,
                        asked.iter().map(String::as_str),
                        "name its row under `points`, or correct the id",
                    ),
            );
        }
    }
    for row in &coverage.rows {
        let open: Vec<_> = row
            .ids()
            .filter(|id| !settled.contains_key(id.as_str()))
            .collect();
        if let [first, rest @ ..] = open.as_slice() {
            let message = match rest {
                [] => format!("`{first}` is not settled"),
                _ => format!("{} points are not settled: {}", open.len(), shown(&open)),
            };
            findings.push(
                Diagnostic::new(Code::UnsettledPoint, message)
                    .at(file, row.last.span.clone(), "the row that asks for it")
                    .help(format!(
                        "write `{first}: [page.md#heading]`, or `{first}: {{declined: why}}`"
                    )),
            );
        }
    }
}

/// The first few of many, so that the message stays one line.
fn shown(ids: &[String]) -> String {
    const FEW: usize = 8;
    let first: Vec<_> = ids.iter().take(FEW).map(|id| format!("`{id}`")).collect();
    let more = if ids.len() > FEW { ", ..." } else { "" };
    format!("{}{more}", first.join(", "))
}

//! What a page says of its review and of its changes.

use super::body::BodyRenderer;
use super::views::Views;
use crate::document::Document;
use crate::records::Review;
use crate::site::reviews::{Difference, Part, Standing};
use crate::site::{LanguageId, PageId, Site};
use crate::theme::contract::{self, Change, ChangedPart};
use crate::theme::shape::Shared;

/// Whether somebody has reviewed a page; `None` when it needs no review.
pub fn view(site: &Site, views: &Views, id: PageId) -> Option<contract::Review> {
    let Standing {
        state,
        record,
        due,
        differences,
    } = site.standing(id)?;
    let page = site.page(id);
    let dates = views.dates(page.language);
    Some(contract::Review {
        state: state.name().to_owned(),
        by: record.and_then(|record| reviewer(site, views, page.language, record)),
        on: record.map(|record| dates.view(record.on.value)),
        checked: record.map_or_else(String::new, |record| record.checked.clone()),
        due: due.map(|due| dates.view(due)),
        changed: changed_parts(page.document.as_deref(), &differences),
    })
}

/// What has changed since a page was published, newest first.
pub fn changes(
    renderer: &mut BodyRenderer<'_>,
    views: &Views,
    language: LanguageId,
    document: &Document,
) -> Vec<Change> {
    let written = document.front_matter.changes.iter().flatten();
    let mut changes: Vec<_> = written.zip(&document.changes).collect();
    changes.sort_by_key(|(change, _)| std::cmp::Reverse(change.on.value));
    let dates = views.dates(language);
    changes
        .into_iter()
        .map(|(change, what)| Change {
            on: dates.view(change.on.value),
            what: renderer.text(what),
        })
        .collect()
}

/// Somebody whom nobody knows is reported by `checks::reviews`.
fn reviewer(
    site: &Site,
    views: &Views,
    language: LanguageId,
    record: &Review,
) -> Option<Shared<contract::Person>> {
    let (index, _) = site.person(&record.by.value)?;
    Some(views.person(language, index))
}

fn changed_parts(document: Option<&Document>, differences: &[Difference]) -> Vec<ChangedPart> {
    let headings = || document.iter().flat_map(|document| &document.body.headings);
    let mut parts: Vec<ChangedPart> = Vec::new();
    for difference in differences {
        let (kind, id) = match difference {
            Difference::Changed(Part::Section(id)) => ("section".to_owned(), id.as_str()),
            Difference::Changed(part) => (part.name(), ""),
            Difference::Removed(_) => ("removed".to_owned(), ""),
        };
        // What is gone has no words any more, so that once is enough.
        if kind == "removed" && parts.iter().any(|known| known.kind == kind) {
            continue;
        }
        let heading = headings().find(|heading| !id.is_empty() && heading.id == id);
        parts.push(ChangedPart {
            kind,
            title: heading.map_or_else(String::new, |heading| heading.text.clone()),
            id: id.to_owned(),
        });
    }
    parts
}

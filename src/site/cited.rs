//! Which works are cited where.
//!
//! A key that no work has is no citation here: `@name` may be somebody's handle, and a misspelt key is
//! found by `checks::citations`.

use std::collections::BTreeSet;

use super::Topic;
use crate::document::Document;
use crate::records::{Bibliography, WorkId};

/// The works that a document cites, once for each place, in the order in which they are written.
pub fn by<'a>(
    document: &'a Document,
    works: &'a Bibliography,
) -> impl Iterator<Item = WorkId> + 'a {
    document
        .bodies()
        .flat_map(|body| &body.citations)
        .flat_map(|citation| &citation.items)
        .filter_map(|item| works.find(&item.key.value))
}

/// The works that visible documents cite.
pub fn by_visible(topics: &[Topic], works: &Bibliography) -> BTreeSet<WorkId> {
    let written = topics
        .iter()
        .flat_map(|topic| topic.documents.iter().flatten());
    written
        .filter(|written| written.hidden.is_none())
        .flat_map(|written| by(&written.document, works))
        .collect()
}

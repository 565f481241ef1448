//! Which works are cited where.
//!
//! A key that no work has is no citation here: `@name` may be somebody's handle, and a misspelt key is
//! found by `checks::citations`.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Topic;
use crate::document::Document;
use crate::records::pickers::{Evidence, Idea};
use crate::records::{Bibliography, Records, WorkId};

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

/// The works that the visible documents of a text cite, once for the text.
pub fn by_topic(topic: &Topic, works: &Bibliography) -> BTreeSet<WorkId> {
    let written = topic.documents.iter().flatten();
    let visible = written.filter(|written| written.hidden.is_none());
    visible
        .flat_map(|written| by(&written.document, works))
        .collect()
}

/// In how many texts each work is cited by visible documents.
pub fn by_visible(topics: &[Arc<Topic>], works: &Bibliography) -> FxHashMap<WorkId, u32> {
    let mut counts = FxHashMap::default();
    if works.is_empty() {
        return counts;
    }
    let cited: Vec<_> = topics
        .par_iter()
        .flat_map_iter(|topic| by_topic(topic, works))
        .collect();
    for work in cited {
        *counts.entry(work).or_default() += 1;
    }
    counts
}

/// The works that the ideas of visible pickers rest on.
pub fn by_ideas(topics: &[Arc<Topic>], records: &Records) -> BTreeSet<WorkId> {
    let written = topics
        .iter()
        .flat_map(|topic| topic.documents.iter().flatten())
        .filter(|written| written.hidden.is_none());
    let files: BTreeSet<_> = written
        .filter_map(|written| written.document.picker_file())
        .collect();
    records
        .pickers
        .iter()
        .filter(|picker| files.contains(&picker.file))
        .flat_map(|picker| &picker.ideas)
        .flat_map(|idea| of_idea(idea, &records.works))
        .collect()
}

/// The works that an idea rests on.
pub fn of_idea<'a>(idea: &'a Idea, works: &'a Bibliography) -> impl Iterator<Item = WorkId> + 'a {
    let keys: &[_] = match &idea.evidence {
        Evidence::Works(keys) => keys,
        Evidence::Preference => &[],
    };
    keys.iter().filter_map(|key| works.find(&key.value))
}

//! What a site takes over from the one before it: the texts that are the same in both.
//!
//! [`topics::gather`](super::topics::gather) finds them; what else was worked out of such a text, its pages
//! and the files that it uses, holds for both sites as long as nothing else that it was worked out of has
//! changed. Whoever takes something over has to see to that.

use std::sync::Arc;

use super::{Site, Topic};

/// A site that was made before with the same options.
#[derive(Debug)]
pub struct Before<'a> {
    /// The site.
    pub site: &'a Site,
    /// For each text now the place that it had, as it is.
    places: Vec<Option<u32>>,
}

impl<'a> Before<'a> {
    /// Finds the texts of now, which are in the order of their paths, among those of the site before.
    pub fn new(site: &'a Site, topics: &[Arc<Topic>]) -> Self {
        let mut old = 0;
        let place = |topic: &Arc<Topic>| {
            // Mostly the same text as the next one of before, which need not be looked at to be told.
            while let Some(known) = site.topics.get(old) {
                if Arc::ptr_eq(known, topic) {
                    old += 1;
                    return Some(old as u32 - 1);
                }
                if known.path > topic.path {
                    return None;
                }
                old += 1;
            }
            None
        };
        Self {
            site,
            places: topics.iter().map(place).collect(),
        }
    }

    /// Whether it had a text of now.
    pub fn has(&self, topic: Option<usize>) -> bool {
        topic.is_some_and(|topic| self.place_of(topic).is_some())
    }

    /// The place that a text of now had, when it is the same.
    pub fn place_of(&self, topic: usize) -> Option<usize> {
        self.places
            .get(topic)
            .copied()
            .flatten()
            .map(|it| it as usize)
    }
}

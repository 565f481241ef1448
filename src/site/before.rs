//! What a site takes over from the one before it: the texts that are the same in both.
//!
//! [`topics::gather`](super::topics::gather) finds them; what else was worked out of such a text, its pages
//! and the files that it uses, holds for both sites as long as nothing else that it was worked out of has
//! changed. Whoever takes something over has to see to that.

use std::sync::Arc;

use super::{LanguageId, Page, PageKind, Site, Topic};

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

    /// Whether both make the same pages of the same texts.
    pub fn makes_the_same_pages(&self, now: &Site) -> bool {
        let falls_back = |site: &Site| -> Vec<bool> {
            let languages = site.config.languages.iter();
            languages.map(|language| language.has_fallback).collect()
        };
        let (one, other) = (self.site, now);
        one.config.language_codes() == other.config.language_codes()
            && falls_back(one) == falls_back(other)
            && Arc::ptr_eq(&one.works, &other.works)
            && one.citers.len() == other.citers.len()
            && (one.citers.iter().zip(&other.citers)).all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The page that it made of a text of now, before it has neighbours. Those that `taxonomy` makes are
    /// made anew.
    pub fn page_of(&self, topic: usize, language: LanguageId) -> Option<Page> {
        let id = self.site.edition_of(self.place_of(topic)?, language)?;
        let page = self.site.page(id);
        let is_made_here = !matches!(page.kind, PageKind::Tag | PageKind::Tags);
        is_made_here.then(|| page.without_neighbours(topic))
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

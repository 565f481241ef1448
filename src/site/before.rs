//! What a site takes over from the one before it: the texts that are the same in both.
//!
//! [`topics::gather`](super::topics::gather) finds them; what else was worked out of such a text, its pages
//! and the files that it uses, holds for both sites as long as nothing else that it was worked out of has
//! changed. Whoever takes something over has to see to that.

use std::sync::Arc;

use super::shelf::Id;
use super::{LanguageId, Page, PageKind, Site, Topic, TopicId};

/// A site that was made before with the same options.
#[derive(Debug)]
pub struct Before<'a> {
    /// The site.
    pub site: &'a Site,
    /// For each text now the id that it had, as it is.
    known: Vec<Option<TopicId>>,
}

impl<'a> Before<'a> {
    /// Finds the texts of now, which are in the order of their paths, among those of the site before.
    pub fn new(site: &'a Site, topics: &[Arc<Topic>]) -> Self {
        let mut old = site.topics.ids().peekable();
        let known = |topic: &Arc<Topic>| {
            // Mostly the same text as the next one of before, which need not be looked at to be told.
            while let Some(id) = old.peek().copied() {
                let known = site.topics.get(id);
                if Arc::ptr_eq(known, topic) {
                    old.next();
                    return Some(id);
                }
                if known.path > topic.path {
                    return None;
                }
                old.next();
            }
            None
        };
        Self {
            site,
            known: topics.iter().map(known).collect(),
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
    pub fn page_of(&self, topic: TopicId, language: LanguageId) -> Option<Page> {
        let id = self.site.edition_of(self.known(topic)?, language)?;
        let page = self.site.page(id);
        let is_made_here = !matches!(page.kind, PageKind::Tag | PageKind::Tags);
        is_made_here.then(|| page.without_neighbours(topic))
    }

    /// Whether it had a text of now.
    pub fn has(&self, topic: Option<TopicId>) -> bool {
        topic.is_some_and(|topic| self.known(topic).is_some())
    }

    /// The id that a text of now had, when it is the same.
    pub fn known(&self, topic: TopicId) -> Option<TopicId> {
        self.known.get(topic.index()).copied().flatten()
    }
}

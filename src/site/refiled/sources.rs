//! The pages of works, after an edit: a work that is cited for the first time gets one, and one that nothing
//! cites any more loses it.

use std::ops::Bound;
use std::sync::Arc;

use super::super::{LanguageId, Site, Topic, cited, conflicts, unwritten};
use crate::records::WorkId;

impl Site {
    /// Counts what a text cites now, in place of what it cited.
    pub(super) fn cite_again(&mut self, old: Option<&Topic>, new: &Topic) -> Option<()> {
        let before = old.map(|old| cited::by_topic(old, &self.works));
        let before = before.unwrap_or_default();
        let now = cited::by_topic(new, &self.works);
        for work in before.difference(&now) {
            let count = self.citing.get_mut(work)?;
            *count -= 1;
            if *count == 0 {
                self.citing.remove(work);
                self.forget(*work)?;
            }
        }
        for work in now.difference(&before) {
            let count = self.citing.entry(*work).or_default();
            *count += 1;
            if *count == 1 {
                self.show(*work)?;
            }
        }
        Some(())
    }

    /// Makes the pages of a work.
    fn show(&mut self, work: WorkId) -> Option<()> {
        Arc::make_mut(&mut self.cited).insert(work);
        for language in self.languages() {
            let edition = self.edition(language);
            // Without any source there may be no library, or one that somebody wrote.
            let (_, any) = edition.source_pages.first_key_value()?;
            let library = self.page(*any).parent?;
            let page = unwritten::source_page(self, language, library, work);
            conflicts::is_surely_free(self, &page.url).then_some(())?;
            let place = self.place_of_source(language, work)?;
            let url = page.url.clone();
            let id = self.pages.insert(place, Arc::new(page));
            self.page_by_url.insert(url, id);
            self.edition_mut(language).source_pages.insert(work, id);
        }
        Some(())
    }

    /// Takes the pages of a work away.
    fn forget(&mut self, work: WorkId) -> Option<()> {
        Arc::make_mut(&mut self.cited).remove(&work);
        for language in self.languages() {
            let id = self.edition_mut(language).source_pages.remove(&work)?;
            // The library goes with the last of them.
            if self.edition(language).source_pages.is_empty() {
                return None;
            }
            let url = self.page(id).url.clone();
            self.page_by_url.remove(&url);
            self.pages.remove(id);
        }
        Some(())
    }

    /// Where the page of a work comes among all pages: they stand together, in the order of the works.
    fn place_of_source(&self, language: LanguageId, work: WorkId) -> Option<usize> {
        let pages = &self.edition(language).source_pages;
        let mut after = pages.range((Bound::Excluded(work), Bound::Unbounded));
        match after.next() {
            Some((_, next)) => Some(self.rank(*next)),
            None => Some(self.rank(*pages.last_key_value()?.1) + 1),
        }
    }
}

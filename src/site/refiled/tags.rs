//! The tags of a page, and the pages of tags, after an edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::topics::Role;
use super::super::{LanguageId, Page, PageId, PageKind, Site, conflicts, taxonomy, tree};

impl Site {
    /// Puts a page below its tags, or takes it from all of them.
    pub(super) fn tag_again(&mut self, id: PageId, is_there: bool) -> Option<()> {
        let page = self.page(id);
        let language = page.language;
        let mut names: BTreeSet<Arc<str>> = BTreeSet::new();
        // A page that is not translated carries the tags of another language.
        if is_there && !page.is_fallback() {
            for tag in page.keys.tags.iter().flatten() {
                names.insert(taxonomy::name_of(&tag.value)?);
            }
        }
        let before = page.tags.clone();
        let mut tags = Vec::new();
        for name in names {
            let tag = match self.place_of_tag(language, &name) {
                Ok(place) => self.edition(language).tags[place],
                Err(place) => self.add_tag(language, place, &name)?,
            };
            let rank = self.rank(id);
            let children = &self.page(tag).children;
            if let Err(place) = children.binary_search_by_key(&rank, |other| self.rank(*other)) {
                self.page_mut(tag).children.insert(place, id);
            }
            tags.push(tag);
        }
        for tag in &before {
            if !tags.contains(tag) {
                self.page_mut(*tag).children.retain(|child| *child != id);
                if self.page(*tag).children.is_empty() {
                    self.remove_tag(language, *tag)?;
                } else {
                    self.name_tag(*tag);
                }
            }
        }
        for tag in &tags {
            self.name_tag(*tag);
        }
        self.page_mut(id).tags = tags;
        Some(())
    }

    fn place_of_tag(&self, language: LanguageId, name: &Arc<str>) -> Result<usize, usize> {
        let tags = &self.edition(language).tags;
        tags.binary_search_by(|tag| self.page(*tag).tag.as_ref().cmp(&Some(name)))
    }

    /// Makes a page for a tag that nothing carried.
    fn add_tag(&mut self, language: LanguageId, place: usize, name: &Arc<str>) -> Option<PageId> {
        let edition = self.edition(language);
        let list = edition.tags_page?;
        let is_unwritten = |tag: &&PageId| self.page(**tag).document.is_none();
        // Those that nobody has introduced stand after the list, in the order of their names.
        let rank = match edition.tags[place..].iter().find(is_unwritten) {
            Some(next) => self.rank(*next),
            None => {
                let last = edition.tags[..place].iter().rev().find(is_unwritten);
                self.rank(*last.unwrap_or(&list)) + 1
            }
        };
        let introductions = self.topics().filter(|topic| topic.role == Role::Tag);
        let is_introduced = introductions
            .into_iter()
            .any(|topic| topic.address.rsplit('/').next() == Some(&**name));
        let url = tree::url(self, language, &format!("tags/{name}"));
        if is_introduced || !conflicts::is_surely_free(self, &url) {
            return None;
        }
        let mut page = Page::unwritten(PageKind::Tag, url.clone(), language, "");
        page.parent = Some(list);
        page.tag = Some(Arc::clone(name));
        let tag = self.pages.insert(rank, Arc::new(page));
        self.page_by_url.insert(url, tag);
        self.page_mut(list).children.insert(place, tag);
        self.edition_mut(language).tags.insert(place, tag);
        Some(tag)
    }

    /// Takes away the page of a tag that nothing carries any more.
    fn remove_tag(&mut self, language: LanguageId, tag: PageId) -> Option<()> {
        let page = self.page(tag);
        // Its introduction waits for a page to carry it; and without tags there is no list of them.
        if page.document.is_some() || self.edition(language).tags.len() == 1 {
            return None;
        }
        let (url, list) = (page.url.clone(), page.parent?);
        self.page_by_url.remove(&url);
        self.page_mut(list).children.retain(|other| *other != tag);
        self.edition_mut(language)
            .tags
            .retain(|other| *other != tag);
        self.pages.remove(tag);
        Some(())
    }

    /// Gives a tag that nobody has introduced the name that the first page writes.
    fn name_tag(&mut self, tag: PageId) {
        let page = self.page(tag);
        let Some(name) = page.tag.as_ref().filter(|_| page.document.is_none()) else {
            return;
        };
        let title = taxonomy::as_first_written(self, name, &page.children);
        if *page.title != title {
            let page = self.page_mut(tag);
            page.title_in_small = title.to_lowercase().into();
            page.title = title.into();
        }
    }
}

//! Articles and sections that have come, gone, or are filed, tagged, shown or cited otherwise than they were.
//!
//! [`Site::refile`] changes what the pages of one text belong to: their place among their neighbours, their
//! [`tags`], the [`sources`] that they cite, their old addresses. Everything else stays as it is, so that the
//! time it takes does not grow with the site. It knows articles in sections that somebody wrote, and says no
//! to what else there is: the site is assembled then. So whatever is added to [`Site::assemble`] has either
//! to be worked out here too, or to be one more reason to say no.

mod sources;
mod tags;

use std::sync::Arc;

use super::edited::Swap;
use super::topics::{Ground, Role};
use super::{
    LanguageId, Page, PageId, PageKind, Redirect, Site, Topic, TopicId, conflicts, files, tree,
};
use crate::config::Options;
use crate::path::SourcePath;

impl Site {
    /// Puts a document in the place of another. Gives the files that it uses or used, about which it has to be
    /// decided again. `None`, and a site that is of no use any more, when the site has to be assembled. It
    /// must be one of which nothing was found in assembling.
    pub(super) fn refile(&mut self, swap: &Swap, options: &Options) -> Option<Vec<SourcePath>> {
        let codes = self.config.language_codes();
        let (path, language) = super::without_language(swap.path(), codes);
        let known = self.topic_by_path.get(&path).copied();
        let old = known.map(|id| Arc::clone(self.topics.get(id)));
        let ground = Ground {
            inputs: &self.inputs,
            codes,
            options,
            before: None,
        };
        let document = swap.new_document();
        let old = old.as_deref();
        let new = Topic::with_document(old, &path, language, document, ground, &self.defaults)?;
        if !is_plainly_filed(old, &new) {
            return None;
        }
        let has_aliases = [old, Some(&new)]
            .into_iter()
            .flatten()
            .flat_map(|topic| topic.documents.iter().flatten())
            .any(|written| written.keys.aliases.is_some());
        let is_gone = new.documents.iter().flatten().next().is_none();
        self.cite_again(old, &new)?;
        let used = files::used_by(self, &new);
        let id = self.put_topic(known, new);
        let files = files::use_again(self, id, used);
        let before: Vec<PageId> = self.pages_of(id).iter().flatten().copied().collect();
        for language in self.languages() {
            let page = match is_gone {
                true => None,
                false => tree::written_page(self, language, id),
            };
            self.refile_page(id, language, page)?;
        }
        if has_aliases {
            self.redirect_again(id, &before)?;
        }
        if is_gone {
            self.topics.remove(id);
            self.topic_by_path.remove(&path);
        }
        Some(files)
    }

    /// Puts a text in its place among all texts.
    fn put_topic(&mut self, known: Option<TopicId>, topic: Topic) -> TopicId {
        if let Some(id) = known {
            self.topics.set(id, Arc::new(topic));
            return id;
        }
        let path = topic.path.clone();
        let place = (self.topics).place_after(|id| self.topics.get(id).path < path);
        let id = self.topics.insert(place, Arc::new(topic));
        self.topic_by_path.insert(path, id);
        let places = self.topics.capacity() * self.config.languages.len();
        Arc::make_mut(&mut self.pages_by_topic).resize(places, None);
        id
    }

    /// Brings the page of a text in a language to what it is now.
    fn refile_page(
        &mut self,
        topic: TopicId,
        language: LanguageId,
        page: Option<Page>,
    ) -> Option<()> {
        match (self.edition_of(topic, language), page) {
            (None, None) => Some(()),
            (Some(id), Some(page)) => self.replace(id, page),
            (None, Some(page)) => self.add_page(topic, page),
            (Some(id), None) => self.remove_page(topic, id),
        }
    }

    /// Another page of the same text, in its place.
    fn replace(&mut self, id: PageId, mut page: Page) -> Option<()> {
        let was = self.page(id);
        let is_section = matches!(page.kind, PageKind::Home | PageKind::Section);
        let stays = match is_section {
            true => page.kind == was.kind,
            false => is_article(page.kind) && is_article(was.kind),
        };
        if !stays || page.url != was.url {
            return None;
        }
        page.parent = was.parent;
        page.children.clone_from(&was.children);
        page.tags.clone_from(&was.tags);
        if page.parent.is_some() {
            self.take_from_neighbours(id)?;
        }
        self.pages.set(id, Arc::new(page));
        if self.page(id).parent.is_some() {
            self.put_among_neighbours(id)?;
        }
        self.tag_again(id, true)
    }

    /// The page of a text that had none in its language.
    fn add_page(&mut self, topic: TopicId, mut page: Page) -> Option<()> {
        let language = page.language;
        let text = self.topic(topic);
        if !is_plain(text.role, page.kind) || !conflicts::is_surely_free(self, &page.url) {
            return None;
        }
        let folder = tree::parent_address(&text.address)?;
        let section = self.page_at(&tree::url(self, language, folder))?;
        page.parent = Some(section);
        let place = self.place_in_edition(topic, language)?;
        let url = page.url.clone();
        let id = self.pages.insert(place, Arc::new(page));
        self.page_by_url.insert(url, id);
        self.set_page_of(topic, language, Some(id));
        self.put_among_neighbours(id)?;
        self.tag_again(id, true)
    }

    fn remove_page(&mut self, topic: TopicId, id: PageId) -> Option<()> {
        let page = self.page(id);
        let (url, language) = (page.url.clone(), page.language);
        // What lies below a section that goes would be below one that nobody wrote.
        if !is_plain(self.topic(topic).role, page.kind) || !page.children.is_empty() {
            return None;
        }
        self.tag_again(id, false)?;
        self.take_from_neighbours(id)?;
        self.page_by_url.remove(&url);
        self.set_page_of(topic, language, None);
        self.pages.remove(id);
        Some(())
    }

    /// Where the page of a text comes in the order of all pages.
    fn place_in_edition(&self, topic: TopicId, language: LanguageId) -> Option<usize> {
        let rank = self.topics.rank(topic);
        let page_at = |place: usize| {
            let id = self.edition_of(self.topics.id_at(place), language)?;
            // Those of tags come after all others.
            let is_in_order = !matches!(self.page(id).kind, PageKind::Tag | PageKind::Tags);
            is_in_order.then(|| self.rank(id))
        };
        let next = (rank + 1..self.topics.len()).find_map(page_at);
        next.or_else(|| Some((0..rank).rev().find_map(page_at)? + 1))
    }

    /// Puts a page where it belongs among those of its section, after its title or its `order` has changed.
    pub(super) fn file_again(&mut self, id: PageId) -> Option<()> {
        self.take_from_neighbours(id)?;
        self.put_among_neighbours(id)
    }

    /// The section of a page, as long as it lists what is in its folder and nothing else. One that nobody
    /// wrote may come and go with its pages.
    fn section_of(&self, id: PageId) -> Option<PageId> {
        let section = self.page(id).parent?;
        let page = self.page(section);
        let is_sure = match page.kind {
            PageKind::Home => true,
            PageKind::Section => page.document.is_some(),
            _ => false,
        };
        is_sure.then_some(section)
    }

    fn take_from_neighbours(&mut self, id: PageId) -> Option<()> {
        let section = self.section_of(id)?;
        let page = self.page(id);
        let (previous, next) = (page.previous, page.next);
        let children = &self.page(section).children;
        let place = children.iter().position(|child| *child == id)?;
        self.page_mut(section).children.remove(place);
        self.join(previous, next);
        let page = self.page_mut(id);
        page.previous = None;
        page.next = None;
        Some(())
    }

    fn put_among_neighbours(&mut self, id: PageId) -> Option<()> {
        let section = self.section_of(id)?;
        let page = self.page(id);
        let children = &self.page(section).children;
        let place = children.partition_point(|other| self.page(*other).rank() < page.rank());
        let is_content = |other: &&PageId| self.page(**other).kind.is_content();
        let previous = children[..place].iter().rev().find(is_content).copied();
        let next = children[place..].iter().find(is_content).copied();
        let has_neighbours = page.kind.is_content();
        self.page_mut(section).children.insert(place, id);
        if has_neighbours {
            self.join(previous, Some(id));
            self.join(Some(id), next);
        }
        Some(())
    }

    /// Makes two pages neighbours, as far as they are there.
    fn join(&mut self, one: Option<PageId>, next: Option<PageId>) {
        if let Some(one) = one {
            self.page_mut(one).next = next;
        }
        if let Some(next) = next {
            self.page_mut(next).previous = one;
        }
    }

    /// Gathers the old addresses of a text's pages again. `before` are the pages that it had.
    fn redirect_again(&mut self, topic: TopicId, before: &[PageId]) -> Option<()> {
        let now: Vec<PageId> = self.pages_of(topic).iter().flatten().copied().collect();
        let mut redirects = (*self.redirects).clone();
        redirects.retain(|redirect| !before.contains(&redirect.to));
        self.redirects = Arc::new(redirects);
        let mut findings = Vec::new();
        for id in now {
            for redirect in conflicts::redirects_to(self, id, &mut findings) {
                if !conflicts::is_surely_free(self, &redirect.from) {
                    return None;
                }
                let rank = self.rank(redirect.to);
                let place = |known: &Redirect| self.rank(known.to) <= rank;
                let place = self.redirects.partition_point(place);
                Arc::make_mut(&mut self.redirects).insert(place, redirect);
            }
        }
        findings.is_empty().then_some(())
    }
}

/// Whether a text is an article, or a section that nothing hides: a hidden one takes along what is in it.
/// What lies in a hidden section is told by that this has no page.
fn is_plainly_filed(old: Option<&Topic>, new: &Topic) -> bool {
    let is_shown = |topic: &Topic| {
        let mut written = topic.documents.iter().flatten();
        written.all(|written| written.hidden.is_none())
    };
    match new.role {
        Role::Page => true,
        Role::Index => is_shown(new) && old.is_none_or(is_shown),
        Role::Tag | Role::Tags => false,
    }
}

/// Whether a page is an article, or a section that is one by the name of its file alone.
fn is_plain(role: Role, kind: PageKind) -> bool {
    match role {
        Role::Page => is_article(kind),
        Role::Index => kind == PageKind::Section,
        Role::Tag | Role::Tags => false,
    }
}

/// Whether a page of this kind is made of its own text and listed in its section, and no more.
fn is_article(kind: PageKind) -> bool {
    match kind {
        PageKind::Article
        | PageKind::Page
        | PageKind::Faq
        | PageKind::Glossary
        | PageKind::Help
        | PageKind::Promises => true,
        PageKind::Home
        | PageKind::Section
        | PageKind::Picker
        | PageKind::PickerList
        | PageKind::People
        | PageKind::Person
        | PageKind::Sources
        | PageKind::Source
        | PageKind::Tags
        | PageKind::Tag
        | PageKind::NotFound => false,
    }
}

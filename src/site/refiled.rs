//! Articles that have come, gone, or are filed, tagged, shown or cited otherwise than they were.
//!
//! [`Site::refile`] changes what the pages of one text belong to: their place among their neighbours, their
//! tags, their old addresses. Everything else stays as it is, so that the time it takes does not grow with
//! the site. It knows articles in sections that somebody wrote, and says no to what else there is: the site
//! is assembled then. So whatever is added to [`Site::assemble`] has either to be worked out here too, or to
//! be one more reason to say no.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::edited::Swap;
use super::topics::{Ground, Role};
use super::{
    LanguageId, Page, PageId, PageKind, Redirect, Site, Topic, TopicId, cited, conflicts, files,
    taxonomy, tree,
};
use crate::config::Options;
use crate::path::SourcePath;
use crate::records::WorkId;

impl Site {
    /// Puts a document in the place of another. `None`, and a site that is of no use any more, when the site
    /// has to be assembled. It must be one of which nothing was found in assembling.
    pub(super) fn refile(&mut self, swap: &Swap, options: &Options) -> Option<()> {
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
        let new = Topic::with_document(
            old.as_deref(),
            &path,
            language,
            document,
            ground,
            &self.defaults,
        )?;
        if !self.is_plainly_filed(old.as_deref(), &new)
            || !self.cites_what_is_cited(old.as_deref(), &new)
            || !self.uses_what_is_used(known, old.as_deref(), &new)
        {
            return None;
        }
        let has_aliases = [old.as_deref(), Some(&new)]
            .into_iter()
            .flatten()
            .flat_map(|topic| topic.documents.iter().flatten())
            .any(|written| written.keys.aliases.is_some());
        let is_gone = new.documents.iter().flatten().next().is_none();
        let id = self.put_topic(known, new);
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
            self.used_by_topic.remove(&id);
        }
        Some(())
    }

    /// Puts a text in its place among all texts.
    fn put_topic(&mut self, known: Option<TopicId>, topic: Topic) -> TopicId {
        let used = files::used_by(self, &topic);
        let id = match known {
            Some(id) => {
                self.topics.set(id, Arc::new(topic));
                id
            }
            None => {
                let path = topic.path.clone();
                let place = (self.topics).place_after(|id| self.topics.get(id).path < path);
                let id = self.topics.insert(place, Arc::new(topic));
                self.topic_by_path.insert(path, id);
                let places = self.topics.capacity() * self.config.languages.len();
                Arc::make_mut(&mut self.pages_by_topic).resize(places, None);
                id
            }
        };
        match used {
            Some(used) => self.used_by_topic.insert(id, used),
            None => self.used_by_topic.remove(&id),
        };
        id
    }

    /// Whether a text is an article, or a section that stays one, and stands in no section that is hidden.
    fn is_plainly_filed(&self, old: Option<&Topic>, new: &Topic) -> bool {
        let mut above = Some(new.path.folder());
        let mut folders = std::iter::from_fn(|| {
            let folder = above?;
            above = folder.rsplit_once('/').map(|(folder, _)| folder);
            Some(folder)
        });
        let is_hidden = |folder: &str| {
            let index = SourcePath::new(&format!("{folder}/_index.md"));
            let index = index.and_then(|path| self.topic_by_path.get(&path));
            let mut written = index
                .into_iter()
                .flat_map(|id| self.topic(*id).documents.iter().flatten());
            written.next().is_some_and(|first| first.hidden.is_some())
        };
        let is_shown = |topic: &Topic| {
            let mut written = topic.documents.iter().flatten();
            written.all(|written| written.hidden.is_none())
        };
        let is_filed = match new.role {
            Role::Page => true,
            Role::Index => is_shown(new) && old.is_some_and(is_shown),
            Role::Tag | Role::Tags => false,
        };
        is_filed && !folders.any(is_hidden)
    }

    /// Whether the same works are cited on the site as before: each has a page.
    fn cites_what_is_cited(&self, old: Option<&Topic>, new: &Topic) -> bool {
        let by = |topic: &Topic| -> BTreeSet<WorkId> {
            let written = topic.documents.iter().flatten();
            let visible = written.filter(|written| written.hidden.is_none());
            visible
                .flat_map(|written| cited::by(&written.document, &self.works))
                .collect()
        };
        let (old, now) = (old.map(by).unwrap_or_default(), by(new));
        let mut gone = old.difference(&now);
        now.is_subset(&self.cited)
            && gone.all(|work| {
                let mut others = self.topics().filter(|topic| topic.path != new.path);
                others.any(|topic| by(topic).contains(work))
            })
    }

    /// Whether the same files are published as before.
    fn uses_what_is_used(&self, id: Option<TopicId>, old: Option<&Topic>, new: &Topic) -> bool {
        let old = old.and(id).and_then(|id| self.used_by_topic.get(&id));
        let now = files::used_by(self, new);
        if old == now.as_ref() {
            return true;
        }
        let set = |used: Option<&files::Used>| -> BTreeSet<(SourcePath, bool)> {
            used.into_iter()
                .flat_map(|used| used.iter())
                .cloned()
                .collect()
        };
        let (old, now) = (set(old), set(now.as_ref()));
        let by_others = |used: &(SourcePath, bool)| {
            let mut others = self
                .used_by_topic
                .iter()
                .filter(|(other, _)| Some(**other) != id);
            others.any(|(_, theirs)| theirs.contains(used))
        };
        let is_as_it_was = |used: &(SourcePath, bool)| {
            let (path, is_hidden) = used;
            self.file_address(path).is_none()
                || (self.files.contains_key(path) && (*is_hidden || by_others(used)))
        };
        old.symmetric_difference(&now).all(is_as_it_was)
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
            (None, Some(page)) => self.add_article(topic, page),
            (Some(id), None) => self.remove_article(topic, id),
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
    fn add_article(&mut self, topic: TopicId, mut page: Page) -> Option<()> {
        let language = page.language;
        let text = self.topic(topic);
        if text.role != Role::Page
            || !is_article(page.kind)
            || !conflicts::is_surely_free(self, &page.url)
        {
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

    fn remove_article(&mut self, topic: TopicId, id: PageId) -> Option<()> {
        let page = self.page(id);
        let (url, language) = (page.url.clone(), page.language);
        if self.topic(topic).role != Role::Page || !is_article(page.kind) {
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

    /// Puts a page below its tags, or takes it from all of them.
    fn tag_again(&mut self, id: PageId, is_there: bool) -> Option<()> {
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

/// Whether a page of this kind is made of its own text and listed in its section, and no more.
fn is_article(kind: PageKind) -> bool {
    match kind {
        PageKind::Article
        | PageKind::Page
        | PageKind::Faq
        | PageKind::Help
        | PageKind::Promises => true,
        PageKind::Home
        | PageKind::Section
        | PageKind::Glossary
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

//! A page: what its text decides, and its links to other pages.
//!
//! To add something that a page knows: a field here, `None` or empty in [`Page::unwritten`], and taken over in
//! [`Page::without_neighbours`] when the text of the page alone decides it.

use std::sync::Arc;

use super::{LanguageId, PageId, PageKind, Picks, TopicId};
use crate::document::{Document, FrontMatter};
use crate::path::UrlPath;
use crate::records::WorkId;

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its kind.
    pub kind: PageKind,
    /// Where it is served.
    pub url: UrlPath,
    /// The language of the edition it belongs to.
    pub language: LanguageId,
    /// The language of its text: another one on a page that is not translated yet.
    pub text_language: LanguageId,
    /// What it was made of; `None` for pages that nobody wrote, such as the list of tags.
    pub document: Option<Arc<Document>>,
    /// Its keys, with those of its folder's `_defaults.yaml`.
    pub keys: Arc<FrontMatter>,
    /// Its title.
    pub title: Arc<str>,
    /// The title in small letters, by which it has its place among its neighbours.
    pub(super) title_in_small: Arc<str>,
    /// Its place among its neighbours, before the title counts.
    pub(super) order: i64,
    /// One or two sentences about it, without marks of citations; may be empty.
    pub description: Arc<str>,
    /// The same text in all languages, when somebody wrote it.
    pub topic: Option<TopicId>,
    /// The page above it; `None` for a front page.
    pub parent: Option<PageId>,
    /// The pages below it, in order: on front pages, sections and lists.
    pub children: Vec<PageId>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// The pages of its tags, in the order of the tags' names.
    pub tags: Vec<PageId>,
    /// The last part of the address of a page of kind `tag`.
    pub tag: Option<Arc<str>>,
    /// The person that a page of kind `person` is about, by the place in [`Site::people`].
    pub person: Option<usize>,
    /// The work that a page of kind `source` is about.
    pub source: Option<WorkId>,
    /// What a page of kind `picker` or `picker-list` lets readers choose from.
    pub picks: Option<Picks>,
}

impl Page {
    /// True when it repeats the first language because nobody has translated it yet.
    pub fn is_fallback(&self) -> bool {
        self.language != self.text_language
    }

    /// The discreet title; the title when there is none.
    pub fn short_title(&self) -> &str {
        self.keys
            .short_title
            .as_ref()
            .map_or(&self.title, |title| &title.value)
    }

    /// One or two sentences about it; may be empty.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// A page that nobody wrote.
    pub(super) fn unwritten(
        kind: PageKind,
        url: UrlPath,
        language: LanguageId,
        title: impl Into<Arc<str>>,
    ) -> Self {
        let title = title.into();
        Page {
            kind,
            url,
            language,
            text_language: language,
            document: None,
            keys: Arc::default(),
            title_in_small: title.to_lowercase().into(),
            title,
            order: i64::MAX,
            description: Arc::default(),
            topic: None,
            parent: None,
            children: Vec::new(),
            previous: None,
            next: None,
            tags: Vec::new(),
            tag: None,
            person: None,
            source: None,
            picks: None,
        }
    }

    /// The page that stays of one before: all that its own text decides, and no neighbours.
    pub(super) fn without_neighbours(&self, topic: TopicId) -> Self {
        Self {
            kind: self.kind,
            url: self.url.clone(),
            language: self.language,
            text_language: self.text_language,
            document: self.document.clone(),
            keys: Arc::clone(&self.keys),
            title: Arc::clone(&self.title),
            title_in_small: Arc::clone(&self.title_in_small),
            order: self.order,
            description: Arc::clone(&self.description),
            topic: Some(topic),
            parent: None,
            children: Vec::new(),
            previous: None,
            next: None,
            // Those of the site before; `taxonomy` puts those of now.
            tags: self.tags.clone(),
            tag: None,
            person: None,
            source: None,
            picks: None,
        }
    }

    /// Its place among its neighbours: pages with an `order` first, then by title.
    pub(super) fn rank(&self) -> (i64, &str, &UrlPath) {
        (self.order, &self.title_in_small, &self.url)
    }

    /// Works out its place anew, by its title and its keys.
    pub(super) fn set_rank(&mut self) {
        self.order = self.keys.order.unwrap_or(i64::MAX);
        self.title_in_small = self.title.to_lowercase().into();
    }
}

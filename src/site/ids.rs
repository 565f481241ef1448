//! What pages, texts and languages are called.

use super::shelf::Id;

/// A page of the site. Ids say nothing about the order of pages; [`Site::rank`](super::Site::rank) does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PageId(u32);

/// A text of the site, with all its languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TopicId(u32);

/// A language of the site, by its place in [`Config::languages`](crate::config::Config::languages).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub usize);

impl Id for PageId {
    fn new(index: usize) -> Self {
        Self(index as u32)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

impl Id for TopicId {
    fn new(index: usize) -> Self {
        Self(index as u32)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

impl LanguageId {
    /// The language that all content is written in first.
    pub const FIRST: LanguageId = LanguageId(0);
}

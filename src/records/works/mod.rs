//! The works that articles cite: the bibliography, and what is known of each work beside it.
//!
//! Bibliographic data comes as Zotero, JabRef and others export it: `content/references.bib`
//! ([`bibtex`]), `content/references.json` (CSL-JSON, [`csl_json`]) or `content/references.yaml`
//! (Hayagriva YAML, [`hayagriva`]); a site may have several of them. Whatever the form, a work becomes
//! a CSL-JSON item, which is what styles work on. What such programs do not know, how strong the
//! evidence is, in whom it was found, who verified the details, stands in `content/evidence.yaml`
//! ([`evidence`]), so that an export can be put in the place of the old one at any time.
//!
//! [`checks`] looks for what is wrong with the works themselves, and [`export`] writes them out again.
//! This room knows no page and no style.

pub mod evidence;
pub mod export;

use std::ops::Range;

use citationberg::json::Item;
use rustc_hash::FxHashMap;

use crate::data::Spanned;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::source::Inputs;

pub use evidence::Evidence;

/// A work, by its place in [`Bibliography::works`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(pub u32);

impl WorkId {
    /// Its place in [`Bibliography::works`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A work: an article, a book, a page of the web.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// The key that articles cite it by, where it is written.
    pub key: Spanned<String>,
    /// The file that describes it.
    pub file: SourcePath,
    /// Its part of addresses and ids: the key as a slug, unique among all works.
    pub slug: String,
    /// Its bibliographic data. Details that [`Evidence::unsure`] names are left out.
    pub item: Item,
    /// Where fields are written in `file`, by their CSL names.
    pub fields: Vec<(String, Range<usize>)>,
    /// What is known of it beside its bibliographic data.
    pub evidence: Evidence,
}

impl Work {
    /// A field as text: a number counts as its digits; empty when it is not there.
    pub fn text(&self, field: &str) -> String {
        let value = self.item.0.get(field);
        value
            .and_then(|value| value.to_str())
            .map_or_else(String::new, |text| text.into_owned())
    }

    /// Its title as plain text, without the HTML that CSL-JSON allows; empty when it has none.
    pub fn title(&self) -> String {
        let written = self.text("title");
        let mut title = String::new();
        let mut rest = written.as_str();
        while let Some(start) = rest.find('<') {
            let (before, element) = rest.split_at(start);
            title.push_str(before);
            let is_element =
                element[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            let end = element.find('>').filter(|_| is_element);
            let length = end.map_or(1, |end| end + 1);
            if end.is_none() {
                title.push('<');
            }
            rest = &element[length..];
        }
        title + rest
    }

    /// Where a field is written; the key when it is not written.
    pub fn span_of(&self, field: &str) -> Range<usize> {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| name == field)
            .map_or_else(|| self.key.span.clone(), |(_, span)| span.clone())
    }
}

/// All works of a site, by key.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bibliography {
    works: Vec<Work>,
    by_key: FxHashMap<String, WorkId>,
}

impl Bibliography {
    /// Of works with different keys. They are put in the order of their keys.
    pub fn new(mut works: Vec<Work>) -> Self {
        works.sort_by(|a, b| a.key.value.cmp(&b.key.value));
        let by_key = works
            .iter()
            .enumerate()
            .map(|(index, work)| (work.key.value.clone(), WorkId(index as u32)))
            .collect();
        Self { works, by_key }
    }

    /// All works, in the order of their keys.
    pub fn works(&self) -> &[Work] {
        &self.works
    }

    /// The ids of all works, in the order of their keys.
    pub fn ids(&self) -> impl Iterator<Item = WorkId> + use<> {
        (0..self.works.len() as u32).map(WorkId)
    }

    /// A work.
    pub fn work(&self, id: WorkId) -> &Work {
        &self.works[id.index()]
    }

    /// The work with a key.
    pub fn find(&self, key: &str) -> Option<WorkId> {
        self.by_key.get(key).copied()
    }

    /// True when the site has no works.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }
}

/// Reads all files that describe works. A site without such files has no works and no findings.
pub fn read(_inputs: &Inputs, _findings: &mut Vec<Diagnostic>) -> Bibliography {
    Bibliography::default()
}

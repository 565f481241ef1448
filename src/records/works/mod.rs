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
//!
//! To add a form of bibliography: a file like [`csl_json`] with a function `read`, and a line in
//! [`FORMS`].

mod address;
mod bibtex;
mod checks;
mod csl_json;
mod dates;
mod doi;
pub mod evidence;
pub mod export;
pub(crate) mod hayagriva;
mod isbn;
mod names;
mod variables;

use std::collections::BTreeMap;
use std::ops::Range;

use citationberg::json::{Item, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::data::Spanned;
use crate::diagnostic::Diagnostic;
use crate::document::slug;
use crate::path::SourcePath;
use crate::source::Inputs;

pub use evidence::Evidence;

/// Reads the text of a file that describes works.
type Read = fn(&SourcePath, &str, &mut Vec<Diagnostic>) -> Vec<Work>;

/// The files that describe works, each with what reads it.
const FORMS: [(&str, Read); 3] = [
    ("content/references.bib", bibtex::read),
    ("content/references.json", csl_json::read),
    ("content/references.yaml", hayagriva::read),
];

/// What CSL-JSON may hold as markup in text.
const MARKUP: [&str; 9] = [
    "<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>", "<sub>", "</sub>", "</span>",
];

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
    /// A work of which no more than the key is known.
    fn new(key: Spanned<String>, file: &SourcePath) -> Self {
        let id = Value::String(key.value.clone());
        Self {
            key,
            file: file.clone(),
            slug: String::new(),
            item: Item(BTreeMap::from([("id".to_owned(), id)])),
            fields: Vec::new(),
            evidence: Evidence::default(),
        }
    }

    /// False when no more than its key could be read, which was reported.
    pub fn is_known(&self) -> bool {
        self.item.0.len() > 1
    }

    /// A field as plain text: a number counts as its digits, and markup such as `<i>` is left out;
    /// empty when it is not there.
    pub fn text(&self, field: &str) -> String {
        let value = self.item.0.get(field);
        value
            .and_then(|value| value.to_str())
            .map_or_else(String::new, |text| without_markup(&text))
    }

    /// True when it has a field.
    pub fn has(&self, field: &str) -> bool {
        self.item.0.contains_key(field)
    }

    /// The year in which it appeared.
    pub fn year(&self) -> Option<i16> {
        match self.item.0.get("issued")? {
            Value::Date(date) => dates::year(date),
            Value::String(_) | Value::Number(_) | Value::Names(_) => None,
        }
    }

    fn set(&mut self, field: &str, value: Value, span: Range<usize>) {
        self.item.0.insert(field.to_owned(), value);
        self.fields.push((field.to_owned(), span));
    }

    /// Sets a field, when there is something to set.
    fn set_text(&mut self, field: &str, text: impl Into<String>, span: Range<usize>) {
        let text = text.into();
        if !text.is_empty() {
            self.set(field, Value::String(text), span);
        }
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
    is_evidence_broken: bool,
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
        Self {
            works,
            by_key,
            is_evidence_broken: false,
        }
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

    /// True when `content/evidence.yaml` could not be read, so that nobody knows what it says of a work.
    pub fn is_evidence_broken(&self) -> bool {
        self.is_evidence_broken
    }

    /// True when the site has no works.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }
}

/// Reads all files that describe works. A site without such files has no works and no findings.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Bibliography {
    let mut works = Vec::new();
    for (name, read) in FORMS {
        if let Some(path) = SourcePath::new(name)
            && let Some(text) = inputs.text_of(&path)
        {
            works.extend(read(&path, text, findings));
        }
    }
    let mut works = checks::without_duplicates(works, findings);
    works.sort_by(|a, b| a.key.value.cmp(&b.key.value));
    set_slugs(&mut works);
    let is_evidence_broken = match evidence::read(inputs, &mut works, findings) {
        evidence::Outcome::Read => false,
        evidence::Outcome::Broken => true,
    };
    checks::check(&works, is_evidence_broken, findings);
    Bibliography {
        is_evidence_broken,
        ..Bibliography::new(works)
    }
}

/// True for a file that [`read`] looks at.
pub fn is_read_from(path: &SourcePath) -> bool {
    is_bibliography(path) || path.as_str() == evidence::FILE
}

/// True for a file that describes works.
pub fn is_bibliography(path: &SourcePath) -> bool {
    FORMS.iter().any(|(name, _)| *name == path.as_str())
}

/// Gives each work a slug of its own, in the order of the keys.
fn set_slugs(works: &mut [Work]) {
    let mut taken = FxHashSet::default();
    // A key that is its own slug has the first right to it.
    for work in works.iter() {
        if slug(&work.key.value) == work.key.value {
            taken.insert(work.key.value.clone());
        }
    }
    for work in works {
        let plain = slug(&work.key.value);
        if !plain.is_empty() && plain == work.key.value {
            work.slug = plain;
            continue;
        }
        let plain = if plain.is_empty() { "work" } else { &plain };
        let mut unique = plain.to_owned();
        let mut number = 2;
        while !taken.insert(unique.clone()) {
            unique = format!("{plain}-{number}");
            number += 1;
        }
        work.slug = unique;
    }
}

/// Text without the markup of CSL-JSON.
fn without_markup(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let span = rest
            .strip_prefix("<span ")
            .and_then(|_| rest.find('>'))
            .map(|end| end + 1);
        let tag = MARKUP.iter().find(|tag| rest.starts_with(**tag));
        match span.or(tag.map(|tag| tag.len())) {
            Some(length) => rest = &rest[length..],
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(key: &str) -> Work {
        let path = SourcePath::new("content/references.bib").expect("sound");
        Work::new(Spanned::new(key.to_owned(), 0..0), &path)
    }

    #[test]
    fn slugs_are_unique_and_never_empty() {
        let mut works: Vec<_> = [
            "!", "?", "DOE_2014", "Doe2014", "doe-2014", "doe2014", "Ünal",
        ]
        .into_iter()
        .map(work)
        .collect();
        set_slugs(&mut works);
        let slugs: Vec<_> = works.iter().map(|work| work.slug.as_str()).collect();
        assert_eq!(
            slugs,
            [
                "work",
                "work-2",
                "doe-2014-2",
                "doe2014-2",
                "doe-2014",
                "doe2014",
                "unal"
            ]
        );
    }

    #[test]
    fn plain_text_has_no_markup_and_keeps_its_signs() {
        let mut work = work("a");
        work.set_text(
            "title",
            "<i>In vitro</i> CO<sub>2</sub> <span class=\"nocase\">p</span> < .05",
            0..1,
        );
        assert_eq!(work.text("title"), "In vitro CO2 p < .05");
    }
}

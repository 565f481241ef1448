//! The site after an edit: other words on pages, another theme, other settings; and, by [`super::refiled`],
//! articles that have come, gone, or are filed or tagged otherwise.
//!
//! [`Site::edited`] gives what [`Site::assemble`] would give, and takes over all that the edit cannot
//! have changed, so that the time it takes does not grow with the site. It says no as soon as it cannot be
//! sure, and then the site is assembled. There is no list of what depends on what to keep up:
//! whatever else templates and checks look at is looked up when a page is rendered.
//!
//! To let another kind of edit through: it must leave everything equal that [`is_alike`] and [`is_built_alike`] compare, or
//! [`Site::edited`] must work out anew what it changes. `tests/suite/law.rs` holds both against each other.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::topics::{Role, Written, with_defaults};
use super::{
    LanguageId, PageId, PageKind, Parts, Site, cited, files, glossary, reviews, translations, tree,
    unwritten, visibility,
};
use crate::config::{Config, Options};
use crate::data::Spanned;
use crate::document::Document;
use crate::path::SourcePath;
use crate::records::{Bibliography, Person, WorkId};

/// With more texts filed otherwise than this, it is quicker to assemble the site.
const MOST: usize = 200;

/// A document in the place of another, one that has come, or one that has gone.
#[derive(Debug, Clone)]
pub struct Swap {
    path: SourcePath,
    old: Option<Arc<Document>>,
    new: Option<Arc<Document>>,
}

impl Swap {
    /// `None` when nothing comes and nothing goes.
    pub fn new(old: Option<Arc<Document>>, new: Option<Arc<Document>>) -> Option<Self> {
        let path = new.as_ref().or(old.as_ref())?.path.clone();
        Some(Self { path, old, new })
    }

    /// What is there, if anything is.
    pub(super) fn new_document(&self) -> Option<&Arc<Document>> {
        self.new.as_ref()
    }

    /// The file.
    pub(super) fn path(&self) -> &SourcePath {
        &self.path
    }

    /// When it has its turn among several: what has gone makes way for what has come, a section comes before
    /// what lies in it, and goes after it.
    fn turn(&self) -> (bool, bool, usize) {
        let has_come = self.new.is_some();
        let is_section = self.path.file_name().starts_with("_index.");
        let depth = self.path.as_str().matches('/').count();
        match has_come {
            false => (has_come, is_section, usize::MAX - depth),
            true => (has_come, !is_section, depth),
        }
    }

    /// What was there and what is there.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.old.iter().chain(&self.new)
    }
}

impl Site {
    /// The site with other parts, documents and files; `None` when it has to be assembled. The options are
    /// those that it was made with. Pages and files come, go and move only when `moves` says so: not while
    /// something was found in assembling, which may hold no longer then.
    pub fn edited(
        &self,
        parts: &Parts<'_>,
        swaps: &[Swap],
        changed: &[SourcePath],
        moves: bool,
    ) -> Option<Self> {
        if !is_built_alike(self, parts) {
            return None;
        }
        let mut site = self.with_parts(parts);
        site.name_unwritten_pages();
        if !Arc::ptr_eq(&self.works, &site.works) || !are_all_the_same(&self.citers, &site.citers) {
            site.describe_works_again();
        }
        let mut others = Vec::new();
        for swap in swaps {
            let words = swap.new.as_ref();
            if words.and_then(|new| site.put(new, parts.options)).is_none() {
                others.push(swap);
            }
        }
        if others.len() > MOST || (!moves && !others.is_empty()) {
            return None;
        }
        others.sort_by_key(|swap| swap.turn());
        let mut files: BTreeSet<SourcePath> = changed.iter().cloned().collect();
        for swap in others {
            files.extend(site.refile(swap, parts.options)?);
        }
        // What has gone makes way for what has come.
        let (here, gone): (Vec<_>, Vec<_>) =
            (files.iter()).partition(|path| site.inputs.file(path).is_some());
        for path in gone.into_iter().chain(here) {
            files::decide_again(&mut site, path, moves)?;
        }
        let defines =
            |swap: &Swap| self.defines_terms(&swap.path) || site.defines_terms(&swap.path);
        if swaps.iter().any(defines) {
            site.glossaries = Arc::new(glossary::gather(&site));
        }
        Some(site)
    }

    /// Whether a file is a page of a glossary.
    fn defines_terms(&self, path: &SourcePath) -> bool {
        let topic = self.topic_of(path);
        let pages = topic.map_or(&[][..], |topic| self.pages_of(topic));
        let mut pages = pages.iter().flatten();
        pages.any(|id| self.page(*id).kind == PageKind::Glossary)
    }

    /// The same pages, of other parts.
    fn with_parts(&self, parts: &Parts<'_>) -> Self {
        let records = parts.records;
        let reviews = match Arc::ptr_eq(&self.reviews, &records.reviews) {
            true => Arc::clone(&self.last_review),
            false => Arc::new(reviews::last_of_each(&records.reviews)),
        };
        let translations = match Arc::ptr_eq(&self.translations, &records.translations) {
            true => Arc::clone(&self.translation_by_page),
            false => Arc::new(translations::by_page(&records.translations)),
        };
        Self {
            config: Arc::clone(parts.config),
            theme: Arc::clone(parts.theme),
            inputs: Arc::clone(parts.inputs),
            people: Arc::clone(&records.people),
            reviews: Arc::clone(&records.reviews),
            translations: Arc::clone(&records.translations),
            regions: Arc::clone(&records.regions),
            pickers: Arc::clone(&records.pickers),
            coverage: records.coverage.clone(),
            wording: Arc::clone(&records.wording),
            own_words: Arc::clone(&records.own_words),
            spelling: records.spelling.clone(),
            works: Arc::clone(&records.works),
            cited: Arc::clone(&self.cited),
            citing: self.citing.clone(),
            today: self.today,
            citers: records.citers.clone(),
            pages: self.pages.clone(),
            editions: Arc::clone(&self.editions),
            redirects: Arc::clone(&self.redirects),
            files: self.files.clone(),
            file_findings: self.file_findings.clone(),
            uses: self.uses.clone(),
            used_by_topic: self.used_by_topic.clone(),
            glossaries: Arc::clone(&self.glossaries),
            topics: self.topics.clone(),
            pages_by_topic: Arc::clone(&self.pages_by_topic),
            defaults: Arc::clone(&self.defaults),
            topic_by_path: self.topic_by_path.clone(),
            page_by_url: self.page_by_url.clone(),
            last_review: reviews,
            translation_by_page: translations,
            names: OnceLock::new(),
            names_in_texts: OnceLock::new(),
        }
    }

    /// Gives the pages that nobody wrote the names that settings, theme and people give them.
    fn name_unwritten_pages(&mut self) {
        for language in self.languages() {
            let edition = self.edition(language);
            let people = edition.person_pages.clone();
            let list = people.first().and_then(|id| self.page(*id).parent);
            let words = self.theme.words(self.language_code(language));
            let site = self.config.languages[language.0].title.clone();
            let mut names = vec![
                (Some(edition.home), site),
                (
                    Some(edition.not_found),
                    words.text("title_of_not_found").to_owned(),
                ),
                (edition.tags_page, words.text("title_of_tags").to_owned()),
                (
                    edition.sources_page,
                    words.text("title_of_sources").to_owned(),
                ),
                (list, words.text("title_of_people").to_owned()),
            ];
            let persons = people.iter().zip(self.people.iter());
            names.extend(persons.map(|(id, person)| (Some(*id), person.name.clone())));
            for (id, name) in names {
                let Some(id) = id.filter(|id| self.page(*id).document.is_none()) else {
                    continue;
                };
                if *self.page(id).title != name {
                    let page = self.page_mut(id);
                    page.title = name.into();
                    page.set_rank();
                }
            }
        }
    }

    /// Says again what pages say of works.
    fn describe_works_again(&mut self) {
        for language in self.languages() {
            for (work, id) in self.edition(language).source_pages.clone() {
                let Some(library) = self.page(id).parent else {
                    continue;
                };
                let now = unwritten::source_page(self, language, library, work);
                let page = self.page_mut(id);
                page.title = now.title;
                page.title_in_small = now.title_in_small;
                page.description = now.description;
            }
        }
        for id in self.ids() {
            let page = self.page(id);
            let Some(document) = page.document.as_ref().filter(|it| it.description.is_some())
            else {
                continue;
            };
            let now = tree::description(self, page.language, &page.keys, document);
            self.page_mut(id).description = now.into();
        }
    }

    /// Puts a document in the place of the one with the same path.
    fn put(&mut self, document: &Arc<Document>, options: &Options) -> Option<()> {
        let codes = self.config.language_codes();
        let (path, language) = super::without_language(&document.path, codes);
        let at = *self.topic_by_path.get(&path)?;
        let topic = self.topic(at);
        if !matches!(topic.role, Role::Page | Role::Index) {
            return None;
        }
        let old = topic.documents[language].as_ref()?;
        let new = Written {
            document: Arc::clone(document),
            keys: with_defaults(&document.front_matter, &path, &self.defaults),
            hidden: old.hidden,
        };
        if old.document.path != document.path || !is_alike(self, old, &new, options) {
            return None;
        }
        let pages: Vec<PageId> = self
            .pages_of(at)
            .iter()
            .flatten()
            .copied()
            .filter(|id| self.page(*id).text_language == LanguageId(language))
            .collect();
        for id in pages {
            self.rewrite(id, &new)?;
        }
        self.topics.get_mut(at).documents[language] = Some(new);
        Some(())
    }

    /// Gives a page its new words, and its place among its neighbours.
    fn rewrite(&mut self, id: PageId, written: &Written) -> Option<()> {
        let page = self.page(id);
        let (language, parent) = (page.language, page.parent);
        let topic = self.topic(page.topic?);
        let title = tree::title(&written.document.front_matter, &topic.address);
        let description = tree::description(self, language, &written.keys, &written.document);
        let (order, in_small) = (page.order, Arc::clone(&page.title_in_small));
        let page = self.page_mut(id);
        page.title = title.into();
        page.description = description.into();
        page.document = Some(Arc::clone(&written.document));
        page.keys = Arc::clone(&written.keys);
        page.set_rank();
        if page.order == order && page.title_in_small == in_small {
            return Some(());
        }
        match parent {
            Some(_) => self.file_again(id),
            None => Some(()),
        }
    }
}

/// Whether other parts make the same pages in the same places, whatever these say.
fn is_built_alike(site: &Site, parts: &Parts<'_>) -> bool {
    let languages = |config: &Config| -> Vec<(String, bool)> {
        let languages = config.languages.iter();
        languages
            .map(|it| (it.code.clone(), it.has_fallback))
            .collect()
    };
    let people = |people: &[Person]| -> Vec<String> {
        people
            .iter()
            .map(|person| person.id.value.clone())
            .collect()
    };
    let records = parts.records;
    languages(&site.config) == languages(parts.config)
        && people(&site.people) == people(&records.people)
        && are_named_alike(&site.works, &records.works)
        && Arc::ptr_eq(&site.pickers, &records.pickers)
        && site.citers.len() == records.citers.len()
        && (Arc::ptr_eq(&site.theme, parts.theme)
            || files::are_named_alike(&site.theme, parts.theme))
}

/// Whether two bibliographies have the same works in the same order, whatever is said of them.
fn are_named_alike(one: &Arc<Bibliography>, other: &Arc<Bibliography>) -> bool {
    let names = |works: &Bibliography| -> Vec<(String, String)> {
        let works = works.works().iter();
        works
            .map(|work| (work.key.value.clone(), work.slug.clone()))
            .collect()
    };
    Arc::ptr_eq(one, other) || names(one) == names(other)
}

/// Whether two lists hold the very same values.
fn are_all_the_same<T>(one: &[Arc<T>], other: &[Arc<T>]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Whether two documents of one path differ in nothing that decides where pages are, which there are,
/// and what belongs to what.
fn is_alike(site: &Site, old: &Written, new: &Written, options: &Options) -> bool {
    let values = |texts: &Option<Vec<Spanned<String>>>| -> Option<Vec<String>> {
        let texts = texts.as_ref()?;
        Some(texts.iter().map(|text| text.value.clone()).collect())
    };
    let cited = |written: &Written| -> BTreeSet<WorkId> {
        cited::by(&written.document, &site.works).collect()
    };
    old.keys.kind == new.keys.kind
        && old.keys.is_broken == new.keys.is_broken
        && visibility::hidden(&old.keys, options) == visibility::hidden(&new.keys, options)
        && values(&old.keys.tags) == values(&new.keys.tags)
        && values(&old.keys.aliases) == values(&new.keys.aliases)
        && old.document.picker_file() == new.document.picker_file()
        && cited(old) == cited(new)
        && files::used_files(site, old) == files::used_files(site, new)
}

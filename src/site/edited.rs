//! The site after an edit that moves nothing: other words on pages that stay where they are, another
//! theme, other settings.
//!
//! [`Site::edited`] gives what [`Site::assemble`] would give, and takes over all that the edit cannot
//! have changed. It says no as soon as it cannot be sure: when a page is new, gone, hidden or shown, or
//! is otherwise filed, tagged, illustrated or cited. There is no list of what depends on what to keep up:
//! whatever else templates and checks look at is looked up when a page is rendered.
//!
//! To let another kind of edit through: it must leave everything equal that [`is_alike`] and [`is_built_alike`] compare, or
//! [`Site::edited`] must work out anew what it changes. `tests/suite/law.rs` holds both against each other.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::topics::{Role, Written, with_defaults};
use super::{
    LanguageId, PageId, PageKind, Parts, Site, cited, files, glossary, reviews, translations, tree,
    visibility,
};
use crate::config::{Config, Options};
use crate::data::Spanned;
use crate::document::Document;
use crate::records::{Person, WorkId};

impl Site {
    /// The site with other parts, and other documents in place of those of the same paths; `None` when
    /// they change more than words. The options are those that it was made with.
    pub fn edited(&self, parts: &Parts<'_>, documents: &[Arc<Document>]) -> Option<Self> {
        if !is_built_alike(self, parts) {
            return None;
        }
        let mut site = self.with_parts(parts);
        site.name_unwritten_pages();
        for document in documents {
            site.put(document, parts.options)?;
        }
        site.glossaries = Arc::new(glossary::gather(&site));
        Some(site)
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
            today: self.today,
            citers: records.citers.clone(),
            pages: self.pages.clone(),
            editions: Arc::clone(&self.editions),
            redirects: Arc::clone(&self.redirects),
            files: Arc::clone(&self.files),
            used_by_topic: Arc::clone(&self.used_by_topic),
            glossaries: Arc::clone(&self.glossaries),
            topics: self.topics.clone(),
            pages_by_topic: Arc::clone(&self.pages_by_topic),
            defaults: Arc::clone(&self.defaults),
            topic_by_path: Arc::clone(&self.topic_by_path),
            page_by_url: Arc::clone(&self.page_by_url),
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

    /// Puts a document in the place of the one with the same path.
    fn put(&mut self, document: &Arc<Document>, options: &Options) -> Option<()> {
        let codes = self.config.language_codes();
        let (path, language) = super::without_language(&document.path, codes);
        let at = *self.topic_by_path.get(&path)?;
        let topic = &self.topics[at];
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
        Arc::make_mut(&mut self.topics[at]).documents[language] = Some(new);
        Some(())
    }

    /// Gives a page its new words, and its place among its neighbours.
    fn rewrite(&mut self, id: PageId, written: &Written) -> Option<()> {
        let page = self.page(id);
        let (language, parent) = (page.language, page.parent);
        let topic = &self.topics[page.topic?];
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
        let Some(parent) = parent else {
            return Some(());
        };
        // What is listed below a page without being in its folder is in an order of its own.
        let are_filed = self.page(parent).children.iter().all(|id| {
            let kind = self.page(*id).kind;
            kind.is_content() || kind == PageKind::Section
        });
        are_filed.then(|| tree::put_in_order(self, parent))
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
        && Arc::ptr_eq(&site.works, &records.works)
        && Arc::ptr_eq(&site.pickers, &records.pickers)
        && site.citers.len() == records.citers.len()
        && site
            .citers
            .iter()
            .zip(&records.citers)
            .all(|(old, new)| Arc::ptr_eq(old, new))
        && (Arc::ptr_eq(&site.theme, parts.theme)
            || files::are_named_alike(&site.theme, parts.theme))
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

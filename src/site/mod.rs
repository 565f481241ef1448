//! All pages together: which there are, where they are, what belongs to what.
//!
//! [`Site::assemble`] is the constructor; what it makes is read-only. It decides once who is
//! visible ([`visibility`]), and everything after it, lists, feeds, tags, links, only ever sees
//! visible pages. It renders nothing.
//!
//! The steps, in order: [`topics`] groups the documents of one text in all languages; [`tree`] makes
//! the pages and sections of each language; [`taxonomy`] the tags; [`files`] finds the pictures and
//! other files that visible pages use; [`conflicts`] looks for two things at one address. [`glossary`]
//! gathers terms, [`links`] answers where a link leads, [`reviews`] whether a text is the one that was
//! reviewed, [`translations`] whether a translation still says what its source says.
//!
//! After an edit, [`edited`] makes a site of the one before: it gives pages their new words, and [`refiled`]
//! lets articles come and go. It can, because pages and texts keep their ids ([`shelf`]), and because a copy
//! of a shelf or a table shares what is the same. What it says no to is assembled; even then, what the same
//! texts told is taken over ([`before`]).

mod before;
pub mod cited;
mod conflicts;
mod edited;
mod files;
pub mod glossary;
mod ids;
pub mod kind;
pub mod links;
mod names;
mod names_in_texts;
mod page;
pub mod pickers;
mod refiled;
pub mod reviews;
mod shelf;
mod taxonomy;
mod topics;
pub mod translations;
mod tree;
mod unwritten;
mod visibility;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use imbl::shared_ptr::DefaultSharedPtr;
use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::citations::Citer;
use crate::config::{Config, LinkForm, Options};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::path::{SourcePath, UrlPath};
use crate::records::dictionary::OwnWords;
use crate::records::{
    Bibliography, Coverage, Person, Picker, Records, Region, Review, Translation, Wording, WorkId,
};
use crate::source::Inputs;
use crate::spelling::Spelling;
use crate::theme::Theme;

pub use edited::Swap;
pub use files::is_verbatim;
pub use ids::{LanguageId, PageId, TopicId};
pub use kind::PageKind;
pub use page::Page;
pub use pickers::Picks;
pub use shelf::Id;
use shelf::Shelf;
pub use topics::{DEFAULTS, Role, Topic, Written, without_language};
pub use visibility::{Hidden, hidden};

/// The site in one language.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The front page.
    pub home: PageId,
    /// The page for addresses that lead nowhere.
    pub not_found: PageId,
    /// The list of tags, when there are tags.
    pub tags_page: Option<PageId>,
    /// The pages of tags, in the order of the tags' names.
    pub tags: Vec<PageId>,
    /// True when a page carries a tag of whose name nothing is left.
    pub has_nameless_tags: bool,
    /// The library of sources, when the site has works.
    pub sources_page: Option<PageId>,
    /// The pages of the works that are cited.
    pub source_pages: BTreeMap<WorkId, PageId>,
    /// The person pages, in the order of [`Site::people`].
    pub person_pages: Vec<PageId>,
    /// The pages of pickers, in the order of the site.
    pub picker_pages: Vec<PageId>,
}

/// An old address that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: UrlPath,
    /// Where it leads.
    pub to: PageId,
}

/// The whole site.
#[derive(Debug)]
pub struct Site {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// The files that it was made of.
    pub inputs: Arc<Inputs>,
    /// Authors and reviewers.
    pub people: Arc<Vec<Person>>,
    /// Who has reviewed which text, in the order in which it is written.
    pub reviews: Arc<Vec<Review>>,
    /// Which text each translation was made of.
    pub translations: Arc<Vec<Translation>>,
    /// Whom readers can call, place by place.
    pub regions: Arc<Vec<Region>>,
    /// What pages of kind `picker` let readers choose from.
    pub pickers: Arc<Vec<Picker>>,
    /// What the guide has to cover, and where it does; `None` when nobody wrote it down.
    pub coverage: Option<Arc<Coverage>>,
    /// Words that texts avoid, and lines that need a link beside them.
    pub wording: Arc<Wording>,
    /// Words that are right on this site and in no dictionary.
    pub own_words: Arc<OwnWords>,
    /// The dictionaries of the languages.
    pub spelling: Spelling,
    /// The works that articles cite.
    pub works: Arc<Bibliography>,
    /// Those of them that a visible page cites. Only they have pages and stand in the library: a work
    /// that nothing cites yet leaves no trace.
    pub cited: Arc<BTreeSet<WorkId>>,
    /// In how many texts each is cited, and once more for the ideas of pickers.
    citing: Table<WorkId, u32>,
    /// The day on which it is looked at: it decides what is visible, and which reviews are due.
    pub today: Date,
    /// What prints citations, in the order of the languages.
    pub citers: Vec<Arc<Citer>>,
    pages: Shelf<PageId, Page>,
    /// Each language, in the order of `site.toml`.
    pub editions: Arc<Vec<Edition>>,
    /// Old addresses.
    pub redirects: Arc<Vec<Redirect>>,
    /// The pictures and other files that visible pages use, and those published as they are.
    pub files: imbl::OrdMap<SourcePath, UrlPath>,
    /// What is wrong with files of articles.
    file_findings: imbl::OrdMap<SourcePath, Diagnostic>,
    /// The files that texts use, where they use any.
    used_by_topic: Table<TopicId, files::Used>,
    /// How often each file is used.
    uses: Table<SourcePath, files::Uses>,
    glossaries: Arc<Vec<glossary::Glossary>>,
    defaults: Arc<topics::Defaults>,
    topics: Shelf<TopicId, Topic>,
    /// The pages of each topic, language by language.
    pages_by_topic: Arc<Vec<Option<PageId>>>,
    topic_by_path: Table<SourcePath, TopicId>,
    page_by_url: Table<UrlPath, PageId>,
    last_review: Arc<FxHashMap<SourcePath, usize>>,
    translation_by_page: Arc<FxHashMap<SourcePath, usize>>,
    names: OnceLock<names::Names>,
    names_in_texts: OnceLock<BTreeSet<String>>,
}

/// A table of which a copy costs nothing.
type Table<K, V> = imbl::GenericHashMap<K, V, FxBuildHasher, DefaultSharedPtr>;

/// What a site is put together from, beside its articles.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// `site.toml`.
    pub config: &'a Arc<Config>,
    /// The theme.
    pub theme: &'a Arc<Theme>,
    /// The files.
    pub inputs: &'a Arc<Inputs>,
    /// What the data files hold.
    pub records: &'a Records,
    /// What the person at the keyboard chose.
    pub options: &'a Options,
}

impl Site {
    /// Puts the site together. What is wrong with it as a whole goes to `findings`. From a site `before` this
    /// one, made with the same options, it takes over what the same documents told.
    pub fn assemble(
        parts: &Parts<'_>,
        documents: &[Arc<Document>],
        before: Option<&Self>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let Parts {
            config,
            theme,
            inputs,
            records,
            options,
        } = *parts;
        let records = records.clone();
        let ground = topics::Ground {
            inputs,
            codes: config.language_codes(),
            options,
            before,
        };
        let (topics, defaults) = topics::gather(documents, ground, findings);
        let before = before.map(|site| before::Before::new(site, &topics));
        let before = before.as_ref();
        let mut citing = cited::by_visible(&topics, &records.works);
        for work in cited::by_ideas(&topics, &records) {
            *citing.entry(work).or_default() += 1;
        }
        let cited = citing.keys().copied().collect();
        let topics: Shelf<TopicId, Topic> = topics.into_iter().collect();
        let paths = topics.ids().map(|id| (topics.get(id).path.clone(), id));
        let topic_by_path = paths.collect();
        let mut site = Self {
            config: Arc::clone(config),
            theme: Arc::clone(theme),
            inputs: Arc::clone(inputs),
            people: records.people,
            last_review: Arc::new(reviews::last_of_each(&records.reviews)),
            reviews: records.reviews,
            translation_by_page: Arc::new(translations::by_page(&records.translations)),
            translations: records.translations,
            regions: records.regions,
            pickers: records.pickers,
            coverage: records.coverage,
            wording: records.wording,
            own_words: records.own_words,
            spelling: records.spelling,
            today: options.today,
            works: records.works,
            cited: Arc::new(cited),
            citing: citing.into_iter().collect(),
            citers: records.citers,
            pages: Shelf::default(),
            editions: Arc::default(),
            redirects: Arc::default(),
            files: imbl::OrdMap::new(),
            file_findings: imbl::OrdMap::new(),
            used_by_topic: Table::default(),
            uses: Table::default(),
            glossaries: Arc::default(),
            defaults: Arc::new(defaults),
            pages_by_topic: Arc::new(vec![None; topics.len() * config.languages.len()]),
            topics,
            topic_by_path,
            page_by_url: Table::default(),
            names: OnceLock::new(),
            names_in_texts: OnceLock::new(),
        };
        for language in 0..site.config.languages.len() {
            tree::add_edition(&mut site, LanguageId(language), before, findings);
        }
        let addresses = site.ids().map(|id| (site.page(id).url.clone(), id));
        site.page_by_url = addresses.collect();
        conflicts::add_redirects(&mut site, findings);
        files::add(&mut site, before);
        conflicts::check(&site, findings);
        site.glossaries = Arc::new(glossary::gather(&site));
        site
    }

    /// A page.
    pub fn page(&self, id: PageId) -> &Page {
        self.pages.get(id)
    }

    fn page_mut(&mut self, id: PageId) -> &mut Page {
        self.pages.get_mut(id)
    }

    fn edition_mut(&mut self, language: LanguageId) -> &mut Edition {
        &mut Arc::make_mut(&mut self.editions)[language.0]
    }

    fn add(&mut self, page: Page) -> PageId {
        self.pages.push(Arc::new(page))
    }

    /// All pages, in order: those of each language together, first those of its texts in the order of their
    /// files.
    pub fn ids(&self) -> shelf::Ids<PageId> {
        self.pages.ids()
    }

    /// All pages, in order.
    pub fn pages(&self) -> impl DoubleEndedIterator<Item = &Arc<Page>> + Clone {
        self.pages.iter()
    }

    /// How many pages there are.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// How long a list has to be that has a place for the [`Id::index`] of each page.
    pub fn page_capacity(&self) -> usize {
        self.pages.capacity()
    }

    /// The place of a page in the order of the site.
    pub fn rank(&self, id: PageId) -> usize {
        self.pages.rank(id)
    }

    /// What was found about the files that travel with articles.
    pub fn file_findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.file_findings.values()
    }

    /// The site in one language.
    pub fn edition(&self, language: LanguageId) -> &Edition {
        &self.editions[language.0]
    }

    /// What prints citations in a language.
    pub fn citer(&self, language: LanguageId) -> &Citer {
        &self.citers[language.0]
    }

    /// The code of a language.
    pub fn language_code(&self, language: LanguageId) -> &str {
        &self.config.languages[language.0].code
    }

    /// All languages.
    pub fn languages(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.config.languages.len()).map(LanguageId)
    }

    /// The page that is served at an address.
    pub fn page_at(&self, url: &UrlPath) -> Option<PageId> {
        self.page_by_url.get(url).copied()
    }

    /// The page of a text in a language; `None` when it is not there.
    pub fn edition_of(&self, topic: TopicId, language: LanguageId) -> Option<PageId> {
        self.pages_of(topic).get(language.0).copied().flatten()
    }

    /// The pages of a text, by language.
    fn pages_of(&self, topic: TopicId) -> &[Option<PageId>] {
        let languages = self.config.languages.len();
        &self.pages_by_topic[topic.index() * languages..][..languages]
    }

    fn set_page_of(&mut self, topic: TopicId, language: LanguageId, page: Option<PageId>) {
        let place = topic.index() * self.config.languages.len() + language.0;
        Arc::make_mut(&mut self.pages_by_topic)[place] = page;
    }

    /// The address of a page as templates write it after `root`: no leading slash, and with its file
    /// name when the site is made for a folder without a server.
    pub fn page_address(&self, id: PageId) -> String {
        let url = &self.page(id).url;
        match self.config.output.links {
            LinkForm::Folder => url.relative().to_owned(),
            LinkForm::File => url.output().as_str().to_owned(),
        }
    }

    /// True when search engines may list the page.
    pub fn is_listed(&self, id: PageId) -> bool {
        let page = self.page(id);
        !self.config.features.specimen && page.kind != PageKind::NotFound && !page.is_fallback()
    }

    /// The page that stands for this one in another language.
    pub fn counterpart(&self, id: PageId, language: LanguageId) -> Option<PageId> {
        let page = self.page(id);
        if page.language == language {
            return Some(id);
        }
        let written = page
            .topic
            .and_then(|topic| self.edition_of(topic, language));
        if written.is_some() {
            return written;
        }
        // What nobody has written there may still be made there, such as a front page.
        let edition = self.edition(language);
        match page.kind {
            PageKind::Home => Some(edition.home),
            PageKind::NotFound => Some(edition.not_found),
            PageKind::Tags => edition.tags_page,
            PageKind::Person => edition.person_pages.get(page.person?).copied(),
            PageKind::Sources => edition.sources_page,
            PageKind::Source => edition.source_pages.get(&page.source?).copied(),
            PageKind::PickerList => self.same_list(page, language),
            PageKind::People => self.page(*edition.person_pages.first()?).parent,
            PageKind::Section
            | PageKind::Article
            | PageKind::Page
            | PageKind::Faq
            | PageKind::Picker
            | PageKind::Glossary
            | PageKind::Help
            | PageKind::Promises
            | PageKind::Tag => None,
        }
    }

    /// Somebody of `content/people.yaml` by their id, with the place among [`Site::people`].
    pub fn person(&self, id: &str) -> Option<(usize, &Person)> {
        let mut people = self.people.iter().enumerate();
        people.find(|(_, person)| person.id.value == id)
    }

    /// All texts in the order of their files, each with its documents in all languages.
    pub fn topics(&self) -> impl DoubleEndedIterator<Item = &Arc<Topic>> + Clone {
        self.topics.iter()
    }

    /// The ids of all texts, in the order of their files.
    pub fn topic_ids(&self) -> shelf::Ids<TopicId> {
        self.topics.ids()
    }

    /// A text.
    pub fn topic(&self, id: TopicId) -> &Topic {
        self.topics.get(id)
    }
}

//! What templates see of the site, made once and shared by all pages. Most of it is made when the first
//! page asks for it: a preview renders one page of a thousand.

use std::sync::{Arc, OnceLock};

use tera::value::Key;

use super::dates::Dates;
use super::finish;
use super::sources::Sources;
use super::terms::{self, Meaning};
use crate::config::{MenuEntry, MenuTarget};
use crate::contacts::Stylesheets;
use crate::data::Spanned;
use crate::path::{SourcePath, UrlPath};
use crate::records::WorkId;
use crate::records::works::export::Written;
use crate::site::{Id, LanguageId, PageId, PageKind, Site, TopicId};
use crate::theme::contract::{self, Card, Link};
use crate::theme::shape::{Any, Shared};

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 200;

/// The shared values of a site.
#[derive(Debug)]
pub struct Views {
    of: Arc<Site>,
    languages: Vec<LanguageViews>,
    cards: Vec<OnceLock<Shared<Card>>>,
    links: Vec<OnceLock<Shared<Link>>>,
    /// The works for other programs, written when the first of them is asked for.
    written: OnceLock<Written>,
    stylesheets: OnceLock<Stylesheets>,
    /// By language, what the terms of its glossary mean, made when a page first uses one.
    meanings: Vec<OnceLock<Vec<Meaning>>>,
}

#[derive(Debug)]
struct LanguageViews {
    site: Shared<contract::Site>,
    people: Vec<Shared<contract::Person>>,
    dates: Dates,
    sources: Sources,
    feed_url: Option<UrlPath>,
}

impl Views {
    /// Makes the shared values.
    pub fn new(site: &Arc<Site>) -> Self {
        let languages: Vec<_> = site
            .languages()
            .map(|language| language_views(site, language))
            .collect();
        Self {
            of: Arc::clone(site),
            languages,
            cards: empty(site.page_capacity()),
            links: empty(site.page_capacity()),
            written: OnceLock::new(),
            stylesheets: OnceLock::new(),
            meanings: site.languages().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What the theme's stylesheets load.
    pub fn stylesheets(&self) -> &Stylesheets {
        self.stylesheets
            .get_or_init(|| finish::stylesheets(&self.of))
    }

    /// The website in a language.
    pub fn site(&self, language: LanguageId) -> Shared<contract::Site> {
        self.languages[language.0].site.clone()
    }

    /// A page for lists.
    pub fn card(&self, id: PageId) -> Shared<Card> {
        let made = self.cards[id.index()].get_or_init(|| {
            let language = self.of.page(id).language;
            Shared::new(card(&self.of, id, self.dates(language)))
        });
        made.clone()
    }

    /// Pages for lists.
    pub fn cards(&self, ids: impl IntoIterator<Item = PageId>) -> Vec<Shared<Card>> {
        ids.into_iter().map(|id| self.card(id)).collect()
    }

    /// A link to a page that others lie below.
    pub fn link(&self, id: PageId) -> Shared<Link> {
        let made = self.links[id.index()]
            .get_or_init(|| Shared::new(link(&self.of, self.of.page(id).language, id)));
        made.clone()
    }

    /// A person.
    pub fn person(&self, language: LanguageId, index: usize) -> Shared<contract::Person> {
        self.languages[language.0].people[index].clone()
    }

    /// Everybody.
    pub fn people(&self, language: LanguageId) -> Vec<Shared<contract::Person>> {
        self.languages[language.0].people.clone()
    }

    /// A source.
    pub fn source(&self, language: LanguageId, work: WorkId) -> Shared<contract::Source> {
        self.languages[language.0]
            .sources
            .view(&self.of, self.dates(language), language, work)
    }

    /// The sources of a language.
    pub fn sources(&self, language: LanguageId) -> &Sources {
        &self.languages[language.0].sources
    }

    /// The works for other programs.
    pub fn written(&self, site: &Site) -> &Written {
        self.written.get_or_init(|| Written::new(&site.works))
    }

    /// What the terms of a language's glossary mean, in their order.
    pub fn meanings(&self, site: &Site, language: LanguageId) -> &[Meaning] {
        self.meanings[language.0].get_or_init(|| terms::meanings(site, self, language))
    }

    /// The dates of a language.
    pub fn dates(&self, language: LanguageId) -> &Dates {
        &self.languages[language.0].dates
    }

    /// Where the feed of a language is, when it has one.
    pub fn feed_url(&self, language: LanguageId) -> Option<&UrlPath> {
        self.languages[language.0].feed_url.as_ref()
    }
}

/// Minutes that reading takes, at least one.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// A link to a page, with the page's own words, for a reader of a language.
pub(super) fn link(site: &Site, language: LanguageId, id: PageId) -> Link {
    let page = site.page(id);
    let is_home = page.kind == PageKind::Home;
    let title = if is_home {
        let words = site.theme.words(site.language_code(page.language));
        words.text("home").to_owned()
    } else {
        page.short_title().to_owned()
    };
    Link {
        title,
        url: site.page_address(id),
        is_external: false,
        language: if is_home {
            foreign(site, language, page.language)
        } else {
            foreign(site, language, page.text_language)
        },
    }
}

/// The code of a language that is not the reader's own; empty for that.
pub(super) fn foreign(site: &Site, reader: LanguageId, language: LanguageId) -> String {
    if reader == language {
        String::new()
    } else {
        site.language_code(language).to_owned()
    }
}

fn card(site: &Site, id: PageId, dates: &Dates) -> Card {
    let page = site.page(id);
    let words = page
        .document
        .as_ref()
        .map_or(0, |document| document.body.words);
    let date = page.keys.updated.as_ref().or(page.keys.published.as_ref());
    Card {
        title: page.title.to_string(),
        short_title: page.short_title().to_owned(),
        description: page.description().to_owned(),
        url: site.page_address(id),
        kind: page.kind.name().to_owned(),
        language: site.language_code(page.text_language).to_owned(),
        minutes: minutes(words),
        date: date.map(|date| dates.view(date.value)),
        extra: extra(page),
    }
}

/// The free table of a page's front matter.
pub fn extra(page: &crate::site::Page) -> Any {
    page.keys
        .extra
        .as_ref()
        .map_or_else(Any::default, |node| Any(node.to_template()))
}

fn language_views(site: &Site, language: LanguageId) -> LanguageViews {
    let edition = site.edition(language);
    let settings = &site.config.languages[language.0];
    let feed_url = super::feed::url(site, language);
    let address = |id: Option<PageId>| id.map_or_else(String::new, |id| site.page_address(id));
    let view = contract::Site {
        title: settings.title.clone(),
        tagline: settings.tagline.clone(),
        language: settings.code.clone(),
        home: link(site, language, edition.home),
        practice: practice(site),
        languages: site
            .languages()
            .map(|language| language_view(site, language))
            .collect(),
        menu: menu(site, language, &site.config.menu),
        footer: menu(site, language, &site.config.footer),
        feed_url: feed_url
            .as_ref()
            .map_or_else(String::new, |url| url.relative().to_owned()),
        tags_url: address(edition.tags_page),
        sources_url: address(edition.sources_page),
        process: editorial(site, language, site.config.editorial.process.as_ref()),
        funding: editorial(site, language, site.config.editorial.funding.as_ref()),
        corrections: editorial(site, language, site.config.editorial.corrections.as_ref()),
        leave_url: site.config.features.leave_url.clone(),
        files: files(site, language),
        is_specimen: site.config.features.specimen,
        theme: Shared::new(site.theme.described().clone()),
        extra: Any(site.config.extra.clone()),
    };
    let people = (0..site.people.len()).map(|index| Shared::new(person(site, language, index)));
    let dates = Dates::new(&settings.code);
    LanguageViews {
        site: Shared::new(view),
        people: people.collect(),
        sources: Sources::default(),
        dates,
        feed_url,
    }
}

/// A page of `[editorial]`. One that is not there is reported by `checks::navigation`.
fn editorial(site: &Site, language: LanguageId, file: Option<&Spanned<String>>) -> Option<Link> {
    let id = site.page_of_file(&file?.value, language).ok()?;
    Some(link(site, language, id))
}

fn language_view(site: &Site, language: LanguageId) -> contract::Language {
    let code = site.language_code(language);
    let words = site.theme.words(code);
    contract::Language {
        code: code.to_owned(),
        name: words.name.clone(),
        direction: words.direction.to_owned(),
        url: site.page_address(site.edition(language).home),
    }
}

fn practice(site: &Site) -> contract::Practice {
    let practice = &site.config.practice;
    let digits: String = practice
        .phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let phone_url = if digits.is_empty() {
        String::new()
    } else {
        format!("tel:{digits}")
    };
    contract::Practice {
        name: practice.name.clone(),
        address: practice.address.clone(),
        phone: practice.phone.clone(),
        phone_url,
        email: practice.email.clone(),
        booking_url: practice.booking_url.clone(),
        is_example: practice.is_example,
    }
}

fn menu(site: &Site, language: LanguageId, entries: &[MenuEntry]) -> Vec<Link> {
    let code = site.language_code(language);
    entries
        .iter()
        .filter_map(|entry| {
            let in_language = |code: &str| {
                let mut titles = entry.titles.iter();
                titles
                    .find(|(known, _)| known == code)
                    .map(|(_, title)| title.clone())
            };
            let written = in_language(code).or_else(|| entry.title.clone());
            match &entry.target {
                MenuTarget::Page(file) => {
                    // A page that is not there is reported by `checks::navigation`.
                    let id = site.page_of_file(&file.value, language).ok()?;
                    let own = link(site, language, id);
                    Some(match written {
                        Some(title) => Link {
                            title,
                            language: String::new(),
                            ..own
                        },
                        None => Link {
                            title: site.page(id).short_title().to_owned(),
                            ..own
                        },
                    })
                }
                MenuTarget::Url(url) => {
                    // Another page's own title would do; an address has none but those written here.
                    let title = written
                        .or_else(|| in_language(site.language_code(LanguageId::FIRST)))
                        .unwrap_or_else(|| url.clone());
                    Some(Link {
                        title,
                        url: url.clone(),
                        is_external: true,
                        language: String::new(),
                    })
                }
            }
        })
        .collect()
}

/// A list with a place for each page.
fn empty<T>(pages: usize) -> Vec<OnceLock<T>> {
    (0..pages).map(|_| OnceLock::new()).collect()
}

/// The address of each page by its source file, for the template function `link`.
fn files(site: &Site, language: LanguageId) -> Any {
    let mut files = tera::Map::new();
    let mut add = |topic: TopicId| {
        let id = site
            .edition_of(topic, language)
            .or_else(|| site.edition_of(topic, LanguageId::FIRST));
        let topic = site.topic(topic);
        if let Some(id) = id {
            let name = topic
                .path
                .as_str()
                .strip_prefix("content/")
                .unwrap_or(topic.path.as_str());
            files.insert(
                Key::String(name.into()),
                tera::Value::from(site.page_address(id)),
            );
        }
    };
    // Most themes name all the files that they link to, which are few.
    match site.theme.linked_files() {
        Some(names) => {
            let paths = names
                .iter()
                .filter_map(|name| SourcePath::new(&format!("content/{name}")));
            paths
                .filter_map(|path| site.topic_at(&path))
                .for_each(&mut add);
        }
        None => site.topic_ids().for_each(&mut add),
    }
    Any(tera::Value::from(files))
}

fn person(site: &Site, language: LanguageId, index: usize) -> contract::Person {
    let person = &site.people[index];
    let page = site.edition(language).person_pages.get(index);
    contract::Person {
        id: person.id.value.clone(),
        name: person.name.clone(),
        role: person.role.clone(),
        credentials: person.credentials.clone(),
        about: person.about.clone(),
        interests: person.interests.clone(),
        // `people.yaml` is written in the first language, like all that has no edition of its own.
        told_language: match language {
            LanguageId::FIRST => String::new(),
            _ => site.language_code(LanguageId::FIRST).to_owned(),
        },
        is_example: person.is_example,
        url: page.map_or_else(String::new, |id| site.page_address(*id)),
    }
}

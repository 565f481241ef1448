//! The library of sources: what templates see of each work, where it is cited, and its data for other
//! programs.

use std::sync::OnceLock;

use super::pickers;
use super::references::{self, Place};
use super::views::Views;
use crate::citations::{Cluster, ClusterItem, Form};
use crate::document::markdown::typography;
use crate::path::UrlPath;
use crate::records::WorkId;
use crate::site::{LanguageId, Page, PageId, PageKind, Site, cited};
use crate::theme::contract::{self, CitedIn, Sentence};
use crate::theme::shape::{Html, Shared};

/// A form in which other programs read bibliographic data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportFormat {
    /// `sources.bib`.
    Bibtex,
    /// `sources.json`.
    CslJson,
}

impl ExportFormat {
    const ALL: [ExportFormat; 2] = [ExportFormat::Bibtex, ExportFormat::CslJson];

    const fn file_name(self) -> &'static str {
        match self {
            ExportFormat::Bibtex => "sources.bib",
            ExportFormat::CslJson => "sources.json",
        }
    }

    /// The media type, for a server.
    pub const fn media_type(self) -> &'static str {
        match self {
            ExportFormat::Bibtex => "application/x-bibtex; charset=utf-8",
            ExportFormat::CslJson => "application/vnd.citationstyles.csl+json; charset=utf-8",
        }
    }
}

/// The routes of all exports.
pub fn routes(site: &Site) -> Vec<(UrlPath, super::Route)> {
    if site.cited.is_empty() {
        return Vec::new();
    }
    site.ids()
        .filter(|id| references::has_exports(site, site.page(*id)))
        .flat_map(|id| ExportFormat::ALL.map(|format| (id, format)))
        .filter_map(|(id, format)| {
            Some((
                url(site.page(id), format)?,
                super::Route::Export(id, format),
            ))
        })
        .collect()
}

/// Where the sources of a page are for other programs. `None` for a page that is no folder.
fn url(page: &Page, format: ExportFormat) -> Option<UrlPath> {
    let folder = page.url.as_str();
    folder
        .ends_with('/')
        .then(|| UrlPath::new(&format!("{folder}{}", format.file_name())))
        .flatten()
}

/// The same for templates: relative to the root, and empty when there is none.
pub fn export_url(site: &Site, id: PageId, format: ExportFormat) -> String {
    let page = site.page(id);
    if site.cited.is_empty() || !references::has_exports(site, page) {
        return String::new();
    }
    url(page, format).map_or_else(String::new, |url| url.relative().to_owned())
}

/// The bytes of an export.
pub fn export(site: &Site, views: &Views, id: PageId, format: ExportFormat) -> String {
    let page = site.page(id);
    let works = match &page.document {
        Some(document) if page.kind != PageKind::Sources => references::cited_works(site, document),
        Some(_) | None => site.cited.iter().copied().collect(),
    };
    let written = views.written(site);
    match format {
        ExportFormat::Bibtex => written.bibtex(works.into_iter()),
        ExportFormat::CslJson => written.csl_json(works.into_iter()),
    }
}

/// The sources of a language, for templates.
#[derive(Debug, Default)]
pub struct Sources {
    /// Made when a page first shows one.
    views: OnceLock<Vec<Shared<contract::Source>>>,
    /// Where each work is cited. Gathered when the first page about sources is rendered, since a
    /// preview may never ask.
    places: OnceLock<Vec<Vec<Place>>>,
}

impl Sources {
    /// A source, for readers of a language.
    pub fn view(
        &self,
        site: &Site,
        dates: &super::dates::Dates,
        language: LanguageId,
        work: WorkId,
    ) -> Shared<contract::Source> {
        let views = self.views.get_or_init(|| {
            let counts = counts(site, language);
            let view = |work: WorkId| source(site, language, work, dates, counts[work.index()]);
            site.works
                .ids()
                .map(|work| Shared::new(view(work)))
                .collect()
        });
        views[work.index()].clone()
    }

    /// The pages that cite a work, with their sentences.
    pub fn cited_in(
        &self,
        site: &Site,
        views: &Views,
        language: LanguageId,
        work: WorkId,
    ) -> Vec<CitedIn> {
        let all = self.places.get_or_init(|| places(site, language));
        let mut cited_in: Vec<(PageId, CitedIn)> = Vec::new();
        for place in &all[work.index()] {
            if cited_in.last().is_none_or(|(page, _)| *page != place.page) {
                let card = views.card(place.page);
                let sentences = Vec::new();
                cited_in.push((place.page, CitedIn { card, sentences }));
            }
            if let Some((_, last)) = cited_in.last_mut() {
                let is_said = last
                    .sentences
                    .iter()
                    .any(|sentence| sentence.text == place.sentence);
                if !place.sentence.is_empty() && !is_said {
                    last.sentences.push(Sentence {
                        text: place.sentence.clone(),
                        url: format!("{}#{}", site.page_address(place.page), place.id),
                    });
                }
            }
        }
        cited_in.into_iter().map(|(_, cited_in)| cited_in).collect()
    }
}

fn citing(site: &Site, language: LanguageId) -> impl Iterator<Item = PageId> + '_ {
    site.ids()
        .filter(move |id| site.page(*id).language == language && site.page(*id).document.is_some())
}

/// How many pages cite each work.
fn counts(site: &Site, language: LanguageId) -> Vec<usize> {
    let mut counts = vec![0; site.works.works().len()];
    let mut seen = Vec::new();
    for id in citing(site, language) {
        let Some(document) = &site.page(id).document else {
            continue;
        };
        seen.clear();
        let ideas = site.picker_of(site.page(id)).into_iter();
        let ideas = ideas.flat_map(|picker| &picker.ideas);
        let ideas = ideas.flat_map(|idea| cited::of_idea(idea, &site.works));
        for work in cited::by(document, &site.works).chain(ideas) {
            if !seen.contains(&work) {
                seen.push(work);
                counts[work.index()] += 1;
            }
        }
    }
    counts
}

fn places(site: &Site, language: LanguageId) -> Vec<Vec<Place>> {
    let mut all = vec![Vec::new(); site.works.works().len()];
    for id in citing(site, language) {
        if let Some(document) = &site.page(id).document {
            for (work, place) in references::places(site, id, document) {
                all[work.index()].push(place);
            }
        }
        for (work, place) in pickers::places(site, id) {
            all[work.index()].push(place);
        }
    }
    all
}

/// What is said of a source, as plain text.
pub struct Told {
    /// In whom it was found.
    pub population: String,
    /// What was found.
    pub finding: String,
    /// What it cannot tell.
    pub limits: String,
    /// The language of those three when it is not that of the page; else empty.
    pub language: String,
}

/// What is said of a source on pages of a language. It is written in the site's first language.
pub fn told(site: &Site, language: LanguageId, work: WorkId) -> Told {
    let evidence = &site.works.work(work).evidence;
    let first = site.language_code(LanguageId::FIRST);
    let set = |text: &str| match site.config.features.smart_punctuation {
        true => typography::set(text, first),
        false => text.to_owned(),
    };
    Told {
        population: set(&evidence.population),
        finding: set(&evidence.finding),
        limits: set(&evidence.limits),
        language: match language {
            LanguageId::FIRST => String::new(),
            LanguageId(_) => first.to_owned(),
        },
    }
}

fn source(
    site: &Site,
    language: LanguageId,
    id: WorkId,
    dates: &super::dates::Dates,
    cited: usize,
) -> contract::Source {
    let work = site.works.work(id);
    let evidence = &work.evidence;
    let page = site.edition(language).source_pages.get(&id);
    let doi = work.text("DOI");
    let url = work.text("URL");
    let told = told(site, language, id);
    let name_of = |by: &str| {
        let person = site.person(by);
        person.map_or_else(|| by.to_owned(), |(_, person)| person.name.clone())
    };
    contract::Source {
        key: work.key.value.clone(),
        id: work.slug.clone(),
        url: page.map_or_else(String::new, |page| site.page_address(*page)),
        short: site.citer(language).short(id),
        title: work.text("title"),
        entry: entry(site, language, id),
        link: match (doi.is_empty(), url.starts_with("http")) {
            (false, _) => format!("https://doi.org/{doi}"),
            (true, true) => url,
            (true, false) => String::new(),
        },
        doi,
        kind: evidence
            .kind
            .map_or_else(String::new, |kind| kind.name().to_owned()),
        strength: evidence
            .strength
            .map_or_else(String::new, |strength| strength.name().to_owned()),
        population: told.population,
        finding: told.finding,
        limits: told.limits,
        told_language: told.language,
        open_access_url: evidence.open_access.clone(),
        archive_url: evidence.archive.clone(),
        is_verified: evidence.verified.is_some(),
        verified_by: evidence
            .verified
            .as_ref()
            .map_or_else(String::new, |verified| name_of(&verified.by.value)),
        verified_on: evidence
            .verified
            .as_ref()
            .map(|verified| dates.view(verified.on)),
        unsure: evidence
            .unsure
            .iter()
            .map(|field| field.value.clone())
            .collect(),
        standing: evidence
            .status
            .as_ref()
            .map_or_else(String::new, |status| status.is.name().to_owned()),
        standing_checked: evidence
            .status
            .as_ref()
            .map(|status| dates.view(status.checked)),
        notice_url: evidence
            .status
            .as_ref()
            .map_or_else(String::new, |status| status.notice.clone()),
        cited,
    }
}

/// The entry of a work alone.
fn entry(site: &Site, language: LanguageId, work: WorkId) -> Html {
    let cluster = Cluster {
        form: Form::Bracketed,
        items: vec![ClusterItem {
            work,
            locator: None,
            prefix: String::new(),
            suffix: String::new(),
            is_author_suppressed: false,
        }],
    };
    let cited = site.citer(language).page(&[cluster]);
    let entry = cited.entries.into_iter().next();
    Html(entry.map_or_else(String::new, |entry| entry.html))
}

//! Pages that every language has, or that data files ask for, whether somebody wrote them or not: the page
//! for wrong addresses, people, the library of sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{LanguageId, Page, PageId, PageKind, Site, tree};
use crate::path::UrlPath;
use crate::records::WorkId;

/// The page for addresses that lead nowhere.
pub fn add_not_found(site: &mut Site, language: LanguageId, home: PageId) -> PageId {
    let address = format!("{}404.html", site.page(home).url);
    let title = site
        .theme
        .words(site.language_code(language))
        .text("title_of_not_found")
        .to_owned();
    let url = UrlPath::new(&address).unwrap_or_else(UrlPath::root);
    let mut page = Page::unwritten(PageKind::NotFound, url, language, title);
    page.parent = Some(home);
    site.add(page)
}

/// A page for each person, below the page that lists them.
pub fn add_people(site: &mut Site, language: LanguageId, home: PageId) -> Vec<PageId> {
    if site.people.is_empty() {
        return Vec::new();
    }
    let is_list = |id: &PageId| {
        let page = site.page(*id);
        page.language == language && page.kind == PageKind::People
    };
    let written = site.ids().find(is_list);
    let list = written.unwrap_or_else(|| {
        let title = site
            .theme
            .words(site.language_code(language))
            .text("title_of_people")
            .to_owned();
        let mut page = Page::unwritten(
            PageKind::People,
            tree::url(site, language, "people"),
            language,
            title,
        );
        page.parent = Some(home);
        site.add(page)
    });
    (0..site.people.len())
        .map(|index| {
            let person = &site.people[index];
            let address = format!("people/{}", crate::document::slug(&person.id.value));
            let name = person.name.clone();
            let mut page = Page::unwritten(
                PageKind::Person,
                tree::url(site, language, &address),
                language,
                name,
            );
            page.parent = Some(list);
            page.person = Some(index);
            let id = site.add(page);
            site.page_mut(list).children.push(id);
            id
        })
        .collect()
}

/// A page for each work that is cited, below the library that lists them.
pub fn add_sources(
    site: &mut Site,
    language: LanguageId,
    home: PageId,
) -> (Option<PageId>, BTreeMap<WorkId, PageId>) {
    let is_library = |id: &PageId| {
        let page = site.page(*id);
        page.language == language && page.kind == PageKind::Sources
    };
    let written = site.ids().find(is_library);
    if site.cited.is_empty() {
        return (written, BTreeMap::new());
    }
    let library = written.unwrap_or_else(|| {
        let words = site.theme.words(site.language_code(language));
        let title = words.text("title_of_sources").to_owned();
        let url = tree::url(site, language, "sources");
        let mut page = Page::unwritten(PageKind::Sources, url, language, title);
        page.parent = Some(home);
        site.add(page)
    });
    let cited = Arc::clone(&site.cited);
    let pages = cited.iter().map(|work| {
        let page = source_page(site, language, library, *work);
        (*work, site.add(page))
    });
    let pages = pages.collect();
    (Some(library), pages)
}

/// The page of a work.
pub fn source_page(site: &Site, language: LanguageId, library: PageId, id: WorkId) -> Page {
    let work = site.works.work(id);
    let address = format!("sources/{}", work.slug);
    let title = match work.text("title") {
        title if title.is_empty() => site.citer(language).short(id),
        title => title,
    };
    let url = tree::url(site, language, &address);
    let mut page = Page::unwritten(PageKind::Source, url, language, title);
    page.parent = Some(library);
    page.description = work.evidence.finding.as_str().into();
    page.source = Some(id);
    page
}

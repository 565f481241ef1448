//! The pages and sections of one language.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::before::Before;
use super::topics::Role;
use super::{Edition, LanguageId, Page, PageId, PageKind, Site, pickers, taxonomy};
use crate::citations::Form;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, FrontMatter};
use crate::path::UrlPath;
use crate::records::WorkId;

/// The pages of folders, by their addresses without slashes at their ends.
type Sections = BTreeMap<Arc<str>, PageId>;

/// Makes all pages of a language.
pub fn add_edition(
    site: &mut Site,
    language: LanguageId,
    before: Option<&Before<'_>>,
    findings: &mut Vec<Diagnostic>,
) {
    let before = before.filter(|before| are_described_alike(before.site, site));
    let mut sections: Sections = BTreeMap::new();
    let mut pages = Vec::new();
    let made: Vec<Option<Arc<Page>>> = (0..site.topics.len())
        .into_par_iter()
        .map(|topic| {
            let known = before.and_then(|before| known_page(before, language, topic));
            known
                .or_else(|| written_page(site, language, topic))
                .map(Arc::new)
        })
        .collect();
    for (topic, page) in made.into_iter().enumerate() {
        let Some(page) = page else { continue };
        let id = site.add_shared(page);
        site.set_page_of(topic, language, id);
        let topic = &site.topics[topic];
        let address = Arc::clone(&topic.address);
        match topic.role {
            Role::Index => {
                sections.insert(address, id);
            }
            Role::Page => pages.push((address, id)),
            Role::Tag | Role::Tags => {}
        }
    }
    let home = home(site, language, &mut sections, findings);
    add_missing_sections(site, language, &mut sections, &pages, findings);
    connect(site, &sections, pages);
    let not_found = add_not_found(site, language, home);
    let person_pages = add_people(site, language, home);
    let (sources_page, source_pages) = add_sources(site, language, home);
    Arc::make_mut(&mut site.editions).push(Edition {
        home,
        not_found,
        tags_page: None,
        tags: Vec::new(),
        has_nameless_tags: false,
        sources_page,
        source_pages,
        person_pages,
        picker_pages: Vec::new(),
    });
    pickers::add(site, language);
    taxonomy::add(site, language, home, before, findings);
}

/// The page of a text in a language, before it has neighbours. `None` when it has none, or when
/// `taxonomy` makes it, with or without an introduction.
fn written_page(site: &Site, language: LanguageId, place: usize) -> Option<Page> {
    let falls_back = site.config.languages[language.0].has_fallback;
    let topic = &site.topics[place];
    let (written, text_language) = topic.shown_in(language.0, falls_back)?;
    let kind = match (topic.role, written.keys.kind) {
        (Role::Tag, _) => PageKind::Tag,
        (Role::Tags, _) => PageKind::Tags,
        (Role::Page | Role::Index, Some(kind)) => kind.into(),
        (Role::Index, None) if topic.address.is_empty() => PageKind::Home,
        (Role::Index, None) => PageKind::Section,
        (Role::Page, None) => PageKind::Article,
    };
    if matches!(kind, PageKind::Tag | PageKind::Tags) {
        return None;
    }
    let title = title(&written.document.front_matter, &topic.address);
    let mut page = unwritten(kind, url(site, language, &topic.address), language, title);
    page.text_language = LanguageId(text_language);
    page.document = Some(Arc::clone(&written.document));
    page.keys = Arc::clone(&written.keys);
    page.description = description(site, language, &written.keys, &written.document).into();
    page.topic = Some(place);
    set_rank(&mut page);
    Some(page)
}

/// Whether two sites give the same texts the same pages.
fn are_described_alike(one: &Site, other: &Site) -> bool {
    let falls_back = |site: &Site| -> Vec<bool> {
        let languages = site.config.languages.iter();
        languages.map(|language| language.has_fallback).collect()
    };
    one.config.language_codes() == other.config.language_codes()
        && falls_back(one) == falls_back(other)
        && Arc::ptr_eq(&one.works, &other.works)
        && one.citers.len() == other.citers.len()
        && (one.citers.iter().zip(&other.citers)).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// The page that the site before made of the same text, before it has neighbours.
fn known_page(before: &Before<'_>, language: LanguageId, place: usize) -> Option<Page> {
    let id = before.site.edition_of(before.place_of(place)?, language)?;
    let known = before.site.page(id);
    if matches!(known.kind, PageKind::Tag | PageKind::Tags) {
        return None;
    }
    Some(Page {
        kind: known.kind,
        url: known.url.clone(),
        language,
        text_language: known.text_language,
        document: known.document.clone(),
        keys: Arc::clone(&known.keys),
        title: Arc::clone(&known.title),
        title_in_small: Arc::clone(&known.title_in_small),
        order: known.order,
        description: Arc::clone(&known.description),
        topic: Some(place),
        parent: None,
        children: Vec::new(),
        previous: None,
        next: None,
        // By the places that they have there; `taxonomy` puts those of now.
        tags: known.tags.clone(),
        tag: None,
        person: None,
        source: None,
        picks: None,
    })
}

/// The address of a page in a language.
pub fn url(site: &Site, language: LanguageId, address: &str) -> UrlPath {
    let prefix = match language {
        LanguageId::FIRST => String::new(),
        LanguageId(_) => format!("{}/", site.language_code(language)),
    };
    let slash = if address.is_empty() { "" } else { "/" };
    // Addresses are made of slugs, so the path is always sound.
    UrlPath::new(&format!("/{prefix}{address}{slash}")).unwrap_or_else(UrlPath::root)
}

/// The written title, or the name of the file when the front matter is broken.
pub fn title(keys: &FrontMatter, address: &str) -> String {
    keys.title
        .as_ref()
        .map_or_else(|| name_of(address), |title| title.value.clone())
}

/// The description as plain text: what is cited in brackets is left out, `@key` becomes the name of the
/// source.
pub fn description(
    site: &Site,
    language: LanguageId,
    keys: &FrontMatter,
    document: &Document,
) -> String {
    let written = keys
        .description
        .as_ref()
        .map_or("", |written| &written.value);
    let mut text = written.to_owned();
    let cited = document.description.iter().flat_map(|body| &body.citations);
    for citation in cited {
        let work = citation
            .items
            .first()
            .and_then(|item| site.works.find(&item.key.value));
        text = match (citation.form, work) {
            (Form::Bracketed, _) => text
                .replace(&format!(" {}", citation.written), "")
                .replace(&citation.written, ""),
            (Form::InText, Some(work)) => {
                text.replace(&citation.written, &site.citer(language).short_in_text(work))
            }
            (Form::InText, None) => text,
        };
    }
    text
}

/// A name for what nobody named: `ways-of-caring` gives "Ways of caring".
fn name_of(address: &str) -> String {
    let words = address
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A page that nobody wrote.
pub fn unwritten(
    kind: PageKind,
    url: UrlPath,
    language: LanguageId,
    title: impl Into<Arc<str>>,
) -> Page {
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

fn home(
    site: &mut Site,
    language: LanguageId,
    sections: &mut Sections,
    findings: &mut Vec<Diagnostic>,
) -> PageId {
    if let Some(id) = sections.get("") {
        return *id;
    }
    if language == LanguageId::FIRST {
        findings.push(
            Diagnostic::new(
                Code::MissingFile,
                "the site has no front page `content/_index.md`",
            )
            .help(
                "make that file, with a line `---`, a line `title: ...`, a line `---` and the text",
            ),
        );
    }
    let title = site.config.languages[language.0].title.clone();
    let id = site.add(unwritten(
        PageKind::Home,
        url(site, language, ""),
        language,
        title,
    ));
    sections.insert("".into(), id);
    id
}

/// Folders without an `_index.md` still have a page, so that every breadcrumb leads somewhere.
fn add_missing_sections(
    site: &mut Site,
    language: LanguageId,
    sections: &mut Sections,
    pages: &[(Arc<str>, PageId)],
    findings: &mut Vec<Diagnostic>,
) {
    let mut wanted = pages.to_vec();
    wanted.extend(
        sections
            .iter()
            .map(|(address, id)| (Arc::clone(address), *id)),
    );
    // Neighbours lie in one folder; its own page is looked for once.
    wanted.dedup_by(|next, one| parent_address(&next.0) == parent_address(&one.0));
    for (address, from) in wanted {
        let mut above = parent_address(&address);
        while let Some(folder) = above {
            if sections.contains_key(folder) {
                break;
            }
            let page = unwritten(
                PageKind::Section,
                url(site, language, folder),
                language,
                name_of(folder),
            );
            if language == LanguageId::FIRST {
                findings.push(missing_index(site, from, folder));
            }
            let id = site.add(page);
            sections.insert(folder.into(), id);
            above = parent_address(folder);
        }
    }
}

fn missing_index(site: &Site, from: PageId, folder: &str) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::MissingIndex,
        format!("the folder of `/{folder}/` has no `_index.md`"),
    )
    .help("make an `_index.md` in it with a title and a sentence or two");
    match &site.page(from).document {
        Some(document) => finding.at(&document.path, 0..0, "this page lies in it"),
        None => finding,
    }
}

fn parent_address(address: &str) -> Option<&str> {
    if address.is_empty() {
        return None;
    }
    Some(address.rsplit_once('/').map_or("", |(folder, _)| folder))
}

/// Parents, children in order, and neighbours.
fn connect(site: &mut Site, sections: &Sections, pages: Vec<(Arc<str>, PageId)>) {
    let below = sections
        .iter()
        .map(|(address, id)| (Arc::clone(address), *id));
    let all: Vec<_> = pages.into_iter().chain(below).collect();
    // Neighbours lie in one folder.
    for group in all.chunk_by(|one, next| parent_address(&one.0) == parent_address(&next.0)) {
        let folder = group
            .first()
            .and_then(|(address, _)| parent_address(address));
        let Some(parent) = folder.and_then(|folder| sections.get(folder)) else {
            continue;
        };
        for (_, id) in group {
            site.page_mut(*id).parent = Some(*parent);
        }
        let below = group.iter().map(|(_, id)| *id);
        site.page_mut(*parent).children.extend(below);
    }
    let in_order: Vec<_> = sections
        .values()
        .copied()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|section| (section, children_in_order(site, section)))
        .collect();
    for (section, children) in in_order {
        arrange(site, section, children);
    }
}

/// Sorts the pages of a section, and tells each its neighbours.
pub fn put_in_order(site: &mut Site, section: PageId) {
    let children = children_in_order(site, section);
    arrange(site, section, children);
}

fn children_in_order(site: &Site, section: PageId) -> Vec<PageId> {
    let mut children = site.page(section).children.clone();
    children.sort_by(|one, other| rank(site.page(*one)).cmp(&rank(site.page(*other))));
    children
}

fn arrange(site: &mut Site, section: PageId, children: Vec<PageId>) {
    let content: Vec<_> = children
        .iter()
        .copied()
        .filter(|id| site.page(*id).kind.is_content())
        .collect();
    for (place, id) in content.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| content[place]);
        let after = content.get(place + 1).copied();
        let page = site.page(*id);
        // A page that stays between the same two is not copied.
        if page.previous != before || page.next != after {
            let page = site.page_mut(*id);
            page.previous = before;
            page.next = after;
        }
    }
    site.page_mut(section).children = children;
}

/// Pages with an `order` first, then by title.
pub fn rank(page: &Page) -> (i64, &str, &UrlPath) {
    (page.order, &page.title_in_small, &page.url)
}

/// What the title and the keys of a page decide about its place among its neighbours.
pub fn set_rank(page: &mut Page) {
    page.order = page.keys.order.unwrap_or(i64::MAX);
    page.title_in_small = page.title.to_lowercase().into();
}

fn add_not_found(site: &mut Site, language: LanguageId, home: PageId) -> PageId {
    let address = format!("{}404.html", site.page(home).url);
    let title = site
        .theme
        .words(site.language_code(language))
        .text("title_of_not_found")
        .to_owned();
    let url = UrlPath::new(&address).unwrap_or_else(UrlPath::root);
    let mut page = unwritten(PageKind::NotFound, url, language, title);
    page.parent = Some(home);
    site.add(page)
}

/// A page for each person, below the page that lists them.
fn add_people(site: &mut Site, language: LanguageId, home: PageId) -> Vec<PageId> {
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
        let mut page = unwritten(
            PageKind::People,
            url(site, language, "people"),
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
            let mut page = unwritten(
                PageKind::Person,
                url(site, language, &address),
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
fn add_sources(
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
        let url = url(site, language, "sources");
        let mut page = unwritten(PageKind::Sources, url, language, title);
        page.parent = Some(home);
        site.add(page)
    });
    let works = Arc::clone(&site.works);
    let cited: Vec<_> = site.cited.iter().copied().collect();
    let pages = cited.into_iter().map(|id| {
        let work = works.work(id);
        let address = format!("sources/{}", work.slug);
        let title = match work.text("title") {
            title if title.is_empty() => site.citer(language).short(id),
            title => title,
        };
        let url = url(site, language, &address);
        let mut page = unwritten(PageKind::Source, url, language, title);
        page.parent = Some(library);
        page.description = work.evidence.finding.as_str().into();
        page.source = Some(id);
        (id, site.add(page))
    });
    let pages = pages.collect();
    (Some(library), pages)
}

//! The pages and sections of one language.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::before::Before;
use super::topics::Role;
use super::{
    Edition, LanguageId, Page, PageId, PageKind, Site, TopicId, pickers, taxonomy, unwritten,
};
use crate::citations::Form;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, FrontMatter};
use crate::path::UrlPath;

/// The pages of folders, by their addresses without slashes at their ends.
type Sections = BTreeMap<Arc<str>, PageId>;

/// Makes all pages of a language.
pub fn add_edition(
    site: &mut Site,
    language: LanguageId,
    before: Option<&Before<'_>>,
    findings: &mut Vec<Diagnostic>,
) {
    let before = before.filter(|before| before.makes_the_same_pages(site));
    let mut sections: Sections = BTreeMap::new();
    let mut pages = Vec::new();
    let topics: Vec<TopicId> = site.topic_ids().collect();
    let made: Vec<(TopicId, Arc<Page>)> = topics
        .into_par_iter()
        .filter_map(|topic| {
            let known = before.and_then(|before| before.page_of(topic, language));
            let page = known.or_else(|| written_page(site, language, topic))?;
            Some((topic, Arc::new(page)))
        })
        .collect();
    for (topic, page) in made {
        let id = site.pages.push(page);
        site.set_page_of(topic, language, Some(id));
        let topic = site.topic(topic);
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
    let not_found = unwritten::add_not_found(site, language, home);
    let person_pages = unwritten::add_people(site, language, home);
    let (sources_page, source_pages) = unwritten::add_sources(site, language, home);
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
pub fn written_page(site: &Site, language: LanguageId, id: TopicId) -> Option<Page> {
    let falls_back = site.config.languages[language.0].has_fallback;
    let topic = site.topic(id);
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
    let mut page = Page::unwritten(kind, url(site, language, &topic.address), language, title);
    page.text_language = LanguageId(text_language);
    page.document = Some(Arc::clone(&written.document));
    page.keys = Arc::clone(&written.keys);
    page.description = description(site, language, &written.keys, &written.document).into();
    page.topic = Some(id);
    page.set_rank();
    Some(page)
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
    let id = site.add(Page::unwritten(
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
            let page = Page::unwritten(
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

pub fn parent_address(address: &str) -> Option<&str> {
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

fn children_in_order(site: &Site, section: PageId) -> Vec<PageId> {
    let mut children = site.page(section).children.clone();
    children.sort_by(|one, other| site.page(*one).rank().cmp(&site.page(*other).rank()));
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

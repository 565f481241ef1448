//! Tags: what a language's pages are about.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::topics::Role;
use super::{LanguageId, PageId, PageKind, Site, tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;

/// A tag of one language.
#[derive(Debug, Clone)]
pub struct Tag {
    /// As it is written: the introduction's title, else as the first page writes it.
    pub title: String,
    /// Its page.
    pub page: PageId,
    /// The pages that carry it, in the order of the site.
    pub pages: Vec<PageId>,
}

/// How many pages after a page in a tag's list are looked at for related ones. A bound, so that a
/// tag with all pages of the site costs no more than a tag with ten.
const NEIGHBOURS: usize = 8;

/// How many related pages are shown beside those that the author names.
const RELATED: usize = 3;

/// Gives the pages of a language their tags, and makes a page for each tag.
pub fn add(site: &mut Site, language: LanguageId, home: PageId, findings: &mut Vec<Diagnostic>) {
    // By the place of the tag of that name in `tags`; `None` when nothing is left of a name.
    let mut places: FxHashMap<String, Option<usize>> = FxHashMap::default();
    let mut place_by_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut tags: Vec<(String, (String, Vec<PageId>))> = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        // A page that is not translated carries the tags of another language.
        if page.language != language || page.is_fallback() {
            continue;
        }
        for tag in page.keys.tags.iter().flatten() {
            let place = match places.get(tag.value.as_str()) {
                Some(place) => *place,
                None => {
                    let name = slug(&tag.value);
                    let place = (!name.is_empty()).then(|| {
                        *place_by_name.entry(name.clone()).or_insert_with(|| {
                            tags.push((name, (tag.value.clone(), Vec::new())));
                            tags.len() - 1
                        })
                    });
                    places.insert(tag.value.clone(), place);
                    place
                }
            };
            let Some(place) = place else {
                if let Some(document) = &page.document {
                    findings.push(
                        Diagnostic::new(Code::UnknownValue, "a tag without letters or digits")
                            .at(&document.path, tag.span.clone(), "")
                            .help("write a word, or take the tag away"),
                    );
                }
                continue;
            };
            let (_, (_, pages)) = &mut tags[place];
            if pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    if tags.is_empty() {
        return;
    }
    let tags: BTreeMap<String, (String, Vec<PageId>)> = tags.into_iter().collect();
    let introductions = introductions(site, language, &tags, findings);
    let list = add_list(site, language, home);
    for (name, (title, pages)) in tags {
        let page = match introductions.get(&name) {
            Some(page) => *page,
            None => {
                let url = tree::url(site, language, &format!("tags/{name}"));
                site.add(tree::unwritten(PageKind::Tag, url, language, title))
            }
        };
        let index = site.edition(language).tags.len();
        for id in &pages {
            site.page_mut(*id).tags.push(index);
        }
        site.page_mut(page).parent = Some(list);
        site.page_mut(page).tag = Some(index);
        site.page_mut(page).children = pages.clone();
        site.page_mut(list).children.push(page);
        let title = site.page(page).title.clone();
        site.edition_mut(language)
            .tags
            .push(Tag { title, page, pages });
    }
    site.edition_mut(language).tags_page = Some(list);
}

/// The written introductions of tags that pages carry, as pages, by the tag's part of the address.
fn introductions(
    site: &mut Site,
    language: LanguageId,
    tags: &BTreeMap<String, (String, Vec<PageId>)>,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, PageId> {
    let mut made = BTreeMap::new();
    for topic in 0..site.topics.len() {
        if site.topics[topic].role != Role::Tag {
            continue;
        }
        let name = site.topics[topic]
            .address
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        if !tags.contains_key(&name) {
            report_unused(site, topic, language, &name, findings);
        } else if let Some(id) = written(site, topic, language, PageKind::Tag) {
            made.insert(name, id);
        }
    }
    made
}

fn report_unused(
    site: &Site,
    topic: usize,
    language: LanguageId,
    name: &str,
    findings: &mut Vec<Diagnostic>,
) {
    // A draft may carry it, and bring it along when it is published.
    let waits = site
        .topics
        .iter()
        .flat_map(|topic| topic.documents.iter().flatten())
        .any(|written| {
            let mut tags = written.keys.tags.iter().flatten();
            written.hidden.is_some() && tags.any(|tag| slug(&tag.value) == name)
        });
    if waits {
        return;
    }
    if let Some((written, _)) = site.topics[topic].shown_in(language.0, false) {
        let document = &written.document;
        findings.push(
            Diagnostic::new(
                Code::UnusedFile,
                format!("no page carries the tag `{name}`"),
            )
            .at(&document.path, document.title_span(), "not published")
            .help("give a page that tag, or delete this file"),
        );
    }
}

fn add_list(site: &mut Site, language: LanguageId, home: PageId) -> PageId {
    let topic = (0..site.topics.len()).find(|topic| site.topics[*topic].role == Role::Tags);
    let id = topic
        .and_then(|topic| written(site, topic, language, PageKind::Tags))
        .unwrap_or_else(|| {
            let title = site
                .theme
                .words(site.language_code(language))
                .text("title_of_tags")
                .to_owned();
            let url = tree::url(site, language, "tags");
            site.add(tree::unwritten(PageKind::Tags, url, language, title))
        });
    site.page_mut(id).parent = Some(home);
    id
}

/// Makes the page of a text in a language, when somebody wrote it in that language.
fn written(site: &mut Site, topic: usize, language: LanguageId, kind: PageKind) -> Option<PageId> {
    let (written, _) = site.topics[topic].shown_in(language.0, false)?;
    let document = Arc::clone(&written.document);
    let keys = Arc::clone(&written.keys);
    let title = keys
        .title
        .as_ref()
        .map_or_else(String::new, |title| title.value.clone());
    let url = tree::url(site, language, &site.topics[topic].address);
    let mut page = tree::unwritten(kind, url, language, title);
    page.description = tree::description(site, language, &keys, &document);
    page.document = Some(document);
    page.keys = keys;
    page.topic = Some(topic);
    let id = site.add(page);
    Arc::make_mut(&mut site.topics[topic]).pages[language.0] = Some(id);
    Some(id)
}

impl Site {
    /// Pages that share most tags with a page, best first, without those in `besides`.
    ///
    /// Only the next few pages of each tag are compared, so the cost does not grow with the site.
    pub fn related_by_tags(&self, id: PageId, besides: &[PageId]) -> Vec<PageId> {
        let page = self.page(id);
        let mut shared: BTreeMap<PageId, usize> = BTreeMap::new();
        for tag in &page.tags {
            let pages = &self.edition(page.language).tags[*tag].pages;
            let Ok(place) = pages.binary_search(&id) else {
                continue;
            };
            for step in 1..=NEIGHBOURS.min(pages.len() - 1) {
                *shared
                    .entry(pages[(place + step) % pages.len()])
                    .or_insert(0) += 1;
            }
        }
        let mut best: Vec<_> = shared
            .into_iter()
            .filter(|(other, _)| !besides.contains(other) && self.page(*other).kind.is_content())
            .collect();
        best.sort_by_key(|(other, count)| (usize::MAX - count, *other));
        best.truncate(RELATED);
        best.into_iter().map(|(other, _)| other).collect()
    }
}

//! Tags: what a language's pages are about.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::before::Before;
use super::topics::Role;
use super::{LanguageId, Page, PageId, PageKind, Site, tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;

/// A tag of one language.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The last part of its address.
    pub name: Arc<str>,
    /// As it is written: the introduction's title, else as the first page writes it.
    pub title: Arc<str>,
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

/// Gives the pages of a language their tags, and makes a page for each tag. Pages that the site before had
/// carry the tags that they had there.
pub fn add(
    site: &mut Site,
    language: LanguageId,
    home: PageId,
    before: Option<&Before<'_>>,
    findings: &mut Vec<Diagnostic>,
) {
    let before = before.filter(|before| !before.site.edition(language).has_nameless_tags);
    let mut has_nameless_tags = false;
    let mut found = Found::new(before.map_or(&[], |before| &before.site.edition(language).tags));
    let mut are_known: Vec<PageId> = Vec::new();
    // The tags of each other page, by their place in `found`; those of one page stand together.
    let mut carried: Vec<(PageId, usize)> = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        // A page that is not translated carries the tags of another language.
        if page.language != language || page.is_fallback() {
            continue;
        }
        if before.is_some_and(|before| before.has(page.topic)) {
            are_known.push(id);
            for index in &page.tags {
                found.carried_before(*index, id);
            }
            continue;
        }
        for tag in page.keys.tags.iter().flatten() {
            let place = found.place_of(&tag.value);
            if let Some(place) = place.filter(|place| found.puts(*place, id)) {
                carried.push((id, place));
            } else if let (None, Some(document)) = (place, &page.document) {
                has_nameless_tags = true;
                findings.push(
                    Diagnostic::new(Code::UnknownValue, "a tag without letters or digits")
                        .at(&document.path, tag.span.clone(), "")
                        .help("write a word, or take the tag away"),
                );
            }
        }
    }
    site.edition_mut(language).has_nameless_tags = has_nameless_tags;
    if found.tags.is_empty() {
        return;
    }
    let index_by_place = in_order_of_names(&found.tags);
    let known = found.place_by_known.iter().enumerate();
    let has_moved = known
        .filter_map(|(index, place)| Some((index, index_by_place[(*place)?])))
        .any(|(before, now)| before != now);
    for id in are_known.into_iter().filter(|_| has_moved) {
        for tag in &mut site.page_mut(id).tags {
            // They stay in the order of their names.
            *tag = found.place_by_known[*tag].map_or(*tag, |place| index_by_place[place]);
        }
    }
    let tags = found.tags;
    let tags: BTreeMap<Arc<str>, Vec<PageId>> = tags.into_iter().collect();
    for of_page in carried.chunk_by(|one, next| one.0 == next.0) {
        let mut indices: Vec<usize> = of_page
            .iter()
            .map(|(_, place)| index_by_place[*place])
            .collect();
        indices.sort_unstable();
        if let Some((id, _)) = of_page.first() {
            site.page_mut(*id).tags = indices;
        }
    }
    let introductions = introductions(site, language, &tags, findings);
    let list = add_list(site, language, home);
    for (name, pages) in tags {
        let page = match introductions.get(&*name) {
            Some(page) => *page,
            None => {
                let title = as_first_written(site, &name, &pages);
                let url = tree::url(site, language, &format!("tags/{name}"));
                site.add(Page::unwritten(PageKind::Tag, url, language, title))
            }
        };
        let index = site.edition(language).tags.len();
        site.page_mut(page).parent = Some(list);
        site.page_mut(page).tag = Some(index);
        site.page_mut(page).children = pages.clone();
        site.page_mut(list).children.push(page);
        let title = Arc::clone(&site.page(page).title);
        site.edition_mut(language).tags.push(Tag {
            name,
            title,
            page,
            pages,
        });
    }
    site.edition_mut(language).tags_page = Some(list);
}

/// The tags of a language, each with the pages that carry it, while they are gathered.
struct Found<'a> {
    tags: Vec<(Arc<str>, Vec<PageId>)>,
    /// By the part of the address.
    place_by_name: FxHashMap<Arc<str>, usize>,
    /// As pages write them; `None` when nothing is left of a name.
    place_by_value: FxHashMap<String, Option<usize>>,
    /// The tags of the site before, and where they are now once a page carries them.
    known: &'a [Tag],
    place_by_known: Vec<Option<usize>>,
}

impl<'a> Found<'a> {
    fn new(known: &'a [Tag]) -> Self {
        Self {
            tags: Vec::new(),
            place_by_name: FxHashMap::default(),
            place_by_value: FxHashMap::default(),
            known,
            place_by_known: vec![None; known.len()],
        }
    }

    fn place_of_name(&mut self, name: &Arc<str>) -> usize {
        *self
            .place_by_name
            .entry(Arc::clone(name))
            .or_insert_with(|| {
                self.tags.push((Arc::clone(name), Vec::new()));
                self.tags.len() - 1
            })
    }

    /// The tag that a page writes.
    fn place_of(&mut self, value: &str) -> Option<usize> {
        if let Some(place) = self.place_by_value.get(value) {
            return *place;
        }
        let name = slug(value);
        let place = (!name.is_empty()).then(|| self.place_of_name(&name.into()));
        self.place_by_value.insert(value.to_owned(), place);
        place
    }

    /// Puts a page below a tag. False when it is there already, under another spelling.
    fn puts(&mut self, place: usize, id: PageId) -> bool {
        let (_, pages) = &mut self.tags[place];
        let is_new = pages.last() != Some(&id);
        if is_new {
            pages.push(id);
        }
        is_new
    }

    /// Puts a page below a tag of the site before.
    fn carried_before(&mut self, index: usize, id: PageId) {
        let place = match self.place_by_known[index] {
            Some(place) => place,
            None => {
                let place = self.place_of_name(&self.known[index].name);
                self.place_by_known[index] = Some(place);
                place
            }
        };
        self.tags[place].1.push(id);
    }
}

/// A tag as the first page that carries it writes it.
fn as_first_written(site: &Site, name: &str, pages: &[PageId]) -> String {
    let first = pages.first().map(|id| site.page(*id));
    let mut tags = first
        .iter()
        .flat_map(|page| page.keys.tags.iter().flatten());
    tags.find(|tag| slug(&tag.value) == name)
        .map_or_else(|| name.to_owned(), |tag| tag.value.clone())
}

/// For each tag the place that its name has among all names.
fn in_order_of_names<T>(tags: &[(Arc<str>, T)]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..tags.len()).collect();
    places.sort_unstable_by_key(|place| &tags[*place].0);
    let mut indices = vec![0; tags.len()];
    for (index, place) in places.into_iter().enumerate() {
        indices[place] = index;
    }
    indices
}

/// The written introductions of tags that pages carry, as pages, by the tag's part of the address.
fn introductions(
    site: &mut Site,
    language: LanguageId,
    tags: &BTreeMap<Arc<str>, Vec<PageId>>,
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
        if !tags.contains_key(name.as_str()) {
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
            site.add(Page::unwritten(PageKind::Tags, url, language, title))
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
    let mut page = Page::unwritten(kind, url, language, title);
    page.description = tree::description(site, language, &keys, &document).into();
    page.document = Some(document);
    page.keys = keys;
    page.topic = Some(topic);
    let id = site.add(page);
    site.set_page_of(topic, language, id);
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

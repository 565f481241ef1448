//! Tags: what a language's pages are about.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::before::Before;
use super::topics::Role;
use super::{LanguageId, Page, PageId, PageKind, Site, TopicId, tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::slug;

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
    let mut found = Found::default();
    // The tags of each page, by their place in `found`; those of one page stand together.
    let mut carried: Vec<(PageId, usize)> = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        // A page that is not translated carries the tags of another language.
        if page.language != language || page.is_fallback() {
            continue;
        }
        if let Some(before) = before.filter(|before| before.has(page.topic)) {
            for tag in &page.tags {
                let place = found.place_of_known(*tag, before.site);
                let place = place.filter(|place| found.puts(*place, id));
                carried.extend(place.map(|place| (id, place)));
            }
            continue;
        }
        for tag in page.keys.tags.iter().flatten() {
            let place = found.place_of(&tag.value);
            carried.extend(
                place
                    .filter(|place| found.puts(*place, id))
                    .map(|place| (id, place)),
            );
            if let (None, Some(document)) = (place, &page.document) {
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
    let places = in_order_of_names(&found.tags);
    let introductions = introductions(site, language, &found.place_by_name, findings);
    let list = add_list(site, language, home);
    let mut page_by_place = vec![list; places.len()];
    for place in &places {
        let (name, pages) = &mut found.tags[*place];
        let pages = std::mem::take(pages);
        let page = match introductions.get(&**name) {
            Some(page) => *page,
            None => add_page(site, language, name, &pages),
        };
        put_below(site, page, list, name, pages);
        site.page_mut(list).children.push(page);
        page_by_place[*place] = page;
    }
    let edition = site.edition_mut(language);
    edition.tags = places.iter().map(|place| page_by_place[*place]).collect();
    edition.tags_page = Some(list);
    let mut rank_by_place = vec![0; places.len()];
    for (rank, place) in places.into_iter().enumerate() {
        rank_by_place[place] = rank;
    }
    for of_page in carried.chunk_by_mut(|one, next| one.0 == next.0) {
        of_page.sort_unstable_by_key(|(_, place)| rank_by_place[*place]);
        let tags = of_page.iter().map(|(_, place)| page_by_place[*place]);
        let tags = tags.collect();
        if let Some((id, _)) = of_page.first() {
            site.page_mut(*id).tags = tags;
        }
    }
}

/// The tags of a language, each with the pages that carry it, while they are gathered.
#[derive(Default)]
struct Found {
    tags: Vec<(Arc<str>, Vec<PageId>)>,
    /// By the part of the address.
    place_by_name: FxHashMap<Arc<str>, usize>,
    /// As pages write them; `None` when nothing is left of a name.
    place_by_value: FxHashMap<String, Option<usize>>,
    /// By the page that a tag had in the site before.
    place_by_known: FxHashMap<PageId, Option<usize>>,
}

impl Found {
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
        let place = name_of(value).map(|name| self.place_of_name(&name));
        self.place_by_value.insert(value.to_owned(), place);
        place
    }

    /// The tag that a page had in a site before.
    fn place_of_known(&mut self, page: PageId, before: &Site) -> Option<usize> {
        if let Some(place) = self.place_by_known.get(&page) {
            return *place;
        }
        let name = before.page(page).tag.as_ref();
        let place = name.map(|name| self.place_of_name(name));
        self.place_by_known.insert(page, place);
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
}

/// The last part of a tag's address; `None` when nothing is left of what was written.
pub fn name_of(value: &str) -> Option<Arc<str>> {
    let name = slug(value);
    (!name.is_empty()).then(|| name.into())
}

/// The page of a tag that nobody has introduced.
fn add_page(site: &mut Site, language: LanguageId, name: &str, pages: &[PageId]) -> PageId {
    let title = as_first_written(site, name, pages);
    let url = tree::url(site, language, &format!("tags/{name}"));
    site.add(Page::unwritten(PageKind::Tag, url, language, title))
}

/// Makes a page that of a tag.
fn put_below(site: &mut Site, page: PageId, list: PageId, name: &Arc<str>, pages: Vec<PageId>) {
    let page = site.page_mut(page);
    page.parent = Some(list);
    page.tag = Some(Arc::clone(name));
    page.children = pages;
}

/// A tag as the first page that carries it writes it.
pub fn as_first_written(site: &Site, name: &str, pages: &[PageId]) -> String {
    let first = pages.first().map(|id| site.page(*id));
    let mut tags = first
        .iter()
        .flat_map(|page| page.keys.tags.iter().flatten());
    tags.find(|tag| slug(&tag.value) == name)
        .map_or_else(|| name.to_owned(), |tag| tag.value.clone())
}

/// The places of tags in the order of their names.
fn in_order_of_names<T>(tags: &[(Arc<str>, T)]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..tags.len()).collect();
    places.sort_unstable_by_key(|place| &tags[*place].0);
    places
}

/// The written introductions of tags that pages carry, as pages, by the tag's part of the address.
fn introductions(
    site: &mut Site,
    language: LanguageId,
    tags: &FxHashMap<Arc<str>, usize>,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, PageId> {
    let mut made = BTreeMap::new();
    for topic in site.topic_ids() {
        if site.topic(topic).role != Role::Tag {
            continue;
        }
        let name = site
            .topic(topic)
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
    topic: TopicId,
    language: LanguageId,
    name: &str,
    findings: &mut Vec<Diagnostic>,
) {
    // A draft may carry it, and bring it along when it is published.
    let waits = site
        .topics()
        .flat_map(|topic| topic.documents.iter().flatten())
        .any(|written| {
            let mut tags = written.keys.tags.iter().flatten();
            written.hidden.is_some() && tags.any(|tag| slug(&tag.value) == name)
        });
    if waits {
        return;
    }
    if let Some((written, _)) = site.topic(topic).shown_in(language.0, false) {
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
    let topic = site
        .topic_ids()
        .find(|topic| site.topic(*topic).role == Role::Tags);
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
fn written(
    site: &mut Site,
    topic: TopicId,
    language: LanguageId,
    kind: PageKind,
) -> Option<PageId> {
    let (written, _) = site.topic(topic).shown_in(language.0, false)?;
    let document = Arc::clone(&written.document);
    let keys = Arc::clone(&written.keys);
    let title = keys
        .title
        .as_ref()
        .map_or_else(String::new, |title| title.value.clone());
    let url = tree::url(site, language, &site.topic(topic).address);
    let mut page = Page::unwritten(kind, url, language, title);
    page.description = tree::description(site, language, &keys, &document).into();
    page.document = Some(document);
    page.keys = keys;
    page.topic = Some(topic);
    let id = site.add(page);
    site.set_page_of(topic, language, Some(id));
    Some(id)
}

impl Site {
    /// Pages that share most tags with a page, best first, without those in `besides`.
    ///
    /// Only the next few pages of each tag are compared, so the cost does not grow with the site.
    pub fn related_by_tags(&self, id: PageId, besides: &[PageId]) -> Vec<PageId> {
        let page = self.page(id);
        let mut shared: BTreeMap<usize, (PageId, usize)> = BTreeMap::new();
        for tag in &page.tags {
            let pages = &self.page(*tag).children;
            let rank = self.rank(id);
            let Ok(place) = pages.binary_search_by_key(&rank, |other| self.rank(*other)) else {
                continue;
            };
            for step in 1..=NEIGHBOURS.min(pages.len() - 1) {
                let other = pages[(place + step) % pages.len()];
                shared.entry(self.rank(other)).or_insert((other, 0)).1 += 1;
            }
        }
        let mut best: Vec<_> = shared
            .into_values()
            .filter(|(other, _)| !besides.contains(other) && self.page(*other).kind.is_content())
            .collect();
        // Where as many are shared, they stay in the order of the site.
        best.sort_by_key(|(_, count)| usize::MAX - count);
        best.truncate(RELATED);
        best.into_iter().map(|(other, _)| other).collect()
    }
}

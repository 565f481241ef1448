//! The audit of what is about to be published: what is wrong in the finished bytes, wherever it came
//! from.
//!
//! Articles, data files and templates are each checked where they are read. What they make together is
//! only there when it is made: a link that a template puts together, an element that one template
//! begins and another ends, words of a draft that came in by a list. [`Audit::look`] is given every
//! artifact once, on all cores and in any order; what needs all of them, such as anchors of other
//! pages, waits for [`Audit::finish`], which also finds out who made each mistake ([`place`]) and tells
//! one that a template makes on a thousand pages once.
//!
//! ```text
//! reader      a page in pieces      elements, tag    what HTML knows
//! page        one page, by all rules:
//!   structure, attributes, tables     HTML as it should be
//!   ids, landmarks, names             what those who do not see a page need
//!   addresses                         where links lead
//!   structured_data                   JSON-LD
//! files       other files: stylesheets, drawings, feeds, what is published as it is
//! hidden      words of drafts
//! ```
//!
//! To add a rule on pages: a file beside [`names`], and a line in [`page`]. What it finds is a [`Fault`]
//! with a code of the group "Finished pages" in `diagnostic/codes.rs`.

mod addresses;
mod attributes;
mod elements;
mod fault;
mod files;
mod hidden;
mod ids;
mod landmarks;
mod names;
mod page;
mod place;
mod reader;
mod structure;
mod structured_data;
mod tables;
mod tag;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::path::{SourcePath, UrlPath};
use crate::render::{Content, Route};
use crate::site::{PageId, Site};
use addresses::Addresses;
use fault::Fault;
use hidden::Hidden;
use page::Anchor;
use place::{Place, Places};

/// How many mistakes of one kind are told of one page. A page that is broken once is often broken in a
/// hundred places by it.
const MOST_OF_A_KIND: usize = 20;

/// How many different mistakes of one kind a tag of a template can have.
const MOST_OF_A_TAG: usize = 4;

/// Looks at all that is published.
#[derive(Debug)]
pub struct Audit<'a> {
    site: &'a Site,
    addresses: Addresses,
    hidden: Option<Hidden>,
    gathered: Mutex<Gathered>,
}

/// What was seen so far.
#[derive(Debug, Default)]
struct Gathered {
    faults: Vec<Seen>,
    /// Findings whose place is known.
    findings: Vec<Diagnostic>,
    /// Links to anchors of other pages.
    anchors: Vec<(u32, Seen)>,
    /// The ids of each page.
    ids: BTreeMap<u32, Vec<u64>>,
}

/// A mistake, without the page that has it.
#[derive(Debug, Clone, Default)]
struct Seen {
    code: Option<Code>,
    message: String,
    help: String,
    /// The tag, or what else it is about, as it stands in the page.
    piece: String,
    /// What stands before and after it, as far as it is near.
    before: String,
    after: String,
    /// Words that an author may have written.
    words: String,
    is_in_main: bool,
    /// Where the page is served.
    url: Option<UrlPath>,
    page: Option<PageId>,
    /// The hash of the id that a link to another page names.
    id: u64,
}

impl<'a> Audit<'a> {
    /// For a site with these routes.
    pub fn new(site: &'a Site, routes: &[(UrlPath, Route)]) -> Self {
        Self {
            site,
            addresses: Addresses::new(site, routes),
            hidden: Hidden::of(site),
            gathered: Mutex::default(),
        }
    }

    /// Looks at one artifact.
    pub fn look(&self, url: &UrlPath, route: &Route, content: &Content) {
        let Content::Bytes(bytes) = content else {
            return;
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            return;
        };
        let file = url.output();
        let mut found = Gathered::default();
        match route {
            Route::Page(id) => self.page(url, Some(*id), text, &mut found),
            Route::Redirect(_) => self.page(url, None, text, &mut found),
            Route::File(path) => {
                files::written_by_authors(
                    path,
                    text,
                    file.as_str(),
                    &self.addresses,
                    &mut found.findings,
                );
            }
            Route::Feed(_) | Route::Sitemap | Route::SitemapPart(_) | Route::Robots => {
                files::lists_of_addresses(url, text, &self.addresses, &mut found.findings);
            }
            Route::Export(..) | Route::Cards(_) | Route::Filter(_) | Route::Headers => {}
            Route::Asset(name) => {
                // Stylesheets are bundled, and were looked at before.
                if let Some(path) = theme_file(self.site, name)
                    && path.extension() != "css"
                    && let Some(text) = self.site.inputs.text_of(&path)
                {
                    files::written_by_authors(
                        &path,
                        text,
                        file.as_str(),
                        &self.addresses,
                        &mut found.findings,
                    );
                }
            }
        }
        if let Some(hidden) = &self.hidden {
            hidden.look(self.site, url, route, text, &mut found.findings);
        }
        self.gathered().join(found);
    }

    fn gathered(&self) -> std::sync::MutexGuard<'_, Gathered> {
        // What another thread left while it panicked ends the whole run anyway.
        self.gathered
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn page(&self, url: &UrlPath, id: Option<PageId>, html: &str, found: &mut Gathered) {
        let read = page::read(html, url.output().as_str(), &self.addresses);
        let seen = |fault: Fault| Seen::new(fault, html, url, id);
        let mut of_kind: BTreeMap<Code, usize> = BTreeMap::new();
        for fault in read.faults {
            let number = of_kind.entry(fault.code).or_default();
            *number += 1;
            if *number <= MOST_OF_A_KIND {
                found.faults.push(seen(fault));
            }
        }
        for Anchor { page, id, fault } in read.anchors {
            found.anchors.push((page, Seen { id, ..seen(fault) }));
        }
        if let Some(place) = self.addresses.place(url) {
            found.ids.insert(place, read.ids);
        }
    }

    /// What is wrong with all that was looked at.
    pub fn finish(self) -> Vec<Diagnostic> {
        let gathered = self.gathered.into_inner();
        let mut gathered = gathered.unwrap_or_else(std::sync::PoisonError::into_inner);
        for (page, mut seen) in gathered.anchors {
            let ids = gathered.ids.get(&page);
            // The ids of a page whose template fails are not known.
            if ids.is_some_and(|ids| ids.binary_search(&seen.id).is_err()) {
                let other = self.addresses.url(page);
                seen.help = format!("look which ids `{other}` has, and mend the link");
                gathered.faults.push(seen);
            }
        }
        let mut findings = gathered.findings;
        findings.extend(told(self.site, gathered.faults));
        findings
    }
}

impl Gathered {
    fn join(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.findings.extend(other.findings);
        self.anchors.extend(other.anchors);
        self.ids.extend(other.ids);
    }
}

impl Seen {
    fn new(fault: Fault, html: &str, url: &UrlPath, page: Option<PageId>) -> Self {
        let piece = html.get(fault.span.clone()).unwrap_or_default();
        let before = html.get(..fault.span.start).unwrap_or_default();
        let is_after = |tag: &str| before.rfind(tag).map_or(0, |at| at + 1);
        let words = if fault.words.is_empty() {
            words_after(&html[fault.span.end.min(html.len())..])
        } else {
            fault.words
        };
        Self {
            code: Some(fault.code),
            message: fault.message,
            help: fault.help,
            piece: piece.to_owned(),
            before: before[near_before(before, before.len())..].to_owned(),
            after: html[fault.span.end..near_after(html, fault.span.end)].to_owned(),
            words,
            is_in_main: is_after("<main") > is_after("</main"),
            url: Some(url.clone()),
            page,
            id: 0,
        }
    }
}

/// So many bytes before and after a tag help to tell it from others that look alike.
const NEAR: usize = 60;

/// Where what is near before a place begins.
fn near_before(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.saturating_sub(NEAR))
}

/// Where what is near after a place ends.
fn near_after(text: &str, at: usize) -> usize {
    text.floor_char_boundary((at + NEAR).min(text.len()))
        .max(at)
}

/// The words that follow a tag, until the next.
fn words_after(html: &str) -> String {
    let end = html.find('<').unwrap_or(html.len());
    html[..end].trim().to_owned()
}

/// Each mistake at the place where it can be mended; those that one place makes, once.
fn told(site: &Site, mut faults: Vec<Seen>) -> Vec<Diagnostic> {
    if faults.is_empty() {
        return Vec::new();
    }
    faults.sort_by(|a, b| (&a.url, &a.message, &a.piece).cmp(&(&b.url, &b.message, &b.piece)));
    let places = Places::new(site);
    let mut by_place: BTreeMap<(Place, Option<Code>), BTreeMap<String, Vec<Seen>>> =
        BTreeMap::new();
    for seen in faults {
        let page = seen.page.map(|id| site.page(id));
        let document = page.and_then(|page| page.document.as_deref());
        let place = places.of(&seen, document);
        let message = seen.message.replace("../", "");
        let all = by_place.entry((place, seen.code)).or_default();
        all.entry(message).or_default().push(seen);
    }
    let mut findings = Vec::new();
    for ((place, code), by_message) in by_place {
        // One line of a template may make another message on each page, all of one mistake.
        let is_one = matches!(place, Place::Template(..)) && by_message.len() > MOST_OF_A_TAG;
        let messages: Vec<Vec<Seen>> = if is_one {
            vec![by_message.into_values().flatten().collect()]
        } else {
            by_message.into_values().collect()
        };
        let code = code.unwrap_or(Code::BrokenHtml);
        findings.extend(messages.iter().filter_map(|all| finding(&place, code, all)));
    }
    findings
}

fn finding(place: &Place, code: Code, all: &[Seen]) -> Option<Diagnostic> {
    let first = all.first()?;
    let url = first.url.as_ref()?;
    let mut pages: Vec<_> = all.iter().filter_map(|seen| seen.url.as_ref()).collect();
    pages.sort();
    pages.dedup();
    let others = match pages.len() - 1 {
        0 => String::new(),
        1 => " and on another page".to_owned(),
        more => format!(" and on {more} other pages"),
    };
    let message = format!("{}, on `{url}`{others}", first.message);
    let finding = Diagnostic::new(code, message).help(first.help.as_str());
    Some(match place {
        Place::Article(path, start, end) => finding.at(path, *start..*end, ""),
        Place::Template(path, start, end) => finding.at(path, *start..*end, "made here"),
        Place::Page(path, start, end) => finding.at(path, *start..*end, "on this page"),
        Place::Nowhere => finding,
    })
}

/// The place of an article as a whole.
fn at_document(finding: Diagnostic, document: &Document) -> Diagnostic {
    finding.at(&document.path, document.title_span(), "")
}

/// A file of the theme, or of the nearest theme that it extends.
fn theme_file(site: &Site, below: &str) -> Option<SourcePath> {
    let mut paths = site
        .theme
        .names()
        .filter_map(|theme| SourcePath::new(&format!("themes/{theme}/assets/{below}")));
    paths.find(|path| site.inputs.file(path).is_some())
}

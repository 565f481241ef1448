//! Pages that nobody finds, and pages from which nobody finds help.
//!
//! Looked at as readers see the site: every finished page is searched for the pages that it links to, in
//! its text, its menus and its lists, whatever theme has made them. Feeds and the map for search engines do
//! not count. Links from a page to itself do not either.
//!
//! One finding stands for all pages without help, for it is a theme or a menu that lacks it and not
//! each of the pages.

use std::collections::BTreeMap;
use std::sync::Mutex;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::follow;
use crate::site::{Page, PageId, PageKind, Site};

/// Who links to whom, as far as the pages are rendered.
#[derive(Debug)]
pub struct Reach<'a> {
    site: &'a Site,
    /// The file of each page, relative to the root.
    files: BTreeMap<String, PageId>,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    linked: FxHashSet<PageId>,
    without_help: Vec<PageId>,
}

impl<'a> Reach<'a> {
    /// Before the first page.
    pub fn new(site: &'a Site) -> Self {
        let file = |id| site.page(id).url.output().as_str().to_owned();
        Self {
            site,
            files: site.ids().map(|id| (file(id), id)).collect(),
            seen: Mutex::default(),
        }
    }

    /// Takes a finished page.
    pub fn look(&self, id: PageId, html: &[u8]) {
        let Ok(html) = std::str::from_utf8(html) else {
            return;
        };
        let linked = self.linked(self.site.page(id), html);
        let is_help = |id: &PageId| self.site.page(*id).kind == PageKind::Help;
        let leads_to_help = is_help(&id) || linked.iter().any(is_help);
        // A lock is only broken by a panic elsewhere, which ends the check anyway.
        let Ok(mut seen) = self.seen.lock() else {
            return;
        };
        if !leads_to_help {
            seen.without_help.push(id);
        }
        seen.linked
            .extend(linked.into_iter().filter(|to| *to != id));
    }

    /// What is wrong, once every page was seen.
    pub fn findings(self) -> Vec<Diagnostic> {
        let Ok(seen) = self.seen.into_inner() else {
            return Vec::new();
        };
        let has_help = self.site.pages().any(|page| page.kind == PageKind::Help);
        let help = has_help.then(|| without_help(self.site, seen.without_help));
        let orphans = self.site.ids().filter(|id| !seen.linked.contains(id));
        let orphans = orphans.filter_map(|id| orphan(self.site, id));
        help.flatten().into_iter().chain(orphans).collect()
    }

    /// The pages that a page links to.
    fn linked(&self, page: &Page, html: &str) -> FxHashSet<PageId> {
        let own = page.url.output();
        let folder = own
            .as_str()
            .rfind('/')
            .map_or("", |end| &own.as_str()[..end]);
        // Pages for addresses that lead nowhere are served anywhere, and link from the root.
        let base = self.site.config.base_url.path();
        let hrefs = html.split(" href=\"").skip(1);
        let addresses = hrefs.filter_map(|rest| rest.split(['"', '#', '?']).next());
        addresses
            .filter(|address| !address.is_empty() && !address.contains(':'))
            .filter_map(|address| {
                let path = match address.strip_prefix(base) {
                    Some(path) if address.starts_with('/') => follow("", path)?,
                    Some(_) | None => follow(folder, address)?,
                };
                let path = path.join("/");
                let index = [path.as_str(), "index.html"];
                let index = index.into_iter().filter(|part| !part.is_empty());
                let index = index.collect::<Vec<_>>().join("/");
                self.files
                    .get(&path)
                    .or_else(|| self.files.get(&index))
                    .copied()
            })
            .collect()
    }
}

fn without_help(site: &Site, mut pages: Vec<PageId>) -> Option<Diagnostic> {
    pages.sort_by_key(|id| site.rank(*id));
    let mut written = pages.iter().filter(|id| site.page(**id).document.is_some());
    let first = site.page(*written.next().or(pages.first())?);
    let count = pages.len();
    let (of, verb) = if count == 1 {
        ("page", "does")
    } else {
        ("pages", "do")
    };
    let finding = Diagnostic::new(
        Code::UnreachableHelp,
        format!(
            "{count} {of} {verb} not link to a page of help, such as `{}`",
            first.url
        ),
    );
    let finding = match &first.document {
        Some(document) => finding.at(&document.path, document.title_span(), "no link to help"),
        None => finding,
    };
    Some(finding.help(
        "put a page of kind `help` into the main menu or the foot, in `site.toml` or in the theme's template for all pages",
    ))
}

/// A page that somebody wrote for readers to find, and that nothing leads to.
fn orphan(site: &Site, id: PageId) -> Option<Diagnostic> {
    let page = site.page(id);
    let document = page.document.as_ref()?;
    if page.is_fallback() || matches!(page.kind, PageKind::Home | PageKind::NotFound) {
        return None;
    }
    Some(
        Diagnostic::new(
            Code::OrphanPage,
            format!("no page, menu or list links to `{}`", page.url),
        )
        .at(&document.path, document.title_span(), "")
        .help(
            "link to it from a page that readers come by, put it into a menu, or make it a draft",
        ),
    )
}

//! From a [`Site`] and a [`Route`] to the bytes that are published there.
//!
//! [`Renderer::render`] is a pure function of the site and the route: `build` calls it for every
//! route, `preview` for the one that a browser asks for. [`views`] turns the site into what
//! templates see; [`page`] fills the contract for one page; [`body`] fills the gaps in a text.
//!
//! To publish another kind of file: a variant of [`Route`], a line in [`Renderer::routes`], and a
//! file of this room that makes its bytes.

mod arguments;
mod body;
mod calendar;
mod cards;
mod dates;
mod feed;
mod feedback;
mod finish;
mod gathered;
mod headers;
mod other_languages;
mod page;
mod pickers;
mod references;
mod reviews;
mod rows;
mod services;
mod sitemap;
mod sources;
mod structured_data;
mod terms;
mod translations;
mod views;
mod walk;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::contacts::Contacts;
use crate::diagnostic::Diagnostic;
use crate::path::{SourcePath, UrlPath};
use crate::site::{LanguageId, PageId, PageKind, Site};
use crate::source::Contents;

pub use arguments::read as read_arguments;
pub use calendar::render as render_calendar;
use finish::Finished;
use gathered::Gathered;
pub use page::template_file;
pub use pickers::{asked as read_ideas, sheet as render_filter};
pub use rows::read as read_rows;
pub use sources::ExportFormat;
use views::Views;
pub use views::minutes;

/// Something that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A page.
    Page(PageId),
    /// An old address, by its place in [`Site::redirects`].
    Redirect(usize),
    /// The sources of a page for other programs.
    Export(PageId, ExportFormat),
    /// What the cards of a page's sources tell.
    Cards(PageId),
    /// The stylesheet by which the answers on a picker's page narrow down its ideas.
    Filter(PageId),
    /// The Atom feed of a language.
    Feed(LanguageId),
    /// The list of all pages for search engines.
    Sitemap,
    /// One part of that list, from 1, when it is too long for one file.
    SitemapPart(usize),
    /// What search engines may read.
    Robots,
    /// What a host is to send with every page.
    Headers,
    /// A file of the theme, by its name there.
    Asset(String),
    /// A picture or another file beside the articles.
    File(SourcePath),
}

/// What is published at a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The bytes, or where they lie.
    pub content: Content,
    /// The media type, for a server.
    pub media_type: &'static str,
    /// What it contacts, when it is a page that was rendered.
    pub contacts: Option<Contacts>,
}

/// The bytes of an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Made by the generator.
    Bytes(Vec<u8>),
    /// A file of the site folder, published as it is.
    File(PathBuf),
}

/// A site made ready to be rendered.
#[derive(Debug)]
pub struct Renderer {
    site: Arc<Site>,
    views: Views,
    /// Everything but pages by its address, gathered when a preview first asks for such a thing.
    others: OnceLock<FxHashMap<UrlPath, Route>>,
    /// What all pages contact, told by a build or gathered when it is first asked for.
    gathered: OnceLock<Gathered>,
}

impl Renderer {
    /// Makes what many pages share.
    pub fn new(site: Arc<Site>) -> Self {
        let views = Views::new(&site);
        Self {
            site,
            views,
            others: OnceLock::new(),
            gathered: OnceLock::new(),
        }
    }

    /// The site.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Everything that is published, each with its address. No address is there twice, unless the
    /// site has a finding that says so.
    pub fn routes(&self) -> Vec<(UrlPath, Route)> {
        let site = &self.site;
        // Long lists come first, so that no core is left with one of them at the end.
        let (articles, lists): (Vec<_>, Vec<_>) =
            site.ids().partition(|id| site.page(*id).kind.is_content());
        let mut routes: Vec<_> = lists
            .into_iter()
            .chain(articles)
            .map(|id| (site.page(id).url.clone(), Route::Page(id)))
            .collect();
        for (index, redirect) in site.redirects.iter().enumerate() {
            routes.push((redirect.from.clone(), Route::Redirect(index)));
        }
        routes.extend(sources::routes(site));
        routes.extend(cards::routes(site));
        routes.extend(pickers::routes(site));
        for language in site.languages() {
            if let Some(url) = self.views.feed_url(language) {
                routes.push((url.clone(), Route::Feed(language)));
            }
        }
        routes.extend(sitemap::routes(site));
        if let Some(url) = headers::url(site) {
            routes.push((url, Route::Headers));
        }
        for (name, asset) in site.theme.assets() {
            routes.push((asset.url.clone(), Route::Asset(name.clone())));
        }
        // What an author puts into `content/_static/` goes before what the generator makes.
        let files: BTreeSet<&UrlPath> = site.files.values().collect();
        routes.retain(|(url, route)| matches!(route, Route::Page(_)) || !files.contains(url));
        for (path, url) in site.files.iter() {
            routes.push((url.clone(), Route::File(path.clone())));
        }
        routes
    }

    /// What is published at an address such as `/caring/` or `/assets/main.css`.
    pub fn route(&self, path: &str) -> Option<Route> {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let url = UrlPath::new(path)?;
        if let Some(id) = self.site.page_at(&url) {
            return Some(Route::Page(id));
        }
        let others = self.others.get_or_init(|| {
            let all = self.routes().into_iter();
            all.filter(|(_, route)| !matches!(route, Route::Page(_)))
                .collect()
        });
        others.get(&url).cloned()
    }

    /// Makes what is published at a route. The findings are those of templates that fail.
    pub fn render(&self, route: &Route) -> Result<Artifact, Vec<Diagnostic>> {
        let html = |page: Finished| Artifact {
            content: Content::Bytes(page.html.into_bytes()),
            media_type: "text/html; charset=utf-8",
            contacts: Some(page.contacts),
        };
        let text = |text: String, media_type| Artifact {
            content: Content::Bytes(text.into_bytes()),
            media_type,
            contacts: None,
        };
        Ok(match route {
            Route::Page(id) => {
                let addresses = if self.is_last(route) {
                    self.gathered().addresses()
                } else {
                    Vec::new()
                };
                html(page::render(&self.site, &self.views, *id, addresses)?)
            }
            Route::Redirect(index) => html(page::render_redirect(&self.site, &self.views, *index)?),
            Route::Export(id, format) => text(
                sources::export(&self.site, &self.views, *id, *format),
                format.media_type(),
            ),
            Route::Cards(id) => text(
                cards::script(&self.site, *id),
                "text/javascript; charset=utf-8",
            ),
            Route::Filter(id) => text(pickers::sheet(&self.site, *id), "text/css; charset=utf-8"),
            Route::Feed(language) => text(
                feed::render(&self.site, &self.views, *language),
                "application/atom+xml; charset=utf-8",
            ),
            Route::Sitemap => text(
                sitemap::render(&self.site),
                "application/xml; charset=utf-8",
            ),
            Route::SitemapPart(part) => text(
                sitemap::render_part(&self.site, *part),
                "application/xml; charset=utf-8",
            ),
            Route::Robots => text(sitemap::robots(&self.site), "text/plain; charset=utf-8"),
            Route::Headers => text(
                headers::render(&self.site, self.gathered()),
                "text/plain; charset=utf-8",
            ),
            Route::Asset(name) => self.asset(name),
            Route::File(path) => self.file(path),
        })
    }

    /// True for what depends on all pages. A build renders it last, and says before what they contact.
    pub fn is_last(&self, route: &Route) -> bool {
        match route {
            Route::Headers => true,
            Route::Page(id) => self.site.page(*id).kind == PageKind::Promises,
            Route::Redirect(_)
            | Route::Export(..)
            | Route::Cards(_)
            | Route::Filter(_)
            | Route::Feed(_)
            | Route::Sitemap
            | Route::SitemapPart(_)
            | Route::Robots
            | Route::Asset(_)
            | Route::File(_) => false,
        }
    }

    /// Tells what the pages that are not last contact, so that nobody has to render them once more.
    pub fn gather<'a>(&self, pages: impl IntoIterator<Item = &'a Contacts>) {
        // When it is known already, it is the same.
        let _ = self.gathered.set(self.gathered_of(pages));
    }

    fn gathered(&self) -> &Gathered {
        self.gathered.get_or_init(|| {
            let routes = self.routes().into_iter().map(|(_, route)| route);
            let pages: Vec<_> = routes
                .filter(|route| matches!(route, Route::Page(_) | Route::Redirect(_)))
                .filter(|route| !self.is_last(route))
                // A page whose template fails is not published.
                .filter_map(|route| self.render(&route).ok()?.contacts)
                .collect();
            self.gathered_of(&pages)
        })
    }

    /// Pages that tell what all pages name do name something themselves. It is taken from a first
    /// rendering without the list.
    fn gathered_of<'a>(&self, pages: impl IntoIterator<Item = &'a Contacts>) -> Gathered {
        let telling = self.site.ids().filter(|id| self.is_last(&Route::Page(*id)));
        let telling: Vec<_> = telling
            .filter_map(|id| page::render(&self.site, &self.views, id, Vec::new()).ok())
            .map(|page| page.contacts)
            .collect();
        let mut all: Vec<&Contacts> = pages.into_iter().collect();
        all.extend(&telling);
        Gathered::of(all)
    }

    fn asset(&self, name: &str) -> Artifact {
        let bytes = self
            .site
            .theme
            .assets()
            .get(name)
            .map(|asset| asset.bytes.to_vec());
        Artifact {
            content: Content::Bytes(bytes.unwrap_or_default()),
            media_type: media_type(name),
            contacts: None,
        }
    }

    fn file(&self, path: &SourcePath) -> Artifact {
        let content = match self.site.inputs.file(path).map(|file| &file.contents) {
            Some(Contents::Text(text)) => Content::Bytes(text.as_bytes().to_vec()),
            Some(Contents::Bytes(bytes)) => Content::Bytes(bytes.to_vec()),
            Some(Contents::OnDisk(file)) => Content::File(file.clone()),
            None => Content::Bytes(Vec::new()),
        };
        Artifact {
            content,
            media_type: media_type(path.as_str()),
            contacts: None,
        }
    }
}

/// The media type of a file, by its ending.
fn media_type(name: &str) -> &'static str {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "avif" => "image/avif",
        "bib" => "application/x-bibtex; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "gif" => "image/gif",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "vtt" => "text/vtt",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Text with `&`, `<`, `>`, `"` and `'` escaped, for XML and for attributes. Control characters, which
/// XML cannot hold, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if c.is_control() && !matches!(c, '\n' | '\t') => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

//! Marks the links of a page that lead to another language, with `hreflang`.
//!
//! An edition may leave out what is not translated, and a link from it then leads to the first language.
//! Readers are told so by their browser or screen reader before they follow it. It is done when the page
//! is finished, so that no template can forget it: in texts, menus, lists and directives alike.

use crate::config::LinkForm;
use crate::contacts::tags::{Tag, Tags};
use crate::path::{UrlPath, follow};
use crate::site::{LanguageId, Site};

/// The page at an address, with its links marked.
pub fn mark(site: &Site, language: LanguageId, at: &UrlPath, html: String) -> String {
    if site.config.languages.len() < 2 {
        return html;
    }
    let mut marks = Vec::new();
    let mut tags = Tags::new(&html);
    while let Some(tag) = tags.next() {
        if let Some(other) = led_to(site, at, &tag).filter(|other| *other != language) {
            let end_of_name = tag.span().start + 1 + tag.name().len();
            marks.push((end_of_name, other));
        }
    }
    if marks.is_empty() {
        return html;
    }
    let mut marked = String::with_capacity(html.len() + 16 * marks.len());
    let mut from = 0;
    for (place, other) in marks {
        marked.push_str(&html[from..place]);
        marked.push_str(" hreflang=\"");
        marked.push_str(&super::escaped(site.language_code(other)));
        marked.push('"');
        from = place;
    }
    marked.push_str(&html[from..]);
    marked
}

/// What the links of a page are followed from.
fn folder_of(at: &UrlPath) -> &str {
    at.as_str()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
}

/// The language of the page that a link leads to, when the link does not say it and leads to a page.
fn led_to(site: &Site, at: &UrlPath, tag: &Tag<'_>) -> Option<LanguageId> {
    if tag.name() != "a" || tag.get("hreflang").is_some() {
        return None;
    }
    let href = tag.get("href")?;
    let path = href.split(['#', '?']).next()?;
    if path.is_empty() || path.contains(':') || path.starts_with("//") {
        return None;
    }
    let base = site.config.base_url.path();
    let parts = match path.strip_prefix(base) {
        Some(whole) if path.starts_with('/') => follow("", whole)?,
        Some(_) | None => follow(folder_of(at), path)?,
    };
    let joined = parts.join("/");
    let name = match site.config.output.links {
        LinkForm::Folder => joined.as_str(),
        LinkForm::File => joined.strip_suffix("index.html").unwrap_or(&joined),
    };
    let name = name.trim_end_matches('/');
    let page = UrlPath::new(&match name {
        "" => "/".to_owned(),
        file if file.ends_with(".html") => format!("/{file}"),
        folder => format!("/{folder}/"),
    })?;
    Some(site.page(site.page_at(&page)?).language)
}

//! The last step of every page: its policy is put in, and what must not be in it is reported.
//!
//! Most of that is found when the theme loads, at its place in a template. What comes through here
//! was let in with HTML in an article, or put together by a template.

use super::pickers;
use crate::contacts::{self, Contacts, Loads, Stylesheets};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::site::Site;

/// A page that can be published.
#[derive(Debug)]
pub struct Finished {
    /// Its HTML.
    pub html: String,
    /// What it contacts.
    pub contacts: Contacts,
}

/// What the stylesheets of the site load: those of the theme, and those that narrow down pickers.
pub fn stylesheets(site: &Site) -> Stylesheets {
    let sheets = site.theme.assets().values().filter_map(|asset| {
        let is_stylesheet = asset.url.as_str().ends_with(".css");
        let css = std::str::from_utf8(&asset.bytes)
            .ok()
            .filter(|_| is_stylesheet)?;
        Some((
            asset.url.relative().to_owned(),
            contacts::loads_of_stylesheet(css),
        ))
    });
    let filters = pickers::routes(site).into_iter();
    // They only hide.
    let filters = filters.map(|(url, _)| (url.relative().to_owned(), Loads::default()));
    sheets.chain(filters).collect()
}

/// Reads what a template made of a page.
pub fn finish(
    site: &Site,
    stylesheets: &Stylesheets,
    document: Option<&Document>,
    template: &str,
    html: String,
) -> Result<Finished, Vec<Diagnostic>> {
    let own = site.config.base_url.absolute("");
    let read = Contacts::of(&html, &own, stylesheets);
    if !read.breaches.is_empty() {
        let findings = read.breaches.iter().map(|(breach, span)| {
            let finding = breach.finding();
            let written = &html[span.clone()];
            if let Some(document) = document
                && let Some(start) = document.source.find(written)
            {
                return finding.at(&document.path, start..start + written.len(), "");
            }
            match site.theme.template_path(template) {
                Some(path) => finding.at(path, 0..0, "this template makes it"),
                None => finding,
            }
        });
        return Err(findings.collect());
    }
    let html = read.with_policy(html);
    Ok(Finished {
        html,
        contacts: read.contacts,
    })
}

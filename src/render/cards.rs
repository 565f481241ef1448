//! What the cards of a page's sources tell: a script of that page alone, `.../sources.js`.
//!
//! Findings are long, and most readers open few cards; so they are no part of the page, and the card
//! asks for them when it is first opened. It is a script and not JSON, since a page opened from a
//! folder without a server may load the one and not the other. All it does is to set one value.

use serde_json::{Map, Value};

use super::references;
use super::sources::{Told, told};
use super::structured_data::safe_in_scripts;
use crate::path::UrlPath;
use crate::records::WorkId;
use crate::site::{Page, PageId, Site, cited};

/// The routes of all scripts.
pub fn routes(site: &Site) -> Vec<(UrlPath, super::Route)> {
    if site.cited.is_empty() {
        return Vec::new();
    }
    site.ids()
        .filter_map(|id| Some((address(site, site.page(id))?, super::Route::Cards(id))))
        .collect()
}

/// Where the script of a page is, relative to the root; empty when its cards have nothing to tell.
pub fn url(site: &Site, id: PageId) -> String {
    address(site, site.page(id)).map_or_else(String::new, |url| url.relative().to_owned())
}

/// `None` when no source of the page tells anything, and for a page that is no folder.
fn address(site: &Site, page: &Page) -> Option<UrlPath> {
    let document = page.document.as_ref()?;
    if !page.url.is_page() {
        return None;
    }
    cited::by(document, &site.works).find(|work| site.works.work(*work).evidence.tells())?;
    UrlPath::new(&format!("{}sources.js", page.url.as_str()))
}

/// The script.
pub fn script(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let works = page
        .document
        .as_ref()
        .map_or_else(Vec::new, |document| references::cited_works(site, document));
    let cards: Map<String, Value> = works
        .into_iter()
        .filter(|work| site.works.work(*work).evidence.tells())
        .map(|work| {
            let key = references::entry_id(site, work);
            (key, card(site, page, work))
        })
        .collect();
    let cards = safe_in_scripts(&Value::Object(cards).to_string());
    format!("globalThis.afterwordCards = {cards};\n")
}

fn card(site: &Site, page: &Page, work: WorkId) -> Value {
    let Told {
        finding,
        population,
        limits,
        language,
    } = told(site, page.language, work);
    let texts = [
        ("finding", finding),
        ("population", population),
        ("limits", limits),
        ("lang", language),
    ];
    texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name.to_owned(), Value::String(text)))
        .collect()
}

//! What search engines read: `sitemap.xml` and `robots.txt`.

use super::{Route, escaped};
use crate::path::UrlPath;
use crate::site::{PageId, Site};

/// How many pages one sitemap may hold, as sitemaps.org has it.
const LIMIT: usize = 50_000;

/// The files of this room, each with its address.
pub fn routes(site: &Site) -> Vec<(UrlPath, Route)> {
    let parts = listed(site).count().div_ceil(LIMIT);
    let mut routes = vec![("robots.txt".to_owned(), Route::Robots)];
    // A list of nothing is no sitemap.
    if parts > 0 {
        routes.push(("sitemap.xml".to_owned(), Route::Sitemap));
    }
    if parts > 1 {
        routes.extend((1..=parts).map(|part| (part_name(part), Route::SitemapPart(part))));
    }
    routes
        .into_iter()
        .filter_map(|(name, route)| Some((UrlPath::new(&name)?, route)))
        .collect()
}

/// `sitemap.xml`: the pages, or the parts when there are too many.
pub fn render(site: &Site) -> String {
    let pages = listed(site).count();
    if pages <= LIMIT {
        return url_set(site, listed(site));
    }
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for part in 1..=pages.div_ceil(LIMIT) {
        let address = site.config.base_url.absolute(&part_name(part));
        xml.push_str(&format!(
            "<sitemap><loc>{}</loc></sitemap>\n",
            escaped(&address)
        ));
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// One part of a long sitemap.
pub fn render_part(site: &Site, part: usize) -> String {
    url_set(site, listed(site).skip((part - 1) * LIMIT).take(LIMIT))
}

/// `robots.txt`.
pub fn robots(site: &Site) -> String {
    // Where nothing may be listed, robots have to be let in all the same: each page tells them so.
    if listed(site).next().is_none() {
        return "User-agent: *\nDisallow:\n".to_owned();
    }
    let sitemap = site.config.base_url.absolute("sitemap.xml");
    format!("User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n")
}

fn part_name(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

fn listed(site: &Site) -> impl Iterator<Item = PageId> {
    site.ids().filter(|id| site.is_listed(*id))
}

fn url_set(site: &Site, pages: impl Iterator<Item = PageId>) -> String {
    let has_languages = site.config.languages.len() > 1;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    if has_languages {
        xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    xml.push_str(">\n");
    for id in pages {
        let page = site.page(id);
        let address = |id| escaped(&site.config.base_url.absolute(&site.page_address(id)));
        xml.push_str(&format!("<url><loc>{}</loc>", address(id)));
        if let Some(date) = page.keys.updated.as_ref().or(page.keys.published.as_ref()) {
            xml.push_str(&format!("<lastmod>{}</lastmod>", date.value));
        }
        if has_languages {
            for language in site.languages() {
                let other = site
                    .counterpart(id, language)
                    .filter(|other| site.is_listed(*other));
                if let Some(other) = other {
                    xml.push_str(&format!(
                        "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                        escaped(site.language_code(language)),
                        address(other)
                    ));
                }
            }
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

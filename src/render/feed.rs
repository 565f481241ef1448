//! The Atom feed of a language: its newest pages that have a date.

use super::escaped;
use super::views::Views;
use crate::path::UrlPath;
use crate::site::{LanguageId, PageId, Site};

/// Where the feed of a language is; `None` when feeds are off or no page has a date.
pub fn url(site: &Site, language: LanguageId) -> Option<UrlPath> {
    let output = &site.config.output;
    let is_there = output.feed && output.feed_entries > 0 && dated(site, language).next().is_some();
    let home = &site.page(site.edition(language).home).url;
    is_there
        .then(|| UrlPath::new(&format!("{home}feed.xml")))
        .flatten()
}

/// The feed as XML.
pub fn render(site: &Site, views: &Views, language: LanguageId) -> String {
    let settings = &site.config.languages[language.0];
    let base = &site.config.base_url;
    let home = base.absolute(&site.page_address(site.edition(language).home));
    let own = views.feed_url(language).map_or("", |url| url.relative());
    let entries = entries(site, language);
    let updated = entries.iter().filter_map(|id| last_change(site, *id)).max();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(&settings.code)
    );
    xml.push_str(&format!("<title>{}</title>\n", escaped(&settings.title)));
    if !settings.tagline.is_empty() {
        xml.push_str(&format!(
            "<subtitle>{}</subtitle>\n",
            escaped(&settings.tagline)
        ));
    }
    xml.push_str(&format!(
        "<id>{0}</id>\n<link href=\"{0}\"/>\n",
        escaped(&home)
    ));
    let own = base.absolute(own);
    xml.push_str(&format!(
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        escaped(&own)
    ));
    if let Some(updated) = updated {
        xml.push_str(&format!("<updated>{updated}T00:00:00Z</updated>\n"));
    }
    let author = if site.config.practice.name.is_empty() {
        &settings.title
    } else {
        &site.config.practice.name
    };
    xml.push_str(&format!(
        "<author><name>{}</name></author>\n",
        escaped(author)
    ));
    for id in entries {
        push_entry(site, id, &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

fn push_entry(site: &Site, id: PageId, xml: &mut String) {
    let page = site.page(id);
    let address = escaped(&site.config.base_url.absolute(&site.page_address(id)));
    xml.push_str(&format!(
        "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/>",
        escaped(&page.title)
    ));
    if let Some(published) = &page.keys.published {
        xml.push_str(&format!(
            "<published>{}T00:00:00Z</published>",
            published.value
        ));
    }
    if let Some(updated) = last_change(site, id) {
        xml.push_str(&format!("<updated>{updated}T00:00:00Z</updated>"));
    }
    if !page.description().is_empty() {
        xml.push_str(&format!(
            "<summary>{}</summary>",
            escaped(page.description())
        ));
    }
    xml.push_str("</entry>\n");
}

fn last_change(site: &Site, id: PageId) -> Option<jiff::civil::Date> {
    let keys = &site.page(id).keys;
    let dates = keys.updated.iter().chain(&keys.published);
    dates.map(|date| date.value).max()
}

/// The pages that a feed may tell of, each with its day.
fn dated(
    site: &Site,
    language: LanguageId,
) -> impl Iterator<Item = (jiff::civil::Date, PageId)> + '_ {
    let is_told = move |id: &PageId| {
        let page = site.page(*id);
        page.language == language && page.kind.is_content() && !page.is_fallback()
    };
    let ids = site.ids().filter(is_told);
    ids.filter_map(|id| Some((last_change(site, id)?, id)))
}

/// The newest pages first; pages of one day in the order of their addresses.
fn entries(site: &Site, language: LanguageId) -> Vec<PageId> {
    let mut dated: Vec<_> = dated(site, language)
        .map(|(date, id)| (std::cmp::Reverse(date), id))
        .collect();
    dated.sort_by(|(a, a_id), (b, b_id)| {
        a.cmp(b)
            .then_with(|| site.page(*a_id).url.cmp(&site.page(*b_id).url))
    });
    dated.truncate(site.config.output.feed_entries);
    dated.into_iter().map(|(_, id)| id).collect()
}

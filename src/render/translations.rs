//! What a page says of the text that it was translated from.

use super::views::{self, Views};
use crate::site::{LanguageId, Page, Site};
use crate::theme::contract;

/// Of a page that somebody translated; nothing on others, and on those that repeat the first language.
pub fn view(site: &Site, views: &Views, page: &Page) -> Option<contract::Translated> {
    if page.is_fallback() {
        return None;
    }
    let standing = site.translation(page.document.as_deref()?)?;
    let first = site.language_code(LanguageId::FIRST);
    let source = page
        .topic
        .and_then(|topic| site.edition_of(topic, LanguageId::FIRST));
    let by = standing.record.and_then(|record| record.by.as_ref());
    // Somebody whom nobody knows is reported by `checks::translations`.
    let by = by.and_then(|by| site.person(&by.value));
    Some(contract::Translated {
        original: source.map(|id| views::link(site, page.language, id)),
        language_name: name_of(site, page.language, first),
        on: standing
            .record
            .map(|record| views.dates(page.language).view(record.on.value)),
        by: by.map(|(index, _)| views.person(page.language, index)),
        moved: standing.moved(),
    })
}

/// What a language is called in another one: the strings files may say, with a word such as
/// `language_en`.
fn name_of(site: &Site, reader: LanguageId, code: &str) -> String {
    let key = format!("language_{code}");
    let named = site.theme.words(site.language_code(reader)).text(&key);
    if named == key {
        site.theme.words(code).name.clone()
    } else {
        named.to_owned()
    }
}

//! What the page of kind `help` shows of `content/services.yaml`.

use super::views::Views;
use crate::records::services::{Need, OnBill, dialled};
use crate::records::{InLanguages, Service};
use crate::site::{LanguageId, Site};
use crate::theme::contract;

/// The places with their services, in the words of a language.
pub fn regions(site: &Site, views: &Views, language: LanguageId) -> Vec<contract::Region> {
    let words = |text: &InLanguages| {
        let first = site.language_code(LanguageId::FIRST);
        text.get(site.language_code(language), first).to_owned()
    };
    let shown = |service: &Service| view(site, views, language, service, &words);
    site.regions
        .iter()
        .map(|region| contract::Region {
            id: region.id.value.clone(),
            name: words(&region.name),
            note: words(&region.note),
            emergency: region.emergency.as_ref().map(shown),
            services: region.services.iter().map(shown).collect(),
            missing: region
                .missing()
                .map(|need| need.name().to_owned())
                .collect(),
        })
        .collect()
}

fn view(
    site: &Site,
    views: &Views,
    language: LanguageId,
    service: &Service,
    words: &dyn Fn(&InLanguages) -> String,
) -> contract::Service {
    let number = |scheme: &str, number: &String| contract::Number {
        text: number.clone(),
        url: format!("{scheme}:{}", dialled(number)),
    };
    let on_bill = match service.on_bill {
        OnBill::Yes => "yes",
        OnBill::No => "no",
        OnBill::Unknown => "unknown",
        OnBill::Unsaid => "",
    };
    let checked = service.checked.as_ref();
    let checked_by = checked.and_then(|checked| site.person(&checked.by.value));
    contract::Service {
        needs: service
            .needs
            .iter()
            .map(|need: &Need| need.name().to_owned())
            .collect(),
        name: service.name.clone(),
        phones: service
            .phones
            .iter()
            .map(|phone| number("tel", phone))
            .collect(),
        text: service.text.as_ref().map(|text| number("sms", &text.to)),
        text_word: service
            .text
            .as_ref()
            .map_or_else(String::new, |text| text.word.clone()),
        chat_url: service.chat.clone(),
        web_url: service.web.clone(),
        hours: words(&service.hours),
        languages: words(&service.languages),
        cost: words(&service.cost),
        on_bill: on_bill.to_owned(),
        note: words(&service.note),
        state: service
            .standing(site.today, site.config.editorial.service_days)
            .name()
            .to_owned(),
        checked: checked.map(|checked| views.dates(language).view(checked.on.value)),
        checked_by: checked_by.map_or_else(String::new, |(_, person)| person.name.clone()),
    }
}

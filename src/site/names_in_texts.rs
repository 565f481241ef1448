//! The names that the texts of a site may have, which no dictionary has to know: people, authors, works,
//! tags, services, and terms of the glossary.
//!
//! To know more: a line in [`known`].

use std::collections::BTreeSet;

use super::Site;
use crate::spelling::words_of;

impl Site {
    /// Their words, in small letters. Gathered when they are first asked for.
    pub fn names_in_texts(&self) -> &BTreeSet<String> {
        self.names_in_texts.get_or_init(|| known(self))
    }
}

fn known(site: &Site) -> BTreeSet<String> {
    let works = site.works.works().iter();
    let works = works.flat_map(|work| {
        ["author", "editor", "title", "container-title"].map(|field| work.text(field))
    });
    let people = site.people.iter().map(|person| person.name.clone());
    let terms = site
        .languages()
        .flat_map(|language| &site.glossary(language).terms);
    let terms = terms.flat_map(|term| term.names.iter().cloned());
    let editions = site.editions.iter();
    let tags = editions.flat_map(|edition| &edition.tags);
    let tags = tags.map(|tag| site.page(*tag).title.to_string());
    let services = site.regions.iter().flat_map(|region| &region.services);
    let services = services.map(|service| service.name.clone());
    let config = &site.config;
    let own = [config.title.clone(), config.practice.name.clone()];
    let all: Vec<String> = works
        .chain(people)
        .chain(terms)
        .chain(tags)
        .chain(services)
        .chain(own)
        .collect();
    words_of(all.iter().map(String::as_str))
}

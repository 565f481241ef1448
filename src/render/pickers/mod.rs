//! What pages and directives show of pickers, and the stylesheet that narrows them down.
//!
//! [`sheet`] is how a picker works without a script: each answer hides the ideas that it does not
//! leave. A script of the theme only counts what is left, so the two can never disagree. [`asked`]
//! reads the directive that shows ideas inside an article.

mod asked;
mod sheet;

use super::references::Place;
use super::views::{Views, foreign};
use crate::data::Spanned;
use crate::path::UrlPath;
use crate::records::pickers::{Answers, Idea, Said, Values};
use crate::records::{InLanguages, Picker, WorkId};
use crate::site::{LanguageId, PageId, Picks, Site, cited};
use crate::theme::contract::{self, Words};
use crate::theme::shape::Shared;

pub use asked::{Asked, asked};
use sheet::Classes;

/// The routes of all stylesheets.
pub fn routes(site: &Site) -> Vec<(UrlPath, super::Route)> {
    let pages = site.languages().flat_map(|language| {
        let pages = site.edition(language).picker_pages.iter();
        pages.filter_map(|id| Some((sheet_url(site, *id)?, super::Route::Filter(*id))))
    });
    pages.collect()
}

fn sheet_url(site: &Site, id: PageId) -> Option<UrlPath> {
    UrlPath::new(&format!("{}filter.css", site.page(id).url.as_str()))
}

/// The stylesheet of a picker's page.
pub fn sheet(site: &Site, id: PageId) -> String {
    let picker = site.picker_of(site.page(id));
    picker.map_or_else(String::new, |picker| Classes::new(picker).sheet())
}

/// What the page of a picker, or of one of its lists, shows.
pub fn view(site: &Site, views: &Views, id: PageId) -> Option<contract::Picker> {
    let page = site.page(id);
    let Picks { picker: at, list } = page.picks?;
    let picker = &site.pickers[at];
    let viewer = Viewer::new(site, views, page.language, picker);
    let whole = match list {
        Some(_) => page.parent?,
        None => id,
    };
    let with = list.map_or(&[][..], |list| &picker.lists[list].with);
    let groups = viewer.groups(picker.fitting(with));
    let lists = site.page(whole).children.iter();
    Some(contract::Picker {
        page: link(site, page.language, whole, ""),
        sheet_url: match list {
            Some(_) => String::new(),
            None => sheet_url(site, id).map_or_else(String::new, |url| url.relative().to_owned()),
        },
        fingerprint: fingerprint(picker),
        is_together: picker.together,
        facets: viewer.facets(),
        count: groups.iter().map(|group| group.ideas.len()).sum(),
        groups,
        moments: viewer.moments(),
        lists: lists.map(|id| link(site, page.language, *id, "")).collect(),
    })
}

/// The words of the interface, with those that the picker has of its own.
pub fn words(site: &Site, language: LanguageId, picker: &Picker) -> Shared<Words> {
    let code = site.language_code(language);
    let first = site.language_code(LanguageId::FIRST);
    let own = picker.words.iter();
    let own = own.map(|(key, text)| (format!("picker_{}", key.value), text.get(code, first)));
    site.theme.words(code).shared_with(own)
}

/// Ideas as a directive shows them, and the picker that they are from.
pub fn shown(
    site: &Site,
    views: &Views,
    language: LanguageId,
    asked: &Asked,
) -> (Vec<contract::Idea>, Option<contract::Link>) {
    let picker = &site.pickers[asked.picker];
    let viewer = Viewer::new(site, views, language, picker);
    // What always fits comes last, as in the picker itself: an article asks for something special.
    let (always, special): (Vec<_>, Vec<_>) =
        picker.fitting(&asked.answers).partition(|idea| idea.always);
    let ideas = special.into_iter().chain(always);
    let page = site.picker_page(asked.picker, language);
    (
        ideas.map(|idea| viewer.idea(idea)).collect(),
        page.map(|id| link(site, language, id, "")),
    )
}

/// Where the ideas on a page rest on works: each idea as a sentence.
pub fn places(site: &Site, id: PageId) -> Vec<(WorkId, Place)> {
    let page = site.page(id);
    let (code, first) = (
        site.language_code(page.language),
        site.language_code(LanguageId::FIRST),
    );
    let ideas = site.picker_of(page).into_iter();
    let ideas = ideas.flat_map(|picker| &picker.ideas);
    let places = ideas.flat_map(|idea| {
        cited::of_idea(idea, &site.works).map(move |work| {
            let (name, how) = (idea.name.get(code, first), idea.how.get(code, first));
            let place = Place {
                page: id,
                id: format!("idea-{}", idea.id.value),
                sentence: format!("{name}. {how}"),
            };
            (work, place)
        })
    });
    places.collect()
}

/// Changes when other ideas are in the file or stand in another order: what was chosen on one device is
/// read by places on another.
fn fingerprint(picker: &Picker) -> String {
    let ids: Vec<_> = picker.ideas.iter().map(|it| it.id.value.as_str()).collect();
    let hash = blake3::hash(ids.join("\n").as_bytes()).to_hex();
    hash[..6].to_owned()
}

fn link(site: &Site, language: LanguageId, id: PageId, heading: &str) -> contract::Link {
    let hash = if heading.is_empty() { "" } else { "#" };
    let page = site.page(id);
    contract::Link {
        title: page.title.to_string(),
        url: format!("{}{hash}{heading}", site.page_address(id)),
        is_external: false,
        language: foreign(site, language, page.text_language),
    }
}

/// Turns a picker into what templates see, in a language.
struct Viewer<'a> {
    site: &'a Site,
    views: &'a Views,
    language: LanguageId,
    picker: &'a Picker,
    classes: Classes<'a>,
}

impl<'a> Viewer<'a> {
    fn new(site: &'a Site, views: &'a Views, language: LanguageId, picker: &'a Picker) -> Self {
        Self {
            site,
            views,
            language,
            picker,
            classes: Classes::new(picker),
        }
    }

    fn words(&self, text: &InLanguages) -> String {
        let first = self.site.language_code(LanguageId::FIRST);
        let code = self.site.language_code(self.language);
        text.get(code, first).to_owned()
    }

    fn facets(&self) -> Vec<contract::Facet> {
        let facets = self.picker.facets.iter().enumerate();
        facets
            .map(|(at, facet)| contract::Facet {
                id: facet.id.value.clone(),
                name: self.words(&facet.name),
                question: self.words(&facet.question),
                help: self.words(&facet.help),
                is_several: facet.answers == Answers::Several,
                answers: facet
                    .choices
                    .iter()
                    .map(|choice| contract::Answer {
                        id: sheet::control_id(facet, choice),
                        key: choice.id.value.clone(),
                        name: self.words(&choice.name),
                        count: {
                            let ideas = self.picker.ideas.iter();
                            ideas.filter(|idea| idea.fits(at, &choice.fits)).count()
                        },
                    })
                    .collect(),
            })
            .collect()
    }

    /// The ideas below the names that the grouping facet gives them, in the order of its values. What
    /// always fits comes last.
    fn groups(&self, ideas: impl Iterator<Item = &'a Idea>) -> Vec<contract::IdeaGroup> {
        let facet = self.picker.groups.and_then(|at| self.picker.facets.get(at));
        let names: &[(Spanned<String>, InLanguages)] = match facet.map(|facet| &facet.values) {
            Some(Values::Words(names)) => names,
            Some(Values::Numbers(_)) | None => &[],
        };
        let mut groups: Vec<_> = names
            .iter()
            .map(|(id, name)| contract::IdeaGroup {
                id: id.value.clone(),
                name: self.words(name),
                ideas: Vec::new(),
            })
            .collect();
        groups.push(contract::IdeaGroup {
            id: String::new(),
            name: String::new(),
            ideas: Vec::new(),
        });
        let last = groups.len() - 1;
        for idea in ideas {
            let said = self.picker.groups.and_then(|at| idea.said.get(at));
            let group = match said {
                Some(Said::Words(words)) if !idea.always => words.first().copied(),
                Some(_) | None => None,
            };
            groups[group.unwrap_or(last)].ideas.push(self.idea(idea));
        }
        groups.retain(|group| !group.ideas.is_empty());
        groups
    }

    fn idea(&self, idea: &Idea) -> contract::Idea {
        let works = cited::of_idea(idea, &self.site.works);
        contract::Idea {
            id: format!("idea-{}", idea.id.value),
            name: self.words(&idea.name),
            how: self.words(&idea.how),
            not_for: self.words(&idea.not_for),
            safety: self.words(&idea.safety),
            see: idea.see.as_ref().and_then(|see| self.see(&see.value)),
            sources: works
                .map(|work| self.views.source(self.language, work))
                .collect(),
            is_ours: idea.is_ours,
            picture: idea
                .picture
                .as_ref()
                .map_or_else(String::new, |picture| picture.value.clone()),
            is_always: idea.always,
            facts: self.facts(idea),
            classes: self.classes.of(idea),
            moments: self.moments_of(idea),
        }
    }

    /// The page that tells more. One that is not there is reported by `checks::pickers`.
    fn see(&self, written: &str) -> Option<contract::Link> {
        let (path, heading) = written.split_once('#').unwrap_or((written, ""));
        let file = self.picker.file.join_relative(path, "content")?;
        let file = file.as_str().strip_prefix("content/")?;
        let id = self.site.page_of_file(file, self.language).ok()?;
        Some(link(self.site, self.language, id, heading))
    }

    fn facts(&self, idea: &Idea) -> Vec<contract::Fact> {
        let facets = self.picker.facets.iter().zip(&idea.said);
        facets
            .filter(|(facet, _)| facet.is_shown)
            .filter_map(|(facet, said)| {
                let text = match (&facet.values, said) {
                    (Values::Words(names), Said::Words(words)) => {
                        let names = words.iter().filter_map(|word| names.get(*word));
                        let names: Vec<_> = names.map(|(_, name)| self.words(name)).collect();
                        names.join(", ")
                    }
                    (Values::Numbers(unit), Said::Numbers(from, to)) => {
                        let unit = self.words(unit);
                        if from == to {
                            format!("{from}\u{a0}{unit}")
                        } else {
                            format!("{from}–{to}\u{a0}{unit}")
                        }
                    }
                    (Values::Words(_) | Values::Numbers(_), _) => return None,
                };
                Some(contract::Fact {
                    name: self.words(&facet.name),
                    text,
                })
            })
            .collect()
    }

    fn plan(&self) -> &'a [(Spanned<String>, InLanguages)] {
        let facet = self.picker.plan.and_then(|at| self.picker.facets.get(at));
        match facet.map(|facet| &facet.values) {
            Some(Values::Words(names)) => names,
            Some(Values::Numbers(_)) | None => &[],
        }
    }

    fn moments(&self) -> Vec<contract::Moment> {
        let moments = self.plan().iter();
        moments
            .map(|(id, name)| contract::Moment {
                id: id.value.clone(),
                name: self.words(name),
            })
            .collect()
    }

    fn moments_of(&self, idea: &Idea) -> String {
        let moments = self.plan();
        let said = self.picker.plan.and_then(|at| idea.said.get(at));
        let ids: Vec<_> = match said {
            Some(Said::Words(words)) if !words.is_empty() => words
                .iter()
                .filter_map(|word| moments.get(*word))
                .map(|(id, _)| id.value.as_str())
                .collect(),
            Some(_) | None => moments.iter().map(|(id, _)| id.value.as_str()).collect(),
        };
        ids.join(" ")
    }
}

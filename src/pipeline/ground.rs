//! Everything of a site but its articles: settings, theme, data files, citation style.
//!
//! Each part is read from files that it names itself, and kept while none of these has changed. To add
//! a data file: a field, its line in [`Ground::read`], and the files that it is read from.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::citations::{Citer, Style};
use crate::config::{Config, Options};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::records::dictionary::OwnWords;
use crate::records::{
    Bibliography, Coverage, Person, Picker, Records, Region, Review, Translation, Wording,
    coverage, dictionary, people, pickers, reviews, services, translations, wording, works,
};
use crate::source::Inputs;
use crate::spelling::Spelling;
use crate::theme::Theme;

/// Something that was read, with what was found in reading it.
#[derive(Debug)]
pub struct Kept<T> {
    /// What was read.
    pub value: Arc<T>,
    findings: Arc<Vec<Diagnostic>>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self {
            value: Arc::clone(&self.value),
            findings: Arc::clone(&self.findings),
        }
    }
}

impl<T> Kept<T> {
    fn read(read: impl FnOnce(&mut Vec<Diagnostic>) -> T) -> Self {
        let mut findings = Vec::new();
        Self {
            value: Arc::new(read(&mut findings)),
            findings: Arc::new(findings),
        }
    }
}

/// Everything but the articles.
#[derive(Debug, Clone)]
pub struct Ground {
    /// `site.toml`.
    pub config: Kept<Config>,
    /// The theme.
    pub theme: Kept<Theme>,
    works: Kept<Bibliography>,
    style: Kept<Style>,
    people: Kept<Vec<Person>>,
    reviews: Kept<Vec<Review>>,
    translations: Kept<Vec<Translation>>,
    regions: Kept<Vec<Region>>,
    pickers: Kept<Vec<Picker>>,
    coverage: Kept<Option<Arc<Coverage>>>,
    wording: Kept<Wording>,
    own_words: Kept<OwnWords>,
    spelling: Kept<Spelling>,
    citers: Vec<Arc<Citer>>,
    /// The files of pickers that articles name.
    pub picked: Arc<BTreeSet<SourcePath>>,
}

/// What the last reading gave, and what has changed since.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The last reading.
    pub ground: &'a Ground,
    /// The files that are not as they were.
    pub changed: &'a [SourcePath],
}

impl<'a> Before<'a> {
    /// A part of the last reading, unless a file that it was read from has changed.
    fn keep<T: 'a>(
        this: Option<Self>,
        part: impl FnOnce(&'a Ground) -> &'a Kept<T>,
        is_read: impl Fn(&SourcePath) -> bool,
    ) -> Option<Kept<T>> {
        let before = this.filter(|before| !before.changed.iter().any(is_read))?;
        Some(part(before.ground).clone())
    }
}

/// The settings, read again when the file has changed.
pub fn config(inputs: &Inputs, options: &Options, before: Option<Before<'_>>) -> Kept<Config> {
    Before::keep(before, |ground| &ground.config, is("site.toml"))
        .unwrap_or_else(|| Kept::read(|findings| Config::read(inputs, options, findings)))
}

fn is(file: &str) -> impl Fn(&SourcePath) -> bool {
    move |path| path.as_str() == file
}

impl Ground {
    /// Reads what has changed, and keeps the rest.
    pub fn read(
        inputs: &Inputs,
        config: Kept<Config>,
        picked: &Arc<BTreeSet<SourcePath>>,
        before: Option<Before<'_>>,
    ) -> Self {
        let theme = theme(inputs, &config.value, before);
        let works = Before::keep(before, |ground| &ground.works, works::is_read_from)
            .unwrap_or_else(|| Kept::read(|findings| works::read(inputs, findings)));
        let style = style(inputs, &config.value, before);
        let known: &[Arc<Citer>] = before.map_or(&[], |before| &before.ground.citers);
        let citers = citers(&config.value, &works.value, &style.value, known);
        let same_pickers = before.filter(|before| before.ground.picked == *picked);
        Self {
            people: Before::keep(before, |ground| &ground.people, is(people::FILE))
                .unwrap_or_else(|| Kept::read(|findings| people::read(inputs, findings))),
            reviews: Before::keep(before, |ground| &ground.reviews, is(reviews::FILE))
                .unwrap_or_else(|| Kept::read(|findings| reviews::read(inputs, findings))),
            translations: Before::keep(
                before,
                |ground| &ground.translations,
                is(translations::FILE),
            )
            .unwrap_or_else(|| Kept::read(|findings| translations::read(inputs, findings))),
            regions: Before::keep(before, |ground| &ground.regions, is(services::FILE))
                .unwrap_or_else(|| Kept::read(|findings| services::read(inputs, findings))),
            pickers: Before::keep(
                same_pickers,
                |ground| &ground.pickers,
                |path| picked.contains(path),
            )
            .unwrap_or_else(|| Kept::read(|_| pickers::read(inputs, picked.iter().cloned()))),
            coverage: Before::keep(before, |ground| &ground.coverage, is(coverage::FILE))
                .unwrap_or_else(|| {
                    Kept::read(|findings| coverage::read(inputs, findings).map(Arc::new))
                }),
            wording: Before::keep(before, |ground| &ground.wording, is(wording::FILE))
                .unwrap_or_else(|| Kept::read(|findings| wording::read(inputs, findings))),
            own_words: Before::keep(
                before,
                |ground| &ground.own_words,
                |path| matches!(path.as_str(), dictionary::FILE | "site.toml"),
            )
            .unwrap_or_else(|| {
                let codes = config.value.language_codes();
                Kept::read(|findings| dictionary::read(inputs, codes, findings))
            }),
            spelling: Before::keep(before, |ground| &ground.spelling, is("site.toml"))
                .unwrap_or_else(|| {
                    let known = before.map(|before| &*before.ground.spelling.value);
                    let root = inputs.root();
                    Kept::read(|findings| Spelling::load(root, &config.value, known, findings))
                }),
            config,
            theme,
            works,
            style,
            citers,
            picked: Arc::clone(picked),
        }
    }

    /// The data files.
    pub fn records(&self) -> Records {
        Records {
            people: Arc::clone(&self.people.value),
            reviews: Arc::clone(&self.reviews.value),
            translations: Arc::clone(&self.translations.value),
            regions: Arc::clone(&self.regions.value),
            pickers: Arc::clone(&self.pickers.value),
            coverage: (*self.coverage.value).clone(),
            wording: Arc::clone(&self.wording.value),
            own_words: Arc::clone(&self.own_words.value),
            spelling: (*self.spelling.value).clone(),
            works: Arc::clone(&self.works.value),
            citers: self.citers.clone(),
        }
    }

    /// What was found in reading it.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        [
            &self.config.findings,
            &self.theme.findings,
            &self.works.findings,
            &self.style.findings,
            &self.people.findings,
            &self.reviews.findings,
            &self.translations.findings,
            &self.regions.findings,
            &self.pickers.findings,
            &self.coverage.findings,
            &self.wording.findings,
            &self.own_words.findings,
            &self.spelling.findings,
        ]
        .into_iter()
        .flat_map(|findings| findings.iter())
    }
}

/// Loads the theme, unless its files and what the settings say of it are as they were.
fn theme(inputs: &Inputs, config: &Config, before: Option<Before<'_>>) -> Kept<Theme> {
    let codes = config.language_codes();
    let same = before.filter(|before| {
        let known = &before.ground.config.value;
        let findings = before.ground.theme.findings.iter();
        let mut labels = findings.flat_map(|finding| &finding.labels);
        let is_edited = before.changed.iter().any(is("site.toml"));
        known.theme.says_the_same(&config.theme)
            && known.language_codes() == codes
            && known.first_language().code == config.first_language().code
            // What was found in the settings may stand in another place of them now.
            && !(is_edited && labels.any(|label| label.path.as_str() == "site.toml"))
    });
    let is_read = |path: &SourcePath| path.as_str().starts_with("themes/");
    Before::keep(same, |ground| &ground.theme, is_read).unwrap_or_else(|| {
        Kept::read(|findings| {
            let first = &config.first_language().code;
            let (theme, own) = Theme::load(inputs, &config.theme, codes, first);
            findings.extend(own);
            theme
        })
    })
}

fn style(inputs: &Inputs, config: &Config, before: Option<Before<'_>>) -> Kept<Style> {
    let name = &config.citations.style;
    let same = before.filter(|before| {
        let known = &before.ground.config.value.citations.style;
        let is_moved = known.span != name.span && !before.ground.style.findings.is_empty();
        known.value == name.value && !is_moved
    });
    let is_read = |path: &SourcePath| path.extension() == "csl";
    Before::keep(same, |ground| &ground.style, is_read)
        .unwrap_or_else(|| Kept::read(|findings| Style::load(name, inputs, findings)))
}

/// What prints citations in each language. While works and style stay as they are, so does what was
/// printed already.
fn citers(
    config: &Config,
    works: &Arc<Bibliography>,
    style: &Arc<Style>,
    known: &[Arc<Citer>],
) -> Vec<Arc<Citer>> {
    let languages = config.language_codes().iter();
    languages
        .map(|language| {
            let same = known
                .iter()
                .find(|citer| citer.is_for(works, style, language));
            same.cloned().unwrap_or_else(|| {
                Arc::new(Citer::new(Arc::clone(works), Arc::clone(style), language))
            })
        })
        .collect()
}

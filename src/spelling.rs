//! Whether words are written as a dictionary has them, and what may have been meant.
//!
//! A [`Speller`] holds the dictionary of one language; [`Spelling`] those of all languages and the words
//! that a site knows beside them. What a word of a text is, `checks::spelling` decides, and where
//! dictionaries lie, `source::dictionaries`. `src/spelling.rs` is the one file that names the library.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::checks;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::dictionaries::{self, DictionaryFiles};

/// The dictionaries of a site.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    /// For each language of the site, in their order; `None` where spelling is not checked.
    pub spellers: Vec<Option<Arc<Speller>>>,
}

impl Spelling {
    /// The dictionaries that the settings ask for; none without them. One that is known as it is now is
    /// not read again.
    pub fn load(
        root: &Path,
        config: &Config,
        known: Option<&Spelling>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let Some(settings) = &config.spelling else {
            return Self::default();
        };
        let known = known.map_or(&[][..], |known| &known.spellers);
        let mut missing = Vec::new();
        let mut spellers = Vec::new();
        for code in config.language_codes() {
            let chosen = settings.dictionaries.iter().find(|(of, _)| of == code);
            let names = chosen.map_or_else(|| names_of(code), |(_, name)| vec![name.clone()]);
            let Some(files) = dictionaries::find(root, &settings.folder, &names) else {
                missing.push((code.as_str(), names));
                spellers.push(None);
                continue;
            };
            let mut known = known.iter().flatten();
            let speller = match known.find(|speller| speller.is_of(&files)) {
                Some(speller) => Ok(Arc::clone(speller)),
                None => Speller::read(&files).map(Arc::new),
            };
            spellers.push(match speller {
                Ok(speller) => Some(speller),
                Err(why) => {
                    let name = files.dic.display().to_string();
                    findings.push(checks::spelling::unreadable(settings, &name, &why));
                    None
                }
            });
        }
        findings.extend(checks::spelling::missing(settings, &missing));
        Self { spellers }
    }
}

/// The dictionary of a language.
pub struct Speller {
    files: DictionaryFiles,
    dictionary: spellbook::Dictionary,
}

impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speller")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

/// The most words to suggest.
const SUGGESTED: usize = 3;

impl Speller {
    /// Reads a dictionary; what is wrong with it, in the words of the library, when it is none.
    fn read(files: &DictionaryFiles) -> Result<Self, String> {
        let texts = files.read().map_err(|error| error.to_string())?;
        let dictionary = spellbook::Dictionary::new(&texts.aff, &texts.dic);
        Ok(Self {
            dictionary: dictionary.map_err(|error| error.to_string())?,
            files: files.clone(),
        })
    }

    /// Whether it was read from these files as they are now.
    fn is_of(&self, files: &DictionaryFiles) -> bool {
        self.files == *files
    }

    /// Whether a word is in the dictionary, as it is written or in small letters; of a word with
    /// hyphens, whether its parts are.
    pub fn knows(&self, word: &str) -> bool {
        let plain = word.replace('’', "'");
        let own = plain.strip_suffix("'s").unwrap_or(&plain);
        let is_known = |word: &str| self.dictionary.check(word);
        is_known(&plain)
            || is_known(own)
            || (plain.contains('-')
                && plain
                    .split('-')
                    .all(|part| part.is_empty() || is_known(part)))
    }

    /// Words that may have been meant, the likeliest first.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        self.dictionary.suggest(&word.replace('’', "'"), &mut found);
        found.truncate(SUGGESTED);
        found
    }
}

/// The names that the dictionary of a language may have, the likeliest first.
fn names_of(language: &str) -> Vec<String> {
    let (primary, country) = match language.split_once(['-', '_']) {
        Some((primary, country)) => (primary, Some(country.to_uppercase())),
        None => (language, None),
    };
    let usual = match primary {
        "en" => "en_GB".to_owned(),
        _ => format!("{primary}_{}", primary.to_uppercase()),
    };
    let own = country.map(|country| format!("{primary}_{country}"));
    let names = own
        .into_iter()
        .chain([usual, primary.to_owned(), format!("{primary}_*")]);
    names.collect()
}

/// The words of some names, such as "Burri" and "Hilpert", in small letters.
pub fn words_of<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let words = names.into_iter().flat_map(|name| {
        name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')))
    });
    let words = words.filter(|word| !word.is_empty());
    words
        .map(|word| word.to_lowercase().replace('’', "'"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_called_by_its_language() {
        assert_eq!(names_of("en"), ["en_GB", "en", "en_*"]);
        assert_eq!(names_of("es-MX"), ["es_MX", "es_ES", "es", "es_*"]);
    }

    #[test]
    fn the_words_of_names_are_known_in_small_letters() {
        let known = words_of(["Burri, A.", "Muise’s"]);
        assert!(
            ["burri", "a", "muise's"]
                .iter()
                .all(|word| known.contains(*word))
        );
    }
}

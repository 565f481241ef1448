//! The words of one language of the interface: plain ones, and forms that depend on a number.
//!
//! [`super::string_files`] reads them; [`super::functions`] brings `text()` into templates. To add a
//! way to write words: a variant of [`Text`], and the compiler leads to the rest.

use std::collections::{BTreeMap, BTreeSet};

use icu_plurals::{PluralCategory, PluralRules};

use super::contract::Words;
use super::shape::Shared;

/// One entry of a strings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// One form.
    Plain(String),
    /// A form for each class of numbers, by its name; `other` is always there.
    Plural(BTreeMap<&'static str, String>),
}

impl Text {
    /// All forms.
    fn forms(&self) -> impl Iterator<Item = &str> {
        let (plain, plural) = match self {
            Self::Plain(text) => (Some(text), None),
            Self::Plural(forms) => (None, Some(forms)),
        };
        plain
            .into_iter()
            .chain(plural.into_iter().flat_map(BTreeMap::values))
            .map(String::as_str)
    }

    /// The names in `{braces}`, over all forms.
    pub fn placeholders(&self) -> BTreeSet<&str> {
        self.forms()
            .flat_map(|form| pieces(form).filter_map(Result::err))
            .collect()
    }
}

/// Takes a text apart: words are `Ok`, names in `{braces}` are `Err`.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let named = rest.find('{').and_then(|open| {
            let close = open + rest[open..].find('}')?;
            let name = &rest[open + 1..close];
            let sound =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            sound.then_some((open, close, name))
        });
        match named {
            Some((0, close, name)) => {
                rest = &rest[close + 1..];
                Some(Err(name))
            }
            Some((open, _, _)) => {
                let (words, after) = rest.split_at(open);
                rest = after;
                Some(Ok(words))
            }
            None => Some(Ok(std::mem::take(&mut rest))),
        }
    })
}

/// The words of one language.
pub struct Strings {
    /// The language's own name for itself.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The language, such as `en`.
    pub language: String,
    texts: BTreeMap<String, Text>,
    rules: Option<PluralRules>,
    shared: Shared<Words>,
}

impl std::fmt::Debug for Strings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Strings")
            .field("name", &self.name)
            .field("texts", &self.texts)
            .finish()
    }
}

impl Strings {
    /// The words of a language, with its own name for itself and its direction.
    pub(super) fn new(
        language: &str,
        (name, direction): (String, String),
        texts: BTreeMap<String, Text>,
    ) -> Self {
        let map: tera::Map = texts
            .iter()
            .map(|(key, text)| {
                let words = match text {
                    Text::Plain(text) => text.as_str(),
                    Text::Plural(forms) => forms.get("other").map_or("", String::as_str),
                };
                let key = tera::value::Key::String(key.as_str().into());
                (key, tera::Value::normal_string(words))
            })
            .collect();
        let rules = icu_locale_core::Locale::try_from_str(language)
            .ok()
            .and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok());
        Self {
            name,
            direction,
            language: language.to_owned(),
            texts,
            rules,
            shared: Shared::from_value(tera::Value::from(map)),
        }
    }

    /// The words of a key. A key that is not there is its own words, so that the gap can be seen.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        match self.texts.get(key) {
            Some(Text::Plain(text)) => text,
            Some(Text::Plural(forms)) => forms.get("other").map_or(key, String::as_str),
            None => key,
        }
    }

    /// The words of a key with `{name}`s replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        replace(self.text(key), values)
    }

    /// The words of a key in the form for a number, `{count}` and other `{name}`s replaced.
    pub fn plural(&self, key: &str, count: usize, values: &[(&str, &str)]) -> String {
        let number = count.to_string();
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        let form = self
            .entry(key)
            .map_or(key, |text| self.form(text, Some(count as u64)));
        replace(form, &all)
    }

    /// All words as templates see them: `{{ t.skip_link }}`.
    pub fn shared(&self) -> Shared<Words> {
        self.shared.clone()
    }

    /// All words as templates see them, some of them replaced.
    pub fn shared_with<'a>(
        &'a self,
        own: impl Iterator<Item = (String, &'a str)>,
    ) -> Shared<Words> {
        let texts = self.texts.keys().map(|key| (key.clone(), self.text(key)));
        let map: tera::Map = texts
            .chain(own)
            .map(|(key, text)| {
                let key = tera::value::Key::String(key.as_str().into());
                (key, tera::Value::normal_string(text))
            })
            .collect();
        Shared::from_value(tera::Value::from(map))
    }

    /// Every key, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// What a key has.
    pub(super) fn entry(&self, key: &str) -> Option<&Text> {
        self.texts.get(key)
    }

    /// The form for a number.
    pub(super) fn form<'a>(&self, text: &'a Text, count: Option<u64>) -> &'a str {
        match text {
            Text::Plain(text) => text,
            Text::Plural(forms) => {
                let form = match (count, &self.rules) {
                    (Some(count), Some(rules)) => form_name(rules.category_for(count)),
                    (Some(1), None) => "one",
                    (Some(_) | None, _) => "other",
                };
                forms
                    .get(form)
                    .or_else(|| forms.get("other"))
                    .map_or("", String::as_str)
            }
        }
    }
}

fn form_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn replace(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Ok(words) => filled.push_str(words),
            Err(name) => match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => filled.push_str(value),
                None => {
                    filled.push('{');
                    filled.push_str(name);
                    filled.push('}');
                }
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_names() {
        let all: Vec<_> = pieces("a {b} {c d} {").collect();
        assert_eq!(all, [Ok("a "), Err("b"), Ok(" {c d} {")]);
    }
}

//! The words of the interface: `strings/LANGUAGE.toml` of the theme and its parents, key by key.
//!
//! A language that lacks a word shows the first language's, and one warning says how many and
//! which. `es-MX` reads `es.toml` first and lays `es-MX.toml` over it. Knows nothing of templates;
//! [`super::functions`] brings `text()` there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use icu_plurals::{PluralCategory, PluralRules};

use super::chain::{Chain, files_of};
use super::contract::Words;
use super::language;
use super::shape::Shared;
use crate::data::{Fields, Node, Reader, Value, toml};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Inputs;

/// The language whose words are taken when the site's first language has no strings file at all.
const LAST_RESORT: &str = "en";

/// The names of the plural forms in a table such as `[minutes_to_read]`.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

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

/// What the files of one language hold, parents below children.
#[derive(Debug, Default, Clone)]
struct Written {
    texts: BTreeMap<String, Text>,
    name: Option<String>,
    direction: Option<String>,
}

/// The words of every language of the site.
#[derive(Debug)]
pub(super) struct AllStrings {
    /// By language.
    pub by_language: BTreeMap<String, Arc<Strings>>,
    /// The language whose words stand in for missing ones: the site's first as a rule.
    pub reference: String,
}

impl AllStrings {
    /// The words of the reference language.
    pub fn reference(&self) -> Option<&Arc<Strings>> {
        self.by_language.get(&self.reference)
    }
}

/// Reads the words of every language of the site.
pub(super) fn load(
    inputs: &Inputs,
    chain: &Chain,
    languages: &[String],
    first: &str,
    findings: &mut Vec<Diagnostic>,
) -> AllStrings {
    let mut files: BTreeMap<String, Written> = BTreeMap::new();
    for theme in chain.manifests.iter().rev() {
        for (name, file) in files_of(inputs, &theme.name, "strings") {
            let Some(code) = name.strip_suffix(".toml") else {
                continue;
            };
            if let Some(text) = inputs.text_of(file.path) {
                read(
                    file.path,
                    text,
                    files.entry(code.to_owned()).or_default(),
                    findings,
                );
            }
        }
    }
    let written = |language: &str| {
        let own = files.get(language).cloned();
        let wider = language
            .split_once('-')
            .and_then(|(wide, _)| files.get(wide).cloned());
        match (own, wider) {
            (Some(own), Some(wider)) => Some(over(own, wider)),
            (own, wider) => own.or(wider),
        }
    };
    let reference = [first, LAST_RESORT]
        .into_iter()
        .find(|language| written(language).is_some())
        .or_else(|| files.keys().next().map(String::as_str))
        .unwrap_or(first)
        .to_owned();
    let base = written(&reference).unwrap_or_default();
    let mut by_language = BTreeMap::new();
    let wanted = languages
        .iter()
        .map(String::as_str)
        .chain([first, &reference]);
    for language in wanted.collect::<BTreeSet<_>>() {
        let own = written(language).unwrap_or_default();
        if languages.iter().any(|of_site| of_site == language) || language == first {
            findings.extend(untranslated(chain, language, &reference, &own, &base));
        }
        by_language.insert(language.to_owned(), Arc::new(strings(language, own, &base)));
    }
    AllStrings {
        by_language,
        reference,
    }
}

fn over(upper: Written, lower: Written) -> Written {
    let mut texts = lower.texts;
    texts.extend(upper.texts);
    Written {
        texts,
        name: upper.name.or(lower.name),
        direction: upper.direction.or(lower.direction),
    }
}

fn strings(language: &str, own: Written, base: &Written) -> Strings {
    let name = own.name.clone().unwrap_or_else(|| language::name(language));
    let direction = own
        .direction
        .clone()
        .unwrap_or_else(|| language::direction(language).to_owned());
    let texts = over(own, base.clone()).texts;
    let map: tera::Map = texts
        .iter()
        .map(|(key, text)| {
            let words = match text {
                Text::Plain(text) => text.as_str(),
                Text::Plural(forms) => forms.get("other").map_or("", String::as_str),
            };
            (
                tera::value::Key::String(key.as_str().into()),
                tera::Value::normal_string(words),
            )
        })
        .collect();
    let rules = icu_locale_core::Locale::try_from_str(language)
        .ok()
        .and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok());
    Strings {
        name,
        direction,
        texts,
        rules,
        shared: Shared::from_value(tera::Value::from(map)),
    }
}

fn untranslated(
    chain: &Chain,
    language: &str,
    reference: &str,
    own: &Written,
    base: &Written,
) -> Option<Diagnostic> {
    if language == reference {
        return None;
    }
    let lacking: Vec<_> = base
        .texts
        .keys()
        .filter(|key| !own.texts.contains_key(*key))
        .collect();
    let theme = chain.names().next()?;
    let first_few: Vec<_> = lacking
        .iter()
        .take(3)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = if lacking.len() > first_few.len() {
        " ..."
    } else {
        ""
    };
    let (count, noun) = match lacking.len() {
        0 => return None,
        1 => ("one".to_owned(), "word"),
        count => (count.to_string(), "words"),
    };
    Some(
        Diagnostic::new(
            Code::UntranslatedString,
            format!(
                "the interface lacks {count} {noun} in `{language}` and shows them in `{reference}`: {}{more}",
                first_few.join(", ")
            ),
        )
        .help(format!("write them in `themes/{theme}/strings/{language}.toml`")),
    )
}

fn read(
    path: &crate::path::SourcePath,
    text: &str,
    written: &mut Written,
    findings: &mut Vec<Diagnostic>,
) {
    let (node, errors) = toml::parse(text);
    for error in errors {
        findings.push(
            Diagnostic::new(Code::Syntax, error.message)
                .at(path, error.span, "")
                .help("a strings file is lines of `key = \"words\"`"),
        );
    }
    let reader = Reader::new(path, text, "the strings file");
    let top = Fields::new(&reader, &node, "strings");
    for (key, node) in top.entries() {
        if key.value == "_language" {
            let fields = Fields::new(&reader, node, "_language");
            written.name = fields
                .text("name")
                .map(|text| text.value)
                .or(written.name.take());
            let directions = [("ltr", "ltr"), ("rtl", "rtl")];
            if let Some(direction) = fields.choice("direction", &directions) {
                written.direction = Some(direction.to_owned());
            }
            fields.finish();
        } else if let Some(text) = entry(&reader, &top, &key.value, node) {
            written.texts.insert(key.value.clone(), text);
        }
    }
    findings.extend(reader.into_findings());
}

fn entry(reader: &Reader<'_>, top: &Fields<'_>, key: &str, node: &Node) -> Option<Text> {
    if !matches!(node.value, Value::Table(_)) {
        return top.as_text(node, key).map(|text| Text::Plain(text.value));
    }
    let fields = Fields::new(reader, node, key);
    let forms: BTreeMap<_, _> = FORMS
        .into_iter()
        .filter_map(|form| fields.text(form).map(|text| (form, text.value)))
        .collect();
    fields.finish();
    if !forms.contains_key("other") {
        reader.report(
            Diagnostic::new(Code::MissingKey, format!("`{key}` has no form `other`"))
                .at(reader.path(), node.span.clone(), "`other` belongs here")
                .help("write `other = \"{count} ...\"`, the form for every number without its own"),
        );
        return None;
    }
    Some(Text::Plural(forms))
}

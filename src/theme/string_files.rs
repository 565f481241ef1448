//! The words of the interface: `strings/LANGUAGE.toml` of the theme and its parents, key by key.
//!
//! A language that lacks a word shows the first language's, and one warning says how many and
//! which. `es-MX` reads `es.toml` first and lays `es-MX.toml` over it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::chain::{Chain, files_of, own_theme};
use super::language;
use super::manifest::quoted;
use super::strings::{Strings, Text};
use crate::data::{Fields, Node, Reader, Value, toml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// The language whose words are taken when the site's first language has no strings file at all.
const LAST_RESORT: &str = "en";

/// The words that the generator itself writes, for a theme that does not say them.
const OWN_WORDS: [(&str, &str); 16] = [
    ("cite_label", "Source {mark}: {source}"),
    ("footnote_back", "Back to where note {number} is used"),
    ("footnote_ref", "Note {number}"),
    ("footnotes_title", "Notes"),
    ("heading_link", "Link to this section: {title}"),
    ("helpful_subject", "Did this page help? {title} ({path})"),
    ("home", "Home"),
    ("report_subject", "A mistake on a page: {title} ({path})"),
    ("table_label", "Table"),
    ("task_done", "Done"),
    ("task_open", "To do"),
    ("title_of_not_found", "Page not found"),
    ("title_of_people", "People"),
    ("title_of_redirect", "This page has moved"),
    ("title_of_sources", "Sources"),
    ("title_of_tags", "Topics"),
];

/// The language of [`OWN_WORDS`].
const OWN_LANGUAGE: &str = "en";

/// The names of the plural forms in a table such as `[minutes_to_read]`.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What the files of one language hold, parents below children.
#[derive(Debug, Default, Clone)]
pub(super) struct Written {
    texts: BTreeMap<String, Text>,
    /// Where each text is written; none for the generator's own words.
    places: BTreeMap<String, (SourcePath, Range<usize>)>,
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
    let files = read_all(inputs, chain, findings);
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
    let own_words = OWN_WORDS.map(|(key, words)| (key.to_owned(), Text::Plain(words.to_owned())));
    let own_words = Written {
        texts: own_words.into(),
        ..Written::default()
    };
    let base = over(written(&reference).unwrap_or_default(), own_words);
    let mut by_language = BTreeMap::new();
    let wanted = languages
        .iter()
        .map(String::as_str)
        .chain([first, &reference]);
    for language in wanted.collect::<BTreeSet<_>>() {
        let own = written(language).unwrap_or_default();
        if languages.iter().any(|of_site| of_site == language) || language == first {
            findings.extend(untranslated(chain, language, &reference, &own, &base));
            unknown_names(&own, &base, &reference, findings);
        }
        by_language.insert(language.to_owned(), Arc::new(strings(language, own, &base)));
    }
    AllStrings {
        by_language,
        reference,
    }
}

/// What the files hold, by language; a parent's words lie below its child's.
fn read_all(
    inputs: &Inputs,
    chain: &Chain,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Written> {
    let mut files: BTreeMap<String, Written> = BTreeMap::new();
    for theme in chain.manifests.iter().rev() {
        for (name, file) in files_of(inputs, &theme.name, "strings") {
            let Some(code) = name.strip_suffix(".toml") else {
                continue;
            };
            if let Some(text) = inputs.text_of(file.path) {
                let written = files.entry(code.to_owned()).or_default();
                read(file.path, text, written, findings);
            }
        }
    }
    files
}

fn over(upper: Written, lower: Written) -> Written {
    let (mut texts, mut places) = (lower.texts, lower.places);
    texts.extend(upper.texts);
    places.extend(upper.places);
    Written {
        texts,
        places,
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
    Strings::new(language, (name, direction), texts)
}

fn untranslated(
    chain: &Chain,
    language: &str,
    reference: &str,
    own: &Written,
    base: &Written,
) -> Option<Diagnostic> {
    if language == reference && language == OWN_LANGUAGE {
        return None;
    }
    let shown = if language == reference {
        OWN_LANGUAGE
    } else {
        reference
    };
    let lacking: Vec<_> = base
        .texts
        .keys()
        .filter(|key| !own.texts.contains_key(*key))
        .collect();
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
    let (count, noun, they) = match lacking.len() {
        0 => return None,
        1 => ("one".to_owned(), "word", "it"),
        count => (count.to_string(), "words", "them"),
    };
    let theme = chain.manifests.first()?;
    let help = if theme.is_built_in {
        // A folder of the site's own with its name would hide the theme that has all other words.
        let own = own_theme(&theme.name);
        format!("write {they} in `themes/ours/strings/{language}.toml`: {own}")
    } else {
        let theme = &theme.name;
        format!("write {they} in `themes/{theme}/strings/{language}.toml`")
    };
    Some(
        Diagnostic::new(
            Code::UntranslatedString,
            format!(
                "the interface lacks {count} {noun} in `{language}` and shows {they} in `{shown}`: {}{more}",
                first_few.join(", ")
            ),
        )
        .help(help),
    )
}

/// A translation fills in nothing that the words it stands for do not.
fn unknown_names(own: &Written, base: &Written, shown: &str, findings: &mut Vec<Diagnostic>) {
    for (key, text) in &own.texts {
        let Some((original, (path, span))) = base.texts.get(key).zip(own.places.get(key)) else {
            continue;
        };
        let known = original.placeholders();
        for name in text.placeholders().difference(&known) {
            // A number chooses the form, so it is always at hand.
            if *name == "count" && matches!(original, Text::Plural(_)) {
                continue;
            }
            let names = known.iter().copied();
            let message =
                format!("`{key}` uses `{{{name}}}`, which its words in `{shown}` do not have");
            findings.push(
                Diagnostic::new(Code::UnknownValue, message)
                    .at(path, span.clone(), "")
                    .suggest(
                        name,
                        names.clone(),
                        match known.len() {
                            0 => "they have no names in braces".to_owned(),
                            _ => format!("they have {}", quoted(names)),
                        },
                    ),
            );
        }
    }
}

pub(super) fn read(
    path: &SourcePath,
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
            let place = (path.clone(), node.span.clone());
            written.places.insert(key.value.clone(), place);
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

#[cfg(test)]
mod tests {
    use crate::theme::testing::{Folder, lines};

    fn load(files: &[(&str, &str)], languages: &[&str], expected: &[&str]) -> crate::theme::Theme {
        let mut all = vec![
            ("site.toml", "[theme]\nname = \"plain\"\n"),
            ("themes/plain/theme.toml", "name = \"plain\"\n"),
        ];
        all.extend_from_slice(files);
        let (theme, findings, inputs) = Folder::new(&all).load(languages);
        assert_eq!(lines(&inputs, &findings), expected);
        theme
    }

    #[test]
    fn words_are_filled_and_choose_their_form_by_the_rules_of_the_language() {
        let text = "[hours]\none = \"{count} godzina\"\nfew = \"{count} godziny\"\nmany = \"{count} godzin\"\nother = \"{count} godz.\"\n";
        let en = "hi = \"Hi {name}, {other}\"\n[hours]\none = \"{count} hour\"\nother = \"{count} hours\"\n";
        let theme = load(
            &[
                ("themes/plain/strings/pl.toml", text),
                ("themes/plain/strings/en.toml", en),
            ],
            &["en", "pl"],
            &[
                "untranslated-string : the interface lacks 17 words in `pl` and shows them in `en`: `cite_label`, `footnote_back`, `footnote_ref` ... / write them in `themes/plain/strings/pl.toml`",
            ],
        );
        let hours = |language, count| theme.words(language).plural("hours", count, &[]);
        assert_eq!(hours("pl", 1), "1 godzina");
        assert_eq!(hours("pl", 22), "22 godziny");
        assert_eq!(hours("pl", 12), "12 godzin");
        assert_eq!(hours("en", 1), "1 hour");
        assert_eq!(hours("en", 0), "0 hours");
        let pl = theme.words("pl");
        assert_eq!(pl.fill("hi", &[("name", "Ada")]), "Hi Ada, {other}");
        assert_eq!((pl.name.as_str(), pl.direction.as_str()), ("Polski", "ltr"));
        assert_eq!(theme.words("nowhere").text("home"), "Home");
        assert_eq!(theme.words("nowhere").text("unheard_of"), "unheard_of");
    }

    #[test]
    fn a_language_says_its_name_and_direction_or_the_table_does() {
        let named = "home = \"x\"\n[_language]\nname = \"Hebräisch\"\ndirection = \"rtl\"\n";
        let theme = load(
            &[("themes/plain/strings/he.toml", named)],
            &["en", "he", "ar"],
            &[
                "untranslated-string : the interface lacks 15 words in `he` and shows them in `en`: `cite_label`, `footnote_back`, `footnote_ref` ... / write them in `themes/plain/strings/he.toml`",
                "untranslated-string : the interface lacks 16 words in `ar` and shows them in `he`: `cite_label`, `footnote_back`, `footnote_ref` ... / write them in `themes/plain/strings/ar.toml`",
                "untranslated-string : the interface lacks 16 words in `en` and shows them in `he`: `cite_label`, `footnote_back`, `footnote_ref` ... / write them in `themes/plain/strings/en.toml`",
            ],
        );
        assert_eq!(theme.words("he").name, "Hebräisch");
        assert_eq!(theme.words("ar").direction, "rtl");
    }

    #[test]
    fn a_plural_without_its_last_form_and_an_unknown_form_are_found() {
        load(
            &[(
                "themes/plain/strings/en.toml",
                "[a]\none = \"x\"\nothers = \"y\"\n",
            )],
            &["en"],
            &[
                "missing-key themes/plain/strings/en.toml:\"[a]\": `a` has no form `other` / write `other = \"{count} ...\"`, the form for every number without its own",
                "unknown-key themes/plain/strings/en.toml:\"others\": unknown key `others` in the strings file / did you mean `other`?",
            ],
        );
    }

    #[test]
    fn a_translation_with_a_misspelt_name_is_found_at_its_place() {
        let own = "home = \"A\"\nhi = \"Hola {nmae}\"\n";
        load(
            &[
                ("themes/plain/strings/en-GB.toml", own),
                ("themes/plain/strings/en.toml", "hi = \"Hi {name}\"\n"),
            ],
            &["en", "en-GB"],
            &[
                "unknown-value themes/plain/strings/en-GB.toml:\"\\\"Hola {nmae}\\\"\": `hi` uses `{nmae}`, which its words in `en` do not have / did you mean `name`?",
                "untranslated-string : the interface lacks 15 words in `en-GB` and shows them in `en`: `cite_label`, `footnote_back`, `footnote_ref` ... / write them in `themes/plain/strings/en-GB.toml`",
            ],
        );
    }
}

//! `content/dictionary.yaml`: words that are right on this site and in no dictionary.
//!
//! ```yaml
//! all: [Afterword]
//! en: [aftercare, subspace]
//! es: [poscoital]
//! ```
//!
//! Names of people, authors, tags and terms of the glossary need no entry: `checks::spelling` knows them.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Node, Reader, Value, yaml};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;
use crate::spelling::words_of;

/// The file.
pub const FILE: &str = "content/dictionary.yaml";

/// The key of words that are right in every language.
const ALL: &str = "all";

/// The words of each language, in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords(BTreeMap<String, BTreeSet<String>>);

impl OwnWords {
    /// Whether the site says that a word, in small letters, is right in a language.
    pub fn know(&self, word: &str, language: &str) -> bool {
        [language, ALL]
            .iter()
            .any(|key| self.0.get(*key).is_some_and(|words| words.contains(word)))
    }
}

/// Reads the file; no words when there is none.
pub fn read(inputs: &Inputs, codes: &[String], findings: &mut Vec<Diagnostic>) -> OwnWords {
    let path = SourcePath::new(FILE);
    let Some((text, path)) = path.and_then(|path| Some((inputs.text_of(&path)?, path))) else {
        return OwnWords::default();
    };
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(error) => {
            findings.push(error.finding(&path, 0));
            return OwnWords::default();
        }
    };
    let reader = Reader::new(&path, text, "`dictionary.yaml`");
    let words = own_words(&reader, &node, codes);
    findings.extend(reader.into_findings());
    words
}

/// The lists of words, each below the code of its language.
fn own_words(reader: &Reader<'_>, node: &Node, codes: &[String]) -> OwnWords {
    let mut words = OwnWords::default();
    let Value::Table(entries) = &node.value else {
        let help = "write `en: [one, two]`, a line for each language";
        reader.wrong_type(node, "dictionary.yaml", "a table of languages", help);
        return words;
    };
    for (key, value) in entries {
        let known = codes.iter().map(String::as_str).chain([ALL]);
        if !known.clone().any(|known| known == key.value) {
            reader.report(
                Diagnostic::new(
                    Code::UnknownKey,
                    format!("unknown key `{}` in `dictionary.yaml`", key.value),
                )
                .at(reader.path(), key.span.clone(), "not known")
                .suggest(
                    &key.value,
                    known,
                    "write the code of a language of the site, or `all`",
                ),
            );
            continue;
        }
        let nodes = match &value.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for node in nodes {
            match &node.value {
                Value::Text(word) => {
                    let own = words.0.entry(key.value.clone()).or_default();
                    own.extend(words_of([word.as_str()]));
                }
                _ => reader.wrong_type(node, &key.value, "a word", "write words: `[one, two]`"),
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_belong_to_a_language_or_to_all() {
        let path = SourcePath::new(FILE).expect("sound");
        let text = "all: [Afterword]\nen: [aftercare, body-led]\nfr: [soin]\nes: 3\n";
        let node = yaml::parse(text).expect("sound");
        let reader = Reader::new(&path, text, "`dictionary.yaml`");
        let words = own_words(&reader, &node, &["en".to_owned(), "es".to_owned()]);
        assert!(words.know("afterword", "es") && words.know("body-led", "en"));
        assert!(!words.know("aftercare", "es"));
        let findings = reader.into_findings();
        let shown: Vec<_> = findings
            .iter()
            .map(|it| crate::diagnostic::shown(it, text))
            .collect();
        assert_eq!(shown, ["unknown-key \"fr\"", "wrong-type \"3\""]);
    }
}

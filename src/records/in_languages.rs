//! Words of a data file that may be written once, or once for each language.

use std::ops::Range;

use crate::data::{Fields, Node, Spanned, Value};

/// A text, or a text for each language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InLanguages {
    /// Without a code: the text for every language that has none of its own.
    texts: Vec<(Option<Spanned<String>>, String)>,
}

impl InLanguages {
    /// Reads `key: words` and `key: {en: words, es: palabras}`; empty when the key is not there.
    pub fn read(fields: &Fields<'_>, key: &'static str) -> Self {
        let node = fields.node(key);
        node.map_or_else(Self::default, |node| Self::of(fields, node, key))
    }

    /// Takes the words of a value apart, for keys that the file itself names.
    pub fn of(fields: &Fields<'_>, node: &Node, key: &str) -> Self {
        let texts = match &node.value {
            Value::Table(entries) => entries
                .iter()
                .filter_map(|(code, node)| {
                    let text = fields.as_text(node, key)?;
                    Some((Some(code.clone()), text.value))
                })
                .collect(),
            Value::Null
            | Value::Flag(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_) => fields
                .as_text(node, key)
                .map(|text| (None, text.value))
                .into_iter()
                .collect(),
        };
        Self { texts }
    }

    /// The words in a language; those of `first`, the site's first language, when it has none of its
    /// own; empty when there are no words at all.
    pub fn get(&self, language: &str, first: &str) -> &str {
        let in_language = |wanted: &str| {
            let mut texts = self.texts.iter();
            texts.find(|(code, _)| code.as_ref().is_none_or(|code| code.value == wanted))
        };
        in_language(language)
            .or_else(|| in_language(first))
            .or_else(|| self.texts.first())
            .map_or("", |(_, text)| text)
    }

    /// The codes of languages that are named, with their places.
    pub fn codes(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let codes = self.texts.iter().filter_map(|(code, _)| code.as_ref());
        codes.map(|code| (code.value.as_str(), code.span.clone()))
    }

    /// True when there are no words.
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(|(_, text)| text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, yaml};
    use crate::path::SourcePath;

    #[track_caller]
    fn check(text: &str, language: &str, expected: &str) {
        let path = SourcePath::new("content/services.yaml").expect("sound");
        let node = yaml::parse(text).expect("sound YAML");
        let reader = Reader::new(&path, text, "`services.yaml`");
        let fields = Fields::new(&reader, &node, "region");
        let words = InLanguages::read(&fields, "name");
        assert_eq!(words.get(language, "en"), expected);
        assert_eq!(reader.into_findings(), []);
    }

    #[test]
    fn words_are_those_of_the_language_then_those_of_the_first_then_any() {
        check("name: Malta", "es", "Malta");
        check("name: {en: Spain, es: España}", "es", "España");
        check("name: {en: Spain, es: España}", "fr", "Spain");
        check("name: {de: Spanien}", "es", "Spanien");
        check("other: x", "en", "");
    }
}

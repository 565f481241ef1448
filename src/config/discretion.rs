//! `[discretion]`: words that may not stand where others than the reader see them.
//!
//! The title of a tab, its line in the history, a shared link: whoever uses the same screen may read
//! them. Which words tell too much there, only the site knows. Where they are looked for:
//! `checks/discretion.rs`.

use crate::data::{Fields, Spanned};
use crate::diagnostic::{Code, Diagnostic};

/// What the site keeps from the eyes of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discretion {
    /// The words, as they are written.
    pub words: Vec<Spanned<String>>,
}

/// Reads the table. Without it, every word may stand everywhere.
pub(super) fn read(fields: &Fields<'_>) -> Discretion {
    let Some(table) = fields.table("discretion") else {
        return Discretion::default();
    };
    let mut words = table.texts("words").unwrap_or_default();
    table.finish();
    // A word without letters would be found everywhere.
    words.retain(|word| {
        let is_word = word.value.chars().any(char::is_alphanumeric);
        if !is_word {
            let reader = fields.reader();
            reader.report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` is not a word", word.value),
                )
                .at(reader.path(), word.span.clone(), "")
                .help("write a word, or its first letters, or take it away"),
            );
        }
        is_word
    });
    Discretion { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, toml};
    use crate::path::SourcePath;

    #[track_caller]
    fn check(written: &str, expected: &[&str], said: &[&str]) {
        let path = SourcePath::site_toml();
        let (node, _) = toml::parse(written);
        let reader = Reader::new(&path, written, "`site.toml`");
        let discretion = read(&Fields::new(&reader, &node, "site.toml"));
        let words: Vec<_> = discretion.words.iter().map(|word| &word.value).collect();
        assert_eq!(words, expected, "{written}");
        let findings = reader.into_findings();
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(messages, said, "{written}");
    }

    #[test]
    fn every_word_may_stand_everywhere_unless_the_site_says_otherwise() {
        check("", &[], &[]);
        check("[discretion]\n", &[], &[]);
        check("[discretion]\nwords = [\"grief\"]", &["grief"], &[]);
    }

    #[test]
    fn a_word_without_letters_is_an_error() {
        check(
            "[discretion]\nwords = [\"\", \"a\", \"-\"]",
            &["a"],
            &["`` is not a word", "`-` is not a word"],
        );
    }
}

//! `[voice]`: how hard texts may be to read.
//!
//! Each key is a limit, and a limit that is not written holds nothing back. What is measured, and how:
//! `reading`; what is said of it: `checks/voice.rs`. Which words a site avoids stands in a file of its own,
//! `content/words.yaml`.
//!
//! To add a limit: a field, its line in [`read`], a row in the README, and a look at it in the check.

use crate::data::Fields;
use crate::diagnostic::{Code, Diagnostic};

/// What texts are held to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The age at which somebody can read a page, by each of two formulas.
    pub reading_age: Option<usize>,
    /// The words that sentences mostly have at most.
    pub sentence_words: Option<usize>,
    /// Of 100 sentences of a page, how many may be longer than that.
    pub longer_sentences: usize,
    /// The words that every sentence has at most.
    pub longest_sentence: Option<usize>,
    /// The sentences of a paragraph.
    pub paragraph_sentences: Option<usize>,
    /// Up to so many words a paragraph may have more sentences than that: five short ones can be read at
    /// a glance.
    pub paragraph_words: usize,
    /// The words of a key message.
    pub key_message_words: Option<usize>,
    /// The words of an answer on a page of questions.
    pub answer_words: Option<usize>,
    /// The words of a heading.
    pub heading_words: Option<usize>,
    /// The characters of a title.
    pub title_characters: Option<usize>,
    /// The characters that a description has at least; 0 lets pages go without one.
    pub description_least: usize,
    /// The characters of a description.
    pub description_most: Option<usize>,
    /// Of 100 sentences of a page, how many may be passive.
    pub passive_share: Option<usize>,
    /// Of 100 sentences of a page, how many may say what readers have to do.
    pub obligation_share: Option<usize>,
    /// Abbreviations that every reader of the site knows, beside those that everybody knows.
    pub abbreviations: Vec<String>,
}

/// 95 of 100 sentences keep to the limit.
const LONGER_SENTENCES: usize = 5;

/// Shorter, a description says no more than the title.
const DESCRIPTION_LEAST: usize = 40;

/// Reads the table; `None` when there is none, and nothing is measured.
pub(super) fn read(fields: &Fields<'_>) -> Option<Voice> {
    let table = fields.table("voice")?;
    let limit = |key, most| limit(&table, key, 1, most);
    let voice = Voice {
        reading_age: limit("reading_age", 30),
        sentence_words: limit("sentence_words", 1000),
        longer_sentences: self::limit(&table, "longer_sentences", 0, 100)
            .unwrap_or(LONGER_SENTENCES),
        longest_sentence: limit("longest_sentence", 1000),
        paragraph_sentences: limit("paragraph_sentences", 1000),
        paragraph_words: self::limit(&table, "paragraph_words", 0, 1000).unwrap_or(0),
        key_message_words: limit("key_message_words", 1000),
        answer_words: limit("answer_words", 10_000),
        heading_words: limit("heading_words", 1000),
        title_characters: limit("title_characters", 1000),
        description_least: self::limit(&table, "description_least", 0, 1000)
            .unwrap_or(DESCRIPTION_LEAST),
        description_most: limit("description_most", 1000),
        passive_share: self::limit(&table, "passive_share", 0, 100),
        obligation_share: self::limit(&table, "obligation_share", 0, 100),
        abbreviations: table
            .texts("abbreviations")
            .map(|words| words.into_iter().map(|word| word.value).collect())
            .unwrap_or_default(),
    };
    table.finish();
    Some(voice)
}

fn limit(table: &Fields<'_>, key: &'static str, least: usize, most: usize) -> Option<usize> {
    let number = table.integer(key)?;
    match usize::try_from(number.value) {
        Ok(value) if (least..=most).contains(&value) => Some(value),
        Ok(_) | Err(_) => {
            let reader = table.reader();
            reader.report(
                Diagnostic::new(
                    Code::UnknownValue,
                    format!("`{}` is no limit for `{key}`", number.value),
                )
                .at(reader.path(), number.span.clone(), "")
                .help(format!(
                    "write a number from {least} to {most}, or leave the line out"
                )),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Reader, toml};
    use crate::path::SourcePath;

    fn read_from(written: &str) -> (Option<Voice>, Vec<String>) {
        let path = SourcePath::site_toml();
        let (node, _) = toml::parse(written);
        let reader = Reader::new(&path, written, "`site.toml`");
        let voice = read(&Fields::new(&reader, &node, "site.toml"));
        let findings = reader.into_findings();
        (voice, findings.into_iter().map(|it| it.message).collect())
    }

    #[test]
    fn nothing_is_held_back_that_the_site_does_not_name() {
        assert_eq!(read_from(""), (None, vec![]));
        let (voice, findings) = read_from("[voice]\nreading_age = 12\n");
        let voice = voice.expect("the table is there");
        assert_eq!(voice.reading_age, Some(12));
        assert_eq!(voice.longest_sentence, None);
        assert_eq!(voice.longer_sentences, 5);
        assert_eq!(findings, [""; 0]);
    }

    #[test]
    fn limits_that_nothing_could_keep_are_errors() {
        let (voice, findings) = read_from("[voice]\nanswer_words = 0\nlonger_sentences = 101\n");
        assert_eq!(voice.and_then(|voice| voice.answer_words), None);
        assert_eq!(
            findings,
            [
                "`101` is no limit for `longer_sentences`",
                "`0` is no limit for `answer_words`"
            ]
        );
    }
}

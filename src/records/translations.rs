//! `content/translations.yaml`: which text of the source each translation was made of.
//!
//! A record holds a hash of every paragraph of the source as the translator had it, so that a check can
//! say which of them have moved on since. `afterword translated` writes records
//! (`scaffold::translations`); what goes into a hash is told in `document::paragraphs`, and
//! `site::translations` compares.
//!
//! ```yaml
//! - page: caring/low-mood.es.md      # below content/
//!   on: 2026-11-22
//!   by: jo                           # a key of people.yaml; may be left out
//!   uneven: true                     # not built like its source, on purpose; may be left out
//!   paragraphs:
//!     - title 0123456789abcdef
//!     - heading-2 fedcba9876543210
//!   words:                           # only on a page of kind `picker`
//!     idea tea: 0123456789abcdef
//! ```

use std::collections::hash_map::Entry;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::list_file::ListFile;
use super::reviews::{in_content, shown};
use crate::data::{Fields, Node, Reader, Spanned};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::paragraphs::{ParagraphHash, ParagraphKind};
use crate::path::SourcePath;
use crate::source::Inputs;

/// The file.
pub const FILE: &str = "content/translations.yaml";

const LIST: ListFile = ListFile {
    path: FILE,
    called: "a translation",
    of: "translations",
    begin: "begin each translation with a line `- page: path/of/the-page.es.md`",
};

const WRITTEN_BY_COMMAND: &str =
    "have the record written: `afterword translated PAGE` looks at the source and writes it";

/// Which text a translation was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The translation's file, where the record names it.
    pub page: Spanned<SourcePath>,
    /// The day.
    pub on: Spanned<Date>,
    /// Who translated it or checked the translation: a key of `content/people.yaml`.
    pub by: Option<Spanned<String>>,
    /// That it is not built like its source, paragraph by paragraph, is meant.
    pub is_uneven: bool,
    /// Hashes that cannot be read, which was reported: nothing can be compared with them.
    pub is_broken: bool,
    /// Every paragraph of the source, in order.
    pub paragraphs: Vec<(ParagraphKind, ParagraphHash)>,
    /// The words of the source's picker, by what they are of.
    pub words: Vec<(String, ParagraphHash)>,
}

/// The file, as a place for findings.
pub fn file() -> Option<SourcePath> {
    SourcePath::new(FILE)
}

/// Reads the file; no translations when there is none.
pub fn read(inputs: &Inputs, findings: &mut Vec<Diagnostic>) -> Vec<Translation> {
    LIST.read(inputs, findings, translations)
}

/// Reads the text of the file.
pub fn parse(path: &SourcePath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Translation> {
    LIST.parse(path, text, findings, translations)
}

fn translations(reader: &Reader<'_>, entries: &[Node]) -> Vec<Translation> {
    let mut translations: Vec<Translation> = Vec::new();
    let mut known: FxHashMap<SourcePath, usize> = FxHashMap::default();
    for entry in entries {
        let Some(translation) = translation(&Fields::new(reader, entry, "translation")) else {
            continue;
        };
        match known.entry(translation.page.value.clone()) {
            Entry::Occupied(first) => {
                let first = &translations[*first.get()].page;
                reader.report(repeated(reader, &translation.page, first));
            }
            Entry::Vacant(place) => {
                place.insert(translations.len());
                translations.push(translation);
            }
        }
    }
    translations
}

fn repeated(
    reader: &Reader<'_>,
    page: &Spanned<SourcePath>,
    first: &Spanned<SourcePath>,
) -> Diagnostic {
    let shown = shown(&page.value);
    Diagnostic::new(Code::Duplicate, format!("two records of `{shown}`"))
        .at(reader.path(), page.span.clone(), "the second")
        .at(reader.path(), first.span.clone(), "the first")
        .help(format!(
            "take the older one away; `afterword translated {shown}` then replaces the other"
        ))
}

fn translation(fields: &Fields<'_>) -> Option<Translation> {
    let page = fields.required_text(
        "page",
        "write the path of the translation's file below `content/`, such as `page: caring/low-mood.es.md`",
    );
    let on = fields.date("on");
    if fields.node("on").is_none() {
        let start = fields.span().start;
        fields.reader().report(
            Diagnostic::new(Code::MissingKey, "a translation has no `on`")
                .at(fields.reader().path(), start..start, "`on` belongs here")
                .help("write the day of the translation, such as `on: 2026-11-22`"),
        );
    }
    let by = fields.text("by");
    let is_uneven = fields.flag("uneven").is_some_and(|flag| flag.value);
    let paragraphs = fields.texts("paragraphs");
    if fields.node("paragraphs").is_none() {
        let start = fields.span().start;
        let place = fields.reader().path();
        fields.reader().report(
            Diagnostic::new(Code::MissingKey, "a translation has no `paragraphs`")
                .at(place, start..start, "`paragraphs` belongs here")
                .help(WRITTEN_BY_COMMAND),
        );
    }
    let written = paragraphs.as_ref().map_or(0, Vec::len);
    let paragraphs: Option<Vec<_>> = paragraphs.map(|written| {
        let written = written.iter();
        written.filter_map(|it| paragraph(fields, it)).collect()
    });
    let written_words = fields.free_table("words");
    let words: Vec<_> = written_words
        .iter()
        .filter_map(|(name, node)| {
            let text = fields.as_text(node, &name.value)?;
            Some((name.value.clone(), hash(fields, &text, &text.value)?))
        })
        .collect();
    fields.check_unknown();
    let page = page.and_then(|page| in_content(fields, page));
    let paragraphs = paragraphs?;
    Some(Translation {
        is_broken: paragraphs.len() < written || words.len() < written_words.len(),
        page: page?,
        on: on?,
        by,
        is_uneven,
        paragraphs,
        words,
    })
}

/// Reads `heading-2 0123456789abcdef`.
fn paragraph(
    fields: &Fields<'_>,
    text: &Spanned<String>,
) -> Option<(ParagraphKind, ParagraphHash)> {
    let (name, digits) = text.value.split_once(' ').unwrap_or(("", &text.value));
    let Some(kind) = ParagraphKind::of(name) else {
        let message = format!("`{}` names no kind of paragraph", text.value);
        report(
            fields,
            text,
            message,
            "a kind and its digits are expected, such as `title 0123456789abcdef`",
        );
        return None;
    };
    Some((kind, hash(fields, text, digits)?))
}

fn hash(fields: &Fields<'_>, text: &Spanned<String>, digits: &str) -> Option<ParagraphHash> {
    let hash = ParagraphHash::parse(digits);
    if hash.is_none() {
        let message = format!("`{digits}` is not the hash of a paragraph");
        report(
            fields,
            text,
            message,
            "16 digits and letters from a to f are expected",
        );
    }
    hash
}

fn report(fields: &Fields<'_>, text: &Spanned<String>, message: String, label: &str) {
    fields.reader().report(
        Diagnostic::new(Code::UnknownValue, message)
            .at(fields.reader().path(), text.span.clone(), label)
            .help(WRITTEN_BY_COMMAND),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic;

    fn read(text: &str) -> (Vec<Translation>, Vec<String>) {
        let path = file().expect("sound");
        let mut findings = Vec::new();
        let translations = parse(&path, text, &mut findings);
        let findings = findings.iter().map(|finding| {
            let shown = diagnostic::shown(finding, text);
            format!("{shown}: {}", finding.message)
        });
        (translations, findings.collect())
    }

    #[test]
    fn a_record_names_the_page_the_day_and_every_paragraph_of_the_source() {
        let (translations, findings) = read(
            "- page: a.es.md\n  on: 2026-11-22\n  by: jo\n  uneven: true\n  paragraphs:\n    - title 0123456789012345\n    - heading-2 00000000000000e1\n  words: {idea tea: 0000000000000012}\n",
        );
        assert_eq!(findings, [""; 0]);
        let [translation] = translations.as_slice() else {
            panic!("{translations:?}");
        };
        assert_eq!(translation.page.value.as_str(), "content/a.es.md");
        assert!(translation.is_uneven);
        let shown = translation.paragraphs.iter();
        let shown: Vec<_> = shown
            .map(|(kind, hash)| format!("{} {hash}", kind.name()))
            .collect();
        assert_eq!(
            shown,
            ["title 0123456789012345", "heading-2 00000000000000e1"]
        );
        assert_eq!(
            translation
                .words
                .iter()
                .map(|(name, hash)| format!("{name} {hash}"))
                .collect::<Vec<_>>(),
            ["idea tea 0000000000000012"],
            "digits are kept as they are written"
        );
    }

    #[test]
    fn what_is_wrong_with_a_record_is_found_at_its_place() {
        let (translations, findings) = read(
            "- page: a.es.md\n  form: en\n- page: b.es.md\n  on: 2026-11-22\n  paragraphs: [verse 0123456789012345, title 12]\n  words: {idea tea: abc}\n- page: b.es.md\n  on: 2026-11-22\n  paragraphs: []\n",
        );
        assert_eq!(translations.len(), 1);
        assert_eq!(
            findings,
            [
                "missing-key \"\": a translation has no `on`",
                "missing-key \"\": a translation has no `paragraphs`",
                "unknown-key \"form\": unknown key `form` in a translation",
                "unknown-value \"verse 0123456789012345\": `verse 0123456789012345` names no kind of paragraph",
                "unknown-value \"title 12\": `12` is not the hash of a paragraph",
                "unknown-value \"abc\": `abc` is not the hash of a paragraph",
                "duplicate \"b.es.md\": two records of `b.es.md`",
            ]
        );
    }
}

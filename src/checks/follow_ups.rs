//! Findings that only follow from another: whoever mends that one mends them all.
//!
//! Where a file that many others lean on cannot be read, each of these others seems to be wrong. Most
//! readers keep what they could read, so that this does not happen; what is left is dropped here, in
//! one place, when all findings are gathered.
//!
//! To add one: a row in [`ROWS`].

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::source::Inputs;

/// A cause, and what follows from it.
struct Row {
    /// What was found first.
    cause: Code,
    /// In which file; in any when it is empty.
    file: &'static str,
    /// What is then not looked at.
    follows: &'static [Code],
}

const ROWS: &[Row] = &[
    Row {
        cause: Code::Syntax,
        file: "content/people.yaml",
        follows: &[Code::UnknownPerson],
    },
    Row {
        cause: Code::Syntax,
        file: "content/references.yaml",
        follows: WITHOUT_WORKS,
    },
    Row {
        cause: Code::Syntax,
        file: "content/references.json",
        follows: WITHOUT_WORKS,
    },
    Row {
        cause: Code::Syntax,
        file: "content/services.yaml",
        follows: &[Code::MissingFile],
    },
    Row {
        cause: Code::Syntax,
        file: "content/translations.yaml",
        follows: &[Code::UnrecordedTranslation],
    },
    Row {
        cause: Code::Syntax,
        file: "site.toml",
        follows: &[Code::UnknownLanguage],
    },
    Row {
        cause: Code::MissingTheme,
        file: "",
        follows: WITHOUT_THEME,
    },
    Row {
        cause: Code::Syntax,
        file: "theme.toml",
        follows: WITHOUT_THEME,
    },
];

/// What cannot be told without a bibliography.
const WITHOUT_WORKS: &[Code] = &[Code::UnknownCitation, Code::UnknownWork];

/// What cannot be told without a theme.
const WITHOUT_THEME: &[Code] = &[
    Code::UnknownDirective,
    Code::MissingTemplate,
    Code::Token,
    Code::MissingString,
];

/// What may be wrong with a folder that has no `site.toml`, and is no site.
const OF_FILES: &[Code] = &[
    Code::MissingFile,
    Code::UnreadableFile,
    Code::NotUtf8,
    Code::SymlinkOutside,
];

/// Drops what only follows from something else that was found.
pub fn drop(inputs: &Inputs, findings: &mut Vec<Diagnostic>) {
    if inputs.file(&SourcePath::site_toml()).is_none() {
        findings.retain(|finding| OF_FILES.contains(&finding.code));
    }
    let is_cause = |row: &&Row| {
        findings.iter().any(|finding| {
            let file = finding
                .labels
                .first()
                .map_or("", |label| label.path.as_str());
            finding.code == row.cause && file.ends_with(row.file)
        })
    };
    let rows: Vec<_> = ROWS.iter().filter(is_cause).collect();
    findings.retain(|finding| !rows.iter().any(|row| row.follows.contains(&finding.code)));
}

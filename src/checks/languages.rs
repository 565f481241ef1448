//! Words of data files in languages that the site does not have.

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::records::InLanguages;
use crate::site::Site;

/// Every language in which the words of a file are written has to be one of the site's.
pub fn check(site: &Site, file: &SourcePath, words: &InLanguages, findings: &mut Vec<Diagnostic>) {
    let known = site.config.language_codes();
    for (code, span) in words.codes() {
        if !known.iter().any(|language| language == code) {
            findings.push(
                Diagnostic::new(
                    Code::UnknownLanguage,
                    format!("the site has no language `{code}`"),
                )
                .at(file, span, "nobody will read this")
                .suggest(
                    code,
                    known.iter().map(String::as_str),
                    format!("the site's languages are `{}`", known.join("`, `")),
                ),
            );
        }
    }
}

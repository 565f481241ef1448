//! Names in a folder's `_defaults.yaml` that stand for something elsewhere.
//!
//! Each is one mistake in one place, however many pages have it from there: the checks of pages look at
//! their own keys alone.

use super::{extra, names};
use crate::diagnostic::Diagnostic;
use crate::document::FrontMatter;
use crate::site::{DEFAULTS, Site, is_verbatim};

/// Checks every `_defaults.yaml` of the site.
pub fn check(site: &Site, findings: &mut Vec<Diagnostic>) {
    let files = site.inputs.below("content").map(|(path, _)| path);
    for path in files.filter(|path| path.file_name() == DEFAULTS && !is_verbatim(path)) {
        let Some(text) = site.inputs.text_of(path) else {
            continue;
        };
        // What is wrong with its form was said when the site was put together.
        let keys = FrontMatter::read_defaults(path, text, &mut Vec::new());
        findings.extend(names::unknown_authors(site, path, &keys));
        findings.extend(names::unknown_template(site, path, &keys));
        findings.extend(extra::unknown_words(site, (path, text), &keys));
    }
}

//! Works for other programs.

use super::Work;

/// As BibTeX.
pub fn bibtex(_works: &[&Work]) -> String {
    String::new()
}

/// As CSL-JSON.
pub fn csl_json(_works: &[&Work]) -> String {
    String::new()
}
